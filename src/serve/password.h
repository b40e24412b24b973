/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Passwords: Argon2id (RFC 9106) by libsodium, 64 MiB and two passes, about a tenth of a second of
 * one core: never on the loop's thread. Any text of at least PLX_PASSWORD_MIN characters will do;
 * it is normalised (NFKC), so that the same keys give the same password on any machine.
 * Test: tests/serve/test_password.c. */

#include <glib.h>

enum { PLX_PASSWORD_MIN = 12 /* characters */, PLX_PASSWORD_MAX = 1024 /* bytes */ };

/* May it be chosen? Else *why (static) is the key of a sentence (texts.h) for the one who chose it.
 * `login`: whose. */
gboolean plx_password_is_good(const char *password, const char *login, const char **why);

/* What is kept of it, to be freed. Errors: PLX_ERROR_IO when there is no memory for it. */
char *plx_password_hash(const char *password, GError **error);

/* Is it the one? `hash` NULL: there is none to compare with, which takes as long and is FALSE. */
gboolean plx_password_fits(const char *hash, const char *password);

/* Was it kept with other costs than those of today? Then it is hashed again when it is known. */
gboolean plx_password_is_old(const char *hash);
