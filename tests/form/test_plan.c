/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "map/map_file.h"
#include "service.h"
#include "voice/batch.h"

#include <string.h>

static plx_form_plan *plan_of(const plx_map *map, const struct plx_form_settings *settings,
                              guint64 seed)
{
    GError *error = NULL;
    plx_form_plan *const plan = plx_form_plan_new(map, settings, seed, &error);
    g_assert_no_error(error);
    return plan;
}

/* 13 points, 6 of them in a form: every point as often as its chance says, every pair together. */
static void test_few_points(void)
{
    enum { FORMS = 13000, POINTS = 13, EACH = 6 };
    g_autoptr(plx_map) map = service_map();
    const struct plx_form_settings settings =
        service_settings(map, "customer", "visit", NULL, NULL);
    guint asked[POINTS] = {0}, together[POINTS][POINTS] = {{0}};
    for (guint64 seed = 0; seed < FORMS; seed++) {
        g_autoptr(plx_form_plan) plan = plan_of(map, &settings, seed);
        g_assert_cmpuint(plan->n_points, ==, EACH);
        g_assert_cmpuint(plan->journey, ==, 0);
        for (guint i = 0; i < EACH; i++) {
            const guint point = plan->points[i].point;
            g_assert_true(i == 0 || point > plan->points[i - 1].point);
            g_assert_cmpfloat(plan->points[i].asked_p, ==, 6.0 / 13);
            asked[point]++;
            for (guint k = 0; k < i; k++)
                together[plan->points[k].point][point]++;
        }
    }
    /* Expected 6,000, of pairs 2,000 or 3,000 of a design that is not balanced: within five
     * standard deviations. */
    for (guint a = 0; a < POINTS; a++) {
        g_assert_cmpuint(asked[a], >, 6000 - 285);
        g_assert_cmpuint(asked[a], <, 6000 + 285);
        for (guint b = a + 1; b < POINTS; b++) {
            g_assert_cmpuint(together[a][b], >, 2000 - 206);
            g_assert_cmpuint(together[a][b], <, 3000 + 241);
        }
    }
}

static void test_same_seed(void)
{
    g_autoptr(plx_map) map = service_map();
    const struct plx_form_settings settings = service_settings(map, NULL, NULL, NULL, NULL);
    for (guint64 seed = 0; seed < 50; seed++) {
        g_autoptr(plx_form_plan) one = plan_of(map, &settings, seed);
        g_autoptr(plx_form_plan) other = plan_of(map, &settings, seed);
        g_assert_cmpuint(one->journey, ==, other->journey);
        g_assert_cmpuint(one->n_points, ==, other->n_points);
        for (guint i = 0; i < one->n_points; i++)
            g_assert_cmpuint(one->points[i].point, ==, other->points[i].point);
    }
}

/* Of all journeys one is drawn, and its chance is in that of the points. A short one is asked
 * whole. */
static void test_all_journeys(void)
{
    g_autoptr(plx_map) map = service_map();
    const struct plx_form_settings settings = service_settings(map, NULL, NULL, NULL, NULL);
    guint seen[2] = {0};
    for (guint64 seed = 0; seed < 400; seed++) {
        g_autoptr(plx_form_plan) plan = plan_of(map, &settings, seed);
        seen[plan->journey]++;
        g_assert_cmpfloat(plan->journey_p, ==, 0.5);
        g_assert_cmpuint(plan->n_points, ==, plan->journey == 0 ? 6 : 3);
        g_assert_cmpfloat(plan->points[0].asked_p, ==, plan->journey == 0 ? 0.5 * 6 / 13 : 0.5);
    }
    g_assert_cmpuint(seen[0], >, 150);
    g_assert_cmpuint(seen[1], >, 150);
}

static void test_cards(void)
{
    g_autoptr(plx_map) map = service_map();
    const struct plx_form_settings settings =
        service_settings(map, "customer", "visit", NULL, NULL);
    g_autoptr(plx_form_plan) plan = plan_of(map, &settings, 1);
    g_assert_cmpuint(plan->n_cards, ==, 7);
    g_assert_cmphex(plan->measures, ==,
                    1u << PLX_MEASURE_LEVEL | 1u << PLX_MEASURE_EFFORT | 1u << PLX_MEASURE_FEELING);
    g_assert_cmphex(plan->required, ==, 1u << PLX_MEASURE_LEVEL);
    g_assert_cmphex(plan->whole_measures, ==, 1u << PLX_MEASURE_OVERALL);
    g_assert_true(plan->whole && plan->ticks);
    g_assert_cmpuint(plan->n_listed, ==, 13);
    for (guint i = 0; i < 6; i++) {
        const struct plx_form_card card = plx_form_card(plan, i);
        g_assert_cmpuint(card.first, ==, i);
        g_assert_cmpuint(card.n, ==, 1);
        g_assert_false(card.whole);
    }
    g_assert_true(plx_form_card(plan, 6).whole);
    g_assert_cmpuint(plx_form_card(plan, 6).n, ==, 0);
}

/* Leaders: believed of all points, on one card, and nothing else; levels, where they are asked for,
 * a few points to a card. */
static void test_leaders(void)
{
    g_autoptr(plx_map) map = service_map();
    const struct plx_form_settings settings = service_settings(map, "leader", "visit", NULL, NULL);
    g_autoptr(plx_form_plan) plan = plan_of(map, &settings, 9);
    g_assert_cmpuint(plan->n_cards, ==, 1);
    g_assert_cmpuint(plan->n_points, ==, 13);
    g_assert_cmpuint(plx_form_card(plan, 0).n, ==, 13);
    g_assert_cmphex(plan->required, ==, 1u << PLX_MEASURE_BELIEVED);
    g_assert_false(plan->whole);
    for (guint i = 0; i < 13; i++) {
        g_assert_cmpuint(plan->points[i].point, ==, i);
        g_assert_cmpfloat(plan->points[i].asked_p, ==, 1);
    }
    const struct plx_form_settings more =
        service_settings(map, "staff", "visit", "believed,level,overall", "improve");
    g_autoptr(plx_form_plan) other = plan_of(map, &more, 9);
    /* What is believed of all; the levels of six points and of seven; the whole. */
    static const struct {
        guint first, n;
        guint32 measures;
    } cards[] = {{0, 13, 1u << PLX_MEASURE_BELIEVED},
                 {0, 6, 1u << PLX_MEASURE_LEVEL},
                 {6, 7, 1u << PLX_MEASURE_LEVEL},
                 {13, 0, 0}};
    g_assert_cmpuint(other->n_cards, ==, G_N_ELEMENTS(cards));
    for (guint i = 0; i < G_N_ELEMENTS(cards); i++) {
        const struct plx_form_card card = plx_form_card(other, i);
        g_assert_cmpuint(card.first, ==, cards[i].first);
        g_assert_cmpuint(card.n, ==, cards[i].n);
        g_assert_cmphex(card.measures, ==, cards[i].measures);
        g_assert_cmpint(card.further, ==, i == 1 || i == 2);
    }
    g_assert_cmphex(other->required, ==, 1u << PLX_MEASURE_BELIEVED | 1u << PLX_MEASURE_LEVEL);
    g_assert_true(plx_form_card(other, 3).whole && !other->ticks);
    const struct plx_form_settings levels =
        service_settings(map, "staff", "visit", "level", "none");
    g_autoptr(plx_form_plan) only = plan_of(map, &levels, 9);
    g_assert_cmpuint(only->n_cards, ==, 2);
    g_assert_false(plx_form_card(only, 0).further);
}

/* Only the journey as a whole. */
/* What is told before the first question grows with what is asked. */
static void test_minutes(void)
{
    g_autoptr(plx_map) map = service_map();
    static const struct {
        const char *audience, *journey, *measures, *questions;
        guint minutes;
    } cases[] = {{"customer", "call", "level", "none", 1},
                 {"customer", "visit", NULL, NULL, 3},
                 {"leader", "visit", NULL, NULL, 1},
                 {"leader", "visit", "believed,level", NULL, 2}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        const struct plx_form_settings settings = service_settings(
            map, cases[i].audience, cases[i].journey, cases[i].measures, cases[i].questions);
        g_autoptr(plx_form_plan) plan = plan_of(map, &settings, 1);
        g_assert_cmpuint(plx_form_plan_minutes(plan), ==, cases[i].minutes);
    }
}

static void test_no_points(void)
{
    g_autoptr(plx_map) map = service_map();
    const struct plx_form_settings settings =
        service_settings(map, "customer", "visit", "overall", "none");
    g_autoptr(plx_form_plan) plan = plan_of(map, &settings, 3);
    g_assert_cmpuint(plan->n_cards, ==, 1);
    g_assert_cmpuint(plan->n_points, ==, 0);
    g_assert_true(plx_form_card(plan, 0).whole);
}

static void test_notes(void)
{
    g_autoptr(plx_map) map = service_map();
    const struct plx_form_settings settings = service_settings(map, NULL, NULL, NULL, NULL);
    g_autoptr(plx_form_plan) plan = plan_of(map, &settings, 1);
    static const gint expected[] = {PLX_FORM_BETTER, PLX_FORM_BETTER, -1, -1,
                                    PLX_FORM_DID,    PLX_FORM_DID};
    for (gint8 level = 1; level <= 6; level++)
        g_assert_cmpint(plx_form_note(plan, level), ==, expected[level - 1]);
    g_assert_cmpint(plx_form_note(plan, PLX_CELL_EMPTY), ==, -1);
    g_assert_cmpint(plx_form_note(plan, PLX_CELL_NA), ==, -1);
    g_assert_cmpint(plx_form_note(plan, PLX_CELL_DECLINED), ==, -1);
    const struct plx_form_settings leader =
        service_settings(map, "leader", NULL, "believed,level", NULL);
    g_autoptr(plx_form_plan) other = plan_of(map, &leader, 1);
    g_assert_cmpint(plx_form_note(other, 6), ==, -1);
}

/* A journey of more points than there are designs for: each as often all the same. */
static void test_many_points(void)
{
    enum { POINTS = 70, FORMS = 7000 };
    g_autoptr(GString) yaml = g_string_new("parallax: 1\ntitle: Long\njourneys:\n  - title: Way\n"
                                           "    transactions:\n      - title: All\n"
                                           "        points:\n");
    for (guint i = 0; i < POINTS; i++)
        g_string_append_printf(yaml, "          - Point %u\n", i);
    GError *error = NULL;
    g_autoptr(plx_map) map = plx_map_read_memory(yaml->str, yaml->len, "long.yaml", &error);
    g_assert_no_error(error);
    const struct plx_form_ask ask = {.points = 7};
    struct plx_form_settings settings;
    g_assert_true(plx_form_settings_ask(map, &ask, &settings, &error));
    guint asked[POINTS] = {0};
    for (guint64 seed = 0; seed < FORMS; seed++) {
        g_autoptr(plx_form_plan) plan = plan_of(map, &settings, seed);
        g_assert_cmpuint(plan->n_points, ==, 7);
        for (guint i = 0; i < 7; i++) {
            g_assert_true(i == 0 || plan->points[i].point > plan->points[i - 1].point);
            g_assert_cmpfloat(plan->points[i].asked_p, ==, 0.1);
            asked[plan->points[i].point]++;
        }
    }
    for (guint p = 0; p < POINTS; p++) {
        g_assert_cmpuint(asked[p], >, 700 - 126);
        g_assert_cmpuint(asked[p], <, 700 + 126);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/plan/few_points", test_few_points);
    g_test_add_func("/plan/same_seed", test_same_seed);
    g_test_add_func("/plan/all_journeys", test_all_journeys);
    g_test_add_func("/plan/cards", test_cards);
    g_test_add_func("/plan/leaders", test_leaders);
    g_test_add_func("/plan/minutes", test_minutes);
    g_test_add_func("/plan/no_points", test_no_points);
    g_test_add_func("/plan/notes", test_notes);
    g_test_add_func("/plan/many_points", test_many_points);
    return g_test_run();
}
