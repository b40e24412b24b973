/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Location and spread of a distribution. NaN without answers. Levels are taken as interval scaled
 * for the mean, as ordered for the medians. Test: tests/stats/test_moments.c. */

#include "stats/distribution.h"

double plx_mean(const struct plx_distribution *d);
double plx_mean_variance(const struct plx_distribution *d); /* of the mean: squared std. error */
/* Of the answers: s^2 with n - 1 (weights: Kish's n_eff - 1); NaN below two answers. */
double plx_variance(const struct plx_distribution *d);
/* The middle answer; halfway where the middle falls between two values. */
double plx_median(const struct plx_distribution *d);
/* Each value v spread evenly over v - 1/2 .. v + 1/2 (grouped-data median, Yule 1911). Only for
 * scores one apart. Where the middle falls between two values it is the middle of the empty gap. */
double plx_interpolated_median(const struct plx_distribution *d);
/* P(score >= cut) and P(score <= cut). */
double plx_share_from(const struct plx_distribution *d, double cut);
double plx_share_to(const struct plx_distribution *d, double cut);
/* Effective number of answers for the mean: plx_linear_n_eff; without clusters Kish's. */
double plx_n_eff(const struct plx_distribution *d);
/* (sum w)^2 / sum w^2 (Kish 1965, Survey Sampling). NaN when all are 0. */
double plx_kish(const double *w, gsize n);
