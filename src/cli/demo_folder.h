/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The folder that `demo` writes: new, or an earlier demo written again; whole or not at all.
 * Tests: tests/cli/cases/demo-*. */

#include <glib.h>

/* FALSE unless `path` does not exist, is an empty folder, or holds a demo (its map.yaml begins with
 * PLX_DEMO_MARK, its ratings.csv with the demo's header, its demo.plx with the demo's steps).
 * Errors: PLX_ERROR_USAGE saying what it holds instead, PLX_ERROR_IO. */
gboolean plx_demo_folder_check(const char *path, GError **error);

struct plx_demo_file {
    const char *name;
    const char *text;
    gsize length;
    /* Writes a workspace to `path` instead; or NULL. */
    gboolean (*make)(const char *path, gconstpointer data, GError **error);
    gconstpointer data;
};

/* Writes all files into a folder beside `path`, then moves them into place; other files in an
 * earlier demo stay. Errors: PLX_ERROR_IO; then nothing is left behind but the folders above
 * `path`. */
gboolean plx_demo_folder_write(const char *path, const struct plx_demo_file *files, gsize n,
                               GError **error);
