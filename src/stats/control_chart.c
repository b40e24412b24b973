/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/control_chart.h"

#include "base/number.h"

#include <math.h>

#define SIGMAS 3
/* Expected range of two normal values, in standard deviations, as tables print it. */
#define D2 1.128
#define XMR_FACTOR 2.66
#define RANGE_FACTOR 3.267

/* Mean absolute difference of neighbours that have a value; NaN below two. */
static double mean_moving_range(const double *x, gsize m)
{
    double sum = 0;
    double count = 0;
    double last = PLX_NAN;
    for (gsize i = 0; i < m; i++) {
        if (isnan(x[i]))
            continue;
        if (!isnan(last)) {
            sum += fabs(x[i] - last);
            count++;
        }
        last = x[i];
    }
    return count > 0 ? sum / count : PLX_NAN;
}

static void judge(struct plx_control_point *point, double center, double distance, double lowest,
                  double highest)
{
    point->limits = (struct plx_interval){PLX_NAN, PLX_NAN};
    point->signal = FALSE;
    if (isnan(point->value) || !(distance > 0))
        return;
    point->limits.lo = MAX(lowest, center - distance);
    point->limits.hi = MIN(highest, center + distance);
    point->signal = point->value < point->limits.lo || point->value > point->limits.hi;
}

static struct plx_control_chart attribute_chart(const double *x, const double *n, gsize m,
                                                gboolean laney, gboolean shares,
                                                struct plx_control_point *point)
{
    double counted = 0;
    double units = 0;
    for (gsize i = 0; i < m; i++) {
        const gboolean there = n[i] > 0 && !isnan(x[i]);
        counted += there ? x[i] : 0;
        units += there ? n[i] : 0;
        point[i].value = there ? x[i] / n[i] : PLX_NAN;
    }
    const double center = units > 0 ? counted / units : PLX_NAN;
    const double variance = shares ? center * (1 - center) : center;
    double sigma_z = 1;
    if (laney) {
        g_autofree double *z = g_new(double, m + 1);
        for (gsize i = 0; i < m; i++)
            z[i] = (point[i].value - center) / sqrt(variance / n[i]);
        sigma_z = mean_moving_range(z, m) / D2;
    }
    for (gsize i = 0; i < m; i++)
        judge(&point[i], center, SIGMAS * sigma_z * sqrt(variance / n[i]), 0,
              shares ? 1 : PLX_INFINITY);
    return (struct plx_control_chart){center, sigma_z};
}

struct plx_control_chart plx_p_chart(const double *x, const double *n, gsize m, gboolean laney,
                                     struct plx_control_point *point)
{
    return attribute_chart(x, n, m, laney, TRUE, point);
}

struct plx_control_chart plx_u_chart(const double *x, const double *n, gsize m, gboolean laney,
                                     struct plx_control_point *point)
{
    return attribute_chart(x, n, m, laney, FALSE, point);
}

struct plx_xmr_chart plx_xmr_chart(const double *x, gsize m, struct plx_control_point *point,
                                   struct plx_control_point *range)
{
    double sum = 0;
    double count = 0;
    double last = PLX_NAN;
    for (gsize i = 0; i < m; i++) {
        point[i].value = x[i];
        range[i].value = PLX_NAN;
        if (isnan(x[i]))
            continue;
        range[i].value = fabs(x[i] - last);
        last = x[i];
        sum += x[i];
        count++;
    }
    struct plx_xmr_chart chart = {.center = count > 0 ? sum / count : PLX_NAN,
                                  .mean_range = mean_moving_range(x, m),
                                  .limits = {PLX_NAN, PLX_NAN},
                                  .range_limit = PLX_NAN};
    if (chart.mean_range > 0) {
        chart.limits.lo = chart.center - XMR_FACTOR * chart.mean_range;
        chart.limits.hi = chart.center + XMR_FACTOR * chart.mean_range;
        chart.range_limit = RANGE_FACTOR * chart.mean_range;
    }
    for (gsize i = 0; i < m; i++) {
        judge(&point[i], chart.center, XMR_FACTOR * chart.mean_range, -PLX_INFINITY, PLX_INFINITY);
        judge(&range[i], 0, chart.range_limit, 0, PLX_INFINITY);
    }
    return chart;
}
