/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/totp.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define ISSUER "Parallax"
#define TEXT_LENGTH 32 /* 20 bytes, five bits each */

static const char ALPHABET[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

guint32 plx_hotp(const guint8 key[PLX_TOTP_BYTES], guint64 counter, guint digits)
{
    static const guint32 powers[] = {1000000, 10000000, 100000000};
    guint8 digest[20];
    gsize length = sizeof digest;
    const guint64 big = GUINT64_TO_BE(counter);
    GHmac *const hmac = g_hmac_new(G_CHECKSUM_SHA1, key, PLX_TOTP_BYTES);
    g_hmac_update(hmac, (const guchar *)&big, sizeof big);
    g_hmac_get_digest(hmac, digest, &length);
    g_hmac_unref(hmac);
    const guint8 *const at = digest + (digest[sizeof digest - 1] & 15);
    const guint32 cut =
        ((guint32)(at[0] & 127) << 24) | ((guint32)at[1] << 16) | ((guint32)at[2] << 8) | at[3];
    return cut % powers[digits - PLX_TOTP_DIGITS];
}

/* The six digits of a code as it was typed. */
static gboolean take_digits(const char *code, char digits[PLX_TOTP_DIGITS + 1])
{
    guint n = 0;
    for (const char *at = code; *at; at++) {
        if (*at == ' ')
            continue;
        if (!g_ascii_isdigit(*at) || n == PLX_TOTP_DIGITS)
            return FALSE;
        digits[n++] = *at;
    }
    digits[n] = '\0';
    return n == PLX_TOTP_DIGITS;
}

gboolean plx_totp_fits(const guint8 key[PLX_TOTP_BYTES], const char *code, gint64 now, gint64 last,
                       gint64 *step)
{
    char typed[PLX_TOTP_DIGITS + 1] = "";
    const gboolean is_code = take_digits(code, typed);
    const gint64 present = now / PLX_TOTP_SECONDS;
    gint64 found = -1;
    for (gint64 at = present - 1; at <= present + 1; at++) {
        char expected[16];
        g_snprintf(expected, sizeof expected, "%06u", plx_hotp(key, (guint64)at, PLX_TOTP_DIGITS));
        if (sodium_memcmp(expected, typed, PLX_TOTP_DIGITS) == 0 && at > last)
            found = at;
    }
    if (!is_code || found < 0)
        return FALSE;
    *step = found;
    return TRUE;
}

void plx_totp_new(guint8 key[PLX_TOTP_BYTES])
{
    randombytes_buf(key, PLX_TOTP_BYTES);
}

char *plx_totp_text(const guint8 key[PLX_TOTP_BYTES])
{
    char *const text = g_malloc0(TEXT_LENGTH + 1);
    for (guint i = 0; i < TEXT_LENGTH; i++) {
        const guint bit = i * 5, byte = bit / 8;
        const guint two = ((guint)key[byte] << 8) | (byte + 1 < PLX_TOTP_BYTES ? key[byte + 1] : 0);
        text[i] = ALPHABET[(two >> (11 - bit % 8)) & 31];
    }
    return text;
}

gboolean plx_totp_read(const char *text, guint8 key[PLX_TOTP_BYTES])
{
    guint8 read[PLX_TOTP_BYTES] = {0};
    if (strlen(text) != TEXT_LENGTH)
        return FALSE;
    for (guint i = 0; i < TEXT_LENGTH; i++) {
        const char *const letter = strchr(ALPHABET, text[i]);
        const guint bit = i * 5, byte = bit / 8;
        if (!letter)
            return FALSE;
        const guint two = (guint)(letter - ALPHABET) << (11 - bit % 8);
        read[byte] |= (guint8)(two >> 8);
        if (byte + 1 < PLX_TOTP_BYTES)
            read[byte + 1] |= (guint8)(two & 255);
    }
    memcpy(key, read, sizeof read);
    return TRUE;
}

char *plx_totp_url(const guint8 key[PLX_TOTP_BYTES], const char *login)
{
    g_autofree char *secret = plx_totp_text(key);
    g_autofree char *whose = g_uri_escape_string(login, NULL, FALSE);
    return g_strdup_printf("otpauth://totp/" ISSUER ":%s?secret=%s&issuer=" ISSUER, whose, secret);
}
