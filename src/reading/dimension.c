/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/dimension.h"

#include <stdlib.h>
#include <string.h>

void plx_dimension_clear(struct plx_dimension *dim)
{
    for (guint i = 0; dim->labels && i < dim->keys->len; i++)
        g_free(dim->labels[i]);
    g_clear_pointer(&dim->labels, g_free);
    g_clear_pointer(&dim->merge, g_free);
}

static int compare_key(const void *key, const void *element)
{
    return strcmp(key, *(char *const *)element);
}

gint plx_dimension_find(const struct plx_dimension *dim, const char *key)
{
    if (!dim || !dim->keys || dim->keys->len == 0)
        return -1;
    const gpointer *found =
        bsearch(key, dim->keys->pdata, dim->keys->len, sizeof(gpointer), compare_key);
    return found ? (gint)(found - dim->keys->pdata) : -1;
}

void plx_dimension_learn(struct plx_dimension *dim, const struct plx_table *table)
{
    dim->keys = g_ptr_array_new_with_free_func(g_free);
    dim->first = g_new0(guint, table->n_groups + 1);
    for (guint g = 0; g < table->n_groups; g++) {
        dim->first[g] = g;
        g_ptr_array_add(dim->keys, g_strdup(table->groups[g][0]));
    }
}

/* Rows without time are no neighbours of a month. */
static gboolean has_neighbours(const struct plx_dimension *dim, guint i)
{
    return dim->key.kind != PLX_KEY_MONTH || *(const char *)g_ptr_array_index(dim->keys, i);
}

/* Members of a class stand side by side. */
static gboolean join_class(struct plx_dimension *dim, guint from, guint to)
{
    for (guint i = from; i < dim->keys->len && dim->first[i] == from; i++)
        dim->first[i] = to;
    return TRUE;
}

/* What a run of classes holds: persons per combination of the other dimensions. */
static gboolean run_is_enough(const guint64 *persons, guint n_others, guint from, guint to,
                              guint minimum, gboolean none_is_enough)
{
    for (guint o = 0; o < n_others; o++) {
        guint64 sum = 0;
        for (guint i = from; i <= to; i++)
            sum += persons[(gsize)i * n_others + o];
        if (sum < minimum && !(none_is_enough && sum == 0))
            return FALSE;
    }
    return TRUE;
}

gboolean plx_dimension_join(struct plx_dimension *dim, const guint64 *persons, guint n_others,
                            guint minimum, gboolean none_is_enough)
{
    g_autoptr(GArray) starts = g_array_new(FALSE, FALSE, sizeof(guint)); /* of runs */
    gboolean joined = FALSE, open = FALSE;
    guint last = 0;
    for (guint i = 0; i < dim->keys->len; i++) {
        if (!has_neighbours(dim, i))
            continue;
        last = i;
        if (!open)
            g_array_append_val(starts, i);
        const guint start = g_array_index(starts, guint, starts->len - 1);
        if (open && dim->first[i] == i)
            joined = join_class(dim, i, dim->first[start]);
        /* A run ends only where a class ends. */
        const gboolean inside = i + 1 < dim->keys->len && dim->first[i + 1] != i + 1;
        open = inside || !run_is_enough(persons, n_others, start, i, minimum, none_is_enough);
    }
    while (starts->len > 1) {
        const guint start = g_array_index(starts, guint, starts->len - 1);
        if (run_is_enough(persons, n_others, start, last, minimum, none_is_enough))
            break;
        const guint before = g_array_index(starts, guint, starts->len - 2);
        joined = join_class(dim, dim->first[start], dim->first[before]);
        g_array_set_size(starts, starts->len - 1);
    }
    return joined;
}

void plx_dimension_name(struct plx_dimension *dim)
{
    plx_dimension_clear(dim);
    const guint n = dim->keys->len;
    dim->labels = g_new0(char *, n + 1);
    g_autoptr(GPtrArray) pairs = g_ptr_array_new();
    for (guint c = 0; c < n; c++) {
        guint members = 0;
        const char *last = "";
        g_autoptr(GString) label = g_string_new(NULL);
        for (guint i = c; i < n && dim->first[i] == c; i++) {
            const char *key = g_ptr_array_index(dim->keys, i);
            g_string_append_printf(label, "%s%s", members++ ? " + " : "", *key ? key : "\"\"");
            last = key;
            if (i != c) {
                g_ptr_array_add(pairs, g_ptr_array_index(dim->keys, i));
                g_ptr_array_add(pairs, g_ptr_array_index(dim->keys, c));
            }
        }
        if (dim->key.kind == PLX_KEY_MONTH)
            g_string_printf(label, "%s..%s", (char *)g_ptr_array_index(dim->keys, c), last);
        if (members > 1)
            dim->labels[c] = g_strdup(label->str);
    }
    if (pairs->len == 0)
        return;
    g_ptr_array_add(pairs, NULL);
    dim->merge = (const char **)(guintptr)g_ptr_array_free(g_steal_pointer(&pairs), FALSE);
}
