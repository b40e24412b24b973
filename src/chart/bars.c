/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/bars.h"

#include <math.h>

/* Everything is drawn, then said once by the label: the bars themselves mean nothing to a reader
 * of the text alone. */
static void name_drawing(plx_svg *svg, const char *label)
{
    plx_svg_attribute(svg, "role", "img");
    plx_svg_attribute(svg, "aria-label", label);
}

plx_svg *plx_bars_distribution(const gint64 *counts, guint k, guint met, const char *label)
{
    const double height = 22, step = k > 12 ? 4 : 9, width = step * k - 1;
    plx_svg *svg = plx_svg_new(width, height, "bars", NULL);
    name_drawing(svg, label);
    gint64 most = 1;
    for (guint i = 0; i < k; i++)
        most = MAX(most, counts[i]);
    for (guint i = 0; i < k; i++) {
        double h = counts[i] > 0 ? (height - 1) * (double)counts[i] / (double)most : 0;
        h = counts[i] > 0 ? MAX(h, 1.5) : 0.75;
        const char *name = counts[i] <= 0 ? "bar-none" : i < met ? "bar-below" : "bar-met";
        plx_svg_rect(svg, name, step * i, height - h, step - 1, h, 0);
    }
    return svg;
}

plx_svg *plx_bars_ten(double share, const char *class_name, const char *label)
{
    const double step = 22, r = 8.5;
    plx_svg *svg = plx_svg_new(step * 10, step, "ten", NULL);
    name_drawing(svg, label);
    plx_svg_open(svg, "g");
    plx_svg_attribute(svg, "class", class_name);
    const int full = (int)round(CLAMP(share, 0, 1) * 10);
    for (int i = 0; i < 10; i++) {
        plx_svg_circle(svg, i < full ? "full" : "hollow", step * i + step / 2, step / 2, r);
    }
    plx_svg_close(svg);
    return svg;
}
