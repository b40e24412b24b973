/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/vtab.h"

#include "base/error.h"
#include "store/inbox_private.h"
#include "store/sql_functions.h"
#include "store/vtab_private.h"

#include <string.h>

/* Tables ------------------------------------------------------------------------------------ */

/* Hands an error (freed) over to SQLite. */
static int tell(char **message, GError *error)
{
    const int code =
        g_error_matches(error, PLX_ERROR, PLX_ERROR_IO) ? SQLITE_CORRUPT_VTAB : SQLITE_ERROR;
    sqlite3_free(*message);
    *message = sqlite3_mprintf("%s", error->message);
    g_error_free(error);
    return code;
}

static int fail(struct plx_vtab *vtab, GError *error)
{
    return tell(&vtab->base.zErrMsg, error);
}

static void free_vtab(struct plx_vtab *vtab)
{
    if (vtab->owned)
        plx_store_free(vtab->store);
    if (vtab->columns)
        g_array_unref(vtab->columns);
    g_free(vtab);
}

/* Words and map as the snapshot has them. Cursors borrow from both, so nothing is read again while
 * there are any: as long as one is open its snapshot is. */
static gboolean refresh(struct plx_vtab *vtab, GError **error)
{
    gint64 generation;
    if (vtab->reading > 0)
        return TRUE;
    if (!plx_store_refresh(vtab->store, &generation, error))
        return FALSE;
    if (generation != vtab->generation && !plx_store_reload_base(vtab->store, error))
        return FALSE;
    vtab->generation = generation;
    return plx_db_number(vtab->store->db, "SELECT value FROM fact WHERE name = 'observations'",
                         &vtab->observations, error);
}

static gboolean connect_to(struct plx_vtab *vtab, sqlite3 *handle, plx_store *store, GError **error)
{
    vtab->generation = -1;
    vtab->owned = store == NULL;
    vtab->store = store ? store : plx_store_adopt(handle, error);
    if (!vtab->store || !refresh(vtab, error))
        return FALSE;
    vtab->columns = plx_vtab_columns(vtab->store->words, vtab->store->base);
    g_autofree char *declaration = plx_vtab_declaration(vtab->columns);
    if (sqlite3_declare_vtab(handle, declaration) != SQLITE_OK)
        return plx_error(error, PLX_ERROR_IO, "the table observation: %s", sqlite3_errmsg(handle));
    /* Whoever opens a file that others made should not read people's answers unawares. */
    sqlite3_vtab_config(handle, SQLITE_VTAB_DIRECTONLY);
    return TRUE;
}

static int x_connect(sqlite3 *handle, void *store, int n, const char *const *arguments,
                     sqlite3_vtab **result, char **message)
{
    (void)n;
    (void)arguments;
    GError *error = NULL;
    struct plx_vtab *const vtab = g_new0(struct plx_vtab, 1);
    if (connect_to(vtab, handle, store, &error)) {
        *result = &vtab->base;
        return SQLITE_OK;
    }
    free_vtab(vtab);
    return tell(message, error);
}

static int x_disconnect(sqlite3_vtab *base)
{
    free_vtab((struct plx_vtab *)(void *)base);
    return SQLITE_OK;
}

/* Cursors ----------------------------------------------------------------------------------- */

static struct plx_vtab *vtab_of(struct plx_vtab_cursor *cursor)
{
    return (struct plx_vtab *)(void *)cursor->base.pVtab;
}

static struct plx_vtab_cursor *cursor_of(sqlite3_vtab_cursor *base)
{
    return (struct plx_vtab_cursor *)(void *)base;
}

static int x_open(sqlite3_vtab *base, sqlite3_vtab_cursor **result)
{
    (void)base;
    struct plx_vtab_cursor *const cursor = g_new0(struct plx_vtab_cursor, 1);
    plx_rowset_init(&cursor->rows);
    *result = &cursor->base;
    return SQLITE_OK;
}

static int x_close(sqlite3_vtab_cursor *base)
{
    struct plx_vtab_cursor *const cursor = cursor_of(base);
    if (cursor->lexicon)
        vtab_of(cursor)->reading--;
    plx_lexicon_free(cursor->lexicon);
    if (cursor->blocks)
        g_ptr_array_unref(cursor->blocks);
    plx_vtab_plan_clear(&cursor->plan);
    plx_rowset_clear(&cursor->rows);
    g_free(cursor);
    return SQLITE_OK;
}

/* Once per cursor: it lives within one statement and so within one snapshot. */
static gboolean begin(struct plx_vtab_cursor *cursor, GError **error)
{
    struct plx_vtab *const vtab = vtab_of(cursor);
    plx_store *const store = vtab->store;
    if (!refresh(vtab, error))
        return FALSE;
    cursor->blocks = plx_shelf_list(store->db, 0, error);
    cursor->lexicon =
        cursor->blocks ? plx_words_lexicon(store->words, store->base, store->db, error) : NULL;
    if (!cursor->lexicon) {
        g_clear_pointer(&cursor->blocks, g_ptr_array_unref);
        return FALSE;
    }
    vtab->reading++;
    for (guint c = 0; c < vtab->columns->len; c++) {
        const struct plx_vtab_column *const column = plx_vtab_column(vtab, c);
        if (column->what == PLX_VTAB_MEASURE)
            cursor->measure[column->index] = plx_map_find_measure(store->base, column->measure);
    }
    return TRUE;
}

static gboolean load(struct plx_vtab_cursor *cursor, const struct plx_shelf_block *block,
                     GError **error)
{
    plx_db *const db = vtab_of(cursor)->store->db;
    struct plx_shelf_columns columns;
    cursor->block = NULL;
    if (!plx_shelf_load(db, block, &cursor->wanted, &columns, error))
        return FALSE;
    const gboolean ok =
        plx_block_decode(columns.part, block->rows, cursor->lexicon, FALSE, &cursor->rows, error);
    plx_shelf_columns_clear(&columns);
    if (!ok) {
        g_prefix_error(error, "%s: ", plx_db_path(db));
        return FALSE;
    }
    if (cursor->notes && !plx_shelf_add_notes(db, block->id, &cursor->rows, error))
        return FALSE;
    cursor->block = block;
    return TRUE;
}

/* The next rows, of blocks and then of the inbox, or the end. */
static gboolean advance(struct plx_vtab_cursor *cursor, GError **error)
{
    const struct plx_vtab *const vtab = plx_vtab_of(cursor);
    const struct plx_vtab_plan *const plan = &cursor->plan;
    cursor->row = 0;
    while (cursor->next_block < cursor->blocks->len) {
        const struct plx_shelf_block *const block = cursor->blocks->pdata[cursor->next_block++];
        if (!plx_vtab_plan_takes(plan, vtab, block))
            continue;
        if (block != cursor->block && !load(cursor, block, error))
            return FALSE;
        cursor->row = plan->single ? (guint32)(plan->rowid % PLX_BATCH_ROWS) : 0;
        if (cursor->row < cursor->rows.n)
            return TRUE;
    }
    cursor->eof = plan->single && plan->rowid >= 0;
    if (cursor->eof)
        return TRUE;
    cursor->inbox_first += cursor->block ? 0 : cursor->rows.n;
    cursor->block = NULL;
    if (!plx_inbox_next(vtab->store, cursor->lexicon, FALSE, &cursor->inbox_after, &cursor->rows,
                        error))
        return FALSE;
    cursor->eof = cursor->rows.n == 0;
    return TRUE;
}

static int x_filter(sqlite3_vtab_cursor *base, int number, const char *text, int n,
                    sqlite3_value **values)
{
    (void)number;
    (void)n;
    struct plx_vtab_cursor *const cursor = cursor_of(base);
    GError *error = NULL;
    if (!cursor->lexicon && !begin(cursor, &error))
        return fail(vtab_of(cursor), error);
    const struct plx_block_wanted wanted = cursor->wanted;
    const gboolean notes = cursor->notes;
    plx_vtab_plan_read(cursor, text, values);
    plx_vtab_want(cursor);
    if (memcmp(&wanted, &cursor->wanted, sizeof wanted) != 0 || notes != cursor->notes)
        cursor->block = NULL; /* what is decoded is not what is needed */
    if (!cursor->block)
        plx_rowset_empty(&cursor->rows);
    cursor->eof = FALSE;
    cursor->next_block = 0;
    cursor->inbox_after = cursor->inbox_first = 0;
    return advance(cursor, &error) ? SQLITE_OK : fail(vtab_of(cursor), error);
}

static int x_next(sqlite3_vtab_cursor *base)
{
    struct plx_vtab_cursor *const cursor = cursor_of(base);
    GError *error = NULL;
    const gboolean last = cursor->plan.single && cursor->block;
    if (!last && ++cursor->row < cursor->rows.n)
        return SQLITE_OK;
    return advance(cursor, &error) ? SQLITE_OK : fail(vtab_of(cursor), error);
}

static int x_eof(sqlite3_vtab_cursor *base)
{
    return cursor_of(base)->eof;
}

static int x_column(sqlite3_vtab_cursor *base, sqlite3_context *result, int column)
{
    plx_vtab_cell(cursor_of(base), (guint)column, result);
    return SQLITE_OK;
}

static int x_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid)
{
    const struct plx_vtab_cursor *const cursor = cursor_of(base);
    *rowid = cursor->block ? (gint64)((guint64)cursor->block->id * PLX_BATCH_ROWS + cursor->row)
                           : -(cursor->inbox_first + cursor->row + 1);
    return SQLITE_OK;
}

/* Without xCreate the table is just there, in every schema, and nothing can be made of it. */
static const sqlite3_module MODULE = {
    .iVersion = 2,
    .xConnect = x_connect,
    .xBestIndex = plx_vtab_best_index,
    .xDisconnect = x_disconnect,
    .xOpen = x_open,
    .xClose = x_close,
    .xFilter = x_filter,
    .xNext = x_next,
    .xEof = x_eof,
    .xColumn = x_column,
    .xRowid = x_rowid,
};

gboolean plx_vtab_register(plx_store *store, GError **error)
{
    sqlite3 *const handle = plx_db_handle(store->db);
    sqlite3_stmt *statement = NULL;
    if (sqlite3_create_module_v2(handle, "observation", &MODULE, store, NULL) != SQLITE_OK ||
        plx_sql_functions_register(handle) != SQLITE_OK)
        return plx_db_error(store->db, error);
    /* Connected now: SQLite forgets why it could not be within somebody's statement. */
    const gboolean ok =
        sqlite3_prepare_v2(handle, "SELECT 1 FROM observation", -1, &statement, NULL) == SQLITE_OK;
    if (!ok)
        plx_error(error, PLX_ERROR_IO, "%s", sqlite3_errmsg(handle));
    sqlite3_finalize(statement);
    return ok;
}

int plx_vtab_register_adopting(sqlite3 *handle)
{
    const int code = sqlite3_create_module_v2(handle, "observation", &MODULE, NULL, NULL);
    return code == SQLITE_OK ? plx_sql_functions_register(handle) : code;
}
