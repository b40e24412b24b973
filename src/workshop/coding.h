/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Sorting the answers of a workshop into themes.
 *
 * The state is made of what people wrote (voice/saying.h) and a codebook (voice/codebook.h), which
 * the acts below change. Who wrote an answer is not in it: only how many tables and persons. Equal
 * words under one prompt are one answer. An act that fails changes nothing; one that succeeds gives
 * the words it is remembered by (they hold titles of themes and no answers), to be freed, NULL when
 * there was nothing to do.
 * Errors: PLX_ERROR_NOT_FOUND (no such theme or point, with "did you mean"), PLX_ERROR_USAGE (a
 * title without a letter or digit, or that another theme has). Test: tests/workshop/test_coding.c.
 */

#include "map/map.h"
#include "voice/codebook.h"
#include "voice/saying.h"

typedef struct plx_sorter plx_sorter;

/* The prompts of a workshop, in the order they are asked: NULL-ended. */
extern const char *const PLX_SORTER_PROMPTS[];

struct plx_sorter_answer {
    const char *prompt;
    const char *text;     /* the spelling that people rather read (base/id.h) */
    const char *language; /* of the first who says it, else of the map */
    guint tables;         /* that gave it; 0: none of a table */
    guint persons;        /* at the tables that gave it, or alone */
    guint32 theme;        /* 0: not sorted */
};

/* Answers that share rare words (text/alike.h) with each other or with what is in a theme. */
struct plx_sorter_hint {
    char *title;    /* of the theme, or proposed for a new one */
    guint32 theme;  /* 0: a new one */
    guint n;        /* at least 1; of a new one 2 */
    guint *answers; /* numbers of answers that are not sorted, ascending */
};

/* The map is borrowed, the codebook becomes the sorter's. */
plx_sorter *plx_sorter_new(const plx_map *map, const struct plx_sayings *sayings,
                           plx_codebook *book);
void plx_sorter_free(plx_sorter *sorter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_sorter, plx_sorter_free)

const plx_codebook *plx_sorter_book(const plx_sorter *sorter);

/* By prompt, then text. */
guint plx_sorter_answers(const plx_sorter *sorter);
const struct plx_sorter_answer *plx_sorter_answer(const plx_sorter *sorter, guint i);

/* struct plx_sorter_hint, largest first; to be unreferenced. Errors: PLX_ERROR_IO. */
GPtrArray *plx_sorter_hints(const plx_sorter *sorter, GError **error);

/* Acts ----------------------------------------------------------------------------------------- */

/* Answers by their numbers; the theme with such a title, made when there is none. */
gboolean plx_sorter_put(plx_sorter *sorter, const guint *answers, guint n, const char *title,
                        char **act, GError **error);
gboolean plx_sorter_take_out(plx_sorter *sorter, const guint *answers, guint n, char **act,
                             GError **error);
gboolean plx_sorter_merge(plx_sorter *sorter, const char *from, const char *into, char **act,
                          GError **error);
gboolean plx_sorter_rename(plx_sorter *sorter, const char *theme, const char *title, char **act,
                           GError **error);
/* The point by its id or its title. */
gboolean plx_sorter_tie(plx_sorter *sorter, const char *theme, const char *point, char **act,
                        GError **error);

/* The id of a point that is named by id or title, to be freed. A map that takes any point has all.
 * Errors: PLX_ERROR_NOT_FOUND, without the quoted word. */
char *plx_sorter_point(const plx_sorter *sorter, const char *name, GError **error);
