/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Columns of a sealed block: n values of one kind to bytes and back.
 *
 * The bytes are those of docs/file-format.md, "Columns". The encoder tries every encoding that may
 * pay (the file says which it leaves out) and keeps the shortest; ties go to the one with the lower
 * number. It is a function of the column alone, so the same column always gives the same bytes. The
 * decoder takes any bytes whatever: it gives the n values or fails with PLX_ERROR_IO, "damaged
 * block: …"; it never reads past `size` nor takes more memory than a few times what n values need.
 * After a failure the values are undefined: drop the block. Test: tests/store/test_codec.c;
 * fuzz/fuzz_codec.c. */

#include "voice/batch.h"

#include <glib.h>

enum plx_column_kind {
    PLX_COLUMN_I8 = 1, /* measures, with the codes PLX_CELL_* */
    PLX_COLUMN_U8 = 2,
    PLX_COLUMN_U16 = 3,
    PLX_COLUMN_U32 = 4, /* dictionary codes, hashes */
    PLX_COLUMN_I64 = 5, /* local seconds, PLX_NO_TIME = none */
    PLX_COLUMN_U64 = 6, /* keys, weights */
    PLX_COLUMN_SPANS = 7,
    PLX_COLUMN_RUNS = 8
};

/* Rows of a column at most. */
#define PLX_COLUMN_ROWS PLX_BATCH_ROWS

/* Where encounters begin in a block: rows begin[r] to begin[r + 1] - 1 are run r, and begin[n_runs]
 * is n. What is constant within encounters is kept once per run. */
struct plx_runs {
    guint32 n_runs;
    guint32 *begin; /* room for n + 1; the caller's */
};

/* What a column may lean on: the decoder must be given what the encoder was given. */
struct plx_beside {
    const struct plx_runs *runs; /* or NULL */
    const void *same;            /* n values of the same kind that may be equal, or NULL */
};

/* The encoder's working memory: 4 MiB; one per thread. */
typedef struct plx_encoder plx_encoder;
plx_encoder *plx_encoder_new(void);
void plx_encoder_free(plx_encoder *encoder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_encoder, plx_encoder_free)

/* Bytes of one value of kinds I8 to U64. */
guint plx_column_width(enum plx_column_kind kind);

/* Finds the runs of equal keys that follow each other. */
void plx_runs_find(struct plx_runs *runs, const guint64 *keys, guint32 n);

/* Has each run one value? Values are `size` bytes (1, 2, 4, 8) each, as many as the runs have rows.
 */
gboolean plx_runs_hold(const struct plx_runs *runs, const void *values, guint size);

/* Appends the encoded column (I8 to U64) of n <= PLX_COLUMN_ROWS values to `out`. `beside` may be
 * NULL. */
void plx_column_encode(plx_encoder *encoder, enum plx_column_kind kind, const void *values,
                       guint32 n, const struct plx_beside *beside, GByteArray *out);

/* Fills n values. Wrong kind or n is damage too. */
gboolean plx_column_decode(const guint8 *bytes, gsize size, enum plx_column_kind kind, void *values,
                           guint32 n, const struct plx_beside *beside, GError **error);

/* The same, but of a column that has one value per run only these are given: then *by_run, and as
 * many values as there are runs. What is worked out from them is quicker before they are spread. */
gboolean plx_column_decode_heads(const guint8 *bytes, gsize size, enum plx_column_kind kind,
                                 void *values, guint32 n, const struct plx_beside *beside,
                                 gboolean *by_run, GError **error);

/* Gives every row the value (of `size` bytes: 1, 2, 4, 8) of its run; `out` is other memory. */
void plx_runs_spread(const struct plx_runs *runs, const void *heads, guint size, void *out);

/* The runs themselves, of n rows. Decoding fills runs->begin and runs->n_runs. */
void plx_column_encode_runs(plx_encoder *encoder, const struct plx_runs *runs, GByteArray *out);
gboolean plx_column_decode_runs(const guint8 *bytes, gsize size, guint32 n, struct plx_runs *runs,
                                GError **error);

/* Texts. Decoded spans point into `bytes`. Their lengths together must stay below 2^31. */
void plx_column_encode_spans(plx_encoder *encoder, const struct plx_span *spans, guint32 n,
                             GByteArray *out);
gboolean plx_column_decode_spans(const guint8 *bytes, gsize size, struct plx_span *spans, guint32 n,
                                 GError **error);
