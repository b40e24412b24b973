/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/reach.h"

#include "base/error.h"
#include "map/map_file.h"

#include <string.h>

static const char shop[] = "parallax: 1\ntitle: Shop\n"
                           "journeys:\n  - title: Order\n    transactions:\n"
                           "      - title: Pay\n        points:\n          - title: Till\n";
enum { LEADER, STAFF, SHOPPER, CUSTOMER };

static plx_question *ask(const plx_map *map, const struct plx_gaps_options *options)
{
    g_autoptr(GError) error = NULL;
    plx_question *q = plx_question_new(map, options, &error);
    g_assert_no_error(error);
    return q;
}

static plx_map *shop_map(void)
{
    g_autoptr(GError) error = NULL;
    plx_map *map = plx_map_read_memory(shop, strlen(shop), "shop.yaml", &error);
    g_assert_no_error(error);
    return map;
}

static char *filter_text(const struct plx_reach *reach)
{
    GString *text = g_string_new(NULL);
    plx_filter_write(reach->filter, text);
    return g_string_free(text, FALSE);
}

static void test_open(void)
{
    g_autoptr(plx_map) map = shop_map();
    const char *const where[] = {"place=Graz", NULL};
    g_autoptr(plx_question) q = ask(map, &(struct plx_gaps_options){.where = where});
    struct plx_reach reach;
    plx_reach_init(&reach, q, CUSTOMER);
    g_assert_false(reach.whole);
    g_assert_cmpint(reach.hidden, ==, PLX_SHOWN);
    g_assert_false(plx_reach_allows(&reach, 4));
    g_assert_true(plx_reach_allows(&reach, 5));
    g_autofree char *text = filter_text(&reach);
    g_assert_nonnull(strstr(text, "Graz"));
    g_assert_nonnull(strstr(text, "customer"));
    plx_reach_clear(&reach);
}

/* Staff are looked at as a whole and from ten persons on; a filter hides them. */
static void test_protected(void)
{
    g_autoptr(plx_map) map = shop_map();
    struct plx_reach reach;
    g_autoptr(plx_question) whole = ask(map, &(struct plx_gaps_options){0});
    plx_reach_init(&reach, whole, STAFF);
    g_assert_true(reach.whole);
    g_assert_false(plx_reach_allows(&reach, 9));
    g_assert_true(plx_reach_allows(&reach, 10));
    plx_reach_clear(&reach);
    const struct plx_gaps_options dated = {.since = "2026-01-01"};
    const char *const where[] = {"channel=app", NULL};
    const struct plx_gaps_options tested = {.where = where};
    const struct plx_gaps_options split = {.by = "place"};
    const struct plx_gaps_options *const cuts[] = {&dated, &tested, &split};
    for (guint i = 0; i < G_N_ELEMENTS(cuts); i++) {
        g_autoptr(plx_question) q = ask(map, cuts[i]);
        plx_reach_init(&reach, q, STAFF);
        g_assert_cmpint(reach.hidden, ==, PLX_HIDDEN_FILTER);
        g_assert_false(plx_reach_allows(&reach, 1000));
        g_autofree char *text = filter_text(&reach);
        g_assert_null(strstr(text, "app"));
        plx_reach_clear(&reach);
    }
}

/* All agreed: as anybody else. */
static void test_named(void)
{
    g_autoptr(plx_map) map = shop_map();
    map->audiences[LEADER].named = TRUE;
    g_autoptr(plx_question) q = ask(map, &(struct plx_gaps_options){.since = "2026-01-01"});
    struct plx_reach reach;
    plx_reach_init(&reach, q, LEADER);
    g_assert_false(reach.whole);
    g_assert_true(plx_reach_allows(&reach, 1));
    plx_reach_clear(&reach);
}

static void test_served(void)
{
    g_autoptr(plx_map) map = shop_map();
    g_autoptr(plx_question) q = ask(map, &(struct plx_gaps_options){0});
    g_assert_cmpint(plx_reach_served(q, NULL), ==, CUSTOMER);
    const char *const only[] = {"staff", NULL};
    g_autoptr(plx_question) staff = ask(map, &(struct plx_gaps_options){.audiences = only});
    g_assert_cmpint(plx_reach_served(staff, NULL), ==, -1);
}

static gint hear(const plx_map *map, const struct plx_gaps_options *options, gboolean whole,
                 gboolean *heard, GError **error)
{
    g_autoptr(plx_question) q = ask(map, options);
    g_autofree struct plx_reach *reach = g_new0(struct plx_reach, map->n_audiences);
    const gboolean ok = plx_reach_hear(q, whole, "not looked at", reach, heard, error);
    const struct plx_cell cells[] = {{.audience = CUSTOMER}};
    const struct plx_table some = {.n_cells = 1, .cells = (struct plx_cell *)(guintptr)cells};
    const struct plx_table none = {.n_cells = 0};
    const gint answering = plx_reach_answering(q, heard, &some);
    g_assert_cmpint(plx_reach_answering(q, heard, &none), ==, ok ? CUSTOMER : -1);
    for (guint a = 0; a < map->n_audiences; a++)
        plx_reach_clear(&reach[a]);
    return answering;
}

/* The served and shoppers; protected ones only as a whole. */
static void test_hear(void)
{
    g_autoptr(plx_map) map = shop_map();
    g_autoptr(GError) error = NULL;
    const char *const staff[] = {"staff", NULL};
    gboolean heard[16] = {FALSE};
    g_assert_cmpuint(map->n_audiences, <=, G_N_ELEMENTS(heard));
    g_assert_cmpint(hear(map, &(struct plx_gaps_options){0}, FALSE, heard, &error), ==, CUSTOMER);
    g_assert_no_error(error);
    for (guint a = 0; a < map->n_audiences; a++)
        g_assert_true(heard[a] == (map->audiences[a].served || a == PLX_SHOPPER));
    memset(heard, 0, sizeof heard);
    g_assert_cmpint(hear(map, &(struct plx_gaps_options){.audiences = staff}, TRUE, heard, &error),
                    ==, -1);
    g_assert_error(error, PLX_ERROR, PLX_ERROR_USAGE);
    g_clear_error(&error);
    map->audiences[CUSTOMER].protected_ = TRUE;
    memset(heard, 0, sizeof heard);
    g_assert_cmpint(hear(map, &(struct plx_gaps_options){0}, FALSE, heard, &error), ==, -1);
    g_assert_cmpstr(error->message, ==, "customer: a protected audience is not looked at");
    g_assert_false(heard[CUSTOMER]);
    g_clear_error(&error);
    g_assert_cmpint(hear(map, &(struct plx_gaps_options){0}, TRUE, heard, &error), ==, CUSTOMER);
    g_assert_true(heard[CUSTOMER]);
    memset(heard, 0, sizeof heard);
    g_assert_cmpint(
        hear(map, &(struct plx_gaps_options){.since = "2026-01-01"}, TRUE, heard, &error), ==, -1);
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_SHOWN);
}

static void test_parts(void)
{
    g_autoptr(plx_map) map = shop_map();
    g_autoptr(plx_question) q = ask(map, &(struct plx_gaps_options){0});
    struct plx_reach reach;
    plx_reach_init(&reach, q, CUSTOMER);
    const guint64 persons[] = {40, 3, 0, 12, 90};
    enum plx_suppression hidden[5];
    plx_reach_parts(&reach, persons, 5, hidden);
    g_assert_cmpint(hidden[0], ==, PLX_SHOWN);
    g_assert_cmpint(hidden[1], ==, PLX_HIDDEN_FEW);
    g_assert_cmpint(hidden[2], ==, PLX_SHOWN);
    g_assert_cmpint(hidden[3], ==, PLX_HIDDEN_COMPLEMENTARY);
    g_assert_cmpint(hidden[4], ==, PLX_SHOWN);
    plx_reach_clear(&reach);
    plx_reach_init(&reach, q, STAFF);
    plx_reach_parts(&reach, persons, 5, hidden);
    for (guint i = 0; i < 5; i++)
        g_assert_cmpint(hidden[i], ==, PLX_HIDDEN_FILTER);
    plx_reach_clear(&reach);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/reach/open", test_open);
    g_test_add_func("/reach/protected", test_protected);
    g_test_add_func("/reach/named", test_named);
    g_test_add_func("/reach/served", test_served);
    g_test_add_func("/reach/hear", test_hear);
    g_test_add_func("/reach/parts", test_parts);
    return g_test_run();
}
