/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake.h"
#include "reading/journey.h"

#include "base/error.h"
#include "ingest/file_source.h"
#include "map/map_file.h"

#include <math.h>
#include <string.h>

static const char shop[] = "parallax: 1\ntitle: Shop\njourneys:\n  - title: Visit\n"
                           "    transactions:\n      - title: In\n        points:\n"
                           "          - Door\n          - Desk\n          - Bill\n";

struct read {
    plx_map *map;
    plx_source *source;
    plx_ways *ways;
    GError *error;
};

static struct read read_csv(const char *csv, guint threads, const struct plx_gaps_options *options)
{
    struct read r = {0};
    g_autoptr(GError) error = NULL;
    r.map = plx_map_read_memory(shop, strlen(shop), "shop.yaml", &error);
    g_assert_no_error(error);
    const struct plx_file_options how = {.threads = threads};
    r.source = plx_file_source_new_memory(csv, strlen(csv), "r.csv", r.map, &how, &error);
    g_assert_no_error(error);
    r.ways = plx_ways_read(r.source, options, &r.error);
    return r;
}

static void read_clear(struct read *r)
{
    g_clear_pointer(&r->ways, plx_ways_free);
    plx_source_free(r->source);
    plx_map_free(r->map);
    g_clear_error(&r->error);
}

/* 60 visits: a third bad at the desk, a tenth at the door too; the bill only for every other, for
 * the rest it did not happen. The end follows the number of bad moments. */
static char *visits(gboolean backwards)
{
    GString *csv = g_string_new("audience,encounter,respondent,journey,point,level,overall\n");
    for (guint k = 0; k < 60; k++) {
        const guint i = backwards ? 59 - k : k;
        const guint desk = i % 3 == 0 ? 1 + i % 2 : 4, door = i % 10 == 0 ? 2 : 5;
        g_autofree char *bill = i % 2 ? g_strdup("na") : g_strdup_printf("%u", 3 + i % 3);
        g_string_append_printf(csv, "customer,e%u,p%u,visit,door,%u,\n", i, i, door);
        g_string_append_printf(csv, "customer,e%u,p%u,visit,desk,%u,\n", i, i, desk);
        g_string_append_printf(csv, "customer,e%u,p%u,visit,bill,%s,\n", i, i, bill);
        g_string_append_printf(csv, "customer,e%u,p%u,visit,,,%u\n", i, i,
                               5 - (desk < 3) - 2 * (door < 3));
    }
    return g_string_free(csv, FALSE);
}

static void test_visits(void)
{
    g_autofree char *csv = visits(FALSE);
    struct read r = read_csv(csv, 1, &(struct plx_gaps_options){0});
    g_assert_no_error(r.error);
    g_assert_cmpuint(r.ways->n, ==, 1);
    const struct plx_way *way = &r.ways->ways[0];
    g_assert_cmpuint(way->n_points, ==, 3);
    g_assert_cmpfloat_with_epsilon(way->bad, 20 / 60.0 + 6 / 60.0, 1e-9);
    g_assert_cmpint(way->bad_method, ==, PLX_WAY_LINKED);
    g_assert_cmpfloat(way->points[2].met, ==, 0.5);
    /* Bad at the desk: multiples of 3; at the door: of 10; both: of 30. */
    g_assert_cmpuint(way->fine.known.n, ==, 60);
    g_assert_cmpuint(way->fine.known.x, ==, 60 - 20 - 6 + 2);
    g_assert_cmpuint(way->fine.rated.n, ==, 30);
    g_assert_cmpuint(way->points[0].still_fine.x, ==, 54);
    g_assert_cmpuint(way->points[1].falls.x, ==, 18);
    g_assert_true(way->points[1].stands_out);
    g_assert_true(way->points[1].falls_most);
    g_assert_cmpint(way->rules_state, ==, PLX_WAY_SHOWN);
    g_assert_true(way->rules_known);
    g_assert_cmpint(way->apart_state, ==, PLX_WAY_SHOWN);
    g_assert_cmpuint(way->apart.fine_bad.x, ==, 0);
    read_clear(&r);
}

static gboolean same(double a, double b)
{
    return (isnan(a) && isnan(b)) || !(a < b || a > b);
}

/* Row order and threads change nothing. */
static void test_order(void)
{
    g_autofree char *forwards = visits(FALSE);
    g_autofree char *backwards = visits(TRUE);
    struct read a = read_csv(forwards, 1, &(struct plx_gaps_options){0});
    struct read b = read_csv(backwards, 4, &(struct plx_gaps_options){0});
    const struct plx_way *x = &a.ways->ways[0], *y = &b.ways->ways[0];
    g_assert_true(same(x->bad, y->bad) && same(x->bad_ci.lo, y->bad_ci.lo));
    g_assert_true(same(x->fine.known.ci.hi, y->fine.known.ci.hi));
    for (guint k = 0; k < PLX_RULES; k++) {
        g_assert_true(same(x->rules.fit[k].r_squared, y->rules.fit[k].r_squared));
        g_assert_true(same(x->rules.fit[k].behind_ci.lo, y->rules.fit[k].behind_ci.lo));
    }
    read_clear(&a);
    read_clear(&b);
}

/* Four people are no group; a point of four is left out of the sum. */
static void test_few(void)
{
    g_autoptr(GString) csv = g_string_new("audience,encounter,point,level\n");
    for (guint i = 0; i < 4; i++)
        g_string_append_printf(csv, "customer,e%u,door,1\n", i);
    struct read few = read_csv(csv->str, 1, &(struct plx_gaps_options){0});
    g_assert_error(few.error, PLX_ERROR, PLX_ERROR_NOT_SHOWN);
    read_clear(&few);
    for (guint i = 0; i < 9; i++)
        g_string_append_printf(csv, "customer,e%u,desk,%u\n", i, i < 3 ? 1u : 4u);
    struct read r = read_csv(csv->str, 1, &(struct plx_gaps_options){0});
    g_assert_no_error(r.error);
    const struct plx_way *way = &r.ways->ways[0];
    g_assert_cmpuint(way->n_shown, ==, 1);
    g_assert_cmpint(way->points[0].suppressed, ==, PLX_HIDDEN_FEW);
    g_assert_true(isnan(way->points[0].below));
    g_assert_cmpfloat_with_epsilon(way->bad, 1 / 3.0, 1e-9);
    g_assert_cmpint(way->fine_state, ==, PLX_WAY_NOT_LINKED);
    read_clear(&r);
}

/* Staff are never followed along their way: only people served are. */
static void test_protected(void)
{
    g_autofree char *csv = visits(FALSE);
    const char *const staff[] = {"staff", NULL};
    struct read r = read_csv(csv, 1, &(struct plx_gaps_options){.audiences = staff});
    g_assert_error(r.error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
    read_clear(&r);
}

static void assert_same_rate(struct plx_trip_share a, struct plx_trip_share b)
{
    g_assert_cmpuint(a.x, ==, b.x);
    g_assert_cmpuint(a.n, ==, b.n);
    g_assert_cmpfloat(a.p, ==, b.p);
}

/* What is followed along the way is the same when a naive source links it: people who come again,
 * who rate twice, who leave something out, whom nobody knows. */
static void test_naive(void)
{
    static const char *const points[] = {"door", "desk", "bill"};
    for (guint32 seed = 1; seed <= 10; seed++) {
        g_autoptr(GRand) random = g_rand_new_with_seed(seed);
        g_autoptr(GString) csv = g_string_new("audience,encounter,respondent,point,level\n");
        for (guint e = 0; e < 50; e++) {
            const gint who = g_rand_int_range(random, 0, 30);
            for (guint k = 0; k < G_N_ELEMENTS(points); k++) {
                const gint level = g_rand_int_range(random, 0, 6);
                if (g_rand_int_range(random, 0, 8) == 0)
                    continue;
                g_string_append_printf(csv, "customer,e%u,", e);
                g_string_append_printf(csv, who < 25 ? "p%d" : "", who);
                g_string_append_printf(csv, level ? ",%s,%d\n" : ",%s,na\n", points[k], level);
            }
        }
        struct read r = read_csv(csv->str, 1, &(struct plx_gaps_options){0});
        g_assert_no_error(r.error);
        g_autoptr(GError) error = NULL;
        g_autoptr(plx_source) fake = fake_source_new(r.map, csv->str);
        g_autoptr(plx_ways) naive = plx_ways_read(fake, &(struct plx_gaps_options){0}, &error);
        g_assert_no_error(error);
        g_assert_cmpuint(naive->n, ==, 1);
        const struct plx_way *way = &r.ways->ways[0], *other = &naive->ways[0];
        g_assert_cmpint(way->fine_state, ==, PLX_WAY_SHOWN);
        g_assert_cmpint(other->fine_state, ==, PLX_WAY_SHOWN);
        g_assert_cmpfloat(way->bad, ==, other->bad);
        assert_same_rate(way->fine.known, other->fine.known);
        assert_same_rate(way->fine.rated, other->fine.rated);
        for (guint p = 0; p < way->n_points; p++) {
            assert_same_rate(way->points[p].still_fine, other->points[p].still_fine);
            assert_same_rate(way->points[p].falls, other->points[p].falls);
        }
        read_clear(&r);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/journey/visits", test_visits);
    g_test_add_func("/journey/order", test_order);
    g_test_add_func("/journey/few", test_few);
    g_test_add_func("/journey/protected", test_protected);
    g_test_add_func("/journey/naive", test_naive);
    return g_test_run();
}
