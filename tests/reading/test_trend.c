/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/trend.h"

#include "base/error.h"
#include "bench/truth_judge.h"
#include "paper.h"
#include "stats/random.h"

#include <math.h>
#include <string.h>

#define SHOP                                                                                       \
    "parallax: 1\ntitle: Shop\njourneys:\n  - title: Order\n    transactions:\n"                   \
    "      - title: Door\n        points:\n          - title: Doorstep\n"                          \
    "          - title: Bell\n"
#define HEADER "audience,respondent,time,point,journey,level,overall"

static plx_trend *read_with(paper *p, const struct plx_gaps_options *options)
{
    static const struct plx_gaps_options plain = {.seed = 1};
    g_autoptr(GError) error = NULL;
    plx_trend *trend = plx_trend_read(paper_source(p), options ? options : &plain, &error);
    g_assert_no_error(error);
    g_assert_nonnull(trend);
    return trend;
}

static void expect_error(paper *p, const struct plx_gaps_options *options, enum plx_error code,
                         const char *message)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_trend) none = plx_trend_read(paper_source(p), options, &error);
    g_assert_null(none);
    g_assert_error(error, PLX_ERROR, (int)code);
    g_assert_cmpstr(error->message, ==, message);
}

static const struct plx_trend_series *find(const plx_trend *trend, const char *id)
{
    guint i = 0;
    while (i < trend->n_series && strcmp(trend->series[i].id, id) != 0)
        i++;
    g_assert_cmpuint(i, <, trend->n_series);
    return &trend->series[i];
}

/* One answer about a mean on the six levels. */
static guint answer(struct plx_random *random, double mean)
{
    const long level = lround(mean + 0.9 * plx_random_normal(random));
    return (guint)CLAMP(level, 1, 6);
}

/* `n` answers of their own people in the month'th month from January 2024 on. */
static void month(paper *p, struct plx_random *random, const char *audience, const char *point,
                  guint number, guint n, double mean)
{
    for (guint i = 0; i < n; i++) {
        g_autofree char *line = g_strdup_printf(
            "%s,p%%u,%04u-%02u-%02u,%s,,%u,", audience, 2024 + number / 12, number % 12 + 1,
            (guint)plx_random_below(random, 28) + 1, point, answer(random, mean));
        paper_add(p, 1, line);
    }
}

static paper *shop(struct plx_random *random, guint64 seed)
{
    plx_random_seed(random, seed);
    return paper_new(SHOP, HEADER);
}

static void test_change(void)
{
    struct plx_random random;
    g_autoptr(paper) p = shop(&random, 1);
    for (guint m = 0; m < 16; m++) {
        month(p, &random, "customer", "doorstep", m, 80, m < 9 ? 4.2 : 3.4);
        month(p, &random, "customer", "bell", m, 80, 4);
    }
    g_autoptr(plx_trend) read = read_with(p, NULL);
    g_assert_cmpstr(read->by, ==, "month");
    g_assert_cmpuint(read->n_periods, ==, 16);
    g_assert_cmpuint(read->tests, ==, 4);
    const struct plx_trend_series *door = find(read, "doorstep"), *bell = find(read, "bell");
    g_assert_cmpint(door->verdict, ==, PLX_TREND_CHANGED);
    g_assert_cmpuint(door->n_changes, ==, 1);
    const struct plx_trend_change *change = &door->changes[0];
    g_assert_cmpstr(read->periods[change->at], ==, "2024-10");
    g_assert_cmpuint(change->first, <=, 9);
    g_assert_cmpuint(change->last, >=, 9);
    g_assert_cmpfloat(change->ci.lo, <, -0.8);
    g_assert_cmpfloat(change->ci.hi, >, -0.8);
    g_assert_cmpfloat(change->ci.hi, <, 0);
    g_assert_cmpfloat(change->below_after, >, change->below_before);
    g_assert_cmpfloat(change->below_ci.lo, >, 0);
    g_assert_cmpint(bell->verdict, ==, PLX_TREND_STEADY);
    g_assert_cmpint(bell->season, ==, PLX_SEASON_NOT_ASKED);
    g_assert_cmpint(door->cut.verdict, ==, PLX_CUT_NO_SHOPPERS);
    g_assert_cmpint(bell->cut.verdict, ==, PLX_CUT_NONE);
    g_assert_cmpint(door->periods[3].n, ==, 80);
}

/* One answer with a mistyped year makes thousands of periods, and costs and changes no more than
 * one of the month before. */
static void test_mistyped_year(void)
{
    double penalty[2];
    for (guint typo = 0; typo < 2; typo++) {
        struct plx_random random;
        g_autoptr(paper) p = shop(&random, 1);
        for (guint m = 0; m < 16; m++)
            month(p, &random, "customer", "doorstep", m, 20, m < 9 ? 4.6 : 3);
        paper_add(p, 1,
                  typo ? "customer,old,0203-01-02,doorstep,,4,"
                       : "customer,old,2023-12-02,doorstep,,4,");
        g_autoptr(plx_trend) read = read_with(p, NULL);
        const struct plx_trend_series *door = find(read, "doorstep");
        g_assert_cmpuint(door->shown, ==, 15); /* another month would give it away */
        g_assert_cmpint(door->verdict, ==, PLX_TREND_CHANGED);
        g_assert_cmpuint(door->changes[0].until, ==, read->n_periods - 1);
        penalty[typo] = door->penalty;
    }
    g_assert_cmpfloat(penalty[1], ==, penalty[0]);
}

/* Three answers without a time are not all less those of the months. */
static void test_few_without_time(void)
{
    struct plx_random random;
    g_autoptr(paper) p = shop(&random, 1);
    for (guint m = 0; m < 16; m++)
        month(p, &random, "customer", "doorstep", m, m == 4 ? 10 : 20, 4);
    paper_add(p, 3, "customer,t%u,,doorstep,,1,");
    g_autoptr(plx_trend) few = read_with(p, NULL);
    g_assert_cmpint(find(few, "doorstep")->periods[4].suppressed, ==, PLX_HIDDEN_COMPLEMENTARY);
    g_assert_cmpuint(find(few, "doorstep")->shown, ==, 15);
    paper_add(p, 2, "customer,t%u,,doorstep,,1,");
    g_autoptr(plx_trend) enough = read_with(p, NULL);
    g_assert_cmpuint(find(enough, "doorstep")->shown, ==, 16);
}

static void test_drift(void)
{
    struct plx_random random;
    g_autoptr(paper) p = shop(&random, 2);
    for (guint m = 0; m < 20; m++)
        month(p, &random, "customer", "doorstep", m, 60, 2.6 + 0.07 * m);
    g_autoptr(plx_trend) read = read_with(p, NULL);
    const struct plx_trend_series *door = find(read, "doorstep");
    g_assert_cmpint(door->verdict, ==, PLX_TREND_DRIFTS);
    g_assert_cmpuint(door->n_changes, ==, 0);
    g_assert_cmpfloat(door->drift_ci.lo, <, 0.07 * 19);
    g_assert_cmpfloat(door->drift_ci.hi, >, 0.07 * 19);
    g_assert_cmpfloat(door->drift_ci.lo, >, 0);
}

/* Decembers are worse in all of three years: a season, and no change. */
static void test_season(void)
{
    struct plx_random random;
    g_autoptr(paper) p = shop(&random, 3);
    for (guint m = 0; m < 36; m++)
        month(p, &random, "customer", "doorstep", m, 60, m % 12 == 11 ? 2.6 : 4);
    g_autoptr(plx_trend) read = read_with(p, NULL);
    const struct plx_trend_series *door = find(read, "doorstep");
    g_assert_cmpint(door->season, ==, PLX_SEASON_SHOWN);
    g_assert_cmpint(door->verdict, !=, PLX_TREND_CHANGED);
    g_assert_cmpuint(read->tests, ==, 3);
    g_assert_true(door->months[11].decided);
    g_assert_cmpfloat(door->months[11].effect, <, -1);
    double sum = 0;
    for (guint m = 0; m < 12; m++)
        sum += door->months[m].effect;
    g_assert_cmpfloat_with_epsilon(sum, 0, 1e-9);
    g_assert_cmpfloat(door->months[11].ci.lo, <, -1.4 * 11 / 12);
    g_assert_cmpfloat(door->months[11].ci.hi, >, -1.4 * 11 / 12);
}

/* A change in the middle of 24 months is no season. */
static void test_change_is_no_season(void)
{
    struct plx_random random;
    g_autoptr(paper) p = shop(&random, 4);
    for (guint m = 0; m < 24; m++)
        month(p, &random, "customer", "doorstep", m, 60, m < 15 ? 4 : 3.2);
    g_autoptr(plx_trend) read = read_with(p, NULL);
    const struct plx_trend_series *door = find(read, "doorstep");
    g_assert_cmpint(door->season, ==, PLX_SEASON_NOT_SHOWN);
    g_assert_cmpint(door->verdict, ==, PLX_TREND_CHANGED);
    g_assert_cmpstr(read->periods[door->changes[0].at], ==, "2025-04");
}

/* Customers' level falls; what shoppers see decides what that is. */
static enum plx_trend_cut cut_of(double shoppers_after, guint visits, gboolean protected_)
{
    struct plx_random random;
    plx_random_seed(&random, 5);
    g_autoptr(paper) p =
        paper_new(protected_ ? SHOP "audiences:\n  shopper: {protected: true}\n" : SHOP, HEADER);
    for (guint m = 0; m < 16; m++) {
        month(p, &random, "customer", "doorstep", m, 100, m < 8 ? 4.6 : 3.6);
        month(p, &random, "shopper", "doorstep", m, visits, m < 8 ? 4 : shoppers_after);
    }
    g_autoptr(plx_trend) read = read_with(p, NULL);
    const struct plx_trend_series *door = find(read, "doorstep");
    g_assert_cmpint(door->verdict, ==, PLX_TREND_CHANGED);
    if (door->cut.verdict == PLX_CUT_DRIFTS) {
        g_assert_cmpint(door->cut.shoppers_before, ==, 8 * visits);
        g_assert_cmpfloat(door->cut.shoppers_ci.lo, >, -0.5);
        g_assert_cmpfloat(door->cut.apart_ci.hi, <, 0);
    }
    return door->cut.verdict;
}

static void test_cut(void)
{
    g_assert_cmpint(cut_of(4, 30, FALSE), ==, PLX_CUT_DRIFTS);
    g_assert_cmpint(cut_of(3, 30, FALSE), ==, PLX_CUT_SHOPPERS_FALL);
    g_assert_cmpint(cut_of(4, 2, FALSE), ==, PLX_CUT_NOT_ENOUGH_YET);
    g_assert_cmpint(cut_of(4, 0, FALSE), ==, PLX_CUT_NO_SHOPPERS);
    g_assert_cmpint(cut_of(4, 30, TRUE), ==, PLX_CUT_SHOPPERS_PROTECTED);
}

/* Months in which all of a place is worse or better, and nothing that lasts: 40 files, in two of
 * which (5 %) something may be told; six would come once in 300. */
static void test_false_alarms(void)
{
    guint alarms = 0;
    for (guint64 run = 0; run < 40; run++) {
        struct plx_random random;
        g_autoptr(paper) p = shop(&random, 100 + run);
        for (guint m = 0; m < 18; m++) {
            const double shock = 0.3 * plx_random_normal(&random);
            month(p, &random, "customer", "doorstep", m, 25, 3.5 + shock);
            month(p, &random, "customer", "bell", m, 25, 3.8 + shock);
        }
        g_autoptr(plx_trend) read = read_with(p, NULL);
        gboolean any = FALSE;
        for (guint i = 0; i < read->n_series; i++)
            any |= read->series[i].verdict == PLX_TREND_CHANGED ||
                   read->series[i].verdict == PLX_TREND_DRIFTS;
        alarms += any ? 1 : 0;
    }
    g_test_message("%u of 40 files without a change", alarms);
    g_assert_cmpuint(alarms, <=, 6);
}

/* Fewer than eight months are looked at by week; the weeks have no gaps. */
static void test_weeks(void)
{
    struct plx_random random;
    g_autoptr(paper) p = shop(&random, 6);
    month(p, &random, "customer", "doorstep", 0, 60, 4);
    month(p, &random, "customer", "doorstep", 2, 60, 4);
    g_autoptr(plx_trend) read = read_with(p, NULL);
    g_assert_cmpstr(read->by, ==, "week");
    g_assert_cmpuint(read->n_periods, >=, 12);
    g_assert_cmpstr(read->periods[5], ==, "2024-W06");
    g_assert_cmpint(find(read, "doorstep")->periods[5].n, ==, 0); /* nobody in February */
    g_autoptr(plx_trend) months =
        read_with(p, &(struct plx_gaps_options){.by = "month", .seed = 1});
    g_assert_cmpuint(months->n_periods, ==, 3);
    g_assert_cmpint(find(months, "doorstep")->verdict, ==, PLX_TREND_NOT_ENOUGH_YET);
    g_assert_cmpuint(months->tests, ==, 0);
}

/* Weeks over the turn of years with 52 and 53 of them. */
static void test_week_years(void)
{
    g_autoptr(paper) p = paper_new(SHOP, HEADER);
    paper_add(p, 9, "customer,p%u,2020-12-21,doorstep,,4,");
    paper_add(p, 9, "customer,p%u,2022-01-12,doorstep,,4,");
    g_autoptr(plx_trend) read = read_with(p, &(struct plx_gaps_options){.by = "week", .seed = 1});
    g_assert_cmpstr(read->periods[0], ==, "2020-W52");
    g_assert_cmpstr(read->periods[1], ==, "2020-W53");
    g_assert_cmpstr(read->periods[2], ==, "2021-W01");
    g_assert_cmpstr(read->periods[53], ==, "2021-W52");
    g_assert_cmpstr(read->periods[54], ==, "2022-W01");
    g_assert_cmpuint(read->n_periods, ==, 56);
}

/* A month of few people is not shown, and neither is the next smallest. */
static void test_few(void)
{
    struct plx_random random;
    g_autoptr(paper) p = shop(&random, 8);
    for (guint m = 0; m < 12; m++)
        month(p, &random, "customer", "doorstep", m, m == 3 ? 4 : m == 7 ? 9 : 20, 4);
    g_autoptr(plx_trend) read = read_with(p, NULL);
    const struct plx_trend_series *door = find(read, "doorstep");
    g_assert_cmpint(door->periods[3].suppressed, ==, PLX_HIDDEN_FEW);
    g_assert_cmpint(door->periods[3].n, ==, PLX_NO_COUNT);
    g_assert_true(isnan(door->periods[3].mean));
    g_assert_cmpint(door->periods[7].suppressed, ==, PLX_HIDDEN_COMPLEMENTARY);
    g_assert_cmpuint(door->shown, ==, 10);
    g_assert_cmpint(door->n, ==, 200);
}

static void test_protected(void)
{
    struct plx_random random;
    plx_random_seed(&random, 9);
    g_autoptr(paper) p = paper_new(SHOP "audiences:\n  customer: {protected: true}\n", HEADER);
    month(p, &random, "customer", "doorstep", 0, 60, 4);
    expect_error(p, &(struct plx_gaps_options){0}, PLX_ERROR_NOT_SHOWN,
                 "customer: a protected audience is not looked at month by month, or week by week");
}

static void test_questions(void)
{
    struct plx_random random;
    g_autoptr(paper) p = shop(&random, 10);
    const char *const staff[] = {"staff", NULL}, *const bell[] = {"point=bell", NULL};
    paper_add(p, 30, "customer,p%u,,doorstep,,4,");
    expect_error(p, &(struct plx_gaps_options){0}, PLX_ERROR_NOT_FOUND,
                 "no answer of customer has a time: a trend needs the column time");
    month(p, &random, "customer", "doorstep", 0, 60, 4);
    month(p, &random, "customer", "bell", 0, 60, 4);
    paper_add(p, 20, "customer,p%u,2024-01-03,,order,,5");
    g_autoptr(plx_trend) all = read_with(p, NULL);
    g_assert_cmpuint(all->n_series, ==, 3);
    g_assert_cmpint(find(all, "order")->kind, ==, PLX_SUBJECT_JOURNEY);
    g_autoptr(plx_trend) one = read_with(p, &(struct plx_gaps_options){.where = bell, .seed = 1});
    g_assert_cmpuint(one->n_series, ==, 1);
    expect_error(p, &(struct plx_gaps_options){.by = "place"}, PLX_ERROR_USAGE,
                 "--by \"place\": a trend goes by month or by week; choose a place, a channel ... "
                 "by --where");
    expect_error(p, &(struct plx_gaps_options){.measure = "effort"}, PLX_ERROR_USAGE,
                 "--measure \"effort\": a trend is of the level of points and the overall of "
                 "journeys: leave --measure out");
    expect_error(p, &(struct plx_gaps_options){.audiences = staff}, PLX_ERROR_USAGE,
                 "nobody whose view decides is asked for: leave --audiences out, or name one that "
                 "is served");
}

/* Everybody always the same; every month of one mind but another; one person alone. */
static void test_no_variance(void)
{
    g_autoptr(paper) same = paper_new(SHOP, HEADER);
    g_autoptr(paper) minds = paper_new(SHOP, HEADER);
    g_autoptr(paper) alone = paper_new(SHOP, HEADER);
    for (guint m = 1; m <= 12; m++) {
        g_autofree char *four = g_strdup_printf("customer,p%%u,2024-%02u-05,doorstep,,4,", m);
        g_autofree char *mind =
            g_strdup_printf("customer,p%%u,2024-%02u-05,doorstep,,%u,", m, 3 + m % 2);
        g_autofree char *anna = g_strdup_printf("customer,anna,2024-%02u-05,doorstep,,4,", m);
        paper_add(same, 20, four);
        paper_add(minds, 20, mind);
        paper_add(alone, 1, anna);
    }
    g_autoptr(plx_trend) a = read_with(same, NULL);
    g_assert_cmpint(find(a, "doorstep")->verdict, ==, PLX_TREND_STEADY);
    g_assert_cmpfloat(find(a, "doorstep")->drift, ==, 0);
    g_assert_cmpfloat(find(a, "doorstep")->drift_ci.hi, >, 0);
    g_autoptr(plx_trend) b = read_with(minds, NULL);
    g_assert_cmpint(find(b, "doorstep")->verdict, !=, PLX_TREND_CHANGED);
    g_assert_cmpfloat(find(b, "doorstep")->dispersion, >, 10);
    g_autoptr(plx_trend) c = read_with(alone, NULL);
    g_assert_cmpint(find(c, "doorstep")->verdict, ==, PLX_TREND_NOT_ENOUGH_YET);
    g_assert_cmpuint(find(c, "doorstep")->shown, ==, 0);
}

/* The bad winter of the demo with its two dates, and nothing else (bench/truth runs 20 seeds). */
static void test_truth(void)
{
    for (guint64 seed = 1; seed <= 2; seed++) {
        const struct plx_truth_named all = plx_truth_judge_trend(seed);
        g_assert_cmpuint(all.planted, ==, 1);
        g_assert_cmpuint(all.others, ==, 0);
        g_assert_cmpuint(plx_truth_judge_trend_treated(seed).planted, ==, 1);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/trend/change", test_change);
    g_test_add_func("/trend/few-without-time", test_few_without_time);
    g_test_add_func("/trend/mistyped-year", test_mistyped_year);
    g_test_add_func("/trend/drift", test_drift);
    g_test_add_func("/trend/season", test_season);
    g_test_add_func("/trend/change-is-no-season", test_change_is_no_season);
    g_test_add_func("/trend/cut", test_cut);
    g_test_add_func("/trend/false-alarms", test_false_alarms);
    g_test_add_func("/trend/weeks", test_weeks);
    g_test_add_func("/trend/week-years", test_week_years);
    g_test_add_func("/trend/few", test_few);
    g_test_add_func("/trend/protected", test_protected);
    g_test_add_func("/trend/questions", test_questions);
    g_test_add_func("/trend/no-variance", test_no_variance);
    g_test_add_func("/trend/truth", test_truth);
    return g_test_run();
}
