/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What pages to show in a room have in common: screens, the bar, the keys, the client's brand;
 * private to report/. slides.css and slides.js bring them to life. Without the script, and on
 * paper, one screen follows the other.
 * Tests: tests/report/test_reveal.c, test_room_page.c, and in a browser tests/web. */

#include "report/page.h"

/* Opens <html>, its head and <body>. `name` is the class of the body; NAME.css and NAME.js come
 * behind slides.css and slides.js. */
void plx_slides_begin(plx_html *html, const struct plx_page_options *options, const char *title,
                      const char *name);
/* The bar, the keys and the script; closes body and html. `next` says where the key leads;
 * `extra` is one more key and its meaning, or NULL. */
void plx_slides_end(plx_html *html, const char *name, const char *next, const char *const extra[2]);

/* Opens a screen. Its heading is written by plx_slides_heading. */
void plx_slides_open(plx_html *html, const char *class_name, const char *id);
void plx_slides_heading(plx_html *html, const char *eyebrow, const char *title);
/* <p class="...">text</p> of words made before; nothing of none. */
void plx_slides_line(plx_html *html, const char *class_name, const GString *text);

/* Opens <header>, the first screen, with the client's name and logo where there are some. */
void plx_slides_cover(plx_html *html, const plx_brand *brand);
/* Opens <main>, with a heading for where the cover is not shown. */
void plx_slides_main(plx_html *html, const char *title);
/* The client's last words, a screen of its own; nothing without. */
void plx_slides_closing(plx_html *html, const plx_brand *brand);
