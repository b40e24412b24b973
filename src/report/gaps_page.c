/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/gaps_page.h"

#include "chart/bars.h"
#include "chart/picture.h"
#include "report/gaps_picture.h"
#include "report/page.h"
#include "report/view.h"
#include "report/words.h"

#include <gio/gio.h>
#include <math.h>

/* Made by glib-compile-resources from report.gresource.xml. */
GResource *plx_report_get_resource(void);

static const char *page_css(void)
{
    g_autoptr(GBytes) css = g_resource_lookup_data(
        plx_report_get_resource(), "/parallax/report/page.css", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_assert(css);
    /* Uncompressed resources are constant data of the program, with a zero byte behind them. */
    return g_bytes_get_data(css, NULL);
}

/* Nothing may be loaded, run or sent; the one style sheet is allowed by its hash. */
static char *security_policy(const char *css)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, (const guchar *)css, -1);
    guint8 digest[32];
    gsize length = sizeof digest;
    g_checksum_get_digest(sum, digest, &length);
    g_autofree char *hash = g_base64_encode(digest, length);
    return g_strdup_printf("default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; "
                           "form-action 'none'",
                           hash);
}

static void write_meta(plx_html *html, const char *name, const char *content)
{
    plx_html_open(html, "meta");
    plx_html_attribute(html, "name", name);
    plx_html_attribute(html, "content", content);
    plx_html_close(html);
}

static void write_head(struct plx_page *page)
{
    plx_html *html = page->html;
    g_autofree char *css = g_strconcat(plx_picture_css(), page_css(), NULL);
    g_autofree char *policy = security_policy(css);
    g_autoptr(GString) title = g_string_new(NULL);
    plx_words_headline(page->gaps, title);
    plx_html_open(html, "head");
    plx_html_open(html, "meta");
    plx_html_attribute(html, "charset", "utf-8");
    plx_html_close(html);
    plx_html_open(html, "meta");
    plx_html_attribute(html, "http-equiv", "Content-Security-Policy");
    plx_html_attribute(html, "content", policy);
    plx_html_close(html);
    write_meta(html, "viewport", "width=device-width, initial-scale=1");
    write_meta(html, "color-scheme", "light dark");
    write_meta(html, "generator", "parallax");
    plx_html_element(html, "title", NULL, title->str);
    plx_html_style(html, css);
    plx_html_close(html);
}

static void write_ten(struct plx_page *page, gint audience, const char *verb, double share,
                      const char *colour, const GString *who)
{
    g_autofree char *label = g_strdup_printf("%.0f of 10", round(share * 10));
    g_autoptr(plx_svg) svg = plx_bars_ten(share, colour, label);
    plx_html_open(page->html, "li");
    plx_html_open_class(page->html, "span", "ten-who");
    plx_html_textf(page->html, "What %s %s", plx_words_voice(page->gaps, audience), verb);
    plx_html_close(page->html);
    plx_html_svg(page->html, svg);
    plx_html_element(page->html, "span", "evidence", who->str);
    plx_html_close(page->html);
}

static void append_people(GString *out, gint64 persons, gint64 n, const char *what)
{
    plx_words_count(out, persons >= 0 ? persons : n);
    g_string_append_printf(out, " %s", what);
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
        append_people(who, h->by_persons, h->by_n, plx_words_voice(page->gaps, h->by));
        write_ten(page, h->by, "think", h->by_value, "ten-front", who);
        g_string_assign(who, "");
    }
    append_people(who, h->about_persons, h->about_n, plx_words_voice(page->gaps, h->about));
    if (h->points > 1)
        g_string_append_printf(who, ", %u points", h->points);
    write_ten(page, h->about, "say", h->about_value, "ten-base", who);
    plx_html_close(page->html);
}

static void write_headline(struct plx_page *page)
{
    plx_html *html = page->html;
    g_autoptr(GString) first = g_string_new(NULL);
    g_autoptr(GString) second = g_string_new(NULL);
    g_autoptr(GString) remedy = g_string_new(NULL);
    g_autoptr(GString) context = g_string_new(NULL);
    plx_words_headline_parts(page->gaps, first, second);
    plx_words_remedy(page->gaps, remedy);
    plx_words_context(page->gaps, context);
    plx_html_open(html, "header");
    plx_html_title(html, "p", "eyebrow", context->str);
    plx_html_open_class(html, "div", "top");
    plx_html_open(html, "h1");
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

/* What stands in the legend for a voice nobody can see, and why. */
static const struct plx_voice *hidden_everywhere(const struct plx_gaps_group *group, gint audience)
{
    const struct plx_voice *found = NULL;
    for (guint i = 0; i < group->n_points; i++) {
        const struct plx_voice *voice = plx_view_voice(&group->points[i], audience);
        if (voice && voice->suppressed == PLX_SHOWN && voice->n > 0)
            return NULL;
        if (voice && voice->suppressed != PLX_SHOWN)
            found = voice;
    }
    return found;
}

static void write_legend_voice(struct plx_page *page, const struct plx_gaps_group *group,
                               const plx_gaps_picture *picture, guint v, const char *id)
{
    const struct plx_picture *model = plx_gaps_picture_model(picture);
    const gint audience = plx_gaps_picture_audience(picture, v);
    const struct plx_voice *hidden = hidden_everywhere(group, audience);
    plx_html *html = page->html;
    plx_html_open(html, "li");
    if (hidden) {
        g_autoptr(GString) text = g_string_new(NULL);
        plx_words_seen(page->gaps, hidden, text);
        plx_html_text(html, text->str);
        plx_html_close(html);
        return;
    }
    g_autofree char *input = g_strdup_printf("%s-voice-%u", id, v);
    g_autofree char *name = g_strdup_printf("toggle toggle-%u", v);
    const gboolean toggled = model->voices[v].faint;
    if (toggled) {
        plx_html_open_class(html, "input", name);
        plx_html_attribute(html, "type", "checkbox");
        plx_html_attribute(html, "id", input);
        plx_html_attribute(html, "checked", "checked");
        plx_html_close(html);
        plx_html_open(html, "label");
        plx_html_attribute(html, "for", input);
    }
    g_autoptr(plx_svg) swatch = plx_picture_swatch(model->voices[v].shape);
    plx_html_svg(html, swatch);
    plx_html_title(html, "span", NULL, model->voices[v].name);
    if (toggled)
        plx_html_close(html);
    plx_html_close(html);
}

static void write_legend_key(struct plx_page *page, const char *name, const char *text)
{
    plx_html_open(page->html, "li");
    plx_html_element(page->html, "span", name, "");
    plx_html_text(page->html, text);
    plx_html_close(page->html);
}

static void write_legend(struct plx_page *page, const struct plx_gaps_group *group,
                         const plx_gaps_picture *picture, const char *id)
{
    const struct plx_picture *model = plx_gaps_picture_model(picture);
    plx_html_open_class(page->html, "ul", "legend");
    for (guint v = 0; v < model->n_voices; v++)
        write_legend_voice(page, group, picture, v, id);
    gboolean promised = FALSE;
    for (guint i = 0; i < model->n_points; i++)
        promised |= model->points[i].flag != NULL;
    if (model->front >= 0) {
        g_autofree char *above = g_strdup_printf("%s above %s", model->voices[model->front].name,
                                                 model->voices[model->base].name);
        write_legend_key(page, "key key-parallax", above);
        write_legend_key(page, "key key-accent", "sure enough to count");
    }
    if (promised)
        write_legend_key(page, "key key-flag", "something was promised");
    plx_html_close(page->html);
}

/* A region that scrolls sideways by itself, for the keyboard too; its name is unique in the page.
 */
void plx_page_region(struct plx_page *page, const char *what, const char *part)
{
    g_autofree char *label = part && *part ? g_strdup_printf("%s: %s", what, part) : g_strdup(what);
    plx_html_open_class(page->html, "div", "scroll");
    plx_html_attribute(page->html, "tabindex", "0");
    plx_html_attribute(page->html, "role", "region");
    plx_html_attribute(page->html, "aria-label", label);
}

/* One drawing per journey: each prints whole and scrolls by itself. */
static void write_drawings(struct plx_page *page, const struct plx_picture *model, const char *key)
{
    for (guint first = 0; first < model->n_points;) {
        guint n = 1;
        while (first + n < model->n_points &&
               g_strcmp0(model->points[first].chapter, model->points[first + n].chapter) == 0)
            n++;
        g_autofree char *id = g_strdup_printf("%s-from-%u", model->id, first);
        g_autofree char *part = g_strjoin(", ", key && *key ? key : model->points[first].chapter,
                                          key && *key ? model->points[first].chapter : NULL, NULL);
        struct plx_picture one = *model;
        one.id = id;
        one.points = model->points + first;
        one.n_points = n;
        plx_page_region(page, "The picture", part);
        g_autoptr(plx_svg) svg = plx_picture_draw(&one);
        plx_html_svg(page->html, svg);
        plx_html_close(page->html);
        first += n;
    }
}

static void write_picture(struct plx_page *page, const struct plx_gaps_group *group, const char *id)
{
    g_autoptr(plx_gaps_picture) picture = plx_gaps_picture_new(page->gaps, group, id);
    const struct plx_picture *model = plx_gaps_picture_model(picture);
    if (!model)
        return;
    plx_html_open_class(page->html, "figure", "journey");
    plx_html_open(page->html, "figcaption");
    plx_html_element(page->html, "h2", NULL, model->title);
    write_legend(page, group, picture, id);
    plx_html_close(page->html);
    write_drawings(page, model, group->key);
    plx_html_close(page->html);
}

static void write_group(struct plx_page *page, guint i)
{
    const struct plx_gaps_group *group = &page->gaps->groups[i];
    g_autofree char *id = g_strdup_printf("g%u", i);
    plx_html_open_class(page->html, "section", "group");
    if (group->key) {
        plx_html_open_class(page->html, "h2", "key-of-group");
        plx_html_textf(page->html, "%s: ", page->gaps->by);
        plx_html_title(page->html, "bdi", NULL, *group->key ? group->key : "(missing)");
        plx_html_close(page->html);
    }
    if (!group->n_points)
        plx_html_element(page->html, "p", "empty",
                         "Nothing to show here. Check the dates and filters, or import answers "
                         "about points.");
    plx_page_tally(page, group, id);
    write_picture(page, group, id);
    plx_page_lists(page, group, id);
    plx_page_beliefs(page, group);
    if (group->n_points) {
        plx_html_open_class(page->html, "section", "all");
        plx_html_element(page->html, "h2", NULL, "All points, all numbers");
        plx_page_table(page, group, id);
        plx_html_close(page->html);
    }
    plx_html_close(page->html);
}

static void write_notes(struct plx_page *page)
{
    if (!page->gaps->n_notes)
        return;
    plx_html_open_class(page->html, "section", "notes");
    plx_html_element(page->html, "h2", NULL, "Notes");
    plx_html_open(page->html, "ul");
    for (guint i = 0; i < page->gaps->n_notes; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        plx_words_note(page->gaps, &page->gaps->notes[i], text);
        plx_html_title(page->html, "li", NULL, text->str);
    }
    plx_html_close(page->html);
    plx_html_close(page->html);
}

static void write_method(struct plx_page *page)
{
    plx_html_open_class(page->html, "section", "method");
    plx_html_element(page->html, "h2", NULL, "How we know");
    plx_html_open(page->html, "details");
    plx_html_element(page->html, "summary", NULL, "Show the method");
    plx_html_open(page->html, "dl");
    for (const struct plx_words_method *m = plx_words_methods(); m->heading; m++) {
        plx_html_element(page->html, "dt", NULL, m->heading);
        plx_html_element(page->html, "dd", NULL, m->text);
    }
    plx_html_close(page->html);
    char margin[G_ASCII_DTOSTR_BUF_SIZE], level[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(margin, sizeof margin, "%.3g", page->gaps->margin);
    g_ascii_formatd(level, sizeof level, "%.4g", page->gaps->adjusted_level * 100);
    plx_html_open(page->html, "p");
    plx_html_textf(page->html, "Margin %s levels. %u gaps looked at together.", margin,
                   page->gaps->family_size);
    if (isfinite(page->gaps->adjusted_level))
        plx_html_textf(page->html, " Adjusted ranges at %s %%.", level);
    plx_html_close(page->html);
    plx_html_close(page->html);
    plx_html_close(page->html);
}

static void write_footer(struct plx_page *page)
{
    plx_html_open(page->html, "footer");
    plx_html_open(page->html, "p");
    plx_html_text(page->html, "Source: ");
    plx_html_title(page->html, "bdi", NULL, page->gaps->source ? page->gaps->source : "–");
    if (page->gaps->data_since && page->gaps->data_until)
        plx_html_textf(page->html, " · answers from %s to %s", page->gaps->data_since,
                       page->gaps->data_until);
    plx_html_text(page->html, " · ");
    g_autoptr(GString) text = g_string_new(NULL);
    plx_words_count(text, page->gaps->observations);
    plx_html_textf(page->html, "%s answers", text->str);
    plx_html_textf(page->html, " · Parallax %s",
                   page->options->version ? page->options->version : "");
    plx_html_close(page->html);
    if (page->options->command) {
        plx_html_open(page->html, "p");
        plx_html_text(page->html, "To make this page again: ");
        plx_html_element(page->html, "code", NULL, page->options->command);
        plx_html_close(page->html);
    }
    plx_html_element(page->html, "p", NULL,
                     "The six levels of service are Ron Kaufman's. A difference between views is "
                     "not a cause, and nobody is to blame for a different view.");
    plx_html_close(page->html);
}

GString *plx_gaps_page(const plx_gaps *gaps, const struct plx_page_options *options)
{
    g_autoptr(plx_html) html = plx_html_new();
    struct plx_page page = {
        .gaps = gaps, .options = options, .html = html, .served = plx_view_served(gaps)};
    plx_html_open(html, "html");
    plx_html_attribute(html, "lang", "en-GB");
    write_head(&page);
    plx_html_open(html, "body");
    plx_html_open(html, "a");
    plx_html_attribute(html, "class", "skip");
    plx_html_attribute(html, "href", "#main");
    plx_html_text(html, "Skip to the findings");
    plx_html_close(html);
    write_headline(&page);
    plx_html_open(html, "main");
    plx_html_attribute(html, "id", "main");
    for (guint i = 0; i < gaps->n_groups; i++)
        write_group(&page, i);
    write_notes(&page);
    write_method(&page);
    plx_html_close(html);
    write_footer(&page);
    plx_html_close(html);
    plx_html_close(html);
    return plx_html_finish(html);
}
