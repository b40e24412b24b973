/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/small_bars.h"

#include "chart/picture_layout.h"

#include <math.h>

#define NAMES 260.0 /* width of the names */
#define SIZE 12.5   /* of them (page.css) */
#define COLUMN 104.0
#define TRACK 62.0 /* of a column */
#define ROW 22.0
#define HEAD 26.0
#define BAR 10.0

static void draw_bar(plx_svg *svg, double x, double y, double share, gboolean first)
{
    char number[8];
    plx_svg_rect(svg, "track", x, y, TRACK, BAR, 2);
    if (isfinite(share) && share > 0)
        plx_svg_rect(svg, first ? "bar first" : "bar", x, y, MAX(1, TRACK * MIN(share, 1)), BAR, 2);
    if (isfinite(share))
        g_snprintf(number, sizeof number, "%.0f", share * 100);
    plx_svg_label(svg, first ? "number first" : "number", x + TRACK + 5, y + BAR - 0.5, "start",
                  isfinite(share) ? number : "–");
}

static void draw_row(plx_svg *svg, const struct plx_small_bars *bars, guint row)
{
    const double y = HEAD + ROW * row;
    g_auto(GStrv) name = plx_layout_wrap(bars->rows[row], NAMES - 12, SIZE, 1);
    plx_svg_label(svg, "name", NAMES - 12, y + ROW / 2 + 4, "end", name[0] ? name[0] : "");
    for (guint c = 0; c < bars->n_columns; c++)
        draw_bar(svg, NAMES + COLUMN * c, y + (ROW - BAR) / 2,
                 bars->values[(gsize)row * bars->n_columns + c], c == 0);
    plx_svg_break(svg);
}

plx_svg *plx_small_bars_draw(const struct plx_small_bars *bars)
{
    const double width = NAMES + COLUMN * bars->n_columns;
    plx_svg *svg = plx_svg_new(width, HEAD + ROW * bars->n_rows + 6, "small-bars", NULL);
    plx_svg_attribute(svg, "role", "img");
    plx_svg_attribute(svg, "aria-label", bars->title);
    plx_svg_element(svg, "title", bars->title);
    plx_svg_element(svg, "desc", bars->description);
    for (guint c = 0; c < bars->n_columns; c++)
        plx_svg_label(svg, c ? "head" : "head first", NAMES + COLUMN * c, HEAD - 10, "start",
                      bars->columns[c]);
    plx_svg_break(svg);
    for (guint r = 0; r < bars->n_rows; r++)
        draw_row(svg, bars, r);
    return svg;
}
