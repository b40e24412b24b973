/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/random.h"

#include "check.h"

/* First outputs of the authors' xoshiro256** from the state 1, 2, 3, 4 (prng.di.unimi.it), and of
 * their SplitMix64 from 0, which seeds it. */
static void test_stream(void)
{
    struct plx_random random = {.s = {1, 2, 3, 4}};
    const guint64 expected[] = {G_GUINT64_CONSTANT(11520), G_GUINT64_CONSTANT(0),
                                G_GUINT64_CONSTANT(1509978240),
                                G_GUINT64_CONSTANT(1215971899390074240)};
    for (gsize i = 0; i < G_N_ELEMENTS(expected); i++)
        g_assert_cmpuint(plx_random_next(&random), ==, expected[i]);
    plx_random_seed(&random, 0);
    g_assert_cmpuint(random.s[0], ==, G_GUINT64_CONSTANT(0xe220a8397b1dcdaf));
    g_assert_cmpuint(random.s[1], ==, G_GUINT64_CONSTANT(0x6e789e6aa1b965f4));
}

static void test_streams_differ(void)
{
    struct plx_random a;
    struct plx_random b;
    plx_random_seed_stream(&a, 1, 1);
    plx_random_seed_stream(&b, 1, 2);
    g_assert_cmpuint(plx_random_next(&a), !=, plx_random_next(&b));
}

/* 60,000 draws over 6: each within 5 standard deviations (91) of 10,000. */
static void test_below_is_even(void)
{
    struct plx_random random;
    plx_random_seed(&random, 42);
    double counts[6] = {0};
    for (int i = 0; i < 60000; i++)
        counts[plx_random_below(&random, 6)]++;
    for (int i = 0; i < 6; i++)
        near(counts[i], 10000, 460);
}

static void test_choice_and_normal(void)
{
    struct plx_random random;
    plx_random_seed(&random, 42);
    const double weight[] = {0, 3, 1, 0};
    double counts[4] = {0};
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 40000; i++) {
        counts[plx_random_choice(&random, weight, 4)]++;
        const double z = plx_random_normal(&random);
        sum += z;
        squares += z * z;
    }
    g_assert_cmpfloat(counts[0] + counts[3], ==, 0);
    near(counts[1], 30000, 5 * 87);
    near(sum / 40000, 0, 5 * 0.005);
    near(squares / 40000, 1, 5 * 0.0071);
}

/* Every order of three things comes up about equally often. */
static void test_shuffle(void)
{
    struct plx_random random;
    plx_random_seed(&random, 9);
    double counts[27] = {0};
    for (int i = 0; i < 6000; i++) {
        guint items[] = {0, 1, 2};
        plx_random_shuffle(&random, items, 3);
        counts[items[0] * 9 + items[1] * 3 + items[2]]++;
    }
    guint seen = 0;
    for (int i = 0; i < 27; i++) {
        seen += counts[i] > 0;
        if (counts[i] > 0)
            near(counts[i], 1000, 5 * 29);
    }
    g_assert_cmpuint(seen, ==, 6);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/random/stream", test_stream);
    g_test_add_func("/random/streams-differ", test_streams_differ);
    g_test_add_func("/random/below-is-even", test_below_is_even);
    g_test_add_func("/random/choice-and-normal", test_choice_and_normal);
    g_test_add_func("/random/shuffle", test_shuffle);
    return g_test_run();
}
