/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Importing again (engine.h): every row of the import is held against every visible row. */

#include "store/memory_private.h"

#include <string.h>

/* What became of one row that comes. */
struct meeting {
    gboolean taken_by; /* a visible row is its counterpart */
    gboolean differs;  /* which says something else */
};

/* Counterparts of both kinds: of rows with keys, and of rows that are compared by what they say. */
struct tally {
    guint64 n_same, n_conflicts; /* with keys */
    guint64 n_persons, n_likes;  /* without */
    const struct plx_memory_row *example;
};

static gboolean is_file_row(const struct plx_memory *self, const struct plx_memory_row *row)
{
    const struct plx_memory_entry *const entry = plx_memory_entry(self, row->import);
    return entry && strcmp(entry->record.kind, "file") == 0;
}

static gboolean has_key(const plx_map *map, const struct plx_memory_coming *coming,
                        const struct plx_memory_row *row)
{
    return coming->keys == PLX_ROW_KEYS_ENCOUNTER && !plx_memory_row_is_hidden(map, row);
}

/* Did an earlier import bring exactly these rows, which are all there still? */
static gboolean same_rows(const plx_map *map, const struct plx_memory_coming *coming,
                          const GPtrArray *brought)
{
    if (coming->brought->len != brought->len)
        return FALSE;
    g_autofree gboolean *used = g_new0(gboolean, brought->len + 1);
    for (guint i = 0; i < brought->len; i++) {
        const struct plx_memory_row *const row = coming->brought->pdata[i];
        const gboolean with_keys = has_key(map, coming, row);
        guint at = 0;
        while (at < brought->len &&
               (used[at] || !plx_memory_row_same(map, row, brought->pdata[at], with_keys)))
            at++;
        if (at == brought->len)
            return FALSE;
        used[at] = TRUE;
    }
    return TRUE;
}

static gint64 find_same(const struct plx_memory *self, const struct plx_memory_coming *coming)
{
    for (guint i = 0; i < self->entries->len; i++) {
        const struct plx_memory_entry *const entry = self->entries->pdata[i];
        if (entry->brought && strcmp(entry->record.state, "done") == 0 &&
            strcmp(entry->record.dataset, coming->options->dataset) == 0 &&
            same_rows(self->map, coming, entry->brought))
            return entry->record.id;
    }
    return 0;
}

/* The first one that comes and meets a visible row, if any; each meets one. */
static void meet(const struct plx_memory *self, struct plx_memory_coming *coming,
                 struct plx_memory_row *there, struct meeting *meetings, struct tally *tally)
{
    for (guint i = 0; i < coming->rows->len; i++) {
        const struct plx_memory_row *const row = coming->rows->pdata[i];
        const gboolean by_key = has_key(self->map, coming, row);
        if (meetings[i].taken_by ||
            strcmp(row->text[PLX_DIM_DATASET], there->text[PLX_DIM_DATASET]) != 0 ||
            !(by_key ? plx_memory_row_same_key(self->map, row, there)
                     : plx_memory_row_same(self->map, row, there, FALSE)))
            continue;
        meetings[i].taken_by = TRUE;
        meetings[i].differs = by_key && !plx_memory_row_same(self->map, row, there, TRUE);
        tally->n_conflicts += meetings[i].differs ? 1 : 0;
        tally->n_same += by_key && !meetings[i].differs ? 1 : 0;
        tally->n_likes += by_key ? 0 : 1;
        if (meetings[i].differs)
            g_ptr_array_add(coming->replaced, there);
        return;
    }
}

/* The example of a refusal is the same whatever the order of rows. */
static char *describe(const struct plx_memory *self, const GPtrArray *rows)
{
    const struct plx_memory_row *first = rows->pdata[0];
    for (guint i = 1; i < rows->len; i++) {
        const struct plx_memory_row *const row = rows->pdata[i];
        if (row->seconds < first->seconds ||
            (row->seconds == first->seconds &&
             strcmp(plx_memory_row_title(self, row), plx_memory_row_title(self, first)) < 0))
            first = row;
    }
    return plx_engine_example(plx_memory_row_title(self, first), first->seconds);
}

static gboolean refuse(const struct plx_memory *self, const struct plx_memory_coming *coming,
                       const struct tally *tally, GError **error)
{
    const enum plx_import_repeat repeat = coming->options->repeat;
    if (tally->n_conflicts > 0 && repeat == PLX_REPEAT_REFUSE) {
        g_autofree char *example = describe(self, coming->replaced);
        return plx_engine_differs(error, coming->options, tally->n_conflicts, example);
    }
    if (2 * tally->n_likes > tally->n_persons && repeat != PLX_REPEAT_ONLY_NEW)
        return plx_engine_recurs(error, coming->options, tally->n_likes, tally->n_persons,
                                 coming->keys == PLX_ROW_KEYS_ENCOUNTER);
    return TRUE;
}

/* Leaves out what is there already. */
static void drop(const struct plx_memory *self, struct plx_memory_coming *coming,
                 const struct meeting *meetings, struct plx_import_outcome *outcome)
{
    const gboolean only_new = coming->options->repeat == PLX_REPEAT_ONLY_NEW;
    for (guint i = coming->rows->len; i-- > 0;) {
        if (!meetings[i].taken_by)
            continue;
        const gboolean by_key = has_key(self->map, coming, coming->rows->pdata[i]);
        if (only_new || (by_key && !meetings[i].differs)) {
            g_ptr_array_remove_index(coming->rows, i);
            outcome->known++;
        } else if (!by_key) {
            outcome->repeated++;
        }
    }
}

static gboolean compare(const struct plx_memory *self, struct plx_memory_coming *coming,
                        struct plx_import_outcome *outcome, GError **error)
{
    struct tally tally = {0};
    g_autofree struct meeting *meetings = g_new0(struct meeting, coming->rows->len + 1);
    for (guint i = 0; i < coming->rows->len; i++)
        tally.n_persons += has_key(self->map, coming, coming->rows->pdata[i]) ? 0 : 1;
    for (guint i = 0; i < self->rows->len; i++)
        if (is_file_row(self, self->rows->pdata[i]))
            meet(self, coming, self->rows->pdata[i], meetings, &tally);
    if (!refuse(self, coming, &tally, error))
        return FALSE;
    drop(self, coming, meetings, outcome);
    if (coming->options->repeat == PLX_REPEAT_REPLACE)
        outcome->replaced = coming->replaced->len;
    else
        g_ptr_array_set_size(coming->replaced, 0);
    return TRUE;
}

gboolean plx_memory_decide(const struct plx_memory *self, struct plx_memory_coming *coming,
                           struct plx_import_outcome *outcome, GError **error)
{
    const enum plx_import_repeat repeat = coming->options->repeat;
    const gint64 same = repeat == PLX_REPEAT_ALLOW ? 0 : find_same(self, coming);
    if (same && coming->keys == PLX_ROW_KEYS_NONE && repeat == PLX_REPEAT_REFUSE)
        return plx_engine_same_rows(error, coming->options->file, same);
    outcome->same = same != 0;
    if (!same && coming->keys != PLX_ROW_KEYS_NONE && repeat != PLX_REPEAT_ALLOW &&
        !compare(self, coming, outcome, error))
        return FALSE;
    outcome->observations = coming->rows->len;
    for (guint i = 0; i < coming->rows->len; i++)
        outcome->late += ((const struct plx_memory_row *)coming->rows->pdata[i])->late ? 1 : 0;
    if (outcome->same || coming->rows->len == 0)
        *outcome = (struct plx_import_outcome){.same = TRUE};
    return TRUE;
}
