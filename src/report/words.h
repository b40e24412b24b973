/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* All words of the gaps: codes and numbers in plain British English.
 *
 * One place for every sentence that a page, a table or a message shows, so that they agree and can
 * be translated together. Nobody is blamed: leaders "did not see this yet". Text is UTF-8 with en
 * dashes; terminals without Unicode pass it through plx_words_ascii. Functions named `append`
 * something onto `out`. Test: tests/report/test_words.c. */

#include "reading/gaps.h"

#include <glib.h>

/* Numbers: "1,204"; "2.4"; "+0.8", "-2.1" (with a true minus sign); "38 %"; "8 in 10". What does
 * not exist is an en dash. */
void plx_words_count(GString *out, gint64 count);
void plx_words_mean(GString *out, double mean);
void plx_words_difference(GString *out, double difference);
void plx_words_percent(GString *out, double share);
void plx_words_in_ten(GString *out, double share);
/* Would the words "in 10" contradict the range, as it is printed beside them? Then every share of
 * the sentence is said in percent. */
gboolean plx_words_in_ten_fits(double share, struct plx_interval ci);
/* "8 in 10", or "80 %". */
void plx_words_share(GString *out, double share, gboolean in_ten);
/* How many decimals the means and their difference need so that readers who subtract find what is
 * printed: one, or two where the difference of the rounded means is another (4.3 and 2.7, 1.7
 * apart, are 4.34 and 2.67). With so many decimals (or none: differences in a hundred): */
guint plx_words_decimals(double a, double b, double difference);
void plx_words_mean_with(GString *out, double mean, guint decimals);
void plx_words_difference_with(GString *out, double difference, guint decimals);
void plx_words_range_with(GString *out, struct plx_interval ci, guint decimals);
/* What is printed as the difference of two such means: with two decimals that of the means as
 * printed, never further than 0.01 from the truth. */
double plx_words_apart_with(double a, double b, double difference, guint decimals);
double plx_words_apart(double a, double b, double difference);
/* "2.2–2.6" and "35–44 %" ("50 %" where both ends print the same); nothing when it does not exist.
 */
void plx_words_range(GString *out, struct plx_interval ci);
void plx_words_percent_range(GString *out, struct plx_interval ci);

/* Days as people say them, no line breaks within one: "27 November 2026", of a day or of its ISO
 * date; a stretch of time, whole months by their names: "February to March 2026". */
void plx_words_day(GString *out, gint32 day);
void plx_words_date(GString *out, const char *iso);
void plx_words_period(GString *out, const char *since, const char *until);
const char *plx_words_month(guint month); /* 1: "January" */

/* The letter at byte `at` becomes a capital, in any script. */
void plx_words_capital(GString *text, gsize at);

/* The name, for labels: "leaders", "secret shoppers" of built-in audiences, of declared ones the
 * title. */
const char *plx_words_voice(const plx_gaps *gaps, gint audience);
/* The people, for sentences, always a plural: the name, but of a declared audience that has no
 * title, only an id in whatever form somebody typed, "people answering as patient". */
void plx_words_people(const plx_gaps *gaps, gint audience, GString *out);
/* Both of an audience by its id and its title in the map. */
const char *plx_words_audience(const char *id, const char *title);
void plx_words_audience_people(const char *id, const char *title, GString *out);
/* The same at the beginning of a sentence: "Leaders". */
void plx_words_people_first(const plx_gaps *gaps, gint audience, GString *out);
/* "customers who answered", "people who answered as patient". */
void plx_words_answered(const plx_gaps *gaps, gint audience, GString *out);
/* "L", "S", "M", "C", or the first letter of a declared one. */
void plx_words_letter(const plx_gaps *gaps, gint audience, GString *out);
/* The key of a group; "not given" where the rows have none. */
const char *plx_words_key(const char *key);
/* "below Expected", "worse than 3" where low is good; nothing without a cut. */
void plx_words_below(GString *out, const struct plx_scale *scale);
/* The word for a value of a scale ("Desired"), or the number. */
void plx_words_level(GString *out, const struct plx_scale *scale, int value);
/* The values from the desired one on: "4, 5 or 6"; "6 to 10". Only of a scale with that cut. */
void plx_words_good_values(GString *out, const struct plx_scale *scale);

/* "leaders did not see this yet", with the names of the pair; and in two or three words. */
void plx_words_verdict(const plx_gaps *gaps, enum plx_verdict verdict, guint a, guint b,
                       GString *out);
const char *plx_words_verdict_short(enum plx_verdict verdict);
/* The same behind a number: "hidden strengths". */
const char *plx_words_verdict_count(enum plx_verdict verdict, guint n);
/* Heading and explanation of a list of such points, of the pair a against the people served;
 * nothing when there is no such list. */
void plx_words_verdict_heading(const plx_gaps *gaps, enum plx_verdict verdict, guint a,
                               GString *out);
void plx_words_verdict_meaning(const plx_gaps *gaps, enum plx_verdict verdict, guint a,
                               GString *out);

/* What a reader must know of the numbers: the levels, and what "Desired or better" is; how what
 * somebody rates, guesses and predicts differs, where there is more than one of them. */
void plx_words_levels(const plx_gaps *gaps, GString *out);
void plx_words_kinds(const plx_gaps *gaps, GString *out);

/* The headline: what a board reads first, in one or two sentences; `parts` gives the two apart
 * (the second is empty when there is one). `remedy`: what shows hidden leaders, or may decide what
 * is open, in one sentence, or nothing. In a terminal it ends with the options to add; a page is
 * read by people who did not make it, so it has no word of the command line. */
void plx_words_headline(const plx_gaps *gaps, GString *out);
void plx_words_headline_parts(const plx_gaps *gaps, GString *first, GString *second);
/* PART: on a page of several readings, of one that is no reading of its own there. */
enum plx_words_place { PLX_WORDS_TERMINAL, PLX_WORDS_PAGE, PLX_WORDS_PART };
void plx_words_remedy(const plx_gaps *gaps, enum plx_words_place place, GString *out);
/* A condition of `--where`: "Graz or Wien" of "place=Graz|Wien", "web (channel)"; parts of a map by
 * their titles (`map` or NULL). Test: tests/report/test_compare_words.c. */
void plx_words_where(GString *out, const plx_map *map, const char *test);
/* "Marketplace order · January 2025 to June 2026 · 12,480 observations": where it comes from. */
void plx_words_context(const plx_gaps *gaps, GString *out);

/* "Leaders rate it 4.6, customers 2.4 (2.2–2.6): 2.2 levels apart (1.8–2.6)." */
void plx_words_gap(const plx_gaps *gaps, const struct plx_gaps_point *point,
                   const struct plx_gap *gap, GString *out);
/* What it takes where it is not sure yet: "about 40 more from customers". */
void plx_words_needed(const plx_gaps *gaps, const struct plx_gaps_point *point,
                      const struct plx_gap *gap, GString *out);
/* "Leaders think 8 in 10, customers say 4 in 10 (35–44 %)." */
void plx_words_belief(const plx_gaps *gaps, const struct plx_belief *belief, GString *out);
/* The same in tens or in percent, as the others of a list. */
gboolean plx_words_belief_fits(const struct plx_belief *belief);
void plx_words_belief_in(const plx_gaps *gaps, const struct plx_belief *belief, gboolean in_ten,
                         GString *out);
void plx_words_prediction(const plx_gaps *gaps, const struct plx_prediction *prediction,
                          GString *out);
void plx_words_expectation(const plx_gaps *gaps, const struct plx_expectation *expectation,
                           GString *out);
/* Both with the voice's letter, short enough for a line of the table. */
void plx_words_prediction_short(const plx_gaps *gaps, const struct plx_prediction *prediction,
                                GString *out);
void plx_words_expectation_short(const plx_gaps *gaps, const struct plx_expectation *expectation,
                                 GString *out);
/* Which audience puts the points in the order in which the people served do. */
/* What the number in it says, for who never met it. */
#define PLX_WORDS_TAU                                                                              \
    "Kendall's tau says how alike two orders are: 1 is the same order, 0 no likeness, −1 the "   \
    "reverse."
void plx_words_ranking(const plx_gaps *gaps, const struct plx_ranking *ranking, GString *out);
/* "customers 2.4 (2.2–2.6), 1,204 answers" or "leaders are not shown: at least 5 needed". */
void plx_words_seen(const plx_gaps *gaps, const struct plx_voice *voice, GString *out);
/* "1,204"; where a table of people gave one answer together "3 from 21 people". */
void plx_words_answers(const struct plx_voice *voice, GString *out);
/* "4.3 (4.1–4.5)"; where all have answered "4.3". */
void plx_words_voice_mean(const struct plx_voice *voice, GString *out);
/* Of a suppressed voice, without its name: "not shown: at least 5 people needed". */
void plx_words_hidden(const plx_gaps *gaps, const struct plx_voice *voice, GString *out);

/* The notes, one sentence each (char *, owned). Where dozens of places or months are shown as one,
 * or dozens of times some of them are, not `whole` is "and 12 more": nobody reads all names. What
 * the remedy says already is left out. */
GPtrArray *plx_words_notes(const plx_gaps *gaps, enum plx_words_place place, gboolean whole);

/* The label of a merged group; not `whole`: "Graz + Linz + Salzburg + Wels and 12 more". */
void plx_words_names(const char *label, gboolean whole, GString *out);

/* How we know: headings and paragraphs, ended by a row of NULLs. */
struct plx_words_method {
    const char *heading;
    const char *text;
};
const struct plx_words_method *plx_words_methods(void);
/* "Margin 0.5 levels. 180 gaps looked at together. Adjusted ranges at 98.5 %." */
void plx_words_family(const plx_gaps *gaps, GString *out);

/* Our punctuation in ASCII ("–" to "-", "·" to "|"); letters of titles stay as they are. */
void plx_words_ascii(GString *text);
