/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Answers of forms on their way to the inbox. Test: tests/serve/test_form_inbox.c: what can be told
 * from the file when they are there. */

#include "form/rows.h"
#include "store/forms.h"

/* Adds an encounter to a builder, under a key made up for it; `respondent` (which may be NULL) is
 * hashed as readers of files do, so that erasing finds it. Errors: PLX_ERROR_INPUT, also when the
 * map does not have its audience. */
gboolean plx_form_inbox_add(const plx_map *map, const plx_form_encounter *encounter,
                            plx_builder *builder, GError **error);

/* What plx_forms_release_within calls (plx_forms_append): adds anonymous answers to `builder`, a
 * plx_builder of the store's map, whose batches are appended in the same transaction. */
gboolean plx_form_inbox_release(plx_store *store, const char *const *bodies, guint n,
                                gpointer builder, GError **error);
