/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/plan.h"

#include <stdio.h>
#include <string.h>

static guint count(const char *text, const char *what)
{
    guint n = 0;
    for (const char *at = text; (at = strstr(at, what)); at += strlen(what))
        n++;
    return n;
}

static const struct plx_plan_point points[] = {
    {"At the <door>", "see, hear", "1", FALSE},
    {"Terminvereinbarungsbestätigungsschreiben der Kraftfahrzeugzulassungsbehörde", "", NULL, TRUE},
    {"حالة الطرد", "touch", "1, 2", FALSE},
};

static void test_draw(void)
{
    const struct plx_plan_box boxes[] = {{"Arrive", points, 3}, {"Leave", points, 1}};
    const struct plx_plan_row rows[] = {{"Visit", boxes, 2}, {"Nothing yet", NULL, 0}};
    const char *const promises[] = {"Nobody waits", "Always open"};
    const struct plx_plan plan = {"House & garden", "what is to be seen", rows, 2, promises, 2};
    g_autoptr(plx_svg) svg = plx_plan_draw(&plan);
    g_autoptr(plx_svg) again = plx_plan_draw(&plan);
    const char *text = plx_svg_finish(svg);
    g_assert_cmpstr(text, ==, plx_svg_finish(again));
    g_assert_nonnull(strstr(text, "<title id=\"plan-title\">House &amp; garden</title>"));
    g_assert_nonnull(strstr(text, "<desc id=\"plan-about\">what is to be seen</desc>"));
    g_assert_nonnull(strstr(text, "At the &lt;door&gt;"));
    g_assert_cmpuint(count(text, "class=\"of-transaction\""), ==, 2);
    g_assert_cmpuint(count(text, "class=\"point\""), ==, 4);
    g_assert_cmpuint(count(text, "class=\"arrow\""), ==, 1); /* from the first box to the second */
    g_assert_cmpuint(count(text, "class=\"cloth\""), ==, 3 + 2); /* at points, and in the list */
    g_assert_nonnull(strstr(text, "→ as in its own journey"));
}

/* Of viewBox="0 0 WIDTH HEIGHT". */
static void read_size(const char *svg, double *width, double *height)
{
    const char *const box = strstr(svg, "viewBox=\"0 0 ");
    g_assert_nonnull(box);
    char *end;
    *width = g_ascii_strtod(box + strlen("viewBox=\"0 0 "), &end);
    *height = g_ascii_strtod(end, &end);
    g_assert_cmpint(*end, ==, '"');
}

/* A fifth box begins a new line, below the highest of those before it. */
static void test_wrapped(void)
{
    const struct plx_plan_box boxes[] = {
        {"A", points, 1}, {"B", points, 3}, {"C", NULL, 0}, {"D", NULL, 0}, {"E", NULL, 0}};
    const struct plx_plan_row one = {"Way", boxes, 4}, two = {"Way", boxes, 5};
    struct plx_plan plan = {"T", "a", &one, 1, NULL, 0};
    g_autoptr(plx_svg) four = plx_plan_draw(&plan);
    plan.rows = &two;
    g_autoptr(plx_svg) five = plx_plan_draw(&plan);
    double w4, h4, w5, h5;
    read_size(plx_svg_finish(four), &w4, &h4);
    read_size(plx_svg_finish(five), &w5, &h5);
    g_assert_cmpfloat(w4, ==, w5);
    g_assert_cmpfloat(h5, >, h4 + 40);
}

/* A map without journeys has a title all the same. */
static void test_empty(void)
{
    const struct plx_plan plan = {"The map", "nothing", NULL, 0, NULL, 0};
    g_autoptr(plx_svg) svg = plx_plan_draw(&plan);
    g_assert_nonnull(strstr(plx_svg_finish(svg), ">The map</text>"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/plan/draw", test_draw);
    g_test_add_func("/plan/wrapped", test_wrapped);
    g_test_add_func("/plan/empty", test_empty);
    return g_test_run();
}
