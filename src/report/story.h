/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A reading told once, shown everywhere: what a terminal, a text file and a section of a page say.
 *
 * A reading's words file builds one: a leading sentence, paragraphs, headings, list items, tables,
 * drawings, then notes and the method. Blocks are shown in the order they were added; notes and
 * method come last. Texts are plain UTF-8 (titles of users too: they are escaped where shown) and
 * are copied. JSON and CSV are written from the reading itself, not from here.
 * Test: tests/report/test_story.c. */

#include "chart/svg.h"
#include "report/gaps_page.h"
#include "report/gaps_table.h"
#include "report/html.h"

typedef struct plx_story plx_story;

/* `id` prefixes the ids of the section ("friction"); `title` is its heading ("Friction"). */
plx_story *plx_story_new(const char *id, const char *title);
void plx_story_free(plx_story *story);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_story, plx_story_free)

const char *plx_story_id(const plx_story *story);
const char *plx_story_title(const plx_story *story);

/* What it is about, as plx_words_context says it: "Shop · answers from … to …". */
void plx_story_context(plx_story *story, const char *text);
/* The one sentence: large, first. */
void plx_story_lead(plx_story *story, const char *text);
/* A paragraph; `quiet`: an explanation beside the findings. */
void plx_story_say(plx_story *story, const char *text);
void plx_story_quiet(plx_story *story, const char *text);
void plx_story_heading(plx_story *story, const char *text);
/* A heading that begins a sheet of its own where the page is printed (tests/web/visit.test.mjs). */
void plx_story_sheet(plx_story *story, const char *text);
/* One of a list; `title` (may be NULL) stands out before it. Under a title lines stay lines. */
void plx_story_item(plx_story *story, const char *title, const char *text);

/* Lines to type as they are: never wrapped. */
void plx_story_code(plx_story *story, const char *text);

/* How a column is set. A column that is `wide` (text) takes what room is left; one that is `whole`
 * (text) is never cut, even if lines become longer than the terminal; one of `words` (text) goes on
 * in further lines. */
enum plx_story_align {
    PLX_STORY_TEXT,
    PLX_STORY_WIDE,
    PLX_STORY_NUMBER,
    PLX_STORY_WHOLE,
    PLX_STORY_WORDS
};
struct plx_story_column {
    const char *title;
    enum plx_story_align align;
};
/* A table; its cells follow row by row, `n` of them each. The first column names the row. */
void plx_story_table(plx_story *story, const char *caption, const struct plx_story_column *columns,
                     guint n);
/* NULL is an en dash. */
void plx_story_cell(plx_story *story, const char *text);
void plx_story_cellf(plx_story *story, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* What the next paragraph, item or row of the table is about: the id of a point (NULL: none), or of
 * several. */
void plx_story_subject(plx_story *story, const char *id);
void plx_story_subjects(plx_story *story, const char *const *ids, guint n);
/* Adds to `to` what `story` says about one subject: its title as a heading, paragraphs, items and
 * rows; of items that follow each other under one title the first alone has it. FALSE, and nothing
 * added, when it says nothing about it. */
gboolean plx_story_about(const plx_story *story, const char *id, plx_story *to);

/* Puts all that `from` says behind what `to` says; `from` says nothing any more. */
void plx_story_take(plx_story *to, plx_story *from);
/* How `story` knows what it says, for `to` as well. */
void plx_story_take_methods(plx_story *to, const plx_story *story);

/* A drawing, on pages only; taken over. It needs its own title and a table twin in the story. */
void plx_story_drawing(plx_story *story, plx_svg *svg);
/* How the drawing before it is read: where that is not shown, neither is this. */
void plx_story_legend(plx_story *story, const char *text);

/* At the end: what the reader must know; how it was computed (a terminal shows that under -v). */
void plx_story_note(plx_story *story, const char *text);
void plx_story_method(plx_story *story, const char *heading, const char *text);

/* Shown in a terminal or a text file. */
void plx_story_text(const plx_story *story, const struct plx_table_options *options, GString *out);
/* <section> of a page, headings from h2 on. */
void plx_story_section(const plx_story *story, plx_html *html);
/* A page of its own, in the look of the gaps' page. */
GString *plx_story_page(const plx_story *story, const struct plx_page_options *options);
