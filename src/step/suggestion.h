/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Suggestions and complaints as things that are answered: a released letter (reading/letters.h) and
 * what was done to it, folded from acts (store/suggestions.h keeps them). An answer may be added
 * again; the older ones stay in its history.
 *
 * A suggestion waits until somebody gave it an answer in words: a state alone tells the person who
 * gave it nothing. Acts on letters that are no longer there (erased, undone), or that may not be
 * shown, are passed over. Test: tests/step/test_suggestion.c. */

#include "reading/letters.h"
#include "step/step.h"

#define PLX_SUGGESTION_LATE 14 /* days; who waits longer is counted by `next` */
#define PLX_SUGGESTION_DIGITS 16
#define PLX_SUGGESTION_NO_DAYS (-1)

enum plx_suggestion_state {
    PLX_SUGGESTION_RECEIVED,
    PLX_SUGGESTION_CONSIDERED,
    PLX_SUGGESTION_DOING,
    PLX_SUGGESTION_DONE,
    PLX_SUGGESTION_DECLINED
};
/* "received" ...: as in JSON and on the command line. */
const char *plx_suggestion_state_name(enum plx_suggestion_state state);
/* Errors: PLX_ERROR_USAGE, with "did you mean". */
gboolean plx_suggestion_state_find(const char *name, enum plx_suggestion_state *state,
                                   GError **error);

/* One answer: what was new in it. */
struct plx_suggestion_answer {
    gint64 utc_seconds;
    char *author;
    enum plx_suggestion_state state; /* from then on */
    char *text;                      /* to the person; or NULL */
    char *point;                     /* it was tied to this one; or NULL */
    gint64 step;                     /* and to this step; or 0 */
};

struct plx_suggestion {
    const struct plx_letter *letter;
    enum plx_suggestion_state state;
    const char *text;   /* of the last answer in words; or NULL: it waits */
    const char *point;  /* the last one it was tied to, as it was called then; or NULL */
    gint64 step;        /* or 0 */
    GPtrArray *answers; /* struct plx_suggestion_answer, oldest first */
    gint64 linked;      /* when its link was made, utc seconds; of none 0 */
    char *hash;         /* of the link's token; NULL: there is none */
    gboolean awaited;   /* whoever gave it asked for an answer, and has its private address */
};

typedef struct plx_suggestion_list plx_suggestion_list;
struct plx_suggestion_list {
    const plx_letters *letters;
    guint n;
    struct plx_suggestion *suggestions; /* in the order of the letters */
    guint digits; /* so many of a number, at least 8 of 16, are enough to tell them apart */
    GHashTable *by_number;
};

/* Of letters, which it takes over; all are received. */
plx_suggestion_list *plx_suggestion_list_new(plx_letters *letters);
void plx_suggestion_list_free(plx_suggestion_list *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_suggestion_list, plx_suggestion_list_free)

/* An act on one of them. `name` is the file's for errors: PLX_ERROR_INPUT where `body` cannot be
 * read; PLX_ERROR_USAGE where it may not be done: nothing would change, it declines without a word.
 * Nothing is changed then. */
gboolean plx_suggestion_apply(plx_suggestion_list *list, guint64 number, gint64 utc_seconds,
                              const char *author, const char *act, const char *body,
                              const char *name, GError **error);

/* The one whose number begins with these digits, at least 4. Errors: PLX_ERROR_USAGE (no number,
 * several begin so), PLX_ERROR_NOT_FOUND. */
const struct plx_suggestion *plx_suggestion_find(const plx_suggestion_list *list, const char *text,
                                                 GError **error);
/* The one whose link's token has this hash (store/suggestions.h); NULL: no link, or void. Takes the
 * same time whichever it is. */
const struct plx_suggestion *plx_suggestion_linked(const plx_suggestion_list *list,
                                                   const char *hash);

/* The one of this number; NULL: there is none, or it may not be shown. */
const struct plx_suggestion *plx_suggestion_numbered(const plx_suggestion_list *list,
                                                     guint64 number);

/* Marks one as awaited; nothing where there is none of this number. */
void plx_suggestion_await(plx_suggestion_list *list, guint64 number);

/* All digits of its number, to be freed. */
char *plx_suggestion_number(const struct plx_suggestion *suggestion);

/* Days it has waited at `day`, or was old when it was first answered in words;
 * PLX_SUGGESTION_NO_DAYS when it has no date, or a later one. */
gint plx_suggestion_days(const struct plx_suggestion *suggestion, gint32 day);

/* How many have waited for more than `days` at `day`. */
guint plx_suggestion_waiting(const plx_suggestion_list *list, gint32 day, gint days);

/* Which ones; what is NULL is not asked. */
struct plx_suggestion_choice {
    const char *state;
    const char *point; /* by id or title: it is about, or tied to */
    gboolean waiting;
    gboolean by_day; /* only what was there on `day`: what has no date was */
    gint32 day;
};
/* Borrowed ones: those that wait first, oldest first, then the others alike. Errors:
 * PLX_ERROR_USAGE (state), PLX_ERROR_NOT_FOUND (point). */
GPtrArray *plx_suggestion_choose(const plx_suggestion_list *list,
                                 const struct plx_suggestion_choice *choice, GError **error);

/* What an answer is to say, as typed: NULL is not given. */
struct plx_suggestion_ask {
    const char *state, *text, *point, *step;
};
/* Its body, to be freed. `steps` are struct plx_step. Errors: PLX_ERROR_USAGE (nothing is given,
 * misspelt, empty, not UTF-8), PLX_ERROR_NOT_FOUND (point, step). */
char *plx_suggestion_answer_text(const struct plx_suggestion_ask *ask, const plx_map *map,
                                 const GPtrArray *steps, GError **error);
/* The body of a link. */
char *plx_suggestion_link_text(const char *hash);
