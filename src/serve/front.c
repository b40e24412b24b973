/* SPDX-License-Identifier: GPL-3.0-or-later */

/* /: to what who is signed in comes for; /visits: theirs; /language/CODE: which language these
 * pages have. */

#include "base/error.h"
#include "serve/account_form.h"
#include "serve/cookie.h"
#include "serve/routes.h"
#include "serve/server_private.h"
#include "serve/texts.h"
#include "serve/visit_desk.h"
#include "serve/visit_words.h"
#include "store/suggestions.h"
#include "store/visit_ties.h"

#include <string.h>

/* Visits -------------------------------------------------------------------------------------- */

/* One that is theirs, with the token of its link. */
struct own {
    struct plx_visit_desk desk; /* of this visit alone */
    const plx_visit *visit;
    char *token;
};

static void free_own(gpointer data)
{
    struct own *const own = data;
    plx_visit_desk_clear(&own->desk);
    g_free(own->token);
    g_free(own);
}

/* As it is, where the tie is of the link in force: one that was given to somebody else since is
 * theirs. */
static gboolean find_own(plx_store *store, const struct plx_visit_tie *tie, GPtrArray *found,
                         GError **error)
{
    struct plx_visit_desk desk;
    g_autoptr(GError) cause = NULL;
    g_autofree char *hash = plx_suggestions_hash(tie->token);
    const plx_visit *const visit = plx_visit_desk_open_link(&desk, store, hash, &cause);
    if (!visit && g_error_matches(cause, PLX_ERROR, PLX_ERROR_NOT_FOUND))
        return TRUE;
    if (!visit) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    struct own *const own = g_new(struct own, 1);
    *own = (struct own){desk, visit, g_strdup(tie->token)};
    if (!visit->walk && visit->id == tie->visit && visit->state != PLX_VISIT_WITHDRAWN)
        g_ptr_array_add(found, own);
    else
        free_own(own);
    return TRUE;
}

/* By visit: struct own. No visit of anybody else is read. */
static GPtrArray *visits_of(plx_store *store, gint64 account, GError **error)
{
    g_autoptr(GPtrArray) ties = plx_visit_ties_of(store, account, error);
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(free_own);
    for (guint i = 0; ties && i < ties->len; i++)
        if (!find_own(store, ties->pdata[i], found, error))
            return NULL;
    return ties ? g_steal_pointer(&found) : NULL;
}

static void put_visit(const struct plx_account_page *page, const struct own *own)
{
    const plx_visit *const visit = own->visit;
    const plx_map *const map = plx_store_map(own->desk.store);
    plx_html *const html = page->html;
    const gint journey = plx_map_find_journey(map, visit->plan.journey);
    const char *const title = journey < 0
                                  ? visit->plan.journey
                                  : plx_map_text(map, map->journeys[journey].title, page->language);
    g_autofree char *window = plx_visit_window(&visit->plan, page->language);
    g_autofree char *state =
        g_strconcat("account.visits.", plx_visit_state_name(visit->state), NULL);
    g_autofree char *to = g_strconcat("/v/", own->token, NULL);
    plx_html_open(html, "tr");
    plx_html_open(html, "td");
    if (plx_visit_is_open(visit)) {
        plx_html_open(html, "a");
        plx_html_attribute(html, "href", to);
        plx_html_text(html, title);
        plx_html_close(html);
    } else {
        plx_html_text(html, title);
    }
    plx_html_close(html);
    plx_html_element(html, "td", NULL, visit->plan.place);
    plx_html_element(html, "td", NULL, window);
    plx_account_say(page, "td", NULL, state);
    plx_html_close(html);
}

static void put_table(const struct plx_account_page *page, const GPtrArray *visits)
{
    static const char *const columns[] = {"account.visits.what", "visit.place", "visit.window",
                                          "account.visits.state"};
    plx_html_open(page->html, "table");
    plx_html_open(page->html, "tr");
    for (guint i = 0; i < G_N_ELEMENTS(columns); i++)
        plx_account_say(page, "th", NULL, columns[i]);
    plx_html_close(page->html);
    for (guint i = 0; i < visits->len; i++)
        put_visit(page, visits->pdata[i]);
    plx_html_close(page->html);
}

static void put_visits(const struct plx_account_page *page, const GPtrArray *visits)
{
    plx_account_say(page, "h2", NULL, "account.visits.title");
    if (visits->len == 0)
        plx_account_say(page, "p", NULL, "account.visits.none");
    else
        put_table(page, visits);
}

/* The page ------------------------------------------------------------------------------------ */

static void send_visits(plx_call *call, const GPtrArray *visits)
{
    const plx_who *const who = call->who;
    g_autofree char *csrf = plx_guard_csrf(call);
    const struct plx_account_page page = plx_account_begin(call, NULL, NULL);
    g_autofree char *signed_in =
        plx_account_who(&page, *who->name ? who->name : who->login, who->role);
    plx_html_element(page.html, "p", NULL, signed_in);
    plx_account_link(&page, "/account", "account.title");
    if (who->may >= PLX_MAY_VIEW)
        plx_account_link(&page, "/app", "account.app");
    put_visits(&page, visits);
    plx_account_form(&page, "/logout", csrf);
    plx_account_submit(&page, "account.login.out");
    plx_account_send(&page, 200, NULL);
}

static void get_visits(plx_call *call)
{
    const plx_who *const who = call->who;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) visits = visits_of(call->store, who->account, &error);
    if (visits)
        send_visits(call, visits);
    else
        plx_call_failed(call, error);
}

/* Who reads comes for the picture, a shopper for the visits. */
static void get_front(plx_call *call)
{
    plx_call_redirect(call, call->who->may >= PLX_MAY_VIEW ? "/app" : "/visits", NULL);
}

/* Language ------------------------------------------------------------------------------------ */

/* Kept in a cookie, and back to where one was. */
static void get_language(plx_call *call)
{
    const char *const code = plx_call_param(call, "code");
    const char *const next = plx_fields_get(call->query, "next");
    if (!g_strv_contains(plx_texts_languages(), code)) {
        plx_call_problem(call, 404, "There is nothing at this address.");
        return;
    }
    g_autofree char *cookie =
        plx_cookie_make(PLX_LANGUAGE_COOKIE, code, plx_server_is_secure(call->server));
    g_autofree char *escaped = g_uri_escape_string(plx_guard_next(next), "/", FALSE);
    const char *const page = plx_guard_next(plx_fields_get(call->query, "page"));
    g_autofree char *to =
        next ? g_strconcat(page, strchr(page, '?') ? "&" : "?", "next=", escaped, NULL)
             : g_strdup(page);
    plx_call_redirect(call, to, cookie);
}

const struct plx_route plx_routes_front[] = {
    {.method = PLX_HTTP_GET,
     .pattern = "/",
     .permission = PLX_MAY_SHOPPER,
     .summary = "To the app, or the visits: what who is signed in comes for",
     .handle = get_front},
    {.method = PLX_HTTP_GET,
     .pattern = "/visits",
     .permission = PLX_MAY_SHOPPER,
     .summary = "The visits of who is signed in",
     .handle = get_visits},
    {.method = PLX_HTTP_GET,
     .pattern = "/language/{code:token}",
     .place = PLX_ON_LOOP,
     .summary = "Choose the language of these pages",
     .handle = get_language},
    {.pattern = NULL},
};
