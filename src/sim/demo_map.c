/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/demo_map.h"

#include "base/error.h"
#include "map/map_file.h"
#include "map/template.h"
#include "sim/truth.h"

#include <string.h>

/* What the organisation knows of itself stands before the journeys. */
#define BEFORE "\njourneys:\n"

char *plx_demo_map_text(GError **error)
{
    const char *text = plx_template_text(PLX_DEMO_TEMPLATE, NULL, error);
    if (!text)
        return NULL;
    const char *at = strstr(text, BEFORE);
    if (!at) {
        plx_error(error, PLX_ERROR_BUG, "the starter map '%s' has no journeys", PLX_DEMO_TEMPLATE);
        return NULL;
    }
    return g_strdup_printf(PLX_DEMO_MARK
                           "%.*s\n# All nine of them answer, so that chance has no part in it.\n"
                           "audiences:\n  leader: {population: %d}\n%s",
                           (int)(at - text), text, PLX_TRUTH_LEADERS, at);
}

plx_map *plx_demo_map(GError **error)
{
    g_autofree char *text = plx_demo_map_text(error);
    if (!text)
        return NULL;
    g_autoptr(plx_map) map = plx_map_read_memory(text, strlen(text), "map.yaml", error);
    if (!map || !plx_truth_check(plx_truth(), map, error))
        return NULL;
    return g_steal_pointer(&map);
}
