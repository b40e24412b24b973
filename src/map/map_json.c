/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By way of the map file, so that there is one writer of maps. */
#include "map/map_json.h"

#include "base/json.h"
#include "map/map_write.h"

#include <string.h>

/* What the map file has as a number or a truth value: texts that look like one stand in quotes. */
static gboolean is_bare(const struct plx_yaml_node *node)
{
    if (!node->plain || node->length == 0)
        return FALSE;
    if (strcmp(node->text, "true") == 0 || strcmp(node->text, "false") == 0)
        return TRUE;
    const char *const digits = node->text + (*node->text == '-' ? 1 : 0);
    return g_ascii_isdigit(*digits) &&
           (*digits != '0' || strlen(digits) == 1 || digits[1] == '.') &&
           strspn(digits, "0123456789.") == strlen(digits) &&
           strchr(digits, '.') == strrchr(digits, '.') &&
           g_ascii_isdigit(digits[strlen(digits) - 1]);
}

static void append_sequence(const struct plx_yaml_node *node, GString *out)
{
    g_string_append_c(out, '[');
    for (guint i = 0; i < node->n; i++) {
        g_string_append(out, i > 0 ? ", " : "");
        plx_map_append_node(node->values[i], out);
    }
    g_string_append_c(out, ']');
}

void plx_map_append_node(const struct plx_yaml_node *node, GString *out)
{
    switch (node->kind) {
    case PLX_YAML_SCALAR:
        if (plx_yaml_is_null(node)) /* an audience of which nothing is said */
            g_string_append(out, "{}");
        else if (is_bare(node))
            g_string_append(out, node->text);
        else
            plx_json_append_text(out, node->text, node->length);
        return;
    case PLX_YAML_SEQUENCE:
        append_sequence(node, out);
        return;
    case PLX_YAML_MAPPING:
        g_string_append_c(out, '{');
        for (guint i = 0; i < node->n; i++) {
            g_string_append(out, i > 0 ? ", " : "");
            plx_json_append_text(out, node->keys[i]->text, node->keys[i]->length);
            g_string_append(out, ": ");
            plx_map_append_node(node->values[i], out);
        }
        g_string_append_c(out, '}');
    }
}

plx_yaml *plx_map_tree_of(const plx_map *map, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_map_write(map, text);
    return plx_yaml_read_memory(text->str, text->len, "the map, written out", error);
}

gboolean plx_map_write_json(const plx_map *map, GString *out, GError **error)
{
    g_autoptr(plx_yaml) yaml = plx_map_tree_of(map, error);
    if (yaml)
        plx_map_append_node(plx_yaml_root(yaml), out);
    return yaml != NULL;
}

gboolean plx_map_is_json(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '{';
}
