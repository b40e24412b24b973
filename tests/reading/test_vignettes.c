/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/vignettes.h"

#include "base/error.h"
#include "ingest/file_source.h"
#include "map/map_file.h"
#include "reading/consistency.h"
#include "reading/friction.h"
#include "reading/journey.h"

#include <math.h>
#include <string.h>

#define POINTS                                                                                     \
    "parallax: 1\ntitle: Hotel\njourneys:\n- title: Night\n  transactions:\n  - title: Arrival\n"  \
    "    points: [Desk, Room]\n"
#define VIGNETTES "vignettes: [{id: low, words: Two hours late}, {id: mid, words: As booked}]\n"

struct read {
    plx_map *map;
    plx_source *source;
    plx_vignette_reading *reading;
    GError *error;
};

static void open_csv(struct read *r, const char *map, const char *csv, guint threads)
{
    g_autoptr(GError) error = NULL;
    *r = (struct read){.map = plx_map_read_memory(map, strlen(map), "m.yaml", &error)};
    g_assert_no_error(error);
    const struct plx_file_options how = {.threads = threads};
    r->source = plx_file_source_new_memory(csv, strlen(csv), "r.csv", r->map, &how, &error);
    g_assert_no_error(error);
}

static struct read read_csv(const char *map, const char *csv, guint threads,
                            const struct plx_gaps_options *options)
{
    struct read r;
    open_csv(&r, map, csv, threads);
    r.reading = plx_vignettes_read(r.source, options, &r.error);
    return r;
}

static void read_clear(struct read *r)
{
    g_clear_pointer(&r->reading, plx_vignette_reading_free);
    plx_source_free(r->source);
    plx_map_free(r->map);
    g_clear_error(&r->error);
}

#define HEADER "audience,respondent,point,level\n"

static void add(GString *csv, const char *audience, guint who, const char *point, guint level)
{
    g_string_append_printf(csv, "%s,%c%u,%s,%u\n", audience, audience[0], who, point, level);
}

/* `n` people who use levels `shift` higher: of the desk they mean what others mean by 3, of the
 * room what others mean by 3 + `room`. */
static void add_people(GString *csv, const char *audience, guint n, guint shift, guint room)
{
    for (guint i = 0; i < n; i++) {
        const guint own = i % 4 == 0 ? 1 : 0;
        add(csv, audience, i, "low", 1 + shift);
        add(csv, audience, i, "mid", 3 + shift);
        add(csv, audience, i, "desk", 3 + shift - own);
        add(csv, audience, i, "room", 3 + shift + room - own);
    }
}

static char *hotel(void)
{
    GString *csv = g_string_new(HEADER);
    add_people(csv, "leader", 20, 1, 2);
    add_people(csv, "customer", 60, 0, 0);
    return g_string_free(csv, FALSE);
}

static const struct plx_gaps_options plain;

/* The desk's gap is one of words, the room's is not. */
static void test_hotel(void)
{
    g_autofree char *csv = hotel();
    struct read r = read_csv(POINTS VIGNETTES, csv, 1, &plain);
    g_assert_no_error(r.error);
    const plx_vignette_reading *v = r.reading;
    g_assert_cmpuint(v->n, ==, 2);
    g_assert_cmpuint(v->family_size, ==, 2);
    g_assert_cmpfloat(v->adjusted_level, ==, 1 - 0.05 / 2);
    g_assert_cmpuint(v->vignettes[1].n_voices, ==, 2);
    g_assert_cmpfloat(v->vignettes[1].voices[0].mean, ==, 4);
    g_assert_cmpint(v->vignettes[1].voices[1].counts[2], ==, 60);
    g_assert_cmpfloat(v->vignettes[0].contrasts[0].difference, ==, 1);
    g_assert_cmpuint(v->n_pairs, ==, 1);
    g_assert_cmpint(v->pairs[0].verdict, ==, PLX_VIGNETTE_DIFFERENT);
    g_assert_cmpuint(v->pairs[0].different, ==, 2);
    g_assert_cmpuint(v->n_sets, ==, 1);
    const struct plx_vignette_set *set = &v->sets[0];
    g_assert_cmpuint(set->n_orders, ==, 2);
    g_assert_cmpfloat(set->orders[1].in_order, ==, 1);
    g_assert_cmpuint(set->n_points, ==, 2);
    g_assert_cmpuint(v->gap_family, ==, 2);
    const struct plx_vignette_gap *desk = &set->points[0].gaps[0], *room = &set->points[1].gaps[0];
    g_assert_cmpfloat(desk->d.raw, ==, 1);
    g_assert_cmpint(desk->before, ==, PLX_VIGNETTE_A);
    g_assert_cmpint(desk->after, ==, PLX_VIGNETTE_OPEN);
    g_assert_cmpfloat(desk->d.corrected_p, ==, 0.5);
    g_assert_cmpint(room->after, ==, PLX_VIGNETTE_A);
    /* Three quarters of each as the second vignette, one quarter between the two. */
    const struct plx_vignette_standing *standing = &set->points[0].standings[1];
    g_assert_cmpfloat_with_epsilon(standing->share[2], 0.25, 1e-12);
    g_assert_cmpfloat_with_epsilon(standing->share[3], 0.75, 1e-12);
    g_assert_cmpfloat(standing->ranges, ==, 0);
    read_clear(&r);
}

static void test_same(void)
{
    g_autoptr(GString) csv = g_string_new(HEADER);
    add_people(csv, "staff", 40, 1, 0);
    add_people(csv, "customer", 60, 1, 0);
    struct read r = read_csv(POINTS VIGNETTES, csv->str, 1, &plain);
    g_assert_no_error(r.error);
    g_assert_cmpint(r.reading->pairs[0].verdict, ==, PLX_VIGNETTE_SAME);
    g_assert_cmpint(r.reading->sets[0].points[0].gaps[0].before, ==, PLX_VIGNETTE_OPEN);
    read_clear(&r);
}

static char *turned(const char *csv)
{
    g_auto(GStrv) lines = g_strsplit(csv, "\n", -1);
    GString *out = g_string_new(HEADER);
    for (guint i = g_strv_length(lines); i-- > 1;)
        if (*lines[i])
            g_string_append_printf(out, "%s\n", lines[i]);
    return g_string_free(out, FALSE);
}

/* Row order and threads change nothing. */
static void test_order(void)
{
    g_autoptr(GString) csv = g_string_new(HEADER);
    for (guint i = 0; i < 90; i++) {
        const char *audience = i % 3 ? "customer" : "leader";
        add(csv, audience, i, "low", 1 + i % 2);
        add(csv, audience, i, "mid", 2 + i % 5 % 3);
        add(csv, audience, i, "room", 1 + i * 7 % 6);
        add(csv, audience, i, "room", 1 + i * 5 % 6);
    }
    g_autofree char *back = turned(csv->str);
    struct read a = read_csv(POINTS VIGNETTES, csv->str, 1, &plain);
    struct read b = read_csv(POINTS VIGNETTES, back, 4, &plain);
    g_assert_no_error(a.error);
    const struct plx_vignette_gap *x = &a.reading->sets[0].points[0].gaps[0];
    const struct plx_vignette_gap *y = &b.reading->sets[0].points[0].gaps[0];
    g_assert_cmpint(x->state, ==, PLX_VIGNETTE_SHOWN);
    g_assert_cmpfloat(x->d.raw, ==, y->d.raw);
    g_assert_cmpfloat(x->d.raw_p_ci.lo, ==, y->d.raw_p_ci.lo);
    g_assert_cmpfloat(x->d.corrected, ==, y->d.corrected);
    g_assert_cmpfloat(x->d.corrected_p_ci.hi, ==, y->d.corrected_p_ci.hi);
    g_assert_cmpfloat(x->d.corrected_bounds.lo, ==, y->d.corrected_bounds.lo);
    g_assert_cmpfloat(a.reading->vignettes[1].contrasts[0].ci_adjusted.lo, ==,
                      b.reading->vignettes[1].contrasts[0].ci_adjusted.lo);
    read_clear(&a);
    read_clear(&b);
}

/* Where people hold the second for the lower one, nothing is read by them. */
static void test_no_order(void)
{
    g_autoptr(GString) csv = g_string_new(HEADER);
    add_people(csv, "leader", 20, 1, 2);
    for (guint i = 0; i < 60; i++) {
        add(csv, "customer", i, "low", 3);
        add(csv, "customer", i, "mid", i % 3 == 0 ? 4 : i % 3 + 1);
        add(csv, "customer", i, "room", 3);
    }
    struct read r = read_csv(POINTS VIGNETTES, csv->str, 1, &plain);
    g_assert_no_error(r.error);
    const struct plx_vignette_set *set = &r.reading->sets[0];
    const struct plx_vignette_gap *room = &set->points[0].gaps[0];
    g_assert_false(set->orders[1].orders);
    g_assert_cmpfloat_with_epsilon(set->orders[1].in_order, 1 / 3.0, 1e-12);
    g_assert_cmpfloat_with_epsilon(set->orders[1].tied, 1 / 3.0, 1e-12);
    g_assert_cmpint(room->state, ==, PLX_VIGNETTE_NO_ORDER);
    g_assert_cmpint(room->before, ==, PLX_VIGNETTE_A);
    g_assert_cmpint(room->after, ==, PLX_VIGNETTE_OPEN);
    g_assert_true(isnan(room->d.corrected_p));
    read_clear(&r);
}

/* Nobody known: how vignettes are placed is shown all the same. */
static void test_not_linked(void)
{
    g_autoptr(GString) csv = g_string_new("audience,point,level\n");
    for (guint i = 0; i < 40; i++)
        g_string_append_printf(csv, "staff,mid,4\nstaff,room,4\ncustomer,mid,3\ncustomer,room,3\n");
    struct read r = read_csv(POINTS VIGNETTES, csv->str, 1, &plain);
    g_assert_no_error(r.error);
    g_assert_cmpint(r.reading->pairs[0].verdict, ==, PLX_VIGNETTE_DIFFERENT);
    g_assert_cmpuint(r.reading->sets[0].n_orders, ==, 0);
    g_assert_cmpint(r.reading->sets[0].points[0].gaps[0].state, ==, PLX_VIGNETTE_NOT_LINKED);
    g_assert_cmpuint(r.reading->gap_family, ==, 0);
    read_clear(&r);
}

/* Nine leaders are too few; of thirty, two who left a vignette out would be found out. */
static void test_privacy(void)
{
    g_autoptr(GString) few = g_string_new(HEADER);
    add_people(few, "leader", 9, 1, 0);
    add_people(few, "customer", 30, 0, 0);
    struct read r = read_csv(POINTS VIGNETTES, few->str, 1, &plain);
    g_assert_no_error(r.error);
    const struct plx_vignette_voice *leaders = &r.reading->vignettes[0].voices[0];
    g_assert_cmpint(leaders->suppressed, ==, PLX_HIDDEN_FEW);
    g_assert_true(isnan(leaders->mean) && !leaders->counts && leaders->n == PLX_NO_COUNT);
    g_assert_cmpuint(r.reading->n_pairs, ==, 0);
    const struct plx_vignette_set *set = &r.reading->sets[0];
    g_assert_cmpint(set->orders[0].suppressed, ==, PLX_HIDDEN_FEW);
    g_assert_cmpint(set->points[0].standings[0].suppressed, ==, PLX_HIDDEN_FEW);
    g_assert_null(set->points[0].standings[0].share);
    g_assert_cmpint(set->points[0].gaps[0].state, ==, PLX_VIGNETTE_FEW);
    g_assert_true(isnan(set->points[0].gaps[0].d.raw));
    read_clear(&r);

    g_autoptr(GString) left = g_string_new(few->str);
    for (guint i = 9; i < 30; i++) {
        add(left, "leader", i, "low", 2);
        if (i > 10)
            add(left, "leader", i, "mid", 4);
        add(left, "leader", i, "room", 4);
    }
    r = read_csv(POINTS VIGNETTES, left->str, 1, &plain);
    g_assert_no_error(r.error);
    set = &r.reading->sets[0];
    g_assert_cmpint(r.reading->vignettes[0].voices[0].suppressed, ==, PLX_SHOWN);
    g_assert_cmpint(set->orders[0].suppressed, ==, PLX_HIDDEN_FEW);
    g_assert_cmpint(set->points[1].gaps[0].state, ==, PLX_VIGNETTE_FEW);
    read_clear(&r);
}

/* Protected people take no filter; the served are read under it. */
static void test_filter(void)
{
    g_autofree char *csv = hotel();
    const char *const where[] = {"point=room", NULL};
    struct read r = read_csv(POINTS VIGNETTES, csv, 1, &(struct plx_gaps_options){.where = where});
    g_assert_no_error(r.error);
    g_assert_cmpuint(r.reading->vignettes[0].n_voices, ==, 1);
    g_assert_cmpuint(r.reading->vignettes[0].voices[0].audience, ==, 3);
    read_clear(&r);
    const char *const journey[] = {"journey=night", NULL};
    r = read_csv(POINTS VIGNETTES, csv, 1, &(struct plx_gaps_options){.where = journey});
    g_assert_no_error(r.error);
    g_assert_cmpint(r.reading->vignettes[0].voices[0].n, ==, 60);
    read_clear(&r);
}

/* Each point is read by the vignettes that stand for it. */
static void test_sets(void)
{
    g_autofree char *csv = hotel();
    struct read r = read_csv(
        POINTS "vignettes: [{id: low, words: Late}, {id: mid, words: As booked, for: room}]\n", csv,
        1, &plain);
    g_assert_no_error(r.error);
    g_assert_cmpuint(r.reading->n_sets, ==, 2);
    g_assert_cmpuint(r.reading->sets[0].n, ==, 1);
    g_assert_cmpstr(r.reading->sets[0].points[0].id, ==, "desk");
    g_assert_cmpuint(r.reading->sets[1].n, ==, 2);
    g_assert_cmpstr(r.reading->sets[1].points[0].id, ==, "room");
    read_clear(&r);
}

static void test_scales(void)
{
    g_autofree char *csv = hotel();
    struct read r = read_csv(POINTS VIGNETTES
                             "scales: {ten: {min: 1, max: 10, floor: 2, met: 4, desired: 6, top: "
                             "8}}\naudiences: {leader: {scale: ten}}\n",
                             csv, 1, &plain);
    g_assert_no_error(r.error);
    g_assert_cmpint(r.reading->pairs[0].verdict, ==, PLX_VIGNETTE_SCALES_DIFFER);
    g_assert_cmpint(r.reading->sets[0].points[0].gaps[0].state, ==, PLX_VIGNETTE_SCALES);
    g_assert_cmpuint(r.reading->family_size, ==, 0);
    g_assert_true(isnan(r.reading->adjusted_level));
    read_clear(&r);
}

/* Everybody said the same, of everything; one customer, one vignette. */
static void test_degenerate(void)
{
    g_autoptr(GString) csv = g_string_new(HEADER "customer,c0,low,1\n");
    struct read r = read_csv(POINTS VIGNETTES, csv->str, 1, &plain);
    g_assert_error(r.error, PLX_ERROR, PLX_ERROR_NOT_SHOWN);
    read_clear(&r);
    for (guint i = 0; i < 30; i++) {
        add(csv, "customer", 100 + i, "mid", 3);
        add(csv, "customer", 100 + i, "room", 3);
        add(csv, "staff", i, "mid", 3);
        add(csv, "staff", i, "room", 3);
    }
    r = read_csv(POINTS VIGNETTES, csv->str, 1, &plain);
    g_assert_no_error(r.error);
    g_assert_cmpint(r.reading->vignettes[0].voices[0].suppressed, ==, PLX_HIDDEN_FEW);
    g_assert_cmpfloat(r.reading->vignettes[1].contrasts[0].ci.hi, >, 0); /* never [0, 0] */
    g_assert_cmpuint(r.reading->sets[0].n_orders, ==, 0);                /* nobody rated both */
    read_clear(&r);
}

static void check_refused(const char *map, const char *csv, const struct plx_gaps_options *options,
                          gint code, const char *message)
{
    struct read r = read_csv(map, csv, 1, options);
    g_assert_null(r.reading);
    g_assert_error(r.error, PLX_ERROR, code);
    g_assert_cmpstr(r.error->message, ==, message);
    read_clear(&r);
}

static void test_refused(void)
{
    check_refused(
        POINTS, HEADER "customer,a,desk,3\n", &plain, PLX_ERROR_NOT_FOUND,
        "there are no vignettes in this map: describe two or three situations, lowest "
        "first, under \"vignettes:\" in the map, and let everybody rate them as they rate "
        "a point");
    check_refused(POINTS VIGNETTES, HEADER "customer,a,desk,3\n", &plain, PLX_ERROR_NOT_FOUND,
                  "nobody rated a vignette here: let everybody rate them as they rate a point, by "
                  "level");
    check_refused(
        POINTS VIGNETTES, HEADER "customer,a,low,3\n", &plain, PLX_ERROR_NOT_SHOWN,
        "vignettes are not shown of so few people: protected audiences need 10, others 5");
    check_refused(POINTS VIGNETTES, HEADER, &(struct plx_gaps_options){.by = "place"},
                  PLX_ERROR_USAGE,
                  "--by place: vignettes are not split; ask for a part by --where");
    check_refused(POINTS VIGNETTES, HEADER, &(struct plx_gaps_options){.measure = "effort"},
                  PLX_ERROR_USAGE,
                  "--measure \"effort\": vignettes are rated by level; leave --measure out");
}

/* ---- no other reading counts a vignette ---- */

static char *gaps_text(const char *map, const char *csv)
{
    struct read r;
    g_autoptr(GError) error = NULL;
    open_csv(&r, map, csv, 1);
    plx_gaps *gaps = plx_gaps_read(r.source, &plain, &error);
    g_assert_no_error(error);
    GString *text = g_string_new(NULL);
    for (guint p = 0; p < gaps->groups[0].n_points; p++) {
        const struct plx_gaps_point *point = &gaps->groups[0].points[p];
        for (guint v = 0; v < point->n_voices; v++)
            g_string_append_printf(text, "%s %u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %g\n",
                                   point->point, point->voices[v].audience, point->voices[v].n,
                                   point->voices[v].not_asked, point->voices[v].mean);
    }
    g_string_append_printf(text, "%u %u\n", gaps->family_size, gaps->headline.points);
    plx_gaps_free(gaps);
    read_clear(&r);
    return g_string_free(text, FALSE);
}

/* Also people who rated nothing but vignettes: they are asked about no point. */
static void test_left_out(void)
{
    g_autofree char *csv = hotel();
    g_autoptr(GString) more = g_string_new(csv);
    g_autoptr(GString) less = g_string_new(NULL);
    for (guint i = 900; i < 930; i++)
        add(more, "customer", i, "mid", 1);
    g_auto(GStrv) lines = g_strsplit(csv, "\n", -1);
    for (char **line = lines; *line; line++)
        if (**line && !strstr(*line, ",low,") && !strstr(*line, ",mid,"))
            g_string_append_printf(less, "%s\n", *line);
    g_autofree char *with = gaps_text(POINTS VIGNETTES, more->str);
    g_autofree char *without = gaps_text(POINTS, less->str);
    g_assert_cmpstr(with, ==, without);

    struct read r;
    g_autoptr(GError) error = NULL;
    open_csv(&r, POINTS VIGNETTES, more->str, 1);
    g_autoptr(plx_friction) friction = plx_friction_read(r.source, &plain, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(friction->n_points, ==, 2);
    g_autoptr(plx_ways) ways = plx_ways_read(r.source, &plain, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(ways->ways[0].n_points, ==, 2);
    g_assert_cmpint(ways->ways[0].persons, ==, 60);
    g_autoptr(plx_consistency) consistency = plx_consistency_read(r.source, &plain, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(consistency->n_points, ==, 2);
    const struct plx_gaps_options point = {.point = "mid"};
    g_assert_null(plx_gaps_read(r.source, &point, &error));
    g_assert_cmpstr(
        error->message, ==,
        "\"mid\" is a vignette, which is no point: the reading \"vignettes\" tells how it "
        "is rated");
    read_clear(&r);
}

/* Two audiences that mean the same: hardly ever called different. */
static void test_worlds(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(20261126);
    guint wrong = 0, turned_up = 0;
    for (guint world = 0; world < 100; world++) {
        g_autoptr(GString) csv = g_string_new(HEADER);
        for (guint i = 0; i < 60; i++) {
            const char *audience = i % 3 ? "customer" : "leader";
            add(csv, audience, i, "low", 1 + (guint)g_rand_int_range(rand, 0, 3));
            add(csv, audience, i, "mid", 3 + (guint)g_rand_int_range(rand, 0, 3));
            add(csv, audience, i, "room", 1 + (guint)g_rand_int_range(rand, 0, 6));
        }
        struct read r = read_csv(POINTS VIGNETTES, csv->str, 1, &plain);
        g_assert_no_error(r.error);
        wrong += r.reading->pairs[0].verdict == PLX_VIGNETTE_DIFFERENT;
        const struct plx_vignette_gap *gap = &r.reading->sets[0].points[0].gaps[0];
        turned_up += gap->before != PLX_VIGNETTE_OPEN || gap->after != PLX_VIGNETTE_OPEN;
        read_clear(&r);
    }
    g_assert_cmpuint(wrong, <=, 5);
    g_assert_cmpuint(turned_up, <=, 5);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/vignettes/hotel", test_hotel);
    g_test_add_func("/vignettes/same", test_same);
    g_test_add_func("/vignettes/order", test_order);
    g_test_add_func("/vignettes/no-order", test_no_order);
    g_test_add_func("/vignettes/not-linked", test_not_linked);
    g_test_add_func("/vignettes/privacy", test_privacy);
    g_test_add_func("/vignettes/filter", test_filter);
    g_test_add_func("/vignettes/sets", test_sets);
    g_test_add_func("/vignettes/scales", test_scales);
    g_test_add_func("/vignettes/degenerate", test_degenerate);
    g_test_add_func("/vignettes/refused", test_refused);
    g_test_add_func("/vignettes/left-out", test_left_out);
    g_test_add_func("/vignettes/worlds", test_worlds);
    return g_test_run();
}
