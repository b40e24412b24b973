/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A Cookie header. The first byte says whether by TLS. What is found lies in the header, is a
 * ticket, stands behind the one name that is taken, and not again behind another. */

#include "serve/cookie.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* How often "name=" begins a pair. */
static guint count_pairs(const char *text, gsize length, const char *name)
{
    g_autofree char *all = g_strndup(text, length); /* up to a NUL, as headers have none */
    g_auto(GStrv) pairs = g_strsplit(all, ";", -1);
    g_autofree char *begin = g_strconcat(name, "=", NULL);
    guint n = 0;
    for (guint i = 0; pairs[i]; i++)
        n += (guint)g_str_has_prefix(pairs[i][0] == ' ' ? pairs[i] + 1 : pairs[i], begin);
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1 || memchr(data, 0, size))
        return 0;
    const struct plx_cookie_names names = plx_cookie_names_of(8340, data[0] & 1);
    const char *const text = (const char *)data + 1;
    const gsize length = size - 1;
    const struct plx_http_slice found =
        plx_cookie_read((struct plx_http_slice){text, (guint)length}, &names);
    const guint n = count_pairs(text, length, names.of[PLX_COOKIE_SESSION]);
    if (!found.at)
        return 0;
    if (n != 1 || found.at < text || found.at + found.length > text + length ||
        !plx_ticket_is(found.at, found.length))
        abort();
    return 0;
}
