/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/people.h"

#include "report/words.h"
#include "serve/texts.h"

/* Ours under `prefix` for a title that the map did not choose itself. */
static const char *called(const plx_map *map, const char *id, const char *prefix,
                          const char *language)
{
    const gint index = plx_map_find_audience(map, id);
    const char *const title = index >= 0 ? map->audiences[index].title : NULL;
    if (title && plx_words_audience(id, title) == title)
        return plx_map_text(map, title, language);
    g_autofree char *key = g_strconcat(prefix, id, NULL);
    const char *const ours = plx_texts(language, key);
    return ours ? ours : title ? plx_map_text(map, title, language) : id;
}

const char *plx_people_label(const plx_map *map, const char *id, const char *language)
{
    return called(map, id, "workshop.who.", language);
}

const char *plx_people_words(const plx_map *map, const char *id, const char *language)
{
    return called(map, id, "people.", language);
}

guint plx_people_served(const plx_map *map)
{
    guint served = 0;
    while (served + 1 < map->n_audiences && !map->audiences[served].served)
        served++;
    return served;
}
