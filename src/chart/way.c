/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/way.h"

#include <math.h>

#define LEFT 250.0 /* room for titles */
#define WIDE 420.0 /* of 100 % */
#define RIGHT 30.0
#define TOP 48.0
#define ROW 24.0
#define TITLE_MAX 36 /* letters */

static double at(double share)
{
    return LEFT + WIDE * CLAMP(share, 0, 1);
}

static void draw_axis(plx_svg *svg, double bottom)
{
    for (guint i = 0; i <= 4; i++) {
        char text[8];
        g_snprintf(text, sizeof text, "%u %%", i * 25);
        plx_svg_line(svg, i ? "level" : "level strong", at(i / 4.0), TOP - 6, at(i / 4.0), bottom);
        plx_svg_label(svg, "level-label", at(i / 4.0), TOP - 12, "middle", text);
    }
}

static void draw_key(plx_svg *svg, gboolean curve)
{
    plx_svg_rect(svg, "share-below", LEFT, 6, 22, 10, 0);
    plx_svg_label(svg, "level-label", LEFT + 28, 15, "start", "bad here, of 100");
    if (!curve)
        return;
    plx_svg_circle(svg, "shape-circle", LEFT + 160, 11, 5);
    plx_svg_label(svg, "level-label", LEFT + 172, 15, "start", "still fine after it");
}

static char *short_title(const char *title)
{
    if (g_utf8_strlen(title, -1) <= TITLE_MAX)
        return g_strdup(title);
    g_autofree char *part = g_utf8_substring(title, 0, TITLE_MAX - 1);
    return g_strconcat(part, "…", NULL);
}

static void draw_row(plx_svg *svg, const struct plx_way_row *row, double y)
{
    g_autofree char *title = short_title(row->title);
    plx_svg_label(svg, "point-label", LEFT - 10, y + 4, "end", title);
    if (isfinite(row->bad))
        plx_svg_rect(svg, "share-below", LEFT, y - 5, MAX(at(row->bad) - LEFT, 1), 10, 0);
}

static void draw_dot(plx_svg *svg, const struct plx_way_row *row, double y)
{
    if (!isfinite(row->fine))
        return;
    if (isfinite(row->fine_lo) && isfinite(row->fine_hi))
        plx_svg_line(svg, "interval", at(row->fine_lo), y, at(row->fine_hi), y);
    plx_svg_circle(svg, "shape-circle", at(row->fine), y, 5);
}

static gboolean draw_curve(plx_svg *svg, const struct plx_way_row *rows, guint n)
{
    g_autoptr(GString) d = g_string_new(NULL);
    for (guint i = 0; i < n; i++) {
        const double y = TOP + ROW * (i + 0.5);
        if (!isfinite(rows[i].fine))
            continue;
        if (d->len)
            plx_svg_to(d, at(rows[i].fine), y);
        else
            plx_svg_move(d, at(rows[i].fine), y);
    }
    if (!d->len)
        return FALSE;
    plx_svg_open(svg, "g");
    plx_svg_attribute(svg, "class", "colour-circle");
    plx_svg_path(svg, "line-base", d);
    for (guint i = 0; i < n; i++)
        draw_dot(svg, &rows[i], TOP + ROW * (i + 0.5));
    plx_svg_close(svg);
    return TRUE;
}

plx_svg *plx_way_draw(const struct plx_way_row *rows, guint n, const char *label)
{
    const double bottom = TOP + ROW * n;
    plx_svg *svg = plx_svg_new(LEFT + WIDE + RIGHT, bottom + 8, "picture", NULL);
    plx_svg_attribute(svg, "role", "img");
    plx_svg_attribute(svg, "aria-label", label);
    draw_axis(svg, bottom);
    for (guint i = 0; i < n; i++)
        draw_row(svg, &rows[i], TOP + ROW * (i + 0.5));
    draw_key(svg, draw_curve(svg, rows, n));
    return svg;
}
