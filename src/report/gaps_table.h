/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The gaps as text that a manager can read in a terminal.
 *
 * Headline first (hidden voices with their remedy), then the lists in words (blind spots first),
 * then every point in map order with a strip from the lowest to the highest level on which each
 * voice is a letter, then the notes. Text of any script is aligned by display width.
 * Test: tests/report/test_gaps_table.c, with goldens in tests/report/golden. */

#include "reading/gaps.h"

#include <glib.h>

struct plx_table_options {
    guint width;      /* columns, at least 40; what is wider than the need stays empty */
    gboolean colour;  /* ANSI colours as a second signal */
    gboolean unicode; /* FALSE: only our own signs become ASCII, titles stay */
    gboolean verbose; /* adds the method: adjusted intervals, p, how */
};

void plx_gaps_table(const plx_gaps *gaps, const struct plx_table_options *options, GString *out);
