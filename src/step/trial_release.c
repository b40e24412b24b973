/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be shown of places, weeks and sides: the second question, which counts persons. */
#include "base/date.h"
#include "base/number.h"
#include "stats/moments.h"
#include "stats/share.h"
#include "step/trial_private.h"

#include <stdlib.h>
#include <string.h>

enum {
    WEEK, /* all of a week: first, so that the trial's `about` tells of these days */
    PLACE_BEFORE,
    PLACE_AFTER,
    SIDE_BEFORE,
    SIDE_AFTER,
    SIDE_LAST,
    SIDE_DRIFT,
    PIECE_BEFORE, /* what of a week lies where: the sums of these are shown, too */
    PIECE_AFTER,
    PIECE_LATER,
    TABLES
};
static const char *const side_keys[] = {"1", "0"}; /* treated, comparison */

struct release {
    struct plx_trial_work *work;
    const struct plx_answer *answer;
    gint subject; /* the point, in this answer; -1: no rows */
};

gpointer plx_trial_keep_block(plx_trial *trial, gsize n, gsize size)
{
    gpointer block = g_malloc0_n(MAX(n, 1), size);
    g_ptr_array_add(trial->about.memory, block);
    return block;
}

/* Asking -------------------------------------------------------------------------------------- */

const char **plx_trial_sides(const struct plx_panel *panel)
{
    const char **const pairs = g_new0(const char *, 2 * (gsize)panel->n_places + 1);
    for (guint p = 0; p < panel->n_places; p++) {
        pairs[2 * (gsize)p] = panel->places[p];
        pairs[2 * (gsize)p + 1] = side_keys[p < panel->n_treated ? 0 : 1];
    }
    return pairs;
}

static struct plx_span_days window_of(const struct plx_trial_work *work, guint table)
{
    const plx_trial *const out = work->out;
    switch (table) {
    case PLACE_BEFORE:
    case SIDE_BEFORE:
    case PIECE_BEFORE:
        return (struct plx_span_days){out->baseline, out->start};
    case PLACE_AFTER:
    case SIDE_AFTER:
    case PIECE_AFTER:
        return (struct plx_span_days){out->start, out->until};
    case SIDE_LAST:
        return work->last;
    case SIDE_DRIFT:
        return plx_trial_drift_days(work->plan);
    case PIECE_LATER:
        return (struct plx_span_days){out->until, out->today};
    default:
        return (struct plx_span_days){out->baseline, out->today};
    }
}

static struct plx_span_days days_of(const struct plx_trial_work *work, guint table)
{
    struct plx_span_days days = window_of(work, table);
    days.until = MIN(days.until, work->options->today);
    return days;
}

/* Of each look before the last that has come: who had answered by then. */
static void need_earlier(struct plx_trial_work *work, const struct plx_split *side,
                         plx_filter **rows, GArray *needs)
{
    const char *const point[] = {work->point, NULL};
    work->first_earlier = needs->len;
    for (guint l = 0; (gint)l < work->out->look; l++) {
        const struct plx_span_days days = {work->out->start, work->plan->looks[l].day};
        rows[l] = plx_trial_rows(work, point, days);
        const struct plx_need need = {.kinds = PLX_NEED_COUNTS | PLX_NEED_PERSONS,
                                      .measures = 1u << PLX_MEASURE_LEVEL,
                                      .filter = rows[l],
                                      .splits = side,
                                      .n_splits = 1};
        g_array_append_val(needs, need);
    }
}

gboolean plx_trial_ask_persons(struct plx_trial_work *work, GError **error)
{
    g_autofree const char **sides = plx_trial_sides(&work->panel);
    const struct plx_split side = {PLX_SPLIT_DIM, PLX_DIM_PLACE, NULL, sides};
    const struct plx_split weeks[] = {{.kind = PLX_SPLIT_WEEK}, side};
    const struct plx_split place = {PLX_SPLIT_DIM, PLX_DIM_PLACE, NULL, NULL};
    const char *const point[] = {work->point, NULL};
    plx_filter *rows[TABLES + PLX_STEP_LOOKS_MAX] = {NULL};
    g_autoptr(GArray) needs = g_array_new(FALSE, TRUE, sizeof(struct plx_need));
    for (guint t = 0; t < TABLES; t++) {
        const gboolean of_side = t >= SIDE_BEFORE && t <= SIDE_DRIFT;
        const gboolean by_place = t == PLACE_BEFORE || t == PLACE_AFTER;
        rows[t] = plx_trial_rows(work, of_side ? NULL : point, days_of(work, t));
        struct plx_need need = {.kinds = PLX_NEED_COUNTS | PLX_NEED_PERSONS,
                                .measures = 1u << PLX_MEASURE_LEVEL,
                                .filter = rows[t],
                                .splits = of_side    ? &side
                                          : by_place ? &place
                                                     : weeks,
                                .n_splits = of_side || by_place ? 1 : 2};
        for (guint j = 0; of_side && j < work->panel.n_counts; j++)
            need.measures |= 1u << work->panel.counts[j].measure;
        if (of_side)
            need.kinds |= PLX_NEED_CLUSTERS;
        g_array_append_val(needs, need);
    }
    need_earlier(work, &side, rows + TABLES, needs);
    plx_trial_who_needs(work, needs);
    const gboolean asked =
        plx_source_ask(work->source, (const struct plx_need *)(const void *)needs->data, needs->len,
                       &work->asked, error);
    for (guint t = 0; t < G_N_ELEMENTS(rows); t++)
        plx_filter_free(rows[t]);
    return asked;
}

/* Figures ------------------------------------------------------------------------------------- */

/* Groups are in byte order; the second key may be NULL where there is one split. */
static gint compare_keys(const void *keys, const void *group)
{
    const char *const *const wanted = keys;
    char *const *const found = *(char **const *)group;
    const gint first = strcmp(wanted[0], found[0]);
    return first != 0 || !wanted[1] ? first : strcmp(wanted[1], found[1]);
}

static const struct plx_tally *tally_of(const struct release *release, guint table, gint subject,
                                        enum plx_measure measure, const char *key,
                                        const char *second)
{
    const struct plx_table *const it = &release->answer->tables[table];
    const char *const keys[] = {key, second};
    char ***const group =
        it->n_groups ? bsearch(keys, it->groups, it->n_groups, sizeof *it->groups, compare_keys)
                     : NULL;
    const struct plx_cell *const cell =
        group && subject >= 0 ? plx_table_cell(it, (guint)(group - it->groups), (guint)subject,
                                               release->work->reach.audience)
                              : NULL;
    const struct plx_tally *const tally = cell ? plx_cell_tally(cell, measure) : NULL;
    return tally && tally->total > 0 ? tally : NULL;
}

static const struct plx_tally *level_of(const struct release *release, guint table, const char *key,
                                        const char *second)
{
    return tally_of(release, table, release->subject, PLX_MEASURE_LEVEL, key, second);
}

static guint64 persons_of(const struct plx_tally *tally)
{
    return tally ? tally->persons : 0;
}

static struct plx_distribution distribution_of(const struct release *release,
                                               const struct plx_tally *tally)
{
    struct plx_distribution d = {.k = tally->k,
                                 .first = tally->scale->min,
                                 .w = tally->w,
                                 .w2 = tally->w2,
                                 .m = tally->m,
                                 .units = (double)tally->units,
                                 .n = (double)tally->total};
    if (!tally->w) {
        double *const counts = plx_trial_keep_block(release->work->out, tally->k, sizeof(double));
        for (guint v = 0; v < tally->k; v++)
            counts[v] = (double)tally->n[v];
        d.w = counts;
    }
    return d;
}

/* What is hidden, and nobody. */
static struct plx_trial_figure no_figure(gint64 n)
{
    return (struct plx_trial_figure){n, n, PLX_NAN, PLX_NAN};
}

static struct plx_trial_figure figure_of(const struct release *release,
                                         const struct plx_tally *tally, gboolean hidden)
{
    const struct plx_step_plan *const plan = release->work->plan;
    if (!tally || hidden)
        return no_figure(tally || hidden ? -1 : 0);
    const struct plx_distribution d = distribution_of(release, tally);
    return (struct plx_trial_figure){(gint64)tally->total, (gint64)tally->persons, plx_mean(&d),
                                     tally->scale->down ? plx_share_to(&d, plan->to)
                                                        : plx_share_from(&d, plan->to)};
}

static gboolean is_few(const struct release *release, guint64 persons)
{
    return persons > 0 && !plx_reach_allows(&release->work->reach, persons);
}

static guint64 shown_of(const plx_trial *out, guint when)
{
    return (guint64)(MAX(out->side[0][when].n, 0) + MAX(out->side[1][when].n, 0));
}

static void fill_sides(const struct release *release)
{
    plx_trial *const out = release->work->out;
    for (guint s = 0; s < 2; s++)
        for (guint when = 0; when < 2; when++) {
            const struct plx_tally *const tally =
                level_of(release, SIDE_BEFORE + when, side_keys[s], NULL);
            out->side[s][when] = figure_of(release, tally, is_few(release, persons_of(tally)));
        }
    out->n_before = shown_of(out, 0);
    out->n_after = shown_of(out, 1);
    out->reached_ci = (struct plx_interval){PLX_NAN, PLX_NAN};
    if (out->side[0][1].n <= 0)
        return;
    const struct plx_tally *const after = level_of(release, SIDE_AFTER, side_keys[0], NULL);
    const struct plx_distribution d = distribution_of(release, after);
    const guint to = (guint)(release->work->plan->to - after->scale->min);
    out->reached_ci = after->scale->down ? plx_share(&d, 0, to, 0.95).ci
                                         : plx_share(&d, to, after->k - 1, 0.95).ci;
}

/* Places -------------------------------------------------------------------------------------- */

/* Where all but one of the places that count may be shown, the change of the last would follow from
 * the mean of all: then the smallest of the others goes with it. */
static void hide_second(const struct plx_trial_place *places, guint n, const guint64 *persons,
                        enum plx_suppression *hidden)
{
    guint n_hidden = 0, smallest = n;
    for (guint i = 0; i < n; i++) {
        if (!places[i].counts)
            continue;
        n_hidden += hidden[i] != PLX_SHOWN ? 1 : 0;
        if (hidden[i] == PLX_SHOWN && (smallest == n || persons[i] < persons[smallest]))
            smallest = i;
    }
    if (n_hidden == 1 && smallest < n)
        hidden[smallest] = PLX_HIDDEN_COMPLEMENTARY;
}

static void fill_side_places(const struct release *release, struct plx_trial_place *places, guint n)
{
    g_autofree guint64 *persons = g_new0(guint64, n + 1);
    g_autofree enum plx_suppression *hidden = g_new0(enum plx_suppression, n + 1);
    for (guint i = 0; i < n; i++) {
        const guint64 before = persons_of(level_of(release, PLACE_BEFORE, places[i].name, NULL));
        const guint64 after = persons_of(level_of(release, PLACE_AFTER, places[i].name, NULL));
        persons[i] = before > 0 && after > 0 ? MIN(before, after) : MAX(before, after);
    }
    plx_reach_parts(&release->work->reach, persons, n, hidden);
    hide_second(places, n, persons, hidden);
    for (guint i = 0; i < n; i++) {
        const gboolean hide = hidden[i] != PLX_SHOWN;
        const struct plx_tally *const before =
            level_of(release, PLACE_BEFORE, places[i].name, NULL);
        const struct plx_tally *const after = level_of(release, PLACE_AFTER, places[i].name, NULL);
        const double up = before && before->scale->down ? -1 : 1;
        places[i].before = figure_of(release, before, hide);
        places[i].after = figure_of(release, after, hide);
        places[i].change = up * (places[i].after.mean - places[i].before.mean);
    }
}

static void fill_places(const struct release *release)
{
    const struct plx_trial_work *const work = release->work;
    const struct plx_panel *const panel = &work->panel;
    plx_trial *const out = work->out;
    const struct plx_panel_counts *const levels = plx_panel_counts(panel, PLX_MEASURE_LEVEL);
    const struct plx_trial_windows windows = plx_trial_windows(out);
    out->n_places = panel->n_places;
    out->places = plx_trial_keep_block(out, panel->n_places, sizeof *out->places);
    for (guint p = 0; p < panel->n_places; p++) {
        struct plx_trial_place *const place = &out->places[p];
        place->name = plx_about_copy(&out->about, panel->places[p]);
        place->treated = p < panel->n_treated;
        if (levels && work->subject >= 0)
            place->counts = plx_panel_sum(panel, levels, (guint)work->subject, p, windows.before,
                                          NULL) >= PLX_STEP_ANSWERS &&
                            plx_panel_sum(panel, levels, (guint)work->subject, p, windows.after,
                                          NULL) >= PLX_STEP_ANSWERS;
    }
    fill_side_places(release, out->places, panel->n_treated);
    fill_side_places(release, out->places + panel->n_treated, panel->n_places - panel->n_treated);
}

/* Weeks --------------------------------------------------------------------------------------- */

/* 1970 began on a Thursday. */
static gint32 monday_of(gint32 day)
{
    return day - (gint32)(((gint64)day % 7 + 7 + 3) % 7);
}

static void name_weeks(plx_trial *out)
{
    const gint32 first = monday_of(out->baseline);
    const gint32 last = MAX(out->today, out->baseline) - 1;
    out->n_weeks = last >= out->baseline ? (guint)(monday_of(last) - first) / 7 + 1 : 0;
    out->weeks = plx_trial_keep_block(out, out->n_weeks, sizeof *out->weeks);
    for (guint i = 0; i < out->n_weeks; i++) {
        gint year, week;
        out->weeks[i].monday = first + 7 * (gint32)i;
        plx_date_iso_week(out->weeks[i].monday, &year, &week);
        g_autofree char *key = g_strdup_printf("%04d-W%02d", year, week);
        out->weeks[i].key = plx_about_copy(&out->about, key);
    }
}

/* A week that lies on both sides of a window's end would tell, less the other weeks, of what of it
 * lies where: it is shown only where both pieces could be. */
static void fill_weeks_of(const struct release *release, guint side)
{
    plx_trial *const out = release->work->out;
    g_autofree guint64 *persons = g_new0(guint64, out->n_weeks + 1);
    g_autofree enum plx_suppression *piece = g_new0(enum plx_suppression, out->n_weeks + 1);
    g_autofree gboolean *hidden = g_new0(gboolean, out->n_weeks + 1);
    for (guint t = PIECE_BEFORE; t <= PIECE_LATER; t++) {
        for (guint i = 0; i < out->n_weeks; i++)
            persons[i] = persons_of(level_of(release, t, out->weeks[i].key, side_keys[side]));
        plx_reach_parts(&release->work->reach, persons, out->n_weeks, piece);
        for (guint i = 0; i < out->n_weeks; i++)
            hidden[i] |= piece[i] != PLX_SHOWN;
    }
    for (guint i = 0; i < out->n_weeks; i++)
        out->weeks[i].side[side] = figure_of(
            release, level_of(release, WEEK, out->weeks[i].key, side_keys[side]), hidden[i]);
}

/* Others -------------------------------------------------------------------------------------- */

static gboolean has_enough_on(const struct release *release, guint table, gint subject,
                              enum plx_measure measure, guint sides)
{
    for (guint s = 0; s < sides; s++) {
        const struct plx_tally *const tally =
            tally_of(release, table, subject, measure, side_keys[s], NULL);
        if (!plx_reach_allows(&release->work->reach, persons_of(tally)))
            return FALSE;
    }
    return TRUE;
}

static gboolean has_enough(const struct release *release, guint table, gint subject,
                           enum plx_measure measure)
{
    return has_enough_on(release, table, subject, measure, release->work->compares ? 2 : 1);
}

static void find_may_show(const struct release *release)
{
    struct plx_trial_work *const work = release->work;
    const struct plx_answer *const asked = work->panel.answer;
    work->may_show = g_new0(guint32, asked->n_subjects + 1);
    for (guint s = 0; s < release->answer->n_subjects; s++) {
        const struct plx_subject *const it = &release->answer->subjects[s];
        const gint subject = plx_panel_subject(&work->panel, it->kind, it->id);
        for (guint j = 0; subject >= 0 && j < work->panel.n_counts; j++) {
            const enum plx_measure measure = work->panel.counts[j].measure;
            if (has_enough(release, SIDE_BEFORE, (gint)s, measure) &&
                has_enough(release, SIDE_AFTER, (gint)s, measure))
                work->may_show[subject] |= 1u << measure;
        }
    }
    work->shows_last = has_enough(release, SIDE_LAST, release->subject, PLX_MEASURE_LEVEL);
    work->shows_drift = has_enough(release, SIDE_DRIFT, release->subject, PLX_MEASURE_LEVEL);
}

gboolean plx_trial_may_show(const struct plx_trial_work *work, enum plx_measure measure,
                            gint subject)
{
    return subject >= 0 && work->may_show[subject] & 1u << measure;
}

static struct release release_of(struct plx_trial_work *work)
{
    struct release release = {.work = work, .answer = work->asked, .subject = -1};
    for (guint s = 0; s < release.answer->n_subjects; s++)
        if (release.answer->subjects[s].kind == PLX_SUBJECT_POINT &&
            strcmp(release.answer->subjects[s].id, work->point) == 0)
            release.subject = (gint)s;
    return release;
}

gboolean plx_trial_shows_earlier(struct plx_trial_work *work, guint look, gboolean compared)
{
    const struct release release = release_of(work);
    const guint sides = compared ? 2 : 1;
    return has_enough_on(&release, SIDE_BEFORE, release.subject, PLX_MEASURE_LEVEL, sides) &&
           has_enough_on(&release, work->first_earlier + look, release.subject, PLX_MEASURE_LEVEL,
                         sides);
}

void plx_trial_release(struct plx_trial_work *work)
{
    const struct release release = release_of(work);
    fill_sides(&release);
    fill_places(&release);
    name_weeks(work->out);
    for (guint side = 0; side < 2; side++)
        fill_weeks_of(&release, side);
    find_may_show(&release);
}
