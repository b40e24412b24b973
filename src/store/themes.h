/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The themes of a workspace: its codebook, kept as a row of codebooks in which every act of sorting
 * is one. What answers count is not touched by it: nothing that was worked out before is dropped.
 * Test: tests/store/test_themes.c. */

#include "store/store.h"
#include "voice/codebook.h"

#define PLX_THEMES_KEPT 200 /* acts that can be undone */

/* The codebook in force (empty: nothing was sorted yet), and its number: what the next one is made
 * from. */
plx_codebook *plx_themes_read(plx_store *store, gint64 *number, GError **error);

/* Puts a codebook in force that was made from number `from`; `act` says in a few words what was
 * done. *number (may be `from`'s own) is the new one's. Errors: PLX_ERROR_IO when another program
 * has changed the themes meanwhile. */
gboolean plx_themes_write(plx_store *store, const plx_codebook *book, const char *act, gint64 from,
                          gint64 *number, GError **error);

/* Takes the last act back; *act (to be freed) is what it was. Errors: PLX_ERROR_NOT_FOUND when
 * there is none, or PLX_THEMES_KEPT were taken back and what was before them is dropped. */
gboolean plx_themes_undo(plx_store *store, char **act, GError **error);

/* Reads all that are kept: what parallax check does. */
gboolean plx_themes_check(plx_store *store, GError **error);

struct plx_theme_act {
    gint64 number;
    char *made; /* "2026-11-25T18:02:11Z" */
    char *act;
};

/* The acts that can be undone, oldest first: struct plx_theme_act. */
GPtrArray *plx_themes_log(plx_store *store, GError **error);
