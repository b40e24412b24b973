/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page on which a visit or a walk is told, on a phone, with or without a network: the page
 * itself says nothing about the visit; its script asks for the brief and keeps it. */

#include "serve/visit_page.h"

#include "base/error.h"
#include "base/json.h"
#include "form/visit_brief.h"
#include "serve/asset.h"
#include "serve/photo.h"
#include "serve/routes.h"
#include "serve/shell.h"
#include "store/suggestions.h"

#include <string.h>

#define TITLE_VISIT "Your visit"
#define TITLE_WALK "Your walk"

static gboolean is_walk(const plx_call *call)
{
    return g_str_has_prefix(call->match.route->pattern, "/walk/");
}

/* "/v/TOKEN", to be freed. */
static char *address(const plx_call *call, const char *rest)
{
    return g_strdup_printf("%s/%s%s", is_walk(call) ? "/walk" : "/v", plx_call_param(call, "token"),
                           rest);
}

plx_visit *plx_visit_call_find(const plx_call *call, const struct plx_visit_desk *desk,
                               GError **error)
{
    g_autofree char *hash = plx_suggestions_hash(plx_call_param(call, "token"));
    plx_visit *const visit = plx_visit_linked(desk->list, hash);
    if (visit && visit->walk == is_walk(call))
        return visit;
    plx_error(error, PLX_ERROR_NOT_FOUND,
              "This link does not work, or not any more. Please ask whoever gave it to you.");
    return NULL;
}

/* The visit of a call that reads; NULL: the call is finished. */
static plx_visit *find(plx_call *call, struct plx_visit_desk *desk)
{
    g_autoptr(GError) error = NULL;
    plx_visit *const visit = plx_visit_desk_open(desk, call->store, &error)
                                 ? plx_visit_call_find(call, desk, &error)
                                 : NULL;
    if (!visit)
        plx_call_failed(call, error);
    return visit;
}

static void show_page(plx_call *call)
{
    struct plx_visit_desk desk = {0};
    if (find(call, &desk)) {
        g_autofree char *asset = plx_asset_path("visit.js");
        g_autofree char *manifest = address(call, "/manifest.json");
        const struct plx_shell shell = {.language = "en",
                                        .title = is_walk(call) ? TITLE_WALK : TITLE_VISIT,
                                        .style = "web/visit.css",
                                        .asset = asset,
                                        .manifest = manifest};
        plx_html *const html = plx_shell_begin(&shell);
        plx_html_open(html, "div");
        plx_html_attribute(html, "id", "app");
        plx_html_element(html, "h1", NULL, shell.title);
        plx_html_element(html, "p", "quiet", "One moment …");
        plx_html_close(html);
        plx_html_element(html, "noscript", NULL,
                         "This page keeps what you note on your phone until it can be sent. For "
                         "that it needs JavaScript, which is switched off here.");
        plx_shell_send(call, &shell, html, 200, NULL);
    }
    plx_visit_desk_clear(&desk);
}

static void write_icon(plx_json *json)
{
    g_autofree char *icon = plx_asset_path("visit.svg");
    plx_json_begin_array(json, "icons");
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "src", icon);
    plx_json_string(json, "sizes", "any");
    plx_json_string(json, "type", "image/svg+xml");
    plx_json_end_object(json);
    plx_json_end_array(json);
}

static GString *write_manifest(const plx_call *call)
{
    GString *const text = g_string_new(NULL);
    g_autoptr(plx_json) json = plx_json_new(text);
    g_autofree char *page = address(call, "");
    const char *const title = is_walk(call) ? TITLE_WALK : TITLE_VISIT;
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "id", page);
    plx_json_string(json, "name", title);
    plx_json_string(json, "short_name", title);
    plx_json_string(json, "start_url", page);
    plx_json_string(json, "scope", page);
    plx_json_string(json, "display", "standalone");
    plx_json_string(json, "background_color", "#ffffff");
    plx_json_string(json, "theme_color", "#0b5cad");
    write_icon(json);
    plx_json_end_object(json);
    return text;
}

static void show_manifest(plx_call *call)
{
    struct plx_visit_desk desk = {0};
    if (find(call, &desk))
        plx_call_json(call, 200, write_manifest(call), NULL);
    plx_visit_desk_clear(&desk);
}

static GString *write_brief(const plx_visit_brief *brief)
{
    GString *const text = g_string_new(NULL);
    g_autoptr(plx_json) json = plx_json_new(text);
    g_autofree char *closed = plx_visit_closed_words(brief->visit);
    plx_json_begin_object(json, NULL);
    plx_visit_brief_json(brief, json);
    plx_json_string(json, "state", plx_visit_state_name(brief->visit->state));
    plx_json_string(json, "closed", closed);
    plx_json_end_object(json);
    return text;
}

static void show_brief(plx_call *call)
{
    struct plx_visit_desk desk = {0};
    g_autoptr(GError) error = NULL;
    const plx_visit *const visit = find(call, &desk);
    g_autoptr(plx_visit_brief) brief =
        visit ? plx_visit_brief_new(plx_store_map(call->store), visit, &error) : NULL;
    if (brief)
        plx_call_json(call, 200, write_brief(brief), NULL);
    else if (visit)
        plx_call_failed(call, error);
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
         .place = PLX_ON_HARD_WORKER,                                                              \
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
