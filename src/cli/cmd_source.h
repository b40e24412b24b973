/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What commands on a SOURCE have in common: opening it, and asking it for the gaps. A SOURCE is a
 * workspace, or a file of answers, told apart by its first bytes.
 *
 * The map is the workspace's, else that of --map, else one that accepts any point; --declare,
 * --population and --named do what its keys do; --recipe says how a foreign file becomes answers.
 * Tests: tests/cli/cases/gaps-*. */

#include "cli/command.h"
#include "ingest/file_source.h"
#include "ingest/recipe.h"
#include "reading/beliefs.h"
#include "reading/gaps.h"
#include "reading/workshop.h"
#include "store/store.h"

typedef struct plx_cmd_source plx_cmd_source;

/* Opens the first argument. The result must outlive what is read from it. Errors: of the options
 * (PLX_ERROR_USAGE), of map, recipe or header (PLX_ERROR_INPUT, PLX_ERROR_IO). */
plx_cmd_source *plx_cmd_source_open(plx_app *app, const plx_invocation *invocation, GError **error);
void plx_cmd_source_free(plx_cmd_source *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_cmd_source, plx_cmd_source_free)

/* Of a source that is open already, which it takes over, and whose map is in this file. */
plx_cmd_source *plx_cmd_source_of(plx_source *source, const char *map_path);

plx_source *plx_cmd_source_get(const plx_cmd_source *source);
/* The workspace it is; NULL: it is none. */
plx_store *plx_cmd_source_store(const plx_cmd_source *source);

/* What the files of its map and recipe are called, without folders, as answers are; borrowed; NULL:
 * it has none. */
const char *plx_cmd_source_map_file(const plx_cmd_source *source);
const char *plx_cmd_source_recipe_file(const plx_cmd_source *source);

/* What the selection options ask for: of one point (or NULL), split by `by` (or NULL). */
struct plx_gaps_options plx_cmd_selection(const plx_invocation *invocation, const char *point,
                                          const char *by);

/* Reads the gaps as the selection options say; `point` (or NULL) restricts them to one. */
plx_gaps *plx_cmd_source_gaps(const plx_cmd_source *source, const plx_invocation *invocation,
                              const char *point, GError **error);

/* Reads the beliefs as the selection options say. */
plx_beliefs *plx_cmd_source_beliefs(const plx_cmd_source *source, const plx_invocation *invocation,
                                    GError **error);

/* Reads the workshop, of those chosen by --workshop and --audiences, with the themes of the
 * workspace, or of --codes. */
plx_workshop *plx_cmd_source_workshop(const plx_cmd_source *source, plx_app *app,
                                      const plx_invocation *invocation, GError **error);

/* The same for a file that is not the first argument. */
plx_cmd_source *plx_cmd_source_open_file(const plx_app *app, const plx_invocation *invocation,
                                         const char *path, GError **error);

/* The recipe of --recipe with what --set adds to it, its scales put on the map; *recipe stays NULL
 * without the option. */
gboolean plx_cmd_recipe(const plx_invocation *invocation, plx_map *map, plx_recipe **recipe,
                        GError **error);

/* What the input options say about reading a file, but for its recipe; and --declare, --population
 * and --named, done to a map. */
gboolean plx_cmd_file_options(const plx_app *app, const plx_invocation *invocation,
                              struct plx_file_options *options, GError **error);
gboolean plx_cmd_apply_audiences(plx_map *map, const plx_invocation *invocation, GError **error);
/* One point, split by `by` instead of what --by says. */
plx_gaps *plx_cmd_source_point_by(const plx_cmd_source *source, const plx_invocation *invocation,
                                  const char *point, const char *by, GError **error);

/* A word as it must be typed in a shell: quoted only where it has to be. The caller owns it. */
char *plx_cmd_word(const char *word);
