/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "base/error.h"
#include "store/check.h"
#include "store/store_private.h"
#include "store/themes.h"

#include <string.h>

static gint64 number_of(const struct desk *desk, const char *sql)
{
    gint64 n = -1;
    g_assert_true(plx_db_number(plx_store_db(desk->store), sql, &n, NULL));
    return n;
}

static plx_codebook *read_book(struct desk *desk, gint64 *number)
{
    g_autoptr(GError) error = NULL;
    plx_codebook *const book = plx_themes_read(desk->store, number, &error);
    g_assert_no_error(error);
    return book;
}

/* Makes a theme, as one act. */
static void make(struct desk *desk, const char *title)
{
    gint64 number;
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_codebook) book = read_book(desk, &number);
    g_assert_cmpuint(plx_codebook_make(book, title), >, 0);
    plx_themes_write(desk->store, book, title, number, &number, &error);
    g_assert_no_error(error);
}

/* What was sorted is there after opening again, and no answer that was counted is dropped. */
static void test_kept(void)
{
    struct desk desk;
    gint64 number;
    guint64 answer;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    desk_take(&desk, "audience,note,prompt\ncustomer,Too slow,improve\n");
    const gint64 generation = number_of(&desk, "SELECT value FROM fact WHERE name = 'generation'");
    g_autoptr(plx_codebook) book = read_book(&desk, &number);
    g_assert_cmpint(number, ==, 0);
    g_assert_cmpuint(plx_codebook_themes(book), ==, 0);
    const guint32 theme = plx_codebook_make(book, "Speed");
    g_assert_true(plx_codebook_answer(book, "Too slow", &answer));
    plx_codebook_code(book, "improve", answer, theme);
    g_assert_true(plx_themes_write(desk.store, book, "1 answer sorted", number, &number, &error));
    g_assert_cmpint(number, ==, 1);
    desk_reopen(&desk);
    g_autoptr(plx_codebook) again = read_book(&desk, &number);
    g_assert_cmpstr(plx_codebook_find(again, "improve", "too slow.")->title, ==, "Speed");
    g_assert_cmpint(number_of(&desk, "SELECT value FROM fact WHERE name = 'generation'"), ==,
                    generation);
    g_assert_false(desk_holds(&desk, "too-slow", 8));
    desk_clear(&desk);
}

static void test_undone(void)
{
    struct desk desk;
    gint64 number;
    g_autofree char *act = NULL;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    make(&desk, "Speed");
    make(&desk, "Smiles");
    g_autoptr(GPtrArray) log = plx_themes_log(desk.store, &error);
    g_assert_cmpuint(log->len, ==, 2);
    g_assert_cmpstr(((struct plx_theme_act *)log->pdata[1])->act, ==, "Smiles");
    g_assert_true(plx_themes_undo(desk.store, &act, &error));
    g_assert_cmpstr(act, ==, "Smiles");
    g_autoptr(plx_codebook) book = read_book(&desk, &number);
    g_assert_cmpuint(plx_codebook_themes(book), ==, 1);
    g_clear_pointer(&act, g_free);
    g_assert_true(plx_themes_undo(desk.store, &act, &error));
    g_clear_pointer(&act, g_free);
    g_assert_false(plx_themes_undo(desk.store, &act, &error));
    g_assert_true(g_error_matches(error, PLX_ERROR, PLX_ERROR_NOT_FOUND));
    g_assert_true(g_str_has_suffix(error->message, ": nothing was sorted yet"));
    g_assert_null(act);
    desk_clear(&desk);
}

/* Two who begin from the same: the second is told, and nothing of the first is lost; also when the
 * first has taken its act back and done another. */
static void test_two_at_once(void)
{
    struct desk desk;
    gint64 number, other;
    g_autofree char *act = NULL;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    make(&desk, "Speed");
    g_autoptr(plx_codebook) book = read_book(&desk, &number);
    g_assert_true(plx_themes_undo(desk.store, &act, &error));
    make(&desk, "Smiles");
    plx_codebook_make(book, "Prices");
    g_assert_false(plx_themes_write(desk.store, book, "Prices", number, &other, &error));
    g_assert_true(g_error_matches(error, PLX_ERROR, PLX_ERROR_IO));
    g_assert_true(g_str_has_suffix(error->message, ": another program changed the themes "
                                                   "meanwhile; nothing was changed. Do it again"));
    g_autoptr(plx_codebook) now = read_book(&desk, &number);
    g_assert_cmpstr(plx_codebook_theme(now, 0)->title, ==, "Smiles");
    desk_clear(&desk);
}

/* The oldest acts are dropped, never the last codebook; nor are all acts taken back together what
 * was sorted before them. */
static void test_as_many_as_are_kept(void)
{
    struct desk desk;
    gint64 number;
    desk_init(&desk, NULL);
    for (guint i = 0; i < PLX_THEMES_KEPT + 20; i++) {
        g_autofree char *title = g_strdup_printf("Theme %u", i);
        make(&desk, title);
    }
    g_assert_cmpint(number_of(&desk, "SELECT count(*) FROM codebook"), ==, PLX_THEMES_KEPT + 1);
    g_autoptr(plx_codebook) book = read_book(&desk, &number);
    g_assert_cmpuint(plx_codebook_themes(book), ==, PLX_THEMES_KEPT + 20);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) log = plx_themes_log(desk.store, &error);
    g_assert_cmpuint(log->len, ==, PLX_THEMES_KEPT);
    for (guint i = 0; i < PLX_THEMES_KEPT; i++) {
        g_autofree char *act = NULL;
        g_assert_true(plx_themes_undo(desk.store, &act, &error));
    }
    char *act = NULL;
    g_assert_false(plx_themes_undo(desk.store, &act, &error));
    g_assert_true(g_error_matches(error, PLX_ERROR, PLX_ERROR_NOT_FOUND));
    g_assert_true(g_str_has_suffix(
        error->message, ": what was sorted before the last 200 acts cannot be taken back"));
    g_assert_null(act);
    g_autoptr(plx_codebook) left = read_book(&desk, &number);
    g_assert_cmpuint(plx_codebook_themes(left), ==, 20);
    desk_clear(&desk);
}

static void check_damage(const char *sql, const char *fault)
{
    struct desk desk;
    struct plx_check_report report;
    gint64 number = 7;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    make(&desk, "Speed");
    make(&desk, "Smiles");
    desk_sql(&desk, sql);
    g_assert_null(plx_themes_read(desk.store, &number, &error));
    g_assert_true(g_error_matches(error, PLX_ERROR, PLX_ERROR_IO));
    g_assert_cmpint(number, ==, 7);
    g_clear_error(&error);
    g_assert_true(plx_check_run(desk.store, FALSE, &report, &error));
    g_assert_cmpuint(report.faults->len, ==, 1);
    g_assert_cmpstr(report.faults->pdata[0], ==, fault);
    plx_check_report_clear(&report);
    desk_clear(&desk);
}

static void test_damage(void)
{
    check_damage("UPDATE codebook SET book = replace(book, 'Smiles', 'Smilez')",
                 "themes: its themes");
    check_damage("DELETE FROM codebook WHERE id = 1", "themes: its themes");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/themes/kept", test_kept);
    g_test_add_func("/themes/undone", test_undone);
    g_test_add_func("/themes/two-at-once", test_two_at_once);
    g_test_add_func("/themes/as-many-as-are-kept", test_as_many_as_are_kept);
    g_test_add_func("/themes/damage", test_damage);
    return g_test_run();
}
