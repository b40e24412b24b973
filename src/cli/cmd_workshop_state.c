/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What there is to sort, for people and for programs. */
#include "base/json.h"
#include "cli/cmd_workshop.h"
#include "cli/cmd_workspace.h"
#include "report/term.h"

static void append_answer(GString *out, const struct plx_sorter_answer *answer)
{
    g_autofree char *tables = plx_cmd_count(answer->tables, "table", "tables");
    g_autofree char *persons = plx_cmd_count(answer->persons, "person", "persons");
    g_string_append_printf(out, "    %-12s", answer->prompt);
    plx_term_safe(out, answer->text);
    if (answer->tables > 0)
        g_string_append_printf(out, " (%s, %s)\n", tables, persons);
    else
        g_string_append_printf(out, " (%s)\n", persons);
}

/* Those of a theme, 0: of none; how many. */
static guint append_answers(GString *out, const plx_sorter *sorter, guint32 theme)
{
    guint n = 0;
    for (guint i = 0; i < plx_sorter_answers(sorter); i++) {
        if (plx_sorter_answer(sorter, i)->theme != theme)
            continue;
        append_answer(out, plx_sorter_answer(sorter, i));
        n++;
    }
    return n;
}

static void append_theme(GString *out, const plx_sorter *sorter, const struct plx_theme *theme)
{
    g_string_append(out, "\n  ");
    plx_term_safe(out, theme->title);
    for (guint p = 0; p < theme->n_points; p++)
        g_string_append_printf(out, "%s%s", p == 0 ? " -> " : ", ", theme->points[p]);
    g_string_append_c(out, '\n');
    if (append_answers(out, sorter, theme->id) == 0)
        g_string_append(out, "    no answer\n");
}

static void append_hints(GString *out, const plx_sorter *sorter, const GPtrArray *hints)
{
    if (hints->len > 0)
        g_string_append(
            out, "\nMay belong together (--accept NUMBER or NUMBER=TITLE; numbers of this list, "
                 "new after each act):\n");
    for (guint h = 0; h < hints->len; h++) {
        const struct plx_sorter_hint *const hint = hints->pdata[h];
        g_string_append_printf(out, "\n  %u  ", h + 1);
        plx_term_safe(out, hint->title);
        g_string_append(out, hint->theme > 0 ? "\n" : " (new)\n");
        for (guint i = 0; i < hint->n; i++)
            append_answer(out, plx_sorter_answer(sorter, hint->answers[i]));
    }
}

static guint count_sorted(const plx_sorter *sorter)
{
    guint n = 0;
    for (guint i = 0; i < plx_sorter_answers(sorter); i++)
        n += plx_sorter_answer(sorter, i)->theme > 0 ? 1 : 0;
    return n;
}

gboolean plx_cmd_workshop_table(plx_app *app, const plx_sorter *sorter, GError **error)
{
    g_autoptr(GPtrArray) hints = plx_sorter_hints(sorter, error);
    if (!hints)
        return FALSE;
    GString *const out = plx_app_out(app);
    const plx_codebook *const book = plx_sorter_book(sorter);
    const guint n = plx_sorter_answers(sorter), sorted = count_sorted(sorter);
    g_autofree char *answers = plx_cmd_count(n, "answer", "answers");
    g_autofree char *themes = plx_cmd_count(plx_codebook_themes(book), "theme", "themes");
    g_string_append_printf(out, "%s, %u of them sorted into %s\n", answers, sorted, themes);
    for (guint t = 0; t < plx_codebook_themes(book); t++)
        append_theme(out, sorter, plx_codebook_theme(book, t));
    if (sorted < n) {
        g_string_append(out, "\nNot sorted yet:\n\n");
        append_answers(out, sorter, 0);
    }
    append_hints(out, sorter, hints);
    return TRUE;
}

static void write_answers(plx_json *json, const plx_sorter *sorter)
{
    plx_json_begin_array(json, "answers");
    for (guint i = 0; i < plx_sorter_answers(sorter); i++) {
        const struct plx_sorter_answer *const answer = plx_sorter_answer(sorter, i);
        const struct plx_theme *const theme =
            answer->theme > 0 ? plx_codebook_by_id(plx_sorter_book(sorter), answer->theme) : NULL;
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "prompt", answer->prompt);
        plx_json_string(json, "answer", answer->text);
        plx_json_string(json, "theme", theme ? theme->title : NULL);
        plx_json_integer(json, "tables", answer->tables);
        plx_json_integer(json, "persons", answer->persons);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void write_themes(plx_json *json, const plx_codebook *book)
{
    plx_json_begin_array(json, "themes");
    for (guint t = 0; t < plx_codebook_themes(book); t++) {
        const struct plx_theme *const theme = plx_codebook_theme(book, t);
        plx_json_begin_object(json, NULL);
        plx_json_integer(json, "id", theme->id);
        plx_json_string(json, "title", theme->title);
        plx_json_begin_array(json, "points");
        for (guint p = 0; p < theme->n_points; p++)
            plx_json_string(json, NULL, theme->points[p]);
        plx_json_end_array(json);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void write_hints(plx_json *json, const GPtrArray *hints)
{
    plx_json_begin_array(json, "suggestions");
    for (guint h = 0; h < hints->len; h++) {
        const struct plx_sorter_hint *const hint = hints->pdata[h];
        g_autofree gint64 *numbers = g_new(gint64, hint->n);
        for (guint i = 0; i < hint->n; i++)
            numbers[i] = hint->answers[i];
        plx_json_begin_object(json, NULL);
        plx_json_integer(json, "suggestion", h + 1);
        plx_json_string(json, "title", hint->title);
        plx_json_boolean(json, "new", hint->theme == 0);
        plx_json_integers(json, "answers", numbers, hint->n);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

gboolean plx_cmd_workshop_json(plx_app *app, const plx_sorter *sorter, GError **error)
{
    g_autoptr(GPtrArray) hints = plx_sorter_hints(sorter, error);
    if (!hints)
        return FALSE;
    g_autoptr(plx_json) json = plx_json_new(plx_app_out(app));
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.codes/1");
    write_answers(json, sorter);
    write_themes(json, plx_sorter_book(sorter));
    write_hints(json, hints);
    plx_json_end_object(json);
    return TRUE;
}
