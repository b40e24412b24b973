/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The two loops of the separator index that are written for each kind of machine.
 *
 * Text becomes bit masks, 64 bytes a word; bits that are set become offsets. What the masks mean
 * (quotes, rows) is common code (csv_index.c), so all kinds give the same index.
 * Test: tests/base/test_csv_index.c runs those that the machine has. */

#include "base/csv_index.h"

/* Words of 64 bytes that one call of a kernel covers at most. */
#define PLX_CSV_CHUNK_WORDS 64
/* Room that `offsets` needs beyond 64 entries a word: it writes by vectors, of which only as many
 * entries count as there are bits. */
#define PLX_CSV_OFFSETS_SLACK 16

/* Bit i of word w stands for byte 64 * w + i. */
struct plx_csv_masks {
    guint64 separator[PLX_CSV_CHUNK_WORDS]; /* delimiters and newlines */
    guint64 newline[PLX_CSV_CHUNK_WORDS];
    guint64 quote[PLX_CSV_CHUNK_WORDS];
    guint64 any_quote;
    guint64 newlines; /* how many */
    gboolean high, nul;
};

struct plx_csv_kernels {
    /* Reads 64 * words bytes. */
    void (*masks)(const char *text, guint words, char delimiter, char quote,
                  struct plx_csv_masks *masks);
    /* The positions of all bits, counted from `base`; returns where the next would go. */
    guint32 *(*offsets)(guint32 *out, const guint64 *bits, guint words, guint32 base);
    /* Which it is. Callers of AVX2 may use BMI, BMI2 and POPCNT; those of BEST, which then is
     * AVX-512, F, BW, VL and VBMI2 as well. */
    enum plx_csv_kernel kind;
};

/* The best that this machine has, or at most what is asked for. */
const struct plx_csv_kernels *plx_csv_kernels_choose(enum plx_csv_kernel kernel);
