/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Sayings: what people wrote, each with what stands beside it in its row.
 *
 * For readings of words (the workshop, themes), where counts are not enough. Only sayings of the
 * prompts asked for are held, so a source of a billion rows gives the few hundred of its workshops.
 * Like an answer (voice/source.h) it is canonical: the same data give the same sayings in the same
 * order, whatever the order of rows, threads or blocks; no key of a person is in it.
 *
 * What a table says as a group (workshop and table are named, group_size is above 1, no respondent is known) is
 * one sheet of one unit per data set, workshop, table and audience, whichever encounters it came in:
 * an anonymous audience's answers that arrive in parts cannot be known as one by their keys, and
 * seven persons must not become fourteen. Sheets and
 * units are numbered as they appear; of equal sayings those come first whose unit, then whose sheet,
 * says what comes first.
 * How to get them: plx_source_listen (voice/source.h), or the sink (voice/sink.h).
 * Test: tests/voice/test_saying.c; the conformance suite of the engines. */

#include "voice/filter.h"

#include <glib.h>

/* Which ones. The prompts are ids, NULL-ended; NULL: all. */
struct plx_listen {
    const char *const *prompts;
    const plx_filter *filter; /* NULL = all rows; borrowed */
};

struct plx_saying {
    guint audience;       /* index in the map */
    const char *subject;  /* id of the point (or journey, task, promise) it is about; NULL: none */
    const char *prompt;   /* id, never NULL */
    const char *text;     /* as written, never empty */
    const char *workshop; /* "": not said */
    const char *table;    /* "": not said */
    const char *place, *language; /* "": not said */
    gint8 surprise;               /* 1 good, -1 bad, 0 none, PLX_CELL_EMPTY: not said */
    gint8 level;                  /* in the same row; PLX_CELL_EMPTY: none */
    gint32 day;                   /* or PLX_NO_DAY */
    guint sheet;                  /* sayings of one encounter have the same number, from 0 */
    guint unit;                   /* of one unit (respondent, else encounter), likewise */
    gboolean known;               /* the unit is a respondent: one person */
    guint group_size;             /* persons behind it, at least 1 */
};

struct plx_sayings {
    guint n;
    struct plx_saying *sayings; /* by workshop, table, audience, prompt, text, then the rest */
    guint n_sheets, n_units;
    GPtrArray *memory; /* owns everything above */
};

void plx_sayings_free(struct plx_sayings *sayings);
