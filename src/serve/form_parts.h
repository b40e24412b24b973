/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What cards of a form are made of; private to form_*.c. */

#include "serve/form_page.h"

/* A text of the pages in the view's language. */
const char *plx_form_text(const struct plx_form_view *view, const char *key);
/* A text of the map in the view's language. */
const char *plx_form_map_text(const struct plx_form_view *view, const char *text);

/* The language of the map's texts: a link may be in one that the map has and the pages have not. */
const char *plx_form_language(const struct plx_form_view *view);

/* The languages that readers may choose from, those of the link in its order or all of ours, up to
 * NULL; at least one. */
#define PLX_FORM_OFFERED_MAX 16
void plx_form_offered(const struct plx_form_settings *settings,
                      const char *offered[PLX_FORM_OFFERED_MAX]);

/* The same as an element of this name and class (or NULL), marked where it is in another language
 * than the page. */
void plx_form_map_element(plx_html *html, const struct plx_form_view *view, const char *name,
                          const char *class_name, const char *text);

/* Who asks, and where: "Hotel Sacher · Wien"; nothing where the map has no title and the link no
 * place. */
void plx_form_asker(plx_html *html, const struct plx_form_view *view);

/* How a value of a scale reads: in the map's words, else in ours for the six levels and what comes
 * with the program, else as a number; to be freed. *language (or NULL) becomes the one that
 * it is in. */
char *plx_form_value_words(const struct plx_form_view *view, guint measure,
                           const struct plx_scale *scale, gint value, const char **language);

/* What the field was given: as sent, where there were faults; else what is kept. To be freed. */
char *plx_form_chosen(const struct plx_form_view *view, guint measure, gint point);
const struct plx_form_fault *plx_form_fault_of(const struct plx_form_view *view, const char *field);
/* The sentence for it, to be freed. */
char *plx_form_fault_text(const struct plx_form_view *view, const struct plx_form_fault *fault);

/* The question of a measure about one point (-1: the journey) with all its choices: sentences one
 * under the other for levels, numbers beside each other for others. `legend`, a text
 * of the map (or NULL), takes the place of the measure's own question. */
void plx_form_ask(plx_html *html, const struct plx_form_view *view, guint measure, gint point,
                  const char *legend);
/* Is it asked of many points on one page, with a row of numbers for each? What is believed is, and
 * the level where all points are asked about. */
gboolean plx_form_is_row(const struct plx_form_view *view, guint measure);
/* A field for words, without its label; `named_by`: the id of what names it where there is none, or
 * NULL. It is not cut: what is too long is told, and kept. */
void plx_form_area(plx_html *html, const struct plx_form_view *view, const char *field,
                   const char *value, const char *named_by);
/* Was this field of words given anything, or is something wrong with it? */
gboolean plx_form_has_words(const struct plx_form_view *view, const char *field, const char *value);

struct plx_form_choice {
    const char *field, *value, *words;
    const char *chosen;   /* what is chosen so far, or NULL */
    const char *kind;     /* class, or NULL */
    const char *language; /* of the words; NULL: the page's */
    const char *name;     /* what is read aloud instead of the words, or NULL */
    gboolean required;
};
void plx_form_choice(plx_html *html, const struct plx_form_choice *choice);
/* A box to tick, "yes", with the text of `key` beside it. */
void plx_form_agree(plx_html *html, const struct plx_form_view *view, const char *field,
                    const char *key);
/* The others of the languages `offered` (up to NULL), as links: `address` with "?lang=de" behind
 * it. */
void plx_form_languages(plx_html *html, const char *class_name, const char *const *offered,
                        const char *language, const char *address);
void plx_form_hidden(plx_html *html, const char *name, const char *value);

/* form_believed.c: what those who are served are called within a sentence; the words of the least
 * level that is desired (to be freed; NULL: their scale says none); the question how many of ten
 * would say that, nothing where there are no words; how to answer it with a row of numbers, where
 * `dash` with one for "rather not say"; how many of so many rows are said. */
const char *plx_form_served(const struct plx_form_view *view);
char *plx_form_desired(const struct plx_form_view *view);
void plx_form_believed(plx_html *html, const struct plx_form_view *view);
void plx_form_believed_about(plx_html *html, const struct plx_form_view *view, gboolean dash);
void plx_form_tally(plx_html *html, guint of);
/* What the numbers of rows of levels mean, and the signs behind them. */
void plx_form_level_rows(plx_html *html, const struct plx_form_view *view);

/* form_whole.c */
void plx_form_page_whole(plx_html *html, const struct plx_form_view *view);
