/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Do other people answer since the start? Channel, source, language, segments and the number of
 * answers, place by place as the levels are: what moved more at the treated places. */
#include "base/number.h"
#include "step/trial_private.h"

#include <math.h>
#include <string.h>

#define ALPHA 0.05
#define REMARKABLE 0.1 /* of the answers: less is not told, however sure it is */

enum { BEFORE = PLX_WHO_BEFORE, AFTER = PLX_WHO_AFTER, PERSONS = PLX_WHO_PERSONS };

struct asking {
    struct plx_trial_work *work;
    GArray *shifts; /* struct shift */
};

/* What a value's share, or the number of answers, changed by, place by place. */
struct shift {
    const char *name;
    gboolean ratio; /* of logarithms */
    guint n_treated, n;
    double *change;
};

/* Asking -------------------------------------------------------------------------------------- */

static void name_dims(struct plx_trial_who *who, const char *const *segments)
{
    static const enum plx_dim always[] = {PLX_DIM_CHANNEL, PLX_DIM_SOURCE, PLX_DIM_LANGUAGE};
    const guint n_segments = segments ? g_strv_length((char **)(guintptr)segments) : 0;
    who->splits = g_new0(struct plx_split, 2 * (G_N_ELEMENTS(always) + (gsize)n_segments));
    for (guint d = 0; d < G_N_ELEMENTS(always) + n_segments; d++) {
        const gboolean is_segment = d >= G_N_ELEMENTS(always);
        who->splits[2 * d] =
            (struct plx_split){PLX_SPLIT_DIM, is_segment ? PLX_DIM_SEGMENT : always[d],
                               is_segment ? segments[d - G_N_ELEMENTS(always)] : NULL, NULL};
        who->splits[2 * d + 1] = (struct plx_split){PLX_SPLIT_DIM, PLX_DIM_PLACE, NULL, NULL};
        who->n_dims++;
    }
}

void plx_trial_who_needs(struct plx_trial_work *work, GArray *needs)
{
    const plx_trial *const out = work->out;
    const char *const point[] = {work->point, NULL};
    const struct plx_span_days days[PLX_WHO_TABLES] = {
        {out->baseline, out->start}, {out->start, out->until}, {out->baseline, out->until}};
    struct plx_trial_who *const who = &work->who;
    if (out->look < 0)
        return;
    name_dims(who, work->options->segments);
    who->first_table = needs->len;
    for (guint t = 0; t < PLX_WHO_TABLES; t++)
        who->rows[t] = plx_trial_rows(work, point, days[t]);
    for (guint d = 0; d < who->n_dims; d++)
        for (guint t = 0; t < PLX_WHO_TABLES; t++) {
            const struct plx_need need = {.kinds = PLX_NEED_COUNTS |
                                                   (t == PERSONS ? PLX_NEED_PERSONS : 0),
                                          .measures = 1u << PLX_MEASURE_LEVEL,
                                          .filter = who->rows[t],
                                          .splits = &who->splits[2 * d],
                                          .n_splits = t == PERSONS ? 1 : 2};
            g_array_append_val(needs, need);
        }
}

void plx_trial_who_clear(struct plx_trial_who *who)
{
    for (guint t = 0; t < PLX_WHO_TABLES; t++)
        plx_filter_free(who->rows[t]);
    g_free(who->splits);
}

static const struct plx_table *table_of(const struct asking *asking, guint dim, guint table)
{
    const struct plx_trial_who *const who = &asking->work->who;
    return &asking->work->asked->tables[who->first_table + PLX_WHO_TABLES * dim + table];
}

/* Shifts -------------------------------------------------------------------------------------- */

static guint64 answers_of(const struct plx_cell *cell)
{
    const struct plx_tally *const tally = plx_cell_tally(cell, PLX_MEASURE_LEVEL);
    return tally ? tally->total : 0;
}

/* Answers by place; `value` NULL: with any. */
static void count(const struct asking *asking, guint dim, guint when, const char *value, double *n)
{
    const struct plx_panel *const panel = &asking->work->panel;
    const struct plx_table *const table = table_of(asking, dim, when);
    memset(n, 0, panel->n_places * sizeof *n);
    for (guint c = 0; c < table->n_cells; c++) {
        char **const key = table->groups[table->cells[c].group];
        const guint place = plx_panel_place(panel, key[1]);
        if (place < panel->n_places && (!value || strcmp(value, key[0]) == 0))
            n[place] += (double)answers_of(&table->cells[c]);
    }
}

static struct shift shift_new(const struct asking *asking, const char *name, gboolean ratio)
{
    struct shift shift = {.name = name, .ratio = ratio};
    shift.change =
        plx_trial_keep_block(asking->work->out, asking->work->panel.n_places, sizeof(double));
    return shift;
}

static void put(const struct asking *asking, struct shift *shift, guint place, double change)
{
    shift->change[shift->n++] = change;
    shift->n_treated += place < asking->work->panel.n_treated ? 1 : 0;
}

/* Room for counts by place, before and after, of a value and of all. */
struct room {
    double *some[2], *all[2];
};

static void add_value(struct asking *asking, guint dim, const char *value, const struct room *room)
{
    const struct plx_trial_place *const places = asking->work->out->places;
    const struct plx_split *const split = &asking->work->who.splits[2 * dim];
    static const char *const names[] = {[PLX_DIM_CHANNEL] = "channel",
                                        [PLX_DIM_SOURCE] = "source",
                                        [PLX_DIM_LANGUAGE] = "language"};
    const char *const key = split->segment ? split->segment : names[split->dim];
    g_autofree char *name = g_strdup_printf("%s %s", key, value);
    struct shift shift = shift_new(asking, plx_about_copy(&asking->work->out->about, name), FALSE);
    for (guint when = BEFORE; when <= AFTER; when++)
        count(asking, dim, when, value, room->some[when]);
    for (guint p = 0; p < asking->work->panel.n_places; p++)
        if (places[p].counts)
            put(asking, &shift, p,
                room->some[AFTER][p] / room->all[AFTER][p] -
                    room->some[BEFORE][p] / room->all[BEFORE][p]);
    g_array_append_val(asking->shifts, shift);
}

/* Values that enough people have; a dimension with one value cannot shift. */
static void add_dim(struct asking *asking, guint dim, const struct room *room)
{
    const struct plx_table *const table = table_of(asking, dim, PERSONS);
    for (guint c = 0; table->n_groups > 1 && c < table->n_cells; c++) {
        const char *const value = table->groups[table->cells[c].group][0];
        const struct plx_tally *const tally = plx_cell_tally(&table->cells[c], PLX_MEASURE_LEVEL);
        if (*value && tally && plx_reach_allows(&asking->work->reach, tally->persons))
            add_value(asking, dim, value, room);
    }
}

static void add_number(struct asking *asking, const struct room *room)
{
    struct shift shift = shift_new(asking, "answers", TRUE);
    for (guint p = 0; p < asking->work->panel.n_places; p++)
        if (asking->work->out->places[p].counts)
            put(asking, &shift, p, log(room->all[AFTER][p] / room->all[BEFORE][p]));
    g_array_append_val(asking->shifts, shift);
}

static void find_shifts(struct asking *asking)
{
    const guint n = asking->work->panel.n_places;
    g_autofree double *numbers = g_new0(double, 4 * (gsize)n + 1);
    const struct room room = {{numbers, numbers + n},
                              {numbers + 2 * (gsize)n, numbers + 3 * (gsize)n}};
    for (guint when = BEFORE; when <= AFTER; when++)
        count(asking, 0, when, NULL, room.all[when]);
    add_number(asking, &room);
    for (guint d = 0; d < asking->work->who.n_dims; d++)
        add_dim(asking, d, &room);
}

/* The one that stands out most ---------------------------------------------------------------- */

static void take(struct plx_trial_checked *found, const struct shift *shift,
                 const struct plx_place_change *change)
{
    const gboolean sure = change->ci.lo > 0 || change->ci.hi < 0;
    found->estimate = shift->ratio ? expm1(change->estimate) : change->estimate;
    found->ci = change->ci;
    if (shift->ratio)
        found->ci = (struct plx_interval){expm1(change->ci.lo), expm1(change->ci.hi)};
    found->finding =
        sure && fabs(found->estimate) >= REMARKABLE ? PLX_FINDING_REMARKABLE : PLX_FINDING_FINE;
    found->subject = found->finding == PLX_FINDING_REMARKABLE ? shift->name : NULL;
}

static void look_at(const struct asking *asking)
{
    struct plx_trial_checked *const best = &asking->work->out->checks[PLX_CHECK_WHO_ANSWERS];
    double most = -1;
    for (guint i = 0; i < asking->shifts->len; i++) {
        const struct shift *const shift = &g_array_index(asking->shifts, struct shift, i);
        if (shift->n_treated < 2 || shift->n - shift->n_treated < 2)
            continue;
        const struct plx_place_change change = plx_place_change_plain(
            shift->change, shift->n_treated, shift->change + shift->n_treated,
            shift->n - shift->n_treated, 1 - ALPHA / asking->shifts->len);
        if (isnan(change.se))
            continue;
        struct plx_trial_checked one = *best;
        take(&one, shift, &change);
        one.looked_at++;
        best->looked_at++;
        const double size =
            fabs(change.estimate) / change.se + (one.finding == PLX_FINDING_REMARKABLE ? 1e6 : 0);
        if (size > most)
            *best = one;
        most = MAX(most, size);
    }
}

void plx_trial_who_answers(struct plx_trial_work *work)
{
    if (work->who.n_dims == 0 || !plx_trial_may_show(work, PLX_MEASURE_LEVEL, work->subject))
        return;
    struct asking asking = {work, g_array_new(FALSE, TRUE, sizeof(struct shift))};
    find_shifts(&asking);
    look_at(&asking);
    g_array_unref(asking.shifts);
}
