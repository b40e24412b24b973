/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/polr.h"

#include "check.h"
#include "stats/random.h"

/* Copenhagen housing (Madsen 1976; Venables and Ripley, Modern Applied Statistics with S, 7.3):
 * counts by contact (low, high), type (tower, apartment, atrium, terrace), influence (low, medium,
 * high), satisfaction (low, medium, high). */
static const double housing[] = {
    21, 21, 28, 34, 22, 36, 10, 11, 36, 61, 23, 17, 43, 35, 40, 26, 18, 54, 13, 9,  10, 8,  8,  12,
    6,  7,  9,  18, 6,  7,  15, 13, 13, 7,  5,  11, 14, 19, 37, 17, 23, 40, 3,  5,  23, 78, 46, 43,
    48, 45, 86, 15, 25, 62, 20, 23, 20, 10, 22, 24, 7,  10, 21, 57, 23, 13, 31, 21, 13, 5,  6,  13,
};

static void test_housing(void)
{
    enum { N = 72, P = 6 };
    static const guint column_of[P][2] = {{1, 1}, {1, 2}, {2, 1}, {2, 2}, {2, 3}, {3, 1}};
    double x[P * N];
    guint level[N];
    for (guint i = 0; i < N; i++) {
        const guint factor[] = {i % 3, i / 3 % 3, i / 9 % 4, i / 36};
        level[i] = factor[0];
        for (guint j = 0; j < P; j++)
            x[j * N + i] = factor[column_of[j][0]] == column_of[j][1];
    }
    g_autoptr(plx_polr) fit = plx_polr_new(&(struct plx_polr_data){x, level, housing, N, P, 3});
    near(fit->n, 1681, 0);
    static const double published[] = {.5664, 1.2888, -.5724, -.3662, -1.0910, .3603};
    /* as summary(polr()) prints them */
    static const double published_se[] = {.10465, .12716, .11924, .15517, .15149, .09554};
    for (guint j = 0; j < P; j++) {
        near(fit->coefficient[j], published[j], 5e-5);
        near(fit->se[j], published_se[j], 5e-5);
    }
    near(fit->cut[0], -.4961, 5e-5);
    near(fit->cut[1], .6907, 5e-5);
    near(fit->cut_se[0], .1248, 5e-5);
    near(fit->cut_se[1], .1255, 5e-5);
    near(fit->deviance, 3479.149, 5e-4);
}

/* Two levels and one dummy: the log odds ratio of a fourfold table, with Woolf's standard error. */
static void test_fourfold(void)
{
    const double x[] = {0, 0, 1, 1};
    const guint level[] = {0, 1, 0, 1};
    const double count[] = {30, 10, 12, 28};
    g_autoptr(plx_polr) fit = plx_polr_new(&(struct plx_polr_data){x, level, count, 4, 1, 2});
    near(fit->coefficient[0], log(30 * 28 / (10.0 * 12)), 1e-9);
    near(fit->se[0], sqrt(1 / 30.0 + 1 / 10.0 + 1 / 12.0 + 1 / 28.0), 1e-9);
    near(fit->cut[0], log(3), 1e-9);
    near(fit->cut_se[0], sqrt(1 / 30.0 + 1 / 10.0), 1e-9);
}

/* Without columns the cuts are the logits of the cumulated shares. */
static void test_no_columns(void)
{
    const guint level[] = {0, 1, 2};
    const double count[] = {10, 20, 70};
    g_autoptr(plx_polr) fit = plx_polr_new(&(struct plx_polr_data){NULL, level, count, 3, 0, 3});
    near(fit->cut[0], log(.1 / .9), 1e-9);
    near(fit->cut[1], log(.3 / .7), 1e-9);
    near(fit->deviance, -2 * (10 * log(.1) + 20 * log(.2) + 70 * log(.7)), 1e-9);
}

struct sample {
    double x[3 * 300];
    guint level[300];
};

static void draw(struct plx_random *random, struct sample *s)
{
    for (guint i = 0; i < 300; i++) {
        s->x[i] = plx_random_normal(random);
        s->x[300 + i] = 100 + 10 * plx_random_normal(random);
        s->x[600 + i] = s->x[i] - 2 * s->x[300 + i];
        const double u = plx_random_uniform(random);
        const double latent = s->x[i] + log(u / (1 - u));
        s->level[i] = (latent > -1 ? 1U : 0U) + (latent > 0 ? 1U : 0U) + (latent > 2 ? 1U : 0U);
    }
}

/* Turning the levels round turns the signs; a collinear column changes nothing. */
static void test_properties(void)
{
    struct plx_random random;
    plx_random_seed(&random, 17);
    struct sample s;
    draw(&random, &s);
    guint turned[300];
    for (guint i = 0; i < 300; i++)
        turned[i] = 3 - s.level[i];
    struct plx_polr_data data = {s.x, s.level, NULL, 300, 2, 4};
    g_autoptr(plx_polr) fit = plx_polr_new(&data);
    data.p = 3;
    g_autoptr(plx_polr) collinear = plx_polr_new(&data);
    data.level = turned;
    data.p = 2;
    g_autoptr(plx_polr) other = plx_polr_new(&data);
    near(fit->coefficient[0], 1, 4 * fit->se[0]);
    for (guint j = 0; j < 2; j++) {
        near(other->coefficient[j], -fit->coefficient[j], 1e-8);
        near(other->se[j], fit->se[j], 1e-8);
        near(collinear->coefficient[j], fit->coefficient[j], 1e-8);
    }
    for (guint c = 0; c < 3; c++)
        near(other->cut[c], -fit->cut[2 - c], 1e-6);
    g_assert_true(isnan(collinear->coefficient[2]) && isnan(collinear->se[2]));
}

static void test_no_maximum(void)
{
    const double x[] = {1, 2, 3, 4, 5, 6, 7, 8};
    const guint separated[] = {0, 0, 0, 1, 1, 2, 2, 2};
    const guint gap[] = {0, 2, 0, 2, 0, 2, 2, 0};
    const guint one[] = {0, 0, 0, 0, 0, 0, 0, 0};
    const struct plx_polr_data none[] = {
        {x, separated, NULL, 8, 1, 3},
        {x, gap, NULL, 8, 1, 3},
        {x, one, NULL, 8, 1, 1},
        {x, gap, NULL, 2, 1, 3},
    };
    for (guint i = 0; i < 4; i++) {
        g_autoptr(plx_polr) fit = plx_polr_new(&none[i]);
        g_assert_true(isnan(fit->coefficient[0]) && isnan(fit->deviance));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/polr/housing", test_housing);
    g_test_add_func("/polr/fourfold", test_fourfold);
    g_test_add_func("/polr/no-columns", test_no_columns);
    g_test_add_func("/polr/properties", test_properties);
    g_test_add_func("/polr/no-maximum", test_no_maximum);
    return g_test_run();
}
