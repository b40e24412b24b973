/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/verdict_weeks.h"

#include "base/date.h"
#include "base/number.h"
#include "chart/series.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

#define ROWS_MOST 20
#define WEEK 7

/* Weeks from..until-1 of the trial, told as one. */
struct row {
    guint from, until;
    char *key;
    gboolean partly; /* weeks of fewer people than may be shown are left out of it */
    struct plx_trial_figure side[2]; /* added up of what may be shown; `reached` is not */
};

static gboolean is_empty(const struct plx_trial_week *week)
{
    return week->side[0].n == 0 && week->side[1].n == 0;
}

/* Weeks up to the last with answers. */
static guint count_weeks(const plx_trial *trial)
{
    guint n = trial->n_weeks;
    while (n > 0 && is_empty(&trial->weeks[n - 1]))
        n--;
    return n;
}

/* The week in which the step begins; all of them where it is not among them. */
static guint find_start(const plx_trial *trial, guint n)
{
    guint i = 0;
    while (i < n && trial->weeks[i].monday + WEEK <= trial->start)
        i++;
    return i;
}

static guint rows_of(guint weeks, guint each)
{
    return (weeks + each - 1) / each;
}

/* *partly becomes TRUE where some weeks of it may be shown and some not. */
static struct plx_trial_figure add_up(const plx_trial *trial, guint from, guint until, guint side,
                                      gboolean *partly)
{
    struct plx_trial_figure sum = {0, 0, 0, PLX_NAN};
    gboolean hidden = FALSE;
    for (guint i = from; i < until; i++) {
        const struct plx_trial_figure *const week = &trial->weeks[i].side[side];
        hidden = hidden || week->n < 0;
        if (week->n <= 0 || !isfinite(week->mean))
            continue;
        sum.n += week->n;
        sum.mean += (double)week->n * week->mean;
    }
    sum.mean = sum.n > 0 ? sum.mean / (double)sum.n : PLX_NAN;
    *partly = *partly || (hidden && sum.n > 0);
    if (sum.n == 0 && hidden)
        sum.n = -1;
    return sum;
}

/* "2026-W05", "2026-W05–W08", "2025-W51–2026-W02". */
static char *name_row(const plx_trial *trial, guint from, guint until)
{
    const char *const first = trial->weeks[from].key, *const last = trial->weeks[until - 1].key;
    if (until == from + 1)
        return g_strdup(first);
    const gboolean year = strncmp(first, last, 5) == 0;
    return g_strdup_printf("%s–%s", first, year ? last + 5 : last);
}

static void free_row(gpointer data)
{
    struct row *row = data;
    g_free(row->key);
    g_free(row);
}

static void add_row(GPtrArray *rows, const plx_trial *trial, guint from, guint until)
{
    struct row *const row = g_new0(struct row, 1);
    row->from = from;
    row->until = until;
    row->key = name_row(trial, from, until);
    for (guint side = 0; side < 2; side++)
        row->side[side] = add_up(trial, from, until, side, &row->partly);
    g_ptr_array_add(rows, row);
}

/* No row has weeks from before the start and after it. */
static GPtrArray *make_rows(const plx_trial *trial, guint *start)
{
    GPtrArray *const rows = g_ptr_array_new_with_free_func(free_row);
    const guint n = count_weeks(trial), before = find_start(trial, n), after = n - before;
    guint each = 1;
    while (rows_of(before, each) + rows_of(after, each) > ROWS_MOST)
        each++;
    for (guint r = rows_of(before, each); r > 0; r--) {
        const guint until = before - (r - 1) * each;
        add_row(rows, trial, until > each ? until - each : 0, until);
    }
    *start = rows->len;
    for (guint i = before; i < n; i += each)
        add_row(rows, trial, i, MIN(i + each, n));
    return rows;
}

static gboolean holds(const plx_trial *trial, const struct row *row, gint32 day)
{
    return trial->weeks[row->from].monday <= day &&
           day < trial->weeks[row->until - 1].monday + WEEK;
}

/* "start", "look 1": what happened in it. */
static char *events_of(const plx_trial *trial, const struct row *row)
{
    GString *const text = g_string_new(NULL);
    if (holds(trial, row, trial->start))
        g_string_append(text, "start");
    for (guint i = 0; i < trial->step->plan->n_looks; i++)
        if (holds(trial, row, trial->step->plan->looks[i].day))
            g_string_append_printf(text, "%slook %u", text->len ? ", " : "", i + 1);
    return g_string_free(text, FALSE);
}

void plx_verdict_cells(plx_story *story, const struct plx_trial_figure *figure)
{
    g_autoptr(GString) mean = g_string_new(NULL);
    g_autoptr(GString) n = g_string_new(NULL);
    plx_words_mean_with(mean, figure->mean, 2);
    plx_words_count(n, figure->n);
    plx_story_cell(story, figure->n < 0 ? "too few" : mean->str);
    plx_story_cell(story, figure->n < 0 ? NULL : n->str);
}

static void tell_table(plx_story *story, const plx_trial *trial, const GPtrArray *rows,
                       gboolean sides)
{
    static const struct plx_story_column columns[] = {
        {"Weeks", PLX_STORY_TEXT},     {"With", PLX_STORY_NUMBER},    {"Answers", PLX_STORY_NUMBER},
        {"Without", PLX_STORY_NUMBER}, {"Answers", PLX_STORY_NUMBER}, {"Then", PLX_STORY_TEXT},
    };
    static const struct plx_story_column one_sided[] = {
        {"Weeks", PLX_STORY_TEXT},
        {"Mean", PLX_STORY_NUMBER},
        {"Answers", PLX_STORY_NUMBER},
        {"Then", PLX_STORY_TEXT},
    };
    gboolean partly = FALSE;
    if (sides)
        plx_story_table(story, NULL, columns, G_N_ELEMENTS(columns));
    else
        plx_story_table(story, NULL, one_sided, G_N_ELEMENTS(one_sided));
    for (guint i = 0; i < rows->len; i++) {
        const struct row *const row = rows->pdata[i];
        g_autofree char *events = events_of(trial, row);
        plx_story_cellf(story, "%s%s", row->key, row->partly ? " *" : "");
        plx_verdict_cells(story, &row->side[0]);
        if (sides)
            plx_verdict_cells(story, &row->side[1]);
        plx_story_cell(story, events);
        partly = partly || row->partly;
    }
    if (partly)
        plx_story_quiet(story, "* only of those of its weeks that may be shown.");
}

static void draw(plx_story *story, const plx_trial *trial, const GPtrArray *rows, guint start,
                 guint side)
{
    g_autofree double *value = g_new(double, rows->len);
    g_autofree double *none = g_new(double, rows->len);
    g_autofree const char **names = g_new(const char *, rows->len);
    for (guint i = 0; i < rows->len; i++) {
        const struct row *const row = rows->pdata[i];
        value[i] = row->side[side].mean;
        none[i] = PLX_NAN;
        names[i] = trial->weeks[row->from].key;
    }
    char day[PLX_DATE_SIZE];
    g_autofree char *label = g_strdup_printf("start %s", plx_date_format(trial->start, day));
    const struct plx_series_mark mark = {start, start, start, label};
    g_autofree char *title =
        g_strdup_printf("%s: places %s the step", trial->title, side == 0 ? "with" : "without");
    g_autoptr(GString) level = g_string_new(NULL);
    plx_words_level(level, trial->scale, trial->step->plan->to);
    const struct plx_series_chart chart = {
        title,
        "Mean by week. The numbers stand in the table that follows.",
        rows->len,
        names,
        value,
        none,
        none,
        trial->scale->min,
        trial->scale->max,
        trial->step->plan->to,
        level->str,
        start < rows->len ? 1 : 0,
        &mark};
    plx_story_drawing(story, plx_series_draw(&chart, side == 0 ? "weeks-with" : "weeks-without"));
    plx_story_legend(story,
                     side == 0 ? "Places with the step: mean by week. The dashed line is its start."
                               : "Places without the step: mean by week, with the same line.");
}

void plx_verdict_tell_weeks(plx_story *story, const plx_trial *trial)
{
    guint start;
    const gboolean sides = trial->step->plan->compare[0] != NULL;
    if (count_weeks(trial) == 0)
        return;
    g_autoptr(GPtrArray) rows = make_rows(trial, &start);
    plx_story_heading(story, "Week by week");
    plx_story_quiet(story,
                    "Data, to watch it by; weeks of fewer people than may be shown are left out. "
                    "Between looks there is no verdict: who looks every "
                    "week sees something go up by chance.");
    draw(story, trial, rows, start, 0);
    if (sides)
        draw(story, trial, rows, start, 1);
    tell_table(story, trial, rows, sides);
}
