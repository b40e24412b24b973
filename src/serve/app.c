/* SPDX-License-Identifier: GPL-3.0-or-later */

/* /app and what is below it: the page that the app of web/ runs in. All its addresses are one page;
 * the script finds the place by the path. */

#include "report/html.h"
#include "serve/guard.h"
#include "serve/routes.h"
#include "serve/server_private.h"
#include "serve/texts.h"

#include <string.h>

static void put_script(plx_html *html, const char *path)
{
    plx_html_open(html, "script");
    plx_html_attribute(html, "type", "module");
    plx_html_attribute(html, "src", path);
    plx_html_close(html);
}

/* The texts of one language come first: the app finds them there. */
static void put_head(plx_html *html, const plx_call *call, const char *language)
{
    g_autofree char *texts = g_strdup_printf("texts-%s.js", language);
    plx_html_open(html, "head");
    plx_html_open(html, "meta");
    plx_html_attribute(html, "charset", "utf-8");
    plx_html_close(html);
    plx_html_meta(html, "viewport", "width=device-width, initial-scale=1");
    plx_html_meta(html, "color-scheme", "light dark");
    plx_html_element(html, "title", NULL, "Parallax");
    plx_html_open(html, "link");
    plx_html_attribute(html, "rel", "icon");
    plx_html_attribute(html, "href", "data:,");
    plx_html_close(html);
    plx_html_open(html, "link");
    plx_html_attribute(html, "rel", "stylesheet");
    plx_html_attribute(html, "href", plx_call_asset_path(call, "app.css"));
    plx_html_close(html);
    put_script(html, plx_call_asset_path(call, texts));
    put_script(html, plx_call_asset_path(call, "app.js"));
    plx_html_close(html);
}

/* "en:English de:Deutsch", to be freed: what may be chosen, by the names they have for themselves.
 */
static char *choices_of_language(void)
{
    const char *const *const all = plx_texts_languages();
    GString *const text = g_string_new(NULL);
    for (guint i = 0; all[i]; i++)
        g_string_append_printf(text, "%s%s:%s", i ? " " : "", all[i], plx_texts_name(all[i]));
    return g_string_free(text, FALSE);
}

/* Who looks, and at what: web/src/lib/session.ts reads it. */
static void put_app(plx_html *html, const plx_call *call, const char *language)
{
    const plx_who *const who = call->who;
    const plx_map *const map = plx_store_map(call->store);
    const char *const title = plx_map_text(map, map->title, language);
    g_autofree char *csrf = plx_guard_csrf(call);
    g_autofree char *file = g_path_get_basename(call->server->workspace);
    g_autofree char *languages = choices_of_language();
    plx_html_open(html, "div");
    plx_html_attribute(html, "id", "app");
    plx_html_attribute(html, "data-role", plx_role_name(who->role));
    plx_html_attribute(html, "data-login", who->login);
    plx_html_attribute(html, "data-name", who->name);
    plx_html_attribute(html, "data-csrf", csrf);
    plx_html_attribute(html, "data-language", language);
    plx_html_attribute(html, "data-languages", languages);
    plx_html_attribute(html, "data-workspace", title && *title ? title : file);
    plx_html_attribute(html, "data-url", plx_server_url(call->server));
    plx_html_element(html, "noscript", NULL, plx_texts(language, "app.script"));
    plx_html_close(html);
}

static void get_app(plx_call *call)
{
    const char *const language = plx_call_language(call);
    g_autoptr(plx_html) html = plx_html_new();
    plx_html_open(html, "html");
    plx_html_attribute(html, "lang", language);
    plx_html_attribute(html, "dir", plx_texts_direction(language));
    put_head(html, call, language);
    plx_html_open(html, "body");
    put_app(html, call, language);
    plx_html_close(html);
    plx_html_close(html);
    const struct plx_page_reply page = {
        .status = 200, .html = plx_html_finish(html), .assets = TRUE};
    plx_call_page(call, &page);
}

/* Who may look is asked again after so long: the browser comes by itself. */
enum { EVENTS_SECONDS = 900 };

static void get_events(plx_call *call)
{
    plx_call_events(call, EVENTS_SECONDS);
}

static void write_progress(plx_json *json, gconstpointer data)
{
    const plx_call *const call = data;
    guint64 done = 0, total = 0;
    const gboolean any =
        plx_progress_of(call->server->progress, call->who->account, &done, &total);
    plx_json_string(json, "schema", "parallax.progress/1");
    plx_json_boolean(json, "running", any);
    if (any && total > 0)
        plx_json_integer(json, "percent", (gint64)(100 * (double)done / (double)total));
    else
        plx_json_null(json, "percent");
}

static void get_progress(plx_call *call)
{
    plx_call_object(call, 200, write_progress, call);
}

#define SUMMARY "The app: picture, ask, next, settings"

const struct plx_route plx_routes_app[] = {
    {.method = PLX_HTTP_GET,
     .pattern = "/app",
     .permission = PLX_MAY_VIEW,
     .summary = SUMMARY,
     .handle = get_app},
    {.method = PLX_HTTP_GET,
     .pattern = "/app/events",
     .permission = PLX_MAY_VIEW,
     .summary = "Server-sent events: what kinds of things have changed, at most one a second",
     .handle = get_events},
    {.method = PLX_HTTP_GET,
     .pattern = "/app/data/progress",
     .permission = PLX_MAY_EDIT,
     .summary = "How far the command is that this account waits for",
     .handle = get_progress},
    {.method = PLX_HTTP_GET,
     .pattern = "/app/{a:text}",
     .permission = PLX_MAY_VIEW,
     .summary = SUMMARY,
     .handle = get_app},
    {.method = PLX_HTTP_GET,
     .pattern = "/app/{a:text}/{b:text}",
     .permission = PLX_MAY_VIEW,
     .summary = SUMMARY,
     .handle = get_app},
    {.method = PLX_HTTP_GET,
     .pattern = "/app/{a:text}/{b:text}/{c:text}",
     .permission = PLX_MAY_VIEW,
     .summary = SUMMARY,
     .handle = get_app},
    {.pattern = NULL},
};
