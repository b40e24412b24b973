/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* From cells to values, one column of a chunk at a time: measures, times, numbers, flags, keys.
 * Bad cells become faults; what stands in `out` for them does not matter.
 * Test: tests/ingest/test_bad_input.c, test_accepted.c. */

#include "base/date.h"
#include "ingest/binding.h"
#include "ingest/cells.h"

/* Measures: values of one-byte cells are looked up; the rest is parsed. */
struct plx_measure_column {
    const struct plx_bound_ask *ask;
    const plx_map *map;
    gboolean decimal_comma;
    gint16 quick[257]; /* by a cell's byte, [256] empty; PLX_QUICK_NONE: parse */
    /* The same as bytes, by where an unquoted cell begins: empty ones by what ends them. */
    guint16 bare[256];
};
#define PLX_QUICK_NONE G_MININT16
#define PLX_BARE_NONE 0x100

void plx_measure_column_init(struct plx_measure_column *column, const struct plx_bound_ask *ask,
                             const plx_binding *binding);
/* `audience`: codes of each row's audience (map index + 1), or NULL with a constant. */
void plx_measure_column_read(const struct plx_measure_column *column, struct plx_chunk *chunk,
                             const guint32 *audience, gint8 *out);

/* Times. Months that were met lately are kept, so that a date costs a probe and its day. */
struct plx_month_entry {
    guint64 key;      /* the bytes "YYYY-MM-" */
    gint32 first_day; /* of the month; */
    gint32 month;
    guint32 days;
};
#define PLX_MONTH_BITS 8

struct plx_time_column {
    const struct plx_bound *bound;
    const char *format; /* or NULL: ISO 8601 */
    struct plx_month_entry months[1 << PLX_MONTH_BITS];
};

/* day and month are PLX_NO_DAY, seconds PLX_NO_TIME for empty cells. identity (or NULL) gets a hash
 * of what the time is, offset and precision included, one for each row of chunk->about; clock (or
 * NULL) PLX_CLOCK of each row. */
#define PLX_CLOCK(time) ((guint32)(guint16)(time).offset << 8 | (time).precision)
guint32 plx_time_identity(const struct plx_time *time);
void plx_time_column_read(struct plx_time_column *column, struct plx_chunk *chunk, gint32 *day,
                          gint32 *month, gint64 *seconds, guint32 *identity, guint32 *clock);

/* Hashes of exact text, 0 for empty; one for each row of chunk->about, for parts of keys. Also of a
 * constant, which makes the keys that a column of it would make. */
void plx_hash_column_read(const struct plx_bound *bound, struct plx_chunk *chunk, guint64 *out);

/* Numbers that are no measures: what they may be, in cells and as constants. */
enum plx_number_kind {
    PLX_NUMBER_WEIGHT,
    PLX_NUMBER_GROUP_SIZE,
    PLX_NUMBER_ASKED_P,
    PLX_NUMBER_ITEM
};
/* FALSE: the text is no such number. `comma`: decimal commas are read. */
gboolean plx_number_cell(enum plx_number_kind kind, const char *text, gsize n, gboolean comma,
                         double *value);
/* "a number from 0 to 1000000" */
const char *plx_number_expected(enum plx_number_kind kind);
guint64 plx_weight_fixed(double weight);
guint64 plx_item_hash(double item); /* of a value: never 0 */

/* Weights in fixed point (empty: 1), group sizes (empty: 1), other numbers checked only. */
void plx_weight_column_read(const struct plx_bound *bound, struct plx_chunk *chunk, gboolean comma,
                            guint64 *out);
void plx_group_size_column_read(const struct plx_bound *bound, struct plx_chunk *chunk,
                                guint16 *out);
void plx_asked_p_column_check(const struct plx_bound *bound, struct plx_chunk *chunk,
                              gboolean comma);
/* Item numbers, as hashes of their value; empty 0. */
void plx_item_column_read(const struct plx_bound *bound, struct plx_chunk *chunk, guint64 *out);

/* One of up to four words: out gets `value` of the word, PLX_CELL_EMPTY for an empty cell. */
struct plx_word {
    const char *text;
    gint8 value;
};
void plx_word_column_read(const struct plx_bound *bound, struct plx_chunk *chunk,
                          const struct plx_word *words, guint n_words, gint8 *out);
