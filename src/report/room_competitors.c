/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/room_parts.h"
#include "report/words_workshop.h"

/* Tables that say so, as a bar of them; `most` of all themes is the whole width. */
static void write_bar(const struct plx_room *room, const char *side, gint64 n, gint64 most)
{
    g_autofree char *classes = g_strconcat("bar-of ", side, NULL);
    plx_html_open_class(room->html, "td", classes);
    if (n < 0) {
        plx_html_element(room->html, "span", "count", "–");
    } else {
        plx_html_open_class(room->html, "span", "seats");
        plx_html_attribute(room->html, "aria-hidden", "true");
        for (gint64 i = 0; i < n && most <= 12; i++)
            plx_html_element(room->html, "i", "full", "");
        plx_html_close(room->html);
        plx_html_open_class(room->html, "span", "count");
        plx_html_textf(room->html, "%" G_GINT64_FORMAT, n);
        plx_html_close(room->html);
    }
    plx_html_close(room->html);
}

static void write_competitor_heads(const struct plx_room *room)
{
    static const char *const heads[] = {"Good", "What they do", "Bad"};
    plx_html_open(room->html, "thead");
    plx_html_open(room->html, "tr");
    for (guint i = 0; i < G_N_ELEMENTS(heads); i++) {
        plx_html_open_class(room->html, "th", i == 0 ? "good" : i == 2 ? "bad" : "middle");
        plx_html_attribute(room->html, "scope", "col");
        plx_html_text(room->html, heads[i]);
        plx_html_close(room->html);
    }
    plx_html_close(room->html);
    plx_html_close(room->html);
}

void plx_room_competitors(const struct plx_room *room)
{
    const struct plx_workshop_part *part = &room->w->parts[PLX_ASKED_COMPETITORS];
    gint64 most = 0;
    if (!part->n_themes)
        return;
    for (guint t = 0; t < part->n_themes; t++)
        most = MAX(most, MAX(part->themes[t].good, part->themes[t].bad));
    plx_slides_open(room->html, "competitors", plx_asked_prompt(PLX_ASKED_COMPETITORS));
    plx_slides_heading(room->html, "Tables that say so", "What competitors do differently");
    plx_html_open_class(room->html, "table",
                        part->n_themes <= PLX_ROOM_FEW ? "good-bad few" : "good-bad");
    write_competitor_heads(room);
    plx_html_open(room->html, "tbody");
    for (guint t = 0; t < part->n_themes; t++) {
        plx_room_open_row(room, "tr", t);
        write_bar(room, "good", part->themes[t].good, most);
        plx_html_open(room->html, "th");
        plx_html_attribute(room->html, "scope", "row");
        plx_room_title(room, "span", &part->themes[t]);
        plx_html_close(room->html);
        write_bar(room, "bad", part->themes[t].bad, most);
        plx_html_close(room->html);
    }
    plx_html_close(room->html);
    plx_html_close(room->html);
    plx_room_more(room, part->n_themes);
    plx_html_close(room->html);
}
