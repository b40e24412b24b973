/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The starter maps that live inside the program, to copy and make one's own.
 * Test: tests/map/test_template.c. */

#include "map/map.h"

struct plx_template {
    const char *id;    /* "hotel-stay" */
    const char *title; /* the map's title */
    const char *about; /* one line */
};

/* All starter maps, *n of them. */
const struct plx_template *plx_template_list(gsize *n);

/* The YAML text of one, as a user would edit it; ends in NUL, *length (may be NULL) does not count
 * it. Static. Errors: PLX_ERROR_NOT_FOUND with "did you mean". */
const char *plx_template_text(const char *id, gsize *length, GError **error);

/* The map itself. */
plx_map *plx_template_load(const char *id, GError **error);
