/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* From what people write to the id it stands for.
 *
 * The rule, in this order:
 *   1. Unicode NFKC and casefold, until stable ("Straße" and "STRASSE" are one);
 *   2. letters, digits and combining marks stay; every run of anything else is one "-";
 *   3. "-" is trimmed from both ends;
 *   4. a result over 64 bytes is cut to at most 57 bytes at a character boundary, trimmed of "-" at
 *      its new end, and ended by "-" and the first 6 hex digits of the SHA-256 of the uncut result.
 * The id of an id is itself. Test: tests/base/test_id.c. */

#include <glib.h>

#define PLX_ID_BYTES_MAX 64

/* The id of a title of `length` bytes. NULL when nothing is left (no letter, no digit) or when the
 * title is not valid UTF-8 or holds NUL. Allocates: call it once per distinct title. */
char *plx_id_new(const char *title, gsize length);

/* Of all the times that one id was written (texts, which are sorted) the spelling that people
 * rather read: the one written most often; of those one that is not in capitals only; of those the
 * first in byte order. NULL: there is none. Test: tests/base/test_id.c. */
const char *plx_id_pick_spelling(GPtrArray *texts);

/* TRUE when `text` is its own id. */
gboolean plx_id_is(const char *text);
