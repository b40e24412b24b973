/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/page.h"

#include "chart/bars.h"
#include "chart/picture.h"
#include "report/words.h"

#include <gio/gio.h>
#include <math.h>

/* Made by glib-compile-resources from report.gresource.xml. */
GResource *plx_report_get_resource(void);

const char *plx_page_resource(const char *name)
{
    g_autofree char *path = g_strconcat("/parallax/report/", name, NULL);
    g_autoptr(GBytes) text =
        g_resource_lookup_data(plx_report_get_resource(), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_assert(text);
    /* Uncompressed resources are constant data of the program, with a zero byte behind them. */
    return g_bytes_get_data(text, NULL);
}

static void append_hash(GString *policy, const char *directive, const char *text)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, (const guchar *)text, -1);
    guint8 digest[32];
    gsize length = sizeof digest;
    g_checksum_get_digest(sum, digest, &length);
    g_autofree char *hash = g_base64_encode(digest, length);
    g_string_append_printf(policy, "; %s 'sha256-%s'", directive, hash);
}

/* Nothing may be loaded or sent; the one style sheet, and the one script if there is any, are
 * allowed by their hash. */
static char *security_policy(const char *css, const char *script, gboolean images)
{
    GString *policy = g_string_new("default-src 'none'");
    append_hash(policy, "style-src", css);
    if (script)
        append_hash(policy, "script-src", script);
    if (images)
        g_string_append(policy, "; img-src data:");
    g_string_append(policy, "; base-uri 'none'; form-action 'none'");
    return g_string_free(policy, FALSE);
}

void plx_page_begin(plx_html *html, const char *title, const char *css, const char *script,
                    gboolean images)
{
    plx_page_begin_in(html, "en-GB", NULL, title, css, script, images);
}

void plx_page_begin_in(plx_html *html, const char *language, const char *direction,
                       const char *title, const char *css, const char *script, gboolean images)
{
    g_autofree char *policy = security_policy(css, script, images);
    plx_html_open(html, "html");
    plx_html_attribute(html, "lang", language);
    if (direction)
        plx_html_attribute(html, "dir", direction);
    plx_html_open(html, "head");
    plx_html_open(html, "meta");
    plx_html_attribute(html, "charset", "utf-8");
    plx_html_close(html);
    plx_html_open(html, "meta");
    plx_html_attribute(html, "http-equiv", "Content-Security-Policy");
    plx_html_attribute(html, "content", policy);
    plx_html_close(html);
    plx_html_meta(html, "viewport", "width=device-width, initial-scale=1");
    plx_html_meta(html, "color-scheme", "light dark");
    plx_html_meta(html, "generator", "parallax");
    plx_html_element(html, "title", NULL, title);
    plx_html_style(html, css);
    plx_html_close(html);
}

void plx_page_head(struct plx_page *page)
{
    g_autoptr(GString) context = g_string_new(NULL);
    plx_words_context(page->gaps, context);
    g_autofree char *running = page->sheet ? NULL : plx_page_running(context->str);
    g_autofree char *css =
        g_strconcat(plx_picture_css(), plx_page_resource("page.css"), running, NULL);
    g_autoptr(GString) title = g_string_new(NULL);
    plx_words_headline(page->gaps, title);
    plx_page_begin(page->html, title->str, css, NULL, /* images= */ FALSE);
}

static void write_ten(struct plx_page *page, gint audience, const char *verb, double share,
                      const char *colour, const GString *who)
{
    const struct plx_headline *h = &page->gaps->headline;
    g_autoptr(GString) label = g_string_new(NULL);
    plx_words_share(label, share, plx_words_in_ten_fits(h->about_value, h->about_ci));
    g_autoptr(plx_svg) svg = plx_bars_ten(share, colour, label->str);
    plx_html_open(page->html, "li");
    plx_html_open_class(page->html, "span", "ten-who");
    g_autoptr(GString) people = g_string_new("What ");
    plx_words_people(page->gaps, audience, people);
    plx_html_textf(page->html, "%s %s", people->str, verb);
    plx_html_close(page->html);
    plx_html_svg(page->html, svg);
    plx_html_element(page->html, "span", "evidence", who->str);
    plx_html_close(page->html);
}

static void append_people(const plx_gaps *gaps, gint audience, gint64 persons, gint64 n,
                          GString *out)
{
    plx_words_count(out, persons >= 0 ? persons : n);
    g_string_append_c(out, ' ');
    plx_words_people(gaps, audience, out);
    if (persons >= 0 && n > persons) {
        g_string_append(out, ", ");
        plx_words_count(out, n);
        g_string_append(out, " answers");
    }
}

/* "8 in 10" against "4 in 10" as dots, where the headline is about shares. */
static void write_tens(struct plx_page *page)
{
    const struct plx_headline *h = &page->gaps->headline;
    if ((h->kind != PLX_HEADLINE_BELIEF && h->kind != PLX_HEADLINE_SERVED) ||
        !isfinite(h->about_value))
        return;
    plx_html_open_class(page->html, "ul", "tens");
    g_autoptr(GString) who = g_string_new(NULL);
    if (h->kind == PLX_HEADLINE_BELIEF) {
        append_people(page->gaps, h->by, h->by_persons, h->by_n, who);
        write_ten(page, h->by, "think", h->by_value, "ten-front", who);
        g_string_assign(who, "");
    }
    append_people(page->gaps, h->about, h->about_persons, h->about_n, who);
    if (h->points > 1)
        g_string_append_printf(who, ", %u points", h->points);
    write_ten(page, h->about, "say", h->about_value, "ten-base", who);
    plx_html_close(page->html);
}

void plx_page_headline(struct plx_page *page)
{
    plx_html *html = page->html;
    g_autoptr(GString) first = g_string_new(NULL);
    g_autoptr(GString) second = g_string_new(NULL);
    g_autoptr(GString) remedy = g_string_new(NULL);
    g_autoptr(GString) context = g_string_new(NULL);
    plx_words_headline_parts(page->gaps, first, second);
    plx_words_remedy(page->gaps, PLX_WORDS_PAGE, remedy);
    plx_words_context(page->gaps, context);
    plx_html_open(html, "header");
    plx_html_title(html, "p", "eyebrow", context->str);
    plx_html_open_class(html, "div", "top");
    /* A voice's sentence has its colour: here the served speak first, and alone. */
    const enum plx_headline_kind kind = page->gaps->headline.kind;
    const gboolean two = second->len && (kind == PLX_HEADLINE_BELIEF || kind == PLX_HEADLINE_LEVEL);
    plx_html_open_class(html, "h1", two ? NULL : "alone");
    plx_html_element(html, "span", "first", first->str);
    if (second->len) {
        plx_html_text(html, " ");
        plx_html_element(html, "span", "second", second->str);
    }
    plx_html_close(html);
    write_tens(page);
    plx_html_close(html);
    if (remedy->len)
        plx_html_element(html, "p", "remedy", remedy->str);
    plx_html_close(html);
}
