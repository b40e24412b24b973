/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rows.h"

#include "base/date.h"
#include "base/error.h"
#include "store/kept.h"

#include <string.h>

/* Counting ------------------------------------------------------------------------------------ */

static plx_kept *counted(const struct plx_rowset *rows, guint32 from, guint32 to, gboolean reversed)
{
    plx_kept *const kept = plx_kept_new();
    struct plx_rowset some;
    g_autofree guint8 *keep = g_new0(guint8, MAX(rows->n, 1));
    plx_rowset_init(&some);
    for (guint32 i = 0; i < to - from; i += 100) {
        const guint32 first = reversed ? to - MIN(to - from, i + 100) : from + i;
        const guint32 end = reversed ? to - i : MIN(to, first + 100);
        plx_rowset_empty(&some);
        plx_rowset_append(&some, rows, 0);
        memset(keep, 0, rows->n);
        memset(keep + first, 1, end - first);
        plx_rowset_keep(&some, keep);
        plx_kept_count(kept, &some, rows_measure_code);
    }
    plx_rowset_clear(&some);
    return kept;
}

static void assert_same(const GPtrArray *a, const GPtrArray *b)
{
    g_assert_cmpuint(a->len, ==, b->len);
    for (guint i = 0; i < a->len; i++) {
        const struct plx_kept_set *const x = a->pdata[i], *const y = b->pdata[i];
        g_assert_cmpint(x->month, ==, y->month);
        g_assert_cmpuint(x->first_place, ==, y->first_place);
        g_assert_cmpuint(x->last_place, ==, y->last_place);
        g_assert_cmpuint(x->cells, ==, y->cells);
        g_assert_cmpuint(x->rows, ==, y->rows);
        g_assert_cmpuint(x->data->len, ==, y->data->len);
        g_assert_true(memcmp(x->data->data, y->data->data, x->data->len) == 0);
    }
}

static guint64 rows_of(const GPtrArray *sets)
{
    guint64 rows = 0;
    for (guint i = 0; i < sets->len; i++)
        rows += ((const struct plx_kept_set *)sets->pdata[i])->rows;
    return rows;
}

/* Rows of every kind, each with somebody who said it. */
static void fill(struct plx_rowset *rows, guint32 seed, guint32 n, gboolean columns)
{
    plx_rowset_init(rows);
    rows_fill(rows, seed, n, columns);
    for (guint32 i = 0; i < rows->n; i++)
        rows->dim[PLX_DIM_AUDIENCE][i] = rows->dim[PLX_DIM_AUDIENCE][i] % 4 + 1;
}

/* Whoever counted, in whatever order: the same bytes. */
static void test_order(void)
{
    for (guint32 seed = 1; seed <= 4; seed++) {
        struct plx_rowset rows;
        fill(&rows, seed, 1500, seed % 2 == 1);
        g_autoptr(plx_kept) all = counted(&rows, 0, 1500, FALSE);
        g_autoptr(GPtrArray) expected = plx_kept_sets(&all, 1, 1);
        g_assert_cmpuint(rows_of(expected), ==, 1500);
        plx_kept *const parts[] = {counted(&rows, 700, 1500, TRUE), counted(&rows, 0, 1, FALSE),
                                   counted(&rows, 1, 700, TRUE)};
        g_autoptr(GPtrArray) sets = plx_kept_sets(parts, G_N_ELEMENTS(parts), 3);
        assert_same(sets, expected);
        for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
            plx_kept_free(parts[i]);
        plx_rowset_clear(&rows);
    }
}

/* A block with fewer places than those before it, in a month that they have not: cells of the first
 * must not fall together. */
static void test_narrower(void)
{
    struct plx_rowset rows;
    fill(&rows, 7, 400, TRUE);
    g_assert_true(rows.dim[PLX_DIM_PLACE] && rows.seconds);
    for (guint32 i = 0; i < rows.n; i++) {
        const guint32 part = i / 100; /* counted() takes a hundred at a time */
        rows.dim[PLX_DIM_AUDIENCE][i] = 1;
        rows.dim[PLX_DIM_PLACE][i] = part == 0 ? i % 6 + 1 : 1;
        rows.seconds[i] = (gint64)(20000 + 31 * part) * PLX_DAY_SECONDS;
    }
    g_autoptr(plx_kept) forward = counted(&rows, 0, 400, FALSE);
    g_autoptr(plx_kept) backward = counted(&rows, 0, 400, TRUE);
    g_autoptr(GPtrArray) sets = plx_kept_sets(&forward, 1, 1);
    g_autoptr(GPtrArray) expected = plx_kept_sets(&backward, 1, 1);
    assert_same(sets, expected);
    plx_rowset_clear(&rows);
}

/* Counts of counts are counts. */
static void test_added(void)
{
    for (guint32 seed = 1; seed <= 4; seed++) {
        struct plx_rowset rows;
        fill(&rows, seed, 1500, seed % 2 == 1);
        g_autoptr(plx_kept) all = counted(&rows, 0, 1500, FALSE);
        g_autoptr(plx_kept) before = counted(&rows, 0, 900, FALSE);
        g_autoptr(plx_kept) more = counted(&rows, 900, 1500, FALSE);
        g_autoptr(GPtrArray) expected = plx_kept_sets(&all, 1, 1);
        g_autoptr(GPtrArray) old = plx_kept_sets(&before, 1, 1);
        for (guint i = 0; i < old->len; i++) {
            const struct plx_kept_set *const set = old->pdata[i];
            struct plx_kept_cells cells;
            g_autoptr(GError) error = NULL;
            plx_kept_decode(set->data->data, set->data->len, set->cells, NULL, &cells, &error);
            g_assert_no_error(error);
            plx_kept_add(more, set->month, &cells);
            plx_kept_cells_clear(&cells);
        }
        g_autoptr(GPtrArray) sets = plx_kept_sets(&more, 1, 1);
        assert_same(sets, expected);
        plx_rowset_clear(&rows);
    }
}

/* One cell of many rows: what it says is what was said. */
static void test_cell(void)
{
    struct plx_rowset rows;
    struct plx_kept_cells cells;
    g_autoptr(GError) error = NULL;
    const guint32 n = 1000;
    plx_rowset_init(&rows);
    rows_fill(&rows, 1, n, TRUE);
    rows.dim[PLX_DIM_SUBJECT] = plx_rowset_column(&rows);
    for (guint32 i = 0; i < n; i++) {
        rows.dim[PLX_DIM_AUDIENCE][i] = 2;
        rows.dim[PLX_DIM_SUBJECT][i] = 3;
        rows.dim[PLX_DIM_PLACE][i] = 4;
        rows.seconds[i] = ((gint64)plx_date_days(2024, 2, 3 + (gint)i % 20)) * 86400 + i;
        rows.weight[i] = PLX_WEIGHT_ONE / 2;
        rows.measure[0][i] = i < 700 ? 5 : i < 900 ? PLX_CELL_NA : PLX_CELL_EMPTY;
    }
    g_autoptr(plx_kept) kept = counted(&rows, 0, n, FALSE);
    g_autoptr(GPtrArray) sets = plx_kept_sets(&kept, 1, 1);
    g_assert_cmpuint(sets->len, ==, 1);
    const struct plx_kept_set *const set = sets->pdata[0];
    g_assert_cmpint(set->month, ==, 2024 * 12 + 1);
    g_assert_cmpuint(set->cells, ==, 1);
    g_assert_true(plx_kept_decode(set->data->data, set->data->len, 1, NULL, &cells, &error));
    const struct plx_kept_measure *const measure = &cells.measure[rows_measure_code[0] - 1];
    g_assert_cmpuint(cells.rows[0], ==, n);
    g_assert_cmpuint(cells.audience[0], ==, 2);
    g_assert_cmpuint(cells.subject[0], ==, 3);
    g_assert_cmpuint(cells.place[0], ==, 4);
    g_assert_cmpuint(cells.first[0], ==, 2);
    g_assert_cmpuint(cells.last[0], ==, 21);
    g_assert_cmpint(measure->min, ==, 5);
    g_assert_cmpuint(measure->k, ==, 1);
    g_assert_cmpuint(measure->n[0], ==, 700);
    g_assert_cmpuint(measure->n[1], ==, 200);
    g_assert_cmpuint(measure->n[2], ==, 0);
    g_assert_cmpuint(measure->w[0], ==, 350 * PLX_WEIGHT_ONE);
    g_assert_cmpuint(measure->w2_low[0], ==, 175 * PLX_WEIGHT_ONE * PLX_WEIGHT_ONE);
    g_assert_cmpuint(measure->w2_high[0], ==, 0);
    plx_kept_cells_clear(&cells);
    plx_rowset_clear(&rows);
}

/* Cells of a row each: not for long. */
static void test_gives_up(void)
{
    g_autoptr(plx_kept) kept = plx_kept_new();
    struct plx_rowset rows;
    plx_rowset_init(&rows);
    for (guint round = 0; round < 5; round++) {
        plx_rowset_empty(&rows);
        rows_fill(&rows, round, PLX_BATCH_ROWS, FALSE);
        for (guint32 i = 0; i < rows.n; i++) {
            rows.dim[PLX_DIM_AUDIENCE][i] = 1;
            rows.dim[PLX_DIM_PLACE][i] = round * PLX_BATCH_ROWS + i;
        }
        g_assert_false(plx_kept_gave_up(kept));
        plx_kept_count(kept, &rows, rows_measure_code);
    }
    g_assert_true(plx_kept_gave_up(kept));
    g_assert_null(plx_kept_sets(&kept, 1, 1));
    g_assert_true(plx_kept_pays(PLX_KEPT_FEW, 1, PLX_KEPT_FEW));
    g_assert_false(plx_kept_pays(PLX_KEPT_FEW + 1, PLX_KEPT_FEW + 1, PLX_KEPT_FEW));
    g_assert_true(plx_kept_pays(PLX_KEPT_FEW + 1, 3 * PLX_KEPT_FEW + 3, PLX_KEPT_FEW));
    plx_rowset_clear(&rows);
}

/* Bytes --------------------------------------------------------------------------------------- */

static void assert_damaged(const guint8 *bytes, gsize size, guint32 n, const char *message)
{
    struct plx_kept_cells cells;
    g_autoptr(GError) error = NULL;
    g_autofree guint8 *exact = g_memdup2(bytes, size);
    g_assert_false(plx_kept_decode(exact, size, n, NULL, &cells, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    if (message)
        g_assert_cmpstr(error->message, ==, message);
}

static void test_damage(void)
{
    struct plx_kept_cells cells;
    g_autoptr(plx_encoder) encoder = plx_encoder_new();
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    plx_kept_cells_init(&cells, 3, TRUE, FALSE);
    for (guint32 i = 0; i < 3; i++) {
        cells.audience[i] = 1;
        cells.rows[i] = 2 + i;
        cells.last[i] = (guint8)i;
    }
    plx_kept_cells_add(&cells, 2, 1, 2);
    cells.measure[1].n[0] = 2;
    plx_kept_encode(encoder, &cells, bytes);
    for (gsize size = 0; size < bytes->len; size++)
        assert_damaged(bytes->data, size, 3, NULL);
    assert_damaged(bytes->data, 2, 3, "damaged kept counts: they are cut short");
    assert_damaged(bytes->data, bytes->len, 2,
                   "damaged block: a column is of another kind or length than its block says");
    assert_damaged(bytes->data, bytes->len, 0, "damaged kept counts: they are not of this format");
    bytes->data[0] = 9;
    assert_damaged(bytes->data, bytes->len, 3, "damaged kept counts: they are not of this format");
    g_byte_array_set_size(bytes, 0);
    cells.measure[1].n[0] = 3;
    plx_kept_encode(encoder, &cells, bytes);
    assert_damaged(bytes->data, bytes->len, 3, "damaged kept counts: more values than rows");
    g_byte_array_set_size(bytes, 0);
    cells.audience[1] = 0;
    plx_kept_encode(encoder, &cells, bytes);
    assert_damaged(bytes->data, bytes->len, 3, "damaged kept counts: a cell that cannot be");
    plx_kept_cells_clear(&cells);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/kept/order", test_order);
    g_test_add_func("/kept/narrower", test_narrower);
    g_test_add_func("/kept/added", test_added);
    g_test_add_func("/kept/cell", test_cell);
    g_test_add_func("/kept/gives-up", test_gives_up);
    g_test_add_func("/kept/damage", test_damage);
    return g_test_run();
}
