/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Weights beside those of the rows: a factor per combination of what a row says of its place,
 * channel, language or segments, as raking to known margins gives (stats/rake.h).
 *
 * Rows of other audiences keep their weights. A source that is given one (struct plx_source)
 * multiplies every row's weight before anything is counted; what was counted before without it is
 * not used. Immutable; memory: 8 bytes per combination. Test: tests/voice/test_weighting.c. */

#include "voice/batch.h"

#define PLX_WEIGHTING_KEYS 4

/* One margin: its dimension and the values it has. A row with another value keeps its weight. */
struct plx_weighting_key {
    enum plx_dim dim;    /* PLACE, CHANNEL, SOURCE, LANGUAGE, SEGMENT */
    const char *segment; /* of PLX_DIM_SEGMENT */
    guint n;
    const char *const *values; /* "" is: missing */
};

typedef struct plx_weighting plx_weighting;

/* `factor`: one per combination, the last key running fastest; > 0. All is copied. `audience` is a
 * map index. */
plx_weighting *plx_weighting_new(guint audience, const struct plx_weighting_key *keys, guint n_keys,
                                 const double *factor);
void plx_weighting_free(plx_weighting *weighting);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_weighting, plx_weighting_free)

/* Bit mask of the dimensions it looks at (1 << enum plx_dim), as plx_filter_columns. */
guint64 plx_weighting_columns(const plx_weighting *weighting);

/* What one worker keeps while it weighs: which value each code of its dictionaries is. */
typedef struct plx_weigher plx_weigher;
plx_weigher *plx_weigher_new(const plx_weighting *weighting);
void plx_weigher_free(plx_weigher *weigher);

/* The batch with its weights multiplied, valid until the next call; columns are shared. */
const struct plx_batch *plx_weigher_apply(plx_weigher *weigher, const struct plx_batch *batch);
