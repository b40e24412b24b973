/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A file of known margins, to which answers are weighted: how large a share of all customers each
 * place, channel, language or segment is.
 *
 *     key,value,share
 *     place,Graz,0.4
 *     place,Wien,0.6
 *     language,de,0.9
 *     language,en,0.1
 *
 * Delimited text with a header, columns in any order. Either `share` (each key's sum to 1, give or
 * take PLX_MARGINS_ROUNDING, as printed shares do) or `count` (people; only their proportions
 * matter). An empty value is those who have none. It lies in voice/ because both the command line
 * and readings need it. Keys and values come in byte order, so the order of rows has no effect.
 * Test: tests/voice/test_margins.c; fuzz/fuzz_margins.c. */

#include <glib.h>

#define PLX_MARGINS_ROUNDING 0.005

struct plx_margin {
    char *key;
    guint64 line; /* of its first row in the file */
    guint n;
    char **value;     /* n and a NULL; rising */
    double *share;    /* n, sum 1 */
    guint64 *line_of; /* n: the row of each */
};

typedef struct plx_margins plx_margins;

enum plx_margins_keys {
    PLX_MARGINS_DIMENSIONS, /* place, channel, language, segment.NAME */
    PLX_MARGINS_ANY         /* whatever a file's columns are called */
};

/* Errors: PLX_ERROR_INPUT with NAME:LINE:COLUMN, what stands there, and what was expected;
 * PLX_ERROR_IO. `path` "-" is standard input. */
plx_margins *plx_margins_read(const char *path, enum plx_margins_keys keys, GError **error);

/* The same from a text that messages call `name`. */
plx_margins *plx_margins_parse(const char *text, gsize length, const char *name,
                               enum plx_margins_keys keys, GError **error);

void plx_margins_free(plx_margins *margins);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_margins, plx_margins_free)

guint plx_margins_count(const plx_margins *margins); /* at least 1 */
const struct plx_margin *plx_margins_get(const plx_margins *margins, guint i);
const char *plx_margins_name(const plx_margins *margins); /* what messages call the file */

/* Index of a value (NULL and "" are none); -1: the margin does not say. */
gint plx_margin_find(const struct plx_margin *margin, const char *value);
