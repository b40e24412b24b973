/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cmd_reveal.h"

#include "cli/cmd_workspace.h"
#include "report/words.h"
#include "report/words_beliefs.h"
#include "store/reveals.h"

#include <string.h>

char *plx_cmd_local_time(gint64 utc_seconds)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_local(utc_seconds);
    return time ? g_date_time_format(time, "%Y-%m-%d %H:%M") : g_strdup("?");
}

/* Locking ----------------------------------------------------------------------------------- */

/* *since: the first time, which may be long ago. */
static gboolean lock(plx_app *app, const plx_invocation *invocation, const char *audience,
                     gint64 *since, GError **error)
{
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_WRITE, error);
    return store &&
           plx_reveals_lock(store, audience, g_get_real_time() / G_USEC_PER_SEC, since, error);
}

void plx_cmd_lock_guesses(plx_app *app, const plx_invocation *invocation,
                          const plx_beliefs *beliefs)
{
    const char *const path = plx_invocation_argument(invocation, 0);
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) people = g_string_new(NULL);
    gint64 since = 0;
    if (beliefs->by < 0 || !plx_store_is_one(path))
        return;
    plx_words_people(beliefs->gaps, beliefs->by, people);
    const char *const audience = beliefs->gaps->audiences[beliefs->by];
    if (!lock(app, invocation, audience, &since, &error)) {
        plx_app_note(app, "Guesses of %s are not locked: later ones will count (%s)", people->str,
                     error->message);
        return;
    }
    g_autofree char *time = plx_cmd_local_time(since);
    plx_app_note(app,
                 "Guesses of %s are locked since %s: those that come later are marked as having "
                 "seen results",
                 people->str, time);
}

void plx_cmd_ask_all_guessed(plx_app *app, const plx_beliefs *beliefs)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_words_all_guessed(beliefs, text);
    if (text->len)
        plx_app_note(app, "%s", text->str);
}

/* Telling ----------------------------------------------------------------------------------- */

/* "the reveal of 2026-11-26 10:14", or all of them with whose they are. */
static char *describe_reveals(const struct plx_import_options *options)
{
    const guint n = options->n_reveals;
    GString *const out = g_string_new(n == 1 ? "the reveal of " : "the reveals of ");
    for (guint i = 0; i < n; i++) {
        g_autofree char *time = plx_cmd_local_time(options->reveals[i].utc_seconds);
        g_string_append(out, i == 0 ? "" : i + 1 == n ? " and " : ", ");
        g_string_append(out, time);
        if (n > 1)
            g_string_append_printf(out, " (%s)", options->reveals[i].audience);
    }
    return g_string_free(out, FALSE);
}

void plx_cmd_tell_late(GString *out, const struct plx_import_options *options,
                       const struct plx_import_outcome *outcome, gboolean dry_run)
{
    if (outcome->late == 0)
        return;
    g_autofree char *n = plx_cmd_count(outcome->late, "guess", "guesses");
    g_autofree char *reveals = describe_reveals(options);
    const char *const are = outcome->late == 1 ? "is" : "are";
    g_string_append_printf(out, "%s came after %s and %s marked as having seen it\n", n, reveals,
                           dry_run ? "would be" : are);
}
