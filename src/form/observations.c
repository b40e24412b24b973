/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form/observations.h"

#include "form/answers_private.h"

#include <string.h>

/* Of ticks, which are beside the points' own rows. */
#define TICKS 1

static void free_observation(gpointer data)
{
    struct plx_form_observation *const observation = data;
    g_free(observation->subject);
    g_free(observation->journey);
    g_free(observation->note);
    g_free(observation);
}

plx_form_encounter *plx_form_encounter_blank(void)
{
    plx_form_encounter *const encounter = g_new0(plx_form_encounter, 1);
    encounter->day = PLX_NO_DAY;
    encounter->observations = g_ptr_array_new_with_free_func(free_observation);
    return encounter;
}

void plx_form_encounter_free(plx_form_encounter *encounter)
{
    if (!encounter)
        return;
    g_free(encounter->audience);
    g_free(encounter->language);
    g_free(encounter->place);
    g_free(encounter->channel);
    g_free(encounter->respondent);
    g_ptr_array_unref(encounter->observations);
    g_free(encounter);
}

static struct plx_form_observation *add(plx_form_encounter *encounter, enum plx_subject_kind kind,
                                        const char *subject, const char *journey, double asked_p)
{
    struct plx_form_observation *const made = g_new0(struct plx_form_observation, 1);
    made->kind = kind;
    made->subject = g_strdup(subject);
    made->journey = g_strdup(journey);
    made->asked_p = asked_p;
    memset(made->value, PLX_CELL_EMPTY, sizeof made->value);
    g_ptr_array_add(encounter->observations, made);
    return made;
}

/* What was asked and left out was not answered; beside what did not happen nothing could be. */
static void fill(gint8 *value, const gint8 *given, guint32 asked, gboolean happened)
{
    for (guint m = 0; asked >> m; m++)
        if (asked >> m & 1)
            value[m] = given && given[m] != PLX_CELL_EMPTY ? given[m]
                       : happened                          ? PLX_CELL_DECLINED
                                                           : PLX_CELL_NA;
}

static void add_point(plx_form_encounter *encounter, const plx_form_plan *plan,
                      const plx_form_answers *answers, const struct plx_form_point *point)
{
    const plx_map *const map = plan->map;
    const struct plx_form_answer *const answer = plx_form_answer_of(answers, (gint)point->point);
    if (!answer)
        return;
    struct plx_form_observation *const made =
        add(encounter, PLX_SUBJECT_POINT, map->points[point->point].id,
            map->journeys[plan->journey].id, point->asked_p);
    fill(made->value, answer->value, plan->measures,
         answer->value[PLX_MEASURE_LEVEL] != PLX_CELL_NA);
    const gint prompt = plx_form_note(plan, answer->value[PLX_MEASURE_LEVEL]);
    if (answer->note && prompt >= 0) {
        made->note = g_strdup(answer->note);
        made->prompt = plx_form_prompt((guint)prompt);
    }
}

static void add_ticks(plx_form_encounter *encounter, const plx_form_plan *plan,
                      const plx_form_answers *answers)
{
    for (guint i = 0; i < plan->n_listed; i++) {
        const guint point = plan->listed[i];
        const struct plx_form_answer *const answer = plx_form_answer_of(answers, (gint)point);
        const gint8 tick = answer ? answer->value[PLX_MEASURE_CARD] : PLX_CELL_EMPTY;
        struct plx_form_observation *const made =
            add(encounter, PLX_SUBJECT_POINT, plan->map->points[point].id,
                plan->map->journeys[plan->journey].id, plan->journey_p);
        made->item = TICKS;
        made->value[PLX_MEASURE_CARD] = tick == PLX_CELL_EMPTY ? 0 : tick;
    }
}

static void add_whole(plx_form_encounter *encounter, const plx_form_plan *plan,
                      const plx_form_answers *answers)
{
    const char *const journey = plan->map->journeys[plan->journey].id;
    const struct plx_form_answer *const answer = plx_form_answer_of(answers, PLX_FORM_JOURNEY);
    if (plan->whole_measures)
        fill(add(encounter, PLX_SUBJECT_JOURNEY, journey, journey, plan->journey_p)->value,
             answer ? answer->value : NULL, plan->whole_measures, TRUE);
    for (guint q = 0; q < PLX_FORM_QUESTIONS; q++) {
        if (!answers->words[q])
            continue;
        struct plx_form_observation *const made =
            add(encounter, PLX_SUBJECT_JOURNEY, journey, journey, plan->journey_p);
        made->note = g_strdup(answers->words[q]);
        made->prompt = plx_form_prompt(q);
    }
}

plx_form_encounter *plx_form_encounter_new(const plx_form_plan *plan,
                                           const plx_form_answers *answers)
{
    plx_form_encounter *const encounter = plx_form_encounter_blank();
    encounter->audience = g_strdup(plan->map->audiences[plan->settings.audience].id);
    for (guint card = 0; card < plan->n_cards; card++) {
        const struct plx_form_card own = plx_form_card(plan, card);
        if (!plx_form_is_answered(answers, card))
            continue;
        /* All that is said of a point is one: by the first card that asks about it. */
        for (guint i = 0; i < own.n && !own.further; i++)
            add_point(encounter, plan, answers, &plan->points[own.first + i]);
        if (own.whole && plan->ticks)
            add_ticks(encounter, plan, answers);
        if (own.whole)
            add_whole(encounter, plan, answers);
    }
    return encounter;
}
