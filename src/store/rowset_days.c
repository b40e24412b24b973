/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Days and months of the seconds of rows. */

#include "base/date.h"
#include "store/rowset.h"

#define FIRST_SECOND G_GINT64_CONSTANT(-62135596800) /* 0001-01-01 */
#define LAST_SECOND G_GINT64_CONSTANT(253402300799)  /* 9999-12-31T23:59:59 */

gboolean plx_times_are_sound(const gint64 *seconds, guint32 n)
{
    gboolean odd = FALSE;
    for (guint32 i = 0; i < n; i++)
        odd |= seconds[i] != PLX_NO_TIME && (seconds[i] < FIRST_SECOND || seconds[i] > LAST_SECOND);
    return !odd;
}

/* The months of the days from `first` on, n of them. */
static gint32 *months_from(gint32 first, gsize n)
{
    gint32 *const months = g_new(gint32, n);
    gint year, month, day;
    plx_date_civil(first, &year, &month, &day);
    gint left = (gint)plx_date_month_days(year, month) - day + 1;
    for (gsize i = 0; i < n; i++) {
        if (left-- == 0) {
            year += month == 12 ? 1 : 0;
            month = month % 12 + 1;
            left = (gint)plx_date_month_days(year, month) - 1;
        }
        months[i] = year * 12 + month - 1;
    }
    return months;
}

/* Days that a table of months may span: 200 years. Rows that span more are worked out one by one.
 */
#define SPAN_MOST 73000

void plx_days_of(const gint64 *seconds, guint32 n, gint32 *days, gint32 *in_months)
{
    gint32 first = G_MAXINT32, last = G_MININT32;
    for (guint32 i = 0; i < n; i++) {
        const gboolean timed = seconds[i] != PLX_NO_TIME;
        const gint32 day = timed ? plx_date_of_seconds(seconds[i]) : PLX_NO_DAY;
        days[i] = day;
        first = timed ? MIN(first, day) : first;
        last = timed ? MAX(last, day) : last;
    }
    const gboolean near = first <= last && (gint64)last - first < SPAN_MOST;
    g_autofree gint32 *months = near ? months_from(first, (gsize)(last - first) + 1) : NULL;
    for (guint32 i = 0; i < n; i++) {
        const gint32 day = days[i];
        in_months[i] = day == PLX_NO_DAY ? PLX_NO_DAY
                       : months          ? months[day - first]
                                         : plx_date_month(day);
    }
}
