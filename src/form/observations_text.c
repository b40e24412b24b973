/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An encounter as the text in which it waits, and back. */
#include "form/observations.h"

#include "base/error.h"
#include "base/number.h"
#include "form/answers_private.h"
#include "form/lines.h"

#include <string.h>

#define ENCOUNTER "an answer that waits"

static const char *const kinds[] = {
    [PLX_SUBJECT_NONE] = "none", [PLX_SUBJECT_POINT] = "point", [PLX_SUBJECT_JOURNEY] = "journey"};

/* Writing ------------------------------------------------------------------------------------ */

static void put_text(GString *out, const char *key, const char *text)
{
    if (text)
        plx_line_put(out, key, text, NULL);
}

static void put_observation(GString *out, const plx_map *map,
                            const struct plx_form_observation *observation)
{
    char p[PLX_NUMBER_SIZE], number[16];
    g_snprintf(number, sizeof number, "%u", observation->item);
    plx_line_put(out, "of", kinds[observation->kind],
                 observation->subject ? observation->subject : "",
                 observation->journey ? observation->journey : "", number,
                 plx_number_format(observation->asked_p, 12, p), NULL);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        if (observation->value[m] != PLX_CELL_EMPTY)
            plx_line_put(out, "value", map->measures[m].id,
                         plx_form_value_text(observation->value[m], number), NULL);
    if (observation->note)
        plx_line_put(out, "note", observation->prompt, observation->note, NULL);
}

char *plx_form_encounter_write(const plx_map *map, const plx_form_encounter *encounter)
{
    char day[16];
    GString *const out = g_string_new(NULL);
    g_snprintf(day, sizeof day, "%d", encounter->day);
    plx_line_put(out, "encounter", "1", encounter->audience, day, NULL);
    put_text(out, "language", encounter->language);
    put_text(out, "place", encounter->place);
    put_text(out, "channel", encounter->channel);
    put_text(out, "respondent", encounter->respondent);
    for (guint i = 0; i < encounter->observations->len; i++)
        put_observation(out, map, encounter->observations->pdata[i]);
    return g_string_free(out, FALSE);
}

/* Reading ------------------------------------------------------------------------------------ */

struct reading {
    struct plx_lines lines;
    const plx_map *map;
    plx_form_encounter *encounter;
    struct plx_form_observation *last;
};

static gboolean read_head(struct reading *r, GError **error)
{
    gint64 day;
    if (!plx_line_is(&r->lines, "encounter", 3) || strcmp(r->lines.part[1], "1") != 0)
        return plx_lines_error(&r->lines, error, "is no answer");
    if (!plx_line_number(&r->lines, 3, G_MININT32, G_MAXINT32, &day, error))
        return FALSE;
    r->encounter->audience = g_strdup(r->lines.part[2]);
    r->encounter->day = (gint32)day;
    return TRUE;
}

static gboolean read_about(struct reading *r, GError **error)
{
    gint64 item;
    double asked_p;
    guint kind = 0;
    char **const part = r->lines.part;
    while (kind < G_N_ELEMENTS(kinds) && strcmp(part[1], kinds[kind]) != 0)
        kind++;
    if (kind == G_N_ELEMENTS(kinds))
        return plx_lines_error(&r->lines, error, "is about nothing that there is");
    if (!plx_line_number(&r->lines, 4, 0, G_MAXUINT32, &item, error) ||
        !plx_line_chance(&r->lines, 5, &asked_p, error))
        return FALSE;
    struct plx_form_observation *const made = g_new0(struct plx_form_observation, 1);
    made->kind = (enum plx_subject_kind)kind;
    made->subject = *part[2] ? g_strdup(part[2]) : NULL;
    made->journey = *part[3] ? g_strdup(part[3]) : NULL;
    made->item = (guint)item;
    made->asked_p = asked_p;
    memset(made->value, PLX_CELL_EMPTY, sizeof made->value);
    g_ptr_array_add(r->encounter->observations, made);
    r->last = made;
    return TRUE;
}

static gint find_measure(const plx_map *map, const char *id)
{
    for (guint m = PLX_MEASURE_SURPRISE; m < PLX_MEASURES_MAX; m++)
        if (strcmp(map->measures[m].id, id) == 0)
            return (gint)m;
    return plx_map_find_measure(map, id);
}

/* A value that the map of the day has no place for is left out. */
static void read_value(struct reading *r)
{
    gint8 value;
    const gint measure = find_measure(r->map, r->lines.part[1]);
    const gint audience = plx_map_find_audience(r->map, r->encounter->audience);
    if (measure >= 0 && audience >= 0 &&
        plx_form_read_value(plx_map_scale(r->map, (guint)measure, (guint)audience), (guint)measure,
                            r->lines.part[2], &value))
        r->last->value[measure] = value;
}

static gboolean read_note(struct reading *r, GError **error)
{
    const guint prompt = plx_form_find_prompt(r->lines.part[1], TRUE);
    if (prompt == G_MAXUINT || r->last->note)
        return plx_lines_error(&r->lines, error, "a note that is none");
    r->last->prompt = plx_form_prompt(prompt);
    r->last->note = g_strdup(r->lines.part[2]);
    return TRUE;
}

static gboolean read_line(struct reading *r, GError **error)
{
    const struct {
        const char *key;
        char **text;
    } texts[] = {{"language", &r->encounter->language},
                 {"place", &r->encounter->place},
                 {"channel", &r->encounter->channel},
                 {"respondent", &r->encounter->respondent}};
    if (r->lines.number == 1)
        return read_head(r, error);
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        if (!r->last && plx_line_is(&r->lines, texts[i].key, 1) && !*texts[i].text) {
            *texts[i].text = g_strdup(r->lines.part[1]);
            return TRUE;
        }
    if (plx_line_is(&r->lines, "of", 5))
        return read_about(r, error);
    if (r->last && plx_line_is(&r->lines, "note", 2))
        return read_note(r, error);
    if (!r->last || !plx_line_is(&r->lines, "value", 2))
        return plx_lines_error(&r->lines, error, "is nothing of an answer");
    read_value(r);
    return TRUE;
}

plx_form_encounter *plx_form_encounter_read(const plx_map *map, const char *text, GError **error)
{
    g_autofree char *own = g_strdup(text);
    g_autoptr(plx_form_encounter) encounter = plx_form_encounter_blank();
    struct reading r = {{.name = ENCOUNTER, .at = own}, map, encounter, NULL};
    g_autoptr(GError) cause = NULL;
    gboolean ok = TRUE;
    while (ok && plx_lines_next(&r.lines, &cause))
        ok = read_line(&r, &cause);
    if (!cause && r.lines.number == 0)
        plx_error(&cause, PLX_ERROR_INPUT, "%s: is empty", ENCOUNTER);
    if (!cause)
        return g_steal_pointer(&encounter);
    g_propagate_error(error, g_steal_pointer(&cause));
    return NULL;
}
