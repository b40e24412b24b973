/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "base/error.h"
#include "store/check.h"
#include "store/copies.h"
#include "store/steps.h"

#include <string.h>

#define WHEN G_GINT64_CONSTANT(1795685400) /* 2026-11-26 09:30 UTC */

static char author[] = "anna", add[] = "add", amend[] = "amend", start[] = "start";
static char body[] = "{\"note\": \"größer\"}";

static struct plx_step_act make(gint64 last, gint64 step, char *act)
{
    return (struct plx_step_act){last, step, WHEN + last, author, act, body};
}

static gint64 append(struct desk *desk, gint64 last, gint64 step, char *act)
{
    const struct plx_step_act made = make(last, step, act);
    g_autoptr(GError) error = NULL;
    gint64 number = -1;
    g_assert_true(plx_steps_add(desk->store, &made, &number, &error));
    g_assert_no_error(error);
    return number;
}

static void refuse(struct desk *desk, gint64 last, gint64 step, char *act, int code,
                   const char *message)
{
    const struct plx_step_act made = make(last, step, act);
    g_autoptr(GError) error = NULL;
    gint64 number = -1;
    g_assert_false(plx_steps_add(desk->store, &made, &number, &error));
    g_assert_true(g_error_matches(error, PLX_ERROR, code));
    g_assert_nonnull(strstr(error->message, message));
    g_assert_cmpint(number, ==, -1);
}

static GPtrArray *read_all(plx_store *store)
{
    g_autoptr(GError) error = NULL;
    GPtrArray *const acts = plx_steps_read(store, &error);
    g_assert_no_error(error);
    return acts;
}

static void fill(struct desk *desk)
{
    g_assert_cmpint(append(desk, 0, 0, add), ==, 1);
    g_assert_cmpint(append(desk, 1, 0, add), ==, 2);
    g_assert_cmpint(append(desk, 2, 1, amend), ==, 1);
    g_assert_cmpint(append(desk, 3, 2, start), ==, 2);
}

static void check_filled(plx_store *store)
{
    static const char *const kinds[] = {"add", "add", "amend", "start"};
    static const gint64 steps[] = {1, 2, 1, 2};
    g_autoptr(GPtrArray) acts = read_all(store);
    gint64 n = 0;
    g_assert_cmpuint(acts->len, ==, 4);
    for (guint i = 0; i < acts->len; i++) {
        const struct plx_step_act *const act = acts->pdata[i];
        g_assert_cmpint(act->number, ==, i + 1);
        g_assert_cmpint(act->step, ==, steps[i]);
        g_assert_cmpint(act->utc_seconds, ==, WHEN + i);
        g_assert_cmpstr(act->author, ==, author);
        g_assert_cmpstr(act->act, ==, kinds[i]);
        g_assert_cmpstr(act->body, ==, body);
    }
    g_assert_true(plx_steps_count(store, &n, NULL));
    g_assert_cmpint(n, ==, 2);
}

/* In the order of the acts, also over opening again; a copy has them too. */
static void test_kept(void)
{
    struct desk desk;
    struct plx_store_info info;
    struct plx_check_report report;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    g_autoptr(GPtrArray) none = read_all(desk.store);
    g_assert_cmpuint(none->len, ==, 0);
    fill(&desk);
    desk_reopen(&desk);
    check_filled(desk.store);
    g_assert_true(plx_store_info(desk.store, 1, &info, &error));
    g_assert_cmpuint(info.steps, ==, 2);
    g_assert_true(plx_check_run(desk.store, FALSE, &report, &error));
    g_assert_cmpuint(report.faults->len, ==, 0);
    plx_check_report_clear(&report);
    g_autofree char *copy = desk_file(&desk, "copy.plx");
    g_assert_true(plx_copies_backup(desk.store, copy, NULL, NULL, &error));
    g_autoptr(plx_store) other = plx_store_open(copy, PLX_STORE_READ, &error);
    g_assert_no_error(error);
    check_filled(other);
    desk_clear(&desk);
}

/* What was added meanwhile is not overtaken, and nothing is done to what is not there. */
static void test_refused(void)
{
    struct desk desk;
    desk_init(&desk, NULL);
    refuse(&desk, 0, 1, start, PLX_ERROR_NOT_FOUND, "there is no step 1");
    refuse(&desk, 1, 0, add, PLX_ERROR_IO, "another program changed the steps meanwhile");
    fill(&desk);
    refuse(&desk, 3, 0, add, PLX_ERROR_IO, "another program changed the steps meanwhile");
    refuse(&desk, 4, 3, start, PLX_ERROR_NOT_FOUND, "there is no step 3");
    check_filled(desk.store);
    desk_clear(&desk);
}

static void check_damage(const char *sql)
{
    struct desk desk;
    struct plx_check_report report;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    fill(&desk);
    desk_sql(&desk, sql);
    g_assert_null(plx_steps_read(desk.store, &error));
    g_assert_true(g_error_matches(error, PLX_ERROR, PLX_ERROR_IO));
    g_assert_nonnull(strstr(error->message, "is damaged: its steps"));
    g_clear_error(&error);
    refuse(&desk, 4, 0, add, PLX_ERROR_IO, "is damaged: its steps");
    g_assert_true(plx_check_run(desk.store, FALSE, &report, &error));
    g_assert_cmpuint(report.faults->len, ==, 1);
    g_assert_cmpstr(report.faults->pdata[0], ==, "steps: its steps");
    plx_check_report_clear(&report);
    desk_clear(&desk);
}

static void test_damage(void)
{
    check_damage("UPDATE step_act SET body = '{}' WHERE id = 3");
    check_damage("UPDATE step_act SET author = 'otto' WHERE id = 1");
    check_damage("UPDATE step_act SET time = 'soon' WHERE id = 1");
    check_damage("UPDATE step_act SET time = '2026-11-26T09:31:00Z' WHERE id = 1");
    check_damage("UPDATE step_act SET act = 'stop' WHERE id = 4");
    check_damage("UPDATE step_act SET step = 1 WHERE id = 4");
    check_damage("UPDATE step_act SET id = 9 WHERE id = 4");
    check_damage("DELETE FROM step_act WHERE id = 4");
    check_damage("DELETE FROM step_act WHERE id = 2");
    check_damage("DELETE FROM step_act");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/steps/kept", test_kept);
    g_test_add_func("/steps/refused", test_refused);
    g_test_add_func("/steps/damage", test_damage);
    return g_test_run();
}
