/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/page.h"

#include "report/next_words.h"
#include "report/view.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

#define TOLD 5   /* gaps told in full */
#define QUOTED 2 /* sayings at each */

/* The order in which findings are told, and how. */
static const struct {
    enum plx_verdict verdict;
    const char *id;
    enum { TELL_CARDS, TELL_ROWS, TELL_FOLDED } tell;
} lists[] = {
    {PLX_VERDICT_BLIND_SPOT, "blind", TELL_CARDS},
    {PLX_VERDICT_HIDDEN_STRENGTH, "hidden", TELL_CARDS},
    {PLX_VERDICT_VIEWS_DIFFER, "differ", TELL_ROWS},
    {PLX_VERDICT_SHARED_STRENGTH, "shared", TELL_ROWS},
    {PLX_VERDICT_KNOWN_PROBLEM, "known", TELL_ROWS},
    {PLX_VERDICT_AGREE, "alike", TELL_ROWS},
    {PLX_VERDICT_NOT_ENOUGH_YET, "not-yet", TELL_FOLDED},
    {PLX_VERDICT_SCALES_DIFFER, "scales", TELL_FOLDED},
};

#define EXPECTED_ID "expected" /* of the list that is no verdict: guesses above what is said */

/* One number of the tally, a link to its list; nothing where there is none. */
static void write_count(struct plx_page *page, guint count, const char *id, const char *list,
                        enum plx_verdict verdict)
{
    if (count == 0)
        return;
    g_autofree char *target = g_strdup_printf("#%s-%s", id, list);
    plx_html_open_class(page->html, "li", plx_verdict_code(verdict));
    plx_html_open(page->html, "a");
    plx_html_attribute(page->html, "href", target);
    plx_html_open(page->html, "strong");
    plx_html_textf(page->html, "%u", count);
    plx_html_close(page->html);
    plx_html_textf(page->html, " %s", plx_words_verdict_count(verdict, count));
    plx_html_close(page->html);
    plx_html_close(page->html);
}

void plx_page_tally(struct plx_page *page, const struct plx_gaps_group *group, const char *id)
{
    g_autoptr(GPtrArray) expected = plx_view_overestimated(page->gaps, group);
    guint counts[G_N_ELEMENTS(lists)], all = expected->len;
    for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
        g_autoptr(GPtrArray) points = plx_view_with_verdict(page->gaps, group, lists[i].verdict);
        counts[i] = points->len;
        all += points->len;
    }
    if (all == 0)
        return;
    plx_html_open_class(page->html, "ul", "tally");
    for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
        if (lists[i].verdict == PLX_VERDICT_SHARED_STRENGTH)
            write_count(page, expected->len, id, EXPECTED_ID, PLX_VERDICT_OVERESTIMATES);
        write_count(page, counts[i], id, lists[i].id, lists[i].verdict);
    }
    plx_html_close(page->html);
}

void plx_page_key(struct plx_page *page)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_words_levels(page->gaps, text);
    if (text->len)
        plx_html_element(page->html, "p", "explain", text->str);
    g_string_truncate(text, 0);
    plx_words_kinds(page->gaps, text);
    if (text->len)
        plx_html_element(page->html, "p", "explain", text->str);
}

void plx_page_place(struct plx_page *page, const struct plx_gaps_point *point)
{
    if (point->transaction_title)
        plx_html_title(page->html, "p", "place", point->transaction_title);
}

/* "608 customers"; where the number of persons is not shown "14 answers of staff". */
static void append_people(struct plx_page *page, const struct plx_voice *voice, gint audience,
                          GString *text)
{
    plx_words_count(text, voice->persons >= 0 ? voice->persons : voice->n);
    g_string_append(text, voice->persons >= 0 ? " " : " answers of ");
    plx_words_people(page->gaps, audience, text);
}

void plx_page_evidence(struct plx_page *page, const struct plx_gaps_point *point,
                       const struct plx_gap *gap)
{
    const gint viewer = (gint)plx_view_viewer(page->gaps, gap);
    const gint judge = (gint)plx_view_judge(page->gaps, gap);
    const struct plx_voice *a = plx_view_voice(point, viewer);
    const struct plx_voice *b = plx_view_voice(point, judge);
    g_autoptr(GString) text = g_string_new(NULL);
    if (b && isfinite(b->met_share) && b->scale) {
        g_string_append_printf(text, "%.0f of 100 ", (1 - b->met_share) * 100);
        plx_words_people(page->gaps, judge, text);
        g_string_append_c(text, ' ');
        plx_words_below(text, b->scale);
        g_string_append(text, " · ");
    }
    if (b)
        append_people(page, b, judge, text);
    if (a) {
        g_string_append(text, a->complete ? ", all " : ", ");
        append_people(page, a, viewer, text);
    }
    plx_html_element(page->html, "p", "evidence", text->str);
}

static void write_promises(struct plx_page *page, const struct plx_gaps_point *point)
{
    g_autoptr(GPtrArray) promises = plx_view_promises(page->gaps, point);
    for (guint i = 0; i < promises->len; i++) {
        plx_html_open_class(page->html, "p", "promise");
        plx_html_text(page->html, "Promised: ");
        plx_html_title(page->html, "q", NULL, g_ptr_array_index(promises, i));
        plx_html_close(page->html);
    }
}

/* What those said who are short of it, as far as it may be shown (step/proposals.h). */
static void write_said(struct plx_page *page, const struct plx_gaps_point *point)
{
    const plx_next *next = page->options->quotes;
    for (guint i = 0; next && i < next->n; i++) {
        const struct plx_proposal *p = &next->proposals[i];
        if (p->repair != PLX_STEP_DELIVERY || !p->quotes || strcmp(p->point, point->point) != 0)
            continue;
        const struct plx_next_quotes *said = &p->quotes[PLX_NEXT_SHORT];
        for (guint q = 0; q < MIN(said->n, QUOTED); q++) {
            g_autoptr(GString) text = g_string_new(NULL);
            plx_next_words_quote(text, &said->quotes[q]);
            plx_html_title(page->html, "blockquote", NULL, text->str);
        }
        return;
    }
}

static void write_card(struct plx_page *page, const struct plx_gaps_point *point)
{
    const struct plx_gap *gap = plx_view_lead(page->gaps, point);
    const gint judge = (gint)plx_view_judge(page->gaps, gap);
    const struct plx_voice *served = plx_view_voice(point, judge);
    g_autoptr(GString) text = g_string_new(NULL);
    plx_html_open_class(page->html, "li", "card");
    plx_html_attribute(page->html, "data-point", point->point);
    plx_html_open(page->html, "div");
    plx_page_place(page, point);
    plx_html_title(page->html, "h3", NULL, point->title);
    plx_words_gap(page->gaps, point, gap, text);
    plx_html_element(page->html, "p", NULL, text->str);
    plx_page_evidence(page, point, gap);
    write_promises(page, point);
    write_said(page, point);
    plx_html_close(page->html);
    if (served && served->counts) {
        plx_html_open_class(page->html, "div", "card-bars");
        plx_page_bars(page, served);
        plx_html_element(page->html, "span", NULL, plx_words_voice(page->gaps, judge));
        plx_html_close(page->html);
    }
    plx_html_close(page->html);
}

static void write_row(struct plx_page *page, const struct plx_gaps_point *point)
{
    const struct plx_gap *gap = plx_view_lead(page->gaps, point);
    g_autoptr(GString) text = g_string_new(NULL);
    plx_html_open(page->html, "li");
    plx_html_attribute(page->html, "data-point", point->point);
    plx_html_title(page->html, "strong", NULL, point->title);
    plx_html_text(page->html, " ");
    if (gap->verdict == PLX_VERDICT_NOT_ENOUGH_YET) {
        plx_words_needed(page->gaps, point, gap, text);
    } else {
        plx_words_seen(page->gaps, plx_view_voice(point, (gint)plx_view_judge(page->gaps, gap)),
                       text);
        const struct plx_voice *viewer =
            plx_view_voice(point, (gint)plx_view_viewer(page->gaps, gap));
        if (viewer) { /* not there in print */
            g_string_append(text, "; ");
            plx_words_seen(page->gaps, viewer, text);
        }
    }
    plx_html_element(page->html, "span", "evidence", text->str);
    plx_html_close(page->html);
}

static void write_more(struct plx_page *page, const GPtrArray *points)
{
    if (points->len <= TOLD)
        return;
    plx_html_open_class(page->html, "p", "more");
    plx_html_textf(page->html, "And %u more: ", points->len - TOLD);
    for (guint i = TOLD; i < points->len; i++) {
        const struct plx_gaps_point *point = g_ptr_array_index(points, i);
        if (i > TOLD)
            plx_html_text(page->html, ", ");
        plx_html_title(page->html, "bdi", NULL, point->title);
    }
    plx_html_text(page->html, ".");
    plx_html_close(page->html);
}

static void write_list(struct plx_page *page, const GPtrArray *points, const char *id, guint i)
{
    const guint a =
        plx_view_viewer(page->gaps, plx_view_lead(page->gaps, g_ptr_array_index(points, 0)));
    g_autofree char *section = g_strdup_printf("%s-%s", id, lists[i].id);
    g_autofree char *name = g_strconcat("finding ", plx_verdict_code(lists[i].verdict), NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    plx_html_open_class(page->html, "section", name);
    plx_html_attribute(page->html, "id", section);
    plx_words_verdict_heading(page->gaps, lists[i].verdict, a, text);
    plx_html_element(page->html, "h2", NULL, text->str);
    g_string_assign(text, "");
    plx_words_verdict_meaning(page->gaps, lists[i].verdict, a, text);
    plx_html_element(page->html, "p", "meaning", text->str);
    if (lists[i].tell == TELL_FOLDED) {
        plx_html_open(page->html, "details");
        plx_html_open(page->html, "summary");
        plx_html_textf(page->html, "Show %u point%s", points->len, points->len == 1 ? "" : "s");
        plx_html_close(page->html);
    }
    const gboolean cards = lists[i].tell == TELL_CARDS;
    plx_html_open_class(page->html, cards ? "ol" : "ul", cards ? "cards" : "rows");
    for (guint p = 0; p < points->len && (!cards || p < TOLD); p++) {
        if (cards)
            write_card(page, g_ptr_array_index(points, p));
        else
            write_row(page, g_ptr_array_index(points, p));
    }
    plx_html_close(page->html);
    if (cards)
        write_more(page, points);
    if (lists[i].tell == TELL_FOLDED)
        plx_html_close(page->html);
    plx_html_close(page->html);
}

/* Levels are alike, guesses are not: both are said, and nobody is blamed. */
static void write_overestimated(struct plx_page *page, const struct plx_gaps_group *group,
                                const char *id)
{
    g_autofree char *section = g_strdup_printf("%s-" EXPECTED_ID, id);
    g_autoptr(GPtrArray) points = plx_view_overestimated(page->gaps, group);
    if (!points->len)
        return;
    g_autoptr(GString) text = g_string_new(NULL);
    plx_html_open_class(page->html, "section", "finding overestimates");
    plx_html_attribute(page->html, "id", section);
    plx_words_verdict_heading(page->gaps, PLX_VERDICT_OVERESTIMATES,
                              plx_view_overestimate(page->gaps, g_ptr_array_index(points, 0))->by,
                              text);
    plx_html_element(page->html, "h2", NULL, text->str);
    plx_html_open_class(page->html, "ul", "rows");
    for (guint i = 0; i < points->len; i++) {
        const struct plx_gaps_point *point = g_ptr_array_index(points, i);
        plx_html_open(page->html, "li");
        plx_html_attribute(page->html, "data-point", point->point);
        plx_html_title(page->html, "strong", NULL, point->title);
        g_string_assign(text, " ");
        plx_words_belief(page->gaps, plx_view_overestimate(page->gaps, point), text);
        g_string_append_c(text, ' ');
        plx_words_gap(page->gaps, point, plx_view_lead(page->gaps, point), text);
        plx_html_element(page->html, "span", "evidence", text->str);
        plx_html_close(page->html);
    }
    plx_html_close(page->html);
    plx_html_close(page->html);
}

static enum plx_page_part part_of(enum plx_verdict verdict)
{
    return verdict == PLX_VERDICT_BLIND_SPOT        ? PLX_PAGE_BLIND
           : verdict == PLX_VERDICT_SHARED_STRENGTH ? PLX_PAGE_STRENGTHS
                                                    : PLX_PAGE_OTHERS;
}

gboolean plx_page_has_others(const struct plx_page *page, const struct plx_gaps_group *group)
{
    g_autoptr(GPtrArray) expected = plx_view_overestimated(page->gaps, group);
    guint found = expected->len;
    for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
        g_autoptr(GPtrArray) points = plx_view_with_verdict(page->gaps, group, lists[i].verdict);
        if (part_of(lists[i].verdict) == PLX_PAGE_OTHERS)
            found += points->len;
    }
    return found > 0;
}

void plx_page_lists(struct plx_page *page, const struct plx_gaps_group *group, const char *id,
                    enum plx_page_part part)
{
    if (part == PLX_PAGE_OTHERS && !plx_page_has_others(page, group))
        return;
    plx_html_open_class(page->html, "div", "findings");
    if (part == PLX_PAGE_OTHERS && page->gaps->n_groups == 1)
        plx_html_attribute(page->html, "id", "others");
    for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
        if (part_of(lists[i].verdict) != part)
            continue;
        g_autoptr(GPtrArray) points = plx_view_with_verdict(page->gaps, group, lists[i].verdict);
        if (lists[i].verdict == PLX_VERDICT_KNOWN_PROBLEM)
            write_overestimated(page, group, id);
        if (points->len)
            write_list(page, points, id, i);
    }
    plx_html_close(page->html);
}
