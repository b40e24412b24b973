/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A question that no answer matches is no result: what there is instead.
 * Test: tests/reading/test_nothing.c. */

#include "reading/collect.h"

/* TRUE when some row passes, or nothing was filtered. Otherwise the source is asked once more, and
 * if it is so: PLX_ERROR_NOT_FOUND with the values, days or measures that there are;
 * PLX_ERROR_USAGE for a split by what no row has. */
gboolean plx_check_matches(plx_source *source, const struct plx_collected *collected,
                           GError **error);
