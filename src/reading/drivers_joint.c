/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/drivers_joint.h"

#include "stats/random.h"

#include <string.h>

plx_joint *plx_joint_new(guint points)
{
    const guint k = points + 1;
    const gsize square = (gsize)k * k;
    plx_joint *joint = g_new0(plx_joint, 1);
    joint->k = k;
    joint->part = g_new0(double, PLX_JOINT_PARTS *square *PLX_JOINT_SUMS);
    joint->persons = g_new0(guint64, square);
    joint->low = g_new0(guint64, k);
    joint->high = g_new0(guint64, k);
    joint->last = g_new0(guint32, square + 2 * (gsize)k);
    memset(joint->last, 0xff, (square + 2 * (gsize)k) * sizeof *joint->last);
    joint->last_unit = G_MAXUINT32;
    return joint;
}

void plx_joint_free(plx_joint *joint)
{
    if (!joint)
        return;
    g_free(joint->part);
    g_free(joint->persons);
    g_free(joint->low);
    g_free(joint->high);
    g_free(joint->last);
    g_free(joint);
}

static void count_once(guint32 *last, guint32 unit, guint64 *count)
{
    if (*last != unit) {
        *last = unit;
        (*count)++;
    }
}

static void add_pair(double *sum, const struct plx_joint_answer *a,
                     const struct plx_joint_answer *b)
{
    sum[PLX_JOINT_N] += 1;
    sum[PLX_JOINT_X] += a->value;
    sum[PLX_JOINT_XX] += a->value * a->value;
    sum[PLX_JOINT_XY] += a->value * b->value;
    if (a->zone < 0) {
        sum[PLX_JOINT_LOW] += 1;
        sum[PLX_JOINT_LOW_Y] += b->value;
    } else if (a->zone > 0) {
        sum[PLX_JOINT_HIGH] += 1;
        sum[PLX_JOINT_HIGH_Y] += b->value;
    }
}

static void count_zones(plx_joint *joint, guint32 unit, const struct plx_joint_answer *a)
{
    guint32 *last = joint->last + (gsize)joint->k * joint->k;
    if (a->zone < 0)
        count_once(&last[a->column], unit, &joint->low[a->column]);
    if (a->zone > 0)
        count_once(&last[joint->k + a->column], unit, &joint->high[a->column]);
}

void plx_joint_add(plx_joint *joint, guint part, guint32 unit,
                   const struct plx_joint_answer *answers, guint n)
{
    const guint k = joint->k;
    double *sums = joint->part + (gsize)part * k * k * PLX_JOINT_SUMS;
    gboolean rated = FALSE;
    for (guint i = 0; i < n; i++) {
        rated = rated || answers[i].column == k - 1;
        for (guint j = 0; j < n; j++) {
            const gsize at = (gsize)answers[i].column * k + answers[j].column;
            add_pair(sums + at * PLX_JOINT_SUMS, &answers[i], &answers[j]);
            count_once(&joint->last[at], unit, &joint->persons[at]);
        }
    }
    for (guint i = 0; rated && i < n; i++)
        count_zones(joint, unit, &answers[i]);
    if (rated) {
        joint->rows++;
        count_once(&joint->last_unit, unit, &joint->units);
    }
}

void plx_joint_draw(guint n_units, guint64 seed, guint8 *part)
{
    g_autofree guint *order = g_new0(guint, n_units + 1);
    for (guint i = 0; i < n_units; i++)
        order[i] = i;
    struct plx_random random;
    plx_random_seed(&random, seed);
    plx_random_shuffle(&random, order, n_units);
    for (guint i = 0; i < n_units; i++)
        part[order[i]] = (guint8)(i % PLX_JOINT_PARTS);
}

void plx_joint_without(const plx_joint *joint, gint part, double *sums)
{
    const gsize n = (gsize)joint->k * joint->k * PLX_JOINT_SUMS;
    memset(sums, 0, n * sizeof *sums);
    for (gint g = 0; g < PLX_JOINT_PARTS; g++)
        for (gsize i = 0; g != part && i < n; i++)
            sums[i] += joint->part[(gsize)g * n + i];
}

guint64 plx_joint_persons(const plx_joint *joint, guint a, guint b)
{
    return joint->persons[(gsize)a * joint->k + b];
}
