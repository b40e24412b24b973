/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/view.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

#define PERCENT 0 /* in the place of decimals */

static void append_bracket(GString *out, struct plx_interval ci, guint decimals)
{
    if (!isfinite(ci.lo) || !isfinite(ci.hi))
        return;
    g_string_append(out, " (");
    if (decimals == PERCENT)
        plx_words_percent_range(out, ci);
    else
        plx_words_range_with(out, ci, decimals);
    g_string_append_c(out, ')');
}

/* The scale on which an audience answers: that of the first voice shown. */
static const struct plx_scale *scale_of(const plx_gaps *gaps, gint audience)
{
    for (guint g = 0; g < gaps->n_groups; g++)
        for (guint p = 0; p < gaps->groups[g].n_points; p++) {
            const struct plx_voice *voice = plx_view_voice(&gaps->groups[g].points[p], audience);
            if (voice && voice->scale)
                return voice->scale;
        }
    return NULL;
}

/* "Desired or better", "4 or better". */
static void append_desired(const plx_gaps *gaps, gint audience, GString *out)
{
    const struct plx_scale *scale = scale_of(gaps, audience);
    if (!scale || scale->desired == PLX_NO_CUT) {
        g_string_append(out, "what is desired");
        return;
    }
    plx_words_level(out, scale, scale->desired);
    g_string_append(out, " or better");
    if (!scale->words || !scale->words[scale->desired - scale->min])
        g_string_append_printf(out, " of %d", scale->max);
}

static void append_of_top(const plx_gaps *gaps, gint audience, GString *out)
{
    const struct plx_scale *scale = scale_of(gaps, audience);
    if (scale && scale->min >= 0)
        g_string_append_printf(out, " of %d", scale->max);
}

static void headline_belief(const plx_gaps *gaps, GString *out, GString *second)
{
    const struct plx_headline *h = &gaps->headline;
    const gboolean in_ten = plx_words_in_ten_fits(h->about_value, h->about_ci);
    plx_words_people_first(gaps, h->by, out);
    g_string_append(out, " think ");
    plx_words_share(out, h->by_value, in_ten);
    g_string_append(out, in_ten ? " " : " of ");
    plx_words_people(gaps, h->about, out);
    g_string_append(out, " get ");
    append_desired(gaps, h->about, out);
    g_string_append_c(out, '.');
    plx_words_share(second, h->about_value, in_ten);
    plx_words_capital(second, 0);
    g_string_append(second, " of those who answered say so");
    append_bracket(second, h->about_ci, PERCENT);
    g_string_append_c(second, '.');
}

static void append_served_level(const plx_gaps *gaps, GString *out)
{
    const struct plx_headline *h = &gaps->headline;
    plx_words_answered(gaps, h->about, out);
    plx_words_capital(out, 0);
    g_string_append(out, " rate it ");
    plx_words_mean(out, h->about_value);
    append_bracket(out, h->about_ci, 1);
    g_string_append_c(out, '.');
}

static void headline_level(const plx_gaps *gaps, GString *out, GString *second)
{
    const struct plx_headline *h = &gaps->headline;
    plx_words_people_first(gaps, h->by, out);
    g_string_append(out, " rate the service ");
    plx_words_mean(out, h->by_value);
    append_of_top(gaps, h->by, out);
    g_string_append_c(out, '.');
    append_served_level(gaps, second);
}

static void headline_served(const plx_gaps *gaps, GString *out)
{
    const struct plx_headline *h = &gaps->headline;
    plx_words_people_first(gaps, h->about, out);
    g_string_append(out, ": ");
    plx_words_share(out, h->about_value, plx_words_in_ten_fits(h->about_value, h->about_ci));
    g_string_append(out, " of those who answered get ");
    append_desired(gaps, h->about, out);
    append_bracket(out, h->about_ci, PERCENT);
    g_string_append_c(out, '.');
}

static void append_hidden(const plx_gaps *gaps, GString *out)
{
    const struct plx_headline *h = &gaps->headline;
    if (h->by < 0 || h->hidden_minimum <= 0)
        return;
    plx_words_people_first(gaps, h->by, out);
    g_string_append_printf(out, " hidden: %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " needed.",
                           MAX(h->hidden_persons, 0), h->hidden_minimum);
}

void plx_words_headline_parts(const plx_gaps *gaps, GString *first, GString *second)
{
    switch (gaps->headline.kind) {
    case PLX_HEADLINE_BELIEF:
        headline_belief(gaps, first, second);
        return;
    case PLX_HEADLINE_LEVEL:
        if (gaps->redacted)
            append_served_level(gaps, first);
        else
            headline_level(gaps, first, second);
        return;
    case PLX_HEADLINE_SERVED:
        headline_served(gaps, first);
        append_hidden(gaps, second);
        return;
    case PLX_HEADLINE_NONE:
        g_string_append(first, gaps->by ? "Who sees what, group by group." : "Who sees what.");
        append_hidden(gaps, second);
        return;
    }
}

void plx_words_headline(const plx_gaps *gaps, GString *out)
{
    g_autoptr(GString) second = g_string_new(NULL);
    plx_words_headline_parts(gaps, out, second);
    if (second->len)
        g_string_append_printf(out, " %s", second->str);
}

static void append_window(const plx_gaps *gaps, GString *out)
{
    if (!gaps->data_since || !gaps->data_until)
        return;
    g_string_append(out, " · ");
    plx_words_period(out, gaps->data_since, gaps->data_until);
}

void plx_words_context(const plx_gaps *gaps, GString *out)
{
    const char *title = gaps->map ? gaps->map->title : NULL;
    if (gaps->redacted) {
        g_string_append(out, "Who sees what");
        append_window(gaps, out);
        return;
    }
    g_autofree char *name = g_path_get_basename(gaps->source ? gaps->source : "");
    g_string_append(out, title && *title ? title : name);
    append_window(gaps, out);
    for (guint i = 0; i < gaps->n_where; i++) {
        g_string_append(out, " · ");
        plx_words_where(out, gaps->map, gaps->where[i]);
    }
    g_string_append(out, " · ");
    if (gaps->n_where || gaps->asked_since || gaps->asked_until)
        g_string_append(out, "chosen from ");
    plx_words_count(out, gaps->observations);
    g_string_append(out, gaps->observations == 1 ? " answer" : " answers");
    /* Guesses of eight beside a survey that names nobody are not answers of eight people. */
    if (gaps->respondents > 0 && gaps->respondents >= gaps->encounters_unknown) {
        g_string_append(out, " of ");
        plx_words_count(out, gaps->respondents);
        g_string_append(out, gaps->respondents == 1 ? " person" : " people");
    }
}

/* Where everybody has answered there is no range: no sampling error. */
static void append_mean_of(const struct plx_voice *voice, guint decimals, GString *out)
{
    if (!voice) {
        g_string_append(out, "–");
        return;
    }
    plx_words_mean_with(out, voice->mean, decimals);
    if (!voice->complete)
        append_bracket(out, voice->mean_ci, decimals);
}

/* ": 2.2 levels apart (1.8–2.6)" */
static void append_apart(const struct plx_gap *gap, double a, double b, GString *out)
{
    const guint decimals = plx_words_decimals(a, b, gap->difference);
    const double size = fabs(plx_words_apart(a, b, gap->difference));
    struct plx_interval ci = gap->ci;
    if (gap->difference < 0)
        ci = (struct plx_interval){-gap->ci.hi, -gap->ci.lo};
    g_string_append(out, ": ");
    plx_words_mean_with(out, size, decimals);
    g_string_append(out, fabs(size - 1) < (decimals > 1 ? 0.005 : 0.05) ? " level apart"
                                                                        : " levels apart");
    append_bracket(out, ci, decimals);
}

/* For publication: who sees it better, and what the people served say. */
static void append_redacted(const plx_gaps *gaps, const struct plx_gaps_point *point,
                            const struct plx_gap *gap, GString *out)
{
    const gint viewer = (gint)plx_view_viewer(gaps, gap), judge = (gint)plx_view_judge(gaps, gap);
    const struct plx_voice *served = plx_view_voice(point, judge);
    if (gap->verdict == PLX_VERDICT_BLIND_SPOT || gap->verdict == PLX_VERDICT_HIDDEN_STRENGTH) {
        const gboolean blind = gap->verdict == PLX_VERDICT_BLIND_SPOT;
        plx_words_people_first(gaps, blind ? viewer : judge, out);
        g_string_append(out, " see it better than ");
        plx_words_people(gaps, blind ? judge : viewer, out);
        g_string_append(out, " do. ");
    }
    plx_words_people_first(gaps, judge, out);
    g_string_append(out, " rate it ");
    append_mean_of(served, 1, out);
    g_string_append_c(out, '.');
}

void plx_words_gap(const plx_gaps *gaps, const struct plx_gaps_point *point,
                   const struct plx_gap *gap, GString *out)
{
    if (gaps->redacted) {
        append_redacted(gaps, point, gap, out);
        return;
    }
    const struct plx_voice *a = plx_view_voice(point, (gint)gap->a);
    const struct plx_voice *b = plx_view_voice(point, (gint)gap->b);
    const guint decimals = a && b ? plx_words_decimals(a->mean, b->mean, gap->difference) : 1;
    plx_words_people_first(gaps, (gint)gap->a, out);
    g_string_append(out, gap->verdict == PLX_VERDICT_SCALES_DIFFER ? " answered " : " rate it ");
    append_mean_of(a, decimals, out);
    g_string_append(out, ", ");
    plx_words_people(gaps, (gint)gap->b, out);
    g_string_append_c(out, ' ');
    append_mean_of(b, decimals, out);
    if (gap->verdict == PLX_VERDICT_SCALES_DIFFER)
        g_string_append(out, ", on different scales");
    if (a && b && isfinite(gap->difference))
        append_apart(gap, a->mean, b->mean, out);
    g_string_append_c(out, '.');
}

/* "more staff (14 of 40 answered)", "more visits", "more answers from customers". */
static void append_more(const plx_gaps *gaps, const struct plx_gaps_point *point, gint audience,
                        GString *out)
{
    const struct plx_voice *voice = plx_view_voice(point, audience);
    if (strcmp(gaps->audiences[audience], "shopper") == 0) {
        g_string_append(out, "more visits");
    } else if (voice && voice->population > 0 && voice->persons >= 0) {
        g_string_append(out, "more ");
        plx_words_people(gaps, audience, out);
        g_string_append_printf(out, " (%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " answered)",
                               voice->persons, voice->population);
    } else {
        g_string_append(out, "more answers from ");
        plx_words_people(gaps, audience, out);
    }
}

/* Are there as many who have not answered yet? */
static gboolean are_there(const struct plx_voice *voice, double needed)
{
    return !voice || voice->population <= 0 || voice->persons < 0 ||
           needed <= (double)(voice->population - voice->persons);
}

void plx_words_needed(const plx_gaps *gaps, const struct plx_gaps_point *point,
                      const struct plx_gap *gap, GString *out)
{
    if (gaps->redacted) {
        append_redacted(gaps, point, gap, out);
        return;
    }
    const gint of = (gint)gap->answers_of, other = (gint)(gap->a + gap->b) - of;
    const struct plx_voice *voice = plx_view_voice(point, of), *rest = plx_view_voice(point, other);
    const gboolean visits = strcmp(gaps->audiences[of], "shopper") == 0;
    if (isfinite(gap->answers_needed) && gap->answers_needed > 0 &&
        are_there(voice, gap->answers_needed)) {
        g_string_append(out, "about ");
        plx_words_count(out, (gint64)MIN(ceil(gap->answers_needed), 1e15));
        g_string_append(out, visits ? " more visits" : " more from ");
        if (!visits)
            plx_words_people(gaps, of, out);
        return;
    }
    const gboolean other_open = rest && !rest->complete && !gaps->served[other];
    if (isfinite(gap->answers_needed) || !other_open) {
        /* Everybody there is on the other side has answered: only these can tell more. */
        append_more(gaps, point, of, out);
        return;
    }
    if (rest->population > 0 || strcmp(gaps->audiences[other], "shopper") == 0) {
        append_more(gaps, point, other, out);
        return;
    }
    g_string_append(out, "say how many ");
    plx_words_people(gaps, other, out);
    g_string_append(out, " there are, or ask more of them");
}

gboolean plx_words_belief_fits(const struct plx_belief *belief)
{
    return plx_words_in_ten_fits(belief->served, belief->served_ci);
}

void plx_words_belief(const plx_gaps *gaps, const struct plx_belief *belief, GString *out)
{
    plx_words_belief_in(gaps, belief, plx_words_belief_fits(belief), out);
}

void plx_words_belief_in(const plx_gaps *gaps, const struct plx_belief *belief, gboolean in_ten,
                         GString *out)
{
    plx_words_people_first(gaps, (gint)belief->by, out);
    if (belief->suppressed != PLX_SHOWN) {
        g_string_append(out, ": guesses are not shown for so few people.");
        return;
    }
    g_string_append(out, " think ");
    plx_words_share(out, belief->believed, in_ten);
    g_string_append(out, ", ");
    plx_words_people(gaps, (gint)belief->about, out);
    g_string_append(out, " say ");
    plx_words_share(out, belief->served, in_ten);
    append_bracket(out, belief->served_ci, PERCENT);
    g_string_append_c(out, '.');
}

static const char *agreement_of_order(double tau)
{
    return tau >= 0.7   ? "almost the same order"
           : tau >= 0.4 ? "a similar order"
           : tau >= 0.1 ? "a partly similar order"
           : tau > -0.1 ? "an unrelated order"
                        : "a partly opposite order";
}

void plx_words_ranking(const plx_gaps *gaps, const struct plx_ranking *ranking, GString *out)
{
    plx_words_people_first(gaps, (gint)ranking->by, out);
    if (ranking->suppressed != PLX_SHOWN || !isfinite(ranking->tau_pooled)) {
        g_string_append(out, ": whether they put the points in the order of ");
        plx_words_people(gaps, (gint)ranking->about, out);
        g_string_append(out, " is not shown for so few people.");
        return;
    }
    g_string_append(out, " and ");
    plx_words_people(gaps, (gint)ranking->about, out);
    g_string_append_printf(out, " put %u points in %s (Kendall's tau ", ranking->points,
                           agreement_of_order(ranking->tau_pooled));
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append(out, g_ascii_formatd(text, sizeof text, "%.2f", ranking->tau_pooled));
    if (isfinite(ranking->tau_mean)) {
        g_string_append(out, "; one person alone ");
        g_string_append(out, g_ascii_formatd(text, sizeof text, "%.2f", ranking->tau_mean));
    }
    g_string_append(out, ").");
}

static gint64 minimum_of(const plx_gaps *gaps, guint audience)
{
    if (!gaps->map)
        return 0;
    const gint at = plx_map_find_audience(gaps->map, gaps->audiences[audience]);
    return at < 0 ? 0 : (gint64)gaps->map->audiences[at].minimum;
}

void plx_words_hidden(const plx_gaps *gaps, const struct plx_voice *voice, GString *out)
{
    if (voice->suppressed != PLX_HIDDEN_FEW) {
        g_string_append(out, voice->suppressed == PLX_HIDDEN_FILTER
                                 ? "not shown under this filter"
                                 : "not shown, to protect a smaller group");
        return;
    }
    const gint64 minimum = minimum_of(gaps, voice->audience);
    if (minimum > 0)
        g_string_append_printf(out, "not shown: at least %" G_GINT64_FORMAT " people needed",
                               minimum);
    else
        g_string_append(out, "not shown: too few people");
}

void plx_words_seen(const plx_gaps *gaps, const struct plx_voice *voice, GString *out)
{
    plx_words_people(gaps, (gint)voice->audience, out);
    if (voice->suppressed != PLX_SHOWN) {
        g_string_append_c(out, ' ');
        plx_words_hidden(gaps, voice, out);
        return;
    }
    if (voice->n == 0) {
        g_string_append(out, " did not answer");
        return;
    }
    g_string_append_c(out, ' ');
    append_mean_of(voice, 1, out);
    g_string_append(out, ", ");
    if (voice->complete) {
        g_string_append(out, "all ");
        plx_words_count(out, voice->persons >= 0 ? voice->persons : voice->n);
        g_string_append(out, " answered");
        return;
    }
    plx_words_count(out, voice->n);
    g_string_append(out, voice->n == 1 ? " answer" : " answers");
    if (voice->persons > voice->n) {
        g_string_append(out, " of ");
        plx_words_count(out, voice->persons);
        g_string_append(out, " people");
    }
}

void plx_words_answers(const struct plx_voice *voice, GString *out)
{
    plx_words_count(out, voice->n);
    if (voice->persons <= voice->n)
        return;
    g_string_append(out, " from ");
    plx_words_count(out, voice->persons);
    g_string_append(out, " people");
}

void plx_words_voice_mean(const struct plx_voice *voice, GString *out)
{
    plx_words_mean(out, voice->mean);
    if (!voice->complete)
        append_bracket(out, voice->mean_ci, 1);
}
