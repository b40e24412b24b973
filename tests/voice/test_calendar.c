/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"
#include "voice/batch.h"
#include "voice/calendar.h"

/* Codes are given in order of appearance and say the right date again. */
static void check(enum plx_split_kind kind, const char *const *expected)
{
    struct plx_time_codes *codes = plx_time_codes_new(kind);
    const gint32 days[] = {
        plx_date_days(2024, 12, 30), plx_date_days(2025, 1, 5),   PLX_NO_DAY,
        plx_date_days(1, 1, 1),      plx_date_days(9999, 12, 31), plx_date_days(1969, 12, 31)};
    const gint32 months[] = {2024 * 12 + 11, 2025 * 12,     PLX_NO_DAY, 12,
                             9999 * 12 + 11, 1969 * 12 + 11};
    guint32 out[G_N_ELEMENTS(days)];
    for (guint round = 0; round < 2; round++) {
        plx_time_codes_run(codes, days, months, G_N_ELEMENTS(days), out);
        for (guint i = 0; i < G_N_ELEMENTS(days); i++) {
            g_autofree char *text = plx_time_codes_text(codes, out[i]);
            g_assert_cmpstr(text, ==, expected[i]);
        }
    }
    plx_time_codes_run(codes, NULL, NULL, 2, out);
    g_assert_cmpuint(out[0], ==, 0);
    plx_time_codes_free(codes);
}

static void test_texts(void)
{
    check(PLX_SPLIT_DAY, (const char *const[]){"2024-12-30", "2025-01-05", "", "0001-01-01",
                                               "9999-12-31", "1969-12-31"});
    check(PLX_SPLIT_MONTH,
          (const char *const[]){"2024-12", "2025-01", "", "0001-01", "9999-12", "1969-12"});
    /* 2024-12-30 is a Monday and in the first week of 2025, as is the Sunday after. */
    check(PLX_SPLIT_WEEK,
          (const char *const[]){"2025-W01", "2025-W01", "", "0001-W01", "9999-W52", "1970-W01"});
}

/* All days of one ISO week have one code, other days another. */
static void test_weeks(void)
{
    struct plx_time_codes *codes = plx_time_codes_new(PLX_SPLIT_WEEK);
    gint32 monday = plx_date_days(1965, 1, 4);
    guint32 last = 0;
    for (gint32 day = monday; day < monday + 7 * 1000; day++) {
        guint32 code;
        plx_time_codes_run(codes, &day, NULL, 1, &code);
        g_assert_cmpint(code == last, ==, (day - monday) % 7 != 0);
        last = code;
    }
    plx_time_codes_free(codes);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/voice/calendar/texts", test_texts);
    g_test_add_func("/voice/calendar/weeks", test_weeks);
    return g_test_run();
}
