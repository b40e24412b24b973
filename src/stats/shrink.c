/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/shrink.h"

#include "base/number.h"

#include <math.h>

struct data {
    const double *mean;
    const double *n;
    gsize groups;
    double within;
    double total;
};

/* At a ratio of between to within variance: the weighted mean, all squares, and how much the
 * restricted deviance rises with the ratio. */
static double slope(const struct data *d, double ratio, double *mean, double *squares)
{
    double weights = 0;
    double sum = 0;
    double trace = 0;
    double square_weights = 0;
    for (gsize i = 0; i < d->groups; i++) {
        const double w = d->n[i] / (1 + d->n[i] * ratio);
        weights += w;
        sum += w * d->mean[i];
        trace += w;
        square_weights += w * w;
    }
    *mean = sum / weights;
    *squares = d->within;
    double gain = 0;
    for (gsize i = 0; i < d->groups; i++) {
        const double w = d->n[i] / (1 + d->n[i] * ratio);
        const double off = w * (d->mean[i] - *mean);
        *squares += off * off / w;
        gain += off * off;
    }
    return trace - square_weights / weights - (d->total - 1) * gain / *squares;
}

struct plx_shrink plx_shrink(const double *mean, const double *n, gsize groups, double within,
                             double *effect)
{
    struct data d = {mean, n, groups, within, 0};
    for (gsize i = 0; i < groups; i++) {
        d.total += n[i];
        if (effect)
            effect[i] = PLX_NAN;
    }
    if (groups < 2 || !(d.total > (double)groups) || !(within > 0))
        return (struct plx_shrink){PLX_NAN, PLX_NAN, PLX_NAN};
    double m = 0;
    double squares = 0;
    double low = 0;
    double high = 0;
    if (slope(&d, 0, &m, &squares) < 0) {
        for (high = 1; high < 1e15 && slope(&d, high, &m, &squares) < 0; high *= 2)
            low = high;
        for (guint step = 0; step < 100; step++) {
            const double middle = (low + high) / 2;
            *(slope(&d, middle, &m, &squares) < 0 ? &low : &high) = middle;
        }
    }
    const double ratio = high;
    slope(&d, ratio, &m, &squares);
    const double s2 = squares / (d.total - 1);
    for (gsize i = 0; effect && i < groups; i++)
        effect[i] = ratio * n[i] / (1 + ratio * n[i]) * (mean[i] - m);
    return (struct plx_shrink){ratio * s2, s2, m};
}
