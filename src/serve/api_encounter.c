/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/api_encounter.h"

#include "base/date.h"
#include "base/error.h"
#include "base/suggest.h"
#include "ingest/keys.h"

#include <jansson.h>
#include <string.h>

#define DATASET "api" /* where none is named */
#define TEXT_MAX 255  /* bytes of what is no note */
#define NOTE_MAX 10000

struct plx_api_body {
    json_t *list; /* array of objects */
};

/* The body ----------------------------------------------------------------------------------- */

static json_t *load(const char *text, gsize length, guint line, GError **error)
{
    json_error_t fault;
    json_t *const value = json_loadb(text, length, JSON_REJECT_DUPLICATES, &fault);
    if (!value)
        plx_error(error, PLX_ERROR_INPUT, "line %u, column %d: %s", line + (guint)fault.line,
                  fault.column, fault.text);
    return value;
}

static gboolean read_lines(json_t *list, const char *text, gsize length, GError **error)
{
    const char *const end = text + length;
    for (guint line = 0; text < end; line++) {
        const char *const stop = memchr(text, '\n', (gsize)(end - text));
        const gsize n = (gsize)((stop ? stop : end) - text);
        if (n > 0 && !(n == 1 && *text == '\r')) {
            json_t *const value = load(text, n, line, error);
            if (!value || json_array_append_new(list, value) != 0)
                return FALSE;
            if (json_array_size(list) > PLX_API_ENCOUNTERS_MAX)
                break;
        }
        text += n + 1;
    }
    return TRUE;
}

static gboolean read_document(json_t **list, const char *text, gsize length, GError **error)
{
    json_t *const value = load(text, length, 0, error);
    json_t *const named = value ? json_object_get(value, "encounters") : NULL;
    if (!value)
        return FALSE;
    if (json_is_array(named) && json_object_size(value) == 1)
        *list = json_incref(named);
    else if (json_is_array(value))
        *list = json_incref(value);
    else
        *list = json_pack("[O]", value);
    json_decref(value);
    return TRUE;
}

plx_api_body *plx_api_body_read(const char *text, gsize length, gboolean lines, GError **error)
{
    g_autoptr(plx_api_body) body = g_new0(plx_api_body, 1);
    if (lines)
        body->list = json_array();
    if (!(lines ? read_lines(body->list, text, length, error)
                : read_document(&body->list, text, length, error)))
        return NULL;
    const gsize n = json_array_size(body->list);
    if (n >= 1 && n <= PLX_API_ENCOUNTERS_MAX)
        return g_steal_pointer(&body);
    plx_error(error, PLX_ERROR_INPUT, "%s: 1 to %d encounters are taken at once",
              n ? "there are more" : "there is none", PLX_API_ENCOUNTERS_MAX);
    return NULL;
}

void plx_api_body_free(plx_api_body *body)
{
    if (!body)
        return;
    json_decref(body->list);
    g_free(body);
}

guint plx_api_body_encounters(const plx_api_body *body)
{
    return (guint)json_array_size(body->list);
}

/* Members ------------------------------------------------------------------------------------- */

/* Where one is in the body: encounter, observation (-1: none), and the map it is read with. */
struct place {
    const plx_map *map;
    guint encounter;
    gint observation;
    GError **error;
};

/* "encounters[3].observations[0].level: ..."; always FALSE. */
static gboolean fail(const struct place *at, const char *member, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
static gboolean fail(const struct place *at, const char *member, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *inner =
        at->observation >= 0 ? g_strdup_printf(".observations[%d]", at->observation) : NULL;
    return plx_error(at->error, PLX_ERROR_INPUT, "encounters[%u]%s%s%s: %s", at->encounter,
                     inner ? inner : "", member ? "." : "", member ? member : "", message);
}

static gboolean take_text(const struct place *at, const char *member, json_t *value, gsize most,
                          const char **text)
{
    if (!json_is_string(value))
        return fail(at, member, "a text is expected");
    *text = json_string_value(value);
    const gsize length = json_string_length(value);
    if (length > most)
        return fail(at, member, "%" G_GSIZE_FORMAT " bytes; at most %" G_GSIZE_FORMAT " are taken",
                    length, most);
    if (length == 0)
        *text = NULL;
    return TRUE;
}

static gboolean take_whole(const struct place *at, const char *member, json_t *value, gint64 min,
                           gint64 max, gint64 *number)
{
    *number = json_is_integer(value) ? json_integer_value(value) : 0;
    return (json_is_integer(value) && *number >= min && *number <= max) ||
           fail(at, member,
                "a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT " is expected", min,
                max);
}

static gboolean unknown(const struct place *at, const char *member, const char *const *known)
{
    g_autofree char *near =
        plx_suggest_text(member, known, g_strv_length((char **)(guintptr)known));
    return fail(at, member, "is not known%s", near);
}

/* Observations -------------------------------------------------------------------------------- */

struct said {
    struct plx_builder_row row;
    const char *point, *journey, *task, *promise;
    char asked_p[G_ASCII_DTOSTR_BUF_SIZE], item[24];
};

static gboolean take_flag(const struct place *at, const char *member, json_t *value, gint8 *flag)
{
    static const char *const words[] = {"bad", "none", "good"};
    const char *const text = json_string_value(value);
    if (strcmp(member, "surprise") == 0) {
        for (guint i = 0; text && i < G_N_ELEMENTS(words); i++)
            if (strcmp(text, words[i]) == 0) {
                *flag = (gint8)((gint)i - 1);
                return TRUE;
            }
        return fail(at, member, "\"good\", \"bad\" or \"none\" is expected");
    }
    gint64 number = json_is_true(value);
    if (!json_is_boolean(value) && !take_whole(at, member, value, 0, 1, &number))
        return FALSE;
    *flag = (gint8)number;
    return TRUE;
}

static gboolean take_measure(const struct place *at, guint measure, guint audience,
                             const char *member, json_t *value, struct plx_builder_row *row)
{
    const struct plx_scale *const scale = plx_map_scale(at->map, measure, audience);
    const char *const text = json_string_value(value);
    gint64 number;
    if (text && strcmp(text, "na") == 0)
        row->value[measure] = PLX_CELL_NA;
    else if (text && strcmp(text, "declined") == 0)
        row->value[measure] = PLX_CELL_DECLINED;
    else if (!json_is_integer(value) || json_integer_value(value) < scale->min ||
             json_integer_value(value) > scale->max)
        return fail(at, member, "a whole number from %d to %d, \"na\" or \"declined\" is expected",
                    scale->min, scale->max);
    else {
        number = json_integer_value(value);
        row->value[measure] = (gint8)number;
    }
    return TRUE;
}

static gboolean take_chance(const struct place *at, json_t *value, struct said *said)
{
    const double p = json_number_value(value);
    if (!json_is_number(value) || !(p > 0) || p > 1)
        return fail(at, "asked_p", "a number above 0 and up to 1 is expected");
    said->row.asked_p = g_ascii_dtostr(said->asked_p, sizeof said->asked_p, p);
    return TRUE;
}

static gboolean take_item(const struct place *at, json_t *value, struct said *said)
{
    gint64 item;
    if (!take_whole(at, "item", value, 1, 1000000, &item))
        return FALSE;
    g_snprintf(said->item, sizeof said->item, "%" G_GINT64_FORMAT, item);
    said->row.item = said->item;
    return TRUE;
}

static gboolean take_other(const struct place *at, guint audience, const char *member,
                           json_t *value, struct said *said)
{
    static const char *const known[] = {"point",    "journey",    "task", "promise",
                                        "item",     "asked_p",    "note", "prompt",
                                        "surprise", "hesitation", NULL};
    if (strcmp(member, "surprise") == 0)
        return take_flag(at, member, value, &said->row.surprise);
    if (strcmp(member, "hesitation") == 0)
        return take_flag(at, member, value, &said->row.hesitation);
    if (strcmp(member, "asked_p") == 0)
        return take_chance(at, value, said);
    if (strcmp(member, "item") == 0)
        return take_item(at, value, said);
    const gint measure = plx_map_find_measure(at->map, member);
    return measure < 0 ? unknown(at, member, known)
                       : take_measure(at, (guint)measure, audience, member, value, &said->row);
}

static gboolean take_member(const struct place *at, guint audience, const char *member,
                            json_t *value, struct said *said)
{
    const struct {
        const char *name;
        const char **text;
        gsize most;
    } texts[] = {{"point", &said->point, TEXT_MAX},       {"journey", &said->journey, TEXT_MAX},
                 {"task", &said->task, TEXT_MAX},         {"promise", &said->promise, TEXT_MAX},
                 {"prompt", &said->row.prompt, TEXT_MAX}, {"note", &said->row.note, NOTE_MAX}};
    if (json_is_null(value))
        return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        if (strcmp(member, texts[i].name) == 0)
            return take_text(at, member, value, texts[i].most, texts[i].text);
    return take_other(at, audience, member, value, said);
}

/* What it is about, found on the map. */
static gboolean find_subject(const struct place *at, struct said *said)
{
    const plx_map *const map = at->map;
    struct plx_builder_row *const row = &said->row;
    const gint named = (said->point != NULL) + (said->task != NULL) + (said->promise != NULL);
    if (named > 1)
        return fail(at, NULL, "one of point, task and promise is expected");
    row->kind = said->point     ? PLX_SUBJECT_POINT
                : said->task    ? PLX_SUBJECT_TASK
                : said->promise ? PLX_SUBJECT_PROMISE
                : said->journey ? PLX_SUBJECT_JOURNEY
                                : PLX_SUBJECT_NONE;
    row->id = said->point ? said->point : said->task ? said->task : said->promise;
    row->subject = said->point     ? plx_map_find_point(map, said->point)
                   : said->task    ? plx_map_find_task(map, said->task)
                   : said->promise ? plx_map_find_promise(map, said->promise)
                                   : -1;
    if (row->id && row->subject < 0 && plx_map_is_closed(map))
        return fail(at,
                    said->point  ? "point"
                    : said->task ? "task"
                                 : "promise",
                    "‘%s’ is not on the map", row->id);
    const gint journey = said->journey ? plx_map_find_journey(map, said->journey) : -1;
    if (said->journey && journey < 0 && plx_map_is_closed(map))
        return fail(at, "journey", "‘%s’ is not on the map", said->journey);
    if (row->kind == PLX_SUBJECT_JOURNEY) {
        row->subject = journey;
        row->id = said->journey;
    } else
        row->journey = journey;
    return TRUE;
}

/* Does what is measured belong to what it is about? */
static gboolean check_measures(const struct place *at, const struct plx_builder_row *row)
{
    gboolean any = row->note != NULL;
    for (guint m = 0; m < at->map->n_measures; m++) {
        if (row->value[m] == PLX_CELL_EMPTY)
            continue;
        any = TRUE;
        if (row->kind == PLX_SUBJECT_NONE || !(at->map->measures[m].subjects & 1u << row->kind))
            return fail(at, at->map->measures[m].id, "is not asked of %s",
                        row->kind == PLX_SUBJECT_NONE      ? "nothing: a point is expected"
                        : row->kind == PLX_SUBJECT_POINT   ? "a point"
                        : row->kind == PLX_SUBJECT_JOURNEY ? "a journey"
                        : row->kind == PLX_SUBJECT_TASK    ? "a task"
                                                           : "a promise");
    }
    any = any || row->surprise != PLX_CELL_EMPTY || row->hesitation != PLX_CELL_EMPTY;
    return any || fail(at, NULL, "a measure or a note is expected");
}

static gboolean read_observation(const struct place *at, guint audience, json_t *value,
                                 struct said *said)
{
    const char *member;
    json_t *inner;
    *said = (struct said){.row = plx_builder_row_new()};
    if (!json_is_object(value))
        return fail(at, NULL, "an object is expected");
    json_object_foreach(value, member,
                        inner) if (!take_member(at, audience, member, inner, said)) return FALSE;
    return find_subject(at, said) && check_measures(at, &said->row);
}

/* Encounters ---------------------------------------------------------------------------------- */

struct meeting {
    struct plx_occasion occasion;
    const char *audience, *respondent, *encounter, *time;
    char clock[24];
    GPtrArray *segments; /* KEY, VALUE, ...; borrowed */
};

static gboolean take_segments(const struct place *at, json_t *value, struct meeting *meeting)
{
    const char *key;
    json_t *inner;
    if (!json_is_object(value))
        return fail(at, "segments", "an object of texts is expected");
    json_object_foreach(value, key, inner)
    {
        const char *text = NULL;
        g_autofree char *member = g_strconcat("segments.", key, NULL);
        if (!*key || strlen(key) > 64)
            return fail(at, "segments", "a key of 1 to 64 bytes is expected");
        if (!take_text(at, member, inner, TEXT_MAX, &text))
            return FALSE;
        g_ptr_array_add(meeting->segments, (gpointer)(guintptr)key);
        g_ptr_array_add(meeting->segments, (gpointer)(guintptr)(text ? text : ""));
    }
    return TRUE;
}

static gboolean take_number(const struct place *at, const char *member, json_t *value,
                            struct meeting *meeting)
{
    gint64 number;
    if (strcmp(member, "seen") == 0) {
        if (!json_is_boolean(value))
            return fail(at, member, "true or false is expected");
        meeting->occasion.seen = json_is_true(value);
        return TRUE;
    }
    if (!take_whole(at, member, value, 1, 1000, &number))
        return FALSE;
    meeting->occasion.group_size = (guint)number;
    return TRUE;
}

static gboolean take_about(const struct place *at, const char *member, json_t *value,
                           struct meeting *meeting)
{
    static const char *const known[] = {"audience",   "respondent", "encounter",    "time",
                                        "dataset",    "place",      "channel",      "source",
                                        "language",   "workshop",   "table",        "segments",
                                        "group_size", "seen",       "observations", NULL};
    struct plx_occasion *const o = &meeting->occasion;
    const struct {
        const char *name;
        const char **text;
    } texts[] = {{"audience", &meeting->audience},
                 {"respondent", &meeting->respondent},
                 {"encounter", &meeting->encounter},
                 {"time", &meeting->time},
                 {"dataset", &o->dataset},
                 {"place", &o->place},
                 {"channel", &o->channel},
                 {"source", &o->source},
                 {"language", &o->language},
                 {"workshop", &o->workshop},
                 {"table", &o->table}};
    if (json_is_null(value) || strcmp(member, "observations") == 0)
        return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        if (strcmp(member, texts[i].name) == 0)
            return take_text(at, member, value, TEXT_MAX, texts[i].text);
    if (strcmp(member, "segments") == 0)
        return take_segments(at, value, meeting);
    if (strcmp(member, "seen") == 0 || strcmp(member, "group_size") == 0)
        return take_number(at, member, value, meeting);
    return unknown(at, member, known);
}

static gboolean read_time(const struct place *at, struct meeting *meeting)
{
    static const char *const precisions[] = {"day", "minute", "second"};
    struct plx_time time;
    meeting->occasion.seconds = PLX_NO_TIME;
    if (!meeting->time)
        return TRUE;
    if (!plx_time_parse(meeting->time, strlen(meeting->time), &time))
        return fail(at, "time", "‘%s’ is no date or time (2026-11-26, 2026-11-26T09:30+01:00)",
                    meeting->time);
    meeting->occasion.seconds = time.seconds;
    if (time.offset == PLX_DATE_NO_OFFSET || time.precision == PLX_PRECISION_DAY)
        g_strlcpy(meeting->clock, precisions[time.precision], sizeof meeting->clock);
    else if (time.offset == 0)
        g_snprintf(meeting->clock, sizeof meeting->clock, "%sZ", precisions[time.precision]);
    else
        g_snprintf(meeting->clock, sizeof meeting->clock, "%s%c%02d:%02d",
                   precisions[time.precision], time.offset < 0 ? '-' : '+', ABS(time.offset) / 60,
                   ABS(time.offset) % 60);
    meeting->occasion.clock = meeting->clock;
    return TRUE;
}

/* As files have them (ingest/keys.c): an encounter that is named; else one per call. */
static void make_keys(struct meeting *meeting, const char *audience, guint64 key)
{
    struct plx_occasion *const o = &meeting->occasion;
    o->encounter = meeting->encounter ? plx_key_of_encounter(o->dataset, meeting->encounter) : key;
    o->known = meeting->respondent != NULL;
    o->unit =
        o->known ? plx_key_of_respondent(o->dataset, audience, meeting->respondent) : o->encounter;
}

static gboolean read_meeting(const struct place *at, json_t *value, guint64 key,
                             struct meeting *meeting)
{
    const char *member;
    json_t *inner;
    if (!json_is_object(value))
        return fail(at, NULL, "an object is expected");
    json_object_foreach(value, member,
                        inner) if (!take_about(at, member, inner, meeting)) return FALSE;
    const gint audience =
        meeting->audience ? plx_map_find_audience(at->map, meeting->audience) : -1;
    if (!meeting->audience)
        return fail(at, "audience", "is missing");
    if (audience < 0)
        return fail(at, "audience", "‘%s’ is not on the map", meeting->audience);
    meeting->occasion.audience = (guint)audience;
    if (!meeting->occasion.dataset)
        meeting->occasion.dataset = DATASET;
    if (!meeting->occasion.source)
        meeting->occasion.source = "api";
    make_keys(meeting, at->map->audiences[audience].id, key);
    g_ptr_array_add(meeting->segments, NULL);
    meeting->occasion.segments = (const char *const *)meeting->segments->pdata;
    return read_time(at, meeting);
}

static gboolean read_rows(struct place *at, json_t *value, guint audience, struct said **said,
                          guint *n)
{
    json_t *const list = json_object_get(value, "observations");
    *n = (guint)json_array_size(list);
    if (!json_is_array(list) || *n == 0 || *n > PLX_API_OBSERVATIONS_MAX)
        return fail(at, "observations", "a list of 1 to %d is expected", PLX_API_OBSERVATIONS_MAX);
    *said = g_new(struct said, *n);
    for (guint i = 0; i < *n; i++) {
        at->observation = (gint)i;
        if (!read_observation(at, audience, json_array_get(list, i), &(*said)[i]))
            return FALSE;
    }
    at->observation = -1;
    return TRUE;
}

static gboolean each(struct place *at, json_t *value, guint64 key, plx_api_take take, gpointer data,
                     guint *observations)
{
    guint n = 0;
    g_autofree struct said *said = NULL;
    g_autoptr(GPtrArray) segments = g_ptr_array_new();
    struct meeting meeting = {.segments = segments};
    if (!read_meeting(at, value, key, &meeting) ||
        !read_rows(at, value, meeting.occasion.audience, &said, &n))
        return FALSE;
    g_autofree struct plx_builder_row *rows = g_new(struct plx_builder_row, n);
    for (guint i = 0; i < n; i++)
        rows[i] = said[i].row;
    *observations += n;
    return take(&meeting.occasion, rows, n, data, at->error);
}

gboolean plx_api_body_each(const plx_api_body *body, const plx_map *map, guint64 random,
                           plx_api_take take, gpointer data, guint *observations, GError **error)
{
    *observations = 0;
    for (guint i = 0; i < plx_api_body_encounters(body); i++) {
        struct place at = {.map = map, .encounter = i, .observation = -1, .error = error};
        if (!each(&at, json_array_get(body->list, i),
                  random + i * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15), take, data, observations))
            return FALSE;
    }
    return TRUE;
}
