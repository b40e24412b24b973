/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sql: one SELECT on a workspace, for its administrator (docs/sql.md). */
#include "base/suggest.h"
#include "cli/cmd_sql_rows.h"
#include "cli/cmd_workspace.h"
#include "cli/interrupt.h"
#include "store/vtab.h"

#include <string.h>

/* Steps of SQLite between two looks for Ctrl-C. */
#define STEPS 20000

/* What may not be done --------------------------------------------------------------------- */

struct watch {
    const char *refused; /* what the statement tried, or NULL */
    gboolean interrupted;
};

static const char *name_of(int action)
{
    switch (action) {
    case SQLITE_ATTACH:
        return "ATTACH";
    case SQLITE_DETACH:
        return "DETACH";
    case SQLITE_PRAGMA:
        return "PRAGMA";
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
        return "a transaction";
    default:
        return "this statement";
    }
}

/* Virtual tables say their columns as if they wrote a schema, and full-text search asks for the
 * version of the data. Statements that would write are refused once more in ask(). */
static gboolean is_of_virtual_tables(int action, const char *first)
{
    return (action == SQLITE_UPDATE && g_strcmp0(first, "sqlite_master") == 0) ||
           (action == SQLITE_PRAGMA && g_strcmp0(first, "data_version") == 0);
}

static int authorize(void *data, int action, const char *first, const char *second,
                     const char *schema, const char *trigger)
{
    (void)schema;
    (void)trigger;
    struct watch *const watch = data;
    const gboolean loads =
        action == SQLITE_FUNCTION && second && g_ascii_strcasecmp(second, "load_extension") == 0;
    if (action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_RECURSIVE ||
        (action == SQLITE_FUNCTION && !loads) || is_of_virtual_tables(action, first))
        return SQLITE_OK;
    if (!watch->refused)
        watch->refused = loads ? "load_extension()" : name_of(action);
    return SQLITE_DENY;
}

static gboolean refuse(const char *what, GError **error)
{
    return plx_error(error, PLX_ERROR_USAGE,
                     "%s is refused: parallax sql only reads, one SELECT at a time (also WITH, "
                     "VALUES, EXPLAIN)",
                     what);
}

static int look_for_interrupt(void *data)
{
    struct watch *const watch = data;
    watch->interrupted = watch->interrupted || plx_interrupts_pending();
    return watch->interrupted;
}

/* Running ----------------------------------------------------------------------------------- */

/* Where in the statement: lines and columns from 1, or none. */
static gboolean error_at(const char *sql, int offset, const char *message, GError **error)
{
    struct plx_loc loc = {.file = "SQL"};
    for (int i = 0; i < offset && sql[i]; i++) {
        loc.line += sql[i] == '\n';
        loc.column = sql[i] == '\n' ? 0 : loc.column + 1;
    }
    if (offset >= 0) {
        loc.line++;
        loc.column++;
    }
    return plx_error_at(error, PLX_ERROR_USAGE, &loc, "%s", message);
}

static const char no_table[] = "no such table: ";
static const char no_column[] = "no such column: ";

/* SQLite does not say where an unknown table stands. */
static int find_name(const char *sql, const char *message)
{
    if (!g_str_has_prefix(message, no_table))
        return -1;
    const char *const at = strstr(sql, message + strlen(no_table));
    return at ? (int)(at - sql) : -1;
}

/* What was probably meant, or how it must be written; to be freed. */
static char *hint_for(sqlite3 *handle, const char *message)
{
    if (g_str_has_prefix(message, no_table)) {
        static const char *const tables[] = {"observation", "import", "map",   "word",
                                             "note",        "block",  "inbox", "copy"};
        char *const near =
            plx_suggest_text(message + strlen(no_table), tables, G_N_ELEMENTS(tables));
        if (*near)
            return near;
        g_free(near);
        return g_strdup("; the answers are in \"observation\"");
    }
    if (!g_str_has_prefix(message, no_column))
        return g_strdup("");
    const char *const name = message + strlen(no_column);
    return g_str_has_prefix(name, "segment.") ||
                   sqlite3_table_column_metadata(handle, NULL, "observation", name, NULL, NULL,
                                                 NULL, NULL, NULL) == SQLITE_OK
               ? g_strdup_printf("; a name with a dot needs quotes: \"%s\"", name)
               : g_strdup("");
}

/* What SQLite said last: of the statement (1) or of the file (5). */
static gboolean explain(sqlite3 *handle, const struct watch *watch, const char *sql, GError **error)
{
    const int offset = sqlite3_error_offset(handle);
    const int code = sqlite3_errcode(handle) & 0xFF;
    g_autofree char *message = g_strdup(sqlite3_errmsg(handle)); /* gone with the next call */
    if (watch->interrupted)
        return plx_error(error, PLX_ERROR_IO, "interrupted");
    switch (code) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_FULL:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
    case SQLITE_NOMEM:
        return plx_error(error, PLX_ERROR_IO, "%s", message);
    default:
        break;
    }
    if (watch->refused)
        return refuse(watch->refused, error);
    g_autofree char *hint = hint_for(handle, message);
    g_autofree char *whole = g_strconcat(message, hint, NULL);
    return error_at(sql, offset >= 0 ? offset : find_name(sql, message), whole, error);
}

/* Nothing but blanks and comments behind the first statement. */
static gboolean is_last(sqlite3 *handle, const char *tail)
{
    sqlite3_stmt *next = NULL;
    const int code = sqlite3_prepare_v2(handle, tail, -1, &next, &tail);
    const gboolean more = code != SQLITE_OK || next || *tail;
    sqlite3_finalize(next);
    return !more;
}

static gboolean collect(sqlite3 *handle, sqlite3_stmt *statement, const struct watch *watch,
                        const char *sql, plx_sql_rows **result, GError **error)
{
    int code;
    g_autoptr(plx_sql_rows) rows = plx_sql_rows_new(statement);
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        if (!plx_sql_rows_add(rows, statement, error))
            return FALSE;
    if (code != SQLITE_DONE)
        return explain(handle, watch, sql, error);
    *result = g_steal_pointer(&rows);
    return TRUE;
}

static gboolean ask(sqlite3 *handle, const char *sql, struct watch *watch, plx_sql_rows **rows,
                    GError **error)
{
    sqlite3_stmt *statement = NULL;
    const char *tail = NULL;
    sqlite3_set_authorizer(handle, authorize, watch);
    sqlite3_progress_handler(handle, STEPS, look_for_interrupt, watch);
    gboolean ok = FALSE;
    if (sqlite3_prepare_v2(handle, sql, -1, &statement, &tail) != SQLITE_OK)
        explain(handle, watch, sql, error);
    else if (!statement)
        plx_error(error, PLX_ERROR_USAGE, "there is no statement");
    else if (!is_last(handle, tail))
        refuse("a second statement", error);
    else if (!sqlite3_stmt_readonly(statement))
        refuse("this statement", error);
    else
        ok = collect(handle, statement, watch, sql, rows, error);
    sqlite3_finalize(statement);
    sqlite3_progress_handler(handle, 0, NULL, NULL);
    sqlite3_set_authorizer(handle, NULL, NULL);
    return ok;
}

static gboolean run_on(plx_store *store, const char *sql, plx_sql_rows **rows, GError **error)
{
    struct watch watch = {0};
    plx_db *const db = plx_store_db(store);
    if (!plx_db_begin_read(db, error))
        return FALSE;
    const gboolean ok =
        plx_vtab_register(store, error) && ask(plx_db_handle(db), sql, &watch, rows, error);
    plx_db_rollback(db);
    return ok;
}

/* --format, else what the name of the file ends in, else the default. */
static const char *format_of(const plx_invocation *invocation)
{
    const char *const path = plx_invocation_string(invocation, PLX_OPTION_OUTPUT);
    if (!plx_invocation_has(invocation, PLX_OPTION_FORMAT) && path) {
        if (g_str_has_suffix(path, ".csv"))
            return "csv";
        if (g_str_has_suffix(path, ".json"))
            return "json";
    }
    return plx_invocation_string(invocation, PLX_OPTION_FORMAT);
}

static gboolean run_sql(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *const argument = plx_invocation_argument(invocation, 1);
    g_autofree char *text = NULL;
    g_autoptr(plx_sql_rows) rows = NULL;
    struct plx_interrupts interrupts;
    if (strcmp(argument, "-") == 0 && !plx_cmd_read_text("-", &text, error))
        return FALSE;
    plx_store *const store = plx_cmd_workspace_open(app, invocation, PLX_STORE_READ, error);
    if (!store)
        return FALSE;
    plx_interrupts_hold(&interrupts);
    const gboolean ok = run_on(store, text ? text : argument, &rows, error);
    plx_store_free(store);
    plx_interrupts_release(&interrupts);
    return ok && plx_sql_rows_print(rows, format_of(invocation), app, error);
}

static const enum plx_option_id options[] = {PLX_OPTION_OUTPUT, PLX_OPTION_END};
static const struct plx_example examples[] = {
    {"sql shop.plx \"select audience, count(*) from observation group by 1\"", "who answered"},
    {"sql shop.plx \"select place, count(*) from observation group by 1\"", "and where"},
    {"sql shop.plx \"select * from observation limit 0\" --format csv", "the names of the columns"},
    {"sql shop.plx - --format json < question.sql", "a longer statement, for scripts"},
    {0},
};

const struct plx_command plx_commands_sql[] = {
    {.name = "sql",
     .arguments = "WS STATEMENT",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Ask a workspace in SQL, as its administrator",
     .details =
         "The table 'observation' has one row per observation, with the columns of the canonical "
         "file under today's map; the tables of the file itself can be read too. One SELECT at a "
         "time ('-' reads it from standard input); nothing is ever written.\n\n"
         "This is an administrator's act: it shows single answers. No minimum group, no rounding "
         "and no suppression apply, as they do to readings (gaps, report). Who holds the file "
         "holds the data.\n\n"
         "A measure is a number or NULL; beside it, level_missing says why there is none: 'na' "
         "(did "
         "not happen to me), 'declined' or 'not_asked'. "
         "Respondents and encounters are keyed hashes, the "
         "same within one workspace only.",
     .examples = examples,
     .options = options,
     .formats = "table records csv json",
     .run = run_sql},
    {0},
};
