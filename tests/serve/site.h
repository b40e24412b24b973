/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A whole server on a workspace of its own, without limits of rate, and people who visit it: each
 * keeps the cookie that it was given, as a browser does. */

#include "serve/server.h"
#include "store/desk.h"

struct site {
    struct desk desk; /* its store writes beside the server, as parallax user does */
    plx_server *server;
    GThread *thread;
};
/* `yaml` NULL: a map that takes any point. `base_url` NULL: plain HTTP. */
void site_begin(struct site *site, const char *yaml, const char *base_url);
/* The same, where people may sign in at a provider. */
void site_begin_oidc(struct site *site, const struct plx_oidc_options *oidc);
/* The same with routes of the test's own (server.h). */
void site_begin_more(struct site *site, const struct plx_route *more);
/* "plx-8340=" and the ticket, as its browser sends it; to be freed. */
char *site_session(const struct site *site, const char *ticket);
void site_end(struct site *site);

struct visitor {
    const struct site *site;
    char *cookie; /* site_session, or NULL */
};
void visitor_clear(struct visitor *visitor);

struct answer {
    guint status;
    char *location;   /* or NULL */
    char *set_cookie; /* or NULL */
    char *whole;      /* head and body */
};
void answer_clear(struct answer *answer);

/* `headers` are whole lines, "Name: value\r\n", or NULL; `form` is what a POST sends, or NULL. */
struct answer visitor_ask(struct visitor *visitor, const char *method, const char *path,
                          const char *headers, const char *form);
/* As a browser: asks for pages, and of a form sends the token of the page at `page` along. */
struct answer visitor_get(struct visitor *visitor, const char *path);
struct answer visitor_post(struct visitor *visitor, const char *page, const char *path,
                           const char *form);
/* The value of a page's hidden field, to be freed; NULL: it has none of that name. */
char *answer_hidden(const struct answer *answer, const char *name);
