/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/recipe_builtin.h"

#include "base/error.h"
#include "base/suggest.h"
#include "ingest/recipes_resource.h"

#include <stdlib.h>
#include <string.h>

#define FOLDER "/parallax/recipes/"

/* Ids are file names without ".yaml". */
static int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char **plx_recipe_builtin_list(void)
{
    char **names = g_resource_enumerate_children(plx_recipes_get_resource(), FOLDER, 0, NULL);
    qsort(names, g_strv_length(names), sizeof(char *), compare_names);
    for (char **name = names; *name; name++)
        (*name)[strlen(*name) - strlen(".yaml")] = '\0';
    return names;
}

const char *plx_recipe_builtin_text(const char *id, gsize *length, GError **error)
{
    g_autofree char *path = g_strconcat(FOLDER, id, ".yaml", NULL);
    g_autoptr(GBytes) bytes = g_resource_lookup_data(plx_recipes_get_resource(), path, 0, NULL);
    if (bytes) /* the text lies in the program and outlives the GBytes; it ends in NUL */
        return g_bytes_get_data(bytes, length);
    g_auto(GStrv) ids = plx_recipe_builtin_list();
    g_autofree char *hint = plx_suggest_text(id, (const char *const *)ids, g_strv_length(ids));
    plx_error(error, PLX_ERROR_NOT_FOUND, "no recipe \"%s\"%s", id, hint);
    return NULL;
}

plx_recipe *plx_recipe_open(const char *name, const plx_map *map, GError **error)
{
    gsize length = 0;
    if (!g_file_test(name, G_FILE_TEST_EXISTS)) {
        const char *text = plx_recipe_builtin_text(name, &length, NULL);
        if (text)
            return plx_recipe_read_memory(text, length, name, map, error);
    }
    return plx_recipe_read(name, map, error);
}
