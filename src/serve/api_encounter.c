/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/api_private.h"

#include "base/date.h"
#include "base/error.h"
#include "ingest/keys.h"

#include <string.h>

#define DATASET "api"        /* where none is named */
#define AHEAD (24 * 60 * 60) /* seconds: time zones without a name, clocks that are wrong */

struct plx_api_body {
    json_t *list;  /* array of objects */
    GArray *lines; /* guint: the line of each, from 1; NULL: not by lines */
};

/* The body ----------------------------------------------------------------------------------- */

/* `lines`: one of them, after `line` others. What goes on behind a document is most often lines. */
static json_t *load(const char *text, gsize length, gboolean lines, guint line, GError **error)
{
    json_error_t fault;
    json_t *const value = json_loadb(text, length, JSON_REJECT_DUPLICATES, &fault);
    const gboolean more =
        !value && !lines && json_error_code(&fault) == json_error_end_of_input_expected;
    if (!value)
        plx_error(error, PLX_ERROR_INPUT, "line %u, column %d: %s%s", line + (guint)fault.line,
                  fault.column, fault.text,
                  more ? "; for an encounter a line use Content-Type: application/x-ndjson" : "");
    return value;
}

static gboolean read_lines(plx_api_body *body, const char *text, gsize length, GError **error)
{
    const char *const end = text + length;
    for (guint line = 1; text < end; line++) {
        const char *const stop = memchr(text, '\n', (gsize)(end - text));
        const gsize n = (gsize)((stop ? stop : end) - text);
        if (n > 0 && !(n == 1 && *text == '\r')) {
            json_t *const value = load(text, n, TRUE, line - 1, error);
            if (!value || json_array_append_new(body->list, value) != 0)
                return FALSE;
            g_array_append_val(body->lines, line);
            if (json_array_size(body->list) > PLX_API_ENCOUNTERS_MAX)
                break;
        }
        text += n + 1;
    }
    return TRUE;
}

static gboolean read_document(json_t **list, const char *text, gsize length, GError **error)
{
    json_t *const value = load(text, length, FALSE, 0, error);
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
    if (lines) {
        body->list = json_array();
        body->lines = g_array_new(FALSE, FALSE, sizeof(guint));
    }
    if (!(lines ? read_lines(body, text, length, error)
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
    g_clear_pointer(&body->lines, g_array_unref);
    g_free(body);
}

guint plx_api_body_encounters(const plx_api_body *body)
{
    return (guint)json_array_size(body->list);
}

/* Encounters ---------------------------------------------------------------------------------- */

struct meeting {
    struct plx_occasion occasion;
    const char *audience, *respondent, *encounter, *time;
    char clock[24];
    GPtrArray *segments; /* KEY, VALUE, ...; borrowed */
};

static gboolean take_segments(const struct plx_api_place *at, json_t *value,
                              struct meeting *meeting)
{
    const char *key;
    json_t *inner;
    if (!json_is_object(value))
        return plx_api_fail(at, "segments", "an object of texts is expected");
    json_object_foreach(value, key, inner)
    {
        const char *text = NULL;
        g_autofree char *member = g_strconcat("segments.", key, NULL);
        if (!*key || strlen(key) > 64)
            return plx_api_fail(at, "segments", "a key of 1 to 64 bytes is expected");
        if (!plx_api_text(at, member, inner, PLX_API_TEXT_MAX, &text))
            return FALSE;
        g_ptr_array_add(meeting->segments, (gpointer)(guintptr)key);
        g_ptr_array_add(meeting->segments, (gpointer)(guintptr)(text ? text : ""));
    }
    return TRUE;
}

static gboolean take_number(const struct plx_api_place *at, const char *member, json_t *value,
                            struct meeting *meeting)
{
    gint64 number;
    if (strcmp(member, "seen") == 0) {
        if (!json_is_boolean(value))
            return plx_api_fail(at, member, "true or false is expected");
        meeting->occasion.seen = json_is_true(value);
        return TRUE;
    }
    if (!plx_api_whole(at, member, value, 1, 1000, &number))
        return FALSE;
    meeting->occasion.group_size = (guint)number;
    return TRUE;
}

static gboolean take_about(const struct plx_api_place *at, const char *member, json_t *value,
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
            return plx_api_text(at, member, value, PLX_API_TEXT_MAX, texts[i].text);
    if (strcmp(member, "segments") == 0)
        return take_segments(at, value, meeting);
    if (strcmp(member, "seen") == 0 || strcmp(member, "group_size") == 0)
        return take_number(at, member, value, meeting);
    return plx_api_unknown(at, member, known);
}

static gboolean read_time(const struct plx_api_place *at, struct meeting *meeting)
{
    static const char *const precisions[] = {"day", "minute", "second"};
    struct plx_time time;
    meeting->occasion.seconds = PLX_NO_TIME;
    if (!meeting->time)
        return TRUE;
    if (!plx_time_parse(meeting->time, strlen(meeting->time), &time))
        return plx_api_fail(at, "time",
                            "‘%s’ is no date or time (2026-11-26, 2026-11-26T09:30+01:00)",
                            meeting->time);
    const gint offset = time.offset == PLX_DATE_NO_OFFSET ? 0 : time.offset;
    if (time.seconds - (gint64)offset * 60 > at->now + AHEAD) {
        char today[PLX_DATE_SIZE];
        return plx_api_fail(at, "time",
                            "‘%s’ is in the future: it is %s (UTC), and at most a day later is "
                            "expected",
                            meeting->time, plx_date_format(plx_date_of_seconds(at->now), today));
    }
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

static gboolean read_meeting(const struct plx_api_place *at, json_t *value, guint64 key,
                             struct meeting *meeting)
{
    const char *member;
    json_t *inner;
    if (!json_is_object(value))
        return plx_api_fail(at, NULL, "an object is expected");
    json_object_foreach(value, member,
                        inner) if (!take_about(at, member, inner, meeting)) return FALSE;
    const gint audience =
        meeting->audience ? plx_map_find_audience(at->map, meeting->audience) : -1;
    if (!meeting->audience)
        return plx_api_fail(at, "audience", "is missing");
    if (audience < 0)
        return plx_api_not_on_map(at, "audience", PLX_SUBJECT_NONE, meeting->audience);
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

static gboolean read_rows(struct plx_api_place *at, json_t *value, guint audience,
                          struct plx_api_said **said, guint *n)
{
    json_t *const list = json_object_get(value, "observations");
    *n = (guint)json_array_size(list);
    if (!json_is_array(list) || *n == 0 || *n > PLX_API_OBSERVATIONS_MAX)
        return plx_api_fail(at, "observations", "a list of 1 to %d is expected",
                            PLX_API_OBSERVATIONS_MAX);
    *said = g_new(struct plx_api_said, *n);
    for (guint i = 0; i < *n; i++) {
        at->observation = (gint)i;
        if (!plx_api_observation(at, audience, json_array_get(list, i), &(*said)[i]))
            return FALSE;
    }
    at->observation = -1;
    return TRUE;
}

static gboolean each(struct plx_api_place *at, plx_api_once *once, json_t *value, guint64 key,
                     plx_api_take take, gpointer data, guint *observations)
{
    guint n = 0, kept;
    g_autofree struct plx_api_said *said = NULL;
    g_autoptr(GPtrArray) segments = g_ptr_array_new();
    struct meeting meeting = {.segments = segments};
    if (!read_meeting(at, value, key, &meeting) ||
        !read_rows(at, value, meeting.occasion.audience, &said, &n))
        return FALSE;
    g_autofree struct plx_builder_row *rows = g_new(struct plx_builder_row, n);
    const struct plx_api_said *const all = said;
    const gboolean named = meeting.encounter != NULL;
    if (named)
        plx_api_once_keep(once, g_steal_pointer(&said));
    if (!plx_api_once_take(once, at, value, &meeting.occasion, named, all, n, rows, &kept))
        return FALSE;
    *observations += kept;
    if (*observations > PLX_API_ROWS_MAX)
        return plx_api_fail(at, "observations", "more than %d in all: send them in parts",
                            PLX_API_ROWS_MAX);
    return kept == 0 || take(&meeting.occasion, rows, kept, data, at->error);
}

gboolean plx_api_body_each(const plx_api_body *body, const struct plx_api_reading *how,
                           plx_api_take take, gpointer data, guint *observations, GError **error)
{
    g_autoptr(plx_api_once) once = plx_api_once_new();
    *observations = 0;
    for (guint i = 0; i < plx_api_body_encounters(body); i++) {
        struct plx_api_place at = {.map = how->map,
                                   .line = body->lines ? g_array_index(body->lines, guint, i) : 0,
                                   .encounter = i,
                                   .observation = -1,
                                   .now = how->now,
                                   .error = error};
        if (!each(&at, once, json_array_get(body->list, i),
                  how->random + i * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15), take, data,
                  observations))
            return FALSE;
    }
    return TRUE;
}
