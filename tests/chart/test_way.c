/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/way.h"

#include <math.h>
#include <string.h>

static void test_draw(void)
{
    const struct plx_way_row rows[] = {
        {"Door <in>", 0.25, 0.75, 0.7, 0.8},
        {"A title that is far too long to stand beside its bar", 0.5, 0.5, 0.4, 0.6},
        {"Without", NAN, NAN, NAN, NAN}};
    g_autoptr(plx_svg) svg = plx_way_draw(rows, 3, "what is seen");
    const char *text = plx_svg_finish(svg);
    g_assert_nonnull(strstr(text, "role=\"img\" aria-label=\"what is seen\""));
    g_assert_nonnull(strstr(text, "Door &lt;in&gt;"));
    g_assert_nonnull(strstr(text, "A title that is far too long to sta…"));
    g_assert_nonnull(strstr(text, "still fine after it"));
    g_assert_nonnull(strstr(text, "width=\"105\"")); /* 25 % of 420 */
}

/* Only bars: no curve, and no key for one. */
static void test_bars(void)
{
    const struct plx_way_row rows[] = {{"Door", 0, NAN, NAN, NAN}};
    g_autoptr(plx_svg) svg = plx_way_draw(rows, 1, "bars");
    const char *text = plx_svg_finish(svg);
    g_assert_null(strstr(text, "still fine"));
    g_assert_null(strstr(text, "line-base"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/way/draw", test_draw);
    g_test_add_func("/way/bars", test_bars);
    return g_test_run();
}
