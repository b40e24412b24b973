/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the words in foreign headers and cells usually mean: English, German, French, Spanish,
 * Italian. Only guesses for recipe suggest are made of them. Test:
 * tests/ingest/test_recipe_suggest.c. */

#include <glib.h>

enum plx_role {
    PLX_ROLE_OTHER, /* left out, and listed */
    PLX_ROLE_AUDIENCE,
    PLX_ROLE_RESPONDENT,
    PLX_ROLE_TIME,
    PLX_ROLE_PLACE,
    PLX_ROLE_CHANNEL,
    PLX_ROLE_LANGUAGE,
    PLX_ROLE_WEIGHT,
    PLX_ROLE_POINT, /* names the point of its row: a long file */
    PLX_ROLE_NOTE,
    PLX_ROLE_SEGMENT,
    PLX_ROLE_RATING,
    PLX_ROLE_RECOMMEND, /* 0..10 of a journey */
    PLX_ROLE_OVERALL,   /* of a journey; guessed only where the points are known */
    PLX_ROLE_ENCOUNTER, /* never guessed */
    PLX_ROLE_WORDS,     /* answers in words whose order is not known */
    PLX_ROLES
};

/* What roles are called in JSON: "ignore", "audience", ..., "point" for marks, "names" for a column
 * that names the point of its row. */
const char *plx_column_role_name(enum plx_role role);
/* PLX_ROLES: no role is called so. */
enum plx_role plx_column_role_find(const char *name);
/* Every name, NULL-terminated. */
const char *const *plx_column_role_names(void);

/* What a column's title gives away; PLX_ROLE_OTHER when it says nothing. */
enum plx_role plx_role_of_title(const char *title);

/* Does the title ask who is answering ("Rolle")? */
gboolean plx_is_role_title(const char *title);

/* Does the title ask whether one would recommend? */
gboolean plx_is_recommend_title(const char *title);

/* Does the title ask about the whole ("Overall, how satisfied ...")? */
gboolean plx_is_whole_title(const char *title);

/* "leader", "staff", "shopper" or "customer" (always the same pointer) for a word for one of them,
 * or a few words with one in it ("I work here"); else NULL. */
const char *plx_audience_of_word(const char *word);
/* Is the text such a word and nothing else? */
gboolean plx_is_audience_word(const char *word);

/* "na", "declined" or "missing" for a usual code of one, in a column of marks; else NULL. */
const char *plx_code_of_text(const char *text);
