/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ranges of ranks (Klein, Wright & Wieczorek 2020). */

#include "reading/friction_exact.h"

static gint by_value(gconstpointer a, gconstpointer b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* How many of the sorted values are below x (or equal to it, with `equal`). */
static guint count_to(const double *sorted, guint n, double x, gboolean equal)
{
    guint low = 0, high = n;
    while (low < high) {
        const guint middle = low + (high - low) / 2;
        if (sorted[middle] < x || (equal && sorted[middle] == x))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void plx_friction_ranks(const struct plx_interval *ci, guint n, guint *best, guint *worst)
{
    g_autofree double *lo = g_new0(double, n + 1), *hi = g_new0(double, n + 1);
    for (guint i = 0; i < n; i++) {
        lo[i] = ci[i].lo;
        hi[i] = ci[i].hi;
    }
    qsort(lo, n, sizeof *lo, by_value);
    qsort(hi, n, sizeof *hi, by_value);
    for (guint i = 0; i < n; i++) {
        best[i] = 1 + (n - count_to(lo, n, ci[i].hi, TRUE)); /* wholly above it */
        worst[i] = n - count_to(hi, n, ci[i].lo, FALSE);     /* all but those wholly below it */
    }
}
