/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page on which a visit or a walk is told, on a phone, with or without a network: the page
 * itself says nothing about the visit; its script asks for the brief and keeps it. What the script
 * says it finds in the page, so that it is in its language without a network, too. */

#include "serve/visit_page.h"

#include "base/error.h"
#include "serve/asset.h"
#include "serve/photo.h"
#include "serve/routes.h"
#include "serve/shell.h"
#include "serve/texts.h"
#include "serve/visit_words.h"
#include "store/suggestions.h"

#include <string.h>

/* What the script of the page says is below this in the catalogues of texts; with the words for
 * days, whose keys it has whole. */
#define PAGE_TEXTS "visit.page."
static const char *const day_texts[] = {"date.day", "date.first", "date.month.", "date.time"};

static gboolean is_walk(const plx_call *call)
{
    return g_str_has_prefix(call->match.route->pattern, "/walk/");
}

static const char *title_key(const plx_call *call)
{
    return is_walk(call) ? "walk.title" : "visit.title";
}

/* "/v/TOKEN", to be freed. */
static char *address(const plx_call *call, const char *rest)
{
    return g_strdup_printf("%s/%s%s", is_walk(call) ? "/walk" : "/v", plx_call_param(call, "token"),
                           rest);
}

/* Of who has no visit that would say it. */
static const char *wished_language(const plx_call *call)
{
    g_autofree char *wishes = plx_call_wishes(call);
    return plx_texts_choose(wishes, plx_texts_languages());
}

const char *plx_visit_call_language(const plx_call *call, const plx_visit *visit,
                                    const plx_map *map)
{
    const char *const said = visit->walk ? plx_fields_get(call->query, "lang") : NULL;
    g_autofree char *wishes = plx_call_wishes(call);
    return said && g_strv_contains(plx_texts_languages(), said)
               ? plx_texts_choose(said, plx_texts_languages())
               : plx_visit_language(visit, map, wishes);
}

plx_visit *plx_visit_call_open(const plx_call *call, plx_store *store, struct plx_visit_desk *desk,
                               GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autofree char *hash = plx_suggestions_hash(plx_call_param(call, "token"));
    plx_visit *const visit = plx_visit_desk_open_link(desk, store, hash, &cause);
    if (visit && visit->walk == is_walk(call))
        return visit;
    if (visit || g_error_matches(cause, PLX_ERROR, PLX_ERROR_NOT_FOUND))
        plx_error(error, PLX_ERROR_NOT_FOUND, "%s", plx_texts(wished_language(call), "visit.void"));
    else
        g_propagate_error(error, g_steal_pointer(&cause));
    return NULL;
}

/* The visit of a call that reads; NULL: the call is finished. */
static plx_visit *find(plx_call *call, struct plx_visit_desk *desk)
{
    g_autoptr(GError) error = NULL;
    plx_visit *const visit = plx_visit_call_open(call, call->store, desk, &error);
    if (!visit)
        plx_call_failed(call, error);
    return visit;
}

/* All that begin so, without the first `cut` bytes of their keys. */
static void write_texts(plx_json *json, const char *language, const char *beginning, gsize cut)
{
    g_autoptr(GPtrArray) keys = plx_texts_keys(beginning);
    for (guint i = 0; i < keys->len; i++) {
        const char *const key = keys->pdata[i];
        plx_json_string(json, key + cut, plx_texts(language, key));
    }
}

/* {"told": "What happened, in order", ...}, to be freed. */
static char *page_texts(const char *language)
{
    GString *const out = g_string_new(NULL);
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    write_texts(json, language, PAGE_TEXTS, strlen(PAGE_TEXTS));
    for (guint i = 0; i < G_N_ELEMENTS(day_texts); i++)
        write_texts(json, language, day_texts[i], 0);
    plx_json_end_object(json);
    return g_string_free(out, FALSE);
}

static void put_page(plx_call *call, const char *language)
{
    g_autofree char *manifest = address(call, "/manifest.json");
    g_autofree char *texts = page_texts(language);
    const struct plx_shell shell = {.language = language,
                                    .title = plx_texts(language, title_key(call)),
                                    .style = PLX_STYLE_VISIT,
                                    .asset = plx_call_asset_path(call, "visit.js"),
                                    .manifest = manifest};
    plx_html *const html = plx_shell_begin(&shell);
    plx_html_open(html, "div");
    plx_html_attribute(html, "id", "app");
    plx_html_attribute(html, "data-texts", texts);
    plx_html_element(html, "h1", NULL, shell.title);
    plx_html_element(html, "p", "quiet", plx_texts(language, "visit.wait"));
    plx_html_close(html);
    plx_html_element(html, "noscript", NULL, plx_texts(language, "visit.script"));
    plx_shell_send(call, &shell, html, 200, NULL);
}

/* For people, in a language that they read. */
static void put_void(plx_call *call)
{
    const char *const language = wished_language(call);
    const struct plx_shell shell = {.language = language,
                                    .title = plx_texts(language, title_key(call))};
    plx_html *const html = plx_shell_begin(&shell);
    plx_html_element(html, "h1", NULL, shell.title);
    plx_html_element(html, "p", NULL, plx_texts(language, "visit.void"));
    plx_shell_send(call, &shell, html, 404, NULL);
}

static void show_page(plx_call *call)
{
    struct plx_visit_desk desk = {0};
    g_autoptr(GError) error = NULL;
    const plx_visit *const visit = plx_visit_call_open(call, call->store, &desk, &error);
    if (visit)
        put_page(call, plx_visit_call_language(call, visit, plx_store_map(call->store)));
    else if (g_error_matches(error, PLX_ERROR, PLX_ERROR_NOT_FOUND))
        put_void(call);
    else
        plx_call_failed(call, error);
    plx_visit_desk_clear(&desk);
}

static void write_icon(plx_json *json, const char *icon)
{
    plx_json_begin_array(json, "icons");
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "src", icon);
    plx_json_string(json, "sizes", "any");
    plx_json_string(json, "type", "image/svg+xml");
    plx_json_end_object(json);
    plx_json_end_array(json);
}

/* What is said to a call that reads. */
struct saying {
    const plx_call *call;
    const plx_visit *visit;
    const plx_visit_brief *brief; /* or NULL */
    const char *language;
};

static void write_manifest(plx_json *json, gconstpointer data)
{
    const struct saying *const saying = data;
    g_autofree char *page = address(saying->call, "");
    const char *const title = plx_texts(saying->language, title_key(saying->call));
    plx_json_string(json, "id", page);
    plx_json_string(json, "name", title);
    plx_json_string(json, "short_name", title);
    plx_json_string(json, "lang", saying->language);
    plx_json_string(json, "dir", plx_texts_direction(saying->language));
    plx_json_string(json, "start_url", page);
    plx_json_string(json, "scope", page);
    plx_json_string(json, "display", "standalone");
    plx_json_string(json, "background_color", "#ffffff");
    plx_json_string(json, "theme_color", "#0b5cad");
    write_icon(json, plx_call_asset_path(saying->call, "visit.svg"));
}

static void write_brief(plx_json *json, gconstpointer data)
{
    const struct saying *const saying = data;
    g_autofree char *outside = plx_visit_outside_words(saying->visit, saying->language);
    plx_visit_brief_json(saying->brief, saying->language, json);
    plx_json_string(json, "state", plx_visit_state_name(saying->visit->state));
    plx_json_string(json, "closed", plx_visit_closed_words(saying->visit, saying->language));
    plx_json_string(json, "outside", outside);
}

static void show_manifest(plx_call *call)
{
    struct plx_visit_desk desk = {0};
    const plx_visit *const visit = find(call, &desk);
    if (visit) {
        const struct saying saying = {
            .call = call,
            .visit = visit,
            .language = plx_visit_call_language(call, visit, plx_store_map(call->store))};
        plx_call_object(call, 200, write_manifest, &saying);
    }
    plx_visit_desk_clear(&desk);
}

static void show_brief(plx_call *call)
{
    struct plx_visit_desk desk = {0};
    g_autoptr(GError) error = NULL;
    const plx_map *const map = plx_store_map(call->store);
    const plx_visit *const visit = find(call, &desk);
    g_autoptr(plx_visit_brief) brief = visit ? plx_visit_brief_new(map, visit, &error) : NULL;
    if (brief) {
        const struct saying saying = {call, visit, brief,
                                      plx_visit_call_language(call, visit, map)};
        plx_call_object(call, 200, write_brief, &saying);
    } else if (visit) {
        plx_call_failed(call, error);
    }
    plx_visit_desk_clear(&desk);
}

/* At the top, so that it may serve pages below it; never kept, so that a new one is found. */
static void show_worker(plx_call *call)
{
    g_autoptr(GBytes) bytes = plx_asset_embedded("web/visit_worker.js");
    gsize size;
    const char *const text = g_bytes_get_data(bytes, &size);
    plx_call_text(call, "text/javascript; charset=utf-8", g_string_new_len(text, (gssize)size));
}

/* Both kinds have the same addresses below their own. */
#define ROUTES(path, noun)                                                                         \
    {.method = PLX_HTTP_GET,                                                                       \
     .pattern = path "/{token:token}",                                                             \
     .summary = "The page on which a " noun " is told",                                            \
     .handle = show_page},                                                                         \
        {.method = PLX_HTTP_GET,                                                                   \
         .pattern = path "/{token:token}/manifest.json",                                           \
         .summary = "What makes the page of a " noun " an app",                                    \
         .handle = show_manifest},                                                                 \
        {.method = PLX_HTTP_GET,                                                                   \
         .pattern = path "/{token:token}/brief",                                                   \
         .summary = "The brief of a " noun ", and whether something may be told",                  \
         .handle = show_brief},                                                                    \
        {.method = PLX_HTTP_PUT,                                                                   \
         .pattern = path "/{token:token}/photo/{photo:token}",                                     \
         .body = PLX_PHOTO_BYTES_MAX,                                                              \
         .place = PLX_ON_PICTURE_WORKER,                                                           \
         .summary = "A picture of a " noun ", under an id that the phone made",                    \
         .handle = plx_visit_take_photo},                                                          \
        {.method = PLX_HTTP_POST,                                                                  \
         .pattern = path "/{token:token}/report",                                                  \
         .body = PLX_VISIT_REPORT_BYTES_MAX,                                                       \
         .summary = "What was told of a " noun ", under an id that the phone made",                \
         .handle = plx_visit_take_report},

const struct plx_route plx_routes_visit[] = {
    ROUTES("/v", "visit") ROUTES("/walk", "walk"){.method = PLX_HTTP_GET,
                                                  .pattern = "/visit-worker.js",
                                                  .summary = "Keeps the pages of visits and walks "
                                                             "for when there is no network",
                                                  .handle = show_worker},
    {.pattern = NULL},
};
