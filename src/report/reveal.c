/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/reveal_parts.h"

#include "chart/picture.h"
#include "report/words.h"

#include <string.h>

void plx_reveal_open(struct plx_reveal *reveal, const char *class_name, const char *id)
{
    g_autofree char *name = g_strconcat("slide ", class_name, NULL);
    plx_html_open_class(reveal->html, "section", name);
    plx_html_attribute(reveal->html, "id", id);
}

void plx_reveal_heading(struct plx_reveal *reveal, const char *eyebrow, const char *title)
{
    plx_html_title(reveal->html, "p", "eyebrow", eyebrow);
    plx_html_title(reveal->html, "h2", NULL, title);
}

void plx_reveal_line(struct plx_reveal *reveal, const char *class_name, const GString *text)
{
    if (text->len)
        plx_html_title(reveal->html, "p", class_name, text->str);
}

static void write_facts(struct plx_reveal *reveal)
{
    const plx_beliefs *beliefs = reveal->beliefs;
    g_autoptr(GString) text = g_string_new(NULL);
    if (reveal->group->n_moments) {
        g_string_append(text, "The question was: ");
        plx_words_question(beliefs, reveal->group, text);
        plx_reveal_line(reveal, "question", text);
        g_string_printf(text, "%u %s. First the guess, then what those who answered said.",
                        reveal->group->n_moments,
                        reveal->group->n_moments == 1 ? "moment" : "moments");
        plx_reveal_line(reveal, "evidence", text);
    }
    if (!reveal->own)
        return;
    g_string_assign(text, "");
    plx_words_people_first(beliefs->gaps, beliefs->by, text);
    g_string_append(text, " who guessed are too few for the room's guess to be shown. So each may "
                          "type an own guess and see it beside the answers: it stays in this page, "
                          "and is never saved or sent.");
    plx_reveal_line(reveal, "remedy", text);
}

static void write_cover(struct plx_reveal *reveal)
{
    const plx_beliefs *beliefs = reveal->beliefs;
    g_autoptr(GString) text = g_string_new(NULL);
    plx_html_open_class(reveal->html, "header", "slide cover");
    plx_html_attribute(reveal->html, "id", "start");
    plx_words_context(beliefs->gaps, text);
    plx_reveal_line(reveal, "eyebrow", text);
    plx_html_open(reveal->html, "h1");
    plx_html_element(reveal->html, "span", "first",
                     beliefs->by < 0 ? "Nobody has guessed yet." : "What you guessed.");
    if (beliefs->by >= 0) {
        g_string_assign(text, "What ");
        plx_words_people(beliefs->gaps, beliefs->about, text);
        g_string_append(text, " say.");
        plx_html_text(reveal->html, " ");
        plx_html_element(reveal->html, "span", "second", text->str);
    }
    plx_html_close(reveal->html);
    write_facts(reveal);
    plx_html_close(reveal->html);
}

/* What to do next, where there is nothing to reveal. */
static void write_gather(struct plx_reveal *reveal)
{
    g_autoptr(GPtrArray) sentences = g_ptr_array_new_with_free_func(g_free);
    plx_words_gather(reveal->beliefs, sentences);
    plx_reveal_open(reveal, "gather", "gather");
    plx_reveal_heading(reveal, "What to do next", "How guesses come in");
    plx_html_open(reveal->html, "ol");
    for (guint i = 0; i < sentences->len; i++)
        plx_html_element(reveal->html, "li", NULL, g_ptr_array_index(sentences, i));
    plx_html_close(reveal->html);
    plx_html_close(reveal->html);
}

static void write_button(plx_html *html, const char *id, const char *text, const char *key)
{
    plx_html_open(html, "button");
    plx_html_attribute(html, "type", "button");
    plx_html_attribute(html, "id", id);
    plx_html_attribute(html, "aria-keyshortcuts", key);
    plx_html_text(html, text);
    plx_html_close(html);
}

/* Hidden until the script has come to life. */
static void write_bar(plx_html *html)
{
    plx_html_open_class(html, "nav", "bar");
    plx_html_attribute(html, "id", "bar");
    plx_html_attribute(html, "aria-label", "Screens");
    plx_html_attribute(html, "hidden", "hidden");
    write_button(html, "back", "← Back", "ArrowLeft");
    write_button(html, "help", "Keys ?", "?");
    plx_html_open(html, "p");
    plx_html_attribute(html, "id", "where");
    plx_html_close(html);
    plx_html_open_class(html, "p", "aside");
    plx_html_attribute(html, "id", "told");
    plx_html_attribute(html, "role", "status");
    plx_html_close(html);
    write_button(html, "next", "Next →", "ArrowRight");
    plx_html_close(html);
}

static void write_keys(plx_html *html, gboolean own)
{
    static const char *const keys[][2] = {
        {"→, space, page down", "the truth, then the next moment"},
        {"←, page up", "back"},
        {"Home, End", "first and last screen"},
        {"F", "full screen"},
        {"P", "print the hand-out"},
        {"?", "these keys"},
        {"0 to 9", "your own guess; 1 and then 0 for ten"}};
    plx_html_open(html, "dialog");
    plx_html_attribute(html, "id", "keys");
    plx_html_attribute(html, "aria-labelledby", "keys-title");
    plx_html_open(html, "h2");
    plx_html_attribute(html, "id", "keys-title");
    plx_html_text(html, "Keys");
    plx_html_close(html);
    plx_html_open(html, "dl");
    for (guint i = 0; i < G_N_ELEMENTS(keys) - (own ? 0 : 1); i++) {
        plx_html_element(html, "dt", NULL, keys[i][0]);
        plx_html_element(html, "dd", NULL, keys[i][1]);
    }
    plx_html_close(html);
    write_button(html, "close", "Close", "Escape");
    plx_html_close(html);
}

static void write_body(struct plx_reveal *reveal, const char *script)
{
    plx_html *html = reveal->html;
    plx_html_open_class(html, "body", "reveal");
    write_cover(reveal);
    plx_html_open(html, "main");
    plx_html_attribute(html, "id", "main");
    /* Where the cover is not shown, the screen still has a first heading. */
    plx_html_open_class(html, "h1", "aside");
    plx_html_attribute(html, "id", "title");
    plx_html_attribute(html, "hidden", "hidden");
    plx_html_text(html, "Guess and reveal");
    plx_html_close(html);
    for (guint m = 0; m < reveal->group->n_moments; m++)
        plx_reveal_moment(reveal, m);
    if (reveal->group->n_moments)
        plx_reveal_close(reveal);
    else
        write_gather(reveal);
    plx_html_close(html);
    plx_page_footer(&reveal->page);
    write_bar(html);
    write_keys(html, reveal->own);
    plx_html_script(html, script);
    plx_html_close(html);
}

GString *plx_reveal_page(const plx_beliefs *beliefs, const struct plx_page_options *options)
{
    static const struct plx_beliefs_group nothing = {0};
    g_autoptr(plx_html) html = plx_html_new();
    struct plx_reveal reveal = {
        .page = {.gaps = beliefs->gaps, .options = options, .html = html, .served = beliefs->about},
        .beliefs = beliefs,
        .group = beliefs->n_groups ? &beliefs->groups[0] : &nothing,
        .html = html};
    for (guint m = 0; m < reveal.group->n_moments; m++)
        reveal.own |= plx_guess_state(&reveal.group->moments[m]) == PLX_GUESS_HIDDEN;
    g_autofree char *css = g_strconcat(plx_picture_css(), plx_page_resource("page.css"),
                                       plx_page_resource("reveal.css"), NULL);
    const char *script = plx_page_resource("reveal.js");
    const char *whose = beliefs->gaps->map ? beliefs->gaps->map->title : NULL;
    g_autofree char *title = g_strjoin(": ", "Guess and reveal", whose, NULL);
    plx_page_begin(html, title, css, script);
    write_body(&reveal, script);
    plx_html_close(html);
    return plx_html_finish(html);
}
