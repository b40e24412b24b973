/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page for Monday: two columns of words, below them the picture, which takes the room that they
 * leave (monday.css). */
#include "report/about.h"
#include "report/monday.h"
#include "report/monday_words.h"
#include "report/page.h"
#include "report/view.h"
#include "report/words.h"

#include "chart/crowd.h"

#include <math.h>

#define QUOTED 2
#define COMMAND_WIDTH 56 /* of a line in a column of the sheet */

struct monday {
    const plx_next *next;
    const struct plx_page_options *options;
    plx_html *html;
};

static void write_text(plx_html *html, const char *name, const char *class_name, GString *text)
{
    if (text->len)
        plx_html_title(html, name, class_name, text->str);
    g_string_truncate(text, 0);
}

static void open_part(const struct monday *m, const char *class_name, const char *heading)
{
    plx_html_open_class(m->html, "section", class_name);
    plx_html_element(m->html, "h2", NULL, heading);
}

/* Takes the lines over. A line's words are a box of their own, so that what is long can be cut on
 * paper. */
static void write_list(const struct monday *m, const char *name, GPtrArray *lines)
{
    if (lines->len)
        plx_html_open(m->html, name);
    for (guint i = 0; i < lines->len; i++) {
        plx_html_open(m->html, "li");
        plx_html_title(m->html, "span", NULL, lines->pdata[i]);
        plx_html_close(m->html);
    }
    if (lines->len)
        plx_html_close(m->html);
    g_ptr_array_unref(lines);
}

/* A part only where there is something in it. */
static void write_part(const struct monday *m, const char *class_name, const char *heading,
                       GPtrArray *lines)
{
    if (lines->len == 0) {
        g_ptr_array_unref(lines);
        return;
    }
    open_part(m, class_name, heading);
    write_list(m, "ul", lines);
    plx_html_close(m->html);
}

static void write_head(const struct monday *m)
{
    const struct plx_proposal *p = m->next->recommended;
    g_autoptr(plx_gaps) frame = plx_about_frame(&m->next->about);
    g_autoptr(GString) text = g_string_new(NULL);
    plx_html_open(m->html, "header");
    plx_words_context(frame, text);
    write_text(m->html, "p", "eyebrow", text);
    plx_html_element(m->html, "p", "kicker", plx_monday_kicker(m->next));
    plx_monday_title(m->next, text);
    write_text(m->html, "h1", NULL, text);
    if (p)
        plx_monday_where(p, text);
    write_text(m->html, "p", "where", text);
    plx_html_close(m->html);
}

static void write_level(const struct monday *m, const struct plx_proposal *p, int value)
{
    const char *anchor = plx_next_words_anchor(m->next, p, value);
    g_autoptr(GString) text = g_string_new(NULL);
    plx_html_open_class(m->html, "div", value == p->from ? "level from" : "level to");
    plx_html_open_class(m->html, "p", "level-name");
    plx_html_element(m->html, "span", NULL, value == p->from ? "From" : "To");
    plx_html_text(m->html, " ");
    plx_words_level(text, p->scale, value);
    plx_html_element(m->html, "strong", NULL, text->str);
    if (p->scale->words && p->scale->words[value - p->scale->min])
        plx_html_textf(m->html, " %d of %d", value, p->scale->max);
    plx_html_close(m->html);
    if (anchor)
        plx_html_title(m->html, "p", "anchor", anchor);
    plx_html_close(m->html);
}

static void write_levels(const struct monday *m, const struct plx_proposal *p)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_html_open_class(m->html, "div", "levels");
    write_level(m, p, p->from);
    write_level(m, p, p->to);
    plx_html_close(m->html);
    plx_monday_levels(m->next, p, text);
    write_text(m->html, "p", "explain", text);
}

static void write_crowd(const struct monday *m, const struct plx_crowd *crowd,
                        const char *class_name, GString *title, const char *says)
{
    g_autofree char *label = g_strdup_printf("%s: %s", title->str, says);
    g_autoptr(plx_svg) svg = plx_crowd_draw(crowd, class_name, label);
    plx_html_open(m->html, "li");
    plx_html_svg(m->html, svg);
    plx_html_open(m->html, "div");
    write_text(m->html, "strong", NULL, title);
    plx_html_element(m->html, "span", NULL, says);
    plx_html_close(m->html);
    plx_html_close(m->html);
}

/* As printf rounds, so that drawing and words agree. */
static guint hundred(double share)
{
    return isfinite(share) ? (guint)CLAMP(nearbyint(100 * share), 0, 100) : 0;
}

/* What a hundred of them are, beside what leaders think they are. */
static void write_crowds(const struct monday *m, const struct plx_proposal *p)
{
    const struct plx_belief *belief = p->leaders_believe;
    struct plx_crowd crowd = {hundred(p->below_met), hundred(p->voice->desired_share), FALSE};
    g_autoptr(GString) title = g_string_new("100 ");
    g_autoptr(GString) says = g_string_new(NULL);
    crowd.high = MIN(crowd.high, 100 - crowd.low);
    plx_next_words_people(m->next, title);
    g_string_append_printf(says, "%u %s ", crowd.low, p->scale->down ? "are" : "fall");
    plx_words_below(says, p->scale);
    if (isfinite(p->voice->desired_share)) {
        g_string_append_printf(says, ", %u get what they desire", crowd.high);
    }
    plx_html_open_class(m->html, "ul", "crowds");
    write_crowd(m, &crowd, "crowd", title, says->str);
    if (belief && isfinite(belief->believed)) {
        const struct plx_crowd thought = {0, hundred(belief->believed), TRUE};
        g_string_assign(title, "What leaders think");
        g_string_printf(says, "%u get what they desire", thought.high);
        write_crowd(m, &thought, "crowd thought", title, says->str);
    }
    plx_html_close(m->html);
}

/* What those said who are short of it; the rest stands where it can be used. */
static void write_said(const struct monday *m, const struct plx_proposal *p)
{
    const struct plx_next_quotes *quotes = p->quotes ? &p->quotes[PLX_NEXT_SHORT] : NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    if (!quotes || quotes->n == 0)
        return;
    plx_next_words_kind(m->next, PLX_NEXT_SHORT, text);
    open_part(m, "said", text->str);
    for (guint i = 0; i < MIN(quotes->n, QUOTED); i++) {
        g_string_truncate(text, 0);
        plx_next_words_quote(text, &quotes->quotes[i]);
        write_text(m->html, "blockquote", NULL, text);
    }
    plx_html_close(m->html);
}

/* What was agreed to be success, and when that is looked at. */
static void write_judged(const struct monday *m, const struct plx_step *step)
{
    g_autoptr(GString) text = g_string_new(NULL);
    open_part(m, "know", "How you will know");
    plx_monday_judged(m->next, step, text);
    write_text(m->html, "p", NULL, text);
    plx_html_close(m->html);
}

static void write_know(const struct monday *m, const struct plx_proposal *p)
{
    g_autoptr(GString) text = g_string_new(NULL);
    open_part(m, "know", "How you will know");
    plx_next_words_to_know(p, text);
    write_text(m->html, "p", NULL, text);
    plx_html_element(m->html, "p", NULL,
                     "Write it down before it starts: in the app, at Next, or by the command that "
                     "stands in this page on a screen.");
    plx_next_words_command(m->next, p, COMMAND_WIDTH, text);
    plx_html_open_class(m->html, "details", "type-it");
    plx_html_element(m->html, "summary", NULL, "The command");
    plx_html_open_class(m->html, "pre", "code scroll");
    plx_html_attribute(m->html, "role", "region");
    plx_html_attribute(m->html, "aria-label", "What to type");
    plx_html_attribute(m->html, "tabindex", "0");
    plx_html_element(m->html, "code", NULL, text->str);
    plx_html_close(m->html);
    g_string_truncate(text, 0);
    plx_next_words_command_notes(m->next, p, FALSE, text);
    write_text(m->html, "p", "explain", text);
    plx_html_close(m->html);
    plx_html_close(m->html);
}

static void write_wrong(const struct monday *m, const struct plx_proposal *p)
{
    g_autoptr(GString) text = g_string_new(NULL);
    open_part(m, "wrong", "We would be wrong if");
    plx_next_words_wrong(p, text);
    write_text(m->html, "p", NULL, text);
    plx_html_close(m->html);
}

static void write_step(const struct monday *m, const struct plx_proposal *p)
{
    plx_html_open_class(m->html, "div", "column");
    write_levels(m, p);
    open_part(m, "why", "Why here");
    write_crowds(m, p);
    GPtrArray *lines = plx_monday_why(m->next, p);
    for (guint i = 0; i < lines->len; i++)
        plx_html_title(m->html, "p", NULL, lines->pdata[i]);
    g_ptr_array_unref(lines);
    plx_html_close(m->html);
    write_said(m, p);
    plx_html_close(m->html);
    plx_html_open_class(m->html, "div", "column");
    const struct plx_step *step = plx_monday_step(m->next);
    open_part(m, "do", plx_monday_do_title(m->next));
    write_list(m, step ? "ul" : "ol", plx_monday_do(m->next, p));
    plx_html_close(m->html);
    if (step)
        write_judged(m, step);
    else
        write_know(m, p);
    write_wrong(m, p);
    plx_html_close(m->html);
}

/* No step: what to do instead, and those it lies between. */
static void write_instead(const struct monday *m)
{
    const plx_next *next = m->next;
    plx_html_open_class(m->html, "div", "column");
    open_part(m, "do", "On Monday morning");
    write_list(m, "ul", plx_monday_instead(next));
    if (next->outcome == PLX_NEXT_EXPLAIN_BETTER)
        write_list(m, "ul", plx_monday_untold(next));
    plx_html_close(m->html);
    plx_html_close(m->html);
    plx_html_open_class(m->html, "div", "column");
    write_part(m, "others", plx_monday_others_title(next), plx_monday_others(next));
    plx_html_close(m->html);
}

/* The picture shows who sees what: of one voice alone there is nothing to see. */
static gboolean compares(const struct monday *m)
{
    if (m->next->gaps->n_groups == 0)
        return FALSE;
    g_autoptr(plx_gaps_picture) picture =
        plx_gaps_picture_new(m->next->gaps, &m->next->gaps->groups[0], "g0");
    const struct plx_picture *model = plx_gaps_picture_model(picture);
    guint speaking = 0;
    for (guint v = 0; model && v < model->n_voices; v++)
        speaking += plx_gaps_picture_speaks(picture, v) ? 1 : 0;
    return speaking >= 2;
}

static void write_picture(const struct monday *m)
{
    struct plx_page page = {.gaps = m->next->gaps,
                            .options = m->options,
                            .html = m->html,
                            .served = plx_view_served(m->next->gaps)};
    const struct plx_proposal *p = m->next->recommended;
    const struct plx_page_focus focus = {p ? p->journey_title : NULL, p ? p->title : NULL};
    plx_page_sheet_picture(&page, &m->next->gaps->groups[0], p ? &focus : NULL);
}

static void write_after(const struct monday *m)
{
    plx_html_open_class(m->html, "div", "after");
    if (m->next->recommended)
        write_part(m, "others", plx_monday_others_title(m->next), plx_monday_others(m->next));
    if (m->next->outcome != PLX_NEXT_EXPLAIN_BETTER)
        write_part(m, "untold", "Only to be told", plx_monday_untold(m->next));
    write_part(m, "apart", "Not seen yet", plx_monday_apart(m->next));
    write_part(m, "owed", "Not answered yet", plx_monday_owed(m->next));
    plx_html_close(m->html);
}

static void write_foot(const struct monday *m)
{
    plx_html_open(m->html, "footer");
    plx_html_open(m->html, "p");
    plx_html_textf(m->html,
                   "Ranges hold 95 times of 100. What goes together is not yet cause and effect, "
                   "and nobody is to blame for a different view. Parallax %s.",
                   m->options->version ? m->options->version : "");
    plx_html_close(m->html);
    plx_html_close(m->html);
}

GString *plx_monday_page(const plx_next *next, const struct plx_page_options *options)
{
    g_autofree char *css = g_strconcat(plx_picture_css(), plx_page_resource("page.css"),
                                       plx_page_resource("monday.css"),
                                       options->printed ? "@page { size: A4; }\n" : NULL, NULL);
    g_autoptr(plx_html) html = plx_html_new();
    g_autoptr(GString) title = g_string_new(NULL);
    const struct monday m = {next, options, html};
    plx_monday_title(next, title);
    plx_page_begin(html, title->str, css, NULL, /* images= */ FALSE);
    const gboolean drawn = compares(&m);
    g_autofree char *look = g_strconcat("sheet monday", next->recommended ? "" : " instead",
                                        drawn ? "" : " bare", NULL);
    plx_html_open_class(html, "body", look);
    write_head(&m);
    plx_html_open(html, "main");
    plx_html_open_class(html, "div", "columns");
    if (next->recommended)
        write_step(&m, next->recommended);
    else
        write_instead(&m);
    plx_html_close(html);
    if (drawn)
        write_picture(&m);
    write_after(&m);
    plx_html_close(html);
    write_foot(&m);
    plx_html_close(html);
    plx_html_close(html);
    return plx_html_finish(html);
}
