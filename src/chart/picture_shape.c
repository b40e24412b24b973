/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/picture_shape.h"

#include <gio/gio.h>

/* Made by glib-compile-resources from chart.gresource.xml. */
GResource *plx_chart_get_resource(void);

const char *plx_picture_css(void)
{
    g_autoptr(GBytes) css =
        g_resource_lookup_data(plx_chart_get_resource(), "/parallax/chart/picture.css",
                               G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_assert(css);
    /* Uncompressed resources are constant data of the program, with a zero byte behind them. */
    return g_bytes_get_data(css, NULL);
}

const char *plx_picture_shape_name(enum plx_picture_shape shape)
{
    static const char *const names[] = {"diamond", "square", "triangle", "circle", "plus", "cross"};
    return names[shape];
}

void plx_picture_shape(plx_svg *svg, enum plx_picture_shape shape, double x, double y, double r)
{
    g_autofree char *name = g_strconcat("mark shape-", plx_picture_shape_name(shape), NULL);
    if (shape == PLX_SHAPE_CIRCLE) {
        plx_svg_circle(svg, name, x, y, r);
        return;
    }
    if (shape == PLX_SHAPE_SQUARE) {
        plx_svg_rect(svg, name, x - 0.85 * r, y - 0.85 * r, 1.7 * r, 1.7 * r, 0);
        return;
    }
    static const double outlines[][8] = {
        [PLX_SHAPE_DIAMOND] = {0, -1.25, 1.25, 0, 0, 1.25, -1.25, 0},
        [PLX_SHAPE_TRIANGLE] = {0, -1.1, 1.1, 0.9, -1.1, 0.9, -1.1, 0.9},
        [PLX_SHAPE_PLUS] = {-1.1, 0, 1.1, 0, 0, -1.1, 0, 1.1},
        [PLX_SHAPE_CROSS] = {-0.9, -0.9, 0.9, 0.9, -0.9, 0.9, 0.9, -0.9},
    };
    const double *p = outlines[shape];
    const gboolean strokes = shape == PLX_SHAPE_PLUS || shape == PLX_SHAPE_CROSS;
    g_autoptr(GString) path = g_string_new(NULL);
    for (int i = 0; i < 4; i++) {
        if (i == 0 || (strokes && i == 2))
            plx_svg_move(path, x + p[2 * i] * r, y + p[2 * i + 1] * r);
        else
            plx_svg_to(path, x + p[2 * i] * r, y + p[2 * i + 1] * r);
    }
    if (!strokes)
        g_string_append_c(path, 'Z');
    plx_svg_path(svg, name, path);
}

void plx_picture_range(plx_svg *svg, enum plx_picture_shape shape, double x, const double ys[3],
                       const char *words)
{
    g_autofree char *name = g_strconcat("reach colour-", plx_picture_shape_name(shape), NULL);
    plx_svg_open(svg, "g");
    plx_svg_attribute(svg, "class", name);
    if (words)
        plx_svg_element(svg, "title", words);
    const double top = MIN(ys[1], ys[2]) - 3, bottom = MAX(ys[1], ys[2]) + 3;
    plx_svg_rect(svg, "reach-bar", x - 6, top, 12, bottom - top, 6);
    plx_picture_shape(svg, shape, x, ys[0], 4.5);
    plx_svg_close(svg);
}

plx_svg *plx_picture_swatch(enum plx_picture_shape shape)
{
    plx_svg *svg = plx_svg_new(16, 16, "swatch", NULL);
    plx_svg_attribute(svg, "aria-hidden", "true");
    plx_picture_shape(svg, shape, 8, 8, 5.5);
    return svg;
}
