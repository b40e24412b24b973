/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/coder.h"

#include "base/csv_index.h"
#include "ingest/repeats.h"

/* A column of audiences that the map does not have: an x and a number each, 0 to `kinds` and again.
 */
struct column {
    plx_map *map;
    struct plx_bound bound;
    struct plx_coder *coder;
    GString *text;
    struct plx_csv_index index;
    struct plx_fresh every;
    const struct plx_fresh *fresh[2];
    struct plx_chunk chunk;
    guint8 bad[PLX_CHUNK_ROWS];
    guint32 codes[PLX_CHUNK_ROWS];
};

static void column_init(struct column *column, guint kinds)
{
    column->map = plx_map_new_open();
    column->bound = (struct plx_bound){.set = TRUE, .name = "audience", .simple = TRUE};
    column->coder = plx_coder_new(PLX_CODER_AUDIENCE, &column->bound, column->map, NULL,
                                  PLX_SUBJECT_NONE, NULL);
    column->text = g_string_new(NULL);
    for (guint i = 0; i < PLX_CHUNK_ROWS; i++) {
        g_string_append_printf(column->text, "x%u,\n", i % kinds);
        column->every.row[i] = i;
    }
    const gsize length = column->text->len;
    for (guint i = 0; i < PLX_CSV_PAD; i++)
        g_string_append_c(column->text, '\0');
    plx_csv_index_run(&column->index, column->text->str, length, ',', '"', PLX_CSV_BEST);
    column->every.n = PLX_CHUNK_ROWS;
    column->fresh[0] = column->fresh[1] = &column->every;
    column->chunk = (struct plx_chunk){
        .rows = {.text = column->text->str,
                 .at = column->index.at,
                 .stride = 2,
                 .n = PLX_CHUNK_ROWS,
                 .last = 1},
        .bad = column->bad,
        .faults = g_array_new(FALSE, FALSE, sizeof(struct plx_cell_fault)),
        .fresh = column->fresh,
    };
}

static void column_clear(struct column *column)
{
    for (guint i = 0; i < column->chunk.faults->len; i++)
        g_free(g_array_index(column->chunk.faults, struct plx_cell_fault, i).message);
    g_array_unref(column->chunk.faults);
    plx_csv_index_clear(&column->index);
    g_string_free(column->text, TRUE);
    plx_coder_free(column->coder);
    plx_map_free(column->map);
}

/* Each wrong cell has its own reason, whether it is said for the first time, again, or again after
 * so many others that it was forgotten. */
static void test_reasons(void)
{
    static const guint kinds[] = {1, 50, PLX_CHUNK_ROWS};
    for (guint k = 0; k < G_N_ELEMENTS(kinds); k++) {
        g_autofree struct column *column = g_new0(struct column, 1);
        column_init(column, kinds[k]);
        plx_coder_column(column->coder, &column->chunk, column->codes);
        g_assert_cmpuint(column->chunk.n_bad, ==, PLX_CHUNK_ROWS);
        g_assert_cmpuint(column->chunk.faults->len, ==, PLX_CHUNK_ROWS);
        for (guint i = 0; i < PLX_CHUNK_ROWS; i++) {
            const char *const said =
                g_array_index(column->chunk.faults, struct plx_cell_fault, i).message;
            g_autofree char *begins = g_strdup_printf("unknown audience \"x%u\" (", i % kinds[k]);
            g_assert_true(g_str_has_prefix(said, begins));
            g_assert_cmpuint(column->codes[i], ==, 0);
        }
        column_clear(column);
    }
}

/* Where nobody is told, wrong cells are counted and no reason is looked for. */
static void test_quiet(void)
{
    g_autofree struct column *column = g_new0(struct column, 1);
    column_init(column, 7);
    column->chunk.quiet = TRUE;
    plx_coder_column(column->coder, &column->chunk, column->codes);
    g_assert_cmpuint(column->chunk.n_bad, ==, PLX_CHUNK_ROWS);
    for (guint i = 0; i < PLX_CHUNK_ROWS; i++)
        g_assert_null(g_array_index(column->chunk.faults, struct plx_cell_fault, i).message);
    column_clear(column);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/coder/reasons", test_reasons);
    g_test_add_func("/coder/quiet", test_quiet);
    return g_test_run();
}
