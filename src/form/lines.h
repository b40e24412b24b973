/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Settings, drafts and answers as text: one line each for what is said, in parts that are separated
 * by tabs; tab, line ends and "\" in a part are written as \t, \n, \r and \\. Private to form/.
 * Tests: tests/form/test_settings.c, test_answers.c. */

#include <glib.h>

#define PLX_LINE_PARTS 8

/* Appends a line of parts up to NULL. */
void plx_line_put(GString *out, const char *first, ...) G_GNUC_NULL_TERMINATED;

struct plx_lines {
    const char *name; /* for errors */
    char *at;         /* what is still to be read */
    guint number;     /* of the line, from 1 */
    guint n;          /* parts of it */
    char *part[PLX_LINE_PARTS];
};

/* The next line of a text, which is changed; FALSE at the end (no error) and where a line is none
 * (PLX_ERROR_INPUT). */
gboolean plx_lines_next(struct plx_lines *lines, GError **error);
/* "NAME: line 3: MESSAGE". Always FALSE. */
gboolean plx_lines_error(const struct plx_lines *lines, GError **error, const char *message);

/* Has the line this key and so many parts behind it? */
gboolean plx_line_is(const struct plx_lines *lines, const char *key, guint more);
/* A part as a whole number or a chance (0, 1]. */
gboolean plx_line_number(const struct plx_lines *lines, guint part, gint64 min, gint64 max,
                         gint64 *number, GError **error);
gboolean plx_line_chance(const struct plx_lines *lines, guint part, double *p, GError **error);
