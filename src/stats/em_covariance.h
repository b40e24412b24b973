/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Means and covariances where everybody answered only some of the questions.
 *
 * Maximum likelihood of a normal distribution by EM (Dempster, Laird and Rubin 1977; Little and
 * Rubin 2002, "Statistical analysis with missing data", section 11.2). Standard errors from the
 * expected information of what was observed (Orchard and Woodbury 1972), so they grow with what is
 * missing. Covariances divide by n, as likelihood does.
 *
 * Assumes rows independent, about normal, and answers missing at random (asked by lot: true by
 * design; the information further assumes completely at random). All is NaN where two columns were
 * never answered together by at least 2 rows, without more rows than columns, or when EM does not
 * settle. A column that does not vary has covariance 0 and no standard errors. The same bytes for
 * any order of rows. Test: tests/stats/test_em_covariance.c. */

#include <glib.h>

#define PLX_EM_COLUMNS_MAX 64

typedef struct plx_em plx_em;
struct plx_em {
    guint k;
    gsize n;            /* rows with at least one answer */
    double *pairs;      /* k x k: rows that answered both */
    double *mean;       /* k */
    double *mean_se;    /* k */
    double *covariance; /* k x k */
    double *se;         /* k x k: of the covariances */
    /* Covariance matrix of the covariances, q x q with q = k (k + 1) / 2; entry (i, j), j <= i, of
     * `covariance` stands at i (i + 1) / 2 + j. */
    double *uncertainty;
    guint iterations;
};

/* `rows`: n x k, row by row, NaN where not answered; k <= PLX_EM_COLUMNS_MAX. */
plx_em *plx_em_new(const double *rows, gsize n, guint k);
void plx_em_free(plx_em *em);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_em, plx_em_free)
