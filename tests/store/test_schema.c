/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "base/error.h"
#include "store/check.h"
#include "store/schema.h"

#include <gio/gio.h>

static void set_version(const struct desk *desk, guint version)
{
    g_autofree char *sql = g_strdup_printf("PRAGMA user_version = %u", version);
    desk_sql(desk, sql);
}

static void test_created(void)
{
    struct desk desk;
    gint64 version = 0, pages = 0, id = 0;
    desk_init(&desk, NULL);
    plx_db *const db = plx_store_db(desk.store);
    g_assert_true(plx_db_number(db, "PRAGMA user_version", &version, NULL));
    g_assert_true(plx_db_number(db, "PRAGMA page_size", &pages, NULL));
    g_assert_true(plx_db_number(db, "PRAGMA application_id", &id, NULL));
    g_assert_cmpint(version, ==, plx_schema_version());
    g_assert_cmpint(pages, ==, 16384);
    g_assert_cmpint(id, ==, PLX_APPLICATION_ID);
    desk_clear(&desk);
}

static void assert_opens(const struct desk *desk, enum plx_store_mode mode, gint code,
                         const char *said)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *message = g_strdup_printf("%s: %s", desk->path, said);
    g_assert_null(plx_store_open(desk->path, mode, &error));
    g_assert_error(error, PLX_ERROR, code);
    g_assert_cmpstr(error->message, ==, message);
}

/* A newer file is refused politely and stays as it is. */
static void test_newer(void)
{
    g_autofree char *said =
        g_strdup_printf("was written by a newer Parallax (version %u of the file; this program "
                        "knows up to %u); nothing was changed. Use the newer program",
                        plx_schema_version() + 2, plx_schema_version());
    struct desk desk;
    desk_init(&desk, NULL);
    desk_take(&desk, "audience,encounter,point,level\nleader,e1,x,3\n");
    set_version(&desk, plx_schema_version() + 2);
    g_clear_pointer(&desk.store, plx_store_free);
    assert_opens(&desk, PLX_STORE_READ, PLX_ERROR_INPUT, said);
    assert_opens(&desk, PLX_STORE_WRITE, PLX_ERROR_INPUT, said);
    set_version(&desk, plx_schema_version());
    desk_reopen(&desk);
    g_assert_cmpuint(desk_observations(&desk), ==, 1);
    desk_clear(&desk);
}

static void test_without_version(void)
{
    struct desk desk;
    desk_init(&desk, NULL);
    set_version(&desk, 0);
    g_clear_pointer(&desk.store, plx_store_free);
    assert_opens(&desk, PLX_STORE_WRITE, PLX_ERROR_IO,
                 "the workspace is damaged: it has no version; restore a backup (parallax "
                 "restore), or see what can be saved with parallax check");
    desk_clear(&desk);
}

/* A file of today needs no copy. */
static void test_nothing_to_do(void)
{
    struct desk desk;
    char *copy = NULL;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    g_assert_true(plx_schema_migrate(plx_store_db(desk.store), &copy, &error));
    g_assert_null(copy);
    g_assert_true(plx_schema_check(plx_store_db(desk.store), &error));
    desk_clear(&desk);
}

/* Earlier versions
 * ----------------------------------------------------------------------------------- */

static char *data_file(const char *name)
{
    return g_build_filename(DATA_DIR, name, NULL);
}

static char *read_text(const char *name)
{
    g_autofree char *path = data_file(name);
    g_autoptr(GError) error = NULL;
    char *text = NULL;
    g_file_get_contents(path, &text, NULL, &error);
    g_assert_no_error(error);
    return text;
}

/* A desk with the file that an earlier version wrote (data/version-N.plx.gz), not opened. */
static void unpack(struct desk *desk, guint version)
{
    g_autofree char *name = g_strdup_printf("version-%u.plx.gz", version);
    g_autofree char *path = data_file(name);
    g_autoptr(GError) error = NULL;
    desk_init(desk, NULL);
    g_clear_pointer(&desk->store, plx_store_free);
    g_autoptr(GFile) from = g_file_new_for_path(path);
    g_autoptr(GFile) to = g_file_new_for_path(desk->path);
    g_autoptr(GConverter) gunzip =
        G_CONVERTER(g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP));
    g_autoptr(GFileInputStream) packed = g_file_read(from, NULL, &error);
    g_assert_no_error(error);
    g_autoptr(GInputStream) in = g_converter_input_stream_new(G_INPUT_STREAM(packed), gunzip);
    g_autoptr(GFileOutputStream) out =
        g_file_replace(to, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error);
    g_assert_no_error(error);
    g_output_stream_splice(G_OUTPUT_STREAM(out), in, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL,
                           &error);
    g_assert_no_error(error);
}

static gint64 number_of(const struct desk *desk, const char *sql)
{
    gint64 n = -1;
    g_assert_true(plx_db_number(plx_store_db(desk->store), sql, &n, NULL));
    return n;
}

/* It is not read as it is; whoever writes brings it up to date after a copy, and it says the same,
 * with counts kept of what it had. */
static void check_version(guint before)
{
    struct desk desk;
    struct plx_check_report report;
    g_autoptr(GError) error = NULL;
    g_autofree char *yaml = read_text("version-1.yaml");
    g_autofree char *text = read_text("version-1.csv");
    unpack(&desk, before);
    assert_opens(&desk, PLX_STORE_READ, PLX_ERROR_INPUT,
                 "was written by an older Parallax; a command that writes to it (parallax compact) "
                 "brings it up to date, after a copy");
    desk_reopen(&desk);
    g_assert_cmpint(number_of(&desk, "PRAGMA user_version"), ==, plx_schema_version());
    g_assert_cmpint(number_of(&desk, "SELECT sum(rows) FROM kept WHERE import = 1"), ==, 240);
    g_assert_cmpint(number_of(&desk, "SELECT value FROM fact WHERE name = 'kept'"), ==, 1);
    desk_assert_reads(&desk, yaml, text);
    plx_check_run(desk.store, FALSE, &report, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(report.faults->len, ==, 0);
    plx_check_report_clear(&report);
    g_autofree char *copy = g_strdup_printf("%s.version-%u", desk.path, before);
    plx_db *const db = plx_db_open(copy, PLX_DB_READ, &error);
    gint64 version = 0;
    g_assert_true(plx_db_number(db, "PRAGMA user_version", &version, &error));
    g_assert_cmpint(version, ==, before);
    plx_db_close(db);
    desk_reopen(&desk); /* once is enough: another copy would be refused */
    desk_assert_reads(&desk, yaml, text);
    desk_clear(&desk);
}

static void test_version_1(void)
{
    check_version(1);
}

static void test_version_2(void)
{
    check_version(2);
}

static void test_version_3(void)
{
    check_version(3);
}

static void test_version_4(void)
{
    check_version(4);
}

/* Stopped between the new tables and the counts: the next one makes them. */
static void test_version_1_stopped(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    unpack(&desk, 1);
    plx_db *const db = plx_db_open(desk.path, PLX_DB_WRITE, &error);
    g_assert_true(plx_schema_migrate(db, NULL, &error));
    plx_db_close(db);
    desk.store = plx_store_open(desk.path, PLX_STORE_READ, &error);
    g_assert_cmpuint(desk_observations(&desk), ==, 240);
    g_assert_cmpint(number_of(&desk, "SELECT count(*) FROM kept"), ==, 0);
    desk_reopen(&desk);
    g_assert_cmpint(number_of(&desk, "SELECT sum(rows) FROM kept"), ==, 240);
    desk_clear(&desk);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/schema/created", test_created);
    g_test_add_func("/schema/newer", test_newer);
    g_test_add_func("/schema/without-version", test_without_version);
    g_test_add_func("/schema/nothing-to-do", test_nothing_to_do);
    g_test_add_func("/schema/version-1", test_version_1);
    g_test_add_func("/schema/version-2", test_version_2);
    g_test_add_func("/schema/version-3", test_version_3);
    g_test_add_func("/schema/version-4", test_version_4);
    g_test_add_func("/schema/version-1-stopped", test_version_1_stopped);
    return g_test_run();
}
