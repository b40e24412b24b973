/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/word_map.h"

#include <string.h>

#define FIRST_BITS 8

guint32 plx_word_map_size(const struct plx_word_map *map)
{
    return map->ends ? map->ends->len : 0;
}

const guint32 *plx_word_map_words(const struct plx_word_map *map, guint32 number, guint *n)
{
    guint32 from = number ? g_array_index(map->ends, guint32, number - 1) : 0;
    *n = g_array_index(map->ends, guint32, number) - from;
    return &g_array_index(map->words, guint32, from);
}

static guint64 hash_words(const guint32 *words, guint n)
{
    guint64 hash = n;
    for (guint i = 0; i < n; i++) {
        hash = (hash ^ words[i]) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
        hash ^= hash >> 29;
    }
    return hash * G_GUINT64_CONSTANT(0xff51afd7ed558ccd);
}

static void grow(struct plx_word_map *map)
{
    if (!map->slots) {
        map->words = g_array_new(FALSE, FALSE, sizeof(guint32));
        map->ends = g_array_new(FALSE, FALSE, sizeof(guint32));
    }
    map->bits = map->slots ? map->bits + 1 : FIRST_BITS;
    g_free(map->slots);
    map->slots = g_new0(guint32, (gsize)1 << map->bits);
    gsize mask = ((gsize)1 << map->bits) - 1;
    for (guint32 number = 0; number < map->ends->len; number++) {
        guint n;
        const guint32 *words = plx_word_map_words(map, number, &n);
        gsize at = hash_words(words, n) >> (64 - map->bits);
        while (map->slots[at])
            at = (at + 1) & mask;
        map->slots[at] = number + 1;
    }
}

guint32 plx_word_map_number(struct plx_word_map *map, const guint32 *words, guint n)
{
    if (!map->slots || 2 * (gsize)(map->ends->len + 1) > (gsize)1 << map->bits)
        grow(map);
    gsize mask = ((gsize)1 << map->bits) - 1;
    gsize at = hash_words(words, n) >> (64 - map->bits);
    for (; map->slots[at]; at = (at + 1) & mask) {
        guint length;
        const guint32 *kept = plx_word_map_words(map, map->slots[at] - 1, &length);
        if (length == n && memcmp(kept, words, n * sizeof *words) == 0)
            return map->slots[at] - 1;
    }
    g_array_append_vals(map->words, words, n);
    guint32 end = map->words->len;
    g_array_append_val(map->ends, end);
    map->slots[at] = map->ends->len;
    return map->ends->len - 1;
}

void plx_word_map_clear(struct plx_word_map *map)
{
    g_clear_pointer(&map->words, g_array_unref);
    g_clear_pointer(&map->ends, g_array_unref);
    g_clear_pointer(&map->slots, g_free);
    map->bits = 0;
}
