/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/crowd.h"

#include <string.h>

static guint count(const char *text, const char *what)
{
    guint n = 0;
    for (const char *at = text; (at = strstr(at, what)); at++)
        n++;
    return n;
}

static void test_hundred(void)
{
    const struct plx_crowd crowd = {55, 13, FALSE};
    g_autoptr(plx_svg) svg = plx_crowd_draw(&crowd, "crowd", "55 are short & 13 are more");
    const char *text = plx_svg_finish(svg);
    g_assert_cmpuint(count(text, "class=\"low\""), ==, 55);
    g_assert_cmpuint(count(text, "class=\"middle\""), ==, 32);
    g_assert_cmpuint(count(text, "class=\"high\""), ==, 13);
    g_assert_nonnull(strstr(text, "aria-label=\"55 are short &amp; 13 are more\""));
    g_assert_null(strstr(text, "blank"));
}

static void test_ends(void)
{
    const struct plx_crowd none = {0, 0, TRUE}, all = {100, 0, FALSE};
    g_autoptr(plx_svg) empty = plx_crowd_draw(&none, "crowd", "");
    const char *text = plx_svg_finish(empty);
    g_assert_cmpuint(count(text, "class=\"middle\""), ==, 100);
    g_assert_cmpuint(count(text, "class=\"blank\""), ==, 1);
    g_autoptr(plx_svg) full = plx_crowd_draw(&all, "crowd", "");
    g_assert_cmpuint(count(plx_svg_finish(full), "class=\"low\""), ==, 100);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/crowd/hundred", test_hundred);
    g_test_add_func("/crowd/ends", test_ends);
    return g_test_run();
}
