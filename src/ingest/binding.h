/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A plan bound to a header and a map: columns as numbers, texts ready to be resolved. Read by all
 * workers, changed by none. Test: tests/ingest/test_bad_input.c, test_accepted.c. */

#include "base/date.h"
#include "ingest/plan.h"

/* A bound pick. */
struct plx_bound {
    gboolean set;
    gint column;          /* of the record (row names counted), or -1: constant */
    const char *name;     /* as messages call it */
    const char *constant; /* or NULL */
    const char *option;   /* it is of --set, under this key; or NULL */
    gboolean simple;      /* the cell's text as it stands */
    GRegex *regex;
    GHashTable *values; /* text → text, or NULL */
    const GArray *list; /* the same as the plan has it */
    gboolean closed;
};

struct plx_bound_ask {
    guint measure;
    struct plx_bound cell;
    gint8 min, max; /* of every audience that may answer; min > max: differs by audience */
};

struct plx_bound_view {
    gint audience;               /* index, or -1: the row's */
    struct plx_bound subject[5]; /* by enum plx_subject_kind */
    gboolean fixed;              /* the subject is constant */
    struct plx_bound_ask *asks;
    guint n_asks;
    struct plx_bound note, prompt, surprise, hesitation, seen, item;
    gint8 seen_constant;   /* when seen is set without a column */
    guint64 item_constant; /* its hash, likewise; 0: none */
};

typedef struct plx_binding plx_binding;
struct plx_binding {
    const plx_map *map;
    const plx_plan *plan;
    char *dataset;
    guint64 row_salt; /* of rows without keys */
    guint n_columns;  /* fields of a record */
    char delimiter, quote;
    gboolean decimal_comma;
    char **names; /* of each field, for messages */
    struct plx_bound dataset_of_row, audience, place, channel, source, language, time, respondent;
    struct plx_bound group_size, weight, asked_p, workshop, table;
    struct plx_time time_constant; /* when time is set without a column */
    guint16 group_size_constant;   /* likewise; else 1 */
    guint64 weight_constant;       /* likewise, in fixed point; else 1 */
    struct plx_bound *encounter;
    guint n_encounter;
    struct plx_bound *segments;
    guint n_segments;
    struct plx_bound_view *views;
    guint n_views;
    char *ignored; /* titles that the user had ignored, joined, or NULL */
    guint n_ignored;
};

/* `offset` is 1 when records begin with row names. `dataset` scopes keys. Plan and map must outlive
 * the binding. Errors: a column that is not there, more than one that could be meant, one that
 * nothing picks, an unknown audience, a bad pattern, too many segments. */
plx_binding *plx_binding_new(const plx_map *map, const plx_plan *plan,
                             const struct plx_header *header, guint offset, char delimiter,
                             const char *dataset, GError **error);
void plx_binding_free(plx_binding *binding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_binding, plx_binding_free)

/* What a cell's text stands for: constant for empty, pattern, values. The result is borrowed from
 * the cell, the plan or *owned (to be freed). NULL: *why says what was expected (to be freed; may
 * be NULL). */
const char *plx_bound_resolve(const struct plx_bound *bound, const char *text, gsize n,
                              gsize *length, char **owned, char **why);

/* "unknown audience "x"; did you mean …" with what would allow it. To be freed. */
char *plx_unknown_audience(const plx_map *map, const char *text, gsize n);
