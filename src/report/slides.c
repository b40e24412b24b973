/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/slides.h"

#include "chart/picture.h"

/* The language of our own words; the client's are chosen by it. */
#define LANGUAGE "en"

static char *resources(const char *name, const char *extension)
{
    g_autofree char *own = g_strconcat(name, extension, NULL);
    g_autofree char *common = g_strconcat("slides", extension, NULL);
    return g_strconcat(plx_page_resource(common), plx_page_resource(own), NULL);
}

void plx_slides_begin(plx_html *html, const struct plx_page_options *options, const char *title,
                      const char *name)
{
    g_autofree char *own = resources(name, ".css");
    g_autofree char *brand = plx_brand_css(options->brand);
    g_autofree char *css =
        g_strconcat(plx_picture_css(), plx_page_resource("page.css"), own, brand, NULL);
    g_autofree char *script = resources(name, ".js");
    g_autofree char *classes = g_strconcat("deck ", name, options->brand ? " branded" : "", NULL);
    plx_page_begin(html, title, css, script, options->brand && options->brand->logo);
    plx_html_open_class(html, "body", classes);
}

void plx_slides_open(plx_html *html, const char *class_name, const char *id)
{
    g_autofree char *classes = g_strconcat("slide ", class_name, NULL);
    plx_html_open_class(html, "section", classes);
    plx_html_attribute(html, "id", id);
}

void plx_slides_heading(plx_html *html, const char *eyebrow, const char *title)
{
    plx_html_title(html, "p", "eyebrow", eyebrow);
    plx_html_title(html, "h2", NULL, title);
}

void plx_slides_line(plx_html *html, const char *class_name, const GString *text)
{
    if (text->len)
        plx_html_title(html, "p", class_name, text->str);
}

void plx_slides_cover(plx_html *html, const plx_brand *brand)
{
    plx_html_open_class(html, "header", "slide cover");
    plx_html_attribute(html, "id", "start");
    if (!brand || (!brand->name && !brand->logo))
        return;
    plx_html_open_class(html, "p", "brand");
    if (brand->logo) {
        plx_html_open(html, "img");
        plx_html_attribute(html, "src", brand->logo);
        plx_html_attribute(html, "alt", brand->name ? "" : "Logo");
        plx_html_close(html);
    }
    if (brand->name)
        plx_html_title(html, "span", NULL, brand->name);
    plx_html_close(html);
}

void plx_slides_main(plx_html *html, const char *title)
{
    plx_html_open(html, "main");
    plx_html_attribute(html, "id", "main");
    plx_html_open_class(html, "h1", "aside");
    plx_html_attribute(html, "id", "title");
    plx_html_attribute(html, "hidden", "hidden");
    plx_html_text(html, title);
    plx_html_close(html);
}

void plx_slides_closing(plx_html *html, const plx_brand *brand)
{
    const char *words = plx_brand_word(brand, LANGUAGE, "closing");
    if (!words)
        return;
    plx_slides_open(html, "closing", "closing");
    plx_slides_heading(html, brand->name ? brand->name : "Before we go", words);
    plx_html_close(html);
}

static void write_button(plx_html *html, const char *id, const char *text, const char *key)
{
    plx_html_open(html, "button");
    plx_html_attribute(html, "type", "button");
    plx_html_attribute(html, "id", id);
    plx_html_attribute(html, "aria-keyshortcuts", key);
    plx_html_text(html, text);
    plx_html_close(html);
}

/* Hidden until the script has come to life. */
static void write_bar(plx_html *html)
{
    plx_html_open_class(html, "nav", "bar");
    plx_html_attribute(html, "id", "bar");
    plx_html_attribute(html, "aria-label", "Screens");
    plx_html_attribute(html, "hidden", "hidden");
    write_button(html, "back", "← Back", "ArrowLeft");
    write_button(html, "help", "Keys ?", "?");
    plx_html_open(html, "p");
    plx_html_attribute(html, "id", "where");
    plx_html_close(html);
    plx_html_open_class(html, "p", "aside");
    plx_html_attribute(html, "id", "told");
    plx_html_attribute(html, "role", "status");
    plx_html_close(html);
    write_button(html, "next", "Next →", "ArrowRight");
    plx_html_close(html);
}

static void write_key(plx_html *html, const char *const key[2])
{
    plx_html_element(html, "dt", NULL, key[0]);
    plx_html_element(html, "dd", NULL, key[1]);
}

static void write_keys(plx_html *html, const char *next, const char *const extra[2])
{
    static const char *const keys[][2] = {{"←, page up", "back"},
                                          {"Home, End", "first and last screen"},
                                          {"F", "full screen"},
                                          {"P", "print the hand-out"},
                                          {"?", "these keys"}};
    plx_html_open(html, "dialog");
    plx_html_attribute(html, "id", "keys");
    plx_html_attribute(html, "aria-labelledby", "keys-title");
    plx_html_open(html, "h2");
    plx_html_attribute(html, "id", "keys-title");
    plx_html_text(html, "Keys");
    plx_html_close(html);
    plx_html_open(html, "dl");
    write_key(html, (const char *const[]){"→, space, page down", next});
    for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
        write_key(html, keys[i]);
    if (extra)
        write_key(html, extra);
    plx_html_close(html);
    write_button(html, "close", "Close", "Escape");
    plx_html_close(html);
}

void plx_slides_end(plx_html *html, const char *name, const char *next, const char *const extra[2])
{
    g_autofree char *script = resources(name, ".js");
    write_bar(html);
    write_keys(html, next, extra);
    plx_html_script(html, script);
    plx_html_close(html);
    plx_html_close(html);
}
