/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many answers are kept, and which. That they are the right ones: test_store.c. */

#include "desk.h"

#include "store/answer_cache.h"
#include "store/store_private.h"

#define MOST_BYTES (64 << 20)

struct cache {
    struct desk desk;
    struct plx_answer *answer;
    gint64 generation;
};

static gint64 number(struct cache *cache, const char *sql)
{
    gint64 n = -1;
    g_assert_true(plx_db_number(cache->desk.store->db, sql, &n, NULL));
    return n;
}

static void run(struct cache *cache, const char *sql)
{
    g_autoptr(GError) error = NULL;
    plx_db_execute(cache->desk.store->db, sql, &error);
    g_assert_no_error(error);
}

/* Questions that differ by a day. */
static struct plx_need need_of(plx_filter *filter)
{
    return (struct plx_need){
        .kinds = PLX_NEED_COUNTS, .measures = 1u << PLX_MEASURE_LEVEL, .filter = filter};
}

static void put(struct cache *cache, gint32 day)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_filter) filter = plx_filter_days(day, G_MAXINT32);
    const struct plx_need need = need_of(filter);
    plx_db *const db = cache->desk.store->db;
    g_assert_true(plx_db_begin_write(db, &error));
    g_assert_true(plx_answer_cache_put(db, cache->desk.store->map, cache->generation, &need, 1,
                                       cache->answer, &error));
    g_assert_true(plx_db_commit(db, &error));
}

static gboolean has(struct cache *cache, gint32 day)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_filter) filter = plx_filter_days(day, G_MAXINT32);
    const struct plx_need need = need_of(filter);
    struct plx_answer *answer = NULL;
    g_assert_true(plx_answer_cache_get(cache->desk.store->db, cache->desk.store->map,
                                       cache->generation, &need, 1, &answer, &error));
    const gboolean found = answer != NULL;
    plx_answer_free(answer);
    return found;
}

static void touch(struct cache *cache, gint32 day)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_filter) filter = plx_filter_days(day, G_MAXINT32);
    const struct plx_need need = need_of(filter);
    plx_db *const db = cache->desk.store->db;
    g_assert_true(plx_db_begin_write(db, &error));
    g_assert_true(plx_answer_cache_touch(db, cache->desk.store->map, &need, 1, &error));
    g_assert_true(plx_db_commit(db, &error));
}

static void begin(struct cache *cache)
{
    const struct plx_need need = need_of(NULL);
    g_autoptr(GError) error = NULL;
    desk_init(&cache->desk, desk_map);
    run(cache, "PRAGMA synchronous = OFF");
    g_autofree char *text = desk_rows(1, 50, 0);
    desk_take(&cache->desk, text);
    g_autoptr(plx_source) source = plx_store_source(cache->desk.store, 1);
    g_assert_true(plx_source_ask(source, &need, 1, &cache->answer, &error));
    cache->generation = number(cache, "SELECT value FROM fact WHERE name = 'generation'");
}

static void end(struct cache *cache)
{
    plx_answer_free(cache->answer);
    desk_clear(&cache->desk);
}

/* Answers that nobody asks for. */
static void fill(struct cache *cache, guint n, guint bytes)
{
    g_autofree char *sql = g_strdup_printf(
        "WITH RECURSIVE up (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM up WHERE i < %u) "
        "INSERT INTO cache SELECT randomblob(32), %" G_GINT64_FORMAT ", zeroblob(%u) FROM up",
        n, cache->generation, bytes);
    run(cache, sql);
}

static void test_bound(void)
{
    struct cache cache;
    begin(&cache);
    put(&cache, 1);
    put(&cache, 2);
    fill(&cache, 600, 1000);
    touch(&cache, 2); /* it is of use again */
    fill(&cache, 60, 1 << 20);
    for (gint32 day = 10; day < 30; day++)
        put(&cache, day);
    g_assert_true(has(&cache, 1)); /* there is room for all */
    fill(&cache, 4, 1 << 20);
    for (gint32 day = 30; day < 50; day++)
        put(&cache, day);
    g_assert_cmpint(number(&cache, "SELECT sum(length(answer)) FROM cache"), <=, MOST_BYTES);
    g_assert_cmpint(number(&cache, "SELECT sum(length(answer)) FROM cache"), >,
                    MOST_BYTES - (2 << 20));
    g_assert_false(has(&cache, 1));
    g_assert_true(has(&cache, 10));
    g_assert_true(has(&cache, 49));
    end(&cache);
}

static void test_use(void)
{
    struct cache cache;
    begin(&cache);
    put(&cache, 1);
    put(&cache, 2);
    fill(&cache, 70, 1 << 20);
    fill(&cache, 600, 1000);
    touch(&cache, 2);
    const gint64 last = number(&cache, "SELECT max(rowid) FROM cache");
    touch(&cache, 2); /* it is one of the last: nothing is written */
    g_assert_cmpint(number(&cache, "SELECT max(rowid) FROM cache"), ==, last);
    for (gint32 day = 10; day < 30; day++)
        put(&cache, day);
    g_assert_false(has(&cache, 1));
    g_assert_true(has(&cache, 2));
    end(&cache);
}

/* What is larger than all that is kept is kept alone. */
static void test_large(void)
{
    struct cache cache;
    begin(&cache);
    put(&cache, 1);
    fill(&cache, 1, 70 << 20);
    for (gint32 day = 10; day < 30; day++)
        put(&cache, day);
    g_assert_false(has(&cache, 1));
    g_assert_true(has(&cache, 29));
    g_assert_cmpint(number(&cache, "SELECT max(length(answer)) FROM cache"), <, 1 << 20);
    end(&cache);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store/answer_cache/bound", test_bound);
    g_test_add_func("/store/answer_cache/use", test_use);
    g_test_add_func("/store/answer_cache/large", test_large);
    return g_test_run();
}
