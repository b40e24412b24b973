/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/content.h"

#include "store/block.h"

#include <string.h>

__extension__ typedef unsigned __int128 wide;

/* SplitMix64's finaliser (Steele, Lea, Flood 2014). */
static inline guint64 scramble(guint64 x)
{
    x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

/* The two numbers by which a column tells its values from those of others. */
struct salt {
    guint64 a, b;
};

static struct salt salt_of(guint64 column)
{
    const guint64 a = scramble(column * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15) + 1);
    return (struct salt){a, scramble(a)};
}

static inline wide product_of(struct salt salt, guint64 value)
{
    return (wide)(value + salt.a) * (value ^ salt.b);
}

static inline void add(guint64 sum[2], struct salt salt, guint64 value)
{
    const wide product = product_of(salt, value);
    sum[0] += (guint64)product;
    sum[1] += (guint64)(product >> 64);
}

static gboolean is_key(guint dim)
{
    return dim == PLX_DIM_SUBJECT || dim == PLX_DIM_JOURNEY || dim == PLX_DIM_PROMPT ||
           dim == PLX_DIM_ITEM || dim == PLX_DIM_CLOCK;
}

static void add_dims(const struct plx_rowset *rows, struct plx_content *out)
{
    for (guint d = 0; d < PLX_DIMS_MAX; d++) {
        const struct salt salt = salt_of(plx_word_kind_of_dim(d));
        for (guint32 i = 0; rows->dim[d] && i < rows->n; i++) {
            if (rows->dim[d][i] == 0)
                continue;
            add(out[i].content, salt, rows->dim[d][i]);
            if (is_key(d))
                add(out[i].key, salt, rows->dim[d][i]);
        }
    }
}

static void add_flags(const gint8 *values, guint column, guint32 n, struct plx_content *out)
{
    const struct salt salt = salt_of(column);
    for (guint32 i = 0; values && i < n; i++)
        if (values[i] != PLX_CELL_EMPTY)
            add(out[i].content, salt, (guint8)values[i]);
}

static void add_keys(const struct plx_rowset *rows, gboolean with_encounter,
                     struct plx_content *out)
{
    const struct salt encounter = salt_of(PLX_BLOCK_ENCOUNTER), unit = salt_of(PLX_BLOCK_UNIT);
    for (guint32 i = 0; i < rows->n; i++) {
        if (!with_encounter && !(rows->known && rows->known[i]))
            continue;
        add(out[i].content, encounter, rows->encounter[i]);
        add(out[i].content, unit, rows->unit[i]);
        add(out[i].key, encounter, rows->encounter[i]);
    }
}

static void add_numbers(const struct plx_rowset *rows, struct plx_content *out)
{
    const struct salt size = salt_of(PLX_BLOCK_GROUP_SIZE), weight = salt_of(PLX_BLOCK_WEIGHT);
    const struct salt seconds = salt_of(PLX_BLOCK_SECONDS);
    for (guint32 i = 0; rows->group_size && i < rows->n; i++)
        if (rows->group_size[i] != 1)
            add(out[i].content, size, rows->group_size[i]);
    for (guint32 i = 0; rows->weight && i < rows->n; i++)
        if (rows->weight[i] != PLX_WEIGHT_ONE)
            add(out[i].content, weight, rows->weight[i]);
    for (guint32 i = 0; rows->seconds && i < rows->n; i++) {
        if (rows->seconds[i] == PLX_NO_TIME)
            continue;
        add(out[i].content, seconds, (guint64)rows->seconds[i]);
        add(out[i].key, seconds, (guint64)rows->seconds[i]);
    }
}

static guint64 hash_text(const char *text, guint32 n)
{
    guint64 hash = n;
    for (guint32 at = 0; at < n; at += 8) {
        guint64 part = 0;
        memcpy(&part, text + at, MIN(8, n - at));
        hash = scramble(hash ^ part) + part;
    }
    return hash;
}

static void add_notes(const struct plx_rowset *rows, struct plx_content *out)
{
    const guint32 *const subject = rows->dim[PLX_DIM_SUBJECT];
    const struct salt salt = salt_of(PLX_BLOCK_COLUMNS);
    for (guint32 i = 0; rows->note && i < rows->n; i++) {
        if (rows->note[i].length == 0)
            continue;
        const guint64 words = hash_text(rows->note[i].text, rows->note[i].length);
        add(out[i].content, salt, words);
        if (!subject || subject[i] == 0)
            add(out[i].key, salt, words);
    }
}

void plx_content_of(const struct plx_rowset *rows, const guint32 *measure_code,
                    gboolean with_encounter, struct plx_content *out)
{
    memset(out, 0, sizeof *out * rows->n);
    add_dims(rows, out);
    add_keys(rows, with_encounter, out);
    add_numbers(rows, out);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        add_flags(rows->measure[m], PLX_BLOCK_MEASURE + measure_code[m] - 1, rows->n, out);
    add_flags(rows->seen, PLX_BLOCK_SEEN, rows->n, out);
    add_flags(rows->surprise, PLX_BLOCK_SURPRISE, rows->n, out);
    add_flags(rows->hesitation, PLX_BLOCK_HESITATION, rows->n, out);
    add_notes(rows, out);
}

void plx_content_forget_keys(const struct plx_rowset *rows, guint32 row,
                             struct plx_content *content)
{
    const wide encounter = product_of(salt_of(PLX_BLOCK_ENCOUNTER), rows->encounter[row]);
    const wide unit = product_of(salt_of(PLX_BLOCK_UNIT), rows->unit[row]);
    content->content[0] -= (guint64)encounter + (guint64)unit;
    content->content[1] -= (guint64)(encounter >> 64) + (guint64)(unit >> 64);
    memcpy(content->key, content->content, sizeof content->key);
}

void plx_content_sum(const struct plx_content *contents, guint32 n, guint64 sum[2])
{
    for (guint32 i = 0; i < n; i++) {
        sum[0] += scramble(contents[i].content[0] ^ contents[i].content[1] << 1);
        sum[1] += scramble(contents[i].content[1] + contents[i].content[0] * 3);
    }
}

int plx_content_compare(const void *a, const void *b)
{
    const struct plx_content *const x = a, *const y = b;
    return memcmp(x->content, y->content, sizeof x->content);
}
