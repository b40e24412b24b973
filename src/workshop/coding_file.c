/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workshop/coding_file.h"

#include "base/csv.h"
#include "base/error.h"
#include "base/id.h"
#include "base/suggest.h"
#include "workshop/coding_private.h"

#include <string.h>

enum column { PROMPT, ANSWER, THEME, POINTS, N_COLUMNS };
static const char *const COLUMNS[] = {"prompt", "answer", "theme", "points", NULL};

/* A file while it is looked at, before anything is changed. */
struct reading {
    const plx_sorter *sorter;
    const plx_csv_table *table;
    gint columns[N_COLUMNS];
    GHashTable *answers; /* prompt and id of the answer -> row + 1 */
    GHashTable *titles;  /* id of a title -> its row + 1 */
    GHashTable *known;   /* prompt and id of all answers that were given */
    GPtrArray *notes;
};

/* Without the apostrophe that plx_csv_append_safe put before a formula. */
static const char *cell(const struct reading *r, guint row, enum column column)
{
    const char *const text = plx_csv_table_cell(r->table, row, r->columns[column]);
    return text[0] == '\'' && plx_csv_is_formula(text + 1) ? text + 1 : text;
}

static char *key_of(const char *prompt, const char *answer)
{
    g_autofree char *id = plx_id_new(answer, strlen(answer));
    return id ? g_strdup_printf("%s\1%s", prompt, id) : NULL;
}

/* A note has the place of an error. */
static void note(const struct reading *r, guint row, enum column column, const char *text)
{
    g_autoptr(GError) error = NULL;
    plx_csv_table_error(r->table, row, r->columns[column], &error, "%s", text);
    g_ptr_array_add(r->notes, g_strdup(error->message));
}

static gboolean check_prompt(const struct reading *r, guint row, GError **error)
{
    const char *const prompt = cell(r, row, PROMPT);
    gsize n = 0;
    for (; PLX_SORTER_PROMPTS[n]; n++)
        if (strcmp(PLX_SORTER_PROMPTS[n], prompt) == 0)
            return TRUE;
    g_autofree char *nearest = plx_suggest_text(prompt, PLX_SORTER_PROMPTS, n);
    return plx_csv_table_error(r->table, row, r->columns[PROMPT], error,
                               "\"%s\" is no prompt of a workshop%s", prompt, nearest);
}

static gboolean check_answer(struct reading *r, guint row, GError **error)
{
    const char *const answer = cell(r, row, ANSWER);
    g_autofree char *key = key_of(cell(r, row, PROMPT), answer);
    if (!key)
        return plx_csv_table_error(r->table, row, r->columns[ANSWER], error,
                                   "\"%s\" is no answer: it needs a letter or a digit", answer);
    const guint before = GPOINTER_TO_UINT(g_hash_table_lookup(r->answers, key));
    if (before > 0) {
        const char *const one = cell(r, before - 1, THEME), *const two = cell(r, row, THEME);
        g_autofree char *a = plx_id_new(one, strlen(one)), *b = plx_id_new(two, strlen(two));
        return g_strcmp0(a, b) == 0 ||
               plx_csv_table_error(r->table, row, r->columns[THEME], error,
                                   "the answer \"%s\" is in \"%s\" above and in \"%s\" here",
                                   answer, one, two);
    }
    if (!g_hash_table_contains(r->known, key)) {
        g_autofree char *text = g_strdup_printf("nobody gave the answer \"%s\"", answer);
        note(r, row, ANSWER, text);
    }
    g_hash_table_insert(r->answers, g_steal_pointer(&key), GUINT_TO_POINTER(row + 1));
    return TRUE;
}

/* The first spelling stays; those of the codebook were there before. */
static gboolean check_theme(struct reading *r, guint row, GError **error)
{
    const char *const title = cell(r, row, THEME);
    g_autofree char *id = plx_id_new(title, strlen(title));
    if (!id)
        return *title == '\0' ||
               plx_csv_table_error(r->table, row, r->columns[THEME], error,
                                   "\"%s\" is no title of a theme: it needs a letter or a digit",
                                   title);
    const struct plx_theme *const theme = plx_codebook_by_title(r->sorter->book, title);
    const guint before = GPOINTER_TO_UINT(g_hash_table_lookup(r->titles, id));
    const char *const first = theme        ? theme->title
                              : before > 0 ? cell(r, before - 1, THEME)
                                           : title;
    if (strcmp(first, title) != 0) {
        g_autofree char *text = g_strdup_printf("\"%s\" is the theme \"%s\"", title, first);
        note(r, row, THEME, text);
    }
    if (before == 0)
        g_hash_table_insert(r->titles, g_steal_pointer(&id), GUINT_TO_POINTER(row + 1));
    return TRUE;
}

static gboolean check_points(const struct reading *r, guint row, GError **error)
{
    g_auto(GStrv) names = g_strsplit(cell(r, row, POINTS), ";", -1);
    for (guint i = 0; names[i]; i++) {
        g_autoptr(GError) why = NULL;
        if (*g_strstrip(names[i]) == '\0')
            continue;
        g_autofree char *id = plx_sorter_point(r->sorter, names[i], &why);
        if (!id)
            return plx_csv_table_error(r->table, row, r->columns[POINTS], error, "%s",
                                       why->message);
        if (*cell(r, row, THEME) == '\0')
            return plx_csv_table_error(r->table, row, r->columns[POINTS], error,
                                       "a point, but no theme that could be tied to it");
    }
    return TRUE;
}

static void note_alike(const struct reading *r, const char *title, guint row, GPtrArray *before)
{
    const gint nearest =
        plx_suggest(title, (const char *const *)(gpointer)before->pdata, before->len);
    if (nearest >= 0) {
        g_autofree char *text =
            g_strdup_printf("the themes \"%s\" and \"%s\" look alike; if they are one: --merge",
                            (const char *)before->pdata[nearest], title);
        note(r, row, THEME, text);
    }
}

/* Titles that are new in this file beside those that were there and those above. */
static void look_at_titles(const struct reading *r)
{
    g_autoptr(GPtrArray) before = g_ptr_array_new_with_free_func(g_free);
    for (guint t = 0; t < plx_codebook_themes(r->sorter->book); t++)
        g_ptr_array_add(before, g_strdup(plx_codebook_theme(r->sorter->book, t)->title));
    for (guint row = 0; row < plx_csv_table_rows(r->table); row++) {
        const char *const title = cell(r, row, THEME);
        g_autofree char *id = plx_id_new(title, strlen(title));
        if (!id || GPOINTER_TO_UINT(g_hash_table_lookup(r->titles, id)) != row + 1 ||
            plx_codebook_by_title(r->sorter->book, title))
            continue;
        note_alike(r, title, row, before);
        g_ptr_array_add(before, g_strdup(title));
    }
}

static gboolean check_all(struct reading *r, GError **error)
{
    for (guint row = 0; row < plx_csv_table_rows(r->table); row++)
        if (!check_prompt(r, row, error) || !check_theme(r, row, error) ||
            !check_answer(r, row, error) || !check_points(r, row, error))
            return FALSE;
    look_at_titles(r);
    return TRUE;
}

/* What was checked is done ------------------------------------------------------------------ */

static guint32 theme_before(const plx_codebook *book, const char *prompt, const char *answer)
{
    const struct plx_theme *const theme = plx_codebook_find(book, prompt, answer);
    return theme ? theme->id : 0;
}

static void apply_row(plx_sorter *sorter, const struct reading *r, guint row, guint *changed,
                      guint *tied)
{
    const char *const prompt = cell(r, row, PROMPT), *const answer = cell(r, row, ANSWER);
    const guint32 before = theme_before(sorter->book, prompt, answer);
    guint32 theme = 0;
    guint64 hash;
    if (!plx_codebook_answer(sorter->book, answer, &hash))
        return;
    if (*cell(r, row, THEME)) {
        theme = plx_codebook_make(sorter->book, cell(r, row, THEME));
        plx_codebook_code(sorter->book, prompt, hash, theme);
    } else {
        plx_codebook_uncode(sorter->book, prompt, hash);
    }
    *changed += theme != before ? 1 : 0;
    g_auto(GStrv) names = g_strsplit(cell(r, row, POINTS), ";", -1);
    for (guint i = 0; names[i]; i++) {
        g_autofree char *id =
            *g_strstrip(names[i]) ? plx_sorter_point(sorter, names[i], NULL) : NULL;
        *tied += id && plx_codebook_tie(sorter->book, theme, id) ? 1 : 0;
    }
}

static char *apply(plx_sorter *sorter, const struct reading *r)
{
    guint changed = 0, tied = 0;
    for (guint row = 0; row < plx_csv_table_rows(r->table); row++)
        apply_row(sorter, r, row, &changed, &tied);
    plx_sorter_find_themes(sorter);
    g_autofree char *many = plx_sorter_how_many(changed);
    if (tied > 0)
        return g_strdup_printf("%s sorted from a file, points tied: %u", many, tied);
    return changed > 0 ? g_strdup_printf("%s sorted from a file", many) : NULL;
}

gboolean plx_sorter_read(plx_sorter *sorter, const plx_csv_table *table, GPtrArray *notes,
                         char **act, GError **error)
{
    if (!plx_csv_table_only(table, COLUMNS, POINTS, error))
        return FALSE;
    g_autoptr(GHashTable) answers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) titles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < sorter->answers->len; i++) {
        const struct plx_sorter_answer *const answer = plx_sorter_answer(sorter, i);
        g_hash_table_add(known, key_of(answer->prompt, answer->text));
    }
    struct reading r = {.sorter = sorter,
                        .table = table,
                        .answers = answers,
                        .titles = titles,
                        .known = known,
                        .notes = notes};
    for (guint c = 0; c < N_COLUMNS; c++)
        r.columns[c] = plx_csv_table_find(table, COLUMNS[c]);
    if (!check_all(&r, error))
        return FALSE;
    *act = apply(sorter, &r);
    return TRUE;
}

/* Out --------------------------------------------------------------------------------------- */

static void append_cell(GString *out, const char *text, char after)
{
    plx_csv_append_safe(out, text, ',');
    g_string_append_c(out, after);
}

static void append_theme(const plx_sorter *sorter, const struct plx_theme *theme, GString *out)
{
    g_autoptr(GString) points = g_string_new(NULL);
    for (guint p = 0; theme && p < theme->n_points; p++)
        g_string_append_printf(points, "%s%s", p > 0 ? ";" : "", theme->points[p]);
    for (guint i = 0; i < sorter->answers->len; i++) {
        const struct plx_sorter_answer *const answer = plx_sorter_answer(sorter, i);
        if (answer->theme != (theme ? theme->id : 0))
            continue;
        append_cell(out, answer->prompt, ',');
        append_cell(out, answer->text, ',');
        append_cell(out, theme ? theme->title : "", ',');
        append_cell(out, points->str, '\n');
    }
}

void plx_sorter_write(const plx_sorter *sorter, GString *out)
{
    g_string_append(out, "prompt,answer,theme,points\n");
    for (guint t = 0; t < plx_codebook_themes(sorter->book); t++)
        append_theme(sorter, plx_codebook_theme(sorter->book, t), out);
    append_theme(sorter, NULL, out);
}
