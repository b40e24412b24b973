/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "small.h"

static plx_filter *place(const char *a, const char *b)
{
    const char *const values[] = {a, b, NULL};
    return plx_filter_in(PLX_DIM_PLACE, NULL, values);
}

/* Takes the filter. */
static void check_monthly(plx_filter *filter, gboolean expected)
{
    g_assert_cmpint(plx_filter_is_monthly(filter), ==, expected);
    plx_filter_free(filter);
}

static void test_monthly(void)
{
    plx_filter *both[] = {place("Oslo", NULL), plx_filter_days(31, 60)};
    check_monthly(plx_filter_days(0, 30), TRUE); /* January 1970 */
    check_monthly(plx_filter_days(31, 58), TRUE);
    check_monthly(plx_filter_days(G_MININT32, 58), TRUE);
    check_monthly(plx_filter_days(-31, G_MAXINT32), TRUE);
    check_monthly(plx_filter_days(1, 30), FALSE);
    check_monthly(plx_filter_days(0, 29), FALSE);
    check_monthly(plx_filter_not(plx_filter_days(0, 29)), FALSE);
    check_monthly(plx_filter_all(both, 2), FALSE);
    g_assert_true(plx_filter_is_monthly(NULL));
}

/* Takes the filter. */
static void check_may(plx_filter *filter, const char *where, gint32 since, gint32 until,
                      gboolean expected)
{
    const struct plx_filter_known known = {where, since, until};
    g_assert_cmpint(plx_filter_may_pass(filter, &known), ==, expected);
    plx_filter_free(filter);
}

static void test_examples(void)
{
    plx_filter *both[] = {place("Oslo", ""), plx_filter_days(0, 58)};
    plx_filter *either[] = {place("Oslo", NULL), place("Bergen", NULL)};
    check_may(NULL, "Oslo", 1, 0, TRUE);
    check_may(place("Oslo", NULL), "Oslo", 1, 0, TRUE);
    check_may(place("Oslo", NULL), "Bergen", 1, 0, FALSE);
    check_may(place("Oslo", NULL), NULL, 1, 0, TRUE);
    check_may(place("", NULL), "", 1, 0, TRUE);
    check_may(plx_filter_not(place("Oslo", NULL)), "Oslo", 1, 0, FALSE);
    check_may(plx_filter_days(0, 30), NULL, 31, 58, FALSE);
    check_may(plx_filter_days(0, 30), NULL, 0, 30, TRUE);
    check_may(plx_filter_days(0, 30), NULL, 20, 58, TRUE);
    check_may(plx_filter_days(0, 30), NULL, PLX_NO_DAY, PLX_NO_DAY, FALSE);
    check_may(plx_filter_days(0, 30), NULL, 1, 0, TRUE);
    check_may(plx_filter_all(both, 2), "Bergen", 31, 58, FALSE);
    check_may(plx_filter_any(either, 2), "Trondheim", 31, 58, FALSE);
    check_may(plx_filter_any(NULL, 0), NULL, 1, 0, FALSE);
    check_may(plx_filter_all(NULL, 0), NULL, 1, 0, TRUE);
}

static plx_filter *random_tree(GRand *random, guint depth)
{
    static const char *const places[] = {"Oslo", "Bergen", "", "Nowhere"};
    plx_filter *children[3];
    const guint n = (guint)g_rand_int_range(random, 0, 4);
    const gint32 day = g_rand_int_range(random, -10, 110);
    switch (g_rand_int_range(random, depth ? 0 : 3, 7)) {
    case 0:
    case 1:
        for (guint i = 0; i < n; i++)
            children[i] = random_tree(random, depth - 1);
        return g_rand_boolean(random) ? plx_filter_all(children, n) : plx_filter_any(children, n);
    case 2:
        return plx_filter_not(random_tree(random, depth - 1));
    case 3:
        return plx_filter_days(day, day + g_rand_int_range(random, 0, 50));
    case 4:
        return plx_filter_kinds((guint)g_rand_int_range(random, 0, 32));
    default:
        return place(places[g_rand_int_range(random, 0, 4)], NULL);
    }
}

/* What passes may pass, whatever is known of it. */
static void test_never_too_little(void)
{
    struct small small;
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    small_init(&small);
    for (guint round = 0; round < 4000; round++) {
        g_autoptr(plx_filter) filter = random_tree(random, 3);
        const char *const passes = small_run(&small, filter);
        for (guint i = 0; i < SMALL_ROWS; i++) {
            const gint32 day = small.day[i];
            const gint32 around = day == PLX_NO_DAY ? 0 : g_rand_int_range(random, 0, 20);
            struct plx_filter_known known = {
                plx_dict_text(small.dims.dict[PLX_DIM_PLACE], small.place[i]), day - around,
                day + around};
            if (g_rand_boolean(random))
                known.place = NULL;
            else if (g_rand_boolean(random))
                known.since = known.until + 1;
            if (passes[i] == '1')
                g_assert_true(plx_filter_may_pass(filter, &known));
        }
    }
    small_clear(&small);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/voice/filter-may/monthly", test_monthly);
    g_test_add_func("/voice/filter-may/examples", test_examples);
    g_test_add_func("/voice/filter-may/never-too-little", test_never_too_little);
    return g_test_run();
}
