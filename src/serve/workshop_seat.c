/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a table's device shows: guesses, the four questions, and its own guess beside the truth. */

#include "serve/form_parts.h"
#include "serve/texts.h"
#include "serve/workshop_page.h"

#include <string.h>

/* Guessing ----------------------------------------------------------------------------------- */

/* What this device has said of a point; NULL: nothing. */
static const struct plx_seat_guess *guess_of(const struct plx_workshop_view *view,
                                             const char *point)
{
    for (guint i = 0; view->guesses && i < view->guesses->len; i++) {
        const struct plx_seat_guess *const guess = view->guesses->pdata[i];
        if (strcmp(guess->point, point) == 0 && strcmp(guess->table, view->seat->table) == 0 &&
            strcmp(guess->person, view->seat->person) == 0)
            return guess;
    }
    return NULL;
}

/* Numbers in one row, and a dash that takes a number away. */
static void put_numbers(plx_html *html, const struct plx_workshop_view *view, const char *name,
                        gint first, gint last, gint chosen)
{
    plx_html_open_class(html, "div", "values");
    for (gint value = first; value <= last; value++) {
        g_autofree char *number = g_strdup_printf("%d", value);
        plx_workshop_choice(html, "radio", name, number, value == chosen, number);
    }
    plx_html_open(html, "label");
    plx_html_open(html, "input");
    plx_html_attribute(html, "type", "radio");
    plx_html_attribute(html, "name", name);
    plx_html_attribute(html, "value", "");
    plx_html_attribute(html, "aria-label", plx_workshop_say(view, "form.declined"));
    plx_html_close(html);
    plx_html_element(html, "span", NULL, "–");
    plx_html_close(html);
    plx_html_close(html);
}

static char *predicted_question(const struct plx_workshop_view *view)
{
    struct plx_workshop_asking asking;
    plx_workshop_asking_init(&asking, view);
    return plx_texts_fill(view->language, "form.predicted", plx_form_served(&asking.view),
                          (char *)NULL);
}

static void put_point(plx_html *html, const struct plx_workshop_view *view,
                      const struct plx_point *point)
{
    const struct plx_seat_guess *const guess = guess_of(view, point->id);
    g_autofree char *believed = g_strconcat("b.", point->id, NULL);
    g_autofree char *predicted = g_strconcat("p.", point->id, NULL);
    const char *const title = plx_map_text(view->map, point->title, view->language);
    plx_html_open_class(html, "fieldset", "slim");
    plx_html_title(html, "legend", NULL, title);
    put_numbers(html, view, believed, 0, 10, guess ? guess->believed : PLX_GUESS_NONE);
    plx_html_close(html);
    if (!view->gathering->predicted)
        return;
    g_autofree char *question = predicted_question(view);
    plx_html_open_class(html, "fieldset", "slim predicted");
    plx_html_open(html, "legend");
    plx_html_textf(html, "%s ", question);
    plx_html_title(html, "span", NULL, title);
    plx_html_close(html);
    put_numbers(html, view, predicted, 1, PLX_LEVELS, guess ? guess->predicted : PLX_GUESS_NONE);
    plx_html_close(html);
}

static void put_levels(plx_html *html, const struct plx_workshop_view *view)
{
    if (!view->gathering->predicted)
        return;
    g_autofree char *question = predicted_question(view);
    plx_html_element(html, "p", NULL, question);
    plx_html_open(html, "ol");
    for (guint i = 1; i <= PLX_LEVELS; i++) {
        g_autofree char *key = g_strdup_printf("level.%u", i);
        plx_html_element(html, "li", NULL, plx_workshop_say(view, key));
    }
    plx_html_close(html);
}

/* When numbers are kept: the script shows one sentence, a browser without it the other. */
static void put_saves(plx_html *html, const struct plx_workshop_view *view)
{
    plx_html_open_class(html, "p", "quiet");
    plx_html_element(html, "span", "live", plx_workshop_say(view, "workshop.saves.live"));
    plx_html_textf(html, " %s", plx_workshop_say(view, "workshop.saves"));
    plx_html_close(html);
    plx_html_open(html, "noscript");
    plx_html_element(html, "p", NULL, plx_workshop_say(view, "workshop.saves.button"));
    plx_html_close(html);
}

static void put_guessing(plx_html *html, const struct plx_workshop_view *view)
{
    guint n;
    g_autofree guint *points = plx_workshop_points(view->map, view->gathering, &n);
    struct plx_workshop_asking asking;
    plx_workshop_asking_init(&asking, view);
    plx_form_believed(html, &asking.view);
    plx_form_believed_about(html, &asking.view, TRUE);
    put_saves(html, view);
    put_levels(html, view);
    plx_workshop_form(html, view, "seat", "guess");
    for (guint i = 0; i < n; i++)
        put_point(html, view, &view->map->points[points[i]]);
    plx_html_open_class(html, "div", "buttons stays");
    plx_workshop_button(html, NULL, NULL, NULL, plx_workshop_say(view, "workshop.save"));
    plx_form_tally(html, n);
    plx_html_close(html);
    plx_html_close(html);
}

/* Questions to tables ------------------------------------------------------------------------- */

static void put_question(plx_html *html, const struct plx_workshop_view *view,
                         const struct plx_workshop_question *question)
{
    g_autofree char *key = g_strconcat("workshop.", question->prompt, NULL);
    g_autofree char *more = g_strconcat("workshop.", question->field, NULL);
    const char *const words = plx_workshop_sent(view, question->field);
    plx_html_open_class(html, "p", "line");
    plx_html_open(html, "label");
    plx_html_attribute(html, "for", question->field);
    plx_html_text(html, plx_workshop_say(view, key));
    if (strcmp(key, more) != 0)
        plx_html_textf(html, " — %s", plx_workshop_say(view, more));
    plx_html_close(html);
    plx_html_open(html, "textarea");
    plx_html_attribute(html, "id", question->field);
    plx_html_attribute(html, "name", question->field);
    plx_html_attribute(html, "rows", "2");
    plx_html_text(html, words ? words : "");
    plx_html_close(html);
    plx_html_close(html);
}

static void put_said(plx_html *html, const struct plx_workshop_view *view,
                     const struct plx_seat_answer *answer)
{
    g_autofree char *item = g_strdup_printf("%" G_GINT64_FORMAT, answer->item);
    g_autofree char *key = g_strconcat("workshop.", answer->prompt, NULL);
    plx_html_open(html, "li");
    plx_html_element(html, "span", "quiet", plx_workshop_say(view, key));
    plx_html_open(html, "br");
    plx_html_close(html);
    if (answer->surprise == 1 || answer->surprise == -1)
        plx_html_textf(html, "(%s) ",
                       plx_workshop_say(view, answer->surprise == 1 ? "workshop.competitors.good"
                                                                    : "workshop.competitors.bad"));
    plx_html_title(html, "span", NULL, answer->note);
    if (!answer->taken)
        plx_workshop_button(html, "second", "remove", item,
                            plx_workshop_say(view, "workshop.remove"));
    plx_html_close(html);
}

static void put_answers(plx_html *html, const struct plx_workshop_view *view)
{
    gboolean any = FALSE;
    for (guint i = 0; view->answers && i < view->answers->len; i++) {
        const struct plx_seat_answer *const answer = view->answers->pdata[i];
        if (strcmp(answer->table, view->seat->table) != 0)
            continue;
        if (!any) {
            plx_html_element(html, "h2", NULL, plx_workshop_say(view, "workshop.said"));
            plx_workshop_form(html, view, "seat", "answer");
            plx_html_open_class(html, "ul", "said");
        }
        any = TRUE;
        put_said(html, view, answer);
    }
    if (any) {
        plx_html_close(html);
        plx_html_close(html);
    }
}

static void put_questions(plx_html *html, const struct plx_workshop_view *view)
{
    plx_html_element(html, "p", NULL, plx_workshop_say(view, "workshop.questions.about"));
    g_autofree char *action =
        g_strdup_printf("/w/%s/seat/%s/answer", view->gathering->code, view->secret);
    plx_html_open(html, "form");
    plx_html_attribute(html, "method", "post");
    plx_html_attribute(html, "action", action);
    plx_html_attribute(html, "id", "questions");
    for (guint i = 0; i < PLX_WORKSHOP_QUESTIONS; i++)
        put_question(html, view, &plx_workshop_questions[i]);
    plx_html_open_class(html, "p", "buttons");
    plx_workshop_button(html, NULL, NULL, NULL, plx_workshop_say(view, "workshop.sheet.send"));
    plx_html_close(html);
    plx_html_close(html);
    put_answers(html, view);
}

/* The reveal --------------------------------------------------------------------------------- */

/* The own guess stays beside the truth. */
static void put_moment(plx_html *html, const struct plx_workshop_view *view)
{
    const guint n = view->reveal ? plx_workshop_reveal_moments(view->reveal) : 0;
    plx_html_element(html, "p", NULL, plx_workshop_say(view, "workshop.look"));
    if (n == 0)
        return;
    const guint moment = (guint)MIN(view->gathering->moment, (gint64)n - 1);
    const struct plx_seat_guess *const guess =
        guess_of(view, plx_workshop_reveal_point(view->reveal, moment));
    plx_html_title(html, "h2", NULL,
                   plx_workshop_reveal_title(view->reveal, moment, view->language));
    plx_workshop_ask(html, view);
    if (guess && guess->believed != PLX_GUESS_NONE) {
        g_autofree char *number = plx_workshop_reveal_number(guess->believed / 10.0);
        plx_html_open_class(html, "p", "say");
        plx_html_textf(html, "%s ", plx_workshop_say(view, "workshop.own"));
        plx_html_element(html, "strong", NULL, number);
        plx_html_close(html);
    }
    plx_workshop_reveal_put_why(view->reveal, moment, view->language, html);
    if (view->gathering->told)
        plx_workshop_reveal_put_truth(view->reveal, moment, view->language, html);
}

/* A device ----------------------------------------------------------------------------------- */

static void put_heading(plx_html *html, const struct plx_workshop_view *view)
{
    static const char *const keys[] = {"workshop.guess", "workshop.questions",
                                       "workshop.reveal.title", "form.thanks.title"};
    const struct plx_seat *const seat = view->seat;
    plx_html_element(html, "h1", NULL, plx_workshop_say(view, keys[view->gathering->phase]));
    plx_html_open_class(html, "p", "quiet");
    plx_html_textf(html, "%s %s · %s", plx_workshop_say(view, "workshop.table"), seat->table,
                   plx_workshop_people(view, seat->audience));
    if (*seat->person)
        plx_html_textf(html, " · %s", seat->person);
    plx_html_close(html);
}

void plx_workshop_page_seat(plx_html *html, const struct plx_workshop_view *view)
{
    plx_workshop_open(html, view, "seat");
    put_heading(html, view);
    plx_html_open(html, "p");
    plx_html_attribute(html, "id", "status");
    plx_html_attribute(html, "role", "status");
    plx_html_close(html);
    plx_workshop_fault(html, view);
    switch (view->gathering->phase) {
    case PLX_GATHERING_GUESS:
        plx_workshop_why(html, view);
        put_guessing(html, view);
        break;
    case PLX_GATHERING_TABLES:
        plx_workshop_why(html, view);
        put_questions(html, view);
        break;
    case PLX_GATHERING_REVEAL:
        put_moment(html, view);
        break;
    case PLX_GATHERING_ENDED:
        plx_html_element(html, "p", NULL, plx_workshop_say(view, "workshop.closed"));
        break;
    }
    plx_html_close(html);
}
