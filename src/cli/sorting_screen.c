/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/sorting_screen.h"

#include "workshop/width.h"

#include <string.h>

/* Lines above the rows (title, answer, choices) and below (message, keys). */
#define ABOVE 3
#define BELOW 2
#define PROMPT_WIDTH 12

#define KEYS "Enter theme  m merge  r rename  t tie  x out  u undo  / search  ? help  q leave"
#define KEYS_ASKED "Enter take it  Tab complete  Esc leave it"

static const char *const HELP[] = {
    "Enter      take the suggestion (? Title), or type a title: a new one makes a theme",
    "Tab        type a title, whatever is suggested; Tab again completes it",
    "m          put the theme of this answer into another",
    "r          give its theme another title",
    "t          say that its theme is about a point of the map",
    "x          take the answer out of its theme",
    "u          take the last act back, one after another",
    "/          show only what holds some words; Esc shows all",
    "arrows, page keys, Home, End",
    "q          leave: everything is kept already",
    NULL};

/* As much of a text as there is room for. */
static void put(const struct plx_sorting_screen *view, guint row, guint column, guint columns,
                const char *text, unsigned ink)
{
    guint caret;
    g_autofree char *shown = plx_width_view(text, columns, 0, &caret);
    plx_screen_put(view->screen, row, column, columns, shown, ink);
}

static void draw_title(const struct plx_sorting_screen *view)
{
    const plx_sorter *const sorter = plx_sorting_sorter(view->sorting);
    const char *const filter = plx_sorting_filter(view->sorting);
    const guint n = plx_sorter_answers(sorter);
    const guint themes = plx_codebook_themes(plx_sorter_book(sorter));
    guint sorted = 0;
    for (guint i = 0; i < n; i++)
        sorted += plx_sorter_answer(sorter, i)->theme > 0 ? 1 : 0;
    g_autofree char *text =
        g_strdup_printf("Sorting · %s · %u of %u answers in %u theme%s%s%s", view->title, sorted, n,
                        themes, themes == 1 ? "" : "s", *filter ? " · only with: " : "", filter);
    put(view, 0, 0, plx_screen_columns(view->screen), text, PLX_INK_FAINT);
}

static void draw_answer(const struct plx_sorting_screen *view)
{
    if (plx_sorting_rows(view->sorting) == 0)
        return;
    const struct plx_sorter_answer *const answer =
        plx_sorting_answer(view->sorting, plx_sorting_at(view->sorting));
    g_autofree char *text = g_strdup_printf("%s (tables: %u, persons: %u)", answer->text,
                                            answer->tables, answer->persons);
    put(view, 1, 0, plx_screen_columns(view->screen), text, PLX_INK_BOLD);
}

static void draw_choices(const struct plx_sorting_screen *view)
{
    g_autoptr(GPtrArray) choices = plx_sorting_choices(view->sorting);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < choices->len; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? " · " : "", (const char *)choices->pdata[i]);
    put(view, 2, 0, plx_screen_columns(view->screen), text->str, PLX_INK_PLAIN);
}

/* A theme, with where it is tied; or what it might be. */
static char *theme_text(const plx_sorting *sorting, guint row)
{
    const struct plx_theme *const theme = plx_sorting_theme(sorting, row);
    const char *const suggested = plx_sorting_suggested(sorting, row);
    if (!theme)
        return suggested ? g_strconcat("? ", suggested, NULL) : g_strdup("");
    GString *const text = g_string_new(theme->title);
    for (guint p = 0; p < theme->n_points; p++)
        g_string_append_printf(text, "%s%s", p == 0 ? " → " : ", ", theme->points[p]);
    return g_string_free(text, FALSE);
}

/* The question stands where another begins, and on top. */
static void draw_row(const struct plx_sorting_screen *view, guint row)
{
    const plx_sorting *const sorting = view->sorting;
    const struct plx_sorter_answer *const answer = plx_sorting_answer(sorting, row);
    const gboolean first =
        row == view->first ||
        strcmp(plx_sorting_answer(sorting, row - 1)->prompt, answer->prompt) != 0;
    const guint line = ABOVE + row - view->first;
    const guint columns = plx_screen_columns(view->screen), themes = columns * 2 / 5;
    const guint texts = columns - PROMPT_WIDTH - themes - 1;
    const unsigned here = row == plx_sorting_at(sorting) ? PLX_INK_REVERSE : PLX_INK_PLAIN;
    const gboolean sorted = answer->theme > 0;
    g_autofree char *theme = theme_text(sorting, row);
    put(view, line, 0, PROMPT_WIDTH, first ? answer->prompt : "", PLX_INK_FAINT);
    put(view, line, PROMPT_WIDTH, texts, answer->text, here);
    put(view, line, PROMPT_WIDTH + texts + 1, themes, theme,
        here | (sorted ? PLX_INK_BOLD : PLX_INK_FAINT));
    if (here)
        plx_screen_caret(view->screen, line, PROMPT_WIDTH);
}

static void draw_rows(struct plx_sorting_screen *view)
{
    const guint rows = plx_screen_rows(view->screen) - ABOVE - BELOW;
    const guint n = plx_sorting_rows(view->sorting), at = plx_sorting_at(view->sorting);
    if (at < view->first)
        view->first = at;
    if (at >= view->first + rows)
        view->first = at - rows + 1;
    if (view->first + rows > n)
        view->first = n > rows ? n - rows : 0;
    for (guint i = view->first; i < n && i < view->first + rows; i++)
        draw_row(view, i);
    if (n == 0)
        put(view, ABOVE, 0, plx_screen_columns(view->screen),
            *plx_sorting_filter(view->sorting) ? "No answer holds that; Esc shows all."
                                               : "There are no answers to sort.",
            PLX_INK_PLAIN);
}

static void draw_help(const struct plx_sorting_screen *view)
{
    for (guint i = 0; HELP[i]; i++)
        put(view, ABOVE + i, 0, plx_screen_columns(view->screen), HELP[i], PLX_INK_PLAIN);
    plx_screen_keys(view->screen, "any key goes on");
}

static void draw_asked(const struct plx_sorting_screen *view)
{
    static const char *const asked[] = {[PLX_SORTING_FILTER] = "Only with: ",
                                        [PLX_SORTING_PUT] = "Theme: ",
                                        [PLX_SORTING_MERGE] = "Merge into: ",
                                        [PLX_SORTING_RENAME] = "New title: ",
                                        [PLX_SORTING_TIE] = "About the point: "};
    const char *const label = asked[plx_sorting_mode(view->sorting)];
    const char *const typed = plx_sorting_typed(view->sorting);
    const guint begin = plx_width(label), line = plx_screen_rows(view->screen) - BELOW;
    const guint columns = plx_screen_columns(view->screen) - begin;
    guint caret;
    g_autofree char *shown =
        plx_width_view(typed, columns, (guint)g_utf8_strlen(typed, -1), &caret);
    plx_screen_put(view->screen, line, 0, begin, label, PLX_INK_BOLD);
    plx_screen_put(view->screen, line, begin, columns, shown, PLX_INK_PLAIN);
    plx_screen_caret(view->screen, line, begin + caret);
    plx_screen_keys(view->screen, KEYS_ASKED);
    draw_choices(view);
}

void plx_sorting_screen_draw(struct plx_sorting_screen *view, const char *message)
{
    const enum plx_sorting_mode mode = plx_sorting_mode(view->sorting);
    plx_screen_clear(view->screen);
    if (plx_screen_fits(view->screen)) {
        draw_title(view);
        draw_answer(view);
        if (mode == PLX_SORTING_HELP) {
            draw_help(view);
        } else {
            draw_rows(view);
            plx_screen_message(view->screen, message, PLX_INK_BOLD);
            plx_screen_keys(view->screen, KEYS);
            if (mode != PLX_SORTING_LIST)
                draw_asked(view);
        }
    }
    plx_screen_show(view->screen);
}
