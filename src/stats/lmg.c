/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/lmg.h"

#include "base/number.h"
#include "stats/comoments.h"

#include <math.h>

/* What must be left of a column of length 1 after the others for it to add something. */
#define COLLINEAR 1e-10

/* The walk over all subsets. */
struct walk {
    double entering[PLX_LMG_MAX + 1]; /* weight of R2(S) where a column has entered, by |S| */
    double before[PLX_LMG_MAX + 1];   /* where one is about to */
    double *sum;                      /* R2(S) * (entering + before), by subset */
    double base;                      /* sum of R2(S) * before */
    double r_squared;                 /* of the subset visited last: in the end the full one */
    double *scratch[PLX_LMG_MAX + 1]; /* triangles, by the number of columns left */
};

static void visit(struct walk *walk, double *sum, guint size, double r_squared)
{
    *sum = r_squared * (walk->entering[size] + walk->before[size]);
    walk->base += r_squared * walk->before[size];
    walk->r_squared = r_squared;
}

/* `m`: what is left of the columns not decided on, and of y (last), as the rows of an upper
 * triangle of order left + 1; `size` columns, with R2 so far, are in. Leaving the first column out
 * needs no work: the next triangle begins behind its row. */
static void descend(struct walk *walk, const double *m, guint left, guint size, double r_squared,
                    double *sum)
{
    const gsize half = (gsize)1 << (left - 1);
    const double gain = m[0] > COLLINEAR ? m[left] * m[left] / m[0] : 0;
    if (left == 1) {
        visit(walk, sum, size, r_squared);
        visit(walk, sum + 1, size + 1, r_squared + gain);
        return;
    }
    const double *rest = m + left + 1;
    descend(walk, rest, left - 1, size, r_squared, sum);
    const double *eliminated = rest;
    if (m[0] > COLLINEAR) {
        double *next = walk->scratch[left - 1];
        eliminated = next;
        for (guint i = 1; i <= left; i++) {
            const double factor = m[i] / m[0];
            for (guint j = i; j <= left; j++)
                *next++ = *rest++ - factor * m[j];
        }
    }
    descend(walk, eliminated, left - 1, size + 1, r_squared + gain, sum + half);
}

/* s! (p - 1 - s)! / p! for subsets of s columns that one more may enter. */
static void set_weights(struct walk *walk, guint p)
{
    double weight = 1.0 / p;
    for (guint s = 0; s < p; s++) {
        walk->before[s] = weight;
        walk->entering[s + 1] = weight;
        weight *= (double)(s + 1) / (double)MAX(p - 1 - s, 1);
    }
}

/* Sums over the subsets that hold each column, halving the table column by column. */
static void fold(const struct walk *walk, guint p, double *share)
{
    for (guint j = 0; j < p; j++) {
        const gsize half = (gsize)1 << (p - 1 - j);
        const double *upper = walk->sum + half;
        double total = 0;
        for (gsize i = 0; i < half; i++)
            total += upper[i];
        share[j] = MAX(0, total - walk->base);
        for (gsize i = 0; i < half; i++)
            walk->sum[i] += upper[i];
    }
}

/* The correlations as an upper triangle; a column that does not vary becomes zeros. */
static double *correlation_triangle(const double *products, guint k)
{
    g_autofree double *r = g_memdup2(products, (gsize)k * k * sizeof *products);
    plx_correlation(r, k);
    double *triangle = g_new(double, (gsize)k *(k + 1) / 2);
    double *next = triangle;
    for (guint i = 0; i < k; i++)
        for (guint j = i; j < k; j++) {
            const double value = r[(gsize)i * k + j];
            *next++ = isnan(value) ? 0 : value;
        }
    return triangle;
}

double plx_lmg(const double *products, guint p, double *share)
{
    g_assert(p >= 1 && p <= PLX_LMG_MAX);
    const guint k = p + 1;
    for (guint j = 0; j < p; j++)
        share[j] = PLX_NAN;
    if (!(products[(gsize)p * k + p] > 0))
        return PLX_NAN;
    g_autofree double *triangle = correlation_triangle(products, k);
    g_autofree double *sum = g_new(double, (gsize)1 << p);
    g_autofree double *scratch = g_new(double, (gsize)k *k *k);
    struct walk walk = {.sum = sum};
    for (guint left = 0; left < k; left++)
        walk.scratch[left] = scratch + (gsize)left * k * k;
    set_weights(&walk, p);
    descend(&walk, triangle, p, 0, 0, walk.sum);
    fold(&walk, p, share);
    for (guint j = 0; j < p; j++)
        if (!(products[(gsize)j * k + j] > 0))
            share[j] = PLX_NAN;
    return walk.r_squared;
}
