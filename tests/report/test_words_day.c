/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/words.h"

#include "base/date.h"

#define HOLD "\u00a0"

static void assert_period(const char *since, const char *until, const char *wanted)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_words_period(text, since, until);
    g_assert_cmpstr(text->str, ==, wanted);
}

static void test_days(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_words_day(text, plx_date_days(2026, 11, 27));
    g_assert_cmpstr(text->str, ==, "27" HOLD "November" HOLD "2026");
    g_string_truncate(text, 0);
    plx_words_date(text, "2026-01-05");
    g_assert_cmpstr(text->str, ==, "5" HOLD "January" HOLD "2026");
    g_string_truncate(text, 0);
    plx_words_date(text, "soon");
    g_assert_cmpstr(text->str, ==, "soon");
    g_assert_cmpstr(plx_words_month(12), ==, "December");
}

static void test_periods(void)
{
    assert_period("2026-02-01", "2026-02-28", "February" HOLD "2026");
    assert_period("2026-02-01", "2026-03-31", "February to March" HOLD "2026");
    assert_period("2025-11-01", "2026-01-31", "November" HOLD "2025 to January" HOLD "2026");
    assert_period("2026-02-01", "2026-02-27",
                  "1" HOLD "February" HOLD "2026 to 27" HOLD "February" HOLD "2026");
    assert_period("2026-02-03", "2026-02-03", "3" HOLD "February" HOLD "2026");
}

static void test_in_ascii(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_words_date(text, "2026-01-05");
    plx_words_ascii(text);
    g_assert_cmpstr(text->str, ==, "5 January 2026");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/words-day/days", test_days);
    g_test_add_func("/words-day/periods", test_periods);
    g_test_add_func("/words-day/in-ascii", test_in_ascii);
    return g_test_run();
}
