/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/kiosk.h"

#include "base/json.h"
#include "serve/form_parts.h"
#include "serve/texts.h"

#include <string.h>

/* Forms and kiosks say things the same way. */
static struct plx_form_view words_of(const struct plx_kiosk_view *view, guint plan)
{
    return (struct plx_form_view){
        .plan = view->plans[plan], .language = view->language, .place = view->place};
}

static const char *text(const struct plx_kiosk_view *view, const char *key)
{
    return plx_texts(view->language, key);
}

/* What the script needs to know ---------------------------------------------------------------- */

/* The place of a point in the list, which is made longer where it is not there yet. */
static guint place_of(GArray *points, guint point)
{
    for (guint i = 0; i < points->len; i++)
        if (g_array_index(points, guint, i) == point)
            return i;
    g_array_append_val(points, point);
    return points->len - 1;
}

/* "plans": journey and places in "points", one guest each. */
static void write_plans(plx_json *json, const struct plx_kiosk_view *view, GArray *points)
{
    plx_json_begin_array(json, "plans");
    for (guint i = 0; i < view->n_plans; i++) {
        const plx_form_plan *const plan = view->plans[i];
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "journey", plan->map->journeys[plan->journey].id);
        g_autofree gint64 *places = g_new(gint64, plan->n_points);
        for (guint k = 0; k < plan->n_points; k++)
            places[k] = place_of(points, plan->points[k].point);
        plx_json_integers(json, "points", places, plan->n_points);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void write_points(plx_json *json, const struct plx_kiosk_view *view, const GArray *points)
{
    const struct plx_form_view words = words_of(view, 0);
    const plx_map *const map = words.plan->map;
    plx_json_begin_array(json, "points");
    for (guint i = 0; i < points->len; i++) {
        const struct plx_point *const point = &map->points[g_array_index(points, guint, i)];
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "id", point->id);
        plx_json_string(json, "title", plx_form_map_text(&words, point->title));
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void write_texts(plx_json *json, const struct plx_kiosk_view *view)
{
    static const char *const states[] = {"waiting", "offline", "full"};
    plx_json_begin_object(json, "texts");
    for (guint i = 0; i < G_N_ELEMENTS(states); i++) {
        g_autofree char *key = g_strconcat("kiosk.", states[i], NULL);
        plx_json_string(json, states[i], text(view, key));
    }
    plx_json_string(json, "again", text(view, "kiosk.idle.text"));
    plx_json_end_object(json);
}

/* To be freed. */
static char *setup_text(const struct plx_kiosk_view *view)
{
    GString *const out = g_string_new(NULL);
    g_autoptr(plx_json) json = plx_json_new(out);
    g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(guint));
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "link", view->address);
    plx_json_string(json, "language", view->language);
    write_plans(json, view, points);
    write_points(json, view, points);
    write_texts(json, view);
    plx_json_end_object(json);
    return g_string_free(out, FALSE);
}

/* What is seen --------------------------------------------------------------------------------- */

static void put_level(plx_html *html, const struct plx_kiosk_view *view, const char *field,
                      gint value)
{
    const struct plx_form_view words = words_of(view, 0);
    const struct plx_scale *const scale = plx_form_scale(words.plan, PLX_MEASURE_LEVEL);
    g_autofree char *number = g_strdup_printf("%d", value);
    g_autofree char *sentence = plx_form_value_words(&words, PLX_MEASURE_LEVEL, scale, value, NULL);
    /* Six shades from the worst to the best, whatever the scale. */
    const gint step = 1 + (value - scale->min) * 5 / MAX(1, scale->max - scale->min);
    g_autofree char *shade = g_strdup_printf("level s%d", scale->down ? 7 - step : step);
    plx_html_open_class(html, "button", shade);
    plx_html_attribute(html, "name", field);
    plx_html_attribute(html, "value", number);
    plx_html_text(html, sentence);
    plx_html_close(html);
}

static void put_levels(plx_html *html, const struct plx_kiosk_view *view, const char *field)
{
    const struct plx_scale *const scale = plx_form_scale(view->plans[0], PLX_MEASURE_LEVEL);
    plx_html_open_class(html, "div", "levels");
    plx_html_attribute(html, "role", "group");
    plx_html_attribute(html, "aria-labelledby", "point");
    for (gint value = scale->min; value <= scale->max; value++)
        put_level(html, view, field, value);
    plx_html_close(html);
}

/* A button that only scripts show. */
static void put_hidden_button(plx_html *html, const char *id, const char *kind, const char *words)
{
    plx_html_open_class(html, "button", kind);
    plx_html_attribute(html, "type", "button");
    plx_html_attribute(html, "id", id);
    plx_html_text(html, words);
    plx_html_close(html);
}

/* A way out of the question, which is an answer as well. */
static void put_way(plx_html *html, const char *field, const char *value, const char *words)
{
    plx_html_open_class(html, "button", "second");
    plx_html_attribute(html, "name", field);
    plx_html_attribute(html, "value", value);
    plx_html_text(html, words);
    plx_html_close(html);
}

static void put_ways(plx_html *html, const struct plx_kiosk_view *view, const char *field)
{
    plx_html_open_class(html, "div", "ways");
    put_way(html, field, "na", text(view, "form.na"));
    put_way(html, field, "declined", text(view, "kiosk.skip"));
    plx_html_open_class(html, "span", "scripted");
    plx_html_attribute(html, "hidden", "hidden");
    put_hidden_button(html, "back", "second", text(view, "form.back"));
    put_hidden_button(html, "done", "second", text(view, "kiosk.done"));
    plx_html_close(html);
    plx_html_close(html);
}

static void put_question(plx_html *html, const struct plx_kiosk_view *view)
{
    const struct plx_form_view words = words_of(view, 0);
    const plx_form_plan *const plan = words.plan;
    const struct plx_point *const point = &plan->map->points[plan->points[0].point];
    g_autofree char *field =
        plx_form_field_name(plan, PLX_MEASURE_LEVEL, (gint)plan->points[0].point);
    g_autofree char *to = g_strdup_printf("/k/%s/%s", view->address, view->token);
    g_autofree char *setup = setup_text(view);
    plx_html_open(html, "form");
    plx_html_attribute(html, "id", "kiosk");
    plx_html_attribute(html, "method", "post");
    plx_html_attribute(html, "action", to);
    plx_html_attribute(html, "data-kiosk", setup);
    plx_form_hidden(html, "_journey", plan->map->journeys[plan->journey].id);
    plx_form_hidden(html, "_lang", view->language);
    plx_html_open(html, "h1");
    plx_html_attribute(html, "id", "point");
    plx_html_attribute(html, "tabindex", "-1");
    plx_html_attribute(html, "dir", "auto");
    plx_html_text(html, plx_form_map_text(&words, point->title));
    plx_html_close(html);
    plx_html_element(html, "p", "question", text(view, "kiosk.title"));
    put_levels(html, view, field);
    put_ways(html, view, field);
    plx_html_close(html);
}

/* Thanks, that it is closed, and "are you still there?": what scripts show. */
static void put_between(plx_html *html, const struct plx_kiosk_view *view)
{
    plx_html_open_class(html, "section", "between");
    plx_html_attribute(html, "id", "thanks");
    plx_html_attribute(html, "hidden", "hidden");
    plx_html_open(html, "h1"); /* the only one while it is shown */
    plx_html_attribute(html, "id", "thanked");
    plx_html_attribute(html, "tabindex", "-1");
    plx_html_text(html, text(view, "kiosk.thanks.title"));
    plx_html_close(html);
    plx_html_element(html, "p", NULL, text(view, "kiosk.thanks.text"));
    put_hidden_button(html, "next", NULL, text(view, "kiosk.start"));
    put_hidden_button(html, "undo", "second", text(view, "form.back"));
    plx_html_close(html);
    plx_html_open_class(html, "section", "between");
    plx_html_attribute(html, "id", "shut");
    plx_html_attribute(html, "hidden", "hidden");
    plx_html_open(html, "h1");
    plx_html_attribute(html, "id", "closed");
    plx_html_attribute(html, "tabindex", "-1");
    plx_html_text(html, text(view, "kiosk.closed"));
    plx_html_close(html);
    plx_html_close(html);
    plx_html_open_class(html, "section", "still");
    plx_html_attribute(html, "id", "still");
    plx_html_attribute(html, "role", "alert");
    plx_html_attribute(html, "hidden", "hidden");
    plx_html_element(html, "p", NULL, text(view, "kiosk.idle"));
    plx_html_open(html, "p");
    plx_html_attribute(html, "id", "again");
    plx_html_attribute(html, "aria-hidden", "true"); /* it changes every second */
    plx_html_close(html);
    put_hidden_button(html, "stay", NULL, text(view, "kiosk.idle.stay"));
    plx_html_close(html);
}

static void put_languages(plx_html *html, const struct plx_kiosk_view *view)
{
    const char *offered[PLX_FORM_OFFERED_MAX];
    if (*view->plans[0]->settings.language)
        return;
    plx_form_offered(&view->plans[0]->settings, offered);
    g_autofree char *address = g_strconcat("/k/", view->address, NULL);
    plx_form_languages(html, "languages", offered, view->language, address);
}

void plx_kiosk_page(plx_html *html, const struct plx_kiosk_view *view)
{
    if (view->thanked) {
        plx_html_open_class(html, "p", "quiet");
        plx_html_attribute(html, "role", "status");
        plx_html_text(html, text(view, "kiosk.thanks.title"));
        plx_html_close(html);
    }
    const struct plx_form_view words = words_of(view, 0);
    plx_html_open_class(html, "p", "quiet asker");
    plx_form_asker(html, &words);
    plx_html_close(html);
    put_question(html, view);
    put_between(html, view);
    put_languages(html, view);
    if (view->anonymous)
        plx_html_element(html, "p", "quiet", text(view, "kiosk.privacy"));
    plx_html_open_class(html, "p", "quiet");
    plx_html_attribute(html, "id", "state");
    plx_html_attribute(html, "role", "status");
    plx_html_close(html);
}
