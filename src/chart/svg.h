/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* SVG, written with escaping: the only type that report/html.h takes in without escaping again.
 *
 * Coordinates have at most two decimals, never depend on the locale, and must be finite (g_assert:
 * what does not exist is not drawn). Test: tests/chart/test_svg.c. */

#include <glib.h>

typedef struct plx_svg plx_svg;

/* An empty drawing. `width` and `height` give the viewBox; the root element stays open for
 * attributes. `class_name` and `id` may be NULL. */
plx_svg *plx_svg_new(double width, double height, const char *class_name, const char *id);
void plx_svg_free(plx_svg *svg);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_svg, plx_svg_free)

void plx_svg_open(plx_svg *svg, const char *name); /* a literal: "g", "path" ... */
void plx_svg_close(plx_svg *svg);
void plx_svg_attribute(plx_svg *svg, const char *name, const char *value); /* NULL: not written */
void plx_svg_number(plx_svg *svg, const char *name, double value);
void plx_svg_text(plx_svg *svg, const char *text);
void plx_svg_break(plx_svg *svg); /* a line break between elements */

/* Whole elements: <name>text</name>, and an element with text at a place. `anchor`: "start",
 * "middle", "end". */
void plx_svg_element(plx_svg *svg, const char *name, const char *text);
void plx_svg_label(plx_svg *svg, const char *class_name, double x, double y, const char *anchor,
                   const char *text);
void plx_svg_line(plx_svg *svg, const char *class_name, double x1, double y1, double x2, double y2);
void plx_svg_rect(plx_svg *svg, const char *class_name, double x, double y, double width,
                  double height, double radius);
void plx_svg_circle(plx_svg *svg, const char *class_name, double x, double y, double radius);

/* Paths: append to `d` (a GString of the caller), then plx_svg_path. */
void plx_svg_move(GString *d, double x, double y);
void plx_svg_to(GString *d, double x, double y);
void plx_svg_path(plx_svg *svg, const char *class_name, const GString *d);

/* Ends the root element and gives the text, owned by `svg`. Nothing can be added afterwards. */
const char *plx_svg_finish(plx_svg *svg);
