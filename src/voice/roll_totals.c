/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many encounters and people there are in a roll, and whether it knows some. */

#include "voice/order.h"
#include "voice/pages.h"
#include "voice/records.h"
#include "voice/roll_private.h"

/* Bits of the filter for an encounter, at least, and how many of them each sets. */
#define FILTER_BITS 16
#define FILTER_PROBES 4

static guint64 probe(const plx_roll *roll, guint64 key, guint i)
{
    return (key + i * (key * PLX_HASH_FACTOR | 1)) >> (64 - roll->filter_bits);
}

static void add_to_filter(plx_roll *roll, guint64 key)
{
    for (guint i = 0; i < FILTER_PROBES; i++)
        roll->filter[probe(roll, key, i) / 64] |= G_GUINT64_CONSTANT(1) << probe(roll, key, i) % 64;
}

static gboolean may_know(const plx_roll *roll, guint64 key)
{
    for (guint i = 0; i < FILTER_PROBES; i++)
        if (!(roll->filter[probe(roll, key, i) / 64] >> probe(roll, key, i) % 64 & 1))
            return FALSE;
    return TRUE;
}

/* Distinct ones, known and not; those that are not come first. */
static void count_encounters(plx_roll *roll)
{
    g_autofree struct plx_ordered *all = plx_pages_zeros(roll->n_runs * sizeof *all);
    for (guint32 u = 0, i = 0; u < roll->n_units; u++)
        for (; i < roll->unit_run[u + 1]; i++)
            all[i] = (struct plx_ordered){roll->encounter[i], roll->known[u]};
    plx_order_sort(all, roll->n_runs, 64);
    for (guint32 from = 0, to; from < roll->n_runs; from = to) {
        guint some[2] = {0, 0};
        for (to = from; to < roll->n_runs && all[to].key == all[from].key; to++)
            some[all[to].value] = 1;
        roll->totals.encounters += some[0] + some[1];
        roll->totals.encounters_unknown += some[0];
        add_to_filter(roll, all[from].key);
    }
}

static void count_respondents(plx_roll *roll)
{
    g_autofree struct plx_ordered *all = plx_pages_zeros(roll->n_units * sizeof *all);
    guint32 n = 0;
    for (guint32 u = 0; u < roll->n_units; u++)
        if (roll->known[u])
            all[n++] = (struct plx_ordered){roll->unit[u], 0};
    plx_order_sort(all, n, 64);
    for (guint32 i = 0; i < n; i++)
        roll->totals.respondents += i == 0 || all[i].key != all[i - 1].key ? 1 : 0;
}

void plx_roll_sum_up(plx_roll *roll)
{
    roll->filter_bits =
        (guint)g_bit_storage(FILTER_BITS * (gsize)roll->n_runs + 64); /* 64 at least */
    roll->filter = plx_pages_zeros(((gsize)1 << roll->filter_bits) / 8);
    roll->totals.rows = roll->n_rows;
    for (guint32 i = 0; i < roll->n_runs; i++)
        if (!roll->day || roll->day[i] == PLX_NO_DAY)
            roll->totals.without_time += roll->run_row[i + 1] - roll->run_row[i];
    count_encounters(roll);
    count_respondents(roll);
    roll->totals.has_days = roll->timed;
    roll->totals.first_day = roll->timed ? roll->first_day : 0;
    roll->totals.last_day = roll->timed ? roll->last_day : 0;
}

const struct plx_roll_totals *plx_roll_totals(const plx_roll *roll)
{
    return &roll->totals;
}

gboolean plx_roll_knows_respondent(const plx_roll *roll, guint64 unit)
{
    const struct plx_roll_units one = {&unit, 1};
    g_autoptr(GArray) found = plx_roll_find(roll, &one);
    for (guint i = 0; i < found->len; i++)
        if (roll->known[g_array_index(found, guint32, i)])
            return TRUE;
    return FALSE;
}

static gboolean unit_has(const plx_roll *roll, guint32 u, guint64 encounter, gboolean known)
{
    for (guint32 i = roll->unit_run[u]; !roll->known[u] == !known && i < roll->unit_run[u + 1]; i++)
        if (roll->encounter[i] == encounter)
            return TRUE;
    return FALSE;
}

gboolean plx_roll_knows_encounter(const plx_roll *roll, guint64 unit, guint64 encounter,
                                  gboolean known, guint *effort)
{
    const struct plx_roll_units one = {&unit, 1};
    g_autoptr(GArray) found = plx_roll_find(roll, &one);
    for (guint i = 0; i < found->len; i++)
        if (unit_has(roll, g_array_index(found, guint32, i), encounter, known))
            return TRUE;
    if (!may_know(roll, encounter))
        return FALSE;
    ++*effort;
    for (guint32 u = 0; u < roll->n_units; u++)
        if (unit_has(roll, u, encounter, known))
            return TRUE;
    return FALSE;
}
