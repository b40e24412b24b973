/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "store/check.h"
#include "store/inbox.h"

#include <string.h>

#define TEXT                                                                                       \
    "audience,encounter,point,level,note\ncustomer,e1,page,4,first words\n"                        \
    "customer,e2,cart,2,other words\n"

static void check(struct desk *desk, gboolean repair, struct plx_check_report *report)
{
    g_autoptr(GError) error = NULL;
    plx_check_run(desk->store, repair, report, &error);
    g_assert_no_error(error);
}

static void test_whole(void)
{
    struct desk desk;
    struct plx_check_report report;
    desk_init(&desk, desk_map);
    desk_take(&desk, TEXT);
    check(&desk, FALSE, &report);
    g_assert_cmpuint(report.faults->len, ==, 0);
    g_assert_cmpuint(report.repaired->len, ==, 0);
    g_assert_cmpuint(report.observations, ==, 2);
    g_assert_cmpuint(report.blocks, ==, 1);
    g_assert_cmpuint(report.notes, ==, 2);
    plx_check_report_clear(&report);
    desk_clear(&desk);
}

static gboolean names(const struct plx_check_report *report, const char *what)
{
    for (guint i = 0; i < report->faults->len; i++)
        if (strstr(report->faults->pdata[i], what))
            return TRUE;
    return FALSE;
}

/* Each kind of damage is named. */
static void check_damage(const char *sql, const char *what)
{
    struct desk desk;
    struct plx_check_report report;
    desk_init(&desk, desk_map);
    desk_take(&desk, TEXT);
    desk_sql(&desk, sql);
    check(&desk, FALSE, &report);
    if (!names(&report, what))
        g_error("\"%s\" gives \"%s\", not \"%s\"", sql,
                report.faults->len ? (const char *)report.faults->pdata[0] : "", what);
    plx_check_report_clear(&report);
    desk_clear(&desk);
}

/* Where nothing may be written, the index of notes is compared in a copy. */
static void test_read_only(void)
{
    struct desk desk;
    struct plx_check_report report;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    desk_take(&desk, TEXT);
    plx_store *reader = plx_store_open(desk.path, PLX_STORE_READ, &error);
    g_assert_true(plx_check_run(reader, FALSE, &report, &error));
    g_assert_cmpuint(report.faults->len, ==, 0);
    g_assert_cmpuint(report.notes, ==, 2);
    plx_check_report_clear(&report);
    desk_sql(&desk, "DELETE FROM note_text WHERE rowid = 1");
    g_assert_true(plx_check_run(reader, FALSE, &report, &error));
    g_assert_true(names(&report, "the index of notes does not fit the notes"));
    plx_check_report_clear(&report);
    plx_store_free(reader);
    desk_clear(&desk);
}

static void test_damage(void)
{
    check_damage("UPDATE block SET rows = 3", "block 1");
    check_damage("UPDATE block SET notes = 3", "block 1");
    check_damage("UPDATE block SET first_day = 7, last_day = 8", "block 1");
    check_damage("UPDATE block SET crc = crc + 1", "block 1");
    check_damage("DELETE FROM block_column WHERE id = 256 + 17", "block 1 lacks column 17");
    check_damage("UPDATE block_column SET data = x'0102' WHERE id = 256 + 17", "damaged block");
    check_damage("UPDATE block_column SET id = 256 + 18 WHERE id = 256 + 17",
                 "block 1 lacks column 17");
    check_damage("UPDATE note SET text = 'false words' WHERE id = 1", "a note of block 1");
    check_damage("UPDATE note SET row = 9 WHERE id = 1", "a note of block 1");
    check_damage("UPDATE note SET text = 'false words' WHERE id = 1", "the index of notes");
    check_damage("DELETE FROM note WHERE id = 1", "block 1 has 1 of 2 notes");
    check_damage("INSERT INTO note_text (rowid, text) VALUES (7, 'more')", "the index of notes");
    check_damage("UPDATE fact SET value = 1 WHERE name = 'observations'", "2 of 1 observations");
    check_damage("UPDATE fact SET value = 1 WHERE name = 'waiting'", "0 of 1 observations");
    check_damage("PRAGMA foreign_keys = OFF; INSERT INTO note (id, block, row, text, crc) VALUES "
                 "(5, 77, 0, '', 0)",
                 "foreign_key_check");
    check_damage("DELETE FROM fact WHERE name = 'observations'", "gives nothing");
}

static void test_repair(void)
{
    struct desk desk;
    struct plx_check_report report;
    gint64 n = -1;
    desk_init(&desk, desk_map);
    desk_take(&desk, TEXT);
    desk_sql(&desk, "INSERT INTO note_text (rowid, text) VALUES (7, 'more')");
    check(&desk, TRUE, &report);
    g_assert_cmpuint(report.faults->len, ==, 0);
    g_assert_cmpuint(report.repaired->len, ==, 2);
    plx_check_report_clear(&report);
    check(&desk, FALSE, &report);
    g_assert_cmpuint(report.faults->len, ==, 0);
    plx_check_report_clear(&report);
    g_assert_true(plx_db_number(plx_store_db(desk.store), "SELECT count(*) FROM cache", &n, NULL));
    g_assert_cmpint(n, ==, 0);
    desk_assert_reads(&desk, desk_map, TEXT);
    desk_clear(&desk);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/check/whole", test_whole);
    g_test_add_func("/check/read-only", test_read_only);
    g_test_add_func("/check/damage", test_damage);
    g_test_add_func("/check/repair", test_repair);
    return g_test_run();
}
