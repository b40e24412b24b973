/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Whole documents: what `parallax gaps` says of simulated files, against what is true of them.
 *
 * Each file of a crowd is read by ingest/, counted by voice/ and judged by reading/, as the
 * program does it; what is looked at is the released document. bench/calibrate prints these
 * numbers for docs/calibration.md; tests/reading/test_calibration.c runs a small part. */

#include "bench/calibration_crowd.h"

/* The intervals that are watched; all at 95 %. */
enum plx_watched {
    PLX_WATCH_MEAN,        /* voice: mean_ci */
    PLX_WATCH_FLOOR,       /* voice: floor_ci */
    PLX_WATCH_MET,         /* voice: met_ci */
    PLX_WATCH_DESIRED,     /* voice: desired_ci */
    PLX_WATCH_GAP,         /* gap: ci */
    PLX_WATCH_SUPERIORITY, /* gap: superiority_ci */
    PLX_WATCH_BELIEF,      /* belief: ci */
    PLX_WATCH_HEADLINE,    /* headline: about_ci; holds for all points at once */
    PLX_WATCHED
};

/* Averages over points and sides. Of shares and beliefs only those where at least five persons who
 * do and five who do not are expected; `rest` is the average over the others. NaN: there are none.
 */
struct plx_watch {
    double coverage;
    double error;  /* Monte Carlo standard error of `coverage`, over documents */
    double lowest; /* the worst point's and side's */
    guint lowest_point, lowest_side;
    double rest, rest_error;
    double width; /* mean, over all */
};

/* What is decided. A decision is wrong when the truth is not on its side of the margin. */
struct plx_decisions {
    double seen;          /* per document */
    double decided;       /* of all */
    double non_covering;  /* of the decided: the interval it was decided by misses the truth; mean
                             over documents, documents without a decision count 0 */
    double error;         /* Monte Carlo standard error of `non_covering` */
    double wrong;         /* of all */
    double worst;         /* of all, at the one point and pair where it is most often wrong */
    double wrong_decided; /* of the decided */
};

struct plx_calibrated {
    struct plx_watch watch[PLX_WATCHED];
    struct plx_decisions gaps, beliefs;
    double words_off; /* of rightly decided gaps with customers, where no true share at Desired is
                         within 0.1 of a half: the verdict is not the one that the truth has */
};

/* Reads `runs` files of n persons a side. The result depends on the seed, not on the threads. */
void plx_calibrate_documents(const struct plx_crowd *crowd, guint n, guint runs, guint64 seed,
                             guint threads, struct plx_calibrated *result);

/* The promises of quality (docs/calibration.md) that do not hold, one per line, within two Monte
 * Carlo standard errors; NULL when all hold. To be freed. */
char *plx_calibrated_broken(const struct plx_calibrated *result, guint n);
