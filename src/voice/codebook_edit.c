/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people do with themes, each act leaving a codebook that is sound. */
#include "base/id.h"
#include "voice/codebook_private.h"

#include <string.h>

static gboolean says_something(const char *title)
{
    g_autofree char *id = plx_id_new(title, strlen(title));
    return id != NULL;
}

guint32 plx_codebook_make(plx_codebook *book, const char *title)
{
    const struct plx_theme *const there = plx_codebook_by_title(book, title);
    if (there)
        return there->id;
    if (!says_something(title))
        return 0;
    const guint32 id = book->next;
    plx_codebook_add(book, id, title, NULL);
    return id;
}

gboolean plx_codebook_rename(plx_codebook *book, guint32 id, const char *title)
{
    const struct plx_theme *const there = plx_codebook_by_title(book, title);
    struct plx_theme *const theme = plx_codebook_own(book, id);
    if (!theme || (there && there != theme) || !says_something(title))
        return FALSE;
    plx_codebook_set_title(book, theme, title);
    return TRUE;
}

void plx_codebook_merge(plx_codebook *book, guint32 from, guint32 into)
{
    struct plx_theme *const source = plx_codebook_own(book, from);
    g_return_if_fail(source && plx_codebook_own(book, into));
    if (from == into)
        return;
    GHashTableIter prompts, answers;
    gpointer of_prompt, theme;
    g_hash_table_iter_init(&prompts, book->codings);
    while (g_hash_table_iter_next(&prompts, NULL, &of_prompt)) {
        g_hash_table_iter_init(&answers, of_prompt);
        while (g_hash_table_iter_next(&answers, NULL, &theme))
            if (GPOINTER_TO_UINT(theme) == from)
                g_hash_table_iter_replace(&answers, GUINT_TO_POINTER(into));
    }
    for (guint i = 0; i < source->n_points; i++)
        plx_codebook_tie(book, into, source->points[i]);
    g_ptr_array_remove(book->themes, source);
}

gboolean plx_codebook_uncode(plx_codebook *book, const char *prompt, guint64 answer)
{
    GHashTable *const answers = g_hash_table_lookup(book->codings, prompt);
    return answers && g_hash_table_remove(answers, &answer);
}

static gint find_point(const struct plx_theme *theme, const char *point)
{
    for (guint i = 0; i < theme->n_points; i++)
        if (strcmp(theme->points[i], point) == 0)
            return (gint)i;
    return -1;
}

/* The points of a theme without number `skip` (-1: all), and `more` (may be NULL). */
static void set_points(plx_codebook *book, struct plx_theme *theme, gint skip, const char *more)
{
    g_autoptr(GPtrArray) points = g_ptr_array_new();
    for (guint i = 0; i < theme->n_points; i++)
        if ((gint)i != skip)
            g_ptr_array_add(points, g_strdup(theme->points[i]));
    if (more)
        g_ptr_array_add(points, g_strdup(more));
    g_ptr_array_add(points, NULL);
    g_ptr_array_set_free_func(points, g_free);
    plx_codebook_set_points(book, theme, (const char *const *)points->pdata);
}

gboolean plx_codebook_tie(plx_codebook *book, guint32 id, const char *point)
{
    struct plx_theme *const theme = plx_codebook_own(book, id);
    if (!theme || find_point(theme, point) >= 0)
        return FALSE;
    set_points(book, theme, -1, point);
    return TRUE;
}

gboolean plx_codebook_untie(plx_codebook *book, guint32 id, const char *point)
{
    struct plx_theme *const theme = plx_codebook_own(book, id);
    const gint at = theme ? find_point(theme, point) : -1;
    if (at < 0)
        return FALSE;
    set_points(book, theme, at, NULL);
    return TRUE;
}
