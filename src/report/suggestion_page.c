/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What somebody who gave a suggestion sees: their words, what became of them, the answers. */
#include "base/date.h"
#include "report/gaps_picture.h"
#include "report/page.h"
#include "report/suggestion.h"

#include <string.h>

static const struct plx_suggestion_words english = {
    .language = "en-GB",
    .suggestion = "What became of your suggestion",
    .complaint = "What became of your complaint",
    .said = "What you wrote",
    .received = "We have received it. An answer is still to come.",
    .looking = "We are looking at it.",
    .considered = "We have looked at it.",
    .doing = "We are doing something about it.",
    .done = "It is done.",
    .declined = "We will not do this.",
    .about = "It is about: {0}",
    .answers = "What we say to it",
    .as_of = "As of {0}.",
    .thanks = "Thank you for taking the time to tell us.",
};

static const char *state_words(const struct plx_suggestion *suggestion,
                               const struct plx_suggestion_words *words)
{
    switch (suggestion->state) {
    case PLX_SUGGESTION_RECEIVED:
        return words->received;
    case PLX_SUGGESTION_CONSIDERED:
        return suggestion->text ? words->considered : words->looking;
    case PLX_SUGGESTION_DOING:
        return words->doing;
    case PLX_SUGGESTION_DONE:
        return words->done;
    case PLX_SUGGESTION_DECLINED:
        break;
    }
    return words->declined;
}

/* A text with a day, or something of the user's (in an element of its own), in the place of {0}. */
static void write_around(plx_html *html, const char *text, const char *element, const char *inner)
{
    g_auto(GStrv) around = g_strsplit(text, "{0}", 2);
    plx_html_text(html, around[0]);
    if (element)
        plx_html_element(html, element, NULL, inner);
    else
        plx_html_text(html, inner);
    plx_html_text(html, around[1] ? around[1] : "");
}

static char *day_words(const struct plx_suggestion_words *words, gint32 day)
{
    char text[PLX_DATE_SIZE];
    return words->day ? words->day(words->language, day) : g_strdup(plx_date_format(day, text));
}

static char *month_words(const struct plx_suggestion_words *words, gint32 day)
{
    char text[PLX_DATE_SIZE];
    return words->month ? words->month(words->language, day)
                        : g_strndup(plx_date_format(day, text), strlen("2026-11"));
}

/* Of a protected audience only the month is known here. */
static void write_words(plx_html *html, const struct plx_letter *letter,
                        const struct plx_suggestion_words *words)
{
    plx_html_title(html, "blockquote", NULL, letter->text);
    if (letter->day == PLX_NO_DAY)
        return;
    g_autofree char *day =
        letter->by_month ? month_words(words, letter->day) : day_words(words, letter->day);
    plx_html_open_class(html, "p", "quiet");
    plx_html_textf(html, "%s, %s", words->said, day);
    plx_html_close(html);
}

static void write_answers(plx_html *html, const struct plx_suggestion *suggestion,
                          const struct plx_suggestion_words *words)
{
    if (!suggestion->text)
        return;
    plx_html_element(html, "h2", NULL, words->answers);
    plx_html_open(html, "ol");
    for (guint i = suggestion->answers->len; i-- > 0;) {
        const struct plx_suggestion_answer *const answer = suggestion->answers->pdata[i];
        if (!answer->text)
            continue;
        g_autofree char *day = day_words(words, plx_date_of_seconds(answer->utc_seconds));
        plx_html_open(html, "li");
        plx_html_element(html, "p", "quiet", day);
        plx_html_title(html, "p", NULL, answer->text);
        plx_html_close(html);
    }
    plx_html_close(html);
}

GString *plx_suggestion_page(const struct plx_suggestion_view *view,
                             const struct plx_suggestion_words *words)
{
    const struct plx_suggestion_words *const say = words ? words : &english;
    const struct plx_suggestion *const suggestion = view->chosen->pdata[0];
    const plx_map *const map = view->list->letters->map;
    const gboolean complaint = strcmp(suggestion->letter->prompt, "complaint") == 0;
    const char *const title = complaint ? say->complaint : say->suggestion;
    const char *const tied = plx_suggestion_tied(suggestion, map);
    g_autofree char *css = g_strconcat(plx_picture_css(), plx_page_resource("answer.css"), NULL);
    g_autoptr(plx_html) html = plx_html_new();
    g_autofree char *day = day_words(say, view->day);
    plx_page_begin_in(html, say->language, say->direction, title, css, NULL, /* images= */ FALSE);
    plx_html_open(html, "body");
    plx_html_open(html, "main");
    if (map->title)
        plx_html_title(html, "p", "quiet", map->title);
    plx_html_element(html, "h1", NULL, title);
    write_words(html, suggestion->letter, say);
    plx_html_element(html, "p", "state", state_words(suggestion, say));
    if (tied) {
        plx_html_open_class(html, "p", "quiet");
        write_around(html, say->about, "bdi", tied);
        plx_html_close(html);
    }
    write_answers(html, suggestion, say);
    plx_html_close(html);
    plx_html_open(html, "footer");
    plx_html_open_class(html, "p", "quiet");
    write_around(html, say->as_of, NULL, day);
    plx_html_textf(html, " %s", say->thanks);
    plx_html_close(html);
    plx_html_close(html);
    plx_html_close(html);
    plx_html_close(html);
    return plx_html_finish(html);
}
