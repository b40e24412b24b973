/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/limit.h"

#include <string.h>

#define SECOND ((gint64)G_USEC_PER_SEC)

static const struct plx_limit_options usual = {
    .rules = {
        [PLX_LIMIT_ADDRESS] = {60, 5}, [PLX_LIMIT_LINK] = {600, 3}, [PLX_LIMIT_LOGIN] = {6, 1}}};

static guint take(plx_limit *limit, enum plx_limit_kind kind, const char *key, gint64 now)
{
    return plx_limit_take(limit, kind, key, strlen(key), now);
}

/* So many at once, then as they come back: one a second. */
static void test_bucket(void)
{
    g_autoptr(plx_limit) limit = plx_limit_new(&usual, 0);
    for (guint i = 0; i < 5; i++)
        g_assert_cmpuint(take(limit, PLX_LIMIT_ADDRESS, "a", 0), ==, 0);
    g_assert_cmpuint(take(limit, PLX_LIMIT_ADDRESS, "a", 0), ==, 1);
    g_assert_cmpuint(take(limit, PLX_LIMIT_ADDRESS, "b", 0), ==, 0);
    g_assert_cmpuint(take(limit, PLX_LIMIT_LINK, "a", 0), ==, 0); /* another's of that name */
    g_assert_cmpuint(take(limit, PLX_LIMIT_ADDRESS, "a", SECOND - 100000), ==, 1);
    g_assert_cmpuint(take(limit, PLX_LIMIT_ADDRESS, "a", SECOND), ==, 0);
    g_assert_cmpuint(take(limit, PLX_LIMIT_ADDRESS, "a", SECOND), ==, 1);
    for (guint i = 0; i < 5; i++) /* never more than it holds */
        g_assert_cmpuint(take(limit, PLX_LIMIT_ADDRESS, "a", 100 * SECOND), ==, 0);
    g_assert_cmpuint(take(limit, PLX_LIMIT_ADDRESS, "a", 100 * SECOND), ==, 1);
}

static void test_retry(void)
{
    g_autoptr(plx_limit) limit = plx_limit_new(&usual, 0);
    g_assert_cmpuint(take(limit, PLX_LIMIT_LOGIN, "anna", 0), ==, 0);
    g_assert_cmpuint(take(limit, PLX_LIMIT_LOGIN, "anna", 0), ==, 10);
    g_assert_cmpuint(take(limit, PLX_LIMIT_LOGIN, "anna", 7 * SECOND), ==, 3);
    g_assert_cmpuint(take(limit, PLX_LIMIT_LOGIN, "anna", 10 * SECOND), ==, 0);
}

static guint from(plx_limit *limit, const char *text)
{
    struct plx_address address;
    g_assert_true(plx_address_parse(text, &address));
    return plx_limit_take_address(limit, PLX_LIMIT_LOGIN, &address, 0);
}

/* Neighbours share a bucket. */
static void test_ranges(void)
{
    g_autoptr(plx_limit) limit = plx_limit_new(&usual, 0);
    g_assert_cmpuint(from(limit, "192.0.2.1"), ==, 0);
    g_assert_cmpuint(from(limit, "192.0.2.250"), ==, 10);
    g_assert_cmpuint(from(limit, "192.0.3.1"), ==, 0);
    g_assert_cmpuint(from(limit, "2001:db8:7:1::1"), ==, 0);
    g_assert_cmpuint(from(limit, "2001:db8:7:2::9"), ==, 10);
    g_assert_cmpuint(from(limit, "2001:db8:8:1::1"), ==, 0);
}

/* A day later all is forgotten; a kind without a rule has no limit. */
static void test_day(void)
{
    static const struct plx_limit_options few = {.rules = {[PLX_LIMIT_LINK] = {1, 1}}};
    const gint64 day = 24 * 3600 * SECOND;
    g_autoptr(plx_limit) limit = plx_limit_new(&few, 0);
    g_assert_cmpuint(take(limit, PLX_LIMIT_LINK, "a", day - 1000), ==, 0);
    g_assert_cmpuint(take(limit, PLX_LIMIT_LINK, "a", day - 1000), >, 0);
    g_assert_cmpuint(take(limit, PLX_LIMIT_LINK, "a", day), ==, 0);
    for (guint i = 0; i < 1000; i++)
        g_assert_cmpuint(take(limit, PLX_LIMIT_ADDRESS, "a", day), ==, 0);
}

/* Of many more than there is room for, one that asks on and on is not forgotten: the others are
 * nearer to full. */
static void test_bounded(void)
{
    struct plx_limit_options small = usual;
    guint refused = 0;
    small.buckets = 64;
    g_autoptr(plx_limit) limit = plx_limit_new(&small, 0);
    for (guint i = 0; i < 5; i++)
        g_assert_cmpuint(take(limit, PLX_LIMIT_ADDRESS, "greedy", 0), ==, 0);
    for (guint i = 0; i < 10000; i++) {
        g_autofree char *key = g_strdup_printf("guest %u", i);
        g_assert_cmpuint(take(limit, PLX_LIMIT_ADDRESS, key, 0), ==, 0);
        refused += take(limit, PLX_LIMIT_ADDRESS, "greedy", 0) > 0;
    }
    g_assert_cmpuint(refused, ==, 10000);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/limit/bucket", test_bucket);
    g_test_add_func("/limit/retry", test_retry);
    g_test_add_func("/limit/ranges", test_ranges);
    g_test_add_func("/limit/day", test_day);
    g_test_add_func("/limit/bounded", test_bounded);
    return g_test_run();
}
