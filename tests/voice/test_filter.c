/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "small.h"

/* Takes the filter. */
static void check(const struct small *small, plx_filter *filter, const char *expected)
{
    g_assert_cmpstr(small_run(small, filter), ==, expected);
    g_autoptr(plx_filter) copy = plx_filter_copy(filter);
    g_assert_true(plx_filter_same(filter, copy));
    plx_filter_free(filter);
    g_assert_cmpstr(small_run(small, copy), ==, expected);
}

static plx_filter *in(enum plx_dim dim, const char *segment, const char *a, const char *b)
{
    const char *const values[] = {a, b, NULL};
    return plx_filter_in(dim, segment, values);
}

static void test_values(void)
{
    struct small small;
    small_init(&small);
    check(&small, NULL, "11111111");
    check(&small, in(PLX_DIM_PLACE, NULL, "Oslo", NULL), "10010001");
    check(&small, in(PLX_DIM_PLACE, NULL, "Oslo", "Bergen"), "11010011");
    check(&small, in(PLX_DIM_PLACE, NULL, "", "Bergen"), "01100110");
    check(&small, in(PLX_DIM_PLACE, NULL, "oslo", NULL), "00000000");
    check(&small, in(PLX_DIM_SEGMENT, "tier", "gold", NULL), "10100010");
    check(&small, in(PLX_DIM_SEGMENT, "age", "gold", NULL), "00000000");
    check(&small, in(PLX_DIM_SEGMENT, "age", "", NULL), "11111111");
    check(&small, in(PLX_DIM_CHANNEL, NULL, "", NULL), "11111111");
    check(&small, in(PLX_DIM_CHANNEL, NULL, "web", NULL), "00000000");
    check(&small, in(PLX_DIM_AUDIENCE, NULL, "leader", "staff"), "10001000");
    check(&small, in(PLX_DIM_AUDIENCE, NULL, "nobody", NULL), "00000000");
    check(&small, in(PLX_DIM_SUBJECT, NULL, "search", "order"), "01110100");
    check(&small, in(PLX_DIM_SUBJECT, NULL, "", NULL), "00000001");
    check(&small, in(PLX_DIM_JOURNEY, NULL, "Order", NULL), "00100000");
    check(&small, plx_filter_kinds(1u << PLX_SUBJECT_JOURNEY), "00000100");
    check(&small, plx_filter_kinds(1u << PLX_SUBJECT_NONE), "00000001");
    small_clear(&small);
}

static void test_trees(void)
{
    struct small small;
    small_init(&small);
    check(&small, plx_filter_all(NULL, 0), "11111111");
    check(&small, plx_filter_any(NULL, 0), "00000000");
    check(&small, plx_filter_not(in(PLX_DIM_PLACE, NULL, "Oslo", NULL)), "01101110");
    plx_filter *both[] = {in(PLX_DIM_PLACE, NULL, "Oslo", NULL),
                          plx_filter_not(in(PLX_DIM_AUDIENCE, NULL, "customer", NULL))};
    check(&small, plx_filter_all(both, 2), "10000000");
    plx_filter *either[] = {in(PLX_DIM_PLACE, NULL, "Bergen", NULL),
                            in(PLX_DIM_SEGMENT, "tier", "silver", NULL)};
    check(&small, plx_filter_any(either, 2), "01010010");
    small_clear(&small);
}

static void test_days(void)
{
    struct small small;
    small_init(&small);
    check(&small, plx_filter_days(101, 104), "01011000");
    check(&small, plx_filter_days(G_MININT32, 100), "10000001");
    check(&small, plx_filter_days(104, G_MAXINT32), "00001010");
    check(&small, plx_filter_days(G_MININT32, G_MAXINT32), "11011011");
    /* A row without time passes no test on time, also turned round. */
    check(&small, plx_filter_not(plx_filter_days(101, 104)), "10000011");
    small.batch.day = NULL;
    check(&small, plx_filter_days(G_MININT32, G_MAXINT32), "00000000");
    check(&small, plx_filter_not(plx_filter_days(101, 104)), "00000000");
    small_clear(&small);
}

/* A dictionary that grew is looked up anew; constants stand for columns. */
static void test_growing(void)
{
    struct small small;
    small_init(&small);
    g_autoptr(plx_filter) filter = in(PLX_DIM_PLACE, NULL, "Tromsø", NULL);
    g_assert_cmpstr(small_run(&small, filter), ==, "00000000");
    small.place[6] = plx_dict_add(small.dims.dict[PLX_DIM_PLACE], "Tromsø", 7);
    g_assert_cmpstr(small_run(&small, filter), ==, "00000010");
    small.batch.dim[PLX_DIM_PLACE] = NULL;
    small.batch.dim_constant[PLX_DIM_PLACE] = small.place[6];
    g_assert_cmpstr(small_run(&small, filter), ==, "11111111");
    small_clear(&small);
}

static void test_same(void)
{
    g_autoptr(plx_filter) a = in(PLX_DIM_PLACE, NULL, "Oslo", NULL);
    g_autoptr(plx_filter) b = in(PLX_DIM_PLACE, NULL, "Oslo", "Bergen");
    g_autoptr(plx_filter) c = in(PLX_DIM_CHANNEL, NULL, "Oslo", NULL);
    g_autoptr(plx_filter) d = plx_filter_not(plx_filter_copy(a));
    g_autoptr(plx_filter) e = plx_filter_not(plx_filter_copy(b));
    g_assert_false(plx_filter_same(a, b));
    g_assert_false(plx_filter_same(a, c));
    g_assert_false(plx_filter_same(a, NULL));
    g_assert_false(plx_filter_same(d, e));
    g_assert_true(plx_filter_same(NULL, NULL));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/voice/filter/values", test_values);
    g_test_add_func("/voice/filter/trees", test_trees);
    g_test_add_func("/voice/filter/days", test_days);
    g_test_add_func("/voice/filter/growing", test_growing);
    g_test_add_func("/voice/filter/same", test_same);
    return g_test_run();
}
