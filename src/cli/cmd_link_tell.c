/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links as text, CSV and JSON. */
#include "base/csv.h"
#include "base/date.h"
#include "base/json.h"
#include "cli/cmd_link.h"
#include "cli/cmd_step.h"
#include "report/story.h"
#include "report/words.h"

#include <string.h>

char *plx_link_address(const struct plx_link *link, const char *token, const char *base)
{
    const char *const way = link->kind == PLX_LINK_KIOSK ? "/k/" : "/f/";
    return g_strconcat(base ? base : "", way, token, NULL);
}

/* What it asks for, where the map of the day still has it. */
static gboolean settings_of(const struct plx_link_view *view, const struct plx_link *link,
                            struct plx_form_settings *settings)
{
    return plx_form_settings_read(view->map, link->settings, "link", settings, NULL);
}

/* Just made ------------------------------------------------------------------------------------ */

static void put_cell(GString *out, const char *text, char end)
{
    plx_csv_append_safe(out, text ? text : "", ',');
    g_string_append_c(out, end);
}

/* Of `single` all addresses are of the one link, else each of its own. */
static const struct plx_link *link_of(const struct plx_link *const *links, guint n, guint address)
{
    return links[MIN(address, n - 1)];
}

static void made_csv(const struct plx_link_view *view, const struct plx_link *const *links, guint n,
                     char *const *addresses, GString *out)
{
    g_string_append(out, "link,place,path,url\n");
    for (guint i = 0; addresses[i]; i++) {
        const struct plx_link *const link = link_of(links, n, i);
        g_autofree char *path = plx_link_address(link, addresses[i], NULL);
        g_autofree char *url = view->base ? plx_link_address(link, addresses[i], view->base) : NULL;
        g_string_append_printf(out, "%" G_GINT64_FORMAT ",", link->id);
        put_cell(out, link->place, ',');
        put_cell(out, path, ',');
        put_cell(out, url, '\n');
    }
}

static void put_address(const struct plx_link_view *view, plx_json *json,
                        const struct plx_link *link, const char *token)
{
    g_autofree char *path = token ? plx_link_address(link, token, NULL) : NULL;
    g_autofree char *url = token && view->base ? plx_link_address(link, token, view->base) : NULL;
    plx_json_string(json, "path", path);
    plx_json_string(json, "url", url);
}

static void put_day(plx_json *json, const char *key, gint32 day)
{
    if (day == PLX_LINK_ALWAYS)
        plx_json_null(json, key);
    else
        plx_json_day(json, key, day);
}

/* The members of a link; `token` NULL: its own, if it has one. */
static void put_link(const struct plx_link_view *view, plx_json *json, const struct plx_link *link,
                     const char *token)
{
    plx_json_integer(json, "link", link->id);
    plx_json_string(json, "kind", plx_link_kind_name(link->kind));
    plx_json_string(json, "state", plx_link_state_name(plx_link_state(link, view->day)));
    put_address(view, json, link, token ? token : link->token);
    plx_json_string(json, "audience", link->audience);
    plx_json_string(json, "identity", plx_identity_name((int)link->identity));
    plx_json_string(json, "place", link->place);
    plx_json_string(json, "channel", link->channel);
    plx_link_asks_json(view, json, link);
    put_day(json, "opens", link->opens);
    put_day(json, "closes", link->closes);
    if (link->quota > 0)
        plx_json_integer(json, "quota", link->quota);
    else
        plx_json_null(json, "quota");
    plx_json_integer(json, "completed", link->completed);
    plx_json_day(json, "created", link->created);
}

/* All addresses; and of one link what it is. */
static void made_json(const struct plx_link_view *view, const struct plx_link *const *links,
                      guint n, char *const *addresses, GString *out)
{
    const gboolean one = n == 1 && links[0]->kind != PLX_LINK_SINGLE;
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", one ? "parallax.link/1" : "parallax.addresses/1");
    if (one)
        put_link(view, json, links[0], addresses[0]);
    plx_json_begin_array(json, "addresses");
    for (guint i = 0; addresses[i]; i++) {
        const struct plx_link *const link = link_of(links, n, i);
        plx_json_begin_object(json, NULL);
        plx_json_integer(json, "link", link->id);
        plx_json_string(json, "place", link->place);
        put_address(view, json, link, addresses[i]);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
    plx_json_end_object(json);
}

void plx_link_tell_made(const struct plx_link_view *view, const struct plx_link *const *links,
                        guint n, char *const *addresses, const char *format, GString *out)
{
    if (strcmp(format, "json") == 0) {
        made_json(view, links, n, addresses, out);
        return;
    }
    if (strcmp(format, "csv") == 0) {
        made_csv(view, links, n, addresses, out);
        return;
    }
    for (guint i = 0; addresses[i]; i++) {
        const struct plx_link *const link = link_of(links, n, i);
        g_autofree char *address = plx_link_address(link, addresses[i], view->base);
        g_string_append_printf(out, "%s%s%s\n", address, link->place ? "  " : "",
                               link->place ? link->place : "");
    }
}

/* Of a workspace ------------------------------------------------------------------------------- */

static void links_json(const struct plx_link_view *view, const GPtrArray *links, GString *out)
{
    g_autoptr(plx_json) json = plx_cmd_json_begin_list(out, "parallax.links/1", "links");
    for (guint i = 0; i < links->len; i++) {
        plx_json_begin_object(json, NULL);
        put_link(view, json, links->pdata[i], NULL);
        plx_json_end_object(json);
    }
    plx_cmd_json_end_list(json);
}

static void links_csv(const struct plx_link_view *view, const GPtrArray *links, GString *out)
{
    g_string_append(out, "link,kind,state,audience,identity,place,channel,completed,quota,closes,"
                         "path\n");
    for (guint i = 0; i < links->len; i++) {
        const struct plx_link *const link = links->pdata[i];
        char day[PLX_DATE_SIZE] = "";
        g_autofree char *path = link->token ? plx_link_address(link, link->token, NULL) : NULL;
        if (link->closes != PLX_LINK_ALWAYS)
            plx_date_format(link->closes, day);
        g_string_append_printf(out, "%" G_GINT64_FORMAT ",%s,%s,", link->id,
                               plx_link_kind_name(link->kind),
                               plx_link_state_name(plx_link_state(link, view->day)));
        put_cell(out, link->audience, ',');
        put_cell(out, plx_identity_name((int)link->identity), ',');
        put_cell(out, link->place, ',');
        put_cell(out, link->channel, ',');
        g_string_append_printf(out, "%" G_GINT64_FORMAT ",", link->completed);
        if (link->quota > 0)
            g_string_append_printf(out, "%" G_GINT64_FORMAT, link->quota);
        g_string_append_printf(out, ",%s,", day);
        put_cell(out, path, '\n');
    }
}

/* "any journey", the title of one (of the only one, where there is one), or that it is gone. */
static const char *about_of(const struct plx_link_view *view, const struct plx_link *link)
{
    struct plx_form_settings settings;
    if (!settings_of(view, link, &settings))
        return "no longer on the map";
    if (settings.journey < 0 && view->map->n_journeys != 1)
        return "any journey";
    return view->map->journeys[MAX(settings.journey, 0)].title;
}

/* What it asks, of whom. */
static void add_asked(const struct plx_link_view *view, plx_story *story,
                      const struct plx_link *link)
{
    struct plx_form_settings settings;
    const char *const said =
        settings_of(view, link, &settings) ? plx_form_settings_language(&settings) : NULL;
    plx_story_cellf(story, "%" G_GINT64_FORMAT, link->id);
    plx_story_cell(story, plx_link_kind_name(link->kind));
    plx_story_cell(story, link->audience);
    plx_story_cell(story, plx_identity_name((int)link->identity));
    plx_story_cell(story, about_of(view, link));
    plx_story_cell(story, said ? said : "reader's");
}

/* Where, and how far it is. */
static void add_state(const struct plx_link_view *view, plx_story *story,
                      const struct plx_link *link)
{
    g_autofree char *path = link->token ? plx_link_address(link, link->token, NULL) : NULL;
    plx_story_cellf(story, "%" G_GINT64_FORMAT, link->id);
    plx_story_cell(story, link->place);
    if (link->quota > 0)
        plx_story_cellf(story, "%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT, link->completed,
                        link->quota);
    else
        plx_story_cellf(story, "%" G_GINT64_FORMAT, link->completed);
    plx_story_cell(story, plx_link_state_name(plx_link_state(link, view->day)));
    plx_story_cell(story, path);
}

/* In two tables, as one with all of it is too wide for a terminal. */
static void add_tables(const struct plx_link_view *view, plx_story *story, const GPtrArray *links)
{
    static const struct plx_story_column asked[] = {
        {"Link", PLX_STORY_NUMBER},    {"Kind", PLX_STORY_TEXT},  {"Of whom", PLX_STORY_TEXT},
        {"Identity", PLX_STORY_WHOLE}, {"About", PLX_STORY_WIDE}, {"Language", PLX_STORY_WHOLE}};
    static const struct plx_story_column states[] = {{"Link", PLX_STORY_NUMBER},
                                                     {"Place", PLX_STORY_TEXT},
                                                     {"Completed", PLX_STORY_NUMBER},
                                                     {"State", PLX_STORY_TEXT},
                                                     {"Address", PLX_STORY_WHOLE}};
    plx_story_table(story, NULL, asked, G_N_ELEMENTS(asked));
    for (guint i = 0; i < links->len; i++)
        add_asked(view, story, links->pdata[i]);
    plx_story_table(story, NULL, states, G_N_ELEMENTS(states));
    for (guint i = 0; i < links->len; i++)
        add_state(view, story, links->pdata[i]);
}

static void tell(plx_story *story, plx_app *app)
{
    const struct plx_table_options options = plx_cmd_step_form(app);
    plx_story_text(story, &options, plx_app_out(app));
    plx_story_free(story);
}

void plx_links_tell(const struct plx_link_view *view, const GPtrArray *links, const char *format,
                    plx_app *app)
{
    if (strcmp(format, "json") == 0) {
        links_json(view, links, plx_app_out(app));
        return;
    }
    if (strcmp(format, "csv") == 0) {
        links_csv(view, links, plx_app_out(app));
        return;
    }
    plx_story *const story = plx_story_new("links", "Links to forms");
    g_autofree char *n = plx_cmd_count(links->len, "link", "links");
    g_autofree char *lead = links->len > 0
                                ? g_strdup_printf("%s to forms.", n)
                                : g_strdup("No links to forms yet: parallax link create WS");
    plx_story_lead(story, lead);
    if (links->len > 0)
        add_tables(view, story, links);
    tell(story, app);
}

/* One ------------------------------------------------------------------------------------------ */

static char *names_of(guint32 mask, const plx_map *map)
{
    GString *const names = g_string_new(NULL);
    for (guint i = 0; mask >> i; i++)
        if (mask >> i & 1)
            g_string_append_printf(names, "%s%s", names->len ? ", " : "",
                                   map ? map->measures[i].id : plx_form_prompt(i));
    return g_string_free(names, FALSE);
}

static void item(plx_story *story, const char *what, const char *text)
{
    g_autofree char *line = g_strdup_printf("%s: %s", what, text);
    plx_story_item(story, NULL, line);
}

static void tell_asked(const struct plx_link_view *view, const struct plx_link *link,
                       plx_story *story)
{
    struct plx_form_settings settings;
    if (!settings_of(view, link, &settings)) {
        item(story, "asks", "the map has no longer what it asks for");
        return;
    }
    g_autofree char *measures = names_of(settings.measures, view->map);
    g_autofree char *questions = names_of(settings.questions, NULL);
    char few[12];
    g_snprintf(few, sizeof few, "%u", settings.points);
    g_autofree char *chosen =
        settings.n_only ? plx_form_settings_only_text(view->map, &settings) : NULL;
    const gboolean whole = settings.all || (chosen && settings.n_only <= PLX_FORM_POINTS_MAX);
    g_autofree char *points = g_strdup_printf("%s %s%s", whole ? "all" : few,
                                              chosen                 ? "of these: "
                                              : settings.journey < 0 ? "points of one journey"
                                                                     : "points of the journey",
                                              chosen ? chosen : "");
    item(story, "about", about_of(view, link));
    item(story, "points", points);
    item(story, "measures", measures);
    item(story, "questions", *questions ? questions : "none");
    const char *const language = plx_form_settings_language(&settings);
    item(story, "language", language ? language : "the reader's");
}

static void tell_when(const struct plx_link_view *view, const struct plx_link *link,
                      plx_story *story)
{
    char day[PLX_DATE_SIZE];
    g_autofree char *completed = link->quota > 0
                                     ? g_strdup_printf("%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT,
                                                       link->completed, link->quota)
                                     : g_strdup_printf("%" G_GINT64_FORMAT, link->completed);
    item(story, "identity", plx_identity_name((int)link->identity));
    if (link->place)
        item(story, "place", link->place);
    if (link->channel)
        item(story, "channel", link->channel);
    if (link->opens != PLX_LINK_ALWAYS)
        item(story, "opens", plx_date_format(link->opens, day));
    if (link->closes != PLX_LINK_ALWAYS)
        item(story, "closes", plx_date_format(link->closes, day));
    item(story, "completed", completed);
    item(story, "state", plx_link_state_name(plx_link_state(link, view->day)));
}

void plx_link_tell(const struct plx_link_view *view, const struct plx_link *link,
                   const char *format, plx_app *app)
{
    if (strcmp(format, "json") == 0) {
        g_autoptr(plx_json) json = plx_json_new(plx_app_out(app));
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "schema", "parallax.link/1");
        put_link(view, json, link, NULL);
        plx_json_end_object(json);
        return;
    }
    plx_story *const story = plx_story_new("link", "Link to a form");
    const gint a = plx_map_find_audience(view->map, link->audience);
    g_autoptr(GString) lead = g_string_new(NULL);
    g_string_append_printf(lead, "Link %" G_GINT64_FORMAT " (%s) asks ", link->id,
                           plx_link_kind_name(link->kind));
    plx_words_audience_people(link->audience,
                              a < 0 ? link->audience : view->map->audiences[a].title, lead);
    g_string_append_c(lead, '.');
    plx_story_lead(story, lead->str);
    if (link->token) {
        g_autofree char *address = plx_link_address(link, link->token, view->base);
        plx_story_code(story, address);
    }
    tell_asked(view, link, story);
    tell_when(view, link, story);
    tell(story, app);
}
