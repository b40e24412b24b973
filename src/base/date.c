/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"

#include <string.h>

guint plx_date_month_days(gint year, gint month)
{
    static const guint8 days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 0;
    const gboolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap ? 1u : 0u);
}

gboolean plx_date_is_valid(gint year, gint month, gint day)
{
    return year >= 1 && year <= 9999 && day >= 1 && (guint)day <= plx_date_month_days(year, month);
}

gint32 plx_date_days(gint year, gint month, gint day)
{
    /* Years begin in March, so that the leap day is a year's last. */
    const gint y = month <= 2 ? year - 1 : year;
    const gint m = month <= 2 ? month + 9 : month - 3;
    const gint day_of_year = (153 * m + 2) / 5 + day - 1;
    /* 719468 days lie between 0000-03-01 and 1970-01-01. */
    return y * 365 + y / 4 - y / 100 + y / 400 + day_of_year - 719468;
}

void plx_date_civil(gint32 days, gint *year, gint *month, gint *day)
{
    const gint64 z = (gint64)days + 719468;
    const gint64 era = (z >= 0 ? z : z - 146096) / 146097;
    const gint64 doe = z - era * 146097;
    const gint64 yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const gint64 doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const gint64 mp = (5 * doy + 2) / 153;
    *day = (gint)(doy - (153 * mp + 2) / 5 + 1);
    *month = (gint)(mp < 10 ? mp + 3 : mp - 9);
    *year = (gint)(yoe + era * 400 + (*month <= 2 ? 1 : 0));
}

gint32 plx_date_month(gint32 days)
{
    gint year, month, day;
    plx_date_civil(days, &year, &month, &day);
    return year * 12 + month - 1;
}

void plx_date_iso_week(gint32 days, gint *year, gint *week)
{
    /* 1970-01-01 was a Thursday; a week belongs to the year of its Thursday. */
    const gint32 weekday = (gint32)(((gint64)days + 3) % 7 + 7) % 7;
    const gint32 thursday = days - weekday + 3;
    gint month, day;
    plx_date_civil(thursday, year, &month, &day);
    *week = (thursday - plx_date_days(*year, 1, 1)) / 7 + 1;
}

static gboolean two_digits(const char *text, gint *value)
{
    if (!g_ascii_isdigit(text[0]) || !g_ascii_isdigit(text[1]))
        return FALSE;
    *value = (text[0] - '0') * 10 + (text[1] - '0');
    return TRUE;
}

/* Z, ±HH, ±HHMM, ±HH:MM up to the end. */
static gboolean parse_offset(const char *text, gsize length, gint16 *offset)
{
    if (length == 1 && (text[0] == 'Z' || text[0] == 'z')) {
        *offset = 0;
        return TRUE;
    }
    gint hours, minutes = 0;
    if ((length != 3 && length != 5 && length != 6) || (text[0] != '+' && text[0] != '-') ||
        !two_digits(text + 1, &hours))
        return FALSE;
    if (length == 6 && text[3] != ':')
        return FALSE;
    if (length > 3 && !two_digits(text + length - 2, &minutes))
        return FALSE;
    if (hours > 15 || minutes > 59)
        return FALSE;
    *offset = (gint16)((text[0] == '-' ? -1 : 1) * (hours * 60 + minutes));
    return TRUE;
}

static void set_time(struct plx_time *time, const gint date[3], const gint clock[3], gint16 offset,
                     enum plx_precision precision)
{
    time->day = plx_date_days(date[0], date[1], date[2]);
    time->month = date[0] * 12 + date[1] - 1;
    time->seconds =
        (gint64)time->day * PLX_DAY_SECONDS + clock[0] * 3600 + clock[1] * 60 + clock[2];
    time->offset = offset;
    time->precision = (guint8)precision;
}

gboolean plx_time_parse(const char *text, gsize length, struct plx_time *time)
{
    gint century, years, date[3], clock[3] = {0, 0, 0};
    if (length < 10 || !two_digits(text, &century) || !two_digits(text + 2, &years) ||
        text[4] != '-' || !two_digits(text + 5, &date[1]) || text[7] != '-' ||
        !two_digits(text + 8, &date[2]))
        return FALSE;
    date[0] = century * 100 + years;
    if (!plx_date_is_valid(date[0], date[1], date[2]))
        return FALSE;
    gint16 offset = PLX_DATE_NO_OFFSET;
    enum plx_precision precision = PLX_PRECISION_DAY;
    gsize at = 10;
    if (at < length) {
        if ((text[10] != 'T' && text[10] != 't' && text[10] != ' ') || length < 16 ||
            !two_digits(text + 11, &clock[0]) || text[13] != ':' ||
            !two_digits(text + 14, &clock[1]) || clock[0] > 23 || clock[1] > 59)
            return FALSE;
        precision = PLX_PRECISION_MINUTE;
        at = 16;
        if (at < length && text[at] == ':') {
            if (length < 19 || !two_digits(text + 17, &clock[2]) || clock[2] > 59)
                return FALSE;
            precision = PLX_PRECISION_SECOND;
            at = 19;
            if (at + 1 < length && (text[at] == '.' || text[at] == ',') &&
                g_ascii_isdigit(text[at + 1]))
                for (at++; at < length && g_ascii_isdigit(text[at]);)
                    at++;
        }
        if (at < length && !parse_offset(text + at, length - at, &offset))
            return FALSE;
    }
    set_time(time, date, clock, offset, precision);
    return TRUE;
}

gboolean plx_day_parse(const char *text, gint32 *day)
{
    struct plx_time time;
    if (!plx_time_parse(text, strlen(text), &time) || time.precision != PLX_PRECISION_DAY)
        return FALSE;
    *day = time.day;
    return TRUE;
}

/* Month names begin alike in English, German and French but for a few; longest first. */
static const struct {
    const char *name;
    gint month;
} MONTHS[] = {
    {"january", 1},   {"januar", 1},    {"janvier", 1},   {"february", 2},  {"februar", 2},
    {"février", 2},   {"march", 3},     {"märz", 3},      {"mars", 3},      {"april", 4},
    {"avril", 4},     {"may", 5},       {"mai", 5},       {"june", 6},      {"juni", 6},
    {"juin", 6},      {"july", 7},      {"juillet", 7},   {"juli", 7},      {"august", 8},
    {"août", 8},      {"september", 9}, {"septembre", 9}, {"october", 10},  {"oktober", 10},
    {"octobre", 10},  {"november", 11}, {"novembre", 11}, {"december", 12}, {"dezember", 12},
    {"décembre", 12}, {"janv", 1},      {"jan", 1},       {"févr", 2},      {"feb", 2},
    {"mär", 3},       {"mar", 3},       {"avr", 4},       {"apr", 4},       {"jun", 6},
    {"juil", 7},      {"jul", 7},       {"aug", 8},       {"sept", 9},      {"sep", 9},
    {"oct", 10},      {"okt", 10},      {"nov", 11},      {"déc", 12},      {"dec", 12},
    {"dez", 12},
};

struct scan {
    const char *at, *end;
    gint date[3], clock[3];
    gint16 offset;
    gint half; /* of %p: -1 none, 0 am, 1 pm */
    enum plx_precision precision;
};

static gboolean scan_number(struct scan *scan, guint digits, gint *value)
{
    const char *const begin = scan->at;
    gint result = 0;
    while (scan->at < scan->end && (guint)(scan->at - begin) < digits && g_ascii_isdigit(*scan->at))
        result = result * 10 + (*scan->at++ - '0');
    if (scan->at == begin)
        return FALSE;
    *value = result;
    return TRUE;
}

static gboolean scan_month_name(struct scan *scan)
{
    for (gsize i = 0; i < G_N_ELEMENTS(MONTHS); i++) {
        const gsize length = strlen(MONTHS[i].name);
        if ((gsize)(scan->end - scan->at) < length ||
            g_ascii_strncasecmp(scan->at, MONTHS[i].name, length) != 0)
            continue;
        scan->at += length;
        if (scan->at < scan->end && *scan->at == '.')
            scan->at++;
        scan->date[1] = MONTHS[i].month;
        return TRUE;
    }
    return FALSE;
}

static gboolean scan_half(struct scan *scan)
{
    if (scan->end - scan->at < 2 || (scan->at[1] != 'm' && scan->at[1] != 'M'))
        return FALSE;
    const char c = g_ascii_tolower(scan->at[0]);
    if (c != 'a' && c != 'p')
        return FALSE;
    scan->half = c == 'p';
    scan->at += 2;
    return TRUE;
}

static gboolean scan_clock(struct scan *scan, guint part)
{
    if (part > 0)
        scan->precision =
            part == 1 ? MAX(scan->precision, PLX_PRECISION_MINUTE) : PLX_PRECISION_SECOND;
    return scan_number(scan, 2, &scan->clock[part]);
}

static gboolean scan_zone(struct scan *scan)
{
    const char *const begin = scan->at;
    while (scan->at < scan->end &&
           (g_ascii_isdigit(*scan->at) || strchr("+-:Zz", *scan->at) != NULL))
        scan->at++;
    return parse_offset(begin, (gsize)(scan->at - begin), &scan->offset);
}

static gboolean scan_conversion(struct scan *scan, char conversion)
{
    switch (conversion) {
    case 'd':
        return scan_number(scan, 2, &scan->date[2]);
    case 'm':
        return scan_number(scan, 2, &scan->date[1]);
    case 'Y':
        return scan_number(scan, 4, &scan->date[0]) && scan->date[0] >= 100;
    case 'y':
        if (!scan_number(scan, 2, &scan->date[0]))
            return FALSE;
        scan->date[0] += scan->date[0] < 69 ? 2000 : 1900;
        return TRUE;
    case 'b':
        return scan_month_name(scan);
    case 'H':
    case 'I':
        return scan_clock(scan, 0);
    case 'M':
        return scan_clock(scan, 1);
    case 'S':
        return scan_clock(scan, 2);
    case 'p':
        return scan_half(scan);
    case 'z':
        return scan_zone(scan);
    case 'f': {
        gint fraction;
        return scan_number(scan, 9, &fraction);
    }
    default:
        return scan->at < scan->end && *scan->at++ == conversion;
    }
}

static gboolean scan_pattern(struct scan *scan, const char *pattern)
{
    for (const char *p = pattern; *p; p++) {
        if (*p == '%' && p[1]) {
            if (!scan_conversion(scan, *++p))
                return FALSE;
        } else if (*p == ' ') {
            if (scan->at == scan->end || *scan->at != ' ')
                return FALSE;
            while (scan->at < scan->end && *scan->at == ' ')
                scan->at++;
        } else if (scan->at == scan->end || *scan->at++ != *p) {
            return FALSE;
        }
    }
    return scan->at == scan->end;
}

gboolean plx_time_fits_pattern(const char *text, gsize length, const char *pattern)
{
    struct scan scan = {.at = text, .end = text + length, .half = -1};
    return scan_pattern(&scan, pattern);
}

gboolean plx_time_parse_pattern(const char *text, gsize length, const char *pattern,
                                struct plx_time *time)
{
    struct scan scan = {.at = text,
                        .end = text + length,
                        .offset = PLX_DATE_NO_OFFSET,
                        .half = -1,
                        .precision = PLX_PRECISION_DAY};
    if (!scan_pattern(&scan, pattern))
        return FALSE;
    if (scan.half >= 0) {
        if (scan.clock[0] < 1 || scan.clock[0] > 12)
            return FALSE;
        scan.clock[0] = scan.clock[0] % 12 + 12 * scan.half;
    }
    if (!plx_date_is_valid(scan.date[0], scan.date[1], scan.date[2]) || scan.clock[0] > 23 ||
        scan.clock[1] > 59 || scan.clock[2] > 59)
        return FALSE;
    set_time(time, scan.date, scan.clock, scan.offset, scan.precision);
    return TRUE;
}

gboolean plx_time_pattern_is_valid(const char *pattern, const char **why)
{
    gboolean day = FALSE, month = FALSE, year = FALSE;
    for (const char *p = pattern; *p; p++) {
        if (*p != '%')
            continue;
        p++;
        if (*p == '\0' || strchr("dmYybHIpMSfz%", *p) == NULL) {
            *why = "only %d %m %Y %y %b %H %I %p %M %S %f %z and %% are understood";
            return FALSE;
        }
        day |= *p == 'd';
        month |= *p == 'm' || *p == 'b';
        year |= *p == 'Y' || *p == 'y';
    }
    if (day && month && year)
        return TRUE;
    *why = "a day (%d), a month (%m or %b) and a year (%Y or %y) are needed";
    return FALSE;
}

char *plx_date_format(gint32 days, char out[PLX_DATE_SIZE])
{
    gint year, month, day;
    plx_date_civil(days, &year, &month, &day);
    g_snprintf(out, PLX_DATE_SIZE, "%04d-%02d-%02d", year, month, day);
    return out;
}

gboolean plx_duration_parse(const char *text, struct plx_duration *duration)
{
    gint32 number = 0;
    for (; g_ascii_isdigit(*text); text++) {
        number = number * 10 + (*text - '0');
        if (number > PLX_DURATION_MAX)
            return FALSE;
    }
    if (number == 0 || *text == '\0' || text[1] != '\0')
        return FALSE;
    switch (*text) {
    case 'd':
        *duration = (struct plx_duration){.days = number};
        return TRUE;
    case 'w':
        *duration = (struct plx_duration){.days = 7 * number};
        return TRUE;
    case 'm':
        *duration = (struct plx_duration){.months = number};
        return TRUE;
    case 'y':
        *duration = (struct plx_duration){.months = 12 * number};
        return TRUE;
    default:
        return FALSE;
    }
}

gint32 plx_date_add(gint32 days, struct plx_duration duration, gint times)
{
    gint year, month, day;
    if (duration.months == 0)
        return days + times * duration.days;
    plx_date_civil(days, &year, &month, &day);
    const gint months = year * 12 + month - 1 + times * duration.months;
    year = months / 12 - (months % 12 < 0 ? 1 : 0);
    month = months - year * 12 + 1;
    return plx_date_days(year, month, MIN(day, (gint)plx_date_month_days(year, month)));
}
