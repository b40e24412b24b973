/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The sentences of the page for Monday that `next` does not have; private to report/monday*.c.
 * Lines are char *, owned by the array. Tests: tests/cli/cases/report-one-page-*. */

#include "report/next_words.h"

/* "“Desk”: from Basic to Expected", or why no step is named. */
void plx_monday_title(const plx_next *next, GString *out);
/* "Order › On the way"; nothing without a map. */
void plx_monday_where(const struct plx_proposal *p, GString *out);
/* "Customers rate each moment from 1 to 6: 1 Criminal, … 6 Unbelievable." */
void plx_monday_levels(const plx_next *next, const struct plx_proposal *p, GString *out);
/* "The one thing to do this week"; of a step that was written down, that it is planned or under
 * way. */
const char *plx_monday_kicker(const plx_next *next);
/* The step that was written down for the moment that is recommended; or NULL. */
const struct plx_step *plx_monday_step(const plx_next *next);
/* Who sees to it, what is done, from when, where. */
GPtrArray *plx_monday_written(const plx_next *next, const struct plx_step *step);
/* What is success, and when it is judged. */
void plx_monday_judged(const plx_next *next, const struct plx_step *step, GString *out);
GPtrArray *plx_monday_why(const plx_next *next, const struct plx_proposal *p);
/* What it takes, as nobody has written it down yet. */
void plx_monday_what(const plx_next *next, const struct plx_proposal *p, GString *out);
/* On Monday morning: who, what, where; of a step that was written down what was agreed. */
const char *plx_monday_do_title(const plx_next *next);
GPtrArray *plx_monday_do(const plx_next *next, const struct plx_proposal *p);
/* Where no step is named: what to do instead. */
GPtrArray *plx_monday_instead(const plx_next *next);
/* Those next in line, at most three; of a tie those that are tied. */
GPtrArray *plx_monday_others(const plx_next *next);
const char *plx_monday_others_title(const plx_next *next);
/* Where leaders (or staff) and those served lie furthest apart, at most three; what only has to be
 * told. */
GPtrArray *plx_monday_apart(const plx_next *next);
GPtrArray *plx_monday_untold(const plx_next *next);
/* Suggestions that wait for an answer for too long: one line, or none. */
GPtrArray *plx_monday_owed(const plx_next *next);
