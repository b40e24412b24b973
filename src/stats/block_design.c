/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/block_design_private.h"

#include <string.h>

static plx_block_design *new_design(guint v, guint k, guint b)
{
    plx_block_design *const design = g_new0(plx_block_design, 1);
    design->v = v;
    design->k = k;
    design->b = b;
    design->r = b * k / v;
    design->points = g_new0(guint8, (gsize)b * k);
    return design;
}

void plx_block_design_free(plx_block_design *design)
{
    if (!design)
        return;
    g_free(design->points);
    g_free(design);
}

/* Rows are short. */
static void sort_rows(plx_block_design *design)
{
    for (guint i = 0; i < design->b; i++) {
        guint8 *const row = design->points + (gsize)i * design->k;
        for (guint place = 1; place < design->k; place++) {
            const guint8 x = row[place];
            guint at = place;
            for (; at > 0 && row[at - 1] > x; at--)
                row[at] = row[at - 1];
            row[at] = x;
        }
    }
}

/* Affine planes ----------------------------------------------------------------------------- */

static gboolean is_prime(guint n)
{
    for (guint d = 2; d * d <= n; d++)
        if (n % d == 0)
            return FALSE;
    return n > 1;
}

/* The lines of the plane over the field of a prime k: y = m x + c, and x = c. */
static plx_block_design *affine_plane(guint k)
{
    plx_block_design *const design = new_design(k * k, k, k * k + k);
    guint8 *row = design->points;
    for (guint m = 0; m <= k; m++)
        for (guint c = 0; c < k; c++, row += k)
            for (guint i = 0; i < k; i++)
                row[i] = (guint8)(m < k ? i * k + (m * i + c) % k : c * k + i);
    design->pairs_min = design->pairs_max = 1;
    sort_rows(design);
    return design;
}

/* Cyclic designs ---------------------------------------------------------------------------- */

static gboolean read_known(guint v, guint k, struct plx_bases *bases)
{
    guint n;
    const guint8 *const points = plx_bases_known(v, k, &n);
    if (!points)
        return FALSE;
    plx_bases_init(bases, v, k, n);
    for (guint i = 0; i < n * k; i++)
        plx_bases_put(bases, i / k, i % k, points[i]);
    return TRUE;
}

/* All shifts of the base blocks, modulo v. */
static plx_block_design *develop(const struct plx_bases *bases)
{
    const guint v = bases->v, k = bases->k;
    plx_block_design *const design = new_design(v, k, bases->n * v);
    guint8 *row = design->points;
    for (guint block = 0; block < bases->n; block++)
        for (guint shift = 0; shift < v; shift++, row += k)
            for (guint place = 0; place < k; place++)
                row[place] = (guint8)((bases->point[block][place] + shift) % v);
    plx_bases_spread(bases, &design->pairs_min, &design->pairs_max);
    sort_rows(design);
    return design;
}

plx_block_design *plx_block_design_new(guint v, guint k)
{
    g_assert(v >= 2 && v <= PLX_BLOCK_DESIGN_POINTS_MAX && k >= 2 && k <= v);
    if (k == v) {
        plx_block_design *const design = new_design(v, k, 1);
        for (guint i = 0; i < v; i++)
            design->points[i] = (guint8)i;
        design->pairs_min = design->pairs_max = 1;
        return design;
    }
    if (v == k * k && is_prime(k))
        return affine_plane(k);
    struct plx_bases bases;
    if (!read_known(v, k, &bases))
        plx_bases_search(v, k, &bases);
    return develop(&bases);
}
