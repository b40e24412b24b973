/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Cookies. The one that stays is the session's. Its name under TLS, "__Host-plx", makes browsers
 * refuse it from another host or path, or without TLS. Read strictly (RFC 6265, section 4.2): pairs
 * "name=value" with "; " between them; ours must be there once. Others' cookies of the same host
 * are passed over. Pure. Tests: tests/serve/test_cookie.c, fuzz/fuzz_cookie.c. */

#include "serve/http_head.h"
#include "store/ticket.h"

/* The ticket in a Cookie header; absent where there is none, or two, or it is no ticket. */
struct plx_http_slice plx_cookie_read(struct plx_http_slice header, gboolean secure);

/* The value of a cookie that is there once, whatever it is. */
struct plx_http_slice plx_cookie_find(struct plx_http_slice header, const char *name);

/* A Set-Cookie value, to be freed: HttpOnly, SameSite=Lax, Path=/, Secure where `secure`; it ends
 * with the browser. `ticket` NULL: the cookie goes. */
char *plx_cookie_set(const char *ticket, gboolean secure);
/* The same of another name ("__Host-..." where `secure`) and value, to be freed. */
char *plx_cookie_make(const char *name, const char *value, gboolean secure);
