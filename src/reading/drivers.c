/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/drivers.h"

#include "base/error.h"
#include "reading/drivers_private.h"

#include <string.h>

const char *plx_driver_state_code(enum plx_driver_state state)
{
    switch (state) {
    case PLX_DRIVER_FEW:
        return "few_pairs";
    case PLX_DRIVER_FLAT:
        return "no_variation";
    case PLX_DRIVER_TWIN:
        return "collinear";
    case PLX_DRIVER_CROWDED:
        return "too_many";
    case PLX_DRIVER_FEW_POINTS:
        return "few_points";
    case PLX_DRIVER_NO_FIT:
        return "no_fit";
    case PLX_DRIVER_SHOWN:
        break;
    }
    return NULL;
}

const char *plx_driver_shape_code(enum plx_driver_shape shape)
{
    switch (shape) {
    case PLX_SHAPE_HURTS_BELOW:
        return "hurts_below";
    case PLX_SHAPE_PLEASES_ABOVE:
        return "pleases_above";
    case PLX_SHAPE_BOTH:
        return "both";
    case PLX_SHAPE_NEITHER:
        return "neither";
    case PLX_SHAPE_NOT_ENOUGH_YET:
        return "not_enough_yet";
    case PLX_SHAPE_NONE:
        break;
    }
    return NULL;
}

void plx_drivers_free(plx_drivers *drivers)
{
    if (!drivers)
        return;
    plx_about_clear(&drivers->about);
    g_free(drivers);
}

static void nobody_asked(GError **error, const char *who)
{
    plx_error(error, PLX_ERROR_NOT_FOUND,
              "%s: nobody was asked about the whole, so nothing can go with it: ask "
              "\"overall\" (1 to 6) or \"recommend\" (0 to 10) in the same answer as the "
              "points (in a file: a row with a journey, no point, and overall)",
              who);
}

static plx_drive_collected *too_few(GError **error, const char *who, guint minimum)
{
    plx_error(error, PLX_ERROR_NOT_SHOWN,
              "%s: fewer than %u people judged the whole, so nothing may be shown", who, minimum);
    return NULL;
}

/* The outcome asked for, else the first that somebody gave. */
static plx_drive_collected *collect(const plx_question *question, const struct plx_answer *answer,
                                    const struct plx_reach *reach,
                                    const struct plx_gaps_options *options, GError **error)
{
    static const enum plx_measure outcomes[] = {PLX_MEASURE_OVERALL, PLX_MEASURE_RECOMMEND};
    const struct plx_linked *linked = answer->tables[0].linked;
    const char *who = question->map->audiences[reach->audience].id;
    gboolean judged = FALSE;
    for (guint i = 0; linked && i < G_N_ELEMENTS(outcomes); i++) {
        if (options->measure &&
            strcmp(options->measure, question->map->measures[outcomes[i]].id) != 0)
            continue;
        g_autoptr(plx_drive_collected) c = plx_drive_collect(
            question, answer, linked, reach->audience, outcomes[i], options->seed);
        if (c->persons > 0 && c->persons < reach->minimum)
            return too_few(error, who, reach->minimum);
        if (c->n_journeys > 0)
            return g_steal_pointer(&c);
        judged = judged || c->persons > 0;
    }
    if (judged)
        plx_error(error, PLX_ERROR_NOT_FOUND,
                  "%s: who judged the whole rated no point in the same answer or as the same "
                  "person: ask both in one answer",
                  who);
    else
        nobody_asked(error, who);
    return NULL;
}

static struct plx_answer *ask(plx_source *source, const struct plx_reach *reach, GError **error)
{
    const struct plx_need need = {.kinds = PLX_NEED_LINKED,
                                  .measures = 1u << PLX_MEASURE_LEVEL | 1u << PLX_MEASURE_OVERALL |
                                              1u << PLX_MEASURE_RECOMMEND,
                                  .filter = reach->filter};
    struct plx_answer *answer = NULL;
    return plx_source_ask(source, &need, 1, &answer, error) ? answer : NULL;
}

static plx_drivers *read_answer(plx_source *source, const plx_question *question,
                                const struct plx_answer *answer, const struct plx_reach *reach,
                                const struct plx_gaps_options *options, GError **error)
{
    g_autoptr(plx_drive_collected) collected = collect(question, answer, reach, options, error);
    if (!collected)
        return NULL;
    g_autoptr(plx_drivers) drivers =
        plx_drivers_compose(source, question, answer, reach, collected);
    if ((answer->measures >> PLX_MEASURE_IMPORTANCE & 1) &&
        !plx_drivers_ask_views(drivers, source, options, error))
        return NULL;
    return g_steal_pointer(&drivers);
}

/* Nobody of a protected audience is looked at more closely than as a whole. */
static gboolean is_allowed(const plx_question *question, gint audience,
                           const struct plx_reach *reach, GError **error)
{
    if (!reach->hidden)
        return TRUE;
    return plx_error(error, PLX_ERROR_NOT_SHOWN,
                     "%s is protected: this reading looks at all of their answers, without "
                     "--where and dates",
                     question->map->audiences[audience].id);
}

static gboolean check(const struct plx_gaps_options *options, GError **error)
{
    if (options->measure && strcmp(options->measure, "overall") != 0 &&
        strcmp(options->measure, "recommend") != 0)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--measure \"%s\": points are set beside overall or recommend",
                         options->measure);
    if (options->by)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--by %s: this reading needs many joint answers and is not split; "
                         "--where chooses a part, and compare --reading drivers sets two of them "
                         "side by side",
                         options->by);
    return TRUE;
}

/* The first served audience with answers. */
static plx_drivers *read_served(plx_source *source, const plx_question *question,
                                const struct plx_gaps_options *options, GError **error)
{
    const plx_map *map = question->map;
    g_autofree guint64 *left = g_new0(guint64, map->n_audiences + 1);
    for (guint a = 0; a < map->n_audiences; a++)
        left[a] = 1;
    gint audience = plx_reach_served(question, NULL);
    if (audience < 0)
        plx_error(error, PLX_ERROR_NOT_FOUND,
                  "nobody asked for is served, so there is no whole to go with: leave --audiences "
                  "out, or declare one by --declare NAME:served");
    plx_drivers *drivers = NULL;
    for (gboolean again = audience >= 0; again;) {
        struct plx_reach reach;
        plx_reach_init(&reach, question, (guint)audience);
        left[audience] = 0;
        const gint next = plx_reach_served(question, left);
        struct plx_answer *answer =
            is_allowed(question, audience, &reach, error) ? ask(source, &reach, error) : NULL;
        const struct plx_linked *linked = answer ? answer->tables[0].linked : NULL;
        again = answer && (!linked || linked->n_units == 0) && left[next] > 0;
        if (answer && !again)
            drivers = read_answer(source, question, answer, &reach, options, error);
        plx_answer_free(answer);
        plx_reach_clear(&reach);
        audience = next;
    }
    return drivers;
}

plx_drivers *plx_drivers_read(plx_source *source, const struct plx_gaps_options *options,
                              GError **error)
{
    struct plx_gaps_options asked = *options;
    asked.measure = NULL;
    if (!check(options, error))
        return NULL;
    g_autoptr(plx_question) question = plx_question_new(source->map, &asked, error);
    if (!question)
        return NULL;
    return read_served(source, question, options, error);
}
