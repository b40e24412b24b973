/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form/settings.h"

#include "base/error.h"
#include "base/id.h"
#include "base/suggest.h"
#include "form/lines.h"
#include "map/map_file.h"

#include <string.h>

static const char *const prompts[] = {
    [PLX_FORM_COMMENT] = "comment",
    [PLX_FORM_MOMENT] = "moment",
    [PLX_FORM_SUGGESTION] = "suggestion",
    [PLX_FORM_COMPLAINT] = "complaint",
    [PLX_FORM_WELL] = "well",
    [PLX_FORM_IMPROVE] = "improve",
    [PLX_FORM_COMPETITORS] = "competitors",
    [PLX_FORM_CONTINUE] = "continue",
    [PLX_FORM_EASIER] = "easier",
    [PLX_FORM_DID] = "did",
    [PLX_FORM_BETTER] = "better",
};

const char *plx_form_prompt(guint question)
{
    return question < G_N_ELEMENTS(prompts) ? prompts[question] : NULL;
}

/* Not of points and journeys, or (expected) only to be asked before the service. */
static gboolean is_askable(const plx_map *map, guint measure)
{
    const guint askable = 1u << PLX_SUBJECT_POINT | 1u << PLX_SUBJECT_JOURNEY;
    return measure != PLX_MEASURE_EXPECTED && (map->measures[measure].subjects & askable) != 0;
}

/* "; did you mean …", else "; there are a, b"; to be freed. */
static char *meant(const char *word, const GPtrArray *names)
{
    g_autofree char *near = plx_suggest_text(word, (const char *const *)names->pdata, names->len);
    GString *const out = g_string_new(near);
    for (guint i = 0; !*near && i < names->len; i++)
        g_string_append_printf(out, "%s%s", i > 0 ? ", " : "; there are ",
                               (const char *)names->pdata[i]);
    return g_string_free(out, FALSE);
}

static gboolean unknown(GError **error, const char *what, const char *word, const GPtrArray *names)
{
    g_autofree char *near = meant(word, names);
    return plx_error(error, PLX_ERROR_USAGE, "a form has no %s \"%s\"%s", what, word, near);
}

/* What people ask for ------------------------------------------------------------------------ */

static gboolean is_called(const struct plx_audience *audience, const char *id)
{
    g_autofree char *called =
        audience->title ? plx_id_new(audience->title, strlen(audience->title)) : NULL;
    return id && g_strcmp0(called, id) == 0;
}

static gint audience_called(const plx_map *map, const char *name)
{
    g_autofree char *id = plx_id_new(name, strlen(name));
    gint found = -1;
    for (guint a = 0; a < map->n_audiences; a++) {
        if (strcmp(name, map->audiences[a].id) == 0)
            return (gint)a;
        if (found < 0 && is_called(&map->audiences[a], id))
            found = (gint)a;
    }
    return found;
}

static gboolean unknown_audience(const plx_map *map, const char *name, GError **error)
{
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint a = 0; a < map->n_audiences; a++) {
        const struct plx_audience *const own = &map->audiences[a];
        g_string_append_printf(names, "%s%s", a > 0 ? ", " : "", own->id);
        if (own->title && strcmp(own->title, own->id) != 0)
            g_string_append_printf(names, " (%s)", own->title);
    }
    return plx_error(error, PLX_ERROR_USAGE, "the map has no audience \"%s\"; it has %s", name,
                     names->str);
}

static gboolean find_audience(const plx_map *map, const char *name, guint *audience, GError **error)
{
    gint found = -1;
    if (name)
        found = audience_called(map, name);
    for (guint a = 0; !name && a < map->n_audiences && found < 0; a++)
        if (map->audiences[a].served)
            found = (gint)a;
    if (found >= 0) {
        *audience = (guint)found;
        return TRUE;
    }
    return name ? unknown_audience(map, name, error)
                : plx_error(error, PLX_ERROR_USAGE,
                            "no audience of the map is served: say which one is asked, by "
                            "--audience");
}

gboolean plx_form_find_journey(const plx_map *map, const char *name, gint *journey, GError **error)
{
    g_autofree char *id = plx_id_new(name, strlen(name));
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    *journey = id ? plx_map_find_journey(map, id) : -1;
    for (guint j = 0; j < map->n_journeys && *journey < 0; j++) {
        const struct plx_journey *const own = &map->journeys[j];
        g_autofree char *called = plx_id_new(own->title, strlen(own->title));
        if (id && g_strcmp0(called, id) == 0)
            *journey = (gint)j;
        g_ptr_array_add(names, own->id);
    }
    if (*journey >= 0)
        return TRUE;
    g_autofree char *near = meant(name, names);
    return plx_error(error, PLX_ERROR_NOT_FOUND, "the map has no journey \"%s\"%s", name, near);
}

static gboolean read_measures(const plx_map *map, const char *list, guint32 *mask, GError **error)
{
    g_auto(GStrv) words = g_strsplit(list, ",", -1);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint m = 0; m < map->n_measures; m++)
        if (is_askable(map, m))
            g_ptr_array_add(names, map->measures[m].id);
    for (guint i = 0; words[i]; i++) {
        const char *const word = g_strstrip(words[i]);
        const gint m = plx_map_find_measure(map, word);
        if (m < 0 || !is_askable(map, (guint)m))
            return unknown(error, "measure", word, names);
        *mask |= 1u << m;
    }
    return TRUE;
}

static gboolean read_questions(const char *list, guint32 *mask, GError **error)
{
    g_auto(GStrv) words = g_strsplit(list, ",", -1);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint q = 0; q < PLX_FORM_QUESTIONS; q++)
        g_ptr_array_add(names, (gpointer)(guintptr)prompts[q]);
    for (guint i = 0; words[i]; i++) {
        const char *const word = g_strstrip(words[i]);
        guint q = 0;
        while (q < PLX_FORM_QUESTIONS && strcmp(word, prompts[q]) != 0)
            q++;
        if (q == PLX_FORM_QUESTIONS)
            return unknown(error, "question", word, names);
        *mask |= 1u << q;
    }
    return TRUE;
}

/* Leaders and staff say how many customers they believe to be content; others say what they
 * received. */
static void set_defaults(const plx_map *map, struct plx_form_settings *settings)
{
    const struct plx_audience *const audience = &map->audiences[settings->audience];
    settings->all = !audience->served && audience->protected_;
    settings->notes = !settings->all;
    if (settings->all) {
        settings->measures = 1u << PLX_MEASURE_BELIEVED;
        return;
    }
    settings->measures = 1u << PLX_MEASURE_LEVEL | 1u << PLX_MEASURE_EFFORT |
                         1u << PLX_MEASURE_FEELING | 1u << PLX_MEASURE_CARD |
                         1u << PLX_MEASURE_OVERALL;
    settings->questions = 1u << PLX_FORM_COMMENT | 1u << PLX_FORM_MOMENT |
                          1u << PLX_FORM_SUGGESTION | 1u << PLX_FORM_COMPLAINT;
}

/* One, or several to choose from. */
static gboolean set_language(const char *text, struct plx_form_settings *settings, GError **error)
{
    g_auto(GStrv) codes = g_strsplit(text, ",", -1);
    for (guint i = 0; codes[i]; i++) {
        if (strlen(codes[i]) >= sizeof settings->language || !plx_map_is_language(codes[i]))
            return plx_error(error, PLX_ERROR_USAGE,
                             "a language is a code such as en, de or pt-BR, not \"%s\"", codes[i]);
        for (guint k = 0; k < i; k++)
            if (strcmp(codes[k], codes[i]) == 0)
                return plx_error(error, PLX_ERROR_USAGE, "the language %s is named twice",
                                 codes[i]);
    }
    const gboolean one = codes[0] && !codes[1];
    if (strlen(text) >= sizeof settings->languages)
        return plx_error(error, PLX_ERROR_USAGE, "so many languages are too long a list");
    g_strlcpy(settings->language, one ? text : "", sizeof settings->language);
    g_strlcpy(settings->languages, one ? "" : text, sizeof settings->languages);
    return TRUE;
}

static gboolean set_asked(const plx_map *map, const struct plx_form_ask *ask,
                          struct plx_form_settings *settings, GError **error)
{
    if (ask->measures) {
        settings->measures = 0;
        if (!read_measures(map, ask->measures, &settings->measures, error))
            return FALSE;
    }
    if (ask->questions) {
        settings->questions = 0;
        if (strcmp(ask->questions, "none") != 0 &&
            !read_questions(ask->questions, &settings->questions, error))
            return FALSE;
    }
    if (ask->points && (ask->points < PLX_FORM_POINTS_MIN || ask->points > PLX_FORM_POINTS_MAX))
        return plx_error(error, PLX_ERROR_USAGE,
                         "one form asks about %d to %d points, not %" G_GINT64_FORMAT,
                         PLX_FORM_POINTS_MIN, PLX_FORM_POINTS_MAX, ask->points);
    settings->points = ask->points ? (guint)ask->points : PLX_FORM_POINTS_DEFAULT;
    if (ask->only && !plx_form_settings_only(map, ask->only, ask->gone, settings, error))
        return FALSE;
    return !ask->language || set_language(ask->language, settings, error);
}

gboolean plx_form_settings_ask(const plx_map *map, const struct plx_form_ask *ask,
                               struct plx_form_settings *settings, GError **error)
{
    struct plx_form_settings made = {.journey = -1};
    if (map->n_points == 0)
        return plx_error(error, PLX_ERROR_NOT_FOUND,
                         "the map has no points to ask about: give it some first (parallax map "
                         "apply)");
    if (!find_audience(map, ask->audience, &made.audience, error) ||
        (ask->journey && !plx_form_find_journey(map, ask->journey, &made.journey, error)))
        return FALSE;
    set_defaults(map, &made);
    if (!set_asked(map, ask, &made, error))
        return FALSE;
    *settings = made;
    return TRUE;
}

const char *plx_form_settings_language(const struct plx_form_settings *settings)
{
    return *settings->language    ? settings->language
           : *settings->languages ? settings->languages
                                  : NULL;
}

/* As text ------------------------------------------------------------------------------------ */

/* Names of the bits of a mask, with commas between. */
static char *list_of(const plx_map *map, guint32 mask)
{
    GString *const list = g_string_new(NULL);
    for (guint i = 0; mask >> i; i++)
        if (mask >> i & 1)
            g_string_append_printf(list, "%s%s", list->len ? "," : "",
                                   map ? map->measures[i].id : prompts[i]);
    return g_string_free(list, FALSE);
}

char *plx_form_settings_text(const plx_map *map, const struct plx_form_settings *settings)
{
    GString *const out = g_string_new(NULL);
    g_autofree char *measures = list_of(map, settings->measures);
    g_autofree char *questions = list_of(NULL, settings->questions);
    char points[12];
    g_snprintf(points, sizeof points, "%u", settings->points);
    plx_line_put(out, "settings", "1", NULL);
    plx_line_put(out, "audience", map->audiences[settings->audience].id, NULL);
    if (settings->journey >= 0)
        plx_line_put(out, "journey", map->journeys[settings->journey].id, NULL);
    plx_line_put(out, "measures", measures, NULL);
    if (settings->questions)
        plx_line_put(out, "questions", questions, NULL);
    if (settings->notes)
        plx_line_put(out, "notes", NULL);
    if (settings->all)
        plx_line_put(out, "all", NULL);
    plx_line_put(out, "points", points, NULL);
    if (settings->n_only > 0) {
        g_autofree char *only = plx_form_settings_only_text(map, settings);
        plx_line_put(out, "only", only, NULL);
    }
    if (plx_form_settings_language(settings))
        plx_line_put(out, "language", plx_form_settings_language(settings), NULL);
    return g_string_free(out, FALSE);
}

/* What it says is asked for again, so that the map of the day has its word. */
struct said {
    struct plx_form_ask ask;
    gboolean notes, all;
};

static gboolean read_line(const struct plx_lines *lines, struct said *said, GError **error)
{
    const struct {
        const char *key;
        const char **text;
    } texts[] = {{"audience", &said->ask.audience}, {"journey", &said->ask.journey},
                 {"measures", &said->ask.measures}, {"questions", &said->ask.questions},
                 {"only", &said->ask.only},         {"language", &said->ask.language}};
    if (lines->number == 1)
        return (plx_line_is(lines, "settings", 1) && strcmp(lines->part[1], "1") == 0) ||
               plx_lines_error(lines, error, "is not what a form asks for");
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        if (plx_line_is(lines, texts[i].key, 1) && !*texts[i].text) {
            *texts[i].text = lines->part[1];
            return TRUE;
        }
    if (plx_line_is(lines, "points", 1))
        return plx_line_number(lines, 1, PLX_FORM_POINTS_MIN, PLX_FORM_POINTS_MAX,
                               &said->ask.points, error);
    const gboolean notes = plx_line_is(lines, "notes", 0), all = plx_line_is(lines, "all", 0);
    said->notes = said->notes || notes;
    said->all = said->all || all;
    return notes || all || plx_lines_error(lines, error, "is not what a form asks for");
}

gboolean plx_form_settings_read(const plx_map *map, const char *text, const char *name,
                                struct plx_form_settings *settings, GError **error)
{
    g_autofree char *own = g_strdup(text);
    struct plx_lines lines = {.name = name, .at = own};
    struct said said = {{.gone = TRUE}, FALSE, FALSE};
    struct plx_form_settings made;
    g_autoptr(GError) cause = NULL;
    gboolean ok = TRUE;
    while (ok && plx_lines_next(&lines, &cause))
        ok = read_line(&lines, &said, &cause);
    if (!cause && (!said.ask.audience || !said.ask.measures || !said.ask.points))
        plx_error(&cause, PLX_ERROR_INPUT, "%s: says too little of what a form asks for", name);
    if (!cause && !said.ask.questions)
        said.ask.questions = "none";
    if (!cause && !plx_form_settings_ask(map, &said.ask, &made, &cause)) {
        plx_error(error, PLX_ERROR_INPUT, "%s: %s", name, cause->message);
        return FALSE;
    }
    if (cause) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    made.notes = said.notes;
    made.all = said.all;
    *settings = made;
    return TRUE;
}
