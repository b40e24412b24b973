/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/reading_cache.h"

#include "store/desk.h"

#define TODAY 20000
#define MOST 64

static void keep(plx_reading_cache *cache, const char *question, const char *answer)
{
    g_autoptr(GBytes) bytes = g_bytes_new(answer, strlen(answer));
    plx_reading_cache_keep(cache, question, bytes);
}

static void expect(plx_reading_cache *cache, const char *question, gint32 day, const char *answer)
{
    g_autoptr(GBytes) found = plx_reading_cache_find(cache, question, day);
    g_autofree char *text =
        found ? g_strndup(g_bytes_get_data(found, NULL), g_bytes_get_size(found)) : NULL;
    g_assert_cmpstr(text, ==, answer);
}

static void write_something(const struct desk *desk)
{
    g_autoptr(GError) error = NULL;
    plx_db *const db = plx_store_db(desk->store);
    g_assert_true(plx_db_begin_write(db, &error));
    g_assert_true(
        plx_db_execute(db, "UPDATE fact SET value = value + 1 WHERE name = 'maps'", &error));
    g_assert_true(plx_db_commit(db, &error));
}

/* Until somebody writes, and until the next day. */
static void test_kept(void)
{
    struct desk desk;
    desk_init(&desk, NULL);
    plx_reading_cache *const cache = plx_reading_cache_new(desk.path, MOST);
    expect(cache, "gaps", TODAY, NULL);
    keep(cache, "gaps", "one");
    expect(cache, "gaps", TODAY, "one");
    expect(cache, "gaps by place", TODAY, NULL);
    write_something(&desk);
    expect(cache, "gaps", TODAY, NULL);
    keep(cache, "gaps", "two");
    keep(cache, "gaps", "not again");
    expect(cache, "gaps", TODAY, "two");
    expect(cache, "gaps", TODAY + 1, NULL);
    plx_reading_cache_free(cache);
    desk_clear(&desk);
}

/* What was made while somebody wrote may be of before. */
static void test_meanwhile(void)
{
    struct desk desk;
    desk_init(&desk, NULL);
    plx_reading_cache *const cache = plx_reading_cache_new(desk.path, MOST);
    expect(cache, "gaps", TODAY, NULL);
    write_something(&desk);
    keep(cache, "gaps", "old");
    expect(cache, "gaps", TODAY, NULL);
    plx_reading_cache_free(cache);
    desk_clear(&desk);
}

static void test_bounded(void)
{
    struct desk desk;
    desk_init(&desk, NULL);
    plx_reading_cache *const cache = plx_reading_cache_new(desk.path, MOST);
    g_autofree char *half = g_strnfill(MOST / 2 - 2, 'x'), *more = g_strnfill(MOST + 1, 'x');
    expect(cache, "a", TODAY, NULL);
    keep(cache, "a", half);
    keep(cache, "b", half);
    keep(cache, "c", "x");
    keep(cache, "d", more);
    expect(cache, "a", TODAY, NULL);
    expect(cache, "b", TODAY, half);
    expect(cache, "c", TODAY, "x");
    expect(cache, "d", TODAY, NULL);
    plx_reading_cache_free(cache);
    desk_clear(&desk);
}

/* A workspace that is not there: nothing is kept of it. */
static void test_unreadable(void)
{
    plx_reading_cache *const cache = plx_reading_cache_new("/nowhere/shop.plx", MOST);
    expect(cache, "gaps", TODAY, NULL);
    keep(cache, "gaps", "one");
    expect(cache, "gaps", TODAY, NULL);
    plx_reading_cache_free(cache);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/reading-cache/kept", test_kept);
    g_test_add_func("/reading-cache/meanwhile", test_meanwhile);
    g_test_add_func("/reading-cache/bounded", test_bounded);
    g_test_add_func("/reading-cache/unreadable", test_unreadable);
    return g_test_run();
}
