/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The gaps as JSON: the form that scripts rely on (docs/readings.md).
 *
 * Names and order of the members are fixed, members may be added. A value that does not exist or
 * may not be shown is null, never absent. Test: tests/report/test_gaps_json.c. */

#include "reading/gaps.h"

#include <glib.h>

/* Appends one document that ends in a newline. `name`: "gaps" gives "schema": "parallax.gaps/1". */
void plx_gaps_json(const plx_gaps *gaps, const char *name, GString *out);
