/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The cells of one worker: from a row's codes to a cell's number and its counters.
 *
 * A cell is named by the codes of its fields (audience, subject, splits), packed into 64 bits. Few
 * possible names: a direct table; many: an open table of (tag, cell), read ahead in blocks. Cells
 * count up from 0 as they appear. Where cells may be renumbered and enough rows have come to fill
 * most of the names, there is no index: the number is worked out from the codes, and cells that no
 * row fell into exist as zeros. Counters are 8 bits wide, as most cells of a fine split stay
 * small; a counter that runs over (or under, when rows are taken back) leaves a note in `spills`.
 * Memory of a cell: 8 bytes + 1 per counter + 8-16 of index; without an index 1 per counter. Test:
 * tests/voice/test_cells.c. */

#include "voice/pages.h"

#define PLX_NO_CELL G_MAXUINT32
#define PLX_CELL_FIELDS 6
#define PLX_CELL_BLOCK 2048

__extension__ typedef unsigned __int128 plx_u128;
__extension__ typedef __int128 plx_i128;

/* One field of the rows to look up. NULL: all rows have the constant. */
struct plx_cell_field {
    const guint32 *column;
    guint32 constant;
    guint32 size; /* codes are below it */
};

struct plx_cell_spill {
    guint32 cell, slot;
    gint64 add;
};

struct plx_cells {
    guint n_fields;
    gboolean may_renumber; /* nobody remembers cells by number */
    gboolean numbered;     /* a cell's number is worked out from its codes, no index */
    guint32 room[PLX_CELL_FIELDS], step[PLX_CELL_FIELDS];
    guint64 rows; /* looked up so far */
    guint bits[PLX_CELL_FIELDS], shift[PLX_CELL_FIELDS];
    guint total_bits;
    gboolean hashed;
    guint index_bits;
    struct plx_pages index; /* direct: guint32 cell + 1 by key; hashed: guint64 tag, cell + 1 */
    guint32 n;
    struct plx_pages keys;   /* guint64 by cell */
    guint stride;            /* counters of a cell */
    struct plx_pages counts; /* guint8 */
    GArray *spills;          /* struct plx_cell_spill */
    guint spills_most;       /* as many are put together */
    gboolean weighted;
    struct plx_pages w;  /* guint64 by counter: sum of weights */
    struct plx_pages w2; /* plx_u128 by counter: sum of their squares */
};

void plx_cells_init(struct plx_cells *cells, guint n_fields, gboolean may_renumber);
void plx_cells_clear(struct plx_cells *cells);

/* Makes room for codes of these sizes. FALSE when names no longer fit into 64 bits. */
gboolean plx_cells_fit(struct plx_cells *cells, const struct plx_cell_field *fields);

/* Cells of n <= PLX_CELL_BLOCK rows from row `from` on; PLX_NO_CELL where mask (may be NULL) is 0
 * or the first two fields are 0. */
void plx_cells_find(struct plx_cells *cells, const struct plx_cell_field *fields, guint32 from,
                    guint n, const guint8 *mask, guint32 *cell);

/* Adds counters to every cell; returns the first new one. */
guint plx_cells_widen(struct plx_cells *cells, guint n_counters);

/* Counts weights as well from now on; all rows so far had weight `one`. */
void plx_cells_weigh(struct plx_cells *cells, guint64 one);

static inline guint64 *plx_cells_keys(const struct plx_cells *cells)
{
    return (guint64 *)(gpointer)cells->keys.data;
}

/* No cell has code 0 in the first two fields. */
static inline guint32 plx_cells_least(guint field)
{
    return field < 2 ? 1 : 0;
}

static inline guint32 plx_cells_code(const struct plx_cells *cells, guint32 cell, guint field)
{
    if (cells->numbered)
        return cell / cells->step[field] % cells->room[field] + plx_cells_least(field);
    return (guint32)(plx_cells_keys(cells)[cell] >> cells->shift[field] &
                     ((G_GUINT64_CONSTANT(1) << cells->bits[field]) - 1));
}

/* Codes of a cell for a walk over all of them from 0 on; code[] is that of the cell before. */
static inline void plx_cells_next(const struct plx_cells *cells, guint32 cell, guint32 *code)
{
    for (guint f = 0; (!cells->numbered || cell == 0) && f < cells->n_fields; f++)
        code[f] = plx_cells_code(cells, cell, f);
    if (!cells->numbered || cell == 0)
        return;
    /* Numbers count up in the order of plx_cells.step: the second field, the first, the others. */
    for (guint i = 0; i < cells->n_fields; i++) {
        const guint f = i == 0 ? 1 : i == 1 ? 0 : i;
        if (++code[f] < cells->room[f] + plx_cells_least(f))
            return;
        code[f] = plx_cells_least(f);
    }
}

/* Marks of cells (to be freed with g_free) that rows fell into; NULL: all did. */
guint8 *plx_cells_used(const struct plx_cells *cells);

void plx_cells_spill(struct plx_cells *cells, guint32 cell, guint slot, gint64 add);

static inline void plx_cells_up(struct plx_cells *cells, guint8 *counts, guint32 cell, guint slot)
{
    if (G_UNLIKELY(++counts[(gsize)cell * cells->stride + slot] == 0))
        plx_cells_spill(cells, cell, slot, 256);
}

static inline void plx_cells_down(struct plx_cells *cells, guint8 *counts, guint32 cell, guint slot)
{
    if (G_UNLIKELY(counts[(gsize)cell * cells->stride + slot]-- == 0))
        plx_cells_spill(cells, cell, slot, -256);
}
