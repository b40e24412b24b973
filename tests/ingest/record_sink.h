/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A sink that writes every observation down as a line of text, for tests of what readers produce.
 */

#include "voice/sink.h"

plx_sink *record_sink_new(const plx_map *map, guint n_workers);

/* All observations as sorted lines. */
char *record_sink_text(plx_sink *sink);
/* Distinct encounters and units. */
guint record_sink_encounters(plx_sink *sink);
guint record_sink_units(plx_sink *sink);
