/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/frechet.h"

#include "base/number.h"
#include "stats/share.h"

/* Sum of 1 - p is summed rather than that of p: near 1 it keeps the digits that matter. */
struct folded {
    double bad;
    double good;
    double least;
    double most;
};

static void fold(struct folded *f, double p)
{
    f->bad += 1 - p;
    f->good += p;
    f->least = MIN(f->least, p);
    f->most = MAX(f->most, p);
}

struct plx_frechet plx_frechet(const double *p, gsize k)
{
    const struct plx_interval none = {PLX_NAN, PLX_NAN};
    struct plx_frechet r = {none, none, PLX_NAN, PLX_NAN, PLX_NAN, none};
    if (k == 0)
        return r;
    struct folded f = {.least = 1};
    double good = 1;
    double bad = 1;
    for (gsize i = 0; i < k; i++) {
        fold(&f, p[i]);
        good *= p[i];
        bad *= 1 - p[i];
    }
    r.all = (struct plx_interval){MAX(0, 1 - f.bad), f.least};
    r.any = (struct plx_interval){f.most, MIN(1, f.good)};
    r.independent_all = good;
    r.independent_any = 1 - bad;
    r.expected_bad = f.bad;
    if (good > 0)
        r.dependence = (struct plx_interval){r.all.lo / good, r.all.hi / good};
    return r;
}

/* The shares at the lower and the upper ends of their simultaneous intervals. */
static void fold_ends(const double *x, const double *n, gsize k, double level, struct folded *lo,
                      struct folded *hi)
{
    for (gsize i = 0; i < k; i++) {
        const struct plx_interval ci = plx_wilson(x[i], n[i], 1 - (1 - level) / (double)k, FALSE);
        fold(lo, ci.lo);
        fold(hi, ci.hi);
    }
}

struct plx_interval plx_frechet_all_interval(const double *x, const double *n, gsize k,
                                             double level)
{
    if (k == 0)
        return (struct plx_interval){PLX_NAN, PLX_NAN};
    struct folded lo = {.least = 1};
    struct folded hi = {.least = 1};
    fold_ends(x, n, k, level, &lo, &hi);
    return (struct plx_interval){MAX(0, 1 - lo.bad), hi.least};
}

struct plx_interval plx_frechet_any_interval(const double *x, const double *n, gsize k,
                                             double level)
{
    if (k == 0)
        return (struct plx_interval){PLX_NAN, PLX_NAN};
    struct folded lo = {.least = 1};
    struct folded hi = {.least = 1};
    fold_ends(x, n, k, level, &lo, &hi);
    return (struct plx_interval){lo.most, MIN(1, hi.good)};
}
