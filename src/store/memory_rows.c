/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row: made from a batch, hidden, compared. */

#include "store/memory_private.h"

#include "base/error.h"
#include "map/map_owner.h"

#include <sodium.h>
#include <string.h>

#define DAY_SECONDS 86400

guint64 plx_memory_key(const guint8 *secret, guint64 key)
{
    guint64 hash;
    crypto_shorthash((unsigned char *)&hash, (const unsigned char *)&key, sizeof key, secret);
    return hash;
}

/* Making ------------------------------------------------------------------------------------ */

static guint32 code_at(const struct plx_batch *batch, guint dim, guint32 i)
{
    return batch->dim[dim] ? batch->dim[dim][i] : batch->dim_constant[dim];
}

static void take_texts(struct plx_memory_row *row, const plx_map *map,
                       const struct plx_batch *batch, guint32 i)
{
    const struct plx_dims *const dims = batch->dims;
    for (guint d = 0; d < PLX_DIM_SEGMENT; d++) {
        const guint32 code = code_at(batch, d, i);
        if (d == PLX_DIM_AUDIENCE)
            row->text[d] = g_strdup(code ? map->audiences[code - 1].id : "");
        else if (d != PLX_DIM_SUBJECT)
            row->text[d] = g_strdup(code ? plx_dict_text(dims->dict[d], code) : "");
    }
    const struct plx_subject *const subject =
        &g_array_index(dims->subjects, struct plx_subject, code_at(batch, PLX_DIM_SUBJECT, i));
    row->kind = subject->kind;
    row->text[PLX_DIM_SUBJECT] = g_strdup(subject->id);
    row->subject_title = g_strdup(subject->title);
    const guint32 journey = code_at(batch, PLX_DIM_JOURNEY, i);
    row->journey_title =
        g_strdup(journey ? plx_dict_title(dims->dict[PLX_DIM_JOURNEY], journey) : "");
    row->segments = g_ptr_array_new_with_free_func(g_free);
    for (guint d = PLX_DIM_SEGMENT; d < dims->n_dims; d++) {
        const guint32 code = code_at(batch, d, i);
        if (code == 0)
            continue;
        g_ptr_array_add(row->segments, g_strdup(dims->segment[d - PLX_DIM_SEGMENT]));
        g_ptr_array_add(row->segments, g_strdup(plx_dict_text(dims->dict[d], code)));
    }
}

static void take_values(struct plx_memory_row *row, const struct plx_memory_taking *taking,
                        const struct plx_batch *batch, guint32 i)
{
    memset(row->measure, (guint8)PLX_CELL_EMPTY, sizeof row->measure);
    for (guint m = 0; m < taking->map->n_measures; m++) {
        if (!batch->measure[m])
            continue;
        const guint number = taking->measure[m];
        row->measure[number] = batch->measure[m][i];
        row->columns[number / 64] |= G_GUINT64_CONSTANT(1) << number % 64;
    }
    row->seconds = batch->seconds ? batch->seconds[i] : PLX_NO_TIME;
    row->weight = batch->weight ? batch->weight[i] : PLX_WEIGHT_ONE;
    row->group_size = batch->group_size ? batch->group_size[i] : 1;
    row->seen = batch->seen ? batch->seen[i] : PLX_CELL_EMPTY;
    row->surprise = batch->surprise ? batch->surprise[i] : PLX_CELL_EMPTY;
    row->hesitation = batch->hesitation ? batch->hesitation[i] : PLX_CELL_EMPTY;
    if (batch->note && batch->note[i].length > 0)
        row->note = g_bytes_new(batch->note[i].text, batch->note[i].length);
}

void plx_memory_row_hide(struct plx_memory_row *row, const guint8 *nobody)
{
    row->known = FALSE;
    row->encounter = row->unit = plx_memory_key(nobody, row->encounter);
    g_free(row->text[PLX_DIM_CLOCK]);
    row->text[PLX_DIM_CLOCK] = g_strdup(row->seconds == PLX_NO_TIME ? "" : "day");
    if (row->seconds == PLX_NO_TIME)
        return;
    const gint64 within = (row->seconds % DAY_SECONDS + DAY_SECONDS) % DAY_SECONDS;
    row->seconds -= within;
}

struct plx_memory_row *plx_memory_row_new(const struct plx_memory_taking *taking,
                                          const struct plx_batch *batch, guint32 i)
{
    struct plx_memory_row *const row = g_new0(struct plx_memory_row, 1);
    const guint32 audience = code_at(batch, PLX_DIM_AUDIENCE, i);
    take_texts(row, taking->map, batch, i);
    take_values(row, taking, batch, i);
    row->known = batch->known && batch->known[i];
    row->unit = plx_memory_key(taking->secret, batch->unit[i]);
    row->encounter = plx_memory_key(taking->secret, batch->encounter[i]);
    if (audience && taking->map->audiences[audience - 1].identity == PLX_IDENTITY_ANONYMOUS)
        plx_memory_row_hide(row, taking->nobody);
    return row;
}

struct plx_memory_row *plx_memory_row_copy(const struct plx_memory_row *row)
{
    struct plx_memory_row *const copy = g_memdup2(row, sizeof *row);
    for (guint d = 0; d < PLX_DIM_SEGMENT; d++)
        copy->text[d] = g_strdup(row->text[d]);
    copy->subject_title = g_strdup(row->subject_title);
    copy->journey_title = g_strdup(row->journey_title);
    copy->segments = g_ptr_array_new_with_free_func(g_free);
    for (guint s = 0; s < row->segments->len; s++)
        g_ptr_array_add(copy->segments, g_strdup(row->segments->pdata[s]));
    if (row->note)
        g_bytes_ref(row->note);
    return copy;
}

void plx_memory_row_free(struct plx_memory_row *row)
{
    for (guint d = 0; d < PLX_DIM_SEGMENT; d++)
        g_free(row->text[d]);
    g_free(row->subject_title);
    g_free(row->journey_title);
    g_ptr_array_unref(row->segments);
    if (row->note)
        g_bytes_unref(row->note);
    g_free(row);
}

/* Comparing --------------------------------------------------------------------------------- */

const char *plx_memory_row_id(const plx_map *map, const struct plx_memory_row *row,
                              enum plx_dim dim)
{
    const char *const id = row->text[dim];
    if (*id == '\0')
        return id;
    if (dim == PLX_DIM_AUDIENCE) {
        const gint index = plx_map_find_audience(map, id);
        return index < 0 ? id : map->audiences[index].id;
    }
    const enum plx_subject_kind kind = dim == PLX_DIM_JOURNEY ? PLX_SUBJECT_JOURNEY : row->kind;
    const struct plx_owner owner = plx_map_resolve(map, kind, id);
    return owner.id ? owner.id : id;
}

static gboolean same_id(const plx_map *map, const struct plx_memory_row *a,
                        const struct plx_memory_row *b, enum plx_dim dim)
{
    return (dim != PLX_DIM_SUBJECT || a->kind == b->kind) &&
           strcmp(plx_memory_row_id(map, a, dim), plx_memory_row_id(map, b, dim)) == 0;
}

static gboolean same_note(const struct plx_memory_row *a, const struct plx_memory_row *b)
{
    return a->note && b->note ? g_bytes_equal(a->note, b->note) : a->note == b->note;
}

static const char *segment_of(const struct plx_memory_row *row, const char *key)
{
    for (guint s = 0; s < row->segments->len; s += 2)
        if (strcmp(row->segments->pdata[s], key) == 0)
            return row->segments->pdata[s + 1];
    return "";
}

static gboolean same_segments(const struct plx_memory_row *a, const struct plx_memory_row *b)
{
    if (a->segments->len != b->segments->len)
        return FALSE;
    for (guint s = 0; s < a->segments->len; s += 2)
        if (strcmp(segment_of(b, a->segments->pdata[s]), a->segments->pdata[s + 1]) != 0)
            return FALSE;
    return TRUE;
}

gboolean plx_memory_row_is_hidden(const plx_map *map, const struct plx_memory_row *row)
{
    const gint audience = plx_map_find_audience(map, row->text[PLX_DIM_AUDIENCE]);
    return audience >= 0 && map->audiences[audience].identity == PLX_IDENTITY_ANONYMOUS;
}

/* A late row has said nothing of it; of those that are there also one that says so is the same. */
static gboolean same_seen(const struct plx_memory_row *a, const struct plx_memory_row *b)
{
    if (a->late && b->late)
        return TRUE;
    const gint8 x = a->late ? PLX_CELL_EMPTY : a->seen, y = b->late ? PLX_CELL_EMPTY : b->seen;
    return x == y || (a->late && b->import != 0 && b->seen == 1);
}

gboolean plx_memory_row_same(const plx_map *map, const struct plx_memory_row *a,
                             const struct plx_memory_row *b, gboolean with_keys)
{
    if (memcmp(a->measure, b->measure, sizeof a->measure) != 0 || a->seconds != b->seconds ||
        a->weight != b->weight || a->group_size != b->group_size || !same_seen(a, b) ||
        a->surprise != b->surprise || a->hesitation != b->hesitation)
        return FALSE;
    if (!with_keys && a->known != b->known && !plx_memory_row_is_hidden(map, a))
        return FALSE;
    if ((with_keys || a->known) && (a->unit != b->unit || a->encounter != b->encounter))
        return FALSE;
    for (guint d = PLX_DIM_PLACE; d < PLX_DIM_SEGMENT; d++)
        if (strcmp(a->text[d], b->text[d]) != 0)
            return FALSE;
    return same_id(map, a, b, PLX_DIM_AUDIENCE) && same_id(map, a, b, PLX_DIM_SUBJECT) &&
           same_id(map, a, b, PLX_DIM_JOURNEY) && same_segments(a, b) && same_note(a, b);
}

gboolean plx_memory_row_same_key(const plx_map *map, const struct plx_memory_row *a,
                                 const struct plx_memory_row *b)
{
    static const enum plx_dim exact[] = {PLX_DIM_PROMPT, PLX_DIM_ITEM, PLX_DIM_CLOCK};
    if (a->encounter != b->encounter || a->seconds != b->seconds)
        return FALSE;
    for (gsize d = 0; d < G_N_ELEMENTS(exact); d++)
        if (strcmp(a->text[exact[d]], b->text[exact[d]]) != 0)
            return FALSE;
    return same_id(map, a, b, PLX_DIM_SUBJECT) && same_id(map, a, b, PLX_DIM_JOURNEY) &&
           (a->kind != PLX_SUBJECT_NONE || same_note(a, b));
}

/* Numbers ----------------------------------------------------------------------------------- */

static gboolean number(GPtrArray *list, const char *text, guint limit, guint *at)
{
    if (g_ptr_array_find_with_equal_func(list, text, g_str_equal, at))
        return TRUE;
    *at = list->len;
    if (list->len < limit)
        g_ptr_array_add(list, g_strdup(text));
    return *at < limit;
}

gboolean plx_memory_number_measures(struct plx_memory *self, const plx_map *map, guint *numbers,
                                    GError **error)
{
    for (guint m = 0; m < map->n_measures; m++)
        if (!number(self->measures, map->measures[m].id, PLX_MEMORY_MEASURES, &numbers[m]))
            return plx_error(error, PLX_ERROR_INPUT,
                             "the measure \"%s\" is one too many: a workspace holds %d",
                             map->measures[m].id, PLX_MEMORY_MEASURES);
    return TRUE;
}

gboolean plx_memory_number_segments(struct plx_memory *self, const GPtrArray *rows, GError **error)
{
    guint at;
    for (guint i = 0; i < rows->len; i++) {
        const GPtrArray *const segments = ((const struct plx_memory_row *)rows->pdata[i])->segments;
        for (guint s = 0; s < segments->len; s += 2)
            if (!number(self->segments, segments->pdata[s], PLX_MEMORY_SEGMENTS, &at))
                return plx_error(error, PLX_ERROR_INPUT,
                                 "the segment \"%s\" is one too many: a workspace holds %d",
                                 (const char *)segments->pdata[s], PLX_MEMORY_SEGMENTS);
    }
    return TRUE;
}
