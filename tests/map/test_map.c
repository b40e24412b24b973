/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The open map, and what the command line may change about any map. */
#include "map/map.h"

#include "base/error.h"

#include <string.h>

static void test_open(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    g_assert_false(plx_map_is_closed(map));
    g_assert_cmpfloat(map->margin, ==, 0.5);
    static const char *const ids[] = {"leader", "staff", "shopper", "customer"};
    g_assert_cmpuint(map->n_audiences, ==, G_N_ELEMENTS(ids));
    for (guint i = 0; i < map->n_audiences; i++) {
        const struct plx_audience *audience = &map->audiences[i];
        g_assert_cmpstr(audience->id, ==, ids[i]);
        g_assert_cmpint(plx_map_find_audience(map, ids[i]), ==, (gint)i);
        g_assert_cmpint(audience->served, ==, i == 3);
        g_assert_cmpint(audience->protected_, ==, i < 2);
        g_assert_cmpuint(audience->minimum, ==, 5);
        g_assert_cmpint(audience->identity, ==, PLX_IDENTITY_VISIT);
        g_assert_cmpint(audience->population, ==, 0);
        g_assert_cmpstr(audience->scale->id, ==, "six-levels");
    }
    g_assert_cmpint(plx_map_find_audience(map, "patient"), ==, -1);
    g_assert_cmpint(plx_map_find_point(map, "doorstep"), ==, -1);
    g_assert_cmpint(plx_map_find_journey(map, "order"), ==, -1);
    g_assert_cmpint(plx_map_find_task(map, "pack"), ==, -1);
    g_assert_cmpint(plx_map_find_promise(map, "next-day"), ==, -1);
}

#define NO PLX_NO_CUT

/* The cuts as docs/map.md prints them. */
static const struct {
    const char *id;
    guint subject, other; /* other: 0 is none */
    gint8 min, max, floor, met, desired, top;
} measures[PLX_MEASURE_DECLARED] = {
    {"level", PLX_SUBJECT_POINT, 0, 1, 6, 1, 3, 4, 5},
    {"believed", PLX_SUBJECT_POINT, 0, 0, 10, NO, NO, NO, NO},
    {"effort", PLX_SUBJECT_POINT, 0, 1, 7, 3, 5, 6, 7},
    {"feeling", PLX_SUBJECT_POINT, 0, 1, 5, 2, 3, 4, 5},
    {"importance", PLX_SUBJECT_POINT, 0, 1, 5, NO, NO, NO, NO},
    {"predicted", PLX_SUBJECT_POINT, 0, 1, 6, 1, 3, 4, 5},
    {"expected", PLX_SUBJECT_POINT, 0, 1, 6, 1, 3, 4, 5},
    {"done", PLX_SUBJECT_TASK, 0, 0, 1, 0, 1, NO, NO},
    {"known", PLX_SUBJECT_PROMISE, 0, 0, 1, 0, 1, NO, NO},
    {"kept", PLX_SUBJECT_PROMISE, 0, 0, 1, 0, 1, NO, NO},
    {"card", PLX_SUBJECT_JOURNEY, PLX_SUBJECT_POINT, -1, 1, -1, 0, 1, 1},
    {"overall", PLX_SUBJECT_JOURNEY, 0, 1, 6, 1, 3, 4, 5},
    {"recommend", PLX_SUBJECT_JOURNEY, 0, 0, 10, 6, 7, 9, 10},
};

static void test_measures(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    g_assert_cmpuint(map->n_measures, ==, PLX_MEASURE_DECLARED);
    for (guint i = 0; i < map->n_measures; i++) {
        const struct plx_measure_def *measure = &map->measures[i];
        g_assert_cmpstr(measure->id, ==, measures[i].id);
        g_assert_cmpint(plx_map_find_measure(map, measure->id), ==, (gint)i);
        g_assert_cmpuint(measure->subjects, ==,
                         1u << measures[i].subject |
                             (measures[i].other ? 1u << measures[i].other : 0));
        const struct plx_scale wanted = {NULL,
                                         measures[i].min,
                                         measures[i].max,
                                         measures[i].floor,
                                         measures[i].met,
                                         measures[i].desired,
                                         measures[i].top,
                                         FALSE,
                                         NULL,
                                         NULL};
        g_assert_true(plx_scale_same(measure->scale, &wanted));
        g_assert_null(plx_scale_fault(measure->scale, NULL));
        g_assert_cmpuint(strlen(measure->title), >, 0);
        if (measure->scale->words)
            g_assert_cmpuint(g_strv_length(measure->scale->words), ==,
                             plx_scale_width(measure->scale));
    }
    g_assert_cmpint(plx_map_find_measure(map, "wait"), ==, -1);
}

static void refused(GError **error, const char *message)
{
    g_assert_error(*error, PLX_ERROR, PLX_ERROR_USAGE);
    g_assert_cmpstr((*error)->message, ==, message);
    g_clear_error(error);
}

/* What is noted down beside an answer is counted like a measure, and is none of the map's. */
static void test_flags(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    static const struct {
        guint measure;
        const char *id;
        gint8 min;
        const char *first;
    } flags[] = {{PLX_MEASURE_SURPRISE, "surprise", -1, "A bad surprise"},
                 {PLX_MEASURE_HESITATION, "hesitation", 0, "Did not hesitate"}};
    for (guint i = 0; i < G_N_ELEMENTS(flags); i++) {
        const struct plx_measure_def *flag = &map->measures[flags[i].measure];
        g_assert_cmpstr(flag->id, ==, flags[i].id);
        g_assert_cmpuint(flag->subjects, ==, 1u << PLX_SUBJECT_POINT);
        for (guint a = 0; a < map->n_audiences; a++)
            g_assert_true(plx_map_scale(map, flags[i].measure, a) == flag->scale);
        g_assert_cmpint(flag->scale->min, ==, flags[i].min);
        g_assert_cmpint(flag->scale->max, ==, 1);
        g_assert_cmpint(flag->scale->desired, ==, PLX_NO_CUT);
        g_assert_cmpstr(flag->scale->words[0], ==, flags[i].first);
        g_assert_cmpuint(g_strv_length(flag->scale->words), ==, plx_scale_width(flag->scale));
        g_assert_cmpuint(flags[i].measure, >=, map->n_measures);
        g_assert_cmpint(plx_map_find_measure(map, flags[i].id), ==, -1);
    }
}

static void test_population_and_named(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    GError *error = NULL;
    g_assert_true(plx_map_set_population(map, "leader", 8, &error));
    g_assert_cmpint(map->audiences[0].population, ==, 8);
    g_assert_true(plx_map_set_population(map, "Leader", 9, &error)); /* cells become ids */
    g_assert_cmpint(map->audiences[0].population, ==, 9);
    g_assert_true(plx_map_set_named(map, "leader", &error));
    g_assert_true(map->audiences[0].named);
    g_assert_false(plx_map_set_population(map, "leeder", 8, &error));
    refused(&error, "--population: unknown audience \"leeder\"; did you mean \"leader\"?");
    g_assert_false(plx_map_set_population(map, "staff", 0, &error));
    refused(&error, "--population: staff must be at least 1, not 0");
    g_assert_cmpint(map->audiences[1].population, ==, 0);
    g_assert_false(plx_map_set_named(map, "boss", &error));
    refused(&error, "--named: unknown audience \"boss\"");
}

static void test_declare(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    GError *error = NULL;
    g_assert_true(plx_map_declare(map, "patient:served,Ward 7:protected,visitor", &error));
    g_assert_cmpuint(map->n_audiences, ==, 7);
    g_assert_cmpstr(map->audiences[4].id, ==, "patient");
    g_assert_true(map->audiences[4].served);
    g_assert_false(map->audiences[4].protected_);
    g_assert_cmpstr(map->audiences[5].id, ==, "ward-7");
    g_assert_cmpstr(map->audiences[5].title, ==, "Ward 7");
    g_assert_true(map->audiences[5].protected_);
    g_assert_false(map->audiences[6].served);
    g_assert_cmpuint(map->audiences[6].minimum, ==, 5);

    g_assert_true(plx_map_declare(map, "patient:served,ward 7:protected", &error));
    g_assert_cmpuint(map->n_audiences, ==, 7); /* the same again */
    g_assert_false(plx_map_declare(map, "one,patient", &error));
    refused(&error, "--declare: the audience \"patient\" exists already");
    g_assert_cmpuint(map->n_audiences, ==, 7); /* all or nothing */
    g_assert_false(plx_map_declare(map, "nurse:serves", &error));
    refused(&error, "--declare: after nurse: comes served or protected, not \"serves\"; did you "
                    "mean \"served\"?");
    g_assert_false(plx_map_declare(map, "", &error));
    refused(&error, "--declare: an audience needs a name with a letter or digit, not \"\"");
    g_autoptr(GString) many = g_string_new("a0");
    for (int i = 1; i < 40; i++)
        g_string_append_printf(many, ",a%d", i);
    g_assert_false(plx_map_declare(map, many->str, &error));
    refused(&error, "--declare: at most 32 audiences are possible");
    g_assert_cmpuint(map->n_audiences, ==, 7);
}

/* Recipes bring the same scale for several audiences, or another one of the same name. */
static void test_set_scale(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    const guint before = map->n_scales;
    struct plx_scale five = {.id = (char[]){"recipe"}, .min = 1, .max = 5, .floor = 1};
    five.met = five.desired = five.top = PLX_NO_CUT;
    g_assert_true(plx_map_set_scale(map, PLX_MEASURE_LEVEL, "leader", &five, NULL));
    g_assert_true(plx_map_set_scale(map, PLX_MEASURE_LEVEL, "customer", &five, NULL));
    g_assert_cmpuint(map->n_scales, ==, before + 1);
    five.max = 7;
    g_assert_true(plx_map_set_scale(map, PLX_MEASURE_LEVEL, "staff", &five, NULL));
    g_assert_true(plx_map_set_scale(map, PLX_MEASURE_EFFORT, NULL, &five, NULL));
    g_assert_cmpuint(map->n_scales, ==, before + 2);
    g_assert_cmpstr(map->scales[before]->id, ==, "recipe");
    g_assert_cmpstr(map->scales[before + 1]->id, ==, "recipe-2");
    g_assert_true(map->measures[PLX_MEASURE_EFFORT].scale == map->scales[before + 1]);
}

static void test_names(void)
{
    g_assert_cmpstr(plx_sense_name(PLX_SENSE_SMELL), ==, "smell");
    g_assert_cmpstr(plx_value_name(PLX_VALUE_MINDSET), ==, "mindset");
    g_assert_cmpstr(plx_effort_name(PLX_EFFORT_QUARTER), ==, "quarter");
    g_assert_cmpstr(plx_identity_name(PLX_IDENTITY_PANEL), ==, "panel");
    g_assert_null(plx_value_name(-1));
    g_assert_null(plx_effort_name(4));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/map/open", test_open);
    g_test_add_func("/map/measures", test_measures);
    g_test_add_func("/map/flags", test_flags);
    g_test_add_func("/map/population-and-named", test_population_and_named);
    g_test_add_func("/map/declare", test_declare);
    g_test_add_func("/map/set-scale", test_set_scale);
    g_test_add_func("/map/names", test_names);
    return g_test_run();
}
