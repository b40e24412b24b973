/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site.h"

#include "serve/server_private.h"
#include "wire.h"

#include <string.h>

static gpointer run(gpointer server)
{
    plx_server_run(server);
    return NULL;
}

static void begin(struct site *site, const char *yaml, const char *base_url,
                  const struct plx_oidc_options *oidc, const struct plx_route *more)
{
    static const struct plx_limit_options none = {.buckets = 8};
    g_autoptr(GError) error = NULL;
    desk_init(&site->desk, yaml);
    const struct plx_server_options options = {.workspace = site->desk.path,
                                               .listen = {.address = "127.0.0.1"},
                                               .listener = -1,
                                               .base_url = base_url,
                                               .workers = 2,
                                               .limits = &none,
                                               .oidc = oidc,
                                               .more = more};
    site->server = plx_server_new(&options, &error);
    g_assert_no_error(error);
    site->thread = g_thread_new("site", run, site->server);
}

void site_begin(struct site *site, const char *yaml, const char *base_url)
{
    begin(site, yaml, base_url, NULL, NULL);
}

void site_begin_oidc(struct site *site, const struct plx_oidc_options *oidc)
{
    begin(site, NULL, NULL, oidc, NULL);
}

void site_begin_more(struct site *site, const struct plx_route *more)
{
    begin(site, NULL, NULL, NULL, more);
}

char *site_session(const struct site *site, const char *ticket)
{
    return g_strdup_printf("plx-%u=%s", plx_server_port(site->server), ticket);
}

void site_end(struct site *site)
{
    plx_server_stop(site->server);
    g_thread_join(site->thread);
    plx_server_free(site->server);
    desk_clear(&site->desk);
}

void visitor_clear(struct visitor *visitor)
{
    g_clear_pointer(&visitor->cookie, g_free);
}

void answer_clear(struct answer *answer)
{
    g_free(answer->location);
    g_free(answer->set_cookie);
    g_free(answer->whole);
    *answer = (struct answer){0};
}

/* The value of a header of the reply, to be freed. */
static char *header_of(const char *whole, const char *name)
{
    g_autofree char *begin = g_strdup_printf("\r\n%s: ", name);
    const char *const at = strstr(whole, begin);
    const char *const value = at ? at + strlen(begin) : NULL;
    return value ? g_strndup(value, strcspn(value, "\r")) : NULL;
}

static void keep_cookie(struct visitor *visitor, const char *set_cookie)
{
    if (!set_cookie)
        return;
    g_free(visitor->cookie);
    visitor->cookie =
        strstr(set_cookie, "Max-Age=0") ? NULL : g_strndup(set_cookie, strcspn(set_cookie, ";"));
}

struct answer visitor_ask(struct visitor *visitor, const char *method, const char *path,
                          const char *headers, const char *form)
{
    const struct plx_wire_server wire = {.http = visitor->site->server->http};
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_printf(text, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nConnection: close\r\n%s", method,
                    path, plx_server_port(visitor->site->server), headers ? headers : "");
    if (visitor->cookie)
        g_string_append_printf(text, "Cookie: %s\r\n", visitor->cookie);
    if (form)
        g_string_append_printf(text,
                               "Content-Type: application/x-www-form-urlencoded\r\n"
                               "Content-Length: %zu\r\n\r\n%s",
                               strlen(form), form);
    else
        g_string_append(text, "\r\n");
    struct answer answer = {.whole = plx_wire_ask(&wire, text->str)};
    g_assert_true(g_str_has_prefix(answer.whole, "HTTP/1.1 "));
    answer.status = (guint)g_ascii_strtoull(answer.whole + strlen("HTTP/1.1 "), NULL, 10);
    answer.location = header_of(answer.whole, "Location");
    answer.set_cookie = header_of(answer.whole, "Set-Cookie");
    keep_cookie(visitor, answer.set_cookie);
    return answer;
}

struct answer visitor_get(struct visitor *visitor, const char *path)
{
    return visitor_ask(visitor, "GET", path, "Accept: text/html\r\nSec-Fetch-Site: none\r\n", NULL);
}

char *answer_hidden(const struct answer *answer, const char *name)
{
    g_autofree char *begin = g_strdup_printf("name=\"%s\" value=\"", name);
    const char *const at = strstr(answer->whole, begin);
    const char *const value = at ? at + strlen(begin) : NULL;
    return value ? g_strndup(value, strcspn(value, "\"")) : NULL;
}

struct answer visitor_post(struct visitor *visitor, const char *page, const char *path,
                           const char *form)
{
    struct answer shown = visitor_get(visitor, page);
    g_autofree char *csrf = answer_hidden(&shown, "csrf");
    g_autofree char *key = answer_hidden(&shown, "key");
    g_autofree char *whole = g_strdup_printf(
        "%s%s%s%s%s", form, csrf ? "&csrf=" : "", csrf ? csrf : "",
        key && !strstr(form, "key=") ? "&key=" : "", key && !strstr(form, "key=") ? key : "");
    answer_clear(&shown);
    return visitor_ask(visitor, "POST", path,
                       "Accept: text/html\r\nSec-Fetch-Site: same-origin\r\n", whole);
}
