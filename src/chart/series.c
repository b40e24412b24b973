/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/series.h"

#include <math.h>

#define WIDTH 640.0
#define HEIGHT 224.0
#define LEFT 34.0
#define RIGHT 84.0
#define TOP 38.0
#define BOTTOM 26.0
#define NAMES_MOST 7 /* names that fit under the axis */

static double x_of(const struct plx_series_chart *chart, double at)
{
    return LEFT + (at + 0.5) / chart->n * (WIDTH - LEFT - RIGHT);
}

static double y_of(const struct plx_series_chart *chart, double value)
{
    const double share = (CLAMP(value, chart->min, chart->max) - chart->min) /
                         (chart->max > chart->min ? chart->max - chart->min : 1);
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
}

static gboolean is_there(const struct plx_series_chart *chart, guint i)
{
    return isfinite(chart->value[i]);
}

static gboolean has_band(const struct plx_series_chart *chart, guint i)
{
    return is_there(chart, i) && isfinite(chart->lo[i]) && isfinite(chart->hi[i]);
}

static void draw_axes(plx_svg *svg, const struct plx_series_chart *chart)
{
    plx_svg_rect(svg, "panel", LEFT, TOP, WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM, 4);
    const double range = chart->max - chart->min, step = range > 12 ? ceil(range / 5) : 1;
    for (double v = chart->min; v <= chart->max; v += step) {
        char text[G_ASCII_DTOSTR_BUF_SIZE];
        const double y = y_of(chart, v);
        plx_svg_line(svg, v == chart->met ? "level strong" : "level", LEFT, y, WIDTH - RIGHT, y);
        plx_svg_label(svg, "level-label", LEFT - 8, y + 4, "end",
                      g_ascii_formatd(text, sizeof text, "%.0f", v));
    }
    if (chart->met_label && isfinite(chart->met))
        plx_svg_label(svg, "level-label", WIDTH - RIGHT + 6, y_of(chart, chart->met) + 4, "start",
                      chart->met_label);
    const guint every = (chart->n + NAMES_MOST - 1) / NAMES_MOST;
    for (guint i = 0; i < chart->n; i += MAX(every, 1))
        plx_svg_label(svg, "level-label", x_of(chart, i), HEIGHT - 8, "middle", chart->names[i]);
}

/* Between `from` and `to`, inclusive, all there: forth along the upper ends, back along the lower.
 */
static void draw_band(plx_svg *svg, const struct plx_series_chart *chart, guint from, guint to)
{
    if (from == to) {
        plx_svg_line(svg, "interval", x_of(chart, from), y_of(chart, chart->lo[from]),
                     x_of(chart, from), y_of(chart, chart->hi[from]));
        return;
    }
    g_autoptr(GString) d = g_string_new(NULL);
    plx_svg_move(d, x_of(chart, from), y_of(chart, chart->hi[from]));
    for (guint i = from + 1; i <= to; i++)
        plx_svg_to(d, x_of(chart, i), y_of(chart, chart->hi[i]));
    for (guint i = to + 1; i-- > from;)
        plx_svg_to(d, x_of(chart, i), y_of(chart, chart->lo[i]));
    plx_svg_path(svg, "series-band", d);
}

static void draw_bands(plx_svg *svg, const struct plx_series_chart *chart)
{
    for (guint i = 0; i < chart->n; i++) {
        const guint from = i;
        while (i < chart->n && has_band(chart, i))
            i++;
        if (i > from)
            draw_band(svg, chart, from, i - 1);
    }
}

static void draw_line(plx_svg *svg, const struct plx_series_chart *chart)
{
    g_autoptr(GString) d = g_string_new(NULL);
    for (guint i = 0; i < chart->n; i++) {
        if (!is_there(chart, i))
            continue;
        const double x = x_of(chart, i), y = y_of(chart, chart->value[i]);
        if (i > 0 && is_there(chart, i - 1))
            plx_svg_to(d, x, y);
        else
            plx_svg_move(d, x, y);
    }
    if (d->len)
        plx_svg_path(svg, "line-base", d);
    for (guint i = 0; i < chart->n; i++) {
        if (!is_there(chart, i))
            continue;
        plx_svg_circle(svg, "shape-circle", x_of(chart, i), y_of(chart, chart->value[i]),
                       chart->n > 60 ? 1.5 : 3.5);
    }
}

/* The range as a band, the place as a dashed line; words to the side with more room, in two rows so
 * that neighbours do not meet. */
static void draw_mark(plx_svg *svg, const struct plx_series_chart *chart,
                      const struct plx_series_mark *mark, guint row)
{
    const double x = x_of(chart, mark->at - 0.5), bottom = HEIGHT - BOTTOM;
    const double from = x_of(chart, mark->first - 0.5), to = x_of(chart, mark->last - 0.5);
    plx_svg_rect(svg, "series-range", from - 2, TOP, to - from + 4, bottom - TOP, 2);
    plx_svg_line(svg, "series-mark", x, TOP - 4, x, bottom);
    const gboolean right = x > WIDTH * 0.75;
    plx_svg_label(svg, "series-word", right ? x + 2 : x - 2, TOP - 9 - 15.0 * row,
                  right ? "end" : "start", mark->label);
}

plx_svg *plx_series_draw(const struct plx_series_chart *chart, const char *id)
{
    plx_svg *svg = plx_svg_new(WIDTH, HEIGHT, "picture series", NULL);
    g_autofree char *title = g_strdup_printf("%s-title", id);
    g_autofree char *desc = g_strdup_printf("%s-desc", id);
    g_autofree char *both = g_strdup_printf("%s %s", title, desc);
    plx_svg_attribute(svg, "role", "img");
    plx_svg_attribute(svg, "aria-labelledby", both);
    plx_svg_open(svg, "title");
    plx_svg_attribute(svg, "id", title);
    plx_svg_text(svg, chart->title);
    plx_svg_close(svg);
    plx_svg_open(svg, "desc");
    plx_svg_attribute(svg, "id", desc);
    plx_svg_text(svg, chart->desc);
    plx_svg_close(svg);
    draw_axes(svg, chart);
    plx_svg_open(svg, "g");
    plx_svg_attribute(svg, "class", "colour-circle");
    draw_bands(svg, chart);
    draw_line(svg, chart);
    plx_svg_close(svg);
    for (guint i = 0; i < chart->n_marks; i++)
        draw_mark(svg, chart, &chart->marks[i], i % 2);
    return svg;
}
