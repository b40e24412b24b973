/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Visits of secret shoppers, and walks: what is planned, and what became of it, folded from acts
 * (store/visits.h). A visit is planned, assigned to a shopper by a private link, reported, and
 * reviewed: accepted, or returned with words, after which the same link takes another report; it
 * may be withdrawn before it is accepted. A walk is open from the start, until it is closed, and
 * takes one report after another. Test: tests/form/test_visit.c. */

#include "map/map.h"

#define PLX_VISIT_NOTE_MAX 2000 /* characters of words */
#define PLX_VISIT_NO_DAY G_MININT32

/* What is to be visited. */
struct plx_visit_plan {
    char *journey; /* id; of a walk the title of what is walked through */
    char *place;   /* NULL: of a walk */
    gint32 from,
        until;      /* first and last day on which it may be made; PLX_VISIT_NO_DAY: of a walk */
    char *note;     /* what else to know or do; or NULL */
    char *language; /* of brief and page: "de"; NULL: the map's, of a walk the reader's */
};
void plx_visit_plan_clear(struct plx_visit_plan *plan);

enum plx_visit_state {
    PLX_VISIT_PLANNED,
    PLX_VISIT_ASSIGNED,
    PLX_VISIT_SENT, /* waits for a review */
    PLX_VISIT_RETURNED,
    PLX_VISIT_ACCEPTED,
    PLX_VISIT_WITHDRAWN,
    PLX_VISIT_OPEN, /* a walk */
    PLX_VISIT_CLOSED
};
/* "planned" ... */
const char *plx_visit_state_name(enum plx_visit_state state);

struct plx_visit_event {
    gint64 utc_seconds;
    char *author;
    enum plx_visit_state state; /* after it */
    char *words;                /* of a review, why a link is void, or NULL */
    char *report;               /* that was sent: its id, or NULL */
    gboolean outside;           /* it began on a day that was not planned */
};

typedef struct plx_visit plx_visit;
struct plx_visit {
    gint64 id;
    gboolean walk;
    struct plx_visit_plan plan;
    enum plx_visit_state state;
    gint64 shopper;    /* number, 0: none yet */
    char *hash;        /* of the token of the link in force, or NULL */
    char *report;      /* id of the last one sent, or NULL */
    gboolean outside;  /* which began on a day that was not planned */
    guint reports;     /* how many were sent */
    GPtrArray *events; /* struct plx_visit_event, in order of time */
};

typedef struct plx_visit_list plx_visit_list;
struct plx_visit_list {
    GPtrArray *visits; /* plx_visit, by id from `before` + 1 on */
    gint64 before;     /* 0: all of them */
};
plx_visit_list *plx_visit_list_new(void);
/* For the acts of this visit alone. */
plx_visit_list *plx_visit_list_new_one(gint64 visit);
void plx_visit_list_free(plx_visit_list *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_visit_list, plx_visit_list_free)

/* Does an act. Errors: PLX_ERROR_USAGE when it may not be done to a visit in its state;
 * PLX_ERROR_NOT_FOUND: no such visit; PLX_ERROR_IO: the act says nothing that is known. */
gboolean plx_visit_apply(plx_visit_list *list, gint64 visit, gint64 utc_seconds, const char *author,
                         const char *act, const char *body, GError **error);

/* By its number, as people write it. PLX_ERROR_USAGE, PLX_ERROR_NOT_FOUND. */
plx_visit *plx_visit_find(const plx_visit_list *list, const char *number, gboolean walk,
                          GError **error);
/* By the hash of a link's token; NULL: none has it. */
plx_visit *plx_visit_linked(const plx_visit_list *list, const char *hash);
/* May something be told by its link? */
gboolean plx_visit_is_open(const plx_visit *visit);
/* Why not: the key of a text (serve/texts.h), "visit.closed.sent"; NULL: it may. */
const char *plx_visit_closed_key(const plx_visit *visit);
/* Is a day none of those on which it was to be made? */
gboolean plx_visit_is_outside(const plx_visit *visit, gint32 day);

/* Bodies of acts; to be freed. */
char *plx_visit_plan_text(const struct plx_visit_plan *plan);
char *plx_visit_walk_text(const struct plx_visit_plan *plan, const char *hash);
char *plx_visit_assign_text(gint64 shopper, const char *hash);
char *plx_visit_send_text(const char *report, gboolean outside);
char *plx_visit_close_text(void);
/* `state`: ACCEPTED, RETURNED or WITHDRAWN; words NULL where it is accepted. */
char *plx_visit_review_text(enum plx_visit_state state, const char *words);

/* As people ask for it; what is NULL is not said. */
struct plx_visit_ask {
    const char *journey, *place, *from, *until, *note, *language;
};
/* Errors: PLX_ERROR_USAGE (what is missing, days in the wrong order, a shopper's audience that is
 * anonymous), PLX_ERROR_NOT_FOUND (the journey). */
gboolean plx_visit_plan_ask(const plx_map *map, const struct plx_visit_ask *ask,
                            struct plx_visit_plan *plan, GError **error);
/* The same of a walk: journey is its title, until its last day, or NULL. */
gboolean plx_visit_walk_ask(const struct plx_visit_ask *ask, struct plx_visit_plan *plan,
                            GError **error);
/* Words that somebody gives: PLX_ERROR_USAGE when blank, too long or with control characters. */
gboolean plx_visit_check_words(const char *option, const char *words, GError **error);
