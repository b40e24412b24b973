/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Where an export goes: whole or not at all. It is written into a file of its own beside the target
 * and renamed over it at the end; "-", pipes and devices get it at the end. A new file is its
 * owner's alone, for it holds the answers of single persons; one that is replaced keeps its mode.
 * Errors are PLX_ERROR_IO with the path and the system's reason. Test: tests/export/test_export.c,
 * tests/cli/test_export.py. */

#include <glib.h>

struct plx_target {
    char *path;      /* as the user named it */
    char *temporary; /* what is written to; NULL once it is in its place */
    int fd;          /* of temporary */
    gboolean in_place;
};

gboolean plx_target_open(struct plx_target *target, const char *path, GError **error);
gboolean plx_target_write(const struct plx_target *target, const char *bytes, gsize n,
                          GError **error);
/* Safe on the disk and in its place. The file may have been written by its name meanwhile. */
gboolean plx_target_commit(struct plx_target *target, GError **error);
/* Removes what was not committed. */
void plx_target_clear(struct plx_target *target);

/* "cannot write PATH: REASON" of an errno. Always FALSE. */
gboolean plx_target_error(const struct plx_target *target, int code, GError **error);
