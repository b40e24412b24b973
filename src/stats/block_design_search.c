/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Base blocks whose differences are as even as a search by steps can make them. */
#include "stats/block_design_private.h"

#include <string.h>

/* Ways to begin a search. */
#define STARTS 6

void plx_bases_init(struct plx_bases *bases, guint v, guint k, guint n)
{
    *bases = (struct plx_bases){.v = v, .k = k, .n = n};
    memset(bases->point, G_MAXUINT8, sizeof bases->point);
}

static void add_point(struct plx_bases *bases, guint block, guint place, guint x, gint by)
{
    for (guint i = 0; i < bases->k; i++) {
        const guint y = bases->point[block][i];
        if (i == place || y == x || y == G_MAXUINT8)
            continue;
        const guint d = x > y ? x - y : y - x;
        bases->count[d] = (guint16)(bases->count[d] + by);
        bases->count[bases->v - d] = (guint16)(bases->count[bases->v - d] + by);
    }
}

static gboolean has(const struct plx_bases *bases, guint block, guint x)
{
    return memchr(bases->point[block], (int)x, bases->k) != NULL;
}

/* By how much the sum of squares of the counts grows with x in this place; G_MAXUINT when it is in
 * the block already. Its differences may be alike. */
static guint cost_of(struct plx_bases *bases, guint block, guint place, guint x)
{
    guint cost = 0;
    if (has(bases, block, x))
        return G_MAXUINT;
    for (guint i = 0; i < bases->k; i++) {
        const guint y = bases->point[block][i];
        if (i == place || y == G_MAXUINT8)
            continue;
        const guint d = x > y ? x - y : y - x;
        cost += 2u * (bases->count[d] + bases->count[bases->v - d]) + 2;
        bases->count[d]++;
        bases->count[bases->v - d]++;
    }
    for (guint i = 0; i < bases->k; i++) {
        const guint y = bases->point[block][i];
        if (i == place || y == G_MAXUINT8)
            continue;
        const guint d = x > y ? x - y : y - x;
        bases->count[d]--;
        bases->count[bases->v - d]--;
    }
    return cost;
}

/* The best point for a place that is empty, the smallest of equals; what its cost is. */
static guint best_point(struct plx_bases *bases, guint block, guint place, guint *cost)
{
    guint best = 0;
    *cost = G_MAXUINT;
    for (guint x = 0; x < bases->v; x++) {
        const guint own = cost_of(bases, block, place, x);
        if (own < *cost) {
            *cost = own;
            best = x;
        }
    }
    return best;
}

void plx_bases_put(struct plx_bases *bases, guint block, guint place, guint x)
{
    bases->point[block][place] = (guint8)x;
    add_point(bases, block, place, x, 1);
}

/* Point by point, each where it makes the least of a crowd. */
static void fill(struct plx_bases *bases, guint second)
{
    guint cost;
    for (guint block = 0; block < bases->n; block++) {
        plx_bases_put(bases, block, 0, 0);
        for (guint place = 1; place < bases->k; place++)
            plx_bases_put(bases, block, place,
                          block == 0 && place == 1 ? second
                                                   : best_point(bases, block, place, &cost));
    }
}

/* Exchanges points as long as that makes the counts more alike. */
static void improve(struct plx_bases *bases)
{
    for (gboolean better = TRUE; better;) {
        better = FALSE;
        for (guint block = 0; block < bases->n; block++)
            for (guint place = 1; place < bases->k; place++) {
                const guint before = bases->point[block][place];
                guint cost;
                bases->point[block][place] = G_MAXUINT8;
                add_point(bases, block, place, before, -1);
                const guint own = cost_of(bases, block, place, before);
                const guint x = best_point(bases, block, place, &cost);
                better = better || cost < own;
                plx_bases_put(bases, block, place, cost < own ? x : before);
            }
    }
}

void plx_bases_spread(const struct plx_bases *bases, guint *min, guint *max)
{
    *min = G_MAXUINT;
    *max = 0;
    for (guint d = 1; d < bases->v; d++) {
        *min = MIN(*min, bases->count[d]);
        *max = MAX(*max, bases->count[d]);
    }
}

/* More even: all pairs occur, then how far counts are apart. */
static gboolean is_better(const struct plx_bases *a, const struct plx_bases *b)
{
    guint a_min, a_max, b_min, b_max;
    if (b->n == 0)
        return TRUE;
    plx_bases_spread(a, &a_min, &a_max);
    plx_bases_spread(b, &b_min, &b_max);
    if ((a_min > 0) != (b_min > 0))
        return a_min > 0;
    return a_max - a_min < b_max - b_min;
}

static gboolean is_balanced(const struct plx_bases *bases)
{
    guint min, max;
    plx_bases_spread(bases, &min, &max);
    return min == max;
}

void plx_bases_search(guint v, guint k, struct plx_bases *best)
{
    /* So many are needed for every difference to occur. */
    const guint least = (v - 1 + k * (k - 1) - 1) / (k * (k - 1));
    best->n = 0;
    for (guint n = least; n <= MIN(least + 2, PLX_BASES_MAX); n++)
        for (guint second = 1; second <= MIN(STARTS, v / 2); second++) {
            struct plx_bases bases;
            plx_bases_init(&bases, v, k, n);
            fill(&bases, second);
            improve(&bases);
            if (is_better(&bases, best))
                *best = bases;
            if (is_balanced(best))
                return;
        }
}
