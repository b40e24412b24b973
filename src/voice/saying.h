/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Sayings: what people wrote, each with what stands beside it in its row.
 *
 * For readings of words (the workshop, themes), where counts are not enough. Only sayings of the
 * prompts asked for are held, so a source of a billion rows gives the few hundred of its workshops.
 * Like an answer (voice/source.h) it is canonical: the same data give the same sayings in the same
 * order, whatever the order of rows, threads or blocks; no key of a person is in it.
 *
 * What a table says as a group (workshop and table are named, group_size is above 1, no respondent
 * is known) is one sheet of one unit per data set, workshop, table and audience, whichever
 * encounters it came in: an anonymous audience's answers that arrive in parts cannot be known as
 * one by their keys, and seven persons must not become fourteen. Sheets and units are numbered as
 * they appear; of equal sayings those come first whose unit, then whose sheet, says what comes
 * first.
 *
 * How to get them: plx_source_listen (voice/source.h), or the sink (voice/sink.h).
 * Test: tests/voice/test_saying.c; the conformance suite of the engines. */

#include "voice/filter.h"

#include <glib.h>

/* For readings that want to know of each text only what it comes to, of millions of them: the
 * thread that meets a text reads it, and the text is not held. */
struct plx_text_reader {
    gpointer (*start)(gconstpointer data); /* what one thread reads with */
    /* The language is "" where it is not said. The same text must give the same mark. */
    gboolean (*read)(gpointer with, const char *language, const char *text, guint8 *mark,
                     GError **error);
    void (*stop)(gpointer with);
    gconstpointer data;
};

/* Which ones. The prompts are ids, NULL-ended; NULL: all. With a reader (borrowed) sayings have its
 * marks and no text; those of a unit, and in it those of a sheet, stand together, but no other
 * order or number means anything: putting a million into one that does takes seconds. */
struct plx_listen {
    const char *const *prompts;
    const plx_filter *filter; /* NULL = all rows; borrowed */
    const struct plx_text_reader *reader;
};

struct plx_saying {
    guint audience;               /* index in the map */
    enum plx_subject_kind kind;   /* of what it is about */
    const char *subject;          /* its id; NULL: none */
    const char *prompt;           /* id, never NULL */
    const char *text;             /* as written, never empty; "" with a reader */
    const char *workshop;         /* "": not said */
    const char *table;            /* "": not said */
    const char *place, *language; /* "": not said */
    gint8 surprise;               /* 1 good, -1 bad, 0 none, PLX_CELL_EMPTY: not said */
    gint8 level;                  /* in the same row; PLX_CELL_EMPTY: none */
    gint32 day;                   /* or PLX_NO_DAY */
    guint sheet;                  /* sayings of one encounter have the same number, from 0 */
    guint unit;                   /* of one unit (respondent, else encounter), likewise */
    guint8 mark;                  /* the reader's; 0 without one */
    gboolean known;               /* the unit is a respondent: one person */
    guint group_size;             /* persons behind it, at least 1 */
};

struct plx_sayings {
    guint n;
    struct plx_saying *sayings; /* by workshop, table, audience, prompt, text, then the rest;
                                 * with a reader by unit and sheet */
    guint n_sheets, n_units;
    GPtrArray *memory; /* owns everything above */
};

void plx_sayings_free(struct plx_sayings *sayings);

#define PLX_SAYING_KEY 16 /* bytes */

/* A number by which one is known for good (saying_number.c): a keyed hash (SipHash-2-4) of audience
 * (its id), prompt, day and the id of its words (base/id.h: letter case, spaces and punctuation do
 * not count). So it outlives importing again, sealing, export and import, another name for its
 * point, and making people anonymous; and says nothing to whoever has no key. Equal words under one
 * prompt of one audience on one day have one number. FALSE: there is no letter and no digit in it,
 * it says nothing. Test: tests/voice/test_saying_number.c. */
gboolean plx_saying_number(const guint8 key[PLX_SAYING_KEY], const struct plx_saying *saying,
                           const char *audience, guint64 *number);
