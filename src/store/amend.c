/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/amend.h"

#include "base/json.h"
#include "map/scale_file.h"
#include "store/crc.h"

#include <string.h>

/* Scales as text ---------------------------------------------------------------------------- */

static void write_cut(plx_json *json, const char *key, gint8 value)
{
    if (value != PLX_NO_CUT)
        plx_json_integer(json, key, value);
}

static void write_labels(plx_json *json, const char *key, char *const *labels, guint n)
{
    if (!labels)
        return;
    plx_json_begin_array(json, key);
    for (guint i = 0; i < n; i++)
        plx_json_string(json, NULL, labels[i]);
    plx_json_end_array(json);
}

/* JSON is YAML: the reader of map files reads it back. */
static char *scale_text(const struct plx_scale *scale)
{
    GString *const out = g_string_new(NULL);
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "id", scale->id);
    plx_json_begin_object(json, "scale");
    plx_json_integer(json, "min", scale->min);
    plx_json_integer(json, "max", scale->max);
    write_cut(json, "floor", scale->floor);
    write_cut(json, "met", scale->met);
    write_cut(json, "desired", scale->desired);
    write_cut(json, "top", scale->top);
    plx_json_string(json, "direction", scale->down ? "down" : "up");
    if (scale->words || scale->sentences) {
        plx_json_begin_object(json, "labels");
        write_labels(json, "words", scale->words, plx_scale_width(scale));
        write_labels(json, "sentences", scale->sentences, plx_scale_width(scale));
        plx_json_end_object(json);
    }
    plx_json_end_object(json);
    plx_json_end_object(json);
    return g_string_free(out, FALSE);
}

static struct plx_scale *scale_of(const char *text, const char *name, GError **error)
{
    g_autoptr(plx_yaml) yaml = plx_yaml_read_memory(text, strlen(text), name, error);
    const char *id = NULL;
    if (!yaml || !plx_yaml_get_text(plx_yaml_root(yaml), "id", &id, error))
        return NULL;
    const struct plx_yaml_node *const scale =
        plx_yaml_require(plx_yaml_root(yaml), "a scale", "scale", error);
    return scale ? plx_scale_read(scale, id ? id : "scale", NULL, error) : NULL;
}

/* Reading ----------------------------------------------------------------------------------- */

static gint64 amendment_crc(const char *kind, const char *measure, const char *audience,
                            const char *value)
{
    g_autofree char *all = g_strdup_printf("%s\1%s\1%s\1%s", kind, measure ? measure : "",
                                           audience ? audience : "", value);
    return plx_crc(all, strlen(all));
}

static gboolean apply_scale(plx_map *map, const char *measure, const char *audience,
                            const char *value, const char *name, GError **error)
{
    const gint number = measure ? plx_map_find_measure(map, measure) : -1;
    struct plx_scale *const scale = number < 0 ? NULL : scale_of(value, name, error);
    if (number < 0)
        return TRUE; /* the map of today does not ask it any more */
    const gboolean ok = scale && plx_map_set_scale(map, (guint)number, audience, scale, error);
    plx_scale_free(scale);
    return ok;
}

static gboolean apply_row(plx_db *db, sqlite3_stmt *row, plx_map *map, GError **error)
{
    const char *const kind = (const char *)sqlite3_column_text(row, 0);
    const char *const measure = (const char *)sqlite3_column_text(row, 1);
    const char *const audience = (const char *)sqlite3_column_text(row, 2);
    const char *const value = (const char *)sqlite3_column_text(row, 3);
    if (!kind || !value ||
        sqlite3_column_int64(row, 4) != amendment_crc(kind, measure, audience, value))
        return plx_db_damaged(db, error, "what an import added to the map");
    if (strcmp(kind, "scale") == 0)
        return apply_scale(map, measure, audience, value, plx_db_path(db), error);
    g_autofree char *id = g_strndup(value, strcspn(value, ":"));
    return plx_map_find_audience(map, id) >= 0 || plx_map_declare(map, value, error);
}

gboolean plx_amend_apply(plx_db *db, plx_map *map, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(
        db, "SELECT kind, measure, audience, value, crc FROM amendment ORDER BY id", error);
    if (!statement)
        return FALSE;
    gint64 n = 0, expected;
    int code;
    for (; (code = plx_db_step(db, statement, error)) == SQLITE_ROW; n++) {
        if (!apply_row(db, statement, map, error)) {
            sqlite3_reset(statement);
            return FALSE;
        }
    }
    if (code != SQLITE_DONE ||
        !plx_db_number(db, "SELECT value FROM fact WHERE name = 'amendments'", &expected, error))
        return FALSE;
    return n == expected || plx_db_damaged(db, error, "what an import added to the map");
}

/* Writing ----------------------------------------------------------------------------------- */

static gboolean record(plx_db *db, const char *kind, const char *measure, const char *audience,
                       const char *value, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "INSERT INTO amendment (kind, measure, audience, value, crc) "
                       "VALUES (?1, ?2, ?3, ?4, ?5)",
                       error);
    if (!statement)
        return FALSE;
    sqlite3_bind_text(statement, 1, kind, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, measure, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 3, audience, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 4, value, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 5, amendment_crc(kind, measure, audience, value));
    return plx_db_run(db, statement, error) &&
           plx_db_execute(db, "UPDATE fact SET value = value + 1 WHERE name = 'amendments'", error);
}

static gboolean same_scale(const struct plx_scale *a, const struct plx_scale *b)
{
    return a == b || (a && b && plx_scale_same(a, b));
}

gboolean plx_amend_record_scale(const char *measure, const char *audience,
                                const struct plx_scale *scale, gpointer db, GError **error)
{
    g_autofree char *text = scale_text(scale);
    return record(db, "scale", measure, audience, text, error);
}

gboolean plx_amend_record(plx_db *db, const plx_map *base, const plx_map *now, GError **error)
{
    for (guint a = 0; a < now->n_audiences; a++) {
        const struct plx_audience *const audience = &now->audiences[a];
        const gint before = plx_map_find_audience(base, audience->id);
        g_autofree char *spec = g_strconcat(audience->id, audience->served ? ":served" : "",
                                            audience->protected_ ? ":protected" : "", NULL);
        if (before < 0 && !record(db, "declare", NULL, NULL, spec, error))
            return FALSE;
        const struct plx_scale *const old =
            before < 0 ? base->scales[0] : base->audiences[before].scale;
        if (!same_scale(old, audience->scale) &&
            !plx_amend_record_scale("level", audience->id, audience->scale, db, error))
            return FALSE;
    }
    for (guint m = 0; m < base->n_measures && m < now->n_measures; m++)
        if (!same_scale(base->measures[m].scale, now->measures[m].scale) &&
            !plx_amend_record_scale(now->measures[m].id, NULL, now->measures[m].scale, db, error))
            return FALSE;
    return TRUE;
}

static gboolean has_audience(const struct plx_amend_answered *answered, const char *id)
{
    const gint a = plx_map_find_audience(answered->map, id);
    return a >= 0 && answered->audiences[a];
}

static gboolean has_measure(const struct plx_amend_answered *answered, const char *id)
{
    const gint m = plx_map_find_measure(answered->map, id);
    return m >= 0 && answered->measures[m];
}

gboolean plx_amend_restore(const plx_map *own, const plx_map *now,
                           const struct plx_amend_answered *answered, plx_amend_tell tell,
                           gpointer data, GError **error)
{
    for (guint a = 0; a < now->n_audiences; a++) {
        const char *const id = now->audiences[a].id;
        const gint of_text = plx_map_find_audience(own, id);
        const struct plx_scale *const scale = of_text < 0 ? NULL : own->audiences[of_text].scale;
        if (scale && !has_audience(answered, id) && !same_scale(scale, now->audiences[a].scale) &&
            !tell("level", id, scale, data, error))
            return FALSE;
    }
    for (guint m = 0; m < own->n_measures && m < now->n_measures; m++)
        if (!has_measure(answered, own->measures[m].id) &&
            !same_scale(own->measures[m].scale, now->measures[m].scale) &&
            !tell(own->measures[m].id, NULL, own->measures[m].scale, data, error))
            return FALSE;
    return TRUE;
}

static gboolean refuse(const struct plx_scale *old, const struct plx_scale *scale, const char *who,
                       const char *instead, GError **error)
{
    return plx_error(error, PLX_ERROR_INPUT,
                     "%s on a scale from %d to %d here, and these answers are on one from %d to "
                     "%d%s: give them %s",
                     who, old->min, old->max, scale->min, scale->max,
                     old->min == scale->min && old->max == scale->max ? " with other cuts" : "",
                     instead);
}

static gboolean check_measure(const struct plx_measure_def *then, const struct plx_measure_def *now,
                              GError **error)
{
    g_autofree char *who = g_strdup_printf("%s was asked", then->id);
    return same_scale(then->scale, now->scale) ||
           refuse(then->scale, now->scale, who, "a measure of their own (in the map)", error);
}

static gboolean check_audiences(const plx_map *base, const plx_map *now, const gboolean *audiences,
                                const char *what, const char *instead, GError **error)
{
    for (guint a = 0; a < base->n_audiences; a++) {
        const gint after = plx_map_find_audience(now, base->audiences[a].id);
        const struct plx_scale *const old = base->audiences[a].scale;
        if ((audiences && !audiences[a]) || after < 0 ||
            same_scale(old, now->audiences[after].scale))
            continue;
        g_autofree char *who = g_strdup_printf("%s %s", base->audiences[a].id, what);
        return refuse(old, now->audiences[after].scale, who, instead, error);
    }
    return TRUE;
}

gboolean plx_amend_check_asked(const plx_map *base, const plx_map *now, const gboolean *audiences,
                               GError **error)
{
    return check_audiences(base, now, audiences,
                           "is asked, by a form that is open or begun or by a visit,",
                           "an audience of their own (in the map, or with --declare), or close the "
                           "form first",
                           error);
}

gboolean plx_amend_check(const plx_map *base, const plx_map *now, const gboolean *audiences,
                         const gboolean *measures, GError **error)
{
    if (!check_audiences(base, now, audiences, "answered",
                         "an audience of their own (in the map, or with --declare)", error))
        return FALSE;
    for (guint m = 0; m < base->n_measures && m < now->n_measures; m++)
        if ((!measures || measures[m]) &&
            !check_measure(&base->measures[m], &now->measures[m], error))
            return FALSE;
    return TRUE;
}
