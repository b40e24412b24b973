/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/svg.h"

#include "base/number.h"
#include "chart/markup.h"

#include <math.h>

struct plx_svg {
    struct plx_markup markup;
    gboolean finished;
};

/* Two decimals are a fiftieth of a pixel: enough, and the same text on every machine. */
static const char *coordinate(double value, char out[PLX_NUMBER_SIZE])
{
    g_assert(isfinite(value));
    return plx_number_format(round(value * 100) / 100, 9, out);
}

plx_svg *plx_svg_new(double width, double height, const char *class_name, const char *id)
{
    plx_svg *svg = g_new0(plx_svg, 1);
    plx_markup_init(&svg->markup);
    plx_svg_open(svg, "svg");
    plx_svg_attribute(svg, "xmlns", "http://www.w3.org/2000/svg");
    plx_svg_attribute(svg, "class", class_name);
    plx_svg_attribute(svg, "id", id);
    char w[PLX_NUMBER_SIZE], h[PLX_NUMBER_SIZE];
    g_autofree char *box =
        g_strdup_printf("0 0 %s %s", coordinate(width, w), coordinate(height, h));
    plx_svg_attribute(svg, "viewBox", box);
    plx_svg_attribute(svg, "width", w);
    plx_svg_attribute(svg, "height", h);
    return svg;
}

void plx_svg_free(plx_svg *svg)
{
    if (!svg)
        return;
    plx_markup_clear(&svg->markup);
    g_free(svg);
}

void plx_svg_open(plx_svg *svg, const char *name)
{
    g_assert(!svg->finished);
    plx_markup_open(&svg->markup, name);
}

void plx_svg_close(plx_svg *svg)
{
    plx_markup_close(&svg->markup);
}

void plx_svg_attribute(plx_svg *svg, const char *name, const char *value)
{
    plx_markup_attribute(&svg->markup, name, value);
}

void plx_svg_number(plx_svg *svg, const char *name, double value)
{
    char text[PLX_NUMBER_SIZE];
    plx_markup_attribute(&svg->markup, name, coordinate(value, text));
}

void plx_svg_text(plx_svg *svg, const char *text)
{
    plx_markup_text(&svg->markup, text);
}

void plx_svg_break(plx_svg *svg)
{
    plx_markup_break(&svg->markup);
}

void plx_svg_element(plx_svg *svg, const char *name, const char *text)
{
    plx_svg_open(svg, name);
    plx_svg_text(svg, text);
    plx_svg_close(svg);
}

void plx_svg_label(plx_svg *svg, const char *class_name, double x, double y, const char *anchor,
                   const char *text)
{
    plx_svg_open(svg, "text");
    plx_svg_attribute(svg, "class", class_name);
    plx_svg_number(svg, "x", x);
    plx_svg_number(svg, "y", y);
    plx_svg_attribute(svg, "text-anchor", anchor);
    plx_svg_text(svg, text);
    plx_svg_close(svg);
}

void plx_svg_line(plx_svg *svg, const char *class_name, double x1, double y1, double x2, double y2)
{
    plx_svg_open(svg, "line");
    plx_svg_attribute(svg, "class", class_name);
    plx_svg_number(svg, "x1", x1);
    plx_svg_number(svg, "y1", y1);
    plx_svg_number(svg, "x2", x2);
    plx_svg_number(svg, "y2", y2);
    plx_svg_close(svg);
}

void plx_svg_rect(plx_svg *svg, const char *class_name, double x, double y, double width,
                  double height, double radius)
{
    plx_svg_open(svg, "rect");
    plx_svg_attribute(svg, "class", class_name);
    plx_svg_number(svg, "x", x);
    plx_svg_number(svg, "y", y);
    plx_svg_number(svg, "width", width);
    plx_svg_number(svg, "height", height);
    if (radius > 0)
        plx_svg_number(svg, "rx", radius);
    plx_svg_close(svg);
}

void plx_svg_circle(plx_svg *svg, const char *class_name, double x, double y, double radius)
{
    plx_svg_open(svg, "circle");
    plx_svg_attribute(svg, "class", class_name);
    plx_svg_number(svg, "cx", x);
    plx_svg_number(svg, "cy", y);
    plx_svg_number(svg, "r", radius);
    plx_svg_close(svg);
}

static void append_point(GString *d, char command, double x, double y)
{
    char text[PLX_NUMBER_SIZE];
    g_string_append_c(d, command);
    g_string_append(d, coordinate(x, text));
    g_string_append_c(d, ',');
    g_string_append(d, coordinate(y, text));
}

void plx_svg_move(GString *d, double x, double y)
{
    append_point(d, 'M', x, y);
}

void plx_svg_to(GString *d, double x, double y)
{
    append_point(d, 'L', x, y);
}

void plx_svg_path(plx_svg *svg, const char *class_name, const GString *d)
{
    if (!d->len)
        return;
    plx_svg_open(svg, "path");
    plx_svg_attribute(svg, "class", class_name);
    plx_svg_attribute(svg, "d", d->str);
    plx_svg_close(svg);
}

const char *plx_svg_finish(plx_svg *svg)
{
    if (!svg->finished) {
        plx_svg_close(svg);
        g_assert(svg->markup.open->len == 0);
        svg->finished = TRUE;
    }
    return svg->markup.out->str;
}
