/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/compare.h"

#include <math.h>

static struct plx_figure share(const char *subject, double value, double half, double margin)
{
    return (struct plx_figure){.subject = subject,
                               .title = subject,
                               .audience = "customer",
                               .what = "below_expected",
                               .direction = PLX_MORE_IS_WORSE,
                               .unit = PLX_UNIT_SHARE,
                               .n = 100,
                               .persons = 100,
                               .value = value,
                               .ci = {value - half, value + half},
                               .margin = margin};
}

static GArray *figures(const struct plx_figure *list, guint n)
{
    GArray *array = g_array_new(FALSE, TRUE, sizeof *list);
    if (n > 0)
        g_array_append_vals(array, list, n);
    return array;
}

static plx_compare *compare(const GArray *a, const GArray *b)
{
    const struct plx_compare_side sides[] = {{.label = "A", .figures = a},
                                             {.label = "B", .figures = b}};
    return plx_compare_new("friction", &sides[0], &sides[1]);
}

/* One difference: MOVER of two symmetric intervals is the root of the sum of squares. */
static void test_one(void)
{
    const struct plx_figure before = share("door", 0.50, 0.03, NAN);
    const struct plx_figure after = share("door", 0.30, 0.04, NAN);
    g_autoptr(GArray) a = figures(&before, 1);
    g_autoptr(GArray) b = figures(&after, 1);
    g_autoptr(plx_compare) c = compare(a, b);
    g_assert_cmpuint(c->family_size, ==, 1);
    g_assert_cmpfloat(c->adjusted_level, ==, 0.95);
    g_assert_cmpfloat_with_epsilon(c->compared[0].difference, -0.20, 1e-12);
    g_assert_cmpfloat_with_epsilon(c->compared[0].ci.lo, -0.25, 1e-12);
    g_assert_cmpfloat_with_epsilon(c->compared[0].ci.hi, -0.15, 1e-12);
    g_assert_cmpstr(plx_compared_code(c->compared[0].verdict), ==, "better");
    g_autoptr(plx_compare) back = compare(b, a);
    g_assert_cmpstr(plx_compared_code(back->compared[0].verdict), ==, "worse");
    g_assert_cmpfloat_with_epsilon(back->compared[0].ci.hi, 0.25, 1e-12);
}

/* However wide, a difference of shares is one that can be; it holds its value. */
static void test_bounds(void)
{
    const struct plx_figure before = share("door", 0.02, 0.9, NAN);
    const struct plx_figure after = share("door", 0.95, 0.9, NAN);
    g_autoptr(GArray) a = figures(&before, 1);
    g_autoptr(GArray) b = figures(&after, 1);
    g_autoptr(plx_compare) c = compare(a, b);
    g_assert_cmpfloat(c->compared[0].ci.hi, ==, 1);
    g_assert_cmpfloat(c->compared[0].ci_adjusted.hi, ==, 1);
    g_assert_cmpfloat(c->compared[0].ci.lo, <, 0);
    g_autoptr(plx_compare) back = compare(b, a);
    g_assert_cmpfloat(back->compared[0].ci.lo, ==, -1);
    g_assert_cmpint(back->compared[0].verdict, ==, PLX_COMPARED_NOT_ENOUGH_YET);
}

static void test_margin(void)
{
    const struct plx_figure a1[] = {share("same", 0.30, 0.02, 0.1), share("open", 0.30, 0.09, 0.1),
                                    share("none", 0.30, 0.02, 0.1)};
    const struct plx_figure b1[] = {share("same", 0.31, 0.02, 0.1), share("open", 0.34, 0.09, 0.1)};
    g_autoptr(GArray) a = figures(a1, G_N_ELEMENTS(a1));
    g_autoptr(GArray) b = figures(b1, G_N_ELEMENTS(b1));
    g_autoptr(plx_compare) c = compare(a, b);
    g_assert_cmpuint(c->n, ==, 3);
    g_assert_cmpuint(c->family_size, ==, 2);
    g_assert_cmpint(c->compared[0].verdict, ==, PLX_COMPARED_ALIKE);
    g_assert_cmpint(c->compared[1].verdict, ==, PLX_COMPARED_NOT_ENOUGH_YET);
    g_assert_cmpint(c->compared[2].verdict, ==, PLX_COMPARED_NONE);
    g_assert_true(isnan(c->compared[2].b.value));
    /* R = 1 of 2: ranges at 1 - 0.05/2. */
    g_assert_cmpfloat_with_epsilon(c->adjusted_level, 0.975, 1e-12);
    g_assert_true(c->compared[0].ci_adjusted.hi > c->compared[0].ci.hi);
}

/* Beyond 0 for certain, but perhaps by less than the margin: a direction, never "not enough". */
static void test_size_open(void)
{
    struct plx_figure list[] = {share("worse", 0.30, 0.02, 0.1), share("more", 0.30, 0.02, 0.1)};
    list[1].direction = PLX_MORE_IS_NEITHER;
    g_autoptr(GArray) a = figures(list, G_N_ELEMENTS(list));
    for (guint i = 0; i < G_N_ELEMENTS(list); i++)
        list[i] = (struct plx_figure){.subject = list[i].subject,
                                      .title = list[i].title,
                                      .audience = "customer",
                                      .what = "below_expected",
                                      .direction = list[i].direction,
                                      .unit = PLX_UNIT_SHARE,
                                      .value = 0.40,
                                      .ci = {0.37, 0.43},
                                      .margin = 0.1};
    g_autoptr(GArray) b = figures(list, G_N_ELEMENTS(list));
    g_autoptr(plx_compare) c = compare(a, b);
    g_assert_cmpstr(plx_compared_code(c->compared[0].verdict), ==, "worse_size_open");
    g_assert_cmpstr(plx_compared_code(c->compared[1].verdict), ==, "more_size_open");
    g_autoptr(plx_compare) back = compare(b, a);
    g_assert_cmpstr(plx_compared_code(back->compared[0].verdict), ==, "better_size_open");
    g_assert_cmpstr(plx_compared_code(back->compared[1].verdict), ==, "less_size_open");
}

/* What only b has stands at the end; the order of b does not matter else. */
static void test_order(void)
{
    const struct plx_figure a1[] = {share("x", 0.1, 0.01, NAN), share("y", 0.2, 0.01, NAN)};
    const struct plx_figure b1[] = {share("z", 0.4, 0.01, NAN), share("y", 0.3, 0.01, NAN),
                                    share("x", 0.1, 0.01, NAN)};
    g_autoptr(GArray) a = figures(a1, G_N_ELEMENTS(a1));
    g_autoptr(GArray) b = figures(b1, G_N_ELEMENTS(b1));
    g_autoptr(plx_compare) c = compare(a, b);
    g_assert_cmpuint(c->n, ==, 3);
    g_assert_cmpstr(c->compared[0].a.subject, ==, "x");
    g_assert_cmpstr(c->compared[1].a.subject, ==, "y");
    g_assert_cmpstr(c->compared[2].b.subject, ==, "z");
    /* Without a margin nothing is alike. */
    g_assert_cmpint(c->compared[0].verdict, ==, PLX_COMPARED_NOT_ENOUGH_YET);
    g_assert_cmpint(c->compared[1].verdict, ==, PLX_COMPARED_WORSE);
}

static plx_compare *sides_of(const GArray *figures, const char *source, const char *since,
                             const char *until)
{
    const struct plx_compare_side a = {.label = "A",
                                       .figures = figures,
                                       .source = "x.csv",
                                       .since = "2026-01-01",
                                       .until = "2026-03-31"};
    const struct plx_compare_side b = {
        .label = "B", .figures = figures, .source = source, .since = since, .until = until};
    return plx_compare_new("gaps", &a, &b);
}

/* Those shown together on both sides are the same people only in the same answers. */
static void test_same_people(void)
{
    struct plx_figure figure = share("door", 0.50, 0.03, NAN);
    figure.together = "Linz + Wien";
    g_autoptr(GArray) one = figures(&figure, 1);
    g_autoptr(plx_compare) same = sides_of(one, "x.csv", "2026-01-01", "2026-03-31");
    g_assert_true(same->compared[0].same_people);
    g_assert_true(isnan(same->compared[0].difference));
    g_assert_true(isnan(same->compared[0].ci.lo));
    g_assert_cmpuint(same->family_size, ==, 0);
    g_autoptr(plx_compare) later = sides_of(one, "x.csv", "2026-04-01", "2026-06-30");
    g_assert_false(later->compared[0].same_people);
    g_assert_cmpuint(later->family_size, ==, 1);
    g_autoptr(plx_compare) other = sides_of(one, "y.csv", "2026-01-01", "2026-03-31");
    g_assert_false(other->compared[0].same_people);
}

static void test_overlap(void)
{
    g_autoptr(GArray) none = figures(NULL, 0);
    g_autoptr(plx_compare) c = sides_of(none, "x.csv", "2026-03-01", "2026-05-31");
    g_assert_cmpstr(c->overlap_since, ==, "2026-03-01");
    g_assert_cmpstr(c->overlap_until, ==, "2026-03-31");
    g_autoptr(plx_compare) next = sides_of(none, "x.csv", "2026-04-01", "2026-05-31");
    g_assert_null(next->overlap_since);
    g_autoptr(plx_compare) other = sides_of(none, "y.csv", "2026-03-01", "2026-05-31");
    g_assert_null(other->overlap_since);
}

static void test_nothing(void)
{
    g_autoptr(GArray) a = figures(NULL, 0);
    g_autoptr(plx_compare) c = compare(a, a);
    g_assert_cmpuint(c->n, ==, 0);
    g_assert_cmpuint(c->family_size, ==, 0);
    g_assert_true(isnan(c->adjusted_level));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/compare/one", test_one);
    g_test_add_func("/compare/bounds", test_bounds);
    g_test_add_func("/compare/margin", test_margin);
    g_test_add_func("/compare/size-open", test_size_open);
    g_test_add_func("/compare/order", test_order);
    g_test_add_func("/compare/same-people", test_same_people);
    g_test_add_func("/compare/overlap", test_overlap);
    g_test_add_func("/compare/nothing", test_nothing);
    return g_test_run();
}
