/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Titles without a text in the language of a form or brief stand there as they are: better known
 * before it is handed out. */

#include "cli/cmd_link.h"
#include "serve/texts.h"

#include <string.h>

#define NAMED_MAX 3

static void find_silent(const plx_map *map, const char *text, const char *language,
                        GPtrArray *silent)
{
    if (plx_map_text(map, text, language) == text && !g_ptr_array_find(silent, text, NULL))
        g_ptr_array_add(silent, (gpointer)(guintptr)text);
}

static void find_silent_in(const plx_map *map, const struct plx_journey *journey,
                           const char *language, GPtrArray *silent)
{
    find_silent(map, journey->title, language, silent);
    for (guint t = 0; t < journey->n_transactions; t++)
        for (guint p = 0; p < journey->transactions[t].n_points; p++)
            find_silent(map, map->points[journey->transactions[t].points[p]].title, language,
                        silent);
}

/* The texts that are without this language, of a journey (-1: of all); to be freed. */
static GPtrArray *silent_in(const plx_map *map, gint journey, const char *language)
{
    GPtrArray *const silent = g_ptr_array_new();
    for (guint j = 0; j < map->n_journeys && strcmp(language, map->language) != 0; j++)
        if (journey < 0 || (guint)journey == j)
            find_silent_in(map, &map->journeys[j], language, silent);
    return silent;
}

/* "“Waiting”, “Paying” and 3 more" */
static void name_silent(const GPtrArray *silent, GString *names)
{
    for (guint i = 0; i < silent->len && i < NAMED_MAX; i++)
        g_string_append_printf(names, "%s“%s”", i > 0 ? ", " : "", (const char *)silent->pdata[i]);
    if (silent->len > NAMED_MAX)
        g_string_append_printf(names, " and %u more", silent->len - NAMED_MAX);
}

void plx_cmd_warn_offered(plx_app *app, const plx_map *map,
                          const struct plx_form_settings *settings)
{
    g_auto(GStrv) listed = g_strsplit(settings->languages, ",", -1);
    const char *const *const offered =
        *listed ? (const char *const *)listed : plx_texts_languages();
    g_autoptr(GString) without = g_string_new(NULL);
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; offered[i]; i++) {
        g_autoptr(GPtrArray) silent = silent_in(map, settings->journey, offered[i]);
        if (silent->len == 0)
            continue;
        g_string_append_printf(without, "%s%s", without->len > 0 ? ", " : "", offered[i]);
        if (names->len == 0)
            name_silent(silent, names);
    }
    if (without->len > 0)
        plx_app_note(app,
                     "the form is offered in %s, which the map has no text in for %s: they are "
                     "shown as they are (%s). Give the map texts {%s: …, %.2s: …}, or offer one "
                     "language (--language %s)",
                     without->str, names->str, map->language, map->language, without->str,
                     map->language);
}

void plx_cmd_warn_silent(plx_app *app, const plx_map *map, gint journey, const char *language,
                         const char *shows)
{
    if (!language || !*language)
        return;
    g_autoptr(GPtrArray) silent = silent_in(map, journey, language);
    g_autoptr(GString) names = g_string_new(NULL);
    if (silent->len == 0)
        return;
    name_silent(silent, names);
    plx_app_note(app,
                 "the map has no %s text for %s: %s them as they are (%s). Give the map texts "
                 "{%s: …, %s: …}",
                 language, names->str, shows, map->language, map->language, language);
}
