/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first sheet: what a reader must know who gets nothing but the file. */

#include "report/words.h"
#include "report/xlsx_parts.h"

static void put_headline(plx_book *book, const plx_gaps *gaps)
{
    g_autoptr(GString) headline = g_string_new(NULL);
    g_autoptr(GString) remedy = g_string_new(NULL);
    plx_words_headline(gaps, headline);
    plx_words_remedy(gaps, PLX_WORDS_PAGE, remedy);
    plx_book_fact(book, "In one sentence", headline->str);
    plx_book_fact(book, "Before anything else", remedy->str);
}

static void put_data(plx_book *book, const plx_gaps *gaps)
{
    plx_book_heading(book, "The data");
    plx_book_fact(book, "Service", gaps->map ? gaps->map->title : NULL);
    plx_book_fact(book, "Source", gaps->source);
    plx_book_fact_date(book, "First answer", gaps->data_since);
    plx_book_fact_date(book, "Last answer", gaps->data_until);
    plx_book_fact_date(book, "Asked since", gaps->asked_since);
    plx_book_fact_date(book, "Asked until", gaps->asked_until);
    for (guint i = 0; i < gaps->n_where; i++)
        plx_book_fact(book, "Only", gaps->where[i]);
    plx_book_fact(book, "Split by", gaps->by);
    plx_book_fact(book, "Measure", gaps->measure);
    plx_book_fact_count(book, "Answers", gaps->observations);
    plx_book_fact_count(book, "Occasions", gaps->encounters);
    plx_book_fact_count(book, "People", gaps->respondents);
    if (gaps->rejected > 0)
        plx_book_fact_count(book, "Wrong rows left out", gaps->rejected);
}

static void put_reading(plx_book *book, const plx_gaps *gaps)
{
    g_autoptr(GString) levels = g_string_new(NULL);
    g_autoptr(GString) kinds = g_string_new(NULL);
    g_autoptr(GString) family = g_string_new(NULL);
    plx_words_levels(gaps, levels);
    plx_words_kinds(gaps, kinds);
    plx_words_family(gaps, family);
    plx_book_heading(book, "How to read it");
    plx_book_fact(book, "Levels", levels->str);
    plx_book_fact(book, "Rates, guesses, predicts", kinds->str);
    plx_book_fact(book, "Gaps looked at", family->str);
    plx_book_fact(book, "Empty cell",
                  "There is no such number, or it may not be shown; the column "
                  "Remark says which. An empty cell is never 0.");
}

/* Columns that do not explain themselves. */
static void put_columns(plx_book *book)
{
    static const char *const facts[][2] = {
        {"… low, … high",
         "The range that holds the true value 95 times of 100. Where all there are "
         "have answered there is none."},
        {"Adjusted low, high", "The range of the difference, widened because many gaps are looked "
                               "at together: it decides the verdict."},
        {"Answers needed", "About how many more answers would decide, and from whom."},
        {"First is higher",
         "How often the first voice answers higher than the second, ties shared, "
         "if one of each is picked at random."},
        {"Cliff's delta", "The same from −1 (always lower) to +1 (always higher)."},
        {"p", "Of Brunner and Munzel's test (few answers: its permutation form), not adjusted. It "
              "describes; the adjusted range decides."},
        {"Met or better", "Share of answers at the expected level or above."},
        {"Desired or better", "Share of answers at the desired level or above."},
        {"Went badly", "Share of answers at the scale's floor: Criminal, of the six "
                       "levels."},
        {"Agreement",
         "Of the answers with each other: −1 (half at either end) to 1 (all the same)."},
        {"Did not happen, declined, not asked", "Three kinds of no answer; never counted as one."},
        {"Guess", "Mean guess of how many of 10 would say Desired or better, as a share."},
        {"(points)", "A difference of two shares, in percentage points."},
        {"Score together, one by one",
         "Ranked probability score of the predictions: 0 is perfect."},
        {"Distance", "How far, in levels, predictions lie from the answers (Wasserstein)."},
        {"Tau", "1: the points are put in the same order; 0: no relation; −1: the reverse."},
    };
    plx_book_heading(book, "Columns");
    for (guint i = 0; i < G_N_ELEMENTS(facts); i++)
        plx_book_fact(book, facts[i][0], facts[i][1]);
}

void plx_xlsx_about(plx_book *book, const plx_gaps *gaps, const struct plx_page_options *options)
{
    g_autoptr(GString) title = g_string_new(NULL);
    plx_words_context(gaps, title);
    plx_book_page(book, "About");
    plx_book_heading(book, "Who sees what");
    plx_book_fact(book, "About", title->str);
    put_headline(book, gaps);
    put_data(book, gaps);
    put_reading(book, gaps);
    put_columns(book);
    plx_book_heading(book, "How we know");
    for (const struct plx_words_method *m = plx_words_methods(); m->heading; m++)
        plx_book_fact(book, m->heading, m->text);
    plx_book_heading(book, "This file");
    plx_book_fact(book, "Made by Parallax", options->version);
    plx_book_fact(book, "To make it again", options->command);
    plx_book_fact(book, "Credit",
                  "The six levels of service are Ron Kaufman's. A difference between views is not "
                  "a cause, and nobody is to blame for a different view.");
}
