/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/drivers_fit.h"

#include "base/parallel.h"
#include "reading/drivers_fit_private.h"
#include "stats/johnson.h"
#include "stats/lmg.h"

#include <math.h>
#include <string.h>

/* Everybody answered all, as good as: the smallest pair against the rows with an outcome. */
#define COMPLETE_SHARE 0.9
/* Rows per point from which correlations are taken as they are. */
#define COMPLETE_ROWS 10
/* Errors beyond mood from which a point stands out. */
#define STRONG 3

/* All numbers of one estimate: totals, then those of the points. */
static guint numbers_of(guint m)
{
    return PLX_DRIVE_TOTALS + m * PLX_DRIVE_STATS;
}

struct task {
    const plx_joint *joint;
    struct plx_drive_scope *scope;
    gboolean shares;            /* wanted */
    const gboolean *low, *high; /* m: enough of them */
    double *alike;              /* m: of the other points, in the contrasts */
    plx_drive_fit *fit;
    double *numbers; /* (1 + parts) x numbers */
    guint n_threads;
};

static double share_out(const double *matrix, guint m, gboolean exact, double *share)
{
    return exact ? plx_lmg(matrix, m, share) : plx_johnson(matrix, m, share);
}

static struct plx_drive_contrasts contrasts_of(const struct task *task,
                                               const struct plx_drive_look *look, double *own)
{
    const plx_drive_fit *fit = task->fit;
    plx_drive_own_parts(look, task->scope, fit->kept_near, fit->kept_far, own);
    return (struct plx_drive_contrasts){look, task->scope, own, fit->kept_near, fit->kept_far};
}

static void estimate_contrasts(const struct task *task, const struct plx_drive_look *look,
                               double *numbers)
{
    g_autofree double *own = g_new0(double, (gsize)look->m * look->m);
    const struct plx_drive_contrasts contrasts = contrasts_of(task, look, own);
    for (guint j = 0; j < look->m; j++)
        plx_drive_contrast(&contrasts, j, task->low[j], task->high[j], task->alike[j],
                           numbers + PLX_DRIVE_TOTALS + (gsize)j * PLX_DRIVE_STATS);
}

static void estimate(const struct task *task, const struct plx_drive_look *look, double *numbers)
{
    const guint m = look->m;
    const plx_drive_fit *fit = task->fit;
    g_autofree double *matrix = g_new0(double, (gsize)(m + 1) * (m + 1));
    g_autofree double *share = g_new0(double, m + 1);
    g_autofree double *beyond = g_new0(double, m + 1);
    plx_drive_matrix(look, task->scope, fit->kept_near, fit->kept_far, matrix);
    numbers[PLX_DRIVE_R_SQUARED] = task->shares ? share_out(matrix, m, fit->exact, share) : 0;
    numbers[PLX_DRIVE_MOOD] = look->mood;
    numbers[PLX_DRIVE_MOOD_R] = look->together;
    plx_drive_beyond(look, task->scope, fit->kept_near, fit->kept_far, beyond);
    for (guint j = 0; j < m; j++) {
        double *stat = numbers + PLX_DRIVE_TOTALS + (gsize)j * PLX_DRIVE_STATS;
        stat[PLX_DRIVE_SHARE] = task->shares ? share[j] : 0;
        stat[PLX_DRIVE_R] = look->ry[j];
        stat[PLX_DRIVE_BEYOND] = beyond[j];
    }
    if (task->shares)
        estimate_contrasts(task, look, numbers);
}

/* What the shares would be if nothing but mood were at work. */
static void estimate_mood(plx_drive_fit *fit, const struct plx_drive_look *look)
{
    const guint m = look->m;
    g_autofree double *matrix = g_new0(double, (gsize)(m + 1) * (m + 1));
    for (guint i = 0; i <= m; i++)
        for (guint j = 0; j <= m; j++) {
            const double a = i < m ? look->loading[i] : look->together;
            const double b = j < m ? look->loading[j] : look->together;
            matrix[(gsize)i * (m + 1) + j] = i == j ? 1 : a * b;
        }
    for (guint j = 0; j < m; j++)
        fit->mood_share[j] = (double)NAN;
    if (!isnan(look->mood))
        share_out(matrix, m, fit->exact, fit->mood_share);
}

/* One part left out. */
static void leave_out(gsize part, guint thread, gpointer data)
{
    (void)thread;
    const struct task *task = data;
    const guint n = numbers_of(task->scope->m);
    double *numbers = task->numbers + (1 + part) * n;
    const guint k = task->joint->k;
    g_autofree double *sums = g_new0(double, (gsize)k *k *PLX_JOINT_SUMS);
    plx_joint_without(task->joint, (gint)part, sums);
    struct plx_drive_look look;
    for (guint i = 0; i < n; i++)
        numbers[i] = (double)NAN;
    if (plx_drive_look_init(&look, task->scope, k, sums))
        estimate(task, &look, numbers);
    plx_drive_look_clear(&look);
}

/* The jackknife's error of a number (Quenouille 1956, Tukey 1958); NaN when one part has none. */
static struct plx_drive_number settle(const struct task *task, guint i)
{
    const guint n = numbers_of(task->scope->m);
    const double *at = task->numbers + i;
    double mean = 0;
    for (guint g = 1; g <= PLX_JOINT_PARTS; g++)
        mean += at[(gsize)g * n] / PLX_JOINT_PARTS;
    double squares = 0;
    for (guint g = 1; g <= PLX_JOINT_PARTS; g++)
        squares += (at[(gsize)g * n] - mean) * (at[(gsize)g * n] - mean);
    const double se = sqrt(squares * (PLX_JOINT_PARTS - 1) / PLX_JOINT_PARTS);
    return (struct plx_drive_number){at[0], se > 0 ? se : (double)NAN};
}

static gboolean is_complete(const struct plx_drive_look *look)
{
    double least = look->ny[0];
    double most = plx_drive_pair(look, look->m, look->m)[PLX_JOINT_N];
    for (guint i = 0; i < look->m; i++) {
        least = MIN(least, look->ny[i]);
        for (guint j = 0; j < look->m; j++)
            least = MIN(least, look->rows[(gsize)i * look->m + j]);
    }
    return least >= COMPLETE_SHARE * most && least >= (double)COMPLETE_ROWS * look->m;
}

static void find_alike(struct task *task, const struct plx_drive_look *look)
{
    g_autofree double *own = g_new0(double, (gsize)look->m * look->m);
    const struct plx_drive_contrasts contrasts = contrasts_of(task, look, own);
    for (guint j = 0; j < look->m; j++)
        task->alike[j] = plx_drive_alike(&contrasts, j, task->low[j], task->high[j]);
}

static gboolean begin(struct task *task, const struct plx_drive_look *look)
{
    plx_drive_fit *fit = task->fit;
    if (!plx_drive_keep(look, task->scope, fit->complete, &fit->kept_near, &fit->kept_far))
        return FALSE;
    if (task->shares && !isnan(look->mood))
        find_alike(task, look);
    estimate(task, look, task->numbers);
    plx_parallel_for(task->n_threads, PLX_JOINT_PARTS, leave_out, task);
    return TRUE;
}

/* Marks the points that stand out. */
static void find_strong(const struct task *task)
{
    for (guint j = 0; j < task->scope->m; j++) {
        const struct plx_drive_number beyond =
            settle(task, PLX_DRIVE_TOTALS + j * PLX_DRIVE_STATS + PLX_DRIVE_BEYOND);
        task->scope->strong[j] = beyond.value > STRONG * beyond.se;
    }
}

/* First without shares where points that stand out are to be found; then all. */
static gboolean run(struct task *task, const struct plx_drive_look *look)
{
    plx_drive_fit *fit = task->fit;
    fit->complete = is_complete(look);
    fit->exact = fit->m <= PLX_LMG_MAX;
    if (!fit->complete) {
        if (!begin(task, look))
            return FALSE;
        find_strong(task);
    }
    task->shares = TRUE;
    if (!begin(task, look))
        return FALSE;
    estimate_mood(fit, look);
    return TRUE;
}

static void finish(const struct task *task)
{
    plx_drive_fit *fit = task->fit;
    fit->df = PLX_JOINT_PARTS - 1;
    for (guint i = 0; i < PLX_DRIVE_TOTALS; i++)
        fit->total[i] = settle(task, i);
    for (guint j = 0; j < fit->m; j++)
        for (guint s = 0; s < PLX_DRIVE_STATS; s++)
            fit->point[j][s] = settle(task, PLX_DRIVE_TOTALS + j * PLX_DRIVE_STATS + s);
}

plx_drive_fit *plx_drive_fit_new(const plx_joint *joint, const struct plx_drive_scope *scope,
                                 guint minimum, guint n_threads)
{
    g_autoptr(plx_drive_fit) fit = g_new0(plx_drive_fit, 1);
    g_autofree double *sums = g_new0(double, (gsize)joint->k * joint->k * PLX_JOINT_SUMS);
    g_autofree double *numbers =
        g_new0(double, (1 + PLX_JOINT_PARTS) * (gsize)numbers_of(scope->m));
    gboolean low[PLX_JOINT_POINTS_MAX] = {0};
    gboolean high[PLX_JOINT_POINTS_MAX] = {0};
    double alike[PLX_JOINT_POINTS_MAX] = {0};
    for (guint j = 0; j < scope->m; j++) {
        low[j] = joint->low[scope->column[j]] >= minimum;
        high[j] = joint->high[scope->column[j]] >= minimum;
    }
    fit->m = scope->m;
    struct plx_drive_scope own = *scope;
    struct task task = {.joint = joint,
                        .scope = &own,
                        .low = low,
                        .high = high,
                        .alike = alike,
                        .fit = fit,
                        .numbers = numbers,
                        .n_threads = n_threads};
    memset(own.strong, 0, sizeof own.strong);
    plx_joint_without(joint, -1, sums);
    struct plx_drive_look look;
    const gboolean fits = plx_drive_look_init(&look, &own, joint->k, sums) && run(&task, &look);
    plx_drive_look_clear(&look);
    if (!fits)
        return NULL;
    finish(&task);
    return g_steal_pointer(&fit);
}

void plx_drive_fit_free(plx_drive_fit *fit)
{
    g_free(fit);
}

struct plx_interval plx_drive_interval(const plx_drive_fit *fit, struct plx_drive_number number,
                                       double level)
{
    const double half = plx_t_quantile(level, fit->df) * number.se;
    return (struct plx_interval){number.value - half, number.value + half};
}
