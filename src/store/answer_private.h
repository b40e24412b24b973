/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Between the files of the answers' bytes. Numbers are varints: seven bits per byte, the lowest
 * first, the highest bit set in all bytes but the last. */

#include "store/answer_blob.h"
#include "voice/arena.h"

#include <string.h>

#define PLX_ANSWER_VERSION 2

/* ---- writing (answer_write.c) ---- */

void plx_put_number(GByteArray *out, guint64 x);
void plx_put_signed(GByteArray *out, gint64 x);
void plx_put_text(GByteArray *out, const char *text);
void plx_put_table(GByteArray *out, const struct plx_table *table, guint n_splits, guint n_subjects,
                   const plx_map *map);

/* ---- reading (answer_read.c) ---- */

/* The first failure stays: afterwards all numbers read are 0, so that loops end. */
struct plx_unpacking {
    const guint8 *at, *end;
    gboolean failed;
    struct plx_arena arena;
    const plx_map *map;
    guint n_subjects;
};

guint64 plx_get_long(struct plx_unpacking *from);

static inline guint64 plx_get_number(struct plx_unpacking *from)
{
    if (G_LIKELY(from->at < from->end && *from->at < 0x80))
        return *from->at++;
    return plx_get_long(from);
}

/* A number below `limit`, else failure. */
guint64 plx_get_below(struct plx_unpacking *from, guint64 limit);
gint64 plx_get_signed(struct plx_unpacking *from);
/* A number of things that take at least `each` bytes, so that no allocation outgrows the input. */
guint plx_get_count(struct plx_unpacking *from, gsize each);
char *plx_get_text(struct plx_unpacking *from);
void plx_get_table(struct plx_unpacking *from, struct plx_table *table);
