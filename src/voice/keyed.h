/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A keyed hash of a text: SipHash-2-4, its eight bytes read as a little-endian number. For
 * voice/codebook.c and voice/saying_number.c, whose tests test it. */

#include <glib.h>
#include <sodium.h>
#include <string.h>

static inline guint64 plx_keyed(const guint8 key[crypto_shorthash_KEYBYTES], const char *text)
{
    unsigned char hash[crypto_shorthash_BYTES];
    guint64 number = 0;
    crypto_shorthash(hash, (const unsigned char *)text, strlen(text), key);
    for (guint i = 0; i < sizeof hash; i++)
        number |= (guint64)hash[i] << (8 * i);
    return number;
}
