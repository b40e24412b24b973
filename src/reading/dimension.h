/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One dimension of a grid (reading/grid.h): the keys of a place, a month or a further key, joined
 * into classes of neighbours. Members of a class stand side by side; it goes by its first key.
 * Test: tests/reading/test_grid.c. */

#include "reading/question.h"

struct plx_dimension {
    struct plx_key key;
    struct plx_split split;
    GPtrArray *keys;    /* raw, sorted; NULL until learnt */
    guint *first;       /* per key: the first key of its class */
    char **labels;      /* per key: of its class; NULL of one key */
    const char **merge; /* from, to, ..., NULL; or NULL */
    guint need;         /* its margin in the answer */
};

/* Frees labels and merge. */
void plx_dimension_clear(struct plx_dimension *dim);
/* The keys of a table split by this dimension alone, each a class of its own. */
void plx_dimension_learn(struct plx_dimension *dim, const struct plx_table *table);
/* Index of a raw key, or -1; `dim` may be NULL. */
gint plx_dimension_find(const struct plx_dimension *dim, const char *key);
/* Joins neighbours from the first on until each run is enough; the rest joins the last. `persons`:
 * per key (0 where it is not the first of its class) and combination; rows of
 * n_others. TRUE when something joined. */
gboolean plx_dimension_join(struct plx_dimension *dim, const guint64 *persons, guint n_others,
                            guint minimum, gboolean none_is_enough);
/* Labels and merge of the classes as they now are. */
void plx_dimension_name(struct plx_dimension *dim);
