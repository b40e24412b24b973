/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "step/outlook.h"

#include "base/date.h"
#include "base/number.h"
#include "map/map_owner.h"
#include "stats/whitehead.h"

#include <math.h>
#include <string.h>

struct looking {
    plx_source *source;
    const struct plx_step_plan *plan;
    const char *point; /* today's id */
    const struct plx_audience *audience;
    const struct plx_scale *scale;
    guint64 n; /* answers in the time looked back on, at all places of the plan */
};

static gboolean names(char *const *places, const char *place)
{
    return g_strv_contains((const char *const *)places, place);
}

enum where { EVERYWHERE, WITH_STEP, BESIDE, IN_PLAN };

/* The answers of the people served to the point; from `since` on, at the places meant, where it is
 * not all of them. */
static plx_filter *rows(const struct looking *l, enum where where, gint32 since)
{
    const char *const audiences[] = {l->audience->id, NULL}, *const points[] = {l->point, NULL};
    g_autoptr(GPtrArray) places = g_ptr_array_new();
    plx_filter *all[4] = {plx_filter_in(PLX_DIM_AUDIENCE, NULL, audiences),
                          plx_filter_in(PLX_DIM_SUBJECT, NULL, points)};
    guint n = 2;
    for (guint i = 0; where != BESIDE && l->plan->places[i]; i++)
        g_ptr_array_add(places, l->plan->places[i]);
    for (guint i = 0; where != WITH_STEP && l->plan->compare[i]; i++)
        g_ptr_array_add(places, l->plan->compare[i]);
    g_ptr_array_add(places, NULL);
    if (where != EVERYWHERE)
        all[n++] = plx_filter_days(since, G_MAXINT32);
    if (where != EVERYWHERE && l->plan->places[0])
        all[n++] = plx_filter_in(PLX_DIM_PLACE, NULL, (const char *const *)places->pdata);
    return plx_filter_all(all, n);
}

gboolean plx_step_places_known(plx_source *source, char ***places, GError **error)
{
    const struct plx_split split = {.kind = PLX_SPLIT_DIM, .dim = PLX_DIM_PLACE};
    const struct plx_need need = {.kinds = PLX_NEED_COUNTS,
                                  .measures = 1U << PLX_MEASURE_LEVEL,
                                  .splits = &split,
                                  .n_splits = 1};
    struct plx_answer *answer = NULL;
    if (!plx_source_ask(source, &need, 1, &answer, error))
        return FALSE;
    const struct plx_table *const table = &answer->tables[0];
    GPtrArray *const found = g_ptr_array_new();
    for (guint g = 0; g < table->n_groups; g++)
        if (*table->groups[g][0])
            g_ptr_array_add(found, g_strdup(table->groups[g][0]));
    g_ptr_array_add(found, NULL);
    *places = (char **)g_ptr_array_free(found, FALSE);
    plx_answer_free(answer);
    return TRUE;
}

/* Answers with a value in a group of place and day, if the day is in the time looked back on. */
static guint64 answers_in(const struct plx_table *table, const struct plx_cell *cell, gint32 since)
{
    const struct plx_tally *const tally = plx_cell_tally(cell, PLX_MEASURE_LEVEL);
    gint32 day;
    return tally && plx_day_parse(table->groups[cell->group][1], &day) && day >= since
               ? tally->total
               : 0;
}

static void count_place(struct looking *l, const char *place, guint64 n,
                        struct plx_step_outlook *outlook)
{
    const gboolean everywhere = !l->plan->places[0];
    const guint enough = n >= PLX_STEP_ANSWERS ? 1 : 0;
    if (everywhere && !names(l->plan->compare, place))
        l->n += n; /* wherever it was */
    if (!*place)
        return;
    if (names(l->plan->compare, place)) {
        l->n += n;
        outlook->compared_ready += enough;
    } else if (everywhere || names(l->plan->places, place)) {
        l->n += everywhere ? 0 : n;
        outlook->places += everywhere ? 1 : 0;
        outlook->ready += enough;
    }
}

/* Cells stand by group, so that those of a place follow each other. */
static void count_places(struct looking *l, const struct plx_table *table, gint32 since,
                         struct plx_step_outlook *outlook)
{
    outlook->places = g_strv_length(l->plan->places);
    outlook->compared = g_strv_length(l->plan->compare);
    for (guint c = 0; c < table->n_cells;) {
        const char *const place = table->groups[table->cells[c].group][0];
        guint64 n = 0;
        for (; c < table->n_cells && strcmp(table->groups[table->cells[c].group][0], place) == 0;
             c++)
            n += answers_in(table, &table->cells[c], since);
        count_place(l, place, n, outlook);
    }
}

static double share_at(const struct plx_tally *tally, const struct looking *l)
{
    guint64 reached = 0;
    for (guint v = 0; v < tally->k; v++) {
        const gint level = l->scale->min + (gint)v;
        if (l->scale->down ? level <= l->plan->to : level >= l->plan->to)
            reached += tally->n[v];
    }
    return (double)reached / (double)tally->total;
}

static double logit(double share)
{
    return log(share / (1 - share));
}

/* How many answers it takes that the target can be told from what is. */
static double answers_needed(const struct plx_tally *tally, const struct looking *l, double share)
{
    const double target = l->plan->share;
    if (!(share > 0 && share < 1 && target > share && target < 1))
        return PLX_NAN;
    g_autofree double *shares = g_new0(double, tally->k);
    for (guint v = 0; v < tally->k; v++)
        shares[v] = (double)tally->n[v] / (double)tally->total;
    const double up = logit(target) - logit(share);
    return ceil(plx_whitehead_total(shares, tally->k, l->scale->down ? up : -up, PLX_STEP_ALPHA,
                                    PLX_STEP_POWER));
}

/* *shown: there are people enough. */
static void take_tally(const struct looking *l, enum where where, const struct plx_tally *tally,
                       struct plx_step_outlook *outlook, gboolean *shown)
{
    *shown = !l->audience->protected_ && tally->total > 0 && tally->persons >= l->audience->minimum;
    if (!*shown || where == BESIDE)
        return;
    const double share = share_at(tally, l);
    if (where == WITH_STEP) {
        outlook->share = share;
        return;
    }
    outlook->share_all = share;
    outlook->answers = answers_needed(tally, l, share);
}

static gboolean find_share(const struct looking *l, enum where where, gint32 since,
                           struct plx_step_outlook *outlook, gboolean *shown, GError **error)
{
    struct plx_answer *answer = NULL;
    g_autoptr(plx_filter) filter = rows(l, where, since);
    const struct plx_need need = {.kinds = PLX_NEED_COUNTS | PLX_NEED_PERSONS,
                                  .measures = 1U << PLX_MEASURE_LEVEL,
                                  .filter = filter};
    if (!plx_source_ask(l->source, &need, 1, &answer, error))
        return FALSE;
    const struct plx_table *const table = &answer->tables[0];
    const struct plx_tally *const tally =
        table->n_cells == 1 ? plx_cell_tally(&table->cells[0], PLX_MEASURE_LEVEL) : NULL;
    *shown = FALSE;
    if (tally)
        take_tally(l, where, tally, outlook, shown);
    plx_answer_free(answer);
    return TRUE;
}

/* All together only where each side may be shown: one is what is left of the other. */
static gboolean find_shares(const struct looking *l, gint32 since, struct plx_step_outlook *outlook,
                            GError **error)
{
    gboolean shown = FALSE;
    return find_share(l, WITH_STEP, since, outlook, &shown, error) &&
           (!shown || !l->plan->compare[0] ||
            find_share(l, BESIDE, since, outlook, &shown, error)) &&
           (!shown || find_share(l, IN_PLAN, since, outlook, &shown, error));
}

/* Before and after: half of the answers are there already. */
static void find_day(const struct looking *l, double weeks, struct plx_step_outlook *outlook)
{
    outlook->per_week = (double)l->n / weeks;
    const double wanted = outlook->answers / (l->plan->compare[0] ? 1 : 2);
    const double days = ceil(7 * wanted / outlook->per_week);
    if (isfinite(days) && days < 36500)
        outlook->enough = l->plan->start + (gint32)days;
    if (plx_step_has_places(l->plan) && l->n > 0)
        outlook->fresh =
            ceil(7 * PLX_STEP_FRESH * (outlook->places + outlook->compared) / outlook->per_week);
}

static gboolean look(struct looking *l, struct plx_step_outlook *outlook, GError **error)
{
    static const struct plx_split splits[] = {{PLX_SPLIT_DIM, PLX_DIM_PLACE, NULL, NULL},
                                              {PLX_SPLIT_DAY, PLX_DIM_PLACE, NULL, NULL}};
    struct plx_answer *answer = NULL;
    g_autoptr(plx_filter) filter = rows(l, EVERYWHERE, 0);
    const struct plx_need need = {.kinds = PLX_NEED_COUNTS,
                                  .measures = 1U << PLX_MEASURE_LEVEL,
                                  .filter = filter,
                                  .splits = splits,
                                  .n_splits = G_N_ELEMENTS(splits)};
    if (!plx_source_ask(l->source, &need, 1, &answer, error))
        return FALSE;
    const gint32 since = answer->last_day - (l->plan->start - l->plan->baseline) + 1;
    const double weeks = MAX((answer->last_day - MAX(since, answer->first_day) + 1) / 7.0, 1);
    outlook->known = answer->has_days;
    if (outlook->known)
        count_places(l, &answer->tables[0], since, outlook);
    plx_answer_free(answer);
    if (!outlook->known)
        return TRUE;
    if (!find_shares(l, since, outlook, error))
        return FALSE;
    find_day(l, weeks, outlook);
    return TRUE;
}

/* Both sides of a step are part of what it compares. */
static gboolean share_places(const struct plx_step_plan *a, const struct plx_step_plan *b)
{
    if (!a->places[0] || !b->places[0])
        return TRUE;
    for (guint side = 0; side < 2; side++) {
        char *const *const places = side ? a->compare : a->places;
        for (guint i = 0; places[i]; i++)
            if (names(b->places, places[i]) || names(b->compare, places[i]))
                return TRUE;
    }
    return FALSE;
}

static gint64 find_other(const struct looking *l, const GPtrArray *steps, gint64 self)
{
    for (guint i = 0; i < steps->len; i++) {
        const struct plx_step *const step = steps->pdata[i];
        const struct plx_owner owner =
            plx_map_resolve(l->source->map, PLX_SUBJECT_POINT, step->plan->point);
        if (step->id != self && step->state != PLX_STEP_STOPPED &&
            strcmp(owner.id, l->point) == 0 && share_places(step->plan, l->plan))
            return step->id;
    }
    return 0;
}

gboolean plx_step_look_back(plx_source *source, const struct plx_step_plan *plan,
                            const GPtrArray *steps, gint64 self, struct plx_step_outlook *outlook,
                            GError **error)
{
    const plx_map *const map = source->map;
    const guint audience = plx_step_served(map);
    struct looking l = {source,
                        plan,
                        plx_map_resolve(map, PLX_SUBJECT_POINT, plan->point).id,
                        &map->audiences[audience],
                        plx_map_scale(map, PLX_MEASURE_LEVEL, audience),
                        0};
    struct plx_step_outlook found = {.share = PLX_NAN,
                                     .share_all = PLX_NAN,
                                     .answers = PLX_NAN,
                                     .per_week = PLX_NAN,
                                     .fresh = PLX_NAN};
    if (!look(&l, &found, error))
        return FALSE;
    found.other = find_other(&l, steps, self);
    *outlook = found;
    return TRUE;
}
