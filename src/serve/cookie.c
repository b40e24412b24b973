/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/cookie.h"

#include <string.h>

static const char *name_of(gboolean secure)
{
    return secure ? "__Host-plx" : "plx";
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

struct plx_http_slice plx_cookie_read(struct plx_http_slice header, gboolean secure)
{
    const struct plx_http_slice found = plx_cookie_find(header, name_of(secure));
    return plx_ticket_is(found.at, found.length) ? found : (struct plx_http_slice){NULL, 0};
}

char *plx_cookie_make(const char *name, const char *value, gboolean secure)
{
    return g_strdup_printf("%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s", name, value ? value : "",
                           secure ? "; Secure" : "", value ? "" : "; Max-Age=0");
}

char *plx_cookie_set(const char *ticket, gboolean secure)
{
    return plx_cookie_make(name_of(secure), ticket, secure);
}
