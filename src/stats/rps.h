/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How far one distribution over levels lies from another. Test: tests/stats/test_rps.c. */

#include <glib.h>

struct plx_rps {
    double rps;         /* sum over k of (F_k - O_k)^2 (Epstein 1969) */
    double normalised;  /* / (K - 1): 0 = perfect, 1 = all at opposite ends */
    double wasserstein; /* sum of |F_k - O_k|: levels to move per answer (W1) */
    double bias;        /* mean of forecast - mean of observed, in levels */
};

/* Forecast against observed over the same k >= 2 levels; totals need not be 1 (each is divided by
 * its sum). NaN when one is empty. */
struct plx_rps plx_rps(const double *forecast, const double *observed, guint k);

/* Individual forecasts: the mean over forecasters of each one's own RPS, where forecaster count
 * `forecast[j]` people said level j for certain. Pooled is plx_rps of the same counts. */
double plx_rps_individual(const double *forecast, const double *observed, guint k);
