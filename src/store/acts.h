/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Acts on things, as rows that are only ever added: numbered without gaps, each with a checksum,
 * counted in table fact. store/steps.h, store/suggestions.h and store/visits.h are kept like this;
 * private to store/. Tests: tests/store/test_steps.c, tests/store/test_suggestions.c. */

#include "store/act.h"
#include "store/db.h"

/* Where acts of a kind are. All texts are literals. */
struct plx_act_kind {
    const char *read; /* SQL: id, about, time, author, act, body, crc, how many there should be;
                         in order, and one row without an id where there are none */
    const char *of; /* SQL: the same of ?1 alone, then how many of these there should be; or NULL */
    const char *insert;  /* SQL: the first seven */
    const char *recount; /* SQL: how many there are, written down */
    const char *count;   /* SQL: one more of ?1, written down; NULL where `of` is */
    const char *damaged; /* "its steps": for errors */
    const char *changed; /* "the steps" */
};

/* Oldest first: struct plx_act. Errors: PLX_ERROR_IO, also for a row changed or gone. */
GPtrArray *plx_acts_read(plx_db *db, const struct plx_act_kind *kind, GError **error);

/* The same of what is done to one thing alone, also when the last of it is gone. *last: how many
 * acts there are on all. */
GPtrArray *plx_acts_of(plx_db *db, const struct plx_act_kind *kind, gint64 about, gint64 *last,
                       GError **error);

/* Adds one behind `act->number`, the last one's that the caller has seen, of the `n` there are;
 * within the caller's write transaction. Errors: PLX_ERROR_IO when there are others meanwhile. */
gboolean plx_acts_add(plx_db *db, const struct plx_act_kind *kind, const struct plx_act *act,
                      gint64 n, GError **error);
