/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/roll_count.h"

#include "base/parallel.h"

#include <string.h>

/* A chunk at work. */
struct pass {
    const struct plx_roll_asking *asking;
    const plx_roll *roll;
    struct plx_roll_hand *hand;
    guint32 from, n; /* runs */
};

/* Which runs pass ----------------------------------------------------------------------------- */

static void run_filter(const struct pass *pass)
{
    const plx_roll *const roll = pass->roll;
    struct plx_roll_hand *const hand = pass->hand;
    struct plx_batch batch = {.n = pass->n, .dims = pass->asking->dims};
    for (guint c = 0; c < roll->n_columns; c++) {
        const struct plx_roll_column *const column = &roll->column[c];
        batch.dim_constant[column->dim] = column->constant;
        if (!hand->code[c])
            continue;
        plx_roll_codes(column, pass->from, pass->n, hand->code[c]);
        batch.dim[column->dim] = hand->code[c];
    }
    for (guint32 i = 0; i < pass->n; i++)
        hand->audience[i] = roll->kinds[roll->kind[pass->from + i]].audience;
    batch.dim[PLX_DIM_AUDIENCE] = hand->audience;
    batch.day = roll->day ? roll->day + pass->from : NULL;
    plx_filter_run(pass->asking->group->filter, &batch, hand->mask);
}

static guint32 first_without(const GArray *without, guint32 unit)
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

static void leave_out(const struct pass *pass, guint32 first_unit, guint32 end_unit)
{
    const GArray *const without = pass->asking->without;
    for (guint i = first_without(without, first_unit); i < without->len; i++) {
        const guint32 u = g_array_index(without, guint32, i);
        if (u >= end_unit)
            return;
        memset(pass->hand->mask + pass->roll->unit_run[u] - pass->from, 0,
               pass->roll->unit_run[u + 1] - pass->roll->unit_run[u]);
    }
}

static void find_days(const struct pass *pass)
{
    struct plx_roll_hand *const hand = pass->hand;
    const gint32 *const day = pass->roll->day ? pass->roll->day + pass->from : NULL;
    for (guint32 i = 0; day && i < pass->n; i++)
        if (hand->mask[i] && day[i] != PLX_NO_DAY) {
            hand->first_day =
                hand->first_day == PLX_NO_DAY ? day[i] : MIN(hand->first_day, day[i]);
            hand->last_day = hand->last_day == PLX_NO_DAY ? day[i] : MAX(hand->last_day, day[i]);
        }
}

/* Rows ---------------------------------------------------------------------------------------- */

static void count_rows(const struct pass *pass)
{
    const plx_roll *const roll = pass->roll;
    const struct plx_roll_hand *const hand = pass->hand;
    const guint32 *const row = roll->row;
    for (guint32 i = 0; i < pass->n; i++) {
        if (!hand->mask[i])
            continue;
        guint32 *const rows = hand->rows + (gsize)hand->group[i] * roll->n_classes;
        const guint32 end = roll->run_row[pass->from + i + 1];
        for (guint32 r = roll->run_row[pass->from + i]; r < end; r++)
            rows[row[r]]++;
    }
}

/* People and encounters ------------------------------------------------------------------------ */

static guint32 *counter(const struct pass *pass, guint32 *counters, guint32 i)
{
    return &counters[(gsize)pass->hand->group[i] * pass->roll->n_kinds +
                     pass->roll->kind[pass->from + i]];
}

/* Journeys of an encounter with several runs. */
static void count_meeting(const struct pass *pass, guint32 from, guint32 to)
{
    struct plx_roll_hand *const hand = pass->hand;
    const plx_map *const map = pass->asking->plan->map;
    const guint n = map->n_journeys;
    g_array_set_size(hand->found, 0);
    for (guint32 i = from; i < to; i++) {
        const struct plx_roll_kind *const kind = &pass->roll->kinds[pass->roll->kind[pass->from + i]];
        if (!hand->mask[i] || !(kind->journeys & PLX_ROLL_SOME))
            continue;
        const guint64 row =
            ((guint64)hand->group[i] * map->n_audiences + kind->audience - 1) * (n + 1);
        const guint64 some = (row + n) << 32 | (row + n);
        g_array_append_val(hand->found, some);
        for (guint64 left = kind->journeys & ~PLX_ROLL_SOME; left; left &= left - 1) {
            const guint64 home = (row + n) << 32 | (row + (guint)__builtin_ctzll(left));
            g_array_append_val(hand->found, home);
        }
    }
    plx_unit_sums_codes(&hand->sums, (guint64 *)(gpointer)hand->found->data, hand->found->len);
}

static void count_meetings(const struct pass *pass, guint32 from, guint32 to)
{
    const guint64 *const encounter = pass->roll->encounter + pass->from;
    for (guint32 end; from < to; from = end) {
        guint passing = 0, last = from;
        for (end = from; end < to && encounter[end] == encounter[from]; end++)
            if (pass->hand->mask[end]) {
                passing++;
                last = end;
            }
        if (passing == 1)
            (*counter(pass, pass->hand->meets, last))++;
        else if (passing > 1)
            count_meeting(pass, from, end);
    }
}

/* A unit of whom several runs pass. */
static void count_person(const struct pass *pass, guint32 from, guint32 to)
{
    struct plx_roll_hand *const hand = pass->hand;
    g_array_set_size(hand->found, 0);
    for (guint32 i = from; i < to; i++) {
        const struct plx_roll_kind *const kind = &pass->roll->kinds[pass->roll->kind[pass->from + i]];
        const guint32 values = kind->values;
        if (!hand->mask[i] || !values)
            continue;
        const guint64 code = (guint64)(hand->group[i] * pass->asking->plan->map->n_audiences +
                                       kind->audience - 1)
                                 << 32 |
                             pass->asking->places[values];
        g_array_append_val(hand->found, code);
    }
    const struct found found = {(guint64 *)(gpointer)hand->found->data, hand->found->len};
    plx_unit_add_found(&hand->sums, &found, 1);
}

static void count_unit(const struct pass *pass, guint32 from, guint32 to)
{
    const struct plx_roll_hand *const hand = pass->hand;
    guint passing = 0;
    guint32 last = from;
    for (guint32 i = from; i < to; i++) {
        passing += hand->mask[i];
        last = hand->mask[i] ? i : last;
    }
    if (passing == 0)
        return;
    if (passing == 1)
        (*counter(pass, hand->people, last))++;
    else if (hand->sums.people)
        count_person(pass, from, to);
    if (passing == 1)
        (*counter(pass, hand->meets, last))++;
    else if (hand->sums.journeys)
        count_meetings(pass, from, to);
}

static void count_units(const struct pass *pass, guint32 first, guint32 end)
{
    const guint32 *const unit_run = pass->roll->unit_run;
    const struct plx_roll_hand *const hand = pass->hand;
    for (guint32 u = first; u < end; u++) {
        const guint32 from = unit_run[u] - pass->from, to = unit_run[u + 1] - pass->from;
        if (to - from > 1) {
            count_unit(pass, from, to);
        } else if (hand->mask[from]) {
            (*counter(pass, hand->people, from))++;
            (*counter(pass, hand->meets, from))++;
        }
    }
}

/* What somebody said several times ------------------------------------------------------------- */

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

static void say(const struct pass *pass, guint32 a)
{
    const plx_roll *const roll = pass->roll;
    struct plx_unit_rows *const said = &pass->hand->said;
    const struct plx_roll_class *const class = &roll->classes[roll->row[roll->again_row[a]]];
    const guint32 run = roll->again_run[a], i = said->n++;
    said->encounter[i] = roll->encounter[run];
    said->cell[pass->asking->group->stream_cell][i] =
        pass->hand->group[run - pass->from] * roll->n_cells + class->cell;
    for (guint h = 0; h < roll->n_held; h++)
        said->value[roll->held[h]][i] = class->value[h];
}

static void count_again(const struct pass *pass, guint32 first, guint32 end)
{
    const plx_roll *const roll = pass->roll;
    struct plx_roll_hand *const hand = pass->hand;
    for (guint32 r = first; r < end; r++) {
        const guint32 from = roll->repeat[r], to = roll->repeat[r + 1];
        guint n = 0;
        for (guint32 a = from; a < to; a++)
            n += hand->mask[roll->again_run[a] - pass->from];
        if (n < 2)
            continue;
        make_room(hand, n, pass->asking);
        hand->said.n = 0;
        for (guint32 a = from; a < to; a++)
            if (hand->mask[roll->again_run[a] - pass->from])
                say(pass, a);
        plx_unit_sums_add(&hand->sums, pass->asking->plan, &pass->asking->canon, pass->asking->g,
                          &hand->said);
    }
}

/* All of it ----------------------------------------------------------------------------------- */

static void count_chunk(gsize index, guint thread, gpointer data)
{
    const struct plx_roll_asking *const asking = data;
    const plx_roll *const roll = asking->roll;
    const struct plx_roll_chunk *const chunk = &roll->chunk[index];
    const guint32 from = roll->unit_run[chunk[0].unit];
    const struct pass pass = {asking, roll, &asking->hands[thread], from,
                              roll->unit_run[chunk[1].unit] - from};
    run_filter(&pass);
    leave_out(&pass, chunk[0].unit, chunk[1].unit);
    if (!memchr(pass.hand->mask, 1, pass.n))
        return;
    if (asking->plan->group_of_need[0] == asking->g)
        find_days(&pass);
    plx_roll_splits_run(&asking->splits, from, pass.n, pass.hand->room, pass.hand->group);
    count_rows(&pass);
    if (asking->group->stream == PLX_NO_STREAM || asking->group->first_unseen)
        return;
    count_units(&pass, chunk[0].unit, chunk[1].unit);
    count_again(&pass, chunk[0].repeat, chunk[1].repeat);
}

void plx_roll_pass(struct plx_roll_asking *asking)
{
    plx_parallel_for(asking->n_hands, asking->roll->n_chunks, count_chunk, asking);
}
