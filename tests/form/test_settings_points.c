/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "form/plan.h"
#include "map/map_file.h"
#include "service.h"

#include <string.h>

static struct plx_form_settings only(const plx_map *map, const char *audience, const char *points)
{
    struct plx_form_settings settings;
    g_autoptr(GError) error = NULL;
    const struct plx_form_ask ask = {.audience = audience, .only = points};
    g_assert_true(plx_form_settings_ask(map, &ask, &settings, &error));
    g_assert_no_error(error);
    return settings;
}

/* In the order of the journey, once each, and no other point on any card. */
static void test_chosen(void)
{
    g_autoptr(plx_map) map = service_map();
    const struct plx_form_settings settings = only(map, NULL, "p5, p2,p5");
    g_autofree char *names = plx_form_settings_only_text(map, &settings);
    g_assert_cmpstr(names, ==, "p2,p5");
    g_assert_cmpstr(map->journeys[settings.journey].id, ==, "visit");
    for (guint64 seed = 0; seed < 20; seed++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(plx_form_plan) plan = plx_form_plan_new(map, &settings, seed, &error);
        g_assert_no_error(error);
        g_assert_cmpuint(plan->n_points, ==, 2);
        g_assert_cmpuint(plan->n_listed, ==, 2);
        g_assert_cmpstr(map->points[plan->points[1].point].id, ==, "p5");
        g_assert_cmpfloat(plan->points[0].asked_p, ==, 1.0);
    }
}

/* Of many that were chosen a form is about a few, each as often as the others. */
static void test_many(void)
{
    g_autoptr(plx_map) map = service_map();
    const struct plx_form_settings settings = only(map, NULL, "p1,p2,p3,p4,p5,p6,p7,p8,p9,p10");
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_form_plan) plan = plx_form_plan_new(map, &settings, 7, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(plan->n_points, ==, PLX_FORM_POINTS_DEFAULT);
    g_assert_cmpfloat(plan->points[0].asked_p, ==, PLX_FORM_POINTS_DEFAULT / 10.0);
    const struct plx_form_settings leader = only(map, "leader", "c1,c3");
    g_autoptr(plx_form_plan) all = plx_form_plan_new(map, &leader, 7, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(all->n_points, ==, 2);
}

/* Kept as text; a point that left the map is asked no more. */
static void test_text(void)
{
    g_autoptr(plx_map) map = service_map();
    const struct plx_form_settings settings = only(map, NULL, "c1,c3");
    g_autofree char *text = plx_form_settings_text(map, &settings);
    g_assert_nonnull(strstr(text, "\nonly\tc1,c3\n"));
    static const char later[] = "parallax: 1\ntitle: S\njourneys: [{id: call, title: C, "
                                "transactions: [{title: T, points: [{id: c9, title: N, was: [c3]}"
                                ", c2]}]}]\n";
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) other = plx_map_read_memory(later, strlen(later), "later", &error);
    g_assert_no_error(error);
    struct plx_form_settings back;
    g_assert_true(plx_form_settings_read(other, text, "link 1", &back, &error));
    g_assert_no_error(error);
    g_autofree char *names = plx_form_settings_only_text(other, &back);
    g_assert_cmpstr(names, ==, "c9");
}

static void test_wrong(void)
{
    static const struct {
        const char *journey, *only;
        gint code;
        const char *message;
    } rows[] = {
        {NULL, "p1,p31", PLX_ERROR_NOT_FOUND, "the map has no point \"p31\"; did you mean \"p1\"?"},
        {NULL, "p1,c1", PLX_ERROR_USAGE,
         "no journey has all of these points: make a link for each journey"},
        {"call", "c1,p1", PLX_ERROR_USAGE, "the journey \"call\" has not all of these points"},
        {"call", "p1", PLX_ERROR_NOT_FOUND, "the map has none of the points that were chosen"},
    };
    g_autoptr(plx_map) map = service_map();
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct plx_form_settings settings;
        g_autoptr(GError) error = NULL;
        const struct plx_form_ask ask = {.journey = rows[i].journey, .only = rows[i].only};
        g_assert_false(plx_form_settings_ask(map, &ask, &settings, &error));
        g_assert_error(error, PLX_ERROR, rows[i].code);
        g_assert_cmpstr(error->message, ==, rows[i].message);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/settings_points/chosen", test_chosen);
    g_test_add_func("/settings_points/many", test_many);
    g_test_add_func("/settings_points/text", test_text);
    g_test_add_func("/settings_points/wrong", test_wrong);
    return g_test_run();
}
