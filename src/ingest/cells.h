/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The cells of a chunk of rows, and how a loop over them reads, keys and faults them.
 *
 * A chunk is a view on a block: offsets of separators, `stride` entries per row, where entry j is
 * what stands before cell j and entry j + 1 what ends it. Hot loops include this header and inline
 * plx_cell; quotes and runs of blanks leave the fast path.
 * Test: tests/ingest/test_accepted.c. */

#include <glib.h>
#include <string.h>

#define PLX_CHUNK_ROWS 2048
/* Entries behind the rows of a column that may be overwritten (plx_spread32, …). */
#define PLX_SPREAD_SLACK 8
#define PLX_TEXT_MAX 255 /* bytes of places, channels, keys, … */

/* Text of cells that had to be rewritten ("" within quotes); lives as long as the block. */
struct plx_scratch {
    GPtrArray *pieces; /* of g_malloc'ed bytes */
    gsize used, capacity;
};

char *plx_scratch_take(struct plx_scratch *scratch, gsize n);
void plx_scratch_reset(struct plx_scratch *scratch);
void plx_scratch_clear(struct plx_scratch *scratch);

struct plx_rows {
    const char *text;
    const guint32 *at; /* of the chunk's first row */
    gsize stride;
    guint32 n;
    guint32 first;         /* record number within the block of row 0 */
    const guint32 *number; /* or the record number of each row; NULL: first + i */
    guint last;            /* number of the last cell of a row */
    char quote;
    gboolean odd;    /* the block has quotes, or cells end in blanks */
    gboolean blanks; /* delimiters are runs of blanks */
    struct plx_scratch *scratch;
};

/* What is wrong with a cell (or a row: column G_MAXUINT); places are worked out later. */
struct plx_cell_fault {
    guint32 row; /* within the chunk */
    guint column;
    char *message;
};

struct plx_fresh;

struct plx_chunk {
    struct plx_rows rows;
    guint8 *bad; /* 1: row has a fault in this chunk; 2: was wrong before its cells were read */
    guint n_bad;
    gboolean quiet;                       /* nobody is told what is wrong: messages may be NULL */
    GArray *faults;                       /* of struct plx_cell_fault */
    const struct plx_fresh *const *fresh; /* by column: the rows to read (repeats.h) */
    const struct plx_fresh *about;        /* those where anything about the encounter is new */
};

/* Marks a row as wrong; takes the message. */
void plx_chunk_fault(struct plx_chunk *chunk, guint32 row, guint column, char *message);
/* A value as messages show it: quoted, control characters escaped, cut at 60 bytes. */
char *plx_shown(const char *text, gsize n);

const char *plx_cell_odd(const struct plx_rows *rows, const char *cell, guint32 *n);

/* Cell `column` of row i; *n bytes. At least 16 bytes are readable from the result on. */
static inline const char *plx_cell(const struct plx_rows *rows, guint32 i, guint column, guint32 *n)
{
    const guint32 *const at = rows->at + i * rows->stride + column;
    const guint32 begin = at[0] + 1;
    guint32 end = at[1];
    if (column == rows->last && end > begin && rows->text[end - 1] == '\r')
        end--;
    const char *cell = rows->text + begin;
    guint32 length = end - begin;
    if (G_UNLIKELY(rows->odd)) {
        guint32 inner = length; /* so that `length` can stay in a register */
        cell = plx_cell_odd(rows, cell, &inner);
        length = inner;
    }
    *n = length;
    return cell;
}

/* Cell `column` of row i where nothing is quoted and the column is not the last. */
static inline const char *plx_cell_plain(const struct plx_rows *rows, guint32 i, guint column,
                                         guint32 *n)
{
    const guint32 *const at = rows->at + i * rows->stride + column;
    const guint32 begin = at[0] + 1;
    *n = at[1] - begin;
    return rows->text + begin;
}

/* TRUE when plx_cell_plain may read a column. */
static inline gboolean plx_rows_plain(const struct plx_rows *rows, guint column)
{
    return !rows->odd && column != rows->last;
}

/* The first 16 bytes of a text of n <= 16 bytes, zeros behind it. */
static inline void plx_load16(const char *text, guint32 n, guint64 *lo, guint64 *hi)
{
    static const guint64 window[4] = {G_MAXUINT64, G_MAXUINT64, 0, 0};
    guint64 low_mask, high_mask;
    memcpy(lo, text, 8);
    memcpy(hi, text + 8, 8);
    const char *const mask = (const char *)window + 16 - n;
    memcpy(&low_mask, mask, 8);
    memcpy(&high_mask, mask + 8, 8);
    *lo &= low_mask;
    *hi &= high_mask;
}

__extension__ typedef unsigned __int128 plx_uint128;

/* Both halves of the product of two keys, folded. */
static inline guint64 plx_fold(guint64 a, guint64 b)
{
    const plx_uint128 product = (plx_uint128)a * b;
    return (guint64)product ^ (guint64)(product >> 64);
}

/* The constants are the first 64 bits of the fractional parts of the square roots of 2, 3, 5, 7. */
#define PLX_K0 G_GUINT64_CONSTANT(0x6a09e667f3bcc908)
#define PLX_K1 G_GUINT64_CONSTANT(0xbb67ae8584caa73b)
#define PLX_K2 G_GUINT64_CONSTANT(0x3c6ef372fe94f82b)
#define PLX_K3 G_GUINT64_CONSTANT(0xa54ff53a5f1d36f1)

static inline guint64 plx_mix(guint64 a, guint64 b)
{
    return plx_fold(plx_fold(a ^ PLX_K0, b ^ PLX_K1) ^ a ^ PLX_K2, b ^ PLX_K3);
}

/* A key with one more part, for parts that are hashes or few; one-to-one in each argument. */
static inline guint64 plx_join(guint64 key, guint64 part)
{
    return (((key << 29) | (key >> 35)) ^ part) * PLX_K1;
}

/* 64-bit hash of exact text, never 0; 16 bytes must be readable from `text` on. Not against
 * adversaries: among n keys the odds that any two meet are about n^2 / 2^65 (10 million keys:
 * three in a million). */
static inline guint64 plx_hash(const char *text, guint32 n)
{
    guint64 lo, hi, hash = n;
    while (n > 16) {
        memcpy(&lo, text, 8);
        memcpy(&hi, text + 8, 8);
        hash = plx_fold(lo ^ hash ^ PLX_K2, hi ^ PLX_K3) + hash;
        text += 16;
        n -= 16;
    }
    plx_load16(text, n, &lo, &hi);
    hash = plx_mix(lo + hash * PLX_K1, hi ^ hash);
    return hash ? hash : 1;
}
