/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/cells.h"

#include <string.h>

#define ROWS 2000

/* Random rows over three fields whose sizes grow from block to block, counted in a plain table. */
static void count_randomly(guint32 places, gboolean weighted, gboolean may_renumber)
{
    struct plx_cells cells;
    plx_cells_init(&cells, 3, may_renumber);
    plx_cells_widen(&cells, 2);
    g_autoptr(GRand) random = g_rand_new_with_seed(places);
    g_autoptr(GHashTable) naive = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint block = 0; block < 30; block++) {
        guint32 column[3][ROWS], cell[ROWS];
        guint8 mask[ROWS];
        const guint32 sizes[3] = {4, 3 + block, 1 + places * (block + 1) / 30};
        struct plx_cell_field fields[3];
        for (guint f = 0; f < 3; f++)
            fields[f] = (struct plx_cell_field){column[f], 0, sizes[f]};
        for (guint i = 0; i < ROWS; i++) {
            for (guint f = 0; f < 3; f++)
                column[f][i] = (guint32)g_rand_int_range(random, 0, (gint32)sizes[f]);
            mask[i] = g_rand_boolean(random) || block % 2;
        }
        g_assert_true(plx_cells_fit(&cells, fields));
        plx_cells_find(&cells, fields, 0, ROWS, block % 2 ? NULL : mask, cell);
        if (block == 10)
            plx_cells_widen(&cells, 3);
        if (block == 20 && weighted)
            plx_cells_weigh(&cells, 4);
        guint8 *counts = cells.counts.data;
        for (guint i = 0; i < ROWS; i++) {
            gboolean counted = mask[i] && column[0][i] && column[1][i];
            g_assert_cmpint(cell[i] != PLX_NO_CELL, ==, counted);
            if (!counted)
                continue;
            for (guint f = 0; f < 3; f++)
                g_assert_cmpuint(plx_cells_code(&cells, cell[i], f), ==, column[f][i]);
            plx_cells_up(&cells, counts, cell[i], 1);
            char *key = g_strdup_printf("%u %u %u", column[0][i], column[1][i], column[2][i]);
            guint n = GPOINTER_TO_UINT(g_hash_table_lookup(naive, key)) + 1;
            g_hash_table_insert(naive, key, GUINT_TO_POINTER(n));
        }
    }
    g_autofree guint8 *used = plx_cells_used(&cells);
    g_assert_cmpint(used != NULL, ==, cells.numbered);
    guint n_used = 0;
    guint32 code[PLX_CELL_FIELDS] = {0};
    for (guint32 cell = 0; cell < cells.n; cell++) {
        plx_cells_next(&cells, cell, code);
        for (guint f = 0; f < 3; f++)
            g_assert_cmpuint(code[f], ==, plx_cells_code(&cells, cell, f));
        if (used && !used[cell])
            continue;
        n_used++;
        g_autofree char *key =
            g_strdup_printf("%u %u %u", plx_cells_code(&cells, cell, 0),
                            plx_cells_code(&cells, cell, 1), plx_cells_code(&cells, cell, 2));
        guint n = GPOINTER_TO_UINT(g_hash_table_lookup(naive, key));
        const guint8 *counts = cells.counts.data + (gsize)cell * cells.stride;
        gint64 total = counts[1];
        for (guint i = 0; i < cells.spills->len; i++) {
            const struct plx_cell_spill *spill =
                &g_array_index(cells.spills, struct plx_cell_spill, i);
            total += spill->cell == cell && spill->slot == 1 ? spill->add : 0;
        }
        g_assert_cmpint(total, ==, n);
        g_assert_cmpint(counts[0] + counts[2] + counts[3] + counts[4], ==, 0);
    }
    g_assert_cmpuint(n_used, ==, g_hash_table_size(naive));
    if (may_renumber)
        g_assert_cmpint(cells.numbered, ==, places < 1000);
    plx_cells_clear(&cells);
}

static void test_direct(void)
{
    count_randomly(20, FALSE, FALSE);
}

static void test_hashed(void)
{
    count_randomly(90000, TRUE, FALSE);
}

/* Without an index once enough rows came; growing fields renumber all cells. */
static void test_numbered(void)
{
    count_randomly(20, TRUE, TRUE);
    count_randomly(500, FALSE, TRUE);
    count_randomly(1500000, FALSE, TRUE);
}

/* Counters are 8 bits wide; what runs over or under is noted. */
static void test_spills(void)
{
    struct plx_cells cells;
    plx_cells_init(&cells, 2, FALSE);
    plx_cells_widen(&cells, 1);
    const struct plx_cell_field fields[2] = {{NULL, 1, 2}, {NULL, 1, 2}};
    guint32 cell;
    g_assert_true(plx_cells_fit(&cells, fields));
    plx_cells_find(&cells, fields, 0, 1, NULL, &cell);
    guint8 *counts = cells.counts.data;
    for (guint i = 0; i < 10200000; i++)
        plx_cells_up(&cells, counts, cell, 0);
    for (guint i = 0; i < 10070000; i++)
        plx_cells_down(&cells, counts, cell, 0);
    g_assert_cmpuint(cells.spills->len, <, 20000);
    gint64 total = counts[0];
    for (guint i = 0; i < cells.spills->len; i++)
        total += g_array_index(cells.spills, struct plx_cell_spill, i).add;
    g_assert_cmpint(total, ==, 130000);
    /* Weights begun late know what was counted before. */
    plx_cells_weigh(&cells, 8);
    g_assert_cmpuint(*(const guint64 *)(gpointer)cells.w.data, ==, 8u * 130000u);
    g_assert_true(*(const plx_u128 *)(gpointer)cells.w2.data == 64 * 130000);
    plx_cells_clear(&cells);
}

static void test_too_many(void)
{
    struct plx_cells cells;
    plx_cells_init(&cells, 6, FALSE);
    struct plx_cell_field fields[6];
    for (guint f = 0; f < 6; f++)
        fields[f] = (struct plx_cell_field){NULL, 1, 1u << 20};
    g_assert_false(plx_cells_fit(&cells, fields));
    for (guint f = 0; f < 6; f++)
        fields[f].size = 1u << 8;
    g_assert_true(plx_cells_fit(&cells, fields));
    plx_cells_clear(&cells);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/voice/cells/direct", test_direct);
    g_test_add_func("/voice/cells/hashed", test_hashed);
    g_test_add_func("/voice/cells/numbered", test_numbered);
    g_test_add_func("/voice/cells/spills", test_spills);
    g_test_add_func("/voice/cells/too-many", test_too_many);
    return g_test_run();
}
