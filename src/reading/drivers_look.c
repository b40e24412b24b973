/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/number.h"
#include "reading/drivers_fit_private.h"
#include "stats/cholesky.h"
#include "stats/one_factor.h"

#include <math.h>
#include <string.h>

/* Pairs between so many transactions tell of the mood; with fewer all pairs do. */
#define SECTIONS 3
/* What must be left of the outcome, and of a point, when all else is known. */
#define LEFT 0.02
#define TRIES 24
/* Rows at which half of what a pair with a strong point shares is kept. */
#define STRONG_ROWS 100

const double *plx_drive_pair(const struct plx_drive_look *look, guint a, guint b)
{
    const guint i = a < look->m ? look->column[a] : look->k - 1;
    const guint j = b < look->m ? look->column[b] : look->k - 1;
    return look->sums + ((gsize)i * look->k + j) * PLX_JOINT_SUMS;
}

double plx_drive_variance(const double *pair)
{
    const double mean = pair[PLX_JOINT_X] / pair[PLX_JOINT_N];
    const double value = pair[PLX_JOINT_XX] / pair[PLX_JOINT_N] - mean * mean;
    return value > 1e-12 * (1 + mean * mean) ? value : 0;
}

/* Over the rows that answered both; NaN where one of them does not vary there. */
static double correlation(const struct plx_drive_look *look, guint a, guint b)
{
    const double *ab = plx_drive_pair(look, a, b);
    const double *ba = plx_drive_pair(look, b, a);
    const double n = ab[PLX_JOINT_N];
    if (!(n >= 3))
        return (double)NAN;
    const double both = plx_drive_variance(ab) * plx_drive_variance(ba);
    const double product = ab[PLX_JOINT_XY] / n - ab[PLX_JOINT_X] / n * (ba[PLX_JOINT_X] / n);
    return both > 0 ? CLAMP(product / sqrt(both), -1, 1) : (double)NAN;
}

static double *keep(struct plx_drive_look *look, gsize n)
{
    double *block = g_new0(double, n + 1);
    g_ptr_array_add(look->memory, block);
    return block;
}

static guint count_sections(const struct plx_drive_scope *scope)
{
    guint n = 0;
    for (guint i = 0; i < scope->m; i++) {
        gboolean seen = FALSE;
        for (guint j = 0; j < i; j++)
            seen = seen || scope->section[j] == scope->section[i];
        n += !seen;
    }
    return n;
}

/* Each point's loading, and the outcome's: without the point, so that one strong driver is not
 * taken for mood at itself. */
static void find_mood(struct plx_drive_look *look)
{
    const guint m = look->m;
    look->mood = look->together = (double)NAN;
    if (!plx_one_factor(look->r, look->weight, m, look->loading))
        return;
    double sum = 0;
    for (guint j = 0; j < m; j++) {
        sum += look->loading[j] * look->loading[j];
        look->own[j] =
            CLAMP(plx_factor_loading(look->ry, look->ny, look->loading, m, (gint)j), -1, 1);
    }
    look->mood = sum / m;
    look->together = CLAMP(plx_factor_loading(look->ry, look->ny, look->loading, m, -1), -1, 1);
}

static gboolean fill_pairs(struct plx_drive_look *look, const struct plx_drive_scope *scope)
{
    const guint m = look->m;
    const gboolean apart = count_sections(scope) >= SECTIONS;
    gboolean varies = TRUE;
    for (guint i = 0; i < m; i++) {
        for (guint j = 0; j < m; j++) {
            const gsize at = (gsize)i * m + j;
            look->r[at] = i == j ? 1 : correlation(look, i, j);
            look->rows[at] = plx_drive_pair(look, i, j)[PLX_JOINT_N];
            varies = varies && !isnan(look->r[at]);
            if (i != j && (!apart || scope->section[i] != scope->section[j]))
                look->weight[at] = look->rows[at];
        }
        look->ry[i] = correlation(look, i, m);
        look->ny[i] = plx_drive_pair(look, i, m)[PLX_JOINT_N];
        varies = varies && !isnan(look->ry[i]);
    }
    return varies;
}

gboolean plx_drive_look_init(struct plx_drive_look *look, const struct plx_drive_scope *scope,
                             guint k, const double *sums)
{
    const guint m = scope->m;
    *look = (struct plx_drive_look){.m = m, .sums = sums, .k = k, .column = scope->column};
    look->memory = g_ptr_array_new_with_free_func(g_free);
    look->r = keep(look, (gsize)m * m);
    look->weight = keep(look, (gsize)m * m);
    look->rows = keep(look, (gsize)m * m);
    look->ry = keep(look, m);
    look->ny = keep(look, m);
    look->loading = keep(look, m);
    look->own = keep(look, m);
    look->sd_y = sqrt(plx_drive_variance(plx_drive_pair(look, m, m)));
    if (!(look->sd_y > 0) || !fill_pairs(look, scope))
        return FALSE;
    find_mood(look);
    return TRUE;
}

void plx_drive_look_clear(struct plx_drive_look *look)
{
    g_clear_pointer(&look->memory, g_ptr_array_unref);
}

double plx_drive_loading(const struct plx_drive_look *look, guint j)
{
    return isnan(look->loading[j]) ? 0 : look->loading[j];
}

/* With a point that stands out more is kept, so that no other is named in its stead. */
double plx_drive_kept(const struct plx_drive_look *look, const struct plx_drive_scope *scope,
                      double near, double far, guint i, guint j)
{
    const double kept = scope->section[i] == scope->section[j] ? near : far;
    if (!scope->strong[i] && !scope->strong[j])
        return kept;
    const double n = look->rows[(gsize)i * look->m + j];
    return MAX(kept, n / (n + STRONG_ROWS));
}

/* What points i and j share beyond mood, as far as it is kept. */
static double shared(const struct plx_drive_look *look, const struct plx_drive_scope *scope,
                     double near, double far, guint i, guint j)
{
    const double rest =
        look->r[(gsize)i * look->m + j] - plx_drive_loading(look, i) * plx_drive_loading(look, j);
    return plx_drive_kept(look, scope, near, far, i, j) * rest;
}

void plx_drive_matrix(const struct plx_drive_look *look, const struct plx_drive_scope *scope,
                      double near, double far, double *matrix)
{
    const guint m = look->m;
    const guint k = m + 1;
    for (guint i = 0; i < m; i++) {
        for (guint j = 0; j < m; j++)
            matrix[(gsize)i * k + j] =
                i == j ? 1
                       : plx_drive_loading(look, i) * plx_drive_loading(look, j) +
                             shared(look, scope, near, far, i, j);
        matrix[(gsize)i * k + m] = matrix[(gsize)m * k + i] = look->ry[i];
    }
    matrix[(gsize)m * k + m] = 1;
}

void plx_drive_own_parts(const struct plx_drive_look *look, const struct plx_drive_scope *scope,
                         double near, double far, double *own)
{
    const guint m = look->m;
    for (guint i = 0; i < m; i++)
        for (guint j = 0; j < m; j++)
            own[(gsize)i * m + j] =
                i == j ? 1 - plx_drive_loading(look, i) * plx_drive_loading(look, i)
                       : shared(look, scope, near, far, i, j);
}

gboolean plx_drive_leaves(double *matrix, guint n)
{
    if (!plx_cholesky(matrix, n))
        return FALSE;
    for (guint i = 0; i < n; i++) {
        const double pivot = matrix[(gsize)i * n + i];
        if (!(pivot * pivot > LEFT))
            return FALSE;
    }
    return TRUE;
}

static gboolean can_be(const struct plx_drive_look *look, const struct plx_drive_scope *scope,
                       double near, double far)
{
    const guint m = look->m;
    g_autofree double *matrix = g_new0(double, (gsize)(m + 1) * (m + 1));
    g_autofree double *own = g_new0(double, (gsize)m *m);
    plx_drive_matrix(look, scope, near, far, matrix);
    plx_drive_own_parts(look, scope, near, far, own);
    return plx_drive_leaves(matrix, m + 1) && plx_drive_leaves(own, m);
}

/* The share of what the pairs have beyond mood that is more than noise: 1 - sum of variances / sum
 * of squares (Schaefer and Strimmer). */
static double told(const struct plx_drive_look *look, const struct plx_drive_scope *scope,
                   gboolean near)
{
    double noise = 0;
    double squares = 0;
    for (guint i = 0; i < look->m; i++)
        for (guint j = 0; j < i; j++) {
            const double r = look->r[(gsize)i * look->m + j];
            const double n = look->rows[(gsize)i * look->m + j];
            if ((scope->section[i] == scope->section[j]) != near)
                continue;
            const double rest = shared(look, scope, 1, 1, i, j);
            noise += (1 - r * r) * (1 - r * r) / (n - 1);
            squares += rest * rest;
        }
    return squares > noise ? 1 - noise / squares : 0;
}

gboolean plx_drive_keep(const struct plx_drive_look *look, const struct plx_drive_scope *scope,
                        gboolean complete, double *near, double *far)
{
    double a = complete || isnan(look->mood) ? 1 : told(look, scope, TRUE);
    double b = complete || isnan(look->mood) ? 1 : told(look, scope, FALSE);
    for (guint try = 0; try <= TRIES; try++) {
        if (try == TRIES)
            a = b = 0;
        if (can_be(look, scope, a, b)) {
            *near = a;
            *far = b;
            return TRUE;
        }
        a *= 0.85;
        b *= 0.85;
    }
    return FALSE;
}

void plx_drive_beyond(const struct plx_drive_look *look, const struct plx_drive_scope *scope,
                      double near, double far, double *beyond)
{
    const guint m = look->m;
    g_autofree double *own = g_new0(double, (gsize)m *m);
    plx_drive_own_parts(look, scope, near, far, own);
    const gboolean solved = !isnan(look->mood) && plx_cholesky(own, m);
    for (guint j = 0; j < m; j++)
        beyond[j] = solved ? look->ry[j] - look->loading[j] * look->own[j] : (double)NAN;
    if (solved)
        plx_cholesky_solve(own, m, beyond);
}
