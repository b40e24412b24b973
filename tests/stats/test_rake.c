/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/rake.h"

#include "../light.h"
#include "check.h"
#include "stats/random.h"

#define UNBOUNDED .low = 0, .high = PLX_INFINITY, .tolerance = 1e-12, .rounds = 1000

/* methods.md 8.6: the example of the IPF page, 4 x 4. */
static const double seed[16] = {40, 30, 20, 10, 35, 50, 100, 75, 30, 80, 70, 120, 20, 30, 40, 50};
static const double row_targets[] = {150, 300, 400, 150};
static const double column_targets[] = {200, 300, 400, 100};
static const guint row_of[16] = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3};
static const guint column_of[16] = {0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3};
static const struct plx_rake_margin table[] = {{row_of, 4, row_targets},
                                               {column_of, 4, column_targets}};

static void test_published(void)
{
    const double expected[] = {64.56, 46.23,  35.38,  3.82,  49.97, 68.16, 156.50, 25.37,
                               56.72, 144.43, 145.08, 53.77, 28.75, 41.18, 63.03,  17.03};
    const struct plx_rake_task task = {
        .cells = 16, .count = seed, .margin = table, .margins = 2, .total = 1000, UNBOUNDED};
    double w[16];
    const struct plx_rake r = plx_rake(&task, w);
    g_assert_cmpint(r.code, ==, PLX_RAKE_DONE);
    for (guint i = 0; i < 16; i++)
        near(seed[i] * w[i], expected[i], .0051);
    near(r.off, 0, 1e-12);
    near(r.trimmed, 0, 0);
    near(r.n, 800, 0);
}

/* Kish of weights 1, 1, 2, 4: one margin gives them. */
static void test_kish(void)
{
    const guint category[] = {0, 1, 2, 3};
    const double target[] = {1, 1, 2, 4};
    const struct plx_rake_margin margin = {category, 4, target};
    const struct plx_rake_task task = {
        .cells = 4, .margin = &margin, .margins = 1, .total = 4, UNBOUNDED};
    double w[4];
    const struct plx_rake r = plx_rake(&task, w);
    near(r.n_eff, 2.9091, 5e-5);
    near(r.deff, 4 / 2.9091, 5e-5);
    near(w[3], 2, 1e-12);
}

static double margin_of(const double *w, const double *count, const guint *category, guint n,
                        guint c)
{
    double sum = 0;
    for (guint i = 0; i < n; i++)
        sum += category[i] == c ? w[i] * count[i] : 0;
    return sum;
}

/* Random worlds of 3 x 4 x 2: margins hold, bounds hold, and the order of margins is nothing. */
static void check_world(struct plx_random *random, double low, double high, guint *reached)
{
    enum { N = 24 };
    guint category[3][N];
    double count[N];
    double start[N];
    double target[3][4];
    struct plx_rake_margin margin[3];
    const guint k[] = {3, 4, 2};
    for (guint i = 0; i < N; i++) {
        category[0][i] = i % 3;
        category[1][i] = i / 3 % 4;
        category[2][i] = i / 12;
        count[i] = 1 + (double)plx_random_below(random, 30);
        start[i] = .5 + plx_random_uniform(random);
    }
    for (guint m = 0; m < 3; m++) {
        for (guint c = 0; c < k[m]; c++)
            target[m][c] = .5 + plx_random_uniform(random);
        margin[m] = (struct plx_rake_margin){category[m], k[m], target[m]};
    }
    struct plx_rake_task task = {.cells = N,
                                 .count = count,
                                 .start = start,
                                 .margin = margin,
                                 .margins = 3,
                                 .total = 1,
                                 .low = low,
                                 .high = high,
                                 .tolerance = 1e-11,
                                 .rounds = 5000};
    double w[N];
    double turned[N];
    const struct plx_rake r = plx_rake(&task, w);
    const struct plx_rake_margin other[] = {margin[2], margin[0], margin[1]};
    task.margin = other;
    const struct plx_rake s = plx_rake(&task, turned);
    g_assert_cmpint(r.code, ==, s.code);
    if (r.code != PLX_RAKE_DONE)
        return;
    *reached += 1;
    const double mean = 1 / r.n;
    for (guint i = 0; i < N; i++) {
        near(turned[i] / mean, w[i] / mean, 1e-6);
        g_assert_true(w[i] >= low * mean * (1 - 1e-12) && w[i] <= high * mean * (1 + 1e-12));
    }
    for (guint m = 0; m < 3; m++) {
        double sum = 0;
        for (guint c = 0; c < k[m]; c++)
            sum += target[m][c];
        for (guint c = 0; c < k[m]; c++)
            near(margin_of(w, count, category[m], N, c), target[m][c] / sum, 2e-11);
    }
}

static void test_worlds(void)
{
    struct plx_random random;
    plx_random_seed(&random, 5);
    guint plain = 0;
    guint bounded = 0;
    const guint worlds = is_light() ? 25 : 100;
    for (guint world = 0; world < worlds; world++) {
        check_world(&random, 0, PLX_INFINITY, &plain);
        check_world(&random, .5, 2, &bounded);
    }
    g_assert_cmpuint(plain, ==, worlds);
    g_assert_cmpuint(bounded, >, worlds / 5);
    g_assert_cmpuint(bounded, <, worlds);
}

/* Bounds that no weight meets change no byte; those that some meet hold, at a smaller n_eff loss.
 */
static void test_bounds(void)
{
    struct plx_rake_task task = {
        .cells = 16, .count = seed, .margin = table, .margins = 2, .total = 1000, UNBOUNDED};
    double w[16];
    double wide[16];
    double cut[16];
    const struct plx_rake plain = plx_rake(&task, w);
    task.low = .1;
    task.high = 10;
    g_assert_cmpint(plx_rake(&task, wide).code, ==, PLX_RAKE_DONE);
    for (guint i = 0; i < 16; i++)
        near(wide[i], w[i], 0);
    task.low = .3;
    task.high = 1.6;
    const struct plx_rake r = plx_rake(&task, cut);
    g_assert_cmpint(r.code, ==, PLX_RAKE_DONE);
    g_assert_cmpfloat(r.trimmed, >, 0);
    g_assert_cmpfloat(r.trimmed, <, 800);
    double most = 0;
    for (guint i = 0; i < 16; i++)
        most = MAX(most, cut[i]);
    near(most, 1.6 * 1000 / 800, 1e-9);
    for (guint c = 0; c < 4; c++) {
        near(margin_of(cut, seed, row_of, 16, c), row_targets[c], 1e-6);
        near(margin_of(cut, seed, column_of, 16, c), column_targets[c], 1e-6);
    }
    g_assert_cmpfloat(plain.n_eff, <, 800);
}

static void test_faults(void)
{
    const guint category[] = {0, 0, 1};
    const double target[] = {1, 1, 1}; /* nobody in 2 */
    const struct plx_rake_margin empty = {category, 3, target};
    struct plx_rake_task task = {.cells = 3, .margin = &empty, .margins = 1, .total = 1, UNBOUNDED};
    double w[4] = {-1, -1, -1, -1};
    struct plx_rake r = plx_rake(&task, w);
    g_assert_cmpint(r.code, ==, PLX_RAKE_EMPTY);
    g_assert_cmpuint(r.category, ==, 2);

    const double lone[] = {1, 9};
    const struct plx_rake_margin far = {category, 2, lone};
    task.margin = &far;
    task.low = .3;
    task.high = 2;
    r = plx_rake(&task, w);
    g_assert_cmpint(r.code, ==, PLX_RAKE_BOUNDS); /* two of three must be a tenth: below .2 */
    g_assert_cmpuint(r.category, ==, 0);
    near(r.least, .2, 1e-12);
    near(r.most, 4 / 3.0, 1e-12);

    /* A diagonal: rows and columns are the same people, with two different targets. */
    const guint side[] = {0, 1};
    const double one[] = {1, 2};
    const double two[] = {2, 1};
    const struct plx_rake_margin against[] = {{side, 2, one}, {side, 2, two}};
    struct plx_rake_task apart = {
        .cells = 2, .margin = against, .margins = 2, .total = 3, UNBOUNDED};
    r = plx_rake(&apart, w);
    g_assert_cmpint(r.code, ==, PLX_RAKE_NOT_CONVERGED);
    near(r.off, 1 / 3.0, 1e-9);
    g_assert_cmpuint(r.rounds, ==, 1000);
    g_assert_true(isnan(r.n_eff));
    near(w[0], -1, 0);
    near(w[3], -1, 0);
}

/* Who has no target has no weight, and who starts with none keeps none. */
static void test_zeros(void)
{
    const guint category[] = {0, 0, 1, 2};
    const double target[] = {3, 1, 0};
    const double start[] = {1, 0, 1, 1};
    const struct plx_rake_margin margin = {category, 3, target};
    const struct plx_rake_task task = {.cells = 4,
                                       .start = start,
                                       .margin = &margin,
                                       .margins = 1,
                                       .total = 4,
                                       .low = .3,
                                       .high = 3,
                                       .tolerance = 1e-9,
                                       .rounds = 10};
    double w[4];
    const struct plx_rake r = plx_rake(&task, w);
    g_assert_cmpint(r.code, ==, PLX_RAKE_DONE);
    near(w[0], 3, 1e-12);
    near(w[1], 0, 0);
    near(w[2], 1, 1e-12);
    near(w[3], 0, 0);
    near(r.n_eff, 1.6, 1e-12);
    near(r.deff, 2.5, 1e-12);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rake/published", test_published);
    g_test_add_func("/rake/kish", test_kish);
    g_test_add_func("/rake/worlds", test_worlds);
    g_test_add_func("/rake/bounds", test_bounds);
    g_test_add_func("/rake/faults", test_faults);
    g_test_add_func("/rake/zeros", test_zeros);
    return g_test_run();
}
