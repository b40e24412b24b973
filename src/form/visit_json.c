/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form/visit_json.h"

#include <string.h>

void plx_fault(GPtrArray *faults, const char *way, const char *format, ...)
{
    if (faults->len >= PLX_FAULTS_MAX)
        return;
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_ptr_array_add(faults, *way ? g_strdup_printf("%s: %s", way, message) : g_strdup(message));
}

char *plx_fault_way(const char *way, const char *key)
{
    return *way ? g_strdup_printf("%s.%s", way, key) : g_strdup(key);
}

gboolean plx_look_object(json_t *value, const char *way, const char *const *members,
                         GPtrArray *faults)
{
    const char *key;
    json_t *member;
    if (!json_is_object(value)) {
        plx_fault(faults, way, "expected an object");
        return FALSE;
    }
    json_object_foreach(value, key, member)
    {
        g_autofree char *where = plx_fault_way(way, key);
        if (!g_strv_contains(members, key))
            plx_fault(faults, where, "no member of this name is known");
    }
    return TRUE;
}

static json_t *get(json_t *object, const char *key)
{
    json_t *const value = json_object_get(object, key);
    return json_is_null(value) ? NULL : value;
}

gsize plx_look_list(json_t *object, const char *way, const char *key, gsize most, GPtrArray *faults)
{
    json_t *const list = get(object, key);
    g_autofree char *where = plx_fault_way(way, key);
    if (!list)
        return 0;
    if (!json_is_array(list))
        plx_fault(faults, where, "expected a list");
    else if (json_array_size(list) > most)
        plx_fault(faults, where, "expected at most %" G_GSIZE_FORMAT ", there are %" G_GSIZE_FORMAT,
                  most, json_array_size(list));
    else
        return json_array_size(list);
    return 0;
}

static gboolean is_plain(const char *text)
{
    for (; *text; text = g_utf8_next_char(text)) {
        const gunichar c = g_utf8_get_char(text);
        if (g_unichar_iscntrl(c) && c != '\t' && c != '\n' && c != '\r')
            return FALSE;
    }
    return TRUE;
}

char *plx_look_words(json_t *object, const char *way, const char *key, gsize most,
                     GPtrArray *faults)
{
    json_t *const value = get(object, key);
    const char *const text = json_string_value(value);
    g_autofree char *where = plx_fault_way(way, key);
    if (!value)
        return NULL;
    g_autofree char *words = g_strstrip(g_strdup(text ? text : ""));
    const gsize length = (gsize)g_utf8_strlen(words, -1);
    if (!text)
        plx_fault(faults, where, "expected a text");
    else if (!is_plain(words))
        plx_fault(faults, where, "has control characters");
    else if (length > most)
        plx_fault(faults, where,
                  "expected at most %" G_GSIZE_FORMAT " characters, there are %" G_GSIZE_FORMAT,
                  most, length);
    else
        return *words ? g_steal_pointer(&words) : NULL;
    return NULL;
}

gboolean plx_look_number(json_t *object, const char *way, const char *key, gint64 min, gint64 max,
                         gint64 *number, GPtrArray *faults)
{
    json_t *const value = get(object, key);
    if (!value)
        return FALSE;
    if (json_is_integer(value) && json_integer_value(value) >= min &&
        json_integer_value(value) <= max) {
        *number = json_integer_value(value);
        return TRUE;
    }
    g_autofree char *where = plx_fault_way(way, key);
    plx_fault(faults, where,
              "expected a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, min, max);
    return FALSE;
}
