/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/control.h"

#include <math.h>
#include <string.h>

static guint count_of(const char *text, const char *what)
{
    guint n = 0;
    for (const char *p = text; (p = strstr(p, what)); p += strlen(what))
        n++;
    return n;
}

static void test_periods(void)
{
    const double none = (double)NAN;
    const struct plx_control_mark marks[] = {
        {"2026-01", 3.5, 3, 4, 2.5, 4.5, FALSE},
        {"2026-02", none, none, none, none, none, FALSE},
        {"2026-03", 5, 3.2, 3.8, 3, 4, TRUE},
        {"2026-04", 3.4, 3.2, 3.8, 3, 4, FALSE},
    };
    const struct plx_control control = {.id = "c",
                                        .title = "Till",
                                        .desc = "March stands out",
                                        .value_title = "mean level",
                                        .center = 3.5,
                                        .min = 1,
                                        .max = 6,
                                        .n_marks = 4,
                                        .marks = marks};
    g_autoptr(plx_svg) svg = plx_control_draw(&control);
    const char *text = plx_svg_finish(svg);
    g_assert_cmpuint(count_of(text, "class=\"inside\""), ==, 2);
    g_assert_cmpuint(count_of(text, "class=\"outside\""), ==, 1);
    g_assert_cmpuint(count_of(text, "class=\"told\""), ==, 1);
    g_assert_nonnull(strstr(text, "class=\"told\" x=\"460.25\""));
    /* a month without answers breaks the stair: 162.5 wide, from 54 on */
    g_assert_nonnull(
        strstr(text, "class=\"outer\" d=\"M54,163.6L216.5,163.6M379,154.96L541.5,154.96"));
    g_assert_cmpuint(count_of(text, "class=\"outer\""), ==, 2);
    g_assert_nonnull(strstr(text, "<desc id=\"c-desc\">March stands out</desc>"));
    g_assert_nonnull(strstr(text, ">2026-01<"));
}

static void test_nothing(void)
{
    const struct plx_control control = {
        .id = "c", .title = "", .desc = "", .value_title = "", .center = 3, .min = 1, .max = 6};
    g_autoptr(plx_svg) svg = plx_control_draw(&control);
    g_assert_null(strstr(plx_svg_finish(svg), "<path"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/control/periods", test_periods);
    g_test_add_func("/control/nothing", test_nothing);
    return g_test_run();
}
