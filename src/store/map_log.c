/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/map_log.h"

#include "base/error.h"
#include "base/json.h"
#include "map/map_file.h"
#include "map/map_same.h"
#include "store/amend.h"
#include "store/crc.h"
#include "store/forms.h"
#include "store/import_private.h"
#include "store/inbox_private.h"
#include "store/own_scales.h"
#include "store/usage.h"

#include <string.h>

/* What has answers -------------------------------------------------------------------------- */

static enum plx_thing thing_of(guint kind, const struct plx_word_entry *word)
{
    static const enum plx_thing subjects[] = {PLX_THING_MAP, PLX_THING_POINT, PLX_THING_JOURNEY,
                                              PLX_THING_TASK, PLX_THING_PROMISE};
    return kind == PLX_WORD_AUDIENCE  ? PLX_THING_AUDIENCE
           : kind == PLX_WORD_JOURNEY ? PLX_THING_JOURNEY
                                      : subjects[word->about];
}

static void add_data(GArray *data, enum plx_thing thing, const char *id, guint64 n)
{
    for (guint i = 0; i < data->len; i++) {
        struct plx_map_data *const entry = &g_array_index(data, struct plx_map_data, i);
        if (entry->kind == thing && strcmp(entry->id, id) == 0) {
            entry->count += n; /* a journey alone, and as a context */
            return;
        }
    }
    const struct plx_map_data entry = {thing, id, n};
    g_array_append_val(data, entry);
}

static GArray *data_of(const plx_store *store, const struct plx_usage *usage)
{
    static const guint kinds[] = {PLX_WORD_AUDIENCE, PLX_WORD_SUBJECT, PLX_WORD_JOURNEY};
    GArray *const data = g_array_new(FALSE, FALSE, sizeof(struct plx_map_data));
    for (gsize k = 0; k < G_N_ELEMENTS(kinds); k++) {
        for (guint32 code = 1; code <= plx_words_size(store->words, kinds[k]); code++) {
            const struct plx_word_entry *const word = plx_words_get(store->words, kinds[k], code);
            const guint64 n = g_array_index(usage->count[kinds[k]], guint64, code);
            if (n > 0)
                add_data(data, thing_of(kinds[k], word), word->text, n);
        }
    }
    for (guint32 code = 1; code <= plx_words_size(store->words, PLX_WORD_MEASURE); code++)
        if (usage->measure[code - 1] > 0)
            add_data(data, PLX_THING_MEASURE,
                     plx_words_get(store->words, PLX_WORD_MEASURE, code)->text,
                     usage->measure[code - 1]);
    return data;
}

/* Is a measure asked on `map` as before? */
static gboolean is_kept(const struct plx_measure_def *then, const plx_map *map)
{
    const gint m = plx_map_find_measure(map, then->id);
    return m >= 0 && plx_scale_same(map->measures[m].scale, then->scale) &&
           map->measures[m].subjects == then->subjects;
}

/* Of measures that change: what they say has to be read by its scale later. */
static gboolean add_waiting_measures(plx_store *store, const plx_map *map, GArray *data,
                                     GError **error)
{
    for (guint m = 0; m < store->base->n_measures; m++) {
        const char *const id = store->base->measures[m].id;
        gint64 n;
        if (is_kept(&store->base->measures[m], map))
            continue;
        if (!plx_forms_waiting_with(store, id, &n, error))
            return FALSE;
        if (n > 0)
            add_data(data, PLX_THING_MEASURE, id, (guint64)n);
    }
    return TRUE;
}

/* Answers that wait until there are enough of their audience: they come under it later, by the id
 * that it had then. `ids`, of all that some wait of, must outlive `data`. What no audience claims
 * comes nowhere: no map can change that. */
static gboolean add_waiting(plx_store *store, const plx_map *map, const GPtrArray *ids,
                            GArray *data, GError **error)
{
    for (guint i = 0; i < ids->len; i++) {
        const char *const id = ids->pdata[i];
        gint64 n;
        if (plx_map_find_audience(store->base, id) < 0)
            continue;
        if (!plx_forms_waiting_of(store, id, &n, error))
            return FALSE;
        add_data(data, PLX_THING_AUDIENCE, id, (guint64)n);
    }
    return ids->len == 0 || add_waiting_measures(store, map, data, error);
}

/* Applying ---------------------------------------------------------------------------------- */

static char *changes_text(const GPtrArray *changes)
{
    GString *const out = g_string_new(NULL);
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_map_changes_json(json, NULL, changes);
    return g_string_free(out, FALSE);
}

static GPtrArray *compare(plx_store *store, const plx_map *map, GError **error)
{
    struct plx_usage usage;
    if (!plx_usage_read(store, &usage, error))
        return NULL;
    g_autoptr(GPtrArray) waiting = plx_forms_waiting_audiences(store, error);
    g_autoptr(GArray) data = data_of(store, &usage);
    GPtrArray *changes = NULL;
    if (waiting && add_waiting(store, map, waiting, data, error))
        changes = plx_map_compare(
            store->base, map, (const struct plx_map_data *)(gpointer)data->data, data->len, error);
    plx_usage_clear(&usage);
    return changes;
}

/* Those who answered were promised from how many on they are shown. */
static gboolean check_guards(const plx_map *before, const plx_map *after, const char *name,
                             GError **error)
{
    const char *const loosened = plx_map_loosened(before, after);
    return !loosened ||
           plx_error(error, PLX_ERROR_USAGE,
                     "%s would hide answers of \"%s\" less (minimum, protected, named) than was "
                     "said or is usual, which is for administrators to do; nothing was done",
                     name, loosened);
}

static GPtrArray *apply(plx_store *store, const plx_map *map, const char *yaml, const char *name,
                        const struct plx_map_terms *terms, struct plx_store_map_stamp *stamp,
                        GError **error)
{
    g_autoptr(GPtrArray) changes = compare(store, map, error);
    if (changes && terms->guarded && !check_guards(store->base, map, name, error))
        return NULL;
    if (!changes || terms->dry_run || changes->len == 0)
        return changes && plx_store_read_stamp(store, stamp, error) ? g_steal_pointer(&changes)
                                                                    : NULL;
    g_autofree char *text = changes_text(changes);
    g_autofree char *file = g_path_get_basename(name);
    plx_store_doing(store, "%s, %u %s", file, changes->len,
                    changes->len == 1 ? "change" : "changes");
    const gboolean ok =
        plx_import_sums_renew(store, store->base, map, error) &&
        plx_store_put_map(store->db, yaml, name, text, error) &&
        plx_db_execute(store->db, "UPDATE fact SET value = value + 1 WHERE name = 'maps'", error) &&
        plx_store_changed(store, 0, error) && plx_store_read_stamp(store, stamp, error);
    return ok ? g_steal_pointer(&changes) : NULL;
}

/* The store as the file has it; and scales that imports brought to those who have no answers (any
 * more) give way to what this map's text says. */
static gboolean make_current(plx_store *store, const char *yaml, const char *name, GError **error)
{
    gint64 generation;
    guint64 sealed;
    return plx_inbox_seal_within(store, &sealed, error) &&
           plx_store_refresh(store, &generation, error) && plx_store_reload_base(store, error) &&
           plx_own_scales_restore(store, yaml, name, error);
}

/* Is this map still the one in force? 0: any is. */
static gboolean is_in_force(plx_store *store, gint64 onto, gboolean *is, GError **error)
{
    gint64 number = 0;
    if (onto > 0 && !plx_map_log_number(store, &number, error))
        return FALSE;
    *is = number == onto;
    return TRUE;
}

gboolean plx_map_log_apply(plx_store *store, const char *yaml, const char *name, gboolean dry_run,
                           GPtrArray **changes, GError **error)
{
    const struct plx_map_terms terms = {.dry_run = dry_run};
    return plx_map_log_apply_on(store, yaml, name, &terms, changes, error);
}

gboolean plx_map_log_apply_on(plx_store *store, const char *yaml, const char *name,
                              const struct plx_map_terms *terms, GPtrArray **changes,
                              GError **error)
{
    g_autoptr(plx_map) map = plx_map_read_memory(yaml, strlen(yaml), name, error);
    if (!map || !plx_db_begin_write(store->db, error))
        return FALSE;
    g_autoptr(GPtrArray) found = NULL;
    struct plx_store_map_stamp stamp = {0};
    gboolean in_force = TRUE;
    if (is_in_force(store, terms->onto, &in_force, error) && in_force &&
        make_current(store, yaml, name, error) && plx_amend_apply(store->db, map, error))
        found = apply(store, map, yaml, name, terms, &stamp, error);
    const gboolean keep = found && !terms->dry_run && found->len > 0;
    if (!plx_store_end(store, keep, error) && keep)
        return FALSE;
    if (!in_force)
        *changes = NULL;
    if (!found)
        return !in_force;
    if (!terms->dry_run) {
        if (!plx_store_reload_base(store, error))
            return FALSE;
        plx_map_free(store->map);
        store->map = g_steal_pointer(&map);
        store->stamp = stamp;
    }
    *changes = g_steal_pointer(&found);
    return TRUE;
}

/* Looking back ------------------------------------------------------------------------------ */

static void free_entry(gpointer data)
{
    struct plx_map_log_entry *const entry = data;
    g_free(entry->applied);
    g_free(entry->name);
    g_free(entry->changes);
    g_free(entry->by);
    g_free(entry);
}

GPtrArray *plx_map_log_list(plx_store *store, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(
        store->db,
        "SELECT number, applied, name, changes, (SELECT CASE WHEN actor LIKE 'account %' THEN "
        "coalesce((SELECT login FROM account WHERE id = CAST(substr(actor, 9) AS INTEGER)), actor) "
        "ELSE actor END FROM audit WHERE act IN ('map apply', 'map adopt') AND "
        "abs(strftime('%s', time) - strftime('%s', applied)) <= 1 ORDER BY id DESC LIMIT 1) "
        "FROM map ORDER BY number",
        error);
    if (!statement)
        return NULL;
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_entry);
    int code;
    while ((code = plx_db_step(store->db, statement, error)) == SQLITE_ROW) {
        struct plx_map_log_entry *const entry = g_new0(struct plx_map_log_entry, 1);
        entry->number = sqlite3_column_int64(statement, 0);
        entry->applied = g_strdup((const char *)sqlite3_column_text(statement, 1));
        entry->name = g_strdup((const char *)sqlite3_column_text(statement, 2));
        entry->changes = g_strdup((const char *)sqlite3_column_text(statement, 3));
        entry->by = g_strdup((const char *)sqlite3_column_text(statement, 4));
        g_ptr_array_add(list, entry);
    }
    return code == SQLITE_DONE ? g_steal_pointer(&list) : NULL;
}

char *plx_map_log_text(plx_store *store, gint64 number, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(
        store->db, "SELECT yaml FROM map WHERE ?1 = 0 OR number = ?1 ORDER BY number DESC LIMIT 1",
        error);
    if (!statement)
        return NULL;
    sqlite3_bind_int64(statement, 1, number);
    const int code = plx_db_step(store->db, statement, error);
    if (code == SQLITE_DONE && number > 0)
        plx_error(error, PLX_ERROR_NOT_FOUND,
                  "there is no map %" G_GINT64_FORMAT " (parallax map log)", number);
    else if (code == SQLITE_DONE)
        plx_db_damaged(store->db, error, "it has no map");
    if (code != SQLITE_ROW)
        return NULL;
    char *const text = g_strdup((const char *)sqlite3_column_text(statement, 0));
    sqlite3_reset(statement);
    return text;
}

gboolean plx_map_log_number(plx_store *store, gint64 *number, GError **error)
{
    return plx_db_number(store->db, "SELECT max(number) FROM map", number, error);
}

gboolean plx_map_log_answers(plx_store *store, plx_map_answers visit, gpointer data, GError **error)
{
    struct plx_usage usage;
    if (!plx_usage_read(store, &usage, error))
        return FALSE;
    g_autoptr(GArray) counts = data_of(store, &usage);
    for (guint i = 0; i < counts->len; i++)
        visit(&g_array_index(counts, struct plx_map_data, i), data);
    plx_usage_clear(&usage);
    return TRUE;
}
