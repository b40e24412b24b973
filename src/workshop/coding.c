/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workshop/coding.h"

#include "base/error.h"
#include "base/id.h"
#include "base/suggest.h"
#include "workshop/coding_private.h"

#include <string.h>

const char *const PLX_SORTER_PROMPTS[] = {"well",   "improve", "competitors", "continue",
                                          "easier", "moment",  NULL};

/* An answer while its sayings are gathered. */
struct gathered {
    struct plx_sorter_answer answer;
    GHashTable *tables; /* units at tables */
    GHashTable *units;
    GPtrArray *spellings; /* borrowed from the sayings, one for each time */
};

/* Answers ----------------------------------------------------------------------------------- */

static void free_gathered(gpointer data)
{
    struct gathered *const one = data;
    g_hash_table_unref(one->tables);
    g_hash_table_unref(one->units);
    g_ptr_array_unref(one->spellings);
    g_free(one);
}

static guint place_of(const char *prompt)
{
    guint i = 0;
    while (PLX_SORTER_PROMPTS[i] && strcmp(PLX_SORTER_PROMPTS[i], prompt) != 0)
        i++;
    return i;
}

static gint by_prompt(gconstpointer a, gconstpointer b)
{
    const struct plx_sorter_answer *const x = a, *const y = b;
    const guint p = place_of(x->prompt), q = place_of(y->prompt);
    if (p != q)
        return p < q ? -1 : 1;
    const int order = strcmp(x->prompt, y->prompt);
    return order ? order : strcmp(x->text, y->text);
}

const char *plx_sorter_keep(plx_sorter *sorter, const char *text)
{
    char *const own = g_strdup(text);
    g_ptr_array_add(sorter->memory, own);
    return own;
}

static void count(struct gathered *one, const struct plx_saying *saying)
{
    const gpointer unit = GUINT_TO_POINTER(saying->unit);
    if (g_hash_table_add(one->units, unit))
        one->answer.persons += saying->known ? 1 : saying->group_size;
    if (*saying->table && g_hash_table_add(one->tables, unit))
        one->answer.tables++;
}

static void gather(plx_sorter *sorter, GHashTable *all, const struct plx_saying *saying)
{
    g_autofree char *id = plx_id_new(saying->text, strlen(saying->text));
    if (!id)
        return;
    char *const key = g_strdup_printf("%s\1%s", saying->prompt, id);
    struct gathered *one = g_hash_table_lookup(all, key);
    if (one) {
        g_free(key);
    } else {
        const char *const language = *saying->language ? saying->language : sorter->map->language;
        one = g_new0(struct gathered, 1);
        one->answer.prompt = plx_sorter_keep(sorter, saying->prompt);
        one->answer.language = plx_sorter_keep(sorter, language);
        one->tables = g_hash_table_new(NULL, NULL);
        one->units = g_hash_table_new(NULL, NULL);
        one->spellings = g_ptr_array_new();
        g_hash_table_insert(all, key, one);
    }
    g_ptr_array_add(one->spellings, (gpointer)(guintptr)saying->text);
    count(one, saying);
}

void plx_sorter_find_themes(plx_sorter *sorter)
{
    for (guint i = 0; i < sorter->answers->len; i++) {
        struct plx_sorter_answer *const answer =
            &g_array_index(sorter->answers, struct plx_sorter_answer, i);
        const struct plx_theme *const theme =
            plx_codebook_find(sorter->book, answer->prompt, answer->text);
        answer->theme = theme ? theme->id : 0;
    }
}

plx_sorter *plx_sorter_new(const plx_map *map, const struct plx_sayings *sayings,
                           plx_codebook *book)
{
    plx_sorter *const sorter = g_new0(plx_sorter, 1);
    sorter->map = map;
    sorter->book = book;
    sorter->memory = g_ptr_array_new_with_free_func(g_free);
    sorter->answers = g_array_new(FALSE, FALSE, sizeof(struct plx_sorter_answer));
    g_autoptr(GHashTable) all =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_gathered);
    for (guint i = 0; i < sayings->n; i++)
        gather(sorter, all, &sayings->sayings[i]);
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, all);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        struct gathered *const one = value;
        one->answer.text = plx_sorter_keep(sorter, plx_id_pick_spelling(one->spellings));
        g_array_append_val(sorter->answers, one->answer);
    }
    g_array_sort(sorter->answers, by_prompt);
    plx_sorter_find_themes(sorter);
    return sorter;
}

void plx_sorter_free(plx_sorter *sorter)
{
    if (!sorter)
        return;
    plx_codebook_free(sorter->book);
    g_array_unref(sorter->answers);
    g_ptr_array_unref(sorter->memory);
    g_free(sorter);
}

const plx_codebook *plx_sorter_book(const plx_sorter *sorter)
{
    return sorter->book;
}

guint plx_sorter_answers(const plx_sorter *sorter)
{
    return sorter->answers->len;
}

const struct plx_sorter_answer *plx_sorter_answer(const plx_sorter *sorter, guint i)
{
    return &g_array_index(sorter->answers, struct plx_sorter_answer, i);
}

/* Names ------------------------------------------------------------------------------------- */

static const struct plx_theme *find_theme(const plx_sorter *sorter, const char *title,
                                          GError **error)
{
    const struct plx_theme *const theme = plx_codebook_by_title(sorter->book, title);
    if (theme)
        return theme;
    const guint n = plx_codebook_themes(sorter->book);
    g_autofree const char **titles = g_new0(const char *, n + 1);
    for (guint i = 0; i < n; i++)
        titles[i] = plx_codebook_theme(sorter->book, i)->title;
    g_autofree char *nearest = plx_suggest_text(title, titles, n);
    plx_error(error, PLX_ERROR_NOT_FOUND, "there is no theme \"%s\"%s", title, nearest);
    return NULL;
}

static gboolean has_title(const struct plx_point *point, const char *wanted)
{
    g_autofree char *id = plx_id_new(point->title, strlen(point->title));
    return g_strcmp0(id, wanted) == 0;
}

char *plx_sorter_point(const plx_sorter *sorter, const char *name, GError **error)
{
    const plx_map *const map = sorter->map;
    g_autofree char *id = plx_id_new(name, strlen(name));
    const gint found = id ? plx_map_find_point(map, id) : -1;
    if (found >= 0 && !plx_map_is_vignette(map, found))
        return g_strdup(map->points[found].id);
    for (guint i = 0; id && i < map->n_points; i++)
        if (has_title(&map->points[i], id))
            return g_strdup(map->points[i].id);
    if (id && !plx_map_is_closed(map))
        return g_steal_pointer(&id);
    g_autofree const char **names = g_new0(const char *, 2 * (gsize)map->n_points + 1);
    for (guint i = 0; i < map->n_points; i++) {
        names[2 * i] = map->points[i].id;
        names[2 * i + 1] = map->points[i].title;
    }
    g_autofree char *nearest = plx_suggest_text(name, names, 2 * (gsize)map->n_points);
    plx_error(error, PLX_ERROR_NOT_FOUND, "the map has no point \"%s\"%s", name, nearest);
    return NULL;
}

/* Acts -------------------------------------------------------------------------------------- */

char *plx_sorter_how_many(guint n)
{
    return g_strdup_printf(n == 1 ? "%u answer" : "%u answers", n);
}

static gboolean no_title(const char *title, GError **error)
{
    return plx_error(error, PLX_ERROR_USAGE,
                     "\"%s\" is no title of a theme: it needs a letter or a digit", title);
}

gboolean plx_sorter_put(plx_sorter *sorter, const guint *answers, guint n, const char *title,
                        char **act, GError **error)
{
    const guint32 theme = plx_codebook_make(sorter->book, title);
    guint changed = 0;
    if (theme == 0)
        return no_title(title, error);
    for (guint i = 0; i < n; i++) {
        struct plx_sorter_answer *const answer =
            &g_array_index(sorter->answers, struct plx_sorter_answer, answers[i]);
        guint64 hash;
        if (answer->theme == theme || !plx_codebook_answer(sorter->book, answer->text, &hash))
            continue;
        plx_codebook_code(sorter->book, answer->prompt, hash, theme);
        answer->theme = theme;
        changed++;
    }
    g_autofree char *many = plx_sorter_how_many(changed);
    *act = changed > 0 ? g_strdup_printf("%s into \"%s\"", many,
                                         plx_codebook_by_id(sorter->book, theme)->title)
                       : NULL;
    return TRUE;
}

gboolean plx_sorter_take_out(plx_sorter *sorter, const guint *answers, guint n, char **act,
                             GError **error)
{
    (void)error;
    guint changed = 0;
    for (guint i = 0; i < n; i++) {
        struct plx_sorter_answer *const answer =
            &g_array_index(sorter->answers, struct plx_sorter_answer, answers[i]);
        guint64 hash;
        if (plx_codebook_answer(sorter->book, answer->text, &hash) &&
            plx_codebook_uncode(sorter->book, answer->prompt, hash))
            changed++;
        answer->theme = 0;
    }
    g_autofree char *many = plx_sorter_how_many(changed);
    *act = changed > 0 ? g_strdup_printf("%s taken out", many) : NULL;
    return TRUE;
}

gboolean plx_sorter_merge(plx_sorter *sorter, const char *from, const char *into, char **act,
                          GError **error)
{
    const struct plx_theme *const source = find_theme(sorter, from, error);
    const struct plx_theme *const target = source ? find_theme(sorter, into, error) : NULL;
    if (!target)
        return FALSE;
    *act = source == target
               ? NULL
               : g_strdup_printf("\"%s\" merged into \"%s\"", source->title, target->title);
    plx_codebook_merge(sorter->book, source->id, target->id);
    plx_sorter_find_themes(sorter);
    return TRUE;
}

gboolean plx_sorter_rename(plx_sorter *sorter, const char *theme, const char *title, char **act,
                           GError **error)
{
    const struct plx_theme *const found = find_theme(sorter, theme, error);
    if (!found)
        return FALSE;
    g_autofree char *before = g_strdup(found->title);
    if (!plx_codebook_rename(sorter->book, found->id, title)) {
        const struct plx_theme *const other = plx_codebook_by_title(sorter->book, title);
        return other ? plx_error(error, PLX_ERROR_USAGE,
                                 "there is a theme \"%s\" already; merge \"%s\" into it",
                                 other->title, before)
                     : no_title(title, error);
    }
    *act =
        strcmp(before, title) == 0 ? NULL : g_strdup_printf("\"%s\" renamed \"%s\"", before, title);
    return TRUE;
}

gboolean plx_sorter_tie(plx_sorter *sorter, const char *theme, const char *point, char **act,
                        GError **error)
{
    const struct plx_theme *const found = find_theme(sorter, theme, error);
    g_autofree char *id = found ? plx_sorter_point(sorter, point, error) : NULL;
    if (!id)
        return FALSE;
    *act = plx_codebook_tie(sorter->book, found->id, id)
               ? g_strdup_printf("\"%s\" tied to %s", found->title, id)
               : NULL;
    return TRUE;
}
