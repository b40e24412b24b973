/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What answers were chosen by, as people say it. */
#include "report/words.h"

#include <string.h>

/* The title of a journey, transaction or point; of anything else the value itself. */
static const char *title_of(const plx_map *map, const char *key, const char *value)
{
    const gint point = map && strcmp(key, "point") == 0 ? plx_map_find_point(map, value) : -1;
    const gint journey = map && strcmp(key, "journey") == 0 ? plx_map_find_journey(map, value) : -1;
    if (point >= 0)
        return map->points[point].title;
    if (journey >= 0)
        return map->journeys[journey].title;
    for (guint j = 0; map && strcmp(key, "transaction") == 0 && j < map->n_journeys; j++)
        for (guint t = 0; t < map->journeys[j].n_transactions; t++)
            if (strcmp(map->journeys[j].transactions[t].id, value) == 0)
                return map->journeys[j].transactions[t].title;
    return value;
}

/* "Graz or Wien" of "Graz|Wien"; `\|` is a bar within a value. */
static void append_values(GString *out, const plx_map *map, const char *key, const char *values)
{
    g_autoptr(GString) value = g_string_new(NULL);
    for (const char *p = values;; p++) {
        if (*p && *p != '|') {
            p += *p == '\\' && p[1] == '|';
            g_string_append_c(value, *p);
            continue;
        }
        g_string_append(out, title_of(map, key, value->str));
        if (!*p)
            return;
        g_string_append(out, " or ");
        g_string_truncate(value, 0);
    }
}

void plx_words_where(GString *out, const plx_map *map, const char *test)
{
    const char *const equal = strchr(test, '=');
    if (!equal) {
        g_string_append(out, test);
        return;
    }
    const gboolean other = equal > test && equal[-1] == '!';
    g_autofree char *key = g_strndup(test, (gsize)(equal - test - (other ? 1 : 0)));
    char *const name = g_str_has_prefix(key, "segment.") ? key + strlen("segment.") : key;
    g_string_append(out, other ? "not " : "");
    if (equal[1])
        append_values(out, map, key, equal + 1);
    else
        g_string_append(out, "none said");
    if (strcmp(key, "place") != 0 || !equal[1])
        g_string_append_printf(out, " (%s)", g_strdelimit(name, "_", ' '));
}
