/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/template.h"

#include "base/error.h"

#include <string.h>

static plx_map *load(const char *id)
{
    g_autoptr(GError) error = NULL;
    plx_map *map = plx_template_load(id, &error);
    g_assert_no_error(error);
    return map;
}

static gboolean is_linked(const plx_map *map, guint point)
{
    for (guint i = 0; i < map->n_tasks; i++)
        for (guint k = 0; k < map->tasks[i].n_points; k++)
            if (map->tasks[i].points[k] == point)
                return TRUE;
    return FALSE;
}

/* Every starter map is as full as the issue asks: 25-40 points with senses, channels, a value
 * category, six anchors that differ, tasks and promises, and points that two journeys share. */
static void test_full(void)
{
    gsize n;
    const struct plx_template *templates = plx_template_list(&n);
    g_assert_cmpuint(n, ==, 3);
    for (gsize i = 0; i < n; i++) {
        g_test_message("%s", templates[i].id);
        g_autoptr(plx_map) map = load(templates[i].id);
        g_assert_cmpstr(map->title, ==, templates[i].title);
        g_assert_cmpuint(strlen(templates[i].about), >, 20);
        g_assert_cmpuint(map->n_points, >=, 25);
        g_assert_cmpuint(map->n_points, <=, 40);
        g_assert_cmpuint(map->n_journeys, >=, 2);
        g_assert_cmpuint(map->n_tasks, >=, 10);
        g_assert_cmpuint(map->n_promises, >=, 3);
        guint shown = 0, linked = 0;
        for (guint j = 0; j < map->n_journeys; j++)
            for (guint k = 0; k < map->journeys[j].n_transactions; k++)
                shown += map->journeys[j].transactions[k].n_points;
        g_assert_cmpuint(shown, >, map->n_points); /* some are used */
        g_autoptr(GHashTable) anchors = g_hash_table_new(g_str_hash, g_str_equal);
        for (guint p = 0; p < map->n_points; p++) {
            const struct plx_point *point = &map->points[p];
            g_assert_cmpuint(point->senses, !=, 0);
            g_assert_nonnull(point->channels);
            g_assert_cmpint(point->value, >=, 0);
            g_assert_cmpint(point->effort, >=, 0);
            g_assert_cmpint(point->target, >=, 3);
            g_assert_nonnull(point->levels);
            for (guint level = 0; level < PLX_LEVELS; level++) {
                g_assert_nonnull(point->levels[level]);
                g_assert_true(g_hash_table_add(anchors, point->levels[level]));
            }
            linked += is_linked(map, p) ? 1 : 0;
        }
        g_assert_cmpuint(linked * 10, >=, map->n_points * 8);
    }
}

/* The demo's truth (src/sim) is written in these ids. */
static void test_marketplace_ids(void)
{
    static const char *const points[] = {
        "campaign-page", "search-results",     "product-page",     "basket",
        "payment-page",  "order-confirmation", "dispatch-message", "tracking-page",
        "doorstep",      "parcel-condition",   "unboxing",         "product-as-described",
        "help-chat",     "return-label",       "refund-message",
    };
    static const char *const steps[] = {"find", "choose", "pay", "wait", "doorstep", "after"};
    g_autoptr(plx_map) map = load("marketplace-order");
    for (gsize i = 0; i < G_N_ELEMENTS(points); i++)
        g_assert_cmpint(plx_map_find_point(map, points[i]), >=, 0);
    g_assert_cmpint(plx_map_find_journey(map, "order"), ==, 0);
    g_assert_cmpint(plx_map_find_journey(map, "return"), ==, 1);
    g_assert_cmpuint(map->journeys[0].n_transactions, ==, G_N_ELEMENTS(steps));
    for (guint i = 0; i < G_N_ELEMENTS(steps); i++)
        g_assert_cmpstr(map->journeys[0].transactions[i].id, ==, steps[i]);
    gint next_day = plx_map_find_promise(map, "next-day");
    g_assert_cmpint(next_day, >=, 0);
    const struct plx_promise *promise = &map->promises[next_day];
    g_assert_cmpstr(promise->title, ==, "Order by 8 pm, at your door tomorrow");
    g_assert_cmpuint(promise->n_points, ==, 2);
    g_assert_cmpstr(map->points[promise->points[0]].id, ==, "tracking-page");
    g_assert_cmpstr(map->points[promise->points[1]].id, ==, "doorstep");
    g_assert_cmpfloat(map->margin, ==, 0.5);
}

static void test_text(void)
{
    g_autoptr(GError) error = NULL;
    gsize length = 0;
    const char *text = plx_template_text("hotel-stay", &length, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(strlen(text), ==, length);
    g_assert_true(g_str_has_suffix(text, "\n"));
    g_assert_nonnull(strstr(text, "\nparallax: 1\n"));
}

static void test_unknown(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(plx_template_load("hotel-stays", &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
    g_assert_cmpstr(error->message, ==,
                    "unknown template \"hotel-stays\"; did you mean \"hotel-stay\"?");
    g_clear_error(&error);
    g_assert_null(plx_template_text("bank", NULL, &error));
    g_assert_cmpstr(error->message, ==,
                    "unknown template \"bank\"; there are marketplace-order, hotel-stay, "
                    "airline-trip");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/template/full", test_full);
    g_test_add_func("/template/marketplace-ids", test_marketplace_ids);
    g_test_add_func("/template/text", test_text);
    g_test_add_func("/template/unknown", test_unknown);
    return g_test_run();
}
