/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/funnel.h"

#include "chart/axes.h"

#include <math.h>

struct drawing {
    const struct plx_funnel *funnel;
    struct plx_axes axes;
    const struct plx_funnel_mark **sorted; /* by n */
    double most;
};

static gint by_n(gconstpointer a, gconstpointer b, gpointer data)
{
    const struct plx_funnel_mark *x = *(const struct plx_funnel_mark *const *)a;
    const struct plx_funnel_mark *y = *(const struct plx_funnel_mark *const *)b;
    (void)data;
    return (x->n > y->n) - (x->n < y->n);
}

static double at(const struct drawing *d, double n)
{
    return d->axes.left + (d->axes.right - d->axes.left - 30) * n / d->most;
}

static double limit_of(const struct plx_funnel_mark *mark, guint which)
{
    const double limits[] = {mark->inner_lo, mark->inner_hi,    mark->outer_lo,
                             mark->outer_hi, mark->adjusted_lo, mark->adjusted_hi};
    return limits[which];
}

static void draw_limits(const struct drawing *d)
{
    static const char *const names[] = {"inner", "outer", "adjusted"};
    for (guint which = 0; which < 6; which++) {
        g_autoptr(GString) path = g_string_new(NULL);
        for (guint i = 0; i < d->funnel->n_marks; i++) {
            const double limit = limit_of(d->sorted[i], which);
            if (!isfinite(limit))
                continue;
            (path->len ? plx_svg_to : plx_svg_move)(path, at(d, d->sorted[i]->n),
                                                    plx_axes_y(&d->axes, limit));
        }
        if (path->len)
            plx_svg_path(d->axes.svg, names[which / 2], path);
    }
}

plx_svg *plx_funnel_draw(const struct plx_funnel *funnel)
{
    struct drawing d = {.funnel = funnel, .most = 1};
    d.axes = plx_axes_new(funnel->id, funnel->title, funnel->desc, funnel->value_title, funnel->min,
                          funnel->max, funnel->percent);
    g_autofree const struct plx_funnel_mark **sorted =
        g_new(const struct plx_funnel_mark *, funnel->n_marks + 1);
    for (guint i = 0; i < funnel->n_marks; i++) {
        sorted[i] = &funnel->marks[i];
        d.most = MAX(d.most, funnel->marks[i].n);
    }
    g_qsort_with_data(sorted, (gint)funnel->n_marks, sizeof *sorted, by_n, NULL);
    d.sorted = sorted;
    plx_axes_rule(&d.axes, "center", funnel->center);
    draw_limits(&d);
    for (guint i = 0; i < funnel->n_marks; i++) {
        const struct plx_funnel_mark *mark = sorted[i];
        plx_axes_mark(&d.axes, at(&d, mark->n), mark->value, mark->outside);
        if (mark->outside)
            plx_axes_label(&d.axes, at(&d, mark->n), mark->value, mark->label);
    }
    char most[24];
    g_snprintf(most, sizeof most, "%.0f", d.most);
    plx_svg_label(d.axes.svg, "number", d.axes.left, d.axes.bottom + 20, "middle", "0");
    plx_svg_label(d.axes.svg, "number", at(&d, d.most), d.axes.bottom + 20, "middle", most);
    plx_svg_label(d.axes.svg, "axis-title", (d.axes.left + d.axes.right) / 2, d.axes.bottom + 40,
                  "middle", funnel->n_title);
    return d.axes.svg;
}
