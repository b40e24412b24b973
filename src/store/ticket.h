/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Secrets that are handed out once and kept as a hash only: sessions, API tokens, links that work
 * once. 256 random bits as 43 characters of A-Z a-z 0-9 - and _ (base64url); the hash is BLAKE2b of
 * these characters, without a key: nobody can guess 256 bits. Test: tests/store/test_ticket.c. */

#include <glib.h>

enum { PLX_TICKET_LENGTH = 43, PLX_TICKET_HASH = 32 };

/* To be freed by plx_ticket_free, which wipes it. sodium_init must have been called, as
 * plx_store_open does. */
char *plx_ticket_new(void);
void plx_ticket_free(char *ticket);

void plx_ticket_hash(const char *text, gsize length, guint8 hash[PLX_TICKET_HASH]);

/* Is it one by its looks? */
gboolean plx_ticket_is(const char *text, gsize length);

/* What stands in an address that is printed and typed, and is no secret; to be freed. */
char *plx_ticket_short(void);
