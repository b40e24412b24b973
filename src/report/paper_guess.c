/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "report/page.h"
#include "report/paper_parts.h"

#include <string.h>

#define TEN 10

struct guess {
    struct plx_paper paper;
    const struct plx_guess_sheet *sheet;
    gboolean *met; /* of each point: stands on a sheet already */
    guint moments;
};

/* A head and shoulders, wide enough for a number. */
static void write_person(plx_html *html)
{
    g_autoptr(plx_svg) svg = plx_svg_new(20, 33, "person", NULL);
    plx_svg_attribute(svg, "aria-hidden", "true");
    plx_svg_open(svg, "path");
    plx_svg_attribute(
        svg, "d",
        "M10 1.5a4.6 4.6 0 0 1 0 9.2a4.6 4.6 0 0 1 0-9.2zM1.5 20c0-4.9 3.3-7.3 "
        "8.5-7.3s8.5 2.4 8.5 7.3v9.5c0 1.4-.9 2.2-2.2 2.2H3.7c-1.3 0-2.2-.8-2.2-2.2z");
    plx_svg_close(svg);
    plx_html_svg(html, svg);
}

static void write_pick(plx_html *html, guint moment, guint value)
{
    g_autofree char *name = g_strdup_printf("m%u", moment);
    g_autofree char *number = g_strdup_printf("%u", value);
    plx_html_open_class(html, "label", value == 0 ? "pick none" : "pick");
    plx_html_open(html, "input");
    plx_html_attribute(html, "type", "radio");
    plx_html_attribute(html, "name", name);
    plx_html_attribute(html, "value", number);
    plx_html_attribute(html, "disabled", "disabled"); /* until the script has come to life */
    plx_html_close(html);
    if (value > 0)
        write_person(html);
    plx_html_element(html, "span", NULL, number);
    plx_html_close(html);
}

static void write_moment(struct guess *guess, const struct plx_point *point)
{
    plx_html *const html = guess->paper.html;
    const guint m = ++guess->moments;
    g_autofree char *title = g_strdup_printf("t%u", m);
    plx_html_open_class(html, "div", "moment");
    plx_html_attribute(html, "role", "radiogroup");
    plx_html_attribute(html, "aria-labelledby", title);
    plx_html_attribute(html, "data-point", point->id);
    plx_html_open_class(html, "p", "title");
    plx_html_attribute(html, "id", title);
    plx_html_attribute(html, "dir", "auto");
    plx_html_text(html, plx_paper_title(&guess->paper, point->title));
    plx_html_close(html);
    plx_html_open_class(html, "div", "picks");
    for (guint value = 0; value <= TEN; value++)
        write_pick(html, m, value);
    plx_html_close(html);
    plx_html_close(html);
}

static void write_points(struct guess *guess, const guint *points, guint n, const char *title)
{
    plx_html *const html = guess->paper.html;
    gboolean open = FALSE;
    for (guint i = 0; i < n; i++) {
        const guint at = points ? points[i] : i;
        if (guess->met[at])
            continue;
        guess->met[at] = TRUE;
        if (!open) {
            plx_html_open_class(html, "div", "transaction");
            if (title)
                plx_html_title(html, "h3", NULL, title);
            open = TRUE;
        }
        write_moment(guess, &guess->sheet->map->points[at]);
    }
    if (open)
        plx_html_close(html);
}

/* ---- a sheet ---- */

static void write_question(struct guess *guess)
{
    plx_html *const html = guess->paper.html;
    g_autoptr(GString) text = g_string_new(NULL);
    plx_paper_question(&guess->paper, guess->sheet->about, text);
    plx_html_title(html, "p", "question", text->str);
    g_string_assign(text, "");
    plx_paper_scale(&guess->paper, guess->sheet->about, text);
    if (text->len)
        plx_html_title(html, "p", "scale", text->str);
}

static void write_eyebrow(struct guess *guess)
{
    const struct plx_paper *const paper = &guess->paper;
    g_autoptr(GString) text =
        g_string_new(paper->map->title ? plx_paper_title(paper, paper->map->title) : NULL);
    if (text->len)
        g_string_append(text, " · ");
    plx_paper_people(paper, guess->sheet->audience, TRUE, text);
    plx_html_title(paper->html, "p", "eyebrow", text->str);
}

/* Repeated on every page of paper; on a screen only its heading is seen. */
static void write_head(struct guess *guess, const char *title)
{
    const struct plx_paper *const paper = &guess->paper;
    plx_html *const html = paper->html;
    plx_html_open_class(html, "div", "head");
    plx_html_open_class(html, "div", "line on-paper");
    plx_html_open(html, "div");
    plx_paper_brand(paper);
    write_eyebrow(guess);
    plx_html_close(html);
    plx_html_open_class(html, "p", "fill");
    plx_paper_say(paper, "span", NULL, "name");
    plx_html_close(html);
    plx_html_close(html);
    plx_html_title(html, "h2", NULL, title);
    plx_html_open_class(html, "div", "on-paper");
    write_question(guess);
    plx_html_close(html);
    plx_html_close(html);
}

static void write_foot(struct guess *guess)
{
    const struct plx_paper *const paper = &guess->paper;
    plx_html_open_class(paper->html, "p", "had-seen on-paper");
    plx_paper_say(paper, "span", NULL, "seen_paper");
    plx_paper_say(paper, "span", "box", "no");
    plx_paper_say(paper, "span", "box", "yes");
    plx_html_close(paper->html);
}

static void open_sheet(struct guess *guess, const char *title)
{
    plx_html_open_class(guess->paper.html, "section", "journey");
    write_head(guess, title);
    plx_html_open_class(guess->paper.html, "div", "body");
    plx_paper_say(&guess->paper, "p", "how on-paper", "how_paper");
}

static void close_sheet(struct guess *guess)
{
    write_foot(guess);
    plx_html_close(guess->paper.html);
    plx_html_close(guess->paper.html);
}

static gboolean has_new(const struct guess *guess, const struct plx_journey *journey)
{
    for (guint t = 0; t < journey->n_transactions; t++)
        for (guint i = 0; i < journey->transactions[t].n_points; i++)
            if (!guess->met[journey->transactions[t].points[i]])
                return TRUE;
    return FALSE;
}

/* A point that two journeys pass through is guessed once, where it is met first. */
static void write_journey(struct guess *guess, const struct plx_journey *journey)
{
    if (!has_new(guess, journey))
        return;
    open_sheet(guess, plx_paper_title(&guess->paper, journey->title));
    for (guint t = 0; t < journey->n_transactions; t++) {
        const struct plx_transaction *const stretch = &journey->transactions[t];
        write_points(guess, stretch->points, stretch->n_points,
                     plx_paper_title(&guess->paper, stretch->title));
    }
    close_sheet(guess);
}

static void write_sheets(struct guess *guess)
{
    const plx_map *const map = guess->sheet->map;
    for (guint j = 0; j < map->n_journeys; j++)
        if (guess->sheet->journey < 0 || (guint)guess->sheet->journey == j)
            write_journey(guess, &map->journeys[j]);
    if (map->n_journeys > 0)
        return;
    open_sheet(guess, map->title ? plx_paper_title(&guess->paper, map->title)
                                 : plx_paper_word(guess->paper.words, "guess"));
    write_points(guess, NULL, map->n_points, NULL);
    close_sheet(guess);
}

/* ---- the screen ---- */

static void write_top(struct guess *guess)
{
    const struct plx_paper *const paper = &guess->paper;
    plx_html_open_class(paper->html, "header", "top on-screen");
    plx_paper_brand(paper);
    write_eyebrow(guess);
    const char *const own = plx_brand_word(paper->brand, plx_paper_tag(paper->words), "title");
    plx_html_title(paper->html, "h1", NULL, own ? own : plx_paper_word(paper->words, "guess"));
    write_question(guess);
    plx_html_open_class(paper->html, "p", "paper-only");
    plx_html_attribute(paper->html, "id", "paper-only");
    plx_html_text(paper->html, plx_paper_word(paper->words, "paper_only"));
    plx_html_close(paper->html);
    plx_html_close(paper->html);
}

static void write_input(const struct plx_paper *paper, const char *type, const char *id)
{
    plx_html_open(paper->html, "input");
    plx_html_attribute(paper->html, "type", type);
    plx_html_attribute(paper->html, "id", id);
    if (strcmp(type, "text") == 0) {
        plx_html_attribute(paper->html, "maxlength", "60");
        plx_html_attribute(paper->html, "autocomplete", "off");
        plx_html_attribute(paper->html, "aria-describedby", "name-hint");
    }
    plx_html_close(paper->html);
}

static void write_who(const struct plx_paper *paper)
{
    plx_html *const html = paper->html;
    plx_html_open_class(html, "div", "who on-screen live-only");
    plx_paper_say(paper, "p", "how", "how_screen");
    plx_html_open_class(html, "div", "field");
    plx_html_open(html, "label");
    plx_html_attribute(html, "for", "name");
    plx_html_text(html, plx_paper_word(paper->words, "name"));
    plx_html_close(html);
    write_input(paper, "text", "name");
    plx_html_open_class(html, "span", "hint");
    plx_html_attribute(html, "id", "name-hint");
    plx_html_text(html, plx_paper_word(paper->words, "name_hint"));
    plx_html_close(html);
    plx_html_close(html);
    plx_html_open_class(html, "label", "tick");
    write_input(paper, "checkbox", "seen");
    plx_html_text(html, plx_paper_word(paper->words, "seen"));
    plx_html_close(html);
    plx_html_close(html);
}

static void write_empty(plx_html *html, const char *name, const char *id, const char *class_name)
{
    plx_html_open(html, name);
    plx_html_attribute(html, "id", id);
    plx_html_attribute(html, "class", class_name);
    plx_html_close(html);
}

static void open_hidden(const struct plx_paper *paper, const char *id, const char *title)
{
    g_autofree char *heading = g_strconcat(id, "-title", NULL);
    plx_html_open_class(paper->html, "section", "panel on-screen");
    plx_html_attribute(paper->html, "id", id);
    plx_html_attribute(paper->html, "hidden", "hidden");
    plx_html_open(paper->html, "h2");
    plx_html_attribute(paper->html, "id", heading);
    plx_html_attribute(paper->html, "tabindex", "-1");
    if (title)
        plx_html_text(paper->html, plx_paper_word(paper->words, title));
    plx_html_close(paper->html);
}

static void write_review(const struct plx_paper *paper)
{
    open_hidden(paper, "review", "review_title");
    write_empty(paper->html, "p", "facts", "facts");
    write_empty(paper->html, "ol", "list", "list");
    write_empty(paper->html, "p", "missing", "facts");
    plx_html_open_class(paper->html, "p", "buttons");
    plx_paper_button(paper, "save", "strong", "save");
    plx_paper_button(paper, "back", NULL, "back");
    plx_html_close(paper->html);
    plx_html_close(paper->html);
    open_hidden(paper, "saved", NULL);
    write_empty(paper->html, "p", "hand-over", "facts");
    plx_html_open(paper->html, "label");
    plx_html_attribute(paper->html, "for", "text");
    plx_html_text(paper->html, plx_paper_word(paper->words, "answers"));
    plx_html_close(paper->html);
    plx_html_open(paper->html, "textarea");
    plx_html_attribute(paper->html, "id", "text");
    plx_html_attribute(paper->html, "readonly", "readonly");
    plx_html_attribute(paper->html, "rows", "8");
    plx_html_text(paper->html, "");
    plx_html_close(paper->html);
    plx_html_open_class(paper->html, "p", "buttons");
    plx_paper_button(paper, "copy", "strong", "copy");
    plx_html_close(paper->html);
    plx_html_close(paper->html);
}

static void write_bar(const struct plx_paper *paper)
{
    plx_html_open_class(paper->html, "footer", "bar on-screen");
    write_empty(paper->html, "p", "done", "live-only");
    plx_html_open_class(paper->html, "p", "told live-only");
    plx_html_attribute(paper->html, "id", "told");
    plx_html_attribute(paper->html, "role", "status");
    plx_html_close(paper->html);
    plx_paper_button(paper, "print", "live-only", "print");
    plx_paper_button(paper, "look", "strong live-only", "review");
    plx_html_close(paper->html);
}

/* What the script says, in the language of the page. */
static void write_words(const struct guess *guess)
{
    static const char *const keys[][2] = {
        {"data-done", "done"},       {"data-missing", "missing"}, {"data-unnamed", "name_missing"},
        {"data-nothing", "nothing"}, {"data-saved", "saved"},     {"data-hand-over", "hand_over"},
        {"data-copied", "copied"},   {"data-name", "name"},       {"data-seen", "seen"},
        {"data-range", "range"}};
    const struct plx_paper *const paper = &guess->paper;
    plx_html_attribute(paper->html, "data-audience",
                       paper->map->audiences[guess->sheet->audience].id);
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
        plx_html_attribute(paper->html, keys[i][0], plx_paper_word(paper->words, keys[i][1]));
}

static void write_page(struct guess *guess)
{
    const struct plx_paper *const paper = &guess->paper;
    const char *const script = plx_page_resource("guess.js");
    const char *const whose = paper->map->title;
    g_autofree char *title = g_strjoin(": ", plx_paper_word(paper->words, "guess"),
                                       whose ? plx_paper_title(paper, whose) : NULL, NULL);
    plx_paper_begin(paper, title, "guess", script);
    write_words(guess);
    write_top(guess);
    plx_html_open(paper->html, "main");
    plx_html_open(paper->html, "div");
    plx_html_attribute(paper->html, "id", "ask");
    write_who(paper);
    write_sheets(guess);
    plx_html_close(paper->html);
    write_review(paper);
    plx_html_close(paper->html);
    write_bar(paper);
    plx_html_script(paper->html, script);
    plx_html_close(paper->html);
    plx_html_close(paper->html);
}

static gboolean check(const struct plx_guess_sheet *sheet, GError **error)
{
    const plx_map *const map = sheet->map;
    if (map->n_points == 0)
        return plx_error(error, PLX_ERROR_INPUT,
                         "the map has no points, so there is nothing to guess; 'map apply' gives a "
                         "workspace a map");
    return plx_map_scale(map, PLX_MEASURE_LEVEL, sheet->about)->desired != PLX_NO_CUT ||
           plx_error(error, PLX_ERROR_INPUT,
                     "the scale of %s does not say from which value on it is as desired, so it "
                     "cannot be guessed how many say so (scales: desired)",
                     map->audiences[sheet->about].id);
}

GString *plx_guess_sheet(const struct plx_guess_sheet *sheet, GError **error)
{
    if (!check(sheet, error))
        return NULL;
    g_autoptr(plx_paper_words) words = plx_paper_words_of(sheet->map, sheet->language, error);
    if (!words)
        return NULL;
    g_autoptr(plx_html) html = plx_html_new();
    g_autofree gboolean *met = g_new0(gboolean, sheet->map->n_points);
    struct guess guess = {
        .paper = {.map = sheet->map, .brand = sheet->brand, .words = words, .html = html},
        .sheet = sheet,
        .met = met};
    write_page(&guess);
    return plx_html_finish(html);
}
