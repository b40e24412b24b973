/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/room_parts.h"
#include "report/words.h"
#include "report/words_workshop.h"

#include <string.h>

#define DRAWN 12 /* tables drawn one by one */

void plx_room_open_who(const struct plx_room *room, const char *element, guint audience)
{
    static const char *const known[] = {"leader", "staff", "shopper", "customer"};
    const char *id = room->w->audiences[audience].id;
    const char *colour = "other";
    for (guint i = 0; i < G_N_ELEMENTS(known); i++)
        if (strcmp(id, known[i]) == 0)
            colour = known[i];
    g_autofree char *classes = g_strconcat("who ", colour, NULL);
    plx_html_open_class(room->html, element, classes);
}

static void draw_seats(const struct plx_room *room, const struct plx_workshop_audience *audience,
                       const struct plx_named *named)
{
    const gint64 n = named->tables + named->alone;
    if (named->of > DRAWN || (audience->tables && audience->alone))
        return;
    plx_html_open_class(room->html, "span", audience->alone ? "seats round" : "seats");
    plx_html_attribute(room->html, "aria-hidden", "true");
    for (gint64 i = 0; i < named->of; i++)
        plx_html_element(room->html, "i", i < n ? "full" : NULL, "");
    plx_html_close(room->html);
}

void plx_room_seats(const struct plx_room *room, guint audience, const struct plx_named *named)
{
    const struct plx_workshop_audience *of = &room->w->audiences[audience];
    if (named->few) {
        plx_html_open_class(room->html, "span", "count");
        plx_html_textf(room->html, "fewer than %u people", of->minimum);
        plx_html_close(room->html);
        return;
    }
    draw_seats(room, of, named);
    plx_html_open_class(room->html, "span", "count");
    plx_html_textf(room->html, "%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT,
                   named->tables + named->alone, named->of);
    plx_html_element(room->html, "span", "unit", of->tables ? " tables" : " people");
    plx_html_close(room->html);
}

void plx_room_title(const struct plx_room *room, const char *element,
                    const struct plx_workshop_theme *theme)
{
    const gboolean own = room->w->sorted && theme->id < 0;
    g_autofree char *words = own ? g_strdup_printf("“%s”", theme->title) : g_strdup(theme->title);
    plx_html_title(room->html, element, own ? "theme own" : "theme", words);
}

void plx_room_open_row(const struct plx_room *room, const char *element, guint i)
{
    plx_html_open_class(room->html, element, i >= PLX_ROOM_ROWS ? "rest" : NULL);
}

void plx_room_more(const struct plx_room *room, guint n)
{
    if (n <= PLX_ROOM_ROWS)
        return;
    plx_html_open_class(room->html, "p", "more-note");
    plx_html_textf(room->html, "and %u more, in the hand-out", n - PLX_ROOM_ROWS);
    plx_html_close(room->html);
}

/* Who sat there: "Leaders 2 tables, 13 people". */
static void write_who(const struct plx_room *room)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_html_open_class(room->html, "ul", "whole-room");
    for (guint a = 0; a < room->w->n_audiences; a++) {
        const struct plx_workshop_audience *audience = &room->w->audiences[a];
        g_string_truncate(text, 0);
        plx_words_table_people(room->w, a, TRUE, text);
        plx_room_open_who(room, "li", a);
        plx_html_title(room->html, "strong", NULL, text->str);
        g_string_assign(text, " ");
        if (audience->suppressed)
            g_string_append_printf(text, "not shown: fewer than %u", audience->minimum);
        else
            plx_words_seats(audience->tables, audience->alone, audience->persons, text);
        plx_html_text(room->html, text->str);
        plx_html_close(room->html);
    }
    plx_html_close(room->html);
}

/* What agrees, and where views part: a line each. */
static void write_headline(const struct plx_room *room)
{
    g_autoptr(GString) first = g_string_new(NULL);
    g_autoptr(GString) second = g_string_new(NULL);
    plx_words_workshop_headline(room->w, first, second);
    plx_html_open(room->html, "h1");
    plx_html_element(room->html, "span", "first", first->str);
    if (second->len) {
        plx_html_text(room->html, " ");
        plx_html_element(room->html, "span", "second", second->str);
    }
    plx_html_close(room->html);
}

static void write_cover(const struct plx_room *room)
{
    const char *own = plx_brand_word(room->options->brand, "en", "title");
    g_autoptr(GString) text = g_string_new(NULL);
    plx_slides_cover(room->html, room->options->brand);
    plx_words_workshop_context(room->w, text);
    plx_slides_line(room->html, "eyebrow", text);
    if (own)
        plx_html_title(room->html, "p", "own-title", own);
    write_headline(room);
    if (room->w->n_audiences)
        write_who(room);
    if (room->w->n_shown) {
        g_string_assign(text, "Each table answered as one. Tables are counted, not people.");
        plx_slides_line(room->html, "evidence", text);
    }
    plx_html_close(room->html);
}

/* What to do next, where there is nothing to show. */
static void write_gather(const struct plx_room *room)
{
    static const char *const steps[] = {
        "Seat six to eight people at a table, all leaders, all staff or all customers.",
        "Each table writes down what is good, what is not, and what others do differently.",
        "Type the sheets in, one row for each answer, and make this page again."};
    plx_slides_open(room->html, "gather", "gather");
    plx_slides_heading(room->html, "What to do next", "How answers come in");
    plx_html_open(room->html, "ol");
    for (guint i = 0; i < G_N_ELEMENTS(steps); i++)
        plx_html_element(room->html, "li", NULL, steps[i]);
    plx_html_close(room->html);
    plx_html_close(room->html);
}

static void write_screens(const struct plx_room *room)
{
    static const enum plx_asked questions[] = {PLX_ASKED_WELL, PLX_ASKED_IMPROVE,
                                               PLX_ASKED_CONTINUE, PLX_ASKED_EASIER};
    plx_room_agreed(room, PLX_NAMED_BY_ALL, "all");
    plx_room_agreed(room, PLX_NAMED_BY_SEVERAL, "several");
    plx_room_only(room);
    plx_room_contested(room);
    for (guint i = 0; i < G_N_ELEMENTS(questions); i++)
        plx_room_question(room, questions[i], "Question by question",
                          plx_words_asked(questions[i]));
    plx_room_competitors(room);
    plx_room_quotes(room);
    plx_room_question(room, PLX_ASKED_MOMENT, "Candidates for new points",
                      "Moments that are not on the map");
    plx_room_ratings(room);
    plx_room_method(room);
}

static void write_footer(const struct plx_room *room)
{
    plx_html_open(room->html, "footer");
    plx_html_open(room->html, "p");
    plx_html_text(room->html, "Source: ");
    plx_html_title(room->html, "bdi", NULL, room->w->source);
    plx_html_textf(room->html, " · Parallax %s",
                   room->options->version ? room->options->version : "");
    plx_html_close(room->html);
    if (room->options->command) {
        plx_html_open(room->html, "p");
        plx_html_text(room->html, "To make this page again: ");
        plx_html_element(room->html, "code", NULL, room->options->command);
        plx_html_close(room->html);
    }
    plx_html_close(room->html);
}

GString *plx_room_page(const plx_workshop *workshop, const struct plx_page_options *options)
{
    g_autoptr(plx_html) html = plx_html_new();
    const struct plx_room room = {workshop, options, html};
    g_autofree char *title = g_strjoin(": ", "What the tables name", workshop->map->title, NULL);
    plx_slides_begin(html, options, title, "room");
    write_cover(&room);
    plx_slides_main(html, "What the tables name");
    if (workshop->n_audiences)
        write_screens(&room);
    else
        write_gather(&room);
    plx_slides_closing(html, options->brand);
    plx_html_close(html);
    write_footer(&room);
    plx_slides_end(html, "room", "the next screen", NULL);
    return plx_html_finish(html);
}
