/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/block_design.h"

#include "stats/block_design_private.h"

#include <string.h>

#define MOST PLX_BLOCK_DESIGN_POINTS_MAX

/* Counts anew what the design says of itself: rows ascend, points occur equally often. */
static void check(const plx_block_design *design)
{
    guint points[MOST] = {0}, pairs[MOST][MOST] = {{0}}, min = G_MAXUINT, max = 0;
    for (guint i = 0; i < design->b; i++) {
        const guint8 *const row = design->points + (gsize)i * design->k;
        for (guint a = 0; a < design->k; a++) {
            g_assert_cmpuint(row[a], <, design->v);
            points[row[a]]++;
            for (guint b = a + 1; b < design->k; b++) {
                g_assert_cmpuint(row[a], <, row[b]);
                pairs[row[a]][row[b]]++;
            }
        }
    }
    for (guint x = 0; x < design->v; x++) {
        g_assert_cmpuint(points[x], ==, design->r);
        for (guint y = x + 1; y < design->v; y++) {
            min = MIN(min, pairs[x][y]);
            max = MAX(max, pairs[x][y]);
        }
    }
    g_assert_cmpuint(design->b * design->k, ==, design->v * design->r);
    g_assert_cmpuint(min, ==, design->pairs_min);
    g_assert_cmpuint(max, ==, design->pairs_max);
}

/* (v, k, lambda) with b blocks: the planes of order 2, 3, 4, 5, 7 (Veblen and Bussey 1906), the
 * affine planes of order 3, 5, 7 (9 points: Cochran and Cox 1957, plan 11.1 is (9,3,1)), Paley's
 * (11,5,2), Singer's (15,7,3), and two of Bose's 1939 series. */
static void test_published(void)
{
    static const struct {
        guint v, k, lambda, b;
    } rows[] = {{7, 3, 1, 7},   {13, 4, 1, 13}, {21, 5, 1, 21}, {31, 6, 1, 31},
                {57, 8, 1, 57}, {9, 3, 1, 12},  {25, 5, 1, 30}, {49, 7, 1, 56},
                {11, 5, 2, 11}, {15, 7, 3, 15}, {13, 3, 1, 26}};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(plx_block_design) design = plx_block_design_new(rows[i].v, rows[i].k);
        check(design);
        g_assert_cmpuint(design->b, ==, rows[i].b);
        g_assert_cmpuint(design->pairs_min, ==, rows[i].lambda);
        g_assert_cmpuint(design->pairs_max, ==, rows[i].lambda);
        /* r (k - 1) = lambda (v - 1) */
        g_assert_cmpuint(design->r * (rows[i].k - 1), ==, rows[i].lambda * (rows[i].v - 1));
    }
}

/* The Fano plane as it is drawn everywhere, shifted. */
static void test_fano(void)
{
    static const guint8 lines[] = {0, 1, 3, 1, 2, 4, 2, 3, 5, 3, 4, 6, 0, 4, 5, 1, 5, 6, 0, 2, 6};
    g_autoptr(plx_block_design) design = plx_block_design_new(7, 3);
    g_assert_cmpuint(design->b, ==, 7);
    g_assert_true(memcmp(design->points, lines, sizeof lines) == 0);
}

/* Every design there may be is asked for: all pairs occur; in blocks as forms have them their
 * numbers are at most two apart, and the list is short. */
static void test_all(void)
{
    for (guint k = 2; k <= 8; k++)
        for (guint v = k; v <= MOST; v++) {
            g_autoptr(plx_block_design) design = plx_block_design_new(v, k);
            check(design);
            g_assert_cmpuint(design->pairs_min, >=, 1);
            if (k < 5)
                continue;
            g_assert_cmpuint(design->pairs_max - design->pairs_min, <=, 2);
            g_assert_cmpuint(design->b, <=, 5 * v);
        }
}

static void test_whole(void)
{
    g_autoptr(plx_block_design) design = plx_block_design_new(5, 5);
    g_assert_cmpuint(design->b, ==, 1);
    g_assert_cmpuint(design->r, ==, 1);
    check(design);
}

static void test_same_again(void)
{
    g_autoptr(plx_block_design) one = plx_block_design_new(23, 6);
    g_autoptr(plx_block_design) other = plx_block_design_new(23, 6);
    g_assert_cmpuint(one->b, ==, other->b);
    g_assert_true(memcmp(one->points, other->points, (gsize)one->b * one->k) == 0);
}

/* The table holds what a search finds, or what is better: pairs occur as evenly, in fewer blocks.
 */
static void test_table(void)
{
    guint found = 0, better = 0;
    for (guint k = 5; k <= 8; k++)
        for (guint v = k + 1; v <= MOST; v++) {
            guint n = 0, min, max;
            struct plx_bases bases;
            const guint8 *const known = plx_bases_known(v, k, &n);
            if (!known) {
                g_assert_cmpuint(v, ==, k * k); /* an affine plane */
                continue;
            }
            plx_bases_search(v, k, &bases);
            plx_bases_spread(&bases, &min, &max);
            gboolean same = bases.n == n;
            for (guint i = 0; same && i < n * k; i++)
                same = bases.point[i / k][i % k] == known[i];
            g_autoptr(plx_block_design) design = plx_block_design_new(v, k);
            g_assert_cmpuint(design->pairs_max - design->pairs_min, <=, max - min);
            g_assert_true(design->b <= bases.n * v || max > min);
            found += same ? 1 : 0;
            better += same ? 0 : 1;
        }
    g_assert_cmpuint(found, ==, 207);
    g_assert_cmpuint(better, ==, 5);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/block_design/published", test_published);
    g_test_add_func("/block_design/fano", test_fano);
    g_test_add_func("/block_design/all", test_all);
    g_test_add_func("/block_design/whole", test_whole);
    g_test_add_func("/block_design/same_again", test_same_again);
    g_test_add_func("/block_design/table", test_table);
    return g_test_run();
}
