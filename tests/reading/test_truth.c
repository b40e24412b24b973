/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The small form of bench/truth for readings that are tested from worlds of their own. */

#include "bench/truth_judge.h"

#define SEEDS 4

static void test_consistency(void)
{
    for (guint64 seed = 3; seed < 3 + SEEDS; seed++) {
        const struct plx_truth_named named = plx_truth_judge_consistency(seed);
        g_assert_cmpuint(named.planted, ==, 1);
        g_assert_cmpuint(named.others, ==, 0);
        g_assert_cmpuint(plx_truth_judge_consistency_steady(seed).others, ==, 0);
    }
}

static void test_journey(void)
{
    guint covered = 0;
    for (guint64 seed = 3; seed < 3 + SEEDS; seed++) {
        const struct plx_truth_named named = plx_truth_judge_journey(seed);
        g_assert_cmpuint(named.planted, ==, 2);
        g_assert_cmpuint(named.others, ==, 0);
        covered += plx_truth_judge_journey_order(seed).planted +
                   plx_truth_judge_journey_return(seed).planted +
                   plx_truth_judge_journey_fine(seed).planted;
    }
    g_assert_cmpuint(covered, >=, 3 * SEEDS - 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/reading/truth/consistency", test_consistency);
    g_test_add_func("/reading/truth/journey", test_journey);
    return g_test_run();
}
