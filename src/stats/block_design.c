/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/block_design.h"

#include <string.h>

/* Base blocks of one design at most, and ways to begin a search. */
#define BASES_MAX 32
#define STARTS 6
#define WIDTH_MAX PLX_BLOCK_DESIGN_POINTS_MAX

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

static int compare(gconstpointer a, gconstpointer b, gpointer unused G_GNUC_UNUSED)
{
    return *(const guint8 *)a - *(const guint8 *)b;
}

static void sort_rows(plx_block_design *design)
{
    for (guint i = 0; i < design->b; i++)
        g_qsort_with_data(design->points + (gsize)i * design->k, (gint)design->k, 1, compare, NULL);
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

/* Base blocks ------------------------------------------------------------------------------- */

/* Some base blocks and how often each difference, taken both ways, occurs in them: which is how
 * often a pair that far apart occurs in what is developed from them. */
struct bases {
    guint v, k, n;
    guint8 point[BASES_MAX][WIDTH_MAX];
    guint16 count[WIDTH_MAX];
};

static void add_point(struct bases *bases, guint block, guint place, guint x, gint by)
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

static gboolean has(const struct bases *bases, guint block, guint x)
{
    return memchr(bases->point[block], (int)x, bases->k) != NULL;
}

/* By how much the sum of squares of the counts grows with x in this place; G_MAXUINT when it is in
 * the block already. Its differences may be alike. */
static guint cost_of(struct bases *bases, guint block, guint place, guint x)
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
static guint best_point(struct bases *bases, guint block, guint place, guint *cost)
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

static void put(struct bases *bases, guint block, guint place, guint x)
{
    bases->point[block][place] = (guint8)x;
    add_point(bases, block, place, x, 1);
}

/* Point by point, each where it makes the least of a crowd. */
static void fill(struct bases *bases, guint second)
{
    guint cost;
    for (guint block = 0; block < bases->n; block++) {
        put(bases, block, 0, 0);
        for (guint place = 1; place < bases->k; place++)
            put(bases, block, place,
                block == 0 && place == 1 ? second : best_point(bases, block, place, &cost));
    }
}

/* Exchanges points as long as that makes the counts more alike. */
static void improve(struct bases *bases)
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
                put(bases, block, place, cost < own ? x : before);
            }
    }
}

static void spread_of(const struct bases *bases, guint *min, guint *max)
{
    *min = G_MAXUINT;
    *max = 0;
    for (guint d = 1; d < bases->v; d++) {
        *min = MIN(*min, bases->count[d]);
        *max = MAX(*max, bases->count[d]);
    }
}

/* More even: all pairs occur, then how far counts are apart. */
static gboolean is_better(const struct bases *a, const struct bases *b)
{
    guint a_min, a_max, b_min, b_max;
    if (b->n == 0)
        return TRUE;
    spread_of(a, &a_min, &a_max);
    spread_of(b, &b_min, &b_max);
    if ((a_min > 0) != (b_min > 0))
        return a_min > 0;
    return a_max - a_min < b_max - b_min;
}

static gboolean is_balanced(const struct bases *bases)
{
    guint min, max;
    spread_of(bases, &min, &max);
    return min == max;
}

static void search(guint v, guint k, struct bases *best)
{
    /* So many are needed for every difference to occur. */
    const guint least = (v - 1 + k * (k - 1) - 1) / (k * (k - 1));
    best->n = 0;
    for (guint n = least; n <= MIN(least + 2, BASES_MAX); n++)
        for (guint second = 1; second <= MIN(STARTS, v / 2); second++) {
            struct bases bases = {.v = v, .k = k, .n = n};
            memset(bases.point, G_MAXUINT8, sizeof bases.point);
            fill(&bases, second);
            improve(&bases);
            if (is_better(&bases, best))
                *best = bases;
            if (is_balanced(best))
                return;
        }
}

/* Published difference sets, which a search by steps does not find (Baumert 1971, Cyclic Difference
 * Sets: planes of order 2, 3, 4, 5 and 7, and the squares of 11). */
static gboolean known(guint v, guint k, struct bases *bases)
{
    static const struct {
        guint v, k;
        guint8 point[8];
    } sets[] = {
        {7, 3, {0, 1, 3}},
        {13, 4, {0, 1, 3, 9}},
        {21, 5, {0, 1, 4, 14, 16}},
        {31, 6, {0, 1, 3, 8, 12, 18}},
        {57, 8, {0, 1, 3, 13, 32, 36, 43, 52}},
        {11, 5, {1, 3, 4, 5, 9}},
        {15, 7, {0, 1, 2, 4, 5, 8, 10}},
    };
    for (guint i = 0; i < G_N_ELEMENTS(sets); i++)
        if (sets[i].v == v && sets[i].k == k) {
            *bases = (struct bases){.v = v, .k = k, .n = 1};
            memset(bases->point, G_MAXUINT8, sizeof bases->point);
            for (guint place = 0; place < k; place++)
                put(bases, 0, place, sets[i].point[place]);
            return TRUE;
        }
    return FALSE;
}

/* All shifts of the base blocks, modulo v. */
static plx_block_design *develop(const struct bases *bases)
{
    const guint v = bases->v, k = bases->k;
    plx_block_design *const design = new_design(v, k, bases->n * v);
    guint8 *row = design->points;
    for (guint block = 0; block < bases->n; block++)
        for (guint shift = 0; shift < v; shift++, row += k)
            for (guint place = 0; place < k; place++)
                row[place] = (guint8)((bases->point[block][place] + shift) % v);
    spread_of(bases, &design->pairs_min, &design->pairs_max);
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
    struct bases bases = {.n = 0};
    if (!known(v, k, &bases))
        search(v, k, &bases);
    return develop(&bases);
}
