/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where things are: the list of contents, and what stands on the edge of every printed sheet. */
#include "report/page.h"

#include "report/story.h"
#include "report/view.h"
#include "report/words.h"

static void write_entry(struct plx_page *page, const char *id, const char *title)
{
    g_autofree char *href = g_strconcat("#", id, NULL);
    plx_html_open(page->html, "li");
    plx_html_open(page->html, "a");
    plx_html_attribute(page->html, "href", href);
    plx_html_text(page->html, title);
    plx_html_close(page->html);
    plx_html_close(page->html);
}

static void write_list(struct plx_page *page, const struct plx_gaps_group *group, const char *id,
                       enum plx_verdict verdict, const char *list)
{
    g_autoptr(GPtrArray) points = plx_view_with_verdict(page->gaps, group, verdict);
    if (!points->len)
        return;
    const guint viewer =
        plx_view_viewer(page->gaps, plx_view_lead(page->gaps, g_ptr_array_index(points, 0)));
    g_autofree char *target = g_strdup_printf("%s-%s", id, list);
    g_autoptr(GString) title = g_string_new(NULL);
    plx_words_verdict_heading(page->gaps, verdict, viewer, title);
    write_entry(page, target, title->str);
}

void plx_page_contents(struct plx_page *page, const struct plx_gaps_group *group, const char *id)
{
    const GPtrArray *sections = page->options->sections;
    plx_html_open_class(page->html, "nav", "contents");
    plx_html_attribute(page->html, "aria-labelledby", "contents");
    plx_html_open(page->html, "h2");
    plx_html_attribute(page->html, "id", "contents");
    plx_html_text(page->html, "In this report");
    plx_html_close(page->html);
    plx_html_open(page->html, "ol");
    write_list(page, group, id, PLX_VERDICT_BLIND_SPOT, "blind");
    write_list(page, group, id, PLX_VERDICT_SHARED_STRENGTH, "shared");
    if (page->options->step)
        write_entry(page, plx_story_id(page->options->step), plx_story_title(page->options->step));
    if (plx_page_has_others(page, group))
        write_entry(page, "others", "What else was found");
    for (guint i = 0; sections && i < sections->len; i++)
        write_entry(page, plx_story_id(sections->pdata[i]), plx_story_title(sections->pdata[i]));
    if (group->n_points)
        write_entry(page, "numbers", "All points, all numbers");
    write_entry(page, "method", "How we know");
    plx_html_close(page->html);
    plx_html_close(page->html);
}

/* A string of CSS that holds nothing but what was meant, whatever the text is. */
static void append_string(GString *css, const char *text)
{
    g_string_append_c(css, '"');
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        if (g_ascii_isalnum(*at) || *at == ' ')
            g_string_append_c(css, *at);
        else
            g_string_append_printf(css, "\\%06x ", g_utf8_get_char(at)); /* the blank ends it */
    }
    g_string_append_c(css, '"');
}

char *plx_page_running(const char *text)
{
    static const char look[] = "font:8pt sans-serif;color:#525c68;vertical-align:middle";
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *css = g_string_new("@page{@top-left{content:");
    append_string(css, valid);
    g_string_append_printf(css,
                           ";%s;white-space:nowrap}@bottom-right{content:counter(page) \" / \" "
                           "counter(pages);%s}}@page :first{@top-left{content:none}}\n",
                           look, look);
    return g_string_free(css, FALSE);
}
