/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/answer_cache.h"

#include "store/answer_blob.h"

#include <sodium.h>

/* Questions --------------------------------------------------------------------------------- */

static void write_split(const struct plx_split *split, GString *out)
{
    g_string_append_printf(out, "/split %d %d \"%s\"", split->kind, split->dim,
                           split->segment ? split->segment : "");
    for (guint i = 0; split->merge && split->merge[i]; i++)
        g_string_append_printf(out, " %" G_GSIZE_FORMAT ":%s", strlen(split->merge[i]),
                               split->merge[i]);
}

/* Answers to all needs at once; to one of several, with subjects that are not its own: days only
 * where it was the first. */
static const char *const WHOLE = "answers/1";
static const char *const FIRST = "first/1";
static const char *const PART = "part/1";

/* What is asked, of which audiences on which scales: everything the answer depends on beside the
 * workspace's rows and map. */
static GBytes *question_of(const plx_map *map, const char *kind, const struct plx_need *needs,
                           guint n_needs)
{
    g_autoptr(GString) text = g_string_new(kind);
    for (guint a = 0; a < map->n_audiences; a++)
        g_string_append_printf(text, " %s:%d-%d", map->audiences[a].id,
                               map->audiences[a].scale->min, map->audiences[a].scale->max);
    for (guint i = 0; i < n_needs; i++) {
        const struct plx_need *const need = &needs[i];
        g_string_append_printf(text, "\n%u %u %d %d ", need->kinds, need->measures, need->second,
                               need->first_unseen);
        plx_filter_write(need->filter, text);
        for (guint s = 0; s < need->n_splits; s++)
            write_split(&need->splits[s], text);
    }
    guint8 hash[32];
    crypto_generichash(hash, sizeof hash, (const guint8 *)text->str, text->len, NULL, 0);
    return g_bytes_new(hash, sizeof hash);
}

/* How much is kept --------------------------------------------------------------------------- */

/* Rows count up as they are put, or moved to the end because they were of use: those that begin are
 * the ones that nobody used for longest, as far as anything was written since. */
#define MOST_BYTES ((gint64)64 << 20)
/* How often what there is is summed up: that looks at a page of each answer. */
#define OFTEN 16
#define LARGE ((gsize)1 << 20)
/* Among the last so many an answer need not be moved. */
#define FRESH 512

/* The last stays in any case. `size`: of what was just put. */
static gboolean make_room(plx_db *db, gsize size, GError **error)
{
    if (size < LARGE && sqlite3_last_insert_rowid(plx_db_handle(db)) % OFTEN != 0)
        return TRUE;
    sqlite3_stmt *const statement = plx_db_prepare(
        db,
        "DELETE FROM cache WHERE rowid < (SELECT max(rowid) FROM cache) AND rowid <= "
        "(SELECT max(rowid) FROM (SELECT rowid, sum(length(answer)) OVER (ORDER BY rowid DESC) "
        "AS bytes FROM cache) WHERE bytes > ?1)",
        error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, MOST_BYTES);
    return plx_db_run(db, statement, error);
}

static gboolean touch(plx_db *db, GBytes *question, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "UPDATE cache SET rowid = (SELECT max(rowid) FROM cache) + 1 "
                       "WHERE question = ?1 AND rowid <= (SELECT max(rowid) FROM cache) - ?2",
                       error);
    if (!statement)
        return FALSE;
    sqlite3_bind_blob64(statement, 1, g_bytes_get_data(question, NULL), g_bytes_get_size(question),
                        SQLITE_STATIC);
    sqlite3_bind_int64(statement, 2, FRESH);
    return plx_db_run(db, statement, error);
}

gboolean plx_answer_cache_touch(plx_db *db, const plx_map *map, const struct plx_need *needs,
                                guint n_needs, GError **error)
{
    g_autoptr(GBytes) question = question_of(map, WHOLE, needs, n_needs);
    return touch(db, question, error);
}

gboolean plx_answer_cache_touch_part(plx_db *db, const plx_map *map, const struct plx_need *need,
                                     gboolean first, GError **error)
{
    g_autoptr(GBytes) question = question_of(map, first ? FIRST : PART, need, 1);
    return touch(db, question, error);
}

/* Answers ----------------------------------------------------------------------------------- */

static gboolean get(plx_db *db, const plx_map *map, gint64 generation, GBytes *question,
                    struct plx_answer **answer, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(
        db, "SELECT answer FROM cache WHERE question = ?1 AND generation = ?2", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_blob64(statement, 1, g_bytes_get_data(question, NULL), g_bytes_get_size(question),
                        SQLITE_STATIC);
    sqlite3_bind_int64(statement, 2, generation);
    const int code = plx_db_step(db, statement, error);
    gboolean ok = code != 0;
    struct plx_answer *found = NULL;
    if (code == SQLITE_ROW)
        ok = plx_answer_decode(sqlite3_column_blob(statement, 0),
                               (gsize)sqlite3_column_bytes(statement, 0), map, &found, error);
    sqlite3_reset(statement);
    if (ok)
        *answer = found;
    return ok;
}

gboolean plx_answer_cache_get(plx_db *db, const plx_map *map, gint64 generation,
                              const struct plx_need *needs, guint n_needs,
                              struct plx_answer **answer, GError **error)
{
    g_autoptr(GBytes) question = question_of(map, WHOLE, needs, n_needs);
    return get(db, map, generation, question, answer, error);
}

gboolean plx_answer_cache_get_part(plx_db *db, const plx_map *map, gint64 generation,
                                   const struct plx_need *need, gboolean first,
                                   struct plx_answer **answer, GError **error)
{
    g_autoptr(GBytes) question = question_of(map, first ? FIRST : PART, need, 1);
    return get(db, map, generation, question, answer, error);
}

gboolean plx_answer_cache_takes(const struct plx_need *needs, guint n_needs)
{
    for (guint i = 0; i < n_needs; i++)
        if (needs[i].kinds & PLX_NEED_LINKED)
            return FALSE;
    return TRUE;
}

static gboolean put(plx_db *db, const plx_map *map, gint64 generation, GBytes *question,
                    const struct plx_need *needs, const struct plx_answer *answer, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(
        db, "INSERT OR REPLACE INTO cache (question, generation, answer) VALUES (?1, ?2, ?3)",
        error);
    if (!statement)
        return FALSE;
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    plx_answer_encode(answer, map, needs, bytes);
    sqlite3_bind_blob64(statement, 1, g_bytes_get_data(question, NULL), g_bytes_get_size(question),
                        SQLITE_STATIC);
    sqlite3_bind_int64(statement, 2, generation);
    sqlite3_bind_blob64(statement, 3, bytes->data, bytes->len, SQLITE_STATIC);
    return plx_db_run(db, statement, error) && make_room(db, bytes->len, error);
}

gboolean plx_answer_cache_drop_old(plx_db *db, gint64 generation, GError **error)
{
    sqlite3_stmt *const old = plx_db_prepare(db, "DELETE FROM cache WHERE generation <> ?1", error);
    if (!old)
        return FALSE;
    sqlite3_bind_int64(old, 1, generation);
    return plx_db_run(db, old, error);
}

gboolean plx_answer_cache_put(plx_db *db, const plx_map *map, gint64 generation,
                              const struct plx_need *needs, guint n_needs,
                              const struct plx_answer *answer, GError **error)
{
    if (!plx_answer_cache_drop_old(db, generation, error))
        return FALSE;
    if (!plx_answer_cache_takes(needs, n_needs))
        return TRUE;
    g_autoptr(GBytes) question = question_of(map, WHOLE, needs, n_needs);
    return put(db, map, generation, question, needs, answer, error);
}

gboolean plx_answer_cache_put_part(plx_db *db, const plx_map *map, gint64 generation,
                                   const struct plx_need *need, gboolean first,
                                   const struct plx_answer *answer, guint table, GError **error)
{
    struct plx_answer part = *answer;
    part.tables = &answer->tables[table];
    part.n_tables = 1;
    g_autoptr(GBytes) question = question_of(map, first ? FIRST : PART, need, 1);
    return put(db, map, generation, question, need, &part, error);
}
