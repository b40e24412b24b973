/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What both papers have in common; private to report/. Test: tests/report/test_paper.c. */

#include "report/html.h"
#include "report/paper.h"
#include "report/paper_words.h"

struct plx_paper {
    const plx_map *map;
    const plx_brand *brand; /* or NULL */
    plx_paper_words *words;
    plx_html *html;
};

/* The words of a language (NULL: the map's); NULL with an error. */
plx_paper_words *plx_paper_words_of(const plx_map *map, const char *language, GError **error);

/* <html>, its head, and <body>, which stays open for attributes. `name`.css and .js, if any. */
void plx_paper_begin(const struct plx_paper *paper, const char *title, const char *name,
                     const char *script);
/* A text of the map in the language of the paper. */
const char *plx_paper_title(const struct plx_paper *paper, const char *text);
/* The people of an audience, for sentences: "customers"; first: "Customers". */
void plx_paper_people(const struct plx_paper *paper, guint audience, gboolean first, GString *out);
/* The client's logo and name, or nothing. */
void plx_paper_brand(const struct plx_paper *paper);
/* <name class>text of the key</name>. */
void plx_paper_say(const struct plx_paper *paper, const char *name, const char *class_name,
                   const char *key);
void plx_paper_button(const struct plx_paper *paper, const char *id, const char *class_name,
                      const char *key);

/* The question with the words of the scale of the people served, and that scale from the desired
 * value on (empty where it has no words). */
void plx_paper_question(const struct plx_paper *paper, guint about, GString *out);
void plx_paper_scale(const struct plx_paper *paper, guint about, GString *out);
