/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Dates and times of day as people write them, by arithmetic and without time zones.
 *
 * Proleptic Gregorian calendar, years 1..9999; days count from 1970-01-01. The arithmetic between
 * days and civil dates counts years from March (as H. F. Fliegel and T. C. Van Flandern, 1968, did
 * for Julian days). Weeks are those of ISO 8601. Test: tests/base/test_date.c. */

#include <glib.h>

#define PLX_DATE_NO_OFFSET G_MININT16
#define PLX_DAY_SECONDS 86400

enum plx_precision { PLX_PRECISION_DAY, PLX_PRECISION_MINUTE, PLX_PRECISION_SECOND };

/* A time as written: local seconds since 1970-01-01T00:00 and the offset from UTC in minutes. */
struct plx_time {
    gint64 seconds;
    gint32 day;    /* days since 1970-01-01 of the date as written */
    gint32 month;  /* year * 12 + month - 1 */
    gint16 offset; /* or PLX_DATE_NO_OFFSET */
    guint8 precision;
};

/* The day of local seconds, also of those before 1970. */
static inline gint32 plx_date_of_seconds(gint64 seconds)
{
    return (gint32)((seconds - (seconds < 0 ? PLX_DAY_SECONDS - 1 : 0)) / PLX_DAY_SECONDS);
}

/* Days in a month; 0 when there is no such month. */
guint plx_date_month_days(gint year, gint month);
gboolean plx_date_is_valid(gint year, gint month, gint day);

/* Of a valid date. */
gint32 plx_date_days(gint year, gint month, gint day);
void plx_date_civil(gint32 days, gint *year, gint *month, gint *day);
/* The number of its month: year * 12 + month - 1. */
gint32 plx_date_month(gint32 days);
void plx_date_iso_week(gint32 days, gint *year, gint *week);

/* Reads all `length` bytes as ISO 8601: YYYY-MM-DD, then perhaps "T" or a blank and HH:MM, :SS,
 * a fraction (dropped), and Z, ±HH, ±HHMM or ±HH:MM. FALSE, *time untouched, when it is not one. */
gboolean plx_time_parse(const char *text, gsize length, struct plx_time *time);

/* "2026-01-31" and nothing beside it. FALSE, *day untouched, when it is not one. */
gboolean plx_day_parse(const char *text, gint32 *day);

/* The same by a pattern: %d %m %Y %y (69..99 are 19xx) %b (English, German or French short or full
 * name) %H %I %p %M %S %f (fraction) %z %% stand for themselves as in strftime; a blank matches one
 * or more blanks; anything else matches itself. Numbers may lack leading zeros. */
gboolean plx_time_parse_pattern(const char *text, gsize length, const char *pattern,
                                struct plx_time *time);
/* Is it written like that, whether or not there is such a day or hour: "31.02.2026" of %d.%m.%Y? */
gboolean plx_time_fits_pattern(const char *text, gsize length, const char *pattern);
/* FALSE when a pattern holds an unknown % or no full date; *why then says so (static). */
gboolean plx_time_pattern_is_valid(const char *pattern, const char **why);

#define PLX_DATE_SIZE 16
/* "2024-03-17"; returns out. */
char *plx_date_format(gint32 days, char out[PLX_DATE_SIZE]);

/* A stretch of time as people write it: "90d" days, "6w" weeks, "3m" months, "1y" years. */
struct plx_duration {
    gint32 months, days; /* one of them is 0, the other above */
};
#define PLX_DURATION_MAX 9999 /* of its number */

/* A whole number from 1 on and one letter, nothing else. FALSE, *duration untouched, when it is not
 * one. */
gboolean plx_duration_parse(const char *text, struct plx_duration *duration);
/* The day that is `times` durations after another (before it, when negative). Months keep the day
 * of the month, or take the month's last: 31 January and one month is 28 February. */
gint32 plx_date_add(gint32 days, struct plx_duration duration, gint times);
