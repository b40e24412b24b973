/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/fields.h"

#include <string.h>

struct plx_fields {
    GPtrArray *texts; /* name, value, name, value, ... */
};

/* Drops the CR of CR LF. FALSE: a control character is left. */
static gboolean tidy(GString *text)
{
    gsize to = 0;
    for (gsize i = 0; i < text->len; i++) {
        const guchar c = (guchar)text->str[i];
        if (c == '\r' && text->str[i + 1] == '\n')
            continue;
        if ((c < ' ' && c != '\t' && c != '\n') || c == 0x7f)
            return FALSE;
        text->str[to++] = (char)c;
    }
    g_string_truncate(text, to);
    return TRUE;
}

/* The byte after a percent sign; -1: there is none. */
static int decode_byte(const char *at, const char *end)
{
    if (end - at < 2 || !g_ascii_isxdigit(at[0]) || !g_ascii_isxdigit(at[1]))
        return -1;
    return g_ascii_xdigit_value(at[0]) * 16 + g_ascii_xdigit_value(at[1]);
}

char *plx_url_decode(struct plx_http_slice text, gboolean plus, const char **why)
{
    g_autoptr(GString) decoded = g_string_sized_new(text.length);
    const char *const end = text.at + text.length;
    for (const char *p = text.at; p < end; p++) {
        const int byte = *p == '%' ? decode_byte(p + 1, end) : (guchar)*p;
        if (byte < 0) {
            *why = "a percent sign is not followed by two hex digits";
            return NULL;
        }
        g_string_append_c(decoded, plus && *p == '+' ? ' ' : (char)byte);
        p += *p == '%' ? 2 : 0;
    }
    if (!tidy(decoded)) {
        *why = "a text holds a control character";
        return NULL;
    }
    if (!g_utf8_validate_len(decoded->str, decoded->len, NULL)) {
        *why = "a text is not UTF-8";
        return NULL;
    }
    return g_string_free(g_steal_pointer(&decoded), FALSE);
}

static gboolean take_pair(plx_fields *fields, struct plx_http_slice pair, const char **why)
{
    const char *const equals = memchr(pair.at, '=', pair.length);
    const guint name = equals ? (guint)(equals - pair.at) : pair.length;
    const struct plx_http_slice value = {equals ? equals + 1 : pair.at + pair.length,
                                         equals ? pair.length - name - 1 : 0};
    g_autofree char *decoded = plx_url_decode((struct plx_http_slice){pair.at, name}, TRUE, why);
    char *const text = decoded ? plx_url_decode(value, TRUE, why) : NULL;
    if (!text)
        return FALSE;
    g_ptr_array_add(fields->texts, g_steal_pointer(&decoded));
    g_ptr_array_add(fields->texts, text);
    return TRUE;
}

plx_fields *plx_fields_parse(struct plx_http_slice text, const char **why)
{
    g_autoptr(plx_fields) fields = g_new(plx_fields, 1);
    fields->texts = g_ptr_array_new_with_free_func(g_free);
    for (guint at = 0; at < text.length;) {
        const char *const from = text.at + at;
        const char *const ends = memchr(from, '&', text.length - at);
        const guint length = ends ? (guint)(ends - from) : text.length - at;
        if (fields->texts->len == 2 * PLX_FIELDS_MAX) {
            *why = "there are too many fields";
            return NULL;
        }
        if (length > 0 && !take_pair(fields, (struct plx_http_slice){from, length}, why))
            return NULL;
        at += length + 1;
    }
    return g_steal_pointer(&fields);
}

void plx_fields_free(plx_fields *fields)
{
    if (!fields)
        return;
    g_ptr_array_unref(fields->texts);
    g_free(fields);
}

gboolean plx_fields_at(const plx_fields *fields, guint i, const char **name, const char **value)
{
    if (2 * i >= fields->texts->len)
        return FALSE;
    *name = fields->texts->pdata[2 * i];
    *value = fields->texts->pdata[2 * i + 1];
    return TRUE;
}

const char *plx_fields_get(const plx_fields *fields, const char *name)
{
    const char *found = NULL, *each, *value;
    for (guint i = 0; plx_fields_at(fields, i, &each, &value); i++) {
        if (strcmp(each, name) != 0)
            continue;
        if (found)
            return NULL;
        found = value;
    }
    return found;
}
