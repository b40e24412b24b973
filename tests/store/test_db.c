/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "base/error.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOBODY 65534

static void assert_refused(const char *path, enum plx_db_mode mode, gint code, const char *said)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_db) db = plx_db_open(path, mode, &error);
    g_assert_null(db);
    g_assert_error(error, PLX_ERROR, code);
    g_assert_true(g_str_has_prefix(error->message, path));
    g_assert_nonnull(strstr(error->message, said));
}

/* What is no workspace is said to be none, and stays as it is. */
static void test_no_workspace(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    g_autofree char *empty = desk_file(&desk, "empty");
    g_autofree char *other = desk_file(&desk, "other.db");
    g_autofree char *torn = desk_file(&desk, "torn.plx");
    g_assert_true(g_file_set_contents(empty, "", 0, &error));
    sqlite3 *db = NULL;
    g_assert_cmpint(sqlite3_open(other, &db), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_exec(db, "CREATE TABLE t (x)", NULL, NULL, NULL), ==, SQLITE_OK);
    sqlite3_close(db);
    desk_take(&desk, "audience,encounter,point,level\nleader,e1,x,3\n");
    g_clear_pointer(&desk.store, plx_store_free);
    char *bytes = NULL;
    gsize n;
    g_assert_true(g_file_get_contents(desk.path, &bytes, &n, &error));
    g_assert_true(g_file_set_contents(torn, bytes, 16384 * 2, &error));
    g_free(bytes);
    for (guint mode = PLX_DB_WRITE; mode <= PLX_DB_READ; mode++) {
        assert_refused(empty, mode, PLX_ERROR_INPUT, "is not a workspace");
        assert_refused(desk.folder, mode, PLX_ERROR_INPUT, "is not a workspace");
        assert_refused(other, mode, PLX_ERROR_INPUT,
                       "is an SQLite database, but not a workspace of Parallax");
        assert_refused("/nowhere/at.all", mode, PLX_ERROR_NOT_FOUND, "there is no such workspace");
    }
    assert_refused(desk.path, PLX_DB_CREATE, PLX_ERROR_IO, "exists already; nothing was changed");
    assert_refused("/nowhere/at.all", PLX_DB_CREATE, PLX_ERROR_IO, "cannot be created");
    g_autoptr(plx_store) store = plx_store_open(torn, PLX_STORE_READ, &error);
    g_assert_null(store);
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    desk_clear(&desk);
}

static void test_statements(void)
{
    struct desk desk;
    gint64 n = 0;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    plx_db *const db = plx_store_db(desk.store);
    static const char sql[] = "SELECT ?1 + 1";
    sqlite3_stmt *const statement = plx_db_prepare(db, sql, &error);
    sqlite3_bind_int64(statement, 1, 4);
    g_assert_cmpint(plx_db_step(db, statement, &error), ==, SQLITE_ROW);
    g_assert_cmpint(sqlite3_column_int64(statement, 0), ==, 5);
    g_assert_true(plx_db_prepare(db, sql, &error) == statement); /* reset, its bindings cleared */
    g_assert_cmpint(plx_db_step(db, statement, &error), ==, SQLITE_ROW);
    g_assert_cmpint(sqlite3_column_type(statement, 0), ==, SQLITE_NULL);
    sqlite3_reset(statement);
    g_assert_true(plx_db_number(db, "SELECT 7", &n, &error));
    g_assert_cmpint(n, ==, 7);
    g_assert_false(plx_db_number(db, "SELECT 7 WHERE 0", &n, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_clear_error(&error);
    g_assert_null(plx_db_prepare(db, "SELECT nonsense", &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    desk_clear(&desk);
}

static gboolean give_up(guint seconds, gpointer data)
{
    (*(guint *)data)++;
    (void)seconds;
    return FALSE;
}

/* Who waits is asked about once a second; trying does not wait, and takes no patience away. */
static void test_waiting(void)
{
    struct desk desk;
    guint asked = 0;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    g_autoptr(plx_db) other = plx_db_open(desk.path, PLX_DB_WRITE, &error);
    plx_db_set_waiting(other, give_up, &asked);
    g_assert_true(plx_db_begin_write(plx_store_db(desk.store), &error));
    g_assert_false(plx_db_try_write(other));
    g_assert_cmpuint(asked, ==, 0);
    g_assert_false(plx_db_begin_write(other, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_nonnull(strstr(error->message, "another program is writing to it"));
    g_assert_cmpuint(asked, ==, 1);
    plx_db_rollback(plx_store_db(desk.store));
    g_assert_true(plx_db_try_write(other));
    plx_db_rollback(other);
    desk_clear(&desk);
}

/* Reads another user's file in a folder that is not theirs; what they may not do is said. */
static int act_as_nobody(const char *path)
{
    g_autoptr(GError) error = NULL;
    if (geteuid() == 0 && (setgid(NOBODY) != 0 || setuid(NOBODY) != 0))
        return 1;
    g_autoptr(plx_store) reader = plx_store_open(path, PLX_STORE_READ, &error);
    struct plx_store_info info;
    if (!reader || !plx_store_info(reader, 1, &info, &error) || info.observations != 1)
        return 2;
    g_autoptr(plx_store) writer = plx_store_open(path, PLX_STORE_WRITE, &error);
    const struct plx_import_options options = {.file = "f", .dataset = "d", .n_workers = 1};
    g_autoptr(plx_import) import = writer ? plx_import_begin(writer, &options, &error) : NULL;
    if (import || !g_error_matches(error, PLX_ERROR, PLX_ERROR_IO))
        return 3;
    return strstr(error->message, "may not be written to") ? 0 : 4;
}

static void test_read_only(void)
{
    struct desk desk;
    desk_init(&desk, NULL);
    desk_take(&desk, "audience,encounter,point,level\nleader,e1,x,3\n");
    g_clear_pointer(&desk.store, plx_store_free);
    g_assert_cmpint(g_chmod(desk.path, 0444), ==, 0);
    g_assert_cmpint(g_chmod(desk.folder, 0555), ==, 0);
    fflush(NULL);
    const pid_t child = fork();
    if (child == 0)
        _exit(act_as_nobody(desk.path));
    int status = 0;
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_cmpint(g_chmod(desk.folder, 0755), ==, 0);
    g_assert_true(WIFEXITED(status));
    g_assert_cmpint(WEXITSTATUS(status), ==, 0);
    desk_clear(&desk);
}

/* A second connection that comes and goes in this process must not give up the locks of the first:
 * another program would take itself for the last one and remove the log under it. */
static void test_locks_stay(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    gint64 n = 0;
    desk_init(&desk, NULL);
    g_autofree char *log = g_strconcat(desk.path, "-wal", NULL);
    g_assert_true(plx_db_number(plx_store_db(desk.store), "SELECT 1", &n, NULL));
    plx_db_close(plx_db_open(desk.path, PLX_DB_READ, &error));
    g_assert_no_error(error);
    g_assert_true(plx_store_is_one(desk.path));
    const pid_t child = fork();
    g_assert_cmpint(child, >=, 0);
    if (child == 0) {
        execl("/proc/self/exe", "another", desk.path, (char *)NULL);
        _exit(1);
    }
    int status = 0;
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_cmpint(status, ==, 0);
    g_assert_cmpint(access(log, F_OK), ==, 0);
    desk_clear(&desk);
}

/* The other program: reads, writes, and goes. */
static int be_another(const char *path)
{
    gint64 n = 0;
    g_autoptr(plx_db) db = plx_db_open(path, PLX_DB_WRITE, NULL);
    return !db || !plx_db_number(db, "SELECT count(*) FROM import", &n, NULL);
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[0], "another") == 0)
        return be_another(argv[1]);
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/db/no-workspace", test_no_workspace);
    g_test_add_func("/db/statements", test_statements);
    g_test_add_func("/db/waiting", test_waiting);
    g_test_add_func("/db/read-only", test_read_only);
    g_test_add_func("/db/locks-stay", test_locks_stay);
    return g_test_run();
}
