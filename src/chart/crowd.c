/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/crowd.h"

#define STEP 14.0
#define RADIUS 5.0
#define SIDE 9.4

static void draw_one(plx_svg *svg, guint kind, double x, double y)
{
    static const char *const names[] = {"low", "middle", "high"};
    if (kind == 2) {
        plx_svg_rect(svg, "high", x - SIDE / 2, y - SIDE / 2, SIDE, SIDE, 1.5);
        return;
    }
    plx_svg_circle(svg, names[kind], x, y, kind == 0 ? RADIUS : RADIUS - 1);
}

plx_svg *plx_crowd_draw(const struct plx_crowd *crowd, const char *class_name, const char *label)
{
    g_assert(crowd->low + crowd->high <= 100);
    plx_svg *svg = plx_svg_new(STEP * 10, STEP * 10, class_name, NULL);
    plx_svg_attribute(svg, "role", "img");
    plx_svg_attribute(svg, "aria-label", label);
    plx_svg_open(svg, "g");
    plx_svg_attribute(svg, "class", crowd->blank ? "blank" : NULL);
    for (guint i = 0; i < 100; i++)
        draw_one(svg,
                 i < crowd->low          ? 0
                 : i < 100 - crowd->high ? 1
                                         : 2,
                 STEP * (i % 10) + STEP / 2, STEP * (i / 10) + STEP / 2);
    plx_svg_close(svg);
    return svg;
}
