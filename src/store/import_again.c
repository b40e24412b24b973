/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Importing again: what the workspace holds already of what an import brings.
 *
 * Rows with keys of their own are the same observation when encounter, subject, journey, prompt,
 * item and time agree; rows of a person or with a time, and rows with a time of people whose keys
 * are not kept, are compared by all they say; rows with neither only as a whole file. */

#include "store/import_settling.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>

void plx_import_fingerprint(const struct plx_import *import, guint64 sum[2])
{
    sum[0] = sum[1] = 0;
    for (guint w = 0; w < import->n_workers; w++) {
        sum[0] += import->workers[w].sum[0];
        sum[1] += import->workers[w].sum[1];
    }
}

/* Comparing with what is there -------------------------------------------------------------- */

static int compare_keys(const void *a, const void *b)
{
    const struct plx_settling_row *const x = a, *const y = b;
    return memcmp(x->content.key, y->content.key, sizeof x->content.key);
}

static int compare_contents(const void *a, const void *b)
{
    const struct plx_settling_row *const x = a, *const y = b;
    return plx_content_compare(&x->content, &y->content);
}

/* Among rows with keys those that have neither key nor time are like no other. */
static void add_mine(struct plx_settling *s, guint block, guint32 row)
{
    const gboolean hidden = s->by_key && plx_settling_is_hidden(s, row);
    const struct plx_settling_row mine = {
        .content = s->contents[row], .block = block, .row = row, .plain = hidden || !s->by_key};
    if (hidden && (!s->rows.seconds || s->rows.seconds[row] == PLX_NO_TIME))
        return;
    s->n_plain += mine.plain ? 1 : 0;
    g_array_append_val(s->mine, mine);
}

static gboolean read_mine(struct plx_settling *s, GError **error)
{
    for (guint b = 0; b < s->blocks->len; b++) {
        if (!plx_settling_read(s, s->blocks->pdata[b], error))
            return FALSE;
        plx_settling_alike(s);
        for (guint32 i = 0; i < s->rows.n; i++)
            add_mine(s, b, i);
    }
    g_array_sort(s->mine, s->by_key ? compare_keys : compare_contents);
    return TRUE;
}

static char *describe(const struct plx_settling *s, guint32 row)
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

static void meet(struct plx_settling *s, const struct plx_shelf_block *block, guint32 row,
                 struct plx_settling_row *mine)
{
    const gboolean same =
        memcmp(mine->content.content, s->contents[row].content, sizeof mine->content.content) == 0;
    mine->seen = TRUE;
    if (same) {
        mine->drop = TRUE;
        s->n_plain_same += mine->plain ? 1 : 0;
        return;
    }
    const struct plx_import_replaced replaced = {block->id, row};
    g_array_append_val(s->import->replaced, replaced);
    s->n_conflicts++;
    if (!s->example)
        s->example = describe(s, row);
}

/* Its own next one among those that are equal to the row. */
static void meet_row(struct plx_settling *s, const struct plx_shelf_block *block, guint32 row)
{
    const struct plx_settling_row wanted = {.content = s->contents[row]};
    int (*const compare)(const void *, const void *) = s->by_key ? compare_keys : compare_contents;
    struct plx_settling_row *const mine = (struct plx_settling_row *)(gpointer)s->mine->data;
    guint low = 0, high = s->mine->len;
    while (low < high) {
        const guint middle = low + (high - low) / 2;
        if (compare(&mine[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == s->mine->len || s->mine->len - low <= mine[low].met)
        return;
    struct plx_settling_row *const next = &mine[low + mine[low].met];
    if (compare(next, &wanted) != 0)
        return;
    mine[low].met++;
    meet(s, block, row, next);
}

/* May a block have rows of the data set? Not one without the column, like those of the inbox: its
 * rows have none. */
static gboolean may_be_of(const struct plx_shelf_block *block, guint32 dataset)
{
    gsize size;
    const guint8 *const present = g_bytes_get_data(block->present, &size);
    return block->columns[PLX_WORD_DATASET / 8] >> PLX_WORD_DATASET % 8 & 1 &&
           plx_block_may_hold(present, size, PLX_WORD_DATASET, dataset);
}

/* The data sets that the import's own rows are of: its own, and those that rows name. */
static GArray *datasets_of(const struct plx_settling *s)
{
    GArray *const datasets = g_array_new(FALSE, FALSE, sizeof(guint32));
    const guint32 n = plx_words_size(s->import->store->words, PLX_WORD_DATASET);
    for (guint32 dataset = 1; dataset <= n; dataset++) {
        gboolean mine = FALSE;
        for (guint b = 0; !mine && b < s->blocks->len; b++)
            mine = may_be_of(s->blocks->pdata[b], dataset);
        if (mine)
            g_array_append_val(datasets, dataset);
    }
    return datasets;
}

static gboolean may_meet(const struct plx_shelf_block *block, const GArray *datasets)
{
    for (guint i = 0; i < datasets->len; i++)
        if (may_be_of(block, g_array_index(datasets, guint32, i)))
            return TRUE;
    return FALSE;
}

static gboolean meet_others(struct plx_settling *s, GError **error)
{
    g_autoptr(GArray) datasets = datasets_of(s);
    g_autoptr(GPtrArray) others = plx_shelf_list(s->import->store->db, 0, error);
    if (!others)
        return FALSE;
    for (guint b = 0; b < others->len; b++) {
        const struct plx_shelf_block *const block = others->pdata[b];
        if (!may_meet(block, datasets))
            continue;
        if (!plx_import_goes_on(s->import, error))
            return FALSE;
        if (s->mine->len == 0 && !read_mine(s, error))
            return FALSE;
        if (!plx_settling_read(s, block, error))
            return FALSE;
        plx_settling_alike(s);
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
    const struct plx_settling_row *const x = a, *const y = b;
    if (x->block != y->block)
        return x->block < y->block ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static gboolean drop_known(struct plx_settling *s, GError **error)
{
    g_autofree guint8 *keep = g_new(guint8, PLX_BATCH_ROWS);
    g_array_sort(s->mine, compare_places);
    const struct plx_settling_row *const mine =
        (const struct plx_settling_row *)(gpointer)s->mine->data;
    for (guint first = 0, end; first < s->mine->len; first = end) {
        gboolean any = FALSE;
        for (end = first; end < s->mine->len && mine[end].block == mine[first].block; end++) {
            keep[mine[end].row] = !mine[end].drop;
            any |= mine[end].drop;
        }
        const struct plx_shelf_block *const block = s->blocks->pdata[mine[first].block];
        if (any &&
            (!plx_settling_read(s, block, error) || !plx_settling_rewrite(s, block, keep, error)))
            return FALSE;
    }
    return TRUE;
}

/* FALSE when the user has to say what is to be done. */
static gboolean is_clear(const struct plx_settling *s, GError **error)
{
    const enum plx_import_repeat repeat = s->import->repeat;
    if (s->n_conflicts > 0 && repeat == PLX_REPEAT_REFUSE)
        return plx_error(
            error, PLX_ERROR_INPUT,
            "%s: %" G_GUINT64_FORMAT " observation%s of \"%s\" %s here already and "
            "said something else (first: %s); nothing was changed. --replace takes the "
            "new ones, --only-new leaves these out",
            s->import->file, s->n_conflicts, s->n_conflicts == 1 ? "" : "s", s->import->dataset,
            s->n_conflicts == 1 ? "is" : "are", s->example);
    return repeat == PLX_REPEAT_ONLY_NEW || 2 * s->n_plain_same <= s->n_plain ||
           plx_error(error, PLX_ERROR_INPUT,
                     "%s: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " rows of \"%s\"%s are here "
                     "already; nothing was changed. --only-new takes the others, --allow-repeat "
                     "takes all",
                     s->import->file, s->n_plain_same, s->n_plain, s->import->dataset,
                     s->by_key ? " whose keys are not kept" : "");
}

static gboolean judge(struct plx_settling *s, struct plx_import_outcome *outcome, GError **error)
{
    const enum plx_import_repeat repeat = s->import->repeat;
    guint64 dropped = 0, plain_dropped = 0;
    if (!is_clear(s, error))
        return FALSE;
    for (guint i = 0; i < s->mine->len; i++) {
        struct plx_settling_row *const mine = &g_array_index(s->mine, struct plx_settling_row, i);
        if (mine->plain)
            mine->drop = mine->drop && repeat == PLX_REPEAT_ONLY_NEW;
        else if (repeat == PLX_REPEAT_ONLY_NEW)
            mine->drop = mine->seen;
        dropped += mine->drop ? 1 : 0;
        plain_dropped += mine->drop && mine->plain ? 1 : 0;
    }
    outcome->known += dropped;
    s->import->partial = s->n_conflicts > 0 && repeat == PLX_REPEAT_ONLY_NEW;
    outcome->replaced = repeat == PLX_REPEAT_REPLACE ? s->n_conflicts : 0;
    outcome->repeated = s->n_plain_same - plain_dropped;
    return dropped == 0 || drop_known(s, error);
}

static gboolean compare(struct plx_settling *s, struct plx_import_outcome *outcome, GError **error)
{
    struct plx_import *const import = s->import;
    const enum plx_import_keys keys = plx_import_keys_of(import);
    gint64 same;
    if (!find_same(import, &same, error))
        return FALSE;
    if (!same && keys == PLX_KEYS_NONE && !plx_settling_find_same(s, &same, error))
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
    s->by_key = keys == PLX_KEYS_ENCOUNTER;
    if (!meet_others(s, error))
        return FALSE;
    plx_settling_end_reading(s);
    return s->mine->len == 0 || judge(s, outcome, error);
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
    struct plx_settling s = {0};
    if (import->retracted->len == 0)
        return TRUE;
    const gboolean ok =
        plx_settling_init(&s, import, error) && plx_settling_drop_retracted(&s, error);
    plx_settling_clear(&s);
    return ok;
}

static gboolean settle_others(struct plx_settling *s, struct plx_import *import,
                              struct plx_import_outcome *outcome, GError **error)
{
    gint64 generation;
    s->import = import;
    return plx_settling_begin_reading(s, error) &&
           plx_store_refresh(import->store, &generation, error) &&
           read_stamp(import->store->db, &import->stamp, error) &&
           plx_settling_init(s, import, error) && compare(s, outcome, error);
}

gboolean plx_import_settle(struct plx_import *import, struct plx_import_outcome *outcome,
                           GError **error)
{
    struct plx_settling s = {0};
    outcome->same = import->partial = FALSE;
    g_array_set_size(import->replaced, 0);
    const gboolean ok = settle_own(import, error) && settle_others(&s, import, outcome, error);
    plx_settling_clear(&s);
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
