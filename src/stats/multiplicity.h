/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Many intervals, many tests. Test: tests/stats/test_multiplicity.c. */

#include <glib.h>

/* Benjamini and Hochberg (1995) adjusted p; NaN entries are left out of the family and stay NaN.
 * `adjusted` (n) may be `p`. Holds the false discovery rate for independent or positively
 * dependent tests. */
void plx_bh_adjust(const double *p, gsize n, double *adjusted);
/* How many have an adjusted p of at most q. */
gsize plx_bh_rejected(const double *p, gsize n, double q);

/* Whether comparison `i` is decided by its interval at confidence `level`. Must not become TRUE
 * when the level rises. */
typedef gboolean (*plx_decided_func)(gsize i, double level, gconstpointer data);

/* Benjamini and Yekutieli (2005, "False discovery rate-adjusted multiple confidence intervals for
 * selected parameters", JASA 100): R, the largest r such that at least r of the m comparisons are
 * decided by intervals at 1 - r q / m. Calls `decided` a few times per comparison. */
gsize plx_fcr_selected(gsize m, double q, plx_decided_func decided, gconstpointer data);

/* The level every adjusted interval then has: 1 - max(R, 1) q / m. */
double plx_fcr_level(gsize m, gsize selected, double q);

/* Fisher (1932, Statistical Methods for Research Workers, 21.1): one p of n independent ones.
 * `inflation`: by how much their sum varies more than that of independent ones (Brown 1975,
 * Biometrics 31), at least 1. NaN entries are left out; NaN without any. */
double plx_fisher_p(const double *p, gsize n, double inflation);
