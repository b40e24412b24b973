/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"

#include "base/date.h"
#include "base/number.h"

#include <math.h>
#include <string.h>

struct level {
    gboolean array;
    gsize members;
};

struct plx_json {
    GString *out;
    GArray *levels; /* struct level, innermost last */
    gboolean done;  /* the one value at the top has begun */
};

plx_json *plx_json_new(GString *out)
{
    plx_json *json = g_new0(plx_json, 1);
    json->out = out;
    json->levels = g_array_new(FALSE, TRUE, sizeof(struct level));
    return json;
}

void plx_json_free(plx_json *json)
{
    if (!json)
        return;
    g_array_unref(json->levels);
    g_free(json);
}

void plx_json_append_text(GString *out, const char *text, gsize length)
{
    static const char hex[] = "0123456789abcdef";
    g_string_append_c(out, '"');
    const char *plain = text;
    const char *const end = text + length;
    for (const char *p = text; p < end; p++) {
        const guchar c = (guchar)*p;
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        g_string_append_len(out, plain, p - plain);
        plain = p + 1;
        g_string_append_c(out, '\\');
        if (c == '"' || c == '\\')
            g_string_append_c(out, (char)c);
        else if (c == '\n')
            g_string_append_c(out, 'n');
        else if (c == '\r')
            g_string_append_c(out, 'r');
        else if (c == '\t')
            g_string_append_c(out, 't');
        else {
            g_string_append(out, "u00");
            g_string_append_c(out, hex[c >> 4]);
            g_string_append_c(out, hex[c & 15]);
        }
    }
    g_string_append_len(out, plain, end - plain);
    g_string_append_c(out, '"');
}

/* JSON must be UTF-8; bytes that are not come out as U+FFFD rather than as a broken document. */
static void append_string(GString *out, const char *text)
{
    if (g_utf8_validate(text, -1, NULL)) {
        plx_json_append_text(out, text, strlen(text));
        return;
    }
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    plx_json_append_text(out, valid, strlen(valid));
}

static void append_number(GString *out, double value)
{
    char text[PLX_NUMBER_SIZE];
    g_string_append(out, isfinite(value) ? plx_number_format(value, 12, text) : "null");
}

static void indent(const plx_json *json)
{
    g_string_append_c(json->out, '\n');
    for (guint i = 0; i < json->levels->len; i++)
        g_string_append(json->out, "  ");
}

/* Everything before a value: comma, new line, indentation, name. */
static void begin_value(plx_json *json, const char *key)
{
    if (json->levels->len == 0) {
        g_assert(!json->done && key == NULL);
        json->done = TRUE;
        return;
    }
    struct level *top = &g_array_index(json->levels, struct level, json->levels->len - 1);
    g_assert(top->array == (key == NULL));
    if (top->members++ > 0)
        g_string_append_c(json->out, ',');
    indent(json);
    if (key) {
        append_string(json->out, key);
        g_string_append(json->out, ": ");
    }
}

static void begin_level(plx_json *json, const char *key, gboolean array)
{
    begin_value(json, key);
    g_string_append_c(json->out, array ? '[' : '{');
    const struct level level = {.array = array};
    g_array_append_val(json->levels, level);
}

static void end_level(plx_json *json, gboolean array)
{
    g_assert(json->levels->len > 0);
    const struct level level = g_array_index(json->levels, struct level, json->levels->len - 1);
    g_assert(level.array == array);
    g_array_set_size(json->levels, json->levels->len - 1);
    if (level.members > 0)
        indent(json);
    g_string_append_c(json->out, array ? ']' : '}');
}

void plx_json_begin_object(plx_json *json, const char *key)
{
    begin_level(json, key, FALSE);
}

void plx_json_end_object(plx_json *json)
{
    end_level(json, FALSE);
}

void plx_json_begin_array(plx_json *json, const char *key)
{
    begin_level(json, key, TRUE);
}

void plx_json_end_array(plx_json *json)
{
    end_level(json, TRUE);
}

void plx_json_string(plx_json *json, const char *key, const char *value)
{
    begin_value(json, key);
    if (value)
        append_string(json->out, value);
    else
        g_string_append(json->out, "null");
}

void plx_json_number(plx_json *json, const char *key, double value)
{
    begin_value(json, key);
    append_number(json->out, value);
}

void plx_json_integer(plx_json *json, const char *key, gint64 value)
{
    begin_value(json, key);
    g_string_append_printf(json->out, "%" G_GINT64_FORMAT, value);
}

void plx_json_boolean(plx_json *json, const char *key, gboolean value)
{
    begin_value(json, key);
    g_string_append(json->out, value ? "true" : "false");
}

void plx_json_null(plx_json *json, const char *key)
{
    begin_value(json, key);
    g_string_append(json->out, "null");
}

void plx_json_numbers(plx_json *json, const char *key, const double *values, gsize n)
{
    begin_value(json, key);
    if (!values) {
        g_string_append(json->out, "null");
        return;
    }
    g_string_append_c(json->out, '[');
    for (gsize i = 0; i < n; i++) {
        if (i > 0)
            g_string_append(json->out, ", ");
        append_number(json->out, values[i]);
    }
    g_string_append_c(json->out, ']');
}

void plx_json_integers(plx_json *json, const char *key, const gint64 *values, gsize n)
{
    begin_value(json, key);
    if (!values) {
        g_string_append(json->out, "null");
        return;
    }
    g_string_append_c(json->out, '[');
    for (gsize i = 0; i < n; i++)
        g_string_append_printf(json->out, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "", values[i]);
    g_string_append_c(json->out, ']');
}

void plx_json_texts(plx_json *json, const char *key, const char *const *texts)
{
    plx_json_begin_array(json, key);
    for (guint i = 0; texts[i]; i++)
        plx_json_string(json, NULL, texts[i]);
    plx_json_end_array(json);
}

void plx_json_day(plx_json *json, const char *key, gint32 day)
{
    char text[PLX_DATE_SIZE];
    plx_json_string(json, key, plx_date_format(day, text));
}
