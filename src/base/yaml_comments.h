/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The comments of a YAML text, which no reader of its tree sees: a "#" within a text is none.
 * Test: tests/base/test_yaml_comments.c. */

#include <glib.h>

struct plx_yaml_comment {
    guint line;   /* from 1 */
    gboolean own; /* nothing else stands on that line */
    char *text;   /* "# from the # to the end of the line" */
};

/* In order, freed with it; of a text that is no YAML those before what is wrong. A text with breaks
 * of lines other than LF and CR LF has none. */
GPtrArray *plx_yaml_comments(const char *text);
