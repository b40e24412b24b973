/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Predictions and expectations: design.md section 2 (measures) and the "reading/". */
#include "world.h"

#include <math.h>
#include <string.h>

#define NEAR(a, b) g_assert_cmpfloat_with_epsilon(a, b, 1e-9)

static void pairs(world *w, const char *who, const char *level, const char *expected, guint times)
{
    world_add(w,
              (struct world_row){.audience = "customer",
                                 .who = who,
                                 .point = "door",
                                 .level = level,
                                 .expected = expected},
              times);
}

static const struct plx_expectation *expectation(const plx_gaps *gaps)
{
    const struct plx_gaps_point *p = world_point(gaps, NULL, "door");
    g_assert_cmpuint(p->n_expectations, ==, 1);
    return &p->expectations[0];
}

/* Student's sleep data are not on a scale; by hand: differences -2 x2, -1 x4, 0 x3, 1 x1 of 10
 * persons: mean -0.7, variance 8.1/9, t = -0.7 / sqrt(0.9 / 10). */
static void test_textbook_pairs(void)
{
    g_autoptr(world) w = world_new();
    pairs(w, NULL, "2", "4", 2);
    pairs(w, NULL, "3", "4", 4);
    pairs(w, NULL, "5", "5", 3);
    pairs(w, NULL, "6", "5", 1);
    pairs(w, NULL, "6", "", 7); /* not asked what they expected: no pair */
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    const struct plx_expectation *e = expectation(gaps);
    g_assert_cmpint(e->n, ==, 10);
    NEAR(e->mean_expected, (8 + 16 + 15 + 5) / 10.0);
    NEAR(e->mean_difference, -0.7);
    NEAR(e->t, -0.7 / sqrt(0.9 / 10));
    NEAR(e->df, 9);
    g_assert_cmpfloat_with_epsilon(e->p, 0.0445035, 1e-6); /* 2 pt(-2.3333, 9) */
    g_assert_cmpfloat_with_epsilon(e->ci.hi - e->mean_difference, 2.262157 * sqrt(0.09), 1e-6);
    NEAR(e->below, 0.6);
    NEAR(e->met, 0.3);
    NEAR(e->exceeded, 0.1);
}

/* Each person twice with the same answers: still ten persons' evidence. */
static void test_clustered_pairs(void)
{
    g_autoptr(world) w = world_new();
    static const char *const level[] = {"2", "2", "3", "3", "3", "3", "5", "5", "5", "6"};
    static const char *const expected[] = {"4", "4", "4", "4", "4", "4", "5", "5", "5", "5"};
    for (guint i = 0; i < 10; i++) {
        g_autofree char *who = g_strdup_printf("c%u", i);
        pairs(w, who, level[i], expected[i], 2);
    }
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    const struct plx_expectation *e = expectation(gaps);
    g_assert_cmpint(e->n, ==, 20);
    NEAR(e->t, -0.7 / sqrt(0.9 / 10));
    NEAR(e->df, 9);
}

/* Never an interval [x, x] from zero variance. */
static void test_equal_differences(void)
{
    g_autoptr(world) w = world_new();
    pairs(w, NULL, "3", "4", 8);
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    const struct plx_expectation *e = expectation(gaps);
    NEAR(e->mean_difference, -1);
    g_assert_true(isnan(e->ci.lo) && isnan(e->t) && isnan(e->p));
}

static void test_few_pairs(void)
{
    g_autoptr(world) w = world_new();
    pairs(w, NULL, "3", "4", 4);
    pairs(w, NULL, "3", "", 8);
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    g_assert_cmpint(expectation(gaps)->suppressed, ==, PLX_HIDDEN_FEW);
    g_assert_cmpint(expectation(gaps)->n, ==, PLX_NO_COUNT);
    g_assert_true(isnan(expectation(gaps)->mean_difference) && isnan(expectation(gaps)->below));
}

static const struct plx_prediction *prediction(const plx_gaps *gaps)
{
    const struct plx_gaps_point *p = world_point(gaps, NULL, "door");
    g_assert_cmpuint(p->n_predictions, ==, 1);
    return &p->predictions[0];
}

/* methods.md 8.6: f = .05 .10 .25 .35 .20 .05 against o = .10 .20 .30 .25 .10 .05: RPS .075,
 * Wasserstein half a level. */
static void test_prediction(void)
{
    g_autoptr(world) w = world_new();
    static const guint f[] = {1, 2, 5, 7, 4, 1};
    for (guint i = 0; i < 6; i++) {
        const char level[2] = {(char)('1' + i), 0};
        world_add(w, (struct world_row){.audience = "leader", .point = "door", .predicted = level},
                  f[i]);
    }
    world_levels(w, "customer", "door", (guint[6]){2, 4, 6, 5, 2, 1});
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    const struct plx_prediction *p = prediction(gaps);
    g_assert_cmpint(p->n, ==, 20);
    NEAR(p->rps, 0.075);
    NEAR(p->wasserstein, 0.5);
    NEAR(p->bias, 0.5);
    NEAR(p->mean_predicted, 3.7);
    NEAR(p->mean_observed, 3.2);
    g_assert_true(p->bias_ci.lo < 0.5 && p->bias_ci.hi > 0.5);
    g_assert_cmpfloat(p->rps_individual, >, p->rps); /* pooling forgives */
}

static void test_few_predict(void)
{
    g_autoptr(world) w = world_new();
    world_add(w, (struct world_row){.audience = "leader", .point = "door", .predicted = "5"}, 4);
    world_add(w, (struct world_row){.audience = "leader", .point = "door", .predicted = "4"}, 3);
    world_levels(w, "customer", "door", (guint[6]){2, 4, 6, 5, 2, 1});
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    const struct plx_prediction *p = prediction(gaps);
    g_assert_cmpint(p->n, ==, 7);
    NEAR(p->mean_predicted, 4.5);
    NEAR(p->bias, 4.5 - 3.2);
    g_assert_true(isnan(p->rps) && isnan(p->bias_ci.lo) && isnan(p->wasserstein));
}

/* All seven said the same: nothing but n. */
static void test_alike_predict(void)
{
    g_autoptr(world) w = world_new();
    world_add(w, (struct world_row){.audience = "leader", .point = "door", .predicted = "5"}, 7);
    world_levels(w, "customer", "door", (guint[6]){2, 4, 6, 5, 2, 1});
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    const struct plx_prediction *p = prediction(gaps);
    g_assert_cmpint(p->n, ==, 7);
    g_assert_cmpint(p->persons, ==, PLX_NO_COUNT);
    g_assert_true(isnan(p->mean_predicted) && isnan(p->bias));
}

/* They are not voices, but what is said of an audience counts them. */
static void test_notes_of_predictions(void)
{
    for (guint named = 0; named < 2; named++) {
        g_autoptr(world) w = world_new();
        g_autoptr(GError) error = NULL;
        if (named)
            g_assert_true(plx_map_set_named(w->map, "leader", &error));
        world_add(w, (struct world_row){.audience = "leader", .point = "door", .predicted = "5"},
                  3);
        world_levels(w, "customer", "door", (guint[6]){2, 4, 6, 5, 2, 1});
        g_autoptr(plx_gaps) gaps = world_read(w, NULL);
        g_assert_true((world_note(gaps, "named", "leader") != NULL) == (named == 1));
        g_assert_true((world_note(gaps, "audience_hidden", "leader") != NULL) == (named == 0));
        if (!named)
            g_assert_cmpint(world_note(gaps, "audience_hidden", "leader")->count, ==, 3);
    }
}

static const struct plx_prediction *prediction_about(const plx_gaps *gaps, const char *audience)
{
    const struct plx_gaps_point *p = world_point(gaps, NULL, "door");
    for (guint i = 0; i < p->n_predictions; i++)
        if (strcmp(gaps->audiences[p->predictions[i].about], audience) == 0)
            return &p->predictions[i];
    g_assert_not_reached();
}

/* Staff are served too here: what nobody may see of their voice is not said by a prediction. */
static void test_prediction_about_the_protected(void)
{
    for (guint others = 0; others < 3; others += 2) {
        g_autoptr(world) w = world_new_map("parallax: 1\n"
                                           "title: T\n"
                                           "audiences:\n"
                                           "  staff: {served: true}\n");
        world_add(w, (struct world_row){.audience = "customer", .point = "door", .predicted = "5"},
                  12);
        world_levels(w, "staff", "door", (guint[6]){0, 0, 0, 7, 0, others});
        g_autoptr(plx_gaps) gaps = world_read(w, NULL);
        const struct plx_prediction *p = prediction_about(gaps, "staff");
        NEAR(p->mean_predicted, 5);
        g_assert_true(isnan(p->mean_observed) == (others == 0));
        g_assert_true(isnan(p->bias) == (others == 0));
        if (others)
            NEAR(p->mean_observed, 4.5); /* 40/9 */
    }
}

/* All gave the same level: the voice says only n, and so do the pairs. */
static void test_pairs_of_one_level(void)
{
    g_autoptr(world) w = world_new();
    static const char *const expected[] = {"2", "3", "5"};
    for (guint i = 0; i < 7; i++)
        world_add(
            w,
            (struct world_row){
                .audience = "staff", .point = "door", .level = "4", .expected = expected[i % 3]},
            1);
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    g_assert_cmpint(expectation(gaps)->n, ==, 7);
    g_assert_cmpint(expectation(gaps)->persons, ==, PLX_NO_COUNT);
    g_assert_true(isnan(expectation(gaps)->mean_expected) &&
                  isnan(expectation(gaps)->mean_difference) && isnan(expectation(gaps)->below));
}

/* Twelve levels less eleven pairs are one person's level. */
static void test_pairs_are_no_difference(void)
{
    static const char *const levels[] = {"2", "3", "4", "5"};
    for (guint without = 1; without <= 5; without += 4) {
        g_autoptr(world) w = world_new();
        for (guint i = 0; i < 11 + without; i++)
            world_add(w,
                      (struct world_row){.audience = "staff",
                                         .point = "door",
                                         .level = levels[i % 4],
                                         .expected = i < 11 ? "3" : ""},
                      1);
        g_autoptr(plx_gaps) gaps = world_read(w, NULL);
        g_assert_cmpint(world_voice(gaps, NULL, "door", "staff")->n, ==, 11 + without);
        g_assert_cmpint(expectation(gaps)->suppressed, ==,
                        without == 1 ? PLX_HIDDEN_COMPLEMENTARY : PLX_SHOWN);
        g_assert_cmpint(expectation(gaps)->n, ==, without == 1 ? PLX_NO_COUNT : 11);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/foresight/textbook-pairs", test_textbook_pairs);
    g_test_add_func("/foresight/clustered-pairs", test_clustered_pairs);
    g_test_add_func("/foresight/equal-differences", test_equal_differences);
    g_test_add_func("/foresight/few-pairs", test_few_pairs);
    g_test_add_func("/foresight/prediction", test_prediction);
    g_test_add_func("/foresight/few-predict", test_few_predict);
    g_test_add_func("/foresight/alike-predict", test_alike_predict);
    g_test_add_func("/foresight/notes-of-predictions", test_notes_of_predictions);
    g_test_add_func("/foresight/prediction-about-the-protected",
                    test_prediction_about_the_protected);
    g_test_add_func("/foresight/pairs-of-one-level", test_pairs_of_one_level);
    g_test_add_func("/foresight/pairs-are-no-difference", test_pairs_are_no_difference);
    return g_test_run();
}
