/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The whole-journey card: all points in one list, then how it was as a whole, in people's own
 * words; and the pages around a form. */

#include "serve/form_parts.h"

#include "serve/texts.h"

static void put_choice(plx_html *html, const char *field, const char *chosen, const char *value,
                       const char *words)
{
    const struct plx_form_choice choice = {
        .field = field, .value = value, .chosen = chosen, .words = words};
    plx_form_choice(html, &choice);
}

/* One point of the list: four choices in a row. */
static void put_tick(plx_html *html, const struct plx_form_view *view, guint point)
{
    static const struct {
        const char *value, *key;
    } choices[] = {
        {"-1", "card.short"}, {"0", "card.nothing"}, {"1", "card.delighted"}, {"na", "card.na"}};
    g_autofree char *field = plx_form_field_name(view->plan, PLX_MEASURE_CARD, (gint)point);
    g_autofree char *chosen = plx_form_chosen(view, PLX_MEASURE_CARD, (gint)point);
    plx_html_open_class(html, "fieldset", "tick");
    plx_html_attribute(html, "id", field);
    plx_form_map_element(html, view, "legend", NULL, view->plan->map->points[point].title);
    plx_html_open_class(html, "div", "values");
    for (guint i = 0; i < G_N_ELEMENTS(choices); i++)
        put_choice(html, field, chosen, choices[i].value, plx_form_text(view, choices[i].key));
    plx_html_close(html);
    plx_html_close(html);
}

static void put_ticks(plx_html *html, const struct plx_form_view *view)
{
    plx_html_element(html, "h2", NULL, plx_form_text(view, "form.whole.title"));
    plx_html_element(html, "p", NULL, plx_form_text(view, "form.whole.about"));
    for (guint i = 0; i < view->plan->n_listed; i++)
        put_tick(html, view, view->plan->listed[i]);
}

static void put_question(plx_html *html, const struct plx_form_view *view, guint question)
{
    const char *const prompt = plx_form_prompt(question);
    g_autofree char *key = g_strdup_printf("form.%s", prompt);
    plx_html_open_class(html, "div", "text");
    plx_html_open(html, "label");
    plx_html_attribute(html, "for", prompt);
    plx_html_text(html, plx_form_text(view, key));
    plx_html_close(html);
    plx_form_area(html, view, prompt, plx_form_words(view->answers, question));
    plx_html_close(html);
}

static void put_questions(plx_html *html, const struct plx_form_view *view)
{
    const guint32 asked = view->plan->settings.questions;
    for (guint q = 0; q < PLX_FORM_QUESTIONS; q++)
        if (asked & 1u << q)
            put_question(html, view, q);
    if (!(asked & (1u << PLX_FORM_SUGGESTION | 1u << PLX_FORM_COMPLAINT)))
        return;
    plx_form_agree(html, view, "_answer", "form.answer");
}

void plx_form_page_whole(plx_html *html, const struct plx_form_view *view)
{
    if (view->plan->ticks)
        put_ticks(html, view);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        if (view->plan->whole_measures & 1u << m)
            plx_form_ask(html, view, m, -1, NULL);
    put_questions(html, view);
}

void plx_form_page_thanks(plx_html *html, const char *language, const char *answer)
{
    plx_html_element(html, "h1", NULL, plx_texts(language, "form.thanks.title"));
    plx_html_element(html, "p", NULL, plx_texts(language, "form.thanks.text"));
    if (!answer)
        return;
    /* In a field it is selected and copied whole, also with a thumb. */
    plx_html_open(html, "p");
    plx_html_open(html, "label");
    plx_html_attribute(html, "for", "answer");
    plx_html_text(html, plx_texts(language, "form.answer.text"));
    plx_html_close(html);
    plx_html_close(html);
    plx_html_open_class(html, "textarea", "private");
    plx_html_attribute(html, "id", "answer");
    plx_html_attribute(html, "readonly", "readonly");
    plx_html_attribute(html, "rows", "3");
    plx_html_attribute(html, "dir", "ltr");
    plx_html_text(html, answer);
    plx_html_close(html);
    plx_html_open(html, "p");
    plx_html_open(html, "a");
    plx_html_attribute(html, "href", answer);
    plx_html_text(html, plx_texts(language, "form.answer.open"));
    plx_html_close(html);
    plx_html_close(html);
}

void plx_form_page_closed(plx_html *html, const char *language, guint state)
{
    const char *const key = state == PLX_LINK_EARLY    ? "link.early"
                            : state == PLX_LINK_LATE   ? "link.late"
                            : state == PLX_LINK_FULL   ? "link.full"
                            : state == PLX_LINK_CLOSED ? "link.closed"
                                                       : "link.unknown";
    plx_html_element(html, "h1", NULL, plx_texts(language, "link.title"));
    plx_html_element(html, "p", NULL, plx_texts(language, key));
}
