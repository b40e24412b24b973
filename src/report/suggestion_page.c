/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What somebody who gave a suggestion sees: their words, what became of them, the answers. */
#include "base/date.h"
#include "report/gaps_picture.h"
#include "report/page.h"
#include "report/suggestion.h"

#include <string.h>

static const char *state_words(const struct plx_suggestion *suggestion)
{
    switch (suggestion->state) {
    case PLX_SUGGESTION_RECEIVED:
        return "We have received it. An answer is still to come.";
    case PLX_SUGGESTION_CONSIDERED:
        return suggestion->text ? "We have looked at it." : "We are looking at it.";
    case PLX_SUGGESTION_DOING:
        return "We are doing something about it.";
    case PLX_SUGGESTION_DONE:
        return "It is done.";
    case PLX_SUGGESTION_DECLINED:
        break;
    }
    return "We will not do this.";
}

/* Of a protected audience only the month is known here. */
static void write_words(plx_html *html, const struct plx_letter *letter)
{
    char day[PLX_DATE_SIZE];
    plx_html_title(html, "blockquote", NULL, letter->text);
    if (letter->day == PLX_NO_DAY)
        return;
    plx_date_format(letter->day, day);
    if (letter->by_month)
        day[strlen("2026-11")] = '\0';
    plx_html_open_class(html, "p", "quiet");
    plx_html_textf(html, "What you wrote, %s", day);
    plx_html_close(html);
}

static void write_answers(plx_html *html, const struct plx_suggestion *suggestion)
{
    if (!suggestion->text)
        return;
    plx_html_element(html, "h2", NULL, "What we say to it");
    plx_html_open(html, "ol");
    for (guint i = suggestion->answers->len; i-- > 0;) {
        const struct plx_suggestion_answer *const answer = suggestion->answers->pdata[i];
        char day[PLX_DATE_SIZE];
        if (!answer->text)
            continue;
        plx_html_open(html, "li");
        plx_html_element(html, "p", "quiet",
                         plx_date_format(plx_date_of_seconds(answer->utc_seconds), day));
        plx_html_title(html, "p", NULL, answer->text);
        plx_html_close(html);
    }
    plx_html_close(html);
}

GString *plx_suggestion_page(const struct plx_suggestion_view *view)
{
    const struct plx_suggestion *const suggestion = view->chosen->pdata[0];
    const plx_map *const map = view->list->letters->map;
    const gboolean complaint = strcmp(suggestion->letter->prompt, "complaint") == 0;
    const char *const title =
        complaint ? "What became of your complaint" : "What became of your suggestion";
    const char *const tied = plx_suggestion_tied(suggestion, map);
    g_autofree char *css = g_strconcat(plx_picture_css(), plx_page_resource("answer.css"), NULL);
    g_autoptr(plx_html) html = plx_html_new();
    char day[PLX_DATE_SIZE];
    plx_page_begin(html, title, css, NULL, /* images= */ FALSE);
    plx_html_open(html, "body");
    plx_html_open(html, "main");
    if (map->title)
        plx_html_title(html, "p", "quiet", map->title);
    plx_html_element(html, "h1", NULL, title);
    write_words(html, suggestion->letter);
    plx_html_element(html, "p", "state", state_words(suggestion));
    if (tied) {
        plx_html_open_class(html, "p", "quiet");
        plx_html_textf(html, "It is about: %s", tied);
        plx_html_close(html);
    }
    write_answers(html, suggestion);
    plx_html_close(html);
    plx_html_open(html, "footer");
    plx_html_open_class(html, "p", "quiet");
    plx_html_textf(html, "As of %s. Thank you for taking the time to tell us.",
                   plx_date_format(view->day, day));
    plx_html_close(html);
    plx_html_close(html);
    plx_html_close(html);
    plx_html_close(html);
    return plx_html_finish(html);
}
