/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The client's brand that a workspace keeps for its pages: a brand file's text, its logo within
 * (report/brand.h). Test: tests/store/test_brand_text.c. */

#include "store/store.h"

/* *text is to be freed; NULL: there is none. */
gboolean plx_brand_text(plx_store *store, char **text, GError **error);

/* Keeps it, or none (NULL), within the caller's transaction. */
gboolean plx_brand_text_set_within(plx_store *store, const char *text, GError **error);
