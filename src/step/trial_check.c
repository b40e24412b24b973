/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What would make the verdict doubtful: sides that drifted apart before, a neighbour that got
 * worse, hopes that rose. None of it changes the verdict. */
#include "base/number.h"
#include "map/map_owner.h"
#include "step/trial_private.h"

#include <math.h>
#include <string.h>

#define ALPHA 0.05
#define DRIFT_DAYS 182 /* looked at before the start: half a year, or the window */

static struct plx_trial_checked not_known(enum plx_trial_check check)
{
    return (struct plx_trial_checked){.check = check,
                                      .finding = PLX_FINDING_NOT_KNOWN,
                                      .estimate = PLX_NAN,
                                      .ci = {PLX_NAN, PLX_NAN}};
}

struct plx_span_days plx_trial_drift_days(const struct plx_step_plan *plan)
{
    const gint32 window = plan->start - plan->baseline;
    return (struct plx_span_days){plan->start - MAX(window, DRIFT_DAYS), plan->start};
}

/* Parallel ------------------------------------------------------------------------------------ */

/* Levels per day at one place; NaN where too little is known. */
static double slope_of(const struct plx_trial_work *work, const struct plx_panel_counts *levels,
                       guint place, struct plx_span_days days)
{
    const gsize *const series =
        &levels->series[(gsize)work->subject * work->panel.n_places + place];
    g_autofree double *values = g_new(double, levels->k);
    double n = 0, x = 0, y = 0, xx = 0, xy = 0, answers = 0;
    for (gsize e = series[0]; e < series[1]; e++) {
        const gint32 day = levels->day[e];
        if (day < days.since || day >= days.until)
            continue;
        answers += plx_panel_sum(&work->panel, levels, (guint)work->subject, place,
                                 (struct plx_span_days){day, day + 1}, values);
        const double at = day - days.since;
        for (guint v = 0; v < levels->k; v++) {
            n += values[v];
            x += values[v] * at;
            y += values[v] * (levels->first + v);
            xx += values[v] * at * at;
            xy += values[v] * at * (levels->first + v);
        }
    }
    const double spread = n > 0 ? xx - x * x / n : 0;
    return answers >= 2 * PLX_STEP_ANSWERS && spread > 0.5 ? (xy - x * y / n) / spread : PLX_NAN;
}

/* The place is the unit here, too: the slopes of the places, told per length of the window. */
static void check_parallel(struct plx_trial_work *work, struct plx_trial_checked *found)
{
    const struct plx_panel_counts *const levels = plx_panel_counts(&work->panel, PLX_MEASURE_LEVEL);
    const struct plx_step_plan *const plan = work->plan;
    const gint32 window = plan->start - plan->baseline;
    const struct plx_span_days days = plx_trial_drift_days(plan);
    g_autofree double *slopes = g_new(double, work->panel.n_places + 1);
    guint n = 0, n_treated = 0;
    for (guint p = 0; levels && work->subject >= 0 && p < work->panel.n_places; p++) {
        const double slope = slope_of(work, levels, p, days);
        if (isnan(slope))
            continue;
        slopes[n++] = slope * window;
        n_treated += p < work->panel.n_treated ? 1 : 0;
    }
    found->looked_at = n;
    if (n_treated < 2 || n - n_treated < 2 || !work->shows_drift)
        return;
    const struct plx_place_change c =
        plx_place_change_plain(slopes, n_treated, slopes + n_treated, n - n_treated, 1 - ALPHA);
    if (isnan(c.se))
        return;
    found->estimate = c.estimate;
    found->ci = c.ci;
    found->finding = c.ci.lo > 0 || c.ci.hi < 0 ? PLX_FINDING_REMARKABLE : PLX_FINDING_FINE;
}

/* Changes of other things -----------------------------------------------------------------------
 */

/* Things to look at, and what is being looked for. */
struct list {
    struct plx_trial_work *work;
    struct plx_trial_checked *found;
    gint sign; /* -1: what got worse; 1: what rose */
    guint n;
    struct item {
        enum plx_measure measure;
        gint subject;
        const char *title;
    } * items;
};

static void list_add(struct list *list, enum plx_measure measure, gint subject, const char *title)
{
    if (!plx_panel_counts(&list->work->panel, measure) ||
        !plx_trial_may_show(list->work, measure, subject))
        return;
    for (guint i = 0; i < list->n; i++)
        if (list->items[i].measure == measure && list->items[i].subject == subject)
            return;
    list->items[list->n++] = (struct item){measure, subject, title};
}

/* How far the interval lies on the side that is looked for. */
static double beyond(struct plx_interval ci, gint sign)
{
    return sign > 0 ? ci.lo : -ci.hi;
}

/* The one that stands out most, together at 95 %. */
static void look_at(struct list *list)
{
    struct plx_trial_checked *const found = list->found;
    const struct plx_trial_windows windows = plx_trial_windows(list->work->out);
    for (guint i = 0; i < list->n; i++) {
        const struct item *const it = &list->items[i];
        const struct plx_place_change change =
            plx_panel_change(&list->work->panel, it->measure, it->subject, &windows,
                             1 - ALPHA / list->n, list->work->options->seed);
        if (isnan(change.se))
            continue;
        found->looked_at++;
        if (found->finding != PLX_FINDING_NOT_KNOWN &&
            beyond(change.ci, list->sign) <= beyond(found->ci, list->sign))
            continue;
        const gboolean remarkable = beyond(change.ci, list->sign) > 0;
        found->finding = remarkable ? PLX_FINDING_REMARKABLE : PLX_FINDING_FINE;
        found->subject = remarkable ? plx_about_copy(&list->work->out->about, it->title) : NULL;
        found->estimate = change.estimate;
        found->ci = change.ci;
    }
}

static void check_neighbours(struct plx_trial_work *work, struct plx_trial_checked *found)
{
    char *const *const untouched = work->plan->untouched;
    const guint n = g_strv_length(work->plan->untouched);
    g_autofree struct item *items = g_new(struct item, n + 1);
    struct list list = {.work = work, .found = found, .sign = -1, .items = items};
    for (guint i = 0; i < n; i++) {
        const struct plx_owner owner = plx_map_resolve(work->map, PLX_SUBJECT_POINT, untouched[i]);
        const gint subject = plx_panel_subject(&work->panel, PLX_SUBJECT_POINT, owner.id);
        if (subject >= 0 && strcmp(owner.id, work->point) != 0)
            list_add(&list, PLX_MEASURE_LEVEL, subject,
                     work->panel.answer->subjects[subject].title);
    }
    look_at(&list);
}

static gboolean is_of(const struct plx_promise *promise, gint point)
{
    for (guint i = 0; point >= 0 && i < promise->n_points; i++)
        if (promise->points[i] == (guint)point)
            return TRUE;
    return FALSE;
}

/* How much it matters, what was expected of it, and who knows what is promised of it. */
static void check_expectations(struct plx_trial_work *work, struct plx_trial_checked *found)
{
    g_autofree struct item *items = g_new(struct item, work->map->n_promises + 2);
    struct list list = {.work = work, .found = found, .sign = 1, .items = items};
    list_add(&list, PLX_MEASURE_IMPORTANCE, work->subject, "importance");
    list_add(&list, PLX_MEASURE_EXPECTED, work->subject, "expected");
    for (guint i = 0; i < work->map->n_promises; i++) {
        const struct plx_promise *const promise = &work->map->promises[i];
        if (is_of(promise, work->home))
            list_add(&list, PLX_MEASURE_KNOWN,
                     plx_panel_subject(&work->panel, PLX_SUBJECT_PROMISE, promise->id),
                     promise->title);
    }
    look_at(&list);
}

void plx_trial_checks(struct plx_trial_work *work)
{
    struct plx_trial_checked *const checks = work->out->checks;
    for (guint c = 0; c < PLX_CHECKS; c++)
        checks[c] = not_known((enum plx_trial_check)c);
    check_parallel(work, &checks[PLX_CHECK_PARALLEL]);
    if (work->out->look < 0)
        return;
    check_neighbours(work, &checks[PLX_CHECK_NEIGHBOURS]);
    check_expectations(work, &checks[PLX_CHECK_EXPECTATIONS]);
}
