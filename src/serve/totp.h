/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Codes of an authenticator: HOTP (RFC 4226, 2005) and TOTP (RFC 6238, 2011) with SHA-1, six
 * digits, 30 seconds, as every authenticator has it. Pure, but for a new key. Test:
 * tests/serve/test_totp.c, with the vectors of both. */

#include <glib.h>

enum { PLX_TOTP_BYTES = 20, PLX_TOTP_DIGITS = 6, PLX_TOTP_SECONDS = 30 };

/* The code of a counter. `digits`: 6 to 8. */
guint32 plx_hotp(const guint8 key[PLX_TOTP_BYTES], guint64 counter, guint digits);

/* Is `code` (six digits; blanks are passed over) that of the step of `now`, or of the one before or
 * behind, and of a later step than `last`? No code is taken twice: *step is to be kept as the next
 * `last`. Takes as long whatever the code is. */
gboolean plx_totp_fits(const guint8 key[PLX_TOTP_BYTES], const char *code, gint64 now, gint64 last,
                       gint64 *step);

void plx_totp_new(guint8 key[PLX_TOTP_BYTES]);
/* The key as people type it: base32 (RFC 4648), to be freed. And back: FALSE for what is none. */
char *plx_totp_text(const guint8 key[PLX_TOTP_BYTES]);
gboolean plx_totp_read(const char *text, guint8 key[PLX_TOTP_BYTES]);
/* "otpauth://totp/Parallax:LOGIN?secret=...&issuer=Parallax", what the QR code says; to be freed.
 */
char *plx_totp_url(const guint8 key[PLX_TOTP_BYTES], const char *login);
