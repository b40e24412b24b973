/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The demo's map: the starter map `marketplace-order`, where the invented organisation has filled
 * in how many leaders it has. Test: tests/sim/test_truth.c. */

#include "map/map.h"

#define PLX_DEMO_TEMPLATE "marketplace-order"

/* The first line of the demo's map file: by it a folder is known to hold a demo. */
#define PLX_DEMO_MARK "# Written by \"parallax demo\", which may write it again.\n"

/* The YAML text, to be freed. Errors: PLX_ERROR_BUG when the starter map no longer fits. */
char *plx_demo_map_text(GError **error);

/* The same as a map, checked against the truth. */
plx_map *plx_demo_map(GError **error);
