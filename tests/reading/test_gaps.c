/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Voices, level gaps, family and verdicts: one test per sentence of design.md section 3. */
#include "world.h"

#include "base/error.h"
#include "stats/mean_interval.h"
#include "stats/multiplicity.h"
#include "stats/share.h"

#include <math.h>

#define NEAR(a, b) g_assert_cmpfloat_with_epsilon(a, b, 1e-9)

static const guint leaders_high[6] = {0, 0, 1, 2, 7, 10};
static const guint customers_low[6] = {30, 60, 70, 25, 10, 5};

/* methods.md 8.5, six-level oracle: counts (1,2,6,14,12,5) and (9,25,60,70,28,8). */
static void test_voice_numbers(void)
{
    g_autoptr(world) w = world_new();
    world_levels(w, "customer", "door", (guint[6]){9, 25, 60, 70, 28, 8});
    world_add(w, (struct world_row){.audience = "customer", .point = "door", .level = "na"}, 3);
    world_add(w, (struct world_row){.audience = "customer", .point = "door", .level = "declined"},
              2);
    world_add(w, (struct world_row){.audience = "customer", .point = "door"}, 4);
    world_levels(w, "customer", "taxi", (guint[6]){0, 0, 7, 0, 0, 0});
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    const struct plx_voice *v = world_voice(gaps, NULL, "door", "customer");
    g_assert_cmpint(v->n, ==, 200);
    g_assert_cmpint(v->persons, ==, 200);
    NEAR(v->n_eff, 200);
    g_assert_cmpint(v->na, ==, 3);
    g_assert_cmpint(v->declined, ==, 2);
    /* 7 encounters rated something else and have no row here; 4 cells here are empty */
    g_assert_cmpint(v->not_asked, ==, 11);
    g_assert_cmpint(v->counts[3], ==, 70);
    NEAR(v->mean, 3.535);
    NEAR(v->median, 4);
    NEAR(v->floor_share, 9 / 200.0);
    NEAR(v->met_share, 166 / 200.0);
    NEAR(v->desired_share, 106 / 200.0);
    NEAR(v->top_share, 36 / 200.0);
    const struct plx_interval wilson = plx_wilson(106, 200, 0.95, FALSE);
    NEAR(v->desired_ci.lo, wilson.lo);
    NEAR(v->desired_ci.hi, wilson.hi);
    g_assert_cmpfloat_with_epsilon(v->agreement, 0.466, 5e-4);
    g_assert_true(v->mean_ci.lo < 3.535 && v->mean_ci.hi > 3.535);
    g_assert_cmpint(v->population, ==, PLX_NO_COUNT);
    g_assert_true(isnan(v->mean_range.lo));
}

static void test_gap_numbers(void)
{
    g_autoptr(world) w = world_new();
    world_levels(w, "leader", "door", (guint[6]){1, 2, 6, 14, 12, 5});
    world_levels(w, "customer", "door", (guint[6]){9, 25, 60, 70, 28, 8});
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    const struct plx_gap *gap = world_gap(gaps, "door", "leader", "customer");
    NEAR(gap->difference, 4.225 - 3.535);
    NEAR(gap->superiority, 0.6691875);
    NEAR(gap->cliff_delta, 0.338375);
    g_assert_cmpstr(gap->p_method, ==, "brunner_munzel");
    g_assert_true(gap->p < 0.01);
    g_assert_cmpuint(gaps->family_size, ==, 1);
    NEAR(gaps->adjusted_level, 0.95); /* max(R, 1) of 1 */
    NEAR(gap->ci.lo, gap->ci_adjusted.lo);
    /* the lower limit is below half a level: not decided */
    g_assert_cmpint(gap->verdict, ==, PLX_VERDICT_NOT_ENOUGH_YET);
    NEAR(gap->half_width, (gap->ci_adjusted.hi - gap->ci_adjusted.lo) / 2);
}

static void test_permutation_for_few(void)
{
    g_autoptr(world) w = world_new();
    world_levels(w, "shopper", "door", (guint[6]){0, 1, 2, 2, 1, 0});
    world_levels(w, "customer", "door", (guint[6]){3, 2, 1, 0, 1, 0});
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    g_assert_cmpstr(world_gap(gaps, "door", "shopper", "customer")->p_method, ==, "permutation");
}

static void test_pairs_in_order(void)
{
    g_autoptr(world) w = world_new();
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_map_declare(w->map, "patient:served,partner", &error));
    static const char *const order[] = {"leader",   "staff",   "shopper",
                                        "customer", "patient", "partner"};
    for (gint i = 5; i >= 0; i--)
        world_levels(w, order[i], "door", (guint[6]){1, 3, 5, 7, 2, 1});
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    const struct plx_gaps_point *p = world_point(gaps, NULL, "door");
    g_assert_cmpuint(p->n_voices, ==, 6);
    g_assert_cmpuint(p->n_gaps, ==, 15);
    g_assert_cmpuint(gaps->family_size, ==, 15);
    for (guint i = 0; i < p->n_gaps; i++)
        g_assert_cmpuint(p->gaps[i].a, <, p->gaps[i].b);
    for (guint i = 0; i < 6; i++)
        g_assert_cmpstr(gaps->audiences[i], ==, order[i]);
}

/* Every row of the verdict table, from worlds large enough to decide. */
static void check_verdict(const char *a, const guint ca[6], const char *b, const guint cb[6],
                          enum plx_verdict verdict)
{
    g_autoptr(world) w = world_new();
    for (guint times = 0; times < 4; times++) {
        world_levels(w, a, "door", ca);
        world_levels(w, b, "door", cb);
    }
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    const struct plx_gap *gap = world_gap(gaps, "door", a, b);
    g_assert_cmpstr(plx_verdict_code(gap->verdict), ==, plx_verdict_code(verdict));
    if (verdict != PLX_VERDICT_NOT_ENOUGH_YET)
        g_assert_true(isnan(gap->half_width) && isnan(gap->answers_needed));
}

static void test_verdicts(void)
{
    const guint high[6] = {1, 2, 10, 40, 50, 20}, low[6] = {20, 50, 40, 10, 2, 1};
    const guint top[6] = {0, 0, 1, 10, 60, 60};
    const guint half_up[6] = {0, 0, 29, 31, 0, 0}, half_down[6] = {0, 0, 31, 29, 0, 0};
    check_verdict("leader", high, "customer", low, PLX_VERDICT_BLIND_SPOT);
    check_verdict("leader", low, "customer", high, PLX_VERDICT_HIDDEN_STRENGTH);
    check_verdict("leader", top, "customer", high, PLX_VERDICT_VIEWS_DIFFER);
    check_verdict("leader", (guint[6]){100, 20, 2, 0, 0, 0}, "customer", low,
                  PLX_VERDICT_VIEWS_DIFFER);
    check_verdict("leader", high, "customer", high, PLX_VERDICT_SHARED_STRENGTH);
    check_verdict("leader", low, "customer", low, PLX_VERDICT_KNOWN_PROBLEM);
    check_verdict("leader", half_up, "customer", half_down, PLX_VERDICT_AGREE);
    check_verdict("leader", high, "staff", low, PLX_VERDICT_DIFFER);
    check_verdict("leader", high, "staff", high, PLX_VERDICT_AGREE);
    check_verdict("shopper", high, "customer", low, PLX_VERDICT_DIFFER);
    check_verdict("shopper", high, "customer", high, PLX_VERDICT_AGREE);
    check_verdict("leader", (guint[6]){0, 0, 1, 1, 1, 0}, "customer", (guint[6]){1, 0, 1, 0, 1, 0},
                  PLX_VERDICT_NOT_ENOUGH_YET);
}

/* Scale 1..5 with its own cuts, low is good: a blind spot is still "they see it better". */
static void test_direction_down(void)
{
    g_autoptr(world) w = world_new_map("parallax: 1\ntitle: Grades\n"
                                       "scales:\n"
                                       "  grades: {min: 1, max: 6, floor: 5, met: 3, desired: 2, "
                                       "top: 1, direction: down}\n"
                                       "audiences:\n"
                                       "  customer: {scale: grades}\n"
                                       "  leader: {scale: grades}\n");
    world_levels(w, "leader", "door", (guint[6]){60, 30, 10, 0, 0, 0});
    world_levels(w, "customer", "door", (guint[6]){2, 8, 30, 40, 20, 0});
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    const struct plx_voice *v = world_voice(gaps, NULL, "door", "customer");
    NEAR(v->floor_share, 0.2);
    NEAR(v->met_share, 0.4);
    NEAR(v->desired_share, 0.1);
    NEAR(v->top_share, 0.02);
    g_assert_cmpint(world_gap(gaps, "door", "leader", "customer")->verdict, ==,
                    PLX_VERDICT_BLIND_SPOT);
}

static void test_scales_differ(void)
{
    g_autoptr(world) w = world_new_map("parallax: 1\ntitle: Stars\n"
                                       "scales:\n"
                                       "  stars: {min: 1, max: 5}\n"
                                       "audiences:\n"
                                       "  customer: {scale: stars}\n");
    world_levels(w, "leader", "door", leaders_high);
    world_levels(w, "customer", "door", (guint[6]){9, 9, 9, 9, 9, 0});
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    const struct plx_gap *gap = world_gap(gaps, "door", "leader", "customer");
    g_assert_cmpint(gap->verdict, ==, PLX_VERDICT_SCALES_DIFFER);
    g_assert_true(isnan(gap->difference) && isnan(gap->p) && isnan(gap->ci.lo));
    g_assert_cmpuint(gaps->family_size, ==, 0);
    /* no cut, no share */
    const struct plx_voice *v = world_voice(gaps, NULL, "door", "customer");
    g_assert_true(isnan(v->desired_share) && isnan(v->floor_share) && isnan(v->met_ci.lo));
    g_assert_cmpint(world_note(gaps, "scales_differ", "leader")->count, ==, 1);
}

static void test_family_and_adjustment(void)
{
    g_autoptr(world) w = world_new();
    static const char *const points[] = {"a", "b", "c", "d"};
    for (guint i = 0; i < 4; i++) {
        world_levels(w, "leader", points[i], i < 2 ? leaders_high : (guint[6]){2, 2, 4, 4, 2, 2});
        world_levels(w, "customer", points[i],
                     i < 2 ? customers_low : (guint[6]){1, 3, 5, 3, 3, 1});
    }
    /* hidden gaps are no part of the family */
    world_levels(w, "leader", "e", (guint[6]){0, 0, 0, 1, 1, 0});
    world_levels(w, "customer", "e", customers_low);
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    g_assert_cmpuint(gaps->family_size, ==, 4);
    NEAR(gaps->adjusted_level, 1 - 2 * 0.05 / 4); /* two are decided: R = 2 */
    for (guint i = 0; i < 2; i++) {
        const struct plx_gap *gap = world_gap(gaps, points[i], "leader", "customer");
        g_assert_cmpint(gap->verdict, ==, PLX_VERDICT_BLIND_SPOT);
        g_assert_cmpfloat(gap->ci_adjusted.lo, <, gap->ci.lo);
        g_assert_cmpfloat(gap->ci_adjusted.lo, >, gaps->margin);
    }
    g_assert_cmpint(world_gap(gaps, "c", "leader", "customer")->verdict, ==,
                    PLX_VERDICT_NOT_ENOUGH_YET);
    /* one point alone is a document, and so a family, of its own */
    const struct plx_gaps_options one = {.point = "a"};
    g_autoptr(plx_gaps) alone = world_read(w, &one);
    g_assert_cmpuint(alone->family_size, ==, 1);
    g_assert_cmpuint(alone->groups[0].n_points, ==, 1);
}

static void test_complete_voice(void)
{
    g_autoptr(world) w = world_new();
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_map_set_population(w->map, "leader", 9, &error));
    g_assert_true(plx_map_set_named(w->map, "leader", &error));
    world_levels(w, "leader", "door", (guint[6]){0, 0, 1, 2, 4, 2});
    world_levels(w, "leader", "taxi", (guint[6]){0, 0, 1, 2, 4, 0});
    world_levels(w, "customer", "door", customers_low);
    world_levels(w, "customer", "taxi", customers_low);
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    const struct plx_voice *all = world_voice(gaps, NULL, "door", "leader");
    g_assert_true(all->complete);
    NEAR(all->mean_ci.lo, all->mean);
    NEAR(all->mean_ci.hi, all->mean);
    g_assert_true(isnan(all->mean_range.lo));
    const struct plx_voice *some = world_voice(gaps, NULL, "taxi", "leader");
    g_assert_false(some->complete);
    g_assert_cmpfloat(some->mean_ci.lo, <, some->mean);
    g_assert_cmpint(some->population, ==, 9);
    NEAR(some->mean_range.lo, (3 + 8 + 20 + 2 * 1) / 9.0);
    NEAR(some->mean_range.hi, (3 + 8 + 20 + 2 * 6) / 9.0);
    /* the gap has only the customers' uncertainty: one sample against a fixed mean */
    const struct plx_gap *gap = world_gap(gaps, "door", "leader", "customer");
    const struct plx_voice *c = world_voice(gaps, NULL, "door", "customer");
    g_assert_cmpfloat_with_epsilon(gap->ci.hi - gap->ci.lo, c->mean_ci.hi - c->mean_ci.lo, 0.02);
    g_assert_cmpint(world_note(gaps, "all_answered", "leader")->count, ==, 9);
    g_assert_nonnull(world_note(gaps, "named", "leader"));
}

static void test_some_answered(void)
{
    g_autoptr(world) w = world_new();
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_map_set_population(w->map, "staff", 40, &error));
    g_assert_true(plx_map_set_population(w->map, "leader", 12, &error));
    world_levels(w, "staff", "door", leaders_high);
    world_levels(w, "leader", "door", leaders_high);
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    const struct plx_gaps_note *note = world_note(gaps, "some_answered", "staff");
    g_assert_cmpint(note->count, ==, 20);
    g_assert_cmpstr(note->detail, ==, "40");
    g_assert_cmpstr(world_note(gaps, "population_exceeded", "leader")->detail, ==, "12");
}

/* One person's five answers are not five persons'. */
static void test_clusters(void)
{
    g_autoptr(world) w = world_new();
    g_autoptr(world) single = world_new();
    static const char *const levels[] = {"1", "2", "3", "4", "5", "6"};
    for (guint person = 0; person < 12; person++) {
        g_autofree char *who = g_strdup_printf("c%u", person);
        const struct world_row row = {
            .audience = "customer", .who = who, .point = "door", .level = levels[person % 6]};
        world_add(w, row, 5);
        world_add(single, row, 1);
    }
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    g_autoptr(plx_gaps) once = world_read(single, NULL);
    const struct plx_voice *five = world_voice(gaps, NULL, "door", "customer");
    const struct plx_voice *one = world_voice(once, NULL, "door", "customer");
    g_assert_cmpint(five->n, ==, 60);
    g_assert_cmpint(five->persons, ==, 12);
    g_assert_cmpfloat_with_epsilon(five->n_eff, 12, 1e-6);
    g_assert_cmpfloat_with_epsilon(five->mean_ci.lo, one->mean_ci.lo, 0.05);
    g_assert_cmpfloat_with_epsilon(five->mean_ci.hi, one->mean_ci.hi, 0.05);
}

static void test_point_errors(void)
{
    g_autoptr(world) w = world_new();
    world_levels(w, "customer", "Front door", customers_low);
    const struct plx_gaps_options near = {.point = "front-dor"};
    world_fails(w, &near, PLX_ERROR_NOT_FOUND,
                "there is no point \"front-dor\"; did you mean \"front-door\"?");
}

static void test_points_sorted_into_groups(void)
{
    g_autoptr(world) w = world_new();
    world_levels(w, "customer", "b", customers_low);
    world_levels(w, "customer", "a", customers_low);
    const struct plx_gaps_options by = {.by = "point"};
    g_autoptr(plx_gaps) gaps = world_read(w, &by);
    g_assert_cmpuint(gaps->n_groups, ==, 2);
    g_assert_cmpstr(gaps->groups[0].key, ==, "a");
    g_assert_cmpstr(gaps->groups[1].points[0].point, ==, "b");
    g_assert_cmpint(gaps->headline.kind, ==, PLX_HEADLINE_SERVED);
}

/* Without respondents and encounters nobody knows who was asked what. */
static void test_not_asked_of_single_rows(void)
{
    g_autoptr(world) w = world_new();
    world_add(
        w, (struct world_row){.audience = "customer", .who = "", .point = "door", .level = "4"}, 8);
    world_add(
        w, (struct world_row){.audience = "customer", .who = "", .point = "taxi", .level = "3"}, 6);
    world_levels(w, "staff", "taxi", (guint[6]){2, 2, 2, 2, 2, 2});
    world_levels(w, "staff", "door", (guint[6]){2, 2, 2, 2, 2, 0});
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    g_assert_cmpint(world_voice(gaps, NULL, "door", "customer")->not_asked, ==, PLX_NO_COUNT);
}

/* Of a person who answers at two points twice it is told once. */
static void test_persons_of_the_headline(void)
{
    g_autoptr(world) w = world_new();
    static const char *const points[] = {"a", "b"};
    for (guint i = 0; i < 30; i++) {
        g_autofree char *who = g_strdup_printf("c%u", i);
        world_add(w,
                  (struct world_row){.audience = "customer",
                                     .who = who,
                                     .point = points[i % 2],
                                     .level = i % 3 ? "4" : "2"},
                  1);
        if (i % 10 == 0)
            world_add(
                w,
                (struct world_row){
                    .audience = "customer", .who = who, .point = points[1 - i % 2], .level = "5"},
                1);
    }
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    g_assert_cmpint(gaps->headline.about_n, ==, 33);
    g_assert_cmpint(gaps->headline.about_persons, ==, 30);
    const struct plx_gaps_options one = {.point = "b"};
    g_autoptr(plx_gaps) point = world_read(w, &one);
    g_assert_cmpint(point->headline.about_persons, ==, 18);
}

/* Leaders are complete: only more staff could tell more, and so it is said of them. */
static void test_whose_answers_are_needed(void)
{
    g_autoptr(world) w = world_new();
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_map_declare(w->map, "patient:served", &error));
    g_assert_true(plx_map_set_population(w->map, "staff", 15, &error));
    world_levels(w, "leader", "door", (guint[6]){0, 2, 3, 4, 2, 1});
    world_levels(w, "staff", "door", (guint[6]){1, 2, 4, 4, 3, 1});
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    const struct plx_gap *gap = world_gap(gaps, "door", "leader", "staff");
    g_assert_cmpint(gap->verdict, ==, PLX_VERDICT_NOT_ENOUGH_YET);
    g_assert_cmpstr(gaps->audiences[gap->answers_of], ==, "leader"); /* staff are all there are */
    /* nobody is served here, and nobody was declared in vain */
    g_assert_null(world_note(gaps, "no_served_answers", NULL)->detail);
}

static void test_served_but_not_said(void)
{
    for (guint served = 0; served < 2; served++) {
        g_autoptr(world) w = world_new();
        g_autoptr(GError) error = NULL;
        g_assert_true(plx_map_declare(w->map, served ? "patient:served" : "patient", &error));
        world_levels(w, "leader", "door", leaders_high);
        world_levels(w, "patient", "door", customers_low);
        g_autoptr(plx_gaps) gaps = world_read(w, NULL);
        const struct plx_gaps_note *note = world_note(gaps, "no_served_answers", "patient");
        g_assert_true((note == NULL) == (served == 1));
        if (note)
            g_assert_cmpstr(note->detail, ==, "patient");
    }
}

/* The people served may stand first: a declared audience that is not served comes after them. */
static void test_served_first(void)
{
    g_autoptr(world) w = world_new();
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_map_declare(w->map, "patient:served,nurse", &error));
    for (guint times = 0; times < 4; times++) {
        world_levels(w, "patient", "door", customers_low);
        world_levels(w, "nurse", "door", leaders_high);
    }
    g_autoptr(plx_gaps) gaps = world_read(w, NULL);
    const struct plx_gap *gap = world_gap(gaps, "door", "patient", "nurse");
    g_assert_cmpint(gap->verdict, ==, PLX_VERDICT_BLIND_SPOT);
    g_assert_true(gap->difference < 0);
    g_assert_cmpint(gaps->headline.kind, ==, PLX_HEADLINE_LEVEL);
}

static void test_codes(void)
{
    g_assert_null(plx_verdict_code(PLX_VERDICT_NONE));
    g_assert_cmpstr(plx_verdict_code(PLX_VERDICT_SEES_IT), ==, "sees_it");
    g_assert_null(plx_suppression_code(PLX_SHOWN));
    g_assert_cmpstr(plx_suppression_code(PLX_HIDDEN_FILTER), ==, "filter");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/gaps/voice-numbers", test_voice_numbers);
    g_test_add_func("/gaps/gap-numbers", test_gap_numbers);
    g_test_add_func("/gaps/permutation-for-few", test_permutation_for_few);
    g_test_add_func("/gaps/pairs-in-order", test_pairs_in_order);
    g_test_add_func("/gaps/verdicts", test_verdicts);
    g_test_add_func("/gaps/direction-down", test_direction_down);
    g_test_add_func("/gaps/scales-differ", test_scales_differ);
    g_test_add_func("/gaps/family-and-adjustment", test_family_and_adjustment);
    g_test_add_func("/gaps/complete-voice", test_complete_voice);
    g_test_add_func("/gaps/some-answered", test_some_answered);
    g_test_add_func("/gaps/clusters", test_clusters);
    g_test_add_func("/gaps/point-errors", test_point_errors);
    g_test_add_func("/gaps/points-sorted-into-groups", test_points_sorted_into_groups);
    g_test_add_func("/gaps/not-asked-of-single-rows", test_not_asked_of_single_rows);
    g_test_add_func("/gaps/whose-answers-are-needed", test_whose_answers_are_needed);
    g_test_add_func("/gaps/served-but-not-said", test_served_but_not_said);
    g_test_add_func("/gaps/served-first", test_served_first);
    g_test_add_func("/gaps/persons-of-the-headline", test_persons_of_the_headline);
    g_test_add_func("/gaps/codes", test_codes);
    return g_test_run();
}
