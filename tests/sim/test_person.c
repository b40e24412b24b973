/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/person.h"

#include <math.h>

static void test_round(void)
{
    g_assert_cmpint(plx_person_round(2.5, 1, 6), ==, 3);
    g_assert_cmpint(plx_person_round(2.4999, 1, 6), ==, 2);
    g_assert_cmpint(plx_person_round(-40, 1, 6), ==, 1);
    g_assert_cmpint(plx_person_round(1e300, 1, 6), ==, 6);
    g_assert_cmpint(plx_person_round(-0.5, -1, 1), ==, 0);
}

/* An order on which two points were met, worked out by hand from the formula in truth.h. */
static void test_overall_by_hand(void)
{
    const struct plx_truth *truth = plx_truth();
    const guint door = (guint)plx_truth_find_point(truth, "doorstep");
    const guint news = (guint)plx_truth_find_point(truth, "delay-message");
    struct plx_occasion occasion = {.journey = 0};
    occasion.on_way[door] = occasion.on_way[news] = TRUE;
    occasion.level[door] = 5;
    occasion.level[news] = 2;
    const struct plx_person person = {.mood = 0.3};
    const double bad = truth->journeys[0].bad, news_weight = truth->points[news].weight;
    const double expected = truth->journeys[0].base + truth->journeys[0].mood * 0.3 +
                            truth->points[door].weight - 2 * news_weight - bad;
    g_assert_cmpfloat_with_epsilon(plx_occasion_overall(truth, &occasion, &person), expected,
                                   1e-12);
    /* One level more at the news is worth its weight, and one bad moment less. */
    g_assert_cmpfloat_with_epsilon(plx_occasion_lift(truth, &occasion, news), news_weight + bad,
                                   1e-12);
    occasion.level[news] = 1;
    g_assert_cmpfloat_with_epsilon(plx_occasion_lift(truth, &occasion, news), news_weight, 1e-12);
    occasion.level[news] = 6;
    g_assert_cmpfloat(plx_occasion_lift(truth, &occasion, news), ==, 0);
    occasion.on_way[door] = FALSE;
    g_assert_cmpfloat(plx_occasion_lift(truth, &occasion, door), ==, 0);
}

/* A lift of the truth's point is the difference of two judgements. */
static void test_lift_is_difference(void)
{
    const struct plx_truth *truth = plx_truth();
    struct plx_random random;
    plx_random_seed(&random, 9);
    for (guint i = 0; i < 300; i++) {
        const struct plx_person person = plx_person_draw(truth, &random);
        struct plx_occasion occasion;
        plx_occasion_draw(truth, &person, i % 2, i % PLX_TRUTH_MONTHS, 0, &random, &occasion);
        for (guint p = 0; p < truth->n_points; p++) {
            struct plx_occasion lifted = occasion;
            lifted.level[p] = (gint8)MIN(6, lifted.level[p] + 1);
            if (occasion.on_way[p])
                g_assert_cmpfloat_with_epsilon(plx_occasion_overall(truth, &lifted, &person) -
                                                   plx_occasion_overall(truth, &occasion, &person),
                                               plx_occasion_lift(truth, &occasion, p), 1e-9);
        }
    }
}

/* Points belong to their journey, and news of a delay comes only with a delay. */
static void test_ways(void)
{
    const struct plx_truth *truth = plx_truth();
    const guint news = (guint)plx_truth_find_point(truth, "delay-message");
    struct plx_random random;
    plx_random_seed(&random, 2);
    guint late = 0;
    for (guint i = 0; i < 2000; i++) {
        const struct plx_person person = plx_person_draw(truth, &random);
        g_assert_cmpuint(person.place, <, truth->n_places);
        g_assert_cmpuint(person.tier, <, truth->n_tiers);
        struct plx_occasion occasion;
        plx_occasion_draw(truth, &person, i % 2, plx_person_month(&random), 0, &random, &occasion);
        g_assert_true(occasion.late || !occasion.on_way[news]);
        late += occasion.late ? 1 : 0;
        for (guint p = 0; p < truth->n_points; p++)
            g_assert_true(!occasion.on_way[p] || plx_truth_journey_of(truth, p) == i % 2);
    }
    g_assert_cmpuint(late, >, 900);
    g_assert_cmpuint(late, <, 1100);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sim/person/round", test_round);
    g_test_add_func("/sim/person/overall-by-hand", test_overall_by_hand);
    g_test_add_func("/sim/person/lift-is-difference", test_lift_is_difference);
    g_test_add_func("/sim/person/ways", test_ways);
    return g_test_run();
}
