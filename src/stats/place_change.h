/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Did the treated places change more than the others? One number per place, after minus before:
 * the place is the unit, however many answered there (Donald and Lang 2007: with few groups the
 * group's own mean is the observation, so shocks of place and month, and answers that hang
 * together, are in its spread). Welch's t on the changes; places count alike.
 *
 * Beside it the permutation of places (Fisher 1935; studentised, so that unequal spreads do no
 * harm: Janssen 1997): every division of the places into treated and not is as likely when the
 * step does nothing. Exact up to PLX_PLACE_DIVISIONS_MAX divisions, else Monte Carlo with
 * `seed`, p = (1 + hits) / (1 + draws).
 *
 * Assumes that without the step both kinds of places would have changed alike on average.
 * Test: tests/stats/test_place_change.c. */

#include "stats/permutation.h"

enum { PLX_PLACE_DIVISIONS_MAX = 50000, PLX_PLACE_DRAWS = 20000 };

struct plx_place_change {
    double treated;    /* mean change */
    double comparison; /* mean change */
    double estimate;   /* treated - comparison */
    double se;         /* NaN with fewer than 2 places on a side, or without any spread */
    double df;
    double p; /* two-sided */
    struct plx_interval ci;
    enum plx_p_method method; /* of the next; PLX_P_NONE: no se */
    double p_permuted;        /* two-sided */
};

/* Changes of `n_treated` and `n_comparison` places, all finite. */
struct plx_place_change plx_place_change(const double *treated, guint n_treated,
                                         const double *comparison, guint n_comparison, double level,
                                         guint64 seed);
/* The same without the permutation: p_permuted is NaN. */
struct plx_place_change plx_place_change_plain(const double *treated, guint n_treated,
                                               const double *comparison, guint n_comparison,
                                               double level);
