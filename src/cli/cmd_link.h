/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Links to forms on the command line (docs/forms.md): making them and telling of them.
 * Tests: tests/cli/cases/link-*. */

#include "base/json.h"
#include "cli/cmd_workspace.h"
#include "form/settings.h"
#include "store/links.h"

gboolean plx_cmd_link_create(plx_app *app, const plx_invocation *invocation, GError **error);

/* "https://ask.example.org" of --base-url, without a slash at the end; *base becomes NULL when it
 * is not given. To be freed. PLX_ERROR_USAGE: it is none. */
gboolean plx_cmd_base_url(const plx_invocation *invocation, char **base, GError **error);

/* Notes which titles of a journey (-1: all of them) have no text in a language, where it is not the
 * map's; `shows`: "the form shows". Tests: tests/cli/cases/visit-language, link-*. */
void plx_cmd_warn_silent(plx_app *app, const plx_map *map, gint journey, const char *language,
                         const char *shows);

/* Notes in which of the languages that a form offers titles have no text, where none was chosen.
 * Test: tests/cli/cases/link-demo. */
void plx_cmd_warn_offered(plx_app *app, const plx_map *map,
                          const struct plx_form_settings *settings);

/* "/f/bcdfghjkmn", or with the server's address (base, or NULL) before it; to be freed. */
char *plx_link_address(const struct plx_link *link, const char *token, const char *base);

/* What becomes of links when they are told. */
struct plx_link_view {
    const plx_map *map;
    const char *base; /* of addresses; or NULL: paths only */
    gint32 day;       /* of their state */
};

/* The member "asks": what the link asks for; null where the map of the day has it no more. */
void plx_link_asks_json(const struct plx_link_view *view, plx_json *json,
                        const struct plx_link *link);

/* Just made: links `n`, the tokens of their addresses (NULL-ended). `format`: json, csv or table.
 */
void plx_link_tell_made(const struct plx_link_view *view, const struct plx_link *const *links,
                        guint n, char *const *addresses, const char *format, GString *out);
/* The links of a workspace (struct plx_link). */
void plx_links_tell(const struct plx_link_view *view, const GPtrArray *links, const char *format,
                    plx_app *app);
/* One of them, `format`: json or table. */
void plx_link_tell(const struct plx_link_view *view, const struct plx_link *link,
                   const char *format, plx_app *app);
