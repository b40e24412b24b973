/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/answer_blob.h"

#include "base/error.h"
#include "map/map_item.h"
#include "store/answer_private.h"

#include <zlib.h>

#define SUM_BYTES 4

/* What of the map must be the same for the answer to mean the same. */
static GByteArray *company_of(const plx_map *map)
{
    GByteArray *const out = g_byte_array_new();
    plx_put_number(out, map->n_audiences);
    for (guint a = 0; a < map->n_audiences; a++) {
        plx_put_text(out, map->audiences[a].id);
        plx_put_number(out, map->audiences[a].identity);
        plx_put_signed(out, map->audiences[a].scale->min);
        plx_put_signed(out, map->audiences[a].scale->max);
    }
    plx_put_number(out, map->n_measures);
    for (guint m = 0; m < map->n_measures; m++) {
        const struct plx_scale *const scale = map->measures[m].scale;
        plx_put_text(out, map->measures[m].id);
        plx_put_number(out, map->measures[m].subjects);
        plx_put_signed(out, scale ? scale->min : 0);
        plx_put_signed(out, scale ? scale->max : 0);
    }
    plx_put_number(out, map->n_journeys);
    for (guint j = 0; j < map->n_journeys; j++)
        plx_put_text(out, map->journeys[j].id);
    return out;
}

/* The journey in which the encounters of a point are counted, from 1; 0: none. */
static guint64 home_of(const plx_map *map, const struct plx_subject *subject)
{
    return subject->kind == PLX_SUBJECT_POINT && subject->map_index >= 0
               ? (guint64)map->points[subject->map_index].journey + 1
               : 0;
}

/* ---- writing ---- */

static void put_totals(GByteArray *out, const struct plx_answer *answer)
{
    plx_put_number(out, answer->observations);
    plx_put_number(out, answer->encounters);
    plx_put_number(out, answer->respondents);
    plx_put_number(out, answer->rejected);
    plx_put_number(out, answer->encounters_unknown);
    plx_put_number(out, answer->has_days ? 1 : 0);
    plx_put_signed(out, answer->first_day);
    plx_put_signed(out, answer->last_day);
    plx_put_number(out, answer->without_time);
    plx_put_number(out, answer->measures);
}

static void put_notes(GByteArray *out, const struct plx_answer *answer)
{
    plx_put_number(out, answer->n_notes);
    for (guint i = 0; i < answer->n_notes; i++) {
        const struct plx_note *const note = &answer->notes[i];
        plx_put_text(out, note->code);
        plx_put_signed(out, note->count);
        plx_put_number(out, note->detail != NULL);
        if (note->detail)
            plx_put_text(out, note->detail);
    }
}

void plx_answer_encode(const struct plx_answer *answer, const plx_map *map,
                       const struct plx_need *needs, GByteArray *out)
{
    const guint at = out->len;
    g_autoptr(GByteArray) company = company_of(map);
    plx_put_number(out, PLX_ANSWER_VERSION);
    plx_put_number(out, company->len);
    g_byte_array_append(out, company->data, company->len);
    put_totals(out, answer);
    put_notes(out, answer);
    plx_put_number(out, answer->n_subjects);
    for (guint i = 0; i < answer->n_subjects; i++) {
        plx_put_number(out, answer->subjects[i].kind);
        plx_put_text(out, answer->subjects[i].id);
        plx_put_text(out, answer->subjects[i].title);
        plx_put_number(out, home_of(map, &answer->subjects[i]));
    }
    plx_put_number(out, answer->n_tables);
    for (guint i = 0; i < answer->n_tables; i++)
        plx_put_table(out, &answer->tables[i], needs[i].n_splits, answer->n_subjects, map);
    const guint32 sum = GUINT32_TO_LE((guint32)crc32(0, out->data + at, out->len - at));
    g_byte_array_append(out, (const guint8 *)&sum, SUM_BYTES);
}

/* ---- reading ---- */

static void get_totals(struct plx_unpacking *from, struct plx_answer *answer)
{
    answer->observations = plx_get_number(from);
    answer->encounters = plx_get_number(from);
    answer->respondents = plx_get_number(from);
    answer->rejected = plx_get_number(from);
    answer->encounters_unknown = plx_get_number(from);
    answer->has_days = plx_get_below(from, 2) != 0;
    answer->first_day = (gint32)plx_get_signed(from);
    answer->last_day = (gint32)plx_get_signed(from);
    answer->without_time = plx_get_number(from);
    answer->measures = (guint32)plx_get_below(from, G_GUINT64_CONSTANT(1) << 32);
}

static void get_notes(struct plx_unpacking *from, struct plx_answer *answer)
{
    answer->n_notes = plx_get_count(from, 3);
    answer->notes = plx_arena_new(&from->arena, struct plx_note, answer->n_notes);
    for (guint i = 0; i < answer->n_notes; i++) {
        answer->notes[i].code = plx_get_text(from);
        answer->notes[i].count = plx_get_signed(from);
        if (plx_get_below(from, 2))
            answer->notes[i].detail = plx_get_text(from);
    }
}

/* Where a subject stands on the map, and its title there. A point that bears another id by now is
 * not it. */
static void find_subject(const plx_map *map, struct plx_subject *subject)
{
    const gint at = subject->kind == PLX_SUBJECT_POINT     ? plx_map_find_point(map, subject->id)
                    : subject->kind == PLX_SUBJECT_JOURNEY ? plx_map_find_journey(map, subject->id)
                    : subject->kind == PLX_SUBJECT_TASK    ? plx_map_find_task(map, subject->id)
                    : subject->kind == PLX_SUBJECT_PROMISE ? plx_map_find_promise(map, subject->id)
                                                           : -1;
    subject->map_index = -1;
    if (at < 0 ||
        (subject->kind == PLX_SUBJECT_POINT && strcmp(map->points[at].id, subject->id) != 0))
        return;
    subject->map_index = at;
    subject->title = plx_map_item(map, subject->kind, (guint)at).title;
}

/* The order of answers: kinds, then those of the map in its order, then others by id. */
static gboolean in_order(const struct plx_subject *a, const struct plx_subject *b)
{
    if (a->kind != b->kind)
        return a->kind < b->kind;
    if (a->map_index >= 0 && b->map_index >= 0)
        return a->map_index < b->map_index;
    if (a->map_index >= 0 || b->map_index >= 0)
        return a->map_index >= 0;
    return strcmp(a->id, b->id) < 0;
}

/* FALSE: on this map the subjects have another order or other homes. */
static gboolean get_subjects(struct plx_unpacking *from, struct plx_answer *answer)
{
    answer->n_subjects = from->n_subjects = plx_get_count(from, 4);
    answer->subjects = plx_arena_new(&from->arena, struct plx_subject, answer->n_subjects);
    gboolean ok = TRUE;
    for (guint i = 0; i < answer->n_subjects; i++) {
        struct plx_subject *const subject = &answer->subjects[i];
        subject->kind = (enum plx_subject_kind)plx_get_below(from, PLX_SUBJECT_PROMISE + 1);
        subject->id = plx_get_text(from);
        subject->title = plx_get_text(from);
        find_subject(from->map, subject);
        ok &= plx_get_number(from) == home_of(from->map, subject);
        ok &= i == 0 || in_order(subject - 1, subject);
    }
    return ok || from->failed;
}

static gboolean other_map(GError **error)
{
    return plx_error(error, PLX_ERROR_NOT_FOUND, "the kept answer was made with another map");
}

/* Checks version, sum and map; `from` then spans what is between. */
static gboolean open_answer(const guint8 *bytes, gsize size, struct plx_unpacking *from,
                            GError **error)
{
    guint32 sum;
    if (size < 2 + SUM_BYTES || size > G_MAXINT32)
        return plx_error(error, PLX_ERROR_IO, "damaged answer: it is cut short");
    memcpy(&sum, bytes + size - SUM_BYTES, SUM_BYTES);
    if (crc32(0, bytes, (guint)(size - SUM_BYTES)) != GUINT32_FROM_LE(sum))
        return plx_error(error, PLX_ERROR_IO, "damaged answer: its checksum is wrong");
    from->at = bytes;
    from->end = bytes + size - SUM_BYTES;
    if (plx_get_number(from) != PLX_ANSWER_VERSION)
        return plx_error(error, PLX_ERROR_NOT_FOUND,
                         "the kept answer was written by another version");
    g_autoptr(GByteArray) company = company_of(from->map);
    const guint length = plx_get_count(from, 1);
    if (length != company->len || memcmp(from->at, company->data, length) != 0)
        return other_map(error);
    from->at += length;
    return TRUE;
}

static gboolean get_answer(struct plx_unpacking *from, struct plx_answer *answer, GError **error)
{
    get_totals(from, answer);
    get_notes(from, answer);
    if (!get_subjects(from, answer))
        return other_map(error);
    answer->n_tables = plx_get_count(from, 8);
    answer->tables = plx_arena_new(&from->arena, struct plx_table, answer->n_tables);
    for (guint i = 0; i < answer->n_tables; i++)
        plx_get_table(from, &answer->tables[i]);
    if (from->failed || from->at != from->end)
        return plx_error(error, PLX_ERROR_IO, "damaged answer: it does not follow its format");
    return TRUE;
}

gboolean plx_answer_decode(const guint8 *bytes, gsize size, const plx_map *map,
                           struct plx_answer **answer, GError **error)
{
    struct plx_unpacking from = {.map = map};
    if (!open_answer(bytes, size, &from, error))
        return FALSE;
    from.arena.memory = g_ptr_array_new_with_free_func(g_free);
    struct plx_answer *const made = plx_arena_new(&from.arena, struct plx_answer, 1);
    made->memory = from.arena.memory;
    if (!get_answer(&from, made, error)) {
        plx_answer_free(made);
        return FALSE;
    }
    *answer = made;
    return TRUE;
}
