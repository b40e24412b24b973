/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Answers (voice/source.h) to bytes and back, whole and exact, so that they can be kept.
 *
 * The bytes are private to the program that wrote them: another version of the format is refused,
 * and the answer is then asked for anew. Numbers are exact; doubles come back bit by bit.
 *
 * An answer leans on its map: scales and places on the map are not kept but looked up in the map
 * given. Decoding is refused where that map could change a number or the order of subjects: other
 * audiences, measures, journeys, ranges of scales, points in another order or journey. New titles,
 * cuts and points are taken over.
 * Test: tests/store/test_answer_blob.c; fuzz/fuzz_answer.c. */

#include "voice/source.h"

#include <glib.h>

/* Appends the answer to `out`; the needs are those that it answers, n = answer->n_tables. */
void plx_answer_encode(const struct plx_answer *answer, const plx_map *map,
                       const struct plx_need *needs, GByteArray *out);

/* Takes any bytes whatever. *answer is to be freed with plx_answer_free and borrows from the map.
 * Errors: PLX_ERROR_IO "damaged answer: …"; PLX_ERROR_NOT_FOUND when it was made with another map
 * or in another version of the format. */
gboolean plx_answer_decode(const guint8 *bytes, gsize size, const plx_map *map,
                           struct plx_answer **answer, GError **error);
