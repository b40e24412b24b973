/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Sums of joint answers, for the reading `drivers`; private to it.
 *
 * What anything of the drivers needs of the rows are sums over pairs of columns: rows that answered
 * both. They are kept apart for PLX_JOINT_PARTS parts of the units (persons), drawn by lot, so that
 * leaving out one part after the other (the jackknife) gives intervals that know of repeated
 * answers of one person and of what was not asked. One pass over the rows, O(answers^2) each; then
 * everything is O(parts * columns^2) and the size of the data does not matter.
 * Test: tests/reading/test_drivers.c. */

#include <glib.h>

#define PLX_JOINT_PARTS 64
#define PLX_JOINT_POINTS_MAX 64

/* Of the ordered pair (x, y), over rows that answered both; low and high are zones of x. */
enum plx_joint_sum {
    PLX_JOINT_N,
    PLX_JOINT_X,
    PLX_JOINT_XX,
    PLX_JOINT_XY,
    PLX_JOINT_LOW,
    PLX_JOINT_HIGH,
    PLX_JOINT_LOW_Y,
    PLX_JOINT_HIGH_Y,
    PLX_JOINT_SUMS
};

typedef struct plx_joint plx_joint;
struct plx_joint {
    guint k;             /* columns: the points, then the outcome */
    double *part;        /* parts x k x k x PLX_JOINT_SUMS */
    guint64 *persons;    /* k x k: units that answered both */
    guint64 *low, *high; /* k: units with the outcome and a low (high) answer */
    guint32 *last;       /* k x k, 2 k: the unit counted last, so that none counts twice */
    guint64 rows, units; /* that have the outcome */
    guint32 last_unit;   /* counted last in `units` */
};

/* One column's answer in a row. */
struct plx_joint_answer {
    guint column;
    double value; /* high is good */
    gint zone;    /* -1 low, 0 between, 1 high */
};

plx_joint *plx_joint_new(guint points);
void plx_joint_free(plx_joint *joint);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_joint, plx_joint_free)

/* A row: one answer per column at most. `unit` counts from 0; rows of a unit come together. */
void plx_joint_add(plx_joint *joint, guint part, guint32 unit,
                   const struct plx_joint_answer *answers, guint n);

/* The parts of n units, by lot. */
void plx_joint_draw(guint n_units, guint64 seed, guint8 *part);

/* All sums but those of one part (-1: all sums): k x k x PLX_JOINT_SUMS. */
void plx_joint_without(const plx_joint *joint, gint part, double *sums);

/* Persons of a pair of columns. */
guint64 plx_joint_persons(const plx_joint *joint, guint a, guint b);
