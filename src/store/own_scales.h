/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* An import brings its scale to those who answer on it (store/amend.h). That holds as long as
 * somebody has: when nobody does any more, as the import was undone, they are asked on the scale of
 * the map's own text again. Tests: tests/store/test_conformance.c (scales),
 * tests/store/test_map_log.c.
 */

#include "store/amend.h"
#include "store/store.h"

/* Who and what of store->base has answers, or such that wait until there are enough of them. */
gboolean plx_own_scales_answered(plx_store *store, struct plx_amend_answered *answered,
                                 GError **error);
/* Sets the audiences of store->base, by index, that a form or kiosk asks which is open, or begun by
 * somebody, and "shopper" where a visit was told: what people have before them, what waits in a
 * tablet, and what waits for a review stays as it was asked. */
gboolean plx_own_scales_asked(plx_store *store, gboolean *audiences, GError **error);

/* Within the caller's transaction, with words and store->base as the file has them: of the
 * audiences and measures of a map's text that have no answers, nor any that wait, and that no open
 * form asks, the scale of the text holds. */
gboolean plx_own_scales_restore(plx_store *store, const char *yaml, const char *name,
                                GError **error);
