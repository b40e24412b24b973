/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/friction.h"

#include "chart/small_bars.h"
#include "report/about.h"
#include "report/friction_words.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

#define TOLD_MAX 5   /* moments told in full */
#define TOPS 2       /* moments named per group */
#define DRAWN_MAX 40 /* rows of the drawing */

/* Does any point have this part? */
static gboolean has_part(const plx_friction *friction, enum plx_friction_kind kind)
{
    for (guint p = 0; p < friction->n_points; p++) {
        const struct plx_friction_part *part = &friction->points[p].parts[kind];
        if (part->n != PLX_NO_COUNT || part->suppressed)
            return TRUE;
    }
    return FALSE;
}

static void tell_points(const plx_friction *friction, plx_story *story)
{
    guint told = 0;
    for (guint p = 0; p < friction->n_points && told < TOLD_MAX; p++) {
        const struct plx_friction_point *point = &friction->points[p];
        if (!isfinite(point->figure.share))
            break;
        if (told++ == 0)
            plx_story_heading(story, friction->n_points > 1 ? "Where there is most of it"
                                                            : "What it is made of");
        g_autoptr(GString) text = g_string_new(NULL);
        plx_friction_point_text(friction, point, text);
        plx_story_subject(story, point->point);
        plx_story_item(story, point->title, text->str);
    }
}

static void tell_unseen(const plx_friction *friction, plx_story *story)
{
    gboolean first = TRUE;
    for (guint p = 0; p < friction->n_points; p++) {
        const struct plx_friction_point *point = &friction->points[p];
        if (!point->n_unseen)
            continue;
        if (first)
            plx_story_heading(story, "Much friction that is not seen yet");
        first = FALSE;
        g_autoptr(GString) text = g_string_new(NULL);
        plx_friction_unseen_text(friction, point, text);
        plx_story_subject(story, point->point);
        plx_story_item(story, point->title, text->str);
    }
}

/* Anything but dashes: the number, or one of the parts. */
static gboolean has_number(const struct plx_friction_point *point)
{
    return isfinite(point->figure.share);
}

static gboolean has_some_part(const struct plx_friction_point *point)
{
    for (enum plx_friction_kind k = 0; k < PLX_FRICTION_KINDS; k++)
        if (isfinite(point->parts[k].share))
            return TRUE;
    return FALSE;
}

/* A sentence for what would be rows of dashes. */
static void tell_left_out(guint left_out, guint n, plx_story *story)
{
    if (left_out == 0)
        return;
    g_autofree char *text =
        g_strdup_printf("%u of %u moments %s left out: too few answers to show a number.", left_out,
                        n, left_out == 1 ? "is" : "are");
    plx_story_quiet(story, text);
}

static guint count_with(const plx_friction *friction,
                        gboolean (*has)(const struct plx_friction_point *))
{
    guint n = 0;
    for (guint p = 0; p < friction->n_points; p++)
        n += has(&friction->points[p]) ? 1 : 0;
    return n;
}

static void table_of_figures(const plx_friction *friction, plx_story *story)
{
    static const struct plx_story_column columns[] = {{"moment", PLX_STORY_WIDE},
                                                      {"of 100", PLX_STORY_NUMBER},
                                                      {"range", PLX_STORY_NUMBER},
                                                      {"place", PLX_STORY_NUMBER},
                                                      {"answers", PLX_STORY_NUMBER}};
    const guint shown = count_with(friction, has_number);
    if (shown == 0)
        return;
    plx_story_table(story, "How many met friction, of 100 at each moment, most first", columns,
                    G_N_ELEMENTS(columns));
    for (guint p = 0; p < friction->n_points; p++) {
        const struct plx_friction_point *point = &friction->points[p];
        if (!has_number(point))
            continue;
        g_autoptr(GString) number = g_string_new(NULL), range = g_string_new(NULL);
        g_autoptr(GString) rank = g_string_new(NULL), n = g_string_new(NULL);
        plx_friction_number(number, &point->figure);
        plx_friction_range(range, point->figure.ci);
        plx_friction_rank(rank, point);
        plx_words_count(n, point->figure.n);
        plx_story_subject(story, point->point);
        plx_story_cell(story, point->title);
        plx_story_cell(story, number->str);
        plx_story_cell(story, range->len ? range->str : NULL);
        plx_story_cell(story, rank->str);
        plx_story_cell(story, n->str);
    }
    tell_left_out(friction->n_points - shown, friction->n_points, story);
}

/* What the words over the columns mean. */
static void explain_parts(const plx_friction *friction, plx_story *story)
{
    const gboolean floor = has_part(friction, PLX_FRICTION_FLOOR);
    const gboolean words = has_part(friction, PLX_FRICTION_WAITING);
    g_autoptr(GString) text = g_string_new(NULL);
    if (floor)
        g_string_append(text,
                        "Very bad: the lowest level, or from what the map calls the floor on.");
    if (words)
        g_string_append_printf(text,
                               "%sWaiting, again: of 100 who wrote about the moment, those "
                               "who wrote of waiting, or of doing it again.",
                               floor ? " " : "");
    if (text->len && count_with(friction, has_some_part) > 0)
        plx_story_quiet(story, text->str);
}

static void table_of_parts(const plx_friction *friction, plx_story *story)
{
    struct plx_story_column columns[PLX_FRICTION_KINDS + 1] = {{"moment", PLX_STORY_WIDE}};
    enum plx_friction_kind kinds[PLX_FRICTION_KINDS];
    guint n = 0;
    for (enum plx_friction_kind k = 0; k < PLX_FRICTION_KINDS; k++) {
        if (!has_part(friction, k))
            continue;
        columns[n + 1] = (struct plx_story_column){plx_friction_column(k), PLX_STORY_NUMBER};
        kinds[n++] = k;
    }
    if (!n || count_with(friction, has_some_part) == 0)
        return;
    plx_story_table(story, "Its parts, each of 100 who were asked", columns, n + 1);
    for (guint p = 0; p < friction->n_points; p++) {
        if (!has_some_part(&friction->points[p]))
            continue;
        plx_story_subject(story, friction->points[p].point);
        plx_story_cell(story, friction->points[p].title);
        for (guint i = 0; i < n; i++) {
            g_autoptr(GString) number = g_string_new(NULL);
            plx_friction_of_100(number, friction->points[p].parts[kinds[i]].share);
            plx_story_cell(story, number->str);
        }
    }
}

static void draw(const plx_friction *friction, plx_story *story)
{
    const guint rows = MIN(friction->n_points, DRAWN_MAX);
    struct plx_small_bars bars = {.title = "Friction at each moment and its parts, of 100",
                                  .description = "The same numbers stand in the tables below.",
                                  .n_rows = rows};
    const char *columns[PLX_FRICTION_KINDS + 1] = {"friction"};
    g_autofree const char **names = g_new(const char *, rows + 1);
    g_autofree double *values = g_new(double, (gsize)rows *(PLX_FRICTION_KINDS + 1) + 1);
    guint n = 1;
    for (enum plx_friction_kind k = 0; k < PLX_FRICTION_KINDS; k++)
        if (has_part(friction, k))
            columns[n++] = plx_friction_column(k);
    if (rows == 0 || n < 2)
        return;
    gsize at = 0;
    for (guint p = 0; p < rows; p++) {
        names[p] = friction->points[p].title;
        values[at++] = friction->points[p].figure.share;
        for (enum plx_friction_kind k = 0; k < PLX_FRICTION_KINDS; k++)
            if (has_part(friction, k))
                values[at++] = friction->points[p].parts[k].share;
    }
    bars.n_columns = n;
    bars.columns = columns;
    bars.rows = names;
    bars.values = values;
    plx_story_drawing(story, plx_small_bars_draw(&bars));
}

/* One moment was asked for: a line per group. */
static void groups_of_one(const plx_friction *friction, plx_story *story, const char *caption)
{
    const struct plx_story_column columns[] = {{friction->about.by, PLX_STORY_WIDE},
                                               {"of 100", PLX_STORY_NUMBER},
                                               {"range", PLX_STORY_NUMBER},
                                               {"answers", PLX_STORY_NUMBER}};
    plx_story_table(story, caption, columns, G_N_ELEMENTS(columns));
    for (guint g = 0; g < friction->n_groups; g++) {
        const struct plx_friction_group *group = &friction->groups[g];
        const struct plx_friction_figure none = {.share = NAN, .ci = {NAN, NAN}, .n = PLX_NO_COUNT};
        const struct plx_friction_figure *figure = group->n_points ? &group->figures[0] : &none;
        g_autoptr(GString) number = g_string_new(NULL), range = g_string_new(NULL);
        g_autoptr(GString) n = g_string_new(NULL);
        plx_friction_number(number, figure);
        plx_friction_range(range, figure->ci);
        plx_words_count(n, figure->n);
        plx_story_cell(story, plx_words_key(group->key));
        plx_story_cell(story, number->str);
        plx_story_cell(story, range->len ? range->str : NULL);
        plx_story_cell(story, n->str);
    }
}

static void cell_of_top(const plx_friction *friction, const struct plx_friction_group *group,
                        guint i, plx_story *story)
{
    if (i >= group->n_points || !isfinite(group->figures[i].share)) {
        plx_story_cell(story, NULL);
        return;
    }
    g_autoptr(GString) text = g_string_new(NULL);
    plx_friction_number(text, &group->figures[i]);
    g_string_append(text, " (");
    plx_friction_range(text, group->figures[i].ci);
    g_string_append_printf(text, ") %s", friction->points[group->points[i]].title);
    plx_story_cell(story, text->str);
}

static void groups_of_many(const plx_friction *friction, plx_story *story, const char *caption)
{
    const struct plx_story_column columns[] = {
        {friction->about.by, PLX_STORY_TEXT}, {"most", PLX_STORY_WIDE}, {"second", PLX_STORY_WIDE}};
    plx_story_table(story, caption, columns, G_N_ELEMENTS(columns));
    for (guint g = 0; g < friction->n_groups; g++) {
        plx_story_cell(story, plx_words_key(friction->groups[g].key));
        for (guint i = 0; i < TOPS; i++)
            cell_of_top(friction, &friction->groups[g], i, story);
    }
}

static void tell_groups(const plx_friction *friction, plx_story *story)
{
    if (!friction->n_groups)
        return;
    g_autofree char *caption = g_strdup_printf("By %s, of 100 at the moment", friction->about.by);
    if (friction->n_points == 1)
        groups_of_one(friction, story, caption);
    else
        groups_of_many(friction, story, caption);
    if (friction->n_points > 1)
        plx_story_quiet(story,
                        "Order in a group is as the numbers fall: where their ranges overlap "
                        "it says nothing. All of them are in the .csv and .json.");
}

static void tell_method(const plx_friction *friction, plx_story *story)
{
    static const char *const methods[][2] = {
        {"The number",
         "Those below the cut of the level, of all who gave one; and of the others, those with "
         "further friction, of those who were asked the rest. What fewer than 8 in 10 moments ask "
         "about is not in the number at any of them, only among the parts: a moment is not worse "
         "because more was asked there. “At least”: something that counts elsewhere was not asked "
         "here, and no place is given; or too few were content with the moment to show what they "
         "met besides: then the range reaches up to 100."},
        {"Ranges", "95 % ranges of shares after Wilson (1927), wider where the same people "
                   "answered more than "
                   "once; the two of the number together after Zou and Donner (2008)."},
        {"Place",
         "Moments stand in the order of their numbers, those from few answers drawn towards the "
         "middle. With ranges that hold for all moments together (Bonferroni), a moment is placed "
         "behind "
         "those only whose range is wholly above its own (Klein, Wright and Wieczorek 2020). 2–5 "
         "means: it may be second to fifth."},
        {"Complaints and words",
         "Complaints: of 100 visits in which the moment was met, in how many one was written. "
         "Waiting, again: of 100 people who wrote about the moment, whose words are in the list of "
         "their language (docs/methods/friction.md). A word counts whatever is said about it."},
        {"Much, and not seen", "Much: surely more than 25 of 100, and surely among the half of the "
                               "moments with most. Not "
                               "seen: there, leaders or staff rate clearly higher, or guess "
                               "clearly more, as the gaps say "
                               "it."},
    };
    for (guint i = 0; i < G_N_ELEMENTS(methods); i++)
        plx_story_method(story, methods[i][0], methods[i][1]);
    g_autofree char *family =
        g_strdup_printf("%u moments are placed together, with ranges of %.2f %%.", friction->family,
                        friction->adjusted_level * 100);
    plx_story_method(story, "Looked at together", family);
}

plx_story *plx_friction_story(const plx_friction *friction)
{
    plx_story *story = plx_story_new("friction", "Friction");
    g_autoptr(GString) lead = g_string_new(NULL), meaning = g_string_new(NULL);
    plx_friction_lead(friction, lead);
    plx_friction_meaning(friction, meaning);
    plx_story_lead(story, lead->str);
    plx_about_story(&friction->about, story);
    plx_story_quiet(story, meaning->str);
    tell_points(friction, story);
    tell_unseen(friction, story);
    draw(friction, story);
    if (friction->n_points) {
        table_of_figures(friction, story);
        table_of_parts(friction, story);
        explain_parts(friction, story);
        plx_friction_ticks_table(friction, story);
    }
    tell_groups(friction, story);
    tell_method(friction, story);
    return story;
}
