/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The bytes of an input, whatever encoding they are in: of a file, standard input or memory; gzip
 * is unpacked (by its magic, several members too). They can be read again from the first one: what
 * cannot be sought is copied, as it is read, into an unlinked temporary file. Errors: PLX_ERROR_IO
 * (cannot be read), PLX_ERROR_INPUT (directory, damaged gzip). Test:
 * tests/ingest/test_file_source.c, test_bad_input.c. */

#include <glib.h>

enum { PLX_RAW_AHEAD = 4 };

typedef struct plx_raw plx_raw;

/* As plx_input_new (ingest/input.h). Both are to be rewound before they are read. */
plx_raw *plx_raw_new(const char *path, gboolean (*stopped)(void), GError **error);
plx_raw *plx_raw_new_memory(const char *text, gsize length, const char *name);
void plx_raw_free(plx_raw *raw);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_raw, plx_raw_free)

/* As messages call it: the path, "<stdin>". */
const char *plx_raw_name(const plx_raw *raw);

/* Begins again at the first byte. */
gboolean plx_raw_rewind(plx_raw *raw, GError **error);
/* After rewinding: the first *n bytes, at most PLX_RAW_AHEAD, which are still to be read; borrowed.
 */
const guint8 *plx_raw_ahead(const plx_raw *raw, gsize *n);
/* After rewinding: n of these bytes are not read. */
void plx_raw_skip(plx_raw *raw, gsize n);

/* Up to n bytes, *got 0 at the end. */
gboolean plx_raw_read(plx_raw *raw, char *out, gsize n, gsize *got, GError **error);
