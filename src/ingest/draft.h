/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A first map drafted from what a source of answers names (map/map_draft.h).
 * Test: tests/cli/cases/init-from. */

#include "voice/source.h"

/* Appends the map file; `title` is the map's, `name` the source's for people. Errors: the source's,
 * and more points than a map may have. */
gboolean plx_draft_from_source(plx_source *source, const char *title, const char *name,
                               GString *out, GError **error);
