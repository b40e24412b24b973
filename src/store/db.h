/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One connection to the SQLite file of a workspace: opening it safely, statements, transactions.
 *
 * WAL, synchronous=FULL, 16 KiB pages, foreign keys, trusted_schema=OFF. Statements are literals
 * with bound parameters; each is prepared once per connection. Errors are PLX_ERROR_IO with the
 * file's name and what SQLite said in plain words (disk full, read-only, damaged, busy); a file
 * that is no workspace is PLX_ERROR_INPUT. A connection is used by one thread at a time.
 * Test: tests/store/test_db.c. */

#include <glib.h>

/* In the loadable extension (sql_extension.c) SQLite is the host's, whichever it has: every call
 * goes through the table of routines that the host hands over. */
#ifdef PLX_SQLITE_EXTENSION
#include <sqlite3ext.h>
extern const sqlite3_api_routines *sqlite3_api;
#else
#include <sqlite3.h>
#endif

#define PLX_APPLICATION_ID 0x506C7831 /* "Plx1" */
#define PLX_BUSY_SECONDS 60

typedef struct plx_db plx_db;

enum plx_db_mode {
    PLX_DB_CREATE, /* must not exist yet */
    PLX_DB_WRITE,  /* must exist */
    PLX_DB_READ    /* never written to; also on a folder or medium that cannot be */
};

/* Called about once a second while another process writes: TRUE to go on waiting. */
typedef gboolean (*plx_db_waiting)(guint seconds, gpointer data);

/* The first bytes of a file, through SQLite's own descriptor: closing another one of the same file
 * would give up all locks that this process has on it (POSIX), and another program would take
 * itself for the last one and remove the log that is written to. FALSE: there are fewer, or it
 * cannot be read. Test: tests/store/test_db.c. */
gboolean plx_db_peek(const char *path, void *bytes, int n);

plx_db *plx_db_open(const char *path, enum plx_db_mode mode, GError **error);
/* Around somebody else's connection, whose main database must be a workspace (PLX_ERROR_INPUT): to
 * read from it. Its settings stay as they are, and plx_db_close leaves it open, but must come
 * first. Test: tests/store/test_vtab.c. */
plx_db *plx_db_adopt(sqlite3 *handle, GError **error);
void plx_db_close(plx_db *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_db, plx_db_close)

const char *plx_db_path(const plx_db *db);
sqlite3 *plx_db_handle(plx_db *db);
void plx_db_set_waiting(plx_db *db, plx_db_waiting waiting, gpointer data);

/* A statement, ready to be bound; the same text gives the same statement, reset. NULL: *error. */
sqlite3_stmt *plx_db_prepare(plx_db *db, const char *sql, GError **error);
/* Steps: SQLITE_ROW, SQLITE_DONE (then the statement is reset), or 0 with *error. */
int plx_db_step(plx_db *db, sqlite3_stmt *statement, GError **error);
/* Runs a bound statement that gives no rows. */
gboolean plx_db_run(plx_db *db, sqlite3_stmt *statement, GError **error);
/* Runs one literal without parameters, prepared once: for what happens thousands of times. */
gboolean plx_db_do(plx_db *db, const char *sql, GError **error);
/* Runs literals without parameters, several separated by semicolons. */
gboolean plx_db_execute(plx_db *db, const char *sql, GError **error);
/* The one number that a literal query gives; FALSE also when it gives none. */
gboolean plx_db_number(plx_db *db, const char *sql, gint64 *number, GError **error);
/* The one number of a bound statement, which may be NULL: *error is set then. 0 without a row. */
gboolean plx_db_one(plx_db *db, sqlite3_stmt *statement, gint64 *number, GError **error);
/* The numbers in the first column of all rows: gint64. */
GArray *plx_db_numbers(plx_db *db, const char *sql, GError **error);

/* A write transaction takes the lock at once, a read transaction sees one snapshot. */
gboolean plx_db_begin_write(plx_db *db, GError **error);
/* Has it ever waited for another one to finish writing? */
gboolean plx_db_met_others(const plx_db *db);
/* SQLite ends a transaction by itself when the disk or memory fails it: FALSE with *error then. */
gboolean plx_db_still_within(plx_db *db, GError **error);
/* FALSE, and no error, when another process is writing: without waiting for it. */
gboolean plx_db_try_write(plx_db *db);
gboolean plx_db_begin_read(plx_db *db, GError **error);
/* Called at the end of each transaction that changed rows: `ending` within it, FALSE takes it back;
 * `ended` once it is on the disk. One of each at most; `data` is freed with the connection. Test:
 * tests/store/test_audit.c. */
typedef gboolean (*plx_db_ending)(gpointer data, GError **error);
typedef void (*plx_db_ended)(gpointer data);
void plx_db_set_ending(plx_db *db, plx_db_ending ending, plx_db_ended ended, gpointer data,
                       GDestroyNotify data_free);
gboolean plx_db_commit(plx_db *db, GError **error);
/* The same without calling either: what is only kept to be faster is nobody's change. */
gboolean plx_db_commit_aside(plx_db *db, GError **error);
void plx_db_rollback(plx_db *db); /* nothing when there is none */

/* Empties the log into the file, so that nothing of what was there before is left beside it. It
 * waits for readers as writers wait for each other; PLX_ERROR_IO when one does not end. Test:
 * tests/store/test_erase.c. */
gboolean plx_db_empty_log(plx_db *db, GError **error);
/* The same without waiting: FALSE, and no error, while somebody reads or writes. */
gboolean plx_db_try_empty_log(plx_db *db);

/* What went wrong with the connection last, as an error. Always FALSE. */
gboolean plx_db_error(plx_db *db, GError **error);
/* "PATH: the workspace is damaged: WHAT (…)". Always FALSE. */
gboolean plx_db_damaged(const plx_db *db, GError **error, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
