/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/vignettes.h"

#include "base/number.h"
#include "stats/sample.h"
#include "stats/superiority.h"
#include "stats/ttest.h"

struct plx_vignette_range plx_vignette_range(double y, const double *z, guint j)
{
    struct plx_vignette_range r = {G_MAXUINT, 0};
    for (guint c = 1; c <= 2 * j + 1; c++) {
        const guint i = (c - 1) / 2; /* odd c: between z[i - 1] and z[i]; even: as z[i] */
        const gboolean holds =
            c % 2 == 0 ? y == z[i] : (i == 0 || y > z[i - 1]) && (i == j || y < z[i]);
        if (holds) {
            r.lo = MIN(r.lo, c);
            r.hi = c;
        }
    }
    return r;
}

/* Does a person's every neighbouring pair say so? Counts for each pair, and the person's fault. */
static void look_at_order(const double *z, guint j, gsize *ordered, struct plx_vignettes *r)
{
    gboolean tied = FALSE;
    gboolean wrong = FALSE;
    for (guint i = 0; i + 1 < j; i++) {
        ordered[i] += z[i] < z[i + 1] ? 1 : 0;
        tied = tied || z[i] == z[i + 1];
        wrong = wrong || z[i] > z[i + 1];
    }
    r->misordered += wrong ? 1 : 0;
    r->tied += tied && !wrong ? 1 : 0;
}

struct plx_vignettes plx_vignettes(const double *y, const double *z, gsize n, guint j,
                                   double *share)
{
    struct plx_vignettes r = {.n = n, .orders = n > 0};
    gsize ordered[PLX_VIGNETTES_MAX] = {0};
    g_assert(j >= 1 && j <= PLX_VIGNETTES_MAX);
    for (guint c = 0; c < 2 * j + 1; c++)
        share[c] = n > 0 ? 0 : PLX_NAN;
    for (gsize i = 0; i < n; i++) {
        const struct plx_vignette_range c = plx_vignette_range(y[i], z + i * j, j);
        r.ranges += c.lo < c.hi ? 1 : 0;
        r.raw += y[i];
        r.mean_lo += c.lo;
        r.mean_hi += c.hi;
        for (guint at = c.lo; at <= c.hi; at++)
            share[at - 1] += 1.0 / (c.hi - c.lo + 1) / (double)n;
        look_at_order(z + i * j, j, ordered, &r);
    }
    for (guint i = 0; i + 1 < j; i++)
        r.orders = r.orders && 2 * ordered[i] > n;
    r.raw /= (double)n;
    r.mean_lo /= (double)n;
    r.mean_hi /= (double)n;
    r.mean = (r.mean_lo + r.mean_hi) / 2;
    return r;
}

static void compare(const double *a, gsize na, const double *b, gsize nb, double level,
                    struct plx_ttest *means, double *p, struct plx_interval *p_ci)
{
    g_autoptr(GArray) support = plx_support(a, na, b, nb);
    const double *score = (const double *)(const void *)support->data;
    g_autoptr(plx_sample) sa = plx_sample_new(a, NULL, na, score, support->len);
    g_autoptr(plx_sample) sb = plx_sample_new(b, NULL, nb, score, support->len);
    const struct plx_distribution *da = plx_sample_distribution(sa);
    const struct plx_distribution *db = plx_sample_distribution(sb);
    *means = plx_welch(da, db, level);
    *p = plx_brunner_munzel(db, da, level).p_hat;
    *p_ci = plx_superiority_interval(da, db, level);
}

static double *middles(const double *y, const double *z, gsize n, guint j)
{
    double *middle = g_new(double, n + 1);
    for (gsize i = 0; i < n; i++) {
        const struct plx_vignette_range c = plx_vignette_range(y[i], z + i * j, j);
        middle[i] = (c.lo + c.hi) / 2.0;
    }
    return middle;
}

struct plx_vignette_difference plx_vignette_difference(const double *ya, const double *za, gsize na,
                                                       const double *yb, const double *zb, gsize nb,
                                                       guint j, double level)
{
    const struct plx_interval none = {PLX_NAN, PLX_NAN};
    struct plx_vignette_difference r = {PLX_NAN, none, PLX_NAN, none, PLX_NAN,
                                        none,    none, PLX_NAN, none};
    double share[2 * PLX_VIGNETTES_MAX + 1];
    if (na == 0 || nb == 0)
        return r;
    struct plx_ttest means = {0};
    compare(ya, na, yb, nb, level, &means, &r.raw_p, &r.raw_p_ci);
    r.raw = means.estimate;
    r.raw_ci = means.ci;
    const struct plx_vignettes a = plx_vignettes(ya, za, na, j, share);
    const struct plx_vignettes b = plx_vignettes(yb, zb, nb, j, share);
    if (!a.orders || !b.orders)
        return r;
    g_autofree double *ca = middles(ya, za, na, j);
    g_autofree double *cb = middles(yb, zb, nb, j);
    compare(ca, na, cb, nb, level, &means, &r.corrected_p, &r.corrected_p_ci);
    r.corrected = means.estimate;
    r.corrected_ci = means.ci;
    r.corrected_bounds = (struct plx_interval){a.mean_lo - b.mean_hi, a.mean_hi - b.mean_lo};
    return r;
}
