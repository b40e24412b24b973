/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A workspace as a source: one snapshot, answered from what was worked out before or from its
 * blocks, by the same counting as a file (voice/sink.h). */

#include "store/answer_cache.h"
#include "store/answer_pieces.h"
#include "store/engine.h"
#include "store/forms.h"
#include "store/kept_answer.h"
#include "store/scan.h"
#include "store/steps.h"
#include "store/store_roll_private.h"
#include "store/suggestions.h"

#include <string.h>

/* Smaller workspaces are counted faster than their answers are kept. */
#define WORTH_KEEPING 50000
/* So many cells come from kept counts as fast as they come from a kept answer. */
#define CHEAP_CELLS 20000

struct store_source {
    plx_source base;
    plx_store *store;
    guint threads;
    gint64 generation; /* of the last answer */
    gboolean cheap;    /* the last answer was: from kept counts, and few cells */
};

/* Which columns the needs look at. `plain`: they need no units. */
static void want_columns(const struct plx_need *needs, guint n_needs, const struct plx_words *words,
                         const plx_map *map, gboolean plain, struct plx_block_wanted *wanted)
{
    guint64 dims = 1u << PLX_DIM_AUDIENCE | 1u << PLX_DIM_SUBJECT;
    guint32 measures = 0;
    for (guint i = 0; i < n_needs; i++) {
        const struct plx_need *const need = &needs[i];
        dims |= plx_filter_columns(need->filter);
        dims |= need->kinds & PLX_NEED_ENCOUNTERS ? 1u << PLX_DIM_JOURNEY : 0;
        for (guint s = 0; s < need->n_splits; s++)
            if (need->splits[s].kind == PLX_SPLIT_DIM)
                dims |= G_GUINT64_CONSTANT(1) << need->splits[s].dim;
        measures |= need->measures;
        measures |= need->kinds & PLX_NEED_PAIRS ? 1u << need->second : 0;
    }
    static const guint always[] = {PLX_BLOCK_RUNS, PLX_BLOCK_SECONDS, PLX_BLOCK_WEIGHT,
                                   PLX_BLOCK_SEEN};
    static const guint units[] = {PLX_BLOCK_UNIT, PLX_BLOCK_ENCOUNTER, PLX_BLOCK_KNOWN,
                                  PLX_BLOCK_GROUP_SIZE};
    *wanted = (struct plx_block_wanted){0};
    for (gsize i = 0; i < G_N_ELEMENTS(always); i++)
        plx_want(wanted, always[i]);
    for (gsize i = 0; !plain && i < G_N_ELEMENTS(units); i++)
        plx_want(wanted, units[i]);
    if (!plain) /* people at one table are one unit */
        dims |= 1u << PLX_DIM_WORKSHOP | 1u << PLX_DIM_TABLE;
    for (guint d = 0; d < PLX_DIMS_MAX; d++)
        if (dims >> MIN(d, (guint)PLX_DIM_SEGMENT) & 1)
            plx_want(wanted, plx_word_kind_of_dim(d));
    if (measures >> PLX_MEASURE_SURPRISE & 1)
        plx_want(wanted, PLX_BLOCK_SURPRISE);
    if (measures >> PLX_MEASURE_HESITATION & 1)
        plx_want(wanted, PLX_BLOCK_HESITATION);
    for (guint m = 0; m < map->n_measures; m++) {
        const guint32 code = plx_words_find(words, PLX_WORD_MEASURE, 0, map->measures[m].id);
        if (measures >> m & 1 && code)
            plx_want(wanted, PLX_BLOCK_MEASURE + code - 1);
    }
}

/* What weights depend on. */
static void want_margins(const plx_weighting *weighting, struct plx_block_wanted *wanted)
{
    const guint64 dims = weighting ? plx_weighting_columns(weighting) : 0;
    for (guint d = 0; d < PLX_DIMS_MAX; d++)
        if (dims >> MIN(d, (guint)PLX_DIM_SEGMENT) & 1)
            plx_want(wanted, plx_word_kind_of_dim(d));
}

/* Pairs are not plain: their sums are by unit. */
static gboolean is_plain(const struct plx_need *needs, guint n_needs)
{
    guint kinds = 0;
    for (guint i = 0; i < n_needs; i++)
        kinds |= needs[i].kinds | (needs[i].first_unseen ? PLX_NEED_PERSONS : 0);
    return n_needs > 0 && (kinds & ~(guint)(PLX_NEED_COUNTS | PLX_NEED_COLUMNS)) == 0;
}

/* Which measures there are is not seen by those who read only some. */
static guint32 all_measures(const struct store_source *self, const GPtrArray *blocks)
{
    const plx_map *const map = self->base.map;
    guint32 found = 0;
    for (guint m = 0; m < map->n_measures; m++) {
        const guint32 code =
            plx_words_find(self->store->words, PLX_WORD_MEASURE, 0, map->measures[m].id);
        for (guint b = 0; code && b < blocks->len; b++) {
            const struct plx_shelf_block *const block = blocks->pdata[b];
            const guint column = PLX_BLOCK_MEASURE + code - 1;
            found |= block->columns[column / 8] >> column % 8 & 1 ? 1u << m : 0;
        }
    }
    return found;
}

/* The filters of all needs, each once; NULL where rows that pass none of them must be seen all the
 * same. That a flag is there is told by any row that has it. */
static GPtrArray *filters_of(const struct plx_need *needs, guint n_needs)
{
    g_autoptr(GPtrArray) filters = g_ptr_array_new();
    for (guint i = 0; i < n_needs; i++) {
        gboolean known = FALSE;
        const guint32 second = needs[i].kinds & PLX_NEED_PAIRS ? 1u << needs[i].second : 0;
        if (!needs[i].filter || needs[i].kinds & PLX_NEED_LINKED ||
            (needs[i].measures | second) & PLX_MEASURE_FLAGS)
            return NULL;
        for (guint f = 0; f < filters->len; f++)
            known = known || plx_filter_same(filters->pdata[f], needs[i].filter);
        if (!known)
            g_ptr_array_add(filters, (gpointer)(guintptr)needs[i].filter);
    }
    return g_steal_pointer(&filters);
}

/* From kept counts as far as `kept` (or NULL: not at all) says, from blocks and the inbox else. */
static gboolean count_with(struct store_source *self, const struct plx_need *needs, guint n_needs,
                           const plx_kept_use *kept, gboolean totals, struct plx_answer **answer,
                           GError **error)
{
    struct plx_block_wanted wanted;
    want_columns(needs, n_needs, self->store->words, self->base.map, is_plain(needs, n_needs),
                 &wanted);
    want_margins(self->base.weighting, &wanted);
    g_autoptr(GPtrArray) filters = totals ? NULL : filters_of(needs, n_needs);
    const struct plx_scan scan = {.map = self->base.map,
                                  .wanted = &wanted,
                                  .threads = self->threads,
                                  .filters = filters ? (gpointer)filters->pdata : NULL,
                                  .n_filters = filters ? filters->len : 0,
                                  .takes = kept ? plx_kept_use_leaves : NULL,
                                  .data = kept};
    plx_sink *const sink = plx_count_sink_new(self->base.map, needs, n_needs, self->threads);
    if (self->base.weighting)
        plx_count_sink_weigh(sink, self->base.weighting);
    if (!totals)
        plx_count_sink_leave_totals(sink);
    struct plx_lexicon *lexicon = NULL;
    const gboolean ok =
        plx_scan_run(self->store, &scan, sink, &lexicon, error) &&
        (!kept || plx_kept_use_give(self->store, kept, lexicon, self->threads, sink, error)) &&
        sink->finish(sink, error);
    if (ok)
        *answer = plx_count_sink_take(sink);
    sink->free(sink);
    plx_lexicon_free(lexicon);
    return ok;
}

/* Waiting for the disk to keep such an answer takes longer than to make it again. */
static gboolean is_cheap(const plx_kept_use *kept, const GPtrArray *blocks,
                         const struct plx_answer *answer)
{
    guint64 cells = 0;
    for (guint i = 0; i < answer->n_tables; i++)
        cells += answer->tables[i].n_cells;
    gboolean whole = TRUE;
    for (guint b = 0; b < blocks->len && whole; b++)
        whole = !plx_kept_use_leaves(blocks->pdata[b], kept);
    return whole && cells < CHEAP_CELLS;
}

/* From the roll that somebody holds, as far as it goes; *answer stays NULL where it cannot. What
 * goes wrong there is no damage: blocks say the same. */
static void count_with_roll(const struct store_source *self, const struct plx_need *needs,
                            guint n_needs, const GPtrArray *blocks, struct plx_answer **answer)
{
    struct plx_block_wanted wanted;
    const plx_store_roll *const roll = self->store->roll;
    if (!roll || self->base.weighting || !plx_store_roll_is_of(self->store, roll, blocks))
        return;
    want_columns(needs, n_needs, self->store->words, self->base.map, FALSE, &wanted);
    g_autoptr(GPtrArray) filters = filters_of(needs, n_needs);
    const struct plx_store_roll_question question = {.needs = needs,
                                                     .n_needs = n_needs,
                                                     .wanted = &wanted,
                                                     .filters =
                                                         filters ? (gpointer)filters->pdata : NULL,
                                                     .n_filters = filters ? filters->len : 0,
                                                     .threads = self->threads};
    if (n_needs == 0)
        plx_store_roll_sum(self->store, self->base.map, roll, &question, answer, NULL);
    else
        plx_store_roll_ask(self->store, self->base.map, roll, &question, answer, NULL);
}

/* Kept counts that are damaged are no damage: blocks say the same. */
static gboolean count(struct store_source *self, const struct plx_need *needs, guint n_needs,
                      gboolean totals, struct plx_answer **answer, GError **error)
{
    g_autoptr(GPtrArray) blocks = plx_shelf_list(self->store->db, 0, error);
    if (!blocks)
        return FALSE;
    g_autoptr(plx_kept_use) kept = is_plain(needs, n_needs) && !self->base.weighting
                                       ? plx_kept_use_new(self->store, needs, n_needs, blocks)
                                       : NULL;
    const gboolean from_kept = kept && count_with(self, needs, n_needs, kept, totals, answer, NULL);
    struct plx_answer *told = NULL;
    if (!from_kept && (!totals || n_needs == 0))
        count_with_roll(self, needs, n_needs, blocks, &told);
    if (told)
        *answer = told;
    else if (!from_kept && !count_with(self, needs, n_needs, NULL, totals, answer, error))
        return FALSE;
    self->cheap = from_kept && is_cheap(kept, blocks, *answer);
    (*answer)->measures |= all_measures(self, blocks);
    return TRUE;
}

/* Is the workspace still as it was when the answer was worked out? */
static gboolean is_current(const struct store_source *self, plx_db *db)
{
    gint64 now;
    return plx_db_number(db, "SELECT value FROM fact WHERE name = 'generation'", &now, NULL) &&
           now == self->generation;
}

/* Puts an answer, or what was added to pieces, where it is kept. */
static gboolean put(const struct store_source *self, plx_db *db, const struct plx_need *needs,
                    guint n_needs, const struct plx_answer *answer, const plx_answer_pieces *pieces)
{
    return pieces ? plx_answer_pieces_keep(pieces, db, self->generation, NULL)
                  : plx_answer_cache_put(db, self->base.map, self->generation, needs, n_needs,
                                         answer, NULL);
}

/* Keeps an answer (or pieces) for others, when that can be done at once; that it cannot is no
 * error. One that is out of date already helps nobody: not even the lock is taken, which would hold
 * up those who write (bench/writers.py). */
static void keep(struct store_source *self, const struct plx_need *needs, guint n_needs,
                 const struct plx_answer *answer, const plx_answer_pieces *pieces)
{
    plx_store *const store = self->store;
    if (self->base.weighting || (answer && answer->observations < WORTH_KEEPING) ||
        !plx_answer_cache_takes(needs, n_needs) || !is_current(self, store->db))
        return;
    g_autoptr(plx_db) own = store->mode == PLX_STORE_READ
                                ? plx_db_open(plx_store_path(store), PLX_DB_WRITE, NULL)
                                : NULL;
    plx_db *const db = store->mode == PLX_STORE_READ ? own : store->db;
    if (!db || !plx_db_try_write(db))
        return;
    if (!is_current(self, db) || /* others have written meanwhile */
        !put(self, db, needs, n_needs, answer, pieces) || !plx_db_commit_aside(db, NULL))
        plx_db_rollback(db);
}

static gboolean look_up(struct store_source *self, const struct plx_need *needs, guint n_needs,
                        gint64 *generation, struct plx_answer **answer, GError **error)
{
    plx_store *const store = self->store;
    if (!plx_store_refresh(store, generation, error))
        return FALSE;
    if (self->base.weighting) /* kept answers are unweighted */
        return TRUE;
    /* A damaged cache is no damage: it is worked out again. */
    struct plx_answer *found = NULL;
    if (plx_answer_cache_get(store->db, self->base.map, *generation, needs, n_needs, &found, NULL))
        *answer = found;
    return TRUE;
}

/* Within one snapshot: worked out before, or (*fresh) anew. With `pieces` that may be by need, and
 * without the totals of the whole workspace: then *answer is NULL. */
static gboolean ask_within(struct store_source *self, const struct plx_need *needs, guint n_needs,
                           gboolean totals, struct plx_answer **answer, gboolean *fresh,
                           plx_answer_pieces **pieces, GError **error)
{
    gint64 generation;
    struct plx_answer *found = NULL;
    if (!look_up(self, needs, n_needs, &generation, &found, error))
        return FALSE;
    self->generation = generation;
    *fresh = found == NULL;
    if (!found && pieces) {
        guint n;
        *pieces =
            plx_answer_pieces_find(self->store->db, self->base.map, generation, needs, n_needs);
        needs = plx_answer_pieces_missing(*pieces, &n);
        if (n > 0 && !count(self, needs, n, FALSE, &found, error))
            return FALSE;
        if (n > 0)
            plx_answer_pieces_add(*pieces, found);
        *fresh = n > 0;
        return TRUE;
    }
    if (!found && !count(self, needs, n_needs, totals, &found, error))
        return FALSE;
    *answer = found;
    return TRUE;
}

/* Those who count without units know nothing of encounters and respondents; those who count from
 * what is kept only of the rows they asked for. */
static void take_totals(struct plx_answer *answer, const struct plx_answer *totals)
{
    answer->observations = totals->observations;
    answer->without_time = totals->without_time;
    answer->measures = totals->measures;
    answer->encounters = totals->encounters;
    answer->encounters_unknown = totals->encounters_unknown;
    answer->respondents = totals->respondents;
}

/* Are the totals a question of their own? Where they are kept, rows that nobody asks for need not
 * be told apart by who said them, which takes most of the time. */
static gboolean has_own_totals(const struct store_source *self, const struct plx_need *needs,
                               guint n_needs)
{
    if (is_plain(needs, n_needs))
        return TRUE;
    gint64 rows = 0;
    return n_needs > 0 && !self->base.weighting &&
           (self->store->roll ||
            (plx_shelf_rows(self->store->db, &rows, NULL) && rows >= WORTH_KEEPING));
}

/* What one question comes to. */
struct asked {
    struct plx_answer *found, *totals; /* totals: or NULL */
    plx_answer_pieces *pieces;         /* or NULL */
    gboolean fresh, fresh_totals, cheap;
};

/* Within one snapshot. */
static gboolean ask_all(struct store_source *self, const struct plx_need *needs, guint n_needs,
                        struct asked *asked, GError **error)
{
    const gboolean own = has_own_totals(self, needs, n_needs);
    const gboolean by_need =
        own && n_needs > 1 && !is_plain(needs, n_needs) && plx_answer_cache_takes(needs, n_needs);
    if (!ask_within(self, needs, n_needs, !own, &asked->found, &asked->fresh,
                    by_need ? &asked->pieces : NULL, error))
        return FALSE;
    asked->cheap = asked->fresh && self->cheap;
    return !own || !(asked->fresh || asked->pieces) ||
           ask_within(self, NULL, 0, TRUE, &asked->totals, &asked->fresh_totals, NULL, error);
}

static gboolean source_ask(plx_source *source, const struct plx_need *needs, guint n_needs,
                           struct plx_answer **answer, GError **error)
{
    struct store_source *const self = (struct store_source *)(void *)source;
    plx_db *const db = self->store->db;
    struct asked asked = {0};
    if (!plx_db_begin_read(db, error))
        return FALSE;
    const gboolean ok = ask_all(self, needs, n_needs, &asked, error);
    plx_db_rollback(db); /* nothing was written: ends the snapshot */
    if (ok && asked.found && asked.totals)
        take_totals(asked.found, asked.totals);
    if (ok && asked.fresh_totals)
        keep(self, NULL, 0, asked.totals, NULL);
    if (ok && asked.fresh && !asked.cheap)
        keep(self, needs, n_needs, asked.found, asked.pieces);
    if (ok && asked.pieces) {
        asked.found = plx_answer_pieces_join(asked.pieces);
        take_totals(asked.found, asked.totals);
    }
    plx_answer_pieces_free(asked.pieces);
    plx_answer_free(asked.totals);
    if (!ok) {
        plx_answer_free(asked.found);
        return FALSE;
    }
    plx_engine_note_untimed(asked.found);
    *answer = asked.found;
    return TRUE;
}

/* Listening --------------------------------------------------------------------------------- */

static gboolean has_notes(const struct plx_shelf_block *block, gconstpointer data)
{
    (void)data;
    return block->notes > 0;
}

/* What the filter looks at, and what stands beside the words. */
static void want_words(const struct store_source *self, const struct plx_listen *listen,
                       struct plx_block_wanted *wanted)
{
    static const enum plx_dim dims[] = {PLX_DIM_PROMPT, PLX_DIM_WORKSHOP, PLX_DIM_TABLE,
                                        PLX_DIM_PLACE,  PLX_DIM_LANGUAGE, PLX_DIM_DATASET};
    const struct plx_need beside = {.measures = 1u << PLX_MEASURE_LEVEL, .filter = listen->filter};
    want_columns(&beside, 1, self->store->words, self->base.map, FALSE, wanted);
    plx_want(wanted, PLX_BLOCK_SURPRISE);
    for (gsize d = 0; d < G_N_ELEMENTS(dims); d++)
        plx_want(wanted, plx_word_kind_of_dim(dims[d]));
}

/* Within one snapshot. */
static gboolean listen_within(struct store_source *self, const struct plx_listen *listen,
                              struct plx_sayings **sayings, GError **error)
{
    struct plx_block_wanted wanted;
    gint64 generation;
    if (!plx_store_refresh(self->store, &generation, error))
        return FALSE;
    want_words(self, listen, &wanted);
    const struct plx_scan scan = {.map = self->base.map,
                                  .wanted = &wanted,
                                  .notes = TRUE,
                                  .threads = self->threads,
                                  .takes = has_notes};
    plx_sink *const sink = plx_saying_sink_new(listen, self->threads);
    const gboolean ok =
        plx_scan_run(self->store, &scan, sink, NULL, error) && sink->finish(sink, error);
    if (ok)
        *sayings = plx_saying_sink_take(sink);
    sink->free(sink);
    return ok;
}

static gboolean source_listen(plx_source *source, const struct plx_listen *listen,
                              struct plx_sayings **sayings, GError **error)
{
    struct store_source *const self = (struct store_source *)(void *)source;
    if (!plx_db_begin_read(self->store->db, error))
        return FALSE;
    const gboolean ok = listen_within(self, listen, sayings, error);
    plx_db_rollback(self->store->db); /* nothing was written: ends the snapshot */
    return ok;
}

/* The source -------------------------------------------------------------------------------- */

static void source_free(plx_source *source)
{
    g_free(source);
}

plx_source *plx_store_source(plx_store *store, guint threads)
{
    struct store_source *const self = g_new0(struct store_source, 1);
    self->base = (plx_source){.name = plx_store_path(store),
                              .map = store->map,
                              .ask = source_ask,
                              .listen = source_listen,
                              .free = source_free};
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
    gint64 pages, size, version, maps, imports, inbox, steps, acts, links, waiting;
    plx_db *const db = store->db;
    if (!plx_source_ask(source, NULL, 0, &answer, error))
        return FALSE;
    found.observations = answer->observations;
    found.encounters = answer->encounters;
    found.respondents = answer->respondents;
    found.encounters_unknown = answer->encounters_unknown;
    plx_answer_free(answer);
    if (!plx_db_number(db, "PRAGMA page_count", &pages, error) ||
        !plx_db_number(db, "PRAGMA page_size", &size, error) ||
        !plx_db_number(db, "PRAGMA user_version", &version, error) ||
        !plx_db_number(db, "SELECT count(*) FROM map", &maps, error) ||
        !plx_db_number(db, "SELECT count(*) FROM import WHERE state = 'done'", &imports, error) ||
        !plx_db_number(db, "SELECT count(*) FROM inbox", &inbox, error) ||
        !plx_db_number(db, "SELECT count(*) FROM link", &links, error) ||
        !plx_forms_waiting(store, &waiting, error) || !plx_steps_count(store, &steps, error) ||
        !plx_suggestions_count(store, &acts, error))
        return FALSE;
    found.bytes = (guint64)(pages * size);
    found.schema_version = (guint)version;
    found.maps = (guint)maps;
    found.imports = (guint)imports;
    found.inbox = (guint)inbox;
    found.links = (guint)links;
    found.waiting = (guint)waiting;
    found.steps = (guint)steps;
    found.suggestion_acts = (guint)acts;
    *info = found;
    return TRUE;
}
