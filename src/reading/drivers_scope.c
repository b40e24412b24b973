/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/drivers_scope.h"

#include <math.h>
#include <stdlib.h>

/* Correlation from which two points are one. */
#define TWIN 0.985

struct sums {
    double n, x, xx, xy;
};

static struct sums add_up(const plx_joint *joint, guint a, guint b)
{
    struct sums s = {0};
    const gsize at = ((gsize)a * joint->k + b) * PLX_JOINT_SUMS;
    for (guint part = 0; part < PLX_JOINT_PARTS; part++) {
        const double *sum = joint->part + (gsize)part * joint->k * joint->k * PLX_JOINT_SUMS + at;
        s.n += sum[PLX_JOINT_N];
        s.x += sum[PLX_JOINT_X];
        s.xx += sum[PLX_JOINT_XX];
        s.xy += sum[PLX_JOINT_XY];
    }
    return s;
}

static double squares(struct sums s)
{
    const double value = s.xx - s.x * s.x / s.n;
    return value > 1e-9 * (1 + s.xx) ? value : 0;
}

/* NaN where one of them does not vary over the rows that answered both. */
static double correlation(const plx_joint *joint, guint a, guint b)
{
    const struct sums ab = add_up(joint, a, b);
    const struct sums ba = add_up(joint, b, a);
    const double size = squares(ab) * squares(ba);
    return size > 0 ? (ab.xy - ab.x * ba.x / ab.n) / sqrt(size) : (double)NAN;
}

static gboolean is_in(const struct plx_drive_choice *choice, const gboolean *member, guint column)
{
    return member[column] && choice->state[column] == PLX_DRIVER_SHOWN;
}

/* Points with the whole: enough people, and both vary among them. */
static void screen(const plx_joint *joint, const gboolean *member, guint64 least,
                   struct plx_drive_choice *choice)
{
    const guint y = joint->k - 1;
    for (guint j = 0; j < y; j++) {
        choice->state[j] = PLX_DRIVER_SHOWN;
        choice->twin[j] = -1;
        if (!member[j])
            continue;
        if (plx_joint_persons(joint, j, y) < least)
            choice->state[j] = PLX_DRIVER_FEW;
        else if (isnan(correlation(joint, j, y)))
            choice->state[j] = PLX_DRIVER_FLAT;
        else
            choice->candidates++;
    }
}

/* How many partners a column has hardly been answered with. */
static guint lacking(const plx_joint *joint, const gboolean *member, guint64 least,
                     const struct plx_drive_choice *choice, guint column)
{
    guint n = 0;
    for (guint i = 0; i < joint->k - 1; i++)
        if (i != column && is_in(choice, member, i))
            n +=
                plx_joint_persons(joint, column, i) < least || isnan(correlation(joint, column, i));
    return n;
}

static void thin_out(const plx_joint *joint, const gboolean *member, guint64 least,
                     struct plx_drive_choice *choice)
{
    const guint y = joint->k - 1;
    for (;;) {
        gint worst = -1;
        guint most = 0;
        for (guint j = 0; j < y; j++) {
            if (!is_in(choice, member, j))
                continue;
            const guint n = lacking(joint, member, least, choice, j);
            if (n > most ||
                (n > 0 && n == most && worst >= 0 &&
                 plx_joint_persons(joint, j, y) < plx_joint_persons(joint, (guint)worst, y))) {
                worst = (gint)j;
                most = n;
            }
        }
        if (worst < 0)
            return;
        choice->state[worst] = PLX_DRIVER_FEW;
    }
}

static void find_twins(const plx_joint *joint, const gboolean *member,
                       struct plx_drive_choice *choice)
{
    for (guint j = 0; j < joint->k - 1; j++)
        for (guint i = 0; i < j && is_in(choice, member, j); i++)
            if (is_in(choice, member, i) && fabs(correlation(joint, i, j)) > TWIN) {
                choice->state[j] = PLX_DRIVER_TWIN;
                choice->twin[j] = (gint)i;
            }
}

static int compare_counts(gconstpointer a, gconstpointer b)
{
    const guint64 *x = a;
    const guint64 *y = b;
    return (*x > *y) - (*x < *y);
}

static void cover(const plx_joint *joint, struct plx_drive_choice *choice)
{
    const struct plx_drive_scope *scope = &choice->scope;
    g_autofree guint64 *pairs = g_new0(guint64, (gsize)scope->m * scope->m + 1);
    guint n = 0;
    for (guint i = 0; i < scope->m; i++)
        for (guint j = 0; j < i; j++)
            pairs[n++] = plx_joint_persons(joint, scope->column[i], scope->column[j]);
    qsort(pairs, n, sizeof *pairs, compare_counts);
    choice->pairs_least = n ? pairs[0] : 0;
    choice->pairs_median = n ? (pairs[(n - 1) / 2] + pairs[n / 2]) / 2 : 0;
}

void plx_drive_choose(const plx_joint *joint, const gboolean *member, const guint *section,
                      guint64 least, struct plx_drive_choice *choice)
{
    *choice = (struct plx_drive_choice){0};
    screen(joint, member, least, choice);
    thin_out(joint, member, least, choice);
    find_twins(joint, member, choice);
    for (guint j = 0; j < joint->k - 1; j++)
        if (is_in(choice, member, j)) {
            choice->scope.column[choice->scope.m] = j;
            choice->scope.section[choice->scope.m++] = section[j];
        }
    cover(joint, choice);
}

guint64 plx_drive_least(const plx_joint *joint, const struct plx_drive_scope *scope, guint column)
{
    guint64 least = G_MAXUINT64;
    for (guint i = 0; i < scope->m; i++)
        if (scope->column[i] != column)
            least = MIN(least, plx_joint_persons(joint, column, scope->column[i]));
    return least == G_MAXUINT64 ? 0 : least;
}
