/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/limit.h"

#include <sodium.h>
#include <string.h>

enum { WAYS = 8, BUCKETS = 65536 };
#define DAY ((gint64)24 * 3600 * G_USEC_PER_SEC)

/* How many tokens are gone; they come back with time. */
struct bucket {
    guint64 name; /* 0: free; the kind lies in the lowest bits */
    gint32 when;  /* milliseconds since the key was made */
    float gone;
};

struct plx_limit {
    struct plx_limit_rule rules[PLX_LIMIT_KINDS];
    guint8 key[crypto_shorthash_KEYBYTES];
    gint64 since;
    guint sets; /* of WAYS buckets */
    struct bucket *buckets;
};

static void begin_day(plx_limit *limit, gint64 now)
{
    randombytes_buf(limit->key, sizeof limit->key);
    memset(limit->buckets, 0, (gsize)limit->sets * WAYS * sizeof *limit->buckets);
    limit->since = now;
}

plx_limit *plx_limit_new(const struct plx_limit_options *options, gint64 now)
{
    plx_limit *limit = g_new(plx_limit, 1);
    if (sodium_init() < 0)
        g_error("out of memory or random numbers");
    memcpy(limit->rules, options->rules, sizeof limit->rules);
    limit->sets = (options->buckets ? options->buckets : BUCKETS) / WAYS;
    g_assert(limit->sets > 0 && (limit->sets & (limit->sets - 1)) == 0);
    limit->buckets = g_new(struct bucket, (gsize)limit->sets * WAYS);
    begin_day(limit, now);
    return limit;
}

void plx_limit_free(plx_limit *limit)
{
    if (!limit)
        return;
    sodium_memzero(limit->key, sizeof limit->key);
    g_free(limit->buckets);
    g_free(limit);
}

static guint64 name(const plx_limit *limit, enum plx_limit_kind kind, const void *key, gsize length)
{
    guint64 hash;
    G_STATIC_ASSERT(sizeof hash == crypto_shorthash_BYTES);
    crypto_shorthash((guint8 *)&hash, key, length, limit->key);
    return (hash & ~(guint64)7) | ((guint64)kind + 1);
}

/* What is gone of it by now. */
static double gone(const plx_limit *limit, const struct bucket *bucket, gint32 now)
{
    const struct plx_limit_rule *const rule = &limit->rules[(bucket->name & 7) - 1];
    const double back = (double)(now - bucket->when) * rule->per_minute / 60e3;
    return MAX((double)bucket->gone - MAX(back, 0), 0);
}

/* Its own, else a free one, else the one that is nearest to full. */
static struct bucket *find(const plx_limit *limit, guint64 wanted, gint32 now)
{
    struct bucket *const set = limit->buckets + (gsize)((wanted >> 8) & (limit->sets - 1)) * WAYS;
    struct bucket *best = NULL;
    double least = 0;
    for (guint i = 0; i < WAYS; i++) {
        if (set[i].name == wanted)
            return &set[i];
        const double left = set[i].name ? gone(limit, &set[i], now) : -1;
        if (!best || left < least) {
            best = &set[i];
            least = left;
        }
    }
    *best = (struct bucket){.name = wanted, .when = now};
    return best;
}

static guint take(plx_limit *limit, enum plx_limit_kind kind, const void *key, gsize length,
                  gint64 now)
{
    const struct plx_limit_rule *const rule = &limit->rules[kind];
    if (rule->per_minute == 0)
        return 0;
    if (now - limit->since >= DAY)
        begin_day(limit, now);
    const gint32 ms = (gint32)((now - limit->since) / 1000);
    struct bucket *const bucket = find(limit, name(limit, kind, key, length), ms);
    const double left = gone(limit, bucket, ms);
    const double over = left + 1 - rule->burst;
    if (over > 1e-3) { /* a float holds thousandths */
        const double seconds = over * 60 / rule->per_minute - 1e-3;
        return (guint)seconds + 1;
    }
    bucket->gone = (float)(left + 1);
    bucket->when = ms;
    return 0;
}

guint plx_limit_take(plx_limit *limit, enum plx_limit_kind kind, const char *key, gsize length,
                     gint64 now)
{
    return take(limit, kind, key, length, now);
}

guint plx_limit_take_address(plx_limit *limit, enum plx_limit_kind kind,
                             const struct plx_address *address, gint64 now)
{
    const struct plx_address range = plx_address_cut(address, 24, 48);
    return take(limit, kind, range.byte, sizeof range.byte, now);
}
