/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/svg.h"

#include <math.h>
#include <string.h>

static void test_escapes(void)
{
    g_autoptr(plx_svg) svg = plx_svg_new(10, 20, "a\"b", NULL);
    plx_svg_label(svg, "c", 1, 2.345678, "end", "<b> & 'x' \x01\xff");
    g_assert_cmpstr(plx_svg_finish(svg), ==,
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"a&quot;b\" "
                    "viewBox=\"0 0 10 20\" width=\"10\" height=\"20\">"
                    "<text class=\"c\" x=\"1\" y=\"2.35\" text-anchor=\"end\">"
                    "&lt;b&gt; &amp; &#39;x&#39; \xef\xbf\xbd</text></svg>");
}

static void test_paths(void)
{
    g_autoptr(plx_svg) svg = plx_svg_new(1, 1, NULL, NULL);
    g_autoptr(GString) d = g_string_new(NULL);
    plx_svg_path(svg, "empty", d);
    plx_svg_move(d, 0.005, -0.001);
    plx_svg_to(d, 1.0 / 3, 1e6);
    plx_svg_path(svg, NULL, d);
    g_assert_nonnull(strstr(plx_svg_finish(svg), "<path d=\"M0.01,0L0.33,1000000\"></path></svg>"));
    g_assert_null(strstr(plx_svg_finish(svg), "empty"));
}

static void test_refuses_what_does_not_exist(void)
{
    if (g_test_subprocess()) {
        g_autoptr(plx_svg) svg = plx_svg_new(1, 1, NULL, NULL);
        plx_svg_open(svg, "g");
        plx_svg_number(svg, "x", (double)NAN);
        return;
    }
    g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_failed();
}

static void test_refuses_open_elements(void)
{
    if (g_test_subprocess()) {
        g_autoptr(plx_svg) svg = plx_svg_new(1, 1, NULL, NULL);
        plx_svg_open(svg, "g");
        plx_svg_finish(svg);
        return;
    }
    g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_failed();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/svg/escapes", test_escapes);
    g_test_add_func("/svg/paths", test_paths);
    g_test_add_func("/svg/refuses-what-does-not-exist", test_refuses_what_does_not_exist);
    g_test_add_func("/svg/refuses-open-elements", test_refuses_open_elements);
    return g_test_run();
}
