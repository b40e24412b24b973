/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Rows that were counted before, and put together by who said them: cells of one group of needs,
 * and what their units add. Their units must have no other rows in the sink. From a roll (roll.h)
 * into the counting sink; private to them. Test: tests/store/test_store_roll.c. */

#include "voice/part.h"
#include "voice/sink.h"
#include "voice/units.h"

struct plx_settled {
    guint g;                    /* group of the plan */
    struct plx_counted counted; /* what passes its filter */
    guint32 **pairs;            /* by pair: [slot * n cells + cell]; or NULL */
    gint32 first_day, last_day; /* PLX_NO_DAY: none */
};

/* Adds the cells; cell[i] becomes the part's. counted.c. */
gboolean plx_part_add_settled(struct plx_part *part, const struct plx_settled *settled,
                              guint32 *cell, GError **error);

/* What units add, by cells and groups of whoever counted them. */
struct plx_settled_units {
    guint g;
    const struct plx_part *part;
    struct plx_unit_sums sums;
    guint32 n_groups, n_cells; /* n_cells: of one group */
    guint32 *cell;             /* [group * n_cells + cell]: the part's, or PLX_NO_CELL */
};

/* The plan of a counting sink, for who fills in what follows. */
const struct plx_count_plan *plx_count_sink_plan(const plx_sink *sink);
/* Adds cells to those of worker 0; cell[i] becomes their number. */
gboolean plx_count_sink_add_settled(plx_sink *sink, const struct plx_settled *settled,
                                    guint32 *cell, GError **error);
/* Takes over what their units add: sums and cell. Once the cells were added; before finish. */
void plx_count_sink_add_settled_units(plx_sink *sink, const struct plx_dims *dims,
                                      struct plx_settled_units *units);

/* settled.c: into sums of canonical cells; `p`: the part's place among all. */
void plx_settled_units_add(const struct plx_settled_units *units, const struct plx_count_plan *plan,
                           const struct plx_canon *canon, guint p, struct plx_unit_sums *sums);
void plx_settled_units_free(struct plx_settled_units *units);
