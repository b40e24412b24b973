/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/ticket.h"

#include <sodium.h>
#include <string.h>

#define RANDOM_BYTES 32

/* Of an address that is printed, and typed by people: no vowels, so that it is no word, and nothing
 * that looks like something else. 28^10 is 48 bits. */
#define SHORT_DIGITS "23456789bcdfghjkmnpqrstvwxyz"
#define SHORT_LENGTH 10

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

char *plx_ticket_short(void)
{
    char *const token = g_malloc(SHORT_LENGTH + 1);
    for (guint i = 0; i < SHORT_LENGTH; i++)
        token[i] = SHORT_DIGITS[randombytes_uniform(sizeof SHORT_DIGITS - 1)];
    token[SHORT_LENGTH] = '\0';
    return token;
}
