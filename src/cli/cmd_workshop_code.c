/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workshop code: sorting answers into themes. */
#include "cli/cmd_workshop.h"
#include "cli/cmd_workspace.h"
#include "report/term.h"
#include "store/themes.h"
#include "workshop/coding_file.h"

#include <string.h>

/* What one command does, all of it one act. */
struct session {
    plx_app *app;
    const plx_invocation *invocation;
    plx_sorter *sorter;
    GString *acts; /* "A; B" */
};

static void add_act(const struct session *s, char *act)
{
    if (act)
        g_string_append_printf(s->acts, "%s%s", s->acts->len > 0 ? "; " : "", act);
    g_free(act);
}

/* "A=B", each to be freed. */
static gboolean split_pair(const char *option, const char *text, char **left, char **right,
                           GError **error)
{
    const char *const equals = strchr(text, '=');
    if (!equals || equals == text || equals[1] == '\0')
        return plx_error(error, PLX_ERROR_USAGE, "--%s \"%s\": expected A=B", option, text);
    *left = g_strndup(text, (gsize)(equals - text));
    *right = g_strdup(equals + 1);
    return TRUE;
}

static gboolean do_codes(const struct session *s, GError **error)
{
    const char *const path = plx_invocation_string(s->invocation, PLX_OPTION_CODES);
    if (!path)
        return TRUE;
    g_autoptr(plx_csv_table) table = plx_csv_table_read(path, error);
    g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
    char *act = NULL;
    if (!table || !plx_sorter_read(s->sorter, table, notes, &act, error))
        return FALSE;
    for (guint i = 0; i < notes->len; i++)
        plx_app_note(s->app, "%s", (const char *)notes->pdata[i]);
    add_act(s, act);
    return TRUE;
}

/* Numbers are those that were shown last: suggestions are taken before anything else is done. */
static gboolean accept_one(const struct session *s, const GPtrArray *hints, const char *text,
                           GError **error)
{
    const char *const equals = strchr(text, '=');
    g_autofree char *number = equals ? g_strndup(text, (gsize)(equals - text)) : g_strdup(text);
    guint64 n;
    char *act = NULL;
    if (!g_ascii_string_to_unsigned(number, 10, 1, G_MAXUINT32, &n, NULL))
        return plx_error(error, PLX_ERROR_USAGE,
                         "--accept \"%s\": expected the number of a suggestion, like 2 or 2=Title",
                         text);
    if (n > hints->len)
        return plx_error(error, PLX_ERROR_NOT_FOUND, "there is no suggestion %s; there are %u",
                         number, hints->len);
    const struct plx_sorter_hint *const hint = hints->pdata[n - 1];
    if (!plx_sorter_put(s->sorter, hint->answers, hint->n, equals ? equals + 1 : hint->title, &act,
                        error))
        return FALSE;
    add_act(s, act);
    return TRUE;
}

static gboolean do_accept(const struct session *s, GError **error)
{
    if (!plx_invocation_has(s->invocation, PLX_OPTION_ACCEPT))
        return TRUE;
    g_autoptr(GPtrArray) hints = plx_sorter_hints(s->sorter, error);
    const char *const *const texts = plx_invocation_list(s->invocation, PLX_OPTION_ACCEPT);
    for (guint i = 0; hints && texts[i]; i++)
        if (!accept_one(s, hints, texts[i], error))
            return FALSE;
    return hints != NULL;
}

typedef gboolean (*pair_act)(plx_sorter *sorter, const char *left, const char *right, char **act,
                             GError **error);

static gboolean do_pairs(const struct session *s, enum plx_option_id option, pair_act run,
                         GError **error)
{
    const char *const *const texts = plx_invocation_list(s->invocation, option);
    for (guint i = 0; texts[i]; i++) {
        g_autofree char *left = NULL, *right = NULL;
        char *act = NULL;
        if (!split_pair(plx_option_get(option)->name, texts[i], &left, &right, error) ||
            !run(s->sorter, left, right, &act, error))
            return FALSE;
        add_act(s, act);
    }
    return TRUE;
}

static gboolean has_acts(const plx_invocation *invocation)
{
    static const enum plx_option_id acts[] = {PLX_OPTION_CODES, PLX_OPTION_ACCEPT, PLX_OPTION_MERGE,
                                              PLX_OPTION_RENAME, PLX_OPTION_TIE};
    for (gsize i = 0; i < G_N_ELEMENTS(acts); i++)
        if (plx_invocation_has(invocation, acts[i]))
            return TRUE;
    return FALSE;
}

static gboolean do_all(const struct session *s, GError **error)
{
    return do_accept(s, error) && do_codes(s, error) &&
           do_pairs(s, PLX_OPTION_MERGE, plx_sorter_merge, error) &&
           do_pairs(s, PLX_OPTION_RENAME, plx_sorter_rename, error) &&
           do_pairs(s, PLX_OPTION_TIE, plx_sorter_tie, error);
}

static gboolean keep(const struct session *s, plx_store *store, gint64 number, GError **error)
{
    const gboolean dry_run = plx_invocation_has(s->invocation, PLX_OPTION_DRY_RUN);
    if (s->acts->len == 0) {
        plx_app_note(s->app, "nothing was changed");
        return TRUE;
    }
    if (!dry_run &&
        !plx_themes_write(store, plx_sorter_book(s->sorter), s->acts->str, number, &number, error))
        return FALSE;
    plx_app_note(s->app, dry_run ? "would do: %s" : "%s", s->acts->str);
    return TRUE;
}

/* -o without --format is the file for a spreadsheet, which --codes takes back. */
static const char *format_of(const plx_invocation *invocation)
{
    return plx_invocation_has(invocation, PLX_OPTION_OUTPUT) &&
                   !plx_invocation_has(invocation, PLX_OPTION_FORMAT)
               ? "csv"
               : plx_invocation_string(invocation, PLX_OPTION_FORMAT);
}

static gboolean show(const struct session *s, GError **error)
{
    const char *const format = format_of(s->invocation);
    if (strcmp(format, "json") == 0)
        return plx_cmd_workshop_json(s->app, s->sorter, error);
    if (strcmp(format, "table") == 0)
        return plx_cmd_workshop_table(s->app, s->sorter, error);
    plx_sorter_write(s->sorter, plx_app_out(s->app));
    return TRUE;
}

plx_sorter *plx_cmd_workshop_sorter(const plx_app *app, plx_store *store, gint64 *number,
                                    GError **error)
{
    const struct plx_listen listen = {.prompts = PLX_SORTER_PROMPTS};
    struct plx_sayings *sayings = NULL;
    g_autoptr(plx_codebook) book = plx_themes_read(store, number, error);
    g_autoptr(plx_source) source = plx_store_source(store, plx_app_threads(app));
    if (!book || !plx_source_listen(source, &listen, &sayings, error))
        return NULL;
    plx_sorter *const sorter =
        plx_sorter_new(plx_store_map(store), sayings, g_steal_pointer(&book));
    plx_sayings_free(sayings);
    return sorter;
}

static gboolean run_log(plx_app *app, plx_store *store, GError **error)
{
    g_autoptr(GPtrArray) log = plx_themes_log(store, error);
    for (guint i = 0; log && i < log->len; i++) {
        const struct plx_theme_act *const act = log->pdata[i];
        g_string_append_printf(plx_app_out(app), "%s  ", act->made);
        plx_term_safe(plx_app_out(app), act->act);
        g_string_append_c(plx_app_out(app), '\n');
    }
    if (log && log->len == 0)
        g_string_append(plx_app_out(app), "Nothing was sorted yet.\n");
    return log != NULL;
}

static gboolean run_undo(plx_app *app, plx_store *store, GError **error)
{
    g_autofree char *act = NULL;
    if (!plx_themes_undo(store, &act, error))
        return FALSE;
    g_string_append(plx_app_out(app), "taken back: ");
    plx_term_safe(plx_app_out(app), act);
    g_string_append_c(plx_app_out(app), '\n');
    return TRUE;
}

static gboolean check_options(const plx_invocation *invocation, GError **error)
{
    const gboolean undo = plx_invocation_has(invocation, PLX_OPTION_UNDO);
    const gboolean log = plx_invocation_has(invocation, PLX_OPTION_LOG);
    if ((undo ? 1 : 0) + (log ? 1 : 0) + (has_acts(invocation) ? 1 : 0) > 1)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--undo and --log stand alone: no other act with them");
    if (plx_invocation_has(invocation, PLX_OPTION_INTERACTIVE) &&
        (undo || log || has_acts(invocation) ||
         plx_invocation_has(invocation, PLX_OPTION_DRY_RUN) ||
         plx_invocation_has(invocation, PLX_OPTION_OUTPUT) ||
         plx_invocation_has(invocation, PLX_OPTION_FORMAT)))
        return plx_error(error, PLX_ERROR_USAGE,
                         "--interactive stands alone: acts are keys there, and nothing is printed");
    if (undo && plx_invocation_has(invocation, PLX_OPTION_DRY_RUN))
        return plx_error(error, PLX_ERROR_USAGE,
                         "--undo has no dry run; --log shows what would be taken back");
    return TRUE;
}

gboolean plx_cmd_workshop_code(plx_app *app, const plx_invocation *invocation, GError **error)
{
    if (!check_options(invocation, error))
        return FALSE;
    /* Somebody may have filled it in. */
    if (strcmp(format_of(invocation), "csv") == 0 && !plx_command_new_file(app, invocation, error))
        return FALSE;
    if (plx_invocation_has(invocation, PLX_OPTION_INTERACTIVE))
        return plx_cmd_workshop_sort(app, invocation, error);
    const gboolean undo = plx_invocation_has(invocation, PLX_OPTION_UNDO);
    const gboolean acts = has_acts(invocation);
    const gboolean writes = undo || (acts && !plx_invocation_has(invocation, PLX_OPTION_DRY_RUN));
    g_autoptr(plx_store) store =
        plx_cmd_workspace_open(app, invocation, writes ? PLX_STORE_WRITE : PLX_STORE_READ, error);
    gint64 number = 0;
    if (!store)
        return FALSE;
    if (undo)
        return run_undo(app, store, error);
    if (plx_invocation_has(invocation, PLX_OPTION_LOG))
        return run_log(app, store, error);
    g_autoptr(plx_sorter) sorter = plx_cmd_workshop_sorter(app, store, &number, error);
    g_autoptr(GString) text = g_string_new(NULL);
    const struct session s = {.app = app, .invocation = invocation, .sorter = sorter, .acts = text};
    return sorter && (!acts || (do_all(&s, error) && keep(&s, store, number, error))) &&
           show(&s, error);
}
