/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The gaps as one self-contained HTML page: headline, picture, lists in words, table twin, method.
 *
 * Inline style and SVG only, no script; a content security policy forbids everything else. The same
 * reading gives the same bytes (no time stamp). Test: tests/report/test_gaps_page.c, and in a
 * browser tests/web. */

#include "reading/gaps.h"
#include "report/brand.h"

#include <glib.h>

struct plx_page_options {
    const char *version; /* of the program */
    const char *command; /* the line that makes this page again, or NULL */
    const plx_brand
        *brand; /* the client's name, logo, colour and words, or NULL; of pages for a room */
    const GPtrArray *sections;     /* plx_story of other readings, below the findings; or NULL */
    const struct plx_story *step;  /* what `next` says, behind the strengths; or NULL */
    const struct plx_next *quotes; /* whose words are quoted at the blind spots; or NULL */
    gboolean printed;              /* becomes a PDF now, on paper whose size nobody chooses */
    const char *language;  /* of a story on a page of its own: "de"; NULL: British English */
    const char *direction; /* then "ltr" or "rtl" */
};

/* Everything: headline, picture, findings, every number, method. */
GString *plx_gaps_page(const plx_gaps *gaps, const struct plx_page_options *options);

/* One sheet of A4 to print: headline, picture, three blind spots in words, one line of notes. Of a
 * reading without groups; of others it shows the first. */
GString *plx_gaps_one_page(const plx_gaps *gaps, const struct plx_page_options *options);
