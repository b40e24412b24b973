/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Kept cells to bytes and back (docs/file-format.md, "Kept counts").
 *
 * A cell is what rows of one import, month, place, audience and subject say, counted: codes are
 * those of the file, values those that were given, whatever the map of today says about them. The
 * bytes are a pure function of the cells. The decoder takes any bytes whatever and gives cells that
 * hold together (no more values than rows) or PLX_ERROR_IO "damaged kept counts: …".
 * Test: tests/store/test_kept.c; fuzz/fuzz_kept.c. */

#include "store/codec.h"
#include "store/words.h"

struct plx_kept_measure {
    gint8 min; /* the first value */
    guint k;   /* values */
    /* [v * n cells + cell]: k values, na, declined; NULL: nobody gave this measure. */
    guint32 *n;
    guint64 *w, *w2_low, *w2_high; /* [v * n cells + cell] of the values; NULL: all weigh one */
};

struct plx_kept_cells {
    guint32 n;
    gboolean timed, weighted;
    guint32 *place, *audience, *subject; /* [cell] */
    guint8 *first, *last;                /* days of the month less one; NULL: without time */
    guint32 *rows;
    struct plx_kept_measure measure[PLX_WORD_MEASURES]; /* by code - 1 */
};

/* Room for n cells, without measures. */
void plx_kept_cells_init(struct plx_kept_cells *cells, guint32 n, gboolean timed,
                         gboolean weighted);
/* Zeros for k values of a measure. */
void plx_kept_cells_add(struct plx_kept_cells *cells, guint code, gint8 min, guint k);
void plx_kept_cells_clear(struct plx_kept_cells *cells);

void plx_kept_encode(plx_encoder *encoder, const struct plx_kept_cells *cells, GByteArray *out);

/* n cells. `wanted` (may be NULL: all) is a mark by code - 1 of measures to decode. *cells is to be
 * cleared after success only. */
gboolean plx_kept_decode(const guint8 *bytes, gsize size, guint32 n, const guint8 *wanted,
                         struct plx_kept_cells *cells, GError **error);
