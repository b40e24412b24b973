/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Suggestions and complaints (step/suggestion.h) for people and for programs, and the page for the
 * person who gave one. Ages are those at `day`. Titles of points are those of the map of today.
 * Members and columns: docs/suggestions.md. Tests: tests/cli/cases/suggestion-*. */

#include "report/story.h"
#include "step/suggestion.h"

/* Some of a list: chosen ones (struct plx_suggestion), in their order. JSON:
 * parallax.suggestions/1. */
struct plx_suggestion_view {
    const plx_suggestion_list *list;
    const GPtrArray *chosen;
    gint32 day;
    guint among; /* where only those that wait are chosen: of so many; else 0 */
};
plx_story *plx_suggestions_story(const struct plx_suggestion_view *view);
void plx_suggestions_json(const struct plx_suggestion_view *view, GString *out);
void plx_suggestions_csv(const struct plx_suggestion_view *view, GString *out);

/* The only one that is chosen, with its history; parallax.suggestion/1. */
plx_story *plx_suggestion_story(const struct plx_suggestion_view *view);
void plx_suggestion_json(const struct plx_suggestion_view *view, GString *out);

/* What the page says, in another language than English; "{0}" is the place of a point or day. */
struct plx_suggestion_words {
    const char *language, *direction; /* direction: NULL: from left to right */
    const char *suggestion, *complaint, *said;
    const char *received, *looking, *considered, *doing, *done, *declined;
    const char *about, *answers, *as_of, *thanks;
    /* A day, or the month that it is in, as readers of the language write it, to be freed; NULL:
     * "2026-11-24", "2026-11". */
    char *(*day)(const char *language, gint32 day);
    char *(*month)(const char *language, gint32 day);
};
/* The same for whoever gave it: no name of those who answered, no number, no tie to a step. `words`
 * NULL: English. */
GString *plx_suggestion_page(const struct plx_suggestion_view *view,
                             const struct plx_suggestion_words *words);

/* "12 suggestions and complaints have waited for an answer for more than 14 days.", to be freed;
 * NULL: none, or nobody knows (PLX_NO_COUNT). */
char *plx_suggestions_late_words(gint64 late);

/* The title on the map of the point it is tied to, or its id; NULL: to none. */
const char *plx_suggestion_tied(const struct plx_suggestion *suggestion, const plx_map *map);
