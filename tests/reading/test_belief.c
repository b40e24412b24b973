/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Beliefs, how well they rank the points, and the headline: design.md section 3. */
#include "world.h"

#include "base/error.h"
#include "stats/mean_interval.h"
#include "stats/share.h"

#include <math.h>

#define NEAR(a, b) g_assert_cmpfloat_with_epsilon(a, b, 1e-9)

static void believe(world *w, const char *audience, const char *point, const char *guess,
                    guint persons)
{
    world_add(w, (struct world_row){.audience = audience, .point = point, .believed = guess},
              persons);
}

static void test_believed_against_served(void)
{
    g_autoptr(world) w = world_new();
    believe(w, "leader", "door", "8", 6);
    believe(w, "leader", "door", "9", 6);
    world_levels(w, "customer", "door", (guint[6]){20, 30, 70, 60, 15, 5}); /* 80 of 200 */
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    const struct plx_belief *b = world_belief(gaps, "door", "leader");
    NEAR(b->believed, 0.85);
    NEAR(b->served, 0.4);
    NEAR(b->difference, 0.45);
    NEAR(b->believed_range.lo, 0.8);
    NEAR(b->believed_range.hi, 0.9);
    g_assert_cmpint(b->n, ==, 12);
    g_assert_cmpint(b->served_n, ==, 200);
    g_assert_cmpint(b->verdict, ==, PLX_VERDICT_OVERESTIMATES);
    /* by MOVER from the two intervals */
    const struct plx_interval wilson = plx_wilson(80, 200, 0.95, FALSE);
    NEAR(b->served_ci.lo, wilson.lo);
    g_assert_true(b->ci.lo > 0.1 && b->ci.lo < 0.45 && b->ci.hi > 0.45);
    /* a belief is no level: it is no part of the family */
    g_assert_cmpuint(gaps->family_size, ==, 0);
}

static void check_verdict(const char *guess, enum plx_verdict verdict)
{
    g_autoptr(world) w = world_new();
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_map_set_population(w->map, "leader", 12, &error));
    believe(w, "leader", "door", guess, 12);
    world_levels(w, "customer", "door", (guint[6]){100, 100, 300, 400, 50, 50}); /* half */
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    const struct plx_belief *b = world_belief(gaps, "door", "leader");
    g_assert_true(b->complete);
    g_assert_cmpstr(plx_verdict_code(b->verdict), ==, plx_verdict_code(verdict));
    /* a complete side has no error of its own: only the customers' is left */
    const struct plx_interval wilson = plx_wilson(500, 1000, 0.95, FALSE);
    NEAR(b->ci.hi - b->ci.lo, wilson.hi - wilson.lo);
}

static void test_verdicts(void)
{
    check_verdict("8", PLX_VERDICT_OVERESTIMATES);
    check_verdict("2", PLX_VERDICT_UNDERESTIMATES);
    check_verdict("5", PLX_VERDICT_SEES_IT);
    check_verdict("6", PLX_VERDICT_NOT_ENOUGH_YET); /* on the margin of ten points */
}

/* The served share is that of their own scale, so different scales can be bridged. */
static void test_bridges_scales(void)
{
    g_autoptr(world) w =
        world_new_map("parallax: 1\ntitle: Stars\nscales:\n  stars: {min: 1, max: 5, desired: 5}\n"
                      "audiences:\n  customer: {scale: stars}\n");
    believe(w, "leader", "door", "9", 5);
    believe(w, "leader", "door", "8", 5);
    world_levels(w, "customer", "door", (guint[6]){1, 1, 2, 3, 13, 0});
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    NEAR(world_belief(gaps, "door", "leader")->served, 0.65);
}

/* First guess with seen not 1, whenever given; period and place are the served side's only. */
static void test_first_guess(void)
{
    g_autoptr(world) w = world_new();
    for (guint i = 0; i < 10; i++) {
        g_autofree char *who = g_strdup_printf("l%u", i);
        struct world_row row = {.audience = "leader", .who = who, .point = "door"};
        row.time = "2025-06-01", row.believed = i % 2 ? "8" : "9";
        world_add(w, row, 1);
        row.time = "2025-01-01", row.believed = "1", row.seen = "1"; /* had seen the truth */
        world_add(w, row, 1);
        row.time = "2025-09-01", row.believed = "2", row.seen = "0"; /* a later guess */
        world_add(w, row, 1);
    }
    world_add(w,
              (struct world_row){.audience = "customer",
                                 .time = "2026-02-01",
                                 .place = "A",
                                 .point = "door",
                                 .level = "4"},
              20);
    world_add(w,
              (struct world_row){.audience = "customer",
                                 .time = "2025-02-01",
                                 .place = "B",
                                 .point = "door",
                                 .level = "2"},
              20);
    const char *const where[] = {"place=A", NULL};
    const struct plx_gaps_options options = {.since = "2026-01-01", .where = where};
    g_autoptr(plx_gaps) gaps = world_read(w, &options);
    const struct plx_belief *b = world_belief(gaps, "door", "leader");
    g_assert_cmpint(b->n, ==, 10);
    NEAR(b->believed, 0.85);
    NEAR(b->served, 1);
    g_assert_cmpint(b->served_n, ==, 20);
    g_assert_cmpstr(world_note(gaps, "whole_audience", "leader")->code, ==, "whole_audience");
}

static void test_one_per_served_audience(void)
{
    g_autoptr(world) w = world_new();
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_map_declare(w->map, "patient:served", &error));
    believe(w, "leader", "door", "8", 12);
    world_levels(w, "customer", "door", (guint[6]){2, 3, 5, 5, 2, 1});
    world_levels(w, "patient", "door", (guint[6]){1, 1, 2, 9, 2, 1});
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    const struct plx_gaps_point *p = world_point(gaps, NULL, "door");
    g_assert_cmpuint(p->n_beliefs, ==, 2);
    g_assert_cmpstr(gaps->audiences[p->beliefs[0].about], ==, "customer");
    g_assert_cmpstr(gaps->audiences[p->beliefs[1].about], ==, "patient");
    NEAR(p->beliefs[1].served, 12 / 16.0);
}

static void test_few_believers(void)
{
    g_autoptr(world) w = world_new();
    believe(w, "leader", "few", "8", 4);
    believe(w, "leader", "some", "8", 3);
    believe(w, "leader", "some", "9", 4);
    believe(w, "leader", "same", "8", 7);
    static const char *const points[] = {"few", "some", "same"};
    for (guint i = 0; i < 3; i++)
        world_levels(w, "customer", points[i], (guint[6]){20, 30, 70, 60, 15, 5});
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    const struct plx_belief *few = world_belief(gaps, "few", "leader");
    g_assert_cmpint(few->suppressed, ==, PLX_HIDDEN_FEW);
    g_assert_cmpint(few->n, ==, PLX_NO_COUNT);
    g_assert_true(isnan(few->believed) && isnan(few->difference) && isnan(few->served));
    g_assert_cmpint(few->verdict, ==, PLX_VERDICT_NONE);
    const struct plx_belief *some = world_belief(gaps, "some", "leader");
    NEAR(some->believed, 0.9); /* 60/70 to a tenth */
    NEAR(some->difference, 0.5);
    g_assert_true(isnan(some->ci.lo) && isnan(some->believed_range.lo));
    g_assert_cmpint(some->verdict, ==, PLX_VERDICT_OVERESTIMATES);
    const struct plx_belief *same = world_belief(gaps, "same", "leader");
    g_assert_cmpint(same->n, ==, 7);
    g_assert_cmpint(same->persons, ==, PLX_NO_COUNT);
    g_assert_true(isnan(same->believed) && isnan(same->difference));
    g_assert_cmpint(same->verdict, ==, PLX_VERDICT_NONE);
    /* seven leaders' rankings are not shown either */
    g_assert_true(isnan(gaps->groups[0].rankings[0].tau_mean));
    g_assert_true(isnan(gaps->groups[0].rankings[0].tau_pooled));
}

static void test_ranking(void)
{
    g_autoptr(world) w = world_new();
    static const char *const points[] = {"a", "b", "c"};
    static const guint fine[] = {5, 10, 15}; /* of 20 say Desired */
    static const char *const right[] = {"2", "5", "8"}, *const wrong[] = {"8", "5", "2"};
    for (guint p = 0; p < 3; p++) {
        world_levels(w, "customer", points[p], (guint[6]){0, 0, 20 - fine[p], fine[p], 0, 0});
        for (guint i = 0; i < 12; i++) {
            g_autofree char *who = g_strdup_printf("l%u", i);
            world_add(w,
                      (struct world_row){.audience = "leader",
                                         .who = who,
                                         .point = points[p],
                                         .believed = i < 9 ? right[p] : wrong[p]},
                      1);
        }
    }
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    g_assert_cmpuint(gaps->groups[0].n_rankings, ==, 1);
    const struct plx_ranking *r = &gaps->groups[0].rankings[0];
    NEAR(r->tau_pooled, 1);
    NEAR(r->tau_mean, 0.5); /* nine of twelve right, three the wrong way round */
    g_assert_cmpint(r->persons, ==, 12);
    g_assert_cmpuint(r->points, ==, 3);
}

/* "Leaders think 8 in 10 ... 4 in 10 of those who answered say so": the mean over the points where
 * both are shown, both n. */
static void test_headline_from_belief(void)
{
    g_autoptr(world) w = world_new();
    believe(w, "leader", "a", "9", 10);
    believe(w, "leader", "b", "7", 10);
    world_levels(w, "customer", "a", (guint[6]){0, 0, 60, 40, 0, 0});
    world_levels(w, "customer", "b", (guint[6]){0, 0, 20, 30, 0, 0});
    world_levels(w, "customer", "c", (guint[6]){0, 0, 0, 90, 0, 0}); /* not believed: left out */
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    const struct plx_headline *h = &gaps->headline;
    g_assert_cmpint(h->kind, ==, PLX_HEADLINE_BELIEF);
    g_assert_cmpuint(h->points, ==, 2);
    NEAR(h->by_value, 0.8);
    NEAR(h->about_value, 0.5);
    g_assert_cmpint(h->by_n, ==, 20);
    g_assert_cmpint(h->about_n, ==, 150);
    const struct plx_interval a = plx_wilson(40, 100, 0.95, FALSE),
                              b = plx_wilson(30, 50, 0.95, FALSE);
    NEAR(h->about_ci.lo, (a.lo + b.lo) / 2);
    NEAR(h->about_ci.hi, (a.hi + b.hi) / 2);
    g_assert_cmpint(h->hidden_minimum, ==, PLX_NO_COUNT);
}

static void test_headline_from_levels(void)
{
    g_autoptr(world) w = world_new();
    world_levels(w, "leader", "a", (guint[6]){0, 0, 0, 5, 5, 0});
    world_levels(w, "customer", "a", (guint[6]){0, 5, 5, 0, 0, 0});
    world_levels(w, "customer", "b", (guint[6]){5, 5, 0, 0, 0, 0});
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    g_assert_cmpint(gaps->headline.kind, ==, PLX_HEADLINE_LEVEL);
    NEAR(gaps->headline.by_value, 4.5);
    NEAR(gaps->headline.about_value, 2.5);
    g_assert_cmpuint(gaps->headline.points, ==, 1);
}

/* Guesses are about those served who answer: nobody thinks of customers where there are none. */
static void test_about_those_who_answer(void)
{
    g_autoptr(world) w = world_new();
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_map_declare(w->map, "patient:served", &error));
    world_add(w, (struct world_row){.audience = "leader", .point = "door", .believed = "8"}, 7);
    world_add(w, (struct world_row){.audience = "leader", .point = "door", .believed = "7"}, 5);
    world_levels(w, "patient", "door", (guint[6]){2, 4, 6, 5, 2, 1});
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    g_assert_cmpuint(world_point(gaps, NULL, "door")->n_beliefs, ==, 1);
    g_assert_cmpuint(gaps->n_audiences, ==, 2);
    g_assert_cmpstr(gaps->audiences[gaps->headline.about], ==, "patient");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/belief/believed-against-served", test_believed_against_served);
    g_test_add_func("/belief/verdicts", test_verdicts);
    g_test_add_func("/belief/bridges-scales", test_bridges_scales);
    g_test_add_func("/belief/first-guess", test_first_guess);
    g_test_add_func("/belief/one-per-served-audience", test_one_per_served_audience);
    g_test_add_func("/belief/few-believers", test_few_believers);
    g_test_add_func("/belief/ranking", test_ranking);
    g_test_add_func("/belief/headline-from-belief", test_headline_from_belief);
    g_test_add_func("/belief/headline-from-levels", test_headline_from_levels);
    g_test_add_func("/belief/about-those-who-answer", test_about_those_who_answer);
    return g_test_run();
}
