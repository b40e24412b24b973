/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/map_comments.h"

#include "base/id.h"
#include "base/yaml.h"
#include "base/yaml_comments.h"

#include <string.h>

/* What stands where in a text. */
struct places {
    const char *language; /* of the map */
    plx_yaml *yaml;
    GPtrArray *paths;  /* by line from 0: what begins there first, owned, or NULL */
    GHashTable *lines; /* path (borrowed) -> line from 1 */
};

static void places_clear(struct places *places)
{
    g_hash_table_unref(places->lines);
    g_ptr_array_unref(places->paths);
    plx_yaml_free(places->yaml);
}

static void add_place(struct places *places, const struct plx_yaml_node *node, const char *path)
{
    const guint line = (guint)node->loc.line;
    while (places->paths->len < line)
        g_ptr_array_add(places->paths, NULL);
    if (places->paths->pdata[line - 1] || g_hash_table_contains(places->lines, path))
        return;
    char *const own = g_strdup(path);
    places->paths->pdata[line - 1] = own;
    g_hash_table_insert(places->lines, own, GUINT_TO_POINTER(line));
}

/* ---- what an entry of a list is called: "@id" ---- */

static const char *text_of(const struct places *places, const struct plx_yaml_node *node)
{
    if (node && node->kind == PLX_YAML_MAPPING)
        node = plx_yaml_get(node, places->language);
    return node && node->kind == PLX_YAML_SCALAR ? node->text : NULL;
}

static char *entry_name(const struct places *places, const struct plx_yaml_node *entry)
{
    static const char *const keys[] = {"title", "words", "use"};
    const gboolean mapping = entry->kind == PLX_YAML_MAPPING;
    const char *const id = mapping ? text_of(places, plx_yaml_get(entry, "id")) : NULL;
    const char *title = mapping ? NULL : text_of(places, entry);
    for (gsize i = 0; mapping && !title && i < G_N_ELEMENTS(keys); i++)
        title = text_of(places, plx_yaml_get(entry, keys[i]));
    g_autofree char *made = id || !title ? NULL : plx_id_new(title, strlen(title));
    return g_strconcat("@", id ? id : made ? made : "", NULL);
}

/* ---- the tree ---- */

static void walk(struct places *places, const struct plx_yaml_node *node, const char *path);

static void walk_entry(struct places *places, const struct plx_yaml_node *entry, const char *path)
{
    g_autofree char *name = entry_name(places, entry);
    /* A point is itself in whatever transaction. */
    const gboolean point = g_str_has_prefix(path, "journeys/") && g_str_has_suffix(path, "/points");
    const gboolean used = entry->kind == PLX_YAML_MAPPING && plx_yaml_get(entry, "use");
    g_autofree char *inner =
        point && !used ? g_strconcat("point:", name, NULL) : g_strjoin("/", path, name, NULL);
    add_place(places, entry, inner);
    walk(places, entry, inner);
}

static void walk(struct places *places, const struct plx_yaml_node *node, const char *path)
{
    for (guint i = 0; node->kind == PLX_YAML_SEQUENCE && i < node->n; i++)
        walk_entry(places, node->values[i], path);
    for (guint i = 0; node->kind == PLX_YAML_MAPPING && i < node->n; i++) {
        g_autofree char *inner =
            *path ? g_strjoin("/", path, node->keys[i]->text, NULL) : g_strdup(node->keys[i]->text);
        add_place(places, node->keys[i], inner);
        walk(places, node->values[i], inner);
    }
}

static gboolean places_init(struct places *places, const char *text)
{
    places->yaml = plx_yaml_read_memory(text, strlen(text), "map", NULL);
    if (!places->yaml)
        return FALSE;
    const struct plx_yaml_node *const root = plx_yaml_root(places->yaml);
    const struct plx_yaml_node *const language = plx_yaml_get(root, "language");
    places->language = language && language->text ? language->text : "en";
    places->paths = g_ptr_array_new_with_free_func(g_free);
    places->lines = g_hash_table_new(g_str_hash, g_str_equal);
    walk(places, root, "");
    return TRUE;
}

/* ---- from one to the other ---- */

/* What a comment is about; NULL: what stands below all. */
static const char *about(const struct places *from, const struct plx_yaml_comment *comment)
{
    const guint first = comment->line - 1;
    for (guint i = first; i < from->paths->len; i++)
        if (from->paths->pdata[i])
            return from->paths->pdata[i];
    for (guint i = MIN(first, from->paths->len); !comment->own && i > 0; i--)
        if (from->paths->pdata[i - 1])
            return from->paths->pdata[i - 1];
    return NULL;
}

/* The line on which that, or what it is part of, stands now; 0: it is not there any more. */
static guint line_of(const struct places *to, const char *path)
{
    g_autofree char *rest = g_strdup(path);
    for (;;) {
        const gpointer line = g_hash_table_lookup(to->lines, rest);
        char *const slash = strrchr(rest, '/');
        if (line)
            return GPOINTER_TO_UINT(line);
        if (!slash || strchr(slash, '@'))
            return 0;
        *slash = '\0';
    }
}

/* What is to stand above each line, and behind it. */
struct remarks {
    GString **above, **behind; /* by line from 0; the last is below all */
    guint n;
};

static void put(struct remarks *remarks, guint line, const char *indented, gboolean own,
                const char *text)
{
    GString **const slot = own ? &remarks->above[line] : &remarks->behind[line];
    if (!*slot)
        *slot = g_string_new(NULL);
    if (own)
        g_string_append_printf(*slot, "%.*s%s\n", (int)strspn(indented, " "), indented, text);
    else
        g_string_append_printf(*slot, "  %s", text);
}

static void place(struct remarks *remarks, const GPtrArray *comments, const struct places *from,
                  const struct places *to, char *const *lines)
{
    for (guint i = 0; i < comments->len; i++) {
        const struct plx_yaml_comment *const comment = comments->pdata[i];
        const char *const path = about(from, comment);
        const guint line = path ? line_of(to, path) : 0;
        if (!path)
            put(remarks, remarks->n, "", TRUE, comment->text);
        else if (line > 0)
            put(remarks, line - 1, lines[line - 1], comment->own, comment->text);
    }
}

static char *join(const struct remarks *remarks, char *const *lines)
{
    GString *const out = g_string_new(NULL);
    for (guint i = 0; i <= remarks->n; i++) {
        if (remarks->above[i])
            g_string_append(out, remarks->above[i]->str);
        if (i < remarks->n)
            g_string_append_printf(out, "%s%s%s", lines[i],
                                   remarks->behind[i] ? remarks->behind[i]->str : "", "\n");
    }
    return g_string_free(out, FALSE);
}

static void remarks_clear(struct remarks *remarks)
{
    for (guint i = 0; i <= remarks->n; i++) {
        if (remarks->above[i])
            g_string_free(remarks->above[i], TRUE);
        if (remarks->behind[i])
            g_string_free(remarks->behind[i], TRUE);
    }
    g_free(remarks->above);
    g_free(remarks->behind);
}

char *plx_map_comments_carry(const char *from, const char *to)
{
    g_autoptr(GPtrArray) comments = plx_yaml_comments(from);
    struct places before, after;
    if (comments->len == 0 || !places_init(&before, from))
        return g_strdup(to);
    if (!places_init(&after, to)) {
        places_clear(&before);
        return g_strdup(to);
    }
    g_auto(GStrv) lines = g_strsplit(to, "\n", -1);
    const guint n = g_strv_length(lines);
    struct remarks remarks = {.n = n > 0 && !*lines[n - 1] ? n - 1 : n};
    remarks.above = g_new0(GString *, remarks.n + 1);
    remarks.behind = g_new0(GString *, remarks.n + 1);
    place(&remarks, comments, &before, &after, lines);
    char *const text = join(&remarks, lines);
    remarks_clear(&remarks);
    places_clear(&before);
    places_clear(&after);
    return text;
}
