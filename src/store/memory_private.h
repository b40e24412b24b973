/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the memory engine share: memory.c (the engine), memory_rows.c (a row, and
 * whether two say the same), memory_view.c (rows as batches, answers, scans), memory_import.c
 * (imports), memory_again.c (what is there already), memory_map.c (maps). */

#include "store/memory.h"

#define PLX_MEMORY_MEASURES 96 /* of all maps an engine ever had */
#define PLX_MEMORY_SEGMENTS (PLX_DIMS_MAX - PLX_DIM_SEGMENT)
#define PLX_MEMORY_KEY 16 /* bytes of a secret */

/* One observation, with the words it came with. All texts are its own. */
struct plx_memory_row {
    gint64 import;                       /* 0: appended, not sealed */
    enum plx_subject_kind kind;          /* of text[PLX_DIM_SUBJECT] */
    char *text[PLX_DIM_SEGMENT];         /* ids and texts, "" where missing */
    char *subject_title, *journey_title; /* as they were spelled */
    GPtrArray *segments;                 /* char *: key, value, ..., without empty values */
    GBytes *note;                        /* NULL: none */
    gint8 measure[PLX_MEMORY_MEASURES];  /* by the engine's number */
    guint64 columns[2];                  /* measures that its batch had */
    gint64 seconds;
    guint64 unit, encounter, weight;
    guint16 group_size;
    gboolean known;
    gint8 seen, surprise, hesitation;
    gboolean late; /* seen = 1 is not what it said itself; of rows that come or that were brought */
};

struct plx_memory_entry {
    struct plx_imports_entry record;
    enum plx_row_keys keys;
    GPtrArray *brought; /* its rows as they were read; NULL: some are not there any more */
};

struct plx_memory_amendment {
    char *declare; /* or a scale: */
    char *measure, *audience;
    struct plx_scale *scale;
};

struct plx_memory {
    plx_engine base;
    char *yaml, *name;
    plx_map *in_force, *map; /* the second one may be changed for an import */
    GPtrArray *amendments;   /* struct plx_memory_amendment */
    GPtrArray *measures;     /* char *: ids, in the engine's order */
    GPtrArray *segments;     /* char *: keys */
    GHashTable *titles;      /* char *: smallest spelling ever brought, by "KIND:ID" */
    GPtrArray *rows;         /* struct plx_memory_row: all that is visible, in order of arrival */
    GPtrArray *entries;      /* struct plx_memory_entry */
    guint8 secret[PLX_MEMORY_KEY];
};

static inline struct plx_memory *plx_memory_of(plx_engine *engine)
{
    return (struct plx_memory *)(void *)engine;
}

/* Rows (memory_rows.c) ---------------------------------------------------------------------- */

/* How rows of a batch become rows of the engine. */
struct plx_memory_taking {
    const plx_map *map;
    const guint *measure; /* the engine's number by that of the map */
    const guint8 *secret, *nobody;
};

struct plx_memory_row *plx_memory_row_new(const struct plx_memory_taking *taking,
                                          const struct plx_batch *batch, guint32 i);
struct plx_memory_row *plx_memory_row_copy(const struct plx_memory_row *row);
void plx_memory_row_free(struct plx_memory_row *row);
/* Takes person, time of day and links between encounters from a row. */
void plx_memory_row_hide(struct plx_memory_row *row, const guint8 *nobody);

/* Do both say the same, under a map? `with_keys`: also who said it, where nobody knows the person.
 */
gboolean plx_memory_row_same(const plx_map *map, const struct plx_memory_row *a,
                             const struct plx_memory_row *b, gboolean with_keys);
/* Is the row's audience anonymous: can nobody know its encounter again? */
gboolean plx_memory_row_is_hidden(const plx_map *map, const struct plx_memory_row *row);
/* Are both the same observation? */
gboolean plx_memory_row_same_key(const plx_map *map, const struct plx_memory_row *a,
                                 const struct plx_memory_row *b);
/* The id a row's subject, journey or audience has under a map. */
const char *plx_memory_row_id(const plx_map *map, const struct plx_memory_row *row,
                              enum plx_dim dim);
/* What people read: the map's title, else the smallest spelling. */
const char *plx_memory_row_title(const struct plx_memory *self, const struct plx_memory_row *row);
/* Spellings of rows count from now on. */
void plx_memory_spell(struct plx_memory *self, const GPtrArray *rows);
guint64 plx_memory_key(const guint8 *secret, guint64 key);

/* Numbers measures of a map and segments of batches; PLX_ERROR_INPUT when there are too many. */
gboolean plx_memory_number_measures(struct plx_memory *self, const plx_map *map, guint *number,
                                    GError **error);
gboolean plx_memory_number_segments(struct plx_memory *self, const GPtrArray *rows, GError **error);

/* Views (memory_view.c) --------------------------------------------------------------------- */

plx_source *plx_memory_source(plx_engine *engine, guint threads);
gboolean plx_memory_scan(plx_engine *engine, const struct plx_export_scan *scan, GError **error);

/* Imports (memory_import.c, memory_again.c) ------------------------------------------------- */

plx_engine_import *plx_memory_begin(plx_engine *engine, const struct plx_import_options *options,
                                    GError **error);
struct plx_memory_entry *plx_memory_entry_add(struct plx_memory *self, const char *kind,
                                              const char *file, const char *dataset,
                                              const char *recipe);
struct plx_memory_entry *plx_memory_entry(const struct plx_memory *self, gint64 id);
void plx_memory_entry_free(struct plx_memory_entry *entry);
/* From now on an import is not wholly there: n observations are gone, or some have changed. */
void plx_memory_entry_lost(const struct plx_memory *self, gint64 id, guint64 n);

/* What an import brings, and what becomes of it. */
struct plx_memory_coming {
    const struct plx_import_options *options;
    enum plx_row_keys keys;
    GPtrArray *brought;  /* as they were read */
    GPtrArray *rows;     /* to be taken: decided rows are taken out and freed */
    GPtrArray *replaced; /* visible rows that must go */
};
gboolean plx_memory_decide(const struct plx_memory *self, struct plx_memory_coming *coming,
                           struct plx_import_outcome *outcome, GError **error);

/* Maps (memory_map.c) ----------------------------------------------------------------------- */

gboolean plx_memory_check_scales(const struct plx_memory *self, GError **error);
/* Makes last what was changed on the map for an import. */
gboolean plx_memory_amend(struct plx_memory *self, GError **error);
/* An import is undone: whom nobody is any more is asked as the map's text has it again. */
gboolean plx_memory_restore_scales(struct plx_memory *self, GError **error);
gboolean plx_memory_apply(plx_engine *engine, const char *yaml, const char *name, gboolean dry_run,
                          GPtrArray **changes, GError **error);
plx_map *plx_memory_read_map(const struct plx_memory *self, const char *yaml, const char *name,
                             GError **error);
void plx_memory_amendment_free(struct plx_memory_amendment *amendment);
