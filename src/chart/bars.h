/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Small charts that stand in a line of text or a table cell.
 * Test: tests/chart/test_bars.c. */

#include "chart/svg.h"

#include <glib.h>

/* A distribution: one bar per value, heights relative to the largest; bars before index `met` are
 * drawn as "below". `label` says it in words. */
plx_svg *plx_bars_distribution(const gint64 *counts, guint k, guint met, const char *label);

/* "8 in 10": ten dots, round(10 share) of them full; share 0..1. `class_name` gives the colour. */
plx_svg *plx_bars_ten(double share, const char *class_name, const char *label);
