/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/reveal_parts.h"

#include "report/words.h"

static void write_facts(struct plx_reveal *reveal)
{
    const plx_beliefs *beliefs = reveal->beliefs;
    g_autoptr(GString) text = g_string_new(NULL);
    if (reveal->group->n_moments) {
        g_string_append(text, "The question was: ");
        plx_words_question(beliefs, reveal->group, text);
        plx_slides_line(reveal->html, "question", text);
        g_string_printf(text, "%u %s. First the guess, then what those who answered said.",
                        reveal->group->n_moments,
                        reveal->group->n_moments == 1 ? "moment" : "moments");
        plx_slides_line(reveal->html, "evidence", text);
    }
    if (!reveal->own)
        return;
    g_string_assign(text, "");
    plx_words_people_first(beliefs->gaps, beliefs->by, text);
    g_string_append(text, " who guessed are too few for the room's guess to be shown. So each may "
                          "type an own guess and see it beside the answers: it stays in this page, "
                          "and is never saved or sent.");
    plx_slides_line(reveal->html, "remedy", text);
}

static void write_cover(struct plx_reveal *reveal)
{
    const plx_beliefs *beliefs = reveal->beliefs;
    g_autoptr(GString) text = g_string_new(NULL);
    plx_slides_cover(reveal->html, reveal->page.options->brand);
    plx_words_context(beliefs->gaps, text);
    plx_slides_line(reveal->html, "eyebrow", text);
    const char *title = plx_brand_word(reveal->page.options->brand, "en", "title");
    if (title)
        plx_html_title(reveal->html, "p", "own-title", title);
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
    plx_slides_open(reveal->html, "gather", "gather");
    plx_slides_heading(reveal->html, "What to do next", "How guesses come in");
    plx_html_open(reveal->html, "ol");
    for (guint i = 0; i < sentences->len; i++)
        plx_html_element(reveal->html, "li", NULL, g_ptr_array_index(sentences, i));
    plx_html_close(reveal->html);
    plx_html_close(reveal->html);
}

static void write_body(struct plx_reveal *reveal)
{
    plx_html *html = reveal->html;
    write_cover(reveal);
    plx_slides_main(html, "Guess and reveal");
    for (guint m = 0; m < reveal->group->n_moments; m++)
        plx_reveal_moment(reveal, m);
    if (reveal->group->n_moments)
        plx_reveal_close(reveal);
    else
        write_gather(reveal);
    plx_slides_closing(html, reveal->page.options->brand);
    plx_html_close(html);
    plx_page_footer(&reveal->page);
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
    static const char *const digits[] = {"0 to 9", "your own guess; 1 and then 0 for ten"};
    const char *whose = beliefs->gaps->map ? beliefs->gaps->map->title : NULL;
    g_autofree char *title = g_strjoin(": ", "Guess and reveal", whose, NULL);
    plx_slides_begin(html, options, title, "reveal");
    write_body(&reveal);
    plx_slides_end(html, "reveal", "the truth, then the next moment", reveal.own ? digits : NULL);
    return plx_html_finish(html);
}
