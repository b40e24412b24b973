/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The words of the workshop: what was asked, who named what, and how many tables that is. Tables
 * are counted, people stand beside. Functions append onto `out`.
 * Test: tests/report/test_words_workshop.c. */

#include "reading/workshop.h"
#include "report/words.h"

#include <glib.h>

/* "What do we do well?"; "well", "to improve": behind a name. */
const char *plx_words_asked(enum plx_asked asked);
const char *plx_words_asked_short(enum plx_asked asked);
/* All of a set, joined: "well · to continue or start". */
void plx_words_asked_all(guint asked, GString *out);

/* "leaders", "Leaders". */
void plx_words_table_people(const plx_workshop *w, guint audience, gboolean first, GString *out);

/* "4 tables, 27 people"; "6 people"; "3 tables and 2 people alone". */
void plx_words_seats(gint64 tables, gint64 alone, gint64 persons, GString *out);
/* What one audience said: "2 of 6 tables (12–65 %)"; "fewer than 5 people". */
void plx_words_named(const plx_workshop *w, guint audience, const struct plx_named *named,
                     GString *out);
/* Of competitors: "good 2, bad 1"; of a sum that may not be told a dash. */
void plx_words_good_bad(gint64 good, gint64 bad, GString *out);

/* "All three name", "Both name", "Two of three name", "Only leaders name". `audience` for ONE. */
void plx_words_naming(const plx_workshop *w, enum plx_naming naming, guint audience, GString *out);
/* Who named it: "leaders 2 of 2 tables, customers 1 of 5 tables (1–62 %)". */
void plx_words_who(const plx_workshop *w, const struct plx_workshop_theme *theme, GString *out);

/* "May · 4 May 2026 · 9 tables, 61 people": where it comes from. */
void plx_words_workshop_context(const plx_workshop *w, GString *out);
/* What all name, or that nothing is; where views part, or nothing. */
void plx_words_workshop_headline(const plx_workshop *w, GString *first, GString *second);
/* What may not be shown, and how to help, one sentence each (char *, owned). On a page there
 * is no word of the command line. */
GPtrArray *plx_words_workshop_notes(const plx_workshop *w, enum plx_words_place place);
