/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Canonical JSON writing: the same value always gives the same bytes.
 *
 * A streaming writer into a GString. Numbers have at most 12 significant digits and never depend
 * on the locale; NaN and infinities are written as null; strings are escaped minimally (", \ and
 * control characters; other bytes as UTF-8). Members are written in the order of the calls,
 * indented by two spaces; arrays of numbers stay on one line. Nesting errors are programming
 * errors (g_assert). Test: tests/base/test_json.c (reads everything back with jansson). */

#include <glib.h>

typedef struct plx_json plx_json;

/* A writer that appends to `out` (borrowed; must outlive the writer). */
plx_json *plx_json_new(GString *out);
void plx_json_free(plx_json *json);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_json, plx_json_free)

/* A string of `length` bytes with its quotes and escapes, for writers of other forms. */
void plx_json_append_text(GString *out, const char *text, gsize length);

/* `key` is NULL inside arrays and at the top, and the member's name inside objects. */
void plx_json_begin_object(plx_json *json, const char *key);
void plx_json_end_object(plx_json *json);
void plx_json_begin_array(plx_json *json, const char *key);
void plx_json_end_array(plx_json *json);
void plx_json_string(plx_json *json, const char *key, const char *value); /* NULL: null */
void plx_json_number(plx_json *json, const char *key, double value);
void plx_json_integer(plx_json *json, const char *key, gint64 value);
void plx_json_boolean(plx_json *json, const char *key, gboolean value);
void plx_json_null(plx_json *json, const char *key);
/* [a, b, ...] on one line; NULL values: null. */
void plx_json_numbers(plx_json *json, const char *key, const double *values, gsize n);
/* An array of texts, NULL-terminated. */
void plx_json_texts(plx_json *json, const char *key, const char *const *texts);
void plx_json_day(plx_json *json, const char *key, gint32 day); /* "2026-03-17" */
void plx_json_integers(plx_json *json, const char *key, const gint64 *values, gsize n);
