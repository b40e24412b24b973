/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/bars.h"

#include <string.h>

static guint count_of(const char *text, const char *what)
{
    guint n = 0;
    for (const char *p = text; (p = strstr(p, what)); p += strlen(what))
        n++;
    return n;
}

static void test_distribution(void)
{
    static const gint64 counts[] = {0, 10, 20, 40, 1, 0};
    g_autoptr(plx_svg) svg = plx_bars_distribution(counts, 6, 2, "two & more");
    const char *text = plx_svg_finish(svg);
    g_assert_cmpuint(count_of(text, "<rect"), ==, 6);
    g_assert_cmpuint(count_of(text, "bar-none"), ==, 2);
    g_assert_cmpuint(count_of(text, "bar-below"), ==, 1);
    g_assert_cmpuint(count_of(text, "bar-met"), ==, 3);
    /* The largest is 21 high, a quarter of it 5.25; one answer is still seen. */
    g_assert_cmpuint(count_of(text, "height=\"21\""), ==, 1);
    g_assert_cmpuint(count_of(text, "height=\"5.25\""), ==, 1);
    g_assert_cmpuint(count_of(text, "height=\"1.5\""), ==, 1);
    g_assert_nonnull(strstr(text, "aria-label=\"two &amp; more\""));
}

static void test_distribution_of_nobody(void)
{
    static const gint64 counts[] = {0, 0};
    g_autoptr(plx_svg) svg = plx_bars_distribution(counts, 2, 1, "nobody");
    g_assert_cmpuint(count_of(plx_svg_finish(svg), "bar-none"), ==, 2);
}

static void test_ten(void)
{
    static const struct {
        double share;
        guint full;
    } cases[] = {{0, 0}, {0.04, 0}, {0.05, 1}, {0.44, 4}, {0.999, 10}, {1, 10}, {1.7, 10}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(plx_svg) svg = plx_bars_ten(cases[i].share, "c", "label");
        const char *text = plx_svg_finish(svg);
        g_assert_cmpuint(count_of(text, "class=\"full\""), ==, cases[i].full);
        g_assert_cmpuint(count_of(text, "<circle"), ==, 10);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/bars/distribution", test_distribution);
    g_test_add_func("/bars/distribution-of-nobody", test_distribution_of_nobody);
    g_test_add_func("/bars/ten", test_ten);
    return g_test_run();
}
