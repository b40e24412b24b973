/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What one unit said several times in one cell: all else follows from rows. The same sums as
 * unit_sums.c makes, for rows of weight one without groups; where needs have splits, it makes them.
 */

#include "voice/roll_count.h"

#include <string.h>

/* More rows than that are left to unit_sums.c. */
#define FEW 16

/* The rows of one cell that pass. */
struct saying {
    const struct plx_roll_work *work;
    guint32 cell;
    guint n;
    guint32 class[FEW], run[FEW];
};

/* By unit_sums.c ------------------------------------------------------------------------------ */

static void make_room(struct plx_roll_hand *hand, guint n, const struct plx_roll_asking *asking)
{
    const guint before = hand->said.room;
    plx_unit_rows_room(&hand->said, n, asking->plan->n_groups);
    if (hand->said.room == before)
        return;
    memset(hand->said.table, 0, hand->said.room * sizeof *hand->said.table);
    for (guint i = 0; i < hand->said.room; i++) {
        hand->said.weight[i] = PLX_WEIGHT_ONE;
        hand->said.group_size[i] = 1;
        hand->said.seconds[i] = PLX_NO_TIME;
    }
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        memset(hand->said.value[m], (guint8)PLX_CELL_EMPTY, hand->said.room);
}

static void put_row(const struct plx_roll_work *work, guint32 a)
{
    const plx_roll *const roll = work->roll;
    struct plx_unit_rows *const said = &work->hand->said;
    const struct plx_roll_class *const class = &roll->classes[roll->again_class[a]];
    const guint32 run = roll->again_run[a], i = said->n++;
    said->encounter[i] = roll->encounter[run];
    said->cell[work->asking->group->stream_cell][i] =
        work->hand->group[run - work->from] * roll->n_cells + class->cell;
    for (guint h = 0; h < roll->n_held; h++)
        said->value[roll->held[h]][i] = class->value[h];
}

static void add_rows(const struct plx_roll_work *work, guint32 from, guint32 to, guint n)
{
    struct plx_roll_hand *const hand = work->hand;
    const struct plx_roll_asking *const asking = work->asking;
    make_room(hand, n, asking);
    hand->said.n = 0;
    for (guint32 a = from; a < to; a++)
        if (hand->mask[work->roll->again_run[a] - work->from])
            put_row(work, a);
    plx_unit_sums_add(&hand->sums, asking->plan, &asking->canon, asking->g, &hand->said);
}

/* Few rows ------------------------------------------------------------------------------------ */

static guint8 slot_of(const struct saying *s, guint i, guint h)
{
    return s->work->asking->slot[s->class[i] * PLX_ROLL_MEASURES + h];
}

static void add_vector(const struct saying *s, guint h, guint j, const guint8 *slot, guint n)
{
    const struct plx_roll_asking *const asking = s->work->asking;
    struct plx_roll_hand *const hand = s->work->hand;
    guint32 counts[256];
    if (n == 2) {
        const guint low = MIN(slot[0], slot[1]), high = MAX(slot[0], slot[1]);
        hand->twice[(((gsize)s->cell * PLX_ROLL_MEASURES + h) * asking->wide + low) * asking->wide +
                    high]++;
        return;
    }
    const guint k = plx_scale_width(
        plx_map_scale(asking->plan->map, s->work->roll->held[h], asking->cells->audience[s->cell]));
    memset(counts, 0, k * sizeof *counts);
    for (guint i = 0; i < n; i++)
        counts[slot[i]]++;
    plx_unit_keep_vector(&hand->sums, s->cell, j, counts, k);
}

static void add_measure(const struct saying *s, guint h, guint j)
{
    struct plx_unit_sums *const sums = &s->work->hand->sums;
    guint8 slot[FEW];
    guint n = 0;
    for (guint i = 0; i < s->n; i++) {
        slot[n] = slot_of(s, i, h);
        n += slot[n] != PLX_ROLL_NO_SLOT;
    }
    if (n < 2)
        return;
    sums->excess[(gsize)s->cell * sums->n_measures + j] += n - 1;
    if (s->work->asking->group->kinds & PLX_NEED_CLUSTERS)
        add_vector(s, h, j, slot, n);
}

static void add_pair(const struct saying *s, guint p)
{
    const struct plx_roll_asking *const asking = s->work->asking;
    struct plx_roll_hand *const hand = s->work->hand;
    const struct plx_count_pair *const pair =
        &g_array_index(asking->group->pairs, struct plx_count_pair, p);
    const gint a = asking->place[pair->first], b = asking->place[pair->second];
    gint64 n = 0, sum = 0, squares = 0;
    for (guint i = 0; a >= 0 && b >= 0 && i < s->n; i++) {
        const struct plx_roll_class *const class = &s->work->roll->classes[s->class[i]];
        const gint64 both = slot_of(s, i, (guint)a) != PLX_ROLL_NO_SLOT &&
                            slot_of(s, i, (guint)b) != PLX_ROLL_NO_SLOT;
        const gint64 d = both * (class->value[a] - class->value[b]);
        n += both;
        sum += d;
        squares += d * d;
    }
    if (n < 2)
        return;
    const gsize at = (gsize)s->cell * hand->sums.n_pairs + p;
    hand->sums.pair_excess[at] += n - 1;
    hand->moments[3 * at] += sum * sum - squares;
    hand->moments[3 * at + 1] += sum * n - sum;
    hand->moments[3 * at + 2] += n * n - n;
}

/* Rows stand by run, and so by encounter. */
static void add_encounters(const struct saying *s)
{
    struct plx_unit_sums *const sums = &s->work->hand->sums;
    for (guint i = 1; sums->encounters && i < s->n; i++)
        sums->encounters[s->cell] += plx_roll_meet(s->work->roll->place, s->run[i - 1], s->run[i]);
}

static void add_few(const struct saying *s)
{
    const struct plx_roll_asking *const asking = s->work->asking;
    for (guint h = 0; h < s->work->roll->n_held; h++)
        if (asking->places[1u << h])
            add_measure(s, h, (guint)__builtin_ctz(asking->places[1u << h]));
    for (guint p = 0; p < s->work->hand->sums.n_pairs; p++)
        add_pair(s, p);
    add_encounters(s);
}

/* The rows that pass, when they are few. */
static void add_passing(const struct plx_roll_work *work, guint32 from, guint32 to)
{
    const plx_roll *const roll = work->roll;
    struct saying s = {.work = work, .cell = roll->classes[roll->again_class[from]].cell};
    for (guint32 a = from; a < to; a++) {
        s.run[s.n] = roll->again_run[a];
        s.class[s.n] = roll->again_class[a];
        s.n += work->hand->mask[roll->again_run[a] - work->from];
    }
    add_few(&s);
}

void plx_roll_said(const struct plx_roll_work *work, guint32 unit)
{
    const plx_roll *const roll = work->roll;
    const guint8 *const mask = work->hand->mask;
    for (guint32 r = roll->unit_repeat[unit]; r < roll->unit_repeat[unit + 1]; r++) {
        const guint32 from = roll->repeat[r], to = roll->repeat[r + 1];
        guint n = 0;
        for (guint32 a = from; a < to; a++)
            n += mask[roll->again_run[a] - work->from];
        if (n < 2)
            continue;
        if (to - from <= FEW && work->hand->twice)
            add_passing(work, from, to);
        else
            add_rows(work, from, to, n);
    }
}

/* Begin and end ------------------------------------------------------------------------------- */

void plx_roll_said_begin(struct plx_roll_hand *hand, const struct plx_roll_asking *asking)
{
    const gsize wide = asking->wide, n_cells = asking->roll->n_cells;
    if (asking->splits.n > 0 || asking->group->stream == PLX_NO_STREAM ||
        asking->group->first_unseen)
        return;
    hand->twice = g_new0(guint32, n_cells * PLX_ROLL_MEASURES * wide * wide + 1);
    hand->moments = g_new0(gint64, n_cells * hand->sums.n_pairs * 3 + 1);
}

static void keep_twice(struct plx_roll_hand *hand, const struct plx_roll_asking *asking,
                       guint32 cell, guint h)
{
    const gsize wide = asking->wide;
    const guint32 *const twice = hand->twice + ((gsize)cell * PLX_ROLL_MEASURES + h) * wide * wide;
    const guint k = plx_scale_width(
        plx_map_scale(asking->plan->map, asking->roll->held[h], asking->cells->audience[cell]));
    const guint j = (guint)__builtin_ctz(asking->places[1u << h]);
    guint32 counts[256];
    for (guint low = 0; low < k; low++)
        for (guint high = low; high < k; high++) {
            if (!twice[low * wide + high])
                continue;
            memset(counts, 0, k * sizeof *counts);
            counts[low]++;
            counts[high]++;
            plx_unit_keep_vectors(&hand->sums, cell, j, counts, k, twice[low * wide + high]);
        }
}

void plx_roll_said_end(struct plx_roll_hand *hand, const struct plx_roll_asking *asking)
{
    const plx_i128 one = (plx_i128)PLX_WEIGHT_ONE * PLX_WEIGHT_ONE;
    if (!hand->twice)
        return;
    for (guint32 cell = 0; cell < asking->roll->n_cells; cell++)
        for (guint h = 0; h < asking->roll->n_held; h++)
            if (asking->places[1u << h])
                keep_twice(hand, asking, cell, h);
    for (gsize i = 0; i < (gsize)asking->roll->n_cells * hand->sums.n_pairs * 3; i++)
        hand->sums.moments[i] += one * hand->moments[i];
}
