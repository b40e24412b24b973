/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"
#include "base/error.h"
#include "serve/server_private.h"
#include "serve/shell.h"
#include "serve/texts.h"

#include <string.h>
#include <time.h>

const char *plx_call_param(const plx_call *call, const char *name)
{
    return plx_route_param(&call->match, name);
}

struct plx_http_slice plx_call_cookie(const plx_call *call, enum plx_cookie which)
{
    const struct plx_http_head *const head = plx_http_request_head(call->request);
    return plx_cookie_find(plx_http_head_value(head, "Cookie"),
                           plx_entrance_cookies(call->server->entrance)->of[which]);
}

char *plx_call_cookie_set(const plx_call *call, enum plx_cookie which, const char *value)
{
    return plx_cookie_set(plx_entrance_cookies(call->server->entrance), which, value);
}

/* The log's line and the counts. The request is gone by now. */
static void tell(const plx_call *call, struct plx_sent sent, const char *why)
{
    const plx_server *const server = call->server;
    const struct plx_route *const route = call->match.route;
    const gint64 took = g_get_monotonic_time() - call->begun;
    plx_metrics_request(server->metrics, route ? (guint)(route - server->routes) : server->n_routes,
                        sent.status, took, sent.bytes);
    if (!server->options.log)
        return;
    const struct plx_log_entry entry = {.time = g_get_real_time(),
                                        .request = call->number,
                                        .method = plx_http_method_name(call->method),
                                        .pattern = route ? route->pattern : NULL,
                                        .status = sent.status,
                                        .microseconds = took,
                                        .bytes = sent.bytes,
                                        .why = why};
    plx_log_request(server->options.log, &entry);
}

void plx_call_finish(plx_call *call, struct plx_sent sent, const char *why)
{
    tell(call, sent, why);
    if (call->data_free)
        call->data_free(call->data);
    plx_fields_free(call->query);
    plx_fields_free(call->form);
    plx_route_match_clear(&call->match);
    plx_who_unref(call->who);
    g_free(call);
}

void plx_call_page(plx_call *call, const struct plx_page_reply *page)
{
    plx_call_finish(call, plx_reply_page(call->request, page), NULL);
}

const char *plx_call_style(const plx_call *call, enum plx_style style)
{
    return plx_style_hash(call->server->styles, style);
}

const char *plx_call_asset_path(const plx_call *call, const char *name)
{
    return plx_asset_path(call->server->assets, name);
}

void plx_call_redirect(plx_call *call, const char *location, const char *cookie)
{
    plx_call_finish(call, plx_reply_redirect(call->request, location, cookie), NULL);
}

void plx_call_json(plx_call *call, guint status, GString *json, const char *etag)
{
    plx_call_finish(call, plx_reply_json(call->request, status, json, etag), NULL);
}

void plx_call_object(plx_call *call, guint status, plx_call_members write, gconstpointer data)
{
    GString *const text = g_string_new(NULL);
    g_autoptr(plx_json) json = plx_json_new(text);
    plx_json_begin_object(json, NULL);
    write(json, data);
    plx_json_end_object(json);
    plx_call_json(call, status, text, NULL);
}

void plx_call_asset(plx_call *call, const char *type, GBytes *body, GBytes *packed,
                    const char *etag)
{
    plx_call_finish(call, plx_reply_asset(call->request, type, body, packed, etag), NULL);
}

void plx_call_file(plx_call *call, const char *name, GBytes *body, const char *line)
{
    plx_call_finish(call, plx_reply_file(call->request, name, body, line), NULL);
}

void plx_call_text(plx_call *call, const char *type, GString *text)
{
    plx_call_finish(call, plx_reply_text(call->request, type, text), NULL);
}

void plx_call_events(plx_call *call, guint seconds)
{
    gpointer const stream = plx_streams_begin(call->server->streams, call->who->account);
    if (!stream) {
        plx_metrics_refused(call->server->metrics, PLX_REFUSED_RATE);
        plx_call_refuse(call, 429, "error.streams");
        return;
    }
    plx_http_request_keep(call->request, stream, plx_stream_end);
    plx_call_finish(call, plx_reply_events(call->request, seconds), NULL);
}

/* Language ----------------------------------------------------------------------------------- */

static char *wishes_of(const struct plx_http_head *head)
{
    const struct plx_http_slice chosen =
        plx_cookie_find(plx_http_head_value(head, "cookie"), PLX_LANGUAGE_COOKIE);
    const struct plx_http_slice accepted = plx_http_head_value(head, "accept-language");
    const struct plx_http_slice said = chosen.at ? chosen : accepted;
    return said.at ? g_strndup(said.at, said.length) : NULL;
}

char *plx_call_wishes(const plx_call *call)
{
    return wishes_of(plx_http_request_head(call->request));
}

const char *plx_call_language(const plx_call *call)
{
    g_autofree char *wishes = plx_call_wishes(call);
    return plx_texts_choose(wishes, plx_texts_languages());
}

/* Problems ----------------------------------------------------------------------------------- */

static gboolean takes_page(const struct plx_http_head *head)
{
    const struct plx_http_slice accept = plx_http_head_value(head, "accept");
    return accept.at && g_strstr_len(accept.at, accept.length, "text/html") != NULL;
}

gboolean plx_call_wants_page(const plx_call *call)
{
    return takes_page(plx_http_request_head(call->request));
}

/* As a person reads it: what a status means, in words. */
static const char *title_of(const char *language, guint status)
{
    char key[24];
    g_snprintf(key, sizeof key, "error.title.%u", status);
    const char *const title = plx_texts(language, key);
    return title ? title : plx_texts(language, "error.title");
}

static const char *meaning_of(const char *language, guint status)
{
    static const struct {
        guint status;
        const char *key;
    } all[] = {{400, "error.bad"},  {401, "account.refused.out"}, {403, "error.may"},
               {405, "error.kind"}, {408, "error.slow"},          {410, "error.over"},
               {413, "error.long"}, {404, "error.nothing"},       {429, "error.busy"},
               {503, "error.full"}};
    for (guint i = 0; i < G_N_ELEMENTS(all); i++)
        if (all[i].status == status)
            return plx_texts(language, all[i].key);
    return plx_texts(language, "error.bad");
}

static gboolean leads_home(guint status)
{
    return status == 403 || status == 404;
}

/* What a page says; `english` (or NULL) for whoever looks at what is meant for programs. */
struct refusal {
    guint status;
    const char *language, *title, *words, *english;
    gboolean home; /* with the way to what one may see; not for guests, who have nothing there */
};

/* "/" leads everybody to what they may see. */
static void append_way_home(plx_html *html, const char *language)
{
    plx_html_open(html, "p");
    plx_html_open(html, "a");
    plx_html_attribute(html, "href", "/");
    plx_html_text(html, plx_texts(language, "error.home"));
    plx_html_close(html);
    plx_html_close(html);
}

static plx_html *page_of(const struct plx_shell *shell, const struct refusal *refusal)
{
    plx_html *const html = plx_shell_begin(shell);
    plx_html_element(html, "h1", NULL, refusal->title);
    plx_html_element(html, "p", NULL, refusal->words);
    if (refusal->english) {
        plx_html_open(html, "p");
        plx_html_attribute(html, "lang", "en");
        plx_html_attribute(html, "dir", "ltr");
        plx_html_text(html, refusal->english);
        plx_html_close(html);
    }
    if (refusal->home)
        append_way_home(html, refusal->language);
    return html;
}

static void send_page(plx_call *call, const struct refusal *refusal)
{
    const struct plx_shell shell = {.language = refusal->language, .title = refusal->title};
    plx_shell_send(call, &shell, page_of(&shell, refusal), refusal->status, NULL);
}

GBytes *plx_call_refusal(guint status, const struct plx_http_head *head, char **fields,
                         gpointer server)
{
    (void)server;
    if (!takes_page(head))
        return NULL;
    g_autofree char *wishes = wishes_of(head);
    const char *const language = plx_texts_choose(wishes, plx_texts_languages());
    const struct refusal refusal = {
        status, language,          title_of(language, status), meaning_of(language, status),
        NULL,   leads_home(status)};
    const struct plx_shell shell = {.language = language, .title = refusal.title};
    return plx_shell_page(&shell, page_of(&shell, &refusal), status, fields);
}

/* For programs: never the detail into the log, for it says what people sent. */
static void send_problem(plx_call *call, guint status, const char *detail)
{
    plx_call_finish(call,
                    plx_reply_problem(call->request, status, plx_http_reason(status), detail,
                                      call->retry ? call->retry : plx_reply_retry(status)),
                    NULL);
}

void plx_call_refuse_in(plx_call *call, guint status, const char *language, const char *title,
                        const char *key)
{
    const struct refusal refusal = {status,
                                    language,
                                    plx_texts(language, title),
                                    plx_texts(language, key),
                                    NULL,
                                    call->who && leads_home(status)};
    if (plx_call_wants_page(call))
        send_page(call, &refusal);
    else
        send_problem(call, status, plx_texts("en", key));
}

void plx_call_refuse(plx_call *call, guint status, const char *key)
{
    const char *const language = plx_call_language(call);
    const struct refusal refusal = {status,
                                    language,
                                    title_of(language, status),
                                    plx_texts(language, key),
                                    NULL,
                                    call->who && leads_home(status)};
    if (plx_call_wants_page(call))
        send_page(call, &refusal);
    else
        send_problem(call, status, plx_texts("en", key));
}

void plx_call_refuse_for(plx_call *call, guint seconds, const char *key)
{
    const gboolean page = plx_call_wants_page(call);
    const char *const language = page ? plx_call_language(call) : "en";
    const guint wait = MAX(seconds, 2); /* so that there is no word for one alone */
    const gboolean minutes = wait > 90;
    g_autofree char *in = g_strconcat(key, minutes ? ".minutes" : ".seconds", NULL);
    g_autofree char *number = g_strdup_printf("%u", minutes ? (wait + 59) / 60 : wait);
    g_autofree char *words = plx_texts_fill(language, in, number, (char *)NULL);
    const struct refusal refusal = {429, language, title_of(language, 429), words, NULL, FALSE};
    call->retry = wait;
    if (page)
        send_page(call, &refusal);
    else
        send_problem(call, 429, words);
}

/* Whoever looks at such a page writes a program, and reads English. */
static gboolean is_for_programs(const plx_call *call)
{
    const struct plx_route *const route = call->match.route;
    return route &&
           (g_str_has_prefix(route->pattern, "/api/") || strcmp(route->pattern, "/metrics") == 0);
}

void plx_call_problem(plx_call *call, guint status, const char *detail)
{
    const char *const language = plx_call_language(call);
    const struct refusal refusal = {status,
                                    language,
                                    title_of(language, status),
                                    meaning_of(language, status),
                                    is_for_programs(call) ? detail : NULL,
                                    leads_home(status)};
    if (plx_call_wants_page(call))
        send_page(call, &refusal);
    else
        send_problem(call, status, detail);
}

void plx_call_failed(plx_call *call, const GError *error)
{
    /* What the disk or the program did is for the log: it may name files. */
    if (g_error_matches(error, PLX_ERROR, PLX_ERROR_NOT_FOUND))
        plx_call_problem(call, 404, error->message);
    else if (g_error_matches(error, PLX_ERROR, PLX_ERROR_INPUT) ||
             g_error_matches(error, PLX_ERROR, PLX_ERROR_USAGE))
        plx_call_problem(call, 400, error->message);
    else if (g_error_matches(error, PLX_ERROR, PLX_ERROR_NOT_SHOWN))
        plx_call_problem(call, 403, error->message);
    else {
        if (call->server->options.log)
            plx_log_event(call->server->options.log, "error", error->message);
        plx_call_refuse(call, 503, "error.full");
    }
}

/* Time --------------------------------------------------------------------------------------- */

struct plx_moment plx_call_now(const plx_call *call)
{
    (void)call;
    struct tm local; /* GDateTime reads the file of the time zone every time */
    const time_t now = (time_t)(g_get_real_time() / G_USEC_PER_SEC);
    localtime_r(&now, &local);
    struct plx_moment moment = {.utc = now, .offset = (gint)(local.tm_gmtoff / 60)};
    moment.local = moment.utc + 60 * (gint64)moment.offset;
    moment.day = plx_date_of_seconds(moment.local);
    if (moment.offset == 0)
        g_strlcpy(moment.clock, "minuteZ", sizeof moment.clock);
    else
        g_snprintf(moment.clock, sizeof moment.clock, "minute%c%02d:%02d",
                   moment.offset < 0 ? '-' : '+', ABS(moment.offset) / 60, ABS(moment.offset) % 60);
    return moment;
}
