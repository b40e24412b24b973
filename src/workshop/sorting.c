/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workshop/sorting.h"

#include "workshop/coding_private.h"

#include <string.h>

#define PAGE 10 /* rows that a page key goes */
#define TYPED_MAX 200

struct plx_sorting {
    plx_sorter *sorter;
    GPtrArray *hints;       /* struct plx_sorter_hint */
    const char **suggested; /* by answer */
    GArray *shown;          /* guint: answers */
    guint at;
    enum plx_sorting_mode mode;
    GString *typed;
    GString *stem; /* what was typed by hand: Tab goes through what holds it */
    guint tabs;
    GString *filter;
};

void plx_sorting_free(plx_sorting *sorting)
{
    if (!sorting)
        return;
    plx_sorter_free(sorting->sorter);
    g_clear_pointer(&sorting->hints, g_ptr_array_unref);
    g_free(sorting->suggested);
    g_array_unref(sorting->shown);
    g_string_free(sorting->typed, TRUE);
    g_string_free(sorting->stem, TRUE);
    g_string_free(sorting->filter, TRUE);
    g_free(sorting);
}

const plx_sorter *plx_sorting_sorter(const plx_sorting *sorting)
{
    return sorting->sorter;
}

/* What there is ---------------------------------------------------------------------------- */

/* Letter case does not count; nothing is in everything. */
static gboolean holds(const char *text, const char *words)
{
    g_autofree char *whole = g_utf8_casefold(text, -1);
    g_autofree char *part = g_utf8_casefold(words, -1);
    return strstr(whole, part) != NULL;
}

static const struct plx_theme *theme_of(const plx_sorting *sorting, guint answer)
{
    const guint32 theme = plx_sorter_answer(sorting->sorter, answer)->theme;
    return theme > 0 ? plx_codebook_by_id(plx_sorter_book(sorting->sorter), theme) : NULL;
}

/* The cursor stays on its answer where that is still shown. */
static void filter(plx_sorting *sorting)
{
    const guint before =
        sorting->at < sorting->shown->len ? g_array_index(sorting->shown, guint, sorting->at) : 0;
    g_array_set_size(sorting->shown, 0);
    sorting->at = 0;
    for (guint i = 0; i < plx_sorter_answers(sorting->sorter); i++) {
        const struct plx_theme *const theme = theme_of(sorting, i);
        if (!holds(plx_sorter_answer(sorting->sorter, i)->text, sorting->filter->str) &&
            !(theme && holds(theme->title, sorting->filter->str)))
            continue;
        if (i <= before)
            sorting->at = sorting->shown->len;
        g_array_append_val(sorting->shown, i);
    }
}

static gboolean look_again(plx_sorting *sorting, GError **error)
{
    GPtrArray *const hints = plx_sorter_hints(sorting->sorter, error);
    if (!hints)
        return FALSE;
    g_clear_pointer(&sorting->hints, g_ptr_array_unref);
    g_free(sorting->suggested);
    sorting->hints = hints;
    sorting->suggested = g_new0(const char *, plx_sorter_answers(sorting->sorter) + 1);
    for (guint h = 0; h < hints->len; h++) {
        const struct plx_sorter_hint *const hint = hints->pdata[h];
        for (guint i = 0; i < hint->n; i++)
            if (!sorting->suggested[hint->answers[i]])
                sorting->suggested[hint->answers[i]] = hint->title;
    }
    filter(sorting);
    return TRUE;
}

plx_sorting *plx_sorting_new(plx_sorter *sorter, GError **error)
{
    g_autoptr(plx_sorting) sorting = g_new0(plx_sorting, 1);
    sorting->sorter = sorter;
    sorting->shown = g_array_new(FALSE, FALSE, sizeof(guint));
    sorting->typed = g_string_new(NULL);
    sorting->stem = g_string_new(NULL);
    sorting->filter = g_string_new(NULL);
    return look_again(sorting, error) ? g_steal_pointer(&sorting) : NULL;
}

gboolean plx_sorting_take(plx_sorting *sorting, plx_sorter *sorter, GError **error)
{
    plx_sorter_free(sorting->sorter);
    sorting->sorter = sorter;
    return look_again(sorting, error);
}

guint plx_sorting_rows(const plx_sorting *sorting)
{
    return sorting->shown->len;
}

guint plx_sorting_at(const plx_sorting *sorting)
{
    return sorting->at;
}

const struct plx_sorter_answer *plx_sorting_answer(const plx_sorting *sorting, guint row)
{
    return plx_sorter_answer(sorting->sorter, g_array_index(sorting->shown, guint, row));
}

const struct plx_theme *plx_sorting_theme(const plx_sorting *sorting, guint row)
{
    return theme_of(sorting, g_array_index(sorting->shown, guint, row));
}

const char *plx_sorting_suggested(const plx_sorting *sorting, guint row)
{
    return sorting->suggested[g_array_index(sorting->shown, guint, row)];
}

enum plx_sorting_mode plx_sorting_mode(const plx_sorting *sorting)
{
    return sorting->mode;
}

const char *plx_sorting_typed(const plx_sorting *sorting)
{
    return sorting->typed->str;
}

const char *plx_sorting_filter(const plx_sorting *sorting)
{
    return sorting->filter->str;
}

static void add_choice(GPtrArray *choices, const char *text, const char *stem)
{
    if (holds(text, stem))
        g_ptr_array_add(choices, (gpointer)(guintptr)text);
}

GPtrArray *plx_sorting_choices(const plx_sorting *sorting)
{
    GPtrArray *const choices = g_ptr_array_new();
    const plx_codebook *const book = plx_sorter_book(sorting->sorter);
    const plx_map *const map = sorting->sorter->map;
    if (sorting->mode == PLX_SORTING_PUT || sorting->mode == PLX_SORTING_MERGE)
        for (guint i = 0; i < plx_codebook_themes(book); i++)
            add_choice(choices, plx_codebook_theme(book, i)->title, sorting->stem->str);
    for (guint i = 0; sorting->mode == PLX_SORTING_TIE && i < map->n_points; i++)
        add_choice(choices, map->points[i].title, sorting->stem->str);
    return choices;
}

/* Acts -------------------------------------------------------------------------------------- */

/* A key and what comes of it. */
struct press {
    plx_sorting *sorting;
    enum plx_sorting_result result;
    char *message;
};

/* After an act of the sorter: done, nothing to do, or refused (which is for the user to read). */
static gboolean acted(struct press *p, gboolean ok, char *act, GError *refused, GError **error)
{
    if (!ok)
        p->message = g_strdup(refused->message);
    else if (!act)
        p->message = g_strdup("it is so already");
    g_clear_error(&refused);
    if (!ok || !act)
        return TRUE;
    p->result = PLX_SORTING_ACT;
    p->message = act;
    return look_again(p->sorting, error);
}

static gboolean put(struct press *p, const char *title, GError **error)
{
    const guint answer = g_array_index(p->sorting->shown, guint, p->sorting->at);
    char *act = NULL;
    GError *refused = NULL;
    const gboolean ok = plx_sorter_put(p->sorting->sorter, &answer, 1, title, &act, &refused);
    return acted(p, ok, act, refused, error);
}

static gboolean take_out(struct press *p, GError **error)
{
    const guint answer = g_array_index(p->sorting->shown, guint, p->sorting->at);
    char *act = NULL;
    GError *refused = NULL;
    const gboolean ok = plx_sorter_take_out(p->sorting->sorter, &answer, 1, &act, &refused);
    return acted(p, ok, act, refused, error);
}

/* What was typed, done. */
static gboolean confirm(struct press *p, GError **error)
{
    plx_sorting *const sorting = p->sorting;
    const enum plx_sorting_mode mode = sorting->mode;
    sorting->mode = PLX_SORTING_LIST;
    g_autofree char *typed = g_strstrip(g_strdup(sorting->typed->str));
    if (mode == PLX_SORTING_FILTER || *typed == '\0')
        return TRUE;
    if (mode == PLX_SORTING_PUT)
        return put(p, typed, error);
    g_autofree char *theme = g_strdup(plx_sorting_theme(sorting, sorting->at)->title);
    char *act = NULL;
    GError *refused = NULL;
    gboolean ok;
    if (mode == PLX_SORTING_MERGE)
        ok = plx_sorter_merge(sorting->sorter, theme, typed, &act, &refused);
    else if (mode == PLX_SORTING_RENAME)
        ok = plx_sorter_rename(sorting->sorter, theme, typed, &act, &refused);
    else
        ok = plx_sorter_tie(sorting->sorter, theme, typed, &act, &refused);
    return acted(p, ok, act, refused, error);
}

/* Keys -------------------------------------------------------------------------------------- */

static void ask(plx_sorting *sorting, enum plx_sorting_mode mode, const char *text)
{
    sorting->mode = mode;
    sorting->tabs = 0;
    g_string_assign(sorting->typed, text);
    g_string_assign(sorting->stem, text);
}

/* Of an answer's theme; without one it says so. */
static void ask_of_theme(struct press *p, enum plx_sorting_mode mode)
{
    const struct plx_theme *const theme = plx_sorting_theme(p->sorting, p->sorting->at);
    if (theme)
        ask(p->sorting, mode, mode == PLX_SORTING_RENAME ? theme->title : "");
    else
        p->message = g_strdup("this answer is in no theme yet; Enter puts it into one");
}

static void move(plx_sorting *sorting, enum plx_key key)
{
    const guint last = sorting->shown->len > 0 ? sorting->shown->len - 1 : 0;
    const guint at = sorting->at;
    if (key == PLX_KEY_UP)
        sorting->at = at > 0 ? at - 1 : 0;
    else if (key == PLX_KEY_DOWN)
        sorting->at = MIN(at + 1, last);
    else if (key == PLX_KEY_PAGE_UP)
        sorting->at = at > PAGE ? at - PAGE : 0;
    else if (key == PLX_KEY_PAGE_DOWN)
        sorting->at = MIN(at + PAGE, last);
    else if (key == PLX_KEY_HOME)
        sorting->at = 0;
    else if (key == PLX_KEY_END)
        sorting->at = last;
}

/* Those that need an answer under the cursor. */
static gboolean press_answer(struct press *p, const struct plx_key_press *press, GError **error)
{
    plx_sorting *const sorting = p->sorting;
    const gunichar c = press->key == PLX_KEY_CHAR ? press->c : 0;
    if (sorting->shown->len == 0)
        return TRUE;
    const char *const suggested = plx_sorting_suggested(sorting, sorting->at);
    if (press->key == PLX_KEY_ENTER && suggested)
        return put(p, suggested, error);
    if (press->key == PLX_KEY_ENTER || press->key == PLX_KEY_TAB)
        ask(sorting, PLX_SORTING_PUT, "");
    else if (c == 'm')
        ask_of_theme(p, PLX_SORTING_MERGE);
    else if (c == 'r')
        ask_of_theme(p, PLX_SORTING_RENAME);
    else if (c == 't')
        ask_of_theme(p, PLX_SORTING_TIE);
    else if (c == 'x')
        return take_out(p, error);
    return TRUE;
}

static gboolean press_list(struct press *p, const struct plx_key_press *press, GError **error)
{
    plx_sorting *const sorting = p->sorting;
    const gunichar c = press->key == PLX_KEY_CHAR ? press->c : 0;
    move(sorting, press->key);
    if (press->pasted) {
        p->message = g_strdup("a text was pasted: / searches, Enter or Tab asks for a title");
    } else if (c == 'q') {
        p->result = PLX_SORTING_LEAVE;
    } else if (c == 'u' || press->key == PLX_KEY_UNDO) {
        p->result = PLX_SORTING_UNDO;
    } else if (c == '?') {
        sorting->mode = PLX_SORTING_HELP;
    } else if (c == '/') {
        ask(sorting, PLX_SORTING_FILTER, sorting->filter->str);
    } else if (press->key == PLX_KEY_ESCAPE) {
        g_string_truncate(sorting->filter, 0);
        filter(sorting);
    } else {
        return press_answer(p, press, error);
    }
    return TRUE;
}

static void complete(plx_sorting *sorting)
{
    g_autoptr(GPtrArray) choices = plx_sorting_choices(sorting);
    if (choices->len > 0)
        g_string_assign(sorting->typed, choices->pdata[sorting->tabs++ % choices->len]);
}

static void type(plx_sorting *sorting, const struct plx_key_press *press)
{
    GString *const typed = sorting->typed;
    if (press->key == PLX_KEY_BACKSPACE && typed->len > 0)
        g_string_truncate(typed, (gsize)(g_utf8_prev_char(typed->str + typed->len) - typed->str));
    else if (press->key == PLX_KEY_CHAR && typed->len < TYPED_MAX)
        g_string_append_unichar(typed, press->c);
    else
        return;
    sorting->tabs = 0;
    g_string_assign(sorting->stem, typed->str);
}

static gboolean press_asked(struct press *p, const struct plx_key_press *press, GError **error)
{
    plx_sorting *const sorting = p->sorting;
    const gboolean filters = sorting->mode == PLX_SORTING_FILTER;
    if (press->key == PLX_KEY_ENTER && !press->pasted)
        return confirm(p, error);
    if (press->key == PLX_KEY_ESCAPE) {
        ask(sorting, PLX_SORTING_LIST, "");
    } else if (press->key == PLX_KEY_TAB) {
        complete(sorting);
    } else if (filters && (press->key == PLX_KEY_UP || press->key == PLX_KEY_DOWN)) {
        sorting->mode = PLX_SORTING_LIST;
        move(sorting, press->key);
    } else {
        type(sorting, press);
    }
    if (filters) {
        g_string_assign(sorting->filter, sorting->typed->str);
        filter(sorting);
    }
    return TRUE;
}

gboolean plx_sorting_press(plx_sorting *sorting, const struct plx_key_press *press,
                           enum plx_sorting_result *result, char **message, GError **error)
{
    struct press p = {.sorting = sorting};
    gboolean ok = TRUE;
    if (press->key == PLX_KEY_LEAVE || press->key == PLX_KEY_STOP)
        p.result = PLX_SORTING_LEAVE;
    else if (sorting->mode == PLX_SORTING_HELP)
        sorting->mode = press->key == PLX_KEY_NONE ? PLX_SORTING_HELP : PLX_SORTING_LIST;
    else if (sorting->mode == PLX_SORTING_LIST)
        ok = press_list(&p, press, error);
    else
        ok = press_asked(&p, press, error);
    if (!ok) {
        g_free(p.message);
        return FALSE;
    }
    *result = p.result;
    *message = p.message;
    return TRUE;
}
