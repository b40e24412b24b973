/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What recipe suggest knows of each column while it drafts, and how a draft is written as YAML.
 * Private to ingest. Test: tests/ingest/test_recipe_suggest.c. */

#include "ingest/look.h"
#include "ingest/recipe_choices.h"
#include "ingest/recipe_words.h"
#include "map/map.h"

struct plx_draft_column {
    enum plx_role role;
    gint ladder;      /* of marks in words (ingest/recipe_ladder.h), or -1 */
    gint64 low, high; /* of marks: the smallest and the largest */
    gboolean unknown; /* of marks in words that have no number yet: nobody knows them */
    char *why;        /* left aside: the reason; or NULL */
    char *subject;    /* of marks: the point, by id or title, or the journey; NULL: none */
    char *measure;    /* of marks; NULL: level */
    double likeness;  /* of the title to the point that was matched by words, 0 to 1 */
    const struct plx_choice *chosen; /* what people said of it, or NULL */
};

struct plx_draft {
    const struct plx_look *look;
    const plx_map *map;
    const struct plx_choices *choices; /* or NULL */
    struct plx_draft_column *columns;  /* one for each of look */
    GString *out;
};

/* Guesses what every column is and which point, then does what was chosen. */
void plx_draft_init(struct plx_draft *draft, const struct plx_look *look, const plx_map *map,
                    const struct plx_choices *choices, GString *out);
void plx_draft_clear(struct plx_draft *draft);
/* Appends the whole recipe for the file at `path` (recipe_suggest.c). */
void plx_draft_write(struct plx_draft *draft, const char *path);

/* Guesses what every column is (recipe_roles.c). */
void plx_draft_settle(struct plx_draft *draft);

/* The six numbers of the scale of the points, as far as they can be told: smallest and largest
 * mark, then floor, met, desired, top. FALSE: no column has marks. */
gboolean plx_draft_scale(const struct plx_draft *draft, gint64 scale[PLX_CHOICE_SCALE]);
/* The same of the marks of the whole journey: the scale of the points where they lie within it,
 * else the one their own ends tell. FALSE: no column has such marks. */
gboolean plx_draft_overall(const struct plx_draft *draft, gint64 scale[PLX_CHOICE_SCALE]);
/* Codes of no answer of this kind ("na") among the marks: texts, borrowed, in order; to be freed
 * with g_list_free(). */
GList *plx_draft_codes(const struct plx_draft *draft, const char *kind);
/* What a text of a column stands for: an audience, or a number (in `number`, as text); NULL: not
 * known. */
const char *plx_draft_meaning(const struct plx_draft *draft, guint i, const char *text,
                              char number[24]);

/* What stands among the marks of a column and is none, in a sentence; to be freed. NULL: nothing
 * does, or it was said what it stands for. */
char *plx_draft_stray(const struct plx_draft *draft, guint i);

/* The first column of a role, or -1. */
gint plx_draft_find(const struct plx_draft *draft, enum plx_role role);

/* A text with what is odd written as escapes, which comments and double quotes can hold. */
void plx_draft_escape(GString *out, const char *text, gboolean quotes);
/* A text as YAML: quoted wherever plain could be misread. */
void plx_draft_text(GString *out, const char *text);
/* A column by its title, or by its number where the title does not find it. */
void plx_draft_pick(const struct plx_draft *draft, guint i);
/* The same as the begin of a mapping that goes on: "{column: Title". */
void plx_draft_open_pick(const struct plx_draft *draft, guint i);
/* "key: Title" for the first column of a role, if there is one. */
void plx_draft_column(const struct plx_draft *draft, const char *key, enum plx_role role);

/* What is asked: points or one mark per row, the note, the recommendation (recipe_answers.c). */
void plx_draft_answers(const struct plx_draft *draft);

/* Texts in the order of their bytes, for g_list_sort(). */
gint plx_draft_compare(gconstpointer a, gconstpointer b);
