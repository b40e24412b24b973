/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/recipe_pick.h"

#include <string.h>

gboolean plx_recipe_read_codes(const struct plx_yaml_node *mapping, struct plx_recipe_codes *codes,
                               GError **error)
{
    return plx_yaml_get_texts(mapping, "missing", &codes->missing, error) &&
           plx_yaml_get_texts(mapping, "na", &codes->na, error) &&
           plx_yaml_get_texts(mapping, "declined", &codes->declined, error);
}

void plx_recipe_codes_clear(struct plx_recipe_codes *codes)
{
    g_clear_pointer(&codes->missing, g_strfreev);
    g_clear_pointer(&codes->na, g_strfreev);
    g_clear_pointer(&codes->declined, g_strfreev);
}

static void add_codes(struct plx_pick *pick, const struct plx_recipe_codes *codes)
{
    for (gsize i = 0; codes->missing && codes->missing[i]; i++)
        plx_pick_value(pick, codes->missing[i], "");
    for (gsize i = 0; codes->na && codes->na[i]; i++)
        plx_pick_value(pick, codes->na[i], "na");
    for (gsize i = 0; codes->declined && codes->declined[i]; i++)
        plx_pick_value(pick, codes->declined[i], "declined");
}

/* A replacement's text: plain, and allowed to be empty. */
static gboolean read_to(const struct plx_yaml_node *node, const char **to, GError **error)
{
    if (plx_yaml_is_null(node)) {
        *to = "";
        return TRUE;
    }
    if (!plx_yaml_is(node, "a value", PLX_YAML_SCALAR, error))
        return FALSE;
    *to = node->text;
    return TRUE;
}

static gboolean read_values(const struct plx_yaml_node *mapping, struct plx_pick *pick,
                            GError **error)
{
    const struct plx_yaml_node *values = plx_yaml_get(mapping, "values");
    if (!values)
        return TRUE;
    if (!plx_yaml_is(values, "values", PLX_YAML_MAPPING, error))
        return FALSE;
    for (guint i = 0; i < values->n; i++) {
        const char *to = NULL;
        if (!read_to(values->values[i], &to, error))
            return FALSE;
        if (strcmp(to, "?") == 0) { /* as recipe suggest leaves what it cannot know */
            g_autofree char *shown = plx_yaml_quote(values->keys[i]->text);
            return plx_yaml_error(values->values[i], error,
                                  "this line is not finished: write what %s means in place of "
                                  "\"?\"",
                                  shown);
        }
        plx_pick_value(pick, values->keys[i]->text, to);
    }
    return TRUE;
}

static gboolean read_texts(const struct plx_yaml_node *mapping, struct plx_pick *pick,
                           GError **error)
{
    const char *column = NULL, *constant = NULL, *pattern = NULL;
    gint64 number = 0;
    if (!plx_yaml_get_text(mapping, "column", &column, error) ||
        !plx_yaml_get_int(mapping, "number", 1, 100000, &number, error) ||
        !plx_yaml_get_text(mapping, "constant", &constant, error) ||
        !plx_yaml_get_text(mapping, "pattern", &pattern, error))
        return FALSE;
    if (column && number > 0)
        return plx_yaml_error(plx_yaml_get_key(mapping, "number"), error,
                              "a column has a title or a number, not both");
    if (!column && number == 0 && !constant)
        return plx_yaml_error(mapping, error, "expected column, number or constant");
    if (column)
        plx_pick_column(pick, column);
    if (number > 0)
        plx_pick_number(pick, (guint)number);
    if (constant)
        plx_pick_constant(pick, constant);
    if (pattern) {
        g_autoptr(GError) fault = NULL;
        g_autoptr(GRegex) regex = g_regex_new(pattern, 0, 0, &fault);
        if (!regex)
            return plx_yaml_error(plx_yaml_get(mapping, "pattern"), error,
                                  "not a regular expression: %s", fault->message);
        g_free(pick->pattern);
        pick->pattern = g_strdup(pattern);
    }
    return TRUE;
}

static gboolean read_mapping(const struct plx_yaml_node *node, const struct plx_recipe_codes *codes,
                             struct plx_pick *pick, GError **error)
{
    static const char *const keys[] = {"column", "number", "constant", "pattern", "values",
                                       "others", "na",     "declined", "missing", NULL};
    static const char *const others[] = {"keep", "error", NULL};
    int closed = 0;
    struct plx_recipe_codes own = {0};
    if (!plx_yaml_only(node, "column", keys, error) || !read_texts(node, pick, error) ||
        !plx_yaml_get_choice(node, "others", others, &closed, error) ||
        !read_values(node, pick, error))
        return FALSE;
    pick->closed = closed == 1;
    gboolean good = plx_recipe_read_codes(node, &own, error);
    /* The first replacement that fits is taken: what a column says of itself goes first. */
    if (good)
        add_codes(pick, &own);
    if (good && codes)
        add_codes(pick, codes);
    plx_recipe_codes_clear(&own);
    return good;
}

gboolean plx_recipe_read_pick(const struct plx_yaml_node *node, const char *what,
                              const struct plx_recipe_codes *codes, struct plx_pick *pick,
                              GError **error)
{
    if (node->kind == PLX_YAML_MAPPING)
        return read_mapping(node, codes, pick, error);
    const char *column = NULL;
    if (!plx_yaml_text(node, what, &column, error))
        return FALSE;
    plx_pick_column(pick, column);
    if (codes)
        add_codes(pick, codes);
    return TRUE;
}

gboolean plx_recipe_get_pick(const struct plx_yaml_node *mapping, const char *key,
                             struct plx_pick *pick, GError **error)
{
    const struct plx_yaml_node *node = plx_yaml_get(mapping, key);
    return !node || plx_recipe_read_pick(node, key, NULL, pick, error);
}
