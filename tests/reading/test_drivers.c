/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/drivers.h"

#include "../light.h"
#include "base/error.h"
#include "bench/truth_judge.h"
#include "paper.h"
#include "stats/lmg.h"
#include "stats/random.h"

#include <math.h>
#include <string.h>

#define SHOP                                                                                       \
    "parallax: 1\ntitle: Shop\njourneys:\n  - title: Visit\n    transactions:\n"                   \
    "      - title: In\n        points:\n          - title: Door\n          - title: Desk\n"       \
    "      - title: Out\n        points:\n          - title: Till\n          - title: Bag\n"
#define HEADER "audience,encounter,respondent,journey,point,level,importance,overall,recommend"

static paper *shop(void)
{
    return paper_new(SHOP, HEADER);
}

static plx_drivers *read_with(paper *p, const struct plx_gaps_options *options)
{
    static const struct plx_gaps_options plain = {.seed = 1};
    g_autoptr(GError) error = NULL;
    plx_drivers *drivers = plx_drivers_read(paper_source(p), options ? options : &plain, &error);
    g_assert_no_error(error);
    g_assert_nonnull(drivers);
    return drivers;
}

static void expect_error(paper *p, const struct plx_gaps_options *options, enum plx_error code,
                         const char *message)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_drivers) none = plx_drivers_read(paper_source(p), options, &error);
    g_assert_null(none);
    g_assert_error(error, PLX_ERROR, (int)code);
    g_assert_cmpstr(error->message, ==, message);
}

static const struct plx_driver *point_of(const struct plx_drivers_part *part, const char *id)
{
    for (guint i = 0; i < part->n_points; i++)
        if (strcmp(part->points[i].point, id) == 0)
            return &part->points[i];
    g_assert_not_reached();
}

static int level_of(double felt)
{
    return (int)CLAMP(floor(felt + 0.5), 1, 6);
}

/* What people answer: the whole follows the door; the others share a mood with it. `rows`: n x 5,
 * the whole last, or NULL. */
static void add_people(paper *p, guint n, double *rows)
{
    static const char *const points[] = {"door", "desk", "till", "bag"};
    struct plx_random random;
    plx_random_seed(&random, 7);
    for (guint i = 0; i < n; i++) {
        const double mood = 0.5 * plx_random_normal(&random);
        double whole = 4 + mood;
        for (guint j = 0; j < 4; j++) {
            const int level = level_of(3.6 + mood + plx_random_normal(&random));
            g_autofree char *line =
                g_strdup_printf("customer,e%u,c%u,visit,%s,%d,,,", i, i, points[j], level);
            paper_add(p, 1, line);
            whole += j == 0 ? 0.6 * (level - 4) : 0;
            if (rows)
                rows[i * 5 + j] = level;
        }
        const int overall = level_of(whole + 0.6 * plx_random_normal(&random));
        g_autofree char *line =
            g_strdup_printf("customer,e%u,c%u,visit,,,,%d,%d", i, i, overall, overall);
        paper_add(p, 1, line);
        if (rows)
            rows[i * 5 + 4] = overall;
    }
}

/* Where everybody answered all, shares are LMG of the plain co-moments. */
static void naive_products(const double *rows, guint n, double *products)
{
    double mean[5] = {0};
    for (guint i = 0; i < n; i++)
        for (guint j = 0; j < 5; j++)
            mean[j] += rows[i * 5 + j] / n;
    memset(products, 0, 25 * sizeof *products);
    for (guint i = 0; i < n; i++)
        for (guint j = 0; j < 5; j++)
            for (guint k = 0; k < 5; k++)
                products[j * 5 + k] += (rows[i * 5 + j] - mean[j]) * (rows[i * 5 + k] - mean[k]);
}

static void test_complete(void)
{
    g_autoptr(paper) p = shop();
    double rows[300 * 5];
    double products[25];
    double share[4];
    add_people(p, 300, rows);
    naive_products(rows, 300, products);
    const double r_squared = plx_lmg(products, 4, share);
    g_autoptr(plx_drivers) drivers = read_with(p, NULL);
    g_assert_cmpuint(drivers->n_parts, ==, 1);
    const struct plx_drivers_part *part = &drivers->parts[0];
    g_assert_true(part->complete && part->exact);
    g_assert_cmpint(part->persons, ==, 300);
    g_assert_cmpint(part->pairs_least, ==, 300);
    g_assert_cmpfloat_with_epsilon(part->r_squared, r_squared, 1e-9);
    g_assert_cmpfloat_with_epsilon(point_of(part, "door")->share, share[0], 1e-9);
    g_assert_cmpfloat_with_epsilon(point_of(part, "bag")->share, share[3], 1e-9);
    g_assert_cmpuint(part->n_named, ==, 1);
    g_assert_true(point_of(part, "door")->named);
    g_assert_cmpuint(point_of(part, "door")->rank, ==, 1);
    g_assert_cmpfloat(part->r_squared_ci.lo, <, part->r_squared);
    g_assert_cmpfloat(part->r_squared, <, part->r_squared_ci.hi);
    /* shares reach further up than down, as they cannot be below 0 */
    const struct plx_driver *bag = point_of(part, "bag");
    g_assert_cmpfloat(bag->share_ci.lo, >=, 0);
    g_assert_cmpfloat(bag->share_ci.hi - bag->share, >, bag->share - bag->share_ci.lo);
}

/* Of a person: door and desk go wrong together; only the door moves the whole. */
#define PORCH                                                                                      \
    "parallax: 1\ntitle: Shop\njourneys:\n  - title: Visit\n    transactions:\n"                   \
    "      - title: In\n        points:\n          - title: Door\n          - title: Desk\n"       \
    "      - title: Out\n        points:\n          - title: Till\n          - title: Bag\n"       \
    "      - title: After\n        points:\n          - title: Mail\n          - title: Call\n"

static void add_wrongs(paper *p, guint n, guint asked)
{
    static const char *const points[] = {"door", "desk", "till", "bag", "mail", "call"};
    struct plx_random random;
    plx_random_seed(&random, 11);
    for (guint i = 0; i < n; i++) {
        const double mood = 0.5 * plx_random_normal(&random);
        const double wrong = plx_random_uniform(&random) < 0.3 ? -1.6 : 0;
        double whole = 4.4 + mood;
        guint order[] = {0, 1, 2, 3, 4, 5};
        plx_random_shuffle(&random, order, 6);
        for (guint o = 0; o < 6; o++) {
            const guint j = order[o];
            const double felt = 3.9 + mood + (j < 2 ? wrong : 0) + 0.7 * plx_random_normal(&random);
            whole += j == 0 ? 0.6 * (level_of(felt) - 4) : 0;
            g_autofree char *line =
                g_strdup_printf("customer,e%u,c%u,visit,%s,%d,,,", i, i, points[j], level_of(felt));
            if (o < asked)
                paper_add(p, 1, line);
        }
        const int overall = level_of(whole + 0.5 * plx_random_normal(&random));
        g_autofree char *line = g_strdup_printf("customer,e%u,c%u,visit,,,,%d,", i, i, overall);
        paper_add(p, 1, line);
    }
}

/* Low answers of the desk go with a worse whole only because the door goes wrong with it: alike,
 * nothing is left. Asked all, and asked four of six. */
static void test_alike(void)
{
    for (guint asked = 6; asked >= 4; asked -= 2) {
        g_autoptr(paper) p = paper_new(PORCH, HEADER);
        add_wrongs(p, 3000, asked);
        g_autoptr(plx_drivers) drivers = read_with(p, NULL);
        const struct plx_drivers_part *part = &drivers->parts[0];
        const struct plx_driver *door = point_of(part, "door");
        const struct plx_driver *desk = point_of(part, "desk");
        g_assert_cmpint(part->complete, ==, asked == 6);
        g_assert_true(door->named);
        g_assert_cmpfloat(door->penalty_ci.hi, <, -0.5);
        g_assert_cmpint(door->shape, ==, PLX_SHAPE_BOTH);
        g_assert_cmpfloat(fabs(desk->penalty), <, 0.2);
        g_assert_cmpint(desk->shape, ==, PLX_SHAPE_NEITHER);
    }
}

/* What `compare` takes: of every point looked at, once. */
static void test_figures(void)
{
    g_autoptr(paper) p = shop();
    add_people(p, 300, NULL);
    g_autoptr(plx_drivers) drivers = read_with(p, NULL);
    g_autoptr(GArray) figures = g_array_new(FALSE, TRUE, sizeof(struct plx_figure));
    plx_drivers_figures(drivers, figures);
    g_assert_cmpuint(figures->len, ==, 4);
    for (guint i = 0; i < figures->len; i++) {
        const struct plx_figure *f = &g_array_index(figures, struct plx_figure, i);
        const struct plx_driver *d = point_of(&drivers->parts[0], f->subject);
        g_assert_cmpstr(f->what, ==, "beyond_mood");
        g_assert_cmpstr(plx_figure_unit_code(f->unit), ==, "weight");
        g_assert_true(f->value == d->beyond && f->persons == 300);
        /* The interval alone is narrower than that among all points. */
        g_assert_cmpfloat(d->beyond_ci.lo, <, f->ci.lo);
        g_assert_cmpfloat(f->ci.lo, <, f->value);
    }
    g_autoptr(paper) small = shop();
    add_people(small, 12, NULL);
    g_autoptr(plx_drivers) few = read_with(small, NULL);
    plx_drivers_figures(few, figures);
    g_assert_cmpuint(figures->len, ==, 4); /* of points that are not looked at: none */
}

/* Two points that are answered alike are one; one that never varies says nothing. */
static void test_left_out(void)
{
    g_autoptr(paper) p = shop();
    struct plx_random random;
    plx_random_seed(&random, 3);
    for (guint i = 0; i < 120; i++) {
        const int a = level_of(3.5 + plx_random_normal(&random));
        const int b = level_of(3.5 + plx_random_normal(&random));
        const int y = level_of((a + b) / 2.0 + 0.5 * plx_random_normal(&random));
        g_autofree char *lines =
            g_strdup_printf("customer,e%u,c%u,visit,door,%d,,,\ncustomer,e%u,c%u,visit,desk,%d,,,\n"
                            "customer,e%u,c%u,visit,till,%d,,,\ncustomer,e%u,c%u,visit,bag,4,,,\n"
                            "customer,e%u,c%u,visit,,,,%d,",
                            i, i, a, i, i, a, i, i, b, i, i, i, i, y);
        paper_add(p, 1, lines);
    }
    g_autoptr(plx_drivers) drivers = read_with(p, NULL);
    const struct plx_drivers_part *part = &drivers->parts[0];
    g_assert_cmpint(point_of(part, "bag")->state, ==, PLX_DRIVER_FLAT);
    g_assert_cmpint(point_of(part, "desk")->state, ==, PLX_DRIVER_TWIN);
    g_assert_cmpstr(point_of(part, "desk")->twin, ==, "door");
    g_assert_cmpuint(part->looked, ==, 2);
    g_assert_cmpuint(part->n_named, ==, 0); /* two points tell nothing of a mood */
    g_assert_true(isnan(part->mood));
}

static void test_few(void)
{
    g_autoptr(paper) p = shop();
    add_people(p, 12, NULL);
    g_autoptr(plx_drivers) drivers = read_with(p, NULL);
    g_assert_cmpint(drivers->parts[0].state, ==, PLX_DRIVER_FEW);
    g_assert_cmpint(drivers->parts[0].persons_needed, ==, 20);
    g_assert_true(isnan(drivers->parts[0].r_squared));
    g_assert_cmpuint(drivers->family_size, ==, 0);
}

/* One whole that everybody judged alike; nobody's numbers vary. */
static void test_flat(void)
{
    g_autoptr(paper) p = shop();
    for (guint i = 0; i < 60; i++) {
        g_autofree char *lines =
            g_strdup_printf("customer,e%u,c%u,visit,door,%u,,,\ncustomer,e%u,c%u,visit,desk,%u,,,\n"
                            "customer,e%u,c%u,visit,,,,4,",
                            i, i, 1 + i % 6, i, i, 1 + i / 7 % 6, i, i);
        paper_add(p, 1, lines);
    }
    g_autoptr(plx_drivers) drivers = read_with(p, NULL);
    g_assert_cmpint(drivers->parts[0].state, ==, PLX_DRIVER_FEW_POINTS);
    g_assert_cmpint(point_of(&drivers->parts[0], "door")->state, ==, PLX_DRIVER_FLAT);
}

/* Rows of an encounter each: the person links them. */
static void test_by_person(void)
{
    g_autoptr(paper) p =
        paper_new(SHOP, "audience,encounter,respondent,journey,point,level,overall");
    struct plx_random random;
    plx_random_seed(&random, 5);
    for (guint i = 0; i < 80; i++) {
        const int a = level_of(3.5 + plx_random_normal(&random));
        const int b = level_of(3.5 + plx_random_normal(&random));
        g_autofree char *lines =
            g_strdup_printf("customer,a%u,c%u,visit,door,%d,\ncustomer,b%u,c%u,visit,desk,%d,\n"
                            "customer,d%u,c%u,visit,,,%d",
                            i, i, a, i, i, b, i, i, level_of((a + b) / 2.0));
        paper_add(p, 1, lines);
    }
    g_autoptr(plx_drivers) drivers = read_with(p, NULL);
    g_assert_cmpstr(drivers->linked, ==, "person");
    g_assert_cmpint(drivers->parts[0].state, ==, PLX_DRIVER_SHOWN);
    g_assert_cmpfloat(drivers->parts[0].r_squared, >, 0.8);
}

/* What leaders think matters comes released, or not at all. */
static void test_views(void)
{
    g_autoptr(paper) p = shop();
    add_people(p, 300, NULL);
    for (guint i = 0; i < 9; i++) {
        const guint more = i % 2; /* where all say the same nothing is released */
        g_autofree char *lines =
            g_strdup_printf("leader,l%u,l%u,visit,door,,%u,,\nleader,l%u,l%u,visit,desk,,%u,,\n"
                            "leader,l%u,l%u,visit,till,,%u,,\nleader,l%u,l%u,visit,bag,,%u,,",
                            i, i, 1 + more, i, i, 3 + more, i, i, 4 + more, i, i, 2 + more);
        paper_add(p, 1, lines);
    }
    paper_add(p, 4, "staff,s%u,s,visit,door,,5,,");
    g_autoptr(plx_drivers) drivers = read_with(p, NULL);
    g_assert_cmpuint(drivers->n_views, ==, 1);
    const struct plx_driver_view *view = &drivers->views[0];
    g_assert_cmpstr(view->audience, ==, "leader");
    g_assert_cmpuint(view->thought, ==, 2);
    for (guint i = 0; i < view->n_opinions; i++) {
        const struct plx_driver_opinion *o = &view->opinions[i];
        if (strcmp(drivers->parts[0].points[o->point].point, "door") == 0)
            g_assert_cmpint(o->opinion, ==, PLX_OPINION_MISSED);
    }
}

static void test_errors(void)
{
    g_autoptr(paper) p = shop();
    paper_add(p, 30, "customer,e%u,,visit,door,3,,,");
    expect_error(p, &(struct plx_gaps_options){0}, PLX_ERROR_NOT_FOUND,
                 "customer: nobody was asked about the whole, so nothing can go with it: ask "
                 "\"overall\" (1 to 6) or \"recommend\" (0 to 10) in the same answer as the points "
                 "(in a file: a row with a journey, no point, and overall)");
    expect_error(p, &(struct plx_gaps_options){.measure = "effort"}, PLX_ERROR_USAGE,
                 "--measure \"effort\": points are set beside overall or recommend");
    expect_error(p, &(struct plx_gaps_options){.by = "place"}, PLX_ERROR_USAGE,
                 "--by place: this reading needs many joint answers and is not split; --where "
                 "chooses a part, and compare --reading drivers sets two of them side by side");
    const char *const staff[] = {"staff", NULL};
    expect_error(p, &(struct plx_gaps_options){.audiences = staff}, PLX_ERROR_NOT_FOUND,
                 "nobody asked for is served, so there is no whole to go with: leave --audiences "
                 "out, or declare one by --declare NAME:served");
    g_autoptr(paper) few = shop();
    add_people(few, 4, NULL);
    expect_error(few, &(struct plx_gaps_options){0}, PLX_ERROR_NOT_SHOWN,
                 "customer: fewer than 5 people judged the whole, so nothing may be shown");
    g_autoptr(paper) apart = shop();
    paper_add(apart, 30, "customer,e%u,,visit,,,,4,");
    expect_error(apart, &(struct plx_gaps_options){0}, PLX_ERROR_NOT_FOUND,
                 "customer: who judged the whole rated no point in the same answer or as the same "
                 "person: ask both in one answer");
}

/* A protected audience is looked at as a whole only. */
static void test_protected(void)
{
    g_autoptr(paper) p = paper_new(SHOP "audiences:\n  ward: {served: true, protected: true}\n"
                                        "  customer: {served: false}\n",
                                   HEADER);
    for (guint i = 0; i < 40; i++) {
        g_autofree char *lines =
            g_strdup_printf("ward,e%u,w%u,visit,door,%u,,,\nward,e%u,w%u,visit,desk,%u,,,\n"
                            "ward,e%u,w%u,visit,,,,%u,",
                            i, i, 1 + i % 6, i, i, 1 + i * 5 % 7 % 6, i, i, 1 + i * 11 % 13 % 6);
        paper_add(p, 1, lines);
    }
    g_autoptr(plx_drivers) drivers = read_with(p, NULL);
    g_assert_cmpstr(drivers->about.audience, ==, "ward");
    const char *const where[] = {"journey=visit", NULL};
    expect_error(p, &(struct plx_gaps_options){.where = where}, PLX_ERROR_NOT_SHOWN,
                 "ward is protected: this reading looks at all of their answers, without --where "
                 "and dates");
}

/* Three who said how it was overall do not hide what many would recommend. */
static void test_few_overall(void)
{
    g_autoptr(paper) p = shop();
    for (guint i = 0; i < 60; i++) {
        g_autofree char *door =
            g_strdup_printf("customer,e%u,c%u,visit,door,%u,,,", i, i, 1 + i % 6);
        g_autofree char *whole =
            g_strdup_printf("customer,e%u,c%u,visit,,,,%s,%u", i, i, i < 3 ? "4" : "", 2 + i % 6);
        paper_add(p, 1, door);
        paper_add(p, 1, whole);
    }
    g_autoptr(plx_drivers) drivers = read_with(p, NULL);
    g_assert_cmpuint(drivers->n_parts, >, 0);
    expect_error(p, &(struct plx_gaps_options){.measure = "overall"}, PLX_ERROR_NOT_SHOWN,
                 "customer: fewer than 5 people judged the whole, so nothing may be shown");
}

/* No class of answers below the minimum is counted or contrasted. */
static void test_minimum(void)
{
    g_autoptr(paper) p = shop();
    add_people(p, 60, NULL);
    g_autoptr(plx_drivers) drivers = read_with(p, NULL);
    for (guint i = 0; i < drivers->parts[0].n_points; i++) {
        const struct plx_driver *d = &drivers->parts[0].points[i];
        g_assert_true(d->low_persons == PLX_NO_COUNT || d->low_persons == 0 || d->low_persons >= 5);
        g_assert_true(d->low_persons >= 5 || isnan(d->penalty));
        g_assert_true(d->high_persons >= 5 || isnan(d->reward));
    }
}

/* The small form of bench/truth. */
static void test_demo(void)
{
    guint all = 0, others = 0;
    for (guint64 seed = 1; seed <= 4; seed++) {
        const struct plx_truth_named named = plx_truth_judge_drivers(seed);
        all += named.planted;
        others += named.others;
    }
    g_assert_cmpuint(all, >=, 7); /* of 8 */
    g_assert_cmpuint(others, <=, 1);
}

static void test_mood(void)
{
    guint worlds = 0;
    for (guint plan = 0; plan < PLX_MOOD_PLANS; plan++)
        for (guint64 seed = 1; seed <= effort(3, 3, 1); seed++)
            worlds += plx_truth_judge_mood(plan, seed).others > 0 ? 1 : 0;
    g_assert_cmpuint(worlds, <=, 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/drivers/complete", test_complete);
    g_test_add_func("/drivers/alike", test_alike);
    g_test_add_func("/drivers/figures", test_figures);
    g_test_add_func("/drivers/left_out", test_left_out);
    g_test_add_func("/drivers/few", test_few);
    g_test_add_func("/drivers/flat", test_flat);
    g_test_add_func("/drivers/by_person", test_by_person);
    g_test_add_func("/drivers/views", test_views);
    g_test_add_func("/drivers/errors", test_errors);
    g_test_add_func("/drivers/protected", test_protected);
    g_test_add_func("/drivers/few-overall", test_few_overall);
    g_test_add_func("/drivers/minimum", test_minimum);
    g_test_add_func("/drivers/demo", test_demo);
    g_test_add_func("/drivers/mood", test_mood);
    return g_test_run();
}
