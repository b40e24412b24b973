/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/cookie.h"

#include <string.h>

struct plx_cookie_names plx_cookie_names_of(guint16 port, gboolean secure)
{
    /* __Host- takes no path but "/", and a provider's login has one. */
    static const struct {
        const char *name, *begin;
    } of[PLX_COOKIES] = {
        [PLX_COOKIE_SESSION] = {"plx", "__Host-"},
        [PLX_COOKIE_LOGIN] = {"plx-login", "__Host-"},
        [PLX_COOKIE_FORM] = {"plx-form", "__Host-"},
        [PLX_COOKIE_OIDC] = {"plx-oidc", "__Secure-"},
    };
    struct plx_cookie_names names = {.secure = secure};
    for (guint i = 0; i < PLX_COOKIES; i++)
        g_snprintf(names.of[i], sizeof names.of[i], "%s%s-%u", secure ? of[i].begin : "",
                   of[i].name, port);
    return names;
}

/* The piece up to the next ";" from `at` on, without the blank that stands before it. */
static struct plx_http_slice next_pair(const char *at, const char *end)
{
    const char *const begin = at < end && *at == ' ' ? at + 1 : at;
    const char *const semicolon = memchr(begin, ';', (gsize)(end - begin));
    return (struct plx_http_slice){begin, (guint)((semicolon ? semicolon : end) - begin)};
}

struct plx_http_slice plx_cookie_find(struct plx_http_slice header, const char *name)
{
    const gsize length = strlen(name);
    struct plx_http_slice found = {NULL, 0};
    guint n = 0;
    if (!header.at)
        return found;
    const char *const end = header.at + header.length;
    for (const char *at = header.at; at < end;) {
        const struct plx_http_slice pair = next_pair(at, end);
        if (pair.length > length && memcmp(pair.at, name, length) == 0 && pair.at[length] == '=') {
            found =
                (struct plx_http_slice){pair.at + length + 1, (guint)(pair.length - length - 1)};
            n++;
        }
        at = pair.at + pair.length;
        at += at < end; /* the semicolon */
    }
    return n == 1 ? found : (struct plx_http_slice){NULL, 0};
}

struct plx_http_slice plx_cookie_read(struct plx_http_slice header,
                                      const struct plx_cookie_names *names)
{
    const struct plx_http_slice found = plx_cookie_find(header, names->of[PLX_COOKIE_SESSION]);
    return plx_ticket_is(found.at, found.length) ? found : (struct plx_http_slice){NULL, 0};
}

char *plx_cookie_make(const char *name, const char *value, gboolean secure)
{
    return g_strdup_printf("%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s", name, value ? value : "",
                           secure ? "; Secure" : "", value ? "" : "; Max-Age=0");
}

char *plx_cookie_set(const struct plx_cookie_names *names, enum plx_cookie which, const char *value)
{
    return plx_cookie_make(names->of[which], value, names->secure);
}
