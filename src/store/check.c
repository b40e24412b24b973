/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/check.h"

#include "base/error.h"
#include "store/accounts.h"
#include "store/api_tokens.h"
#include "store/audit.h"
#include "store/forms_private.h"
#include "store/gatherings.h"
#include "store/inbox_private.h"
#include "store/kept_shelf.h"
#include "store/leftover.h"
#include "store/reveals.h"
#include "store/sessions.h"
#include "store/shelf.h"
#include "store/steps.h"
#include "store/store_private.h"
#include "store/suggestions.h"
#include "store/themes.h"
#include "store/visits.h"

#include <string.h>

void plx_check_report_clear(struct plx_check_report *report)
{
    g_clear_pointer(&report->faults, g_ptr_array_unref);
    g_clear_pointer(&report->repaired, g_ptr_array_unref);
}

static void add_fault(struct plx_check_report *report, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void add_fault(struct plx_check_report *report, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_ptr_array_add(report->faults, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

/* An error as part of a report: without the file, and without the advice to come here. */
static void take_fault(struct plx_check_report *report, const char *where, GError *error)
{
    static const char damaged[] = "the workspace is damaged: ";
    const char *const text = error ? error->message : "unknown";
    const char *const begin = strstr(text, damaged);
    const char *const what = begin ? begin + strlen(damaged) : text;
    const char *const end = begin ? strstr(what, "; restore a backup") : NULL;
    g_autofree char *fault = g_strndup(what, end ? (gsize)(end - what) : strlen(what));
    add_fault(report, "%s%s", where, fault);
    g_clear_error(&error);
}

/* SQLite's own look at pages, indices and references. */
static void check_pages(plx_store *store, struct plx_check_report *report, const char *sql,
                        const char *good)
{
    GError *error = NULL;
    sqlite3_stmt *const statement = plx_db_prepare(store->db, sql, &error);
    while (statement && plx_db_step(store->db, statement, &error) == SQLITE_ROW) {
        const char *const text = (const char *)sqlite3_column_text(statement, 0);
        if (!good || g_strcmp0(text, good) != 0)
            add_fault(report, "%s: %s", sql, text ? text : "");
    }
    if (error)
        take_fault(report, "", error);
}

static void check_block(plx_store *store, const struct plx_lexicon *lexicon,
                        const struct plx_shelf_block *block, struct plx_rowset *rows,
                        struct plx_check_report *report)
{
    struct plx_shelf_columns columns;
    GError *error = NULL;
    if (!plx_shelf_load(store->db, block, NULL, &columns, &error)) {
        take_fault(report, "", error);
        return;
    }
    if (!plx_block_decode(columns.part, block->rows, lexicon, TRUE, rows, &error) ||
        !plx_shelf_add_notes(store->db, block->id, rows, &error)) {
        g_autofree char *where = g_strdup_printf("block %" G_GINT64_FORMAT ": ", block->id);
        take_fault(report, where, error);
    }
    plx_shelf_columns_clear(&columns);
    report->blocks++;
    report->observations += rows->n;
    for (guint32 i = 0; rows->note && i < rows->n; i++)
        report->notes += rows->note[i].length > 0;
}

static void check_inbox(plx_store *store, const struct plx_lexicon *lexicon,
                        struct plx_rowset *rows, struct plx_check_report *report)
{
    GError *error = NULL;
    gint64 after = 0;
    do {
        if (!plx_inbox_next(store, lexicon, TRUE, &after, rows, &error)) {
            take_fault(report, "", error);
            return;
        }
        report->observations += rows->n;
    } while (rows->n > 0);
}

static void check_rows(plx_store *store, struct plx_check_report *report)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) blocks = plx_shelf_list(store->db, 0, &error);
    struct plx_lexicon *const lexicon =
        blocks ? plx_words_lexicon(store->words, store->base, store->db, &error) : NULL;
    if (!lexicon) {
        take_fault(report, "", error);
        return;
    }
    struct plx_rowset rows;
    plx_rowset_init(&rows);
    for (guint b = 0; b < blocks->len; b++)
        check_block(store, lexicon, blocks->pdata[b], &rows, report);
    check_inbox(store, lexicon, &rows, report);
    plx_rowset_clear(&rows);
    plx_lexicon_free(lexicon);
}

/* SQLite compares the index with the notes only where it may write: else in a copy that vanishes
 * when it is closed. */
static gboolean index_fits(plx_store *store, GError **error)
{
    static const char sql[] =
        "INSERT INTO note_text (note_text, rank) VALUES ('integrity-check', 1)";
    sqlite3 *const own = plx_db_handle(store->db);
    if (store->mode == PLX_STORE_WRITE && !sqlite3_db_readonly(own, "main"))
        return plx_db_execute(store->db, sql, error);
    sqlite3 *copy = NULL;
    sqlite3_backup *const backup = sqlite3_open("", &copy) == SQLITE_OK
                                       ? sqlite3_backup_init(copy, "main", own, "main")
                                       : NULL;
    int code = backup ? sqlite3_backup_step(backup, -1) : SQLITE_ERROR;
    sqlite3_backup_finish(backup);
    if (code == SQLITE_DONE)
        code = sqlite3_exec(copy, sql, NULL, NULL, NULL);
    sqlite3_close(copy);
    return code == SQLITE_OK || plx_error(error, PLX_ERROR_IO, "%s", sqlite3_errstr(code));
}

static void check_index(plx_store *store, gboolean repair, struct plx_check_report *report)
{
    GError *error = NULL;
    if (index_fits(store, &error))
        return;
    g_clear_error(&error);
    if (!repair) {
        add_fault(report, "the index of notes does not fit the notes (--repair makes it anew)");
        return;
    }
    if (plx_db_execute(store->db, "INSERT INTO note_text (note_text) VALUES ('rebuild')", &error))
        g_ptr_array_add(report->repaired, g_strdup("the index of notes"));
    else
        take_fault(report, "", error);
}

static gboolean repair_rest(plx_store *store, struct plx_check_report *report, GError **error)
{
    if (!plx_db_execute(store->db, "REINDEX; DELETE FROM cache;", error) ||
        !plx_leftover_clean(store->db, error))
        return FALSE;
    g_ptr_array_add(report->repaired, g_strdup("indices of tables, answers worked out before"));
    return TRUE;
}

/* Links to forms, and answers that wait to be sealed. */
static void check_forms(plx_store *store, struct plx_check_report *report)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) links = plx_links_read(store, &error);
    if (!links)
        take_fault(report, "links: ", g_steal_pointer(&error));
    if (!plx_sealing_check(store, &error))
        take_fault(report, "forms: ", g_steal_pointer(&error));
}

/* Themes, when results were shown, steps, answers to suggestions, visits, workshops online. */
static void check_acts(plx_store *store, struct plx_check_report *report)
{
    GError *error = NULL;
    g_autoptr(GArray) reveals = NULL;
    g_autoptr(GPtrArray) steps = NULL, suggestions = NULL;
    if (!plx_themes_check(store, &error))
        take_fault(report, "themes: ", g_steal_pointer(&error));
    if (!plx_reveals_read(store, &reveals, &error))
        take_fault(report, "reveals: ", g_steal_pointer(&error));
    steps = plx_steps_read(store, &error);
    if (!steps)
        take_fault(report, "steps: ", g_steal_pointer(&error));
    suggestions = plx_suggestions_read(store, &error);
    if (!suggestions)
        take_fault(report, "suggestions: ", g_steal_pointer(&error));
    if (!plx_visits_check(store, &error))
        take_fault(report, "visits: ", g_steal_pointer(&error));
    if (!plx_gatherings_check(store, &error))
        take_fault(report, "workshops: ", g_steal_pointer(&error));
}

/* Who may what, and the log of what was done. */
static void check_access(plx_store *store, struct plx_check_report *report)
{
    GError *error = NULL;
    struct plx_audit_state audit;
    g_autoptr(GPtrArray) accounts = plx_accounts_list(store, &error);
    if (!accounts)
        take_fault(report, "accounts: ", g_steal_pointer(&error));
    g_autoptr(GPtrArray) tokens = plx_api_tokens_list(store, &error);
    if (!tokens)
        take_fault(report, "tokens: ", g_steal_pointer(&error));
    for (guint i = 0; accounts && i < accounts->len; i++) {
        const plx_account *const account = accounts->pdata[i];
        g_autoptr(GArray) sessions = plx_sessions_of(store, account->id, &error);
        if (!sessions)
            take_fault(report, "sessions: ", g_steal_pointer(&error));
    }
    if (!plx_audit_read(store, NULL, NULL, &audit, &error))
        take_fault(report, "audit: ", g_steal_pointer(&error));
}

gboolean plx_check_run(plx_store *store, gboolean repair, struct plx_check_report *report,
                       GError **error)
{
    struct plx_check_report found = {.faults = g_ptr_array_new_with_free_func(g_free),
                                     .repaired = g_ptr_array_new_with_free_func(g_free)};
    if (repair && !repair_rest(store, &found, error)) {
        plx_check_report_clear(&found);
        return FALSE;
    }
    check_index(store, repair, &found);
    check_pages(store, &found, "PRAGMA integrity_check(20)", "ok");
    check_pages(store, &found, "PRAGMA foreign_key_check", NULL);
    check_rows(store, &found);
    check_acts(store, &found);
    check_forms(store, &found);
    check_access(store, &found);
    plx_kept_check(store, repair, found.faults, found.repaired);
    *report = found;
    return TRUE;
}
