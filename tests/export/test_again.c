/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people wrote, out of one workspace and into another: the same sayings. */

#include "export/export.h"
#include "store/desk.h"
#include "store/export_scan.h"
#include "voice/heard.h"

#include <glib/gstdio.h>
#include <string.h>

/* Sheets of a table whose audience is protected (leader), anonymous (staff) or served. */
static const char sheets[] =
    "audience,encounter,time,workshop,table,group_size,point,prompt,surprise,note\n"
    "leader,t1,2026-03-01T10:00Z,w,1,7,,well,,kind people\n"
    "leader,t1,2026-03-01T10:00Z,w,1,7,,competitors,bad,\"dear, and proud\"\n"
    "leader,t1,2026-03-01T10:00Z,w,1,7,cart,improve,,queues\n"
    "staff,t2,2026-03-01T10:00Z,w,2,6,,well,,kind people\n"
    "staff,t2,2026-03-01T10:00Z,w,2,6,,competitors,good,faster\n"
    "staff,t2,2026-03-01T10:00Z,w,2,6,,continue,,\"a \"\"quote\"\"\"\n"
    "customer,t3,2026-03-01T10:00Z,w,3,8,,well,,kind people\n"
    "customer,t3,2026-03-01T10:00Z,w,3,8,,moment,,the lift\n"
    "customer,,,,,,page,comment,,no keys\n";

static const char expected[] =
    "0/0 / customer comment \"no keys\" on page at  in  by 1\n"
    "1/1 w/1 leader competitors \"dear, and proud\" on - at  in  surprise=-1 day=20513 by 7\n"
    "1/1 w/1 leader improve \"queues\" on cart at  in  day=20513 by 7\n"
    "1/1 w/1 leader well \"kind people\" on - at  in  day=20513 by 7\n"
    "2/2 w/2 staff competitors \"faster\" on - at  in  surprise=1 day=20513 by 6\n"
    "2/2 w/2 staff continue \"a \"quote\"\" on - at  in  day=20513 by 6\n"
    "2/2 w/2 staff well \"kind people\" on - at  in  day=20513 by 6\n"
    "3/3 w/3 customer moment \"the lift\" on - at  in  day=20513 by 8\n"
    "3/3 w/3 customer well \"kind people\" on - at  in  day=20513 by 8\n"
    "4 sheets, 4 units\n";

static void assert_says(struct desk *desk)
{
    static const struct plx_listen everything = {0};
    for (guint threads = 1; threads <= 3; threads += 2) {
        g_autoptr(GError) error = NULL;
        struct plx_sayings *sayings = NULL;
        g_autoptr(plx_source) source = plx_store_source(desk->store, threads);
        plx_source_listen(source, &everything, &sayings, &error);
        g_assert_no_error(error);
        g_autofree char *text = heard_text(source->map, sayings);
        g_assert_cmpstr(text, ==, expected);
        plx_sayings_free(sayings);
    }
}

static gboolean tell(enum plx_row_keys keys, gpointer data)
{
    plx_export_set_keys(data, keys);
    return TRUE;
}

static gboolean is_done(gpointer data)
{
    return plx_export_is_done(data);
}

/* The whole workspace as a canonical file; to be freed. */
static char *export_of(const struct desk *desk)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = desk_file(desk, "out.csv");
    char *text = NULL;
    const struct plx_export_options options = {
        .map = plx_store_map(desk->store), .path = path, .format = PLX_EXPORT_CSV};
    g_autoptr(plx_export) export = plx_export_new(&options, &error);
    g_assert_no_error(error);
    const struct plx_export_scan scan = {plx_export_sink(export), tell, is_done, export};
    g_assert_true(plx_export_scan_run(desk->store, &scan, &error));
    g_assert_true(g_file_get_contents(path, &text, NULL, &error));
    g_assert_cmpint(g_remove(path), ==, 0);
    return text;
}

static void test_sheets(void)
{
    struct desk first, second;
    desk_init(&first, desk_map);
    desk_init(&second, desk_map);
    desk_take(&first, sheets);
    desk_reopen(&first);
    assert_says(&first);
    g_autofree char *text = export_of(&first);
    desk_take(&second, text);
    desk_reopen(&second);
    assert_says(&second);
    g_autofree char *again = export_of(&second);
    g_assert_cmpuint(strlen(again), ==, strlen(text));
    desk_clear(&first);
    desk_clear(&second);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/again/sheets", test_sheets);
    return g_test_run();
}
