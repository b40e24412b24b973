/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the source of a workspace wants of a roll. */

#include "store/shelf.h"
#include "store/store_roll.h"

struct plx_roll;
const struct plx_roll *plx_store_roll_get(const plx_store_roll *roll);
/* Is a block not in it? For plx_scan.takes, with the roll as data. */
gboolean plx_store_roll_leaves(const struct plx_shelf_block *block, gconstpointer data);

/* Are all its blocks among these, as they were? Within the caller's transaction. */
gboolean plx_store_roll_is_of(plx_store *store, const plx_store_roll *roll,
                              const GPtrArray *blocks);

/* Counts what is left to be counted: *answer stays NULL where the roll cannot. `filters`: rows that
 * pass none of them are not asked for; n_filters 0: all are. Within the caller's transaction. */
struct plx_store_roll_question {
    const struct plx_need *needs;
    guint n_needs;
    const struct plx_block_wanted *wanted;
    const plx_filter *const *filters;
    guint n_filters;
    guint threads;
};
/* The answer to no needs: how much there is. */
gboolean plx_store_roll_sum(plx_store *store, const plx_map *map, const plx_store_roll *roll,
                            const struct plx_store_roll_question *question,
                            struct plx_answer **answer, GError **error);
gboolean plx_store_roll_ask(plx_store *store, const plx_map *map, const plx_store_roll *roll,
                            const struct plx_store_roll_question *question,
                            struct plx_answer **answer, GError **error);
