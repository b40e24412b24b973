/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/page.h"

#include "chart/picture.h"
#include "report/gaps_overview.h"
#include "report/view.h"
#include "report/words.h"

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

void plx_page_legend(struct plx_page *page, const struct plx_gaps_group *group,
                     const plx_gaps_picture *picture, const char *id)
{
    const struct plx_picture *model = plx_gaps_picture_model(picture);
    plx_html_open_class(page->html, "ul", "legend");
    for (guint v = 0; v < model->n_voices; v++)
        if (plx_gaps_picture_speaks(picture, v) ||
            hidden_everywhere(group, plx_gaps_picture_audience(picture, v)))
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
    /* On narrow screens only (page.css): that there is more to the right shows nowhere else. */
    plx_html_open_class(page->html, "p", "hint");
    plx_html_attribute(page->html, "aria-hidden", "true");
    plx_html_text(page->html, "More to the right: scroll →");
    plx_html_close(page->html);
}

/* One drawing, in a region of its own. */
static void write_drawing(struct plx_page *page, const struct plx_picture *model, const char *key,
                          guint first, guint n, const char *title)
{
    g_autofree char *id = g_strdup_printf("%s-from-%u", model->id, first);
    const char *names[] = {key, model->points[first].chapter, title};
    g_autoptr(GString) part = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (names[i] && *names[i])
            g_string_append_printf(part, "%s%s", part->len ? ", " : "", names[i]);
    struct plx_picture one = *model;
    one.id = id;
    one.points = model->points + first;
    one.n_points = n;
    plx_page_region(page, "The picture", part->str);
    g_autoptr(plx_svg) svg = plx_picture_draw(&one);
    plx_html_svg(page->html, svg);
    plx_html_close(page->html);
}

/* One per journey: each prints whole and scrolls by itself. */
static void write_drawings(struct plx_page *page, const struct plx_picture *model, const char *key)
{
    for (guint first = 0; first < model->n_points;) {
        guint n = 1;
        while (first + n < model->n_points &&
               g_strcmp0(model->points[first].chapter, model->points[first + n].chapter) == 0)
            n++;
        write_drawing(page, model, key, first, n, NULL);
        first += n;
    }
}

/* The points of a transaction behind its name. The id lies within, so that a link to it opens. */
static void write_stretch(struct plx_page *page, const struct plx_picture *model,
                          const struct plx_stretch *stretch, const char *key)
{
    plx_html *html = page->html;
    plx_html_open_class(html, "details", "stretch");
    plx_html_attribute(html, "data-stretch", stretch->id);
    plx_html_attribute(html, "data-transaction", model->points[stretch->first].section);
    plx_html_open(html, "summary");
    if (model->points[stretch->first].chapter) {
        plx_html_title(html, "span", NULL, model->points[stretch->first].chapter);
        plx_html_text(html, " › ");
    }
    plx_html_title(html, "span", NULL, stretch->title);
    plx_html_text(html, " ");
    plx_html_element(html, "small", NULL, stretch->count);
    plx_html_close(html);
    plx_html_open(html, "div");
    plx_html_attribute(html, "id", stretch->id);
    write_drawing(page, model, key, stretch->first, stretch->n, stretch->title);
    plx_html_close(html);
    plx_html_close(html);
}

static void write_overview(struct plx_page *page, const struct plx_picture *model,
                           const plx_gaps_overview *overview, const char *key)
{
    write_drawings(page, plx_gaps_overview_model(overview), key);
    plx_html_element(page->html, "p", "explain",
                     "Each column is a transaction: a bar from the lowest to the highest of its "
                     "points, and a hollow mark at the middle of them. A transaction has no number "
                     "of its own. Choose a column to see its points.");
    guint n = 0;
    const struct plx_stretch *stretches = plx_gaps_overview_stretches(overview, &n);
    for (guint i = 0; i < n; i++)
        write_stretch(page, model, &stretches[i], key);
}

void plx_page_picture(struct plx_page *page, const struct plx_gaps_group *group, const char *id)
{
    g_autoptr(plx_gaps_picture) picture = plx_gaps_picture_new(page->gaps, group, id);
    const struct plx_picture *model = plx_gaps_picture_model(picture);
    if (!model)
        return;
    g_autoptr(plx_gaps_overview) overview = plx_gaps_overview_new(picture);
    plx_html_open_class(page->html, "figure", overview ? "journey many" : "journey");
    plx_html_open(page->html, "figcaption");
    plx_html_element(page->html, "h2", NULL,
                     (overview ? plx_gaps_overview_model(overview) : model)->title);
    plx_page_legend(page, group, picture, id);
    plx_html_close(page->html);
    if (overview)
        write_overview(page, model, overview, group->key);
    else
        write_drawings(page, model, group->key);
    plx_html_close(page->html);
}
