/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rows.h"

#include <string.h>

#define DIMS 3
#define MEASURES 2

static const guint dims[DIMS] = {PLX_DIM_AUDIENCE, PLX_DIM_PLACE, PLX_DIM_SEGMENT + 1};

const guint32 rows_measure_code[PLX_MEASURES_MAX] = {1, 2, 3, 4};

static void append(struct plx_rowset *rows, GRand *random, guint32 n, gboolean columns)
{
    const struct plx_dims all = {.n_dims = PLX_DIMS_MAX};
    struct plx_batch batch = {.n = n, .dims = &all};
    g_autofree guint32 *codes = g_new(guint32, DIMS * n);
    g_autofree gint8 *values = g_new(gint8, (MEASURES + 3) * n);
    g_autofree gint64 *seconds = g_new(gint64, n);
    g_autofree gint32 *days = g_new(gint32, n);
    g_autofree guint64 *keys = g_new0(guint64, 3 * n);
    g_autofree guint8 *known = g_new(guint8, n);
    g_autofree guint16 *sizes = g_new(guint16, n);
    g_autofree struct plx_span *notes = g_new(struct plx_span, n);
    for (guint32 i = 0; i < n; i++) {
        for (guint d = 0; d < DIMS; d++)
            codes[d * n + i] = (guint32)g_rand_int_range(random, 0, ROWS_CODES);
        for (guint m = 0; m < MEASURES + 3; m++)
            values[m * n + i] = g_rand_int_range(random, 0, 4)
                                    ? (gint8)g_rand_int_range(random, -1, 11)
                                    : PLX_CELL_EMPTY;
        values[3 * n + i] = MIN(values[3 * n + i], 1); /* surprises */
        days[i] = 20000 + g_rand_int_range(random, 0, 40);
        seconds[i] =
            g_rand_int_range(random, 0, 5) ? days[i] * G_GINT64_CONSTANT(86400) + 60 : PLX_NO_TIME;
        keys[i] = i / 3 % 5 ? (guint64)g_rand_int(random) << 32 | g_rand_int(random) : keys[i / 2];
        keys[n + i] = i % 3 ? keys[n + i - 1] : ((guint64)g_rand_int(random) << 32 | i);
        keys[2 * n + i] = PLX_WEIGHT_ONE / 4 * (guint64)g_rand_int_range(random, 0, 9);
        known[i] = i % 2;
        sizes[i] = (guint16)(i % 7 ? 1 : 8);
        notes[i] = i % 4 ? (struct plx_span){"", 0} : (struct plx_span){"some words", i % 10};
    }
    for (guint d = 0; d < DIMS; d++)
        batch.dim[dims[d]] = &codes[d * n];
    batch.measure[0] = values;
    batch.unit = keys;
    batch.encounter = &keys[n];
    if (columns) {
        batch.measure[3] = &values[n];
        batch.seen = &values[2 * n];
        batch.surprise = &values[3 * n];
        batch.hesitation = &values[4 * n];
        batch.seconds = seconds;
        batch.day = batch.month = days;
        batch.weight = &keys[2 * n];
        batch.known = known;
        batch.group_size = sizes;
        batch.note = notes;
        batch.dim_constant[PLX_DIM_LANGUAGE] = 2;
    }
    g_assert_cmpuint(plx_rowset_add(rows, &batch, 0), ==, n);
}

void rows_fill(struct plx_rowset *rows, guint32 seed, guint32 n, gboolean columns)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    append(rows, random, n, columns);
}

static void put_flag(GString *out, const gint8 *values, guint32 i)
{
    g_string_append_printf(out, ",%d", values ? values[i] : PLX_CELL_EMPTY);
}

char *rows_text(const struct plx_rowset *rows, const guint8 *keep)
{
    GString *const out = g_string_new(NULL);
    for (guint32 i = 0; i < rows->n; i++) {
        if (keep && !keep[i])
            continue;
        for (guint d = 0; d < PLX_DIMS_MAX; d++)
            if (rows->dim[d] && rows->dim[d][i])
                g_string_append_printf(out, "%u=%u,", d, rows->dim[d][i]);
        for (guint m = 0; m < PLX_MEASURES_MAX; m++)
            put_flag(out, rows->measure[m], i);
        put_flag(out, rows->seen, i);
        put_flag(out, rows->surprise, i);
        put_flag(out, rows->hesitation, i);
        g_string_append_printf(
            out,
            " %" G_GINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT
            " %d %d %" G_GUINT64_FORMAT " %.*s\n",
            rows->seconds ? rows->seconds[i] : PLX_NO_TIME, rows->unit[i], rows->encounter[i],
            rows->known ? rows->known[i] : 0, rows->group_size ? rows->group_size[i] : 1,
            rows->weight ? rows->weight[i] : PLX_WEIGHT_ONE,
            rows->note ? (int)rows->note[i].length : 0, rows->note ? rows->note[i].text : "");
    }
    return g_string_free(out, FALSE);
}

void rows_lexicon(struct plx_lexicon *lexicon)
{
    *lexicon = (struct plx_lexicon){.dims = {.n_dims = PLX_DIMS_MAX}, .n_measures = 4};
    for (guint d = 0; d < PLX_DIMS_MAX; d++)
        lexicon->size[d] = ROWS_CODES;
    for (guint m = 0; m < 4; m++)
        lexicon->measure[m] = (gint)m;
}
