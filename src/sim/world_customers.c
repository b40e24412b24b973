/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Customers: orders, second orders and returns of the same persons, and words without a rating. */

#include "sim/person.h"
#include "sim/remark.h"
#include "sim/world_part.h"

#include <math.h>

#define VOICES 140      /* notes that stand alone */
#define RETURN_AFTER 9  /* days */
#define JOURNEYS_EACH 3 /* room for the keys of one person: order, second order, return */

/* One form being filled in. */
struct form {
    const struct plx_truth *truth;
    const struct plx_person *person;
    const struct plx_occasion *occasion;
    struct plx_random *random;
    const struct plx_encounter *encounter;
    GString *csv;
};

static gboolean chance(struct plx_random *random, double p)
{
    return plx_random_uniform(random) < p;
}

/* Scales that are asked of some, beside the level. */
static void beside_level(const struct form *form, guint p, int level, struct plx_row *row)
{
    const struct plx_truth *truth = form->truth;
    const struct plx_truth_point *point = &truth->points[p];
    if (chance(form->random, truth->asked_effort)) {
        const double ease =
            point->ease + 0.6 * (level - point->mean) + 0.9 * plx_random_normal(form->random);
        row->number[PLX_ROW_EFFORT] = plx_person_round(ease, 1, 7);
    }
    if (chance(form->random, truth->asked_feeling)) {
        const double feeling = 0.5 + 0.75 * level + 0.5 * plx_random_normal(form->random);
        row->number[PLX_ROW_FEELING] = plx_person_round(feeling, 1, 5);
    }
    if (chance(form->random, truth->asked_importance)) {
        const double importance = point->importance + 0.7 * plx_random_normal(form->random);
        row->number[PLX_ROW_IMPORTANCE] = plx_person_round(importance, 1, 5);
    }
    if (point->hesitation > 0)
        row->number[PLX_ROW_HESITATION] = chance(form->random, point->hesitation);
}

static void rate_point(const struct form *form, guint p)
{
    const struct plx_truth *truth = form->truth;
    const struct plx_truth_point *point = &truth->points[p];
    struct plx_row row = plx_row_next(&form->encounter->row);
    row.text[PLX_ROW_JOURNEY] = point->journey;
    row.text[PLX_ROW_POINT] = point->id;
    row.text[PLX_ROW_ASKED_P] = form->encounter->asked_p;
    row.text[PLX_ROW_CHANNEL] =
        point->channel ? point->channel : (form->occasion->app ? "app" : "web");
    const double u = plx_random_uniform(form->random);
    g_autofree char *text = NULL;
    if (u < truth->na) {
        row.number[PLX_ROW_LEVEL] = PLX_ROW_NA;
    } else if (u < truth->na + truth->declined) {
        row.number[PLX_ROW_LEVEL] = PLX_ROW_DECLINED;
    } else {
        const int level = plx_occasion_answer(form->occasion, form->person, p);
        row.number[PLX_ROW_LEVEL] = level;
        beside_level(form, p, level, &row);
        if (chance(form->random, truth->noted)) {
            const struct plx_remark note = plx_remark_on_point(form->random, point->id, level);
            text = note.text;
            row.text[PLX_ROW_PROMPT] = note.prompt;
            row.text[PLX_ROW_NOTE] = text;
        }
    }
    plx_row_write(&row, form->csv);
}

static void rate_journey(const struct form *form)
{
    const struct plx_truth *truth = form->truth;
    const struct plx_truth_journey *journey = &truth->journeys[form->occasion->journey];
    const double overall = plx_occasion_overall(truth, form->occasion, form->person) +
                           journey->spread * plx_random_normal(form->random);
    struct plx_row row = plx_row_next(&form->encounter->row);
    row.text[PLX_ROW_JOURNEY] = journey->id;
    row.text[PLX_ROW_CHANNEL] = form->occasion->app ? "app" : "web";
    row.number[PLX_ROW_OVERALL] = plx_person_round(overall, 1, 6);
    if (chance(form->random, 0.6))
        row.number[PLX_ROW_CARD] = chance(form->random, 0.03) ? PLX_ROW_NA
                                   : overall < 2.6            ? -1
                                   : overall > 4.6            ? 1
                                                              : 0;
    if (chance(form->random, 0.7))
        row.number[PLX_ROW_RECOMMEND] =
            plx_person_round(2 * overall - 1 + plx_random_normal(form->random), 0, 10);
    plx_row_write(&row, form->csv);
}

static void judge_promise(const struct form *form)
{
    const struct plx_truth_promise *promise = &form->truth->promise;
    struct plx_row row = plx_row_next(&form->encounter->row);
    row.text[PLX_ROW_PROMISE] = promise->id;
    const gboolean known = chance(form->random, promise->known);
    row.number[PLX_ROW_KNOWN] = known;
    /* Who did not know of it cannot say whether it was kept. */
    row.number[PLX_ROW_KEPT] = known ? !form->occasion->late : PLX_ROW_NA;
    plx_row_write(&row, form->csv);
}

static void fill_in(const struct form *form, struct plx_encounter *e)
{
    const struct plx_truth *truth = form->truth;
    guint items[PLX_TRUTH_POINTS_MAX];
    guint total = 0;
    for (guint p = 0; p < truth->n_points; p++)
        if (form->occasion->on_way[p])
            items[total++] = p;
    plx_encounter_ask(e, form->random, items, total, truth->asked);
    for (guint k = 0; k < MIN(total, truth->asked); k++)
        rate_point(form, items[k]);
    if (chance(form->random, truth->rated_journey))
        rate_journey(form);
    if (form->occasion->journey == 0 && chance(form->random, truth->asked_promise))
        judge_promise(form);
}

/* One occasion of one person, and his form; `number` makes the key of the encounter. */
static void one_way(struct plx_world *world, const struct plx_person *person, guint i, guint number,
                    guint journey, guint month, guint day, struct plx_random *random)
{
    const struct plx_truth *truth = world->truth;
    static const char *const sources[] = {"e-mail", "app", "text message"};
    static const double source_share[] = {0.55, 0.35, 0.10};
    struct plx_occasion occasion;
    plx_occasion_draw(truth, person, journey, month,
                      world->shock[person->place * PLX_TRUTH_MONTHS + month], random, &occasion);
    struct plx_encounter e;
    plx_encounter_begin(&e, "customer", "c", number, "p", (gint)i + 1);
    plx_encounter_time(truth, &e, month, day, journey == 1 ? RETURN_AFTER : 0, -1);
    e.row.text[PLX_ROW_PLACE] = truth->places[person->place].name;
    e.row.text[PLX_ROW_TIER] = truth->tiers[person->tier].name;
    e.row.text[PLX_ROW_SOURCE] =
        sources[plx_random_choice(random, source_share, G_N_ELEMENTS(sources))];
    const struct form form = {truth, person, &occasion, random, &e, world->csv};
    fill_in(&form, &e);
}

static void one_person(struct plx_world *world, guint i)
{
    const struct plx_truth *truth = world->truth;
    struct plx_random random = plx_world_stream(world, PLX_STREAM_PERSON, i);
    const struct plx_person person = plx_person_draw(truth, &random);
    const guint key = i * JOURNEYS_EACH + 1;
    const guint month = plx_person_month(&random);
    const guint day = (guint)plx_random_below(&random, 28);
    one_way(world, &person, i, key, 0, month, day, &random);
    if (chance(&random, truth->returned))
        one_way(world, &person, i, key + 1, 1, month, day, &random);
    if (chance(&random, truth->again)) {
        /* Drawn one by one: compilers differ in which argument they look at first. */
        const guint again_day = (guint)plx_random_below(&random, 28);
        const guint again_month = plx_person_month(&random);
        one_way(world, &person, i, key + 2, 0, again_month, again_day, &random);
    }
}

/* Words that came by themselves, without a form. */
static void one_voice(struct plx_world *world, guint i)
{
    const struct plx_truth *truth = world->truth;
    struct plx_random random = plx_world_stream(world, PLX_STREAM_VOICE, i);
    struct plx_encounter e;
    plx_encounter_begin(&e, "customer", "n", i + 1, "", -1);
    const guint month = plx_person_month(&random);
    plx_encounter_time(truth, &e, month, (guint)plx_random_below(&random, 28), 0, -1);
    e.row.text[PLX_ROW_SOURCE] = "letter box";
    e.row.text[PLX_ROW_PLACE] = truth->places[plx_random_below(&random, truth->n_places)].name;
    const struct plx_remark note = plx_remark_alone(&random);
    e.row.text[PLX_ROW_PROMPT] = note.prompt;
    e.row.text[PLX_ROW_NOTE] = note.text;
    plx_row_write(&e.row, world->csv);
    g_free(note.text);
}

void plx_world_customers(struct plx_world *world)
{
    for (guint i = 0; i < world->truth->persons; i++)
        one_person(world, i);
    for (guint i = 0; i < VOICES; i++)
        one_voice(world, i);
}
