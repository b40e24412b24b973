/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rows.h"

#include "base/error.h"
#include "store/block.h"

#include <string.h>

static void parts_of(const struct plx_block_bytes *bytes,
                     struct plx_block_part parts[PLX_BLOCK_COLUMNS])
{
    memset(parts, 0, sizeof *parts * PLX_BLOCK_COLUMNS);
    for (guint c = 0; c < PLX_BLOCK_COLUMNS; c++)
        if (bytes->column[c])
            parts[c] = (struct plx_block_part){bytes->column[c]->data, bytes->column[c]->len};
}

/* Notes are no columns. */
static void drop_notes(struct plx_rowset *rows)
{
    g_clear_pointer(&rows->note, g_free);
}

static void check_round_trip(guint32 seed, guint32 n, gboolean columns)
{
    struct plx_rowset rows, back;
    struct plx_lexicon lexicon;
    struct plx_block_part parts[PLX_BLOCK_COLUMNS];
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_encoder) encoder = plx_encoder_new();
    plx_rowset_init(&rows);
    plx_rowset_init(&back);
    rows_lexicon(&lexicon);
    rows_fill(&rows, seed, n, columns);
    drop_notes(&rows);
    struct plx_block_bytes *const bytes = plx_block_encode(encoder, &rows, rows_measure_code);
    struct plx_block_bytes *const again = plx_block_encode(encoder, &rows, rows_measure_code);
    for (guint c = 0; c < PLX_BLOCK_COLUMNS; c++)
        g_assert_true(!bytes->column[c] || (bytes->column[c]->len == again->column[c]->len &&
                                            memcmp(bytes->column[c]->data, again->column[c]->data,
                                                   bytes->column[c]->len) == 0));
    parts_of(bytes, parts);
    plx_block_decode(parts, n, &lexicon, TRUE, &back, &error);
    g_assert_no_error(error);
    g_autofree char *expected = rows_text(&rows, NULL);
    g_autofree char *text = rows_text(&back, NULL);
    g_assert_cmpstr(text, ==, expected);
    g_assert_true(bytes->timed == columns);
    plx_block_bytes_free(bytes);
    plx_block_bytes_free(again);
    plx_rowset_clear(&rows);
    plx_rowset_clear(&back);
}

static void test_round_trips(void)
{
    check_round_trip(1, 500, TRUE);
    check_round_trip(2, 500, FALSE);
    check_round_trip(3, 3, TRUE);
    check_round_trip(4, PLX_BATCH_ROWS, TRUE);
}

/* Words of today instead of those of the file; codes that nobody knows are damage. */
static void test_lexicon(void)
{
    struct plx_rowset rows, back;
    struct plx_lexicon lexicon;
    struct plx_block_part parts[PLX_BLOCK_COLUMNS];
    guint32 to[ROWS_CODES];
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_encoder) encoder = plx_encoder_new();
    for (guint32 c = 0; c < ROWS_CODES; c++)
        to[c] = c * 2;
    plx_rowset_init(&rows);
    plx_rowset_init(&back);
    rows_lexicon(&lexicon);
    rows_fill(&rows, 1, 200, TRUE);
    struct plx_block_bytes *const bytes = plx_block_encode(encoder, &rows, rows_measure_code);
    parts_of(bytes, parts);
    lexicon.to[PLX_DIM_PLACE] = to;
    lexicon.measure[3] = -1; /* not on the map of today */
    g_assert_true(plx_block_decode(parts, 200, &lexicon, FALSE, &back, &error));
    g_assert_null(back.measure[3]);
    for (guint i = 0; i < 200; i++)
        g_assert_cmpuint(back.dim[PLX_DIM_PLACE][i], ==, 2 * rows.dim[PLX_DIM_PLACE][i]);
    lexicon.size[PLX_DIM_PLACE] = ROWS_CODES - 1;
    g_assert_false(plx_block_decode(parts, 200, &lexicon, FALSE, &back, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_cmpstr(error->message, ==,
                    "damaged block: code 8 of kind 19 is not in the list of words");
    plx_block_bytes_free(bytes);
    plx_rowset_clear(&rows);
    plx_rowset_clear(&back);
}

/* No flipped bit of any column goes unseen. */
static void test_damage(void)
{
    struct plx_rowset rows, back;
    struct plx_lexicon lexicon;
    struct plx_block_part parts[PLX_BLOCK_COLUMNS];
    g_autoptr(plx_encoder) encoder = plx_encoder_new();
    plx_rowset_init(&rows);
    plx_rowset_init(&back);
    rows_lexicon(&lexicon);
    rows_fill(&rows, 5, 40, TRUE);
    struct plx_block_bytes *const bytes = plx_block_encode(encoder, &rows, rows_measure_code);
    parts_of(bytes, parts);
    guint tried = 0;
    for (guint c = 0; c < PLX_BLOCK_COLUMNS; c++)
        for (guint at = 0; bytes->column[c] && at < bytes->column[c]->len; at++, tried++) {
            g_autoptr(GError) error = NULL;
            bytes->column[c]->data[at] ^= (guint8)(1u << at % 8);
            g_assert_false(plx_block_decode(parts, 40, &lexicon, TRUE, &back, &error));
            g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
            bytes->column[c]->data[at] ^= (guint8)(1u << at % 8);
        }
    g_assert_cmpuint(tried, >, 500);
    g_autoptr(GError) error = NULL;
    g_assert_false(plx_block_decode(parts, 41, &lexicon, TRUE, &back, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    plx_block_bytes_free(bytes);
    plx_rowset_clear(&rows);
    plx_rowset_clear(&back);
}

static void test_present(void)
{
    struct plx_rowset rows;
    g_autoptr(plx_encoder) encoder = plx_encoder_new();
    plx_rowset_init(&rows);
    rows_fill(&rows, 5, 4, FALSE);
    for (guint i = 0; i < 4; i++)
        rows.dim[PLX_DIM_PLACE][i] = i % 2 ? 3 : 700;
    struct plx_block_bytes *const bytes = plx_block_encode(encoder, &rows, rows_measure_code);
    const guint8 *const present = bytes->present->data;
    const gsize n = bytes->present->len;
    g_assert_true(plx_block_may_hold(present, n, PLX_WORD_PLACE, 3));
    g_assert_true(plx_block_may_hold(present, n, PLX_WORD_PLACE, 700));
    g_assert_false(plx_block_may_hold(present, n, PLX_WORD_PLACE, 0));
    g_assert_false(plx_block_may_hold(present, n, PLX_WORD_PLACE, 4));
    g_assert_false(plx_block_may_hold(present, n, PLX_WORD_PLACE, 100000));
    g_assert_true(plx_block_may_hold(present, n, PLX_WORD_CHANNEL, 4)); /* it does not say */
    g_assert_true(plx_block_may_hold(present, 1, PLX_WORD_PLACE, 4));
    plx_block_bytes_free(bytes);
    plx_rowset_clear(&rows);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/block/round-trips", test_round_trips);
    g_test_add_func("/block/lexicon", test_lexicon);
    g_test_add_func("/block/damage", test_damage);
    g_test_add_func("/block/present", test_present);
    return g_test_run();
}
