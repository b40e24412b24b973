/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/gaps_page.h"

#include "report/page.h"
#include "report/story.h"
#include "report/view.h"
#include "report/words.h"

/* The report of everything: other readings stand between the findings and the numbers. */
static gboolean is_whole(const struct plx_page *page)
{
    return page->gaps->n_groups == 1 && !page->gaps->groups[0].key &&
           (page->options->sections || page->options->step);
}

static void write_group(struct plx_page *page, guint i)
{
    const struct plx_gaps_group *group = &page->gaps->groups[i];
    g_autofree char *id = g_strdup_printf("g%u", i);
    plx_html_open_class(page->html, "section", "group");
    if (group->key) {
        plx_html_open_class(page->html, "h2", "key-of-group");
        plx_html_textf(page->html, "%s: ", page->gaps->by);
        plx_html_title(page->html, "bdi", NULL, plx_words_key(group->key));
        plx_html_close(page->html);
    }
    if (!group->n_points)
        plx_html_element(page->html, "p", "empty",
                         "Nothing to show here. Check the dates and filters, or import answers "
                         "about points.");
    plx_page_tally(page, group, id);
    plx_page_picture(page, group, id);
    if (is_whole(page))
        plx_page_contents(page, group, id);
    plx_page_lists(page, group, id, PLX_PAGE_BLIND);
    plx_page_lists(page, group, id, PLX_PAGE_STRENGTHS);
    if (is_whole(page) && page->options->step)
        plx_story_section(page->options->step, page->html);
    plx_page_lists(page, group, id, PLX_PAGE_OTHERS);
    plx_page_beliefs(page, group);
    plx_page_foresight(page, group);
    for (guint k = 0; is_whole(page) && page->options->sections && k < page->options->sections->len;
         k++)
        plx_story_section(page->options->sections->pdata[k], page->html);
    if (group->n_points) {
        plx_html_open_class(page->html, "section", "all");
        if (page->gaps->n_groups == 1)
            plx_html_attribute(page->html, "id", "numbers");
        plx_html_element(page->html, "h2", NULL, "All points, all numbers");
        plx_page_table(page, group, id);
        plx_html_close(page->html);
    }
    plx_html_close(page->html);
}

void plx_page_notes(const struct plx_page *page)
{
    g_autoptr(GPtrArray) notes = plx_words_notes(page->gaps, PLX_WORDS_PAGE, /* whole= */ FALSE);
    if (!notes->len)
        return;
    plx_html_open_class(page->html, "section", "notes");
    plx_html_element(page->html, "h2", NULL, "Notes");
    plx_html_open(page->html, "ul");
    for (guint i = 0; i < notes->len; i++)
        plx_html_title(page->html, "li", NULL, g_ptr_array_index(notes, i));
    plx_html_close(page->html);
    plx_html_close(page->html);
}

void plx_page_method(const struct plx_page *page)
{
    plx_html_open_class(page->html, "section", "method");
    plx_html_attribute(page->html, "id", "method");
    plx_html_element(page->html, "h2", NULL, "How we know");
    plx_html_open(page->html, "details");
    plx_html_element(page->html, "summary", NULL, "Show the method");
    plx_html_open(page->html, "dl");
    for (const struct plx_words_method *m = plx_words_methods(); m->heading; m++) {
        plx_html_element(page->html, "dt", NULL, m->heading);
        plx_html_element(page->html, "dd", NULL, m->text);
    }
    plx_html_close(page->html);
    g_autoptr(GString) family = g_string_new(NULL);
    plx_words_family(page->gaps, family);
    plx_html_element(page->html, "p", NULL, family->str);
    plx_html_close(page->html);
    plx_html_close(page->html);
}

static void write_source(const struct plx_page *page)
{
    plx_html_open(page->html, "p");
    plx_html_text(page->html, "Source: ");
    plx_html_title(page->html, "bdi", NULL, page->gaps->source ? page->gaps->source : "–");
    g_autoptr(GString) text = g_string_new(NULL);
    if (page->gaps->data_since && page->gaps->data_until) {
        plx_words_period(text, page->gaps->data_since, page->gaps->data_until);
        plx_html_textf(page->html, " · answers from %s", text->str);
        g_string_truncate(text, 0);
    }
    plx_html_text(page->html, " · ");
    plx_words_count(text, page->gaps->observations);
    plx_html_textf(page->html, "%s answers", text->str);
    plx_html_textf(page->html, " · Parallax %s",
                   page->options->version ? page->options->version : "");
    plx_html_close(page->html);
}

void plx_page_footer(const struct plx_page *page)
{
    plx_html_open(page->html, "footer");
    if (page->gaps->redacted) {
        plx_html_element(page->html, "p", NULL,
                         "For publication: without places, names and what people wrote; what "
                         "those inside think is said in words only.");
    } else {
        write_source(page);
    }
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
    plx_page_head(&page);
    plx_html_open(html, "body");
    plx_html_open(html, "a");
    plx_html_attribute(html, "class", "skip");
    plx_html_attribute(html, "href", "#main");
    plx_html_text(html, "Skip to the findings");
    plx_html_close(html);
    plx_page_headline(&page);
    plx_html_open(html, "main");
    plx_html_attribute(html, "id", "main");
    plx_page_key(&page);
    for (guint i = 0; i < gaps->n_groups; i++)
        write_group(&page, i);
    plx_page_notes(&page);
    plx_page_method(&page);
    plx_html_close(html);
    plx_page_footer(&page);
    plx_html_close(html);
    plx_html_close(html);
    return plx_html_finish(html);
}
