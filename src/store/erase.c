/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/erase.h"

#include "base/date.h"
#include "base/error.h"
#include "store/copies.h"
#include "store/sweep.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static char **texts_of(const plx_words *words, guint kind)
{
    const guint32 n = plx_words_size(words, kind);
    char **const texts = g_new0(char *, n + 1);
    for (guint32 code = 1; code <= n; code++)
        texts[code - 1] = g_strdup(plx_words_get(words, kind, code)->text);
    return texts;
}

char **plx_erase_datasets(const plx_store *store)
{
    return texts_of(store->words, PLX_WORD_DATASET);
}

char **plx_erase_audiences(const plx_store *store)
{
    return texts_of(store->words, PLX_WORD_AUDIENCE);
}

/* In one transaction, then out of the log as well. A dry run is taken back. */
static gboolean sweep(plx_store *store, const struct plx_sweep *sweep, gboolean dry_run,
                      gboolean (*worth)(plx_store *store, gconstpointer data), GError **error)
{
    guint64 gone;
    plx_db *const db = store->db;
    if (!plx_db_begin_write(db, error))
        return FALSE;
    const gboolean ok = plx_sweep_run(store, sweep, &gone, error) && worth(store, sweep->data);
    if (ok && dry_run) {
        plx_db_rollback(db);
        g_clear_pointer(&store->doing, g_free);
        store->stale = TRUE;
        return TRUE;
    }
    const gboolean indexed =
        ok && plx_db_execute(db, "INSERT INTO note_text (note_text) VALUES ('rebuild')", error);
    return plx_store_end(store, indexed, error) && plx_db_empty_log(db, error);
}

/* One respondent ---------------------------------------------------------------------------- */

struct erasing {
    guint64 *keys; /* as the file has them, sorted */
    gsize n;
    guint64 observations;
    GHashTable *encounters; /* their keys */
};

static int compare_keys(const void *a, const void *b)
{
    const guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;
    return x < y ? -1 : x > y;
}

static gboolean is_wanted(const struct erasing *erasing, const struct plx_rowset *rows, guint32 i)
{
    return (!rows->known || rows->known[i]) && bsearch(&rows->unit[i], erasing->keys, erasing->n,
                                                       sizeof *erasing->keys, compare_keys) != NULL;
}

static gboolean concerns_respondent(const struct plx_rowset *rows, gconstpointer data)
{
    for (guint32 i = 0; rows->known && i < rows->n; i++)
        if (is_wanted(data, rows, i))
            return TRUE;
    return FALSE;
}

static gboolean drop_respondent(struct plx_rowset *rows, gpointer data)
{
    struct erasing *const erasing = data;
    g_autofree guint8 *keep = g_new(guint8, rows->n);
    for (guint32 i = 0; i < rows->n; i++) {
        keep[i] = !is_wanted(erasing, rows, i);
        if (keep[i])
            continue;
        g_hash_table_add(erasing->encounters,
                         g_memdup2(&rows->encounter[i], sizeof rows->encounter[i]));
        erasing->observations++;
    }
    plx_rowset_keep(rows, keep);
    return TRUE;
}

static gboolean any_erased(plx_store *store, gconstpointer data)
{
    const struct erasing *const erasing = data;
    const guint encounters = g_hash_table_size(erasing->encounters);
    plx_store_doing(store, "%" G_GUINT64_FORMAT " %s of %u %s", erasing->observations,
                    erasing->observations == 1 ? "observation" : "observations", encounters,
                    encounters == 1 ? "encounter" : "encounters");
    return erasing->observations > 0;
}

gboolean plx_erase_respondent(plx_store *store, const guint64 *keys, gsize n, gboolean dry_run,
                              struct plx_erase_receipt *receipt, GError **error)
{
    g_autofree guint64 *own = g_new(guint64, n + 1);
    for (gsize i = 0; i < n; i++)
        own[i] = plx_store_key(store->secret, keys[i]);
    qsort(own, n, sizeof *own, compare_keys);
    g_autoptr(GHashTable) encounters =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    struct erasing erasing = {.keys = own, .n = n, .encounters = encounters};
    struct plx_sweep task = {
        .concerns = concerns_respondent, .change = drop_respondent, .data = &erasing};
    plx_want(&task.wanted, PLX_BLOCK_RUNS);
    plx_want(&task.wanted, PLX_BLOCK_ENCOUNTER);
    plx_want(&task.wanted, PLX_BLOCK_UNIT);
    plx_want(&task.wanted, PLX_BLOCK_KNOWN);
    g_autoptr(GError) cause = NULL;
    if (!sweep(store, &task, dry_run, any_erased, &cause)) {
        if (cause)
            g_propagate_error(error, g_steal_pointer(&cause));
        else
            plx_error(error, PLX_ERROR_NOT_FOUND, "no answers have this key");
        return FALSE;
    }
    GPtrArray *const copies = plx_copies_list(store->db, error);
    if (!copies)
        return FALSE;
    *receipt = (struct plx_erase_receipt){.time = plx_store_now(),
                                          .observations = erasing.observations,
                                          .encounters = g_hash_table_size(encounters),
                                          .copies = copies};
    return TRUE;
}

/* Traces before a day ----------------------------------------------------------------------- */

struct fading {
    gint64 before; /* seconds */
    guint32 day;   /* code of the clock "day" */
    guint8 nobody[PLX_SECRET_BYTES];
    guint64 observations;
};

static gboolean is_old(const struct fading *fading, const struct plx_rowset *rows, guint32 i)
{
    return rows->seconds[i] != PLX_NO_TIME && rows->seconds[i] < fading->before;
}

static gboolean number_day(plx_store *store, gpointer data, GError **error)
{
    struct fading *const fading = data;
    return plx_words_number(store->words, store->db, PLX_WORD_CLOCK, 0, "day", "day", &fading->day,
                            error);
}

static gboolean concerns_old(const struct plx_rowset *rows, gconstpointer data)
{
    for (guint32 i = 0; rows->seconds && i < rows->n; i++)
        if (is_old(data, rows, i))
            return TRUE;
    return FALSE;
}

static gboolean fade(struct plx_rowset *rows, gpointer data)
{
    struct fading *const fading = data;
    if (!rows->dim[PLX_DIM_CLOCK]) {
        rows->dim[PLX_DIM_CLOCK] = plx_rowset_column(rows);
        memset(rows->dim[PLX_DIM_CLOCK], 0, rows->n * sizeof(guint32));
    }
    guint32 *const clock = rows->dim[PLX_DIM_CLOCK];
    for (guint32 i = 0; i < rows->n; i++) {
        if (!is_old(fading, rows, i))
            continue;
        rows->seconds[i] = (gint64)plx_date_of_seconds(rows->seconds[i]) * PLX_DAY_SECONDS;
        clock[i] = fading->day;
        if (rows->known)
            rows->known[i] = 0;
        rows->encounter[i] = rows->unit[i] = plx_store_key(fading->nobody, rows->encounter[i]);
        fading->observations++;
    }
    return TRUE;
}

static gboolean tell_faded(plx_store *store, gconstpointer data)
{
    const struct fading *const fading = data;
    char day[PLX_DATE_SIZE];
    plx_store_doing(store, "before %s: %" G_GUINT64_FORMAT " %s",
                    plx_date_format(plx_date_of_seconds(fading->before), day), fading->observations,
                    fading->observations == 1 ? "observation" : "observations");
    return TRUE;
}

gboolean plx_erase_traces(plx_store *store, gint32 day, gboolean dry_run, guint64 *observations,
                          GError **error)
{
    struct fading fading = {.before = (gint64)day * PLX_DAY_SECONDS};
    struct plx_sweep task = {
        .begin = number_day, .concerns = concerns_old, .change = fade, .data = &fading};
    plx_want(&task.wanted, PLX_BLOCK_RUNS);
    plx_want(&task.wanted, PLX_BLOCK_SECONDS);
    randombytes_buf(fading.nobody, sizeof fading.nobody);
    const gboolean ok = sweep(store, &task, dry_run, tell_faded, error);
    sodium_memzero(fading.nobody, sizeof fading.nobody);
    if (ok)
        *observations = fading.observations;
    return ok;
}
