/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/room_parts.h"
#include "report/words.h"
#include "report/words_workshop.h"

#include <string.h>

static guint count(const struct plx_room *room, enum plx_naming naming, gint audience)
{
    guint n = 0;
    for (guint t = 0; t < room->w->overall.n_themes; t++) {
        const struct plx_workshop_theme *theme = &room->w->overall.themes[t];
        n += theme->naming == naming && (audience < 0 || theme->named[audience].named) ? 1 : 0;
    }
    return n;
}

/* Under the count: of several questions under which; of one the range of the share. */
static void write_cell(const struct plx_room *room, const struct plx_workshop_part *part,
                       guint audience, const struct plx_workshop_theme *theme)
{
    const struct plx_named *named = &theme->named[audience];
    if (!named->named) {
        plx_html_open_class(room->html, "td", "nobody");
        plx_html_element(room->html, "span", "aside", "not named");
        plx_html_close(room->html);
        return;
    }
    g_autoptr(GString) below = g_string_new(NULL);
    if (part == &room->w->overall)
        plx_words_asked_all(named->asked, below);
    else
        plx_words_percent_range(below, named->ci);
    plx_room_open_who(room, "td", audience);
    plx_room_seats(room, audience, named);
    if (below->len)
        plx_html_element(room->html, "span", "asked", below->str);
    plx_html_close(room->html);
}

static void write_heads(const struct plx_room *room)
{
    plx_html_open(room->html, "thead");
    plx_html_open(room->html, "tr");
    plx_html_open(room->html, "th");
    plx_html_attribute(room->html, "scope", "col");
    plx_html_element(room->html, "span", "aside", "Theme");
    plx_html_close(room->html);
    for (guint a = 0; a < room->w->n_audiences; a++) {
        g_autoptr(GString) who = g_string_new(NULL);
        if (room->w->audiences[a].suppressed)
            continue;
        plx_words_table_people(room->w, a, TRUE, who);
        plx_room_open_who(room, "th", a);
        plx_html_attribute(room->html, "scope", "col");
        plx_html_attribute(room->html, "dir", "auto");
        plx_html_text(room->html, who->str);
        plx_html_close(room->html);
    }
    plx_html_close(room->html);
    plx_html_close(room->html);
}

static void write_row(const struct plx_room *room, const struct plx_workshop_part *part,
                      const struct plx_workshop_theme *theme, guint i)
{
    plx_room_open_row(room, "tr", i);
    plx_html_open(room->html, "th");
    plx_html_attribute(room->html, "scope", "row");
    plx_room_title(room, "span", theme);
    plx_html_close(room->html);
    for (guint a = 0; a < room->w->n_audiences; a++)
        if (!room->w->audiences[a].suppressed)
            write_cell(room, part, a, theme);
    plx_html_close(room->html);
}

static void write_table(const struct plx_room *room, const struct plx_workshop_part *part,
                        gint naming, guint n)
{
    plx_html_open_class(room->html, "table", n <= PLX_ROOM_FEW ? "themes few" : "themes");
    write_heads(room);
    plx_html_open(room->html, "tbody");
    for (guint t = 0, i = 0; t < part->n_themes; t++)
        if (naming < 0 || (gint)part->themes[t].naming == naming)
            write_row(room, part, &part->themes[t], i++);
    plx_html_close(room->html);
    plx_html_close(room->html);
    plx_room_more(room, n);
}

void plx_room_agreed(const struct plx_room *room, enum plx_naming naming, const char *id)
{
    const guint n = count(room, naming, -1);
    g_autoptr(GString) title = g_string_new(NULL);
    if (!n)
        return;
    plx_words_naming(room->w, naming, 0, title);
    plx_slides_open(room->html, "agreed", id);
    plx_slides_heading(room->html,
                       naming == PLX_NAMED_BY_ALL ? "Where everybody agrees" : "Shared, not by all",
                       title->str);
    write_table(room, &room->w->overall, (gint)naming, n);
    plx_html_close(room->html);
}

void plx_room_question(const struct plx_room *room, enum plx_asked asked, const char *eyebrow,
                       const char *title)
{
    const struct plx_workshop_part *part = &room->w->parts[asked];
    if (!part->n_themes)
        return;
    plx_slides_open(room->html, "question-screen", plx_asked_prompt(asked));
    plx_slides_heading(room->html, eyebrow, title);
    write_table(room, part, -1, part->n_themes);
    plx_html_close(room->html);
}

static void write_column(const struct plx_room *room, guint audience)
{
    const struct plx_workshop_part *part = &room->w->overall;
    const guint n = count(room, PLX_NAMED_BY_ONE, (gint)audience);
    g_autoptr(GString) title = g_string_new(NULL);
    plx_words_naming(room->w, PLX_NAMED_BY_ONE, audience, title);
    plx_room_open_who(room, "div", audience);
    plx_html_title(room->html, "h3", NULL, title->str);
    if (!n)
        plx_html_element(room->html, "p", "evidence", "Nothing that others do not name too.");
    plx_html_open(room->html, n ? "ul" : "div");
    for (guint t = 0, i = 0; t < part->n_themes; t++) {
        const struct plx_workshop_theme *theme = &part->themes[t];
        if (theme->naming != PLX_NAMED_BY_ONE || !theme->named[audience].named)
            continue;
        plx_room_open_row(room, "li", i++);
        plx_room_title(room, "span", theme);
        g_string_truncate(title, 0);
        plx_words_named(room->w, audience, &theme->named[audience], title);
        if (strchr(title->str, '('))
            g_string_truncate(title, (gsize)(strchr(title->str, '(') - title->str) - 1);
        g_string_append(title, " · ");
        plx_words_asked_all(theme->named[audience].asked, title);
        plx_html_element(room->html, "span", "asked", title->str);
        plx_html_close(room->html);
    }
    plx_html_close(room->html);
    plx_room_more(room, n);
    plx_html_close(room->html);
}

void plx_room_only(const struct plx_room *room)
{
    if (!count(room, PLX_NAMED_BY_ONE, -1))
        return;
    plx_slides_open(room->html, "only", "only");
    plx_slides_heading(room->html, room->w->n_shown > 1 ? "What others do not name" : "One view",
                       room->w->n_shown > 1 ? "What only one names" : "What is named");
    plx_html_open_class(room->html, "div", "columns");
    for (guint a = 0; a < room->w->n_audiences; a++)
        if (!room->w->audiences[a].suppressed)
            write_column(room, a);
    plx_html_close(room->html);
    plx_html_close(room->html);
}

static void write_side(const struct plx_room *room, const char *class_name, const char *title,
                       const struct plx_workshop_theme *theme)
{
    plx_html_open_class(room->html, "div", class_name);
    plx_html_element(room->html, "p", "side-title", title);
    for (guint a = 0; a < room->w->n_audiences; a++) {
        g_autoptr(GString) who = g_string_new(NULL);
        if (!theme->named[a].named)
            continue;
        plx_words_table_people(room->w, a, TRUE, who);
        plx_room_open_who(room, "p", a);
        plx_html_title(room->html, "strong", NULL, who->str);
        plx_html_text(room->html, " ");
        plx_room_seats(room, a, &theme->named[a]);
        plx_html_close(room->html);
    }
    plx_html_close(room->html);
}

void plx_room_contested(const struct plx_room *room)
{
    if (!room->w->n_contested)
        return;
    plx_slides_open(room->html, "contested", "contested");
    plx_slides_heading(room->html, "What to talk about first", "Where views part");
    plx_html_open_class(room->html, "ul", room->w->n_contested > 1 ? "parted" : "parted few");
    for (guint i = 0; i < room->w->n_contested; i++) {
        const struct plx_contested *contested = &room->w->contested[i];
        plx_room_open_row(room, "li", i >= 3 ? PLX_ROOM_ROWS : i);
        write_side(room, "side well", "Goes well", contested->well);
        plx_room_title(room, "h3", contested->theme);
        write_side(room, "side improve", "To improve", contested->improve);
        plx_html_close(room->html);
    }
    plx_html_close(room->html);
    plx_room_more(room, room->w->n_contested > 3 ? room->w->n_contested + 3 : 0);
    plx_html_close(room->html);
}
