/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/axes.h"

#include <math.h>

#define WIDTH 720.0
#define HEIGHT 300.0
#define LEFT 54.0
#define RIGHT 704.0
#define TOP 34.0
#define BOTTOM 250.0

double plx_axes_y(const struct plx_axes *axes, double value)
{
    const double share = (value - axes->min) / (axes->max - axes->min);
    return axes->bottom - CLAMP(share, 0, 1) * (axes->bottom - axes->top);
}

void plx_axes_rule(const struct plx_axes *axes, const char *class_name, double value)
{
    const double y = plx_axes_y(axes, value);
    plx_svg_line(axes->svg, class_name, axes->left, y, axes->right, y);
}

/* The largest of 1, 2, 5 times a power of ten that gives at least three steps. */
static double step_of(double range)
{
    double step = pow(10, ceil(log10(range)));
    static const double parts[] = {0.5, 0.4, 0.5};
    for (guint i = 0; range / step < 3; i++)
        step *= parts[i % G_N_ELEMENTS(parts)];
    return step;
}

static void draw_steps(const struct plx_axes *axes)
{
    const double step = step_of(axes->max - axes->min);
    const double first = ceil(axes->min / step - 1e-9);
    for (guint i = 0; (first + i) * step <= axes->max + 1e-9; i++) {
        const double value = (first + i) * step;
        char text[32];
        if (axes->percent)
            g_snprintf(text, sizeof text, "%.0f %%", value * 100);
        else
            g_snprintf(text, sizeof text, "%.*f", step < 1 ? 1 : 0, value);
        plx_axes_rule(axes, "rule", value);
        plx_svg_label(axes->svg, "number", axes->left - 8, plx_axes_y(axes, value) + 4, "end",
                      text);
    }
}

static void describe(plx_svg *svg, const char *id, const char *part, const char *text)
{
    g_autofree char *name = g_strconcat(id, "-", part, NULL);
    plx_svg_open(svg, part);
    plx_svg_attribute(svg, "id", name);
    plx_svg_text(svg, text);
    plx_svg_close(svg);
}

struct plx_axes plx_axes_new(const char *id, const char *title, const char *desc,
                             const char *value_title, double min, double max, gboolean percent)
{
    g_autofree char *by = g_strconcat(id, "-title ", id, "-desc", NULL);
    struct plx_axes axes = {.svg = plx_svg_new(WIDTH, HEIGHT, "limits", id),
                            .left = LEFT,
                            .right = RIGHT,
                            .top = TOP,
                            .bottom = BOTTOM,
                            .min = min,
                            .max = max,
                            .percent = percent};
    plx_svg_attribute(axes.svg, "role", "img");
    plx_svg_attribute(axes.svg, "aria-labelledby", by);
    describe(axes.svg, id, "title", title);
    describe(axes.svg, id, "desc", desc);
    plx_svg_label(axes.svg, "axis-title", 4, 16, "start", value_title);
    draw_steps(&axes);
    return axes;
}

void plx_axes_mark(const struct plx_axes *axes, double x, double value, gboolean outside)
{
    const double y = plx_axes_y(axes, value);
    if (outside) {
        plx_svg_rect(axes->svg, "outside", x - 5, y - 5, 10, 10, 0);
        return;
    }
    plx_svg_circle(axes->svg, "inside", x, y, 4);
}

void plx_axes_label(const struct plx_axes *axes, double x, double value, const char *text)
{
    const double y = plx_axes_y(axes, value);
    const gboolean left = x<axes->left + 40, right = x> axes->right - 40;
    plx_svg_label(axes->svg, "told", x, y - 9 > axes->top - 8 ? y - 9 : y + 18,
                  left    ? "start"
                  : right ? "end"
                          : "middle",
                  text);
}
