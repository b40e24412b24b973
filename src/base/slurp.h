/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A small file as bytes, for readers that want it whole. Test: tests/base/test_csv_table.c,
 * tests/base/test_yaml.c. */

#include <glib.h>

/* What messages call a path: itself, or "standard input" for "-". */
const char *plx_slurp_name(const char *path);

/* All of a file, or of standard input ("-"); at most one byte more than `most`, so that a wrong
 * path to a huge file costs nothing. Errors: PLX_ERROR_IO; PLX_ERROR_INPUT for a directory. */
GByteArray *plx_slurp(const char *path, gsize most, GError **error);
