/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/html.h"

#include "chart/markup.h"

#include <string.h>

struct plx_html {
    struct plx_markup markup;
};

plx_html *plx_html_new(void)
{
    plx_html *html = g_new0(plx_html, 1);
    plx_markup_init(&html->markup);
    g_string_append(html->markup.out, "<!DOCTYPE html>\n");
    return html;
}

void plx_html_free(plx_html *html)
{
    if (!html)
        return;
    plx_markup_clear(&html->markup);
    g_free(html);
}

/* Blocks begin on a line of their own; elements within a sentence do not, as that would add a
 * blank to the sentence. */
static gboolean is_block(const char *name)
{
    static const char *const names[] = {
        "html",       "head",  "meta",  "title", "style",   "body",    "header", "main", "section",
        "h1",         "h2",    "h3",    "p",     "ul",      "ol",      "li",     "div",  "table",
        "caption",    "thead", "tbody", "tr",    "details", "summary", "footer", "nav",  "figure",
        "figcaption", "dl",    "dt",    "dd",    "dialog",  "button",  "script", NULL};
    return g_strv_contains(names, name);
}

void plx_html_open(plx_html *html, const char *name)
{
    if (is_block(name) && html->markup.open->len)
        plx_markup_break(&html->markup);
    plx_markup_open(&html->markup, name);
}

void plx_html_open_class(plx_html *html, const char *name, const char *class_name)
{
    plx_html_open(html, name);
    plx_html_attribute(html, "class", class_name);
}

void plx_html_close(plx_html *html)
{
    plx_markup_close(&html->markup);
}

void plx_html_attribute(plx_html *html, const char *name, const char *value)
{
    plx_markup_attribute(&html->markup, name, value);
}

void plx_html_text(plx_html *html, const char *text)
{
    plx_markup_text(&html->markup, text);
}

void plx_html_textf(plx_html *html, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    plx_html_text(html, text);
}

void plx_html_element(plx_html *html, const char *name, const char *class_name, const char *text)
{
    plx_html_open_class(html, name, class_name);
    plx_html_text(html, text);
    plx_html_close(html);
}

void plx_html_title(plx_html *html, const char *name, const char *class_name, const char *text)
{
    plx_html_open_class(html, name, class_name);
    plx_html_attribute(html, "dir", "auto");
    plx_html_text(html, text);
    plx_html_close(html);
}

void plx_html_svg(plx_html *html, plx_svg *svg)
{
    plx_markup_verbatim(&html->markup, plx_svg_finish(svg));
}

/* What could end its element or break XML would be a bug of ours. */
static void write_ours(plx_html *html, const char *name, const char *text)
{
    g_assert(!strpbrk(text, "<&"));
    plx_html_open(html, name);
    plx_markup_verbatim(&html->markup, text);
    plx_html_close(html);
}

void plx_html_meta(plx_html *html, const char *name, const char *content)
{
    plx_html_open(html, "meta");
    plx_html_attribute(html, "name", name);
    plx_html_attribute(html, "content", content);
    plx_html_close(html);
}

void plx_html_style(plx_html *html, const char *css)
{
    write_ours(html, "style", css);
}

void plx_html_script(plx_html *html, const char *js)
{
    write_ours(html, "script", js);
}

GString *plx_html_finish(plx_html *html)
{
    g_assert(html->markup.open->len == 0);
    g_string_append_c(html->markup.out, '\n');
    return g_steal_pointer(&html->markup.out);
}
