/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/doubles.h"

#include "base/number.h"

double *plx_doubles_nan(gsize n)
{
    double *values = g_new(double, n + 1);
    for (gsize i = 0; i < n; i++)
        values[i] = PLX_NAN;
    return values;
}

int plx_doubles_compare(gconstpointer a, gconstpointer b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}
