/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "store/compact.h"
#include "store/imports.h"

/* Smaller, and the same answers. */
static void test_compact(void)
{
    struct desk desk;
    guint64 before = 0, after = 0, n = 0;
    g_autoptr(GError) error = NULL;
    g_autofree char *text = desk_rows(1, 4000, 0);
    desk_init(&desk, desk_map);
    desk_take(&desk, text);
    desk_take(&desk, "audience,encounter,point,level\ncustomer,z1,page,4\n");
    g_assert_true(plx_imports_undo(desk.store, 1, &n, &error));
    g_assert_true(plx_compact_run(desk.store, &before, &after, &error));
    g_assert_cmpuint(after, <, before);
    g_assert_cmpuint(after % 16384, ==, 0);
    desk_assert_reads(&desk, desk_map, "audience,encounter,point,level\ncustomer,z1,page,4\n");
    desk_reopen(&desk);
    desk_assert_reads(&desk, desk_map, "audience,encounter,point,level\ncustomer,z1,page,4\n");
    desk_clear(&desk);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/compact/compact", test_compact);
    return g_test_run();
}
