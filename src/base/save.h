/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Writing a file whole: a reader sees the old text or the new one, never half of it. What is no
 * regular file (a pipe, a terminal, /dev/null) is written to where it is and never replaced.
 * Test: tests/base/test_save.c. */

#include <glib.h>

/* Errors: PLX_ERROR_IO, "cannot write PATH: REASON". */
gboolean plx_save(const char *path, const char *text, gsize length, GError **error);
