/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dominance.h"

#include "base/number.h"
#include "stats/share.h"

#include <math.h>

/* How often an answer on each value wins minus loses against the other group: n * d_i. */
static void net_wins(const struct plx_distribution *other, double sign, double *net)
{
    double below = 0;
    const double total = plx_distribution_total(other);
    for (guint i = 0; i < other->k; i++) {
        const double above = total - below - other->w[i];
        net[i] = sign * (below - above);
        below += other->w[i];
    }
}

static double sum_squares(const struct plx_distribution *d, const double *net, double other,
                          double delta)
{
    double sum = 0;
    for (guint i = 0; i < d->k; i++)
        sum += d->w[i] * (net[i] / other - delta) * (net[i] / other - delta);
    return sum;
}

static void count_pairs(const struct plx_distribution *x, const struct plx_distribution *y,
                        struct plx_cliff *c)
{
    double below = 0;
    const double total = plx_distribution_total(y);
    for (guint i = 0; i < x->k; i++) {
        c->greater += x->w[i] * below;
        c->equal += x->w[i] * y->w[i];
        c->less += x->w[i] * (total - below - y->w[i]);
        below += y->w[i];
    }
}

static double delta_variance(const struct plx_distribution *x, const struct plx_distribution *y,
                             const struct plx_cliff *c, enum plx_cliff_variance variance)
{
    const double m = x->n;
    const double n = y->n;
    const double d = c->delta;
    g_autofree double *x_net = g_new(double, x->k);
    g_autofree double *y_net = g_new(double, y->k);
    net_wins(y, 1, x_net);
    net_wins(x, -1, y_net);
    const double rows = sum_squares(x, x_net, n, d);
    const double columns = sum_squares(y, y_net, m, d);
    const double cells =
        c->greater * (1 - d) * (1 - d) + c->less * (-1 - d) * (-1 - d) + c->equal * d * d;
    if (variance == PLX_CLIFF_CONSISTENT)
        return ((n - 1) * rows / (m - 1) + (m - 1) * columns / (n - 1) +
                cells / ((m - 1) * (n - 1))) /
               (m * n);
    const double unbiased = (n * n * rows + m * m * columns - cells) / (m * n * (m - 1) * (n - 1));
    return MAX(unbiased, (1 - d * d) / (m * n - 1));
}

static struct plx_interval feng_cliff(double d, double variance, double t)
{
    const double d2 = 1 - d * d;
    const double half = t * sqrt(variance) * sqrt(d2 * d2 + t * t * variance);
    const double denominator = d2 + t * t * variance;
    return (struct plx_interval){(d - d * d * d - half) / denominator,
                                 (d - d * d * d + half) / denominator};
}

struct plx_cliff plx_cliff(const struct plx_distribution *x, const struct plx_distribution *y,
                           double level, enum plx_cliff_variance variance, gboolean normal)
{
    g_assert(x->k == y->k && !x->w2 && !y->w2 && !x->m && !y->m);
    struct plx_cliff c = {.variance = PLX_NAN, .df = PLX_NAN, .ci = {PLX_NAN, PLX_NAN}};
    count_pairs(x, y, &c);
    c.delta = (c.greater - c.less) / (x->n * y->n);
    c.a = (c.delta + 1) / 2;
    if (!(x->n >= 2) || !(y->n >= 2))
        return c;
    c.df = normal ? PLX_INFINITY : x->n + y->n - 2;
    c.variance = delta_variance(x, y, &c, variance);
    if (fabs(c.delta) < 1) {
        c.ci = feng_cliff(c.delta, c.variance, plx_t_quantile(level, c.df));
        return c;
    }
    const double n = MIN(x->n, y->n);
    const double inner = 2 * plx_wilson(n, n, level, FALSE).lo - 1;
    c.ci = c.delta > 0 ? (struct plx_interval){inner, 1} : (struct plx_interval){-1, -inner};
    return c;
}
