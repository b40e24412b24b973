/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/builder.h"

#include "base/date.h"
#include "base/error.h"
#include "base/id.h"

#define KINDS (PLX_SUBJECT_PROMISE + 1)

/* Codes that subjects of one kind have: of those of the map by index + 1, of others by the code of
 * their id; 0 where none was given yet. */
struct subject_codes {
    GArray *of_map, *of_id; /* guint32 */
    plx_dict *ids;
};

struct plx_builder {
    struct plx_dims dims;
    struct subject_codes subjects[KINDS];
    GStringChunk *notes;
    guint n, room;
    /* Columns; of dimensions and measures those that were used. */
    guint32 *dim[PLX_DIMS_MAX];
    gint8 *measure[PLX_MEASURES_MAX];
    gint32 *day, *month;
    gint64 *seconds;
    guint64 *unit, *encounter;
    guint8 *known;
    guint16 *group_size;
    gint8 *seen, *surprise, *hesitation;
    struct plx_span *note;
};

struct plx_builder_row plx_builder_row_new(void)
{
    struct plx_builder_row row = {.subject = -1, .journey = -1};
    memset(row.value, PLX_CELL_EMPTY, sizeof row.value);
    row.surprise = row.hesitation = PLX_CELL_EMPTY;
    return row;
}

plx_builder *plx_builder_new(const plx_map *map)
{
    plx_builder *const builder = g_new0(plx_builder, 1);
    const struct plx_subject none = {PLX_SUBJECT_NONE, "", "", -1};
    builder->dims = (struct plx_dims){.n_dims = PLX_DIM_SEGMENT, .map = map};
    builder->dims.subjects = g_array_new(FALSE, FALSE, sizeof none);
    g_array_append_val(builder->dims.subjects, none);
    for (guint d = PLX_DIM_JOURNEY; d < PLX_DIM_SEGMENT; d++)
        builder->dims.dict[d] = plx_dict_new(d == PLX_DIM_JOURNEY ? PLX_DICT_ID : PLX_DICT_TEXT);
    for (guint k = 0; k < KINDS; k++)
        builder->subjects[k] = (struct subject_codes){g_array_new(FALSE, TRUE, sizeof(guint32)),
                                                      g_array_new(FALSE, TRUE, sizeof(guint32)),
                                                      plx_dict_new(PLX_DICT_ID)};
    builder->notes = g_string_chunk_new(4096);
    return builder;
}

void plx_builder_free(plx_builder *builder)
{
    if (!builder)
        return;
    for (guint d = 0; d < PLX_DIMS_MAX; d++) {
        plx_dict_free(builder->dims.dict[d]);
        g_free(builder->dims.segment[d]);
        g_free(builder->dim[d]);
    }
    for (guint k = 0; k < KINDS; k++) {
        g_array_unref(builder->subjects[k].of_map);
        g_array_unref(builder->subjects[k].of_id);
        plx_dict_free(builder->subjects[k].ids);
    }
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        g_free(builder->measure[m]);
    void *const columns[] = {builder->day,        builder->month,     builder->seconds,
                             builder->unit,       builder->encounter, builder->known,
                             builder->group_size, builder->seen,      builder->surprise,
                             builder->hesitation, builder->note};
    for (guint i = 0; i < G_N_ELEMENTS(columns); i++)
        g_free(columns[i]);
    g_array_unref(builder->dims.subjects);
    g_string_chunk_free(builder->notes);
    g_free(builder);
}

/* Columns ------------------------------------------------------------------------------------ */

static void make_room(plx_builder *builder, guint n)
{
    if (builder->n + n <= builder->room)
        return;
    const guint room = builder->room = MAX(256, 2 * (builder->n + n));
    for (guint d = 0; d < PLX_DIMS_MAX; d++)
        if (builder->dim[d])
            builder->dim[d] = g_renew(guint32, builder->dim[d], room);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        if (builder->measure[m])
            builder->measure[m] = g_renew(gint8, builder->measure[m], room);
    builder->day = g_renew(gint32, builder->day, room);
    builder->month = g_renew(gint32, builder->month, room);
    builder->seconds = g_renew(gint64, builder->seconds, room);
    builder->unit = g_renew(guint64, builder->unit, room);
    builder->encounter = g_renew(guint64, builder->encounter, room);
    builder->known = g_renew(guint8, builder->known, room);
    builder->group_size = g_renew(guint16, builder->group_size, room);
    builder->seen = g_renew(gint8, builder->seen, room);
    builder->surprise = g_renew(gint8, builder->surprise, room);
    builder->hesitation = g_renew(gint8, builder->hesitation, room);
    builder->note = g_renew(struct plx_span, builder->note, room);
}

/* A cell of a dimension; a column begins with the first one that is not missing. */
static void put_dim(plx_builder *builder, guint dim, guint32 code)
{
    if (!builder->dim[dim] && code == 0)
        return;
    if (!builder->dim[dim])
        builder->dim[dim] = g_new0(guint32, builder->room);
    builder->dim[dim][builder->n] = code;
}

static void put_measure(plx_builder *builder, guint measure, gint8 value)
{
    if (!builder->measure[measure] && value == PLX_CELL_EMPTY)
        return;
    if (!builder->measure[measure]) {
        builder->measure[measure] = g_new(gint8, builder->room);
        memset(builder->measure[measure], PLX_CELL_EMPTY, builder->room);
    }
    builder->measure[measure][builder->n] = value;
}

/* Words -------------------------------------------------------------------------------------- */

static guint32 word(plx_dict *dict, const char *text)
{
    char padded[32] = {0}; /* what plx_dict_code may read */
    const gsize length = text ? strlen(text) : 0;
    if (length < 16 && length > 0)
        memcpy(padded, text, length);
    return length ? plx_dict_code(dict, length < 16 ? padded : text, (guint32)length) : 0;
}

/* What the map's struct says about a subject of it. */
static struct plx_subject of_map(const plx_map *map, enum plx_subject_kind kind, gint index)
{
    const guint i = (guint)index;
    switch (kind) {
    case PLX_SUBJECT_POINT:
        return (struct plx_subject){kind, map->points[i].id, map->points[i].title, index};
    case PLX_SUBJECT_JOURNEY:
        return (struct plx_subject){kind, map->journeys[i].id, map->journeys[i].title, index};
    case PLX_SUBJECT_TASK:
        return (struct plx_subject){kind, map->tasks[i].id, map->tasks[i].title, index};
    case PLX_SUBJECT_PROMISE:
        return (struct plx_subject){kind, map->promises[i].id, map->promises[i].title, index};
    case PLX_SUBJECT_NONE:
        break;
    }
    return (struct plx_subject){PLX_SUBJECT_NONE, "", "", -1};
}

static guint32 *code_at(GArray *codes, guint i)
{
    if (codes->len <= i)
        g_array_set_size(codes, i + 1);
    return &g_array_index(codes, guint32, i);
}

static gboolean subject_code(plx_builder *builder, const struct plx_builder_row *row, guint32 *code,
                             GError **error)
{
    *code = 0;
    if (row->kind == PLX_SUBJECT_NONE)
        return TRUE;
    struct subject_codes *const codes = &builder->subjects[row->kind];
    const guint32 id = row->subject >= 0 ? 0 : word(codes->ids, row->id);
    if (row->subject < 0 && (id == 0 || id == PLX_DICT_INVALID))
        return plx_error(error, PLX_ERROR_INPUT, "‘%s’ is no id", row->id ? row->id : "");
    guint32 *const known =
        row->subject >= 0 ? code_at(codes->of_map, (guint)row->subject) : code_at(codes->of_id, id);
    if (*known == 0) {
        const struct plx_subject made =
            row->subject >= 0 ? of_map(builder->dims.map, row->kind, row->subject)
                              : (struct plx_subject){row->kind, plx_dict_text(codes->ids, id),
                                                     plx_dict_title(codes->ids, id), -1};
        *known = builder->dims.subjects->len;
        g_array_append_val(builder->dims.subjects, made);
    }
    *code = *known;
    return TRUE;
}

static gboolean too_many(const char *segment, GError **error)
{
    return plx_error(error, PLX_ERROR_INPUT, "segment.%s is one segment too many: %u are known",
                     segment, PLX_DIMS_MAX - PLX_DIM_SEGMENT);
}

/* The dimension of a segment, added when new. */
static gboolean segment_dim(struct plx_dims *dims, const char *key, guint *dim, GError **error)
{
    for (*dim = PLX_DIM_SEGMENT; *dim < dims->n_dims; (*dim)++)
        if (strcmp(dims->segment[*dim - PLX_DIM_SEGMENT], key) == 0)
            return TRUE;
    if (dims->n_dims == PLX_DIMS_MAX)
        return too_many(key, error);
    dims->segment[dims->n_dims - PLX_DIM_SEGMENT] = g_strdup(key);
    dims->dict[dims->n_dims++] = plx_dict_new(PLX_DICT_TEXT);
    return TRUE;
}

gboolean plx_builder_know(plx_builder *builder, const char *segment)
{
    guint dim;
    return segment_dim(&builder->dims, segment, &dim, NULL);
}

/* Are there places for all segments, and ids for all rows? Asked before anything is kept: what is
 * refused leaves no words behind. */
static gboolean check(const plx_builder *builder, const struct plx_occasion *occasion,
                      const struct plx_builder_row *rows, guint n, GError **error)
{
    const struct plx_dims *const dims = &builder->dims;
    guint room = PLX_DIMS_MAX - dims->n_dims;
    for (guint i = 0; occasion->segments && occasion->segments[i]; i += 2) {
        guint d = PLX_DIM_SEGMENT;
        while (d < dims->n_dims &&
               strcmp(dims->segment[d - PLX_DIM_SEGMENT], occasion->segments[i]) != 0)
            d++;
        if (d == dims->n_dims && room-- == 0)
            return too_many(occasion->segments[i], error);
    }
    for (guint i = 0; i < n; i++) {
        const char *const id = rows[i].id ? rows[i].id : "";
        if (rows[i].kind == PLX_SUBJECT_NONE || rows[i].subject >= 0)
            continue;
        g_autofree char *made = plx_id_new(id, strlen(id));
        if (!made)
            return plx_error(error, PLX_ERROR_INPUT, "‘%s’ is no id", id);
    }
    return TRUE;
}

/* Rows --------------------------------------------------------------------------------------- */

/* What an encounter says in every row. */
struct common {
    guint32 code[PLX_DIMS_MAX];
    gint32 day, month;
};

static gboolean read_common(plx_builder *builder, const struct plx_occasion *occasion,
                            struct common *common, GError **error)
{
    struct plx_dims *const dims = &builder->dims;
    const struct {
        enum plx_dim dim;
        const char *text;
    } texts[] = {{PLX_DIM_PLACE, occasion->place},
                 {PLX_DIM_CHANNEL, occasion->channel},
                 {PLX_DIM_SOURCE, occasion->source},
                 {PLX_DIM_LANGUAGE, occasion->language},
                 {PLX_DIM_DATASET, occasion->dataset},
                 {PLX_DIM_WORKSHOP, occasion->workshop},
                 {PLX_DIM_TABLE, occasion->table},
                 {PLX_DIM_CLOCK, occasion->seconds == PLX_NO_TIME ? NULL
                                 : occasion->clock                ? occasion->clock
                                                                  : "day"}};
    *common = (struct common){.day = PLX_NO_DAY, .month = PLX_NO_DAY};
    common->code[PLX_DIM_AUDIENCE] = occasion->audience + 1;
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        common->code[texts[i].dim] = word(dims->dict[texts[i].dim], texts[i].text);
    for (guint i = 0; occasion->segments && occasion->segments[i]; i += 2) {
        guint dim;
        if (!segment_dim(dims, occasion->segments[i], &dim, error))
            return FALSE;
        common->code[dim] = word(dims->dict[dim], occasion->segments[i + 1]);
    }
    if (occasion->seconds == PLX_NO_TIME)
        return TRUE;
    common->day = plx_date_of_seconds(occasion->seconds);
    common->month = plx_date_month(common->day);
    return TRUE;
}

static void put_occasion(plx_builder *builder, const struct plx_occasion *occasion,
                         const struct common *common)
{
    const guint i = builder->n;
    for (guint d = 0; d < builder->dims.n_dims; d++)
        put_dim(builder, d, common->code[d]);
    builder->day[i] = common->day;
    builder->month[i] = common->month;
    builder->seconds[i] = occasion->seconds;
    builder->unit[i] = occasion->unit;
    builder->encounter[i] = occasion->encounter;
    builder->known[i] = occasion->known ? 1 : 0;
    builder->group_size[i] = (guint16)MAX(1, occasion->group_size);
    builder->seen[i] = (gint8)(occasion->seen ? 1 : occasion->unseen ? 0 : PLX_CELL_EMPTY);
}

static void put_row(plx_builder *builder, const struct plx_builder_row *row, guint32 subject)
{
    const guint i = builder->n;
    struct plx_dims *const dims = &builder->dims;
    put_dim(builder, PLX_DIM_SUBJECT, subject);
    put_dim(builder, PLX_DIM_JOURNEY,
            row->journey >= 0
                ? word(dims->dict[PLX_DIM_JOURNEY], dims->map->journeys[row->journey].id)
                : 0);
    put_dim(builder, PLX_DIM_PROMPT, word(dims->dict[PLX_DIM_PROMPT], row->prompt));
    put_dim(builder, PLX_DIM_ITEM, word(dims->dict[PLX_DIM_ITEM], row->item));
    put_dim(builder, PLX_DIM_ASKED_P, word(dims->dict[PLX_DIM_ASKED_P], row->asked_p));
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        put_measure(builder, m, row->value[m]);
    builder->surprise[i] = row->surprise;
    builder->hesitation[i] = row->hesitation;
    const gsize length = row->note ? strlen(row->note) : 0;
    builder->note[i] = (struct plx_span){
        length ? g_string_chunk_insert_len(builder->notes, row->note, (gssize)length) : "",
        (guint32)length};
}

gboolean plx_builder_add(plx_builder *builder, const struct plx_occasion *occasion,
                         const struct plx_builder_row *rows, guint n, GError **error)
{
    struct common common;
    const guint before = builder->n;
    if (!check(builder, occasion, rows, n, error) ||
        !read_common(builder, occasion, &common, error))
        return FALSE;
    make_room(builder, n);
    for (guint i = 0; i < n; i++) {
        guint32 subject;
        if (!subject_code(builder, &rows[i], &subject, error)) {
            builder->n = before;
            return FALSE;
        }
        put_occasion(builder, occasion, &common);
        put_row(builder, &rows[i], subject);
        builder->n++;
    }
    return TRUE;
}

guint plx_builder_rows(const plx_builder *builder)
{
    return builder->n;
}

void plx_builder_cut(plx_builder *builder, guint rows)
{
    builder->n = MIN(builder->n, rows);
    if (builder->n == 0)
        g_string_chunk_clear(builder->notes);
}

gboolean plx_builder_batch(const plx_builder *builder, guint i, struct plx_batch *batch)
{
    const gsize from = (gsize)i * PLX_BATCH_ROWS;
    if (from >= builder->n)
        return FALSE;
    *batch = (struct plx_batch){.n = MIN(builder->n - (guint)from, PLX_BATCH_ROWS),
                                .dims = &builder->dims,
                                .day = builder->day + from,
                                .month = builder->month + from,
                                .seconds = builder->seconds + from,
                                .unit = builder->unit + from,
                                .encounter = builder->encounter + from,
                                .known = builder->known + from,
                                .group_size = builder->group_size + from,
                                .seen = builder->seen + from,
                                .surprise = builder->surprise + from,
                                .hesitation = builder->hesitation + from,
                                .note = builder->note + from};
    for (guint d = 0; d < builder->dims.n_dims; d++)
        batch->dim[d] = builder->dim[d] ? builder->dim[d] + from : NULL;
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        batch->measure[m] = builder->measure[m] ? builder->measure[m] + from : NULL;
    return TRUE;
}
