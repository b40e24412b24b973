/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/ticket.h"

#include <sodium.h>
#include <string.h>

#define RANDOM_BYTES 32

char *plx_ticket_new(void)
{
    unsigned char bytes[RANDOM_BYTES];
    char *const text = g_malloc(PLX_TICKET_LENGTH + 1);
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(text, PLX_TICKET_LENGTH + 1, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof bytes);
    return text;
}

void plx_ticket_free(char *ticket)
{
    if (ticket)
        sodium_memzero(ticket, strlen(ticket));
    g_free(ticket);
}

void plx_ticket_hash(const char *text, gsize length, guint8 hash[PLX_TICKET_HASH])
{
    crypto_generichash(hash, PLX_TICKET_HASH, (const unsigned char *)text, length, NULL, 0);
}

gboolean plx_ticket_is(const char *text, gsize length)
{
    if (length != PLX_TICKET_LENGTH)
        return FALSE;
    for (gsize i = 0; i < length; i++)
        if (!g_ascii_isalnum(text[i]) && text[i] != '-' && text[i] != '_')
            return FALSE;
    return TRUE;
}
