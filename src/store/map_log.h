/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The maps of a workspace: applying another one, and what has changed over time.
 *
 * A new map is compared with the one in force and with what has answers (map/map_change.h); one
 * under which answers would lose their place is refused. Old maps are kept.
 * Test: tests/store/test_map_log.c. */

#include "map/map_change.h"
#include "store/store.h"

/* Applies a map file's text; `name` is the file's, for messages. *changes (struct plx_map_change)
 * is what it changes, empty: nothing, and then nothing is written. With `dry_run` nothing is
 * written at all. The store's own map is the new one afterwards. */
gboolean plx_map_log_apply(plx_store *store, const char *yaml, const char *name, gboolean dry_run,
                           GPtrArray **changes, GError **error);

struct plx_map_terms {
    gint64 onto;      /* the number of the map that must be in force; 0: any */
    gboolean dry_run; /* as above */
    /* Not if it hides answers less than they were promised (plx_map_loosened): PLX_ERROR_USAGE. */
    gboolean guarded;
};

/* The same on terms. *changes is NULL when the map `onto` is in force no more: then nothing was
 * done. */
gboolean plx_map_log_apply_on(plx_store *store, const char *yaml, const char *name,
                              const struct plx_map_terms *terms, GPtrArray **changes,
                              GError **error);

/* The number of the map in force. */
gboolean plx_map_log_number(plx_store *store, gint64 *number, GError **error);

/* How many answers were given under each id that has some. */
typedef void (*plx_map_answers)(const struct plx_map_data *answers, gpointer data);
gboolean plx_map_log_answers(plx_store *store, plx_map_answers visit, gpointer data,
                             GError **error);

struct plx_map_log_entry {
    gint64 number;
    char *applied; /* "2026-11-25T18:02:11Z" */
    char *name;
    char *changes; /* JSON: an array of {change, kind, id, other, answers, sentence} */
    char *by;      /* whose login, or "shell anna", as the audit log has it; or NULL */
};

/* All maps, oldest first. */
GPtrArray *plx_map_log_list(plx_store *store, GError **error);

/* The text of a map as it was applied, by its number; 0: the one in force. Empty for one that takes
 * any point. Errors: PLX_ERROR_NOT_FOUND. */
char *plx_map_log_text(plx_store *store, gint64 number, GError **error);
