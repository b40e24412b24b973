/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was expected against what came, and what was predicted against what was answered. */
#include "report/page.h"

#include "report/view.h"
#include "report/words.h"

#include <math.h>

static void open_table(struct plx_page *page, const char *title, const char *meaning,
                       const struct plx_gaps_group *group, const char *const *heads)
{
    plx_html_open_class(page->html, "section", "foresight");
    plx_html_element(page->html, "h2", NULL, title);
    plx_html_element(page->html, "p", "meaning", meaning);
    plx_html_open_class(page->html, "details", "fold");
    plx_html_element(page->html, "summary", NULL, "Show the table");
    plx_page_region(page, title, group->key);
    plx_html_open(page->html, "table");
    plx_html_open(page->html, "thead");
    plx_html_open(page->html, "tr");
    for (guint i = 0; heads[i]; i++) {
        plx_html_open_class(page->html, "th", i > 1 ? "num" : NULL);
        plx_html_attribute(page->html, "scope", "col");
        plx_html_text(page->html, heads[i]);
        plx_html_close(page->html);
    }
    plx_html_close(page->html);
    plx_html_close(page->html);
    plx_html_open(page->html, "tbody");
}

static void close_table(struct plx_page *page)
{
    for (guint open = 0; open < 4; open++) /* tbody, table, region, section */
        plx_html_close(page->html);
    plx_html_close(page->html);
}

static void write_names(struct plx_page *page, const char *title, guint audience)
{
    plx_html_open_class(page->html, "th", "point");
    plx_html_attribute(page->html, "scope", "row");
    plx_html_title(page->html, "span", NULL, title);
    plx_html_close(page->html);
    plx_html_title(page->html, "td", "voice", plx_words_voice(page->gaps, (gint)audience));
}

static void write_hidden(struct plx_page *page, const char *columns)
{
    plx_html_open_class(page->html, "td", "hidden");
    plx_html_attribute(page->html, "colspan", columns);
    plx_html_text(page->html, "not shown for so few people");
    plx_html_close(page->html);
}

static void write_mean(struct plx_page *page, double mean, guint decimals)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_words_mean_with(text, mean, decimals);
    plx_html_element(page->html, "td", "num", text->str);
}

static void write_difference(struct plx_page *page, double difference, struct plx_interval ci,
                             guint decimals)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_words_difference_with(text, difference, decimals);
    plx_html_open_class(page->html, "td", "num");
    plx_html_element(page->html, "strong", NULL, text->str);
    g_string_assign(text, " (");
    plx_words_range_with(text, ci, decimals);
    g_string_append_c(text, ')');
    if (isfinite(ci.lo) && isfinite(ci.hi))
        plx_html_element(page->html, "span", "range", text->str);
    plx_html_close(page->html);
}

static void write_count(struct plx_page *page, gint64 n)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_words_count(text, n);
    plx_html_element(page->html, "td", "num", text->str);
}

/* As many for all rows as one of them needs, so that a column can be read down. */
static guint expected_decimals(const struct plx_gaps_group *group)
{
    guint decimals = 1;
    for (guint i = 0; i < group->n_points; i++)
        for (guint k = 0; k < group->points[i].n_expectations; k++) {
            const struct plx_expectation *e = &group->points[i].expectations[k];
            const double received = e->mean_expected + e->mean_difference;
            if (e->suppressed == PLX_SHOWN)
                decimals = MAX(decimals,
                               plx_words_decimals(received, e->mean_expected, e->mean_difference));
        }
    return decimals;
}

static guint predicted_decimals(const struct plx_gaps_group *group)
{
    guint decimals = 1;
    for (guint i = 0; i < group->n_points; i++)
        for (guint k = 0; k < group->points[i].n_predictions; k++) {
            const struct plx_prediction *p = &group->points[i].predictions[k];
            if (p->suppressed == PLX_SHOWN)
                decimals =
                    MAX(decimals, plx_words_decimals(p->mean_predicted, p->mean_observed, p->bias));
        }
    return decimals;
}

static void write_expectation(struct plx_page *page, const char *title,
                              const struct plx_expectation *e, guint decimals)
{
    plx_html_open(page->html, "tr");
    write_names(page, title, e->audience);
    if (e->suppressed != PLX_SHOWN) {
        write_hidden(page, "7");
        plx_html_close(page->html);
        return;
    }
    write_count(page, e->n);
    const double received = e->mean_expected + e->mean_difference;
    write_mean(page, e->mean_expected, decimals);
    write_mean(page, received, decimals);
    write_difference(page,
                     plx_words_apart_with(received, e->mean_expected, e->mean_difference, decimals),
                     e->ci, decimals);
    const double shares[] = {e->below, e->met, e->exceeded};
    for (guint i = 0; i < G_N_ELEMENTS(shares); i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        plx_words_percent(text, shares[i]);
        plx_html_element(page->html, "td", "num", text->str);
    }
    plx_html_close(page->html);
}

static void write_expectations(struct plx_page *page, const struct plx_gaps_group *group)
{
    static const char *const heads[] = {"Point",      "Voice", "Answers", "Expected", "Received",
                                        "Difference", "Below", "Met",     "Exceeded", NULL};
    open_table(page, "What was expected, what was received",
               "The same people said what they expected and what they got. Below, met and "
               "exceeded are shares of their answers.",
               group, heads);
    const guint decimals = expected_decimals(group);
    for (guint i = 0; i < group->n_points; i++)
        for (guint k = 0; k < group->points[i].n_expectations; k++)
            write_expectation(page, group->points[i].title, &group->points[i].expectations[k],
                              decimals);
    close_table(page);
}

static void write_score(struct plx_page *page, double score)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    plx_html_element(page->html, "td", "num",
                     isfinite(score) ? g_ascii_formatd(number, sizeof number, "%.2f", score) : "–");
}

static void write_prediction(struct plx_page *page, const char *title,
                             const struct plx_prediction *p, gboolean scored, guint decimals)
{
    plx_html_open(page->html, "tr");
    write_names(page, title, p->by);
    if (p->suppressed != PLX_SHOWN) {
        write_hidden(page, scored ? "6" : "4");
        plx_html_close(page->html);
        return;
    }
    write_count(page, p->n);
    write_mean(page, p->mean_predicted, decimals);
    write_mean(page, p->mean_observed, decimals);
    write_difference(page,
                     plx_words_apart_with(p->mean_predicted, p->mean_observed, p->bias, decimals),
                     p->bias_ci, decimals);
    if (scored) {
        write_score(page, p->rps);
        write_score(page, p->rps_individual);
    }
    plx_html_close(page->html);
}

static gboolean has_scores(const struct plx_gaps_group *group)
{
    for (guint i = 0; i < group->n_points; i++)
        for (guint k = 0; k < group->points[i].n_predictions; k++)
            if (isfinite(group->points[i].predictions[k].rps))
                return TRUE;
    return FALSE;
}

/* Scores that no prediction has (of few people they are not shown) have no column. */
static void write_predictions(struct plx_page *page, const struct plx_gaps_group *group)
{
    const gboolean scored = has_scores(group);
    const guint decimals = predicted_decimals(group);
    const char *const heads[] = {"Point",
                                 "Who predicted",
                                 "Predictions",
                                 "Predicted",
                                 "Answered",
                                 "Too high by",
                                 scored ? "Score together" : NULL,
                                 "Score one by one",
                                 NULL};
    open_table(page, "What was predicted, what was answered",
               scored ? "Levels: too high by is predicted less answered. The score is the ranked "
                        "probability score: 0 is perfect, and each prediction alone is usually "
                        "further off than all of them together."
                      : "Levels: too high by is predicted less answered.",
               group, heads);
    for (guint i = 0; i < group->n_points; i++)
        for (guint k = 0; k < group->points[i].n_predictions; k++)
            write_prediction(page, group->points[i].title, &group->points[i].predictions[k], scored,
                             decimals);
    close_table(page);
}

void plx_page_foresight(struct plx_page *page, const struct plx_gaps_group *group)
{
    guint expected = 0, predicted = 0;
    for (guint i = 0; i < group->n_points; i++) {
        expected += group->points[i].n_expectations;
        predicted += group->points[i].n_predictions;
    }
    if (expected)
        write_expectations(page, group);
    if (predicted)
        write_predictions(page, group);
}
