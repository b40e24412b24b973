/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Consistency in plain words. A place or a month is named only where the reading decided. */

#include "report/about.h"
#include "report/consistency_parts.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

#define TABLE_ROWS 60
#define NAMES 3

struct telling {
    const plx_consistency *c;
    plx_story *story;
    GString *text;                            /* of the sentence at hand */
    guint of[PLX_CONSISTENCY_NOT_ENOUGH + 1]; /* points by verdict */
};

static void clear(struct telling *t)
{
    g_string_truncate(t->text, 0);
}

static const char *levels(const struct telling *t)
{
    return strcmp(t->c->measure, "level") == 0 ? "levels" : "points";
}

static void count_verdicts(struct telling *t)
{
    for (guint p = 0; p < t->c->n_points; p++)
        t->of[t->c->points[p].verdict]++;
}

/* The lead ------------------------------------------------------------------------------------ */

static guint count_wide(const plx_consistency *c)
{
    guint wide = 0;
    for (guint i = 0; i < c->n_places; i++)
        wide += c->places[i].wide ? 1 : 0;
    return wide;
}

/* "Hull", "Hull and York", "Hull, York and 3 more". */
static void name_wide(const plx_consistency *c, GString *out)
{
    const guint all = count_wide(c);
    for (guint i = 0, n = 0; i < c->n_places; i++) {
        if (!c->places[i].wide)
            continue;
        if (n == NAMES && all > NAMES + 1) {
            g_string_append_printf(out, " and %u more", all - n);
            return;
        }
        g_string_append(out, n == 0 ? "" : n + 1 == all ? " and " : ", ");
        g_string_append(out, c->places[i].key);
        n++;
    }
}

static const struct plx_consistency_point *first_signal(const plx_consistency *c)
{
    for (guint p = 0; p < c->n_points; p++)
        if (c->points[p].chart.first >= 0)
            return &c->points[p];
    return NULL;
}

static void lead_by_counts(struct telling *t)
{
    const guint all = t->c->n_points;
    const guint differ = t->of[PLX_CONSISTENCY_BY_PLACE] + t->of[PLX_CONSISTENCY_BY_CHANNEL] +
                         t->of[PLX_CONSISTENCY_BY_MONTH];
    const guint narrow = t->of[PLX_CONSISTENCY_CONSISTENT] + t->of[PLX_CONSISTENCY_MIXED];
    if (differ > 0)
        g_string_append_printf(t->text, "%u of %u moments %s by place, channel or month.", differ,
                               all, differ == 1 ? "differs" : "differ");
    else if (t->of[PLX_CONSISTENCY_INCONSISTENT] > 0)
        g_string_append_printf(t->text, "At %u of %u moments answers lie wide apart everywhere.",
                               t->of[PLX_CONSISTENCY_INCONSISTENT], all);
    else if (narrow > 0)
        g_string_append_printf(t->text,
                               "Nothing is shown to be inconsistent; at %u of %u moments it is "
                               "shown that answers do not lie wide apart.",
                               narrow, all);
    else
        g_string_append(t->text, "Not enough answers yet to say whether it is always like that.");
}

static void tell_lead(struct telling *t)
{
    const plx_consistency *c = t->c;
    const struct plx_consistency_point *signal = first_signal(c);
    clear(t);
    if (c->n_points == 0) {
        g_string_append(t->text, "Nobody has answered yet.");
    } else if (count_wide(c) > 0) {
        name_wide(c, t->text);
        g_string_append(t->text, count_wide(c) == 1 ? " is" : " are");
        g_string_append(t->text, " now good, now bad: answers about the same moment lie further "
                                 "apart there than elsewhere.");
    } else if (signal) {
        g_string_append_printf(t->text, "%s was unlike other %ss in %s.", signal->title, c->period,
                               signal->chart.parts[signal->chart.first].key);
    } else {
        lead_by_counts(t);
    }
    plx_story_lead(t->story, t->text->str);
}

static void add_count(struct telling *t, guint n, const char *what)
{
    if (n > 0)
        g_string_append_printf(t->text, "%s %s %u", t->text->len ? "," : "", what, n);
}

static void tell_counts(struct telling *t)
{
    if (t->c->n_points == 0)
        return;
    clear(t);
    add_count(t, t->of[PLX_CONSISTENCY_CONSISTENT], "agree at");
    add_count(t, t->of[PLX_CONSISTENCY_MIXED], "spread somewhat at");
    add_count(t, t->of[PLX_CONSISTENCY_INCONSISTENT], "are wide everywhere at");
    add_count(t, t->of[PLX_CONSISTENCY_BY_PLACE], "differ by place at");
    add_count(t, t->of[PLX_CONSISTENCY_BY_CHANNEL], "differ by channel at");
    add_count(t, t->of[PLX_CONSISTENCY_BY_MONTH], "differ by month at");
    add_count(t, t->of[PLX_CONSISTENCY_NOT_ENOUGH], "are too few to tell yet at");
    add_count(t, t->of[PLX_CONSISTENCY_HIDDEN], "are not shown at");
    g_autofree char *line = g_strdup_printf("Of %u moment%s: answers%s.", t->c->n_points,
                                            t->c->n_points == 1 ? "" : "s", t->text->str);
    plx_story_say(t->story, line);
}

/* Places -------------------------------------------------------------------------------------- */

static void tell_wide_place(struct telling *t, const struct plx_consistency_place *place)
{
    clear(t);
    for (guint i = 0; i < place->n_widest; i++) {
        const struct plx_wide_point *wide = &place->widest[i];
        g_string_append(t->text, i ? "; " : "");
        g_string_append_printf(t->text, "%s: ", t->c->points[wide->point].title);
        plx_words_mean_with(t->text, wide->sd, 2);
        g_string_append(t->text, " against ");
        plx_words_mean_with(t->text, wide->elsewhere, 2);
        g_string_append_printf(t->text, " %s elsewhere (", levels(t));
        plx_words_count(t->text, wide->n);
        g_string_append(t->text, " answers)");
    }
    g_string_append(t->text, ".");
    plx_story_item(t->story, place->key, t->text->str);
}

static void tell_wide_places(struct telling *t)
{
    const plx_consistency *c = t->c;
    if (c->n_places == 0)
        return;
    plx_story_heading(t->story, "Now good, now bad");
    if (count_wide(c) == 0) {
        plx_story_say(t->story, "No place is shown to be less steady than the others.");
        return;
    }
    clear(t);
    g_string_append(t->text,
                    "How far answers to the same moment usually lie from their mean there, "
                    "whatever that mean is:");
    plx_story_say(t->story, t->text->str);
    for (guint i = 0; i < c->n_places; i++)
        if (c->places[i].wide)
            tell_wide_place(t, &c->places[i]);
}

static void tell_part(struct telling *t, const struct plx_consistency_point *p,
                      const struct plx_limits *limits, const struct plx_limit_part *part)
{
    clear(t);
    g_string_append_printf(t->text, "%s: ", part->key);
    plx_consistency_value(p, part->value, t->text);
    g_string_append_c(t->text, ' ');
    plx_consistency_value_title(p, t->text);
    g_string_append(t->text, " of ");
    plx_words_count(t->text, part->n);
    g_string_append(t->text, " answers; all together ");
    plx_consistency_value(p, limits->center, t->text);
    g_string_append(t->text, ", and chance would stay within ");
    plx_consistency_range(p, part->adjusted, t->text);
    g_string_append_c(t->text, '.');
    plx_story_subject(t->story, p->point);
    plx_story_item(t->story, p->title, t->text->str);
}

static void tell_funnels(struct telling *t)
{
    guint drawn = 0;
    for (guint i = 0; i < t->c->n_points; i++) {
        const struct plx_consistency_point *p = &t->c->points[i];
        if (p->funnel.first < 0)
            continue;
        if (drawn == 0)
            plx_story_heading(t->story, "Places unlike the others");
        for (guint k = 0; k < p->funnel.n_parts; k++)
            if (p->funnel.parts[k].outside)
                tell_part(t, p, &p->funnel, &p->funnel.parts[k]);
        if (drawn++ < PLX_CONSISTENCY_DRAWINGS)
            plx_consistency_draw_funnel(t->c, p, t->story);
    }
}

static void tell_charts(struct telling *t)
{
    guint drawn = 0;
    for (guint i = 0; i < t->c->n_points; i++) {
        const struct plx_consistency_point *p = &t->c->points[i];
        if (p->chart.first < 0)
            continue;
        if (drawn == 0)
            plx_story_heading(t->story, *t->c->period == 'w' ? "Weeks unlike the others"
                                                             : "Months unlike the others");
        tell_part(t, p, &p->chart, &p->chart.parts[p->chart.first]);
        if (drawn++ < PLX_CONSISTENCY_DRAWINGS)
            plx_consistency_draw_chart(t->c, p, t->story);
    }
}

/* The table ----------------------------------------------------------------------------------- */

static const char *verdict_words(const struct plx_consistency_point *p)
{
    static const char *const words[] = {"not shown",       "answers agree", "some spread",
                                        "wide everywhere", "by place",      "by channel",
                                        "by month",        "not enough yet"};
    return words[p->verdict];
}

static void share_cell(struct telling *t, const struct plx_part_share *part)
{
    clear(t);
    if (isfinite(part->share))
        plx_words_percent(t->text, part->share);
    plx_story_cell(t->story, t->text->len ? t->text->str : NULL);
}

static void tell_row(struct telling *t, const struct plx_consistency_point *p)
{
    plx_story_subject(t->story, p->verdict == PLX_CONSISTENCY_NOT_ENOUGH ? NULL : p->point);
    plx_story_cell(t->story, p->title);
    clear(t);
    if (p->n >= 0)
        plx_words_count(t->text, p->n);
    plx_story_cell(t->story, t->text->len ? t->text->str : NULL);
    clear(t);
    if (isfinite(p->agreement)) {
        plx_words_mean_with(t->text, p->agreement, 2);
        if (isfinite(p->agreement_ci.lo)) {
            g_string_append(t->text, " ±");
            plx_words_mean_with(t->text, (p->agreement_ci.hi - p->agreement_ci.lo) / 2, 2);
        }
    }
    plx_story_cell(t->story, t->text->len ? t->text->str : NULL);
    for (guint s = 0; s < PLX_CONSISTENCY_SPLITS; s++)
        share_cell(t, &p->part[s]);
    plx_story_cell(t->story, verdict_words(p));
}

static void tell_table(struct telling *t)
{
    static const struct plx_story_column columns[] = {
        {"Moment", PLX_STORY_WIDE},      {"Answers", PLX_STORY_NUMBER},
        {"Agreement", PLX_STORY_NUMBER}, {"Places", PLX_STORY_NUMBER},
        {"Channels", PLX_STORY_NUMBER},  {"Months", PLX_STORY_NUMBER},
        {"What it is", PLX_STORY_TEXT}};
    if (t->c->n_points == 0)
        return;
    plx_story_heading(t->story, "Moment by moment");
    plx_story_quiet(t->story,
                    "Agreement is 1 where all answer the same, 0 where answers are spread "
                    "over all levels. Then how much of their variation lies between "
                    "places, channels and months.");
    plx_story_table(t->story, NULL, columns, G_N_ELEMENTS(columns));
    guint shown = 0;
    for (guint p = 0; p < t->c->n_points && shown < TABLE_ROWS; p++)
        if (t->c->n_points <= TABLE_ROWS || t->c->points[p].verdict != PLX_CONSISTENCY_NOT_ENOUGH) {
            tell_row(t, &t->c->points[p]);
            shown++;
        }
    if (shown == t->c->n_points)
        return;
    clear(t);
    plx_words_count(t->text, t->c->n_points - shown);
    g_string_append(t->text, " more moments are in the JSON and CSV of this reading.");
    plx_story_quiet(t->story, t->text->str);
}

/* Visits -------------------------------------------------------------------------------------- */

static void tell_visits_made(struct telling *t, const struct plx_consistency_visits *v)
{
    clear(t);
    plx_words_count(t->text, v->shoppers);
    g_string_append(t->text, v->shoppers == 1 ? " secret shopper made " : " secret shoppers made ");
    plx_words_count(t->text, v->visits);
    g_string_append(t->text, v->visits == 1 ? " visit to " : " visits to ");
    plx_words_count(t->text, v->places);
    g_string_append(t->text, v->places == 1 ? " place. " : " places. ");
}

static void tell_needed(struct telling *t, const struct plx_consistency_visits *v)
{
    const double more = v->needed - v->per_place;
    if (!isfinite(v->needed))
        g_string_append(t->text,
                        "Visits to one place differ as much as visits to different places: "
                        "they cannot tell places apart yet.");
    else if (more <= 0)
        g_string_append(t->text, "That is enough to tell places apart by them.");
    else {
        g_string_append(t->text, "Visits to one place differ nearly as much as visits to different "
                                 "places: about ");
        plx_words_count(t->text, (gint64)ceil(more));
        g_string_append(t->text, ceil(more) == 1 ? " more visit" : " more visits");
        g_string_append(t->text, " to each before you may decide by them which place is better.");
    }
}

static void tell_needed_alike(struct telling *t, const struct plx_consistency_visits *v)
{
    if (!isfinite(v->needed_alike) || !(v->needed_alike < v->needed))
        return;
    g_string_append(t->text, " With that taken out ");
    plx_words_count(t->text, (gint64)v->needed_alike);
    g_string_append(t->text, v->needed_alike > 1 ? " visits to each place would do instead of "
                                                 : " visit to each place would do instead of ");
    if (isfinite(v->needed))
        plx_words_count(t->text, (gint64)v->needed);
    else
        g_string_append(t->text, "any number");
    g_string_append(t->text, ": let the same shoppers visit all places.");
}

/* How much of it is who looked. */
static void tell_severity(struct telling *t, const struct plx_consistency_visits *v)
{
    clear(t);
    if (isfinite(v->severity_share)) {
        g_string_append(t->text, "Of the differences between visits to one place, ");
        plx_words_percent(t->text, v->severity_share);
        g_string_append(t->text, " is that some shoppers are stricter than others.");
        tell_needed_alike(t, v);
    } else if (v->no_severity) {
        g_string_append(t->text, "Whether some shoppers are stricter than others cannot be told: ");
        g_string_append(t->text, strcmp(v->no_severity, "no_repeats") == 0
                                     ? "nobody looked at several places."
                                     : "it takes six places and six shoppers.");
    }
    if (t->text->len)
        plx_story_quiet(t->story, t->text->str);
}

static void tell_visits(struct telling *t)
{
    const struct plx_consistency_visits *v = &t->c->visits;
    if (!v->audience)
        return;
    plx_story_heading(t->story, "What visits can tell of places");
    if (v->missing && strcmp(v->missing, "few_shoppers") == 0) {
        plx_story_say(t->story, "Too few secret shoppers to show what they say.");
        return;
    }
    tell_visits_made(t, v);
    if (v->missing) {
        g_string_append(t->text, strcmp(v->missing, "one_place") == 0
                                     ? "It takes two places to compare."
                                 : strcmp(v->missing, "one_visit_each") == 0
                                     ? "It takes two visits to a place to know how much visits "
                                       "differ."
                                     : "All visits were alike.");
        plx_story_say(t->story, t->text->str);
        return;
    }
    tell_needed(t, v);
    plx_story_say(t->story, t->text->str);
    clear(t);
    g_string_append(t->text, "Of what separates the means of places, ");
    plx_words_percent(t->text, v->reliability);
    g_string_append(t->text, " are the places; of what separates single visits ");
    plx_words_percent(t->text, v->share);
    g_string_append(t->text, " (");
    plx_words_percent_range(t->text, v->share_ci);
    g_string_append(t->text, "). The rest is the day, the people on duty and who looked.");
    plx_story_quiet(t->story, t->text->str);
    tell_severity(t, v);
}

/* All answers --------------------------------------------------------------------------------- */

static void tell_overall(struct telling *t)
{
    static const char *const kinds[] = {"between moments", "between people", "between places"};
    const struct plx_consistency_overall *o = &t->c->overall;
    if (o->missing || isnan(o->within_share))
        return;
    clear(t);
    g_string_append(t->text, "Of all variation of ");
    plx_words_count(t->text, o->n);
    g_string_append(t->text, " answers ");
    for (guint k = 0; k < PLX_OVERALL_KINDS; k++) {
        if (isnan(o->part[k].share))
            continue;
        plx_words_percent(t->text, o->part[k].share);
        g_string_append_printf(t->text, " lies %s, ", kinds[k]);
    }
    plx_words_percent(t->text, o->within_share);
    g_string_append(t->text, " from one occasion to the next.");
    plx_story_say(t->story, t->text->str);
}

/* What is missing ------------------------------------------------------------------------------ */

static gboolean any_missing(const plx_consistency *c, gboolean chart)
{
    for (guint p = 0; p < c->n_points; p++) {
        const struct plx_limits *limits = chart ? &c->points[p].chart : &c->points[p].funnel;
        if (c->points[p].suppressed == PLX_SHOWN && !limits->missing)
            return FALSE;
    }
    return c->n_points > 0;
}

static void tell_missing(struct telling *t)
{
    if (any_missing(t->c, FALSE))
        plx_story_note(t->story,
                       "Not enough places yet for a funnel: it takes 5 with enough people "
                       "each at one moment.");
    if (any_missing(t->c, TRUE))
        plx_story_note(t->story, "Not enough months or weeks yet for a control chart: it takes 12 "
                                 "with enough people each at one moment.");
}

static void tell_method(struct telling *t)
{
    const plx_consistency *c = t->c;
    clear(t);
    g_string_append_printf(
        t->text,
        "Agreement: van der Eijk (2001), range by the jackknife. Shares of variation: one-way "
        "random effects from counts (ANOVA for unequal sizes, F ranges); who answers again within "
        "a part counts once. A moment differs by place, channel or month when that share's range "
        "lies above 1 %%; else answers agree, spread somewhat or are wide, when the range of "
        "agreement lies above 0.6, in between, or below 0.4. %u decisions, ranges at %.4g %%: at "
        "most 5 in 100 of those claimed are wrong "
        "(Benjamini and Yekutieli 2005).",
        c->family_size, isfinite(c->adjusted_level) ? 100 * c->adjusted_level : 95);
    plx_story_method(t->story, "Moments", t->text->str);
    clear(t);
    g_string_append_printf(
        t->text,
        "Exact binomial limits (Spiegelhalter 2005), widened where places differ more than chance "
        "makes them; charts of shares are p charts, Laney's where months vary more than chance, of "
        "means XmR. What is named lies outside of limits at %.6g %% for each of %u places and "
        "periods looked at: a wrong name in at most 5 of 100 documents. Against the usual three "
        "sigma about %.1f of the %u periods would stand out by chance.",
        100 * c->limits_level, c->limits_looked_at, 0.0027 * c->periods_looked_at,
        c->periods_looked_at);
    plx_story_method(t->story, "Places and months", t->text->str);
    plx_story_method(
        t->story, "Now good, now bad",
        "The variance of answers to a moment within a place against that within all other places, "
        "with degrees of freedom that know their kurtosis (Box 1953). Moments where places differ "
        "count more, and the mood of who answers is taken out of what the answers of one visit "
        "have in common (score test of a variance component); beside that all moments together "
        "(Fisher), and how much visits of secret shoppers differ, less how strict each is. "
        "Adjusted over the places (Bonferroni, 5 %), and told only where the "
        "spread is at least 1.2 times that elsewhere.");
    plx_story_method(
        t->story, "Visits",
        "A visit's score is the mean of its answers, each against its moment's mean. Variance "
        "between and within places (G-study of visits nested in places; Brennan 2001); enough is "
        "where 70 % of what separates places' means are places.");
}

plx_story *plx_consistency_story(const plx_consistency *c)
{
    plx_story *story = plx_story_new("consistency", "Consistency");
    g_autoptr(GString) text = g_string_new(NULL);
    struct telling t = {.c = c, .story = story, .text = text};
    count_verdicts(&t);
    plx_about_story(&c->about, story);
    tell_lead(&t);
    tell_counts(&t);
    tell_overall(&t);
    tell_wide_places(&t);
    tell_funnels(&t);
    tell_charts(&t);
    tell_visits(&t);
    tell_table(&t);
    tell_missing(&t);
    tell_method(&t);
    return story;
}
