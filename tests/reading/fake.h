/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A source for the tests of reading/: answers by naive counting, row by row, cell by cell, so that
 * a mistake in the counting of voice/ or ingest/ cannot hide one here, nor the other way round. */

#include "voice/source.h"

/* A file's text without quotes: header, then one line per row. Columns: audience, respondent,
 * encounter, time (a day), point, place, channel, group_size, weight, seen, and measures. The map
 * must outlive the source; the text is copied. LINKED: units and encounters stand as they come in
 * the file, in no order of content. It cannot be listened to. */
plx_source *fake_source_new(const plx_map *map, const char *csv);
/* How often it was asked. */
guint fake_source_asked(const plx_source *source);
