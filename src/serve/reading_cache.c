/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/reading_cache.h"

#include "store/db.h"

#include <string.h>

struct plx_reading_cache {
    char *workspace;
    plx_db *db;     /* NULL: it could not be opened, and is tried again */
    gint64 version; /* of the file, as `db` sees it, when the answers were made; -1: not known */
    gint32 day;
    gsize bytes, most_bytes;
    GHashTable *answers; /* question, owned by `order` -> GBytes */
    GQueue order;        /* of questions, the oldest first */
};

plx_reading_cache *plx_reading_cache_new(const char *workspace, gsize most_bytes)
{
    plx_reading_cache *const cache = g_new0(plx_reading_cache, 1);
    cache->workspace = g_strdup(workspace);
    cache->version = -1;
    cache->most_bytes = most_bytes;
    cache->answers =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_bytes_unref);
    g_queue_init(&cache->order);
    return cache;
}

static void forget_all(plx_reading_cache *cache)
{
    g_hash_table_remove_all(cache->answers);
    g_queue_clear_full(&cache->order, g_free);
    cache->bytes = 0;
}

void plx_reading_cache_free(plx_reading_cache *cache)
{
    if (!cache)
        return;
    forget_all(cache);
    g_hash_table_unref(cache->answers);
    plx_db_close(cache->db);
    g_free(cache->workspace);
    g_free(cache);
}

/* Another number than before once anybody has written to the file; -1: it cannot be read. */
static gint64 version_now(plx_reading_cache *cache)
{
    gint64 version;
    if (!cache->db)
        cache->db = plx_db_open(cache->workspace, PLX_DB_READ, NULL);
    return cache->db && plx_db_number(cache->db, "PRAGMA data_version", &version, NULL) ? version
                                                                                        : -1;
}

void plx_reading_cache_look(plx_reading_cache *cache)
{
    const gint64 version = version_now(cache);
    if (version < 0 || version != cache->version)
        forget_all(cache);
    cache->version = version;
}

GBytes *plx_reading_cache_find(plx_reading_cache *cache, const char *question, gint32 day)
{
    plx_reading_cache_look(cache);
    if (day != cache->day)
        forget_all(cache);
    cache->day = day;
    GBytes *const found = g_hash_table_lookup(cache->answers, question);
    return found ? g_bytes_ref(found) : NULL;
}

static gsize size_of(const char *question, GBytes *answer)
{
    return strlen(question) + 1 + g_bytes_get_size(answer);
}

static void forget_oldest(plx_reading_cache *cache)
{
    g_autofree char *question = g_queue_pop_head(&cache->order);
    cache->bytes -= size_of(question, g_hash_table_lookup(cache->answers, question));
    g_hash_table_remove(cache->answers, question);
}

void plx_reading_cache_keep(plx_reading_cache *cache, const char *question, GBytes *answer)
{
    const gsize size = size_of(question, answer);
    if (cache->version < 0 || version_now(cache) != cache->version || size > cache->most_bytes ||
        g_hash_table_contains(cache->answers, question))
        return;
    while (cache->bytes + size > cache->most_bytes)
        forget_oldest(cache);
    char *const kept = g_strdup(question);
    g_queue_push_tail(&cache->order, kept);
    g_hash_table_insert(cache->answers, kept, g_bytes_ref(answer));
    cache->bytes += size;
}
