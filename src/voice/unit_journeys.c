/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/order.h"
#include "voice/units.h"

#include <stdlib.h>

/* Codes of one encounter: each journey once, each (group, audience) once. */
void plx_unit_sums_codes(struct plx_unit_sums *sums, guint64 *codes, guint n)
{
    if (n > 1)
        plx_unit_sort(codes, n);
    for (guint i = 0; i < n; i++) {
        if (i > 0 && codes[i] == codes[i - 1])
            continue;
        guint64 any = codes[i] >> 32, home = codes[i] & G_MAXUINT32;
        if (home != any)
            sums->journeys[home]++;
        if (i == 0 || any != codes[i - 1] >> 32)
            sums->journeys[any]++;
    }
}

static gint compare_pairs(const void *a, const void *b)
{
    const struct plx_ordered *x = a, *y = b;
    if (x->value != y->value)
        return x->value < y->value ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

/* Rows of a unit with several encounters: sorted by encounter, then code. */
static void count_each_encounter(struct plx_unit_sums *sums, const struct plx_unit_rows *rows,
                                 const guint64 *code, const guint *row, guint n)
{
    g_autofree guint64 *encounters = g_new(guint64, n);
    g_autofree struct plx_ordered *pairs = g_new(struct plx_ordered, n);
    for (guint i = 0; i < n; i++)
        encounters[i] = rows->encounter[row[i]];
    plx_unit_sort(encounters, n);
    for (guint i = 0; i < n; i++) {
        guint low = 0, high = n - 1;
        while (low < high) {
            guint middle = low + (high - low) / 2;
            if (encounters[middle] < rows->encounter[row[i]])
                low = middle + 1;
            else
                high = middle;
        }
        pairs[i] = (struct plx_ordered){code[i], low};
    }
    qsort(pairs, n, sizeof *pairs, compare_pairs);
    guint64 *own = encounters; /* no longer needed */
    for (guint from = 0, to; from < n; from = to) {
        for (to = from; to < n && pairs[to].value == pairs[from].value; to++)
            own[to - from] = pairs[to].key;
        plx_unit_sums_codes(sums, own, to - from);
    }
}

void plx_unit_sums_journeys(struct plx_unit_sums *sums, const struct plx_count_plan *plan,
                            const struct plx_canon *canon, guint g, struct plx_unit_rows *rows,
                            gboolean one)
{
    const guint64 *journey = canon->groups[g].journey;
    const guint32 *cell = rows->cell[plan->groups[g].stream_cell];
    guint64 *code = rows->order;
    guint n = 0;
    g_autofree guint *row = one ? NULL : g_new(guint, rows->n);
    for (guint i = 0; i < rows->n; i++) {
        if (cell[i] == PLX_NO_CELL || journey[cell[i]] == PLX_NO_JOURNEY)
            continue;
        if (row)
            row[n] = i;
        code[n++] = journey[cell[i]];
    }
    if (one)
        plx_unit_sums_codes(sums, code, n);
    else if (n > 0)
        count_each_encounter(sums, rows, code, row, n);
}
