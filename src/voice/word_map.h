/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A table from short lists of 32-bit words to small numbers 0, 1, 2 … in order of appearance.
 * All zeros is an empty one. Test: tests/voice/test_word_map.c. */

#include <glib.h>

struct plx_word_map {
    GArray *words;  /* guint32: all keys in a row */
    GArray *ends;   /* guint32: where each key ends in words */
    guint32 *slots; /* number + 1 */
    guint bits;
};

/* The number of a key, added when new. */
guint32 plx_word_map_number(struct plx_word_map *map, const guint32 *words, guint n);
guint32 plx_word_map_size(const struct plx_word_map *map);
/* The words of a key; borrowed until the next is added. */
const guint32 *plx_word_map_words(const struct plx_word_map *map, guint32 number, guint *n);
void plx_word_map_clear(struct plx_word_map *map);
