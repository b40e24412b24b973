/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The key of a respondent as readers of files make it (voice/batch.h: unit): what must be known to
 * find one person again in a workspace, which does not keep the text.
 * Test: tests/ingest/test_keys.c. */

#include <glib.h>

guint64 plx_key_of_respondent(const char *dataset, const char *audience, const char *respondent);

/* The same of an encounter that was named. */
guint64 plx_key_of_encounter(const char *dataset, const char *encounter);
