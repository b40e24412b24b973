/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/rank_sum.h"

#include "base/number.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* As in R: from here on the normal form is good, and the exact one slow. */
enum { EXACT_BELOW = 50 };

/* Divisions of m + n distinct ranks with Mann-Whitney count u, for u = 0 .. m n. A group's largest
 * member either beats all n others or not: f(m, n, u) = f(m - 1, n, u - n) + f(m, n - 1, u). */
static double *count_divisions(guint m, guint n)
{
    const gsize size = (gsize)m * n + 1;
    /* row[j] holds f(i, j, .) for the current i. */
    double *row = g_new0(double, (gsize)(n + 1) * size);
    for (guint j = 0; j <= n; j++)
        row[j * size] = 1; /* i = 0 */
    for (guint i = 1; i <= m; i++) {
        for (guint j = 1; j <= n; j++) {
            double *f = row + j * size; /* f(i - 1, j, .), becomes f(i, j, .) */
            const double *left = row + (j - 1) * size;
            for (gsize u = size; u-- > 0;)
                f[u] = (u >= j ? f[u - j] : 0) + left[u];
        }
    }
    double *counts = g_memdup2(row + n * size, size * sizeof(double));
    g_free(row);
    return counts;
}

static void exact_p(struct plx_rank_sum *r, guint m, guint n)
{
    g_autofree double *counts = count_divisions(m, n);
    double below = 0;
    double above = 0;
    double total = 0;
    for (gsize u = 0; u <= (gsize)m * n; u++) {
        total += counts[u];
        if ((double)u <= r->u)
            below += counts[u];
        if ((double)u >= r->u)
            above += counts[u];
    }
    r->p_less = below / total;
    r->p_greater = above / total;
    r->p = MIN(1, 2 * MIN(r->p_less, r->p_greater));
    r->exact = TRUE;
}

static void normal_p(struct plx_rank_sum *r, double m, double n, double ties, gboolean cc)
{
    const double all = m + n;
    const double sigma = sqrt(m * n / 12 * ((all + 1) - ties / (all * (all - 1))));
    const double centred = r->u - m * n / 2;
    if (!(sigma > 0)) { /* all answers equal */
        r->p = r->p_greater = r->p_less = 1;
        return;
    }
    const double step = cc ? 0.5 : 0;
    r->z = (centred - (centred > 0 ? step : centred < 0 ? -step : 0)) / sigma;
    r->p = MIN(1, 2 * gsl_cdf_ugaussian_Q(fabs(r->z)));
    r->p_greater = gsl_cdf_ugaussian_Q((centred - step) / sigma);
    r->p_less = gsl_cdf_ugaussian_P((centred + step) / sigma);
}

struct plx_rank_sum plx_rank_sum(const struct plx_distribution *x, const struct plx_distribution *y,
                                 gboolean cc, gboolean exact)
{
    g_assert(x->k == y->k && !x->w2 && !y->w2 && !x->m && !y->m);
    struct plx_rank_sum r = {PLX_NAN, PLX_NAN, PLX_NAN, PLX_NAN, PLX_NAN, FALSE};
    if (!(x->n > 0) || !(y->n > 0))
        return r;
    double ties = 0;
    double below = 0;
    r.u = 0;
    for (guint i = 0; i < x->k; i++) {
        const double t = x->w[i] + y->w[i];
        ties += t * t * t - t;
        r.u += x->w[i] * (below + y->w[i] / 2);
        below += y->w[i];
    }
    if (exact && ties <= 0 && x->n < EXACT_BELOW && y->n < EXACT_BELOW)
        exact_p(&r, (guint)x->n, (guint)y->n);
    else
        normal_p(&r, x->n, y->n, ties, cc);
    return r;
}
