/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/place_change.h"

#include "check.h"
#include "stats/random.h"

/* Student's sleep data (1908), as R's t.test(extra ~ group) prints Welch's: t = -1.8608, df =
 * 17.776, p = .07939, interval -3.3654832 to .2054832. */
static void test_welch(void)
{
    const double one[] = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
    const double two[] = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
    const struct plx_place_change c = plx_place_change(one, 10, two, 10, .95, 1);
    near(c.estimate / c.se, -1.8608, 5e-5);
    near(c.df, 17.776, 5e-4);
    near(c.p, .07939, 5e-6);
    near(c.ci.lo, -3.3654832, 5e-8);
    near(c.ci.hi, .2054832, 5e-8);
    near(c.treated, .75, 1e-12);
    near(c.comparison, 2.33, 1e-12);
    g_assert_cmpint(c.method, ==, PLX_P_MONTE_CARLO); /* 184,756 divisions */
    near(c.p_permuted, c.p, .01);
}

/* The mice of Efron and Tibshirani (1993, table 2.1): days they lived, 86.86 (se 25.24) treated
 * against 56.22 (14.14), difference 30.63 (28.93). Welch's t and the count of divisions, all 11,440
 * of them, from R's t.test() and combn(). */
static void test_mice(void)
{
    const double treated[] = {94, 197, 16, 38, 99, 141, 23};
    const double control[] = {52, 104, 146, 10, 51, 30, 40, 27, 46};
    const struct plx_place_change c = plx_place_change(treated, 7, control, 9, .95, 1);
    near(c.treated, 86.86, 5e-3);
    near(c.comparison, 56.22, 5e-3);
    near(c.estimate, 30.63, 6e-3);
    near(c.se, 28.93, 7e-3); /* of the two printed errors */
    near(c.df, 9.6544901, 5e-8);
    near(c.p, .3155007, 5e-8);
    near(c.ci.lo, -34.15278514, 5e-9);
    near(c.ci.hi, 95.42262641, 5e-9);
    g_assert_cmpint(c.method, ==, PLX_P_EXACT);
    near(c.p_permuted, 3513.0 / 11440, 1e-12);
}

/* The tomatoes of Box, Hunter and Hunter (1978, section 4.2): 22.53 with the new fertiliser, 20.84
 * without; of 462 divisions 154 differ by as much as these do that way. Of the t, both ways, 309:
 * R. */
static void test_tomatoes(void)
{
    const double with[] = {26.6, 23.7, 28.5, 14.2, 17.9, 24.3};
    const double without[] = {29.9, 11.4, 25.3, 16.5, 21.1};
    const struct plx_place_change c = plx_place_change(with, 6, without, 5, .95, 1);
    near(c.estimate, 1.69, 5e-3);
    near(c.estimate / c.se, .43125804, 5e-9);
    near(c.df, 7.3368917, 5e-8);
    near(c.p_permuted, 309.0 / 462, 1e-12);
}

/* The jaws of Manly's golden jackals (1991, section 1.1), ten of each sex: 113.4 and 108.6 mm,
 * t 3.48. With as many on both sides t and difference order alike: 616 of 184,756 (R), so of 20,000
 * draws 66.7, within four errors. */
static void test_jackals(void)
{
    const double males[] = {120, 107, 110, 116, 114, 111, 113, 117, 114, 112};
    const double females[] = {110, 111, 107, 108, 110, 105, 107, 106, 111, 111};
    const struct plx_place_change c = plx_place_change(males, 10, females, 10, .95, 1);
    near(c.estimate, 4.8, 1e-12);
    near(c.estimate / c.se, 3.48, 5e-3);
    near(c.df, 14.893862, 5e-7);
    near(c.p, .003359952, 5e-10);
    g_assert_cmpint(c.method, ==, PLX_P_MONTE_CARLO);
    near(c.p_permuted, 616.0 / 184756, 4 * sqrt(616.0 / 184756 / PLX_PLACE_DRAWS));
}

/* Four against four: of 70 divisions the one that was made and its mirror are the most extreme. */
static void test_separated(void)
{
    const double treated[] = {1, 2, 3, 4};
    const double comparison[] = {-4, -3, -2, -1};
    const struct plx_place_change c = plx_place_change(treated, 4, comparison, 4, .95, 1);
    near(c.estimate, 5, 1e-12);
    near(c.p_permuted, 2.0 / 70, 1e-12);
    g_assert_cmpint(c.method, ==, PLX_P_EXACT);
}

/* Without the permutation nothing else differs. */
static void test_plain(void)
{
    const double treated[] = {1, 2, 3, 4.5};
    const double comparison[] = {-4, -3, 2, -1};
    const struct plx_place_change c = plx_place_change(treated, 4, comparison, 4, .95, 1);
    const struct plx_place_change plain = plx_place_change_plain(treated, 4, comparison, 4, .95);
    near(plain.estimate, c.estimate, 0);
    near(plain.p, c.p, 0);
    near(plain.ci.lo, c.ci.lo, 0);
    g_assert_cmpint(plain.method, ==, PLX_P_NONE);
    g_assert_true(isnan(plain.p_permuted));
}

static double naive_t(const double *change, guint n, guint treated)
{
    double sum[2] = {0}, square[2] = {0}, count[2] = {0};
    for (guint i = 0; i < n; i++) {
        const guint side = treated >> i & 1;
        sum[side] += change[i];
        square[side] += change[i] * change[i];
        count[side]++;
    }
    double variance = 0;
    for (guint s = 0; s < 2; s++)
        variance += (square[s] - sum[s] * sum[s] / count[s]) / (count[s] - 1) / count[s];
    return fabs(sum[1] / count[1] - sum[0] / count[0]) / sqrt(variance);
}

/* Every subset of the places by its bits. */
static void test_naive(void)
{
    struct plx_random random;
    plx_random_seed(&random, 7);
    for (guint world = 0; world < 20; world++) {
        double change[9];
        for (guint i = 0; i < 9; i++)
            change[i] = plx_random_normal(&random);
        const double observed = naive_t(change, 9, 15);
        double hits = 0, all = 0;
        for (guint set = 0; set < 512; set++) {
            if (__builtin_popcount(set) != 4)
                continue;
            hits += naive_t(change, 9, set) >= observed * (1 - 1e-9);
            all++;
        }
        const struct plx_place_change c = plx_place_change(change, 4, change + 4, 5, .95, 1);
        near(c.p_permuted, hits / all, 1e-12);
        near(fabs(c.estimate / c.se), observed, 1e-9);
    }
}

/* A number that all places share is no change more; nor is the order of places anything. */
static void test_shift(void)
{
    const double a[] = {.4, .1, .9, .3}, b[] = {.2, -.1, .05, .3, -.2};
    const double a2[] = {1.3, 1.9, 1.1, 1.4}, b2[] = {.8, 1.3, 1.05, .9, 1.2};
    const struct plx_place_change x = plx_place_change(a, 4, b, 5, .9, 1);
    const struct plx_place_change y = plx_place_change(a2, 4, b2, 5, .9, 1);
    near(x.estimate, y.estimate, 1e-12);
    near(x.ci.lo, y.ci.lo, 1e-12);
    near(x.p_permuted, y.p_permuted, 1e-12);
}

static void test_faults(void)
{
    const double a[] = {.4, .4}, b[] = {.1, .1};
    struct plx_place_change c = plx_place_change(a, 2, b, 2, .95, 1);
    near(c.estimate, .3, 1e-12); /* no spread: no error */
    g_assert_true(isnan(c.se) && isnan(c.p) && isnan(c.ci.lo) && isnan(c.p_permuted));
    g_assert_cmpint(c.method, ==, PLX_P_NONE);
    c = plx_place_change(a, 1, b, 2, .95, 1);
    near(c.estimate, .3, 1e-12);
    g_assert_true(isnan(c.se));
    c = plx_place_change(a, 0, b, 0, .95, 1);
    g_assert_true(isnan(c.estimate) && isnan(c.treated));
}

/* Nothing happens at any place: 5 % of 4,000 worlds with 4 + 4 places, within three errors. */
static void test_size(void)
{
    struct plx_random random;
    plx_random_seed(&random, 11);
    guint t = 0, permuted = 0;
    for (guint world = 0; world < 4000; world++) {
        double change[8];
        for (guint i = 0; i < 8; i++)
            change[i] = plx_random_normal(&random);
        const struct plx_place_change c = plx_place_change(change, 4, change + 4, 4, .95, 1);
        t += c.p <= .05;
        permuted += c.p_permuted <= .05;
    }
    g_assert_cmpuint(t, <=, 241);
    g_assert_cmpuint(permuted, <=, 241);
    g_assert_cmpuint(t, >=, 100);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/place-change/welch", test_welch);
    g_test_add_func("/place-change/mice", test_mice);
    g_test_add_func("/place-change/tomatoes", test_tomatoes);
    g_test_add_func("/place-change/jackals", test_jackals);
    g_test_add_func("/place-change/separated", test_separated);
    g_test_add_func("/place-change/plain", test_plain);
    g_test_add_func("/place-change/naive", test_naive);
    g_test_add_func("/place-change/shift", test_shift);
    g_test_add_func("/place-change/faults", test_faults);
    g_test_add_func("/place-change/size", test_size);
    return g_test_run();
}
