/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Two groups, or two periods, in any reading: what differs, and how surely.
 *
 * Both sides are released documents; nothing is computed from what they hide. A difference is
 * b - a. Its interval is made from the two intervals (MOVER, Zou and Donner 2008), which treats the
 * two sides as different people: where the same people stand on both, it is wider than it need be.
 * All differences looked at are one family: intervals are adjusted so that of those decided at most
 * 5 % miss (false coverage rate, Benjamini and Yekutieli 2005), by widening each side's interval in
 * the ratio of the normal quantiles. A difference is decided when its adjusted interval lies wholly
 * beyond the margin (without one: beyond 0), the two are alike when it lies wholly inside; beyond 0
 * but not beyond the margin, the direction is certain and the size open.
 * Test: tests/reading/test_compare.c. */

#include "reading/figure.h"

enum plx_compared_verdict {
    PLX_COMPARED_NONE, /* on one side only, or hidden there */
    PLX_COMPARED_BETTER,
    PLX_COMPARED_WORSE,
    PLX_COMPARED_MORE, /* where more is neither better nor worse */
    PLX_COMPARED_LESS,
    /* Wholly beyond 0, but not beyond the margin: different for certain, how much is open. In the
     * order of the four above. */
    PLX_COMPARED_BETTER_OPEN,
    PLX_COMPARED_WORSE_OPEN,
    PLX_COMPARED_MORE_OPEN,
    PLX_COMPARED_LESS_OPEN,
    PLX_COMPARED_ALIKE,
    PLX_COMPARED_NOT_ENOUGH_YET
};
/* "better", "better_size_open" ...; NULL for NONE. */
const char *plx_compared_code(enum plx_compared_verdict verdict);

struct plx_compared {
    struct plx_figure a, b; /* value NaN on the side that has none */
    double difference;      /* b - a */
    struct plx_interval ci, ci_adjusted;
    enum plx_compared_verdict verdict;
    gboolean same_people;    /* shown together for the same places on both sides: no difference */
    gboolean only_a, only_b; /* the other side has no such figure */
};

/* The sides as they are called: "place=Graz", "2026-01..2026-03", a file. Then what tells whether
 * the same answers may stand on both. */
struct plx_compare_side {
    const char *label;
    const GArray *figures;     /* struct plx_figure */
    const char *source;        /* NULL: not known, unlike any other */
    const char *since, *until; /* of its own period, ISO dates; NULL: all, as on the other side */
    const char *const *tests;  /* those of the side alone, NULL at the end; or NULL: none */
};

/* A side as it was asked for. */
struct plx_compare_sided {
    char *label, *since, *until, **tests; /* as above; NULL where there is none */
};

typedef struct plx_compare plx_compare;
struct plx_compare {
    char *reading; /* "gaps" */
    struct plx_compare_sided a, b;
    char *overlap_since, *overlap_until; /* days whose answers stand on both sides, or NULL */
    guint n;
    struct plx_compared *compared; /* in the order of a, then those only b has; texts borrowed */
    guint family_size;
    double adjusted_level;
};

/* The figures' texts must outlive it. */
plx_compare *plx_compare_new(const char *reading, const struct plx_compare_side *a,
                             const struct plx_compare_side *b);
void plx_compare_free(plx_compare *compare);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_compare, plx_compare_free)
