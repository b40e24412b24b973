/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How much one link, or one part of the internet, may ask: a bucket of tokens each, that fills
 * steadily.
 *
 * No address is kept: a bucket is known by a keyed hash (SipHash) of what it is for, the key is
 * made at random at the start and anew every day, and with it all that was known is forgotten.
 * Addresses count by range (/24 of IPv4, /48 of IPv6): who has one has its neighbours. Memory does
 * not grow: where it is full the bucket that is nearest to full is given up, which forgets least.
 *
 * Belongs to one thread. Test: tests/serve/test_limit.c. */

#include "serve/address.h"

typedef struct plx_limit plx_limit;

enum plx_limit_kind { PLX_LIMIT_ADDRESS, PLX_LIMIT_LINK, PLX_LIMIT_LOGIN, PLX_LIMIT_KINDS };

struct plx_limit_rule {
    guint per_minute; /* tokens that come back; 0: no limit */
    guint burst;      /* tokens of a full bucket */
};

struct plx_limit_options {
    struct plx_limit_rule rules[PLX_LIMIT_KINDS];
    guint buckets; /* at most, a power of two of at least 8; 0: 65,536, which take a megabyte */
};

/* `now`, here and below: monotonic, microseconds. */
plx_limit *plx_limit_new(const struct plx_limit_options *options, gint64 now);
void plx_limit_free(plx_limit *limit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_limit, plx_limit_free)

/* 0: it may, and a token is gone; else after how many seconds it may (Retry-After). */
guint plx_limit_take(plx_limit *limit, enum plx_limit_kind kind, const char *key, gsize length,
                     gint64 now);
/* The range that an address is in, as PLX_LIMIT_ADDRESS. */
guint plx_limit_take_address(plx_limit *limit, enum plx_limit_kind kind,
                             const struct plx_address *address, gint64 now);
