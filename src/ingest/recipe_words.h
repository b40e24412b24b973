/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the words in foreign headers and cells usually mean: English, German, French, Spanish. Only
 * guesses for recipe suggest are made of them. Test: tests/ingest/test_recipe_suggest.c. */

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
    PLX_ROLE_RATING
};

/* What a column's title gives away; PLX_ROLE_OTHER when it says nothing. */
enum plx_role plx_role_of_title(const char *title);

/* "leader", "staff", "shopper" or "customer" for a word for one of them; else NULL. */
const char *plx_audience_of_word(const char *word);

/* "na", "declined" or "missing" for a usual code of one, in a column of marks; else NULL. */
const char *plx_code_of_text(const char *text);
