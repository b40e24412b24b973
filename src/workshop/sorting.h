/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A list in which answers are sorted into themes by keys: what is shown, where the cursor is, what
 * is being asked, and what each key does. Nothing here knows a terminal or a workspace: keys go in
 * (plx_sorting_press), acts come out one by one, to be kept at once.
 * Test: tests/workshop/test_sorting.c. */

#include "workshop/coding.h"
#include "workshop/key.h"

typedef struct plx_sorting plx_sorting;

/* What typed characters are. */
enum plx_sorting_mode {
    PLX_SORTING_LIST,   /* keys of the list */
    PLX_SORTING_FILTER, /* words that an answer or its theme must hold */
    PLX_SORTING_PUT,    /* the title of a theme for the answer */
    PLX_SORTING_MERGE,  /* ... to put its theme into */
    PLX_SORTING_RENAME, /* ... of its theme */
    PLX_SORTING_TIE,    /* a point for its theme */
    PLX_SORTING_HELP    /* nothing: any key goes on */
};

/* What the caller has to do after a key. */
enum plx_sorting_result {
    PLX_SORTING_NOTHING,
    PLX_SORTING_ACT,  /* keep the codebook; the message is the act's words */
    PLX_SORTING_UNDO, /* take the last act back, then plx_sorting_take() */
    PLX_SORTING_LEAVE
};

/* The sorter becomes the list's. Errors: PLX_ERROR_IO (suggestions; the sorter is freed). */
plx_sorting *plx_sorting_new(plx_sorter *sorter, GError **error);
void plx_sorting_free(plx_sorting *sorting);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_sorting, plx_sorting_free)

/* In place of the sorter there was; cursor and filter stay as far as they can. */
gboolean plx_sorting_take(plx_sorting *sorting, plx_sorter *sorter, GError **error);

const plx_sorter *plx_sorting_sorter(const plx_sorting *sorting);

/* *message: what was done, or why not (to be freed); else NULL. Errors: PLX_ERROR_IO. */
gboolean plx_sorting_press(plx_sorting *sorting, const struct plx_key_press *press,
                           enum plx_sorting_result *result, char **message, GError **error);

/* What is shown ---------------------------------------------------------------------------- */

guint plx_sorting_rows(const plx_sorting *sorting); /* answers that the filter lets through */
guint plx_sorting_at(const plx_sorting *sorting);   /* the row of the cursor; 0 without rows */
const struct plx_sorter_answer *plx_sorting_answer(const plx_sorting *sorting, guint row);
/* The theme it is in, or NULL. */
const struct plx_theme *plx_sorting_theme(const plx_sorting *sorting, guint row);
/* The title that Enter puts it into, or NULL: it is in one, or nothing is like it. */
const char *plx_sorting_suggested(const plx_sorting *sorting, guint row);

enum plx_sorting_mode plx_sorting_mode(const plx_sorting *sorting);
const char *plx_sorting_typed(const plx_sorting *sorting); /* of the modes that ask */
const char *plx_sorting_filter(const plx_sorting *sorting);
/* What Tab goes through, borrowed: titles or points that hold what was typed. To be
 * unreferenced. */
GPtrArray *plx_sorting_choices(const plx_sorting *sorting);
