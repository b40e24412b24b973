/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The wall of a workshop, and the same with what who leads it can do. */

#include "chart/qr.h"
#include "serve/people.h"
#include "serve/texts.h"
#include "serve/workshop_page.h"

#include <string.h>

/* Where to go ------------------------------------------------------------------------------- */

/* To be freed. */
static char *join_url(const struct plx_workshop_view *view)
{
    return g_strdup_printf("%s/w/%s", view->base, view->gathering->code);
}

/* To be typed. */
static void put_address(plx_html *html, const struct plx_workshop_view *view, const char *url)
{
    const char *const scheme = strstr(url, "://");
    plx_html_open_class(html, "p", "address");
    plx_html_textf(html, "%s ", plx_workshop_say(view, "workshop.at"));
    plx_html_open(html, "strong");
    plx_html_attribute(html, "dir", "ltr");
    plx_html_text(html, scheme ? scheme + 3 : url);
    plx_html_close(html);
    plx_html_close(html);
}

/* For a phone's camera. */
static void put_code(plx_html *html, const char *url)
{
    if (strlen(url) > PLX_QR_TEXT_MAX)
        return;
    g_autoptr(plx_svg) code = plx_qr(url, "qr", url);
    plx_html_svg(html, code);
}

/* Who has done what, never what they said ----------------------------------------------------- */

static void put_count(plx_html *html, gint done, gint of)
{
    plx_html_open(html, "td");
    if (of > 0)
        plx_html_textf(html, "%d / %d", done, of);
    else
        plx_html_textf(html, "%d", done);
    plx_html_close(html);
}

static void put_head(plx_html *html, const struct plx_workshop_view *view, const char *last)
{
    const char *const keys[] = {"workshop.table", "workshop.column.who", "workshop.column.people",
                                last};
    plx_html_open(html, "thead");
    plx_html_open(html, "tr");
    for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
        plx_html_open(html, "th");
        plx_html_attribute(html, "scope", "col");
        plx_html_text(html, plx_workshop_say(view, keys[i]));
        plx_html_close(html);
    }
    plx_html_close(html);
    plx_html_close(html);
}

static void put_table(plx_html *html, const struct plx_workshop_view *view,
                      const struct plx_gathered *table, gint points)
{
    plx_html_open(html, "tr");
    plx_html_open(html, "th");
    plx_html_attribute(html, "scope", "row");
    plx_html_title(html, "span", NULL, table->name);
    plx_html_close(html);
    plx_html_element(html, "td", NULL, plx_workshop_people(view, table->audience));
    put_count(html, table->people, 0);
    if (view->gathering->phase == PLX_GATHERING_GUESS)
        put_count(html, table->guesses, table->guessers * points);
    else
        put_count(html, table->answers, 0);
    plx_html_close(html);
}

static void put_tables(plx_html *html, const struct plx_workshop_view *view)
{
    const gboolean guessing = view->gathering->phase == PLX_GATHERING_GUESS;
    guint points;
    g_free(plx_workshop_points(view->map, view->gathering, &points));
    if (!view->tables || view->tables->len == 0) {
        plx_html_element(html, "p", NULL, plx_workshop_say(view, "workshop.nobody"));
        return;
    }
    plx_html_open(html, "table");
    put_head(html, view, guessing ? "workshop.column.guesses" : "workshop.column.answers");
    plx_html_open(html, "tbody");
    for (guint i = 0; i < view->tables->len; i++)
        put_table(html, view, view->tables->pdata[i], (gint)points);
    plx_html_close(html);
    plx_html_close(html);
}

/* What is asked just now, for those who look up ---------------------------------------------- */

static void put_asked(plx_html *html, const struct plx_workshop_view *view)
{
    if (view->gathering->phase == PLX_GATHERING_GUESS) {
        plx_html_open_class(html, "div", "asked");
        plx_workshop_ask(html, view);
        plx_html_close(html);
        return;
    }
    plx_html_open_class(html, "ul", "asked");
    for (guint i = 0; i < PLX_WORKSHOP_QUESTIONS; i++) {
        const char *const prompt = plx_workshop_questions[i].prompt;
        g_autofree char *key = g_strconcat("workshop.", prompt, NULL);
        if (i == 0 || strcmp(prompt, plx_workshop_questions[i - 1].prompt) != 0)
            plx_html_element(html, "li", NULL, plx_workshop_say(view, key));
    }
    plx_html_close(html);
}

/* The reveal -------------------------------------------------------------------------------- */

/* A text about those who are served. */
static void put_served(plx_html *html, const struct plx_workshop_view *view, const char *class_name,
                       const char *key)
{
    const char *const served = view->map->audiences[plx_people_served(view->map)].id;
    const char *const people = plx_people_words(view->map, served, view->language);
    g_autofree char *text = plx_texts_fill(view->language, key, people, (char *)NULL);
    plx_html_element(html, "p", class_name, text);
}

static void put_skipped(plx_html *html, const struct plx_workshop_view *view)
{
    const guint n = plx_workshop_reveal_skipped(view->reveal);
    g_autofree char *number = g_strdup_printf("%u", n);
    g_autofree char *text =
        plx_texts_fill(view->language, "workshop.reveal.skipped", number, (char *)NULL);
    if (n > 0)
        plx_html_element(html, "p", "quiet", text);
}

static void put_reveal(plx_html *html, const struct plx_workshop_view *view)
{
    const guint n = view->reveal ? plx_workshop_reveal_moments(view->reveal) : 0;
    if (n == 0) {
        put_served(html, view, NULL, "workshop.reveal.none");
        return;
    }
    const guint moment = (guint)MIN(view->gathering->moment, (gint64)n - 1);
    g_autofree char *at = g_strdup_printf("%u", moment + 1);
    g_autofree char *all = g_strdup_printf("%u", n);
    g_autofree char *where = plx_texts_fill(view->language, "form.progress", at, all, (char *)NULL);
    plx_html_element(html, "p", "quiet", where);
    put_skipped(html, view);
    plx_html_title(html, "h2", NULL,
                   plx_workshop_reveal_title(view->reveal, moment, view->language));
    plx_workshop_ask(html, view);
    plx_workshop_reveal_put_guess(view->reveal, moment, view->language, html);
    if (view->gathering->told)
        plx_workshop_reveal_put_truth(view->reveal, moment, view->language, html);
}

/* Leading ----------------------------------------------------------------------------------- */

static void put_steps(plx_html *html, const struct plx_workshop_view *view)
{
    const guint n = view->reveal ? plx_workshop_reveal_moments(view->reveal) : 0;
    const struct plx_gathering *const g = view->gathering;
    if (g->phase != PLX_GATHERING_REVEAL || n == 0)
        return;
    if (!g->told)
        plx_workshop_button(html, NULL, "go", "tell", plx_workshop_say(view, "workshop.lead.tell"));
    else if (g->moment + 1 < n)
        plx_workshop_button(html, NULL, "go", "next", plx_workshop_say(view, "workshop.lead.next"));
    if (g->told || g->moment > 0)
        plx_workshop_button(html, "second", "go", "back", plx_workshop_say(view, "form.back"));
}

/* How far the room is: whoever locks too early should know. */
static void put_counted(plx_html *html, const struct plx_workshop_view *view)
{
    gint done = 0, of = 0;
    guint points;
    g_free(plx_workshop_points(view->map, view->gathering, &points));
    for (guint i = 0; view->tables && i < view->tables->len; i++) {
        const struct plx_gathered *const table = view->tables->pdata[i];
        done += table->guesses;
        of += table->guessers * (gint)points;
    }
    g_autofree char *in = g_strdup_printf("%d", done);
    g_autofree char *all = g_strdup_printf("%d", of);
    g_autofree char *text =
        plx_texts_fill(view->language, "workshop.lead.counted", in, all, (char *)NULL);
    plx_html_element(html, "p", NULL, text);
}

/* What cannot be taken back, or leads to nothing, asks first: without a script, too. */
static void put_step(plx_html *html, const struct plx_workshop_view *view, const char *value,
                     const char *key)
{
    const gboolean locks = view->gathering->phase == PLX_GATHERING_GUESS;
    const gboolean empty = strcmp(value, "reveal") == 0 && view->reveal &&
                           !plx_workshop_reveal_any_truth(view->reveal);
    if (!locks && !empty) {
        plx_workshop_button(html, "second", "go", value, plx_workshop_say(view, key));
        return;
    }
    plx_html_open_class(html, "details", "step");
    plx_html_element(html, "summary", NULL, plx_workshop_say(view, key));
    if (locks) {
        plx_html_element(html, "p", NULL, plx_workshop_say(view, "workshop.lead.locks"));
        put_counted(html, view);
    }
    if (empty)
        put_served(html, view, "bad", "workshop.lead.empty");
    plx_workshop_button(
        html, "second", "go", value,
        plx_workshop_say(view, locks ? "workshop.lead.lock" : "workshop.lead.anyway"));
    plx_html_close(html);
}

static void put_lead(plx_html *html, const struct plx_workshop_view *view)
{
    const enum plx_gathering_phase phase = view->gathering->phase;
    if (!view->secret || phase == PLX_GATHERING_ENDED)
        return;
    plx_workshop_form(html, view, "lead", NULL);
    plx_html_element(html, "h2", NULL, plx_workshop_say(view, "workshop.lead.title"));
    plx_html_open_class(html, "div", "buttons");
    put_steps(html, view);
    if (phase != PLX_GATHERING_TABLES)
        put_step(html, view, "tables", "workshop.lead.tables");
    if (phase != PLX_GATHERING_REVEAL)
        put_step(html, view, "reveal", "workshop.lead.reveal");
    plx_html_close(html);
    plx_html_open(html, "details");
    plx_html_element(html, "summary", NULL, plx_workshop_say(view, "workshop.lead.end"));
    plx_html_element(html, "p", NULL, plx_workshop_say(view, "workshop.lead.end.about"));
    plx_workshop_button(html, "second", "go", "ended", plx_workshop_say(view, "workshop.lead.end"));
    plx_html_close(html);
    plx_html_close(html);
}

/* Where to join, and beside it who has: both in sight on a screen that is wide, but not high. */
static void put_room(plx_html *html, const struct plx_workshop_view *view)
{
    g_autofree char *url = join_url(view);
    put_address(html, view, url);
    plx_html_open_class(html, "div", "room");
    put_code(html, url);
    plx_html_open(html, "div");
    put_tables(html, view);
    plx_html_close(html);
    plx_html_close(html);
}

void plx_workshop_page_wall(plx_html *html, const struct plx_workshop_view *view)
{
    static const char *const keys[] = {"workshop.guess", "workshop.questions",
                                       "workshop.reveal.title", "form.thanks.title"};
    const enum plx_gathering_phase phase = view->gathering->phase;
    plx_workshop_open(html, view, "wall");
    plx_html_title(html, "p", "quiet", view->gathering->workshop);
    plx_html_element(html, "h1", NULL, plx_workshop_say(view, keys[phase]));
    plx_html_open(html, "p");
    plx_html_attribute(html, "id", "status");
    plx_html_attribute(html, "role", "status");
    plx_html_close(html);
    if (phase == PLX_GATHERING_ENDED) {
        plx_html_element(html, "p", NULL, plx_workshop_say(view, "workshop.closed"));
    } else if (phase == PLX_GATHERING_REVEAL) {
        put_reveal(html, view);
    } else {
        put_asked(html, view);
        plx_workshop_why(html, view);
        put_room(html, view);
    }
    put_lead(html, view);
    plx_html_close(html);
}
