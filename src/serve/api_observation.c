/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Members of what programs send, and one observation of it. */

#include "serve/api_private.h"

#include "base/error.h"
#include "base/suggest.h"
#include "map/map_item.h"

#include <string.h>

/* Members ------------------------------------------------------------------------------------- */

gboolean plx_api_fail(const struct plx_api_place *at, const char *member, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *inner =
        at->observation >= 0 ? g_strdup_printf(".observations[%d]", at->observation) : NULL;
    g_autofree char *line = at->line > 0 ? g_strdup_printf("line %u: ", at->line) : NULL;
    return plx_error(at->error, PLX_ERROR_INPUT, "%sencounters[%u]%s%s%s: %s", line ? line : "",
                     at->encounter, inner ? inner : "", member ? "." : "", member ? member : "",
                     message);
}

gboolean plx_api_text(const struct plx_api_place *at, const char *member, json_t *value, gsize most,
                      const char **text)
{
    if (!json_is_string(value))
        return plx_api_fail(at, member, "a text is expected");
    *text = json_string_value(value);
    const gsize length = json_string_length(value);
    if (length > most)
        return plx_api_fail(at, member,
                            "%" G_GSIZE_FORMAT " bytes; at most %" G_GSIZE_FORMAT " are taken",
                            length, most);
    if (length == 0)
        *text = NULL;
    return TRUE;
}

gboolean plx_api_whole(const struct plx_api_place *at, const char *member, json_t *value,
                       gint64 min, gint64 max, gint64 *number)
{
    *number = json_is_integer(value) ? json_integer_value(value) : 0;
    return (json_is_integer(value) && *number >= min && *number <= max) ||
           plx_api_fail(at, member,
                        "a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT
                        " is expected",
                        min, max);
}

gboolean plx_api_unknown(const struct plx_api_place *at, const char *member,
                         const char *const *known)
{
    g_autofree char *near =
        plx_suggest_text(member, known, g_strv_length((char **)(guintptr)known));
    return plx_api_fail(at, member, "is not known%s", near);
}

/* An id is told for a title, too. */
gboolean plx_api_not_on_map(const struct plx_api_place *at, const char *member, guint kind,
                            const char *asked)
{
    enum { LISTED = 8 };
    const guint n = plx_map_n_items(at->map, kind);
    g_autofree const char **names = g_new0(const char *, 2 * n + 1);
    for (guint i = 0; i < n; i++) {
        const struct plx_map_item item = plx_map_item(at->map, kind, i);
        names[i] = item.id;
        names[n + i] = item.title;
    }
    gint near = plx_suggest(asked, names, 2 * (gsize)n);
    if (near < 0) /* nor does one id alone begin so */
        near = plx_suggest(asked, names, n);
    if (near >= 0 && n > 0)
        return plx_api_fail(at, member, "‘%s’ is not on the map; did you mean \"%s\"?", asked,
                            names[(guint)near % n]);
    if (n == 0 || n > LISTED)
        return plx_api_fail(at, member, "‘%s’ is not on the map", asked);
    names[n] = NULL;
    g_autofree char *all = g_strjoinv(", ", (char **)(guintptr)names);
    return plx_api_fail(at, member, "‘%s’ is not on the map (it has %s)", asked, all);
}

/* Observations -------------------------------------------------------------------------------- */

static gboolean take_flag(const struct plx_api_place *at, const char *member, json_t *value,
                          gint8 *flag)
{
    static const char *const words[] = {"bad", "none", "good"};
    const char *const text = json_string_value(value);
    if (strcmp(member, "surprise") == 0) {
        for (guint i = 0; text && i < G_N_ELEMENTS(words); i++)
            if (strcmp(text, words[i]) == 0) {
                *flag = (gint8)((gint)i - 1);
                return TRUE;
            }
        return plx_api_fail(at, member, "\"good\", \"bad\" or \"none\" is expected");
    }
    gint64 number = json_is_true(value);
    if (!json_is_boolean(value) && !plx_api_whole(at, member, value, 0, 1, &number))
        return FALSE;
    *flag = (gint8)number;
    return TRUE;
}

static gboolean take_measure(const struct plx_api_place *at, guint measure, guint audience,
                             const char *member, json_t *value, struct plx_builder_row *row)
{
    const struct plx_scale *const scale = plx_map_scale(at->map, measure, audience);
    const char *const text = json_string_value(value);
    /* Yes or no, as JSON says it. */
    const gboolean binary = scale->min == 0 && scale->max == 1;
    if (text && strcmp(text, "na") == 0)
        row->value[measure] = PLX_CELL_NA;
    else if (text && strcmp(text, "declined") == 0)
        row->value[measure] = PLX_CELL_DECLINED;
    else if (binary && json_is_boolean(value))
        row->value[measure] = json_is_true(value);
    else if (!json_is_integer(value) || json_integer_value(value) < scale->min ||
             json_integer_value(value) > scale->max)
        return plx_api_fail(at, member,
                            "a whole number from %d to %d, %s\"na\" or \"declined\" is expected",
                            scale->min, scale->max, binary ? "true, false, " : "");
    else
        row->value[measure] = (gint8)json_integer_value(value);
    return TRUE;
}

static gboolean take_chance(const struct plx_api_place *at, json_t *value,
                            struct plx_api_said *said)
{
    const double p = json_number_value(value);
    if (!json_is_number(value) || !(p > 0) || p > 1)
        return plx_api_fail(at, "asked_p", "a number above 0 and up to 1 is expected");
    said->row.asked_p = g_ascii_dtostr(said->asked_p, sizeof said->asked_p, p);
    return TRUE;
}

static gboolean take_item(const struct plx_api_place *at, json_t *value, struct plx_api_said *said)
{
    gint64 item;
    if (!plx_api_whole(at, "item", value, 1, 1000000, &item))
        return FALSE;
    g_snprintf(said->item, sizeof said->item, "%" G_GINT64_FORMAT, item);
    said->row.item = said->item;
    return TRUE;
}

/* It may have been meant to be a measure, too. */
static gboolean unknown_measure(const struct plx_api_place *at, const char *member,
                                const char *const *known)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (guint i = 0; known[i]; i++)
        g_ptr_array_add(all, (gpointer)(guintptr)known[i]);
    for (guint m = 0; m < at->map->n_measures; m++)
        g_ptr_array_add(all, at->map->measures[m].id);
    g_ptr_array_add(all, NULL);
    return plx_api_unknown(at, member, (const char *const *)all->pdata);
}

static gboolean take_other(const struct plx_api_place *at, guint audience, const char *member,
                           json_t *value, struct plx_api_said *said)
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
    return measure < 0 ? unknown_measure(at, member, known)
                       : take_measure(at, (guint)measure, audience, member, value, &said->row);
}

static gboolean take_member(const struct plx_api_place *at, guint audience, const char *member,
                            json_t *value, struct plx_api_said *said)
{
    const struct {
        const char *name;
        const char **text;
        gsize most;
    } texts[] = {{"point", &said->point, PLX_API_TEXT_MAX},
                 {"journey", &said->journey, PLX_API_TEXT_MAX},
                 {"task", &said->task, PLX_API_TEXT_MAX},
                 {"promise", &said->promise, PLX_API_TEXT_MAX},
                 {"prompt", &said->row.prompt, PLX_API_TEXT_MAX},
                 {"note", &said->row.note, PLX_API_NOTE_MAX}};
    if (json_is_null(value))
        return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        if (strcmp(member, texts[i].name) == 0)
            return plx_api_text(at, member, value, texts[i].most, texts[i].text);
    return take_other(at, audience, member, value, said);
}

/* What it is about, found on the map. */
static gboolean find_subject(const struct plx_api_place *at, struct plx_api_said *said)
{
    const plx_map *const map = at->map;
    struct plx_builder_row *const row = &said->row;
    const gint named = (said->point != NULL) + (said->task != NULL) + (said->promise != NULL);
    if (named > 1)
        return plx_api_fail(at, NULL, "one of point, task and promise is expected");
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
        return plx_api_not_on_map(at,
                                  said->point  ? "point"
                                  : said->task ? "task"
                                               : "promise",
                                  row->kind, row->id);
    const gint journey = said->journey ? plx_map_find_journey(map, said->journey) : -1;
    if (said->journey && journey < 0 && plx_map_is_closed(map))
        return plx_api_not_on_map(at, "journey", PLX_SUBJECT_JOURNEY, said->journey);
    if (row->kind == PLX_SUBJECT_JOURNEY) {
        row->subject = journey;
        row->id = said->journey;
    } else
        row->journey = journey;
    return TRUE;
}

/* Does what is measured belong to what it is about? */
static gboolean check_measures(const struct plx_api_place *at, const struct plx_builder_row *row)
{
    gboolean any = row->note != NULL;
    for (guint m = 0; m < at->map->n_measures; m++) {
        if (row->value[m] == PLX_CELL_EMPTY)
            continue;
        any = TRUE;
        if (row->kind == PLX_SUBJECT_NONE || !(at->map->measures[m].subjects & 1u << row->kind))
            return plx_api_fail(at, at->map->measures[m].id, "is not asked of %s",
                                row->kind == PLX_SUBJECT_NONE      ? "nothing: a point is expected"
                                : row->kind == PLX_SUBJECT_POINT   ? "a point"
                                : row->kind == PLX_SUBJECT_JOURNEY ? "a journey"
                                : row->kind == PLX_SUBJECT_TASK    ? "a task"
                                                                   : "a promise");
    }
    any = any || row->surprise != PLX_CELL_EMPTY || row->hesitation != PLX_CELL_EMPTY;
    return any || plx_api_fail(at, NULL, "a measure or a note is expected");
}

gboolean plx_api_observation(const struct plx_api_place *at, guint audience, json_t *value,
                             struct plx_api_said *said)
{
    const char *member;
    json_t *inner;
    *said = (struct plx_api_said){.row = plx_builder_row_new()};
    if (!json_is_object(value))
        return plx_api_fail(at, NULL, "an object is expected");
    json_object_foreach(value, member,
                        inner) if (!take_member(at, audience, member, inner, said)) return FALSE;
    return find_subject(at, said) && check_measures(at, &said->row);
}
