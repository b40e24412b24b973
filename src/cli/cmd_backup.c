/* SPDX-License-Identifier: GPL-3.0-or-later */
/* backup, restore, check, compact: keeping a workspace whole and small. */
#include "cli/cmd_access.h"
#include "store/audit.h"
#include "store/check.h"
#include "store/compact.h"
#include "store/copies.h"

#include <string.h>

static gboolean backup(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *const path = plx_invocation_argument(invocation, 1);
    const enum plx_store_mode mode = plx_cmd_workspace_mode(invocation);
    if (!plx_cmd_note_taken(app, invocation, path, error))
        return FALSE;
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, mode, error);
    if (!store || !plx_copies_backup(store, path, plx_cmd_go_on, NULL, error))
        return FALSE;
    g_string_append_printf(plx_app_out(app), "%s: a whole copy, checked\n", path);
    if (mode == PLX_STORE_READ)
        plx_app_note(app,
                     "%s may not be written to and does not remember this copy: the receipt of an "
                     "erasure will not name it",
                     plx_invocation_argument(invocation, 0));
    return TRUE;
}

/* In the log of the file that is there now; a program's older file becomes one of this program. */
static gboolean log_restored(const plx_invocation *invocation, const char *path, GError **error)
{
    g_autofree char *actor = plx_cmd_shell(invocation);
    g_autoptr(plx_store) store = plx_store_open(path, PLX_STORE_WRITE, error);
    const gboolean ok =
        store && plx_db_begin_write(plx_store_db(store), error) &&
        plx_store_end(store, plx_audit_add(store, actor, "restore", "", error), error);
    if (!ok)
        g_prefix_error(error, "it is restored, but the audit log does not say so: ");
    return ok;
}

static gboolean restore(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *const from = plx_invocation_argument(invocation, 0);
    const char *const path = plx_invocation_argument(invocation, 1);
    if (!plx_copies_restore(from, path, plx_invocation_has(invocation, PLX_OPTION_REPLACE),
                            plx_cmd_go_on, NULL, error))
        return FALSE;
    g_string_append_printf(plx_app_out(app), "%s: is now as %s was\n", path, from);
    return log_restored(invocation, path, error);
}

/* No half copy stays, whatever ends it. */
static gboolean run_held(plx_app *app, const plx_invocation *invocation, plx_command_run run,
                         GError **error)
{
    struct plx_interrupts interrupts;
    plx_interrupts_hold(&interrupts);
    const gboolean ok = run(app, invocation, error);
    plx_cmd_release(app, &interrupts, ok);
    return ok;
}

static gboolean run_backup(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return run_held(app, invocation, backup, error);
}

static gboolean run_restore(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return run_held(app, invocation, restore, error);
}

static gboolean tell_check(GString *out, const char *path, const struct plx_check_report *report,
                           GError **error)
{
    for (guint i = 0; i < report->repaired->len; i++)
        g_string_append_printf(out, "made anew: %s\n", (const char *)report->repaired->pdata[i]);
    if (report->faults->len > 0) {
        g_autoptr(GString) all = g_string_new(NULL);
        for (guint i = 0; i < report->faults->len; i++)
            g_string_append_printf(all, "\n  %s", (const char *)report->faults->pdata[i]);
        g_string_append(all, "\nA backup can be put in its place (parallax restore).");
        return plx_error(error, PLX_ERROR_IO, "%s: is damaged:%s", path, all->str);
    }
    g_autofree char *rows = plx_cmd_count(report->observations, "observation", "observations");
    g_autofree char *blocks = plx_cmd_count(report->blocks, "block", "blocks");
    g_autofree char *notes = plx_cmd_count(report->notes, "note", "notes");
    g_string_append_printf(out, "%s: whole (%s in %s, %s)\n", path, rows, blocks, notes);
    return TRUE;
}

static gboolean run_check(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct plx_check_report report = {0};
    const gboolean repair = plx_invocation_has(invocation, PLX_OPTION_REPAIR);
    const enum plx_store_mode mode = repair ? PLX_STORE_WRITE : plx_cmd_workspace_mode(invocation);
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, mode, error);
    if (!store || !plx_check_run(store, repair, &report, error)) {
        char *const here = error && *error ? strstr((*error)->message, ", or see what can") : NULL;
        if (here)
            *here = '\0'; /* that is what was just tried */
        return FALSE;
    }
    const gboolean ok =
        tell_check(plx_app_out(app), plx_invocation_argument(invocation, 0), &report, error);
    plx_check_report_clear(&report);
    return ok;
}

static gboolean run_compact(plx_app *app, const plx_invocation *invocation, GError **error)
{
    guint64 before, after;
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_WRITE, error);
    if (!store || !plx_compact_run(store, &before, &after, error))
        return FALSE;
    g_autofree char *was = g_format_size(before);
    g_autofree char *is = g_format_size(after);
    g_string_append_printf(plx_app_out(app), "%s: %s, was %s\n",
                           plx_invocation_argument(invocation, 0), is, was);
    return TRUE;
}

static const enum plx_option_id restore_options[] = {PLX_OPTION_REPLACE, PLX_OPTION_STEP_BY,
                                                     PLX_OPTION_END};
static const enum plx_option_id check_options[] = {PLX_OPTION_REPAIR, PLX_OPTION_END};
static const struct plx_option_help restore_help[] = {
    {PLX_OPTION_REPLACE, "Put the backup in the place of the workspace that is there"},
    {0},
};
static const struct plx_example backup_examples[] = {
    {"backup shop.plx monday.plx", "a copy of this moment, while others go on"},
    {0},
};
static const struct plx_example restore_examples[] = {
    {"restore monday.plx shop.plx --replace", "back to Monday"},
    {0},
};
static const struct plx_example check_examples[] = {
    {"check shop.plx", "is all of it readable, and does it fit together?"},
    {"check shop.plx --repair", "make anew what can be made anew"},
    {0},
};
static const struct plx_example compact_examples[] = {
    {"compact shop.plx", "after much was taken out"},
    {0},
};

const struct plx_command plx_commands_backup[] = {
    {.name = "backup",
     .arguments = "WS FILE",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Make a checked copy of a workspace",
     .details =
         "The copy is one moment of the workspace, whatever others write meanwhile. It is "
         "read back and checked before it gets its name. Copying the file with other means "
         "while somebody writes can give a damaged copy. Who may read the workspace may read the "
         "copy.",
     .examples = backup_examples,
     .run = run_backup},
    {.name = "restore",
     .arguments = "BACKUP WS",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Bring a workspace back from a copy",
     .details = "The copy is checked first. An existing workspace is only replaced with --replace, "
                "and only while nobody uses it. The copies that it knew stay known.",
     .options = restore_options,
     .option_help = restore_help,
     .examples = restore_examples,
     .run = run_restore},
    {.name = "check",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Check that a workspace is whole",
     .details = "Reads every page, block, column and note and compares it with what is written "
                "about it. Exit 5 with what is wrong.",
     .options = check_options,
     .examples = check_examples,
     .run = run_check},
    {.name = "compact",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Give back the space that a workspace no longer needs",
     .examples = compact_examples,
     .run = run_compact},
    {0},
};
