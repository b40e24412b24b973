/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The writer of an import: one thread that owns the workspace's connection while readers read.
 *
 * Readers send it letters: "number these words" (and wait for the reply; new words are rare) and
 * "put this block" (and go on; tokens keep the queue short). Eight blocks make a transaction, and
 * an idle moment ends one too, so that other writers get their turn. */

#include "store/import_private.h"

#include "base/error.h"

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

/* Words ------------------------------------------------------------------------------------- */

struct word {
    guint kind, about;
    const char *text, *title;
};

static gboolean give_code(struct plx_import *import, GArray *to, const struct word *word,
                          GError **error)
{
    guint32 code;
    if (!plx_words_number(import->store->words, import->store->db, word->kind, word->about,
                          word->text, word->title, &code, error))
        return FALSE;
    g_array_append_val(to, code);
    return TRUE;
}

/* Where the worker's segments are in the file. */
static gboolean place_segments(struct plx_import *import, struct plx_import_worker *worker,
                               GError **error)
{
    for (guint d = 0; d < PLX_DIMS_MAX; d++)
        worker->file_dim[d] = d;
    for (guint d = PLX_DIM_SEGMENT; d < worker->dims->n_dims; d++) {
        const char *const key = worker->dims->segment[d - PLX_DIM_SEGMENT];
        guint32 code;
        if (!plx_words_number(import->store->words, import->store->db, PLX_WORD_SEGMENT_KEY, 0, key,
                              key, &code, error))
            return FALSE;
        if (PLX_DIM_SEGMENT + code > PLX_DIMS_MAX)
            return plx_error(error, PLX_ERROR_INPUT,
                             "the segment \"%s\" is one too many: a workspace holds %d", key,
                             PLX_DIMS_MAX - PLX_DIM_SEGMENT);
        worker->file_dim[d] = PLX_DIM_SEGMENT + code - 1;
    }
    return TRUE;
}

static struct word word_of(const struct plx_import *import, const struct plx_dims *dims, guint dim,
                           guint32 code)
{
    if (dim == PLX_DIM_AUDIENCE) {
        const struct plx_audience *const audience = &import->store->map->audiences[code - 1];
        return (struct word){PLX_WORD_AUDIENCE, 0, audience->id, audience->id};
    }
    if (dim == PLX_DIM_SUBJECT) {
        const struct plx_subject *const subject =
            &g_array_index(dims->subjects, struct plx_subject, code);
        return (struct word){PLX_WORD_SUBJECT, subject->kind, subject->id, subject->title};
    }
    return (struct word){0, 0, plx_dict_text(dims->dict[dim], code),
                         plx_dict_title(dims->dict[dim], code)};
}

static guint32 size_of(const struct plx_import *import, const struct plx_dims *dims, guint dim)
{
    if (dim == PLX_DIM_AUDIENCE)
        return import->store->map->n_audiences + 1;
    if (dim == PLX_DIM_SUBJECT)
        return dims->subjects->len;
    return dims->dict[dim] ? plx_dict_size(dims->dict[dim]) : 1;
}

static gboolean number_words(struct plx_import *import, struct plx_import_worker *worker,
                             GError **error)
{
    const struct plx_dims *const dims = worker->dims;
    if (worker->to[0]->len == 0 && !place_segments(import, worker, error))
        return FALSE;
    for (guint d = 0; d < dims->n_dims; d++) {
        GArray *const to = worker->to[worker->file_dim[d]];
        if (to->len == 0)
            g_array_set_size(to, 1); /* missing is missing */
        for (guint32 code = to->len; code < size_of(import, dims, d); code++) {
            struct word word = word_of(import, dims, d, code);
            word.kind = plx_word_kind_of_dim(worker->file_dim[d]);
            if (!give_code(import, to, &word, error))
                return FALSE;
        }
    }
    return TRUE;
}

/* The thread -------------------------------------------------------------------------------- */

struct writing {
    struct plx_import *import;
    gboolean open; /* a transaction is */
    guint blocks;  /* in it */
};

static gboolean commit(struct writing *writing, GError **error)
{
    if (!writing->open)
        return TRUE;
    writing->open = FALSE;
    writing->blocks = 0;
    return plx_db_commit(writing->import->store->db, error);
}

static gboolean handle(struct writing *writing, const struct letter *letter, GError **error)
{
    struct plx_import *const import = writing->import;
    if (!writing->open && !plx_db_begin_write(import->store->db, error))
        return FALSE;
    writing->open = TRUE;
    if (letter->kind == LETTER_NUMBER)
        return number_words(import, letter->worker, error);
    if (!plx_shelf_put(import->store->db, import->id, letter->bytes, letter->notes, error))
        return FALSE;
    return ++writing->blocks < BLOCKS_A_TRANSACTION || commit(writing, error);
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
        const gboolean ok = failed || (letter && more ? handle(&writing, letter, &error)
                                                      : commit(&writing, &error));
        if (!ok)
            fail(import, error);
        if (!ok && writing.open) {
            plx_db_rollback(import->store->db);
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

static gboolean is_complete(const struct plx_import *import, const struct plx_import_worker *worker)
{
    if (worker->to[0]->len == 0)
        return FALSE;
    for (guint d = 0; d < worker->dims->n_dims; d++)
        if (worker->to[worker->file_dim[d]]->len < size_of(import, worker->dims, d))
            return FALSE;
    return TRUE;
}

gboolean plx_import_number(struct plx_import *import, struct plx_import_worker *worker,
                           GError **error)
{
    if (!is_complete(import, worker)) {
        send(import, (struct letter){.kind = LETTER_NUMBER, .worker = worker});
        g_async_queue_pop(worker->replies);
    }
    return !plx_import_failed(import, error);
}

gboolean plx_import_send(struct plx_import *import, struct plx_block_bytes *bytes, GPtrArray *notes,
                         GError **error)
{
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
