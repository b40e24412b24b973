/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Anonymous answers that wait for others. */
#include "store/crc.h"
#include "store/forms_private.h"

#include <sodium.h>
#include <string.h>

#define ID_BYTES 16
#define DAMAGED "answers that wait to be sealed"

static gint64 answer_crc(const char *audience, const char *body)
{
    g_autofree char *all = g_strconcat(audience, "\1", body, NULL);
    return plx_crc(all, strlen(all));
}

static gboolean insert(plx_db *db, const char *audience, const char *body, GError **error)
{
    guint8 id[ID_BYTES];
    sqlite3_stmt *const statement = plx_db_prepare(
        db, "INSERT INTO sealing (id, audience, body, crc) VALUES (?1, ?2, ?3, ?4)", error);
    if (!statement)
        return FALSE;
    randombytes_buf(id, sizeof id);
    sqlite3_bind_blob(statement, 1, id, sizeof id, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, audience, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 3, body, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 4, answer_crc(audience, body));
    return plx_db_run(db, statement, error);
}

static gboolean count(plx_db *db, GError **error)
{
    return plx_db_execute(db,
                          "UPDATE fact SET value = (SELECT count(*) FROM sealing) "
                          "WHERE name = 'sealing'",
                          error);
}

gboolean plx_sealing_add(plx_db *db, const char *audience, const char *body, GError **error)
{
    /* Prepared once: with every form that is completed. */
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "UPDATE fact SET value = value + 1 WHERE name = 'sealing'", error);
    return statement && insert(db, audience, body, error) && plx_db_run(db, statement, error);
}

/* Reading ------------------------------------------------------------------------------------ */

struct answer {
    char *audience, *body;
};

static void free_answer(gpointer data)
{
    struct answer *const answer = data;
    g_free(answer->audience);
    g_free(answer->body);
    g_free(answer);
}

static struct answer *read_row(sqlite3_stmt *row)
{
    const char *const audience = (const char *)sqlite3_column_text(row, 0);
    const char *const body = (const char *)sqlite3_column_text(row, 1);
    if (!audience || !body || sqlite3_column_int64(row, 2) != answer_crc(audience, body))
        return NULL;
    struct answer *const answer = g_new(struct answer, 1);
    answer->audience = g_strdup(audience);
    answer->body = g_strdup(body);
    return answer;
}

/* All that wait, an audience after the other, each in the order of its random numbers, which is a
 * shuffled one: struct answer. */
static GPtrArray *read_all(plx_db *db, GError **error)
{
    g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func(free_answer);
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "SELECT audience, body, crc, value FROM fact LEFT JOIN sealing "
                       "WHERE name = 'sealing' ORDER BY audience, id",
                       error);
    gint64 expected = -1;
    int code;
    if (!statement)
        return NULL;
    while ((code = plx_db_step(db, statement, error)) == SQLITE_ROW) {
        expected = sqlite3_column_int64(statement, 3);
        struct answer *const answer = read_row(statement);
        if (answer)
            g_ptr_array_add(answers, answer);
    }
    if (code == SQLITE_DONE && expected == answers->len)
        return g_steal_pointer(&answers);
    if (code == SQLITE_DONE)
        plx_db_damaged(db, error, DAMAGED);
    return NULL;
}

gboolean plx_sealing_check(plx_store *store, GError **error)
{
    g_autoptr(GPtrArray) answers = read_all(store->db, error);
    return answers != NULL;
}

gboolean plx_forms_waiting(plx_store *store, gint64 *answers, GError **error)
{
    return plx_db_number(store->db, "SELECT count(*) FROM sealing", answers, error);
}

GPtrArray *plx_forms_waiting_audiences(plx_store *store, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(store->db, "SELECT DISTINCT audience FROM sealing", error);
    if (!statement)
        return NULL;
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    int step;
    while ((step = plx_db_step(store->db, statement, error)) == SQLITE_ROW)
        g_ptr_array_add(ids, g_strdup((const char *)sqlite3_column_text(statement, 0)));
    sqlite3_reset(statement);
    return step == SQLITE_DONE ? g_steal_pointer(&ids) : NULL;
}

static gboolean count_with(plx_db *db, const char *sql, const char *text, gint64 *answers,
                           GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(db, sql, error);
    if (!statement)
        return FALSE;
    sqlite3_bind_text(statement, 1, text, -1, SQLITE_STATIC);
    if (plx_db_step(db, statement, error) != SQLITE_ROW)
        return FALSE;
    *answers = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    return TRUE;
}

gboolean plx_forms_waiting_of(plx_store *store, const char *audience, gint64 *answers,
                              GError **error)
{
    return count_with(store->db, "SELECT count(*) FROM sealing WHERE audience = ?1", audience,
                      answers, error);
}

gboolean plx_forms_waiting_with(plx_store *store, const char *measure, gint64 *answers,
                                GError **error)
{
    g_autofree char *line = g_strdup_printf("\nvalue\t%s\t", measure);
    return count_with(store->db, "SELECT count(*) FROM sealing WHERE instr(body, ?1) > 0", line,
                      answers, error);
}

/* Releasing ---------------------------------------------------------------------------------- */

/* So many of an audience make it a crowd: one, where all of them agreed to be shown (`named`), as
 * nobody is hidden among others then; 0: nobody has the audience, its answers go on waiting. */
static guint minimum_of(const plx_store *store, const char *audience)
{
    const gint a = plx_map_find_audience(store->map, audience);
    if (a < 0)
        return 0;
    return store->map->audiences[a].named ? 1 : MAX(1, store->map->audiences[a].minimum);
}

/* Answers from..to-1 are of one audience: into the inbox when they are enough (*released), else to
 * those that stay. */
static gboolean take_audience(plx_store *store, GPtrArray *answers, guint from, guint to,
                              plx_forms_append append, gpointer data, GPtrArray *stay,
                              guint *released, GError **error)
{
    const struct answer *const first = answers->pdata[from];
    const guint minimum = minimum_of(store, first->audience);
    if (minimum == 0 || to - from < minimum) {
        for (guint i = from; i < to; i++)
            g_ptr_array_add(stay, answers->pdata[i]);
        return TRUE;
    }
    g_autofree const char **bodies = g_new(const char *, to - from);
    for (guint i = from; i < to; i++)
        bodies[i - from] = ((const struct answer *)answers->pdata[i])->body;
    *released += to - from;
    return append(store, bodies, to - from, data, error);
}

/* Where a row stands on a page tells when it came, whatever its id: all are written anew, in the
 * order of their ids of before, under new ones. */
static gboolean put_back(plx_db *db, const GPtrArray *stay, GError **error)
{
    if (!plx_db_execute(db, "DELETE FROM sealing", error))
        return FALSE;
    for (guint i = 0; i < stay->len; i++) {
        const struct answer *const answer = stay->pdata[i];
        if (!insert(db, answer->audience, answer->body, error))
            return FALSE;
    }
    return count(db, error);
}

gboolean plx_forms_release_within(plx_store *store, plx_forms_append append, gpointer data,
                                  guint *released, GError **error)
{
    guint n = 0;
    g_autoptr(GPtrArray) stay = g_ptr_array_new();
    g_autoptr(GPtrArray) answers = read_all(store->db, error);
    if (!answers)
        return FALSE;
    for (guint from = 0, to; from < answers->len; from = to) {
        const char *const audience = ((const struct answer *)answers->pdata[from])->audience;
        for (to = from; to < answers->len; to++)
            if (strcmp(((const struct answer *)answers->pdata[to])->audience, audience) != 0)
                break;
        if (!take_audience(store, answers, from, to, append, data, stay, &n, error))
            return FALSE;
    }
    if (answers->len > 0 && !put_back(store->db, stay, error))
        return FALSE;
    *released = n;
    return TRUE;
}
