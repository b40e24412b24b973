/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/id.h"
#include "voice/codebook_private.h"
#include "voice/keyed.h"

#include <string.h>

G_STATIC_ASSERT(PLX_CODEBOOK_KEY == crypto_shorthash_KEYBYTES);

static void answers_free(gpointer data)
{
    g_hash_table_unref(data);
}

plx_codebook *plx_codebook_new(const guint8 key[PLX_CODEBOOK_KEY])
{
    plx_codebook *const book = g_new0(plx_codebook, 1);
    memcpy(book->key, key, PLX_CODEBOOK_KEY);
    book->next = 1;
    book->themes = g_ptr_array_new_with_free_func(g_free);
    book->memory = g_ptr_array_new_with_free_func(g_free);
    book->codings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, answers_free);
    return book;
}

void plx_codebook_free(plx_codebook *book)
{
    if (!book)
        return;
    g_ptr_array_unref(book->themes);
    g_ptr_array_unref(book->memory);
    g_hash_table_unref(book->codings);
    g_free(book);
}

static gint by_bytes(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static gint by_id(gconstpointer a, gconstpointer b)
{
    const struct plx_theme *const *const x = a, *const *const y = b;
    return (*x)->id < (*y)->id ? -1 : (*x)->id > (*y)->id;
}

static const char *keep(plx_codebook *book, const char *text)
{
    char *const own = g_strdup(text);
    g_ptr_array_add(book->memory, own);
    return own;
}

void plx_codebook_set_title(plx_codebook *book, struct plx_theme *theme, const char *title)
{
    theme->title = keep(book, title);
}

void plx_codebook_set_points(plx_codebook *book, struct plx_theme *theme, const char *const *points)
{
    guint n = 0;
    while (points && points[n])
        n++;
    const char **const own = g_new0(const char *, n + 1);
    g_ptr_array_add(book->memory, own);
    for (guint i = 0; i < n; i++)
        own[i] = keep(book, points[i]);
    qsort(own, n, sizeof *own, by_bytes);
    theme->points = own;
    theme->n_points = n;
}

void plx_codebook_add(plx_codebook *book, guint32 id, const char *title, const char *const *points)
{
    g_return_if_fail(id > 0 && !plx_codebook_by_id(book, id));
    struct plx_theme *const theme = g_new0(struct plx_theme, 1);
    theme->id = id;
    plx_codebook_set_title(book, theme, title);
    plx_codebook_set_points(book, theme, points);
    book->next = MAX(book->next, id + 1);
    g_ptr_array_add(book->themes, theme);
    g_ptr_array_sort(book->themes, by_id);
}

void plx_codebook_code(plx_codebook *book, const char *prompt, guint64 answer, guint32 theme)
{
    g_return_if_fail(plx_codebook_by_id(book, theme));
    GHashTable *answers = g_hash_table_lookup(book->codings, prompt);
    if (!answers) {
        answers = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
        g_hash_table_insert(book->codings, g_strdup(prompt), answers);
    }
    g_hash_table_insert(answers, g_memdup2(&answer, sizeof answer), GUINT_TO_POINTER(theme));
}

gboolean plx_codebook_answer(const plx_codebook *book, const char *text, guint64 *answer)
{
    g_autofree char *id = plx_id_new(text, strlen(text));
    if (!id)
        return FALSE;
    *answer = plx_keyed(book->key, id);
    return TRUE;
}

guint plx_codebook_themes(const plx_codebook *book)
{
    return book->themes->len;
}

const struct plx_theme *plx_codebook_theme(const plx_codebook *book, guint i)
{
    return g_ptr_array_index(book->themes, i);
}

struct plx_theme *plx_codebook_own(const plx_codebook *book, guint32 id)
{
    for (guint i = 0; i < book->themes->len; i++) {
        struct plx_theme *const theme = g_ptr_array_index(book->themes, i);
        if (theme->id == id)
            return theme;
    }
    return NULL;
}

const struct plx_theme *plx_codebook_by_id(const plx_codebook *book, guint32 id)
{
    return plx_codebook_own(book, id);
}

const struct plx_theme *plx_codebook_by_title(const plx_codebook *book, const char *title)
{
    g_autofree char *wanted = plx_id_new(title, strlen(title));
    for (guint i = 0; wanted && i < book->themes->len; i++) {
        const struct plx_theme *const theme = g_ptr_array_index(book->themes, i);
        g_autofree char *id = plx_id_new(theme->title, strlen(theme->title));
        if (g_strcmp0(id, wanted) == 0)
            return theme;
    }
    return NULL;
}

const struct plx_theme *plx_codebook_find(const plx_codebook *book, const char *prompt,
                                          const char *text)
{
    guint64 answer;
    GHashTable *const answers = g_hash_table_lookup(book->codings, prompt);
    if (!answers || !plx_codebook_answer(book, text, &answer))
        return NULL;
    const gpointer theme = g_hash_table_lookup(answers, &answer);
    return theme ? plx_codebook_by_id(book, GPOINTER_TO_UINT(theme)) : NULL;
}
