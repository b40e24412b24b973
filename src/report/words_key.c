/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands under the headline: what may decide more, what levels are, how rates, guesses and
 * predictions differ. */
#include "report/view.h"
#include "report/words.h"

#include <math.h>

static gboolean has_words(const struct plx_scale *scale)
{
    for (int v = scale->min; scale->words && v <= scale->max; v++)
        if (!scale->words[v - scale->min])
            return FALSE;
    return scale->words != NULL;
}

static const struct plx_scale *served_scale(const plx_gaps *gaps)
{
    const gint served = plx_view_served(gaps);
    for (guint g = 0; g < gaps->n_groups; g++)
        for (guint p = 0; p < gaps->groups[g].n_points; p++) {
            const struct plx_voice *voice = plx_view_voice(&gaps->groups[g].points[p], served);
            if (voice && voice->scale)
                return voice->scale;
        }
    return NULL;
}

void plx_words_good_values(GString *out, const struct plx_scale *scale)
{
    const int step = scale->down ? -1 : 1, last = scale->down ? scale->min : scale->max;
    if (abs(last - scale->desired) > 5) {
        g_string_append_printf(out, "%d to %d", scale->desired, last);
        return;
    }
    for (int v = scale->desired;; v += step) {
        g_string_append_printf(out, "%d", v);
        if (v == last)
            break;
        g_string_append(out, v + step == last ? " or " : ", ");
    }
}

/* "“Desired or better” is 4, 5 or 6." */
static void append_desired(const struct plx_scale *scale, GString *out)
{
    if (scale->desired == PLX_NO_CUT)
        return;
    g_string_append(out, " “");
    plx_words_level(out, scale, scale->desired);
    g_string_append(out, " or better” is ");
    plx_words_good_values(out, scale);
    g_string_append_c(out, '.');
}

void plx_words_levels(const plx_gaps *gaps, GString *out)
{
    const struct plx_scale *scale = served_scale(gaps);
    if (!scale || scale->max <= scale->min)
        return;
    if (has_words(scale) && scale->max - scale->min <= 10) {
        g_string_append(out, "Levels of service: ");
        for (int v = scale->min; v <= scale->max; v++) {
            g_string_append_printf(out, "%s%d ", v > scale->min ? ", " : "", v);
            plx_words_level(out, scale, v);
        }
        g_string_append_c(out, '.');
    } else {
        g_string_append_printf(out, "Marks from %d to %d; %d is best.", scale->min, scale->max,
                               scale->down ? scale->min : scale->max);
    }
    append_desired(scale, out);
}

struct kinds {
    gboolean rated, guessed, predicted;
};

/* What the first audience that is not served said. */
static struct kinds kinds_of(const plx_gaps *gaps, gint audience)
{
    struct kinds kinds = {FALSE, FALSE, FALSE};
    for (guint g = 0; g < gaps->n_groups; g++)
        for (guint p = 0; p < gaps->groups[g].n_points; p++) {
            const struct plx_gaps_point *point = &gaps->groups[g].points[p];
            const struct plx_voice *voice = plx_view_voice(point, audience);
            kinds.rated |= voice && isfinite(voice->mean);
            for (guint i = 0; i < point->n_beliefs; i++)
                kinds.guessed |= (gint)point->beliefs[i].by == audience;
            for (guint i = 0; i < point->n_predictions; i++)
                kinds.predicted |= (gint)point->predictions[i].by == audience;
        }
    return kinds;
}

static void append_kinds(const plx_gaps *gaps, gint audience, const struct kinds *kinds,
                         GString *out)
{
    g_autoptr(GString) served = g_string_new(NULL);
    plx_words_people(gaps, plx_view_served(gaps), served);
    plx_words_people_first(gaps, audience, out);
    const char *join = "";
    if (kinds->rated) {
        g_string_append(out, " rate a point by their own view");
        join = kinds->guessed && kinds->predicted ? ", " : " and";
    }
    if (kinds->guessed) {
        g_string_append_printf(out, "%s guess how many of 10 %s are well served",
                               *join == ',' ? "," : join, served->str);
        join = " and";
    }
    if (kinds->predicted)
        g_string_append_printf(out, "%s predict the level %s will answer", join, served->str);
    g_string_append_printf(out, ": %s numbers that need not agree.",
                           kinds->rated + kinds->guessed + kinds->predicted == 3 ? "three" : "two");
}

void plx_words_kinds(const plx_gaps *gaps, GString *out)
{
    if (plx_view_served(gaps) < 0)
        return;
    for (gint a = 0; a < (gint)gaps->n_audiences; a++) {
        const struct kinds kinds = kinds_of(gaps, a);
        if (gaps->served[a] || kinds.rated + kinds.guessed + kinds.predicted < 2)
            continue;
        append_kinds(gaps, a, &kinds, out);
        return;
    }
}

/* Leaders who are too few to be shown. Where so few are all there are, what they say is exact. */
static void append_hidden_remedy(const plx_gaps *gaps, enum plx_words_place place, GString *out)
{
    const struct plx_headline *h = &gaps->headline;
    g_string_append_printf(out, "They are shown when at least %" G_GINT64_FORMAT " have answered",
                           h->hidden_minimum);
    if (place == PLX_WORDS_PAGE) {
        g_string_append(out, ", or when all of them agree to be shown although so few.");
        return;
    }
    g_string_append_printf(out, ". If they all agree to be shown although so few, add --named %s",
                           gaps->audiences[h->by]);
    if (h->hidden_persons > 0)
        g_string_append_printf(out,
                               "; if these %" G_GINT64_FORMAT " are all there are, also "
                               "--population %s=%" G_GINT64_FORMAT,
                               h->hidden_persons, gaps->audiences[h->by], h->hidden_persons);
}

static void append_open_remedy(const plx_gaps *gaps, const struct plx_view_open *open,
                               enum plx_words_place place, GString *out)
{
    g_string_append_printf(out, "If these %" G_GINT64_FORMAT " ", open->persons);
    plx_words_people(gaps, open->audience, out);
    g_string_append(out, " are all there are, say so");
    g_string_append(out, place == PLX_WORDS_PAGE ? " when the page is made: it" : ": it");
    if (open->points == 1)
        g_string_append(out, " may decide the 1 point that is not sure yet");
    else
        g_string_append_printf(out, " may decide some of the %u points that are not sure yet",
                               open->points);
    if (place == PLX_WORDS_TERMINAL)
        g_string_append_printf(out, ". Add --population %s=%" G_GINT64_FORMAT,
                               gaps->audiences[open->audience], open->persons);
    else
        g_string_append_c(out, '.');
}

void plx_words_remedy(const plx_gaps *gaps, enum plx_words_place place, GString *out)
{
    if (gaps->headline.by >= 0 && gaps->headline.hidden_minimum > 0) {
        append_hidden_remedy(gaps, place, out);
        return;
    }
    const struct plx_view_open open = plx_view_open(gaps);
    if (open.audience >= 0)
        append_open_remedy(gaps, &open, place, out);
}
