/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/room_parts.h"
#include "report/words.h"
#include "report/words_workshop.h"

#define QUOTED 3 /* themes whose words a screen shows */
#define RATED 3  /* themes whose ratings it shows */

static gboolean has_quotes(const struct plx_room *room, const struct plx_workshop_theme *theme)
{
    for (guint a = 0; a < room->w->n_audiences; a++)
        if (theme->named[a].n_quotes)
            return TRUE;
    return FALSE;
}

/* On the screen the first of each audience; all in the hand-out. */
static void write_quotes(const struct plx_room *room, const struct plx_workshop_theme *theme)
{
    for (guint a = 0; a < room->w->n_audiences; a++)
        for (guint i = 0; i < theme->named[a].n_quotes; i++) {
            g_autofree char *words = g_strdup_printf("“%s”", theme->named[a].quotes[i]);
            g_autoptr(GString) who = g_string_new(NULL);
            plx_words_table_people(room->w, a, TRUE, who);
            plx_room_open_who(room, "blockquote", a);
            if (i > 0)
                plx_html_attribute(room->html, "data-again", "");
            plx_html_title(room->html, "p", NULL, words);
            plx_html_title(room->html, "footer", NULL, who->str);
            plx_html_close(room->html);
        }
}

void plx_room_quotes(const struct plx_room *room)
{
    const struct plx_workshop_part *part = &room->w->overall;
    guint n = 0;
    for (guint t = 0; t < part->n_themes; t++)
        n += has_quotes(room, &part->themes[t]) ? 1 : 0;
    if (!n)
        return;
    plx_slides_open(room->html, "quotes", "quotes");
    plx_slides_heading(room->html, "Written on the sheets", "In their words");
    plx_html_open_class(room->html, "ul", "words");
    for (guint t = 0, i = 0; t < part->n_themes; t++) {
        if (!has_quotes(room, &part->themes[t]))
            continue;
        plx_room_open_row(room, "li", i >= QUOTED ? PLX_ROOM_ROWS : i);
        i++;
        plx_room_title(room, "h3", &part->themes[t]);
        write_quotes(room, &part->themes[t]);
        plx_html_close(room->html);
    }
    plx_html_close(room->html);
    plx_room_more(room, n > QUOTED ? n - QUOTED + PLX_ROOM_ROWS : 0);
    plx_html_close(room->html);
}

/* What the ratings say of a point: the gap of the leading pair, else who rates it how. */
static void write_point(const struct plx_room *room, const struct plx_gaps_point *point)
{
    const plx_gaps *gaps = room->w->gaps;
    g_autoptr(GString) text = g_string_new(NULL);
    plx_html_open_class(room->html, "div", "rated");
    plx_html_title(room->html, "p", "moment-title", point->title);
    if (point->n_gaps) {
        plx_words_verdict(gaps, point->gaps[0].verdict, point->gaps[0].a, point->gaps[0].b, text);
        plx_words_capital(text, 0);
        plx_slides_line(room->html, "found", text);
        g_string_truncate(text, 0);
        plx_words_gap(gaps, point, &point->gaps[0], text);
        plx_slides_line(room->html, "evidence", text);
    }
    for (guint i = 0; !point->n_gaps && i < point->n_voices; i++) {
        g_string_truncate(text, 0);
        plx_words_seen(gaps, &point->voices[i], text);
        plx_words_capital(text, 0);
        plx_slides_line(room->html, "evidence", text);
    }
    plx_html_close(room->html);
}

void plx_room_ratings(const struct plx_room *room)
{
    const struct plx_workshop_part *part = &room->w->overall;
    guint n = 0;
    for (guint t = 0; t < part->n_themes; t++)
        n += part->themes[t].n_points ? 1 : 0;
    if (!n)
        return;
    plx_slides_open(room->html, "ratings", "ratings");
    plx_slides_heading(room->html, "The tables, and the ratings of everybody",
                       "What the ratings say");
    plx_html_open_class(room->html, "ul", "rated-list");
    for (guint t = 0, i = 0; t < part->n_themes; t++) {
        const struct plx_workshop_theme *theme = &part->themes[t];
        if (!theme->n_points)
            continue;
        g_autoptr(GString) text = g_string_new(NULL);
        plx_room_open_row(room, "li", i >= RATED ? PLX_ROOM_ROWS : i);
        i++;
        plx_html_open(room->html, "div");
        plx_room_title(room, "h3", theme);
        g_string_append(text, "named by ");
        plx_words_seats(theme->tables, theme->alone, theme->persons, text);
        plx_slides_line(room->html, "asked", text);
        plx_html_close(room->html);
        plx_html_open(room->html, "div");
        for (guint p = 0; p < theme->n_points; p++)
            write_point(room, theme->points[p]);
        plx_html_close(room->html);
        plx_html_close(room->html);
    }
    plx_html_close(room->html);
    plx_room_more(room, n > RATED ? n - RATED + PLX_ROOM_ROWS : 0);
    plx_html_close(room->html);
}

void plx_room_method(const struct plx_room *room)
{
    g_autoptr(GPtrArray) notes = plx_words_workshop_notes(room->w, PLX_WORDS_PAGE);
    plx_slides_open(room->html, "method-screen", "method");
    plx_slides_heading(room->html, "How we know", "Tables are counted, not people");
    plx_html_element(room->html, "p", "question",
                     "People at one table talk to each other, so a table of seven is one answer "
                     "and not seven. What 4 of 5 tables name is common; what one names may still "
                     "be true.");
    if (!room->w->sorted && room->w->n_shown)
        plx_html_element(room->html, "p", "evidence",
                         "Nobody has sorted the answers into themes yet: equal words are one "
                         "theme.");
    plx_html_open_class(room->html, "ul", "method-notes");
    for (guint i = 0; i < notes->len; i++)
        plx_html_title(room->html, "li", NULL, g_ptr_array_index(notes, i));
    plx_html_element(room->html, "li", NULL,
                     "Ranges are of 95 %, for tables like these. A difference between views is not "
                     "a cause, and nobody is to blame for a view.");
    plx_html_close(room->html);
    plx_html_close(room->html);
}
