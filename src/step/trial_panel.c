/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers by day and place, of all points at once: one question to the source. Sums up to each day
 * make every window a matter of two look-ups. */
#include "base/date.h"
#include "base/number.h"
#include "step/trial_private.h"

#include <stdlib.h>
#include <string.h>

static const enum plx_measure followed[PLX_PANEL_MEASURES] = {
    PLX_MEASURE_LEVEL, PLX_MEASURE_OVERALL, PLX_MEASURE_IMPORTANCE, PLX_MEASURE_EXPECTED,
    PLX_MEASURE_KNOWN};

struct plx_place_change plx_no_change(void)
{
    return (struct plx_place_change){.treated = PLX_NAN,
                                     .comparison = PLX_NAN,
                                     .estimate = PLX_NAN,
                                     .se = PLX_NAN,
                                     .df = PLX_NAN,
                                     .p = PLX_NAN,
                                     .ci = {PLX_NAN, PLX_NAN},
                                     .method = PLX_P_NONE,
                                     .p_permuted = PLX_NAN};
}

/* Asking -------------------------------------------------------------------------------------- */

plx_filter *plx_trial_rows(const struct plx_trial_work *work, const char *const *subjects,
                           struct plx_span_days days)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    g_ptr_array_add(all, plx_filter_copy(work->reach.filter));
    g_ptr_array_add(all, plx_filter_days(days.since, days.until - 1));
    if (subjects)
        g_ptr_array_add(all, plx_filter_in(PLX_DIM_SUBJECT, NULL, subjects));
    if (work->plan->places[0]) {
        g_autoptr(GPtrArray) places = g_ptr_array_new();
        for (guint i = 0; work->plan->places[i]; i++)
            g_ptr_array_add(places, work->plan->places[i]);
        for (guint i = 0; work->plan->compare[i]; i++)
            g_ptr_array_add(places, work->plan->compare[i]);
        g_ptr_array_add(places, NULL);
        g_ptr_array_add(all,
                        plx_filter_in(PLX_DIM_PLACE, NULL, (const char *const *)places->pdata));
    }
    return plx_filter_all((plx_filter **)all->pdata, all->len);
}

static gboolean ask(struct plx_panel *panel, const struct plx_trial_work *work, GError **error)
{
    static const struct plx_split splits[] = {{PLX_SPLIT_DIM, PLX_DIM_PLACE, NULL, NULL},
                                              {PLX_SPLIT_DAY, PLX_DIM_PLACE, NULL, NULL}};
    const struct plx_span_days days = {G_MININT32, work->options->today};
    g_autoptr(plx_filter) rows = plx_trial_rows(work, NULL, days);
    struct plx_need need = {.kinds = PLX_NEED_COUNTS | PLX_NEED_COLUMNS,
                            .filter = rows,
                            .splits = splits,
                            .n_splits = G_N_ELEMENTS(splits)};
    for (guint m = 0; m < PLX_PANEL_MEASURES; m++)
        need.measures |= 1u << followed[m];
    return plx_source_ask(work->source, &need, 1, &panel->answer, error);
}

/* Those of the plan; where it is done everywhere, those that occur. */
static void name_places(struct plx_panel *panel, const struct plx_step_plan *plan)
{
    const struct plx_table *const table = &panel->answer->tables[0];
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; plan->places[i]; i++)
        g_ptr_array_add(names, plan->places[i]);
    for (guint g = 0; !plan->places[0] && g < table->n_groups; g++)
        if (g == 0 || strcmp(table->groups[g][0], table->groups[g - 1][0]) != 0)
            g_ptr_array_add(names, table->groups[g][0]);
    panel->n_treated = names->len;
    for (guint i = 0; plan->compare[i]; i++)
        g_ptr_array_add(names, plan->compare[i]);
    panel->n_places = names->len;
    g_ptr_array_add(names, NULL);
    panel->places = (const char **)g_ptr_array_steal(names, NULL);
}

static gint compare_name(const void *name, const void *place)
{
    return strcmp(name, *(const char *const *)place);
}

/* Both sides are in byte order. */
guint plx_panel_place(const struct plx_panel *panel, const char *name)
{
    const guint from[] = {0, panel->n_treated}, until[] = {panel->n_treated, panel->n_places};
    for (guint side = 0; side < 2; side++) {
        const char *const *const found =
            bsearch(name, panel->places + from[side], until[side] - from[side],
                    sizeof *panel->places, compare_name);
        if (found)
            return (guint)(found - panel->places);
    }
    return panel->n_places;
}

/* Place and day of every group of the answer; n_places: not to be counted. */
struct group_keys {
    guint *place;
    gint32 *day;
};

static struct group_keys read_groups(const struct plx_panel *panel)
{
    const struct plx_table *const table = &panel->answer->tables[0];
    struct group_keys keys = {g_new(guint, table->n_groups + 1),
                              g_new(gint32, table->n_groups + 1)};
    for (guint g = 0; g < table->n_groups; g++) {
        char **const key = table->groups[g];
        struct plx_time time;
        const gboolean same = g > 0 && strcmp(key[0], table->groups[g - 1][0]) == 0;
        const guint place = same ? keys.place[g - 1] : plx_panel_place(panel, key[0]);
        keys.place[g] = place;
        keys.day[g] = plx_time_parse(key[1], strlen(key[1]), &time) ? time.day : PLX_NO_DAY;
    }
    return keys;
}

/* Counting ------------------------------------------------------------------------------------ */

/* One measure's columns, and where its cells belong. */
struct filling {
    const struct plx_panel *panel;
    const struct plx_columns *columns;
    const struct group_keys *keys;
    guint j;       /* the measure's column */
    gboolean down; /* low is good */
};

/* The series of a cell, or -1: nothing to count. */
static gssize series_of(const struct filling *f, const struct plx_panel_counts *counts, guint cell)
{
    const guint group = f->columns->group[cell];
    const guint32 *const n = f->columns->n[f->j] + (gsize)cell * (f->columns->k[f->j] + 3);
    guint64 total = 0;
    for (guint v = 0; v < counts->k; v++)
        total += n[v];
    if (total == 0 || f->keys->day[group] == PLX_NO_DAY ||
        f->keys->place[group] == f->panel->n_places)
        return -1;
    return (gssize)f->columns->subject[cell] * f->panel->n_places + f->keys->place[group];
}

static void put_cell(const struct filling *f, struct plx_panel_counts *counts, guint cell,
                     gsize entry, gboolean begins)
{
    const guint k = counts->k;
    const gsize row = (gsize)cell * (f->columns->k[f->j] + 3);
    double *const sums = counts->sums + entry * (k + 1);
    counts->day[entry] = f->keys->day[f->columns->group[cell]];
    for (guint v = 0; v <= k && !begins; v++)
        sums[v] = sums[(gssize)v - (gssize)(k + 1)];
    for (guint v = 0; v < k; v++) {
        const double n = f->columns->n[f->j][row + v];
        const double w = f->columns->w[f->j] ? f->columns->w[f->j][row + v] : n;
        sums[f->down ? k - 1 - v : v] += w;
        sums[k] += n;
    }
}

/* Cells stand by place and day: put one after the other into their series, they stay in order. */
static void count(const struct filling *f, struct plx_panel_counts *counts)
{
    const guint n_cells = f->panel->answer->tables[0].n_cells;
    const gsize n_series = (gsize)f->panel->answer->n_subjects * f->panel->n_places;
    counts->series = g_new0(gsize, n_series + 2);
    for (guint c = 0; c < n_cells; c++) {
        const gssize series = series_of(f, counts, c);
        if (series >= 0)
            counts->series[series + 1]++;
    }
    for (gsize s = 0; s < n_series; s++)
        counts->series[s + 1] += counts->series[s];
    const gsize n = counts->series[n_series];
    g_autofree gsize *next = g_memdup2(counts->series, (n_series + 1) * sizeof(gsize));
    counts->day = g_new0(gint32, n + 1);
    counts->sums = g_new0(double, (n + 1) * (counts->k + 1));
    for (guint c = 0; c < n_cells; c++) {
        const gssize series = series_of(f, counts, c);
        if (series < 0)
            continue;
        const gsize entry = next[series]++;
        put_cell(f, counts, c, entry, entry == counts->series[series]);
    }
}

static void find_first_day(struct plx_panel *panel)
{
    const struct plx_panel_counts *const levels = plx_panel_counts(panel, PLX_MEASURE_LEVEL);
    const gsize n = (gsize)panel->answer->n_subjects * panel->n_places;
    panel->first_day = G_MAXINT32;
    for (gsize s = 0; levels && s < n; s++)
        if (levels->series[s] < levels->series[s + 1])
            panel->first_day = MIN(panel->first_day, levels->day[levels->series[s]]);
}

gboolean plx_panel_ask(struct plx_panel *panel, const struct plx_trial_work *work, GError **error)
{
    if (!ask(panel, work, error))
        return FALSE;
    name_places(panel, work->plan);
    const struct plx_columns *const columns = panel->answer->tables[0].columns;
    struct group_keys keys = read_groups(panel);
    for (guint j = 0; columns && j < columns->n_measures; j++) {
        const struct plx_scale *const scale =
            plx_map_scale(work->map, columns->measure[j], work->reach.audience);
        const struct filling f = {panel, columns, &keys, j, scale->down};
        struct plx_panel_counts *const counts = &panel->counts[panel->n_counts++];
        *counts = (struct plx_panel_counts){.measure = columns->measure[j],
                                            .k = plx_scale_width(scale),
                                            .first = scale->down ? -scale->max : scale->min};
        count(&f, counts);
    }
    g_free(keys.place);
    g_free(keys.day);
    find_first_day(panel);
    return TRUE;
}

void plx_panel_clear(struct plx_panel *panel)
{
    for (guint j = 0; j < panel->n_counts; j++) {
        g_free(panel->counts[j].series);
        g_free(panel->counts[j].day);
        g_free(panel->counts[j].sums);
    }
    g_free(panel->places);
    plx_answer_free(panel->answer);
}

/* Looking up ---------------------------------------------------------------------------------- */

const struct plx_panel_counts *plx_panel_counts(const struct plx_panel *panel,
                                                enum plx_measure measure)
{
    for (guint j = 0; j < panel->n_counts; j++)
        if (panel->counts[j].measure == measure)
            return &panel->counts[j];
    return NULL;
}

gint plx_panel_subject(const struct plx_panel *panel, enum plx_subject_kind kind, const char *id)
{
    for (guint s = 0; s < panel->answer->n_subjects; s++)
        if (panel->answer->subjects[s].kind == kind &&
            strcmp(panel->answer->subjects[s].id, id) == 0)
            return (gint)s;
    return -1;
}

/* The first entry of from..until-1 that is not before a day. */
static gsize not_before(const gint32 *day, gsize from, gsize until, gint32 wanted)
{
    while (from < until) {
        const gsize middle = from + (until - from) / 2;
        if (day[middle] < wanted)
            from = middle + 1;
        else
            until = middle;
    }
    return from;
}

double plx_panel_sum(const struct plx_panel *panel, const struct plx_panel_counts *counts,
                     guint subject, guint place, struct plx_span_days days, double *values)
{
    const gsize *const series = &counts->series[(gsize)subject * panel->n_places + place];
    const gsize from = not_before(counts->day, series[0], series[1], days.since);
    const gsize until = not_before(counts->day, from, series[1], days.until);
    const guint k = counts->k;
    if (values)
        memset(values, 0, k * sizeof *values);
    if (from >= until)
        return 0;
    const double *const last = counts->sums + (until - 1) * (k + 1);
    const double *const before = from > series[0] ? counts->sums + (from - 1) * (k + 1) : NULL;
    for (guint v = 0; values && v < k; v++)
        values[v] = MAX(0, last[v] - (before ? before[v] : 0));
    return last[k] - (before ? before[k] : 0);
}

double plx_panel_answers(const struct plx_panel *panel, const struct plx_panel_counts *counts,
                         guint subject, struct plx_span_days days)
{
    double n = 0;
    for (guint p = 0; p < panel->n_places; p++)
        n += plx_panel_sum(panel, counts, subject, p, days, NULL);
    return n;
}

static struct plx_distribution window(const struct plx_panel *panel,
                                      const struct plx_panel_counts *counts, guint subject,
                                      guint place, struct plx_span_days days, double *values)
{
    const double n = plx_panel_sum(panel, counts, subject, place, days, values);
    struct plx_distribution d = plx_distribution_counts(values, counts->k, counts->first);
    d.n = n;
    d.units = n;
    return d;
}

void plx_panel_places(const struct plx_panel *panel, const struct plx_panel_counts *counts,
                      guint subject, const struct plx_trial_windows *windows,
                      struct plx_step_place *places, double *room)
{
    for (guint p = 0; p < panel->n_places; p++) {
        double *const values = room + (gsize)2 * p * counts->k;
        places[p] = (struct plx_step_place){
            p < panel->n_treated, window(panel, counts, subject, p, windows->before, values),
            window(panel, counts, subject, p, windows->after, values + counts->k)};
    }
}

struct plx_step_decision plx_panel_decide(const struct plx_panel *panel,
                                          const struct plx_panel_counts *counts, guint subject,
                                          const struct plx_trial_windows *windows,
                                          const struct plx_step_rule *rule)
{
    g_autofree struct plx_step_place *places = g_new(struct plx_step_place, panel->n_places + 1);
    g_autofree double *room = g_new(double, (gsize)2 * counts->k * panel->n_places + 1);
    plx_panel_places(panel, counts, subject, windows, places, room);
    return plx_step_decide(places, panel->n_places, rule);
}

struct plx_place_change plx_panel_change(const struct plx_panel *panel, enum plx_measure measure,
                                         gint subject, const struct plx_trial_windows *windows,
                                         double level, guint64 seed)
{
    const struct plx_panel_counts *const counts = plx_panel_counts(panel, measure);
    const struct plx_step_rule rule = {1 - level, FALSE, 0, seed, FALSE};
    if (!counts || subject < 0)
        return plx_no_change();
    return plx_panel_decide(panel, counts, (guint)subject, windows, &rule).change;
}
