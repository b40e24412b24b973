/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What becomes of suggestions and complaints: all of a workspace, and the private links of those
 * who want to see their answer, which forms give out.
 *
 * A form's link leads to the suggestion's number, which follows from its words (voice/saying.h),
 * not to the answer: nothing ties it to what else the person said, or to when. Tests:
 * tests/serve/test_answers.py, tests/cli/cases/suggestion-*. */

#include "form/observations.h"
#include "step/suggestion.h"
#include "store/store.h"

/* All suggestions with what was done to them; *last (or NULL): how many acts there are. Errors:
 * those of plx_letters_read and plx_suggestions_read. */
plx_suggestion_list *plx_answers_read(plx_store *store, plx_source *source, gint64 *last,
                                      GError **error);

/* Within the caller's write transaction: one link for all suggestions and complaints of a form.
 * *token: what its address ends with, to be freed; NULL where there is nothing to answer. */
gboolean plx_answers_link_within(plx_store *store, const plx_form_encounter *encounter,
                                 char **token, GError **error);
