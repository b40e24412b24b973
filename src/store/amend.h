/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What imports add to a workspace's map: audiences that were declared, scales that recipes brought.
 *
 * The map's own text stays as its author wrote it; amendments lie beside it and are applied when
 * the map is read. Test: tests/store/test_amend.c. */

#include "map/map.h"
#include "store/db.h"

/* Applies them to a map that was just read. */
gboolean plx_amend_apply(plx_db *db, plx_map *map, GError **error);

/* Records, within the caller's transaction, how `now` differs from `base` (the map with earlier
 * amendments) in audiences and in scales. */
gboolean plx_amend_record(plx_db *db, const plx_map *base, const plx_map *now, GError **error);

/* Who and what has answers, by index of a map. */
struct plx_amend_answered {
    const plx_map *map;
    gboolean audiences[PLX_AUDIENCES_MAX], measures[PLX_MEASURES_MAX];
};

/* Tells of audiences (of `level`) and measures (`audience` NULL) without answers that are asked
 * otherwise on `now`, a map with amendments, than on `own`, the same without: `scale` is that of
 * `own`. Ends where `tell` returns FALSE. */
typedef gboolean (*plx_amend_tell)(const char *measure, const char *audience,
                                   const struct plx_scale *scale, gpointer data, GError **error);
gboolean plx_amend_restore(const plx_map *own, const plx_map *now,
                           const struct plx_amend_answered *answered, plx_amend_tell tell,
                           gpointer data, GError **error);

/* Records an amendment within the caller's transaction: a plx_amend_tell, of a plx_db. */
gboolean plx_amend_record_scale(const char *measure, const char *audience,
                                const struct plx_scale *scale, gpointer db, GError **error);

/* FALSE with PLX_ERROR_INPUT when an audience or a measure that has answers here is on another
 * scale in `now`: two scales on one of them cannot be told apart later. Both by map index of
 * `base`; NULL: all have answers. */
gboolean plx_amend_check(const plx_map *base, const plx_map *now, const gboolean *audiences,
                         const gboolean *measures, GError **error);
/* The same of audiences whom a form asks that is open. */
gboolean plx_amend_check_asked(const plx_map *base, const plx_map *now, const gboolean *audiences,
                               GError **error);
