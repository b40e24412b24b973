/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of an import share: import.c (begin, finish), import_sink.c (what readers call),
 * import_writer.c (the thread that owns the file meanwhile), import_again.c (what is there
 * already). */

#include "store/content.h"
#include "store/import.h"
#include "store/keeper.h"
#include "store/kept.h"
#include "store/late.h"
#include "store/shelf.h"
#include "store/store_private.h"

#include <stdatomic.h>

enum plx_import_keys { PLX_KEYS_NONE, PLX_KEYS_PERSON, PLX_KEYS_ENCOUNTER };

/* One reader thread's side. Codes of `rows` are the reader's until the block is sealed. */
struct plx_import_worker {
    struct plx_keeper keeper;
    struct plx_rowset rows;
    plx_encoder *encoder;
    GAsyncQueue *replies;
    struct plx_content *contents; /* of a block, reused */
    plx_kept *kept;               /* counts of its rows to be kept; NULL: none are */
    guint64 sum[2];               /* of the contents of all its rows */
    guint64 observations;
    gint8 *seen; /* of a batch with late rows, reused */
    guint64 n_late;
    enum plx_import_keys keys;
};

/* What makes rows alike when the map has changed since, or their encounters were hidden: words with
 * the same id today, and audiences that are anonymous, by codes of the file. */
#define PLX_ALIKE_DIMS 3 /* audience, subject, journey */
struct plx_alike {
    guint32 n[PLX_ALIKE_DIMS]; /* codes looked at are below; later ones are like no others */
    guint32 *code[PLX_ALIKE_DIMS];
    gboolean changed[PLX_ALIKE_DIMS];
    guint8 *hidden;
    gboolean hides;
};

/* What was there when an import was compared with the rest: tells whether others have changed
 * something since. */
struct plx_import_stamp {
    gint64 observations, imports, block;
};

/* A row of another import that this one replaces. */
struct plx_import_replaced {
    gint64 block;
    guint32 row;
};

struct plx_import {
    plx_sink base;
    plx_store *store;
    gint64 id;
    char *file, *dataset;
    enum plx_import_repeat repeat;
    gboolean dry_run, finished;
    plx_sink *counter;
    const struct plx_need *needs;
    guint n_needs;
    plx_import_tick tick;
    gpointer tick_data;
    atomic_ullong rows;                     /* given so far */
    guint32 measure_code[PLX_MEASURES_MAX]; /* by number on the map */
    guint8 nobody[PLX_SECRET_BYTES]; /* key of the hashes of anonymous encounters; never written */
    guint64 salt;
    struct plx_alike alike;
    struct plx_late late;
    guint n_workers;
    struct plx_import_worker *workers;
    GArray *retracted;   /* struct plx_content */
    GArray *replaced;    /* struct plx_import_replaced */
    GHashTable *touched; /* gint64: other imports that lost rows to this one */
    GPtrArray *counts;   /* struct plx_kept_set; NULL: not made */
    guint64 counted;     /* rows in them */
    struct plx_import_stamp stamp;
    /* The writer: */
    GThread *thread;
    GAsyncQueue *letters, *tokens;
    atomic_int met;    /* others who write: it steps back behind them */
    atomic_int failed; /* then `error` is set and does not change any more */
    GError *error;
};

/* import_kept.c */
/* Puts the counts of the import's rows there, within the caller's transaction, and those of other
 * imports, of which it replaced rows, anew. */
gboolean plx_import_keep_counts(struct plx_import *import, const struct plx_import_outcome *outcome,
                                GError **error);
/* The counts of all its rows as the workers brought them, to be put there later. The workers hold
 * no rows any more. */
void plx_import_make_counts(struct plx_import *import);

/* import_sink.c */
void plx_import_sink_init(struct plx_import *import);
enum plx_import_keys plx_import_keys_of(const struct plx_import *import);
/* FALSE with PLX_ERROR_IO when the caller wants to stop. */
gboolean plx_import_goes_on(const struct plx_import *import, GError **error);
/* Puts what the workers hold into blocks and ends the writer. */
gboolean plx_import_flush(struct plx_import *import, GError **error);

/* import_alike.c. Init within the caller's write transaction: numbers words. */
gboolean plx_alike_init(struct plx_alike *alike, plx_store *store, const plx_map *map,
                        GError **error);
gboolean plx_alike_same(const struct plx_alike *a, const struct plx_alike *b);
void plx_alike_clear(struct plx_alike *alike);
/* TRUE: contents are those of plx_content_of. */
static inline gboolean plx_alike_is_plain(const struct plx_alike *alike)
{
    return !alike->hides && !alike->changed[0] && !alike->changed[1] && !alike->changed[2];
}
/* plx_content_of for comparing imports: the key of a row whose encounter was hidden is its content.
 */
void plx_alike_contents(const struct plx_alike *alike, const struct plx_rowset *rows,
                        const guint32 *measure_code, gboolean with_encounter,
                        struct plx_content *out);
gboolean plx_alike_is_hidden(const struct plx_alike *alike, const struct plx_rowset *rows,
                             guint32 i);

/* import_sums.c: works out anew, within the caller's write transaction, by what the same file is
 * known again, where that depends on what changes from one map to the next. */
gboolean plx_import_sums_renew(plx_store *store, const plx_map *before, const plx_map *now,
                               GError **error);

/* import_writer.c */
void plx_import_writer_start(struct plx_import *import);
/* Numbers what is new in a worker's dictionaries. */
gboolean plx_import_number(struct plx_import *import, struct plx_import_worker *worker,
                           GError **error);
/* Hands over a block and its notes (both taken). */
gboolean plx_import_send(struct plx_import *import, struct plx_block_bytes *bytes, GPtrArray *notes,
                         GError **error);
gboolean plx_import_writer_stop(struct plx_import *import, GError **error);
gboolean plx_import_failed(struct plx_import *import, GError **error);

/* import_again.c: drops from the import what is there already and what its reader took back, or
 * refuses; counts into the outcome. The writer has ended. Within a write transaction of the caller
 * or outside of any. */
gboolean plx_import_settle(struct plx_import *import, struct plx_import_outcome *outcome,
                           GError **error);
/* The same once more within the caller's write transaction, if others have changed something since:
 * nobody can any more now. */
gboolean plx_import_settle_again(struct plx_import *import, struct plx_import_outcome *outcome,
                                 GError **error);

/* The sum over all rows that tells the same file again. */
void plx_import_fingerprint(const struct plx_import *import, guint64 sum[2]);

/* import_late.c */
/* Has the reader brought rows that are late? */
gboolean plx_import_has_late(const struct plx_import *import);
/* Counts those that are left into the outcome; unless it is a dry run they get their seen = 1,
 * within the caller's transaction. */
gboolean plx_import_settle_late(struct plx_import *import, struct plx_import_outcome *outcome,
                                GError **error);

/* With PLX_REPEAT_REPLACE: removes what the import's rows replace, within the caller's transaction.
 */
gboolean plx_import_replace(struct plx_import *import, const struct plx_import_outcome *outcome,
                            GError **error);
