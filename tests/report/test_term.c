/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/term.h"

#include <math.h>

static void test_width(void)
{
    g_assert_cmpuint(plx_term_width("abc"), ==, 3);
    g_assert_cmpuint(plx_term_width("配達"), ==, 4);
    g_assert_cmpuint(plx_term_width("e\xcc\x81"), ==, 1); /* e and a combining acute */
}

static void test_fit(void)
{
    static const struct {
        const char *text;
        guint width;
        const char *result;
    } cases[] = {
        {"abc", 5, "abc  "}, {"abcdef", 5, "abcd…"},      {"配達時間", 6, "配達… "},
        {"配達", 4, "配達"}, {"Donaudampf", 6, "Donau…"}, {"", 2, "  "},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        plx_term_fit(out, cases[i].text, cases[i].width);
        g_assert_cmpstr(out->str, ==, cases[i].result);
    }
}

static void test_wrap(void)
{
    const struct plx_table_options options = {.width = 12, .unicode = TRUE};
    g_autoptr(GString) out = g_string_new(NULL);
    plx_term_wrap(out, &options, PLX_STYLE_BOLD, 2, "• one two three Donaudampfschifffahrt x");
    g_assert_cmpstr(out->str, ==, "  • one two\n    three\n    Donaudampfschifffahrt\n    x\n");
}

static void test_strip(void)
{
    const struct plx_table_options options = {.width = 80, .unicode = TRUE};
    struct plx_strip strip;
    plx_strip_init(&strip, 31, 1, 6);
    plx_strip_ticks(&strip);
    plx_strip_fill(&strip, 2.4, 4.6, '-', PLX_STYLE_PLAIN);
    plx_strip_fill(&strip, NAN, 4.6, '!', PLX_STYLE_PLAIN);
    plx_strip_letter(&strip, 2.4, 'C', PLX_STYLE_PLAIN);
    plx_strip_letter(&strip, 2.4, 'S', PLX_STYLE_PLAIN); /* beside the other */
    plx_strip_letter(&strip, NAN, 'X', PLX_STYLE_PLAIN);
    plx_strip_letter(&strip, 9, 'L', PLX_STYLE_PLAIN); /* kept inside */
    g_autoptr(GString) out = g_string_new(NULL);
    plx_strip_print(&strip, &options, out);
    g_assert_cmpstr(out->str, ==, "·     · CS------------- ·     L");
    plx_strip_clear(&strip);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/term/width", test_width);
    g_test_add_func("/term/fit", test_fit);
    g_test_add_func("/term/wrap", test_wrap);
    g_test_add_func("/term/strip", test_strip);
    return g_test_run();
}
