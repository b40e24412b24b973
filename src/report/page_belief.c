/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/page.h"

#include "report/view.h"
#include "report/words.h"

#include <math.h>

#define GUESSES 5 /* guesses told in full */

struct guess {
    const struct plx_gaps_point *point;
    const struct plx_belief *belief;
};

static gint by_overestimate(gconstpointer a, gconstpointer b)
{
    const struct guess *x = a, *y = b;
    if (x->belief->difference < y->belief->difference ||
        x->belief->difference > y->belief->difference)
        return x->belief->difference > y->belief->difference ? -1 : 1;
    return x->point < y->point ? -1 : 1;
}

static void write_guess_counts(struct plx_page *page, const GArray *guesses, gint by)
{
    guint better = 0, worse = 0, sees = 0, open = 0;
    for (guint i = 0; i < guesses->len; i++) {
        const enum plx_verdict verdict = g_array_index(guesses, struct guess, i).belief->verdict;
        better += verdict == PLX_VERDICT_OVERESTIMATES;
        worse += verdict == PLX_VERDICT_UNDERESTIMATES;
        sees += verdict == PLX_VERDICT_SEES_IT;
        open += verdict == PLX_VERDICT_NOT_ENOUGH_YET;
    }
    g_autoptr(GString) who = g_string_new(NULL);
    g_autoptr(GString) about = g_string_new(NULL);
    plx_words_people(page->gaps, by, who);
    plx_words_people(page->gaps, page->served, about);
    plx_html_open(page->html, "p");
    plx_html_textf(page->html,
                   "Of %u points, %s think %u better than %s say, %u worse, and see %u as they "
                   "are; for %u it is not sure yet.",
                   guesses->len, who->str, better, about->str, worse, sees, open);
    plx_html_close(page->html);
}

/* The first of those thought too good, told one below the other. */
static guint told_guesses(const GArray *guesses, const struct guess *told[GUESSES])
{
    guint n = 0;
    for (guint i = 0; i < guesses->len && n < GUESSES; i++) {
        const struct guess *guess = &g_array_index(guesses, struct guess, i);
        if (guess->belief->verdict == PLX_VERDICT_OVERESTIMATES)
            told[n++] = guess;
    }
    return n;
}

static void write_guesses(struct plx_page *page, const struct plx_gaps_group *group, gint by)
{
    g_autoptr(GArray) guesses = g_array_new(FALSE, FALSE, sizeof(struct guess));
    for (guint i = 0; i < group->n_points; i++) {
        const struct plx_belief *belief = plx_view_belief(&group->points[i], by, page->served);
        const struct guess guess = {&group->points[i], belief};
        if (belief && isfinite(belief->difference))
            g_array_append_val(guesses, guess);
    }
    if (!guesses->len)
        return;
    g_array_sort(guesses, by_overestimate);
    write_guess_counts(page, guesses, by);
    const struct guess *told[GUESSES];
    const guint n = told_guesses(guesses, told);
    gboolean in_ten = TRUE; /* all alike: in percent where one of them has to be */
    for (guint i = 0; i < n; i++)
        in_ten = in_ten && plx_words_belief_fits(told[i]->belief);
    plx_html_open_class(page->html, "ul", "rows");
    for (guint i = 0; i < n; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        plx_words_belief_in(page->gaps, told[i]->belief, in_ten, text);
        plx_html_open(page->html, "li");
        plx_html_title(page->html, "strong", NULL, told[i]->point->title);
        plx_html_text(page->html, " ");
        plx_html_element(page->html, "span", "evidence", text->str);
        plx_html_close(page->html);
    }
    plx_html_close(page->html);
}

/* Who ranks our points as the people served do. */
static void write_rankings(struct plx_page *page, const struct plx_gaps_group *group)
{
    if (!group->n_rankings)
        return;
    g_autoptr(GString) served = g_string_new(NULL);
    plx_words_people(page->gaps, page->served, served);
    plx_html_open(page->html, "h3");
    plx_html_textf(page->html, "Who ranks our points as %s do?", served->str);
    plx_html_close(page->html);
    plx_html_open_class(page->html, "ul", "rows");
    gboolean told = FALSE;
    for (guint i = 0; i < group->n_rankings; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        plx_words_ranking(page->gaps, &group->rankings[i], text);
        plx_html_element(page->html, "li", NULL, text->str);
        told = told || (group->rankings[i].suppressed == PLX_SHOWN &&
                        isfinite(group->rankings[i].tau_pooled));
    }
    plx_html_close(page->html);
    if (told)
        plx_html_element(page->html, "p", "meaning", PLX_WORDS_TAU);
}

static gboolean guessed(const struct plx_gaps_group *group)
{
    for (guint i = 0; i < group->n_points; i++)
        if (group->points[i].n_beliefs)
            return TRUE;
    return FALSE;
}

void plx_page_beliefs(struct plx_page *page, const struct plx_gaps_group *group)
{
    if (!guessed(group) && !group->n_rankings)
        return;
    g_autoptr(GString) served = g_string_new(NULL);
    plx_words_people(page->gaps, page->served, served);
    plx_html_open_class(page->html, "section", "beliefs");
    plx_html_element(page->html, "h2", NULL, "What is guessed, and what is said");
    plx_html_open_class(page->html, "p", "meaning");
    plx_html_textf(page->html,
                   "The question to each: of 10 %s, how many would say this is at the desired "
                   "level or better?",
                   served->str);
    plx_html_close(page->html);
    for (gint a = 0; a < (gint)page->gaps->n_audiences; a++)
        write_guesses(page, group, a);
    write_rankings(page, group);
    plx_html_close(page->html);
}
