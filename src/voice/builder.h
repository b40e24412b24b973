/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Answers that come one by one, from forms, kiosks, visits and programs, as batches (batch.h):
 * encounter after encounter, row after row.
 *
 * A builder keeps its dictionaries from one use to the next, so that words are looked up once. What
 * is handed over is copied. One thread at a time. Test: tests/voice/test_builder.c. */

#include "voice/batch.h"

typedef struct plx_builder plx_builder;

/* One observation of an encounter. Begin with plx_builder_row_new: what is not set is not said. */
struct plx_builder_row {
    enum plx_subject_kind kind;    /* PLX_SUBJECT_NONE: a note alone */
    gint subject;                  /* index into the map's points, journeys, ...; -1: by `id` */
    const char *id;                /* where the map accepts any (plx_map_is_closed) */
    gint journey;                  /* in whose context a point was met; index, or -1 */
    gint8 value[PLX_MEASURES_MAX]; /* checked by the caller; PLX_CELL_EMPTY ... */
    gint8 surprise, hesitation;    /* as in the batch; PLX_CELL_EMPTY */
    const char *note, *prompt, *item, *asked_p; /* texts, or NULL */
};
struct plx_builder_row plx_builder_row_new(void);

/* What all rows of an encounter have in common. */
struct plx_occasion {
    guint audience; /* index in the map */
    const char *dataset, *place, *channel, *source, *language, *workshop, *table; /* or NULL */
    const char *const *segments; /* KEY, VALUE, KEY, VALUE, ..., NULL; or NULL: none */
    guint64 unit, encounter;     /* keys (batch.h) */
    gboolean known;              /* `unit` is a respondent */
    guint group_size;            /* 0: 1 */
    gboolean seen;               /* had seen results before */
    gboolean unseen;             /* surely had not, whatever the time says; neither: unknown */
    gint64 seconds;              /* local, since 1970; PLX_NO_TIME: none */
    const char *clock;           /* "day", "minute+02:00" (PLX_DIM_CLOCK); NULL: "day" */
};

/* The map must outlive it. */
plx_builder *plx_builder_new(const plx_map *map);
void plx_builder_free(plx_builder *builder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_builder, plx_builder_free)

/* Errors (PLX_ERROR_INPUT, and nothing is added): more segments than PLX_DIMS_MAX takes; an `id`
 * that is none. */
gboolean plx_builder_add(plx_builder *builder, const struct plx_occasion *occasion,
                         const struct plx_builder_row *rows, guint n, GError **error);

/* Makes a segment known, so that its room is not given to others; FALSE: there is none left. */
gboolean plx_builder_know(plx_builder *builder, const char *segment);

guint plx_builder_rows(const plx_builder *builder);
/* Takes back all behind the first `rows`. */
void plx_builder_cut(plx_builder *builder, guint rows);

/* Rows come in batches of up to PLX_BATCH_ROWS: batch i, FALSE behind the last. Valid until the
 * builder is changed. */
gboolean plx_builder_batch(const plx_builder *builder, guint i, struct plx_batch *batch);
