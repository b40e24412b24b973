/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/outcome.h"

#include "sim/demo_map.h"
#include "sim/person.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

static guint point(const char *id)
{
    const gint p = plx_truth_find_point(plx_truth(), id);
    g_assert_cmpint(p, >=, 0);
    return (guint)p;
}

static double customers_mean(const char *id)
{
    return plx_outcome_customers(plx_truth(), point(id), plx_outcome_everybody).mean;
}

static void check_levels(const struct plx_outcome_levels *levels)
{
    double sum = 0, mean = 0;
    for (guint k = 0; k < PLX_TRUTH_LEVELS; k++) {
        g_assert_cmpfloat(levels->share[k], >=, 0);
        sum += levels->share[k];
        mean += (k + 1) * levels->share[k];
    }
    g_assert_cmpfloat_with_epsilon(sum, 1, 1e-12);
    g_assert_cmpfloat_with_epsilon(levels->mean, mean, 1e-12);
    g_assert_cmpfloat_with_epsilon(levels->desired,
                                   levels->share[3] + levels->share[4] + levels->share[5], 1e-12);
}

static void test_shares(void)
{
    const struct plx_truth *truth = plx_truth();
    for (guint p = 0; p < truth->n_points; p++) {
        const struct plx_outcome_levels voices[] = {
            plx_outcome_customers(truth, p, plx_outcome_everybody),
            plx_outcome_staff(truth, p),
            plx_outcome_leaders(truth, p),
            plx_outcome_shoppers(truth, p),
        };
        for (guint v = 0; v < G_N_ELEMENTS(voices); v++)
            if (v < 3 || !isnan(truth->points[p].shopper))
                check_levels(&voices[v]);
        g_assert_cmpint(isnan(voices[3].mean) != 0, ==, isnan(truth->points[p].shopper) != 0);
    }
}

/* The mixture that is added up is the one that persons are drawn from: 40,000 of them come within
 * four standard errors, at a point of place, lateness and shock, and at one that changes. */
static void test_exact_is_sampled(void)
{
    const struct plx_truth *truth = plx_truth();
    const guint at[] = {point("doorstep"), point("payment-page"), point("parcel-condition"),
                        point("tracking-page")};
    double n[4] = {0}, sum[4] = {0}, sum2[4] = {0};
    struct plx_random random;
    plx_random_seed(&random, 4);
    for (guint i = 0; i < 40000; i++) {
        const struct plx_person person = plx_person_draw(truth, &random);
        const guint month = plx_person_month(&random);
        struct plx_occasion occasion;
        const double shock = truth->shock * plx_random_normal(&random);
        plx_occasion_draw(truth, &person, 0, month, shock, &random, &occasion);
        for (guint k = 0; k < 4; k++) {
            if (!occasion.on_way[at[k]])
                continue;
            const double level = plx_occasion_answer(&occasion, &person, at[k]);
            n[k]++;
            sum[k] += level;
            sum2[k] += level * level;
        }
    }
    for (guint k = 0; k < 4; k++) {
        const double mean = sum[k] / n[k];
        const double se = sqrt((sum2[k] / n[k] - mean * mean) / n[k]);
        const double exact = plx_outcome_customers(truth, at[k], plx_outcome_everybody).mean;
        g_assert_cmpfloat(fabs(mean - exact), <, 4 * se);
    }
}

/* "Leaders believe 8 of 10 and rate 5, customers rate 3": nowhere else do they see less, and staff
 * stand between, nearer to the customers. */
static void test_blind_spot(void)
{
    const struct plx_truth *truth = plx_truth();
    const guint door = point(truth->blind_point);
    const struct plx_outcome_levels customers =
        plx_outcome_customers(truth, door, plx_outcome_everybody);
    const double gap = plx_outcome_leaders(truth, door).mean - customers.mean;
    g_assert_cmpfloat(gap, >, 1.7);
    g_assert_cmpfloat_with_epsilon(customers.mean, 3, 0.15);
    g_assert_cmpfloat(customers.desired, <, 0.35);
    g_assert_cmpfloat_with_epsilon(plx_outcome_believed(truth, door), 0.8, 0.05);
    for (guint p = 0; p < truth->n_points; p++) {
        if (p == door)
            continue;
        const double other =
            plx_outcome_leaders(truth, p).mean - customers_mean(truth->points[p].id);
        g_assert_cmpfloat(other, <, gap - 0.4);
    }
    const double staff = plx_outcome_staff(truth, door).mean;
    g_assert_cmpfloat(staff, >, customers.mean);
    g_assert_cmpfloat(staff - customers.mean, <, gap / 2);
}

/* The one headline: leaders think 8 in 10, it is rather 5 in 10. */
static void test_headline(void)
{
    const struct plx_truth *truth = plx_truth();
    double believed = 0, desired = 0;
    for (guint p = 0; p < truth->n_points; p++) {
        believed += plx_outcome_believed(truth, p) / truth->n_points;
        desired += plx_outcome_customers(truth, p, plx_outcome_everybody).desired / truth->n_points;
    }
    g_assert_cmpfloat(believed, >, 0.75);
    g_assert_cmpfloat(desired, <, 0.56);
}

static void test_changes(void)
{
    const struct plx_truth *truth = plx_truth();
    const struct plx_outcome_change real = plx_outcome_change(truth, &truth->real);
    g_assert_cmpfloat(real.difference, >, 0.8);
    g_assert_cmpfloat_with_epsilon(real.naive, real.difference, 0.02);
    const struct plx_outcome_change apparent = plx_outcome_change(truth, &truth->apparent);
    g_assert_cmpfloat(apparent.naive, >, 0.5);
    g_assert_cmpfloat_with_epsilon(apparent.difference, 0, 0.01);
}

static void test_best_step(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_demo_map(&error);
    g_assert_no_error(error);
    const struct plx_outcome outcome = plx_outcome(plx_truth(), map);
    g_assert_cmpint(outcome.best, ==, (gint)point("delay-message"));
    g_assert_cmpint(map->points[outcome.best].effort, ==, PLX_EFFORT_TODAY);
    g_assert_cmpfloat(outcome.ratio, >=, 1.5);
    g_assert_cmpfloat_with_epsilon(
        outcome.ratio, outcome.gain[outcome.best] / outcome.gain[outcome.second], 1e-12);
    for (guint p = 0; p < plx_truth()->n_points; p++) {
        const int effort = map->points[p].effort;
        g_assert_cmpfloat(outcome.gain[p], >, 0);
        if ((gint)p != outcome.best && (effort == PLX_EFFORT_TODAY || effort == PLX_EFFORT_WEEK))
            g_assert_cmpfloat(outcome.gain[p], <=, outcome.gain[outcome.second]);
    }
}

/* Every step of the return is Desired on average, and the whole is below Expected. */
static void test_bad_moments_add_up(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_demo_map(&error);
    g_assert_no_error(error);
    const struct plx_outcome outcome = plx_outcome(plx_truth(), map);
    const struct plx_outcome_journey *back = &outcome.journeys[1];
    g_assert_cmpfloat(back->worst_point, >, 4);
    g_assert_cmpfloat(back->overall, <, 3);
    g_assert_cmpfloat(back->all_fine, <, 0.5);
    g_assert_cmpfloat(back->bad, >, 0.7);
    g_assert_cmpfloat(back->bad, <, 1);
    g_assert_cmpfloat_with_epsilon(outcome.journeys[0].share + back->share, 1, 1e-12);
    g_assert_cmpfloat_with_epsilon(outcome.overall,
                                   outcome.journeys[0].share * outcome.journeys[0].overall +
                                       back->share * back->overall,
                                   1e-12);
}

static void test_json(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_demo_map(&error);
    g_assert_no_error(error);
    g_autoptr(GString) first = g_string_new(NULL);
    g_autoptr(GString) second = g_string_new(NULL);
    plx_truth_json(plx_truth(), map, first);
    plx_truth_json(plx_truth(), map, second);
    g_assert_true(g_string_equal(first, second));
    json_t *truth = json_loadb(first->str, first->len, 0, NULL);
    g_assert_nonnull(truth);
    const char *schema = json_string_value(json_object_get(truth, "schema"));
    g_assert_cmpstr(schema, ==, "parallax.truth/1");
    json_t *best = json_object_get(truth, "best_step");
    g_assert_cmpstr(json_string_value(json_object_get(best, "point")), ==, "delay-message");
    g_assert_cmpfloat(json_number_value(json_object_get(best, "ratio")), >=, 1.5);
    g_assert_cmpuint(json_array_size(json_object_get(truth, "points")), ==, map->n_points);
    g_assert_cmpuint(json_array_size(json_object_get(truth, "treated")), ==, 8);
    g_assert_cmpuint(json_array_size(json_object_get(truth, "comparison")), ==, 8);
    json_t *spots = json_object_get(truth, "blind_spots");
    gboolean doorstep = FALSE;
    for (size_t i = 0; i < json_array_size(spots); i++)
        doorstep |= strcmp(json_string_value(json_array_get(spots, i)), "doorstep") == 0;
    g_assert_true(doorstep);
    json_decref(truth);
}

static void test_text(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_demo_map(&error);
    g_assert_no_error(error);
    g_autoptr(GString) text = g_string_new(NULL);
    plx_truth_text(plx_truth(), map, text);
    g_assert_nonnull(strstr(text->str, "Leaders see least at: doorstep."));
    g_assert_nonnull(strstr(text->str, "Best step up: one level more at 'delay-message' (today)"));
    g_auto(GStrv) lines = g_strsplit(text->str, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        g_assert_cmpuint(strlen(lines[i]), <=, 80);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sim/outcome/shares", test_shares);
    g_test_add_func("/sim/outcome/exact-is-sampled", test_exact_is_sampled);
    g_test_add_func("/sim/outcome/blind-spot", test_blind_spot);
    g_test_add_func("/sim/outcome/headline", test_headline);
    g_test_add_func("/sim/outcome/changes", test_changes);
    g_test_add_func("/sim/outcome/best-step", test_best_step);
    g_test_add_func("/sim/outcome/bad-moments-add-up", test_bad_moments_add_up);
    g_test_add_func("/sim/outcome/json", test_json);
    g_test_add_func("/sim/outcome/text", test_text);
    return g_test_run();
}
