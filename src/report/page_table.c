/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/page.h"

#include "chart/bars.h"
#include "report/view.h"
#include "report/view_rows.h"
#include "report/words.h"

#include <math.h>

gint64 *plx_page_answers(const struct plx_voice *voice, GString *label)
{
    if (!voice->counts || !voice->scale || !voice->k)
        return NULL;
    const struct plx_scale *scale = voice->scale;
    g_string_append(label, "answers from worst to best: ");
    gint64 *counts = g_new(gint64, voice->k);
    for (guint i = 0; i < voice->k; i++) {
        /* Right is good in the bars, also where the scale runs down. */
        const guint at = scale->down ? voice->k - 1 - i : i;
        counts[i] = voice->counts[at];
        g_string_append(label, i ? ", " : "");
        plx_words_level(label, scale, scale->min + (int)at);
        g_string_append_c(label, ' ');
        plx_words_count(label, counts[i]);
    }
    return counts;
}

void plx_page_bars(struct plx_page *page, const struct plx_voice *voice)
{
    g_autoptr(GString) label = g_string_new(NULL);
    g_autofree gint64 *counts = plx_page_answers(voice, label);
    if (!counts)
        return;
    const struct plx_scale *scale = voice->scale;
    const gint met = scale->met == PLX_NO_CUT ? 0
                     : scale->down            ? scale->max - scale->met
                                              : scale->met - scale->min;
    g_autoptr(plx_svg) svg = plx_bars_distribution(counts, voice->k, (guint)met, label->str);
    plx_html_svg(page->html, svg);
}

static void number_cell(struct plx_page *page, const char *class_name, const GString *text)
{
    plx_html_element(page->html, "td", class_name, text->str);
}

#define GUESS 7 /* the column that only a reading with guesses has */
#define COLUMNS 10

/* The last `n` columns of the row, or fewer without guesses. */
static void write_span(struct plx_page *page, guint n)
{
    g_autofree char *span = g_strdup_printf("%u", page->guesses ? n : n - 1);
    plx_html_attribute(page->html, "colspan", span);
}

static void write_head(struct plx_page *page)
{
    static const char *const heads[][2] = {
        {"Point", NULL},  {"Voice", NULL},   {"Answers", "num"}, {"Mean (95 % range)", "num"},
        {"Below", "num"}, {"Met", "num"},    {"Desired", "num"}, {"Guess of 10", "num"},
        {"Spread", NULL}, {"Verdict", NULL},
    };
    plx_html_open(page->html, "thead");
    plx_html_open(page->html, "tr");
    for (guint i = 0; i < G_N_ELEMENTS(heads); i++) {
        if (i == GUESS && !page->guesses)
            continue;
        plx_html_open_class(page->html, "th", heads[i][1]);
        plx_html_attribute(page->html, "scope", "col");
        plx_html_text(page->html, heads[i][0]);
        plx_html_close(page->html);
    }
    plx_html_close(page->html);
    plx_html_close(page->html);
}

static void write_hidden(struct plx_page *page, const struct plx_voice *voice)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_words_hidden(page->gaps, voice, text);
    plx_html_open_class(page->html, "td", "hidden");
    plx_html_attribute(page->html, "colspan", "5");
    plx_html_text(page->html, text->str);
    plx_html_close(page->html);
}

static void write_numbers(struct plx_page *page, const struct plx_voice *voice, guint decimals)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (voice->complete)
        g_string_append(text, "all ");
    plx_words_answers(voice, text);
    number_cell(page, "num", text);
    g_string_assign(text, "");
    plx_words_mean_with(text, voice->mean, decimals);
    plx_html_open_class(page->html, "td", "num");
    plx_html_element(page->html, "strong", NULL, text->str);
    g_string_assign(text, "");
    if (!voice->complete)
        plx_words_range_with(text, voice->mean_ci, decimals);
    if (text->len) {
        g_string_prepend(text, " (");
        g_string_append_c(text, ')');
        plx_html_element(page->html, "span", "range", text->str);
    }
    plx_html_close(page->html);
    const double shares[] = {1 - voice->met_share, voice->met_share, voice->desired_share};
    for (guint i = 0; i < G_N_ELEMENTS(shares); i++) {
        g_string_assign(text, "");
        plx_words_percent(text, shares[i]);
        number_cell(page, "num", text);
    }
}

/* The means of a point and the difference beside them fit: plx_words_decimals. */
static guint decimals_at(const plx_gaps *gaps, const struct plx_gaps_point *point)
{
    const struct plx_gap *lead = plx_view_lead(gaps, point);
    const struct plx_voice *a = lead ? plx_view_voice(point, (gint)lead->a) : NULL;
    const struct plx_voice *b = lead ? plx_view_voice(point, (gint)lead->b) : NULL;
    return a && b ? plx_words_decimals(a->mean, b->mean, lead->difference) : 1;
}

static void write_guess(struct plx_page *page, const struct plx_gaps_point *point, gint audience)
{
    const struct plx_belief *belief = plx_view_belief(point, audience, page->served);
    g_autoptr(GString) text = g_string_new(NULL);
    if (belief && isfinite(belief->believed))
        plx_words_mean(text, belief->believed * 10);
    number_cell(page, "num", text);
}

/* The voices to show at a point, the served ones first: a voice without answers but with a guess
 * is one too. */
static GArray *voices_at(const struct plx_page *page, const struct plx_gaps_point *point)
{
    GArray *found = g_array_new(FALSE, FALSE, sizeof(gint));
    for (guint pass = 0; pass < 2; pass++)
        for (gint a = 0; a < (gint)page->gaps->n_audiences; a++) {
            const struct plx_voice *voice = plx_view_voice(point, a);
            const struct plx_belief *belief = plx_view_belief(point, a, page->served);
            const gboolean speaks =
                (voice && (voice->n != 0 || voice->suppressed != PLX_SHOWN)) || belief;
            if (speaks && page->gaps->served[a] == (pass == 0))
                g_array_append_val(found, a);
        }
    return found;
}

static void write_voice(struct plx_page *page, const struct plx_gaps_point *point, gint audience)
{
    const struct plx_voice *voice = plx_view_voice(point, audience);
    plx_html_open_class(page->html, "th", "voice");
    plx_html_attribute(page->html, "scope", "row");
    plx_html_title(page->html, "span", NULL, plx_words_voice(page->gaps, audience));
    if (voice && voice->label) {
        g_autoptr(GString) label = g_string_new("of ");
        plx_words_names(voice->label, /* whole= */ FALSE, label);
        g_string_append(label, " together");
        plx_html_title(page->html, "span", "elsewhere", label->str);
    }
    plx_html_close(page->html);
    if (!voice || voice->n == 0) {
        plx_html_open(page->html, "td");
        plx_html_attribute(page->html, "colspan", "5");
        plx_html_close(page->html);
    } else if (voice->suppressed != PLX_SHOWN) {
        write_hidden(page, voice);
    } else {
        write_numbers(page, voice, decimals_at(page->gaps, point));
    }
    if (page->guesses)
        write_guess(page, point, audience);
    plx_html_open_class(page->html, "td", "spread");
    if (voice && voice->suppressed == PLX_SHOWN)
        plx_page_bars(page, voice);
    plx_html_close(page->html);
}

static void append_difference(const plx_gaps *gaps, const struct plx_gaps_point *point,
                              const struct plx_gap *lead, GString *out)
{
    const struct plx_voice *a = plx_view_voice(point, (gint)lead->a);
    const struct plx_voice *b = plx_view_voice(point, (gint)lead->b);
    plx_words_difference_with(
        out, a && b ? plx_words_apart(a->mean, b->mean, lead->difference) : lead->difference,
        decimals_at(gaps, point));
}

static void write_verdict(struct plx_page *page, const struct plx_gaps_point *point, guint rows)
{
    const struct plx_gap *lead = plx_view_lead(page->gaps, point);
    g_autofree char *span = g_strdup_printf("%u", rows);
    plx_html_open_class(page->html, "td", "verdict");
    plx_html_attribute(page->html, "rowspan", span);
    if (lead) {
        g_autoptr(GString) text = g_string_new(NULL);
        append_difference(page->gaps, point, lead, text);
        g_autoptr(GString) range = g_string_new(NULL);
        plx_words_range_with(range, lead->ci, decimals_at(page->gaps, point));
        if (range->len)
            g_string_append_printf(text, " (%s)", range->str);
        const enum plx_verdict verdict = plx_view_verdict(page->gaps, point);
        g_autofree char *name = g_strconcat("word ", plx_verdict_code(verdict), NULL);
        plx_html_element(page->html, "span", name, plx_words_verdict_short(verdict));
        if (isfinite(lead->difference))
            plx_html_element(page->html, "span", "range", text->str);
        if (lead->verdict == PLX_VERDICT_NOT_ENOUGH_YET) {
            g_string_assign(text, "");
            plx_words_needed(page->gaps, point, lead, text);
            plx_html_element(page->html, "span", "range", text->str);
        }
    }
    plx_html_close(page->html);
}

/* The point stands elsewhere: where, and the way there. */
static void write_again(struct plx_page *page, const GArray *rows, guint i)
{
    const struct plx_view_row *row = &g_array_index(rows, struct plx_view_row, i);
    g_autoptr(GString) elsewhere = g_string_new(NULL);
    plx_view_elsewhere(page->gaps, rows, i, elsewhere);
    plx_html_open(page->html, "tbody");
    plx_html_open(page->html, "tr");
    plx_html_open_class(page->html, "th", "point");
    plx_html_attribute(page->html, "scope", "row");
    plx_html_text(page->html, "→ ");
    plx_html_title(page->html, "span", NULL, row->point.title);
    plx_html_close(page->html);
    plx_html_open(page->html, "td");
    write_span(page, COLUMNS - 1);
    if (row->group == PLX_VIEW_ABSENT) {
        plx_html_text(page->html, elsewhere->str);
    } else {
        g_autofree char *href = g_strdup_printf("#g%u-p%u", row->group, row->index);
        plx_html_open(page->html, "a");
        plx_html_attribute(page->html, "href", href);
        plx_html_text(page->html, elsewhere->str);
        plx_html_close(page->html);
    }
    plx_html_close(page->html);
    plx_html_close(page->html);
    plx_html_close(page->html);
}

static void write_title(struct plx_page *page, const GArray *rows, guint i, guint lines)
{
    const struct plx_view_row *row = &g_array_index(rows, struct plx_view_row, i);
    g_autofree char *span = g_strdup_printf("%u", lines);
    g_autoptr(GString) elsewhere = g_string_new(NULL);
    plx_view_elsewhere(page->gaps, rows, i, elsewhere);
    plx_html_open_class(page->html, "th", "point");
    plx_html_attribute(page->html, "scope", "rowgroup");
    plx_html_attribute(page->html, "rowspan", span);
    plx_html_title(page->html, "span", NULL, row->point.title);
    if (elsewhere->len)
        plx_html_title(page->html, "span", "elsewhere", elsewhere->str);
    plx_html_close(page->html);
}

static void write_point(struct plx_page *page, const GArray *rows, guint at, const char *group)
{
    const struct plx_view_row *row = &g_array_index(rows, struct plx_view_row, at);
    const struct plx_gaps_point *point = &row->point;
    g_autofree char *id = g_strdup_printf("%s-p%u", group, row->index);
    g_autoptr(GArray) voices = voices_at(page, point);
    const guint lines = MAX(voices->len, 1);
    plx_html_open(page->html, "tbody");
    plx_html_attribute(page->html, "id", id);
    plx_html_attribute(page->html, "data-point", point->point);
    for (guint i = 0; i < lines; i++) {
        plx_html_open(page->html, "tr");
        if (i == 0)
            write_title(page, rows, at, lines);
        if (voices->len) {
            write_voice(page, point, g_array_index(voices, gint, i));
        } else {
            plx_html_open(page->html, "td");
            write_span(page, COLUMNS - 2);
            plx_html_text(page->html, "nobody answered");
            plx_html_close(page->html);
        }
        if (i == 0)
            write_verdict(page, point, lines);
        plx_html_close(page->html);
    }
    plx_html_close(page->html);
}

static void write_section(struct plx_page *page, const struct plx_gaps_point *point,
                          gboolean journeys)
{
    const char *title = point->transaction_title ? point->transaction_title : point->journey_title;
    if (!title)
        return;
    g_autofree char *whole = journeys && point->journey_title && title != point->journey_title
                                 ? g_strdup_printf("%s › %s", point->journey_title, title)
                                 : g_strdup(title);
    plx_html_open_class(page->html, "tbody", "section");
    plx_html_open(page->html, "tr");
    plx_html_open(page->html, "th");
    write_span(page, COLUMNS);
    plx_html_attribute(page->html, "scope", "colgroup");
    plx_html_title(page->html, "span", NULL, whole);
    plx_html_close(page->html);
    plx_html_close(page->html);
    plx_html_close(page->html);
}

static gboolean has_guesses(const struct plx_gaps_group *group)
{
    for (guint i = 0; i < group->n_points; i++)
        if (group->points[i].n_beliefs)
            return TRUE;
    return FALSE;
}

void plx_page_table(struct plx_page *page, const struct plx_gaps_group *group, const char *id)
{
    page->guesses = has_guesses(group);
    /* On a phone it is folded up (page.css); a link to one of its rows opens it. */
    plx_html_open_class(page->html, "details", "fold");
    plx_html_open(page->html, "summary");
    plx_html_textf(page->html, "Table of %u point%s", group->n_points,
                   group->n_points == 1 ? "" : "s");
    plx_html_close(page->html);
    plx_page_region(page, "All points, all numbers", group->key);
    plx_html_open_class(page->html, "table", "twin");
    plx_html_element(page->html, "caption", NULL,
                     "Every point and voice: number of answers, mean with its range, shares of "
                     "answers below, at or above what is expected, and at the desired level or "
                     "above. The verdict is that of the first voice against the people served.");
    write_head(page);
    g_autoptr(GArray) rows = plx_view_rows(page->gaps, group);
    const struct plx_view_row *row = (const struct plx_view_row *)(void *)rows->data;
    gboolean journeys = FALSE;
    for (guint i = 1; i < rows->len; i++)
        journeys |= g_strcmp0(row[i].point.journey, row[0].point.journey) != 0;
    for (guint i = 0; i < rows->len; i++) {
        if (i == 0 || g_strcmp0(row[i].point.transaction, row[i - 1].point.transaction) != 0 ||
            g_strcmp0(row[i].point.journey, row[i - 1].point.journey) != 0)
            write_section(page, &row[i].point, journeys);
        if (row[i].again)
            write_again(page, rows, i);
        else
            write_point(page, rows, i, id);
    }
    plx_html_close(page->html);
    plx_html_close(page->html);
    plx_html_close(page->html);
}
