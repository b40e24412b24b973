/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the pages of a workshop have in common. */

#include "serve/workshop_page.h"

#include "serve/people.h"
#include "serve/texts.h"

const struct plx_workshop_question plx_workshop_questions[PLX_WORKSHOP_QUESTIONS] = {
    {"well", "well", PLX_SURPRISE_NONE},         {"improve", "improve", PLX_SURPRISE_NONE},
    {"competitors.good", "competitors", 1},      {"competitors.bad", "competitors", -1},
    {"continue", "continue", PLX_SURPRISE_NONE}, {"easier", "easier", PLX_SURPRISE_NONE},
    {"moment", "moment", PLX_SURPRISE_NONE},
};

guint *plx_workshop_points(const plx_map *map, const struct plx_gathering *gathering, guint *n)
{
    const gint only = gathering->journey ? plx_map_find_journey(map, gathering->journey) : -1;
    g_autofree gboolean *has = g_new0(gboolean, map->n_points + 1);
    guint *const points = g_new0(guint, map->n_points + 1);
    *n = 0;
    for (guint j = 0; j < map->n_journeys; j++) {
        if (gathering->journey && (gint)j != only)
            continue;
        for (guint t = 0; t < map->journeys[j].n_transactions; t++) {
            const struct plx_transaction *const part = &map->journeys[j].transactions[t];
            for (guint p = 0; p < part->n_points; p++) {
                if (!has[part->points[p]])
                    points[(*n)++] = part->points[p];
                has[part->points[p]] = TRUE;
            }
        }
    }
    return points;
}

char *plx_workshop_screen(const struct plx_gathering *gathering)
{
    return g_strdup_printf("%s.%" G_GINT64_FORMAT ".%d", plx_gathering_phase_name(gathering->phase),
                           gathering->moment, gathering->told ? 1 : 0);
}

const char *plx_workshop_people(const struct plx_workshop_view *view, const char *audience)
{
    return plx_people_label(view->map, audience, view->language);
}

void plx_workshop_open(plx_html *html, const struct plx_workshop_view *view, const char *kind)
{
    g_autofree char *state = g_strdup_printf("/w/%s/state", view->gathering->code);
    g_autofree char *screen = plx_workshop_screen(view->gathering);
    plx_html_open(html, "div");
    plx_html_attribute(html, "id", "workshop");
    plx_html_attribute(html, "class", kind);
    plx_html_attribute(html, "data-state", state);
    plx_html_attribute(html, "data-screen", screen);
    plx_html_attribute(html, "data-offline", plx_workshop_say(view, "workshop.offline"));
    plx_html_attribute(html, "data-saved", plx_workshop_say(view, "workshop.saved"));
    plx_html_attribute(html, "data-moved", plx_workshop_say(view, "workshop.moved"));
}

void plx_workshop_form(plx_html *html, const struct plx_workshop_view *view, const char *kind,
                       const char *what)
{
    g_autofree char *action = kind
                                  ? g_strdup_printf("/w/%s/%s/%s%s%s", view->gathering->code, kind,
                                                    view->secret, what ? "/" : "", what ? what : "")
                                  : g_strdup_printf("/w/%s", view->gathering->code);
    plx_html_open(html, "form");
    plx_html_attribute(html, "method", "post");
    plx_html_attribute(html, "action", action);
    if (what)
        plx_html_attribute(html, "id", what);
}

void plx_workshop_button(plx_html *html, const char *class_name, const char *name,
                         const char *value, const char *words)
{
    plx_html_open(html, "button");
    plx_html_attribute(html, "type", "submit");
    plx_html_attribute(html, "class", class_name);
    plx_html_attribute(html, "name", name);
    plx_html_attribute(html, "value", value);
    plx_html_text(html, words);
    plx_html_close(html);
}

void plx_workshop_fault(plx_html *html, const struct plx_workshop_view *view)
{
    if (!view->fault)
        return;
    plx_html_open_class(html, "p", "bad");
    plx_html_attribute(html, "role", "alert");
    plx_html_text(html, view->fault);
    plx_html_close(html);
}

const char *plx_workshop_sent(const struct plx_workshop_view *view, const char *name)
{
    return view->fields ? plx_fields_get(view->fields, name) : NULL;
}

void plx_workshop_choice(plx_html *html, const char *type, const char *name, const char *value,
                         gboolean chosen, const char *words)
{
    plx_html_open(html, "label");
    plx_html_open(html, "input");
    plx_html_attribute(html, "type", type);
    plx_html_attribute(html, "name", name);
    plx_html_attribute(html, "value", value);
    if (chosen)
        plx_html_attribute(html, "checked", "checked");
    plx_html_close(html);
    plx_html_element(html, "span", NULL, words);
    plx_html_close(html);
}

void plx_workshop_asking_init(struct plx_workshop_asking *asking,
                              const struct plx_workshop_view *view)
{
    *asking = (struct plx_workshop_asking){.plan = {.map = view->map},
                                           .view = {.language = view->language}};
    asking->view.plan = &asking->plan;
}

void plx_workshop_ask(plx_html *html, const struct plx_workshop_view *view)
{
    struct plx_workshop_asking asking;
    plx_workshop_asking_init(&asking, view);
    plx_form_believed(html, &asking.view);
}

/* "So far ..." while the room still guesses. */
static char *few_so_far(const struct plx_workshop_view *view)
{
    g_autofree char *persons = g_strdup_printf("%d", view->room.persons);
    g_autofree char *minimum = g_strdup_printf("%d", view->room.minimum);
    return plx_texts_fill(view->language, "workshop.few",
                          plx_workshop_people(view, view->room.audience), persons, minimum,
                          (char *)NULL);
}

void plx_workshop_why(plx_html *html, const struct plx_workshop_view *view)
{
    const gboolean still =
        view->gathering->phase == PLX_GATHERING_GUESS && view->room.state == PLX_ROOM_FEW;
    g_autofree char *text =
        still ? few_so_far(view) : plx_room_why(view->map, &view->room, view->language);
    if (text)
        plx_html_element(html, "p", "why", text);
}

const char *plx_workshop_say(const struct plx_workshop_view *view, const char *key)
{
    return plx_texts(view->language, key);
}
