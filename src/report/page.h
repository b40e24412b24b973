/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The parts of the page; private to report/. Tests: tests/report/test_gaps_page.c. */

#include "report/gaps_page.h"
#include "report/gaps_picture.h"
#include "report/html.h"

struct plx_page {
    const plx_gaps *gaps;
    const struct plx_page_options *options;
    plx_html *html;
    gint served;      /* audience or -1 */
    gboolean sheet;   /* printed on one sheet */
    gboolean guesses; /* the table being written has a column for them */
};

/* Tables of more rows are folded up on a phone. */
#define PLX_PAGE_LONG 8

/* A text embedded in the program: "page.css". */
const char *plx_page_resource(const char *name);
/* Opens <html> and writes its <head>. Style sheet and script are ours; the script (or NULL) comes
 * at the end of the body, by plx_html_script. Nothing else may be loaded or run, but pictures that
 * lie in the page itself where it has `images`. */
void plx_page_begin(plx_html *html, const char *title, const char *css, const char *script,
                    gboolean images);
/* The same in another language than British English; direction: "rtl", or NULL. */
void plx_page_begin_in(plx_html *html, const char *language, const char *direction,
                       const char *title, const char *css, const char *script, gboolean images);
/* The same of a page of the gaps; the headline of the reading. */
void plx_page_head(struct plx_page *page);
/* A style sheet that puts `text` on the head of every printed sheet but the first, and the number
 * of the sheet on its foot. The caller owns it. */
char *plx_page_running(const char *text);
/* The list of contents of a page that holds other readings too. */
void plx_page_contents(struct plx_page *page, const struct plx_gaps_group *group, const char *id);
void plx_page_headline(struct plx_page *page);

/* The figure with one drawing per journey; its legend. */
void plx_page_picture(struct plx_page *page, const struct plx_gaps_group *group, const char *id);
void plx_page_legend(struct plx_page *page, const struct plx_gaps_group *group,
                     const plx_gaps_picture *picture, const char *id);

/* The picture for a sheet, which leads nowhere, and its legend: of one journey (title; NULL: of
 * all), with one point marked (title); focus NULL: all, and none. */
struct plx_page_focus {
    const char *chapter, *title;
};
void plx_page_sheet_picture(struct plx_page *page, const struct plx_gaps_group *group,
                            const struct plx_page_focus *focus);

/* What the leading pairs found, counted and as lists in words. `id` prefixes ids of the group. */
void plx_page_tally(struct plx_page *page, const struct plx_gaps_group *group, const char *id);
enum plx_page_part { PLX_PAGE_BLIND, PLX_PAGE_STRENGTHS, PLX_PAGE_OTHERS };
void plx_page_lists(struct plx_page *page, const struct plx_gaps_group *group, const char *id,
                    enum plx_page_part part);
/* Whether anything was found that is neither. */
gboolean plx_page_has_others(const struct plx_page *page, const struct plx_gaps_group *group);
/* A line on the levels, and one that tells rates, guesses and predictions apart. */
void plx_page_key(struct plx_page *page);
/* Where it happens; "38 of 100 customers below Expected · 1,204 customers, all 9 leaders". */
void plx_page_place(struct plx_page *page, const struct plx_gaps_point *point);
void plx_page_evidence(struct plx_page *page, const struct plx_gaps_point *point,
                       const struct plx_gap *gap);

/* Notes and method as sections; the lines at the end. */
void plx_page_notes(const struct plx_page *page);
void plx_page_method(const struct plx_page *page);
void plx_page_footer(const struct plx_page *page);

/* What was guessed, who ranks the points as the people served do; what was expected, predicted. */
void plx_page_beliefs(struct plx_page *page, const struct plx_gaps_group *group);
void plx_page_foresight(struct plx_page *page, const struct plx_gaps_group *group);

/* The table twin of the picture: the row of point i has the id "ID-p<i>". */
void plx_page_table(struct plx_page *page, const struct plx_gaps_group *group, const char *id);

/* Opens a region that scrolls sideways; `part` makes its name unique and may be NULL. */
void plx_page_region(struct plx_page *page, const char *what, const char *part);

/* What a voice answered, from worst to best, in words behind `label`; NULL when it has no counts.
 * The caller owns the counts. */
gint64 *plx_page_answers(const struct plx_voice *voice, GString *label);
/* The bars of a voice's answers at a point, or nothing. */
void plx_page_bars(struct plx_page *page, const struct plx_voice *voice);
