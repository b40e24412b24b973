/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/drivers.h"

#include "report/about.h"
#include "report/drivers_words.h"
#include "report/words.h"

#include <math.h>

/* Whose numbers are told. */
struct telling {
    const plx_drivers *drivers;
    plx_gaps *frame;
    plx_story *story;
};

static void say(struct telling *t, GString *text)
{
    if (text->len)
        plx_story_say(t->story, text->str);
    g_string_free(text, TRUE);
}

static void tell_lead(struct telling *t)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_drivers_words_lead(t->drivers, t->frame, text);
    plx_story_lead(t->story, text->str);
    plx_about_story(&t->drivers->about, t->story);
}

static void tell_named(struct telling *t, const struct plx_drivers_part *p)
{
    for (guint i = 0; i < p->n_points; i++) {
        const struct plx_driver *d = &p->points[i];
        if (!d->named)
            continue;
        g_autoptr(GString) text = g_string_new(NULL);
        plx_drivers_words_named(t->drivers, d, text);
        plx_story_subject(t->story, d->point);
        plx_story_item(t->story, d->title, text->str);
    }
}

static const struct plx_story_column columns[] = {
    {"Point", PLX_STORY_WIDE},        {"Share", PLX_STORY_NUMBER},       {"Range", PLX_STORY_TEXT},
    {"Mood alone", PLX_STORY_NUMBER}, {"Beyond mood", PLX_STORY_NUMBER}, {"Range", PLX_STORY_TEXT},
    {"People", PLX_STORY_NUMBER},
};

static void cell(struct telling *t, GString *text)
{
    plx_story_cell(t->story, text->len ? text->str : NULL);
    g_string_truncate(text, 0);
}

static void tell_row(struct telling *t, const struct plx_driver *d)
{
    g_autoptr(GString) text = g_string_new(d->named ? "* " : NULL);
    g_string_append(text, d->title);
    plx_story_subject(t->story, d->point);
    cell(t, text);
    plx_words_percent(text, d->share);
    cell(t, text);
    plx_words_percent_range(text, d->share_ci);
    cell(t, text);
    plx_words_percent(text, d->mood_share);
    cell(t, text);
    plx_words_difference_with(text, d->beyond, 2);
    cell(t, text);
    plx_drivers_words_ends(d->beyond_ci, 2, text);
    cell(t, text);
    plx_words_count(text, d->persons);
    cell(t, text);
}

/* Points at which it is decided whether low or high answers stand apart, and those named. */
static gboolean is_shaped(const struct plx_driver *d)
{
    return d->named || d->shape == PLX_SHAPE_HURTS_BELOW || d->shape == PLX_SHAPE_PLEASES_ABOVE ||
           d->shape == PLX_SHAPE_BOTH || d->shape == PLX_SHAPE_NEITHER;
}

static const struct plx_story_column sides[] = {
    {"Point", PLX_STORY_WIDE},    {"Low", PLX_STORY_NUMBER},  {"Range", PLX_STORY_TEXT},
    {"People", PLX_STORY_NUMBER}, {"High", PLX_STORY_NUMBER}, {"Range", PLX_STORY_TEXT},
    {"People", PLX_STORY_NUMBER}, {"Shows", PLX_STORY_TEXT},
};

static void tell_side(struct telling *t, gint64 persons, double value, struct plx_interval ci)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_words_difference(text, value);
    cell(t, text);
    plx_drivers_words_ends(ci, 1, text);
    cell(t, text);
    plx_words_count(text, persons);
    cell(t, text);
}

static void tell_sides(struct telling *t, const struct plx_drivers_part *p)
{
    guint n = 0;
    for (guint i = 0; i < p->n_points; i++)
        n += p->points[i].rank && is_shaped(&p->points[i]) ? 1 : 0;
    if (n == 0)
        return;
    plx_story_table(t->story, "Low and high answers, against those between", sides,
                    G_N_ELEMENTS(sides));
    for (guint i = 0; i < p->n_points; i++) {
        const struct plx_driver *d = &p->points[i];
        if (!d->rank || !is_shaped(d))
            continue;
        plx_story_subject(t->story, d->point);
        plx_story_cell(t->story, d->title);
        tell_side(t, d->low_persons, d->penalty, d->penalty_ci);
        tell_side(t, d->high_persons, d->reward, d->reward_ci);
        plx_story_cell(t->story, plx_drivers_words_shape(d->shape));
    }
}

static void tell_table(struct telling *t, guint part)
{
    const struct plx_drivers_part *p = &t->drivers->parts[part];
    plx_svg *chart = plx_drivers_chart(t->drivers, part);
    if (chart)
        plx_story_drawing(t->story, chart);
    plx_story_table(t->story, p->transaction_title ? p->transaction_title : p->journey_title,
                    columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < p->n_points; i++)
        if (p->points[i].rank)
            tell_row(t, &p->points[i]);
    tell_sides(t, p);
    g_autoptr(GString) key = g_string_new(NULL);
    plx_drivers_words_key(t->drivers, key);
    plx_story_quiet(t->story, key->str);
}

static void tell_part(struct telling *t, guint part)
{
    const struct plx_drivers_part *p = &t->drivers->parts[part];
    g_autofree char *heading =
        p->transaction_title ? g_strdup_printf("%s: %s", p->journey_title, p->transaction_title)
                             : g_strdup(p->journey_title);
    plx_story_heading(t->story, heading);
    GString *text = g_string_new(NULL);
    plx_drivers_words_evidence(t->drivers, t->frame, p, text);
    say(t, text);
    if (p->state == PLX_DRIVER_SHOWN) {
        text = g_string_new(NULL);
        plx_drivers_words_mood(t->drivers, p, text);
        say(t, text);
        tell_named(t, p);
        tell_table(t, part);
    }
    text = g_string_new(NULL);
    plx_drivers_words_left_out(p, text);
    say(t, text);
}

static void tell_views(struct telling *t)
{
    plx_story_heading(t->story, "What is thought to matter");
    if (t->drivers->n_views == 0)
        plx_story_say(t->story,
                      "Nobody was asked yet. Ask leaders and staff how important each "
                      "point is (importance, 1 to 5): then their order stands here beside "
                      "this one.");
    for (guint i = 0; i < t->drivers->n_views; i++) {
        g_autoptr(GString) who = g_string_new(NULL);
        GString *text = g_string_new(NULL);
        plx_drivers_words_view(t->drivers, t->frame, &t->drivers->views[i], who, text);
        plx_story_item(t->story, who->str, text->str);
        g_string_free(text, TRUE);
    }
}

static const struct plx_words_method methods[] = {
    {"What a share is",
     "How much of the differences in the whole goes with a point, other answers alike: R squared "
     "shared out by Lindeman, Merenda and Gold's averages over all orders (20 points and fewer) "
     "or Johnson's relative weights (more). Correlations are taken over those who answered both; "
     "where points are asked by lot, what pairs share beyond mood is kept only as far as it is "
     "more than noise (Ledoit and Wolf; Schäfer and Strimmer)."},
    {"What mood is",
     "One factor that all answers of a person have in common (minimum residuals), found between "
     "transactions where there are three. Beyond mood: what a point's own part has in common with "
     "the part of the whole that mood leaves, in standard deviations."},
    {"When a point is named",
     "When the interval beyond mood lies above 0.05. At most one in twenty of the names of a "
     "document is expected to be wrong (Benjamini and Yekutieli); where nothing but mood is at "
     "work, at most one document in twenty names anything."},
    {"Low and high answers",
     "The whole of those below Expected, and of those above Desired, against those between, mood "
     "and the other points alike (as far as what they share is more than noise). Intervals hold "
     "for both sides of all points together (Bonferroni)."},
    {"Intervals", "Jackknife over 64 parts of the people drawn by lot, so that several answers of "
                  "one person are no more than one, and what was not asked widens them."},
    {NULL, NULL},
};

plx_story *plx_drivers_story(const plx_drivers *drivers)
{
    g_autoptr(plx_gaps) frame = plx_about_frame(&drivers->about);
    struct telling t = {drivers, frame, plx_story_new("drivers", "What goes with the whole")};
    tell_lead(&t);
    plx_story_quiet(t.story, "To go together is not to cause. A change shows what it does only by "
                             "a trial.");
    for (guint i = 0; i < drivers->n_parts; i++)
        tell_part(&t, i);
    tell_views(&t);
    for (guint i = 0; methods[i].heading; i++)
        plx_story_method(t.story, methods[i].heading, methods[i].text);
    return t.story;
}
