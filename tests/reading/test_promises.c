/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/promises.h"

#include "base/error.h"
#include "bench/truth_judge.h"
#include "paper.h"
#include "stats/share.h"

#include <math.h>
#include <string.h>

#define JOURNEY                                                                                    \
    "parallax: 1\ntitle: Shop\njourneys:\n  - title: Order\n    transactions:\n"                   \
    "      - title: Door\n        points:\n          - title: Doorstep\n"                          \
    "          - title: Tracking\n          - title: Bell\n"
#define PROMISED                                                                                   \
    JOURNEY "promises:\n  - id: tomorrow\n    words: Tomorrow\n    where: Vans\n"                  \
            "    since: 2026-03-01\n    points: [doorstep, tracking]\n"
#define HEADER "audience,respondent,time,point,promise,channel,level,known,kept"

static paper *shop(void)
{
    return paper_new(PROMISED, HEADER);
}

/* One row of a promise of its own person. */
static void judged(paper *p, const char *channel, const char *known, const char *kept, guint times)
{
    g_autofree char *line =
        g_strdup_printf("customer,p%%u,2026-04-01,,tomorrow,%s,,%s,%s", channel, known, kept);
    paper_add(p, times, line);
}

static plx_promises *read_with(paper *p, const struct plx_gaps_options *options)
{
    static const struct plx_gaps_options plain = {0};
    g_autoptr(GError) error = NULL;
    plx_promises *promises = plx_promises_read(paper_source(p), options ? options : &plain, &error);
    g_assert_no_error(error);
    g_assert_nonnull(promises);
    return promises;
}

static void expect_error(paper *p, const struct plx_gaps_options *options, enum plx_error code,
                         const char *message)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_promises) none = plx_promises_read(paper_source(p), options, &error);
    g_assert_null(none);
    g_assert_error(error, PLX_ERROR, (int)code);
    g_assert_cmpstr(error->message, ==, message);
}

static void close_to(double a, double b)
{
    g_assert_cmpfloat_with_epsilon(a, b, 1e-12);
}

static void test_not_kept(void)
{
    g_autoptr(paper) p = shop();
    judged(p, "", "1", "1", 40);
    judged(p, "", "1", "0", 60);
    judged(p, "", "0", "na", 30);
    g_autoptr(plx_promises) read = read_with(p, NULL);
    g_assert_cmpuint(read->n_promises, ==, 1);
    const struct plx_promise_reading *it = &read->promises[0];
    g_assert_cmpstr(it->promise, ==, "tomorrow");
    g_assert_cmpstr(it->where, ==, "Vans");
    g_assert_cmpuint(it->n_points, ==, 2);
    g_assert_cmpint(it->verdict, ==, PLX_PROMISE_NOT_KEPT);
    g_assert_cmpint(it->known_verdict, ==, PLX_PROMISE_KNOWN);
    g_assert_cmpuint(it->n_voices, ==, 1);
    const struct plx_promise_voice *voice = &it->voices[0];
    const struct plx_interval wilson = plx_wilson(40, 100, 0.95, FALSE);
    g_assert_cmpint(voice->kept.n, ==, 100);
    close_to(voice->kept.share, 0.4);
    close_to(voice->kept.ci.lo, wilson.lo);
    close_to(voice->kept.ci.hi, wilson.hi);
    close_to(voice->known.share, 100.0 / 130);
    g_assert_cmpint(voice->kept_known.n, ==, 100);
    g_assert_cmpuint(read->family_size, ==, 2);
    g_assert_cmpfloat(it->kept_adjusted.hi, <, PLX_KEPT_LINE);
    g_autoptr(GArray) figures = g_array_new(FALSE, TRUE, sizeof(struct plx_figure));
    plx_promises_figures(read, figures);
    g_assert_cmpuint(figures->len, ==, 2); /* nobody rated its points */
    const struct plx_figure *kept = &g_array_index(figures, struct plx_figure, 1);
    g_assert_cmpstr(kept->what, ==, "kept");
    g_assert_cmpstr(kept->subject, ==, "tomorrow");
    close_to(kept->value, 0.4);
}

static void test_lines(void)
{
    const struct {
        guint known, unknown, kept, broken;
        enum plx_promise_verdict verdict;
    } cases[] = {
        {95, 5, 99, 1, PLX_PROMISE_KEPT},
        {20, 180, 20, 0, PLX_PROMISE_NOT_KNOWN},
        {95, 5, 90, 10, PLX_PROMISE_NOT_ENOUGH_YET},
        {20, 180, 1, 19, PLX_PROMISE_NOT_KEPT}, /* what is broken comes first */
        {6, 0, 0, 0, PLX_PROMISE_NOT_ENOUGH_YET},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(paper) p = shop();
        paper_add(p, cases[i].known, "customer,p%u,,,tomorrow,,,1,");
        paper_add(p, cases[i].unknown, "customer,p%u,,,tomorrow,,,0,");
        paper_add(p, cases[i].kept, "customer,p%u,,,tomorrow,,,,1");
        paper_add(p, cases[i].broken, "customer,p%u,,,tomorrow,,,,0");
        g_autoptr(plx_promises) read = read_with(p, NULL);
        g_assert_cmpint(read->promises[0].verdict, ==, cases[i].verdict);
    }
}

static const struct plx_promise_channel *channel(const plx_promises *read, const char *name)
{
    const struct plx_promise_reading *it = &read->promises[0];
    guint i = 0;
    while (i < it->n_channels && strcmp(it->channels[i].channel, name) != 0)
        i++;
    g_assert_cmpuint(i, <, it->n_channels);
    return &it->channels[i];
}

static void test_channels(void)
{
    g_autoptr(paper) p = shop();
    judged(p, "app", "1", "1", 196);
    judged(p, "app", "1", "0", 4);
    judged(p, "van", "1", "1", 194);
    judged(p, "van", "1", "0", 6);
    judged(p, "web", "1", "1", 80);
    judged(p, "web", "1", "0", 120);
    g_autoptr(plx_promises) read = read_with(p, NULL);
    const struct plx_promise_channel *app = channel(read, "app"), *web = channel(read, "web");
    g_assert_cmpint(web->others_verdict, ==, PLX_PROMISE_WORSE);
    g_assert_cmpint(web->kept_verdict, ==, PLX_PROMISE_NOT_KEPT);
    g_assert_cmpint(app->kept_verdict, ==, PLX_PROMISE_KEPT);
    g_assert_cmpint(app->others_verdict, ==, PLX_PROMISE_BETTER);
    const struct plx_interval newcombe = plx_newcombe(80, 200, 390, 400, 0.95, FALSE);
    close_to(web->others.difference, 0.4 - 0.975);
    close_to(web->others.ci.lo, newcombe.lo);
    close_to(web->others.ci.hi, newcombe.hi);
    g_assert_cmpuint(read->family_size, ==, 8);
}

/* Two channels that are alike are told so, never ranked. */
static void test_alike(void)
{
    g_autoptr(paper) p = shop();
    const char *const names[] = {"app", "web"};
    for (guint i = 0; i < 2; i++) {
        judged(p, names[i], "1", "1", 3900);
        judged(p, names[i], "1", "0", 100);
    }
    g_autoptr(plx_promises) read = read_with(p, NULL);
    for (guint i = 0; i < 2; i++)
        g_assert_cmpint(channel(read, names[i])->others_verdict, ==, PLX_PROMISE_ALIKE);
}

static void test_small_channels(void)
{
    g_autoptr(paper) p = shop();
    judged(p, "app", "1", "1", 50);
    judged(p, "van", "1", "0", 3);
    judged(p, "web", "1", "1", 9);
    g_autoptr(plx_promises) read = read_with(p, NULL);
    g_assert_cmpint(channel(read, "van")->kept.suppressed, ==, PLX_HIDDEN_FEW);
    g_assert_cmpint(channel(read, "van")->kept.n, ==, PLX_NO_COUNT);
    g_assert_true(isnan(channel(read, "van")->kept.share));
    g_assert_cmpint(channel(read, "van")->others_verdict, ==, PLX_PROMISE_NOT_ASKED);
    g_assert_cmpint(channel(read, "web")->kept.suppressed, ==, PLX_HIDDEN_COMPLEMENTARY);
    g_assert_cmpint(channel(read, "app")->kept.n, ==, 50);
}

/* Who did not know is all less who did: three of them are not to be found out. */
static void test_kept_among_known(void)
{
    g_autoptr(paper) p = shop();
    judged(p, "", "1", "1", 30);
    judged(p, "", "1", "0", 10);
    judged(p, "", "0", "1", 3);
    g_autoptr(plx_promises) few = read_with(p, NULL);
    g_assert_cmpint(few->promises[0].voices[0].kept_known.suppressed, ==, PLX_HIDDEN_COMPLEMENTARY);
    judged(p, "", "0", "1", 2);
    g_autoptr(plx_promises) read = read_with(p, NULL);
    const struct plx_promise_share *share = &read->promises[0].voices[0].kept_known;
    g_assert_cmpint(share->suppressed, ==, PLX_SHOWN);
    g_assert_cmpint(share->n, ==, 40);
    close_to(share->share, 0.75);
    close_to(share->ci.lo, plx_wilson(30, 40, 0.95, FALSE).lo);
}

/* Ten answers of two people are two people. */
static void test_repeats_are_few(void)
{
    g_autoptr(paper) p = shop();
    judged(p, "", "1", "1", 20);
    for (guint i = 0; i < 5; i++) {
        paper_add(p, 1, "customer,anna,2026-04-02,,tomorrow,,,0,0");
        paper_add(p, 1, "customer,ben,2026-04-02,,tomorrow,,,0,0");
    }
    g_autoptr(plx_promises) read = read_with(p, NULL);
    g_assert_cmpint(read->promises[0].voices[0].kept_known.suppressed, ==,
                    PLX_HIDDEN_COMPLEMENTARY);
}

static void levels(paper *p, const char *point, const char *day, const char *level, guint times)
{
    g_autofree char *line = g_strdup_printf("customer,p%%u,%s,%s,,,%s,,", day, point, level);
    paper_add(p, times, line);
}

static void test_before_and_after(void)
{
    g_autoptr(paper) p = shop();
    levels(p, "doorstep", "2026-02-10", "1", 5);
    levels(p, "doorstep", "2026-02-28", "4", 95);
    levels(p, "doorstep", "2026-03-01", "1", 20);
    levels(p, "tracking", "2026-03-09", "2", 30);
    levels(p, "tracking", "2026-03-09", "3", 50);
    levels(p, "bell", "2026-03-09", "1", 99); /* nothing is promised about it */
    levels(p, "doorstep", "", "1", 7);        /* whenever, but neither before nor after */
    g_autoptr(plx_promises) read = read_with(p, NULL);
    const struct plx_promise_reading *it = &read->promises[0];
    g_assert_cmpint(it->verdict, ==, PLX_PROMISE_NOT_ASKED);
    g_assert_cmpint(it->levels.floor.n, ==, 207);
    close_to(it->before.floor.share, 0.05);
    close_to(it->before.below.share, 0.05);
    close_to(it->after.floor.share, 0.2);
    close_to(it->after.below.share, 0.5);
    const struct plx_interval floor = plx_newcombe(20, 100, 5, 100, 0.95, FALSE);
    close_to(it->floor_change.difference, 0.15);
    close_to(it->floor_change.ci.lo, floor.lo);
    close_to(it->floor_change.ci.hi, floor.hi);
    close_to(it->below_change.difference, 0.45);
}

static void test_small_before(void)
{
    g_autoptr(paper) p = shop();
    levels(p, "doorstep", "2026-02-10", "1", 4);
    levels(p, "doorstep", "2026-03-10", "4", 40);
    g_autoptr(plx_promises) read = read_with(p, NULL);
    const struct plx_promise_reading *it = &read->promises[0];
    g_assert_cmpint(it->before.floor.suppressed, ==, PLX_HIDDEN_FEW);
    g_assert_cmpint(it->after.floor.suppressed, ==, PLX_HIDDEN_COMPLEMENTARY);
    g_assert_cmpint(it->levels.floor.n, ==, 44);
    g_assert_true(isnan(it->floor_change.difference));
}

/* Few who did not say when are the whole less before and after: one of these goes, too. */
static void test_small_undated(void)
{
    g_autoptr(paper) p = shop();
    levels(p, "doorstep", "2026-02-10", "1", 30);
    levels(p, "doorstep", "2026-03-10", "4", 40);
    levels(p, "doorstep", "", "6", 4);
    g_autoptr(plx_promises) read = read_with(p, NULL);
    const struct plx_promise_reading *it = &read->promises[0];
    g_assert_cmpint(it->levels.floor.n, ==, 74);
    g_assert_cmpint(it->before.floor.suppressed, ==, PLX_HIDDEN_COMPLEMENTARY);
    g_assert_cmpint(it->after.floor.suppressed, ==, PLX_SHOWN);
    g_assert_true(isnan(it->floor_change.difference));
}

/* The same people at both points know less together than two crowds: as half as many answers. */
static void test_same_people(void)
{
    g_autoptr(paper) p = shop();
    for (guint i = 0; i < 100; i++) {
        g_autofree char *one = g_strdup_printf("customer,a%u,,doorstep,,,%u,,", i, i % 5 ? 4 : 1);
        g_autofree char *two = g_strdup_printf("customer,a%u,,tracking,,,%u,,", i, i % 5 ? 4 : 1);
        paper_add(p, 1, one);
        paper_add(p, 1, two);
    }
    g_autoptr(plx_promises) read = read_with(p, NULL);
    const struct plx_promise_share *share = &read->promises[0].levels.floor;
    g_assert_cmpint(share->n, ==, 200);
    g_assert_cmpint(share->persons, ==, 100);
    const struct plx_interval honest = plx_wilson(20, 100, 0.95, FALSE);
    g_assert_cmpfloat_with_epsilon(share->ci.lo, honest.lo, 0.005);
    g_assert_cmpfloat_with_epsilon(share->ci.hi, honest.hi, 0.005);
}

/* What three people said of one point is not to be found in that of two points together. */
static void test_small_point(void)
{
    g_autoptr(paper) p = shop();
    paper_add(p, 20, "customer,p%u,,doorstep,,,4,,");
    paper_add(p, 3, "customer,p%u,,tracking,,,1,,");
    g_autoptr(plx_promises) few = read_with(p, NULL);
    g_assert_cmpint(few->promises[0].levels.floor.n, ==, 20);
    g_assert_cmpfloat(few->promises[0].levels.floor.share, ==, 0);
    paper_add(p, 2, "customer,p%u,,tracking,,,1,,");
    g_autoptr(plx_promises) read = read_with(p, NULL);
    g_assert_cmpint(read->promises[0].levels.floor.n, ==, 25);
}

/* Nor what three said of it in a channel. */
static void test_small_point_of_channel(void)
{
    g_autoptr(paper) p = shop();
    paper_add(p, 20, "customer,p%u,,doorstep,,app,4,,");
    paper_add(p, 20, "customer,p%u,,doorstep,,van,4,,");
    paper_add(p, 3, "customer,p%u,,tracking,,app,1,,");
    paper_add(p, 9, "customer,p%u,,tracking,,van,1,,");
    paper_add(p, 10, "customer,p%u,,tracking,,web,1,,");
    g_autoptr(plx_promises) read = read_with(p, NULL);
    g_assert_cmpint(read->promises[0].levels.floor.n, ==, 62);
    g_assert_cmpint(channel(read, "app")->levels.floor.n, ==, 20);
    g_assert_cmpint(channel(read, "van")->levels.floor.n, ==, 20);
    g_assert_cmpint(channel(read, "web")->levels.floor.n, ==, 10);
}

static void test_shoppers_beside(void)
{
    g_autoptr(paper) p = shop();
    judged(p, "", "1", "1", 100);
    paper_add(p, 12, "shopper,p%u,2026-04-02,,tomorrow,,,1,0");
    paper_add(p, 12, "staff,p%u,2026-04-02,,tomorrow,,,1,0");
    g_autoptr(plx_promises) read = read_with(p, NULL);
    const struct plx_promise_reading *it = &read->promises[0];
    g_assert_cmpint(it->verdict, ==, PLX_PROMISE_KEPT);
    g_assert_cmpuint(it->n_voices, ==, 2); /* staff are protected and not asked */
    g_assert_cmpstr(p->map->audiences[it->voices[1].audience].id, ==, "shopper");
    close_to(it->voices[1].kept.share, 0);
}

/* A protected audience is looked at as a whole: no channels, no dates, from ten persons on. */
static void test_protected(void)
{
    const char *const yaml =
        PROMISED "audiences:\n  customer: {served: false}\n"
                 "  patient: {title: Patients, served: true, protected: true}\n";
    g_autoptr(paper) p = paper_new(yaml, HEADER);
    paper_add(p, 9, "patient,p%u,2026-04-01,,tomorrow,app,,1,0");
    paper_add(p, 9, "patient,p%u,2026-04-01,doorstep,,app,1,,");
    g_autoptr(plx_promises) few = read_with(p, NULL);
    g_assert_cmpint(few->promises[0].voices[0].kept.suppressed, ==, PLX_HIDDEN_FEW);
    paper_add(p, 1, "patient,p%u,2026-04-01,,tomorrow,app,,1,0");
    g_autoptr(plx_promises) read = read_with(p, NULL);
    g_assert_cmpint(read->promises[0].voices[0].kept.n, ==, 10);
    g_assert_cmpuint(read->promises[0].n_channels, ==, 0);
    g_assert_cmpint(read->promises[0].after.floor.n, ==, 0);
    expect_error(p, &(struct plx_gaps_options){.since = "2026-04-01"}, PLX_ERROR_NOT_SHOWN,
                 "patient: a protected audience is looked at as a whole, without dates and tests");
}

static void test_questions(void)
{
    g_autoptr(paper) p = shop();
    judged(p, "app", "1", "1", 50);
    judged(p, "web", "1", "0", 50);
    levels(p, "doorstep", "2026-03-10", "1", 40);
    levels(p, "tracking", "2026-03-10", "4", 40);
    const char *const app[] = {"channel=app", NULL}, *const door[] = {"point=doorstep", NULL};
    g_autoptr(plx_promises) tested = read_with(p, &(struct plx_gaps_options){.where = app});
    g_assert_cmpint(tested->promises[0].verdict, ==, PLX_PROMISE_KEPT);
    g_autoptr(plx_promises) at = read_with(p, &(struct plx_gaps_options){.where = door});
    g_assert_cmpuint(at->promises[0].n_points, ==, 1);
    close_to(at->promises[0].levels.floor.share, 1);
    g_autoptr(plx_promises) dated = read_with(p, &(struct plx_gaps_options){.until = "2026-03-31"});
    g_assert_cmpint(dated->promises[0].verdict, ==, PLX_PROMISE_NOT_ASKED);
    const char *const bell[] = {"point=bell", NULL}, *const staff[] = {"staff", NULL};
    expect_error(p, &(struct plx_gaps_options){.where = bell}, PLX_ERROR_NOT_FOUND,
                 "no promise is about the points asked for");
    expect_error(p, &(struct plx_gaps_options){.by = "place"}, PLX_ERROR_USAGE,
                 "--by \"place\": promises are split by channel, always: leave --by out, or "
                 "choose by --where");
    expect_error(p, &(struct plx_gaps_options){.measure = "effort"}, PLX_ERROR_USAGE,
                 "--measure \"effort\": promises have the measures known and kept, and the levels "
                 "at their points: leave --measure out");
    expect_error(p, &(struct plx_gaps_options){.audiences = staff}, PLX_ERROR_USAGE,
                 "nobody whose view decides is asked for: leave --audiences out, or name one that "
                 "is served");
}

/* Without a map promises are those of the rows; without any there is nothing to read. */
static void test_no_map(void)
{
    g_autoptr(paper) p = paper_new("parallax: 1\ntitle: Open\n", HEADER);
    levels(p, "bell", "", "4", 9);
    expect_error(p, &(struct plx_gaps_options){0}, PLX_ERROR_NOT_FOUND,
                 "no promise: none is on the map, and no answer is about one (promises: in the "
                 "map; columns promise, known, kept)");
    paper_add(p, 40, "customer,p%u,,,Fast,,,1,0");
    g_autoptr(plx_promises) read = read_with(p, NULL);
    g_assert_cmpuint(read->n_promises, ==, 1);
    g_assert_cmpstr(read->promises[0].title, ==, "Fast");
    g_assert_cmpint(read->promises[0].verdict, ==, PLX_PROMISE_NOT_KEPT);
}

static void test_nearly_nothing(void)
{
    g_autoptr(paper) none = shop();
    levels(none, "bell", "", "4", 1);
    g_autoptr(plx_promises) empty = read_with(none, NULL);
    g_assert_cmpint(empty->promises[0].verdict, ==, PLX_PROMISE_NOT_ASKED);
    g_assert_cmpuint(empty->family_size, ==, 0);
    g_autoptr(paper) missing = shop();
    judged(missing, "", "na", "declined", 30);
    g_autoptr(plx_promises) na = read_with(missing, NULL);
    g_assert_cmpint(na->promises[0].verdict, ==, PLX_PROMISE_NOT_ASKED);
    g_autoptr(paper) one = shop();
    for (guint i = 0; i < 30; i++) {
        paper_add(one, 1, "customer,anna,,,tomorrow,app,,1,0");
        paper_add(one, 1, "customer,anna,,doorstep,,app,1,,");
    }
    g_autoptr(plx_promises) alone = read_with(one, NULL);
    g_assert_cmpint(alone->promises[0].verdict, ==, PLX_PROMISE_NOT_ASKED);
    g_assert_cmpint(alone->promises[0].voices[0].kept.suppressed, ==, PLX_HIDDEN_FEW);
    g_assert_cmpint(alone->promises[0].levels.floor.suppressed, ==, PLX_HIDDEN_FEW);
}

/* The broken promise of the demo, and no other (bench/truth runs 20 seeds). */
static void test_truth(void)
{
    for (guint64 seed = 1; seed <= 3; seed++) {
        const struct plx_truth_named named = plx_truth_judge_promises(seed);
        g_assert_cmpuint(named.planted, ==, 1);
        g_assert_cmpuint(named.others, ==, 0);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/promises/not-kept", test_not_kept);
    g_test_add_func("/promises/lines", test_lines);
    g_test_add_func("/promises/channels", test_channels);
    g_test_add_func("/promises/alike", test_alike);
    g_test_add_func("/promises/small-channels", test_small_channels);
    g_test_add_func("/promises/kept-among-known", test_kept_among_known);
    g_test_add_func("/promises/repeats-are-few", test_repeats_are_few);
    g_test_add_func("/promises/before-and-after", test_before_and_after);
    g_test_add_func("/promises/small-before", test_small_before);
    g_test_add_func("/promises/small-undated", test_small_undated);
    g_test_add_func("/promises/same-people", test_same_people);
    g_test_add_func("/promises/small-point-of-channel", test_small_point_of_channel);
    g_test_add_func("/promises/small-point", test_small_point);
    g_test_add_func("/promises/shoppers-beside", test_shoppers_beside);
    g_test_add_func("/promises/protected", test_protected);
    g_test_add_func("/promises/questions", test_questions);
    g_test_add_func("/promises/no-map", test_no_map);
    g_test_add_func("/promises/nearly-nothing", test_nearly_nothing);
    g_test_add_func("/promises/truth", test_truth);
    return g_test_run();
}
