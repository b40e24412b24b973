/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/mean_interval.h"

#include "check.h"
#include "stats/moments.h"
#include "stats/random.h"
#include "stats/sample.h"

static struct plx_distribution of(const double *counts, guint k)
{
    return plx_distribution_counts(counts, k, 1);
}

/* Any counts, any level: inside the scale, around the mean, never a point, wider when surer. */
static void test_always_sane(void)
{
    struct plx_random random;
    plx_random_seed(&random, 1);
    for (int run = 0; run < 2000; run++) {
        double counts[6] = {0};
        const guint64 n = 2 + plx_random_below(&random, 40);
        const guint64 used = 1 + plx_random_below(&random, 6);
        for (guint64 i = 0; i < n; i++)
            counts[plx_random_below(&random, used)]++;
        const struct plx_distribution d = of(counts, 6);
        struct plx_interval before = {plx_mean(&d), plx_mean(&d)};
        const double levels[] = {0.5, 0.9, 0.95, 0.999, 0.99999, 0.9999999};
        for (guint i = 0; i < PLX_LEN(levels); i++) {
            const struct plx_interval ci = plx_mean_interval(&d, levels[i]);
            g_assert_true(1 <= ci.lo && ci.hi <= 6 && ci.lo < ci.hi);
            g_assert_true(ci.lo <= before.lo && before.hi <= ci.hi);
            before = ci;
        }
    }
}

/* Nine who all say 4 do not know it to be exactly 4; thousands nearly do. */
static void test_unanimous(void)
{
    double counts[] = {0, 0, 0, 9, 0, 0};
    const struct plx_distribution few = of(counts, 6);
    const struct plx_interval wide = plx_mean_interval(&few, 0.95);
    g_assert_cmpfloat(wide.hi - wide.lo, >, 0.1);
    const struct plx_interval classical = plx_mean_t_interval(&few, 0.95);
    g_assert_cmpfloat(classical.lo, ==, classical.hi); /* why there is another one */
    counts[3] = 9000;
    const struct plx_distribution many = of(counts, 6);
    const struct plx_interval narrow = plx_mean_interval(&many, 0.95);
    g_assert_cmpfloat(narrow.hi - narrow.lo, <, 0.01);
}

static void test_mirror_and_shift(void)
{
    double mirrored[6];
    for (int i = 0; i < 6; i++)
        mirrored[i] = leaders[5 - i];
    const struct plx_distribution d = of(leaders, 6);
    const struct plx_distribution m = of(mirrored, 6);
    const struct plx_distribution shifted = plx_distribution_counts(leaders, 6, 101);
    const struct plx_interval a = plx_mean_interval(&d, 0.95);
    const struct plx_interval b = plx_mean_interval(&m, 0.95);
    const struct plx_interval c = plx_mean_interval(&shifted, 0.95);
    near(a.lo, 7 - b.hi, 1e-12);
    near(a.hi, 7 - b.lo, 1e-12);
    near(c.lo - a.lo, 100, 1e-11);
}

/* With many answers it is the textbook's interval. */
static void test_large_is_textbook(void)
{
    double counts[6];
    for (int i = 0; i < 6; i++)
        counts[i] = 1e4 * customers[i];
    const struct plx_distribution d = of(counts, 6);
    const struct plx_interval a = plx_mean_interval(&d, 0.95);
    const struct plx_interval t = plx_mean_t_interval(&d, 0.95);
    near(a.lo, t.lo, 1e-5);
    near(a.hi, t.hi, 1e-5);
}

static void test_complete_and_missing(void)
{
    struct plx_distribution d = of(leaders, 6);
    d.complete = TRUE;
    const struct plx_interval ci = plx_mean_interval(&d, 0.95);
    g_assert_cmpfloat(ci.lo, ==, plx_mean(&d));
    g_assert_cmpfloat(ci.hi, ==, plx_mean(&d));
    const double one[] = {0, 1, 0};
    const struct plx_distribution single = of(one, 3);
    g_assert_true(isnan(plx_mean_interval(&single, 0.95).lo));
    const double none[] = {0, 0, 0};
    const struct plx_distribution empty = of(none, 3);
    g_assert_true(isnan(plx_mean_interval(&empty, 0.95).hi));
}

static void test_clusters_of_one(void)
{
    double m[36] = {0};
    for (guint i = 0; i < 6; i++)
        m[i * 6 + i] = leaders[i];
    const struct plx_distribution plain = of(leaders, 6);
    struct plx_distribution clustered = plain;
    clustered.m = m;
    near(plx_mean_interval(&clustered, 0.95).lo, plx_mean_interval(&plain, 0.95).lo, 1e-12);
}

static void test_mover(void)
{
    const struct plx_interval ci =
        plx_mover(5, (struct plx_interval){2, 6}, 1, (struct plx_interval){0, 5});
    near(ci.lo, 4 - 5, 1e-15); /* sqrt(3^2 + 4^2) */
    near(ci.hi, 4 + sqrt(2), 1e-15);
    g_assert_true(isnan(
        plx_mover(5, (struct plx_interval){PLX_NAN, PLX_NAN}, 1, (struct plx_interval){0, 5}).lo));
}

static void test_difference(void)
{
    const struct plx_distribution a = of(leaders, 6);
    const struct plx_distribution b = of(customers, 6);
    const struct plx_difference d = plx_mean_difference(&a, &b, 0.95);
    near(d.difference, 0.69, 1e-12);
    near(d.df, 54.903, 5e-4);   /* Welch, methods.md 8.5 */
    near(d.ci.lo, .2870, 0.03); /* close to Welch's .2870 .. 1.0930 at n = 40 */
    near(d.ci.hi, 1.0930, 0.03);
    const struct plx_difference back = plx_mean_difference(&b, &a, 0.95);
    near(back.ci.lo, -d.ci.hi, 1e-12);
    near(back.ci.hi, -d.ci.lo, 1e-12);
    struct plx_distribution whole = a;
    whole.complete = TRUE;
    const struct plx_difference one = plx_mean_difference(&whole, &b, 0.95);
    const struct plx_interval ib = plx_mean_interval(&b, 0.95);
    near(one.ci.lo, plx_mean(&a) - ib.hi, 1e-12);
    near(one.df, 199, 1e-9);
}

static void test_decide(void)
{
    g_assert_cmpint(plx_decide((struct plx_interval){0.6, 2}, 0.5), ==, PLX_DECISION_ABOVE);
    g_assert_cmpint(plx_decide((struct plx_interval){-2, -0.6}, 0.5), ==, PLX_DECISION_BELOW);
    g_assert_cmpint(plx_decide((struct plx_interval){-0.4, 0.3}, 0.5), ==, PLX_DECISION_WITHIN);
    g_assert_cmpint(plx_decide((struct plx_interval){-0.4, 0.7}, 0.5), ==, PLX_DECISION_NONE);
    g_assert_cmpint(plx_decide((struct plx_interval){0.5, 0.7}, 0.5), ==, PLX_DECISION_NONE);
    g_assert_cmpint(plx_decide((struct plx_interval){PLX_NAN, PLX_NAN}, 0.5), ==,
                    PLX_DECISION_NONE);
}

/* Adding as many answers of the same kind as it says decides, one and a half fewer do not. */
static void test_answers_needed(void)
{
    struct plx_distribution a = of(leaders, 6);
    const double small[] = {2, 2, 3, 3, 1, 1};
    const struct plx_distribution b = of(small, 6);
    a.complete = TRUE;
    const double more = plx_answers_needed(&a, &b, 0.95, 0.5);
    g_assert_cmpfloat(more, >, 0);
    g_assert_true(isfinite(more));
    double grown[6];
    for (int enough = 0; enough <= 1; enough++) {
        const double factor = (12 + more - (enough ? 0 : 1.5)) / 12;
        for (int i = 0; i < 6; i++)
            grown[i] = small[i] * factor;
        const struct plx_distribution g = of(grown, 6);
        const enum plx_decision decision = plx_decide(plx_mean_difference(&a, &g, 0.95).ci, 0.5);
        g_assert_cmpint(decision != PLX_DECISION_NONE, ==, enough);
    }
    const struct plx_distribution c = of(customers, 6);
    g_assert_cmpfloat(plx_answers_needed(&a, &c, 0.95, 0.1), ==, 0);
    const double three[] = {0, 0, 1, 1, 1, 0};
    const struct plx_distribution few = of(three, 6);
    g_assert_true(isinf(plx_answers_needed(&few, &c, 0.95, 0.5)));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mean-interval/always-sane", test_always_sane);
    g_test_add_func("/mean-interval/unanimous", test_unanimous);
    g_test_add_func("/mean-interval/mirror-and-shift", test_mirror_and_shift);
    g_test_add_func("/mean-interval/large-is-textbook", test_large_is_textbook);
    g_test_add_func("/mean-interval/complete-and-missing", test_complete_and_missing);
    g_test_add_func("/mean-interval/clusters-of-one", test_clusters_of_one);
    g_test_add_func("/mean-interval/mover", test_mover);
    g_test_add_func("/mean-interval/difference", test_difference);
    g_test_add_func("/mean-interval/decide", test_decide);
    g_test_add_func("/mean-interval/answers-needed", test_answers_needed);
    return g_test_run();
}
