/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/route.h"

#include "serve/fields.h"

#include <string.h>

/* The segment from `at` (behind a slash) on. */
static struct plx_http_slice segment(const char *at, const char *end)
{
    const char *const slash = memchr(at, '/', (gsize)(end - at));
    return (struct plx_http_slice){at, (guint)((slash ? slash : end) - at)};
}

static gboolean is_token(const char *value)
{
    const gsize length = strlen(value);
    for (gsize i = 0; i < length; i++)
        if (!g_ascii_isalnum(value[i]) && value[i] != '_' && value[i] != '-')
            return FALSE;
    return length >= 1 && length <= 64;
}

static gboolean is_number(const char *value)
{
    const gsize length = strlen(value);
    return length >= 1 && length <= 18 && strspn(value, "0123456789") == length;
}

static gboolean fits(const char *kind, guint length, const char *value)
{
    if (length == 5 && memcmp(kind, "token", 5) == 0)
        return is_token(value);
    if (length == 6 && memcmp(kind, "number", 6) == 0)
        return is_number(value);
    return *value && strlen(value) <= PLX_ROUTE_TEXT_MAX;
}

/* "{token:token}" against a segment. */
static gboolean take_param(struct plx_http_slice pattern, struct plx_http_slice text,
                           struct plx_route_match *match)
{
    const char *why;
    const char *const colon = memchr(pattern.at, ':', pattern.length);
    g_autofree char *value = plx_url_decode(text, FALSE, &why);
    if (!colon || !value || match->n == PLX_ROUTE_PARAMS ||
        !fits(colon + 1, (guint)(pattern.at + pattern.length - 1 - colon - 1), value))
        return FALSE;
    match->name[match->n] = g_strndup(pattern.at + 1, (gsize)(colon - pattern.at - 1));
    match->value[match->n++] = g_steal_pointer(&value);
    return TRUE;
}

static gboolean fits_route(const struct plx_route *route, struct plx_http_slice path,
                           struct plx_route_match *match)
{
    const char *p = route->pattern, *const p_end = p + strlen(p);
    const char *t = path.at, *const t_end = t + path.length;
    while (p < p_end && t < t_end) { /* both at a slash */
        const struct plx_http_slice wanted = segment(p + 1, p_end), text = segment(t + 1, t_end);
        const gboolean param = wanted.length > 0 && wanted.at[0] == '{';
        if (param ? !take_param(wanted, text, match)
                  : wanted.length != text.length || memcmp(wanted.at, text.at, text.length) != 0)
            return FALSE;
        p = wanted.at + wanted.length;
        t = text.at + text.length;
    }
    return p == p_end && t == t_end;
}

/* Most differ in their first letter. */
static gboolean may_fit(const char *pattern, struct plx_http_slice path)
{
    const char letter = path.length > 1 ? path.at[1] : '\0';
    return pattern[1] == letter || pattern[1] == '{';
}

guint plx_route_find(const struct plx_route *routes, guint n, enum plx_http_method method,
                     struct plx_http_slice path, struct plx_route_match *match, guint *allowed)
{
    const enum plx_http_method wanted = method == PLX_HTTP_HEAD ? PLX_HTTP_GET : method;
    guint known = 0;
    *match = (struct plx_route_match){.route = NULL};
    for (guint i = 0; i < n; i++) {
        if (!may_fit(routes[i].pattern, path))
            continue;
        match->route = &routes[i];
        if (fits_route(&routes[i], path, match)) {
            if (routes[i].method == wanted)
                return 200;
            known |= 1U << routes[i].method;
        }
        plx_route_match_clear(match);
    }
    if (allowed)
        *allowed = known | (known & (1U << PLX_HTTP_GET) ? 1U << PLX_HTTP_HEAD : 0);
    return known ? 405 : 404;
}

const char *plx_route_param(const struct plx_route_match *match, const char *name)
{
    for (guint i = 0; i < match->n; i++)
        if (strcmp(match->name[i], name) == 0)
            return match->value[i];
    return NULL;
}

void plx_route_match_clear(struct plx_route_match *match)
{
    for (guint i = 0; i < match->n; i++) {
        g_free(match->name[i]);
        g_free(match->value[i]);
    }
    *match = (struct plx_route_match){.route = NULL};
}
