/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/number.h"

#include <math.h>
#include <string.h>

/* From 15 digits on "%g" may print the noise of the binary form (0.10000000000000001), so the
 * shortest text that reads back as the same value is taken. */
char *plx_number_format(double value, int digits, char out[PLX_NUMBER_SIZE])
{
    g_assert(digits >= 1 && digits <= 17);
    if (isnan(value) || isinf(value)) {
        g_strlcpy(out, isnan(value) ? "nan" : value > 0 ? "inf" : "-inf", PLX_NUMBER_SIZE);
        return out;
    }
    if (value == 0) { /* also -0 */
        g_strlcpy(out, "0", PLX_NUMBER_SIZE);
        return out;
    }
    for (int precision = MIN(digits, 15); precision <= digits; precision++) {
        char format[] = "%.17g";
        format[2] = (char)('0' + precision / 10);
        format[3] = (char)('0' + precision % 10);
        g_ascii_formatd(out, PLX_NUMBER_SIZE, format, value);
        if (precision < digits && g_ascii_strtod(out, NULL) == value)
            break;
    }
    return out;
}

/* What the grammar found: enough to compute small numbers exactly without strtod. */
struct decimal {
    guint64 mantissa;  /* of the first 15 significant digits */
    guint significant; /* digits from the first that is not zero */
    guint fraction;    /* digits behind the point */
    gboolean has_exponent;
    gboolean negative;
};

static const char *scan_digits(const char *p, const char *end, struct decimal *d, guint *n)
{
    for (; p < end && *p >= '0' && *p <= '9'; p++, (*n)++) {
        if (d->significant > 0 || *p != '0')
            d->significant++;
        if (d->significant <= 15)
            d->mantissa = d->mantissa * 10 + (guint64)(*p - '0');
    }
    return p;
}

static gboolean scan_exponent(const char *p, const char *end)
{
    p++; /* the e */
    if (p < end && (*p == '+' || *p == '-'))
        p++;
    const char *first = p;
    while (p < end && *p >= '0' && *p <= '9')
        p++;
    return p == end && p > first;
}

static gboolean scan(const char *p, const char *end, struct decimal *d)
{
    if (p < end && (*p == '+' || *p == '-'))
        d->negative = *p++ == '-';
    guint whole = 0;
    p = scan_digits(p, end, d, &whole);
    if (p < end && *p == '.')
        p = scan_digits(p + 1, end, d, &d->fraction);
    if (whole + d->fraction == 0)
        return FALSE;
    if (p == end)
        return TRUE;
    d->has_exponent = TRUE;
    return (*p == 'e' || *p == 'E') && scan_exponent(p, end);
}

static double read_slowly(const char *text, gsize length)
{
    char small[64];
    if (length < sizeof small) {
        memcpy(small, text, length);
        small[length] = '\0';
        return g_ascii_strtod(small, NULL);
    }
    g_autofree char *copy = g_strndup(text, length);
    return g_ascii_strtod(copy, NULL);
}

gboolean plx_number_parse(const char *text, gsize length, double *value)
{
    /* Both factors are exact doubles, so one division rounds correctly, as strtod would. */
    static const double power[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    struct decimal d = {0};
    if (length == 0 || !scan(text, text + length, &d))
        return FALSE;
    double result;
    if (!d.has_exponent && d.significant <= 15 && d.fraction < G_N_ELEMENTS(power)) {
        result = (double)d.mantissa / power[d.fraction];
        result = d.negative ? -result : result;
    } else {
        result = read_slowly(text, length);
        if (!isfinite(result)) /* 1e999 */
            return FALSE;
    }
    *value = result;
    return TRUE;
}
