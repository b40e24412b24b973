/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Nobody can foretell which runs pass: they are listed without branches, and what follows goes over
 * the lists. */

#include "voice/roll_count.h"

#include "base/parallel.h"

#include <string.h>

#define AHEAD 8

/* Which runs pass ----------------------------------------------------------------------------- */

static void run_filter(const struct plx_roll_work *work)
{
    const plx_roll *const roll = work->roll;
    struct plx_roll_hand *const hand = work->hand;
    struct plx_batch batch = {.n = work->n, .dims = work->asking->dims};
    for (guint c = 0; c < roll->n_columns; c++) {
        const struct plx_roll_column *const column = &roll->column[c];
        batch.dim_constant[column->dim] = column->constant;
        if (!hand->code[c])
            continue;
        plx_roll_codes(column, work->from, work->n, hand->code[c]);
        batch.dim[column->dim] = hand->code[c];
    }
    batch.dim_constant[PLX_DIM_AUDIENCE] = roll->kinds[roll->kind[work->from]].audience;
    batch.day = roll->day ? roll->day + work->from : NULL;
    plx_filter_run(work->asking->group->filter, &batch, hand->mask);
}

static guint first_without(const GArray *without, guint32 unit)
{
    guint low = 0, high = without->len;
    while (low < high) {
        const guint middle = low + (high - low) / 2;
        if (g_array_index(without, guint32, middle) < unit)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void leave_out(const struct plx_roll_work *work, guint32 first_unit, guint32 end_unit)
{
    const GArray *const without = work->asking->without;
    for (guint i = first_without(without, first_unit); i < without->len; i++) {
        const guint32 u = g_array_index(without, guint32, i);
        if (u >= end_unit)
            return;
        memset(work->hand->mask + work->roll->unit_run[u] - work->from, 0,
               work->roll->unit_run[u + 1] - work->roll->unit_run[u]);
    }
}

static void list_runs(const struct plx_roll_work *work)
{
    struct plx_roll_hand *const hand = work->hand;
    const guint8 *const mask = hand->mask;
    guint32 *const list = hand->list;
    guint n = 0;
    guint32 i = 0;
    for (guint64 some; i + 8 <= work->n; i += 8) {
        memcpy(&some, mask + i, sizeof some);
        for (guint32 k = i; some && k < i + 8; k++) {
            list[n] = k;
            n += mask[k];
        }
    }
    for (; i < work->n; i++) {
        list[n] = i;
        n += mask[i];
    }
    hand->n_list = n;
}

/* No day is the least of all. */
static void find_days(const struct plx_roll_work *work)
{
    struct plx_roll_hand *const hand = work->hand;
    const gint32 *const day = work->roll->day + work->from;
    gint32 first = G_MAXINT32, last = PLX_NO_DAY;
    for (guint i = 0; i < hand->n_list; i++) {
        const gint32 one = day[hand->list[i]];
        last = MAX(last, one);
        first = MIN(first, one == PLX_NO_DAY ? G_MAXINT32 : one);
    }
    if (last == PLX_NO_DAY)
        return;
    hand->first_day = hand->first_day == PLX_NO_DAY ? first : MIN(hand->first_day, first);
    hand->last_day = MAX(hand->last_day, last);
}

/* Rows ---------------------------------------------------------------------------------------- */

static void count_rows(const struct plx_roll_work *work)
{
    const plx_roll *const roll = work->roll;
    const guint32 *const run_row = roll->run_row + work->from, *const row = roll->row;
    const guint32 *const group = work->hand->group, *const list = work->hand->list;
    guint32 *const all = work->hand->rows;
    const gsize n_classes = roll->n_classes;
    const guint n = work->hand->n_list;
    for (guint i = 0; i < n; i++) {
        guint32 *const rows = all + group[list[i]] * n_classes;
        const guint32 end = run_row[list[i] + 1];
        __builtin_prefetch(row + run_row[list[MIN(i + AHEAD, n - 1)]]);
        for (guint32 r = run_row[list[i]]; r < end; r++)
            rows[row[r]]++;
    }
}

/* Those of units that are alone; the others are listed. */
static void count_alone(const struct plx_roll_work *work)
{
    struct plx_roll_hand *const hand = work->hand;
    const guint16 *const kind = work->roll->kind + work->from;
    const guint16 *const place = work->roll->place + work->from;
    const gsize n_kinds = work->roll->n_kinds;
    guint n = 0;
    for (guint i = 0; i < hand->n_list; i++) {
        const guint32 run = hand->list[i];
        const guint alone = place[run] / PLX_ROLL_ALONE;
        hand->people[hand->group[run] * n_kinds + kind[run]] += alone;
        hand->others[n] = run;
        n += alone ^ 1;
    }
    hand->n_others = n;
}

/* Units of whom several runs pass ---------------------------------------------------------------
 */

static const struct plx_roll_kind *kind_of(const struct plx_roll_work *work, guint32 i)
{
    return &work->roll->kinds[work->roll->kind[work->from + i]];
}

/* Journeys of an encounter of which several runs pass. */
static void count_meeting(const struct plx_roll_work *work, const guint32 *run, guint n)
{
    struct plx_roll_hand *const hand = work->hand;
    const plx_map *const map = work->asking->plan->map;
    const guint n_journeys = map->n_journeys;
    g_array_set_size(hand->found, 0);
    for (guint i = 0; i < n; i++) {
        const struct plx_roll_kind *const kind = kind_of(work, run[i]);
        const guint64 row = ((guint64)hand->group[run[i]] * map->n_audiences + kind->audience - 1) *
                            (n_journeys + 1);
        const guint64 some = (row + n_journeys) << 32 | (row + n_journeys);
        if (!(kind->journeys & PLX_ROLL_SOME))
            continue;
        g_array_append_val(hand->found, some);
        for (guint64 left = kind->journeys & ~PLX_ROLL_SOME; left; left &= left - 1) {
            const guint64 home = (row + n_journeys) << 32 | (row + (guint)__builtin_ctzll(left));
            g_array_append_val(hand->found, home);
        }
    }
    plx_unit_sums_codes(&hand->sums, (guint64 *)(gpointer)hand->found->data, hand->found->len);
}

static void count_meetings(const struct plx_roll_work *work, const guint32 *run, guint n)
{
    struct plx_roll_hand *const hand = work->hand;
    const guint16 *const place = work->roll->place + work->from;
    const guint16 *const kind = work->roll->kind + work->from;
    for (guint from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && plx_roll_meet(place, run[to - 1], run[to]);)
            to++;
        if (to - from == 1)
            hand->meets[(gsize)hand->group[run[from]] * work->roll->n_kinds + kind[run[from]]]++;
        else
            count_meeting(work, run + from, to - from);
    }
}

static void count_person(const struct plx_roll_work *work, const guint32 *run, guint n)
{
    struct plx_roll_hand *const hand = work->hand;
    const guint n_audiences = work->asking->plan->map->n_audiences;
    g_array_set_size(hand->found, 0);
    for (guint i = 0; i < n; i++) {
        const struct plx_roll_kind *const kind = kind_of(work, run[i]);
        const guint32 measures = work->asking->places[kind->values];
        const guint64 code =
            (guint64)(hand->group[run[i]] * n_audiences + kind->audience - 1) << 32 | measures;
        if (measures)
            g_array_append_val(hand->found, code);
    }
    const struct found found = {(guint64 *)(gpointer)hand->found->data, hand->found->len};
    plx_unit_add_found(&hand->sums, &found, 1);
}

/* The usual one: the same values of the same group, so one person. */
static gboolean is_one(const struct plx_roll_work *work, const guint32 *run, guint n)
{
    const struct plx_roll_hand *const hand = work->hand;
    const struct plx_roll_kind *const first = kind_of(work, run[0]);
    guint32 differs = 0;
    for (guint i = 1; i < n; i++) {
        const struct plx_roll_kind *const kind = kind_of(work, run[i]);
        differs |= (kind->values ^ first->values) | (kind->audience ^ first->audience) |
                   (hand->group[run[i]] ^ hand->group[run[0]]);
    }
    return differs == 0;
}

static void count_unit(const struct plx_roll_work *work, guint32 unit, const guint32 *run, guint n)
{
    struct plx_roll_hand *const hand = work->hand;
    const gsize at =
        (gsize)hand->group[run[0]] * work->roll->n_kinds + work->roll->kind[work->from + run[0]];
    if (n == 1) {
        hand->people[at]++;
    } else {
        if (hand->sums.people && is_one(work, run, n))
            hand->persons[at]++;
        else if (hand->sums.people)
            count_person(work, run, n);
        if (hand->sums.journeys)
            count_meetings(work, run, n);
    }
    if (n > 1 || work->roll->place[work->from + run[0]] & PLX_ROLL_TWICE)
        plx_roll_said(work, unit);
}

static void count_others(const struct plx_roll_work *work, guint32 first_unit)
{
    const guint32 *const run = work->hand->others;
    const guint16 *const place = work->roll->place + work->from;
    const guint n = work->hand->n_others;
    for (guint from = 0, to; from < n; from = to) {
        const guint unit = place[run[from]] & PLX_ROLL_PLACE;
        for (to = from + 1; to < n && (place[run[to]] & PLX_ROLL_PLACE) == unit;)
            to++;
        count_unit(work, first_unit + unit, run + from, to - from);
    }
}

/* All of it ----------------------------------------------------------------------------------- */

static void count_chunk(gsize index, guint thread, gpointer data)
{
    const struct plx_roll_asking *const asking = data;
    const plx_roll *const roll = asking->roll;
    const guint32 *const chunk = &roll->chunk[index];
    const guint32 from = roll->unit_run[chunk[0]];
    struct plx_roll_hand *const hand = &asking->hands[thread];
    const struct plx_roll_work work = {asking, roll, hand, from, roll->unit_run[chunk[1]] - from};
    run_filter(&work);
    leave_out(&work, chunk[0], chunk[1]);
    list_runs(&work);
    if (hand->n_list == 0)
        return;
    if (roll->day && asking->plan->group_of_need[0] == asking->g)
        find_days(&work);
    if (asking->splits.n > 0)
        plx_roll_splits_run(&asking->splits, from, work.n, hand->room, hand->group);
    count_rows(&work);
    if (asking->group->stream == PLX_NO_STREAM || asking->group->first_unseen)
        return;
    count_alone(&work);
    count_others(&work, chunk[0]);
}

void plx_roll_pass(struct plx_roll_asking *asking)
{
    plx_parallel_for(asking->n_hands, asking->roll->n_chunks, count_chunk, asking);
}
