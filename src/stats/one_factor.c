/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/one_factor.h"

#include <math.h>

#define ROUNDS 5000
#define SETTLED 1e-12

static double weight_of(const double *weight, guint p, guint i, guint j)
{
    return i == j ? 0 : weight[(gsize)i * p + j];
}

/* A first guess: the root of a column's mean correlation, of the sign of the sum. */
static guint begin(const double *r, const double *weight, guint p, double *loading)
{
    guint linked = 0;
    for (guint i = 0; i < p; i++) {
        double sum = 0;
        double total = 0;
        for (guint j = 0; j < p; j++) {
            const double w = weight_of(weight, p, i, j);
            if (w > 0) {
                sum += w * r[(gsize)i * p + j];
                total += w;
            }
        }
        loading[i] = (double)NAN;
        if (total > 0) {
            loading[i] = copysign(sqrt(MAX(fabs(sum / total), 0.01)), sum);
            linked++;
        }
    }
    return linked;
}

/* One column against all others, in turn; returns the largest change. */
static double refine(const double *r, const double *weight, guint p, double *loading)
{
    double change = 0;
    for (guint i = 0; i < p; i++) {
        if (isnan(loading[i]))
            continue;
        double above = 0;
        double below = 0;
        for (guint j = 0; j < p; j++) {
            const double w = weight_of(weight, p, i, j);
            if (w > 0) {
                above += w * r[(gsize)i * p + j] * loading[j];
                below += w * loading[j] * loading[j];
            }
        }
        const double value =
            below > 0 ? CLAMP(above / below, -PLX_LOADING_MAX, PLX_LOADING_MAX) : 0;
        change = MAX(change, fabs(value - loading[i]));
        loading[i] = value;
    }
    return change;
}

static void face_up(double *loading, guint p)
{
    double sum = 0;
    for (guint i = 0; i < p; i++)
        sum += isnan(loading[i]) ? 0 : loading[i];
    for (guint i = 0; sum < 0 && i < p; i++)
        loading[i] = -loading[i];
}

gboolean plx_one_factor(const double *r, const double *weight, guint p, double *loading)
{
    const gboolean enough = begin(r, weight, p, loading) >= 3;
    double change = 1;
    for (guint round = 0; enough && round < ROUNDS && change > SETTLED; round++)
        change = refine(r, weight, p, loading);
    if (!enough || !(change <= SETTLED)) {
        for (guint i = 0; i < p; i++)
            loading[i] = (double)NAN;
        return FALSE;
    }
    face_up(loading, p);
    return TRUE;
}

double plx_factor_loading(const double *r, const double *weight, const double *loading, guint p,
                          gint without)
{
    double above = 0;
    double below = 0;
    for (guint j = 0; j < p; j++)
        if ((gint)j != without && weight[j] > 0 && !isnan(loading[j])) {
            above += weight[j] * r[j] * loading[j];
            below += weight[j] * loading[j] * loading[j];
        }
    return below > 0 ? above / below : (double)NAN;
}
