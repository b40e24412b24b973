/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sheets of what is only there where it was asked: guesses, predictions, expectations, and who
 * ranks the points as the people served do. */

#include "report/words.h"
#include "report/xlsx_parts.h"

#include <math.h>

/* Of what is not shown, with the words of a voice. */
static void put_hidden(plx_book *book, const plx_gaps *gaps, guint audience,
                       enum plx_suppression suppressed)
{
    const struct plx_voice voice = {.audience = audience, .suppressed = suppressed};
    g_autoptr(GString) text = g_string_new(NULL);
    if (suppressed != PLX_SHOWN)
        plx_words_hidden(gaps, &voice, text);
    plx_book_text(book, text->str);
}

typedef void (*put_point)(plx_book *book, const plx_gaps *gaps, const struct plx_gaps_group *group,
                          const struct plx_gaps_point *point);

static void put_points(plx_book *book, const plx_gaps *gaps, put_point put)
{
    for (guint g = 0; g < gaps->n_groups; g++)
        for (guint p = 0; p < gaps->groups[g].n_points; p++)
            put(book, gaps, &gaps->groups[g], &gaps->groups[g].points[p]);
}

/* Guesses ----------------------------------------------------------------------------------- */

static void put_beliefs(plx_book *book, const plx_gaps *gaps, const struct plx_gaps_group *group,
                        const struct plx_gaps_point *point)
{
    for (guint i = 0; i < point->n_beliefs; i++) {
        const struct plx_belief *const belief = &point->beliefs[i];
        g_autoptr(GString) word = g_string_new(plx_words_verdict_short(belief->verdict));
        plx_words_capital(word, 0);
        plx_xlsx_place(book, group, point);
        plx_xlsx_voice(book, gaps, (gint)belief->by);
        plx_book_count(book, belief->n);
        plx_book_count(book, belief->persons);
        plx_book_number(book, belief->believed);
        plx_book_interval(book, belief->believed_range);
        plx_xlsx_voice(book, gaps, (gint)belief->about);
        plx_book_count(book, belief->served_n);
        plx_book_number(book, belief->served);
        plx_book_interval(book, belief->served_ci);
        plx_book_number(book, belief->difference);
        plx_book_interval(book, belief->ci);
        plx_book_text(book, word->str);
        put_hidden(book, gaps, belief->by, belief->suppressed);
        plx_book_text(book, point->point);
        plx_book_next(book);
    }
}

static void write_beliefs(plx_book *book, const plx_gaps *gaps, const char *group)
{
    const struct plx_book_column columns[] = {
        PLX_XLSX_PLACE(group),
        {"Who guesses", PLX_BOOK_TEXT},
        {"Guesses", PLX_BOOK_COUNT},
        {"People", PLX_BOOK_COUNT},
        {"Guess", PLX_BOOK_SHARE},
        {"Lowest guess", PLX_BOOK_SHARE},
        {"Highest guess", PLX_BOOK_SHARE},
        {"About", PLX_BOOK_TEXT},
        {"Answers", PLX_BOOK_COUNT},
        {"Desired or better", PLX_BOOK_SHARE},
        {"Desired low", PLX_BOOK_SHARE},
        {"Desired high", PLX_BOOK_SHARE},
        {"Guess − said (points)", PLX_BOOK_POINTS},
        {"Difference low", PLX_BOOK_POINTS},
        {"Difference high", PLX_BOOK_POINTS},
        {"Verdict", PLX_BOOK_TEXT},
        {"Remark", PLX_BOOK_TEXT},
        {"Point id", PLX_BOOK_TEXT},
    };
    plx_book_sheet(book, "Guesses", columns, G_N_ELEMENTS(columns), PLX_XLSX_FROZEN);
    put_points(book, gaps, put_beliefs);
}

/* Predictions ------------------------------------------------------------------------------- */

static void put_predictions(plx_book *book, const plx_gaps *gaps,
                            const struct plx_gaps_group *group, const struct plx_gaps_point *point)
{
    for (guint i = 0; i < point->n_predictions; i++) {
        const struct plx_prediction *const prediction = &point->predictions[i];
        plx_xlsx_place(book, group, point);
        plx_xlsx_voice(book, gaps, (gint)prediction->by);
        plx_xlsx_voice(book, gaps, (gint)prediction->about);
        plx_book_count(book, prediction->n);
        plx_book_count(book, prediction->persons);
        plx_book_number(book, prediction->mean_predicted);
        plx_book_number(book, prediction->mean_observed);
        plx_book_number(book, prediction->bias);
        plx_book_interval(book, prediction->bias_ci);
        plx_book_number(book, prediction->rps);
        plx_book_number(book, prediction->rps_individual);
        plx_book_number(book, prediction->wasserstein);
        put_hidden(book, gaps, prediction->by, prediction->suppressed);
        plx_book_text(book, point->point);
        plx_book_next(book);
    }
}

static void write_predictions(plx_book *book, const plx_gaps *gaps, const char *group)
{
    const struct plx_book_column columns[] = {
        PLX_XLSX_PLACE(group),
        {"Who predicts", PLX_BOOK_TEXT},
        {"About", PLX_BOOK_TEXT},
        {"Predictions", PLX_BOOK_COUNT},
        {"People", PLX_BOOK_COUNT},
        {"Predicted", PLX_BOOK_NUMBER},
        {"Answered", PLX_BOOK_NUMBER},
        {"Predicted − answered", PLX_BOOK_DIFFERENCE},
        {"Difference low", PLX_BOOK_DIFFERENCE},
        {"Difference high", PLX_BOOK_DIFFERENCE},
        {"Score together", PLX_BOOK_FINE},
        {"Score one by one", PLX_BOOK_FINE},
        {"Distance", PLX_BOOK_NUMBER},
        {"Remark", PLX_BOOK_TEXT},
        {"Point id", PLX_BOOK_TEXT},
    };
    plx_book_sheet(book, "Predictions", columns, G_N_ELEMENTS(columns), PLX_XLSX_FROZEN);
    put_points(book, gaps, put_predictions);
}

/* Expectations ------------------------------------------------------------------------------ */

static void put_expectations(plx_book *book, const plx_gaps *gaps,
                             const struct plx_gaps_group *group, const struct plx_gaps_point *point)
{
    for (guint i = 0; i < point->n_expectations; i++) {
        const struct plx_expectation *const expectation = &point->expectations[i];
        plx_xlsx_place(book, group, point);
        plx_xlsx_voice(book, gaps, (gint)expectation->audience);
        plx_book_count(book, expectation->n);
        plx_book_count(book, expectation->persons);
        plx_book_number(book, expectation->mean_expected);
        plx_book_number(book, expectation->mean_difference);
        plx_book_interval(book, expectation->ci);
        plx_book_number(book, expectation->p);
        plx_book_number(book, expectation->below);
        plx_book_number(book, expectation->met);
        plx_book_number(book, expectation->exceeded);
        put_hidden(book, gaps, expectation->audience, expectation->suppressed);
        plx_book_text(book, point->point);
        plx_book_next(book);
    }
}

static void write_expectations(plx_book *book, const plx_gaps *gaps, const char *group)
{
    const struct plx_book_column columns[] = {
        PLX_XLSX_PLACE(group),
        {"Voice", PLX_BOOK_TEXT},
        {"Pairs", PLX_BOOK_COUNT},
        {"People", PLX_BOOK_COUNT},
        {"Expected", PLX_BOOK_NUMBER},
        {"Received − expected", PLX_BOOK_DIFFERENCE},
        {"Difference low", PLX_BOOK_DIFFERENCE},
        {"Difference high", PLX_BOOK_DIFFERENCE},
        {"p", PLX_BOOK_FINE},
        {"Less than expected", PLX_BOOK_SHARE},
        {"As expected", PLX_BOOK_SHARE},
        {"More than expected", PLX_BOOK_SHARE},
        {"Remark", PLX_BOOK_TEXT},
        {"Point id", PLX_BOOK_TEXT},
    };
    plx_book_sheet(book, "Expectations", columns, G_N_ELEMENTS(columns), PLX_XLSX_FROZEN);
    put_points(book, gaps, put_expectations);
}

/* Rankings ---------------------------------------------------------------------------------- */

static void write_rankings(plx_book *book, const plx_gaps *gaps, const char *group)
{
    const struct plx_book_column columns[] = {
        {group, PLX_BOOK_TEXT},
        {"Who ranks", PLX_BOOK_TEXT},
        {"As", PLX_BOOK_TEXT},
        {"People", PLX_BOOK_COUNT},
        {"Points", PLX_BOOK_COUNT},
        {"Tau of the mean guesses", PLX_BOOK_DIFFERENCE},
        {"Mean tau of each", PLX_BOOK_DIFFERENCE},
        {"Remark", PLX_BOOK_TEXT},
    };
    plx_book_sheet(book, "Rankings", columns, G_N_ELEMENTS(columns), 0);
    for (guint g = 0; g < gaps->n_groups; g++)
        for (guint i = 0; i < gaps->groups[g].n_rankings; i++) {
            const struct plx_ranking *const ranking = &gaps->groups[g].rankings[i];
            plx_book_text(book, plx_words_key(gaps->groups[g].key));
            plx_xlsx_voice(book, gaps, (gint)ranking->by);
            plx_xlsx_voice(book, gaps, (gint)ranking->about);
            plx_book_count(book, ranking->persons);
            plx_book_count(book, ranking->points);
            plx_book_number(book, ranking->tau_pooled);
            plx_book_number(book, ranking->tau_mean);
            put_hidden(book, gaps, ranking->by, ranking->suppressed);
            plx_book_next(book);
        }
}

void plx_xlsx_beside(plx_book *book, const plx_gaps *gaps)
{
    guint beliefs = 0, predictions = 0, expectations = 0, rankings = 0;
    for (guint g = 0; g < gaps->n_groups; g++) {
        rankings += gaps->groups[g].n_rankings;
        for (guint p = 0; p < gaps->groups[g].n_points; p++) {
            beliefs += gaps->groups[g].points[p].n_beliefs;
            predictions += gaps->groups[g].points[p].n_predictions;
            expectations += gaps->groups[g].points[p].n_expectations;
        }
    }
    g_autofree char *group = plx_xlsx_group(gaps);
    if (beliefs)
        write_beliefs(book, gaps, group);
    if (rankings)
        write_rankings(book, gaps, group);
    if (predictions)
        write_predictions(book, gaps, group);
    if (expectations)
        write_expectations(book, gaps, group);
}
