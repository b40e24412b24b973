/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Something that was worked out from all answers, kept beside an open workspace until they, or the
 * map, change: by whomever, in any process. Where many look at one thing it is worked out once.
 * Test: tests/store/test_aside.c. */

#include "store/store.h"

/* Not NULL; or NULL with an error. */
typedef gpointer (*plx_aside_make)(plx_store *store, GError **error);

/* What `make` made, borrowed until the next call or until the store is freed; `clear` frees it. One
 * thing is kept at a time. Errors: those of `make`, PLX_ERROR_IO. */
gconstpointer plx_store_aside(plx_store *store, plx_aside_make make, GDestroyNotify clear,
                              GError **error);
