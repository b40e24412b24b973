/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Cookies. Browsers keep them by host and know no ports, so two servers of one host have names of
 * their own, with the port that each listens at: signing in at one is no signing out of the other.
 * The beginnings that stand before them under TLS make browsers refuse them from another host, or
 * without TLS; __Host- also for another path. Read strictly (RFC 6265, section 4.2): pairs
 * "name=value" with "; " between them; ours must be there once. Others' cookies of the same host
 * are passed over. Pure. Tests: tests/serve/test_cookie.c, fuzz/fuzz_cookie.c. */

#include "serve/http_head.h"
#include "store/ticket.h"

enum plx_cookie {
    PLX_COOKIE_SESSION, /* "plx-8340": a ticket */
    PLX_COOKIE_LOGIN,   /* "plx-login-8340": a ticket; of forms before a login (guard.h) */
    PLX_COOKIE_FORM,    /* "plx-form-8340": a customer's form that was begun (form_cookie.h) */
    PLX_COOKIE_OIDC,    /* "plx-oidc-8340": a login at a provider that was begun */
    PLX_COOKIES
};

/* What a server calls its own. */
struct plx_cookie_names {
    gboolean secure; /* by TLS alone */
    char of[PLX_COOKIES][32];
};
struct plx_cookie_names plx_cookie_names_of(guint16 port, gboolean secure);

/* The session's ticket in a Cookie header; absent where there is none, or two, or it is no ticket.
 */
struct plx_http_slice plx_cookie_read(struct plx_http_slice header,
                                      const struct plx_cookie_names *names);

/* The value of a cookie that is there once, whatever it is. */
struct plx_http_slice plx_cookie_find(struct plx_http_slice header, const char *name);

/* A Set-Cookie value, to be freed: HttpOnly, SameSite=Lax, Path=/, Secure where `secure`; it ends
 * with the browser. `value` NULL: the cookie goes. */
char *plx_cookie_make(const char *name, const char *value, gboolean secure);
/* The same of one of the names. */
char *plx_cookie_set(const struct plx_cookie_names *names, enum plx_cookie which,
                     const char *value);
