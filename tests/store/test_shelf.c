/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"
#include "rows.h"

#include "base/error.h"
#include "store/imports.h"
#include "store/shelf.h"

#include <string.h>

struct shelf {
    struct desk desk;
    plx_db *db;
    struct plx_rowset rows, back;
    struct plx_lexicon lexicon;
    plx_encoder *encoder;
};

/* An import that is done, to hang blocks on. */
static void shelf_init(struct shelf *s)
{
    g_autoptr(GError) error = NULL;
    desk_init(&s->desk, NULL);
    s->db = plx_store_db(s->desk.store);
    g_assert_true(plx_db_execute(s->db,
                                 "INSERT INTO import (kind, state, owner, started, file, dataset, "
                                 "keys) VALUES ('file', 'done', '', '', 'f', 'd', 'none')",
                                 &error));
    plx_rowset_init(&s->rows);
    plx_rowset_init(&s->back);
    rows_lexicon(&s->lexicon);
    s->encoder = plx_encoder_new();
}

static void shelf_clear(struct shelf *s)
{
    plx_rowset_clear(&s->rows);
    plx_rowset_clear(&s->back);
    plx_encoder_free(s->encoder);
    desk_clear(&s->desk);
}

static void put(struct shelf *s, guint32 seed, guint32 n)
{
    g_autoptr(GError) error = NULL;
    plx_rowset_empty(&s->rows);
    rows_fill(&s->rows, seed, n, TRUE);
    g_autoptr(GPtrArray) notes = plx_shelf_notes_of(&s->rows);
    struct plx_block_bytes *const bytes = plx_block_encode(s->encoder, &s->rows, rows_measure_code);
    plx_shelf_put(s->db, 1, bytes, notes, &error);
    g_assert_no_error(error);
    g_autofree char *sql = g_strdup_printf("UPDATE fact SET value = value + %u "
                                           "WHERE name = 'observations'",
                                           n);
    g_assert_cmpint(sqlite3_exec(plx_db_handle(s->db), sql, NULL, NULL, NULL), ==, SQLITE_OK);
    plx_block_bytes_free(bytes);
}

static GPtrArray *list(struct shelf *s)
{
    g_autoptr(GError) error = NULL;
    GPtrArray *const blocks = plx_shelf_list(s->db, 0, &error);
    g_assert_no_error(error);
    return blocks;
}

static char *read_back(struct shelf *s, const struct plx_shelf_block *block)
{
    struct plx_shelf_columns columns;
    g_autoptr(GError) error = NULL;
    plx_shelf_load(s->db, block, NULL, &columns, &error);
    g_assert_no_error(error);
    plx_block_decode(columns.part, block->rows, &s->lexicon, TRUE, &s->back, &error);
    g_assert_no_error(error);
    plx_shelf_add_notes(s->db, block->id, &s->back, &error);
    g_assert_no_error(error);
    plx_shelf_columns_clear(&columns);
    return rows_text(&s->back, NULL);
}

static void test_put_and_load(void)
{
    struct shelf s;
    shelf_init(&s);
    put(&s, 1, 300);
    g_autofree char *first = rows_text(&s.rows, NULL);
    put(&s, 2, 20);
    g_autofree char *second = rows_text(&s.rows, NULL);
    g_autoptr(GPtrArray) blocks = list(&s);
    g_assert_cmpuint(blocks->len, ==, 2);
    g_autofree char *a = read_back(&s, blocks->pdata[0]);
    g_autofree char *b = read_back(&s, blocks->pdata[1]);
    g_assert_cmpstr(a, ==, first);
    g_assert_cmpstr(b, ==, second);
    const struct plx_shelf_block *const block = blocks->pdata[0];
    g_assert_cmpuint(block->rows, ==, 300);
    g_assert_true(block->timed);
    g_assert_cmpint(block->first_day, >=, 20000);
    g_assert_cmpint(block->last_day, <, 20040);
    shelf_clear(&s);
}

static void test_wanted(void)
{
    struct shelf s;
    struct plx_shelf_columns columns;
    struct plx_block_wanted wanted = {0};
    g_autoptr(GError) error = NULL;
    shelf_init(&s);
    put(&s, 1, 30);
    plx_want(&wanted, PLX_BLOCK_UNIT);
    plx_want(&wanted, 200); /* not there */
    g_autoptr(GPtrArray) blocks = list(&s);
    g_assert_true(plx_shelf_load(s.db, blocks->pdata[0], &wanted, &columns, &error));
    for (guint c = 0; c < PLX_BLOCK_COLUMNS; c++)
        g_assert_true((columns.part[c].bytes != NULL) == (c == PLX_BLOCK_UNIT));
    plx_shelf_columns_clear(&columns);
    shelf_clear(&s);
}

static void test_rewrite_and_remove(void)
{
    struct shelf s;
    guint8 keep[30];
    g_autoptr(GError) error = NULL;
    shelf_init(&s);
    put(&s, 1, 30);
    for (guint i = 0; i < 30; i++)
        keep[i] = i % 3 == 0;
    g_autofree char *expected = rows_text(&s.rows, keep);
    g_autoptr(GPtrArray) before = list(&s);
    g_free(read_back(&s, before->pdata[0]));
    plx_rowset_keep(&s.back, keep);
    g_assert_true(
        plx_shelf_rewrite(s.db, before->pdata[0], &s.back, s.encoder, rows_measure_code, &error));
    desk_sql(&s.desk, "UPDATE fact SET value = 10 WHERE name = 'observations'");
    g_autoptr(GPtrArray) after = list(&s);
    g_assert_cmpuint(after->len, ==, 1);
    g_autofree char *text = read_back(&s, after->pdata[0]);
    g_assert_cmpstr(text, ==, expected);
    memset(keep, 0, sizeof keep);
    plx_rowset_keep(&s.back, keep);
    g_assert_true(
        plx_shelf_rewrite(s.db, after->pdata[0], &s.back, s.encoder, rows_measure_code, &error));
    desk_sql(&s.desk, "UPDATE fact SET value = 0 WHERE name = 'observations'");
    g_autoptr(GPtrArray) nothing = list(&s);
    g_assert_cmpuint(nothing->len, ==, 0);
    gint64 n = -1;
    g_assert_true(plx_db_number(s.db,
                                "SELECT (SELECT count(*) FROM block_column) + (SELECT count(*) "
                                "FROM note) + (SELECT count(*) FROM note_text WHERE note_text "
                                "MATCH 'some')",
                                &n, NULL));
    g_assert_cmpint(n, ==, 0);
    shelf_clear(&s);
}

/* Blocks, columns and notes that are missing or changed. */
static void check_damage(const char *sql, const char *said)
{
    struct shelf s;
    g_autoptr(GError) error = NULL;
    struct plx_shelf_columns columns = {0};
    shelf_init(&s);
    put(&s, 1, 30);
    put(&s, 2, 30);
    desk_sql(&s.desk, sql);
    g_autoptr(GPtrArray) blocks = plx_shelf_list(s.db, 0, &error);
    gboolean ok = blocks != NULL;
    ok = ok && plx_shelf_load(s.db, blocks->pdata[0], NULL, &columns, &error) &&
         plx_block_decode(columns.part, 30, &s.lexicon, TRUE, &s.back, &error) &&
         plx_shelf_add_notes(s.db, 1, &s.back, &error);
    plx_shelf_columns_clear(&columns);
    g_assert_false(ok);
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    if (!strstr(error->message, said))
        g_error("\"%s\" gives \"%s\"", sql, error->message);
    shelf_clear(&s);
}

static void test_damage(void)
{
    check_damage("DELETE FROM note WHERE block = 2; DELETE FROM block WHERE id = 2",
                 "it holds 30 of 60 observations");
    check_damage("UPDATE block SET rows = 29 WHERE id = 1", "block 1");
    check_damage("UPDATE block SET notes = 29 WHERE id = 1", "block 1");
    check_damage("UPDATE block SET last_day = last_day + 1 WHERE id = 1", "block 1");
    check_damage("UPDATE block SET present = x'00' WHERE id = 1", "block 1");
    check_damage("DELETE FROM block_column WHERE id = 256", "block 1 lacks column 0");
    check_damage("UPDATE block_column SET id = 256 + 255 WHERE id = 256", "block 1 lacks column 0");
    check_damage("DELETE FROM note WHERE block = 1 AND row = 8", "block 1 has 5 of 6 notes");
    check_damage("UPDATE note SET text = 'sime' WHERE block = 1 AND row = 4", "a note of block 1");
}

/* Opened again after bits of an id were flipped. */
static void flip(struct shelf *s, const char *table, guint number, guint8 bits)
{
    desk_flip_id(&s->desk, table, number, bits);
    desk_reopen(&s->desk);
    s->db = plx_store_db(s->desk.store);
}

/* Three blocks of as many rows: one cannot stand for another. */
static void check_flip(guint number, guint8 bits)
{
    struct shelf s;
    g_autoptr(GError) error = NULL;
    shelf_init(&s);
    for (guint32 seed = 1; seed <= 3; seed++)
        put(&s, seed, 50);
    flip(&s, "block", number, bits);
    g_assert_null(plx_shelf_list(s.db, 0, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    shelf_clear(&s);
}

static void test_flipped_ids(void)
{
    struct shelf s;
    struct plx_shelf_columns columns;
    g_autoptr(GError) error = NULL;
    check_flip(0, 2);  /* 3 2 3 */
    check_flip(1, 1);  /* 1 3 3 */
    check_flip(1, 64); /* 1 66 3 */
    shelf_init(&s);
    put(&s, 1, 50);
    flip(&s, "block_column", 0, 1); /* two columns 1, none 0 */
    g_autoptr(GPtrArray) blocks = list(&s);
    g_assert_false(plx_shelf_load(s.db, blocks->pdata[0], NULL, &columns, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_nonnull(strstr(error->message, "lacks column 0"));
    shelf_clear(&s);
}

/* A block whose sum is right and that does not say who said what. */
static void test_without_keys(void)
{
    static const guint columns[] = {PLX_BLOCK_RUNS, PLX_BLOCK_ENCOUNTER, PLX_BLOCK_UNIT};
    for (gsize i = 0; i < G_N_ELEMENTS(columns); i++) {
        struct shelf s;
        g_autoptr(GError) error = NULL;
        shelf_init(&s);
        rows_fill(&s.rows, 1, 50, TRUE);
        struct plx_block_bytes *const bytes =
            plx_block_encode(s.encoder, &s.rows, rows_measure_code);
        g_clear_pointer(&bytes->column[columns[i]], g_byte_array_unref);
        g_assert_true(plx_shelf_put(s.db, 1, bytes, NULL, &error));
        plx_block_bytes_free(bytes);
        g_assert_null(plx_shelf_list(s.db, 1, &error));
        g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
        shelf_clear(&s);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/shelf/put-and-load", test_put_and_load);
    g_test_add_func("/shelf/wanted", test_wanted);
    g_test_add_func("/shelf/rewrite-and-remove", test_rewrite_and_remove);
    g_test_add_func("/shelf/damage", test_damage);
    g_test_add_func("/shelf/without-keys", test_without_keys);
    g_test_add_func("/shelf/flipped-ids", test_flipped_ids);
    return g_test_run();
}
