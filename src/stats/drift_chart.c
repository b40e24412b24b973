/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/drift_chart.h"

#include "base/number.h"

#include <math.h>

#define D2 1.128

gssize plx_cusum(const double *x, gsize m, double mu, double k, double h,
                 struct plx_cusum_point *point)
{
    struct plx_cusum_point now = {0};
    gssize began = -2;
    for (gsize i = 0; i < m; i++) {
        now.signal = FALSE;
        if (!isnan(x[i]) && h > 0) {
            now.high = MAX(0, x[i] - (mu + k) + now.high);
            now.low = MAX(0, mu - k - x[i] + now.low);
            now.high_run = now.high > 0 ? now.high_run + 1 : 0;
            now.low_run = now.low > 0 ? now.low_run + 1 : 0;
            now.signal = now.high > h || now.low > h;
        }
        if (now.signal && began == -2)
            began = (gssize)i - (gssize)(now.high > h ? now.high_run : now.low_run);
        point[i] = now;
    }
    return began;
}

void plx_ewma(const double *x, gsize m, double mu, double sigma, double lambda, double width,
              struct plx_control_point *point)
{
    double z = mu;
    double forgotten = 1; /* (1 - lambda)^(2 i) */
    for (gsize i = 0; i < m; i++) {
        point[i] = (struct plx_control_point){PLX_NAN, {PLX_NAN, PLX_NAN}, FALSE};
        if (isnan(x[i]))
            continue;
        z = lambda * x[i] + (1 - lambda) * z;
        forgotten *= (1 - lambda) * (1 - lambda);
        const double distance = width * sigma * sqrt(lambda / (2 - lambda) * (1 - forgotten));
        point[i].value = z;
        if (distance > 0) {
            point[i].limits = (struct plx_interval){mu - distance, mu + distance};
            point[i].signal = fabs(z - mu) > distance;
        }
    }
}

double plx_moving_sigma(const double *x, gsize m)
{
    g_autofree struct plx_control_point *point = g_new(struct plx_control_point, m + 1);
    g_autofree struct plx_control_point *range = g_new(struct plx_control_point, m + 1);
    return plx_xmr_chart(x, m, point, range).mean_range / D2;
}
