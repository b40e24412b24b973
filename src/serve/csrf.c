/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/csrf.h"

#include <sodium.h>
#include <string.h>

#define BYTES 32

char *plx_csrf_text(const char *ticket)
{
    static const unsigned char what[] = "parallax csrf";
    unsigned char hash[BYTES];
    char *const text = g_malloc(2 * BYTES + 1);
    crypto_generichash(hash, sizeof hash, what, sizeof what, (const unsigned char *)ticket,
                       strlen(ticket));
    return sodium_bin2hex(text, 2 * BYTES + 1, hash, sizeof hash);
}

gboolean plx_csrf_fits(const char *ticket, const char *text)
{
    g_autofree char *expected = plx_csrf_text(ticket);
    const gsize length = strlen(expected);
    return text && strlen(text) == length && sodium_memcmp(text, expected, length) == 0;
}
