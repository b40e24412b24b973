/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Answers of one group on an ordered scale, as counts: the one input of this layer.
 *
 * Textbook, weighted and clustered data are the same struct, and every method runs the same code
 * for the three. A linear statistic theta = sum a_k W_k / W has the linearised variance
 *     U / (U - 1) * h' M h / W^2,    h_k = a_k - theta,
 * where U is the number of sampling units and M the sum over units of w_u w_u' (w_u: the unit's
 * weight on each value). For independent unweighted answers this is s^2 / n exactly; where a unit
 * answers more than once it is the cluster-robust variance of Binder (1983, "On the variances of
 * asymptotically normal estimators from complex surveys", Int. Stat. Review 51).
 *
 * Sums run over values, never over rows: the order of rows cannot change a result.
 * Missing answers are not in it. Test: tests/stats/test_distribution.c. */

#include <glib.h>

struct plx_distribution {
    guint k;             /* number of values, at least 1 */
    double first;        /* score of value 0; value i scores first + i ... */
    const double *score; /* ... unless this is set: k rising scores */
    const double *w;     /* k totals: answers, or sums of weights */
    const double *w2;    /* k sums of squared weights; NULL: equal to w (no weights) */
    const double *m;     /* k x k matrix M, row by row; NULL: diagonal w2 (no unit answers twice) */
    double units;        /* sampling units (persons) that answered */
    double n;            /* answers */
    gboolean complete;   /* everybody there is has answered: no sampling error on this side */
};

/* A range; both NaN when it does not exist. */
struct plx_interval {
    double lo;
    double hi;
};

/* Independent unweighted answers: units = n = sum of counts. Borrows `counts`. */
struct plx_distribution plx_distribution_counts(const double *counts, guint k, double first);

double plx_distribution_score(const struct plx_distribution *d, guint value);
double plx_distribution_total(const struct plx_distribution *d); /* W */

/* theta = sum a_k W_k / W; NaN without answers. */
double plx_linear(const struct plx_distribution *d, const double *a);

/* Its variance as above; 0 when complete; NaN with fewer than two units. */
double plx_linear_variance(const struct plx_distribution *d, const double *a);

/* n_eff = W * sum W_k h_k^2 / h' M h: the number of independent unweighted answers that would be
 * as precise; n exactly without weights and clusters. At zero variance: Kish's number, but with
 * clusters at most the number of units. Never above n with clusters (a lucky negative correlation
 * is not trusted). */
double plx_linear_n_eff(const struct plx_distribution *d, const double *a);

/* Kish's number of equally weighted units, W^2 / sum of (unit's weight)^2: n without weights and
 * clusters. NaN without answers. */
double plx_effective_units(const struct plx_distribution *d);

/* Degrees of freedom of a variance: units - 1, at least 0; infinite when complete. */
double plx_distribution_df(const struct plx_distribution *d);

/* Welch (1947) and Satterthwaite (1946): of the sum of two independent variances. */
double plx_welch_df(double v1, double df1, double v2, double df2);

/* P(-t < T < t) = level; df may be infinite (normal). NaN when df <= 0. level in (0, 1). */
double plx_t_quantile(double level, double df);
/* P(F < f) = p of F on df1 and df2, for any size of them; p in (0, 1). NaN unless both are above 0.
 */
double plx_f_quantile(double p, double df1, double df2);
/* Two-sided p of a t (normal when df is infinite). NaN in, NaN out. */
double plx_t_two_sided(double t, double df);
