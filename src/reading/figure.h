/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One number of a released reading, as a comparison of two groups or periods takes it.
 * Test: tests/reading/test_compare.c. */

#include "reading/gaps.h"

enum plx_direction { PLX_MORE_IS_BETTER, PLX_MORE_IS_WORSE, PLX_MORE_IS_NEITHER };
enum plx_figure_unit {
    PLX_UNIT_LEVELS,
    PLX_UNIT_SHARE,
    PLX_UNIT_NUMBER,
    PLX_UNIT_WEIGHT /* in standard deviations */
};

/* "levels", "share", "number", "weight". */
const char *plx_figure_unit_code(enum plx_figure_unit unit);

/* Texts are borrowed from the reading or the map. */
struct plx_figure {
    const char *subject;  /* id of a point, journey ...; NULL: of everything */
    const char *title;    /* for people */
    const char *audience; /* id, or NULL */
    const char *what;     /* stable code: "mean", "below_expected" ... */
    enum plx_direction direction;
    enum plx_figure_unit unit;
    gint64 n, persons;
    double value;           /* NaN: hidden, or does not exist */
    struct plx_interval ci; /* 95 %, of this number alone */
    double margin;          /* of a difference that matters, in the figure's unit; NaN: any does */
};

/* Of the gaps: the mean of every audience at every point. Elements struct plx_figure. Of a document
 * without groups. */
void plx_gaps_figures(const plx_gaps *gaps, GArray *figures);
