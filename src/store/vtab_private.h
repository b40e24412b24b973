/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Between the files of the virtual table. */

#include "store/shelf.h"
#include "store/store_private.h"
#include "store/vtab.h"

/* Columns (vtab_columns.c) ------------------------------------------------------------------ */

enum plx_vtab_what {
    PLX_VTAB_TEXT,     /* `index` is the dimension */
    PLX_VTAB_DECIMAL,  /* likewise; its text is a number */
    PLX_VTAB_AUDIENCE, /* `index` is PLX_DIM_AUDIENCE */
    PLX_VTAB_SUBJECT,  /* `index` is the enum plx_subject_kind */
    PLX_VTAB_JOURNEY,  /* of the row's own measures, or in which the point was met */
    PLX_VTAB_ENCOUNTER,
    PLX_VTAB_RESPONDENT,
    PLX_VTAB_TIME,
    PLX_VTAB_DAY,
    PLX_VTAB_WEIGHT,
    PLX_VTAB_GROUP_SIZE,
    PLX_VTAB_SEEN,
    PLX_VTAB_SURPRISE,
    PLX_VTAB_HESITATION,
    PLX_VTAB_MEASURE, /* of the id `measure`: its number, else NULL; */
    PLX_VTAB_MISSING, /* why there is none */
    PLX_VTAB_NOTE,
    PLX_VTAB_IMPORT
};

struct plx_vtab_column {
    enum plx_vtab_what what;
    guint index;
    const char *type; /* as declared */
    char *name;
    char *measure;
};

/* All columns of a workspace (struct plx_vtab_column), to be unreffed. The fixed ones and measures
 * come first: SQLite tells exactly which are used only of the first 63. */
GArray *plx_vtab_columns(const plx_words *words, const plx_map *map);
/* "CREATE TABLE observation (…)", to be freed. */
char *plx_vtab_declaration(const GArray *columns);

/* Cursors (vtab.c) -------------------------------------------------------------------------- */

struct plx_vtab {
    sqlite3_vtab base;
    plx_store *store;
    gboolean owned;
    GArray *columns;
    gint64 generation;   /* of the store's words and map in memory */
    gint64 observations; /* for the planner */
    guint reading;       /* cursors that borrow from words and map */
};

#define PLX_VTAB_BOUNDS 16

/* What must hold of rows, as far as it rules out blocks. */
struct plx_vtab_bound {
    gint column;      /* -1: rowid */
    guint op;         /* SQLITE_INDEX_CONSTRAINT_* */
    gboolean any;     /* rules out nothing */
    GPtrArray *texts; /* of which one must match */
    GArray *codes;    /* guint32: of which one must be in the block */
};

struct plx_vtab_plan {
    guint64 used; /* a bit per column; the last one for all from the 64th on */
    guint n;
    struct plx_vtab_bound bound[PLX_VTAB_BOUNDS];
    gboolean single; /* only the row `rowid` is asked for */
    gint64 rowid;
};

struct plx_vtab_cursor {
    sqlite3_vtab_cursor base;
    struct plx_lexicon *lexicon; /* NULL until the first filter */
    GPtrArray *blocks;
    gint measure[PLX_MEASURES_MAX]; /* by number among columns of measures: on the map, or -1 */
    struct plx_vtab_plan plan;
    struct plx_block_wanted wanted;
    gboolean notes;
    struct plx_rowset rows;
    const struct plx_shelf_block *block; /* whose rows are in `rows`; NULL: the inbox's, or none */
    guint next_block;
    gint64 inbox_after, inbox_first; /* inbox_first: number of rows[0] among those of the inbox */
    guint32 row;
    gboolean eof;
};

static inline const struct plx_vtab_column *plx_vtab_column(const struct plx_vtab *vtab,
                                                            guint column)
{
    return &g_array_index(vtab->columns, struct plx_vtab_column, column);
}
static inline const struct plx_vtab *plx_vtab_of(const struct plx_vtab_cursor *cursor)
{
    return (const struct plx_vtab *)(const void *)cursor->base.pVtab;
}

/* Which columns of blocks a cursor needs for its plan. */
void plx_vtab_want(struct plx_vtab_cursor *cursor);

/* The value of a column in the current row (vtab_cell.c). */
void plx_vtab_cell(const struct plx_vtab_cursor *cursor, guint column, sqlite3_context *result);

/* Plans (vtab_plan.c) ----------------------------------------------------------------------- */

int plx_vtab_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info);
/* Reads what plx_vtab_best_index wrote, with today's values. */
void plx_vtab_plan_read(struct plx_vtab_cursor *cursor, const char *text, sqlite3_value **values);
void plx_vtab_plan_clear(struct plx_vtab_plan *plan);
gboolean plx_vtab_plan_takes(const struct plx_vtab_plan *plan, const struct plx_vtab *vtab,
                             const struct plx_shelf_block *block);
