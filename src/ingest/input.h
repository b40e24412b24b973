/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The bytes of an input as UTF-8 text, whatever it is: a file, standard input, memory; plain or
 * gzip (by its magic, several members too); UTF-8, UTF-16 by its byte order mark, or an encoding by
 * name. A byte order mark is no part of the text. An input can be read again from its beginning:
 * what cannot be sought is copied, as it is read, into an unlinked temporary file.
 * Errors: PLX_ERROR_IO (cannot be read), PLX_ERROR_INPUT (directory, damaged gzip, a byte that the
 * encoding does not have). Test: tests/ingest/test_file_source.c, test_bad_input.c. */

#include <glib.h>

typedef struct plx_input plx_input;

/* `path` "-" is standard input. `encoding` NULL: UTF-8, or UTF-16 by byte order mark. `stopped` is
 * asked before each piece, and while a pipe has nothing, by any thread: TRUE ends the reading with
 * PLX_ERROR_IO; NULL: never. Test: tests/cli/cases/import-interrupt. */
plx_input *plx_input_new(const char *path, const char *encoding, gboolean (*stopped)(void),
                         GError **error);
/* The same from borrowed memory, called `name`. */
plx_input *plx_input_new_memory(const char *text, gsize length, const char *name,
                                const char *encoding, GError **error);
void plx_input_free(plx_input *input);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_input, plx_input_free)

/* As messages call it: the path, "<stdin>". */
const char *plx_input_name(const plx_input *input);

/* Fills `out` (n at least 8) but perhaps for a few bytes that a character does not fit into; *got 0
 * means the end. *got is also set on failure: the good bytes before what failed. Failures stay:
 * every later call fails alike, until the input is rewound. */
gboolean plx_input_read(plx_input *input, char *out, gsize n, gsize *got, GError **error);

/* Begins again at the first byte of text. */
gboolean plx_input_rewind(plx_input *input, GError **error);
