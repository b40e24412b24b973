/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/reveal_parts.h"

#include "chart/guesses.h"
#include "report/words.h"

#include <math.h>

#define ENDS 3 /* moments shown of each end of the order */

/* "You said 8 in 10. They said 3 in 10 (27–34 %)." */
static void write_pair(struct plx_reveal *reveal, const struct plx_moment *moment)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_html_open_class(reveal->html, "p", "pair");
    plx_html_open_class(reveal->html, "span", "you");
    plx_words_guessed(moment, text);
    plx_html_textf(reveal->html, "You said %s.", text->str);
    plx_html_close(reveal->html);
    plx_html_text(reveal->html, " ");
    plx_html_open_class(reveal->html, "span", "they");
    g_string_truncate(text, 0);
    plx_words_said(moment, text);
    plx_html_textf(reveal->html, "They said %s", text->str);
    g_string_truncate(text, 0);
    plx_words_percent_range(text, moment->belief->served_ci);
    if (text->len)
        plx_html_textf(reveal->html, " (%s)", text->str);
    plx_html_text(reveal->html, ".");
    plx_html_close(reveal->html);
    plx_html_close(reveal->html);
}

static void write_list(struct plx_reveal *reveal, const char *class_name, const guint *which,
                       guint n, gboolean strips)
{
    plx_html_open_class(reveal->html, "ol", class_name);
    for (guint i = 0; i < n; i++) {
        const struct plx_moment *moment = &reveal->group->moments[which[i]];
        plx_html_open(reveal->html, "li");
        plx_html_title(reveal->html, "h3", NULL, moment->point->title);
        write_pair(reveal, moment);
        if (strips)
            plx_reveal_strip(reveal, moment, FALSE);
        plx_html_close(reveal->html);
    }
    plx_html_close(reveal->html);
}

static void write_all_together(struct plx_reveal *reveal)
{
    const plx_gaps *gaps = reveal->beliefs->gaps;
    if (gaps->headline.kind == PLX_HEADLINE_NONE)
        return;
    g_autoptr(GString) first = g_string_new(NULL);
    g_autoptr(GString) second = g_string_new(NULL);
    plx_words_headline_parts(gaps, first, second);
    const gboolean two = gaps->headline.kind != PLX_HEADLINE_SERVED;
    plx_slides_open(reveal->html, "together", "together");
    plx_slides_heading(reveal->html, "All moments together", "What it comes to");
    plx_slides_line(reveal->html, two ? "big you" : "big they", first);
    plx_slides_line(reveal->html, two ? "big they" : "evidence", second);
    plx_html_close(reveal->html);
}

static void write_far(struct plx_reveal *reveal)
{
    static const char *const titles[] = {"Furthest apart", "The one furthest apart",
                                         "The two furthest apart", "The three furthest apart"};
    const struct plx_beliefs_group *group = reveal->group;
    g_autoptr(GString) text = g_string_new(NULL);
    plx_slides_open(reveal->html, "far", "furthest");
    plx_slides_heading(reveal->html, "What to talk about first", titles[group->n_furthest]);
    if (group->n_furthest)
        write_list(reveal, "three", group->furthest, group->n_furthest, TRUE);
    else
        plx_words_none_far(group, text);
    plx_slides_line(reveal->html, "big calm", text);
    plx_html_close(reveal->html);
}

static void write_right(struct plx_reveal *reveal)
{
    const struct plx_beliefs_group *group = reveal->group;
    g_autoptr(GString) text = g_string_new(NULL);
    plx_slides_open(reveal->html, "right", "rightly");
    plx_slides_heading(reveal->html, group->n_right ? "Where you know them" : "Not sure yet",
                       "Seen rightly");
    if (group->n_right)
        write_list(reveal, group->n_right > 4 ? "many" : "few", group->right, group->n_right,
                   FALSE);
    else
        plx_words_none_right(group, text);
    plx_slides_line(reveal->html, "big calm", text);
    plx_html_close(reveal->html);
}

static gint by_guess(gconstpointer a, gconstpointer b)
{
    const struct plx_moment *x = *(const struct plx_moment *const *)a;
    const struct plx_moment *y = *(const struct plx_moment *const *)b;
    if (x->belief->believed > y->belief->believed || x->belief->believed < y->belief->believed)
        return x->belief->believed > y->belief->believed ? -1 : 1;
    return x < y ? -1 : 1;
}

static gint by_answer(gconstpointer a, gconstpointer b)
{
    const struct plx_moment *x = *(const struct plx_moment *const *)a;
    const struct plx_moment *y = *(const struct plx_moment *const *)b;
    if (x->belief->served > y->belief->served || x->belief->served < y->belief->served)
        return x->belief->served > y->belief->served ? -1 : 1;
    return x < y ? -1 : 1;
}

/* Three of the moments in this order, from the best or up to the worst. */
static void write_ends(struct plx_reveal *reveal, GPtrArray *moments, gboolean guess, gboolean best)
{
    plx_html_open_class(reveal->html, "td", guess ? "you" : "they");
    g_ptr_array_sort(moments, guess ? by_guess : by_answer);
    plx_html_open(reveal->html, "ol");
    for (guint i = 0; i < ENDS; i++) {
        const struct plx_moment *moment =
            g_ptr_array_index(moments, best ? i : moments->len - ENDS + i);
        plx_html_title(reveal->html, "li", NULL, moment->point->title);
    }
    plx_html_close(reveal->html);
    plx_html_close(reveal->html);
}

/* What the order looks like at its ends: of fewer moments than six they would be the same. */
static void write_best_and_last(struct plx_reveal *reveal)
{
    const struct plx_ranking *ranking = reveal->group->ranking;
    g_autoptr(GPtrArray) moments = g_ptr_array_new();
    for (guint m = 0; m < reveal->group->n_moments; m++)
        if (isfinite(reveal->group->moments[m].belief->difference))
            g_ptr_array_add(moments, &reveal->group->moments[m]);
    if (!ranking || !isfinite(ranking->tau_pooled) || moments->len < 2 * ENDS)
        return;
    static const char *const heads[] = {"", "As you see it", "As they say"};
    static const char *const rows[] = {"Best", "Last"};
    plx_html_open_class(reveal->html, "table", "ends");
    plx_html_open(reveal->html, "thead");
    plx_html_open(reveal->html, "tr");
    for (guint i = 0; i < G_N_ELEMENTS(heads); i++)
        plx_html_element(reveal->html, *heads[i] ? "th" : "td", NULL, heads[i]);
    plx_html_close(reveal->html);
    plx_html_close(reveal->html);
    plx_html_open(reveal->html, "tbody");
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        plx_html_open(reveal->html, "tr");
        plx_html_element(reveal->html, "th", NULL, rows[i]);
        write_ends(reveal, moments, TRUE, i == 0);
        write_ends(reveal, moments, FALSE, i == 0);
        plx_html_close(reveal->html);
    }
    plx_html_close(reveal->html);
    plx_html_close(reveal->html);
}

/* Where nobody may see an order, neither that of the room nor an own one, there is no screen. */
static gboolean has_order(const struct plx_reveal *reveal)
{
    return reveal->own || plx_order_shown(reveal->group);
}

static void write_order(struct plx_reveal *reveal)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_slides_open(reveal->html, "order", "order");
    plx_slides_heading(reveal->html, "Best to worst", "Do we put the moments in their order?");
    if (plx_guesses_shown(reveal->group))
        plx_words_order(reveal->beliefs, reveal->group, PLX_WORDS_ROOM, text);
    else
        g_string_append(text, "The room's order is not shown for so few people. Each can see an "
                              "own one here, once three moments are guessed.");
    plx_slides_line(reveal->html, "big", text);
    write_best_and_last(reveal);
    if (reveal->own) {
        plx_html_open_class(reveal->html, "p", "big own-order");
        plx_html_attribute(reveal->html, "hidden", "hidden");
        plx_html_close(reveal->html);
    }
    plx_html_close(reveal->html);
}

static void write_picture(struct plx_reveal *reveal)
{
    g_autoptr(plx_gaps_picture) picture =
        plx_gaps_picture_new(reveal->page.gaps, reveal->group->gaps, "g0");
    if (!plx_gaps_picture_model(picture))
        return;
    plx_slides_open(reveal->html, "whole", "picture");
    plx_page_picture(&reveal->page, reveal->group->gaps, "g0");
    plx_html_close(reveal->html);
}

static const struct plx_moment *moment_of(const struct plx_beliefs_group *group,
                                          const struct plx_gaps_point *point)
{
    for (guint m = 0; m < group->n_moments; m++)
        if (group->moments[m].point == point)
            return &group->moments[m];
    return NULL;
}

static void write_cell(struct plx_reveal *reveal, const char *class_name, GString *text)
{
    plx_html_element(reveal->html, "td", class_name, text->len ? text->str : "–");
    g_string_truncate(text, 0);
}

/* A point of the picture leads to its row here, guessed or not. */
static void write_row(struct plx_reveal *reveal, guint p)
{
    const struct plx_gaps_point *point = &reveal->group->gaps->points[p];
    const struct plx_moment *moment = moment_of(reveal->group, point);
    g_autofree char *id = g_strdup_printf("g0-p%u", p);
    g_autoptr(GString) text = g_string_new(NULL);
    plx_html_open(reveal->html, "tr");
    plx_html_attribute(reveal->html, "id", id);
    plx_html_open(reveal->html, "th");
    plx_html_attribute(reveal->html, "scope", "row");
    plx_html_title(reveal->html, "span", NULL, point->title);
    plx_html_close(reveal->html);
    if (moment && plx_guess_state(moment) == PLX_GUESS_SHOWN)
        plx_words_guessed(moment, text);
    write_cell(reveal, "num you", text);
    if (moment)
        plx_words_guess_evidence(reveal->beliefs, moment, PLX_WORDS_REPORT, text);
    else
        g_string_append(text, "not guessed");
    write_cell(reveal, NULL, text);
    if (moment && plx_truth_state(moment) == PLX_TRUTH_SHOWN)
        plx_words_said(moment, text);
    write_cell(reveal, "num they", text);
    if (moment)
        plx_words_truth_evidence(reveal->beliefs, moment, text);
    write_cell(reveal, NULL, text);
    if (moment)
        g_string_append(text, plx_words_verdict_short(moment->belief->verdict));
    write_cell(reveal, "word", text);
    plx_html_close(reveal->html);
}

static void write_table(struct plx_reveal *reveal)
{
    static const char *const heads[] = {
        "Moment", "You said", "Guesses", "They said", "Of those who answered", "Finding"};
    plx_page_region(&reveal->page, "All moments", NULL);
    plx_html_open_class(reveal->html, "table", "moments");
    plx_html_open(reveal->html, "thead");
    plx_html_open(reveal->html, "tr");
    for (guint i = 0; i < G_N_ELEMENTS(heads); i++) {
        plx_html_open_class(reveal->html, "th", i == 1 || i == 3 ? "num" : NULL);
        plx_html_attribute(reveal->html, "scope", "col");
        plx_html_text(reveal->html, heads[i]);
        plx_html_close(reveal->html);
    }
    plx_html_close(reveal->html);
    plx_html_close(reveal->html);
    plx_html_open(reveal->html, "tbody");
    for (guint p = 0; p < reveal->group->gaps->n_points; p++)
        write_row(reveal, p);
    plx_html_close(reveal->html);
    plx_html_close(reveal->html);
    plx_html_close(reveal->html);
}

/* What no screen of its own says: why there is no order, and which guesses do not count. */
static void write_asides(struct plx_reveal *reveal)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (!has_order(reveal))
        plx_words_order(reveal->beliefs, reveal->group, PLX_WORDS_ROOM, text);
    plx_slides_line(reveal->html, "evidence", text);
    g_string_truncate(text, 0);
    for (guint m = 0; m < reveal->group->n_moments && !text->len; m++)
        if (reveal->group->moments[m].later > 0)
            g_string_append(text, "Guesses given after results were seen, or a second time, are "
                                  "left out.");
    plx_slides_line(reveal->html, "evidence", text);
}

static void write_numbers(struct plx_reveal *reveal)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_slides_open(reveal->html, "numbers", "numbers");
    plx_slides_heading(reveal->html, "To look up", "All moments, all numbers");
    write_table(reveal);
    plx_words_unguessed(reveal->beliefs, reveal->group, text);
    plx_slides_line(reveal->html, "evidence", text);
    write_asides(reveal);
    plx_page_notes(&reveal->page);
    plx_html_element(
        reveal->html, "p", "evidence",
        "A guess is too high or too low where the difference lies wholly beyond ten in a hundred, "
        "right where it lies wholly within; everything else is not sure yet. Ranges hold 95 times "
        "of 100. What customers say is the share of those who answered, and a difference between "
        "views is not a cause: nobody is to blame for a guess.");
    plx_html_close(reveal->html);
}

void plx_reveal_close(struct plx_reveal *reveal)
{
    write_all_together(reveal);
    if (plx_guesses_shown(reveal->group)) {
        write_far(reveal);
        write_right(reveal);
    }
    if (has_order(reveal))
        write_order(reveal);
    write_picture(reveal);
    write_numbers(reveal);
}
