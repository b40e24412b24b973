/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/multiplicity.h"

#include "base/number.h"

#include <float.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

static int compare_p(gconstpointer a, gconstpointer b, gpointer data)
{
    const double *p = data;
    const double x = p[*(const gsize *)a];
    const double y = p[*(const gsize *)b];
    return (x > y) - (x < y);
}

void plx_bh_adjust(const double *p, gsize n, double *adjusted)
{
    g_autofree gsize *order = g_new(gsize, n);
    g_autofree double *copy = g_new(double, n);
    gsize m = 0;
    for (gsize i = 0; i < n; i++) {
        copy[i] = p[i];
        adjusted[i] = PLX_NAN;
        if (!isnan(copy[i]))
            order[m++] = i;
    }
    g_qsort_with_data(order, (gint)m, sizeof(gsize), compare_p, copy);
    double least = 1;
    for (gsize i = m; i > 0; i--) {
        least = MIN(least, copy[order[i - 1]] * (double)m / (double)i);
        adjusted[order[i - 1]] = least;
    }
}

gsize plx_bh_rejected(const double *p, gsize n, double q)
{
    g_autofree double *adjusted = g_new(double, n);
    plx_bh_adjust(p, n, adjusted);
    gsize rejected = 0;
    for (gsize i = 0; i < n; i++)
        rejected += adjusted[i] <= q;
    return rejected;
}

/* The number decided at r never grows when r falls, so stepping from m down to the number decided,
 * until that changes nothing, cannot pass the largest r that holds. */
gsize plx_fcr_selected(gsize m, double q, plx_decided_func decided, gconstpointer data)
{
    gsize r = m;
    while (r > 0) {
        const double level = plx_fcr_level(m, r, q);
        gsize count = 0;
        for (gsize i = 0; i < m; i++)
            count += decided(i, level, data) ? 1 : 0;
        if (count >= r)
            break;
        r = count;
    }
    return r;
}

double plx_fcr_level(gsize m, gsize selected, double q)
{
    return 1 - (double)MAX(selected, 1) * q / (double)MAX(m, 1);
}

double plx_fisher_p(const double *p, gsize n, double inflation)
{
    double sum = 0, count = 0;
    for (gsize i = 0; i < n; i++) {
        if (isnan(p[i]))
            continue;
        sum -= 2 * log(MAX(p[i], DBL_MIN));
        count++;
    }
    return count > 0 ? gsl_cdf_chisq_Q(sum / inflation, 2 * count / inflation) : PLX_NAN;
}
