/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The audit log: who did what, when, to what. Only added to, and hash-chained.
 *
 * The chain of entry n is BLAKE2b-256 of the chain before it and of the entry: its number (eight
 * bytes, little-endian), then time, actor, act and about, each behind its length in bytes (four
 * bytes). Before the first stands BLAKE2b-256 of "parallax audit" and the 16 bytes of fact
 * 'workspace'. Facts say how many there are and what the last chain is: whoever notes that chain
 * down can prove later that nothing before it was changed, even by somebody who holds the file.
 * Test: tests/store/test_audit.c. */

#include "store/store.h"

enum { PLX_AUDIT_CHAIN = 32 };

/* Adds an entry at the present time, within the caller's write transaction. `actor` is "account 3",
 * "token plx_Ab3x", "shell anna", "server"; `act` a word or two ("link create"); `about` what it
 * was done to, never a secret ("" or NULL: nothing more to say). Errors: PLX_ERROR_IO, also when
 * the log was tampered with at its end: then nothing that is logged can be done any more. */
gboolean plx_audit_add(plx_store *store, const char *actor, const char *act, const char *about,
                       GError **error);

/* What a store does from now on is logged by itself, each entry within the transaction that it is
 * about: nothing is changed that is not in the log, or the other way round. */
struct plx_audit_deed {
    const char *actor, *act, *about; /* as above; copied; "" is what the store itself says of an
                                      * import, an erasure or a map: its file and counts */
    gboolean answers; /* a change of what readings see, each time; else the first change at all */
};
void plx_audit_follow(plx_store *store, const struct plx_audit_deed *deed);

struct plx_audit_entry {
    gint64 number; /* 1, 2, ... */
    const char *time, *actor, *act, *about;
    const guint8 *chain; /* PLX_AUDIT_CHAIN bytes */
};
typedef void (*plx_audit_visit)(const struct plx_audit_entry *entry, gpointer data);

struct plx_audit_state {
    gint64 entries;
    guint8 chain[PLX_AUDIT_CHAIN]; /* of the last, or what stands before the first */
};

/* Goes over all entries, oldest first, and verifies each before `visit` (may be NULL) sees it; also
 * what parallax check does. Errors: PLX_ERROR_IO for an entry that was changed or is gone; it names
 * the first from which on the chain does not hold. */
gboolean plx_audit_read(plx_store *store, plx_audit_visit visit, gpointer data,
                        struct plx_audit_state *state, GError **error);
