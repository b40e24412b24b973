/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The escaping HTML writer: the only way to make HTML in this program.
 *
 * Elements, attributes and text; the only unescaped content is a drawing (plx_svg) and our own
 * style sheets and scripts. The output is also well-formed XML. Test: tests/report/test_html.c. */

#include "chart/svg.h"

#include <glib.h>

typedef struct plx_html plx_html;

/* A document that begins with its doctype. */
plx_html *plx_html_new(void);
void plx_html_free(plx_html *html);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_html, plx_html_free)

void plx_html_open(plx_html *html, const char *name); /* a literal */
void plx_html_open_class(plx_html *html, const char *name, const char *class_name);
void plx_html_close(plx_html *html);
/* Only behind open. A NULL value writes nothing; "" writes name="". */
void plx_html_attribute(plx_html *html, const char *name, const char *value);
void plx_html_text(plx_html *html, const char *text);
void plx_html_textf(plx_html *html, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* <name class="...">text</name>; class_name may be NULL. */
void plx_html_element(plx_html *html, const char *name, const char *class_name, const char *text);
/* A text of the user's in any script: <name dir="auto">text</name>. */
void plx_html_title(plx_html *html, const char *name, const char *class_name, const char *text);
/* Finishes the drawing and puts it in. */
void plx_html_svg(plx_html *html, plx_svg *svg);
/* <meta name="..." content="..."> */
void plx_html_meta(plx_html *html, const char *name, const char *content);
/* <style>css</style>: only for style sheets that are part of this program. */
void plx_html_style(plx_html *html, const char *css);
/* <script>js</script>: the same for scripts; they have neither "<" nor "&". */
void plx_html_script(plx_html *html, const char *js);

/* The whole text; every element must be closed. The caller owns it. */
GString *plx_html_finish(plx_html *html);
