/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/small_bars.h"

#include <math.h>
#include <string.h>

static guint count(const char *text, const char *part)
{
    guint n = 0;
    for (const char *at = text; (at = strstr(at, part)); at += strlen(part))
        n++;
    return n;
}

static void test_field(void)
{
    static const char *const rows[] = {"Till <& door>",
                                       "A name that is much too long to stand there"};
    static const char *const columns[] = {"friction", "hard"};
    const double values[] = {0.875, 0, NAN, 1};
    const struct plx_small_bars bars = {.title = "Friction",
                                        .description = "See the table.",
                                        .n_rows = 2,
                                        .n_columns = 2,
                                        .rows = rows,
                                        .columns = columns,
                                        .values = values};
    g_autoptr(plx_svg) svg = plx_small_bars_draw(&bars);
    const char *text = plx_svg_finish(svg);
    g_assert_nonnull(strstr(text, "<title>Friction</title>"));
    g_assert_nonnull(strstr(text, "<desc>See the table.</desc>"));
    g_assert_nonnull(strstr(text, "Till &lt;&amp; door&gt;"));
    g_assert_nonnull(strstr(text, "A name that is much too long to stand"));
    g_assert_cmpuint(count(text, "class=\"track\""), ==, 4);
    g_assert_cmpuint(count(text, "class=\"bar first\""), ==, 1); /* 0 and none have no bar */
    g_assert_cmpuint(count(text, "class=\"bar\""), ==, 1);
    g_assert_nonnull(strstr(text, ">88<"));
    g_assert_nonnull(strstr(text, ">0<"));
    g_assert_nonnull(strstr(text, ">–<"));
    g_assert_nonnull(strstr(text, ">100<"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/chart/small_bars/field", test_field);
    return g_test_run();
}
