/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/html.h"

static void test_escapes(void)
{
    g_autoptr(plx_html) html = plx_html_new();
    plx_html_open_class(html, "p", "x\" onclick=\"alert(1)");
    plx_html_textf(html, "%s & %d", "</p><script>", 3);
    plx_html_open(html, "br");
    plx_html_close(html);
    plx_html_title(html, "bdi", NULL, "שלום");
    plx_html_close(html);
    GString *text = plx_html_finish(html);
    g_assert_cmpstr(text->str, ==,
                    "<!DOCTYPE html>\n<p class=\"x&quot; onclick=&quot;alert(1)\">"
                    "&lt;/p&gt;&lt;script&gt; &amp; 3<br/><bdi dir=\"auto\">שלום</bdi></p>\n");
    g_string_free(text, TRUE);
}

static void test_takes_drawings(void)
{
    g_autoptr(plx_html) html = plx_html_new();
    g_autoptr(plx_svg) svg = plx_svg_new(1, 1, NULL, NULL);
    plx_html_open(html, "figure");
    plx_html_svg(html, svg);
    plx_html_close(html);
    GString *text = plx_html_finish(html);
    g_assert_true(g_str_has_suffix(text->str, "height=\"1\"></svg></figure>\n"));
    g_string_free(text, TRUE);
}

static void test_style_cannot_end_itself(void)
{
    if (g_test_subprocess()) {
        g_autoptr(plx_html) html = plx_html_new();
        plx_html_open(html, "head");
        plx_html_style(html, "</style>");
        return;
    }
    g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_failed();
}

/* Its text is not touched, so that its hash holds; neither may it end itself. */
static void test_script(void)
{
    if (g_test_subprocess()) {
        g_autoptr(plx_html) broken = plx_html_new();
        plx_html_script(broken, "if (a < b) run()");
        return;
    }
    g_autoptr(plx_html) html = plx_html_new();
    plx_html_script(html, "run('\"')");
    GString *text = plx_html_finish(html);
    g_assert_cmpstr(text->str, ==, "<!DOCTYPE html>\n<script>run('\"')</script>\n");
    g_string_free(text, TRUE);
    g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_failed();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/html/escapes", test_escapes);
    g_test_add_func("/html/takes-drawings", test_takes_drawings);
    g_test_add_func("/html/style-cannot-end-itself", test_style_cannot_end_itself);
    g_test_add_func("/html/script", test_script);
    return g_test_run();
}
