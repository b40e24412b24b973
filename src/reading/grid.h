/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The grid of a protected audience: what its answers may be cut into.
 *
 * Dimensions are place, one further key, month, as far as the question uses them. Keys of place
 * and of month form classes: neighbours (bytewise; months forward in time) join until each class
 * has the minimum of persons, the rest the last. With several dimensions month classes join
 * further until no cell of the product holds fewer, though not none. A further key has no
 * neighbours: its keys stay as they are.
 *
 * At one subject a set S of cells may be released when it does not cut off a small one:
 *   one dimension: cells below the minimum and the next smallest one form a pool; S holds the pool
 *   whole or not at all;
 *   more dimensions: no cell of the product is below the minimum (empty ones are no secret).
 * Then every difference of released sets holds the minimum, or nobody. The persons of a class at an
 * audience are those of the subject with most of them (never more than there are).
 * Test: tests/reading/test_grid.c. */

#include "reading/question.h"

typedef struct plx_grid plx_grid;

#define PLX_GRID_DIMS 3

/* `dims` in the order place, further, month; copied. The audience is an index into the map. */
plx_grid *plx_grid_new(const plx_question *question, guint audience, enum plx_measure measure,
                       gboolean first_unseen, const struct plx_key *dims, guint n_dims);
void plx_grid_free(plx_grid *grid);

/* Appends the needs of this grid (elements struct plx_need): one per dimension, one of the product.
 * They stay valid until the next plx_grid_learn or free. */
void plx_grid_needs(plx_grid *grid, GArray *needs);

/* Takes the answers to them and joins what is too small; TRUE when something joined, so that the
 * source must be asked again. The answer must live as long as the grid is used. */
gboolean plx_grid_learn(plx_grid *grid, const struct plx_answer *answer);

guint plx_grid_n_dims(const plx_grid *grid);
/* Raw keys of a dimension (by kind), sorted; NULL when it is not one. */
const GPtrArray *plx_grid_keys(const plx_grid *grid, enum plx_key_kind kind);
/* The class of a raw key: its first key; the key itself when it is unknown. */
const char *plx_grid_class(const plx_grid *grid, enum plx_key_kind kind, const char *key);
/* "Graz + Linz" of a class of several keys; NULL of one. Borrowed. */
const char *plx_grid_label(const plx_grid *grid, enum plx_key_kind kind, const char *key);
/* Pairs from, to for plx_split.merge; NULL when nothing joined. */
const char *const *plx_grid_merge(const plx_grid *grid, enum plx_key_kind kind);

/* Does the question, made of whole classes, take this class? */
gboolean plx_grid_selects(const plx_grid *grid, enum plx_key_kind kind, const char *key);
/* Is any month class wholly inside the dates asked? TRUE without dates. */
gboolean plx_grid_has_months(const plx_grid *grid);
/* "2024-01..2024-05": first and last selected month; NULL without dates. To be freed. */
char *plx_grid_window(const plx_grid *grid);
/* "2024-05..2024-06": the classes that hold the whole months asked for, where they are not inside
 * the dates as a whole because a month alone has too few persons; NULL else. To be freed. */
char *plx_grid_wider(const plx_grid *grid);
/* Is a whole month inside the dates asked, whether or not anybody answered in it? */
gboolean plx_grid_dates_hold_month(const plx_grid *grid);
/* Has the audience any answer to the measure, whatever is asked? */
gboolean plx_grid_has_persons(const plx_grid *grid);
/* The rows that it selects: places, months, and the further tests. */
plx_filter *plx_grid_filter(const plx_grid *grid);

/* May the group `key` of the split (NULL: no split, or a split that sorts points only) be released
 * at this subject? */
gboolean plx_grid_allows(plx_grid *grid, guint32 subject, const char *key);

/* The rule of one dimension for any list of persons per cell: marks smalls and the next smallest.
 * Equal numbers: the first goes. Also used for the groups of a split of other audiences. */
void plx_pool_mark(const guint64 *persons, guint n, guint minimum, gboolean *pool);

/* The group of a table with one split that has this key, or -1. */
gint plx_grid_find_group(const struct plx_table *table, const char *key);
