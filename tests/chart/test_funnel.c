/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/funnel.h"

#include <math.h>
#include <string.h>

static guint count_of(const char *text, const char *what)
{
    guint n = 0;
    for (const char *p = text; (p = strstr(p, what)); p += strlen(what))
        n++;
    return n;
}

static void test_marks(void)
{
    const double none = (double)NAN;
    const struct plx_funnel_mark marks[] = {
        {"Wels", 80, 0.5, 0.1, 0.4, 0.05, 0.45, 0.0, 0.48, TRUE},
        {"Graz <A>", 20, 0.3, 0.0, 0.5, 0.0, 0.6, 0.0, 0.7, FALSE},
        {"Linz", 40, 0.2, none, none, none, none, none, none, FALSE},
    };
    const struct plx_funnel funnel = {.id = "f",
                                      .title = "Till",
                                      .desc = "Wels stands out",
                                      .value_title = "below Expected",
                                      .n_title = "answers",
                                      .center = 0.25,
                                      .min = 0,
                                      .max = 1,
                                      .percent = TRUE,
                                      .n_marks = 3,
                                      .marks = marks};
    g_autoptr(plx_svg) svg = plx_funnel_draw(&funnel);
    const char *text = plx_svg_finish(svg);
    g_assert_cmpuint(count_of(text, "class=\"inside\""), ==, 2);
    g_assert_cmpuint(count_of(text, "class=\"outside\""), ==, 1);
    /* only what stands outside is named */
    g_assert_cmpuint(count_of(text, "class=\"told\""), ==, 1);
    g_assert_nonnull(strstr(text, ">Wels<"));
    g_assert_null(strstr(text, "Graz"));
    g_assert_cmpuint(count_of(text, "class=\"adjusted\""), ==, 2);
    g_assert_nonnull(strstr(text, "aria-labelledby=\"f-title f-desc\""));
    g_assert_nonnull(strstr(text, "<title id=\"f-title\">Till</title>"));
    /* 54 + 620 * 20 / 80; 250 - .3 * 216 */
    g_assert_nonnull(strstr(text, "cx=\"209\" cy=\"185.2\""));
    /* the limits begin with the smallest, leave out Linz, which has none, and end with Wels */
    g_assert_nonnull(strstr(text, "class=\"inner\" d=\"M209,250L674,228.4\""));
    g_assert_nonnull(strstr(text, ">20 %<"));
}

static void test_nothing(void)
{
    const struct plx_funnel funnel = {.id = "f",
                                      .title = "",
                                      .desc = "",
                                      .value_title = "level",
                                      .n_title = "answers",
                                      .center = 3,
                                      .min = 1,
                                      .max = 6};
    g_autoptr(plx_svg) svg = plx_funnel_draw(&funnel);
    const char *text = plx_svg_finish(svg);
    g_assert_null(strstr(text, "<path"));
    g_assert_null(strstr(text, "%"));
    g_assert_nonnull(strstr(text, "class=\"center\""));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/funnel/marks", test_marks);
    g_test_add_func("/funnel/nothing", test_nothing);
    return g_test_run();
}
