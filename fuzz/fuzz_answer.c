/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Kept answers. The bytes are what follows version and map, and get a right sum, or the decoder
 * would not look at them. Either an answer or an error; an answer encoded and decoded again is the
 * same. */

#include "map/map_file.h"
#include "store/answer_blob.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static const char map_text[] = "parallax: 1\n"
                               "title: Shop\n"
                               "scales:\n"
                               "  stars: {min: 1, max: 5, floor: 1, met: 3, desired: 4, top: 5}\n"
                               "audiences:\n"
                               "  partner: {scale: stars, identity: panel}\n"
                               "journeys:\n"
                               "  - title: Order\n"
                               "    transactions:\n"
                               "      - {title: Find, points: [Campaign, Search]}\n"
                               "      - {title: Pay, points: [Cart, Label]}\n";

static guint prefix_length(const GByteArray *bytes)
{
    guint length = 0, at = 1, shift = 0;
    do {
        length |= (bytes->data[at] & 0x7fu) << shift;
        shift += 7;
    } while (bytes->data[at++] & 0x80);
    return at + length;
}

static GByteArray *encode(const struct plx_answer *answer, const plx_map *map)
{
    GByteArray *const out = g_byte_array_new();
    g_autofree struct plx_need *needs = g_new0(struct plx_need, answer->n_tables + 1);
    for (guint t = 0; t < answer->n_tables; t++) {
        const struct plx_table *const table = &answer->tables[t];
        while (table->n_groups && table->groups[0][needs[t].n_splits])
            needs[t].n_splits++;
    }
    plx_answer_encode(answer, map, needs, out);
    return out;
}

static void check_again(const struct plx_answer *answer, const plx_map *map)
{
    g_autoptr(GByteArray) first = encode(answer, map);
    struct plx_answer *back = NULL;
    if (!plx_answer_decode(first->data, first->len, map, &back, NULL))
        abort();
    g_autoptr(GByteArray) second = encode(back, map);
    if (first->len != second->len || memcmp(first->data, second->data, first->len) != 0)
        abort();
    plx_answer_free(back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static plx_map *map; /* made once */
    if (!map)
        map = plx_map_read_memory(map_text, strlen(map_text), "m.yaml", NULL);
    const struct plx_answer nothing = {0};
    g_autoptr(GByteArray) bytes = encode(&nothing, map);
    g_byte_array_set_size(bytes, prefix_length(bytes));
    g_byte_array_append(bytes, data, (guint)size);
    const guint32 sum = GUINT32_TO_LE((guint32)crc32(0, bytes->data, bytes->len));
    g_byte_array_append(bytes, (const guint8 *)&sum, sizeof sum);
    g_autofree guint8 *exact = g_memdup2(bytes->data, bytes->len);
    g_autoptr(GError) error = NULL;
    struct plx_answer *answer = NULL;
    const gboolean ok = plx_answer_decode(exact, bytes->len, map, &answer, &error);
    g_assert(ok == (error == NULL) && ok == (answer != NULL));
    if (ok)
        check_again(answer, map);
    plx_answer_free(answer);
    return 0;
}
