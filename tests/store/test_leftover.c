/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "store/leftover.h"

#define TEXT "audience,encounter,point,level,note\ncustomer,e1,page,4,words\n"

static gint64 count(struct desk *desk, const char *sql)
{
    gint64 n = -1;
    g_assert_true(plx_db_number(plx_store_db(desk->store), sql, &n, NULL));
    return n;
}

static void test_owner(void)
{
    g_autofree char *mine = plx_leftover_owner();
    g_auto(GStrv) parts = g_strsplit(mine, " ", 3);
    g_autofree char *other_boot = g_strdup_printf("x %s %s", parts[1], parts[2]);
    g_autofree char *other_start = g_strdup_printf("%s %s 7", parts[0], parts[1]);
    g_autofree char *nobody = g_strdup_printf("%s 99999999 %s", parts[0], parts[2]);
    g_assert_true(plx_leftover_runs(mine));
    g_assert_false(plx_leftover_runs(other_boot));
    g_assert_false(plx_leftover_runs(other_start));
    g_assert_false(plx_leftover_runs(nobody));
    g_assert_false(plx_leftover_runs(""));
}

/* What a process that is gone left behind goes at the next opening, and nothing else does. */
static void test_clean(void)
{
    struct desk desk;
    desk_init(&desk, desk_map);
    desk_take(&desk, TEXT);
    g_autofree char *mine = plx_leftover_owner();
    g_autofree char *sql = g_strdup_printf(
        "INSERT INTO import (kind, state, owner, started, file, dataset, keys) VALUES "
        "('file', 'pending', 'x 1 2', '', 'dead', 'd', 'none'), "
        "('file', 'pending', '%s', '', 'alive', 'd', 'none'); "
        "INSERT INTO block (import, rows, notes, present, crc) VALUES (2, 1, 1, x'00', 1), "
        "(3, 1, 0, x'00', 1); "
        "INSERT INTO block_column (id, data) VALUES (513, x'00'), (769, x'00'); "
        "INSERT INTO note (id, block, row, text, crc) VALUES (9, 2, 0, 'gone', 1); "
        "INSERT INTO note_text (rowid, text) VALUES (9, 'gone');",
        mine);
    desk_sql(&desk, sql);
    /* Blocks of the dead are removed without being read: theirs may be half written. */
    desk_assert_reads(&desk, desk_map, TEXT);
    desk_reopen(&desk);
    g_assert_cmpint(count(&desk, "SELECT count(*) FROM import WHERE file = 'dead'"), ==, 0);
    g_assert_cmpint(count(&desk, "SELECT count(*) FROM import WHERE file = 'alive'"), ==, 1);
    g_assert_cmpint(count(&desk, "SELECT count(*) FROM block WHERE import = 2"), ==, 0);
    g_assert_cmpint(count(&desk, "SELECT count(*) FROM block_column WHERE id = 513"), ==, 0);
    g_assert_cmpint(count(&desk, "SELECT count(*) FROM block_column WHERE id = 769"), ==, 1);
    g_assert_cmpint(count(&desk, "SELECT count(*) FROM note"), ==, 1);
    g_assert_cmpint(count(&desk, "SELECT count(*) FROM note_text WHERE note_text MATCH 'gone'"), ==,
                    0);
    desk_assert_reads(&desk, desk_map, TEXT);
    desk_clear(&desk);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/leftover/owner", test_owner);
    g_test_add_func("/leftover/clean", test_clean);
    return g_test_run();
}
