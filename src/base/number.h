/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Numbers as text, whatever the locale. Test: tests/base/test_number.c. */

#include <glib.h>

/* NAN and INFINITY as doubles: the C library's are floats, and -Wdouble-promotion minds. */
#define PLX_NAN (__builtin_nan(""))
#define PLX_INFINITY (__builtin_inf())

/* Enough for any result of plx_number_format, with its final NUL. */
#define PLX_NUMBER_SIZE 32

/* Writes `value` with at most `digits` (1..17) significant digits, shortest form ("0.1", "1e-09",
 * "3"), no trailing zeros, -0 as "0"; NaN as "nan", infinities as "inf", "-inf". Returns `out`. */
char *plx_number_format(double value, int digits, char out[PLX_NUMBER_SIZE]);

/* Reads the whole of `text` (`length` bytes, need not end in NUL) as a decimal number: optional
 * sign, digits with an optional point, optional exponent. No blanks, hex, "inf" or "nan". FALSE
 * (and *value untouched) when it is not one. */
gboolean plx_number_parse(const char *text, gsize length, double *value);
