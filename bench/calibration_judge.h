/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One released document against what is true of it. Private to bench/calibration_document.c. */

#include "bench/calibration_document.h"
#include "reading/gaps.h"

#define PLX_JUDGED_FINE 1e9 /* fractions are summed as whole numbers: threads add in any order */

struct plx_judged_decisions {
    guint64 seen, decided, wrong;
    guint64 wrong_at[PLX_CROWD_POINTS][PLX_CROWD_SIDES];
    guint64 decided_here, missed_here; /* in the document at hand; missed: the interval it was
                                          decided by is not true */
    gint64 fraction, fraction_2;       /* of the decided that missed, of each document; squared */
};

/* Sums over documents. Of a pair the side is 0 leader-staff, 1 leader-customer, 2 staff-customer.
 */
struct plx_judged {
    guint64 seen[PLX_WATCHED][PLX_CROWD_POINTS][PLX_CROWD_SIDES];
    guint64 hits[PLX_WATCHED][PLX_CROWD_POINTS][PLX_CROWD_SIDES];
    gint64 width[PLX_WATCHED];
    /* Of what is promised [1] and of the rest [0]: hits in the document at hand, and their sums
     * over documents. */
    guint64 here[2][PLX_WATCHED], sum[2][PLX_WATCHED], sum_2[2][PLX_WATCHED];
    struct plx_judged_decisions gaps, beliefs;
    guint64 words, words_off; /* see struct plx_calibrated */
};

/* Which intervals the promise is about. */
struct plx_judged_promise {
    gboolean holds[PLX_WATCHED][PLX_CROWD_POINTS][PLX_CROWD_SIDES];
};

/* P(level or better). */
double plx_judged_from(const double *shares, guint level);

/* Adds one document. Aborts where it is not the document of such a crowd, or where the level of its
 * adjusted intervals does not follow from what they decide. */
void plx_judge_document(struct plx_judged *judged, const struct plx_judged_promise *promise,
                        const plx_gaps *gaps, const struct plx_crowd_truth *truth);

/* Adds what another thread has seen. */
void plx_judged_add(struct plx_judged *judged, const struct plx_judged *more);
