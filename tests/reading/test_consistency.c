/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/consistency.h"

#include "base/error.h"
#include "reading/consistency_exact.h"
#include "world.h"

#include <math.h>
#include <string.h>

static const char *const places[] = {"Graz", "Linz", "Salzburg", "Steyr", "Villach", "Wels"};

static plx_consistency *read_with(world *w, const struct plx_gaps_options *options)
{
    g_autoptr(GError) error = NULL;
    plx_consistency *c = plx_consistency_read(world_source(w), options, &error);
    g_assert_no_error(error);
    return c;
}

static plx_consistency *read_all(world *w)
{
    return read_with(w, &(struct plx_gaps_options){0});
}

static void fails(world *w, const struct plx_gaps_options *options, int code, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(plx_consistency_read(world_source(w), options, &error));
    g_assert_error(error, PLX_ERROR, code);
    g_assert_cmpstr(error->message, ==, message);
}

static void say(world *w, const char *place, const char *month, const char *level, guint times)
{
    g_autofree char *time = month ? g_strconcat(month, "-15", NULL) : NULL;
    world_add(
        w,
        (struct world_row){
            .audience = "customer", .point = "till", .place = place, .time = time, .level = level},
        times);
}

/* Six places: the first three answer 2 and 3, the others 5 and 6. */
static void test_differs_by_place(void)
{
    g_autoptr(world) w = world_new();
    for (guint i = 0; i < 6; i++) {
        say(w, places[i], NULL, i < 3 ? "2" : "5", 15);
        say(w, places[i], NULL, i < 3 ? "3" : "6", 15);
    }
    g_autoptr(plx_consistency) c = read_all(w);
    g_assert_cmpuint(c->n_points, ==, 1);
    const struct plx_consistency_point *p = &c->points[0];
    g_assert_cmpint(p->verdict, ==, PLX_CONSISTENCY_BY_PLACE);
    g_assert_cmpint((int)p->n, ==, 180);
    const struct plx_part_share *share = &p->part[PLX_CONSISTENCY_PLACE];
    /* means 2.5 and 5.5: MSB 30 * 13.5 / 5 = 81, MSW 45 / 174 */
    const double msw = 45.0 / 174, between = (81 - msw) / 30;
    g_assert_cmpuint(share->parts, ==, 6);
    g_assert_cmpfloat_with_epsilon(share->share, between / (between + msw), 1e-12);
    g_assert_cmpfloat_with_epsilon(share->sd, sqrt(between), 1e-12);
    g_assert_true(share->decided && share->ci_adjusted.lo > 0.5);
    /* no channel, no month, nobody again */
    g_assert_cmpstr(p->part[PLX_CONSISTENCY_CHANNEL].missing, ==, "one_part");
    g_assert_cmpstr(p->part[PLX_CONSISTENCY_MONTH].missing, ==, "one_part");
    g_assert_cmpstr(p->part[PLX_CONSISTENCY_PERSON].missing, ==, "no_repeats");
    g_assert_cmpstr(p->chart.missing, ==, "few_periods");
    /* they differ so much that nobody stands out */
    g_assert_null(p->funnel.missing);
    g_assert_cmpint(p->funnel.first, ==, -1);
    g_assert_true(p->funnel.widening > 3);
    for (guint i = 0; i < c->n_places; i++)
        g_assert_false(c->places[i].wide);
}

/* All answer 3 and 4 alike, but in Wels as often 1 and 6: the same mean. */
static void test_wide_place(void)
{
    g_autoptr(world) w = world_new();
    for (guint i = 0; i < 6; i++) {
        say(w, places[i], NULL, i == 5 ? "1" : "3", 15);
        say(w, places[i], NULL, i == 5 ? "6" : "4", 15);
    }
    g_autoptr(plx_consistency) c = read_all(w);
    g_assert_cmpuint(c->n_places, ==, 6);
    for (guint i = 0; i < 6; i++)
        g_assert_cmpint(c->places[i].wide, ==, i == 5);
    const struct plx_consistency_place *wels = &c->places[5];
    g_assert_cmpstr(wels->key, ==, "Wels");
    g_assert_cmpfloat_with_epsilon(wels->spread, 5, 1e-9);
    g_assert_cmpuint(wels->n_widest, ==, 1);
    g_assert_cmpfloat_with_epsilon(wels->widest[0].sd, sqrt(30 * 6.25 / 29), 1e-12);
    g_assert_cmpfloat_with_epsilon(wels->widest[0].elsewhere, sqrt(30 * .25 / 29), 1e-12);
    g_assert_true(wels->spread_ci.lo > 1 && wels->p_adjusted < 1e-6);
    g_assert_cmpint(c->points[0].verdict, !=, PLX_CONSISTENCY_BY_PLACE);
}

/* One place of twenty is far below; no wider limits hide it. A small one beside it is no news. */
static void test_funnel(void)
{
    g_autoptr(world) w = world_new();
    for (guint i = 0; i < 20; i++) {
        g_autofree char *place = g_strdup_printf("p%02u", i);
        const guint n = i == 7 ? 8 : 60, bad = i == 3 ? 40 : i == 7 ? 4 : 12 + i % 3;
        say(w, place, NULL, "2", bad);
        say(w, place, NULL, "4", n - bad);
    }
    g_autoptr(plx_consistency) c = read_all(w);
    const struct plx_limits *funnel = &c->points[0].funnel;
    g_assert_cmpuint(funnel->n_parts, ==, 20);
    g_assert_cmpfloat(funnel->widening, ==, 1);
    for (guint i = 0; i < 20; i++)
        g_assert_cmpint(funnel->parts[i].outside, ==, i == 3 ? 1 : 0);
    g_assert_cmpint(funnel->first, ==, 3);
    g_assert_cmpfloat_with_epsilon(funnel->parts[7].value, .5, 1e-12);
    g_assert_true(funnel->parts[7].adjusted.hi > funnel->parts[6].adjusted.hi);
    g_assert_true(funnel->parts[6].adjusted.hi > funnel->parts[6].inner.hi);
}

static void months(world *w, guint n, guint bad_month)
{
    for (guint m = 0; m < n; m++) {
        g_autofree char *month = g_strdup_printf("2025-%02u", m + 1);
        const guint bad = m == bad_month ? 45 : 10 + m % 3;
        say(w, "Graz", month, "2", bad);
        say(w, "Graz", month, "4", 60 - bad);
    }
}

static void test_chart(void)
{
    g_autoptr(world) w = world_new();
    months(w, 12, 8);
    g_autoptr(plx_consistency) c = read_all(w);
    const struct plx_consistency_point *p = &c->points[0];
    g_assert_null(p->chart.missing);
    g_assert_cmpstr(c->period, ==, "month");
    g_assert_cmpint(p->chart.first, ==, 8);
    g_assert_cmpstr(p->chart.parts[8].key, ==, "2025-09");
    g_assert_cmpint(p->chart.parts[8].outside, ==, 1);
    g_assert_true(p->chart.parts[8].signal);
    g_assert_cmpstr(p->funnel.missing, ==, "few_places");
    g_assert_cmpint(p->verdict, ==, PLX_CONSISTENCY_BY_MONTH);
    g_assert_cmpuint(c->periods_looked_at, ==, 12);
    g_assert_cmpfloat_with_epsilon(c->limits_level, 1 - .05 / 12, 1e-12);
}

/* Eleven months are too few for a chart, and as there is one day in each, so are the weeks. */
static void test_too_few_months(void)
{
    g_autoptr(world) w = world_new();
    months(w, 11, 3);
    g_autoptr(plx_consistency) c = read_all(w);
    g_assert_cmpstr(c->points[0].chart.missing, ==, "few_periods");
    g_assert_cmpstr(c->period, ==, "month");
}

static void test_weeks(void)
{
    g_autoptr(world) w = world_new();
    for (guint i = 0; i < 14; i++) {
        g_autofree char *day = g_strdup_printf("2025-%02u-%02u", 1 + i / 4, 6 + 7 * (i % 4) % 22);
        world_add(
            w,
            (struct world_row){.audience = "customer", .point = "till", .time = day, .level = "2"},
            10 + i % 2);
        world_add(
            w,
            (struct world_row){.audience = "customer", .point = "till", .time = day, .level = "4"},
            20);
    }
    g_autoptr(plx_consistency) c = read_all(w);
    g_assert_cmpstr(c->period, ==, "week");
    g_assert_null(c->points[0].chart.missing);
    g_assert_cmpstr(c->points[0].chart.parts[0].key, ==, "2025-W02");
    g_assert_cmpint(c->points[0].chart.first, ==, -1);
    /* the fourth week of January and the first of February are others */
    g_assert_cmpuint(c->points[0].chart.n_parts, ==, 14);
}

/* Places with fewer than five persons are in no number, and no other place gives them away. */
static void test_small_places(void)
{
    g_autoptr(world) w = world_new();
    for (guint i = 0; i < 6; i++) {
        say(w, places[i], NULL, "2", i == 2 ? 2 : 10 + i);
        say(w, places[i], NULL, "4", i == 2 ? 2 : 10);
    }
    g_autoptr(plx_consistency) c = read_all(w);
    /* Salzburg has four; Graz, the next smallest, goes with it */
    g_assert_cmpuint(c->n_places, ==, 4);
    g_assert_cmpstr(c->places[0].key, ==, "Linz");
    g_assert_cmpstr(c->places[1].key, ==, "Steyr");
    g_assert_cmpuint(c->points[0].part[PLX_CONSISTENCY_PLACE].parts, ==, 4);
    g_assert_cmpstr(c->points[0].funnel.missing, ==, "few_places");
    for (guint i = 0; i < c->points[0].funnel.n_parts; i++) {
        g_assert_cmpstr(c->points[0].funnel.parts[i].key, !=, "Salzburg");
        g_assert_cmpstr(c->points[0].funnel.parts[i].key, !=, "Graz");
    }
}

/* Who is protected is looked at as a whole, even if served. */
static void test_protected(void)
{
    g_autoptr(world) w = world_new_map("parallax: 1\ntitle: Ward\naudiences:\n"
                                       "  customer: {served: false}\n"
                                       "  patient: {title: Patients, served: true, protected: true}"
                                       "\n");
    for (guint i = 0; i < 6; i++) {
        world_add(w,
                  (struct world_row){.audience = "patient",
                                     .point = "bed",
                                     .place = places[i],
                                     .time = "2025-03-01",
                                     .level = i % 2 ? "2" : "5"},
                  12);
    }
    g_autoptr(plx_consistency) c = read_all(w);
    g_assert_cmpuint(c->n_points, ==, 1);
    g_assert_cmpuint(c->n_places, ==, 0);
    g_assert_cmpuint(c->points[0].part[PLX_CONSISTENCY_PLACE].parts, ==, 0);
    g_assert_cmpstr(c->points[0].part[PLX_CONSISTENCY_PLACE].missing, ==, "one_part");
    g_assert_cmpuint(c->points[0].funnel.n_parts, ==, 0);
    g_assert_cmpuint(c->points[0].chart.n_parts, ==, 0);
    const char *const where[] = {"place=Graz", NULL};
    fails(w, &(struct plx_gaps_options){.where = where}, PLX_ERROR_NOT_SHOWN,
          "nothing that was asked for may be shown; \"patient\" is protected and is looked at as a "
          "whole only: leave dates and --where out (or, if all of them agree: --named patient)");
}

static void test_all_alike(void)
{
    g_autoptr(world) w = world_new();
    for (guint i = 0; i < 6; i++)
        say(w, places[i], NULL, "3", 20);
    g_autoptr(plx_consistency) c = read_all(w);
    const struct plx_consistency_point *p = &c->points[0];
    g_assert_cmpint(p->verdict, ==, PLX_CONSISTENCY_CONSISTENT);
    g_assert_true(p->agreement_ci.lo < 1); /* never [x, x] */
    g_assert_cmpstr(p->part[PLX_CONSISTENCY_PLACE].missing, ==, "no_variation");
    g_assert_cmpstr(p->funnel.missing, ==, "no_variation");
    g_assert_cmpfloat(p->below_share, ==, 0);
    for (guint i = 0; i < c->n_places; i++) {
        g_assert_false(c->places[i].wide);
        g_assert_true(isnan(c->places[i].spread));
    }
}

static void test_too_little(void)
{
    g_autoptr(world) few = world_new();
    say(few, "Graz", NULL, "3", 4);
    fails(few, &(struct plx_gaps_options){0}, PLX_ERROR_NOT_SHOWN,
          "nothing that was asked for may be shown; no point has answers of 5 persons of "
          "\"customer\"");
    g_autoptr(world) none = world_new();
    world_add(none, (struct world_row){.audience = "leader", .point = "till", .level = "3"}, 6);
    g_autoptr(plx_consistency) c = read_all(none);
    g_assert_cmpuint(c->n_points, ==, 0);
    g_assert_cmpuint(c->about.notes->len, ==, 1);
    g_assert_cmpstr(g_array_index(c->about.notes, struct plx_gaps_note, 0).code, ==, "no_answers");
}

static void test_misuse(void)
{
    g_autoptr(world) w = world_new();
    say(w, "Graz", NULL, "3", 9);
    fails(w, &(struct plx_gaps_options){.by = "place"}, PLX_ERROR_USAGE,
          "--by place: consistency looks at places, channels and months by itself: leave --by out, "
          "or use --where");
    const char *const leaders[] = {"leader", NULL};
    fails(w, &(struct plx_gaps_options){.audiences = leaders}, PLX_ERROR_NOT_FOUND,
          "consistency is about the people served: ask for one of them with --audiences");
}

/* Four persons answer twice, always the same: what varies are the persons. */
static void test_persons(void)
{
    g_autoptr(world) w = world_new();
    static const char *const levels[] = {"1", "2", "3", "4", "5", "6"};
    for (guint i = 0; i < 6; i++) {
        g_autofree char *who = g_strdup_printf("w%u", i);
        for (guint k = 0; k < 2; k++)
            world_add(w,
                      (struct world_row){.audience = "customer",
                                         .who = who,
                                         .point = "till",
                                         .time = k ? "2025-03-02" : "2025-03-01",
                                         .level = k && i == 5 ? "5" : levels[i]},
                      1);
    }
    g_autoptr(plx_consistency) c = read_all(w);
    const struct plx_part_share *share = &c->points[0].part[PLX_CONSISTENCY_PERSON];
    g_assert_null(share->missing);
    g_assert_cmpuint(share->parts, ==, 6);
    g_assert_true(share->share > .9);
}

/* A visit's score against the textbook: loadings times the inverse of the covariance, inverted by
 * hand for two answers. */
static void test_visit_score(void)
{
    const double r = 0.4, x[] = {1.3, -0.4}, a[] = {0.9, 0.2};
    struct plx_visit visit = {0};
    for (guint i = 0; i < 2; i++)
        plx_visit_add(&visit, x[i], a[i]);
    const struct plx_visit_score score = plx_visit_score(&visit, r);
    /* the inverse of [1 r; r 1], times 1 - r: b = [a0 - r a1, a1 - r a0] (1 - r) / (1 - r^2) */
    const double by = (1 - r) / (1 - r * r);
    const double b[] = {by * (a[0] - r * a[1]), by * (a[1] - r * a[0])};
    g_assert_cmpfloat_with_epsilon(score.value, b[0] * x[0] + b[1] * x[1], 1e-12);
    g_assert_cmpfloat_with_epsilon(score.expected, b[0] * b[0] + b[1] * b[1] + 2 * r * b[0] * b[1],
                                   1e-12);
    struct plx_visit_pool pool = {0};
    g_assert_cmpfloat(plx_visit_together(&pool), ==, 0);
    plx_visit_pool(&pool, &visit);
    g_assert_cmpfloat(plx_visit_together(&pool), ==, 0); /* negative: none */
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/consistency/differs-by-place", test_differs_by_place);
    g_test_add_func("/consistency/wide-place", test_wide_place);
    g_test_add_func("/consistency/funnel", test_funnel);
    g_test_add_func("/consistency/chart", test_chart);
    g_test_add_func("/consistency/too-few-months", test_too_few_months);
    g_test_add_func("/consistency/weeks", test_weeks);
    g_test_add_func("/consistency/small-places", test_small_places);
    g_test_add_func("/consistency/protected", test_protected);
    g_test_add_func("/consistency/all-alike", test_all_alike);
    g_test_add_func("/consistency/too-little", test_too_little);
    g_test_add_func("/consistency/misuse", test_misuse);
    g_test_add_func("/consistency/persons", test_persons);
    g_test_add_func("/reading/consistency/visit_score", test_visit_score);
    return g_test_run();
}
