/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Blocks: a set of rows as encoded columns, and back (docs/file-format.md, "Blocks").
 *
 * Codes in blocks are those of table `word`. Encoding is a pure function of the rows; decoding
 * gives them under the map of today (struct plx_lexicon), or PLX_ERROR_IO for bytes that are
 * damaged. Notes are no columns: they are rows of table `note`. Test: tests/store/test_block.c. */

#include "store/codec.h"
#include "store/rowset.h"
#include "store/words.h"

/* Numbers of columns in the file; dimensions and segments have the numbers of their words. Never
 * renumber. */
enum plx_block_column {
    PLX_BLOCK_UNIT = 0,
    PLX_BLOCK_ENCOUNTER = 1,
    PLX_BLOCK_KNOWN = 2,
    PLX_BLOCK_SECONDS = 3,
    PLX_BLOCK_GROUP_SIZE = 4,
    PLX_BLOCK_WEIGHT = 5,
    PLX_BLOCK_SEEN = 6,
    PLX_BLOCK_SURPRISE = 7,
    PLX_BLOCK_HESITATION = 8,
    PLX_BLOCK_RUNS = 9,
    PLX_BLOCK_DIM = 16,      /* + as the kinds of words */
    PLX_BLOCK_MEASURE = 160, /* + code of the measure - 1 */
    PLX_BLOCK_COLUMNS = 256
};

struct plx_block_bytes {
    guint32 n;
    GByteArray *column[PLX_BLOCK_COLUMNS]; /* NULL: not there */
    GByteArray *present;                   /* which codes occur */
    gboolean timed;
    gint32 first_day, last_day;
};

/* Which columns to read: a bit per column. */
struct plx_block_wanted {
    guint64 bits[PLX_BLOCK_COLUMNS / 64];
};
static inline void plx_want(struct plx_block_wanted *wanted, guint column)
{
    wanted->bits[column / 64] |= G_GUINT64_CONSTANT(1) << column % 64;
}
static inline gboolean plx_wants(const struct plx_block_wanted *wanted, guint column)
{
    return wanted->bits[column / 64] >> column % 64 & 1;
}

/* `measure_code` (by number on the map) gives the codes of measures. Free with
 * plx_block_bytes_free. */
struct plx_block_bytes *plx_block_encode(plx_encoder *encoder, const struct plx_rowset *rows,
                                         const guint32 *measure_code);
void plx_block_bytes_free(struct plx_block_bytes *bytes);

/* One encoded column as it is handed to the decoder. */
struct plx_block_part {
    const guint8 *bytes;
    gsize size;
};

/* Fills `rows` (emptied first) with the columns of `parts` that are there. Runs must be given when
 * the block has them. With `raw` codes stay those of the file and `lexicon` only bounds them. */
gboolean plx_block_decode(const struct plx_block_part parts[PLX_BLOCK_COLUMNS], guint32 n,
                          const struct plx_lexicon *lexicon, gboolean raw, struct plx_rowset *rows,
                          GError **error);

/* Does a block with this `present` hold the code of a dimension? TRUE also when it does not say. */
gboolean plx_block_may_hold(const guint8 *present, gsize size, guint kind, guint32 code);
