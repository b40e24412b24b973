/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/form_cookie.h"

#include "serve/cookie.h"
#include "serve/form_call.h"
#include "serve/server.h"

/* Seconds after the last answer: who comes later, with the same telephone or tablet, is somebody
 * new. */
#define KNOWN "1200"

/* Under TLS no other host can have set it: nobody is led into a form that somebody else reads. */
static const char *name_of(const plx_call *call)
{
    return plx_server_is_secure(call->server) ? "__Host-plx-form" : "plx-form";
}

char *plx_form_cookie_read(const plx_call *call)
{
    const struct plx_http_slice sent =
        plx_http_head_value(plx_http_request_head(call->request), "cookie");
    const struct plx_http_slice found = plx_cookie_find(sent, name_of(call));
    g_autofree char *token = found.at ? g_strndup(found.at, found.length) : NULL;
    return token && plx_form_call_is_token(token) ? g_steal_pointer(&token) : NULL;
}

char *plx_form_cookie_set(const plx_call *call, const char *token)
{
    const gboolean secure = plx_server_is_secure(call->server);
    g_autofree char *had = token ? NULL : plx_form_cookie_read(call);
    g_autofree char *made = token || had ? plx_cookie_make(name_of(call), token, secure) : NULL;
    return token ? g_strconcat(made, "; Max-Age=" KNOWN, NULL) : g_steal_pointer(&made);
}
