/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/repeats.h"

#include "base/csv_index.h"

#define COLUMNS 5

/* Rows "respondent,time,point,place,level"; place stands alone, level and point are not compared.
 */
struct table {
    plx_binding binding;
    GString *text;
    GPtrArray *cells; /* COLUMNS texts a row */
    struct plx_csv_index index;
    struct plx_chunk chunk;
    guint8 bad[PLX_CHUNK_ROWS];
};

static void bound_to(struct plx_bound *bound, gint column)
{
    bound->set = TRUE;
    bound->column = column;
}

static void table_init(struct table *table)
{
    *table =
        (struct table){.text = g_string_new(NULL), .cells = g_ptr_array_new_with_free_func(g_free)};
    table->binding.n_columns = COLUMNS;
    bound_to(&table->binding.respondent, 0);
    bound_to(&table->binding.time, 1);
    bound_to(&table->binding.place, 3);
}

static void table_clear(struct table *table)
{
    g_string_free(table->text, TRUE);
    g_ptr_array_unref(table->cells);
    plx_csv_index_clear(&table->index);
}

static const char *cell(const struct table *table, guint row, guint column)
{
    return g_ptr_array_index(table->cells, row * COLUMNS + column);
}

/* Texts that are often equal, often the beginning of one another, and of any length. */
static char *random_cell(GRand *random, const struct table *table, guint row, guint column)
{
    if (row > 0 && g_rand_int_range(random, 0, 8) > 0)
        return g_strdup(cell(table, row - 1, column));
    const gint longest = g_rand_int_range(random, 0, 6) == 0 ? 150 : 4;
    char *const text = g_strnfill((gsize)g_rand_int_range(random, 0, longest), 'x');
    if (*text && g_rand_boolean(random))
        text[strlen(text) - 1] = 'y';
    return text;
}

static void fill(struct table *table, GRand *random, guint n)
{
    for (guint row = 0; row < n; row++) {
        for (guint column = 0; column < COLUMNS; column++) {
            g_ptr_array_add(table->cells, random_cell(random, table, row, column));
            g_string_append(table->text, cell(table, row, column));
            g_string_append_c(table->text, column + 1 < COLUMNS ? ',' : '\n');
        }
        table->bad[row] = g_rand_int_range(random, 0, 100) == 0 ? 2 : 0;
    }
    const gsize length = table->text->len;
    for (guint i = 0; i < PLX_CSV_PAD; i++)
        g_string_append_c(table->text, '\0');
    plx_csv_index_run(&table->index, table->text->str, length, ',', '"', PLX_CSV_BEST);
    table->chunk = (struct plx_chunk){.rows = {.text = table->text->str,
                                               .at = table->index.at,
                                               .stride = COLUMNS,
                                               .n = n,
                                               .last = COLUMNS - 1},
                                      .bad = table->bad};
}

/* Is one of the columns of a mask new in this row? */
static gboolean is_new(const struct table *table, guint row, guint mask)
{
    gboolean any = row == 0 || table->bad[row - 1];
    for (guint column = 0; !any && column < COLUMNS; column++)
        any = (mask >> column & 1) &&
              strcmp(cell(table, row, column), cell(table, row - 1, column)) != 0;
    return any;
}

static void check_fresh(const struct table *table, const struct plx_fresh *fresh, guint mask)
{
    guint32 k = 0;
    for (guint row = 0; row < table->chunk.rows.n; row++) {
        if (!is_new(table, row, mask))
            continue;
        g_assert_cmpuint(k, <, fresh->n);
        g_assert_cmpuint(fresh->row[k++], ==, row);
    }
    g_assert_cmpuint(k, ==, fresh->n);
    g_assert_cmpuint(fresh->row[k], ==, table->chunk.rows.n);
}

/* All kernels find the rows that a plain comparison finds. */
static void test_find(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(11);
    for (guint round = 0; round < 60; round++) {
        struct table table;
        table_init(&table);
        fill(&table, random,
             (guint)g_rand_int_range(random, 1,
                                     round == 0   ? 2
                                     : round == 1 ? 2049
                                                  : 400));
        for (enum plx_csv_kernel kernel = PLX_CSV_BEST; kernel <= PLX_CSV_PORTABLE; kernel++) {
            struct plx_repeats repeats = {0};
            plx_repeats_init(&repeats, &table.binding, kernel);
            plx_repeats_find(&repeats, &table.chunk);
            check_fresh(&table, table.chunk.fresh[0], 3);
            check_fresh(&table, table.chunk.fresh[1], 3);
            check_fresh(&table, table.chunk.fresh[3], 8);
            check_fresh(&table, table.chunk.about, 11);
            g_assert_cmpuint(table.chunk.fresh[2]->n, ==, table.chunk.rows.n);
            plx_repeats_clear(&repeats);
        }
        table_clear(&table);
    }
}

/* Each row gets the value of the fresh row that its run begins with. */
static void test_spread(void)
{
    struct plx_fresh fresh = {.n = 4, .row = {0, 1, 9, 30, 31}};
    const guint8 bytes[] = {1, 2, 3, 4};
    const guint32 words[] = {10, 20, 30, 40};
    const guint64 longs[] = {G_MAXUINT64, 200, 300, 400};
    guint8 out8[31 + PLX_SPREAD_SLACK];
    guint32 out32[31 + PLX_SPREAD_SLACK];
    guint64 out64[31 + PLX_SPREAD_SLACK];
    plx_spread8(&fresh, bytes, out8);
    plx_spread32(&fresh, words, out32);
    plx_spread64(&fresh, longs, out64);
    for (guint k = 0; k < fresh.n; k++)
        for (guint i = fresh.row[k]; i < fresh.row[k + 1]; i++) {
            g_assert_cmpuint(out8[i], ==, bytes[k]);
            g_assert_cmpuint(out32[i], ==, words[k]);
            g_assert_cmpuint(out64[i], ==, longs[k]);
        }
}

/* A fault of a fresh row is one of all rows that repeat it, and of no other. */
static void test_fault(void)
{
    const struct plx_fresh fresh = {.n = 3, .row = {0, 2, 5, 6}};
    guint8 bad[6] = {0};
    struct plx_chunk chunk = {.rows.n = 6,
                              .bad = bad,
                              .faults = g_array_new(FALSE, FALSE, sizeof(struct plx_cell_fault))};
    plx_chunk_fault(&chunk, 2, 1, g_strdup("wrong"));
    plx_repeats_fault(&chunk, &fresh, 0);
    g_assert_cmpuint(chunk.faults->len, ==, 3);
    for (guint i = 0; i < chunk.faults->len; i++) {
        struct plx_cell_fault *const fault = &g_array_index(chunk.faults, struct plx_cell_fault, i);
        g_assert_cmpuint(fault->row, ==, 2 + i);
        g_assert_cmpuint(fault->column, ==, 1);
        g_assert_cmpstr(fault->message, ==, "wrong");
        g_free(fault->message);
    }
    g_assert_cmpuint(chunk.n_bad, ==, 3);
    g_array_unref(chunk.faults);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/repeats/find", test_find);
    g_test_add_func("/repeats/spread", test_spread);
    g_test_add_func("/repeats/fault", test_fault);
    return g_test_run();
}
