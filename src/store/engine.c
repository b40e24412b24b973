/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/engine.h"

#include "base/error.h"

#include <string.h>

/* Records ----------------------------------------------------------------------------------- */

void plx_erase_receipt_clear(struct plx_erase_receipt *receipt)
{
    g_free(receipt->time);
    g_clear_pointer(&receipt->copies, g_ptr_array_unref);
    *receipt = (struct plx_erase_receipt){0};
}

void plx_imports_entry_free(gpointer data)
{
    struct plx_imports_entry *const entry = data;
    char *const texts[] = {entry->kind, entry->state,   entry->started,
                           entry->file, entry->dataset, entry->recipe};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(texts[i]);
    g_free(entry);
}

/* Refusals ---------------------------------------------------------------------------------- */

char *plx_engine_example(const char *title, gint64 seconds)
{
    if (seconds == PLX_NO_TIME)
        return g_strdup(title);
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(seconds);
    g_autofree char *when = g_date_time_format(time, "%Y-%m-%d");
    return g_strdup_printf("%s, %s", title, when);
}

gboolean plx_engine_differs(GError **error, const struct plx_import_options *options, guint64 n,
                            const char *example)
{
    return plx_error(error, PLX_ERROR_INPUT,
                     "%s: %" G_GUINT64_FORMAT " observation%s of \"%s\" %s here already and "
                     "said something else (first: %s); nothing was changed. --replace takes the "
                     "new ones, --only-new leaves these out",
                     options->file, n, n == 1 ? "" : "s", options->dataset, n == 1 ? "is" : "are",
                     example);
}

gboolean plx_engine_recurs(GError **error, const struct plx_import_options *options, guint64 n,
                           guint64 of, gboolean hidden)
{
    return plx_error(
        error, PLX_ERROR_INPUT,
        "%s: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
        " rows of \"%s\"%s are here already; nothing was changed. --only-new takes the "
        "others, --allow-repeat takes all",
        options->file, n, of, options->dataset, hidden ? " whose keys are not kept" : "");
}

gboolean plx_engine_same_rows(GError **error, const char *file, gint64 import)
{
    return plx_error(error, PLX_ERROR_INPUT,
                     "%s: import %" G_GINT64_FORMAT " has exactly these rows, and they have no "
                     "keys that could tell them apart; nothing was changed. --allow-repeat "
                     "takes them once more",
                     file, import);
}

gboolean plx_engine_check_undo(gint64 import, const char *state, const char *kind, GError **error)
{
    if (!state || strcmp(state, "pending") == 0)
        return plx_error(error, PLX_ERROR_NOT_FOUND,
                         "there is no import %" G_GINT64_FORMAT " (parallax imports list)", import);
    if (strcmp(state, "undone") == 0)
        return plx_error(error, PLX_ERROR_USAGE, "import %" G_GINT64_FORMAT " is undone already",
                         import);
    return strcmp(kind, "file") == 0 ||
           plx_error(error, PLX_ERROR_USAGE,
                     "import %" G_GINT64_FORMAT " holds answers that were collected, no file's",
                     import);
}

/* Answers ----------------------------------------------------------------------------------- */

void plx_engine_note_untimed(struct plx_answer *answer)
{
    if (answer->without_time == 0 || answer->without_time == answer->observations)
        return;
    struct plx_note *const notes = g_new0(struct plx_note, answer->n_notes + 1);
    guint at = 0;
    while (at < answer->n_notes && strcmp(answer->notes[at].code, "rows_without_time") < 0) {
        notes[at] = answer->notes[at];
        at++;
    }
    notes[at] = (struct plx_note){"rows_without_time", (gint64)answer->without_time, NULL};
    for (guint i = at; i < answer->n_notes; i++)
        notes[i + 1] = answer->notes[i];
    answer->notes = notes;
    answer->n_notes++;
    g_ptr_array_add(answer->memory, notes);
}
