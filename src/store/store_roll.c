/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store_roll_private.h"

#include "store/scan.h"
#include "store/store_roll_note.h"
#include "voice/roll.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define CONTENT_BYTES 32

/* A block that is in it. */
struct holding {
    gint64 id, import;
    guint32 rows;
    guint8 meta[CONTENT_BYTES]; /* a hash of what else is said about it */
};

struct plx_store_roll {
    plx_roll *roll;
    GArray *blocks;             /* struct holding, by id */
    guint8 last[CONTENT_BYTES]; /* a hash of the last block's bytes */
    dev_t device;
    ino_t file;
};

/* Blocks -------------------------------------------------------------------------------------- */

static struct holding holding_of(const struct plx_shelf_block *block)
{
    struct holding holding = {block->id, block->import, block->rows, {0}};
    const gint32 days[] = {block->timed, block->timed ? block->first_day : 0,
                           block->timed ? block->last_day : 0, (gint32)block->notes};
    gsize size;
    const guint8 *const present = g_bytes_get_data(block->present, &size);
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, sizeof holding.meta);
    crypto_generichash_update(&state, (const guint8 *)days, sizeof days);
    crypto_generichash_update(&state, block->columns, sizeof block->columns);
    crypto_generichash_update(&state, present, size);
    crypto_generichash_final(&state, holding.meta, sizeof holding.meta);
    return holding;
}

static int compare_ids(const void *a, const void *b)
{
    const gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;
    return (x > y) - (x < y);
}

static const struct holding *find_holding(const plx_store_roll *roll, gint64 id)
{
    return bsearch(&id, roll->blocks->data, roll->blocks->len, sizeof(struct holding), compare_ids);
}

static gboolean hash_block(plx_store *store, const struct plx_shelf_block *block,
                           guint8 hash[CONTENT_BYTES])
{
    struct plx_shelf_columns columns;
    if (!plx_shelf_load(store->db, block, NULL, &columns, NULL))
        return FALSE;
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, CONTENT_BYTES);
    for (guint c = 0; c < PLX_BLOCK_COLUMNS; c++)
        if (columns.part[c].bytes)
            crypto_generichash_update(&state, columns.part[c].bytes, columns.part[c].size);
    crypto_generichash_final(&state, hash, CONTENT_BYTES);
    plx_shelf_columns_clear(&columns);
    return TRUE;
}

static gboolean find_file(const plx_store *store, dev_t *device, ino_t *file)
{
    struct stat status;
    if (stat(plx_store_path(store), &status) != 0)
        return FALSE;
    *device = status.st_dev;
    *file = status.st_ino;
    return TRUE;
}

/* Ids of blocks are given again only when all higher ones are gone, those of imports that are done
 * never: so when the last block is still what it was, no other stands where one of ours stood. A
 * file in the place of the file is another workspace. */
gboolean plx_store_roll_is_of(plx_store *store, const plx_store_roll *roll, const GPtrArray *blocks)
{
    guint found = 0;
    const struct plx_shelf_block *last = NULL;
    for (guint b = 0; b < blocks->len; b++) {
        const struct plx_shelf_block *const block = blocks->pdata[b];
        const struct holding *const holding = find_holding(roll, block->id);
        if (!holding)
            continue;
        const struct holding now = holding_of(block);
        if (holding->import != now.import || holding->rows != now.rows ||
            memcmp(holding->meta, now.meta, sizeof now.meta) != 0)
            return FALSE;
        found++;
        last = block;
    }
    guint8 hash[CONTENT_BYTES];
    dev_t device;
    ino_t file;
    return last && found == roll->blocks->len && find_file(store, &device, &file) &&
           device == roll->device && file == roll->file && hash_block(store, last, hash) &&
           memcmp(hash, roll->last, sizeof hash) == 0;
}

gboolean plx_store_roll_lacks(plx_store *store, const plx_store_roll *roll, gint64 *rows,
                              GError **error)
{
    if (!plx_db_begin_read(store->db, error))
        return FALSE;
    g_autoptr(GPtrArray) blocks = plx_shelf_list(store->db, 0, error);
    if (blocks && !plx_store_roll_is_of(store, roll, blocks)) {
        *rows = -1;
    } else if (blocks) {
        *rows = -(gint64)plx_roll_rows(roll->roll);
        for (guint b = 0; b < blocks->len; b++)
            *rows += ((const struct plx_shelf_block *)blocks->pdata[b])->rows;
    }
    plx_db_rollback(store->db);
    return blocks != NULL;
}

/* Making -------------------------------------------------------------------------------------- */

static gboolean take_blocks(plx_store *store, plx_store_roll *roll, const GPtrArray *blocks)
{
    const struct plx_shelf_block *last = NULL;
    gsize n, at = 0;
    const guint64 *const ids = plx_roll_blocks(roll->roll, &n);
    for (guint b = 0; b < blocks->len && at < n; b++) {
        const struct plx_shelf_block *const block = blocks->pdata[b];
        if ((guint64)block->id != ids[at])
            continue;
        const struct holding holding = holding_of(block);
        g_array_append_val(roll->blocks, holding);
        last = block;
        at++;
    }
    return last && at == n && hash_block(store, last, roll->last) &&
           find_file(store, &roll->device, &roll->file);
}

static gboolean make_within(plx_store *store, const struct plx_roll_options *options,
                            plx_store_roll *roll, GError **error)
{
    gint64 generation;
    struct plx_lexicon *lexicon = NULL;
    if (!plx_store_refresh(store, &generation, error))
        return FALSE;
    g_autoptr(GPtrArray) blocks = plx_shelf_list(store->db, 0, error);
    if (!blocks)
        return FALSE;
    const struct plx_scan scan = {.map = store->map, .threads = options->threads, .sealed = TRUE};
    plx_sink *const sink = plx_roll_sink_new(store->map, options);
    const gboolean ok =
        plx_scan_run(store, &scan, sink, &lexicon, error) && sink->finish(sink, error);
    roll->roll = ok ? plx_roll_sink_take(sink) : NULL;
    if (roll->roll && !take_blocks(store, roll, blocks))
        g_clear_pointer(&roll->roll, plx_roll_free);
    sink->free(sink);
    plx_lexicon_free(lexicon);
    return ok;
}

gboolean plx_store_roll_make(plx_store *store, guint threads, gsize most_bytes,
                             plx_store_roll **roll, GError **error)
{
    const struct plx_roll_options options = {
        .measures =
            1u << PLX_MEASURE_LEVEL | 1u << PLX_MEASURE_EXPECTED | 1u << PLX_MEASURE_PREDICTED,
        .odd = 1u << PLX_MEASURE_BELIEVED,
        .most_bytes = most_bytes,
        .threads = CLAMP(threads ? threads : g_get_num_processors(), 1, 64)};
    g_autoptr(plx_store_roll) made = g_new0(plx_store_roll, 1);
    made->blocks = g_array_new(FALSE, FALSE, sizeof(struct holding));
    if (!plx_db_begin_read(store->db, error))
        return FALSE;
    const gboolean ok = make_within(store, &options, made, error);
    plx_db_rollback(store->db);
    if (ok)
        *roll = made->roll ? g_steal_pointer(&made) : NULL;
    return ok;
}

void plx_store_roll_free(plx_store_roll *roll)
{
    if (!roll)
        return;
    plx_roll_free(roll->roll);
    g_array_unref(roll->blocks);
    g_free(roll);
}

gsize plx_store_roll_bytes(const plx_store_roll *roll)
{
    return plx_roll_bytes(roll->roll);
}

void plx_store_set_roll(plx_store *store, const plx_store_roll *roll)
{
    store->roll = roll;
}

const plx_store_roll *plx_store_held_roll(const plx_store *store)
{
    return store->roll;
}

/* Asking -------------------------------------------------------------------------------------- */

static int compare_units(const void *a, const void *b)
{
    const guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;
    return (x > y) - (x < y);
}

/* Ascending, each once; to be freed. */
static guint64 *units_of(const GArray *noted, gsize *n)
{
    guint64 *const unit = g_new(guint64, noted->len + 1);
    for (guint i = 0; i < noted->len; i++)
        unit[i] = g_array_index(noted, struct plx_roll_noted, i).unit;
    qsort(unit, noted->len, sizeof *unit, compare_units);
    *n = 0;
    for (guint i = 0; i < noted->len; i++)
        if (*n == 0 || unit[i] != unit[*n - 1])
            unit[(*n)++] = unit[i];
    return unit;
}

const plx_roll *plx_store_roll_get(const plx_store_roll *roll)
{
    return roll->roll;
}

gboolean plx_store_roll_leaves(const struct plx_shelf_block *block, gconstpointer data)
{
    return find_holding(data, block->id) == NULL;
}

/* What is not in the roll, then the roll; *means FALSE: it is of other words. */
static gboolean count_all(plx_store *store, const plx_store_roll *roll,
                          const struct plx_store_roll_question *question,
                          struct plx_roll_noting *noting, struct plx_lexicon **lexicon,
                          gboolean *means, GError **error)
{
    const struct plx_scan scan = {.map = noting->map,
                                  .wanted = question->wanted,
                                  .threads = question->threads,
                                  .takes = plx_store_roll_leaves,
                                  .data = roll,
                                  .filters = question->filters,
                                  .n_filters = question->n_filters};
    if (!plx_scan_run(store, &scan, &noting->base, lexicon, error))
        return FALSE;
    const struct plx_dims *const dims = &(*lexicon)->dims;
    *means = plx_roll_means(roll->roll, dims, noting->map);
    if (!*means)
        return TRUE;
    gsize n;
    g_autofree guint64 *unit = units_of(plx_roll_noting_all(noting), &n);
    const struct plx_roll_units units = {unit, n};
    return plx_roll_give(roll->roll, &units, dims, noting->to, error) &&
           plx_roll_count(roll->roll, &units, dims, question->threads, noting->to, error) &&
           noting->to->finish(noting->to, error);
}

gboolean plx_store_roll_ask(plx_store *store, const plx_map *map, const plx_store_roll *roll,
                            const struct plx_store_roll_question *question,
                            struct plx_answer **answer, GError **error)
{
    struct plx_lexicon *lexicon = NULL;
    gboolean means = FALSE;
    if (!plx_roll_answers(roll->roll, question->needs, question->n_needs))
        return TRUE;
    plx_sink *const to =
        plx_count_sink_new(map, question->needs, question->n_needs, question->threads);
    struct plx_roll_noting noting;
    plx_roll_noting_init(&noting, to, map, question->threads);
    plx_count_sink_leave_totals(to);
    const gboolean ok = count_all(store, roll, question, &noting, &lexicon, &means, error);
    if (ok && means)
        *answer = plx_count_sink_take(to);
    to->free(to);
    plx_lexicon_free(lexicon);
    plx_roll_noting_clear(&noting);
    return ok;
}
