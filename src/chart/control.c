/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/control.h"

#include "chart/axes.h"

#include <math.h>

#define LABEL_ROOM 62.0

struct drawing {
    const struct plx_control *control;
    struct plx_axes axes;
    double step;
};

static double at(const struct drawing *d, guint i)
{
    return d->axes.left + d->step * (i + 0.5);
}

/* A stair: each period's own limit over its own width. */
static void draw_stair(const struct drawing *d, const char *class_name, gsize offset)
{
    g_autoptr(GString) path = g_string_new(NULL);
    gboolean open = FALSE;
    for (guint i = 0; i < d->control->n_marks; i++) {
        const double limit =
            G_STRUCT_MEMBER(double, (gpointer)(guintptr)&d->control->marks[i], offset);
        if (!isfinite(limit)) {
            open = FALSE;
            continue;
        }
        const double y = plx_axes_y(&d->axes, limit);
        (open ? plx_svg_to : plx_svg_move)(path, at(d, i) - d->step / 2, y);
        plx_svg_to(path, at(d, i) + d->step / 2, y);
        open = TRUE;
    }
    if (path->len)
        plx_svg_path(d->axes.svg, class_name, path);
}

static void draw_values(const struct drawing *d)
{
    const struct plx_control *c = d->control;
    g_autoptr(GString) path = g_string_new(NULL);
    for (guint i = 0; i < c->n_marks; i++)
        if (isfinite(c->marks[i].value))
            (path->len ? plx_svg_to : plx_svg_move)(path, at(d, i),
                                                    plx_axes_y(&d->axes, c->marks[i].value));
    if (path->len)
        plx_svg_path(d->axes.svg, "values", path);
    for (guint i = 0; i < c->n_marks; i++) {
        if (!isfinite(c->marks[i].value))
            continue;
        plx_axes_mark(&d->axes, at(d, i), c->marks[i].value, c->marks[i].outside);
        if (c->marks[i].outside)
            plx_axes_label(&d->axes, at(d, i), c->marks[i].value, c->marks[i].label);
    }
}

static void draw_periods(const struct drawing *d)
{
    const guint every = (guint)ceil(LABEL_ROOM / d->step);
    for (guint i = 0; i < d->control->n_marks; i += every)
        plx_svg_label(d->axes.svg, "number", at(d, i), d->axes.bottom + 20, "middle",
                      d->control->marks[i].label);
}

plx_svg *plx_control_draw(const struct plx_control *control)
{
    struct drawing d = {.control = control};
    d.axes = plx_axes_new(control->id, control->title, control->desc, control->value_title,
                          control->min, control->max, control->percent);
    d.step = (d.axes.right - d.axes.left) / MAX(control->n_marks, 1);
    plx_axes_rule(&d.axes, "center", control->center);
    draw_stair(&d, "outer", G_STRUCT_OFFSET(struct plx_control_mark, lo));
    draw_stair(&d, "outer", G_STRUCT_OFFSET(struct plx_control_mark, hi));
    draw_stair(&d, "adjusted", G_STRUCT_OFFSET(struct plx_control_mark, adjusted_lo));
    draw_stair(&d, "adjusted", G_STRUCT_OFFSET(struct plx_control_mark, adjusted_hi));
    draw_values(&d);
    draw_periods(&d);
    return d.axes.svg;
}
