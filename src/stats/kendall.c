/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/kendall.h"

#include "base/number.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

struct pair {
    double x;
    double y;
};

static int compare_pairs(gconstpointer a, gconstpointer b)
{
    const struct pair *p = a;
    const struct pair *q = b;
    if (p->x != q->x)
        return p->x < q->x ? -1 : 1;
    return (p->y > q->y) - (p->y < q->y);
}

static int compare_y(gconstpointer a, gconstpointer b)
{
    const double x = ((const struct pair *)a)->y;
    const double y = ((const struct pair *)b)->y;
    return (x > y) - (x < y);
}

/* Sorts y within [begin, end) by merging and counts the inversions (Knight 1966). */
static double inversions(struct pair *p, struct pair *spare, gsize n)
{
    if (n < 2)
        return 0;
    const gsize half = n / 2;
    double count = inversions(p, spare, half) + inversions(p + half, spare, n - half);
    gsize i = 0;
    gsize j = half;
    for (gsize k = 0; k < n; k++) {
        if (j >= n || (i < half && p[i].y <= p[j].y)) {
            spare[k] = p[i++];
        } else {
            count += (double)(half - i);
            spare[k] = p[j++];
        }
    }
    for (gsize k = 0; k < n; k++)
        p[k] = spare[k];
    return count;
}

/* Sums over groups of t tied values. */
struct ties {
    double pairs;   /* t (t - 1) / 2 */
    double triples; /* t (t - 1) (t - 2) */
    double vt;      /* t (t - 1) (2 t + 5) */
};

static void add_ties(struct ties *ties, double t)
{
    ties->pairs += t * (t - 1) / 2;
    ties->triples += t * (t - 1) * (t - 2);
    ties->vt += t * (t - 1) * (2 * t + 5);
}

static gboolean same(const struct pair *a, const struct pair *b, gboolean by_x, gboolean by_y)
{
    return (!by_x || a->x == b->x) && (!by_y || a->y == b->y);
}

static struct ties count_ties(const struct pair *p, gsize n, gboolean by_x, gboolean by_y)
{
    struct ties ties = {0};
    gsize run = 1;
    for (gsize i = 1; i <= n; i++) {
        if (i < n && same(&p[i], &p[i - 1], by_x, by_y)) {
            run++;
            continue;
        }
        add_ties(&ties, (double)run);
        run = 1;
    }
    return ties;
}

static double score_variance(double n, const struct ties *x, const struct ties *y)
{
    double variance =
        (n * (n - 1) * (2 * n + 5) - x->vt - y->vt) / 18 + 2 * x->pairs * y->pairs / (n * (n - 1));
    if (n > 2)
        variance += x->triples * y->triples / (9 * n * (n - 1) * (n - 2));
    return variance;
}

struct plx_kendall plx_kendall(const double *x, const double *y, gsize n)
{
    g_autofree struct pair *p = g_new(struct pair, n);
    g_autofree struct pair *spare = g_new(struct pair, n);
    gsize m = 0;
    for (gsize i = 0; i < n; i++)
        if (!isnan(x[i]) && !isnan(y[i]))
            p[m++] = (struct pair){x[i], y[i]};
    struct plx_kendall result = {.n = m, .tau = PLX_NAN, .z = PLX_NAN, .p = PLX_NAN};
    if (m < 2)
        return result;
    qsort(p, m, sizeof *p, compare_pairs);
    const struct ties tied_x = count_ties(p, m, TRUE, FALSE);
    const struct ties tied_xy = count_ties(p, m, TRUE, TRUE);
    const double discordant = inversions(p, spare, m);
    qsort(p, m, sizeof *p, compare_y);
    const struct ties tied_y = count_ties(p, m, FALSE, TRUE);
    const double pairs = (double)m * ((double)m - 1) / 2;
    const double score = pairs - tied_x.pairs - tied_y.pairs + tied_xy.pairs - 2 * discordant;
    const double denominator = sqrt((pairs - tied_x.pairs) * (pairs - tied_y.pairs));
    if (!(denominator > 0))
        return result;
    result.tau = score / denominator;
    result.z = score / sqrt(score_variance((double)m, &tied_x, &tied_y));
    result.p = MIN(1, 2 * gsl_cdf_ugaussian_Q(fabs(result.z)));
    return result;
}
