/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/twins.h"

static void feed(plx_twins *twins, const struct plx_twin *rows, guint n)
{
    for (guint i = 0; i < n; i++)
        plx_twins_first(twins, &rows[i]);
    for (guint i = 0; i < n; i++)
        plx_twins_second(twins, &rows[i]);
}

/* Many rows without any: nothing is found, and next to nothing suspected. */
static void test_none(void)
{
    g_autoptr(plx_twins) twins = plx_twins_new();
    for (guint64 i = 0; i < 300000; i++) {
        const struct plx_twin row = {.named = TRUE,
                                     .encounter = plx_twins_mix(i / 3, 7),
                                     .constancy = i / 3 % 5,
                                     .subject = i % 3};
        plx_twins_first(twins, &row);
    }
    g_assert_false(plx_twins_any(twins));
    g_assert_false(plx_twins_have_items(twins));
}

static void test_repeated(void)
{
    g_autoptr(plx_twins) twins = plx_twins_new();
    const struct plx_twin rows[] = {
        {.named = TRUE, .encounter = 1, .subject = 5},
        {.named = TRUE, .encounter = 2, .subject = 5},
        {.named = TRUE, .encounter = 1, .subject = 6},
        {.named = TRUE, .encounter = 1, .subject = 5},
        {.named = TRUE, .encounter = 1, .subject = 5, .item = 2}, /* numbered with its like */
        {.named = TRUE, .encounter = 1, .subject = 6, .item = 1}, /* another one already */
        {.encounter = 1, .subject = 5},                           /* not given */
    };
    static const guint64 items[] = {1, 0, 0, 2, 3, 0, 0};
    feed(twins, rows, G_N_ELEMENTS(rows));
    g_assert_true(plx_twins_have_items(twins));
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        g_assert_cmpuint(plx_twins_item(twins, &rows[i]), ==, items[i]);
}

static void test_split(void)
{
    g_autoptr(plx_twins) twins = plx_twins_new();
    const struct plx_twin rows[] = {
        {.named = TRUE, .encounter = 1, .constancy = 1, .subject = 1},
        {.named = TRUE, .encounter = 2, .constancy = 1, .subject = 1},
        {.named = TRUE, .encounter = 1, .constancy = 2, .subject = 2},
        {.named = TRUE, .encounter = 2, .constancy = 1, .subject = 2},
        {.named = TRUE, .encounter = 1, .constancy = 1, .subject = 3},
    };
    feed(twins, rows, G_N_ELEMENTS(rows));
    g_assert_cmpuint(plx_twins_n_split(twins), ==, 1);
    g_assert_true(plx_twins_is_split(twins, 1));
    g_assert_false(plx_twins_is_split(twins, 2));
    g_assert_false(plx_twins_have_items(twins));
}

static void test_crowded(void)
{
    g_autoptr(plx_twins) twins = plx_twins_new();
    const struct plx_twin rows[] = {
        {.encounter = 1, .moment = 10},
        {.encounter = 1, .moment = 10},
        {.encounter = 2, .moment = 11},
        {.encounter = 3, .moment = 10},
        {.encounter = 4},
    };
    feed(twins, rows, G_N_ELEMENTS(rows));
    g_assert_true(plx_twins_is_crowded(twins, 10));
    g_assert_false(plx_twins_is_crowded(twins, 11));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/twins/none", test_none);
    g_test_add_func("/twins/repeated", test_repeated);
    g_test_add_func("/twins/split", test_split);
    g_test_add_func("/twins/crowded", test_crowded);
    return g_test_run();
}
