/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "step/verdict.h"

#include <math.h>

enum { K = 6, PLACES_MAX = 16 };

/* Places whose answers lie on two neighbouring levels, so that a mean is what a test says it is. */
struct places {
    struct plx_step_place place[PLACES_MAX];
    double counts[PLACES_MAX][2][K];
    guint n;
};

static struct plx_distribution put(double counts[K], double mean, double n)
{
    const guint low = (guint)floor(mean) - 1;
    counts[low + 1] = round(n * (mean - floor(mean)));
    counts[low] = n - counts[low + 1];
    return plx_distribution_counts(counts, K, 1);
}

static void add(struct places *places, gboolean treated, double before, double after, double n)
{
    const guint i = places->n++;
    places->place[i] = (struct plx_step_place){treated, put(places->counts[i][0], before, n),
                                               put(places->counts[i][1], after, n)};
}

/* Treated places rise by `lift`, give or take; the others stay, give or take. */
static void add_sides(struct places *places, guint n_treated, guint n_comparison, double lift)
{
    static const double wobble[] = {0.1, -0.1, 0.05, -0.05};
    for (guint i = 0; i < n_treated; i++)
        add(places, TRUE, 3.2, 3.2 + lift + wobble[i % 4], 100);
    for (guint i = 0; i < n_comparison; i++)
        add(places, FALSE, 3.4, 3.4 + wobble[(i + 1) % 4], 100);
}

static struct plx_step_decision decide(const struct places *places, gboolean last, guint weakness)
{
    const struct plx_step_rule look = {0.025, last, weakness, 1, FALSE};
    return plx_step_decide(places->place, places->n, &look);
}

static void test_up(void)
{
    struct places places = {.n = 0};
    add_sides(&places, 4, 4, 0.5);
    const struct plx_step_decision d = decide(&places, FALSE, 0);
    g_assert_cmpstr(plx_step_verdict_code(d.verdict), ==, "up");
    g_assert_cmpint(d.design, ==, PLX_STEP_PLACES_COMPARED);
    g_assert_cmpfloat_with_epsilon(d.change.estimate, 0.5, 1e-9);
    g_assert_cmpfloat(d.change.ci.lo, >, 0);
    g_assert_cmpuint(d.treated, ==, 4);
    g_assert_cmpuint(d.weakness, ==, 0);
}

static void test_down(void)
{
    struct places places = {.n = 0};
    add_sides(&places, 4, 4, -0.5);
    g_assert_cmpint(decide(&places, FALSE, 0).verdict, ==, PLX_STEP_DOWN);
    g_assert_cmpint(decide(&places, FALSE, PLX_STEP_WEAK_LATE).verdict, ==, PLX_STEP_TOO_EARLY);
    g_assert_cmpint(decide(&places, TRUE, PLX_STEP_WEAK_LATE).verdict, ==, PLX_STEP_NOT_SHOWN);
}

static void test_nothing(void)
{
    struct places places = {.n = 0};
    add_sides(&places, 4, 4, 0.02);
    g_assert_cmpint(decide(&places, FALSE, 0).verdict, ==, PLX_STEP_TOO_EARLY);
    g_assert_cmpint(decide(&places, TRUE, 0).verdict, ==, PLX_STEP_NOT_SHOWN);
}

/* All places rise alike: a winter that ended everywhere. */
static void test_rebound(void)
{
    struct places places = {.n = 0};
    static const double wobble[] = {0.1, -0.1, 0.05, -0.05};
    for (guint i = 0; i < 12; i++)
        add(&places, i < 6, 2.7, 3.3 + wobble[i % 4], 80);
    const struct plx_step_decision d = decide(&places, TRUE, 0);
    g_assert_cmpint(d.verdict, ==, PLX_STEP_NOT_SHOWN);
    g_assert_cmpfloat_with_epsilon(d.change.treated, 0.6, 0.05);
}

/* What cannot prove anything looks up, at most. */
static void test_weak(void)
{
    for (guint weakness = PLX_STEP_WEAK_LATE; weakness <= PLX_STEP_WEAK_STALE; weakness <<= 1) {
        struct places places = {.n = 0};
        add_sides(&places, 5, 5, 0.6);
        const struct plx_step_decision d = decide(&places, TRUE, weakness);
        g_assert_cmpint(d.verdict, ==, PLX_STEP_LOOKS_UP);
        g_assert_cmpuint(d.weakness, ==, weakness);
    }
    struct places few = {.n = 0};
    add_sides(&few, 3, 8, 0.6);
    const struct plx_step_decision d = decide(&few, TRUE, 0);
    g_assert_cmpint(d.verdict, ==, PLX_STEP_LOOKS_UP);
    g_assert_cmpuint(d.weakness, ==, PLX_STEP_WEAK_FEW_PLACES);
}

static void test_before_after(void)
{
    struct places places = {.n = 0};
    add(&places, TRUE, 2.5, 3.5, 200);
    struct plx_step_decision d = decide(&places, TRUE, 0);
    g_assert_cmpint(d.verdict, ==, PLX_STEP_LOOKS_UP);
    g_assert_cmpint(d.design, ==, PLX_STEP_BEFORE_AFTER);
    g_assert_cmpfloat_with_epsilon(d.change.estimate, 1, 1e-9);
    struct places alike = {.n = 0};
    add(&alike, TRUE, 2.5, 2.52, 200);
    d = decide(&alike, TRUE, 0);
    g_assert_cmpint(d.verdict, ==, PLX_STEP_NOT_SHOWN);
}

/* Three answers; none; no place at all: nothing is said. */
static void test_few_answers(void)
{
    struct places places = {.n = 0};
    add(&places, TRUE, 2.5, 5.5, 3);
    const struct plx_step_decision d = decide(&places, TRUE, 0);
    g_assert_cmpint(d.verdict, ==, PLX_STEP_TOO_EARLY);
    g_assert_cmpint(d.design, ==, PLX_STEP_NO_DESIGN);
    g_assert_true(isnan(d.change.estimate));
    const struct places none = {.n = 0};
    g_assert_cmpint(decide(&none, TRUE, 0).verdict, ==, PLX_STEP_TOO_EARLY);
}

/* Places with few answers do not count; their order is nothing. */
static void test_order(void)
{
    struct places one = {.n = 0}, other = {.n = 0};
    add_sides(&one, 5, 6, 0.3);
    add(&one, TRUE, 2.5, 5.5, 4);
    const struct plx_step_decision a = decide(&one, TRUE, 0);
    g_assert_cmpuint(a.treated, ==, 5);
    for (guint i = 0; i < one.n; i++)
        other.place[other.n++] = one.place[one.n - 1 - i];
    const struct plx_step_decision b = decide(&other, TRUE, 0);
    g_assert_cmpint(a.verdict, ==, b.verdict);
    g_assert_cmpfloat_with_epsilon(a.change.estimate, b.change.estimate, 1e-12);
    g_assert_cmpfloat_with_epsilon(a.change.ci.lo, b.change.ci.lo, 1e-12);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/step/verdict/up", test_up);
    g_test_add_func("/step/verdict/down", test_down);
    g_test_add_func("/step/verdict/nothing", test_nothing);
    g_test_add_func("/step/verdict/rebound", test_rebound);
    g_test_add_func("/step/verdict/weak", test_weak);
    g_test_add_func("/step/verdict/before-after", test_before_after);
    g_test_add_func("/step/verdict/few-answers", test_few_answers);
    g_test_add_func("/step/verdict/order", test_order);
    return g_test_run();
}
