/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/rps.h"

#include "base/number.h"

#include <math.h>

static double sum(const double *w, guint k)
{
    double total = 0;
    for (guint i = 0; i < k; i++)
        total += w[i];
    return total;
}

struct plx_rps plx_rps(const double *forecast, const double *observed, guint k)
{
    g_assert(k >= 2);
    const double f_total = sum(forecast, k);
    const double o_total = sum(observed, k);
    if (!(f_total > 0) || !(o_total > 0))
        return (struct plx_rps){PLX_NAN, PLX_NAN, PLX_NAN, PLX_NAN};
    struct plx_rps r = {0};
    double f = 0;
    double o = 0;
    for (guint i = 0; i + 1 < k; i++) {
        f += forecast[i];
        o += observed[i];
        const double gap = f / f_total - o / o_total;
        r.rps += gap * gap;
        r.wasserstein += fabs(gap);
        r.bias -= gap; /* mean = K - sum of F_k */
    }
    r.normalised = r.rps / (k - 1.0);
    return r;
}

double plx_rps_individual(const double *forecast, const double *observed, guint k)
{
    g_autofree double *one = g_new0(double, k);
    double total = 0;
    double scores = 0;
    for (guint j = 0; j < k; j++) {
        if (forecast[j] <= 0)
            continue;
        one[j] = 1;
        scores += forecast[j] * plx_rps(one, observed, k).rps;
        total += forecast[j];
        one[j] = 0;
    }
    return scores / total;
}
