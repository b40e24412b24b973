/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/paper_words.h"

#include "base/suggest.h"
#include "base/yaml.h"

#include <gio/gio.h>
#include <string.h>

#define FOLDER "/parallax/report/paper"

struct plx_paper_words {
    char *tag;
    plx_yaml *yaml;
};

/* Made by glib-compile-resources from report.gresource.xml. */
GResource *plx_report_get_resource(void);

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char **plx_paper_languages(void)
{
    char **const names = g_resource_enumerate_children(plx_report_get_resource(), FOLDER,
                                                       G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_assert(names);
    for (gsize i = 0; names[i]; i++)
        *strrchr(names[i], '.') = '\0';
    qsort(names, g_strv_length(names), sizeof *names, compare_texts);
    return names;
}

char *plx_paper_language(const char *tag)
{
    g_auto(GStrv) languages = plx_paper_languages();
    g_autofree char *primary = g_ascii_strdown(tag, (gssize)strcspn(tag, "-_"));
    return g_strv_contains((const char *const *)languages, primary) ? g_steal_pointer(&primary)
                                                                    : NULL;
}

static gboolean unknown_language(const char *tag, GError **error)
{
    g_auto(GStrv) languages = plx_paper_languages();
    g_autofree char *valid = g_utf8_make_valid(tag, -1);
    g_autofree char *shown = plx_yaml_quote(valid);
    g_autofree char *hint =
        plx_suggest_text(valid, (const char *const *)languages, g_strv_length(languages));
    g_autofree char *all = g_strjoinv(", ", languages);
    return plx_error(error, PLX_ERROR_NOT_FOUND, "there are no words in the language %s%s%s", shown,
                     *hint ? hint : "; there are ", *hint ? "" : all);
}

plx_paper_words *plx_paper_words_new(const char *tag, GError **error)
{
    g_autofree char *language = plx_paper_language(tag);
    if (!language) {
        unknown_language(tag, error);
        return NULL;
    }
    g_autofree char *path = g_strdup_printf(FOLDER "/%s.yaml", language);
    g_autoptr(GBytes) bytes =
        g_resource_lookup_data(plx_report_get_resource(), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    gsize length;
    const char *const text = g_bytes_get_data(bytes, &length);
    plx_yaml *const yaml = plx_yaml_read_memory(text, length, path, error);
    if (!yaml)
        return NULL;
    plx_paper_words *const words = g_new(plx_paper_words, 1);
    *words = (plx_paper_words){.tag = g_strdup(tag), .yaml = yaml};
    return words;
}

void plx_paper_words_free(plx_paper_words *words)
{
    if (!words)
        return;
    plx_yaml_free(words->yaml);
    g_free(words->tag);
    g_free(words);
}

const char *plx_paper_tag(const plx_paper_words *words)
{
    return words->tag;
}

const char *plx_paper_word(const plx_paper_words *words, const char *key)
{
    const struct plx_yaml_node *const node = plx_yaml_get(plx_yaml_root(words->yaml), key);
    g_assert(node && node->text);
    return node->text;
}

void plx_paper_fill(const plx_paper_words *words, const char *key, const char *name,
                    const char *value, GString *out)
{
    g_autofree char *mark = g_strdup_printf("{%s}", name);
    g_auto(GStrv) parts = g_strsplit(plx_paper_word(words, key), mark, -1);
    g_autofree char *text = g_strjoinv(value, parts);
    g_string_append(out, text);
}

GPtrArray *plx_paper_keys(const plx_paper_words *words)
{
    const struct plx_yaml_node *const root = plx_yaml_root(words->yaml);
    GPtrArray *const keys = g_ptr_array_new();
    for (guint i = 0; i < root->n; i++)
        g_ptr_array_add(keys, (gpointer)(guintptr)root->keys[i]->text);
    g_ptr_array_sort(keys, compare_texts);
    return keys;
}
