/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Importing again: what the workspace holds already of what an import brings.
 *
 * Rows with keys of their own are the same observation when encounter, subject, journey, prompt,
 * item and time agree; rows of a person or with a time are compared by all they say; rows with
 * neither only as a whole file. */

#include "store/import_settling.h"

#include "base/error.h"

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

static gboolean read_mine(struct plx_settling *s, GError **error)
{
    guint64 n = 0;
    for (guint b = 0; b < s->blocks->len; b++)
        n += ((const struct plx_shelf_block *)s->blocks->pdata[b])->rows;
    if (n >= PLX_NO_MATCH)
        return plx_error(error, PLX_ERROR_INPUT,
                         "%s: %" G_GUINT64_FORMAT " rows are too many to compare with \"%s\" at "
                         "once; import the file in parts",
                         s->import->file, n, s->import->dataset);
    s->n_mine = (guint32)n;
    s->mine = plx_match_new(s->n_mine, s->by_key);
    s->fate = g_new0(guint8, n + 1);
    guint8 *fate = s->fate;
    for (guint b = 0; b < s->blocks->len; b++) {
        if (!plx_settling_read(s, s->blocks->pdata[b], s->with_encounter, error))
            return FALSE;
        for (guint32 i = 0; i < s->rows.n; i++) {
            const gboolean like = !s->by_key || plx_alike_is_hidden(&s->import->alike, &s->rows, i);
            const gboolean late = s->rows.seen && s->rows.seen[i] == PLX_SEEN_LATE;
            *fate++ = (like ? PLX_FATE_LIKE : 0) | (late ? PLX_FATE_LATE : 0);
            s->n_like += like ? 1 : 0;
        }
        plx_match_add(s->mine, s->contents, s->rows.n);
    }
    return TRUE;
}

/* The example of a refusal: the same whatever the order of rows. */
static void note_conflict(struct plx_settling *s, guint32 row)
{
    const guint32 *const subjects = s->rows.dim[PLX_DIM_SUBJECT];
    const guint32 subject = subjects ? subjects[row] : 0;
    const char *const title =
        subject ? g_array_index(s->lexicon->dims.subjects, struct plx_subject, subject).title
                : "a note";
    const gint64 time = s->rows.seconds ? s->rows.seconds[row] : PLX_NO_TIME;
    if (!s->example || time < s->example_time ||
        (time == s->example_time && strcmp(title, s->example) < 0)) {
        s->example = title;
        s->example_time = time;
    }
}

/* Of a row that is there: does it say of itself that results had been seen? */
static gboolean says_seen(const struct plx_settling *s, guint32 row)
{
    return s->rows.seen && s->rows.seen[row] == 1;
}

/* Does a row that is there say what one of the import says? */
static gboolean says_same(const struct plx_settling *s, guint32 row, guint32 mine)
{
    const struct plx_content *const content = plx_match_row(s->mine, mine);
    struct plx_content there = s->contents[row];
    if (memcmp(content->content, there.content, sizeof there.content) == 0)
        return TRUE;
    if (!(s->fate[mine] & PLX_FATE_LATE) || !says_seen(s, row))
        return FALSE;
    plx_content_forget_seen(&s->rows, row, &there);
    return memcmp(content->content, there.content, sizeof there.content) == 0;
}

static void meet(struct plx_settling *s, const struct plx_shelf_block *block, guint32 row,
                 guint32 mine)
{
    if (says_same(s, row, mine)) {
        s->n_same += s->fate[mine] & PLX_FATE_LIKE ? 1 : 0;
        s->fate[mine] |= PLX_FATE_KNOWN;
        return;
    }
    const struct plx_import_replaced replaced = {block->id, row};
    g_array_append_val(s->import->replaced, replaced);
    s->fate[mine] |= PLX_FATE_OTHER;
    s->n_conflicts++;
    note_conflict(s, row);
}

static gboolean has_datasets(const struct plx_shelf_block *block)
{
    return block->columns[PLX_WORD_DATASET / 8] >> PLX_WORD_DATASET % 8 & 1;
}

static gboolean holds_dataset(const struct plx_shelf_block *block, guint32 code)
{
    gsize size;
    const guint8 *const present = g_bytes_get_data(block->present, &size);
    return plx_block_may_hold(present, size, PLX_WORD_DATASET, code);
}

/* The data sets that the import has rows of: a flag by code, n of them. A file may name several.
 * NULL: some rows may name none. */
static guint8 *find_datasets(const struct plx_settling *s, guint32 n)
{
    g_autofree guint8 *flags = g_new0(guint8, n);
    for (guint b = 0; b < s->blocks->len; b++) {
        const struct plx_shelf_block *const block = s->blocks->pdata[b];
        if (!has_datasets(block))
            return NULL;
        for (guint32 code = 1; code < n; code++)
            flags[code] |= holds_dataset(block, code) ? 1 : 0;
    }
    return g_steal_pointer(&flags);
}

static gboolean may_meet(const struct plx_shelf_block *block, const guint8 *datasets, guint32 n)
{
    for (guint32 code = 1; datasets && has_datasets(block) && code < n; code++)
        if (datasets[code] && holds_dataset(block, code))
            return TRUE;
    return datasets == NULL;
}

/* Rows that are compared by all they say, once more as if they had said nothing of `seen`: so late
 * ones of the import do. */
static void meet_late(struct plx_settling *s, guint32 *met)
{
    for (guint32 i = 0; i < s->rows.n; i++) {
        const gboolean hidden = plx_alike_is_hidden(&s->import->alike, &s->rows, i);
        if (met[i] != PLX_NO_MATCH || !says_seen(s, i) || (s->by_key && !hidden))
            continue;
        struct plx_content there = s->contents[i];
        plx_content_forget_seen(&s->rows, i, &there);
        if (hidden)
            memcpy(there.key, there.content, sizeof there.key);
        plx_match_meet(s->mine, &there, 1, &met[i]);
        if (met[i] != PLX_NO_MATCH && !(s->fate[met[i]] & PLX_FATE_LATE))
            met[i] = PLX_NO_MATCH;
    }
}

static gboolean meet_others(struct plx_settling *s, GError **error)
{
    gint64 inbox;
    plx_store *const store = s->import->store;
    g_autoptr(GPtrArray) others = plx_shelf_list(store->db, 0, error);
    if (!others || !plx_db_number(store->db,
                                  "SELECT coalesce(max(id), 0) FROM import WHERE kind = 'inbox' "
                                  "AND state = 'done'",
                                  &inbox, error))
        return FALSE;
    const guint32 n = plx_words_size(store->words, PLX_WORD_DATASET) + 1;
    g_autofree guint8 *datasets = find_datasets(s, n);
    g_autofree guint32 *met = g_new(guint32, PLX_BATCH_ROWS);
    for (guint b = 0; b < others->len; b++) {
        const struct plx_shelf_block *const block = others->pdata[b];
        if (block->import == inbox || !may_meet(block, datasets, n))
            continue;
        if (!plx_import_goes_on(s->import, error) || (!s->mine && !read_mine(s, error)) ||
            !plx_settling_read(s, block, s->with_encounter, error))
            return FALSE;
        plx_match_meet(s->mine, s->contents, s->rows.n, met);
        if (plx_import_has_late(s->import))
            meet_late(s, met);
        for (guint32 i = 0; i < s->rows.n; i++)
            if (met[i] != PLX_NO_MATCH)
                meet(s, block, i, met[i]);
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

/* Is a row of this fate left out? Of those compared by all they say only when that was asked for.
 */
static gboolean drops(const struct plx_settling *s, guint8 fate)
{
    const gboolean only_new = s->import->repeat == PLX_REPEAT_ONLY_NEW;
    if (fate & PLX_FATE_KNOWN)
        return only_new || !(fate & PLX_FATE_LIKE);
    return only_new && fate & PLX_FATE_OTHER;
}

static gboolean drop_known(struct plx_settling *s, GError **error)
{
    g_autofree guint8 *keep = g_new(guint8, PLX_BATCH_ROWS);
    const guint8 *fate = s->fate;
    for (guint b = 0; b < s->blocks->len; b++) {
        const struct plx_shelf_block *const block = s->blocks->pdata[b];
        gboolean any = FALSE;
        for (guint32 i = 0; i < block->rows; i++) {
            keep[i] = !drops(s, fate[i]);
            any |= !keep[i];
        }
        fate += block->rows;
        if (any && (!plx_settling_read(s, block, FALSE, error) ||
                    !plx_settling_rewrite(s, block, keep, error)))
            return FALSE;
    }
    return TRUE;
}

static gboolean refuse(const struct plx_settling *s, GError **error)
{
    const struct plx_import *const import = s->import;
    const struct plx_import_options said = {.file = import->file, .dataset = import->dataset};
    if (s->n_conflicts > 0 && import->repeat == PLX_REPEAT_REFUSE) {
        g_autofree char *example = plx_engine_example(s->example, s->example_time);
        return plx_engine_differs(error, &said, s->n_conflicts, example);
    }
    return 2 * s->n_same <= s->n_like || import->repeat == PLX_REPEAT_ONLY_NEW ||
           plx_engine_recurs(error, &said, s->n_same, s->n_like, s->by_key);
}

static gboolean judge(struct plx_settling *s, struct plx_import_outcome *outcome, GError **error)
{
    guint64 dropped = 0;
    if (!refuse(s, error))
        return FALSE;
    for (guint32 i = 0; i < s->n_mine; i++) {
        const gboolean drop = drops(s, s->fate[i]);
        outcome->repeated += s->fate[i] & PLX_FATE_KNOWN && !drop ? 1 : 0;
        dropped += drop ? 1 : 0;
    }
    outcome->known += dropped;
    outcome->replaced = s->import->repeat == PLX_REPEAT_REPLACE ? s->n_conflicts : 0;
    return dropped == 0 || drop_known(s, error);
}

static gboolean compare(struct plx_settling *s, struct plx_import_outcome *outcome, GError **error)
{
    struct plx_import *const import = s->import;
    const enum plx_import_keys keys = plx_import_keys_of(import);
    gint64 same;
    if (!find_same(import, &same, error))
        return FALSE;
    if (same && keys == PLX_KEYS_NONE && import->repeat == PLX_REPEAT_REFUSE)
        return plx_engine_same_rows(error, import->file, same);
    if (same && import->repeat != PLX_REPEAT_ALLOW) {
        outcome->same = TRUE;
        return TRUE;
    }
    if (keys == PLX_KEYS_NONE || import->repeat == PLX_REPEAT_ALLOW)
        return TRUE;
    s->by_key = s->with_encounter = keys == PLX_KEYS_ENCOUNTER;
    s->comparing = TRUE;
    if (!meet_others(s, error))
        return FALSE;
    plx_settling_end_reading(s);
    return !s->mine || judge(s, outcome, error);
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
    outcome->same = FALSE;
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
