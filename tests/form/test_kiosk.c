/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form/kiosk.h"

#include "base/error.h"
#include "service.h"
#include "voice/batch.h"

#include <string.h>

/* What a guest is taken to have said by "name=value" texts up to NULL. */
static plx_form_encounter *said(const plx_map *map, const struct plx_form_settings *settings,
                                const char *journey, const char *const *texts, GError **error)
{
    struct plx_form_field fields[20];
    g_autoptr(GPtrArray) memory = g_ptr_array_new_with_free_func(g_free);
    guint n = 0;
    for (; texts[n]; n++) {
        char *const name = g_strdup(texts[n]);
        char *const equals = strchr(name, '=');
        *equals = '\0';
        g_ptr_array_add(memory, name);
        fields[n] = (struct plx_form_field){name, equals + 1};
    }
    return plx_kiosk_encounter(map, settings, journey, fields, n, error);
}

static struct plx_form_settings kiosk(const plx_map *map, const char *journey)
{
    const struct plx_form_settings link = service_settings(map, "customer", journey, NULL, NULL);
    return plx_kiosk_settings(&link);
}

/* Of 13 points 6 are asked, a card each, and nothing else. */
static void test_plan(void)
{
    g_autoptr(plx_map) map = service_map();
    GError *error = NULL;
    const struct plx_form_settings settings = kiosk(map, "visit");
    g_autoptr(plx_form_plan) plan = plx_form_plan_new(map, &settings, 7, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(plan->n_points, ==, 6);
    g_assert_cmpuint(plan->n_cards, ==, 6);
    g_assert_cmpuint(plan->measures, ==, 1u << PLX_MEASURE_LEVEL);
    g_assert_cmpint(plx_form_note(plan, 1), ==, -1);
    const struct plx_form_settings leaders = service_settings(map, "leader", "visit", NULL, NULL);
    const struct plx_form_settings few = plx_kiosk_settings(&leaders);
    g_autoptr(plx_form_plan) other = plx_form_plan_new(map, &few, 7, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(other->n_cards, ==, 6); /* not all on one page */
}

/* What was answered, in map order, with the chances of a plan; nothing of what was not. */
static void test_encounter(void)
{
    g_autoptr(plx_map) map = service_map();
    GError *error = NULL;
    const struct plx_form_settings settings = kiosk(map, NULL);
    const char *const texts[] = {"level.p9=6", "_lang=en", "level.p2=na", "level.p3=declined",
                                 NULL};
    g_autoptr(plx_form_encounter) encounter = said(map, &settings, "visit", texts, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(encounter->audience, ==, "customer");
    g_assert_cmpuint(encounter->observations->len, ==, 3);
    static const char *const points[] = {"p2", "p3", "p9"};
    static const gint8 levels[] = {PLX_CELL_NA, PLX_CELL_DECLINED, 6};
    for (guint i = 0; i < 3; i++) {
        const struct plx_form_observation *const row = encounter->observations->pdata[i];
        g_assert_cmpstr(row->subject, ==, points[i]);
        g_assert_cmpstr(row->journey, ==, "visit");
        g_assert_cmpint(row->value[PLX_MEASURE_LEVEL], ==, levels[i]);
        g_assert_cmpint(row->value[PLX_MEASURE_EFFORT], ==, PLX_CELL_EMPTY);
        g_assert_cmpfloat_with_epsilon(row->asked_p, 0.5 * 6 / 13, 1e-12);
        g_assert_null(row->note);
    }
}

/* The chances are those with which plans are drawn: of the one journey, of a short one. */
static void test_chances(void)
{
    g_autoptr(plx_map) map = service_map();
    static const struct {
        const char *journey, *of;
        const char *text;
    } cases[] = {{"visit", "visit", "level.p1=3"},
                 {"call", "call", "level.c2=3"},
                 {NULL, "call", "level.c2=3"}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        GError *error = NULL;
        const struct plx_form_settings settings = kiosk(map, cases[i].journey);
        const char *const texts[] = {cases[i].text, NULL};
        g_autoptr(plx_form_encounter) encounter = said(map, &settings, cases[i].of, texts, &error);
        g_assert_no_error(error);
        const struct plx_form_observation *const row = encounter->observations->pdata[0];
        gboolean met = FALSE;
        for (guint64 seed = 0; seed < 100; seed++) {
            g_autoptr(plx_form_plan) plan = plx_form_plan_new(map, &settings, seed, &error);
            const char *const journey = map->journeys[plan->journey].id;
            for (guint p = 0; p < plan->n_points && strcmp(journey, cases[i].of) == 0; p++) {
                met = TRUE;
                g_assert_cmpfloat(plan->points[p].asked_p, ==, row->asked_p);
            }
        }
        g_assert_true(met);
    }
}

static void test_refused(void)
{
    static const struct {
        const char *journey;
        const char *texts[9];
        const char *message;
    } cases[] = {
        {"call", {"level.c1=7", NULL}, "\"7\" is no answer to \"level.c1\""},
        {"call", {"level.c1=", NULL}, "\"\" is no answer to \"level.c1\""},
        {"call", {"level.c1=5", "level.c1=6", NULL}, "\"5\" is no answer to \"level.c1\""},
        {"call", {"level.c1=5", "level.p1=6", NULL}, "\"level.p1\" is not asked here"},
        {"call", {"level.c1=5", "effort.c1=6", NULL}, "\"effort.c1\" is not asked here"},
        {"call", {"_lang=en", NULL}, "there is no answer in it"},
        {"no", {"level.c1=5", NULL}, "\"no\" is no journey that is asked about here"},
        {NULL, {"level.c1=5", NULL}, "\"\" is no journey that is asked about here"},
        {"visit",
         {"level.p1=5", "level.p2=5", "level.p3=5", "level.p4=5", "level.p5=5", "level.p6=5",
          "level.p7=5", NULL},
         "one guest is asked about 6 points, not 7"},
    };
    g_autoptr(plx_map) map = service_map();
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        const struct plx_form_settings settings = kiosk(map, NULL);
        g_assert_null(said(map, &settings, cases[i].journey, cases[i].texts, &error));
        g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
        g_assert_cmpstr(error->message, ==, cases[i].message);
    }
    GError *error = NULL;
    const struct plx_form_settings call = kiosk(map, "call");
    const char *const texts[] = {"level.p1=5", NULL};
    g_assert_null(said(map, &call, "visit", texts, &error));
    g_assert_cmpstr(error->message, ==, "\"visit\" is no journey that is asked about here");
    g_error_free(error);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/kiosk/plan", test_plan);
    g_test_add_func("/kiosk/encounter", test_encounter);
    g_test_add_func("/kiosk/chances", test_chances);
    g_test_add_func("/kiosk/refused", test_refused);
    return g_test_run();
}
