/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A form's or a query's fields from any bytes: an error or texts, which are UTF-8 without control
 * characters, and encoded again give the same fields. */

#include "serve/fields.h"

#include <stdint.h>
#include <string.h>

static void check_text(const char *text)
{
    g_assert(g_utf8_validate(text, -1, NULL));
    for (const char *p = text; *p; p++)
        g_assert((guchar)*p >= ' ' || *p == '\t' || *p == '\n');
}

static void append_encoded(GString *out, const char *text)
{
    for (const char *p = text; *p; p++)
        g_string_append_printf(out, "%%%02X", (guint)(guchar)*p);
}

static GString *encode(const plx_fields *fields)
{
    GString *const out = g_string_new(NULL);
    const char *name, *value;
    for (guint i = 0; plx_fields_at(fields, i, &name, &value); i++) {
        check_text(name);
        check_text(value);
        append_encoded(out, name);
        g_string_append_c(out, '=');
        append_encoded(out, value);
        g_string_append_c(out, '&');
    }
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *why = NULL;
    const struct plx_http_slice text = {(const char *)data, (guint)size};
    g_autoptr(plx_fields) fields = plx_fields_parse(text, &why);
    g_assert(!fields == (why != NULL));
    if (!fields)
        return 0;
    g_autoptr(GString) once = encode(fields);
    const struct plx_http_slice again = {once->str, (guint)once->len};
    g_autoptr(plx_fields) same = plx_fields_parse(again, &why);
    g_assert(same);
    g_autoptr(GString) twice = encode(same);
    g_assert(g_string_equal(once, twice));
    return 0;
}
