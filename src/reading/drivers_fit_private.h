/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One estimate of the drivers from one set of sums; private to drivers_fit*.c. */

#include "reading/drivers_fit.h"

/* What the points and the outcome have in common, from sums over pairs. */
struct plx_drive_look {
    guint m;
    const double *sums; /* k x k x PLX_JOINT_SUMS */
    guint k;
    const guint *column;
    double *r;       /* m x m correlations */
    double *weight;  /* m x m: rows of the pairs that tell of the mood, else 0 */
    double *rows;    /* m x m */
    double *ry, *ny; /* m: with the outcome, and rows */
    double *loading; /* m; NaN: no mood can be found */
    double *own;     /* m: loading of the outcome found without the point, held to 1 */
    double together; /* the same found with all */
    double mood;     /* share of the points' variation */
    double sd_y;
    GPtrArray *memory;
};

/* FALSE when something does not vary. */
gboolean plx_drive_look_init(struct plx_drive_look *look, const struct plx_drive_scope *scope,
                             guint k, const double *sums);
void plx_drive_look_clear(struct plx_drive_look *look);

const double *plx_drive_pair(const struct plx_drive_look *look, guint a, guint b);

/* How much is kept of what pairs share beyond mood: so that the matrix is one that can be, and no
 * more than noise allows. FALSE: nothing does. */
gboolean plx_drive_keep(const struct plx_drive_look *look, const struct plx_drive_scope *scope,
                        gboolean complete, double *near, double *far);

/* Correlations with what pairs share beyond mood kept in part, outcome last: (m + 1)^2. */
void plx_drive_matrix(const struct plx_drive_look *look, const struct plx_drive_scope *scope,
                      double near, double far, double *matrix);

/* Beyond mood, m numbers. */
void plx_drive_beyond(const struct plx_drive_look *look, const struct plx_drive_scope *scope,
                      double near, double far, double *beyond);

/* Parts of the above: the variance of the first of a pair; a loading, 0 where none was found; how
 * much of what a pair shares beyond mood is kept; the points' own parts, m x m; whether a matrix
 * can be and leaves enough of everything (its Cholesky factor then). */
double plx_drive_variance(const double *pair);
double plx_drive_loading(const struct plx_drive_look *look, guint j);
double plx_drive_kept(const struct plx_drive_look *look, const struct plx_drive_scope *scope,
                      double near, double far, guint i, guint j);
void plx_drive_own_parts(const struct plx_drive_look *look, const struct plx_drive_scope *scope,
                         double near, double far, double *own);
gboolean plx_drive_leaves(double *matrix, guint n);

/* The contrasts of low and high answers (drivers_contrast.c), from the own parts of all points,
 * m x m. */
struct plx_drive_contrasts {
    const struct plx_drive_look *look;
    const struct plx_drive_scope *scope;
    const double *own;
    double near, far;
};
/* How much of what low and high answers of point j share with the other points can be held alike,
 * 0 to 1. */
double plx_drive_alike(const struct plx_drive_contrasts *contrasts, guint j, gboolean low,
                       gboolean high);
/* Of one point: PENALTY, REWARD, TILT of `stat`; contrasts without enough answers are NaN. */
void plx_drive_contrast(const struct plx_drive_contrasts *contrasts, guint j, gboolean low,
                        gboolean high, double alike, double *stat);
