/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/page.h"
#include "report/paper_parts.h"

struct tables {
    struct plx_paper paper;
    const struct plx_table_sheets *sheets;
};

enum { LINES = 8, LINES_FEW = 6, LINES_LAST = 2 };

static void write_boxed(const struct plx_paper *paper, const char *text)
{
    plx_html_title(paper->html, "span", "box", text);
}

/* Lines to write on; behind those about competitors good or bad is ticked. */
static void write_asked(const struct plx_paper *paper, const char *key, guint lines, gboolean tick)
{
    plx_html *const html = paper->html;
    plx_html_open_class(html, "section", lines < LINES_FEW ? "asked short" : "asked");
    plx_paper_say(paper, "h3", NULL, key);
    plx_html_open_class(html, "div", "lines");
    plx_html_attribute(html, "aria-hidden", "true");
    for (guint i = 0; i < lines; i++) {
        plx_html_open_class(html, "p", "write");
        if (tick) {
            write_boxed(paper, plx_paper_word(paper->words, "good"));
            write_boxed(paper, plx_paper_word(paper->words, "bad"));
        }
        plx_html_close(html);
    }
    plx_html_close(html);
    plx_html_close(html);
}

static void write_eyebrow(const struct tables *tables)
{
    const struct plx_paper *const paper = &tables->paper;
    g_autoptr(GString) text = g_string_new(NULL);
    if (paper->map->title)
        g_string_append(text, plx_paper_title(paper, paper->map->title));
    if (tables->sheets->workshop)
        g_string_append_printf(text, "%s%s", text->len ? " · " : "", tables->sheets->workshop);
    if (text->len)
        plx_html_title(paper->html, "p", "eyebrow", text->str);
}

/* "Table 3", or a line for the number. */
static void write_number(const struct plx_paper *paper, guint number, const char *name)
{
    plx_html_open_class(paper->html, name, number ? "number" : "number fill");
    if (number)
        plx_html_textf(paper->html, "%s %u", plx_paper_word(paper->words, "table"), number);
    else
        plx_html_text(paper->html, plx_paper_word(paper->words, "table"));
    plx_html_close(paper->html);
}

static void write_head(const struct tables *tables, guint number, gboolean first)
{
    const struct plx_paper *const paper = &tables->paper;
    plx_html_open_class(paper->html, "div", "line");
    plx_html_open(paper->html, "div");
    if (first)
        plx_paper_brand(paper);
    write_eyebrow(tables);
    plx_html_close(paper->html);
    write_number(paper, number, first ? "h2" : "p");
    plx_html_close(paper->html);
}

/* Who sits here: printed, or to be ticked. */
static void write_who(const struct tables *tables, gint audience)
{
    const struct plx_paper *const paper = &tables->paper;
    plx_html_open_class(paper->html, "div", "who");
    plx_html_open_class(paper->html, "p", "sits");
    plx_paper_say(paper, "span", "label", "at_table");
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < paper->map->n_audiences; i++) {
        if (audience >= 0 ? i != (guint)audience
                          : g_str_equal(paper->map->audiences[i].id, "shopper"))
            continue;
        g_string_assign(text, "");
        plx_paper_people(paper, i, TRUE, text);
        if (audience >= 0)
            plx_html_title(paper->html, "strong", NULL, text->str);
        else
            write_boxed(paper, text->str);
    }
    plx_html_close(paper->html);
    plx_html_open_class(paper->html, "p", "fill persons");
    plx_paper_say(paper, "span", NULL, "persons");
    plx_html_close(paper->html);
    plx_html_close(paper->html);
}

/* One sheet, both sides. */
static void write_sheet(const struct tables *tables, guint number, gint audience)
{
    const struct plx_paper *const paper = &tables->paper;
    plx_html *const html = paper->html;
    plx_html_open_class(html, "section", "side");
    write_head(tables, number, TRUE);
    write_who(tables, audience);
    plx_paper_say(paper, "p", "how", "one_line");
    write_asked(paper, "well", LINES, FALSE);
    write_asked(paper, "improve", LINES, FALSE);
    plx_paper_say(paper, "p", "turn", "turn");
    plx_html_close(html);
    plx_html_open_class(html, "div", "side");
    write_head(tables, number, FALSE);
    write_asked(paper, "competitors", LINES_FEW, TRUE);
    write_asked(paper, "continue", LINES_FEW, FALSE);
    if (tables->sheets->easier)
        write_asked(paper, "easier", LINES_LAST + 1, FALSE);
    if (tables->sheets->moment)
        write_asked(paper, "moment", LINES_LAST, FALSE);
    plx_html_close(html);
}

static void write_sheets(const struct tables *tables)
{
    const struct plx_table_sheets *const sheets = tables->sheets;
    guint number = 0;
    if (sheets->n_audiences == 0 && sheets->tables == 0)
        write_sheet(tables, 0, -1);
    for (guint i = 0; sheets->n_audiences == 0 && i < sheets->tables; i++)
        write_sheet(tables, ++number, -1);
    for (guint a = 0; a < sheets->n_audiences; a++) {
        if (sheets->tables == 0)
            write_sheet(tables, 0, (gint)sheets->audiences[a]);
        for (guint i = 0; i < sheets->tables; i++)
            write_sheet(tables, ++number, (gint)sheets->audiences[a]);
    }
}

/* ---- the script ---- */

static void write_step(const struct plx_paper *paper, guint step, guint minutes, guint begin)
{
    g_autofree char *key = g_strdup_printf("step_%u", step);
    g_autofree char *key_text = g_strconcat(key, "_text", NULL);
    g_autofree char *number = g_strdup_printf("%u", minutes);
    g_autofree char *at = g_strdup_printf("%u:%02u", begin / 60, begin % 60);
    g_autoptr(GString) length = g_string_new(NULL);
    plx_paper_fill(paper->words, "minutes", "n", number, length);
    plx_html_open(paper->html, "li");
    plx_html_open_class(paper->html, "p", "when");
    plx_html_element(paper->html, "strong", NULL, at);
    plx_html_element(paper->html, "span", NULL, length->str);
    plx_html_close(paper->html);
    plx_html_open(paper->html, "div");
    plx_paper_say(paper, "h3", NULL, key);
    plx_paper_say(paper, "p", NULL, key_text);
    plx_html_close(paper->html);
    plx_html_close(paper->html);
}

static void write_script(const struct tables *tables)
{
    static const guint minutes[] = {2, 3, 25, 15, 20, 10, 20, 5}; /* a hundred */
    const struct plx_paper *const paper = &tables->paper;
    plx_html *const html = paper->html;
    plx_html_open_class(html, "section", "side script");
    plx_paper_brand(paper);
    write_eyebrow(tables);
    plx_paper_say(paper, "h2", NULL, "script");
    plx_paper_say(paper, "p", "lead", "script_lead");
    plx_html_open_class(html, "ol", "steps");
    guint begin = 0;
    for (guint i = 0; i < G_N_ELEMENTS(minutes); i++) {
        write_step(paper, i + 1, minutes[i], begin);
        begin += minutes[i];
    }
    plx_html_close(html);
    plx_html_open_class(html, "div", "unsaid");
    plx_paper_say(paper, "h3", NULL, "unsaid");
    plx_html_open(html, "ul");
    for (guint i = 1; i <= 4; i++) {
        g_autofree char *key = g_strdup_printf("unsaid_%u", i);
        plx_paper_say(paper, "li", NULL, key);
    }
    plx_html_close(html);
    plx_html_close(html);
    plx_html_close(html);
}

static void write_part(const struct tables *tables, void (*write)(const struct tables *tables))
{
    plx_html *const html = tables->paper.html;
    plx_html_open(html, "div");
    plx_html_attribute(html, "lang", plx_paper_tag(tables->paper.words));
    write(tables);
    plx_html_close(html);
}

static void write_top(const struct tables *tables)
{
    const struct plx_paper *const paper = &tables->paper;
    plx_html_open_class(paper->html, "header", "top on-screen");
    plx_paper_say(paper, "h1", NULL, "tables");
    plx_paper_button(paper, "print", "strong", "print");
    plx_html_close(paper->html);
}

static void write_page(const struct tables *first, GPtrArray *sets)
{
    const struct plx_paper *const paper = &first->paper;
    const char *const script = plx_page_resource("tables.js");
    const char *const whose = paper->map->title;
    g_autofree char *title = g_strjoin(": ", plx_paper_word(paper->words, "tables"),
                                       whose ? plx_paper_title(paper, whose) : NULL, NULL);
    plx_paper_begin(paper, title, "tables", script);
    write_top(first);
    plx_html_open(paper->html, "main");
    /* The scripts last, so that printed on both sides each sheet begins on a front. */
    struct tables set = *first;
    for (guint i = 0; i < sets->len; i++) {
        set.paper.words = g_ptr_array_index(sets, i);
        write_part(&set, write_sheets);
    }
    for (guint i = 0; i < sets->len; i++) {
        set.paper.words = g_ptr_array_index(sets, i);
        write_part(&set, write_script);
    }
    plx_html_close(paper->html);
    plx_html_script(paper->html, script);
    plx_html_close(paper->html);
    plx_html_close(paper->html);
}

static void free_words(gpointer words)
{
    plx_paper_words_free(words);
}

GString *plx_table_sheets(const struct plx_table_sheets *sheets, GError **error)
{
    g_autoptr(GPtrArray) sets = g_ptr_array_new_with_free_func(free_words);
    const char *const *at = sheets->languages;
    do {
        plx_paper_words *const words = plx_paper_words_of(sheets->map, at ? *at : NULL, error);
        if (!words)
            return NULL;
        g_ptr_array_add(sets, words);
    } while (at && *at && *++at);
    g_autoptr(plx_html) html = plx_html_new();
    const struct tables first = {.paper = {.map = sheets->map,
                                           .brand = sheets->brand,
                                           .words = g_ptr_array_index(sets, 0),
                                           .html = html},
                                 .sheets = sheets};
    write_page(&first, sets);
    return plx_html_finish(html);
}
