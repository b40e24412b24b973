/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Finished forms into the inbox, on the writer's thread. Test: tests/serve/test_forms.c. */

#include "form/observations.h"
#include "serve/call.h"

/* Within apply. `when`: NULL, and only the day is kept; else the minute. */
gboolean plx_form_store_add(plx_call *call, const plx_map *map, const plx_form_encounter *encounter,
                            const struct plx_moment *when, GError **error);

/* Answers that waited (plx_forms_release_within); `data` is the builder that takes them. */
gboolean plx_form_store_release(plx_store *store, const char *const *bodies, guint n, gpointer data,
                                GError **error);
