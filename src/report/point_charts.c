/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One point on a page: how answers spread, place by place, month by month. Each drawing is followed
 * by a table that says the same. */
#include "chart/series.h"
#include "chart/small_bars.h"
#include "report/point_parts.h"
#include "report/view.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

#define PLACES_DRAWN 60

/* How answers spread --------------------------------------------------------------------------- */

/* Voices of one scale whose answers are shown, the served first. */
static GPtrArray *alike(const plx_gaps *gaps, const struct plx_gaps_point *point,
                        const struct plx_scale *scale)
{
    GPtrArray *const voices = g_ptr_array_new();
    for (guint pass = 0; pass < 2; pass++)
        for (guint i = point->n_voices; i-- > 0;) {
            const struct plx_voice *voice = &point->voices[i];
            if (gaps->served[voice->audience] == (pass == 0) && voice->counts && voice->scale &&
                plx_scale_same(voice->scale, scale))
                g_ptr_array_add(voices, (gpointer)(guintptr)voice);
        }
    return voices;
}

static double share_at(const struct plx_voice *voice, guint value)
{
    gint64 total = 0;
    for (guint i = 0; i < voice->k; i++)
        total += voice->counts[i];
    return total > 0 ? (double)voice->counts[value] / (double)total : (double)NAN;
}

static char *level_name(const struct plx_scale *scale, guint value)
{
    GString *const name = g_string_new(NULL);
    const int level = scale->min + (int)value;
    if (scale->words) {
        plx_words_level(name, scale, level);
        g_string_append_c(name, ' ');
    }
    g_string_append_printf(name, "%d", level);
    return g_string_free(name, FALSE);
}

static void spread_table(const plx_gaps *gaps, const GPtrArray *voices, char *const *names,
                         const char *caption, plx_story *story)
{
    const struct plx_voice *const first = voices->pdata[0];
    g_autofree struct plx_story_column *columns = g_new(struct plx_story_column, voices->len + 1);
    columns[0] = (struct plx_story_column){"Level", PLX_STORY_TEXT};
    for (guint v = 0; v < voices->len; v++) {
        const struct plx_voice *voice = voices->pdata[v];
        columns[v + 1] = (struct plx_story_column){plx_words_voice(gaps, (gint)voice->audience),
                                                   PLX_STORY_NUMBER};
    }
    plx_story_table(story, caption, columns, voices->len + 1);
    for (guint row = 0; row < first->k; row++) {
        const guint value = first->scale->down ? row : first->k - 1 - row;
        plx_story_cell(story, names[row]);
        for (guint v = 0; v < voices->len; v++) {
            const struct plx_voice *voice = voices->pdata[v];
            g_autoptr(GString) text = g_string_new(NULL);
            plx_words_percent(text, share_at(voice, value));
            g_string_append(text, " (");
            plx_words_count(text, voice->counts[value]);
            g_string_append_c(text, ')');
            plx_story_cell(story, text->str);
        }
    }
}

/* Best on top, a column for each voice. */
static void draw_spread(const plx_gaps *gaps, const GPtrArray *voices, plx_story *story)
{
    const struct plx_voice *const first = voices->pdata[0];
    const guint k = first->k;
    g_auto(GStrv) names = g_new0(char *, (gsize)k + 1);
    g_autofree const char **columns = g_new(const char *, voices->len);
    g_autofree double *values = g_new(double, (gsize)k * voices->len);
    for (guint v = 0; v < voices->len; v++)
        columns[v] =
            plx_words_voice(gaps, (gint)((const struct plx_voice *)voices->pdata[v])->audience);
    for (guint row = 0; row < k; row++) {
        const guint value = first->scale->down ? row : k - 1 - row;
        names[row] = level_name(first->scale, value);
        for (guint v = 0; v < voices->len; v++)
            values[row * voices->len + v] = share_at(voices->pdata[v], value);
    }
    const struct plx_small_bars bars = {.title = "Of 100 answers, how many gave each level",
                                        .description =
                                            "The table that follows holds the same numbers.",
                                        .n_rows = k,
                                        .n_columns = voices->len,
                                        .rows = (const char *const *)names,
                                        .columns = columns,
                                        .values = values};
    plx_story_drawing(story, plx_small_bars_draw(&bars));
    plx_story_legend(story, "Of 100 answers, how many gave each level; the best on top.");
    spread_table(gaps, voices, names, "The same as numbers", story);
}

void plx_point_draw_spread(const plx_gaps *gaps, const struct plx_gaps_point *point,
                           plx_story *story)
{
    g_autoptr(GPtrArray) drawn = g_ptr_array_new();
    for (guint i = point->n_voices; i-- > 0;) {
        const struct plx_voice *voice = &point->voices[i];
        if (!voice->counts || !voice->scale || g_ptr_array_find(drawn, voice, NULL))
            continue;
        g_autoptr(GPtrArray) voices = alike(gaps, point, voice->scale);
        if (drawn->len == 0)
            plx_story_heading(story, "How the answers spread");
        draw_spread(gaps, voices, story);
        for (guint v = 0; v < voices->len; v++)
            g_ptr_array_add(drawn, voices->pdata[v]);
    }
}

/* Place by place ------------------------------------------------------------------------------- */

static void split_table(const plx_gaps *split, const GArray *rows, const char *what,
                        plx_story *story)
{
    const struct plx_story_column columns[] = {{what, PLX_STORY_WIDE},
                                               {"Voice", PLX_STORY_TEXT},
                                               {"Answers", PLX_STORY_NUMBER},
                                               {"Mean (range)", PLX_STORY_NUMBER},
                                               {"Met or exceeded", PLX_STORY_NUMBER}};
    plx_story_table(story, "The same as numbers", columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < rows->len; i++) {
        const struct plx_point_row *row = &g_array_index(rows, struct plx_point_row, i);
        g_autoptr(GString) text = g_string_new(NULL);
        plx_story_cell(story, row->key);
        plx_story_cell(story, plx_words_voice(split, (gint)row->voice->audience));
        plx_words_answers(row->voice, text);
        plx_story_cell(story, text->str);
        g_string_truncate(text, 0);
        plx_words_voice_mean(row->voice, text);
        plx_story_cell(story, text->str);
        g_string_truncate(text, 0);
        plx_words_percent(text, row->voice->met_share);
        plx_story_cell(story, isfinite(row->voice->met_share) ? text->str : NULL);
    }
}

/* In how many places an audience has a share to be drawn. */
static guint drawn_places(const GArray *rows, guint audience)
{
    guint n = 0;
    for (guint i = 0; i < rows->len; i++) {
        const struct plx_point_row *row = &g_array_index(rows, struct plx_point_row, i);
        n += !row->merged && row->voice->audience == audience && isfinite(row->voice->met_share);
    }
    return n;
}

/* The audiences that can be compared place by place, the served first. */
static GArray *drawn_audiences(const plx_gaps *split, const GArray *rows)
{
    GArray *const audiences = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint pass = 0; pass < 2; pass++)
        for (guint a = 0; a < split->n_audiences; a++)
            if (split->served[a] == (pass == 0) && drawn_places(rows, a) > 1)
                g_array_append_val(audiences, a);
    return audiences;
}

/* Of each place one row of small multiples; `values` has all audiences beside each other. */
static guint fill_places(const GArray *rows, const GArray *audiences, const char **names,
                         double *values)
{
    guint n = 0;
    for (guint i = 0; i < rows->len; i++) {
        const struct plx_point_row *row = &g_array_index(rows, struct plx_point_row, i);
        if (row->merged)
            continue;
        if (n == 0 || strcmp(names[n - 1], row->key) != 0) {
            if (n == PLACES_DRAWN)
                break;
            for (guint a = 0; a < audiences->len; a++)
                values[n * audiences->len + a] = (double)NAN;
            names[n++] = row->key;
        }
        for (guint a = 0; a < audiences->len; a++)
            if (g_array_index(audiences, guint, a) == row->voice->audience)
                values[(n - 1) * audiences->len + a] = 1 - row->voice->met_share;
    }
    return n;
}

static void draw_places(const plx_gaps *split, const GArray *rows, const char *title,
                        const char *legend, plx_story *story)
{
    g_autoptr(GArray) audiences = drawn_audiences(split, rows);
    if (audiences->len == 0)
        return;
    g_autofree const char **names = g_new(const char *, rows->len);
    g_autofree const char **columns = g_new(const char *, audiences->len);
    g_autofree double *values = g_new(double, (gsize)rows->len * audiences->len);
    for (guint a = 0; a < audiences->len; a++)
        columns[a] = plx_words_voice(split, (gint)g_array_index(audiences, guint, a));
    const guint n = fill_places(rows, audiences, names, values);
    const struct plx_small_bars bars = {
        .title = title,
        .description = "The table that follows holds the same numbers, and means with ranges.",
        .n_rows = n,
        .n_columns = audiences->len,
        .rows = names,
        .columns = columns,
        .values = values};
    plx_story_drawing(story, plx_small_bars_draw(&bars));
    plx_story_legend(story, legend);
}

void plx_point_draw_places(const plx_gaps *split, gboolean funnel, plx_story *story)
{
    if (!split || split->n_groups < 2)
        return;
    g_autoptr(GArray) rows = plx_point_split_rows(split, FALSE);
    if (rows->len == 0)
        return;
    plx_story_heading(story, "Place by place");
    draw_places(split, rows, "Short of what was expected, of 100 answers, place by place",
                funnel ? "Of 100 answers, how many fall short of what was expected. Few answers "
                         "lie far apart by chance alone: the funnel below says which places do not."
                       : "Of 100 answers, how many fall short of what was expected. Few answers "
                         "lie far apart by chance alone.",
                story);
    split_table(split, rows, "Place", story);
}

void plx_point_draw_channels(const plx_gaps *split, plx_story *story)
{
    if (!split || split->n_groups < 2)
        return;
    g_autoptr(GArray) rows = plx_point_split_rows(split, FALSE);
    if (rows->len == 0)
        return;
    plx_story_heading(story, "Channel by channel");
    draw_places(split, rows, "Short of what was expected, of 100 answers, channel by channel",
                "Of 100 answers, how many fall short of what was expected.", story);
    split_table(split, rows, "Channel", story);
}

/* Month by month ------------------------------------------------------------------------------- */

static void draw_months(const plx_gaps *split, gint served, plx_story *story)
{
    const guint n = split->n_groups;
    g_autofree const char **names = g_new(const char *, n);
    g_autofree double *value = g_new(double, n), *lo = g_new(double, n), *hi = g_new(double, n);
    const struct plx_scale *scale = NULL;
    for (guint g = 0; g < n; g++) {
        const struct plx_gaps_group *group = &split->groups[g];
        const struct plx_voice *voice =
            group->n_points ? plx_view_voice(&group->points[0], served) : NULL;
        const gboolean there = voice && voice->suppressed == PLX_SHOWN && isfinite(voice->mean);
        names[g] = plx_words_key(group->key);
        value[g] = there ? voice->mean : (double)NAN;
        lo[g] = there ? voice->mean_ci.lo : (double)NAN;
        hi[g] = there ? voice->mean_ci.hi : (double)NAN;
        scale = there ? voice->scale : scale;
    }
    if (!scale)
        return;
    g_autoptr(GString) met = g_string_new(NULL);
    g_autoptr(GString) title = g_string_new(NULL);
    const gboolean cut = scale->met != PLX_NO_CUT;
    if (cut)
        plx_words_level(met, scale, scale->met);
    plx_words_people_first(split, served, title);
    g_string_append(title, " month by month");
    const struct plx_series_chart chart = {
        .title = title->str,
        .desc = "Mean with its range. The numbers stand in the table that follows.",
        .n = n,
        .names = names,
        .value = value,
        .lo = lo,
        .hi = hi,
        .min = scale->min,
        .max = scale->max,
        .met = cut ? scale->met : (double)NAN,
        .met_label = cut ? met->str : NULL};
    plx_story_drawing(story, plx_series_draw(&chart, "point-months"));
    g_string_append(title, ": the mean, and the range it lies in.");
    plx_story_legend(story, title->str);
}

void plx_point_draw_months(const plx_gaps *split, plx_story *story)
{
    const gint served = split ? plx_view_served(split) : -1;
    if (!split || split->n_groups < 2)
        return;
    g_autoptr(GArray) rows = plx_point_split_rows(split, FALSE);
    if (rows->len == 0)
        return;
    plx_story_heading(story, "Month by month");
    if (served >= 0)
        draw_months(split, served, story);
    split_table(split, rows, "Month", story);
}
