/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form/plan_private.h"

#include "base/error.h"
#include "stats/block_design.h"
#include "stats/random.h"
#include "voice/batch.h"

#include <string.h>

void plx_form_plan_free(plx_form_plan *plan)
{
    if (!plan)
        return;
    g_free(plan->points);
    g_free(plan->listed);
    g_free(plan);
}

static int compare_points(const void *a, const void *b)
{
    const guint x = *(const guint *)a, y = *(const guint *)b;
    return x < y ? -1 : x > y;
}

guint *plx_form_journey_points(const plx_map *map, guint journey, guint *n)
{
    const struct plx_journey *const own = &map->journeys[journey];
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint t = 0; t < own->n_transactions; t++)
        g_array_append_vals(all, own->transactions[t].points, own->transactions[t].n_points);
    /* A point may be used twice in a journey: it is asked where it comes first. */
    guint *const points = g_new0(guint, all->len + 1);
    *n = 0;
    for (guint i = 0; i < all->len; i++) {
        const guint point = g_array_index(all, guint, i);
        guint k = 0;
        while (k < *n && points[k] != point)
            k++;
        if (k == *n)
            points[(*n)++] = point;
    }
    return points;
}

guint plx_form_journeys(const plx_map *map, const struct plx_form_settings *settings,
                        guint *journeys)
{
    guint n = 0;
    for (guint j = 0; j < map->n_journeys; j++) {
        const struct plx_journey *const journey = &map->journeys[j];
        guint n_points = 0;
        for (guint t = 0; t < journey->n_transactions; t++)
            n_points += journey->transactions[t].n_points;
        if (n_points > 0 && (settings->journey < 0 || (guint)settings->journey == j))
            journeys[n++] = j;
    }
    return n;
}

guint plx_form_asked_of(const struct plx_form_settings *settings, guint of)
{
    return settings->all || of <= PLX_FORM_POINTS_MAX ? of : settings->points;
}

/* Which journey, and with what chance. */
static gboolean draw_journey(plx_form_plan *plan, struct plx_random *random, GError **error)
{
    g_autofree guint *with_points = g_new(guint, plan->map->n_journeys + 1);
    const guint n = plx_form_journeys(plan->map, &plan->settings, with_points);
    if (n == 0)
        return plx_error(error, PLX_ERROR_NOT_FOUND,
                         "the map has no points to ask about in a form");
    plan->journey = with_points[plx_random_below(random, n)];
    plan->journey_p = 1.0 / n;
    return TRUE;
}

/* Of so many points that there is no design for them: each equally often, all the same. */
static void draw_any(guint *places, guint n, guint of, struct plx_random *random)
{
    g_autofree guint *all = g_new(guint, of);
    for (guint i = 0; i < of; i++)
        all[i] = i;
    plx_random_shuffle(random, all, of);
    memcpy(places, all, n * sizeof *places);
    qsort(places, n, sizeof *places, compare_points);
}

static void draw_points(plx_form_plan *plan, struct plx_random *random)
{
    const guint of = plan->n_listed;
    plan->n_points = plx_form_asked_of(&plan->settings, of);
    plan->points = g_new(struct plx_form_point, plan->n_points);
    g_autofree guint *places = g_new(guint, plan->n_points);
    if (plan->n_points == of) {
        for (guint i = 0; i < of; i++)
            places[i] = i;
    } else if (of > PLX_BLOCK_DESIGN_POINTS_MAX) {
        draw_any(places, plan->n_points, of, random);
    } else {
        g_autoptr(plx_block_design) design = plx_block_design_new(of, plan->n_points);
        const guint8 *const row =
            design->points + (gsize)plx_random_below(random, design->b) * design->k;
        for (guint i = 0; i < plan->n_points; i++)
            places[i] = row[i];
    }
    for (guint i = 0; i < plan->n_points; i++)
        plan->points[i] =
            (struct plx_form_point){plan->listed[places[i]], plan->journey_p * plan->n_points / of};
}

#define BELIEVED (1u << PLX_MEASURE_BELIEVED)
/* So many points to a card, for those who are asked about all, of what takes more than a number;
 * and no more cards than can be told apart (answers_private.h). */
enum { CARD_POINTS = 8, CARDS_MAX = 24 };

/* Cards beside the one of what is believed. */
static guint further_cards(const plx_form_plan *plan)
{
    return plan->measures & ~BELIEVED
               ? MIN((plan->n_points + CARD_POINTS - 1) / CARD_POINTS, CARDS_MAX)
               : 0;
}

static guint believed_cards(const plx_form_plan *plan)
{
    return plan->measures & BELIEVED && plan->n_points > 0 ? 1 : 0;
}

void plx_form_plan_lay(plx_form_plan *plan)
{
    const struct plx_form_settings *const settings = &plan->settings;
    plan->measures = plan->whole_measures = 0;
    for (guint m = 0; m < plan->map->n_measures; m++) {
        const guint subjects = plan->map->measures[m].subjects;
        if (!(settings->measures >> m & 1) || m == PLX_MEASURE_CARD)
            continue;
        if (subjects & 1u << PLX_SUBJECT_POINT)
            plan->measures |= 1u << m;
        else
            plan->whole_measures |= 1u << m;
    }
    plan->required = plan->measures & (1u << PLX_MEASURE_LEVEL | 1u << PLX_MEASURE_BELIEVED);
    plan->ticks = (settings->measures >> PLX_MEASURE_CARD & 1) != 0;
    plan->whole = plan->ticks || plan->whole_measures || settings->questions;
    if (plan->measures == 0)
        plan->n_points = 0;
    plan->n_cards = (settings->all ? believed_cards(plan) + further_cards(plan) : plan->n_points) +
                    (plan->whole ? 1 : 0);
}

plx_form_plan *plx_form_plan_new(const plx_map *map, const struct plx_form_settings *settings,
                                 guint64 seed, GError **error)
{
    struct plx_random random;
    g_autoptr(plx_form_plan) plan = g_new0(plx_form_plan, 1);
    plan->map = map;
    plan->settings = *settings;
    plx_random_seed(&random, seed);
    if (!draw_journey(plan, &random, error))
        return NULL;
    plan->listed = plx_form_listed_points(map, settings, plan->journey, &plan->n_listed);
    draw_points(plan, &random);
    plx_form_plan_lay(plan);
    return g_steal_pointer(&plan);
}

struct plx_form_card plx_form_card(const plx_form_plan *plan, guint i)
{
    const guint pages = plan->n_cards - (plan->whole ? 1 : 0);
    const guint believed = believed_cards(plan);
    if (i >= pages)
        return (struct plx_form_card){.first = plan->n_points, .whole = TRUE};
    if (!plan->settings.all)
        return (struct plx_form_card){.first = i, .n = 1, .measures = plan->measures};
    if (i < believed)
        return (struct plx_form_card){.n = plan->n_points, .measures = BELIEVED};
    /* Cards of the same length, or one less. */
    const guint of = further_cards(plan), at = i - believed;
    g_assert(of > 0); /* i is one of them */
    const guint first = at * plan->n_points / of;
    return (struct plx_form_card){.first = first,
                                  .n = (at + 1) * plan->n_points / of - first,
                                  .measures = plan->measures & ~BELIEVED,
                                  .further = believed > 0};
}

const struct plx_scale *plx_form_scale(const plx_form_plan *plan, guint measure)
{
    return plx_map_scale(plan->map, measure, plan->settings.audience);
}

/* Is `value` at this cut or beyond it, the good way? */
static gboolean reaches(const struct plx_scale *scale, gint8 value, gint8 cut)
{
    return scale->down ? value <= cut : value >= cut;
}

gint plx_form_note(const plx_form_plan *plan, gint8 level)
{
    const struct plx_scale *const scale = plx_form_scale(plan, PLX_MEASURE_LEVEL);
    if (!plan->settings.notes || !(plan->measures >> PLX_MEASURE_LEVEL & 1) ||
        level == PLX_CELL_EMPTY || level == PLX_CELL_NA || level == PLX_CELL_DECLINED)
        return -1;
    if (scale->top != PLX_NO_CUT && reaches(scale, level, scale->top))
        return PLX_FORM_DID;
    if (scale->met != PLX_NO_CUT && !reaches(scale, level, scale->met))
        return PLX_FORM_BETTER;
    return -1;
}

/* Seconds: a first choice needs reading about a point, a tick a glance, words a thought. What
 * people need is told a little too long rather than too short. */
enum { CHOICE = 8, BELIEF = 6, FURTHER = 5, TICK = 3, WORDS = 12 };

static guint count_bits(guint32 mask)
{
    guint n = 0;
    for (; mask; mask &= mask - 1)
        n++;
    return n;
}

guint plx_form_plan_minutes(const plx_form_plan *plan)
{
    const guint asked = count_bits(plan->measures), whole = count_bits(plan->whole_measures);
    const guint first = plan->measures & 1u << PLX_MEASURE_BELIEVED ? BELIEF : CHOICE;
    const guint each = asked ? first + (asked - 1) * FURTHER : 0;
    const guint seconds = plan->n_points * each + (plan->ticks ? plan->n_listed * TICK : 0) +
                          whole * CHOICE + count_bits(plan->settings.questions) * WORDS;
    return MAX((seconds + 30) / 60, 1);
}
