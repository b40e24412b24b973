/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The map of the memory engine: what imports add to it, and putting another one in force. */

#include "store/memory_private.h"

#include "base/error.h"
#include "map/map_change.h"
#include "map/map_file.h"
#include "map/map_item.h"
#include "map/map_owner.h"
#include "store/amend.h"

#include <string.h>

void plx_memory_amendment_free(struct plx_memory_amendment *amendment)
{
    g_free(amendment->declare);
    g_free(amendment->measure);
    g_free(amendment->audience);
    plx_scale_free(amendment->scale);
    g_free(amendment);
}

static gboolean amend(plx_map *map, const struct plx_memory_amendment *amendment, GError **error)
{
    if (amendment->declare) {
        g_autofree char *id = g_strndup(amendment->declare, strcspn(amendment->declare, ":"));
        return plx_map_find_audience(map, id) >= 0 ||
               plx_map_declare(map, amendment->declare, error);
    }
    const gint measure = plx_map_find_measure(map, amendment->measure);
    return measure < 0 ||
           plx_map_set_scale(map, (guint)measure, amendment->audience, amendment->scale, error);
}

plx_map *plx_memory_read_map(const struct plx_memory *self, const char *yaml, const char *name,
                             GError **error)
{
    g_autoptr(plx_map) map =
        *yaml ? plx_map_read_memory(yaml, strlen(yaml), name, error) : plx_map_new_open();
    for (guint i = 0; map && i < self->amendments->len; i++)
        if (!amend(map, self->amendments->pdata[i], error))
            return NULL;
    return g_steal_pointer(&map);
}

/* Titles ------------------------------------------------------------------------------------ */

/* Journeys in whose context points were met are spelled apart from those that are rated. */
static char *title_key(enum plx_subject_kind kind, const char *id)
{
    return g_strdup_printf("%d:%s", (int)kind, id);
}

const char *plx_memory_row_title(const struct plx_memory *self, const struct plx_memory_row *row)
{
    if (row->kind == PLX_SUBJECT_NONE)
        return "a note";
    const struct plx_owner owner =
        plx_map_resolve(self->map, row->kind, row->text[PLX_DIM_SUBJECT]);
    if (owner.state == PLX_OWNER_CURRENT)
        return plx_map_item(self->map, row->kind, owner.index).title;
    g_autofree char *key = title_key(row->kind, row->text[PLX_DIM_SUBJECT]);
    return g_hash_table_lookup(self->titles, key);
}

static void spell(struct plx_memory *self, enum plx_subject_kind kind, const char *id,
                  const char *title)
{
    char *const key = title_key(kind, id);
    const char *const known = g_hash_table_lookup(self->titles, key);
    if (*id && (!known || strcmp(title, known) < 0))
        g_hash_table_insert(self->titles, key, g_strdup(title));
    else
        g_free(key);
}

void plx_memory_spell(struct plx_memory *self, const GPtrArray *rows)
{
    for (guint i = 0; i < rows->len; i++) {
        const struct plx_memory_row *const row = rows->pdata[i];
        spell(self, row->kind, row->text[PLX_DIM_SUBJECT], row->subject_title);
        spell(self, PLX_SUBJECT_NONE, row->text[PLX_DIM_JOURNEY], row->journey_title);
    }
}

/* Imports ----------------------------------------------------------------------------------- */

/* Whether a row has answers on a measure of the map: its file asked for it. */
static gboolean asks_for(const struct plx_memory *self, const struct plx_memory_row *row,
                         const char *measure)
{
    for (guint m = 0; m < self->measures->len; m++)
        if (strcmp(self->measures->pdata[m], measure) == 0)
            return row->columns[m / 64] >> m % 64 & 1;
    return FALSE;
}

/* By index of the map in force. */
static void find_answered(const struct plx_memory *self, gboolean *audiences, gboolean *measures)
{
    const plx_map *const map = self->in_force;
    for (guint i = 0; i < self->rows->len; i++) {
        const struct plx_memory_row *const row = self->rows->pdata[i];
        const gint audience = plx_map_find_audience(map, row->text[PLX_DIM_AUDIENCE]);
        if (audience >= 0)
            audiences[audience] = TRUE;
        for (guint m = 0; m < map->n_measures; m++)
            measures[m] = measures[m] || asks_for(self, row, map->measures[m].id);
    }
}

/* A scale may only change while nobody has answered on it. */
gboolean plx_memory_check_scales(const struct plx_memory *self, GError **error)
{
    gboolean audiences[PLX_AUDIENCES_MAX] = {FALSE}, measures[PLX_MEASURES_MAX] = {FALSE};
    find_answered(self, audiences, measures);
    return plx_amend_check(self->in_force, self->map, audiences, measures, error);
}

static void record(struct plx_memory *self, const char *declare, const char *measure,
                   const char *audience, const struct plx_scale *scale)
{
    struct plx_memory_amendment *const amendment = g_new0(struct plx_memory_amendment, 1);
    amendment->declare = g_strdup(declare);
    amendment->measure = g_strdup(measure);
    amendment->audience = g_strdup(audience);
    amendment->scale = scale ? plx_scale_copy(scale) : NULL;
    g_ptr_array_add(self->amendments, amendment);
}

static void record_audience(struct plx_memory *self, const struct plx_audience *audience)
{
    const plx_map *const before = self->in_force;
    const gint known = plx_map_find_audience(before, audience->id);
    g_autofree char *declare = g_strconcat(audience->id, audience->served ? ":served" : "",
                                           audience->protected_ ? ":protected" : "", NULL);
    if (known < 0)
        record(self, declare, NULL, NULL, NULL);
    if (!plx_scale_same(known < 0 ? before->scales[0] : before->audiences[known].scale,
                        audience->scale))
        record(self, NULL, "level", audience->id, audience->scale);
}

static gboolean read_again(struct plx_memory *self, GError **error)
{
    plx_map *const map = plx_memory_read_map(self, self->yaml, self->name, error);
    if (!map)
        return FALSE;
    plx_map_free(self->in_force);
    self->in_force = map;
    return TRUE;
}

gboolean plx_memory_amend(struct plx_memory *self, GError **error)
{
    const plx_map *const before = self->in_force, *const now = self->map;
    for (guint a = 0; a < now->n_audiences; a++)
        record_audience(self, &now->audiences[a]);
    for (guint m = 0; m < now->n_measures; m++) {
        const struct plx_scale *const scale = now->measures[m].scale;
        const struct plx_scale *const old = before->measures[m].scale;
        if (scale && (!old || !plx_scale_same(old, scale)))
            record(self, NULL, now->measures[m].id, NULL, scale);
    }
    return read_again(self, error);
}

static gboolean record_own(const char *measure, const char *audience, const struct plx_scale *scale,
                           gpointer self, GError **error)
{
    (void)error;
    record(self, NULL, measure, audience, scale);
    return TRUE;
}

/* Whom nobody is (any more) is asked as a map's text has it, whatever an import brought. */
static gboolean restore_scales(struct plx_memory *self, const char *yaml, const char *name,
                               GError **error)
{
    struct plx_amend_answered answered = {.map = self->in_force};
    g_autoptr(plx_map) now = plx_memory_read_map(self, yaml, name, error);
    g_autoptr(plx_map) own = !now    ? NULL
                             : *yaml ? plx_map_read_memory(yaml, strlen(yaml), name, error)
                                     : plx_map_new_open();
    if (!own)
        return FALSE;
    find_answered(self, answered.audiences, answered.measures);
    return plx_amend_restore(own, now, &answered, record_own, self, error);
}

gboolean plx_memory_restore_scales(struct plx_memory *self, GError **error)
{
    if (!restore_scales(self, self->yaml, self->name, error) || !read_again(self, error))
        return FALSE;
    plx_map *const map = plx_memory_read_map(self, self->yaml, self->name, error);
    if (!map)
        return FALSE;
    plx_map_free(self->map);
    self->map = map;
    return TRUE;
}

/* Applying ---------------------------------------------------------------------------------- */

static void count(GArray *data, enum plx_thing kind, const char *id)
{
    for (guint i = 0; i < data->len; i++) {
        struct plx_map_data *const entry = &g_array_index(data, struct plx_map_data, i);
        if (entry->kind == kind && strcmp(entry->id, id) == 0) {
            entry->count++;
            return;
        }
    }
    const struct plx_map_data entry = {kind, id, 1};
    g_array_append_val(data, entry);
}

/* What has answers, by the ids under which they were given. */
static GArray *find_data(const struct plx_memory *self)
{
    static const enum plx_thing subjects[] = {PLX_THING_MAP, PLX_THING_POINT, PLX_THING_JOURNEY,
                                              PLX_THING_TASK, PLX_THING_PROMISE};
    GArray *const data = g_array_new(FALSE, FALSE, sizeof(struct plx_map_data));
    for (guint i = 0; i < self->rows->len; i++) {
        const struct plx_memory_row *const row = self->rows->pdata[i];
        if (*row->text[PLX_DIM_AUDIENCE])
            count(data, PLX_THING_AUDIENCE, row->text[PLX_DIM_AUDIENCE]);
        if (row->kind != PLX_SUBJECT_NONE)
            count(data, subjects[row->kind], row->text[PLX_DIM_SUBJECT]);
        if (*row->text[PLX_DIM_JOURNEY])
            count(data, PLX_THING_JOURNEY, row->text[PLX_DIM_JOURNEY]);
        for (guint m = 0; m < self->measures->len; m++)
            if (row->columns[m / 64] >> m % 64 & 1)
                count(data, PLX_THING_MEASURE, self->measures->pdata[m]);
    }
    return data;
}

static gboolean put_in_force(struct plx_memory *self, const char *yaml, const char *name,
                             GError **error)
{
    plx_map *const in_force = plx_memory_read_map(self, yaml, name, error);
    plx_map *const map = in_force ? plx_memory_read_map(self, yaml, name, error) : NULL;
    if (!map) {
        plx_map_free(in_force);
        return FALSE;
    }
    plx_map_free(self->in_force);
    plx_map_free(self->map);
    self->in_force = in_force;
    self->map = map;
    g_free(self->yaml);
    self->yaml = g_strdup(yaml);
    return TRUE;
}

gboolean plx_memory_apply(plx_engine *engine, const char *yaml, const char *name, gboolean dry_run,
                          GPtrArray **changes, GError **error)
{
    struct plx_memory *const self = plx_memory_of(engine);
    const guint amendments = self->amendments->len;
    if (!restore_scales(self, yaml, name, error))
        return FALSE;
    g_autoptr(plx_map) map = plx_memory_read_map(self, yaml, name, error);
    if (!map)
        return FALSE;
    g_autoptr(GArray) data = find_data(self);
    g_autoptr(GPtrArray) found = plx_map_compare(
        self->in_force, map, (const struct plx_map_data *)(gpointer)data->data, data->len, error);
    if (!found || dry_run || found->len == 0)
        g_ptr_array_set_size(self->amendments, (gint)amendments); /* nothing was done */
    if (!found || (!dry_run && !put_in_force(self, yaml, name, error)))
        return FALSE;
    *changes = g_steal_pointer(&found);
    return TRUE;
}
