/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences of what was expected and of what was predicted. */
#include "report/words.h"

#include <math.h>

static void append_difference(GString *out, double difference, struct plx_interval ci)
{
    plx_words_difference(out, difference);
    if (!isfinite(ci.lo) || !isfinite(ci.hi))
        return;
    g_string_append(out, " (");
    plx_words_range(out, ci);
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
    g_string_append(out, " predicted ");
    plx_words_mean(out, prediction->mean_predicted);
    g_string_append(out, ", ");
    plx_words_people(gaps, (gint)prediction->about, out);
    g_string_append(out, " answered ");
    plx_words_mean(out, prediction->mean_observed);
    if (isfinite(prediction->bias)) {
        g_string_append(out, ": ");
        append_difference(out, prediction->bias, prediction->bias_ci);
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
    g_string_append(out, " predicted ");
    plx_words_mean(out, prediction->mean_predicted);
    g_string_append(out, ", ");
    plx_words_letter(gaps, (gint)prediction->about, out);
    g_string_append(out, " said ");
    plx_words_mean(out, prediction->mean_observed);
    g_string_append(out, ": ");
    append_difference(out, prediction->bias, prediction->bias_ci);
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
    g_string_append(out, " expected ");
    plx_words_mean(out, expectation->mean_expected);
    g_string_append(out, " and received ");
    plx_words_mean(out, expectation->mean_expected + expectation->mean_difference);
    g_string_append(out, ": ");
    append_difference(out, expectation->mean_difference, expectation->ci);
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
    g_string_append(out, " expected ");
    plx_words_mean(out, expectation->mean_expected);
    g_string_append(out, ", got ");
    plx_words_mean(out, expectation->mean_expected + expectation->mean_difference);
    g_string_append(out, ": ");
    append_difference(out, expectation->mean_difference, expectation->ci);
    if (!isfinite(expectation->below))
        return;
    g_string_append_printf(out, ", below %.0f, met %.0f, over ", expectation->below * 100,
                           expectation->met * 100);
    plx_words_percent(out, expectation->exceeded);
}
