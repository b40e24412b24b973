/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/import_match.h"

#include <string.h>

/* Memory is far away: the table is asked for so many rows ahead of where it is looked at, and the
 * row that stands there half as many. */
#define AHEAD 32

struct plx_match {
    gboolean by_key;
    gboolean linked;
    guint32 n, most;
    guint bits;              /* of the table */
    struct plx_content *row; /* by number */
    guint32 *first;          /* by place in the table: number + 1 of a row, 0: none */
    guint32 *next;           /* by number: the same, of the next in its place */
};

struct plx_match *plx_match_new(guint32 n, gboolean by_key)
{
    struct plx_match *const match = g_new0(struct plx_match, 1);
    match->by_key = by_key;
    match->most = n;
    match->bits = 1;
    while (match->bits < 31 && (1u << match->bits) < n)
        match->bits++;
    match->row = g_new(struct plx_content, MAX(n, 1));
    match->next = g_new(guint32, MAX(n, 1));
    match->first = g_new0(guint32, (gsize)1 << match->bits);
    return match;
}

void plx_match_free(struct plx_match *match)
{
    if (!match)
        return;
    g_free(match->row);
    g_free(match->first);
    g_free(match->next);
    g_free(match);
}

void plx_match_add(struct plx_match *match, const struct plx_content *rows, guint32 n)
{
    g_return_if_fail(n <= match->most - match->n && !match->linked);
    memcpy(match->row + match->n, rows, n * sizeof *rows);
    match->n += n;
}

static inline const guint64 *id_of(const struct plx_match *match, const struct plx_content *row)
{
    return match->by_key ? row->key : row->content;
}

/* The upper bits of a product depend on all of its factors' (Fibonacci hashing, Knuth 6.4). */
static inline guint32 *place_of(const struct plx_match *match, const struct plx_content *row)
{
    const guint64 *const id = id_of(match, row);
    const guint64 mixed = (id[0] ^ id[1]) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
    return &match->first[mixed >> (64 - match->bits)];
}

/* From the last on, so that the first of those in one place is met first. */
static void link_rows(struct plx_match *match)
{
    for (guint32 i = match->n; i-- > 0;) {
        if (i >= AHEAD)
            __builtin_prefetch(place_of(match, &match->row[i - AHEAD]), 1);
        guint32 *const place = place_of(match, &match->row[i]);
        match->next[i] = *place;
        *place = i + 1;
    }
    match->linked = TRUE;
}

/* Takes it out of its place: nobody else meets it. */
static guint32 meet_one(struct plx_match *match, const struct plx_content *row)
{
    const guint64 *const id = id_of(match, row);
    for (guint32 *link = place_of(match, row); *link; link = &match->next[*link - 1]) {
        const guint32 number = *link - 1;
        if (memcmp(id_of(match, &match->row[number]), id, sizeof row->key) != 0)
            continue;
        *link = match->next[number];
        return number;
    }
    return PLX_NO_MATCH;
}

void plx_match_meet(struct plx_match *match, const struct plx_content *rows, guint32 n,
                    guint32 *met)
{
    if (!match->linked)
        link_rows(match);
    for (guint32 i = 0; i < n; i++) {
        if (i + AHEAD < n)
            __builtin_prefetch(place_of(match, &rows[i + AHEAD]), 1);
        if (i + AHEAD / 2 < n) {
            const guint32 number = *place_of(match, &rows[i + AHEAD / 2]);
            __builtin_prefetch(&match->row[number ? number - 1 : 0]);
            __builtin_prefetch(&match->next[number ? number - 1 : 0], 1);
        }
        met[i] = meet_one(match, &rows[i]);
    }
}

const struct plx_content *plx_match_row(const struct plx_match *match, guint32 number)
{
    return &match->row[number];
}
