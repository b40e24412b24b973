/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Readings built by hand: what tests and the page in tests/web look at. Every number is made from
 * counts given here, or written down; nothing is read from files. */

#include "reading/gaps.h"

#include <glib.h>

enum sample_kind {
    SAMPLE_MARKETPLACE, /* 30 points, four voices, beliefs, promises */
    SAMPLE_HIDDEN,      /* 3 leaders of 5 needed */
    SAMPLE_TINY,        /* one point, customers only, no map */
    SAMPLE_GROUPS,      /* split by place */
    SAMPLE_HOSTILE,     /* titles that would break markup, any script */
    SAMPLE_FIVE,        /* scale 1..5; leaders on another scale, beliefs bridge */
    SAMPLE_EMPTY,       /* no points */
    SAMPLE_MANY,        /* 60 points in six journeys */
    SAMPLE_FORESIGHT    /* what customers expected, what leaders predicted; the last is hidden */
};

/* Free with sample_free. */
plx_gaps *sample_new(enum sample_kind kind);
void sample_free(plx_gaps *gaps);

/* "marketplace", "hidden" ... */
const char *sample_name(enum sample_kind kind);
#define SAMPLE_KINDS (SAMPLE_FORESIGHT + 1)
