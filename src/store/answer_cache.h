/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Answers that were worked out before. A question is its needs, written canonically; an answer is
 * good for one generation of the workspace. Test: tests/store/test_store.c. */

#include "store/db.h"
#include "voice/source.h"

/* At most 64 MB of them are kept, and one more: those that were of use last. */

/* *answer is NULL when there is none. */
gboolean plx_answer_cache_get(plx_db *db, const plx_map *map, gint64 generation,
                              const struct plx_need *needs, guint n_needs,
                              struct plx_answer **answer, GError **error);

/* Are answers to these kept? What each unit said (LINKED) is not: it would be the rows again. */
gboolean plx_answer_cache_takes(const struct plx_need *needs, guint n_needs);

/* Keeps it where it is to be kept, within the caller's transaction; drops those of other
 * generations. */
gboolean plx_answer_cache_put(plx_db *db, const plx_map *map, gint64 generation,
                              const struct plx_need *needs, guint n_needs,
                              const struct plx_answer *answer, GError **error);

/* It was of use: within the caller's transaction it becomes one of the last. */
gboolean plx_answer_cache_touch(plx_db *db, const plx_map *map, const struct plx_need *needs,
                                guint n_needs, GError **error);
gboolean plx_answer_cache_touch_part(plx_db *db, const plx_map *map, const struct plx_need *need,
                                     gboolean first, GError **error);

/* Of the answer to one need of several, which others share that ask for other things beside it: to
 * be put together by answer_join.h. Its subjects are not all its own; its days are only where it is
 * the first. Needs of which plx_answer_cache_takes is true. Who puts parts drops what is out of
 * date first, once for all of them. */
gboolean plx_answer_cache_drop_old(plx_db *db, gint64 generation, GError **error);
gboolean plx_answer_cache_get_part(plx_db *db, const plx_map *map, gint64 generation,
                                   const struct plx_need *need, gboolean first,
                                   struct plx_answer **answer, GError **error);
gboolean plx_answer_cache_put_part(plx_db *db, const plx_map *map, gint64 generation,
                                   const struct plx_need *need, gboolean first,
                                   const struct plx_answer *answer, guint table, GError **error);
