/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "base/error.h"
#include "store/check.h"
#include "store/reveals.h"

#include <string.h>

#define FIRST 1764151200 /* 2025-11-26 10:00 UTC */

static gint64 lock(struct desk *desk, const char *audience, gint64 time)
{
    gint64 first = 0;
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_reveals_lock(desk->store, audience, time, &first, &error));
    g_assert_no_error(error);
    return first;
}

/* The first time stays, also over opening again. */
static void test_first_stays(void)
{
    struct desk desk;
    g_autoptr(GArray) reveals = NULL;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    g_assert_true(plx_reveals_read(desk.store, &reveals, &error));
    g_assert_cmpuint(reveals->len, ==, 0);
    g_clear_pointer(&reveals, g_array_unref);
    g_assert_cmpint(lock(&desk, "staff", FIRST + 60), ==, FIRST + 60);
    g_assert_cmpint(lock(&desk, "leader", FIRST), ==, FIRST);
    desk_reopen(&desk);
    g_assert_cmpint(lock(&desk, "leader", FIRST + 3600), ==, FIRST);
    g_assert_true(plx_reveals_read(desk.store, &reveals, &error));
    g_assert_cmpuint(reveals->len, ==, 2);
    const struct plx_shown *const reveal = &g_array_index(reveals, struct plx_shown, 0);
    g_assert_cmpstr(reveal[0].audience, ==, "leader");
    g_assert_cmpint(reveal[0].utc_seconds, ==, FIRST);
    g_assert_cmpstr(reveal[1].audience, ==, "staff");
    desk_clear(&desk);
}

static void check_damage(const char *sql)
{
    struct desk desk;
    struct plx_check_report report;
    g_autoptr(GArray) reveals = NULL;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    lock(&desk, "leader", FIRST);
    desk_sql(&desk, sql);
    g_assert_false(plx_reveals_read(desk.store, &reveals, &error));
    g_assert_true(g_error_matches(error, PLX_ERROR, PLX_ERROR_IO));
    g_assert_nonnull(strstr(error->message, "is damaged: when results were shown"));
    g_assert_null(reveals);
    g_clear_error(&error);
    g_assert_true(plx_check_run(desk.store, FALSE, &report, &error));
    g_assert_cmpuint(report.faults->len, ==, 1);
    g_assert_cmpstr(report.faults->pdata[0], ==, "reveals: when results were shown");
    plx_check_report_clear(&report);
    desk_clear(&desk);
}

static void test_damage(void)
{
    check_damage("UPDATE reveal SET shown = '2026-11-26T10:00:00Z'");
    check_damage("UPDATE reveal SET audience = 'staff'");
    check_damage("UPDATE reveal SET shown = 'soon'");
    check_damage("DELETE FROM reveal");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/reveals/first-stays", test_first_stays);
    g_test_add_func("/reveals/damage", test_damage);
    return g_test_run();
}
