/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The picture: a journey left to right, levels upwards, one mark per voice and point, and the
 * shaded parallax between two of the voices.
 *
 * It draws a plain model and knows nothing of readings, audiences or privacy: what is not to be
 * shown is NaN. All words come from the model. Points of one section are joined by lines, sections
 * never; more than PLX_PICTURE_ROW points wrap into rows at section borders (a section longer than
 * a row is cut). A point may stand for several (`among`): then what is drawn of each of the two
 * voices is the range and the middle of those, never joined and never shaded. The drawing is
 * accessible: a titled group, one focusable and labelled element per point, marks told apart by
 * shape first and colour second. Colours and fonts are CSS variables of chart/picture.css
 * (plx_picture_css), with light, dark and print. Test: tests/chart/test_picture.c. */

#include "chart/svg.h"

#include <glib.h>

#define PLX_PICTURE_ROW 28
#define PLX_PICTURE_VOICES 8

/* Shape and colour of a voice. The first four have fixed ones; further voices take OTHER + i. */
enum plx_picture_shape {
    PLX_SHAPE_DIAMOND,  /* leaders */
    PLX_SHAPE_SQUARE,   /* staff */
    PLX_SHAPE_TRIANGLE, /* secret shoppers */
    PLX_SHAPE_CIRCLE,   /* customers */
    PLX_SHAPE_PLUS,     /* others */
    PLX_SHAPE_CROSS
};

struct plx_picture_voice {
    const char *name; /* "leaders" */
    enum plx_picture_shape shape;
    gboolean faint; /* small marks without line; class "voice-N" can be switched off by CSS */
};

struct plx_picture_mark {
    double value;  /* NaN: nothing to draw; of several points: their middle */
    double lo, hi; /* interval; NaN: a mark without a bar; of several: the lowest, the highest */
    const char *words; /* "customers 2.4 (2.2-2.6), 1,204 answers"; NULL with NaN value */
};

enum plx_picture_accent {
    PLX_ACCENT_NONE,
    PLX_ACCENT_ABOVE, /* the front voice is above the base voice, and that is decided */
    PLX_ACCENT_BELOW  /* below, and decided */
};

struct plx_picture_point {
    const char *title;
    const char *section; /* id of its section (transaction) or "" */
    const char *heading; /* title of its section, or NULL */
    const char *chapter; /* title of its journey, or NULL: rows never mix two chapters */
    const char *href;    /* "#..." where its numbers are, or NULL */
    const char *label;   /* everything about it in one sentence */
    guint among;         /* 0: one point; else it stands for so many of them */
    struct plx_picture_mark marks[PLX_PICTURE_VOICES];
    enum plx_picture_accent accent;
    const char *flag; /* words of the promise, or NULL */
    double below;     /* share 0..1 under the scale's met line, NaN = unknown */
    double friction;  /* share 0..1, NaN = unknown */
};

struct plx_picture_level {
    double value;
    const char *label;
    gboolean strong; /* the line that what is met lies on */
};

struct plx_picture {
    const char *id;    /* prefix of ids, unique in the page */
    const char *title; /* what one glance shows */
    const char *about; /* longer, for those who do not see it */
    double min, max;   /* of the axis */
    const struct plx_picture_level *levels;
    guint n_levels;
    struct plx_picture_voice voices[PLX_PICTURE_VOICES];
    guint n_voices;
    gboolean apart;             /* points are in no order: no lines from one to the next */
    gint base, front;           /* voices between which the parallax is shaded; -1 = none */
    const char *below_label;    /* "below Expected, of 100 customers", or NULL: no such bars */
    const char *friction_label; /* or NULL */
    const struct plx_picture_point *points;
    guint n_points;
};

/* Draws. The result is finished with plx_svg_finish by the caller. */
plx_svg *plx_picture_draw(const struct plx_picture *picture);

/* The mark of a voice alone, 16 x 16, for legends. */
plx_svg *plx_picture_swatch(enum plx_picture_shape shape);

/* The style sheet every page with a picture needs, static. */
const char *plx_picture_css(void);
