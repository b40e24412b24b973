/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A workspace as a source: one snapshot, answered from what was worked out before or from its
 * blocks, by the same counting as a file (voice/sink.h). */

#include "store/answer_cache.h"
#include "store/scan.h"

#include <string.h>

/* Smaller workspaces are counted faster than their answers are kept. */
#define WORTH_KEEPING 50000

struct store_source {
    plx_source base;
    plx_store *store;
    guint threads;
};

/* Everything but what readings never ask for. */
static void want_columns(struct plx_block_wanted *wanted)
{
    memset(wanted, 0xFF, sizeof *wanted);
    for (guint kind = PLX_WORD_DATASET; kind <= PLX_WORD_CLOCK; kind++)
        wanted->bits[kind / 64] &= ~(G_GUINT64_CONSTANT(1) << kind % 64);
}

static gboolean count(struct store_source *self, const struct plx_need *needs, guint n_needs,
                      struct plx_answer **answer, GError **error)
{
    struct plx_block_wanted wanted;
    want_columns(&wanted);
    const struct plx_scan scan = {
        .map = self->base.map, .wanted = &wanted, .threads = self->threads};
    plx_sink *const sink = plx_count_sink_new(self->base.map, needs, n_needs, self->threads);
    struct plx_lexicon *lexicon = NULL;
    const gboolean ok =
        plx_scan_run(self->store, &scan, sink, &lexicon, error) && sink->finish(sink, error);
    if (ok)
        *answer = plx_count_sink_take(sink);
    sink->free(sink);
    plx_lexicon_free(lexicon);
    return ok;
}

/* Keeps an answer for others, when that can be done at once; that it cannot is no error. */
static void keep(struct store_source *self, gint64 generation, const struct plx_need *needs,
                 guint n_needs, const struct plx_answer *answer)
{
    plx_store *const store = self->store;
    if (answer->observations < WORTH_KEEPING)
        return;
    g_autoptr(plx_db) own = store->mode == PLX_STORE_READ
                                ? plx_db_open(plx_store_path(store), PLX_DB_WRITE, NULL)
                                : NULL;
    plx_db *const db = store->mode == PLX_STORE_READ ? own : store->db;
    if (!db)
        return;
    gint64 now;
    if (!plx_db_try_write(db))
        return;
    if (!plx_db_number(db, "SELECT value FROM fact WHERE name = 'generation'", &now, NULL) ||
        now != generation || /* others have written meanwhile */
        !plx_answer_cache_put(db, self->base.map, generation, needs, n_needs, answer, NULL) ||
        !plx_db_commit(db, NULL))
        plx_db_rollback(db);
}

static void add_notes(struct plx_answer *answer)
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

static gboolean look_up(struct store_source *self, const struct plx_need *needs, guint n_needs,
                        gint64 *generation, struct plx_answer **answer, GError **error)
{
    plx_store *const store = self->store;
    if (!plx_store_refresh(store, generation, error))
        return FALSE;
    /* A damaged cache is no damage: it is worked out again. */
    struct plx_answer *found = NULL;
    if (plx_answer_cache_get(store->db, self->base.map, *generation, needs, n_needs, &found, NULL))
        *answer = found;
    return TRUE;
}

static gboolean source_ask(plx_source *source, const struct plx_need *needs, guint n_needs,
                           struct plx_answer **answer, GError **error)
{
    struct store_source *const self = (struct store_source *)(void *)source;
    plx_db *const db = self->store->db;
    struct plx_answer *found = NULL;
    gint64 generation = 0;
    if (!plx_db_begin_read(db, error))
        return FALSE;
    const gboolean looked = look_up(self, needs, n_needs, &generation, &found, error);
    const gboolean cached = found != NULL;
    const gboolean ok = looked && (cached || count(self, needs, n_needs, &found, error));
    plx_db_rollback(db); /* nothing was written: ends the snapshot */
    if (!ok)
        return FALSE;
    if (!cached)
        keep(self, generation, needs, n_needs, found);
    add_notes(found);
    *answer = found;
    return TRUE;
}

static void source_free(plx_source *source)
{
    g_free(source);
}

plx_source *plx_store_source(plx_store *store, guint threads)
{
    struct store_source *const self = g_new0(struct store_source, 1);
    self->base = (plx_source){plx_store_path(store), store->map, source_ask, source_free};
    self->store = store;
    self->threads = CLAMP(threads ? threads : g_get_num_processors(), 1, 64);
    return &self->base;
}

gboolean plx_store_info(plx_store *store, guint threads, struct plx_store_info *info,
                        GError **error)
{
    g_autoptr(plx_source) source = plx_store_source(store, threads);
    struct plx_answer *answer = NULL;
    struct plx_store_info found = {0};
    gint64 pages, size, version, maps, imports, inbox;
    plx_db *const db = store->db;
    if (!plx_source_ask(source, NULL, 0, &answer, error))
        return FALSE;
    found.observations = answer->observations;
    found.encounters = answer->encounters;
    found.respondents = answer->respondents;
    plx_answer_free(answer);
    if (!plx_db_number(db, "PRAGMA page_count", &pages, error) ||
        !plx_db_number(db, "PRAGMA page_size", &size, error) ||
        !plx_db_number(db, "PRAGMA user_version", &version, error) ||
        !plx_db_number(db, "SELECT count(*) FROM map", &maps, error) ||
        !plx_db_number(db, "SELECT count(*) FROM import WHERE state = 'done'", &imports, error) ||
        !plx_db_number(db, "SELECT count(*) FROM inbox", &inbox, error))
        return FALSE;
    found.bytes = (guint64)(pages * size);
    found.schema_version = (guint)version;
    found.maps = (guint)maps;
    found.imports = (guint)imports;
    found.inbox = (guint)inbox;
    *info = found;
    return TRUE;
}
