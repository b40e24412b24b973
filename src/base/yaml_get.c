/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the nodes of base/yaml.h say, and errors that name their place. */
#include "base/number.h"
#include "base/suggest.h"
#include "base/yaml.h"

#include <string.h>

#define SHOWN_BYTES 60

char *plx_yaml_quote(const char *text)
{
    GString *shown = g_string_new("\"");
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (shown->len > SHOWN_BYTES) {
            g_string_append(shown, "…");
            break;
        }
        if (c == '\n')
            g_string_append(shown, "\\n");
        else if (c == '\t')
            g_string_append(shown, "\\t");
        else if (g_unichar_iscntrl(c))
            g_string_append_printf(shown, "\\u%04X", (guint)c);
        else
            g_string_append_unichar(shown, c);
    }
    g_string_append_c(shown, '"');
    return g_string_free(shown, FALSE);
}

gboolean plx_yaml_is_null(const struct plx_yaml_node *node)
{
    return node->kind == PLX_YAML_SCALAR && node->plain &&
           (node->length == 0 || g_strcmp0(node->text, "~") == 0 ||
            g_strcmp0(node->text, "null") == 0);
}

const char *plx_yaml_kind_name(const struct plx_yaml_node *node)
{
    if (node->kind == PLX_YAML_SEQUENCE)
        return "a list";
    if (node->kind == PLX_YAML_MAPPING)
        return "a mapping";
    return plx_yaml_is_null(node) || node->length == 0 ? "nothing" : "a text";
}

gboolean(plx_yaml_error)(const struct plx_yaml_node *node, GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return plx_error_at(error, PLX_ERROR_INPUT, &node->loc, "%s", message);
}

static const char *expected_name(enum plx_yaml_kind kind)
{
    switch (kind) {
    case PLX_YAML_SEQUENCE:
        return "a list (lines that begin with \"- \")";
    case PLX_YAML_MAPPING:
        return "a mapping (lines of \"key: value\")";
    case PLX_YAML_SCALAR:
    default:
        return "a text";
    }
}

gboolean plx_yaml_is(const struct plx_yaml_node *node, const char *what, enum plx_yaml_kind kind,
                     GError **error)
{
    if (node->kind == kind)
        return TRUE;
    if (node->kind == PLX_YAML_SCALAR && node->length > 0 && !plx_yaml_is_null(node)) {
        g_autofree char *shown = plx_yaml_quote(node->text);
        return plx_yaml_error(node, error, "%s must be %s, not %s", what, expected_name(kind),
                              shown);
    }
    return plx_yaml_error(node, error, "%s must be %s, not %s", what, expected_name(kind),
                          plx_yaml_kind_name(node));
}

gboolean plx_yaml_only(const struct plx_yaml_node *mapping, const char *what,
                       const char *const *allowed, GError **error)
{
    if (!plx_yaml_is(mapping, what, PLX_YAML_MAPPING, error))
        return FALSE;
    for (guint i = 0; i < mapping->n; i++) {
        const struct plx_yaml_node *key = mapping->keys[i];
        if (g_strv_contains(allowed, key->text))
            continue;
        g_autofree char *shown = plx_yaml_quote(key->text);
        g_autoptr(GString) message = g_string_new(NULL);
        g_string_printf(message, "unknown key %s in %s", shown, what);
        guint n = g_strv_length((char **)(guintptr)allowed);
        if (plx_suggest(key->text, allowed, n) >= 0) {
            plx_suggest_append(message, key->text, allowed, n);
        } else {
            g_autofree char *list = g_strjoinv(", ", (char **)(guintptr)allowed);
            g_string_append_printf(message, "; known: %s", list);
        }
        return plx_yaml_error(key, error, "%s", message->str);
    }
    return TRUE;
}

static gint find(const struct plx_yaml_node *mapping, const char *key)
{
    if (mapping->kind != PLX_YAML_MAPPING)
        return -1;
    for (guint i = 0; i < mapping->n; i++)
        if (strcmp(mapping->keys[i]->text, key) == 0)
            return (gint)i;
    return -1;
}

const struct plx_yaml_node *plx_yaml_get(const struct plx_yaml_node *mapping, const char *key)
{
    gint i = find(mapping, key);
    return i < 0 ? NULL : mapping->values[i];
}

const struct plx_yaml_node *plx_yaml_get_key(const struct plx_yaml_node *mapping, const char *key)
{
    gint i = find(mapping, key);
    return i < 0 ? NULL : mapping->keys[i];
}

const struct plx_yaml_node *plx_yaml_require(const struct plx_yaml_node *mapping, const char *what,
                                             const char *key, GError **error)
{
    const struct plx_yaml_node *value = plx_yaml_get(mapping, key);
    if (!value)
        plx_yaml_error(mapping, error, "%s needs \"%s\"", what, key);
    return value;
}

gboolean plx_yaml_text(const struct plx_yaml_node *node, const char *what, const char **text,
                       GError **error)
{
    if (node->kind != PLX_YAML_SCALAR || node->length == 0 || plx_yaml_is_null(node))
        return plx_yaml_error(node, error, "%s must be a text, not %s", what,
                              plx_yaml_kind_name(node));
    *text = node->text;
    return TRUE;
}

gboolean plx_yaml_int(const struct plx_yaml_node *node, const char *what, gint64 min, gint64 max,
                      gint64 *value, GError **error)
{
    const char *text = NULL;
    if (node->kind == PLX_YAML_SCALAR)
        text = node->text;
    gint64 number = 0;
    if (text && g_ascii_string_to_signed(text, 10, min, max, &number, NULL)) {
        *value = number;
        return TRUE;
    }
    g_autofree char *shown = text && *text ? plx_yaml_quote(text) : NULL;
    return plx_yaml_error(node, error,
                          "%s must be a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT
                          ", not %s",
                          what, min, max, shown ? shown : plx_yaml_kind_name(node));
}

gboolean plx_yaml_double(const struct plx_yaml_node *node, const char *what, double min, double max,
                         double *value, GError **error)
{
    double number = 0;
    if (node->kind == PLX_YAML_SCALAR && plx_number_parse(node->text, node->length, &number) &&
        number >= min && number <= max) {
        *value = number;
        return TRUE;
    }
    char low[PLX_NUMBER_SIZE], high[PLX_NUMBER_SIZE];
    g_autofree char *shown =
        node->kind == PLX_YAML_SCALAR && node->length > 0 ? plx_yaml_quote(node->text) : NULL;
    return plx_yaml_error(node, error, "%s must be a number from %s to %s, not %s", what,
                          plx_number_format(min, 12, low), plx_number_format(max, 12, high),
                          shown ? shown : plx_yaml_kind_name(node));
}

gboolean plx_yaml_bool(const struct plx_yaml_node *node, const char *what, gboolean *value,
                       GError **error)
{
    static const char *const names[] = {"true", "yes", "false", "no"};
    if (node->kind == PLX_YAML_SCALAR) {
        for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
            if (strcmp(node->text, names[i]) == 0) {
                *value = i < 2;
                return TRUE;
            }
        }
    }
    g_autofree char *shown =
        node->kind == PLX_YAML_SCALAR && node->length > 0 ? plx_yaml_quote(node->text) : NULL;
    return plx_yaml_error(node, error, "%s must be true or false, not %s", what,
                          shown ? shown : plx_yaml_kind_name(node));
}

gboolean plx_yaml_choice(const struct plx_yaml_node *node, const char *what,
                         const char *const *names, int *index, GError **error)
{
    const char *text;
    if (!plx_yaml_text(node, what, &text, error))
        return FALSE;
    for (int i = 0; names[i]; i++) {
        if (strcmp(names[i], text) == 0) {
            *index = i;
            return TRUE;
        }
    }
    g_autofree char *shown = plx_yaml_quote(text);
    g_autofree char *list = g_strjoinv(", ", (char **)(guintptr)names);
    g_autofree char *hint = plx_suggest_text(text, names, g_strv_length((char **)(guintptr)names));
    return plx_yaml_error(node, error, "%s must be one of %s, not %s%s", what, list, shown, hint);
}

gboolean plx_yaml_texts(const struct plx_yaml_node *node, const char *what, char ***texts,
                        GError **error)
{
    if (node->kind == PLX_YAML_MAPPING)
        return plx_yaml_error(node, error, "%s must be a list of texts, not a mapping", what);
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    const char *text;
    if (node->kind == PLX_YAML_SCALAR) {
        if (!plx_yaml_text(node, what, &text, error))
            return FALSE;
        g_strv_builder_add(builder, text);
    }
    for (guint i = 0; i < node->n; i++) {
        if (!plx_yaml_text(node->values[i], what, &text, error))
            return FALSE;
        g_strv_builder_add(builder, text);
    }
    *texts = g_strv_builder_end(builder);
    return TRUE;
}

/* ---- by key ---- */

gboolean plx_yaml_get_text(const struct plx_yaml_node *mapping, const char *key, const char **text,
                           GError **error)
{
    const struct plx_yaml_node *node = plx_yaml_get(mapping, key);
    return !node || plx_yaml_text(node, key, text, error);
}

gboolean plx_yaml_get_int(const struct plx_yaml_node *mapping, const char *key, gint64 min,
                          gint64 max, gint64 *value, GError **error)
{
    const struct plx_yaml_node *node = plx_yaml_get(mapping, key);
    return !node || plx_yaml_int(node, key, min, max, value, error);
}

gboolean plx_yaml_get_double(const struct plx_yaml_node *mapping, const char *key, double min,
                             double max, double *value, GError **error)
{
    const struct plx_yaml_node *node = plx_yaml_get(mapping, key);
    return !node || plx_yaml_double(node, key, min, max, value, error);
}

gboolean plx_yaml_get_bool(const struct plx_yaml_node *mapping, const char *key, gboolean *value,
                           GError **error)
{
    const struct plx_yaml_node *node = plx_yaml_get(mapping, key);
    return !node || plx_yaml_bool(node, key, value, error);
}

gboolean plx_yaml_get_choice(const struct plx_yaml_node *mapping, const char *key,
                             const char *const *names, int *index, GError **error)
{
    const struct plx_yaml_node *node = plx_yaml_get(mapping, key);
    return !node || plx_yaml_choice(node, key, names, index, error);
}

gboolean plx_yaml_get_texts(const struct plx_yaml_node *mapping, const char *key, char ***texts,
                            GError **error)
{
    const struct plx_yaml_node *node = plx_yaml_get(mapping, key);
    return !node || plx_yaml_texts(node, key, texts, error);
}
