/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Groups of a need with splits: texts that its merge makes one are one. Private to a roll. */

#include "voice/count_plan.h"
#include "voice/roll_private.h"

struct plx_roll_split {
    enum plx_split_kind kind;
    guint dim;                            /* PLX_DIMS_MAX: no row has it */
    const struct plx_roll_column *column; /* NULL: the audience, months, or no row has it */
    guint32 *number;                      /* by code; of months by day - first + 1, 0: no day */
    guint32 n;
    GArray *code; /* guint32, by number: some code of it; or month (PLX_NO_DAY) */
};

struct plx_roll_splits {
    const plx_roll *roll;
    guint n;
    guint32 n_groups;
    struct plx_roll_split split[PLX_SPLITS_MAX];
};

void plx_roll_splits_init(struct plx_roll_splits *splits, const plx_roll *roll,
                          const struct plx_count_group *group, const struct plx_dims *dims,
                          const plx_map *map);
void plx_roll_splits_clear(struct plx_roll_splits *splits);

/* Group of each of n runs from `from` on; `room` is for n codes. */
void plx_roll_splits_run(const struct plx_roll_splits *splits, guint32 from, guint32 n,
                         guint32 *room, guint32 *group);
/* The code of a group in one split. */
guint32 plx_roll_splits_code(const struct plx_roll_splits *splits, guint s, guint32 group);
