/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Splits as users write them after --by. Test: tests/voice/test_split.c. */

#include "voice/source.h"

/* place, channel, journey (the context), source, language, audience, month, week, day or
 * segment.NAME. split->segment points into `word`. point and transaction are not splits: every cell
 * has its subject. Errors: PLX_ERROR_USAGE with "did you mean". */
gboolean plx_split_parse(const char *word, struct plx_split *split, GError **error);
