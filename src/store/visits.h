/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Visits of secret shoppers, and walks: what was done to them, in the order in which it was done,
 * which is never changed or taken away; and what came in: reports and pictures. Acts name no
 * shopper, but a number; with the name a shopper's reports and pictures can be erased. What acts
 * and reports say is text here: form/visit.h makes and reads it.
 *
 * Functions that end in _within work in the caller's write transaction (plx_visits_write makes
 * one). Errors: PLX_ERROR_IO, also for a row changed or gone. Test: tests/store/test_visits.c. */

#include "store/act.h"
#include "store/store.h"

#define PLX_VISIT_PHOTOS_MAX 100  /* of one visit */
#define PLX_WALK_PHOTOS_MAX 10000 /* of one walk, by all who tell of it */

#define PLX_VISIT_REPORTS_MAX 1000                     /* of one visit or walk */
#define PLX_VISIT_REPORTS_BYTES_MAX (64 * 1024 * 1024) /* all of these together */

/* All acts, oldest first: struct plx_act, "plan" and "walk" (which begin a visit, numbered from 1),
 * "assign", "send" (by "-": through the link; else who brought a file), "review", "close"; `about`
 * is the visit. */
GPtrArray *plx_visits_read(plx_store *store, GError **error);
/* Those of one visit alone (none: there is none), without reading any other; each visit's acts are
 * counted. *last: the number of
 * the last act on all. */
GPtrArray *plx_visits_of(plx_store *store, gint64 visit, gint64 *last, GError **error);
/* The visit to which a link with this hash was made; it may be void by now. PLX_ERROR_NOT_FOUND. */
gboolean plx_visits_find_link(plx_store *store, const char *hash, gint64 *visit, GError **error);

/* Are all acts, reports and pictures as they were written? */
gboolean plx_visits_check(plx_store *store, GError **error);

/* Does something within a write transaction of its own. */
typedef gboolean (*plx_visits_work)(plx_store *store, gpointer data, GError **error);
gboolean plx_visits_write(plx_store *store, plx_visits_work work, gpointer data, GError **error);

/* Adds an act; its `number` is the last one's that the caller has seen (0: there was none).
 * PLX_ERROR_IO when another program added one meanwhile. */
gboolean plx_visits_add_within(plx_store *store, const struct plx_act *act, GError **error);

/* The number of a shopper, who is written down if there is none of this name. */
gboolean plx_visits_shopper_within(plx_store *store, const char *name, gint64 *shopper,
                                   GError **error);
/* A shopper called `name`, if there is one, is called `other` from now on, or "other-7" (the own
 * number) where another shopper is called so. Within the caller's transaction. */
gboolean plx_visits_rename_within(plx_store *store, const char *name, const char *other,
                                  GError **error);
/* NULL, without an error, when the shopper was erased; to be freed. */
char *plx_visits_shopper(plx_store *store, gint64 shopper, GError **error);

/* What became of something that was sent under an id. */
enum plx_visit_put {
    PLX_VISIT_PUT_NEW,
    PLX_VISIT_PUT_AGAIN, /* it is there already; nothing was changed */
    PLX_VISIT_PUT_OTHER, /* something else is there under this id; nothing was changed */
    PLX_VISIT_PUT_FULL   /* there are as many as are taken; nothing was changed */
};
gboolean plx_visits_put_report_within(plx_store *store, gint64 visit, const char *id,
                                      const char *body, enum plx_visit_put *put, GError **error);
/* The body, to be freed. PLX_ERROR_NOT_FOUND: there is none, or it was erased. */
char *plx_visits_report(plx_store *store, gint64 visit, const char *id, GError **error);

/* `sent` is what came, `kept` the picture that was made of it. */
gboolean plx_visits_put_photo_within(plx_store *store, gint64 visit, const char *id, GBytes *sent,
                                     GBytes *kept, enum plx_visit_put *put, GError **error);
/* PLX_ERROR_NOT_FOUND. */
GBytes *plx_visits_photo(plx_store *store, gint64 visit, const char *id, GError **error);
/* Is it there? Without reading it. */
gboolean plx_visits_has_photo(plx_store *store, gint64 visit, const char *id, gboolean *has,
                              GError **error);

/* By name: PLX_ERROR_NOT_FOUND. */
gboolean plx_visits_find_shopper(plx_store *store, const char *name, gint64 *shopper,
                                 GError **error);

/* What is to be forgotten: reports and pictures of visits, names of shoppers. */
struct plx_visits_forgotten {
    const gint64 *visits, *shoppers;
    gsize n_visits, n_shoppers;
};
/* Forgets it within the caller's transaction; *reports: how many had words. Answers that came of
 * them are erased by plx_erase_respondent. When the transaction is on the disk plx_visits_settle
 * has to follow: until then it is left in the log. */
gboolean plx_visits_forget_within(plx_store *store, const struct plx_visits_forgotten *forgotten,
                                  guint64 *reports, GError **error);
gboolean plx_visits_settle(plx_store *store, GError **error);
/* Both, in a transaction of its own; with `dry_run` all stays. */
gboolean plx_visits_forget(plx_store *store, const struct plx_visits_forgotten *forgotten,
                           gboolean dry_run, guint64 *reports, GError **error);
