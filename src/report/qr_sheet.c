/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/qr_sheet.h"

#include "chart/picture.h"
#include "chart/qr.h"
#include "report/page.h"

#include <string.h>

#define CARDS 6 /* on a sheet */

static const char *const page_css[] = {
    [PLX_PAPER_A4] = "@page{size:A4;margin:10mm}.sheet{--height:92mm;--code:46mm}",
    [PLX_PAPER_LETTER] = "@page{size:Letter;margin:10mm}.sheet{--height:86mm;--code:42mm}",
};
static const char *const size_names[] = {[PLX_PAPER_A4] = "A4", [PLX_PAPER_LETTER] = "Letter"};

/* An address as people type it. */
static const char *typed(const char *url)
{
    const char *const scheme = strstr(url, "://");
    return scheme ? scheme + strlen("://") : url;
}

static void put_where(plx_html *html, const struct plx_qr_card *card)
{
    plx_html_open_class(html, "p", "where");
    if (card->place)
        plx_html_title(html, "strong", NULL, card->place);
    if (card->place && card->about)
        plx_html_text(html, " · ");
    if (card->about)
        plx_html_title(html, "span", NULL, card->about);
    plx_html_close(html);
}

/* "Hotel Sacher · #3" */
static void put_asker(plx_html *html, const struct plx_qr_card *card)
{
    if (!card->title && !card->number)
        return;
    plx_html_open_class(html, "p", "asker");
    if (card->title)
        plx_html_title(html, "span", NULL, card->title);
    if (card->title && card->number)
        plx_html_text(html, " · ");
    if (card->number) {
        plx_html_open(html, "bdi");
        plx_html_textf(html, "#%" G_GINT64_FORMAT, card->number);
        plx_html_close(html);
    }
    plx_html_close(html);
}

static void put_card(plx_html *html, const struct plx_qr_card *card)
{
    plx_html_open_class(html, "section", "card");
    plx_html_attribute(html, "lang", card->language);
    plx_html_attribute(html, "dir", card->direction);
    put_asker(html, card);
    plx_html_element(html, "h2", NULL, card->question);
    if (card->place || card->about)
        put_where(html, card);
    plx_svg *const code = plx_qr(card->url, "code", card->url);
    plx_html_svg(html, code);
    plx_svg_free(code);
    plx_html_element(html, "p", "how", card->how);
    plx_html_open_class(html, "p", "address");
    plx_html_attribute(html, "dir", "ltr");
    plx_html_text(html, typed(card->url));
    plx_html_close(html);
    if (card->opens)
        plx_html_element(html, "p", "opens", card->opens);
    if (card->privacy)
        plx_html_element(html, "p", "privacy", card->privacy);
    plx_html_close(html);
}

static void put_head(plx_html *html, const char *title, enum plx_paper_size size)
{
    plx_html_open_class(html, "header", "on-screen");
    plx_html_title(html, "h1", NULL, title);
    plx_html_open(html, "p");
    plx_html_textf(html,
                   "Print this on %s at 100 %%, without headers and footers, and cut along the "
                   "lines. Then try a code with a phone.",
                   size_names[size]);
    plx_html_close(html);
    plx_html_close(html);
}

GString *plx_qr_sheet(const char *title, enum plx_paper_size size, const struct plx_qr_card *cards,
                      guint n)
{
    g_autofree char *css = g_strconcat(plx_picture_css(), plx_page_resource("paper.css"),
                                       plx_page_resource("qr.css"), page_css[size], NULL);
    g_autoptr(plx_html) html = plx_html_new();
    plx_page_begin(html, title, css, NULL, /* images= */ FALSE);
    plx_html_open_class(html, "body", "codes");
    plx_html_open(html, "main");
    put_head(html, title, size);
    for (guint i = 0; i < n; i += CARDS) {
        plx_html_open_class(html, "div", "sheet");
        for (guint k = i; k < MIN(i + CARDS, n); k++)
            put_card(html, &cards[k]);
        plx_html_close(html);
    }
    plx_html_close(html); /* main */
    plx_html_close(html); /* body */
    plx_html_close(html); /* html */
    return plx_html_finish(html);
}
