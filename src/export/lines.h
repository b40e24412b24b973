/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Text on its way into a target, perhaps through gzip. Test: tests/export/test_export.c. */

#include "export/target.h"

#include <zlib.h>

struct plx_lines {
    const struct plx_target *target;
    GString *text; /* append here, then plx_lines_flow */
    gzFile gzip;   /* or NULL */
};

gboolean plx_lines_open(struct plx_lines *lines, const struct plx_target *target, gboolean gzip,
                        GError **error);
/* Writes when there is enough. */
gboolean plx_lines_flow(struct plx_lines *lines, GError **error);
gboolean plx_lines_end(struct plx_lines *lines, GError **error);
void plx_lines_clear(struct plx_lines *lines);
