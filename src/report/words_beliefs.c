/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/words_beliefs.h"

#include "report/words.h"

#include <math.h>
#include <stdlib.h>

enum plx_guess_state plx_guess_state(const struct plx_moment *moment)
{
    if (moment->belief->suppressed != PLX_SHOWN)
        return PLX_GUESS_HIDDEN;
    return isfinite(moment->belief->believed) ? PLX_GUESS_SHOWN : PLX_GUESS_MASKED;
}

enum plx_truth_state plx_truth_state(const struct plx_moment *moment)
{
    const struct plx_voice *voice = moment->served;
    if (!voice || (voice->suppressed == PLX_SHOWN && voice->n == 0))
        return PLX_TRUTH_NOBODY;
    if (voice->suppressed != PLX_SHOWN)
        return PLX_TRUTH_HIDDEN;
    if (isfinite(voice->desired_share))
        return PLX_TRUTH_SHOWN;
    return voice->scale && voice->scale->desired != PLX_NO_CUT ? PLX_TRUTH_MASKED
                                                               : PLX_TRUTH_NO_CUT;
}

gboolean plx_guesses_shown(const struct plx_beliefs_group *group)
{
    for (guint i = 0; i < group->n_moments; i++)
        if (plx_guess_state(&group->moments[i]) != PLX_GUESS_HIDDEN)
            return TRUE;
    return FALSE;
}

static gboolean in_ten(const struct plx_moment *moment)
{
    return plx_truth_state(moment) != PLX_TRUTH_SHOWN ||
           plx_words_in_ten_fits(moment->served->desired_share, moment->served->desired_ci);
}

void plx_words_guessed(const struct plx_moment *moment, GString *out)
{
    plx_words_share(out, moment->belief->believed, in_ten(moment));
}

void plx_words_said(const struct plx_moment *moment, GString *out)
{
    plx_words_share(out, moment->served ? moment->served->desired_share : (double)NAN,
                    in_ten(moment));
}

void plx_words_guessers(const plx_beliefs *beliefs, enum plx_words_to to, gboolean first,
                        GString *out)
{
    if (to == PLX_WORDS_ROOM)
        g_string_append(out, first ? "You" : "you");
    else if (first)
        plx_words_people_first(beliefs->gaps, beliefs->by, out);
    else
        plx_words_people(beliefs->gaps, beliefs->by, out);
}

/* "customers", "they". */
static void append_served(const plx_beliefs *beliefs, enum plx_words_to to, GString *out)
{
    if (to == PLX_WORDS_ROOM)
        g_string_append(out, "they");
    else
        plx_words_people(beliefs->gaps, beliefs->about, out);
}

static gint64 minimum_of(const plx_beliefs *beliefs, gint audience)
{
    const plx_map *map = beliefs->gaps->map;
    const gint at = map ? plx_map_find_audience(map, beliefs->gaps->audiences[audience]) : -1;
    return at < 0 ? 0 : (gint64)map->audiences[at].minimum;
}

static void append_hidden_guess(const plx_beliefs *beliefs, const struct plx_belief *belief,
                                enum plx_words_to to, GString *out)
{
    g_string_append(out, to == PLX_WORDS_ROOM ? "The room's guess is not shown" : "not shown");
    const gint64 minimum = minimum_of(beliefs, beliefs->by);
    if (belief->suppressed != PLX_HIDDEN_FEW)
        g_string_append(out, belief->suppressed == PLX_HIDDEN_FILTER
                                 ? " under this filter"
                                 : ", to protect a smaller group");
    else if (minimum > 0)
        g_string_append_printf(out, ": at least %" G_GINT64_FORMAT " people needed", minimum);
    else
        g_string_append(out, ": too few people");
    if (to == PLX_WORDS_ROOM)
        g_string_append_c(out, '.');
}

/* "12 guesses"; "all 9 guessed". */
static void append_guesses(const struct plx_belief *belief, GString *out)
{
    if (belief->complete && belief->persons > 0) {
        g_string_append(out, "all ");
        plx_words_count(out, belief->persons);
        g_string_append(out, " guessed");
        return;
    }
    plx_words_count(out, belief->n);
    g_string_append(out, belief->n == 1 ? " guess" : " guesses");
    if (belief->persons > belief->n) {
        g_string_append(out, " of ");
        plx_words_count(out, belief->persons);
        g_string_append(out, " people");
    }
}

static void append_guess_range(struct plx_interval range, GString *out)
{
    const long lo = lround(range.lo * 10), hi = lround(range.hi * 10);
    if (lo == hi)
        g_string_append_printf(out, "all of %ld in 10", lo);
    else
        g_string_append_printf(out, "from %ld to %ld in 10", lo, hi);
}

void plx_words_guess_evidence(const plx_beliefs *beliefs, const struct plx_moment *moment,
                              enum plx_words_to to, GString *out)
{
    const struct plx_belief *belief = moment->belief;
    const gsize at = out->len;
    switch (plx_guess_state(moment)) {
    case PLX_GUESS_HIDDEN:
        append_hidden_guess(beliefs, belief, to, out);
        return;
    case PLX_GUESS_MASKED:
        append_guesses(belief, out);
        g_string_append(out, "; not shown, so that nobody's guess is told");
        break;
    case PLX_GUESS_SHOWN:
        append_guesses(belief, out);
        g_string_append(out, isfinite(belief->believed_range.lo) ? ", " : ", rounded");
        if (isfinite(belief->believed_range.lo))
            append_guess_range(belief->believed_range, out);
        break;
    }
    if (moment->later > 0 && to == PLX_WORDS_REPORT)
        g_string_append_printf(
            out, "; %" G_GINT64_FORMAT " left out: given after results were seen, or a second time",
            moment->later);
    if (to == PLX_WORDS_ROOM) {
        g_string_append_c(out, '.');
        plx_words_capital(out, at);
    }
}

void plx_words_cut(const struct plx_scale *scale, GString *out)
{
    const gboolean named = scale->words && scale->words[scale->desired - scale->min];
    if (named) {
        plx_words_level(out, scale, scale->desired);
        g_string_append(out, " or better (");
    }
    const int last = scale->down ? scale->min : scale->max;
    if (abs(last - scale->desired) > 1)
        g_string_append_printf(out, "%d to %d", scale->desired, last);
    else
        plx_words_good_values(out, scale);
    if (scale->down || scale->min < 0)
        g_string_append_printf(out, ", of %d to %d, where %d is best", scale->min, scale->max,
                               scale->down ? scale->min : scale->max);
    else
        g_string_append_printf(out, " of %d", scale->max);
    if (named)
        g_string_append_c(out, ')');
}

/* " of the 1,204 customers who answered", " of 1,204 answers by 310 customers". */
static void append_of_whom(const plx_beliefs *beliefs, const struct plx_voice *voice, GString *out)
{
    const gint about = beliefs->about;
    if (voice->complete && voice->persons == voice->n) {
        g_string_append(out, " of all ");
        plx_words_count(out, voice->n);
        g_string_append_c(out, ' ');
        plx_words_people(beliefs->gaps, about, out);
    } else if (voice->persons > 0 && voice->persons != voice->n) {
        g_string_append(out, " of ");
        plx_words_count(out, voice->n);
        g_string_append(out, " answers by ");
        plx_words_count(out, voice->persons);
        g_string_append_c(out, ' ');
        plx_words_people(beliefs->gaps, about, out);
    } else {
        g_string_append(out, " of the ");
        plx_words_count(out, voice->n);
        g_string_append_c(out, ' ');
        plx_words_answered(beliefs->gaps, about, out);
    }
}

static void append_range(struct plx_interval ci, GString *out)
{
    if (!isfinite(ci.lo) || !isfinite(ci.hi))
        return;
    g_string_append(out, " (");
    plx_words_percent_range(out, ci);
    g_string_append_c(out, ')');
}

void plx_words_truth_evidence(const plx_beliefs *beliefs, const struct plx_moment *moment,
                              GString *out)
{
    const struct plx_voice *voice = moment->served;
    switch (plx_truth_state(moment)) {
    case PLX_TRUTH_SHOWN:
        plx_words_percent(out, voice->desired_share);
        append_range(voice->desired_ci, out);
        append_of_whom(beliefs, voice, out);
        g_string_append(out, " said ");
        plx_words_cut(voice->scale, out);
        g_string_append_c(out, '.');
        return;
    case PLX_TRUTH_NOBODY:
        g_string_append(out, "None of the ");
        plx_words_people(beliefs->gaps, beliefs->about, out);
        g_string_append(out, " has answered about this yet.");
        return;
    case PLX_TRUTH_HIDDEN: {
        g_autoptr(GString) why = g_string_new(NULL);
        plx_words_hidden(beliefs->gaps, voice, why);
        plx_words_people_first(beliefs->gaps, beliefs->about, out);
        g_string_append_printf(out, " are %s.", why->str);
        return;
    }
    case PLX_TRUTH_MASKED:
        g_string_append(out, "Not shown, so that nobody's answer is told.");
        return;
    case PLX_TRUTH_NO_CUT:
        plx_words_count(out, voice->n);
        g_string_append(out, " answers, on a scale that does not say which marks are good: say it "
                             "in its recipe or map (desired) to compare.");
        return;
    }
}

void plx_words_spread(const struct plx_moment *moment, GString *out)
{
    const struct plx_voice *spread = moment->spread;
    if (!spread)
        return;
    gboolean first = TRUE;
    for (guint i = 0; i < spread->k; i++) {
        if (spread->counts[i] == 0)
            continue;
        g_string_append(out, first ? "" : ", ");
        plx_words_count(out, spread->counts[i]);
        if (first)
            g_string_append(out, spread->counts[i] == 1 ? " guess" : " guesses");
        g_string_append_printf(out, " of %d", spread->scale->min + (int)i);
        first = FALSE;
    }
    g_string_append_c(out, '.');
}

/* In whole hundredths, as a reader who subtracts the percentages finds it. */
static long hundredths(const struct plx_belief *belief)
{
    return lround(belief->believed * 100) - lround(belief->served * 100);
}

void plx_words_moment_apart(const struct plx_moment *moment, GString *out)
{
    const struct plx_belief *belief = moment->belief;
    const long by = hundredths(belief);
    const char *than = by > 0 ? "fewer" : "more";
    if (!isfinite(belief->ci.lo) || !isfinite(belief->ci.hi)) {
        /* A guess rounded to a tenth gives no difference in hundredths. */
        const long tenths = lround(fabs(belief->difference) * 10);
        g_string_append_printf(out, "about %ld in 10 %s", MAX(tenths, 1), than);
        return;
    }
    const double lo = by > 0 ? belief->ci.lo : -belief->ci.hi;
    const double hi = by > 0 ? belief->ci.hi : -belief->ci.lo;
    g_string_append_printf(out, "%ld in 100 %s (%ld–%ld)", labs(by), than, lround(lo * 100),
                           lround(hi * 100));
}

/* "8 to 20 in 100 fewer", "anything from 5 in 100 more to 20 fewer" */
static void append_open(struct plx_interval ci, GString *out)
{
    const long lo = lround(ci.lo * 100), hi = lround(ci.hi * 100);
    if (lo < 0 && hi > 0)
        g_string_append_printf(out, "anything from %ld in 100 more to %ld fewer", -lo, hi);
    else
        g_string_append_printf(out, "%ld to %ld in 100 %s", MIN(labs(lo), labs(hi)),
                               MAX(labs(lo), labs(hi)), hi > 0 ? "fewer" : "more");
}

static void append_not_sure(const plx_beliefs *beliefs, const struct plx_belief *belief,
                            enum plx_words_to to, GString *out)
{
    g_string_append(out, "Not sure yet");
    if (!isfinite(belief->ci.lo) || !isfinite(belief->ci.hi)) {
        g_string_append(out, " with the answers so far.");
        return;
    }
    g_string_append(out, ": ");
    append_open(belief->ci, out);
    g_string_append(out, " than ");
    plx_words_guessers(beliefs, to, FALSE, out);
    g_string_append(out, " said.");
}

void plx_words_moment_verdict(const plx_beliefs *beliefs, const struct plx_moment *moment,
                              enum plx_words_to to, GString *out)
{
    const struct plx_belief *belief = moment->belief;
    const enum plx_verdict verdict = belief->verdict;
    if (verdict == PLX_VERDICT_NONE || !isfinite(belief->difference))
        return;
    if (verdict == PLX_VERDICT_NOT_ENOUGH_YET) {
        append_not_sure(beliefs, belief, to, out);
        return;
    }
    plx_words_guessers(beliefs, to, TRUE, out);
    if (verdict == PLX_VERDICT_SEES_IT) {
        g_string_append(out, " see it as ");
        append_served(beliefs, to, out);
        g_string_append(out, " do.");
        return;
    }
    g_string_append(out, verdict == PLX_VERDICT_OVERESTIMATES ? " think it better than "
                                                              : " think it worse than ");
    append_served(beliefs, to, out);
    g_string_append(out, " say: ");
    plx_words_moment_apart(moment, out);
    g_string_append(out, " than ");
    plx_words_guessers(beliefs, to, FALSE, out);
    g_string_append(out, " said.");
}
