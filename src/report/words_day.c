/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days and months as people say them. A line does not break within one. */
#include "report/words.h"

#include "base/date.h"

#define HOLD "\u00a0" /* a blank at which no line breaks */

const char *plx_words_month(guint month)
{
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    return names[(month + 11) % 12];
}

void plx_words_day(GString *out, gint32 day)
{
    gint year, month, of_month;
    plx_date_civil(day, &year, &month, &of_month);
    g_string_append_printf(out, "%d" HOLD "%s" HOLD "%d", of_month, plx_words_month((guint)month),
                           year);
}

void plx_words_date(GString *out, const char *iso)
{
    gint32 day;
    if (plx_day_parse(iso, &day))
        plx_words_day(out, day);
    else
        g_string_append(out, iso);
}

/* Whole months: "2026-02-01" to "2026-03-31". */
static gboolean append_months(GString *out, gint32 since, gint32 until)
{
    gint year, month, day, last_year, last_month, last_day;
    plx_date_civil(since, &year, &month, &day);
    plx_date_civil(until, &last_year, &last_month, &last_day);
    if (day != 1 || (guint)last_day != plx_date_month_days(last_year, last_month))
        return FALSE;
    if (year != last_year)
        g_string_append_printf(out, "%s" HOLD "%d to ", plx_words_month((guint)month), year);
    else if (month != last_month)
        g_string_append_printf(out, "%s to ", plx_words_month((guint)month));
    g_string_append_printf(out, "%s" HOLD "%d", plx_words_month((guint)last_month), last_year);
    return TRUE;
}

void plx_words_period(GString *out, const char *since, const char *until)
{
    gint32 first, last;
    if (plx_day_parse(since, &first) && plx_day_parse(until, &last) &&
        append_months(out, first, last))
        return;
    plx_words_date(out, since);
    if (g_strcmp0(since, until) == 0)
        return;
    g_string_append(out, " to ");
    plx_words_date(out, until);
}
