/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What rows of different imports say, so that it can be compared: under today's map, and without
 * keys that were made up for people nobody is to find. */

#include "store/import_settling.h"

static const enum plx_dim TODAY[] = {PLX_DIM_AUDIENCE, PLX_DIM_SUBJECT, PLX_DIM_JOURNEY};

/* Codes of what is one subject today (renamed, merged) become the first of them. */
static guint32 *subjects_today(const GArray *subjects)
{
    g_autoptr(GHashTable) first = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    guint32 *const to = g_new0(guint32, subjects->len);
    for (guint32 code = 1; code < subjects->len; code++) {
        const struct plx_subject *const subject =
            &g_array_index(subjects, struct plx_subject, code);
        char *const name = g_strdup_printf("%u:%s", (guint)subject->kind, subject->id);
        const guint32 known = GPOINTER_TO_UINT(g_hash_table_lookup(first, name));
        to[code] = known ? known : code;
        g_hash_table_replace(first, name, GUINT_TO_POINTER(to[code]));
    }
    return to;
}

void plx_settling_alike_clear(struct plx_settling *s)
{
    g_clear_pointer(&s->subject, g_free);
    for (gsize k = 0; k < G_N_ELEMENTS(TODAY); k++)
        g_clear_pointer(&s->today[k], g_free);
}

gboolean plx_settling_is_hidden(const struct plx_settling *s, guint32 row)
{
    const guint32 *const column = s->rows.dim[PLX_DIM_AUDIENCE];
    const guint32 code = column ? s->lexicon->to[PLX_DIM_AUDIENCE][column[row]] : 0;
    return code > 0 &&
           s->import->store->map->audiences[code - 1].identity == PLX_IDENTITY_ANONYMOUS;
}

void plx_settling_alike(struct plx_settling *s)
{
    guint32 *own[G_N_ELEMENTS(TODAY)];
    if (!s->subject)
        s->subject = subjects_today(s->lexicon->dims.subjects);
    for (gsize k = 0; k < G_N_ELEMENTS(TODAY); k++) {
        const enum plx_dim dim = TODAY[k];
        const guint32 *const to = dim == PLX_DIM_SUBJECT ? s->subject : s->lexicon->to[dim];
        own[k] = s->rows.dim[dim];
        if (!own[k])
            continue;
        if (!s->today[k])
            s->today[k] = g_new(guint32, PLX_BATCH_ROWS);
        for (guint32 i = 0; i < s->rows.n; i++)
            s->today[k][i] = to[own[k][i]];
        s->rows.dim[dim] = s->today[k];
    }
    plx_content_of(&s->rows, s->import->measure_code, s->by_key, s->contents);
    for (gsize k = 0; k < G_N_ELEMENTS(TODAY); k++)
        s->rows.dim[TODAY[k]] = own[k];
    for (guint32 i = 0; s->by_key && i < s->rows.n; i++)
        if (plx_settling_is_hidden(s, i))
            plx_content_forget_keys(&s->rows, i, &s->contents[i]);
}

/* Whole files ------------------------------------------------------------------------------- */

static gboolean sum_of(struct plx_settling *s, const GPtrArray *blocks, guint64 sum[2],
                       GError **error)
{
    sum[0] = sum[1] = 0;
    for (guint b = 0; b < blocks->len; b++) {
        if (!plx_settling_read(s, blocks->pdata[b], error))
            return FALSE;
        plx_settling_alike(s);
        plx_content_sum(s->contents, s->rows.n, sum);
    }
    return TRUE;
}

/* Imports without keys of the data set that have as many rows: their ids. */
static GArray *list_as_large(struct plx_settling *s, GError **error)
{
    plx_db *const db = s->import->store->db;
    guint64 n = 0;
    for (guint b = 0; b < s->blocks->len; b++)
        n += ((const struct plx_shelf_block *)s->blocks->pdata[b])->rows;
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "SELECT id FROM import WHERE state = 'done' AND keys = 'none' AND "
                       "dataset = ?1 AND observations = ?2 ORDER BY id",
                       error);
    if (!statement)
        return NULL;
    sqlite3_bind_text(statement, 1, s->import->dataset, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 2, (gint64)n);
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    int code;
    while ((code = plx_db_step(db, statement, error)) == SQLITE_ROW) {
        const gint64 id = sqlite3_column_int64(statement, 0);
        g_array_append_val(ids, id);
    }
    return code == SQLITE_DONE ? g_steal_pointer(&ids) : NULL;
}

gboolean plx_settling_find_same(struct plx_settling *s, gint64 *same, GError **error)
{
    gint64 maps;
    guint64 mine[2], other[2];
    if (!plx_db_number(s->import->store->db, "SELECT value FROM fact WHERE name = 'maps'", &maps,
                       error))
        return FALSE;
    *same = 0;
    if (maps == 1)
        return TRUE; /* what is kept of files was worked out under it */
    g_autoptr(GArray) ids = list_as_large(s, error);
    if (!ids || !sum_of(s, s->blocks, mine, error))
        return FALSE;
    for (guint i = 0; i < ids->len && *same == 0; i++) {
        const gint64 id = g_array_index(ids, gint64, i);
        g_autoptr(GPtrArray) blocks = plx_shelf_list(s->import->store->db, id, error);
        if (!blocks || !sum_of(s, blocks, other, error))
            return FALSE;
        if (mine[0] == other[0] && mine[1] == other[1])
            *same = id;
    }
    return TRUE;
}
