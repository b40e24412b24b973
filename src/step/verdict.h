/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Did the step work? One rule, fixed before anybody looks (docs/methods/steps.md).
 *
 * The place is the unit. What is compared is the mean level after the step began with that of the
 * window before, place by place: the treated places' change less the comparison places'
 * (stats/place_change.h). A place counts when it has PLX_STEP_ANSWERS answers on both sides.
 *
 * `up`: the interval lies above 0; `down`: below. Else `too early` while looks are to come, and
 * `not shown` at the last. Each look spends its part of the error, so the interval at a look holds
 * at 1 - part, and all looks together at 95 % (stats/spending.h).
 *
 * It proves something only with PLX_STEP_PLACES_MIN treated and as many comparison places, when it
 * was registered before it began, and from a baseline that was collected after it was chosen: a
 * point chosen because it was worst rises by itself (Galton 1886). Otherwise `up` becomes `looks
 * up`, and `down` is not said. Without comparison places, or with one place on a side, it is before
 * against after: Welch's t over all answers of the treated places.
 *
 * Calibration: docs/calibration.md (bench/calibrate steps). Test: tests/step/test_verdict.c. */

#include "stats/distribution.h"
#include "stats/place_change.h"
#include "step/step.h"

enum { PLX_STEP_ANSWERS = 5 };

enum plx_step_verdict {
    PLX_STEP_TOO_EARLY,
    PLX_STEP_UP,
    PLX_STEP_DOWN,
    PLX_STEP_NOT_SHOWN,
    PLX_STEP_LOOKS_UP
};
/* "too_early", "up", "down", "not_shown", "looks_up". */
const char *plx_step_verdict_code(enum plx_step_verdict verdict);

/* Why it cannot prove anything: any of these. */
enum plx_step_weakness {
    PLX_STEP_WEAK_LATE = 1 << 0,       /* registered after it began */
    PLX_STEP_WEAK_STALE = 1 << 1,      /* the baseline is from before the choice */
    PLX_STEP_WEAK_FEW_PLACES = 1 << 2, /* too few treated or comparison places with answers */
};

/* Answers to the point at one place, before and after; borrowed. */
struct plx_step_place {
    gboolean treated;
    struct plx_distribution before;
    struct plx_distribution after;
};

/* What was registered, as far as the rule needs it. */
struct plx_step_rule {
    double part;    /* of the error that this look may spend */
    gboolean last;  /* no look follows */
    guint weakness; /* LATE and STALE; FEW_PLACES is found */
    guint64 seed;   /* of the permutation of places */
    gboolean plain; /* without it, for those who ask thousands of times: p_permuted is NaN */
};

enum plx_step_design {
    PLX_STEP_NO_DESIGN,      /* nothing to compare yet */
    PLX_STEP_BEFORE_AFTER,   /* answers of the treated places */
    PLX_STEP_PLACES_COMPARED /* places with places */
};

struct plx_step_decision {
    enum plx_step_verdict verdict;
    guint weakness;
    enum plx_step_design design;
    guint treated, comparison;      /* places that count */
    struct plx_place_change change; /* of PLACES_COMPARED; else `estimate`, `se`, `df`, `p`, `ci` */
};

struct plx_step_decision plx_step_decide(const struct plx_step_place *places, guint n_places,
                                         const struct plx_step_rule *rule);
