/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The one place where markup is escaped: elements, attributes and text into a string.
 *
 * chart/svg.h and report/html.h are its two faces; nothing else uses it. What is written is
 * well-formed XML (empty elements as <br/>), which HTML parsers read alike, so that tests can parse
 * every page. Invalid UTF-8 becomes U+FFFD and control characters vanish: no input breaks a page.
 * Wrong nesting is a programming error (g_assert). Test: tests/chart/test_svg.c. */

#include <glib.h>

struct plx_markup {
    GString *out;
    GArray *open;    /* const char *: names of the open elements, outermost first; static strings */
    gboolean in_tag; /* "<name ..." is not closed by '>' yet */
};

void plx_markup_init(struct plx_markup *markup);
void plx_markup_clear(struct plx_markup *markup);

/* `name` must be a literal: it is kept until the element ends. */
void plx_markup_open(struct plx_markup *markup, const char *name);
void plx_markup_close(struct plx_markup *markup);
/* Only directly behind open, or behind another attribute. A NULL value writes nothing. */
void plx_markup_attribute(struct plx_markup *markup, const char *name, const char *value);
void plx_markup_text(struct plx_markup *markup, const char *text);
/* A line break between elements, so that pages can be read and compared; never within text. */
void plx_markup_break(struct plx_markup *markup);
/* Verbatim: for style sheets of ours and pieces this writer made. */
void plx_markup_verbatim(struct plx_markup *markup, const char *text);
