/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What an engine must offer: whatever keeps a workspace's rows and answers from them.
 *
 * Questions are values (voice/source.h), rows come and go as batches (voice/batch.h); no SQL and no
 * file is seen here. Engines: the SQLite file (store/sqlite_engine.h), rows in memory
 * (store/memory.h: slow and plain, what the others are compared with). How to write one:
 * docs/engines.md. The contract, which tests/store/test_conformance_*.c hold every engine to:
 *
 * - Visible: nothing of an import before its finish, all of it after. Appended rows at once. Every
 *   question and every scan sees one moment. Sources answer for the map in force.
 * - Whole or not at all: whatever fails, is refused, is a dry run or is freed before its finish
 *   leaves answers, rows, titles and the list of imports as they were.
 * - Answers are those of the counting sink over all visible rows, byte by byte (answer_blob.h),
 *   whatever the order of rows, threads or imports.
 * - Sayings (voice/saying.h) are those of the saying sink over all visible rows, likewise; no more
 *   of a person is in them than which ones are the same person's.
 * - Ids keep the spelling they came with (the smallest that was ever taken in is the title where
 * the map has none), and mean what the map in force says (map/map_owner.h): after a rename the same
 *   rows are still the same rows.
 * - People: keys that leave by a scan mean the same within the engine and nothing elsewhere. Rows
 *   of anonymous audiences lose respondent, links between encounters and time of day before they
 *   are kept, after duplicates were found.
 *
 * Importing again. Rows are compared with the visible rows of files, those with the same data set
 * in their own column; never with what was appended.
 *   same         all rows of the file, as it was read, came with one earlier import of the same
 *                `dataset` that is still wholly there, or each has its like: nothing changes.
 *                Rows without any key (PLX_ROW_KEYS_NONE) are refused then.
 *   encounters   (a row is the same observation when encounter, subject, journey, prompt, item and
 *                time agree, of a note about nothing also the words) equal content counts once;
 *                other content is refused, taken (REPLACE) or left out (ONLY_NEW). Rows of
 *                anonymous audiences, whose encounters nobody can know again, are compared as
 *                those of persons.
 *   persons      (no encounter, but a respondent or a time) one for one by all that they say; more
 *                than half there already: refused, left out (ONLY_NEW).
 *   A late row is compared as it was read, with rows that say nothing of `seen` and with those that
 *   say 1.
 *   ALLOW        takes all rows and asks nothing.
 * Refusals are PLX_ERROR_INPUT, with the sentences below.
 *
 * Errors: PLX_ERROR_NOT_FOUND (no such import; no answers with these keys), PLX_ERROR_USAGE (undone
 * already; not a file's), PLX_ERROR_INPUT (refused; too many measures or segments; a map under
 * which answers would lose their place), PLX_ERROR_IO (it cannot be reached, a part of it is
 * missing: never half an answer). Out-parameters are untouched on failure.
 *
 * Threads: one at a time, but for the sink of an import (voice/sink.h). While an import is begun
 * nothing else but its sink is called; sources are freed before a map is put in force. */

#include "voice/sink.h"

/* Taking files in ------------------------------------------------------------------------------ */

enum plx_import_repeat {
    PLX_REPEAT_REFUSE,
    PLX_REPEAT_REPLACE,  /* the new content of keys that are there already is taken */
    PLX_REPEAT_ONLY_NEW, /* rows that are there already are left out */
    PLX_REPEAT_ALLOW     /* rows that look the same are taken as new */
};

/* Called from the first reading thread now and then: rows so far, the reader's block that they are
 * from; and while the import is finished, with block 0, until the last moment. FALSE: give up. */
typedef gboolean (*plx_import_tick)(guint64 rows, guint64 block, gpointer data);

struct plx_shown;

struct plx_import_options {
    const char *file;    /* as the user named it */
    const char *dataset; /* scopes its keys */
    const char *recipe;  /* or NULL */
    enum plx_import_repeat repeat;
    gboolean dry_run;             /* finish says what would happen, and nothing does */
    guint n_workers;              /* threads that will add */
    const struct plx_need *needs; /* whose answer is kept for the first reader; may be none */
    guint n_needs;
    const struct plx_shown *reveals; /* rows that are late for these get seen = 1 (store/late.h) */
    guint n_reveals;
    plx_import_tick tick; /* or NULL */
    gpointer tick_data;
};

/* What the reader found, for the record. */
struct plx_import_summary {
    guint64 rows, rejected, duplicates;
};

/* What happened. */
struct plx_import_outcome {
    gint64 import;        /* its number; 0: nothing was changed */
    gboolean same;        /* all of it was there already: the numbers are 0 */
    guint64 observations; /* taken */
    guint64 known;        /* left out: there already, with the same content */
    guint64 replaced;     /* taken in place of others */
    guint64 repeated;     /* taken although they look like some that are there */
    guint64 late;         /* of those taken: came after a reveal, and got seen = 1 for it */
};

/* An import that was begun. */
typedef struct plx_engine_import plx_engine_import;
struct plx_engine_import {
    plx_sink *sink; /* where the reader puts its batches; belongs to the import */
    guint64 salt;   /* for rows without keys (struct plx_file_options.row_salt) */
    gboolean (*finish)(plx_engine_import *import, const struct plx_import_summary *summary,
                       struct plx_import_outcome *outcome, GError **error);
    void (*free)(plx_engine_import *import); /* gives up what is not finished */
};

/* An import as it is remembered. */
struct plx_imports_entry {
    gint64 id;
    char *kind, *state, *started, *file, *dataset, *recipe; /* recipe may be NULL */
    guint64 rows, observations, rejected, duplicates;
};

/* Letting go ----------------------------------------------------------------------------------- */

struct plx_erase_receipt {
    char *time;
    guint64 observations, encounters;
    GPtrArray *copies; /* struct plx_copy (store/copies.h): files made of this workspace, which may
                           still hold it */
};
void plx_erase_receipt_clear(struct plx_erase_receipt *receipt);

/* Rows out ------------------------------------------------------------------------------------- */

struct plx_export_scan {
    plx_sink *sink; /* gets all columns and notes, in one thread; finish after each pass */
    /* Before each batch: how the rows of its import tell themselves apart. FALSE stops the scan,
     * with PLX_ERROR_IO. */
    gboolean (*tell)(enum plx_row_keys keys, gpointer data);
    gboolean (*is_done)(gpointer data); /* asked after each pass */
    gpointer data;
};

/* Engines -------------------------------------------------------------------------------------- */

typedef struct plx_engine plx_engine;

/* Implementations fill this in. */
struct plx_engine {
    /* The map in force, with what imports added to it. Belongs to the engine; who imports may set
     * it for the file (--declare, a recipe's scale): finish makes that last. */
    plx_map *(*map)(plx_engine *engine);
    /* PLX_ERROR_INPUT when the map has other scales now for audiences that answered already. */
    plx_engine_import *(*begin)(plx_engine *engine, const struct plx_import_options *options,
                                GError **error);
    /* Rows as they arrive, of one data set for all; visible at once. An engine may seal them (make
     * them part of the one import of kind "inbox") whenever it likes. */
    gboolean (*append)(plx_engine *engine, const struct plx_batch *batches, guint n,
                       GError **error);
    /* *observations: how many were not sealed yet. */
    gboolean (*seal)(plx_engine *engine, guint64 *observations, GError **error);
    /* All that are done or undone, oldest first: struct plx_imports_entry. Numbers count up; those
     * that failed have none. `observations`: of a done import those that are still there. */
    GPtrArray *(*imports)(plx_engine *engine, GError **error);
    /* Takes a file's rows out again; *observations: how many went. */
    gboolean (*undo)(plx_engine *engine, gint64 import, guint64 *observations, GError **error);
    /* All rows whose respondent has one of these keys (as readers make them). */
    gboolean (*erase)(plx_engine *engine, const guint64 *keys, gsize n,
                      struct plx_erase_receipt *receipt, GError **error);
    /* Makes anonymous what is dated before `day`; *observations: how many rows are. */
    gboolean (*erase_traces)(plx_engine *engine, gint32 day, guint64 *observations, GError **error);
    /* Texts of PLX_DIM_DATASET or PLX_DIM_AUDIENCE that rows have or had: what keys are made with.
     * NULL-terminated, to be freed with g_strfreev. */
    char **(*texts)(plx_engine *engine, enum plx_dim dim);
    /* Puts a map file's text in force, wholly or not at all, as plx_map_log_apply. */
    gboolean (*apply)(plx_engine *engine, const char *yaml, const char *name, gboolean dry_run,
                      GPtrArray **changes, GError **error);
    gboolean (*scan)(plx_engine *engine, const struct plx_export_scan *scan, GError **error);
    /* `threads` 0: one per core. The engine must outlive it. */
    plx_source *(*source)(plx_engine *engine, guint threads);
    void (*free)(plx_engine *engine);
};

static inline void plx_engine_free(plx_engine *engine)
{
    if (engine)
        engine->free(engine);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_engine, plx_engine_free)

static inline void plx_engine_import_free(plx_engine_import *import)
{
    if (import)
        import->free(import);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_engine_import, plx_engine_import_free)

/* What engines share, so that users read the same whichever they use ----------------------------
 */

void plx_imports_entry_free(gpointer entry);

/* An observation in the sentence of a refusal: "Cart, 2026-03-01". To be freed. */
char *plx_engine_example(const char *title, gint64 seconds);

/* These set the error and return FALSE. `hidden`: the rows are those of anonymous audiences in a
 * file with encounters. */
gboolean plx_engine_differs(GError **error, const struct plx_import_options *options, guint64 n,
                            const char *example);
gboolean plx_engine_recurs(GError **error, const struct plx_import_options *options, guint64 n,
                           guint64 of, gboolean hidden);
gboolean plx_engine_same_rows(GError **error, const char *file, gint64 import);

/* May an import be undone? `state` and `kind` are NULL when there is none of this number. */
gboolean plx_engine_check_undo(gint64 import, const char *state, const char *kind, GError **error);

/* Adds the note `rows_without_time` where only some rows have none. */
void plx_engine_note_untimed(struct plx_answer *answer);
