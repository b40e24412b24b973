/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/form_cookie.h"

#include "serve/form_call.h"

/* Seconds after the last answer: who comes later, with the same telephone or tablet, is somebody
 * new. */
#define KNOWN "1200"

char *plx_form_cookie_read(const plx_call *call)
{
    const struct plx_http_slice found = plx_call_cookie(call, PLX_COOKIE_FORM);
    g_autofree char *token = found.at ? g_strndup(found.at, found.length) : NULL;
    return token && plx_form_call_is_token(token) ? g_steal_pointer(&token) : NULL;
}

char *plx_form_cookie_set(const plx_call *call, const char *token)
{
    g_autofree char *had = token ? NULL : plx_form_cookie_read(call);
    g_autofree char *made = token || had ? plx_call_cookie_set(call, PLX_COOKIE_FORM, token) : NULL;
    return token ? g_strconcat(made, "; Max-Age=" KNOWN, NULL) : g_steal_pointer(&made);
}
