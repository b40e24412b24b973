/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may belong together: answers and titles of themes are read alike, so that an answer finds a
 * theme that nothing was sorted into yet. */
#include "text/alike.h"
#include "workshop/coding_private.h"

static void free_hint(gpointer data)
{
    struct plx_sorter_hint *const hint = data;
    g_free(hint->title);
    g_free(hint->answers);
    g_free(hint);
}

static gint by_size(gconstpointer a, gconstpointer b)
{
    const struct plx_sorter_hint *const *const x = a, *const *const y = b;
    if ((*x)->n != (*y)->n)
        return (*x)->n > (*y)->n ? -1 : 1;
    return (*x)->answers[0] < (*y)->answers[0] ? -1 : (*x)->answers[0] > (*y)->answers[0];
}

static guint32 theme_at(const plx_sorter *sorter, guint member)
{
    return member < sorter->answers->len
               ? plx_sorter_answer(sorter, member)->theme
               : plx_codebook_theme(sorter->book, member - sorter->answers->len)->id;
}

/* The theme that most of a group are in, of equals the oldest; 0: none is in any. */
static guint32 theme_of(const plx_sorter *sorter, const struct plx_alike_group *group)
{
    guint32 best = 0;
    guint most = 0;
    for (guint t = 0; t < plx_codebook_themes(sorter->book); t++) {
        const guint32 id = plx_codebook_theme(sorter->book, t)->id;
        guint n = 0;
        for (guint i = 0; i < group->n; i++)
            n += theme_at(sorter, group->members[i]) == id ? 1 : 0;
        if (n > most) {
            best = id;
            most = n;
        }
    }
    return best;
}

static void add_hint(const plx_sorter *sorter, const struct plx_alike_group *group,
                     GPtrArray *hints)
{
    g_autoptr(GArray) open = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < group->n; i++)
        if (theme_at(sorter, group->members[i]) == 0)
            g_array_append_val(open, group->members[i]);
    const guint32 theme = theme_of(sorter, group);
    if (open->len == 0 || (theme == 0 && open->len < 2))
        return;
    const struct plx_theme *const there = theme > 0
                                              ? plx_codebook_by_id(sorter->book, theme)
                                              : plx_codebook_by_title(sorter->book, group->title);
    struct plx_sorter_hint *const hint = g_new0(struct plx_sorter_hint, 1);
    hint->title = g_strdup(there ? there->title : group->title);
    hint->theme = there ? there->id : 0;
    hint->n = open->len;
    hint->answers = g_memdup2(open->data, open->len * sizeof(guint));
    g_ptr_array_add(hints, hint);
}

GPtrArray *plx_sorter_hints(const plx_sorter *sorter, GError **error)
{
    const guint n = sorter->answers->len, themes = plx_codebook_themes(sorter->book);
    g_autofree struct plx_alike_text *texts = g_new0(struct plx_alike_text, n + themes + 1);
    for (guint i = 0; i < n; i++)
        texts[i] = (struct plx_alike_text){plx_sorter_answer(sorter, i)->text,
                                           plx_sorter_answer(sorter, i)->language};
    for (guint t = 0; t < themes; t++)
        texts[n + t] = (struct plx_alike_text){plx_codebook_theme(sorter->book, t)->title,
                                               sorter->map->language};
    g_autoptr(GPtrArray) groups = plx_alike_groups(texts, n + themes, error);
    if (!groups)
        return NULL;
    GPtrArray *const hints = g_ptr_array_new_with_free_func(free_hint);
    for (guint g = 0; g < groups->len; g++)
        add_hint(sorter, groups->pdata[g], hints);
    g_ptr_array_sort(hints, by_size);
    return hints;
}
