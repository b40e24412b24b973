/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What goes with an outcome, other answers alike, and what mood alone would give; private to the
 * reading `drivers`. From sums over pairs (drivers_joint.h):
 *
 * - Correlations of every pair over the rows that answered both. Where points were asked by lot,
 *   what a pair shares beyond the common factor is drawn to nothing as far as it is noise (Ledoit
 *   and Wolf 2003; intensity after Schaefer and Strimmer 2005), apart within and between
 *   transactions; less so with a point that stands out, for which others must not stand in. Where
 *   (almost) everybody answered all it stays as it is: the textbook's numbers.
 * - Shares of R2: LMG up to PLX_LMG_MAX points, else Johnson's weights.
 * - Mood: one common factor of the points (stats/one_factor.h), found between transactions where
 *   there are three of them, so that what neighbours share is not taken for mood. Its loading on
 * the outcome is found without the point in question and held to 1.
 * - Beyond mood: the coefficient (in standard deviations) of a point's own part on what mood leaves
 *   of the outcome, the own parts of the other points alike. 0 for all points where all answers
 *   follow one mood.
 * - Low and high answers against those between, in units of the outcome, mood and the own parts of
 *   the other points alike, as far as these are kept (above).
 *
 * Errors by leaving out one part of the persons after the other. Test:
 * tests/reading/test_drivers.c; how often what is planted is named, and mood alone: bench/truth.c.
 */

#include "reading/drivers_joint.h"
#include "stats/distribution.h"

/* Which columns are looked at together. */
struct plx_drive_scope {
    guint m;
    guint column[PLX_JOINT_POINTS_MAX];
    guint section[PLX_JOINT_POINTS_MAX];   /* its transaction */
    gboolean strong[PLX_JOINT_POINTS_MAX]; /* stands out beyond mood; found by the fit */
};

/* Per point; NaN = does not exist. */
enum plx_drive_stat {
    PLX_DRIVE_SHARE,   /* of the variation of the outcome */
    PLX_DRIVE_R,       /* correlation with the outcome */
    PLX_DRIVE_BEYOND,  /* beyond mood */
    PLX_DRIVE_PENALTY, /* low against between, in units of the outcome */
    PLX_DRIVE_REWARD,  /* high against between */
    PLX_DRIVE_TILT,    /* penalty + reward: below 0, low hurts more than high pleases */
    PLX_DRIVE_STATS
};
/* Of all together. */
enum plx_drive_total {
    PLX_DRIVE_R_SQUARED, /* of the outcome by all points */
    PLX_DRIVE_MOOD,      /* share of the points' variation that moves together */
    PLX_DRIVE_MOOD_R,    /* correlation of the outcome with the mood, at most 1 */
    PLX_DRIVE_TOTALS
};

struct plx_drive_number {
    double value;
    double se;
};

typedef struct plx_drive_fit plx_drive_fit;
struct plx_drive_fit {
    guint m;
    gboolean complete;          /* (almost) everybody answered all: nothing was drawn together */
    gboolean exact;             /* shares are LMG */
    double kept_near, kept_far; /* of what pairs share beyond mood */
    double df;                  /* of the errors */
    struct plx_drive_number total[PLX_DRIVE_TOTALS];
    struct plx_drive_number point[PLX_JOINT_POINTS_MAX][PLX_DRIVE_STATS];
    double mood_share[PLX_JOINT_POINTS_MAX]; /* share in a world of mood alone */
};

/* `minimum`: persons behind a low or a high answer. NULL when the outcome does not vary, or the
 * numbers carry no fit. */
plx_drive_fit *plx_drive_fit_new(const plx_joint *joint, const struct plx_drive_scope *scope,
                                 guint minimum, guint n_threads);
void plx_drive_fit_free(plx_drive_fit *fit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_drive_fit, plx_drive_fit_free)

/* value -+ t se; NaN without either. */
struct plx_interval plx_drive_interval(const plx_drive_fit *fit, struct plx_drive_number number,
                                       double level);
