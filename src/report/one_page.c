/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheet to print for Monday: the picture takes the room that the words leave (page.css). */
#include "report/gaps_page.h"

#include "report/page.h"
#include "report/view.h"
#include "report/words.h"

#include <string.h>

#define TOLD 3

/* The points of one chapter (NULL: all); how many. Of a single journey points name no chapter.
 * There is no table here that a point could lead to. */
static guint take_points(const struct plx_picture *model, const struct plx_page_focus *focus,
                         const char *marked, struct plx_picture_point *points)
{
    guint n = 0;
    for (guint i = 0; i < model->n_points; i++) {
        if (focus && focus->chapter && model->points[i].chapter &&
            strcmp(model->points[i].chapter, focus->chapter) != 0)
            continue;
        points[n] = model->points[i];
        points[n].href = NULL;
        if (focus && g_strcmp0(points[n].title, focus->title) == 0)
            points[n].title = marked;
        n++;
    }
    return n;
}

static void write_drawing(struct plx_page *page, const struct plx_picture *model,
                          const struct plx_page_focus *focus)
{
    g_autofree char *marked = focus ? g_strconcat("▶ ", focus->title, NULL) : NULL;
    g_autofree struct plx_picture_point *points =
        g_new0(struct plx_picture_point, model->n_points + 1);
    struct plx_picture part = *model;
    part.points = points;
    part.n_points = take_points(model, focus, marked, points);
    plx_page_region(page, "The picture", NULL);
    g_autoptr(plx_svg) svg = plx_picture_draw(&part);
    plx_html_svg(page->html, svg);
    plx_html_close(page->html);
}

void plx_page_sheet_picture(struct plx_page *page, const struct plx_gaps_group *group,
                            const struct plx_page_focus *focus)
{
    g_autoptr(plx_gaps_picture) picture = plx_gaps_picture_new(page->gaps, group, "g0");
    const struct plx_picture *model = plx_gaps_picture_model(picture);
    if (!model)
        return;
    plx_html_open_class(page->html, "figure", "journey");
    plx_html_open(page->html, "figcaption");
    plx_html_element(page->html, "h2", NULL, model->title);
    plx_page_legend(page, group, picture, "g0");
    plx_html_close(page->html);
    write_drawing(page, model, focus);
    plx_html_close(page->html);
}

static void write_told(struct plx_page *page, const GPtrArray *points)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const guint a =
        plx_view_viewer(page->gaps, plx_view_lead(page->gaps, g_ptr_array_index(points, 0)));
    plx_words_verdict_heading(page->gaps, PLX_VERDICT_BLIND_SPOT, a, text);
    plx_html_element(page->html, "h2", NULL, text->str);
    plx_html_open_class(page->html, "ol", "cards");
    for (guint i = 0; i < points->len && i < TOLD; i++) {
        const struct plx_gaps_point *point = g_ptr_array_index(points, i);
        const struct plx_gap *gap = plx_view_lead(page->gaps, point);
        plx_html_open_class(page->html, "li", "card");
        plx_html_open(page->html, "div");
        plx_page_place(page, point);
        plx_html_title(page->html, "h3", NULL, point->title);
        g_string_assign(text, "");
        plx_words_gap(page->gaps, point, gap, text);
        plx_html_element(page->html, "p", NULL, text->str);
        plx_page_evidence(page, point, gap);
        plx_html_close(page->html);
        plx_html_close(page->html);
    }
    plx_html_close(page->html);
}

/* An empty list says why it is empty, and what to do next. */
static void write_none(struct plx_page *page, const struct plx_gaps_group *group)
{
    guint compared = 0;
    for (guint i = 0; i < group->n_points; i++)
        compared += plx_view_lead(page->gaps, &group->points[i]) != NULL;
    g_autoptr(GPtrArray) open =
        plx_view_with_verdict(page->gaps, group, PLX_VERDICT_NOT_ENOUGH_YET);
    plx_html_element(page->html, "h2", NULL, "Not seen yet: at no point so far");
    plx_html_open(page->html, "p");
    if (!compared)
        plx_html_text(page->html, "Views cannot be compared yet: ask leaders or staff about the "
                                  "same points.");
    else
        plx_html_textf(page->html,
                       "Of %u points that can be compared, at none is it sure enough that the "
                       "people served see it worse; of %u it is not sure yet.",
                       compared, open->len);
    plx_html_close(page->html);
}

static void write_findings(struct plx_page *page, const struct plx_gaps_group *group)
{
    g_autoptr(GPtrArray) points = plx_view_with_verdict(page->gaps, group, PLX_VERDICT_BLIND_SPOT);
    plx_html_open_class(page->html, "section", "finding blind_spot");
    if (points->len)
        write_told(page, points);
    else
        write_none(page, group);
    plx_html_close(page->html);
}

static void write_line(struct plx_page *page)
{
    g_autoptr(GString) text = g_string_new("Ranges hold 95 times of 100; what counts as a gap is "
                                           "decided for all of them together. ");
    plx_words_family(page->gaps, text);
    g_string_append_printf(text, " Parallax %s.",
                           page->options->version ? page->options->version : "");
    plx_html_open(page->html, "footer");
    plx_html_element(page->html, "p", NULL, text->str);
    plx_html_close(page->html);
}

GString *plx_gaps_one_page(const plx_gaps *gaps, const struct plx_page_options *options)
{
    g_autoptr(plx_html) html = plx_html_new();
    struct plx_page page = {.gaps = gaps,
                            .options = options,
                            .html = html,
                            .served = plx_view_served(gaps),
                            .sheet = TRUE};
    plx_page_head(&page);
    plx_html_open_class(html, "body", "sheet");
    plx_page_headline(&page);
    plx_html_open(html, "main");
    if (gaps->n_groups) {
        plx_page_sheet_picture(&page, &gaps->groups[0], NULL);
        write_findings(&page, &gaps->groups[0]);
    }
    plx_html_close(html);
    write_line(&page);
    plx_html_close(html);
    plx_html_close(html);
    return plx_html_finish(html);
}
