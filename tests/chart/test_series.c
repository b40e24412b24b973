/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/series.h"

#include <math.h>
#include <string.h>

static guint count_of(const char *text, const char *what)
{
    guint n = 0;
    for (const char *p = text; (p = strstr(p, what)); p += strlen(what))
        n++;
    return n;
}

static const char *const names[] = {"2025-01", "2025-02", "2025-03", "2025-04", "2025-05"};

static struct plx_series_chart sample(const double *value, const double *lo, const double *hi)
{
    return (struct plx_series_chart){.title = "Door & bell",
                                     .desc = "Mean",
                                     .n = 5,
                                     .names = names,
                                     .value = value,
                                     .lo = lo,
                                     .hi = hi,
                                     .min = 1,
                                     .max = 6,
                                     .met = 3,
                                     .met_label = "Expected"};
}

static void test_whole(void)
{
    const double value[] = {3, 3, 3, 2, 2}, lo[] = {2, 2, 2, 1, 1}, hi[] = {4, 4, 4, 3, 3};
    const struct plx_series_mark mark = {3, 2, 4, "April 2025"};
    struct plx_series_chart chart = sample(value, lo, hi);
    chart.n_marks = 1;
    chart.marks = &mark;
    g_autoptr(plx_svg) svg = plx_series_draw(&chart, "trend-0");
    const char *text = plx_svg_finish(svg);
    g_assert_cmpuint(count_of(text, "<circle"), ==, 5);
    g_assert_cmpuint(count_of(text, "series-band"), ==, 1);
    g_assert_cmpuint(count_of(text, "line-base"), ==, 1);
    g_assert_cmpuint(count_of(text, "series-mark"), ==, 1);
    g_assert_cmpuint(count_of(text, "class=\"level strong\""), ==, 1);
    g_assert_cmpuint(count_of(text, "April 2025"), ==, 1);
    g_assert_nonnull(strstr(text, "role=\"img\""));
    g_assert_nonnull(strstr(text, "aria-labelledby=\"trend-0-title trend-0-desc\""));
    g_assert_nonnull(strstr(text, "<title id=\"trend-0-title\">Door &amp; bell</title>"));
}

/* What is missing is not drawn, and nothing is drawn across it. */
static void test_gaps(void)
{
    const double value[] = {3, 3, NAN, 2, NAN}, lo[] = {2, 2, NAN, 1, NAN};
    const double hi[] = {4, 4, NAN, 3, NAN};
    const struct plx_series_chart chart = sample(value, lo, hi);
    g_autoptr(plx_svg) svg = plx_series_draw(&chart, "t");
    const char *text = plx_svg_finish(svg);
    g_assert_cmpuint(count_of(text, "<circle"), ==, 3);
    g_assert_cmpuint(count_of(text, "series-band"), ==, 1);
    g_assert_cmpuint(count_of(text, "class=\"interval\""), ==, 1); /* the one that stands alone */
    const char *line = strstr(text, "class=\"line-base\"");
    g_assert_nonnull(line);
    g_assert_null(strstr(text, "nan"));
}

static void test_nothing(void)
{
    const double none[] = {NAN, NAN, NAN, NAN, NAN};
    const struct plx_series_chart chart = sample(none, none, none);
    g_autoptr(plx_svg) svg = plx_series_draw(&chart, "t");
    const char *text = plx_svg_finish(svg);
    g_assert_cmpuint(count_of(text, "<circle"), ==, 0);
    g_assert_cmpuint(count_of(text, "line-base"), ==, 0);
}

/* 300 weeks: a handful of names fit under the axis; a wide scale has a few lines. */
static void test_long(void)
{
    const char *weeks[300];
    double value[300];
    for (guint i = 0; i < 300; i++) {
        weeks[i] = "2025-W01";
        value[i] = 50;
    }
    struct plx_series_chart chart = sample(value, value, value);
    chart.n = 300;
    chart.names = weeks;
    chart.min = 0;
    chart.max = 100;
    chart.met = NAN;
    chart.met_label = NULL;
    g_autoptr(plx_svg) svg = plx_series_draw(&chart, "t");
    const char *text = plx_svg_finish(svg);
    g_assert_cmpuint(count_of(text, "2025-W01"), <=, 8);
    g_assert_cmpuint(count_of(text, "class=\"level\""), ==, 6);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/series/whole", test_whole);
    g_test_add_func("/series/gaps", test_gaps);
    g_test_add_func("/series/nothing", test_nothing);
    g_test_add_func("/series/long", test_long);
    return g_test_run();
}
