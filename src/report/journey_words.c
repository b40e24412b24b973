/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of one way. */
#include "report/journey.h"

#include "report/words.h"

#include <math.h>

#define NAMED 5 /* moments named in a sentence */

static const char *rule_words(guint rule)
{
    static const char *const words[PLX_RULES] = {
        "the mean of all moments", "the worst moment", "the moment furthest from Expected",
        "the last moment",         "peak and end",     "how many moments were bad"};
    return words[rule];
}

static void append_people(const plx_ways *ways, GString *out)
{
    plx_words_audience_people(ways->about.audience, ways->about.audience_title, out);
}

void plx_journey_append_bad(GString *out, const struct plx_way *way)
{
    const guint decimals = way->bad < 1 ? 2 : 1;
    plx_words_mean_with(out, way->bad, decimals);
    if (isnan(way->bad_ci.lo))
        return;
    g_string_append(out, " (");
    plx_words_range_with(out, way->bad_ci, decimals);
    g_string_append_c(out, ')');
}

/* "43 % (37-49 %)"; one decimal where the range is that narrow: "13.7 % (13.5-13.9 %)". */
static void append_percent(GString *out, double share, struct plx_interval ci)
{
    if (ci.hi - ci.lo < 0.01) {
        plx_words_mean(out, share * 100);
        g_string_append(out, " % (");
        plx_words_range(out, (struct plx_interval){ci.lo * 100, ci.hi * 100});
        g_string_append(out, " %)");
        return;
    }
    plx_words_percent(out, share);
    if (isnan(ci.lo))
        return;
    g_string_append(out, " (");
    plx_words_percent_range(out, ci);
    g_string_append_c(out, ')');
}

static void add_item(plx_story *story, const char *title, GString *text)
{
    g_strchomp(text->str);
    plx_story_item(story, title, text->str);
}

static gboolean is_flagged(const struct plx_way_point *p, gsize flag)
{
    return *(const gboolean *)((const char *)p + flag);
}

static gint by_bad(gconstpointer a, gconstpointer b)
{
    const struct plx_way_point *x = *(const struct plx_way_point *const *)a;
    const struct plx_way_point *y = *(const struct plx_way_point *const *)b;
    if (x->bad != y->bad)
        return x->bad < y->bad ? 1 : -1;
    return x < y ? -1 : x > y;
}

/* Names of the points for which `flag` holds, most bad moments first, at most NAMED; returns how
 * many there are. */
static guint append_names(const struct plx_way *way, gsize flag, GString *out)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    for (guint i = 0; i < way->n_points; i++)
        if (is_flagged(&way->points[i], flag))
            g_ptr_array_add(found, &way->points[i]);
    g_ptr_array_sort(found, by_bad);
    for (guint i = 0; i < MIN(found->len, NAMED); i++)
        g_string_append_printf(out, "%s%s", i ? " · " : "",
                               ((const struct plx_way_point *)found->pdata[i])->title);
    if (found->len > NAMED)
        g_string_append_printf(out, " and %u more", found->len - NAMED);
    return found->len;
}

static void say_sum(const struct plx_way *way, plx_story *story)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_journey_append_bad(text, way);
    g_string_append_printf(text, " per journey, of %u moment%s. ", way->n_shown,
                           way->n_shown == 1 ? "" : "s");
    g_autoptr(GString) names = g_string_new(NULL);
    const guint most = append_names(way, G_STRUCT_OFFSET(struct plx_way_point, most), names);
    if (most > 0)
        g_string_append_printf(text, "Half of them are met at %u: %s. ", most, names->str);
    g_string_truncate(names, 0);
    const guint sure = append_names(way, G_STRUCT_OFFSET(struct plx_way_point, stands_out), names);
    if (sure > 0)
        g_string_append_printf(text, "Surely more than the average moment: %s.", names->str);
    else if (way->n_shown > 1)
        g_string_append(text, "No moment surely makes more than the others.");
    add_item(story, "Bad moments", text);
}

static void say_fine(const struct plx_way *way, plx_story *story)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const struct plx_trip_fine *fine = &way->fine;
    if (way->fine_state != PLX_WAY_SHOWN) {
        g_string_append(text, "For how many everything was fine is not known: ");
        g_string_append(text, way->fine_state == PLX_WAY_ASKED_PARTS
                                  ? "too few were asked about every moment of the way. "
                                  : "these answers do not tell who gave which. ");
        g_string_append(text, "The same bad moments may fall on a few people, or on nearly "
                              "everybody. Only bounds follow: parallax calc frechet.");
        plx_story_item(story, "Everything fine", text->str);
        return;
    }
    if (fine->rated.n) {
        g_string_append(text, "For ");
        append_percent(text, fine->rated.p, fine->rated.ci);
        g_string_append(text, " of ");
        plx_words_count(text, (gint64)fine->rated.n);
        g_string_append(text, " journeys rated at every moment.");
    }
    if (fine->known.n != fine->rated.n) {
        g_string_append(text, fine->rated.n ? " With those that skip some moments, for " : "For ");
        append_percent(text, fine->known.p, fine->known.ci);
        g_string_append(text, " of ");
        plx_words_count(text, (gint64)fine->known.n);
        g_string_append(text, fine->rated.n ? "." : " journeys of which every moment is known.");
    }
    plx_story_item(story, "Everything fine", text->str);
}

static void say_fall(const struct plx_way *way, plx_story *story)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < way->n_points; i++) {
        const struct plx_way_point *p = &way->points[i];
        if (!p->falls_most)
            continue;
        g_string_append_printf(text, "The first bad moment is most often %s: for ", p->title);
        plx_words_percent(text, p->falls.p);
        g_string_append(text, " of the journeys.");
        plx_story_subject(story, p->id);
        plx_story_item(story, "Where it falls", text->str);
    }
    if (way->fine_state == PLX_WAY_SHOWN && !way->ordered)
        plx_story_item(story, "Where it falls",
                       "Without a map nobody knows which moment comes first. A map puts them in "
                       "order (parallax init --from).");
}

static void append_tied(const struct plx_way *way, GString *text)
{
    for (guint k = 0; k < PLX_RULES; k++)
        if ((gint)k != way->rules.best && way->rules.fit[k].tied)
            g_string_append_printf(text, ", %s", rule_words(k));
}

static void append_fit(const struct plx_way *way, GString *text)
{
    const struct plx_trip_rule_fit *fit = &way->rules.fit[way->rules.best];
    g_string_append(text, " (it tells ");
    plx_words_percent(text, MAX(fit->r_squared, 0));
    g_string_append(text, " of how people differ in it, ");
    plx_words_count(text, (gint64)way->rules.n);
    g_string_append(text, " journeys)");
}

static void say_rules(const struct plx_way *way, plx_story *story)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (way->rules_state == PLX_WAY_NO_OVERALL)
        g_string_append(text, "How people feel in the end is not asked here (overall, of the "
                              "journey), so nothing can be said to go with it.");
    else if (way->rules_state == PLX_WAY_ALIKE)
        g_string_append(text, "All feel the same in the end: nothing can go with it.");
    else if (way->rules_state != PLX_WAY_SHOWN)
        g_string_append_printf(text,
                               "Not enough yet: at least %d people are needed who rated two "
                               "moments and how it was as a whole.",
                               PLX_RULE_UNITS);
    else if (!(way->rules.fit[way->rules.best].ci.lo > 0))
        g_string_append(text, "Nothing of the moments surely goes with how people feel in the "
                              "end.");
    else {
        const char *best = rule_words((guint)way->rules.best);
        if (way->rules.alone) {
            g_string_append_printf(text, "How people feel in the end goes best with %s", best);
            append_fit(way, text);
        } else if (way->rules_known) {
            g_string_append_printf(text, "Cannot be told apart here: %s", best);
            append_tied(way, text);
            append_fit(way, text);
        } else {
            g_string_append_printf(text, "Of what was asked, %s", best);
            append_fit(way, text);
            g_string_append(text, "; but nobody was asked about the whole way, so no rule is "
                                  "named");
        }
        g_string_append_c(text, '.');
    }
    plx_story_item(story, "What goes with the end", text->str);
}

static void append_below(const struct plx_scale *scale, GString *out)
{
    if (scale && scale->met != PLX_NO_CUT)
        plx_words_below(out, scale);
    else
        g_string_append(out, "below what was expected");
}

static void say_apart(const struct plx_way *way, plx_story *story)
{
    const struct plx_trip_whole *apart = &way->apart;
    if (way->apart_state != PLX_WAY_SHOWN)
        return;
    g_autoptr(GString) text = g_string_new(NULL);
    if (apart->fine_bad.n) {
        g_string_append(text, "Of ");
        plx_words_count(text, (gint64)apart->fine_bad.n);
        g_string_append(text, way->apart_known
                                  ? " journeys whose every moment was fine, "
                                  : " journeys whose moments were fine as far as asked, ");
        append_percent(text, apart->fine_bad.p, apart->fine_bad.ci);
        g_string_append(text, " are yet ");
        append_below(way->whole.scale, text);
        g_string_append(text, " as a whole. ");
    }
    if (apart->bad_good.n) {
        g_string_append(text, "Of ");
        plx_words_count(text, (gint64)apart->bad_good.n);
        g_string_append(text, " with a bad moment, ");
        append_percent(text, apart->bad_good.p, apart->bad_good.ci);
        g_string_append(text, " are good all the same.");
    }
    if (text->len)
        add_item(story, "Every step fine, journey bad", text);
}

static void say_whole(const struct plx_way *way, plx_story *story)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (way->whole.state == PLX_WAY_SHOWN) {
        g_string_append(text, "In the end people rate it ");
        plx_words_mean(text, way->whole.mean);
        g_string_append(text, " (");
        plx_words_range(text, way->whole.mean_ci);
        g_string_append(text, ")");
        if (!isnan(way->whole.below)) {
            g_string_append(text, "; ");
            append_percent(text, way->whole.below, way->whole.below_ci);
            g_string_append(text, " are ");
            append_below(way->whole.scale, text);
        }
        g_string_append(text, ". ");
    }
    if (way->cards.state == PLX_WAY_SHOWN) {
        g_string_append(text, "Of ");
        plx_words_count(text, way->cards.n);
        g_string_append(text, " cards about the whole, ");
        append_percent(text, way->cards.short_share, way->cards.short_ci);
        g_string_append(text, " say it fell short, ");
        append_percent(text, way->cards.delighted_share, way->cards.delighted_ci);
        g_string_append(text, " that it delighted.");
    }
    if (text->len)
        add_item(story, "As a whole", text);
}

void plx_journey_say(const plx_ways *ways, const struct plx_way *way, plx_story *story)
{
    if (way->state == PLX_WAY_NO_CUT) {
        g_autoptr(GString) text = g_string_new("Their scale does not say what ");
        append_people(ways, text);
        g_string_append(text, " expected (met): no moment can be called bad.");
        plx_story_say(story, text->str);
        return;
    }
    if (way->state != PLX_WAY_SHOWN) {
        plx_story_say(story, "Not enough yet: fewer people than the minimum at every moment.");
        return;
    }
    say_sum(way, story);
    say_fine(way, story);
    say_fall(way, story);
    say_whole(way, story);
    say_rules(way, story);
    say_apart(way, story);
}
