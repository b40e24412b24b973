/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/shelf.h"

#include "base/error.h"
#include "store/crc.h"

#include <string.h>

/* Notes ------------------------------------------------------------------------------------- */

static void free_note(gpointer data)
{
    struct plx_shelf_note *const note = data;
    g_free(note->text);
    g_free(note);
}

GPtrArray *plx_shelf_notes_new(void)
{
    return g_ptr_array_new_with_free_func(free_note);
}

GPtrArray *plx_shelf_notes_of(const struct plx_rowset *rows)
{
    GPtrArray *const notes = plx_shelf_notes_new();
    for (guint32 i = 0; rows->note && i < rows->n; i++) {
        if (rows->note[i].length == 0)
            continue;
        struct plx_shelf_note *const note = g_new(struct plx_shelf_note, 1);
        *note = (struct plx_shelf_note){i, g_strndup(rows->note[i].text, rows->note[i].length)};
        g_ptr_array_add(notes, note);
    }
    return notes;
}

/* So that a flipped bit is damage and not another opinion. */
static gint64 note_crc(gint64 block, gint64 row, const char *text)
{
    g_autofree char *all =
        g_strdup_printf("%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ":%s", block, row, text);
    return plx_crc(all, strlen(all));
}

/* The note just put, for full-text search. */
static gboolean put_words(plx_db *db, const char *text, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(
        db, "INSERT INTO note_text (rowid, text) VALUES (last_insert_rowid(), ?1)", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_text(statement, 1, text, -1, SQLITE_STATIC);
    return plx_db_run(db, statement, error);
}

static gboolean put_notes(plx_db *db, gint64 block, const GPtrArray *notes, GError **error)
{
    for (guint i = 0; notes && i < notes->len; i++) {
        const struct plx_shelf_note *const note = notes->pdata[i];
        sqlite3_stmt *const statement = plx_db_prepare(
            db, "INSERT INTO note (block, row, text, crc) VALUES (?1, ?2, ?3, ?4)", error);
        if (!statement)
            return FALSE;
        sqlite3_bind_int64(statement, 1, block);
        sqlite3_bind_int64(statement, 2, note->row);
        sqlite3_bind_text(statement, 3, note->text, -1, SQLITE_STATIC);
        sqlite3_bind_int64(statement, 4, note_crc(block, note->row, note->text));
        if (!plx_db_run(db, statement, error) || !put_words(db, note->text, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean add_note(plx_db *db, gint64 block, sqlite3_stmt *row, struct plx_rowset *rows,
                         GError **error)
{
    const gint64 at = sqlite3_column_int64(row, 0);
    const char *const words = (const char *)sqlite3_column_text(row, 1);
    const gsize length = (gsize)sqlite3_column_bytes(row, 1);
    if (at < 0 || at >= (gint64)rows->n || !words ||
        sqlite3_column_int64(row, 2) != note_crc(block, at, words))
        return plx_db_damaged(db, error, "a note of block %" G_GINT64_FORMAT, block);
    GBytes *const text = g_bytes_new(words, length);
    g_ptr_array_add(rows->texts, text);
    rows->note[at] = (struct plx_span){g_bytes_get_data(text, NULL), (guint32)length};
    return TRUE;
}

/* The block says how many it has. */
static gboolean check_notes(plx_db *db, gint64 block, gint64 n, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "SELECT notes FROM block WHERE id = ?1", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, block);
    const int code = plx_db_step(db, statement, error);
    const gint64 expected = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_reset(statement);
    if (code == 0)
        return FALSE;
    return n == expected || plx_db_damaged(db, error,
                                           "block %" G_GINT64_FORMAT " has %" G_GINT64_FORMAT
                                           " of %" G_GINT64_FORMAT " notes",
                                           block, n, expected);
}

gboolean plx_shelf_add_notes(plx_db *db, gint64 block, struct plx_rowset *rows, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "SELECT row, text, crc FROM note WHERE block = ?1 ORDER BY row", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, block);
    gint64 n = 0;
    int code;
    for (; (code = plx_db_step(db, statement, error)) == SQLITE_ROW; n++) {
        if (!rows->note)
            plx_rowset_need_notes(rows);
        if (!add_note(db, block, statement, rows, error)) {
            sqlite3_reset(statement);
            return FALSE;
        }
    }
    return code == SQLITE_DONE && check_notes(db, block, n, error);
}

/* Blocks ------------------------------------------------------------------------------------ */

static void free_block(gpointer data)
{
    struct plx_shelf_block *const block = data;
    g_bytes_unref(block->present);
    g_free(block);
}

/* Of everything else about a block: SQLite does not see flipped bits. */
static gint64 block_crc(gint64 import, const struct plx_shelf_block *block, const guint8 *present,
                        gsize size)
{
    g_autoptr(GByteArray) all = g_byte_array_new();
    g_autofree char *text = g_strdup_printf(
        "%" G_GINT64_FORMAT " %u %u %d %d %d ", import, block->rows, block->notes, block->timed,
        block->timed ? block->first_day : 0, block->timed ? block->last_day : 0);
    g_byte_array_append(all, (const guint8 *)text, (guint)strlen(text));
    g_byte_array_append(all, (const guint8 *)&block->columns, sizeof block->columns);
    g_byte_array_append(all, present, (guint)size);
    return plx_crc(all->data, all->len);
}

static gboolean has_column(const struct plx_shelf_block *block, guint column)
{
    return block->columns[column / 8] >> column % 8 & 1;
}

/* Without these nobody knows who said what. */
static gboolean has_keys(const struct plx_shelf_block *block)
{
    return has_column(block, PLX_BLOCK_RUNS) && has_column(block, PLX_BLOCK_ENCOUNTER) &&
           has_column(block, PLX_BLOCK_UNIT);
}

/* NULL when it is damaged. */
static struct plx_shelf_block *take_block(sqlite3_stmt *row)
{
    struct plx_shelf_block *const block = g_new0(struct plx_shelf_block, 1);
    block->id = sqlite3_column_int64(row, 0);
    block->import = sqlite3_column_int64(row, 1);
    block->rows = (guint32)CLAMP(sqlite3_column_int64(row, 2), 0, G_MAXUINT32);
    block->timed = sqlite3_column_type(row, 3) == SQLITE_INTEGER;
    block->first_day = sqlite3_column_int(row, 3);
    block->last_day = sqlite3_column_int(row, 4);
    block->notes = (guint32)CLAMP(sqlite3_column_int64(row, 7), 0, G_MAXUINT32);
    const guint8 *const bytes = sqlite3_column_blob(row, 5);
    const gsize size = (gsize)sqlite3_column_bytes(row, 5), head = sizeof block->columns;
    gboolean whole = size >= head && block->rows > 0 && block->rows <= PLX_BATCH_ROWS &&
                     block->id >= 1 && block->id <= G_MAXINT64 / PLX_BLOCK_COLUMNS;
    if (whole) {
        memcpy(&block->columns, bytes, head);
        whole = has_keys(block) && sqlite3_column_int64(row, 6) ==
                                       block_crc(block->import, block, bytes + head, size - head);
    }
    block->present = g_bytes_new(whole ? bytes + head : NULL, whole ? size - head : 0);
    if (whole)
        return block;
    free_block(block);
    return NULL;
}

/* The number of observations is kept apart: no block can vanish unnoticed. */
static gboolean check_rows(plx_db *db, gint64 rows, GError **error)
{
    gint64 expected;
    if (!plx_db_number(db, "SELECT value FROM fact WHERE name = 'observations'", &expected, error))
        return FALSE;
    return rows == expected ||
           plx_db_damaged(db, error,
                          "it holds %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " observations",
                          rows, expected);
}

gboolean plx_shelf_rows(plx_db *db, gint64 *rows, GError **error)
{
    return plx_db_number(db, "SELECT coalesce(sum(rows), 0) FROM block", rows, error);
}

GPtrArray *plx_shelf_list(plx_db *db, gint64 import, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(
        db,
        "SELECT block.id, import, block.rows, first_day, last_day, present, block.crc, "
        "block.notes FROM block "
        "JOIN import ON import.id = import WHERE ?1 = import.id OR (?1 = 0 AND state = 'done') "
        "ORDER BY block.id",
        error);
    if (!statement)
        return NULL;
    sqlite3_bind_int64(statement, 1, import);
    g_autoptr(GPtrArray) blocks = g_ptr_array_new_with_free_func(free_block);
    gint64 rows = 0, last = 0;
    int code;
    while ((code = plx_db_step(db, statement, error)) == SQLITE_ROW) {
        struct plx_shelf_block *block = take_block(statement);
        /* A flipped bit of an id makes one block stand for another, as large as a rule. */
        if (block && block->id <= last)
            g_clear_pointer(&block, free_block);
        if (!block) {
            plx_db_damaged(db, error, "block %" G_GINT64_FORMAT,
                           (gint64)sqlite3_column_int64(statement, 0));
            sqlite3_reset(statement);
            return NULL;
        }
        g_ptr_array_add(blocks, block);
        last = block->id;
        rows += block->rows;
    }
    if (code != SQLITE_DONE || (import == 0 && !check_rows(db, rows, error)))
        return NULL;
    return g_steal_pointer(&blocks);
}

static gboolean put_block(plx_db *db, gint64 import, const struct plx_block_bytes *bytes,
                          guint n_notes, gint64 *id, GError **error)
{
    struct plx_shelf_block block = {.rows = bytes->n,
                                    .notes = n_notes,
                                    .timed = bytes->timed,
                                    .first_day = bytes->first_day,
                                    .last_day = bytes->last_day};
    for (guint c = 0; c < PLX_BLOCK_COLUMNS; c++)
        if (bytes->column[c])
            block.columns[c / 8] |= (guint8)(1u << c % 8);
    g_autoptr(GByteArray) present = g_byte_array_new();
    g_byte_array_append(present, block.columns, sizeof block.columns);
    g_byte_array_append(present, bytes->present->data, bytes->present->len);
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "INSERT INTO block (import, rows, first_day, last_day, present, crc, notes) "
                       "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                       error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, import);
    sqlite3_bind_int64(statement, 2, bytes->n);
    if (bytes->timed) {
        sqlite3_bind_int(statement, 3, bytes->first_day);
        sqlite3_bind_int(statement, 4, bytes->last_day);
    }
    sqlite3_bind_blob64(statement, 5, present->data, present->len, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 6,
                       block_crc(import, &block, bytes->present->data, bytes->present->len));
    sqlite3_bind_int64(statement, 7, block.notes);
    if (!plx_db_run(db, statement, error))
        return FALSE;
    *id = sqlite3_last_insert_rowid(plx_db_handle(db));
    return TRUE;
}

gboolean plx_shelf_put(plx_db *db, gint64 import, const struct plx_block_bytes *bytes,
                       const GPtrArray *notes, GError **error)
{
    gint64 id;
    if (!put_block(db, import, bytes, notes ? notes->len : 0, &id, error))
        return FALSE;
    for (guint c = 0; c < PLX_BLOCK_COLUMNS; c++) {
        if (!bytes->column[c])
            continue;
        sqlite3_stmt *const statement =
            plx_db_prepare(db, "INSERT INTO block_column (id, data) VALUES (?1, ?2)", error);
        if (!statement)
            return FALSE;
        sqlite3_bind_int64(statement, 1, id * PLX_BLOCK_COLUMNS + c);
        sqlite3_bind_blob64(statement, 2, bytes->column[c]->data, bytes->column[c]->len,
                            SQLITE_STATIC);
        if (!plx_db_run(db, statement, error))
            return FALSE;
    }
    return put_notes(db, id, notes, error);
}

gboolean plx_shelf_remove(plx_db *db, gint64 block, GError **error)
{
    static const char *const steps[] = {
        ("INSERT INTO note_text (note_text, rowid, text) "
         "SELECT 'delete', id, text FROM note WHERE block = ?1"),
        "DELETE FROM note WHERE block = ?1",
        "DELETE FROM block_column WHERE id BETWEEN ?1 * 256 AND ?1 * 256 + 255",
        "DELETE FROM block WHERE id = ?1",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
        sqlite3_stmt *const statement = plx_db_prepare(db, steps[i], error);
        if (!statement)
            return FALSE;
        sqlite3_bind_int64(statement, 1, block);
        if (!plx_db_run(db, statement, error))
            return FALSE;
    }
    return TRUE;
}

/* Column by column: SQLite would read what stands between them too, and keys are half of a file. */
static gboolean load_column(plx_db *db, const struct plx_shelf_block *block, guint column,
                            struct plx_block_part *part, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "SELECT data FROM block_column WHERE id = ?1", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, block->id * PLX_BLOCK_COLUMNS + column);
    const int code = plx_db_step(db, statement, error);
    const void *const data = code == SQLITE_ROW ? sqlite3_column_blob(statement, 0) : NULL;
    const gsize size = data ? (gsize)sqlite3_column_bytes(statement, 0) : 0;
    *part = (struct plx_block_part){data ? g_memdup2(data, size) : NULL, size};
    sqlite3_reset(statement);
    return code != 0 &&
           (data || plx_db_damaged(db, error, "block %" G_GINT64_FORMAT " lacks column %u",
                                   block->id, column));
}

gboolean plx_shelf_load(plx_db *db, const struct plx_shelf_block *block,
                        const struct plx_block_wanted *wanted, struct plx_shelf_columns *columns,
                        GError **error)
{
    struct plx_shelf_columns found = {0};
    for (guint c = 0; c < PLX_BLOCK_COLUMNS; c++) {
        if (!has_column(block, c) || (wanted && !plx_wants(wanted, c)) ||
            load_column(db, block, c, &found.part[c], error))
            continue;
        plx_shelf_columns_clear(&found);
        return FALSE;
    }
    *columns = found;
    return TRUE;
}

void plx_shelf_columns_clear(struct plx_shelf_columns *columns)
{
    for (guint c = 0; c < PLX_BLOCK_COLUMNS; c++)
        g_free((gpointer)(gsize)columns->part[c].bytes);
    memset(columns, 0, sizeof *columns);
}

gboolean plx_shelf_rewrite(plx_db *db, const struct plx_shelf_block *block,
                           const struct plx_rowset *rows, plx_encoder *encoder,
                           const guint32 *measure_code, GError **error)
{
    if (!plx_shelf_remove(db, block->id, error))
        return FALSE;
    if (rows->n == 0)
        return TRUE;
    struct plx_block_bytes *const bytes = plx_block_encode(encoder, rows, measure_code);
    g_autoptr(GPtrArray) notes = plx_shelf_notes_of(rows);
    const gboolean ok = plx_shelf_put(db, block->import, bytes, notes, error);
    plx_block_bytes_free(bytes);
    return ok;
}

gboolean plx_shelf_read(plx_db *db, const struct plx_shelf_block *block,
                        const struct plx_lexicon *lexicon, struct plx_rowset *rows, GError **error)
{
    struct plx_shelf_columns columns;
    if (!plx_shelf_load(db, block, NULL, &columns, error))
        return FALSE;
    const gboolean ok = plx_block_decode(columns.part, block->rows, lexicon, TRUE, rows, error) &&
                        plx_shelf_add_notes(db, block->id, rows, error);
    plx_shelf_columns_clear(&columns);
    return ok;
}
