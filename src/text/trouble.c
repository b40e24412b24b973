/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/trouble.h"

#include "text/tokens.h"

#include <string.h>

struct phrase {
    enum plx_trouble_kind kind;
    GPtrArray *stems; /* of its words, in order */
};

struct plx_trouble {
    plx_tokens *tokens;
    GHashTable *phrases; /* first stem -> GPtrArray of struct phrase */
};

static void free_phrase(gpointer data)
{
    struct phrase *const phrase = data;
    g_ptr_array_unref(phrase->stems);
    g_free(phrase);
}

static void add_phrase(plx_trouble *trouble, enum plx_trouble_kind kind, const char *text)
{
    g_autoptr(GArray) words = plx_tokens_read(trouble->tokens, text);
    g_assert(words->len > 0);
    struct phrase *const phrase = g_new(struct phrase, 1);
    *phrase = (struct phrase){kind, g_ptr_array_new_with_free_func(g_free)};
    for (guint i = 0; i < words->len; i++)
        g_ptr_array_add(phrase->stems, g_strdup(g_array_index(words, struct plx_token, i).stem));
    const char *const first = phrase->stems->pdata[0];
    GPtrArray *list = g_hash_table_lookup(trouble->phrases, first);
    if (!list) {
        list = g_ptr_array_new_with_free_func(free_phrase);
        g_hash_table_insert(trouble->phrases, g_strdup(first), list);
    }
    g_ptr_array_add(list, phrase);
}

static void add_list(plx_trouble *trouble, const char *language, enum plx_trouble_kind kind)
{
    const char *const words = plx_trouble_words(language, kind);
    g_auto(GStrv) parts = g_strsplit(words ? words : "", ", ", -1);
    for (char **part = parts; *part; part++)
        add_phrase(trouble, kind, *part);
}

plx_trouble *plx_trouble_new(const char *language, GError **error)
{
    plx_tokens *const tokens = plx_tokens_new(language, error);
    if (!tokens)
        return NULL;
    plx_trouble *const trouble = g_new(plx_trouble, 1);
    *trouble = (plx_trouble){tokens, g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                                           (GDestroyNotify)g_ptr_array_unref)};
    add_list(trouble, language, PLX_TROUBLE_WAITING);
    add_list(trouble, language, PLX_TROUBLE_REPEATING);
    return trouble;
}

void plx_trouble_free(plx_trouble *trouble)
{
    if (!trouble)
        return;
    g_hash_table_unref(trouble->phrases);
    plx_tokens_free(trouble->tokens);
    g_free(trouble);
}

static gboolean stands_at(const struct phrase *phrase, const GArray *words, guint at)
{
    if (at + phrase->stems->len > words->len)
        return FALSE;
    for (guint i = 0; i < phrase->stems->len; i++)
        if (strcmp(phrase->stems->pdata[i], g_array_index(words, struct plx_token, at + i).stem) !=
            0)
            return FALSE;
    return TRUE;
}

guint plx_trouble_find(plx_trouble *trouble, const char *text)
{
    g_autoptr(GArray) words = plx_tokens_read(trouble->tokens, text);
    guint found = 0;
    for (guint at = 0; at < words->len; at++) {
        const GPtrArray *list =
            g_hash_table_lookup(trouble->phrases, g_array_index(words, struct plx_token, at).stem);
        for (guint i = 0; list && i < list->len; i++) {
            const struct phrase *const phrase = list->pdata[i];
            if (stands_at(phrase, words, at))
                found |= phrase->kind;
        }
    }
    return found;
}
