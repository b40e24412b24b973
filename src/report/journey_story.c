/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/way.h"
#include "report/about.h"
#include "report/journey.h"
#include "report/words.h"

#include <math.h>

static void append_name(const struct plx_way *way, GString *out)
{
    if (way->title)
        g_string_append_printf(out, "%s: ", way->title);
}

/* "Order: customers meet 3.9 bad moments on the way. Return: 0.74." */
static void say_lead(const plx_ways *ways, plx_story *story)
{
    g_autoptr(GString) text = g_string_new(NULL);
    guint told = 0;
    for (guint i = 0; i < ways->n; i++) {
        const struct plx_way *way = &ways->ways[i];
        if (way->state != PLX_WAY_SHOWN)
            continue;
        if (told)
            g_string_append_c(text, ' ');
        if (ways->n > 1)
            append_name(way, text);
        if (told == 0) {
            const gsize at = text->len;
            plx_words_audience_people(ways->about.audience, ways->about.audience_title, text);
            if (at == 0)
                plx_words_capital(text, at);
            g_string_append(text, " meet ");
        }
        if (way->bad > 0)
            plx_words_mean_with(text, way->bad, way->bad < 1 ? 2 : 1);
        else
            g_string_append(text, "no");
        if (told == 0)
            g_string_append(text, " bad moments on one journey");
        g_string_append_c(text, '.');
        told++;
    }
    plx_story_lead(story, told ? text->str : "Not enough yet to follow people along their way.");
}

static void say_meaning(const plx_ways *ways, plx_story *story)
{
    g_autoptr(GString) text = g_string_new("A moment is bad where its mark is ");
    if (!ways->scale || ways->scale->met == PLX_NO_CUT)
        return;
    plx_words_below(text, ways->scale);
    g_string_append(text, ". How many of them people meet follows from the shares, whoever they "
                          "fall on.");
    plx_story_quiet(story, text->str);
}

static void draw(const struct plx_way *way, plx_story *story)
{
    g_autofree struct plx_way_row *rows = g_new0(struct plx_way_row, way->n_points + 1);
    guint n = 0;
    for (guint i = 0; i < way->n_points; i++) {
        const struct plx_way_point *p = &way->points[i];
        if (!p->suppressed)
            rows[n++] = (struct plx_way_row){p->title, p->below, p->still_fine.p,
                                             p->still_fine.ci.lo, p->still_fine.ci.hi};
    }
    g_autofree char *label =
        g_strdup_printf("Along the way%s%s: the share that fell below at each of %u moments%s. The "
                        "table below has the numbers.",
                        way->title ? " of " : "", way->title ? way->title : "", n,
                        n && isfinite(rows[0].fine) ? ", and the share still fine after it" : "");
    plx_story_drawing(story, plx_way_draw(rows, n, label));
}

static void add_percent(plx_story *story, double share)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (!isnan(share))
        plx_words_percent(text, share);
    plx_story_cell(story, text->len ? text->str : NULL);
}

static void add_row(const struct plx_way *way, const struct plx_way_point *p, plx_story *story)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_story_subject(story, p->suppressed ? NULL : p->id);
    plx_story_cell(story, p->title);
    if (p->suppressed) {
        for (guint i = 0; i < (way->fine_state == PLX_WAY_SHOWN && way->ordered ? 4 : 3); i++)
            plx_story_cell(story, NULL);
        return;
    }
    plx_words_percent(text, p->below);
    g_string_append(text, " (");
    plx_words_percent_range(text, p->below_ci);
    g_string_append_c(text, ')');
    plx_story_cell(story, text->str);
    /* An estimated reach may lie a little above 1, but not more are bad than met it. */
    plx_story_cellf(story, "%.0f", MIN(p->bad, p->below * p->met) * 100);
    if (way->fine_state == PLX_WAY_SHOWN && way->ordered)
        add_percent(story, p->still_fine.p);
    g_string_truncate(text, 0);
    plx_words_count(text, p->n);
    plx_story_cell(story, text->str);
}

static void add_table(const struct plx_way *way, plx_story *story)
{
    const gboolean curve = way->fine_state == PLX_WAY_SHOWN && way->ordered;
    struct plx_story_column columns[5] = {
        {"moment", PLX_STORY_WIDE}, {"fell below", PLX_STORY_NUMBER}, {"of 100", PLX_STORY_NUMBER}};
    guint n = 3;
    if (curve)
        columns[n++] = (struct plx_story_column){"still fine", PLX_STORY_NUMBER};
    columns[n++] = (struct plx_story_column){"answers", PLX_STORY_NUMBER};
    plx_story_table(story, "Moment by moment: of 100 journeys so many are bad here", columns, n);
    for (guint i = 0; i < way->n_points; i++)
        add_row(way, &way->points[i], story);
}

static void add_methods(const plx_ways *ways, plx_story *story)
{
    plx_story_method(
        story, "Bad moments",
        "The sum over moments of the share below met among those who met it, times the "
        "share who met it (the others said na), times the share of journeys that lead "
        "past it (from asked_p; all where it is not given). The range is linearised "
        "over persons where answers are linked; otherwise as if all answers of a "
        "person went the same way, which is too wide. A moment stands out when its own "
        "range, widened for looking at all of them (Bonferroni), lies above the "
        "average moment.");
    g_autofree char *linked = g_strdup_printf(
        "A journey is what one person said of it on one occasion, linked by the %s. Only journeys "
        "of which every moment is known (rated, or na) tell for how many everything was fine. "
        "Ranges: Wilson 1927, over persons.",
        ways->by_person ? "respondent" : "encounter");
    plx_story_method(story, "Everything fine", linked);
    g_autofree char *rules = g_strdup_printf(
        "A straight line over each rule, fitted to nine tenths of the people and tried on the "
        "rest, "
        "ten times; rules whose difference in R squared may be below %g are not told apart (paired "
        "ranges, Bonferroni over all pairs). Mean and worst or peak and end are often too alike to "
        "tell (Cojuharenco and Ryvkin 2008). What goes together is not yet cause and effect.",
        PLX_RULE_MARGIN);
    plx_story_method(story, "What goes with the end", rules);
}

plx_story *plx_journey_story(const plx_ways *ways)
{
    plx_story *story = plx_story_new("journey", "The whole journey");
    plx_about_story(&ways->about, story);
    say_lead(ways, story);
    say_meaning(ways, story);
    for (guint i = 0; i < ways->n; i++) {
        const struct plx_way *way = &ways->ways[i];
        if (way->title)
            plx_story_heading(story, way->title);
        plx_journey_say(ways, way, story);
        if (way->state != PLX_WAY_SHOWN)
            continue;
        draw(way, story);
        add_table(way, story);
    }
    add_methods(ways, story);
    return story;
}
