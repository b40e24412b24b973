/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/kept_shelf.h"

#include "store/crc.h"
#include "store/shelf.h"

/* A set spans every number that says what it is, so that none can change unnoticed. */
static gint64 entry_crc(const struct plx_kept_entry *entry)
{
    const gint64 numbers[] = {entry->import,     entry->month, entry->first_place,
                              entry->last_place, entry->cells, (gint64)entry->rows,
                              entry->sum};
    guint8 bytes[sizeof numbers];
    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++) {
        const gint64 little = GINT64_TO_LE(numbers[i]);
        memcpy(bytes + i * sizeof little, &little, sizeof little);
    }
    return plx_crc(bytes, sizeof bytes);
}

static gboolean take_entry(sqlite3_stmt *row, struct plx_kept_entry *entry)
{
    *entry = (struct plx_kept_entry){
        .id = sqlite3_column_int64(row, 0),
        .import = sqlite3_column_int64(row, 1),
        .month =
            sqlite3_column_type(row, 2) == SQLITE_NULL ? PLX_NO_DAY : sqlite3_column_int(row, 2),
        .first_place = (guint32)sqlite3_column_int64(row, 3),
        .last_place = (guint32)sqlite3_column_int64(row, 4),
        .cells = (guint32)sqlite3_column_int64(row, 5),
        .rows = (guint64)sqlite3_column_int64(row, 6),
        .sum = sqlite3_column_int64(row, 7),
    };
    return sqlite3_column_int64(row, 8) == entry_crc(entry) && entry->cells <= PLX_COLUMN_ROWS;
}

GArray *plx_kept_list(plx_db *db, gint64 import, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(
        db,
        "SELECT kept.id, import, month, first_place, last_place, cells, kept.rows, sum, crc "
        "FROM kept JOIN import ON import.id = import "
        "WHERE ?1 = import.id OR (?1 = 0 AND state = 'done') ORDER BY kept.id",
        error);
    if (!statement)
        return NULL;
    sqlite3_bind_int64(statement, 1, import);
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(struct plx_kept_entry));
    int code;
    while ((code = plx_db_step(db, statement, error)) == SQLITE_ROW) {
        struct plx_kept_entry entry;
        if (!take_entry(statement, &entry)) {
            sqlite3_reset(statement);
            plx_db_damaged(db, error, "kept counts %" G_GINT64_FORMAT, entry.id);
            return NULL;
        }
        g_array_append_val(entries, entry);
    }
    return code == SQLITE_DONE ? g_steal_pointer(&entries) : NULL;
}

/* Putting and dropping ------------------------------------------------------------------------ */

static gboolean put_entry(plx_db *db, const struct plx_kept_entry *entry, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(
        db,
        "INSERT INTO kept (import, month, first_place, last_place, cells, rows, sum, crc) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, entry->import);
    if (entry->month != PLX_NO_DAY)
        sqlite3_bind_int(statement, 2, entry->month);
    sqlite3_bind_int64(statement, 3, entry->first_place);
    sqlite3_bind_int64(statement, 4, entry->last_place);
    sqlite3_bind_int64(statement, 5, entry->cells);
    sqlite3_bind_int64(statement, 6, (gint64)entry->rows);
    sqlite3_bind_int64(statement, 7, entry->sum);
    sqlite3_bind_int64(statement, 8, entry_crc(entry));
    return plx_db_run(db, statement, error);
}

gboolean plx_kept_put(plx_db *db, gint64 import, const GPtrArray *sets, GError **error)
{
    for (guint i = 0; i < sets->len; i++) {
        const struct plx_kept_set *const set = sets->pdata[i];
        const struct plx_kept_entry entry = {
            .import = import,
            .month = set->month,
            .first_place = set->first_place,
            .last_place = set->last_place,
            .cells = set->cells,
            .rows = set->rows,
            .sum = plx_crc(set->data->data, set->data->len),
        };
        if (!put_entry(db, &entry, error))
            return FALSE;
        const gint64 id = sqlite3_last_insert_rowid(plx_db_handle(db));
        sqlite3_stmt *const statement =
            plx_db_prepare(db, "INSERT INTO kept_cells (id, data) VALUES (?1, ?2)", error);
        if (!statement)
            return FALSE;
        sqlite3_bind_int64(statement, 1, id);
        sqlite3_bind_blob64(statement, 2, set->data->data, set->data->len, SQLITE_STATIC);
        if (!plx_db_run(db, statement, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean run_with(plx_db *db, const char *sql, gint64 number, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(db, sql, error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, number);
    return plx_db_run(db, statement, error);
}

gboolean plx_kept_drop(plx_db *db, gint64 import, GError **error)
{
    return run_with(db,
                    "DELETE FROM kept_cells WHERE id IN (SELECT id FROM kept WHERE import = ?1)",
                    import, error) &&
           run_with(db, "DELETE FROM kept WHERE import = ?1", import, error);
}

GBytes *plx_kept_load(plx_db *db, const struct plx_kept_entry *entry, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "SELECT data FROM kept_cells WHERE id = ?1", error);
    if (!statement)
        return NULL;
    sqlite3_bind_int64(statement, 1, entry->id);
    const int code = plx_db_step(db, statement, error);
    if (code == 0)
        return NULL;
    const guint8 *const data = code == SQLITE_ROW ? sqlite3_column_blob(statement, 0) : NULL;
    const gsize size = data ? (gsize)sqlite3_column_bytes(statement, 0) : 0;
    GBytes *const found =
        data && plx_crc(data, size) == entry->sum ? g_bytes_new(data, size) : NULL;
    sqlite3_reset(statement);
    if (!found)
        plx_db_damaged(db, error, "kept counts %" G_GINT64_FORMAT, entry->id);
    return found;
}

static gboolean fits(const struct plx_kept_entry *entry, const struct plx_kept_cells *cells)
{
    guint64 rows = 0;
    gboolean ok = cells->timed == (entry->month != PLX_NO_DAY);
    for (guint32 i = 0; i < cells->n; i++) {
        ok = ok && cells->place[i] >= entry->first_place && cells->place[i] <= entry->last_place;
        rows += cells->rows[i];
    }
    return ok && rows == entry->rows;
}

gboolean plx_kept_read(const plx_db *db, const struct plx_kept_entry *entry, GBytes *bytes,
                       const guint8 *wanted, struct plx_kept_cells *cells, GError **error)
{
    gsize size;
    struct plx_kept_cells found;
    const guint8 *const data = g_bytes_get_data(bytes, &size);
    if (!plx_kept_decode(data, size, entry->cells, wanted, &found, error))
        return FALSE;
    if (fits(entry, &found)) {
        *cells = found;
        return TRUE;
    }
    plx_kept_cells_clear(&found);
    return plx_db_damaged(db, error, "kept counts %" G_GINT64_FORMAT, entry->id);
}

/* From blocks --------------------------------------------------------------------------------- */

/* Which measures of the file the map of today does not know. */
static gboolean is_whole(const struct plx_shelf_block *block, const struct plx_lexicon *lexicon)
{
    for (guint m = 0; m < lexicon->n_measures; m++) {
        const guint column = PLX_BLOCK_MEASURE + m;
        if (lexicon->measure[m] < 0 && block->columns[column / 8] >> column % 8 & 1)
            return FALSE;
    }
    return TRUE;
}

/* What cells are made of. */
static void want(struct plx_block_wanted *wanted)
{
    static const guint columns[] = {PLX_BLOCK_RUNS,    PLX_BLOCK_SECONDS, PLX_BLOCK_WEIGHT,
                                    PLX_WORD_AUDIENCE, PLX_WORD_SUBJECT,  PLX_WORD_PLACE};
    *wanted = (struct plx_block_wanted){0};
    for (guint i = 0; i < G_N_ELEMENTS(columns); i++)
        plx_want(wanted, columns[i]);
    for (guint m = 0; m < PLX_WORD_MEASURES; m++)
        plx_want(wanted, PLX_BLOCK_MEASURE + m);
}

static gboolean count_block(plx_store *store, const struct plx_shelf_block *block,
                            const struct plx_lexicon *lexicon, const guint32 *measure_code,
                            struct plx_rowset *rows, plx_kept *kept, GError **error)
{
    struct plx_block_wanted wanted;
    struct plx_shelf_columns columns;
    want(&wanted);
    if (!plx_shelf_load(store->db, block, &wanted, &columns, error))
        return FALSE;
    const gboolean ok = plx_block_decode(columns.part, block->rows, lexicon, TRUE, rows, error);
    plx_shelf_columns_clear(&columns);
    if (ok)
        plx_kept_count(kept, rows, measure_code);
    return ok;
}

gboolean plx_kept_from_blocks(plx_store *store, gint64 import, GPtrArray **sets, GError **error)
{
    guint32 measure_code[PLX_MEASURES_MAX] = {0};
    gboolean ok = TRUE, whole = TRUE;
    g_autoptr(GPtrArray) blocks = plx_shelf_list(store->db, import, error);
    struct plx_lexicon *const lexicon =
        blocks ? plx_words_lexicon(store->words, store->base, store->db, error) : NULL;
    if (!lexicon)
        return FALSE;
    for (guint m = 0; m < lexicon->n_measures; m++)
        if (lexicon->measure[m] >= 0)
            measure_code[lexicon->measure[m]] = m + 1;
    g_autoptr(plx_kept) kept = plx_kept_new();
    struct plx_rowset rows;
    plx_rowset_init(&rows);
    for (guint b = 0; ok && whole && !plx_kept_gave_up(kept) && b < blocks->len; b++) {
        whole = is_whole(blocks->pdata[b], lexicon);
        ok = !whole ||
             count_block(store, blocks->pdata[b], lexicon, measure_code, &rows, kept, error);
    }
    plx_rowset_clear(&rows);
    plx_lexicon_free(lexicon);
    if (ok)
        *sets = whole ? plx_kept_sets(&kept, 1, 1) : NULL;
    return ok;
}

static gboolean is_collected(plx_db *db, gint64 import, gboolean *collected, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "SELECT kind = 'inbox' FROM import WHERE id = ?1", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, import);
    gint64 number;
    if (!plx_db_one(db, statement, &number, error))
        return FALSE;
    *collected = number != 0;
    return TRUE;
}

/* What was collected comes in small numbers, and fills its cells with time. */
#define FEW_COLLECTED ((guint64)1 << 18)

static gboolean drop_unless_they_pay(plx_db *db, gint64 import, GError **error)
{
    guint64 cells = 0, rows = 0;
    gboolean collected = FALSE;
    g_autoptr(GArray) entries = plx_kept_list(db, import, error);
    if (!entries || !is_collected(db, import, &collected, error))
        return FALSE;
    for (guint i = 0; i < entries->len; i++) {
        cells += g_array_index(entries, struct plx_kept_entry, i).cells;
        rows += g_array_index(entries, struct plx_kept_entry, i).rows;
    }
    return plx_kept_pays(cells, rows, collected ? FEW_COLLECTED : PLX_KEPT_FEW) ||
           plx_kept_drop(db, import, error);
}

gboolean plx_kept_remake(plx_store *store, gint64 import, GError **error)
{
    g_autoptr(GPtrArray) sets = NULL;
    if (!plx_kept_drop(store->db, import, error) ||
        !plx_kept_from_blocks(store, import, &sets, error))
        return FALSE;
    return !sets || (plx_kept_put(store->db, import, sets, error) &&
                     drop_unless_they_pay(store->db, import, error));
}

gboolean plx_kept_renew(plx_store *store, GHashTable *imports, GError **error)
{
    GHashTableIter iter;
    gpointer key;
    g_hash_table_iter_init(&iter, imports);
    while (g_hash_table_iter_next(&iter, &key, NULL))
        if (!plx_kept_remake(store, *(const gint64 *)key, error))
            return FALSE;
    return TRUE;
}

static GArray *list_missing(plx_db *db, GError **error)
{
    return plx_db_numbers(
        db,
        "SELECT id FROM import WHERE state = 'done' AND "
        "coalesce((SELECT sum(rows) FROM block WHERE block.import = import.id), 0) <> "
        "coalesce((SELECT sum(rows) FROM kept WHERE kept.import = import.id), 0) ORDER BY id",
        error);
}

static gboolean make_missing(plx_store *store, GError **error)
{
    gint64 generation;
    g_autoptr(GArray) imports = list_missing(store->db, error);
    if (!imports || !plx_store_refresh(store, &generation, error))
        return FALSE;
    for (guint i = 0; i < imports->len; i++)
        if (!plx_kept_remake(store, g_array_index(imports, gint64, i), error))
            return FALSE;
    return plx_db_execute(store->db, "UPDATE fact SET value = 1 WHERE name = 'kept'", error);
}

gboolean plx_kept_make_missing(plx_store *store, GError **error)
{
    if (!plx_db_begin_write(store->db, error))
        return FALSE;
    return plx_store_end(store, make_missing(store, error), error);
}

/* More rows of an import ---------------------------------------------------------------------- */

static gboolean has_month(const GArray *months, gint32 month)
{
    for (guint i = 0; i < months->len; i++)
        if (g_array_index(months, gint32, i) == month)
            return TRUE;
    return FALSE;
}

/* FALSE also when they are damaged: then they are of no use to anybody. */
static gboolean take_back(plx_db *db, const struct plx_kept_entry *entry, plx_kept *more)
{
    struct plx_kept_cells cells;
    g_autoptr(GBytes) bytes = plx_kept_load(db, entry, NULL);
    if (!bytes || !plx_kept_read(db, entry, bytes, NULL, &cells, NULL))
        return FALSE;
    plx_kept_add(more, entry->month, &cells);
    plx_kept_cells_clear(&cells);
    return run_with(db, "DELETE FROM kept_cells WHERE id = ?1", entry->id, NULL) &&
           run_with(db, "DELETE FROM kept WHERE id = ?1", entry->id, NULL);
}

gboolean plx_kept_append(plx_store *store, gint64 import, guint64 before, plx_kept *more,
                         GError **error)
{
    plx_db *const db = store->db;
    guint64 rows = 0;
    g_autoptr(GArray) entries = plx_kept_list(db, import, NULL);
    g_autoptr(GArray) months = plx_kept_months(more);
    for (guint i = 0; entries && i < entries->len; i++)
        rows += g_array_index(entries, struct plx_kept_entry, i).rows;
    if (!entries || rows != before) /* those before are not kept */
        return plx_kept_drop(db, import, error);
    for (guint i = 0; i < entries->len; i++) {
        const struct plx_kept_entry *const entry =
            &g_array_index(entries, struct plx_kept_entry, i);
        if (has_month(months, entry->month) && !take_back(db, entry, more))
            return plx_kept_drop(db, import, error);
    }
    g_autoptr(GPtrArray) sets = plx_kept_sets(&more, 1, 1);
    if (!sets)
        return plx_kept_drop(db, import, error);
    return plx_kept_put(db, import, sets, error) && drop_unless_they_pay(db, import, error);
}
