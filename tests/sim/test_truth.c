/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/truth.h"

#include "base/error.h"
#include "map/template.h"
#include "sim/demo_map.h"
#include "sim/outcome.h"

#include <math.h>
#include <string.h>

static void test_covers_the_map(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_demo_map(&error);
    g_assert_no_error(error);
    g_assert_cmpuint(map->n_points, ==, plx_truth()->n_points);
    const gint leader = plx_map_find_audience(map, "leader");
    g_assert_cmpint(map->audiences[leader].population, ==, PLX_TRUTH_LEADERS);
}

static void test_other_map(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_template_load("hotel-stay", &error);
    g_assert_no_error(error);
    g_assert_false(plx_truth_check(plx_truth(), map, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_BUG);
    g_assert_cmpstr(error->message, ==,
                    "the demo's truth expects the point 'campaign-page' as number 1");
}

static void test_map_with_more(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_demo_map(&error);
    g_assert_no_error(error);
    struct plx_truth shorter = *plx_truth();
    shorter.n_points--;
    g_assert_false(plx_truth_check(&shorter, map, &error));
    g_assert_cmpstr(error->message, ==,
                    "the demo's truth says nothing about the point 'refund-on-account'");
}

static void test_map_text(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = plx_demo_map_text(&error);
    g_assert_no_error(error);
    g_assert_true(g_str_has_prefix(text, PLX_DEMO_MARK));
    g_assert_nonnull(strstr(text, "\naudiences:\n  leader: {population: 9}\n"));
}

static void test_places(void)
{
    const struct plx_truth *truth = plx_truth();
    guint n[3] = {0}, wobbling = 0;
    double share = 0, tiers = 0, severity = 0;
    for (guint i = 0; i < truth->n_places; i++) {
        n[truth->places[i].group]++;
        share += truth->places[i].share;
        if (truth->places[i].wobble > 1) {
            wobbling++;
            g_assert_cmpstr(truth->places[i].name, ==, truth->inconsistent_place);
        }
    }
    g_assert_cmpuint(n[PLX_TRUTH_TREATED], >=, 8);
    g_assert_cmpuint(n[PLX_TRUTH_COMPARISON], >=, 8);
    g_assert_cmpuint(n[PLX_TRUTH_OTHER], >=, 1);
    g_assert_cmpuint(wobbling, ==, 1);
    g_assert_cmpfloat_with_epsilon(share, 1, 1e-12);
    for (guint i = 0; i < truth->n_tiers; i++)
        tiers += truth->tiers[i].share;
    g_assert_cmpfloat_with_epsilon(tiers, 1, 1e-12);
    for (guint i = 0; i < PLX_TRUTH_SHOPPERS; i++)
        severity += truth->shopper_severity[i];
    g_assert_cmpfloat_with_epsilon(severity, 0, 1e-12);
}

static void test_months(void)
{
    char name[8];
    plx_truth_month_name(plx_truth(), 0, name);
    g_assert_cmpstr(name, ==, "2025-03");
    plx_truth_month_name(plx_truth(), 10, name);
    g_assert_cmpstr(name, ==, "2026-01");
    plx_truth_month_name(plx_truth(), PLX_TRUTH_MONTHS - 1, name);
    g_assert_cmpstr(name, ==, "2026-08");
}

/* One thing at a time, in the treated place 0 and the comparison place 8. */
static void test_shift(void)
{
    const struct plx_truth *truth = plx_truth();
    const guint door = (guint)plx_truth_find_point(truth, "doorstep");
    const guint parcel = (guint)plx_truth_find_point(truth, truth->real.point);
    const guint page = (guint)plx_truth_find_point(truth, truth->apparent.point);
    const double plain = plx_truth_shift(truth, door, 0, 0, 1, FALSE, FALSE);
    g_assert_cmpfloat(plain, ==, truth->places[0].effect);
    g_assert_cmpfloat_with_epsilon(plx_truth_shift(truth, door, 0, 0, 1, FALSE, TRUE) - plain,
                                   truth->points[door].late, 1e-12);
    const guint start = truth->real.start;
    g_assert_cmpfloat_with_epsilon(
        plx_truth_shift(truth, parcel, 0, start, 1, FALSE, FALSE) -
            plx_truth_shift(truth, parcel, 0, start - 1, 1, FALSE, FALSE),
        truth->real.lift, 1e-12);
    g_assert_cmpfloat(plx_truth_shift(truth, parcel, 8, start, 1, FALSE, FALSE), ==,
                      plx_truth_shift(truth, parcel, 8, start - 1, 1, FALSE, FALSE));
    /* The winter is the same everywhere. */
    for (guint place = 0; place <= 8; place += 8)
        g_assert_cmpfloat_with_epsilon(
            plx_truth_shift(truth, page, place, truth->apparent.start, 1, FALSE, FALSE) -
                plx_truth_shift(truth, page, place, truth->apparent.start - 1, 1, FALSE, FALSE),
            -truth->apparent.dip, 1e-12);
}

static void test_leaders(void)
{
    const struct plx_truth *truth = plx_truth();
    const guint door = (guint)plx_truth_find_point(truth, truth->blind_point);
    double level = 0, believed = 0;
    for (guint i = 0; i < PLX_TRUTH_LEADERS; i++) {
        const struct plx_truth_leader a = plx_truth_leader_answer(truth, i, door);
        g_assert_cmpint(a.level, >=, 1);
        g_assert_cmpint(a.level, <=, 6);
        g_assert_cmpint(a.predicted, >=, 1);
        g_assert_cmpint(a.believed, <=, 10);
        level += a.level;
        believed += a.believed;
    }
    g_assert_cmpfloat(level / PLX_TRUTH_LEADERS, >, 4.7);
    g_assert_cmpfloat(level / PLX_TRUTH_LEADERS, <, 5.3);
    g_assert_cmpfloat(believed / PLX_TRUTH_LEADERS, >, 7.5);
    g_assert_cmpfloat(believed / PLX_TRUTH_LEADERS, <, 8.5);
}

/* Nobody visits a place twice, and all visits lie in the 18 months. */
static void test_visits(void)
{
    for (guint place = 0; place < plx_truth()->n_places; place++) {
        guint seen = 0;
        for (guint v = 0; v < PLX_TRUTH_VISITS; v++) {
            const struct plx_truth_visit visit = plx_truth_visit(place, v);
            g_assert_cmpuint(visit.month, <, PLX_TRUTH_MONTHS);
            g_assert_cmpuint(visit.shopper, <, PLX_TRUTH_SHOPPERS);
            g_assert_cmpuint(seen & 1u << visit.shopper, ==, 0);
            seen |= 1u << visit.shopper;
        }
    }
}

/* The friction point is where it is least easy and where most hesitate. */
static void test_friction(void)
{
    const struct plx_truth *truth = plx_truth();
    const guint f = (guint)plx_truth_find_point(truth, truth->friction_point);
    for (guint p = 0; p < truth->n_points; p++) {
        if (p == f)
            continue;
        g_assert_cmpfloat(truth->points[p].ease, >, truth->points[f].ease);
        g_assert_cmpfloat(truth->points[p].hesitation, <, truth->points[f].hesitation / 2);
    }
    g_assert_cmpint(plx_truth_find_point(truth, "nowhere"), ==, -1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sim/truth/covers-the-map", test_covers_the_map);
    g_test_add_func("/sim/truth/other-map", test_other_map);
    g_test_add_func("/sim/truth/map-with-more", test_map_with_more);
    g_test_add_func("/sim/truth/map-text", test_map_text);
    g_test_add_func("/sim/truth/places", test_places);
    g_test_add_func("/sim/truth/months", test_months);
    g_test_add_func("/sim/truth/shift", test_shift);
    g_test_add_func("/sim/truth/leaders", test_leaders);
    g_test_add_func("/sim/truth/visits", test_visits);
    g_test_add_func("/sim/truth/friction", test_friction);
    return g_test_run();
}
