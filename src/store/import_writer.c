/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The writer of an import: one thread that owns the workspace's connection while readers read.
 *
 * Readers send it letters: "number these words" (and wait for the reply; new words are rare) and
 * "put this block" (and go on; tokens keep the queue short). At most eight blocks make a
 * transaction, which ends when none is waiting, so that other writers get their turn. */

#include "store/import_private.h"

#include <sys/resource.h>

#define BLOCKS_A_TRANSACTION 8
#define BLOCKS_WAITING 24
#define IDLE_MICROSECONDS 20000

enum letter_kind { LETTER_NUMBER, LETTER_BLOCK, LETTER_END };

struct letter {
    enum letter_kind kind;
    struct plx_import_worker *worker;
    struct plx_block_bytes *bytes;
    GPtrArray *notes;
};

/* What is sent back or into the pool of tokens; queues hold no NULL. */
static const char TOKEN[] = "token";
#define TOKEN_POINTER ((gpointer)(gsize)TOKEN)

gboolean plx_import_failed(struct plx_import *import, GError **error)
{
    if (!atomic_load(&import->failed))
        return FALSE;
    if (error)
        *error = g_error_copy(import->error);
    return TRUE;
}

/* The thread -------------------------------------------------------------------------------- */

struct writing {
    struct plx_import *import;
    gboolean open;   /* a transaction is */
    guint blocks;    /* in it */
    gboolean logged; /* transactions are in the log that may not be in the file yet */
};

static gboolean commit(struct writing *writing, GError **error)
{
    if (!writing->open)
        return TRUE;
    writing->open = FALSE;
    writing->blocks = 0;
    writing->logged = TRUE;
    return plx_store_end(writing->import->store, TRUE, error);
}

/* Others may have written since the last transaction: their words are not to be numbered again. */
static gboolean begin(struct writing *writing, GError **error)
{
    plx_store *const store = writing->import->store;
    gint64 generation;
    if (!plx_db_begin_write(store->db, error))
        return FALSE;
    writing->open = TRUE;
    atomic_store(&writing->import->met, plx_db_met_others(store->db));
    return plx_store_refresh(store, &generation, error);
}

static gboolean handle(struct writing *writing, const struct letter *letter, GError **error)
{
    struct plx_import *const import = writing->import;
    if (!writing->open && !begin(writing, error))
        return FALSE;
    if (letter->kind == LETTER_NUMBER)
        return plx_keeper_number(&letter->worker->keeper, import->store->words, import->store->db,
                                 error);
    if (!plx_shelf_put(import->store->db, import->id, letter->bytes, letter->notes, error))
        return FALSE;
    /* Others get their turn while the next block is being read, as a server that takes answers in.
     */
    const gboolean goes_on =
        ++writing->blocks < BLOCKS_A_TRANSACTION && g_async_queue_length(import->letters) > 0;
    return goes_on || commit(writing, error);
}

/* Nothing to do, as while readers put their units together: what was committed goes from the log
 * into the file now, not when all wait for its end. That it cannot be done now is no error. */
static void tidy(struct writing *writing)
{
    if (writing->logged)
        plx_db_execute(writing->import->store->db, "PRAGMA wal_checkpoint(PASSIVE)", NULL);
    writing->logged = FALSE;
}

static void fail(struct plx_import *import, GError *error)
{
    if (import->error)
        g_error_free(error);
    else
        import->error = error;
    atomic_store(&import->failed, 1);
}

static void answer(struct plx_import *import, struct letter *letter)
{
    if (letter->kind == LETTER_NUMBER)
        g_async_queue_push(letter->worker->replies, TOKEN_POINTER);
    if (letter->kind == LETTER_BLOCK)
        g_async_queue_push(import->tokens, TOKEN_POINTER);
    plx_block_bytes_free(letter->bytes);
    g_clear_pointer(&letter->notes, g_ptr_array_unref);
    g_free(letter);
}

static gpointer run_writer(gpointer data)
{
    struct writing writing = {.import = data};
    struct plx_import *const import = data;
    for (gboolean more = TRUE; more;) {
        struct letter *letter = g_async_queue_timeout_pop(import->letters, IDLE_MICROSECONDS);
        GError *error = NULL;
        const gboolean failed = atomic_load(&import->failed);
        more = !letter || letter->kind != LETTER_END;
        const gboolean idle = !letter && !writing.open && !failed;
        const gboolean ok = failed || (letter && more ? handle(&writing, letter, &error)
                                                      : commit(&writing, &error));
        if (idle)
            tidy(&writing);
        if (!ok)
            fail(import, error);
        if (!ok && writing.open) {
            plx_store_end(import->store, FALSE, NULL);
            writing.open = FALSE;
        }
        if (letter)
            answer(import, letter);
    }
    return NULL;
}

void plx_import_writer_start(struct plx_import *import)
{
    import->letters = g_async_queue_new();
    import->tokens = g_async_queue_new();
    for (guint i = 0; i < BLOCKS_WAITING; i++)
        g_async_queue_push(import->tokens, TOKEN_POINTER);
    import->thread = g_thread_new("keep", run_writer, import);
}

/* The readers' side ------------------------------------------------------------------------- */

static void send(struct plx_import *import, struct letter letter)
{
    g_async_queue_push(import->letters, g_memdup2(&letter, sizeof letter));
}

gboolean plx_import_number(struct plx_import *import, struct plx_import_worker *worker,
                           GError **error)
{
    if (!plx_keeper_is_complete(&worker->keeper)) {
        send(import, (struct letter){.kind = LETTER_NUMBER, .worker = worker});
        g_async_queue_pop(worker->replies);
    }
    return !plx_import_failed(import, error);
}

/* A server that takes answers in goes first: of processors this thread takes what is left. */
static void step_back(void)
{
    setpriority(PRIO_PROCESS, 0, 19); /* on Linux: of this thread */
}

gboolean plx_import_send(struct plx_import *import, struct plx_block_bytes *bytes, GPtrArray *notes,
                         GError **error)
{
    if (atomic_load(&import->met))
        step_back();
    g_async_queue_pop(import->tokens);
    send(import, (struct letter){.kind = LETTER_BLOCK, .bytes = bytes, .notes = notes});
    return !plx_import_failed(import, error);
}

gboolean plx_import_writer_stop(struct plx_import *import, GError **error)
{
    if (import->thread) {
        send(import, (struct letter){.kind = LETTER_END});
        g_thread_join(import->thread);
        import->thread = NULL;
        g_clear_pointer(&import->letters, g_async_queue_unref);
        g_clear_pointer(&import->tokens, g_async_queue_unref);
    }
    return !plx_import_failed(import, error);
}
