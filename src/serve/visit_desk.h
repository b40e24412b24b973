/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The visits of a workspace (store/visits.h) as what they say (form/visit.h), for the command line
 * and the server alike. Tests: tests/cli/cases/visit-*, walk-*. */

#include "form/visit.h"
#include "form/visit_report.h"
#include "store/visits.h"

/* What accepted reports are called as a data set, and where they come from (column `source`). */
#define PLX_VISIT_DATASET "visits"

struct plx_visit_desk {
    plx_store *store; /* borrowed */
    plx_visit_list *list;
    gint64 last; /* number of the last act */
};
gboolean plx_visit_desk_open(struct plx_visit_desk *desk, plx_store *store, GError **error);
/* The same with one visit or walk alone, that of the link with this hash, which is returned; no
 * other is read. PLX_ERROR_NOT_FOUND: there is none, or not any more. */
plx_visit *plx_visit_desk_open_link(struct plx_visit_desk *desk, plx_store *store, const char *hash,
                                    GError **error);
void plx_visit_desk_clear(struct plx_visit_desk *desk);

/* Does an act and keeps it, within a write transaction. Pictures that came from a shopper are let
 * go of when another gets the visit (and are out of the log, too, once that shopper is erased, or
 * plx_visits_settle was called). Errors: those of plx_visit_apply and
 * plx_visits_add_within; then the desk is no longer to be used. */
gboolean plx_visit_desk_act(struct plx_visit_desk *desk, gint64 visit, gint64 utc_seconds,
                            const char *author, const char *act, const char *body, GError **error);

/* Takes a report as it was sent, within a write transaction: *put says whether it is new or was
 * there already, which changes nothing. PLX_ERROR_INPUT: what is wrong with it, also when a picture
 * it names is not there yet, or another report has its id; PLX_ERROR_USAGE: nothing can be told of
 * the visit (any more); PLX_ERROR_NOT_SHOWN, in words for who tells: the walk was begun after its
 * last day, or there are as many reports as are taken. One of a visit that began on a day that was
 * not planned is taken and marked. Programs that want to know of new ones are told within the same
 * transaction (store/webhooks.h), of visits, not of walks. */
struct plx_visit_parcel {
    const char *text; /* JSON; need not end with a zero byte */
    gsize length;
    gint64 utc_seconds;
    const char *language; /* of whom it is from */
    const char *author;   /* who brought it; NULL: it came by its link */
};
gboolean plx_visit_desk_send(struct plx_visit_desk *desk, const plx_visit *visit,
                             const struct plx_visit_parcel *parcel, enum plx_visit_put *put,
                             GError **error);

/* The report with an id, the last one where that is NULL, of a visit or walk. PLX_ERROR_NOT_FOUND:
 * there is none, or it was erased; PLX_ERROR_INPUT: the map has since changed so that it cannot be
 * read. */
plx_visit_report *plx_visit_desk_report(const struct plx_visit_desk *desk, const plx_visit *visit,
                                        const char *id, GError **error);

/* Accepts the last report, within a write transaction: it becomes an encounter of the audience
 * shopper, known by the shopper's name. Errors: those above, and of the inbox. */
gboolean plx_visit_desk_accept(struct plx_visit_desk *desk, const plx_visit *visit,
                               gint64 utc_seconds, const char *author, GError **error);

/* All reports of a visit or walk that were not erased, in the order in which they were sent:
 * plx_visit_report, freed with it. Errors: those of plx_visit_desk_report. */
GPtrArray *plx_visit_desk_reports(const struct plx_visit_desk *desk, const plx_visit *visit,
                                  GError **error);

/* A draft of a map of all that was told on a walk, appended: a file that 'map apply' takes.
 * PLX_ERROR_NOT_FOUND: nothing was. Errors of map/map_walk.h. */
gboolean plx_visit_desk_draft(const struct plx_visit_desk *desk, const plx_visit *walk,
                              GString *yaml, GError **error);

/* Forgets a shopper by name: the name, reports and pictures, in a transaction of its own; their
 * links are void, and what they did not tell is planned again. *reports: how many.
 * PLX_ERROR_NOT_FOUND: there is none. */
struct plx_visit_leaving {
    const char *name;
    const char *author; /* of the acts */
    gint64 utc_seconds;
};
gboolean plx_visit_desk_erase(plx_store *store, const struct plx_visit_leaving *leaving,
                              guint64 *reports, GError **error);
/* How many that would be: all stays. */
gboolean plx_visit_desk_try_erase(const struct plx_visit_desk *desk, const char *name,
                                  guint64 *reports, GError **error);

/* Forgets who made visits that are done with (accepted, withdrawn) and may have been made before a
 * day, and what was told of them in words and pictures; answers that came of them stay. A shopper
 * with other visits keeps the name. */
gboolean plx_visit_desk_fade(const struct plx_visit_desk *desk, gint32 day, gboolean dry_run,
                             guint64 *reports, GError **error);

/* Forgets what was told of one visit or walk, with pictures, within a write transaction;
 * plx_visits_settle has to follow. A walk is closed; answers that came of a visit stay.
 * PLX_ERROR_USAGE: a visit that can still be told. */
gboolean plx_visit_desk_empty(struct plx_visit_desk *desk, const plx_visit *visit,
                              gint64 utc_seconds, const char *author, guint64 *reports,
                              GError **error);
