/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is checked of a workspace: its files, and what is in it. */

#include "serve/doctor_private.h"

#include "base/error.h"
#include "store/accounts.h"
#include "store/api_tokens.h"
#include "store/audit.h"
#include "store/check.h"
#include "store/forms.h"
#include "store/webhooks.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

/* A file up to this size is read as a whole. */
#define SMALL_BYTES ((guint64)64 << 20)
/* Room on the disk: below the first the next busy day may not fit. */
#define LITTLE_ROOM ((guint64)1 << 30)
#define NO_ROOM ((guint64)64 << 20)

const char *plx_doctor_state_name(enum plx_doctor_state state)
{
    static const char *const names[] = {"ok", "warning", "bad"};
    return names[state];
}

static void free_check(gpointer data)
{
    struct plx_doctor_check *const check = data;
    g_free(check->what);
    g_free(check->todo);
    g_free(check);
}

GPtrArray *plx_doctor_new(void)
{
    return g_ptr_array_new_with_free_func(free_check);
}

void plx_doctor_add(GPtrArray *checks, const char *name, enum plx_doctor_state state, char *what,
                    char *todo)
{
    struct plx_doctor_check *const check = g_new(struct plx_doctor_check, 1);
    *check = (struct plx_doctor_check){name, state, what, todo};
    g_ptr_array_add(checks, check);
}

enum plx_doctor_state plx_doctor_worst(const GPtrArray *checks)
{
    enum plx_doctor_state worst = PLX_DOCTOR_OK;
    for (guint i = 0; i < checks->len; i++)
        worst = MAX(worst, ((const struct plx_doctor_check *)checks->pdata[i])->state);
    return worst;
}

/* Files ---------------------------------------------------------------------------------------- */

static void check_folder(GPtrArray *checks, const char *path)
{
    GStatBuf is;
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *word = g_shell_quote(folder);
    if (g_stat(folder, &is) != 0)
        plx_doctor_add(checks, "folder", PLX_DOCTOR_BAD,
                       g_strdup_printf("cannot be looked at: %s", g_strerror(errno)), NULL);
    else if ((is.st_mode & S_IWOTH) && !(is.st_mode & S_ISVTX))
        plx_doctor_add(checks, "folder", PLX_DOCTOR_BAD,
                       g_strdup("everybody on this machine can put another file in its place"),
                       g_strdup_printf("chmod o-w %s", word));
    else
        plx_doctor_add(checks, "folder", PLX_DOCTOR_OK,
                       g_strdup("only those who may write in it can replace the file"), NULL);
}

/* Of the workspace and what SQLite keeps beside it. */
static void check_file(GPtrArray *checks, const char *path)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    g_autoptr(GString) open = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(ends); i++) {
        GStatBuf is;
        g_autofree char *file = g_strconcat(path, ends[i], NULL);
        g_autofree char *word = g_shell_quote(file);
        if (g_stat(file, &is) == 0 && (is.st_mode & (S_IROTH | S_IWOTH)))
            g_string_append_printf(open, " %s", word);
    }
    if (open->len > 0)
        plx_doctor_add(checks, "file", PLX_DOCTOR_BAD,
                       g_strdup("everybody on this machine can read what people answered"),
                       g_strdup_printf("chmod o=%s", open->str));
    else
        plx_doctor_add(checks, "file", PLX_DOCTOR_OK,
                       g_strdup("only those with rights to it can read it"), NULL);
}

static void check_disk(GPtrArray *checks, const char *path, guint64 bytes)
{
    struct statvfs is;
    if (statvfs(path, &is) != 0) {
        plx_doctor_add(checks, "disk", PLX_DOCTOR_WARNING,
                       g_strdup_printf("its room is not known: %s", g_strerror(errno)), NULL);
        return;
    }
    const guint64 room = (guint64)is.f_bavail * is.f_frsize;
    g_autofree char *size = g_format_size(room);
    const enum plx_doctor_state state = room < NO_ROOM                       ? PLX_DOCTOR_BAD
                                        : room < MAX(LITTLE_ROOM, 2 * bytes) ? PLX_DOCTOR_WARNING
                                                                             : PLX_DOCTOR_OK;
    plx_doctor_add(checks, "disk", state, g_strdup_printf("%s are free", size),
                   state == PLX_DOCTOR_OK
                       ? NULL
                       : g_strdup("make room: a full disk takes no answers, and a backup needs as "
                                  "much as the workspace has"));
}

/* What is in it -------------------------------------------------------------------------------- */

#define RESTORE "put a backup in its place: parallax restore BACKUP %s --replace"

/* What could not be read is bad. */
static void add_fault(GPtrArray *checks, const char *name, const char *path, const GError *error)
{
    g_autofree char *word = g_shell_quote(path);
    char *const what = g_strdup(error->message);
    char *const advice = strstr(what, "; restore a backup"); /* that is what is to do */
    if (advice)
        *advice = '\0';
    plx_doctor_add(checks, name, PLX_DOCTOR_BAD, what, g_strdup_printf(RESTORE, word));
}

static void check_whole(GPtrArray *checks, plx_store *store, guint64 bytes)
{
    struct plx_check_report report = {0};
    g_autoptr(GError) error = NULL;
    g_autofree char *word = g_shell_quote(plx_store_path(store));
    if (bytes > SMALL_BYTES) {
        g_autofree char *size = g_format_size(bytes);
        plx_doctor_add(checks, "whole", PLX_DOCTOR_OK,
                       g_strdup_printf("opens; with %s it was not read to the end", size),
                       g_strdup_printf("now and then: parallax check %s", word));
        return;
    }
    if (!plx_check_run(store, FALSE, &report, &error)) {
        add_fault(checks, "whole", plx_store_path(store), error);
        return;
    }
    if (report.faults->len > 0)
        plx_doctor_add(checks, "whole", PLX_DOCTOR_BAD,
                       g_strdup_printf("is damaged: %s%s", (const char *)report.faults->pdata[0],
                                       report.faults->len > 1 ? ", and more" : ""),
                       g_strdup_printf("parallax check %s, then " RESTORE, word, word));
    else
        plx_doctor_add(checks, "whole", PLX_DOCTOR_OK, g_strdup("all of it can be read"), NULL);
    plx_check_report_clear(&report);
}

static void check_audit(GPtrArray *checks, plx_store *store)
{
    struct plx_audit_state state;
    g_autoptr(GError) error = NULL;
    if (!plx_audit_read(store, NULL, NULL, &state, &error))
        add_fault(checks, "audit", plx_store_path(store), error);
    else
        plx_doctor_add(checks, "audit", PLX_DOCTOR_OK,
                       g_strdup_printf("nothing in it was changed or removed (%" G_GINT64_FORMAT
                                       " %s)",
                                       state.entries, state.entries == 1 ? "entry" : "entries"),
                       NULL);
}

static void check_administrator(GPtrArray *checks, plx_store *store)
{
    gboolean is = FALSE;
    g_autoptr(GError) error = NULL;
    g_autofree char *word = g_shell_quote(plx_store_path(store));
    if (!plx_accounts_administered(store, &is, &error))
        add_fault(checks, "administrator", plx_store_path(store), error);
    else if (is)
        plx_doctor_add(checks, "administrator", PLX_DOCTOR_OK, g_strdup("there is one"), NULL);
    else
        plx_doctor_add(checks, "administrator", PLX_DOCTOR_WARNING, g_strdup("there is none yet"),
                       g_strdup_printf("open the link that parallax serve prints, or parallax user "
                                       "add %s LOGIN --role administrator",
                                       word));
}

static void check_tokens(GPtrArray *checks, plx_store *store, gint64 now)
{
    guint expired = 0;
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) names = g_string_new(NULL);
    g_autoptr(GString) lines = g_string_new(NULL);
    g_autofree char *word = g_shell_quote(plx_store_path(store));
    g_autoptr(GPtrArray) tokens = plx_api_tokens_list(store, &error);
    if (!tokens) {
        add_fault(checks, "tokens", plx_store_path(store), error);
        return;
    }
    for (guint i = 0; i < tokens->len; i++) {
        const plx_api_token *const token = tokens->pdata[i];
        if (token->revoked || token->expires > now)
            continue;
        g_string_append_printf(names, "%s%s", expired ? ", " : "", token->name);
        g_string_append_printf(lines, "%sparallax token revoke %s %" G_GINT64_FORMAT,
                               expired ? "; " : "", word, token->id);
        expired++;
    }
    if (expired == 0)
        plx_doctor_add(checks, "tokens", PLX_DOCTOR_OK, g_strdup("none has expired"), NULL);
    else
        plx_doctor_add(checks, "tokens", PLX_DOCTOR_WARNING,
                       g_strdup_printf("%u expired: %s", expired, names->str),
                       g_strdup_printf("give the program another one, then %s", lines->str));
}

/* That some wait is as it should be: nobody is to be known by them. */
static void check_waiting(GPtrArray *checks, plx_store *store)
{
    gint64 answers = 0;
    g_autoptr(GError) error = NULL;
    if (!plx_forms_waiting(store, &answers, &error))
        add_fault(checks, "waiting", plx_store_path(store), error);
    else
        plx_doctor_add(
            checks, "waiting", PLX_DOCTOR_OK,
            answers == 0 ? g_strdup("no anonymous answer waits")
                         : g_strdup_printf("%" G_GINT64_FORMAT
                                           " anonymous %s until there are enough of them that "
                                           "nobody is known",
                                           answers, answers == 1 ? "answer waits" : "answers wait"),
            NULL);
}

static void check_webhooks(GPtrArray *checks, plx_store *store)
{
    gint64 failed = 0;
    g_autoptr(GError) error = NULL;
    g_autofree char *word = g_shell_quote(plx_store_path(store));
    g_autoptr(GPtrArray) webhooks = plx_webhooks_list(store, &error);
    if (!webhooks) {
        add_fault(checks, "webhooks", plx_store_path(store), error);
        return;
    }
    for (guint i = 0; i < webhooks->len; i++)
        failed += ((const plx_webhook *)webhooks->pdata[i])->failed;
    if (failed == 0)
        plx_doctor_add(checks, "webhooks", PLX_DOCTOR_OK, g_strdup("nothing was given up"), NULL);
    else
        plx_doctor_add(
            checks, "webhooks", PLX_DOCTOR_WARNING,
            g_strdup_printf("%" G_GINT64_FORMAT " %s given up: the program did not answer", failed,
                            failed == 1 ? "delivery was" : "deliveries were"),
            g_strdup_printf("parallax webhook deliveries %s; when it answers again, parallax "
                            "webhook replay %s NUMBER",
                            word, word));
}

gboolean plx_doctor_workspace(GPtrArray *checks, const char *path, gint64 now, GError **error)
{
    GStatBuf is = {0};
    g_autoptr(GError) failure = NULL;
    const guint64 bytes = g_stat(path, &is) == 0 ? (guint64)is.st_size : 0;
    check_folder(checks, path);
    check_file(checks, path); /* before it is opened: that makes files beside it */
    check_disk(checks, path, bytes);
    g_autoptr(plx_store) store = plx_store_open(path, PLX_STORE_READ, &failure);
    if (!store && !g_error_matches(failure, PLX_ERROR, PLX_ERROR_IO)) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    if (!store) {
        add_fault(checks, "whole", path, failure);
        return TRUE;
    }
    check_whole(checks, store, bytes);
    check_audit(checks, store);
    check_administrator(checks, store);
    check_tokens(checks, store, now);
    check_waiting(checks, store);
    check_webhooks(checks, store);
    return TRUE;
}
