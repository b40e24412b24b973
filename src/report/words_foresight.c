/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences of what was expected and of what was predicted. */
#include "report/words.h"

#include <math.h>

/* "4.0, customers answered 3.5: +0.5 (0.2–0.8)": readers who subtract find what is printed. */
static void append_difference(GString *out, double difference, struct plx_interval ci,
                              guint decimals)
{
    plx_words_difference_with(out, difference, decimals);
    if (!isfinite(ci.lo) || !isfinite(ci.hi))
        return;
    g_string_append(out, " (");
    plx_words_range_with(out, ci, decimals);
    g_string_append_c(out, ')');
}

static void append_score(GString *out, double score)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append(out, isfinite(score) ? g_ascii_formatd(text, sizeof text, "%.2f", score) : "–");
}

void plx_words_prediction(const plx_gaps *gaps, const struct plx_prediction *prediction,
                          GString *out)
{
    plx_words_people_first(gaps, (gint)prediction->by, out);
    if (prediction->suppressed != PLX_SHOWN) {
        g_string_append(out, ": predictions are not shown for so few people.");
        return;
    }
    const guint decimals =
        plx_words_decimals(prediction->mean_predicted, prediction->mean_observed, prediction->bias);
    g_string_append(out, " predicted ");
    plx_words_mean_with(out, prediction->mean_predicted, decimals);
    g_string_append(out, ", ");
    plx_words_people(gaps, (gint)prediction->about, out);
    g_string_append(out, " answered ");
    plx_words_mean_with(out, prediction->mean_observed, decimals);
    if (isfinite(prediction->bias)) {
        g_string_append(out, ": ");
        append_difference(out,
                          plx_words_apart(prediction->mean_predicted, prediction->mean_observed,
                                          prediction->bias),
                          prediction->bias_ci, decimals);
    }
    g_string_append_c(out, '.');
    if (!isfinite(prediction->rps))
        return;
    g_string_append(out, " Ranked probability score ");
    append_score(out, prediction->rps);
    g_string_append(out, " together, ");
    append_score(out, prediction->rps_individual);
    g_string_append(out, " one by one (0 is perfect).");
}

void plx_words_prediction_short(const plx_gaps *gaps, const struct plx_prediction *prediction,
                                GString *out)
{
    plx_words_letter(gaps, (gint)prediction->by, out);
    if (prediction->suppressed != PLX_SHOWN) {
        g_string_append(out, " predictions hidden");
        return;
    }
    const guint decimals =
        plx_words_decimals(prediction->mean_predicted, prediction->mean_observed, prediction->bias);
    g_string_append(out, " predicted ");
    plx_words_mean_with(out, prediction->mean_predicted, decimals);
    g_string_append(out, ", ");
    plx_words_letter(gaps, (gint)prediction->about, out);
    g_string_append(out, " said ");
    plx_words_mean_with(out, prediction->mean_observed, decimals);
    g_string_append(out, ": ");
    append_difference(
        out,
        plx_words_apart(prediction->mean_predicted, prediction->mean_observed, prediction->bias),
        prediction->bias_ci, decimals);
    if (!isfinite(prediction->rps))
        return;
    g_string_append(out, ", score ");
    append_score(out, prediction->rps);
    g_string_append(out, " together, ");
    append_score(out, prediction->rps_individual);
    g_string_append(out, " singly");
}

void plx_words_expectation(const plx_gaps *gaps, const struct plx_expectation *expectation,
                           GString *out)
{
    plx_words_people_first(gaps, (gint)expectation->audience, out);
    if (expectation->suppressed != PLX_SHOWN) {
        g_string_append(out, ": what they expected is not shown for so few people.");
        return;
    }
    const double received = expectation->mean_expected + expectation->mean_difference;
    const guint decimals =
        plx_words_decimals(received, expectation->mean_expected, expectation->mean_difference);
    g_string_append(out, " expected ");
    plx_words_mean_with(out, expectation->mean_expected, decimals);
    g_string_append(out, " and received ");
    plx_words_mean_with(out, received, decimals);
    g_string_append(out, ": ");
    append_difference(
        out, plx_words_apart(received, expectation->mean_expected, expectation->mean_difference),
        expectation->ci, decimals);
    g_string_append(out, ". Below for ");
    plx_words_percent(out, expectation->below);
    g_string_append(out, ", met for ");
    plx_words_percent(out, expectation->met);
    g_string_append(out, ", exceeded for ");
    plx_words_percent(out, expectation->exceeded);
    g_string_append(out, " of ");
    plx_words_count(out, expectation->n);
    g_string_append(out, " answers.");
}

void plx_words_expectation_short(const plx_gaps *gaps, const struct plx_expectation *expectation,
                                 GString *out)
{
    plx_words_letter(gaps, (gint)expectation->audience, out);
    if (expectation->suppressed != PLX_SHOWN) {
        g_string_append(out, " expectations hidden");
        return;
    }
    const double received = expectation->mean_expected + expectation->mean_difference;
    const guint decimals =
        plx_words_decimals(received, expectation->mean_expected, expectation->mean_difference);
    g_string_append(out, " expected ");
    plx_words_mean_with(out, expectation->mean_expected, decimals);
    g_string_append(out, ", got ");
    plx_words_mean_with(out, received, decimals);
    g_string_append(out, ": ");
    append_difference(
        out, plx_words_apart(received, expectation->mean_expected, expectation->mean_difference),
        expectation->ci, decimals);
    if (!isfinite(expectation->below))
        return;
    g_string_append_printf(out, ", below %.0f, met %.0f, over ", expectation->below * 100,
                           expectation->met * 100);
    plx_words_percent(out, expectation->exceeded);
}
