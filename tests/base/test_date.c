/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"

#include <string.h>

/* Every day of years 1 to 9999: there and back, one after the other, as GLib's calendar counts. */
static void test_civil(void)
{
    gint32 days = plx_date_days(1, 1, 1);
    g_assert_cmpint(days, ==, -719162); /* the Unix day of 0001-01-01 */
    g_autoptr(GDate) date = g_date_new_dmy(1, 1, 1);
    for (; days <= plx_date_days(9999, 12, 31); days++) {
        gint year, month, day;
        plx_date_civil(days, &year, &month, &day);
        g_assert_cmpint(year, ==, g_date_get_year(date));
        g_assert_cmpint(month, ==, (gint)g_date_get_month(date));
        g_assert_cmpint(day, ==, g_date_get_day(date));
        g_assert_cmpint(plx_date_days(year, month, day), ==, days);
        g_date_add_days(date, 1);
    }
    g_assert_cmpint(plx_date_days(1970, 1, 1), ==, 0);
    g_assert_cmpint(plx_date_days(2000, 3, 1), ==, 11017);
}

/* Weeks as ISO 8601:2004, 3.2.2: 2008-12-29 is in the first week of 2009, 2010-01-03 in the last of
 * 2009; and as GLib counts them over 60 years. */
static void test_week(void)
{
    gint year, week;
    plx_date_iso_week(plx_date_days(2008, 12, 29), &year, &week);
    g_assert_cmpint(year, ==, 2009);
    g_assert_cmpint(week, ==, 1);
    plx_date_iso_week(plx_date_days(2010, 1, 3), &year, &week);
    g_assert_cmpint(year, ==, 2009);
    g_assert_cmpint(week, ==, 53);
    g_autoptr(GDate) date = g_date_new_dmy(1, 1, 1960);
    for (gint32 day = plx_date_days(1960, 1, 1); day < plx_date_days(2020, 1, 1); day++) {
        plx_date_iso_week(day, &year, &week);
        g_assert_cmpint(week, ==, (gint)g_date_get_iso8601_week_of_year(date));
        g_date_add_days(date, 1);
    }
}

static void test_valid(void)
{
    g_assert_true(plx_date_is_valid(2024, 2, 29));
    g_assert_false(plx_date_is_valid(2023, 2, 29));
    g_assert_false(plx_date_is_valid(1900, 2, 29));
    g_assert_true(plx_date_is_valid(2000, 2, 29));
    g_assert_false(plx_date_is_valid(2026, 13, 40));
    g_assert_false(plx_date_is_valid(2026, 0, 1));
    g_assert_false(plx_date_is_valid(0, 1, 1));
    g_assert_cmpuint(plx_date_month_days(2024, 13), ==, 0);
}

static void check_parse(const char *text, const char *date, gint seconds, gint offset,
                        enum plx_precision precision)
{
    struct plx_time time;
    char out[PLX_DATE_SIZE];
    g_assert_true(plx_time_parse(text, strlen(text), &time));
    g_assert_cmpstr(plx_date_format(time.day, out), ==, date);
    g_assert_cmpint(time.seconds, ==, (gint64)time.day * 86400 + seconds);
    g_assert_cmpint(time.offset, ==, offset);
    g_assert_cmpint(time.precision, ==, precision);
}

static void test_parse(void)
{
    check_parse("2024-03-17", "2024-03-17", 0, PLX_DATE_NO_OFFSET, PLX_PRECISION_DAY);
    check_parse("2024-03-17T14:05", "2024-03-17", 50700, PLX_DATE_NO_OFFSET, PLX_PRECISION_MINUTE);
    check_parse("2024-03-17 14:05:09", "2024-03-17", 50709, PLX_DATE_NO_OFFSET,
                PLX_PRECISION_SECOND);
    check_parse("2024-03-17T14:05:09.123Z", "2024-03-17", 50709, 0, PLX_PRECISION_SECOND);
    check_parse("1969-12-31T23:59-05:30", "1969-12-31", 86340, -330, PLX_PRECISION_MINUTE);
    check_parse("2024-03-17T00:00:00+0200", "2024-03-17", 0, 120, PLX_PRECISION_SECOND);
    check_parse("2024-03-17T00:00+02", "2024-03-17", 0, 120, PLX_PRECISION_MINUTE);
    static const char *const wrong[] = {"",
                                        "2024",
                                        "2024-3-17",
                                        "2026-13-40",
                                        "2026-02-29",
                                        "17.03.2024",
                                        "2024-03-17T",
                                        "2024-03-17T24:00",
                                        "2024-03-17T14:60",
                                        "2024-03-17T14",
                                        "2024-03-17x",
                                        "2024-03-17T14:05:",
                                        "2024-03-17T14:05:09.",
                                        "2024-03-17T14:05+2",
                                        "2024-03-17Z"};
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        struct plx_time time = {.seconds = 5};
        g_assert_false(plx_time_parse(wrong[i], strlen(wrong[i]), &time));
        g_assert_cmpint(time.seconds, ==, 5);
    }
    struct plx_time time;
    g_assert_true(plx_time_parse("2024-03-17", 10, &time));
    g_assert_cmpint(time.month, ==, 2024 * 12 + 2);
}

static void test_day(void)
{
    static const char *const wrong[] = {"", "2024-03", "2024-02-30", "2024-03-17T14:05",
                                        "17.3.2024"};
    gint32 day = 5;
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++)
        g_assert_false(plx_day_parse(wrong[i], &day));
    g_assert_cmpint(day, ==, 5);
    g_assert_true(plx_day_parse("1970-01-02", &day));
    g_assert_cmpint(day, ==, 1);
}

static void test_of_seconds(void)
{
    static const gint64 day = PLX_DAY_SECONDS;
    g_assert_cmpint(plx_date_of_seconds(0), ==, 0);
    g_assert_cmpint(plx_date_of_seconds(day - 1), ==, 0);
    g_assert_cmpint(plx_date_of_seconds(day), ==, 1);
    g_assert_cmpint(plx_date_of_seconds(-1), ==, -1);
    g_assert_cmpint(plx_date_of_seconds(-day), ==, -1);
    g_assert_cmpint(plx_date_of_seconds(-day - 1), ==, -2);
    const gint32 ends[] = {plx_date_days(1, 1, 1), plx_date_days(9999, 12, 31)};
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++)
        g_assert_cmpint(plx_date_of_seconds(ends[i] * day + day - 1), ==, ends[i]);
}

static void check_pattern(const char *text, const char *pattern, const char *date, gint seconds)
{
    struct plx_time time;
    char out[PLX_DATE_SIZE];
    g_assert_true(plx_time_parse_pattern(text, strlen(text), pattern, &time));
    g_assert_cmpstr(plx_date_format(time.day, out), ==, date);
    g_assert_cmpint(time.seconds - (gint64)time.day * 86400, ==, seconds);
}

static void test_pattern(void)
{
    check_pattern("17/03/2024", "%d/%m/%Y", "2024-03-17", 0);
    check_pattern("3/7/24 2:05 PM", "%m/%d/%y %I:%M %p", "2024-03-07", 50700);
    check_pattern("12:30am 01.02.1999", "%I:%M%p %d.%m.%Y", "1999-02-01", 1800);
    check_pattern("17 März 2024", "%d %b %Y", "2024-03-17", 0);
    check_pattern("Dec. 5, 70", "%b %d, %y", "1970-12-05", 0);
    check_pattern("20240317T140509+0100", "%Y%m%dT%H%M%S%z", "2024-03-17", 50709);
    struct plx_time time;
    g_assert_false(plx_time_parse_pattern("31/02/2024", 10, "%d/%m/%Y", &time));
    g_assert_false(plx_time_parse_pattern("17/03/2024x", 11, "%d/%m/%Y", &time));
    g_assert_false(plx_time_parse_pattern("17-03-2024", 10, "%d/%m/%Y", &time));
    g_assert_false(plx_time_parse_pattern("13:00 PM 1/1/24", 15, "%I:%M %p %d/%m/%y", &time));
    const char *why = NULL;
    g_assert_true(plx_time_pattern_is_valid("%d/%m/%Y", &why));
    g_assert_false(plx_time_pattern_is_valid("%d/%Y", &why));
    g_assert_cmpstr(why, ==, "a day (%d), a month (%m or %b) and a year (%Y or %y) are needed");
    g_assert_false(plx_time_pattern_is_valid("%d/%m/%Q", &why));
    g_assert_cmpstr(why, ==, "only %d %m %Y %y %b %H %I %p %M %S %f %z and %% are understood");
}

static void check_duration(const char *text, gint32 months, gint32 days)
{
    struct plx_duration duration = {-1, -1};
    g_assert_true(plx_duration_parse(text, &duration));
    g_assert_cmpint(duration.months, ==, months);
    g_assert_cmpint(duration.days, ==, days);
}

static void test_duration(void)
{
    static const char *const wrong[] = {"",    "6",   "w",    "0w",     "-6w", "+6w",  "6W", "6ww",
                                        "6 w", " 6w", "1.5m", "10000d", "6h",  "6w1d", "٣d", NULL};
    check_duration("90d", 0, 90);
    check_duration("6w", 0, 42);
    check_duration("3m", 3, 0);
    check_duration("1y", 12, 0);
    check_duration("9999w", 0, 69993);
    check_duration("007d", 0, 7);
    for (guint i = 0; wrong[i]; i++) {
        struct plx_duration kept = {5, 7};
        g_assert_false(plx_duration_parse(wrong[i], &kept));
        g_assert_cmpint(kept.months, ==, 5);
        g_assert_cmpint(kept.days, ==, 7);
    }
}

static void check_add(const char *from, const char *text, gint times, const char *expected)
{
    struct plx_duration duration;
    struct plx_time time;
    char out[PLX_DATE_SIZE];
    g_assert_true(plx_time_parse(from, strlen(from), &time));
    g_assert_true(plx_duration_parse(text, &duration));
    g_assert_cmpstr(plx_date_format(plx_date_add(time.day, duration, times), out), ==, expected);
}

static void test_add(void)
{
    check_add("2026-11-26", "6w", 1, "2027-01-07");
    check_add("2026-11-26", "8w", -1, "2026-10-01");
    check_add("2026-12-31", "1d", 1, "2027-01-01");
    check_add("2026-01-31", "1m", 1, "2026-02-28");
    check_add("2024-01-31", "1m", 1, "2024-02-29");
    check_add("2026-03-31", "1m", -1, "2026-02-28");
    check_add("2026-01-15", "1m", -1, "2025-12-15");
    check_add("2026-12-15", "1m", 1, "2027-01-15");
    check_add("2026-12-15", "12m", -1, "2025-12-15");
    check_add("2024-02-29", "1y", 1, "2025-02-28");
    check_add("1970-01-31", "3m", -1, "1969-10-31");
    check_add("2026-11-26", "6w", 0, "2026-11-26");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/date/civil", test_civil);
    g_test_add_func("/date/week", test_week);
    g_test_add_func("/date/valid", test_valid);
    g_test_add_func("/date/day", test_day);
    g_test_add_func("/date/of-seconds", test_of_seconds);
    g_test_add_func("/date/parse", test_parse);
    g_test_add_func("/date/pattern", test_pattern);
    g_test_add_func("/date/duration", test_duration);
    g_test_add_func("/date/add", test_add);
    return g_test_run();
}
