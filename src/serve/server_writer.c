/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one writer: a transaction for all that waits, a savepoint for each. */

#include "base/date.h"
#include "base/error.h"
#include "serve/form_store.h"
#include "serve/server_private.h"
#include "store/forms.h"
#include "store/inbox.h"
#include "store/requests.h"

#include <sodium.h>

struct job {
    plx_call *call; /* NULL: a note, which has the last three members */
    plx_apply apply;
    plx_settle settle;
    gboolean (*note)(plx_store *store, gpointer data, GError **error);
    gpointer data;
    GDestroyNotify data_free;
    gboolean collects; /* answers only: there is nothing in the file to take back */
    GError *failure;   /* its own: nothing of it was written */
};

static void push(const struct job *new_job)
{
    plx_call *const call = new_job->call;
    plx_server *const server = call->server;
    if (g_atomic_int_add(&server->waiting, 1) >= PLX_SERVER_QUEUE) {
        g_atomic_int_add(&server->waiting, -1);
        plx_metrics_refused(server->metrics, PLX_REFUSED_BUSY);
        plx_call_refuse(call, 503, "error.busy");
        return;
    }
    plx_committer_push(server->committer, g_memdup2(new_job, sizeof *new_job));
}

void plx_call_write(plx_call *call, plx_apply apply, plx_settle settle)
{
    push(&(struct job){.call = call, .apply = apply, .settle = settle});
}

void plx_call_collect(plx_call *call, plx_apply apply, plx_settle settle)
{
    push(&(struct job){.call = call, .apply = apply, .settle = settle, .collects = TRUE});
}

void plx_server_note(plx_server *server,
                     gboolean (*note)(plx_store *store, gpointer data, GError **error),
                     gpointer data, GDestroyNotify data_free)
{
    if (g_atomic_int_add(&server->waiting, 1) >= PLX_SERVER_QUEUE) {
        g_atomic_int_add(&server->waiting, -1);
        data_free(data);
        return;
    }
    struct job *const job = g_new(struct job, 1);
    *job = (struct job){.note = note, .data = data, .data_free = data_free};
    plx_committer_push(server->committer, job);
}

gboolean plx_call_answer(plx_call *call, const struct plx_occasion *occasion,
                         const struct plx_builder_row *rows, guint n, GError **error)
{
    return plx_builder_add(call->server->builder, occasion, rows, n, error);
}

void plx_call_release(plx_call *call)
{
    call->server->release = TRUE;
    plx_call_forget(call);
}

void plx_call_forget(plx_call *call)
{
    call->server->forgets = TRUE;
}

/* One transaction ---------------------------------------------------------------------------- */

/* An empty builder, which knows the segments that the workspace has. */
static gboolean renew_builder(plx_server *server, GError **error)
{
    g_auto(GStrv) segments = plx_store_segments(server->store, error);
    plx_builder_free(server->builder);
    server->builder = plx_builder_new(plx_store_map(server->store));
    for (guint i = 0; segments && segments[i]; i++)
        plx_builder_know(server->builder, segments[i]);
    return segments != NULL;
}

/* Opened anew when another program put another map in force, within no transaction. */
static gboolean open_store(plx_server *server, GError **error)
{
    plx_store *const store = plx_store_open(server->workspace, PLX_STORE_WRITE, error);
    if (!store)
        return FALSE;
    g_clear_pointer(&server->builder, plx_builder_free);
    plx_store_free(server->store);
    server->store = store;
    server->release = TRUE; /* the map may have let go of what waits */
    return renew_builder(server, error);
}

/* Begins a transaction under the map in force. */
static gboolean begin(plx_server *server, GError **error)
{
    for (guint tries = 0; tries < 3; tries++) {
        gboolean current;
        if (!plx_db_begin_write(plx_store_db(server->store), error))
            return FALSE;
        if (!plx_store_is_current(server->store, &current, error))
            return plx_store_end(server->store, FALSE, NULL);
        if (current)
            return TRUE;
        plx_store_end(server->store, FALSE, NULL);
        if (!open_store(server, error))
            return FALSE;
    }
    return plx_error(error, PLX_ERROR_IO, "%s: the map changes all the time", server->workspace);
}

/* FALSE: what it did to the file is to be taken back; its answers are already. */
static gboolean run_job(plx_server *server, struct job *job)
{
    const guint rows = plx_builder_rows(server->builder);
    if (job->call ? job->apply(job->call, server->store, &job->failure)
                  : job->note(server->store, job->data, &job->failure))
        return TRUE;
    server->stale = server->stale || plx_builder_rows(server->builder) > rows;
    plx_builder_cut(server->builder, rows);
    return FALSE;
}

static gboolean apply(plx_server *server, struct job *job, GError **error)
{
    plx_db *const db = plx_store_db(server->store);
    if (job->collects) {
        run_job(server, job);
        return plx_db_still_within(db, error);
    }
    if (!plx_db_do(db, "SAVEPOINT call", error))
        return FALSE;
    return (run_job(server, job) || plx_db_do(db, "ROLLBACK TO call", error)) &&
           plx_db_do(db, "RELEASE call", error);
}

static gboolean append_rows(plx_server *server, GError **error)
{
    g_autoptr(GArray) batches = g_array_new(FALSE, FALSE, sizeof(struct plx_batch));
    struct plx_batch batch;
    for (guint i = 0; plx_builder_batch(server->builder, i, &batch); i++)
        g_array_append_val(batches, batch);
    return batches->len == 0 ||
           plx_inbox_append_within(server->store, (const struct plx_batch *)(gpointer)batches->data,
                                   batches->len, error);
}

/* Lets anonymous answers go that are enough. What cannot be told of them (their audience is gone
 * from the map) must not hold up others: then they go on waiting. */
static gboolean release(plx_server *server, GError **error)
{
    plx_db *const db = plx_store_db(server->store);
    const guint rows = plx_builder_rows(server->builder);
    g_autoptr(GError) failure = NULL;
    guint released = 0;
    server->release = FALSE;
    if (!plx_db_execute(db, "SAVEPOINT release", error))
        return FALSE;
    if (plx_forms_release_within(server->store, plx_form_store_release, server->builder, &released,
                                 &failure)) {
        server->forgets = server->forgets || released > 0;
        return plx_db_execute(db, "RELEASE release", error);
    }
    plx_builder_cut(server->builder, rows);
    if (server->options.log)
        plx_log_event(server->options.log, "error", failure->message);
    return plx_db_execute(db, "ROLLBACK TO release; RELEASE release", error);
}

static gboolean write_all(plx_server *server, gpointer *items, guint n, GError **error);

/* What waits goes when the map in force says that it may, without anybody answering. */
static void follow_map(plx_server *server)
{
    gboolean current = TRUE;
    if (!plx_store_is_current(server->store, &current, NULL) || (current && !server->release))
        return;
    server->release = !write_all(server, NULL, 0, NULL);
    if (!server->release)
        plx_metrics_answers(server->metrics, plx_builder_rows(server->builder));
    plx_builder_cut(server->builder, 0);
}

/* Beside transactions: what was let go is taken out of the log of the file, which waits for
 * readers, and once a day what is due goes. Failing is no harm: it is tried again. */
static void tidy(gpointer data)
{
    plx_server *const server = data;
    const gint32 day = plx_date_of_seconds(g_get_real_time() / G_USEC_PER_SEC);
    follow_map(server);
    if (server->forgets)
        server->forgets = !plx_forms_try_forget(server->store);
    if (server->purged != day && plx_forms_purge(server->store, day, NULL) &&
        plx_requests_purge(server->store, day, NULL))
        server->purged = day;
}

/* Programs that want to know are told of it, if and only if it is stored. */
static gboolean tell_stored(plx_server *server, GError **error)
{
    const guint rows = plx_builder_rows(server->builder);
    return rows == 0 ||
           plx_webhooks_tell_stored(server->store, rows, g_get_real_time() / G_USEC_PER_SEC, error);
}

static gboolean write_all(plx_server *server, gpointer *items, guint n, GError **error)
{
    if (!begin(server, error))
        return FALSE;
    gboolean ok = TRUE;
    for (guint i = 0; ok && i < n; i++)
        ok = apply(server, items[i], error);
    if (ok && server->release)
        ok = release(server, error);
    ok = ok && append_rows(server, error) && tell_stored(server, error);
    return plx_store_end(server->store, ok, error);
}

static gboolean commit(gpointer *items, guint n, gpointer data, GError **error)
{
    plx_server *const server = data;
    const gint64 begun = g_get_monotonic_time();
    const gboolean ok = write_all(server, items, n, error);
    plx_metrics_commit(server->metrics, n, g_get_monotonic_time() - begun, ok);
    if (ok)
        plx_metrics_answers(server->metrics, plx_builder_rows(server->builder));
    plx_builder_cut(server->builder, 0);
    /* Words of what was undone are not kept for the next one. */
    if (!ok || server->stale)
        server->stale = !renew_builder(server, NULL);
    server->release = FALSE;
    return ok;
}

/* The loop is woken once for all of them. */
static void settle(gpointer *items, guint n, const GError *failure, gpointer data)
{
    plx_server *const server = data;
    plx_http_hold(server->http);
    for (guint i = 0; i < n; i++) {
        struct job *const job = items[i];
        if (job->call)
            job->settle(job->call, failure ? failure : job->failure);
        else
            job->data_free(job->data);
        g_clear_error(&job->failure);
        g_free(job);
    }
    g_atomic_int_add(&server->waiting, -(gint)n);
    plx_http_release(server->http);
}

gboolean plx_server_start_writer(plx_server *server, GError **error)
{
    if (!open_store(server, error))
        return FALSE;
    randombytes_buf(server->unnamed_key, sizeof server->unnamed_key);
    server->forgets = TRUE; /* a server that was killed left its log behind */
    const struct plx_committer_options options = {
        .commit = commit, .settle = settle, .idle = tidy, .data = server};
    server->committer = plx_committer_new(&options);
    return TRUE;
}

void plx_server_end_writer(plx_server *server)
{
    plx_committer_free(server->committer);
    if (server->store)
        tidy(server);
    plx_builder_free(server->builder);
    plx_store_free(server->store);
}
