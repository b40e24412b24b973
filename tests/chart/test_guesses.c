/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/guesses.h"

#include <math.h>
#include <string.h>

static guint count_of(const char *text, const char *what)
{
    guint n = 0;
    for (const char *p = text; (p = strstr(p, what)); p += strlen(what))
        n++;
    return n;
}

static char *draw(const struct plx_guesses *guesses)
{
    g_autoptr(plx_svg) svg = plx_guesses_draw(guesses);
    return g_strdup(plx_svg_finish(svg));
}

static void test_guess_and_truth(void)
{
    static const gint64 counts[PLX_GUESSES] = {0, 0, 0, 0, 0, 1, 0, 2, 3, 0, 0};
    const struct plx_guesses guesses = {
        .counts = counts, .guessed = 0.75, .said = 0.3, .said_lo = 0.25, .said_hi = 0.35};
    g_autofree char *text = draw(&guesses);
    g_assert_cmpuint(count_of(text, "class=\"dot\""), ==, 6);
    g_assert_cmpuint(count_of(text, "class=\"number\""), ==, 11);
    g_assert_cmpuint(count_of(text, "class=\"mean\""), ==, 1);
    g_assert_cmpuint(count_of(text, "class=\"own\""), ==, 0);
    /* 40 + 1220 * 0.3; the range from 345 to 467; the shade from the truth to 955 */
    g_assert_nonnull(strstr(text, "class=\"said\" cx=\"406\""));
    g_assert_nonnull(strstr(text, "class=\"range\" x=\"345\""));
    g_assert_nonnull(strstr(text, "class=\"between\" x=\"406\""));
    g_assert_nonnull(strstr(text, "width=\"549\""));
    /* the truth can wait: it is one group */
    g_assert_true(strstr(text, "class=\"truth\"") < strstr(text, "class=\"said\""));
    g_assert_true(strstr(text, "class=\"mean\"") < strstr(text, "class=\"truth\""));
}

static void test_guessed_too_low(void)
{
    const struct plx_guesses guesses = {
        .guessed = 0.2, .said = 0.6, .said_lo = (double)NAN, .said_hi = (double)NAN};
    g_autofree char *text = draw(&guesses);
    g_assert_nonnull(strstr(text, "class=\"between below\" x=\"284\""));
    g_assert_null(strstr(text, "class=\"range\""));
    g_assert_null(strstr(text, "class=\"dot\""));
}

/* What is not to be shown leaves no trace; an own guess has its mark. */
static void test_nothing_to_show(void)
{
    const struct plx_guesses guesses = {.guessed = (double)NAN, .said = (double)NAN, .own = TRUE};
    g_autofree char *text = draw(&guesses);
    g_assert_null(strstr(text, "class=\"truth\""));
    g_assert_null(strstr(text, "class=\"mean\""));
    g_assert_cmpuint(count_of(text, "class=\"own\" data-step=\"122\""), ==, 1);
}

/* Dots shrink with their number, and become bars where they would be too small to count. */
static void test_many_guesses(void)
{
    const gint64 some[PLX_GUESSES] = {[4] = 10, [5] = 1},
                 many[PLX_GUESSES] = {[4] = 300, [5] = 150};
    g_autofree char *dots =
        draw(&(struct plx_guesses){.counts = some, .guessed = 0.4, .said = 0.4});
    g_assert_cmpuint(count_of(dots, "class=\"dot\""), ==, 11);
    g_assert_nonnull(strstr(dots, "r=\"5.36\"")); /* 118 / (2.2 * 10) */
    g_autofree char *bars =
        draw(&(struct plx_guesses){.counts = many, .guessed = 0.4, .said = 0.4});
    g_assert_cmpuint(count_of(bars, "class=\"dot\""), ==, 2);
    g_assert_nonnull(strstr(bars, "height=\"118\""));
    g_assert_nonnull(strstr(bars, "height=\"59\""));
}

static void test_people(void)
{
    static const struct {
        double share;
        guint full;
    } rows[] = {{0, 0}, {0.04, 0}, {0.34, 3}, {0.75, 8}, {1, 10}, {(double)NAN, 0}};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(plx_svg) svg = plx_guesses_people(rows[i].share, "ten-front", "you & they");
        const char *text = plx_svg_finish(svg);
        g_assert_cmpuint(count_of(text, "person full"), ==, rows[i].full);
        g_assert_cmpuint(count_of(text, "person hollow"), ==, 10 - rows[i].full);
        g_assert_nonnull(strstr(text, "aria-label=\"you &amp; they\""));
    }
}

static void test_answers(void)
{
    static const gint64 counts[] = {5, 20, 0, 10};
    static const int values[] = {4, 3, 2, 1}; /* low is good */
    g_autoptr(plx_svg) svg = plx_guesses_answers(counts, values, 4, 2, "answers");
    const char *text = plx_svg_finish(svg);
    g_assert_cmpuint(count_of(text, "class=\"column\""), ==, 2);
    g_assert_cmpuint(count_of(text, "class=\"column good\""), ==, 2);
    g_assert_cmpuint(count_of(text, "class=\"cut\""), ==, 1);
    g_assert_cmpuint(count_of(text, "height=\"128\""), ==, 1);
    g_assert_cmpuint(count_of(text, "height=\"64\""), ==, 1);
    g_assert_true(strstr(text, ">4<") < strstr(text, ">1<"));
    /* without a cut nothing is good */
    g_autoptr(plx_svg) plain = plx_guesses_answers(counts, values, 4, 4, "answers");
    g_assert_null(strstr(plx_svg_finish(plain), "good"));
}

/* Of a scale from 0 to 100 only ends and cut are numbered. */
static void test_answers_on_a_long_scale(void)
{
    gint64 counts[101] = {[70] = 3};
    int values[101];
    for (int i = 0; i < 101; i++)
        values[i] = i;
    g_autoptr(plx_svg) svg = plx_guesses_answers(counts, values, 101, 70, "answers");
    const char *text = plx_svg_finish(svg);
    g_assert_cmpuint(count_of(text, "<text"), ==, 3);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/guesses/guess-and-truth", test_guess_and_truth);
    g_test_add_func("/guesses/guessed-too-low", test_guessed_too_low);
    g_test_add_func("/guesses/nothing-to-show", test_nothing_to_show);
    g_test_add_func("/guesses/many-guesses", test_many_guesses);
    g_test_add_func("/guesses/people", test_people);
    g_test_add_func("/guesses/answers", test_answers);
    g_test_add_func("/guesses/answers-on-a-long-scale", test_answers_on_a_long_scale);
    return g_test_run();
}
