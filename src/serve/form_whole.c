/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The whole-journey card: how it was as a whole, all points in one list, people's own words; and
 * the pages around a form. */

#include "serve/form_parts.h"

#include "serve/texts.h"

/* What a point can be ticked as; the last takes a tick back. Signs, so that all of it fits beside
 * the title on a phone; the key above the list, which stays in sight, says what they mean. */
static const struct {
    const char *value, *sign, *key;
} ticks[] = {{"-1", "−", "card.short"},
             {"1", "+", "card.delighted"},
             {"na", "∅", "card.na"},
             {"0", "·", "card.nothing"}};

static void put_key(plx_html *html, const struct plx_form_view *view)
{
    plx_html_open_class(html, "p", "key");
    for (guint i = 0; i < G_N_ELEMENTS(ticks); i++) {
        plx_html_open(html, "span");
        plx_html_element(html, "b", NULL, ticks[i].sign);
        plx_html_textf(html, " %s ", plx_form_text(view, ticks[i].key));
        plx_html_close(html);
    }
    plx_html_close(html);
}

/* One point of the list: its title and four choices in a row. */
static void put_tick(plx_html *html, const struct plx_form_view *view, guint point)
{
    g_autofree char *field = plx_form_field_name(view->plan, PLX_MEASURE_CARD, (gint)point);
    g_autofree char *chosen = plx_form_chosen(view, PLX_MEASURE_CARD, (gint)point);
    plx_html_open_class(html, "fieldset", "tick");
    plx_html_attribute(html, "id", field);
    plx_form_map_element(html, view, "legend", NULL, view->plan->map->points[point].title);
    for (guint i = 0; i < G_N_ELEMENTS(ticks); i++) {
        const struct plx_form_choice choice = {.field = field,
                                               .value = ticks[i].value,
                                               .chosen = chosen,
                                               .words = ticks[i].sign,
                                               .name = plx_form_text(view, ticks[i].key)};
        plx_form_choice(html, &choice);
    }
    plx_html_close(html);
}

static void put_ticks(plx_html *html, const struct plx_form_view *view)
{
    plx_html_element(html, "h2", NULL, plx_form_text(view, "form.whole.title"));
    plx_html_element(html, "p", NULL, plx_form_text(view, "form.whole.about"));
    plx_html_open_class(html, "div", "ticks"); /* as far as the key stays */
    put_key(html, view);
    for (guint i = 0; i < view->plan->n_listed; i++)
        put_tick(html, view, view->plan->listed[i]);
    plx_html_close(html);
}

/* Whoever stops here would not be counted: so it is said, and sent from here. */
static void put_send(plx_html *html, const struct plx_form_view *view)
{
    if (view->card == 0)
        return;
    plx_html_open_class(html, "div", "now");
    plx_html_element(html, "p", NULL, plx_form_text(view, "form.whole.send"));
    plx_html_open(html, "button");
    plx_html_attribute(html, "type", "submit");
    plx_html_text(html, plx_form_text(view, "form.finish"));
    plx_html_close(html);
    plx_html_close(html);
}

/* The first has its field; those behind it are a line each until they are wanted. */
static void put_first(plx_html *html, const struct plx_form_view *view, guint question)
{
    const char *const prompt = plx_form_prompt(question);
    g_autofree char *key = g_strdup_printf("form.%s", prompt);
    plx_html_open_class(html, "div", "text");
    plx_html_open(html, "label");
    plx_html_attribute(html, "for", prompt);
    plx_html_text(html, plx_form_text(view, key));
    plx_html_close(html);
    plx_form_area(html, view, prompt, plx_form_words(view->answers, question), NULL);
    plx_html_close(html);
}

static void put_further(plx_html *html, const struct plx_form_view *view, guint question)
{
    const char *const prompt = plx_form_prompt(question);
    const char *const words = plx_form_words(view->answers, question);
    g_autofree char *key = g_strdup_printf("form.%s", prompt);
    g_autofree char *name = g_strdup_printf("%s-name", prompt);
    plx_html_open_class(html, "details", "text");
    if (plx_form_has_words(view, prompt, words))
        plx_html_attribute(html, "open", "open");
    plx_html_open(html, "summary");
    plx_html_attribute(html, "id", name);
    plx_html_text(html, plx_form_text(view, key));
    plx_html_close(html);
    plx_form_area(html, view, prompt, words, name);
    plx_html_close(html);
}

static void put_questions(plx_html *html, const struct plx_form_view *view)
{
    const guint32 asked = view->plan->settings.questions;
    guint put = 0;
    for (guint q = 0; q < PLX_FORM_QUESTIONS; q++)
        if (asked & 1u << q)
            (put++ ? put_further : put_first)(html, view, q);
    if (!(asked & (1u << PLX_FORM_SUGGESTION | 1u << PLX_FORM_COMPLAINT)))
        return;
    plx_form_agree(html, view, "_answer", "form.answer");
}

void plx_form_page_whole(plx_html *html, const struct plx_form_view *view)
{
    plx_html_open_class(html, "div", "whole");
    put_send(html, view);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        if (view->plan->whole_measures & 1u << m)
            plx_form_ask(html, view, m, -1, NULL);
    if (view->plan->ticks)
        put_ticks(html, view);
    put_questions(html, view);
    plx_html_close(html);
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

void plx_form_page_closed(plx_html *html, const char *language, guint state, gint32 opens,
                          gboolean lost)
{
    const char *const key = state == PLX_LINK_EARLY    ? "link.early"
                            : state == PLX_LINK_LATE   ? "link.late"
                            : state == PLX_LINK_FULL   ? "link.full"
                            : state == PLX_LINK_CLOSED ? "link.closed"
                            : state == PLX_FORM_USED   ? "link.used"
                                                       : "link.unknown";
    plx_html_element(html, "h1", NULL, plx_texts(language, "link.title"));
    plx_html_element(html, "p", NULL, plx_texts(language, key));
    if (lost)
        plx_html_element(html, "p", "bad", plx_texts(language, "link.lost"));
    if (state != PLX_LINK_EARLY || opens == PLX_LINK_ALWAYS)
        return;
    g_autofree char *day = plx_texts_day(language, opens);
    g_autofree char *text = plx_texts_fill(language, "link.opens", day, NULL);
    plx_html_element(html, "p", NULL, text);
}
