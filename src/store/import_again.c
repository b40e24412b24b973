/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Importing again: what the workspace holds already of what an import brings.
 *
 * Rows with keys of their own are the same observation when encounter, subject, journey, prompt,
 * item and time agree; rows of a person or with a time are compared by all they say; rows with
 * neither only as a whole file. */

#include "store/import_private.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>

struct mine {
    struct plx_content content;
    guint32 block; /* place in the list of blocks */
    guint32 row;
    gboolean drop, seen;
};

struct settling {
    struct plx_import *import;
    struct plx_lexicon *lexicon;
    gboolean by_key, with_encounter;
    GPtrArray *blocks; /* of the import */
    GArray *mine;      /* struct mine, sorted */
    struct plx_rowset rows;
    struct plx_content *contents;
    guint64 n_conflicts, n_same;
    gboolean reading; /* has a read transaction of its own */
    char *example;
};

void plx_import_fingerprint(const struct plx_import *import, guint64 sum[2])
{
    sum[0] = sum[1] = 0;
    for (guint w = 0; w < import->n_workers; w++) {
        sum[0] += import->workers[w].sum[0];
        sum[1] += import->workers[w].sum[1];
    }
}

/* Reading blocks ---------------------------------------------------------------------------- */

static gboolean read_block(struct settling *s, const struct plx_shelf_block *block,
                           gboolean with_encounter, GError **error)
{
    plx_db *const db = s->import->store->db;
    struct plx_shelf_columns columns;
    if (!plx_shelf_load(db, block, NULL, &columns, error))
        return FALSE;
    const gboolean ok =
        plx_block_decode(columns.part, block->rows, s->lexicon, TRUE, &s->rows, error) &&
        plx_shelf_add_notes(db, block->id, &s->rows, error);
    plx_shelf_columns_clear(&columns);
    if (ok)
        plx_content_of(&s->rows, s->import->measure_code, with_encounter, s->contents);
    return ok;
}

static gboolean rewrite(struct settling *s, const struct plx_shelf_block *block, const guint8 *keep,
                        GError **error)
{
    plx_db *const db = s->import->store->db;
    const gboolean alone = sqlite3_get_autocommit(plx_db_handle(db)) != 0;
    plx_rowset_keep(&s->rows, keep);
    if (alone && !plx_db_begin_write(db, error))
        return FALSE;
    const gboolean ok = plx_shelf_rewrite(db, block, &s->rows, s->import->workers[0].encoder,
                                          s->import->measure_code, error);
    return alone ? plx_store_end(s->import->store, ok, error) : ok;
}

/* One snapshot for all that is compared. */
static gboolean begin_reading(struct settling *s, GError **error)
{
    plx_db *const db = s->import->store->db;
    if (!sqlite3_get_autocommit(plx_db_handle(db)))
        return TRUE;
    s->reading = plx_db_begin_read(db, error);
    return s->reading;
}

static void end_reading(struct settling *s)
{
    if (s->reading)
        plx_db_rollback(s->import->store->db);
    s->reading = FALSE;
}

/* What the reader took back ----------------------------------------------------------------- */

static int compare_content(const void *a, const void *b)
{
    const struct plx_content *const x = a, *const y = b;
    return memcmp(x->content, y->content, sizeof x->content);
}

/* Marks rows that are in the sorted list, each of them once. */
static guint32 mark_retracted(const struct settling *s, guint8 *keep, gboolean *used)
{
    const GArray *const list = s->import->retracted;
    const struct plx_content *const first = (const struct plx_content *)(gpointer)list->data;
    guint32 n = 0;
    for (guint32 i = 0; i < s->rows.n; i++) {
        const struct plx_content *at =
            bsearch(&s->contents[i], first, list->len, sizeof *first, compare_content);
        keep[i] = 1;
        while (at && at > first && compare_content(at - 1, at) == 0)
            at--;
        for (; at && at < first + list->len && compare_content(at, &s->contents[i]) == 0; at++) {
            if (used[at - first])
                continue;
            used[at - first] = TRUE;
            keep[i] = 0;
            n++;
            break;
        }
    }
    return n;
}

static gboolean drop_retracted(struct settling *s, GError **error)
{
    GArray *const list = s->import->retracted;
    if (list->len == 0)
        return TRUE;
    g_array_sort(list, compare_content);
    g_autofree gboolean *used = g_new0(gboolean, list->len);
    g_autofree guint8 *keep = g_new(guint8, PLX_BATCH_ROWS);
    for (guint b = 0; b < s->blocks->len; b++) {
        const struct plx_shelf_block *const block = s->blocks->pdata[b];
        if (!read_block(s, block, TRUE, error))
            return FALSE;
        if (mark_retracted(s, keep, used) > 0 && !rewrite(s, block, keep, error))
            return FALSE;
    }
    for (guint i = 0; i < list->len; i++)
        if (!used[i])
            return plx_error(error, PLX_ERROR_BUG, "a row that was taken back is not there");
    g_array_set_size(list, 0);
    return TRUE;
}

/* Comparing with what is there -------------------------------------------------------------- */

static int compare_keys(const void *a, const void *b)
{
    const struct mine *const x = a, *const y = b;
    return memcmp(x->content.key, y->content.key, sizeof x->content.key);
}

static int compare_contents(const void *a, const void *b)
{
    const struct mine *const x = a, *const y = b;
    return compare_content(&x->content, &y->content);
}

static gboolean read_mine(struct settling *s, GError **error)
{
    for (guint b = 0; b < s->blocks->len; b++) {
        if (!read_block(s, s->blocks->pdata[b], s->with_encounter, error))
            return FALSE;
        for (guint32 i = 0; i < s->rows.n; i++) {
            const struct mine mine = {s->contents[i], b, i, FALSE, FALSE};
            g_array_append_val(s->mine, mine);
        }
    }
    g_array_sort(s->mine, s->by_key ? compare_keys : compare_contents);
    return TRUE;
}

static char *describe(const struct settling *s, guint32 row)
{
    const guint32 *const subjects = s->rows.dim[PLX_DIM_SUBJECT];
    const guint32 subject = subjects ? subjects[row] : 0;
    const char *const title =
        subject ? g_array_index(s->lexicon->dims.subjects, struct plx_subject, subject).title
                : "a note";
    if (!s->rows.seconds || s->rows.seconds[row] == PLX_NO_TIME)
        return g_strdup(title);
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(s->rows.seconds[row]);
    g_autofree char *when = g_date_time_format(time, "%Y-%m-%d");
    return g_strdup_printf("%s, %s", title, when);
}

static void meet(struct settling *s, const struct plx_shelf_block *block, guint32 row,
                 struct mine *mine)
{
    const gboolean same =
        memcmp(mine->content.content, s->contents[row].content, sizeof mine->content.content) == 0;
    mine->seen = TRUE;
    if (same) {
        mine->drop = TRUE;
        s->n_same++;
        return;
    }
    const struct plx_import_replaced replaced = {block->id, row};
    g_array_append_val(s->import->replaced, replaced);
    s->n_conflicts++;
    if (!s->example)
        s->example = describe(s, row);
}

static void meet_row(struct settling *s, const struct plx_shelf_block *block, guint32 row)
{
    const struct mine wanted = {s->contents[row], 0, 0, FALSE, FALSE};
    int (*const compare)(const void *, const void *) = s->by_key ? compare_keys : compare_contents;
    struct mine *const first = (struct mine *)(gpointer)s->mine->data;
    struct mine *at = bsearch(&wanted, first, s->mine->len, sizeof wanted, compare);
    while (at && at > first && compare(at - 1, at) == 0)
        at--;
    for (; at && at < first + s->mine->len && compare(at, &wanted) == 0; at++) {
        if (at->seen)
            continue;
        meet(s, block, row, at);
        return;
    }
}

/* May a block have rows of the data set? Not one without the column, like those of the inbox: its
 * rows have none. */
static gboolean may_be_of(const struct plx_shelf_block *block, guint32 dataset)
{
    if (dataset == 0)
        return TRUE;
    gsize size;
    const guint8 *const present = g_bytes_get_data(block->present, &size);
    return block->columns[PLX_WORD_DATASET / 8] >> PLX_WORD_DATASET % 8 & 1 &&
           plx_block_may_hold(present, size, PLX_WORD_DATASET, dataset);
}

static gboolean meet_others(struct settling *s, GError **error)
{
    plx_store *const store = s->import->store;
    const guint32 dataset = plx_words_find(store->words, PLX_WORD_DATASET, 0, s->import->dataset);
    g_autoptr(GPtrArray) others = plx_shelf_list(store->db, 0, error);
    if (!others)
        return FALSE;
    for (guint b = 0; b < others->len; b++) {
        const struct plx_shelf_block *const block = others->pdata[b];
        if (!may_be_of(block, dataset))
            continue;
        if (s->mine->len == 0 && !read_mine(s, error))
            return FALSE;
        if (!read_block(s, block, s->with_encounter, error))
            return FALSE;
        for (guint32 i = 0; i < s->rows.n; i++)
            meet_row(s, block, i);
    }
    return TRUE;
}

/* Has an import of this data set exactly the same rows? */
static gboolean find_same(struct plx_import *import, gint64 *same, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(
        import->store->db,
        "SELECT id FROM import WHERE state = 'done' AND dataset = ?1 AND content = ?2 ORDER BY id",
        error);
    if (!statement)
        return FALSE;
    guint64 sum[2];
    plx_import_fingerprint(import, sum);
    sqlite3_bind_text(statement, 1, import->dataset, -1, SQLITE_STATIC);
    sqlite3_bind_blob(statement, 2, sum, sizeof sum, SQLITE_TRANSIENT);
    const int code = plx_db_step(import->store->db, statement, error);
    *same = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_reset(statement);
    return code != 0;
}

/* Deciding ---------------------------------------------------------------------------------- */

static int compare_places(const void *a, const void *b)
{
    const struct mine *const x = a, *const y = b;
    if (x->block != y->block)
        return x->block < y->block ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static gboolean drop_known(struct settling *s, GError **error)
{
    g_autofree guint8 *keep = g_new(guint8, PLX_BATCH_ROWS);
    g_array_sort(s->mine, compare_places);
    const struct mine *const mine = (const struct mine *)(gpointer)s->mine->data;
    for (guint first = 0, end; first < s->mine->len; first = end) {
        gboolean any = FALSE;
        for (end = first; end < s->mine->len && mine[end].block == mine[first].block; end++) {
            keep[mine[end].row] = !mine[end].drop;
            any |= mine[end].drop;
        }
        const struct plx_shelf_block *const block = s->blocks->pdata[mine[first].block];
        if (any && (!read_block(s, block, FALSE, error) || !rewrite(s, block, keep, error)))
            return FALSE;
    }
    return TRUE;
}

static gboolean judge(struct settling *s, struct plx_import_outcome *outcome, GError **error)
{
    const enum plx_import_repeat repeat = s->import->repeat;
    guint64 dropped = 0;
    if (s->n_conflicts > 0 && repeat == PLX_REPEAT_REFUSE)
        return plx_error(
            error, PLX_ERROR_INPUT,
            "%s: %" G_GUINT64_FORMAT " observation%s of \"%s\" %s here already and "
            "said something else (first: %s); nothing was changed. --replace takes the "
            "new ones, --only-new leaves these out",
            s->import->file, s->n_conflicts, s->n_conflicts == 1 ? "" : "s", s->import->dataset,
            s->n_conflicts == 1 ? "is" : "are", s->example);
    const gboolean person = !s->by_key;
    if (person && repeat == PLX_REPEAT_REFUSE && 2 * s->n_same > s->mine->len)
        return plx_error(error, PLX_ERROR_INPUT,
                         "%s: %" G_GUINT64_FORMAT " of %u rows of \"%s\" are here already; nothing "
                         "was changed. --only-new takes the others, --allow-repeat takes all",
                         s->import->file, s->n_same, s->mine->len, s->import->dataset);
    for (guint i = 0; i < s->mine->len; i++) {
        struct mine *const mine = &g_array_index(s->mine, struct mine, i);
        if (person)
            mine->drop = mine->drop && repeat == PLX_REPEAT_ONLY_NEW;
        else if (repeat == PLX_REPEAT_ONLY_NEW)
            mine->drop = mine->seen;
        dropped += mine->drop ? 1 : 0;
    }
    outcome->known += dropped;
    outcome->replaced = repeat == PLX_REPEAT_REPLACE ? s->n_conflicts : 0;
    outcome->repeated = person ? s->n_same - dropped : 0;
    return dropped == 0 || drop_known(s, error);
}

static gboolean compare(struct settling *s, struct plx_import_outcome *outcome, GError **error)
{
    struct plx_import *const import = s->import;
    const enum plx_import_keys keys = plx_import_keys_of(import);
    gint64 same;
    if (!find_same(import, &same, error))
        return FALSE;
    if (same && keys == PLX_KEYS_NONE && import->repeat == PLX_REPEAT_REFUSE)
        return plx_error(error, PLX_ERROR_INPUT,
                         "%s: import %" G_GINT64_FORMAT " has exactly these rows, and they have no "
                         "keys that could tell them apart; nothing was changed. --allow-repeat "
                         "takes them once more",
                         import->file, same);
    if (same && import->repeat != PLX_REPEAT_ALLOW) {
        outcome->same = TRUE;
        return TRUE;
    }
    if (keys == PLX_KEYS_NONE || import->repeat == PLX_REPEAT_ALLOW)
        return TRUE;
    s->by_key = s->with_encounter = keys == PLX_KEYS_ENCOUNTER;
    if (!meet_others(s, error))
        return FALSE;
    end_reading(s);
    return s->mine->len == 0 || judge(s, outcome, error);
}

static void settling_clear(struct settling *s)
{
    end_reading(s);
    plx_rowset_clear(&s->rows);
    plx_lexicon_free(s->lexicon);
    g_clear_pointer(&s->blocks, g_ptr_array_unref);
    g_clear_pointer(&s->mine, g_array_unref);
    g_free(s->contents);
    g_free(s->example);
}

static gboolean settling_init(struct settling *s, struct plx_import *import, GError **error)
{
    *s = (struct settling){.import = import,
                           .reading = s->reading,
                           .mine = g_array_new(FALSE, FALSE, sizeof(struct mine)),
                           .contents = g_new(struct plx_content, PLX_BATCH_ROWS)};
    plx_rowset_init(&s->rows);
    s->lexicon =
        plx_words_lexicon(import->store->words, import->store->map, import->store->db, error);
    s->blocks = s->lexicon ? plx_shelf_list(import->store->db, import->id, error) : NULL;
    return s->blocks != NULL;
}

/* After rows were dropped blocks have other numbers. */
static gboolean count_left(struct plx_import *import, struct plx_import_outcome *outcome,
                           GError **error)
{
    g_autoptr(GPtrArray) blocks = plx_shelf_list(import->store->db, import->id, error);
    if (!blocks)
        return FALSE;
    outcome->observations = 0;
    for (guint b = 0; b < blocks->len; b++)
        outcome->observations += ((const struct plx_shelf_block *)blocks->pdata[b])->rows;
    outcome->same |= outcome->observations == 0;
    return TRUE;
}

/* The inbox does not count: imports are not compared with it. */
static gboolean read_stamp(plx_db *db, struct plx_import_stamp *stamp, GError **error)
{
    return plx_db_number(db, "SELECT value FROM fact WHERE name = 'observations'",
                         &stamp->observations, error) &&
           plx_db_number(db, "SELECT count(*) FROM import WHERE state = 'done'", &stamp->imports,
                         error) &&
           plx_db_number(db,
                         "SELECT coalesce(max(block.id), 0) FROM block JOIN import "
                         "ON import.id = block.import WHERE state = 'done'",
                         &stamp->block, error);
}

/* What the reader took back, once. */
static gboolean settle_own(struct plx_import *import, GError **error)
{
    struct settling s = {0};
    if (import->retracted->len == 0)
        return TRUE;
    const gboolean ok = settling_init(&s, import, error) && drop_retracted(&s, error);
    settling_clear(&s);
    return ok;
}

static gboolean settle_others(struct settling *s, struct plx_import *import,
                              struct plx_import_outcome *outcome, GError **error)
{
    gint64 generation;
    s->import = import;
    return begin_reading(s, error) && plx_store_refresh(import->store, &generation, error) &&
           read_stamp(import->store->db, &import->stamp, error) &&
           settling_init(s, import, error) && compare(s, outcome, error);
}

gboolean plx_import_settle(struct plx_import *import, struct plx_import_outcome *outcome,
                           GError **error)
{
    struct settling s = {0};
    outcome->same = FALSE;
    g_array_set_size(import->replaced, 0);
    const gboolean ok = settle_own(import, error) && settle_others(&s, import, outcome, error);
    settling_clear(&s);
    return ok && count_left(import, outcome, error);
}

gboolean plx_import_settle_again(struct plx_import *import, struct plx_import_outcome *outcome,
                                 GError **error)
{
    struct plx_import_stamp now = {0};
    if (!read_stamp(import->store->db, &now, error))
        return FALSE;
    const struct plx_import_stamp *const then = &import->stamp;
    if (now.observations == then->observations && now.imports == then->imports &&
        now.block == then->block)
        return TRUE;
    return plx_import_settle(import, outcome, error);
}

/* Replacing --------------------------------------------------------------------------------- */

static gint compare_replaced(gconstpointer a, gconstpointer b)
{
    const struct plx_import_replaced *const x = a, *const y = b;
    if (x->block != y->block)
        return x->block < y->block ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

/* Takes the rows first..end - 1 of `replaced`, all of one block, out of it. */
static gboolean remove_replaced(struct settling *s, const struct plx_shelf_block *block,
                                guint first, guint end, GError **error)
{
    plx_db *const db = s->import->store->db;
    g_autofree guint8 *keep = g_malloc(PLX_BATCH_ROWS);
    memset(keep, 1, PLX_BATCH_ROWS);
    for (guint i = first; i < end; i++)
        keep[g_array_index(s->import->replaced, struct plx_import_replaced, i).row] = 0;
    if (!read_block(s, block, FALSE, error))
        return FALSE;
    plx_rowset_keep(&s->rows, keep);
    sqlite3_stmt *const statement = plx_db_prepare(
        db, "UPDATE import SET observations = observations - ?2 WHERE id = ?1", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, block->import);
    sqlite3_bind_int64(statement, 2, end - first);
    return plx_shelf_rewrite(db, block, &s->rows, s->import->workers[0].encoder,
                             s->import->measure_code, error) &&
           plx_db_run(db, statement, error);
}

static const struct plx_shelf_block *find_block(const GPtrArray *blocks, gint64 id)
{
    for (guint b = 0; b < blocks->len; b++)
        if (((const struct plx_shelf_block *)blocks->pdata[b])->id == id)
            return blocks->pdata[b];
    return NULL;
}

gboolean plx_import_replace(struct plx_import *import, const struct plx_import_outcome *outcome,
                            GError **error)
{
    GArray *const list = import->replaced;
    if (outcome->replaced == 0)
        return TRUE;
    struct settling s = {0};
    g_array_sort(list, compare_replaced);
    g_autoptr(GPtrArray) blocks = plx_shelf_list(import->store->db, 0, error);
    gboolean ok = settling_init(&s, import, error) && blocks != NULL;
    for (guint first = 0, end; ok && first < list->len; first = end) {
        const gint64 id = g_array_index(list, struct plx_import_replaced, first).block;
        for (end = first; end < list->len;)
            if (g_array_index(list, struct plx_import_replaced, end).block == id)
                end++;
            else
                break;
        const struct plx_shelf_block *const block = find_block(blocks, id);
        ok = block ? remove_replaced(&s, block, first, end, error)
                   : plx_error(error, PLX_ERROR_IO,
                               "%s: another program changed what was to be replaced; nothing was "
                               "changed. Import again",
                               plx_store_path(import->store));
    }
    settling_clear(&s);
    return ok;
}
