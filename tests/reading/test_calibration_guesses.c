/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small part of `bench/calibrate guesses`, with a fixed seed: what `parallax beliefs` says of
 * simulated rooms, against what is true of them. The whole table is in docs/calibration.md. */
#include "bench/calibration_guesses.h"

#include <glib.h>
#include <math.h>

static struct plx_guessed check(struct plx_room room, guint n, guint runs, double decided)
{
    struct plx_guessed result;
    plx_calibrate_guesses(&room, n, runs, 1, g_get_num_processors(), &result);
    g_autofree char *broken = plx_guessed_broken(&result, n);
    g_test_message("n %u: %.3f (+- %.3f), rest %.3f, gap %.3f, decided %.3f, wrong %.4f", n,
                   result.belief.coverage, result.belief.error, result.belief.rest,
                   result.gap.coverage, result.decided, result.wrong);
    g_assert_cmpstr(broken, ==, NULL);
    g_assert_cmpfloat(result.decided, >=, decided); /* or nothing could be wrong */
    return result;
}

static void test_few_leaders(void)
{
    check((struct plx_room){.customers = 30}, 3, 40, 0.3);
    check((struct plx_room){.customers = 100}, 5, 40, 0.45);
    check((struct plx_room){.customers = 300}, 8, 40, 0.55);
    check((struct plx_room){.customers = 1000}, 20, 20, 0.7);
}

/* Tables are what was drawn, however alike the people at them are. */
static void test_tables(void)
{
    for (guint alike = 0; alike <= 5; alike += 5) {
        const struct plx_room room = {.customers = 300, .tables = TRUE, .alike = alike / 10.0};
        check(room, 3, 30, 0.3);
        const struct plx_guessed eight = check(room, 8, 30, 0.55);
        g_assert_cmpfloat(eight.gap.coverage, >=, 0.93);
    }
    check((struct plx_room){.tables = TRUE, .alike = 0.3}, 12, 20, 0.3);
}

/* More alike, less sure: were people the units, the width would stay the same. */
static void test_alike(void)
{
    const struct plx_room apart = {.customers = 300, .tables = TRUE};
    const struct plx_room alike = {.customers = 300, .tables = TRUE, .alike = 0.5};
    const struct plx_guessed a = check(apart, 12, 10, 0.6), b = check(alike, 12, 10, 0.5);
    g_assert_cmpfloat(b.belief.width, >, 1.2 * a.belief.width);
    g_assert_cmpfloat(b.gap.width, >, 1.2 * a.gap.width);
}

static void test_themes(void)
{
    for (guint tables = 3; tables <= 12; tables++) {
        double lowest;
        g_assert_cmpfloat(plx_tables_coverage(tables, &lowest), >=, 0.95);
        g_assert_cmpfloat(lowest, >=, 0.83);
    }
}

static void test_threads(void)
{
    const struct plx_room room = {.customers = 30, .tables = TRUE, .alike = 0.3};
    struct plx_guessed one, many;
    plx_calibrate_guesses(&room, 5, 12, 7, 1, &one);
    plx_calibrate_guesses(&room, 5, 12, 7, 5, &many);
    g_assert_true(one.belief.coverage == many.belief.coverage);
    g_assert_true(one.belief.width == many.belief.width);
    g_assert_true(one.gap.coverage == many.gap.coverage);
    g_assert_true(one.decided == many.decided);
}

/* What is broken is said. */
static void test_broken(void)
{
    struct plx_guessed result = {.belief = {.coverage = 0.96, .rest = NAN},
                                 .gap = {.coverage = NAN, .rest = NAN},
                                 .decided = 0.5};
    g_assert_null(plx_guessed_broken(&result, 5));
    result.belief = (struct plx_guessed_watch){.coverage = 0.92, .error = 0.004, .rest = 0.89};
    result.gap = (struct plx_guessed_watch){.coverage = 0.8, .varied = 0.98, .rest = NAN};
    result.wrong = 0.03;
    g_autofree char *broken = plx_guessed_broken(&result, 5);
    g_assert_cmpstr(broken, ==,
                    "n = 5: belief ci covers 92.00 % (+- 0.40)\n"
                    "n = 5: belief ci covers 89.00 % where few are expected\n"
                    "n = 5: gap ci covers 80.00 % (+- 0.00)\n"
                    "n = 5: 6.00 % of the decided beliefs are wrong\n");
    const struct plx_guessed sure = {.belief = result.gap, .gap = {.coverage = NAN, .rest = NAN}};
    g_autofree char *wide = plx_guessed_broken(&sure, 20);
    g_assert_cmpstr(wide, ==,
                    "n = 20: belief ci covers 80.00 % (+- 0.00)\n"
                    "n = 20: belief ci covers as much as 98.00 %\n");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/calibration/guesses/few-leaders", test_few_leaders);
    g_test_add_func("/calibration/guesses/tables", test_tables);
    g_test_add_func("/calibration/guesses/alike", test_alike);
    g_test_add_func("/calibration/guesses/themes", test_themes);
    g_test_add_func("/calibration/guesses/threads", test_threads);
    g_test_add_func("/calibration/guesses/broken", test_broken);
    return g_test_run();
}
