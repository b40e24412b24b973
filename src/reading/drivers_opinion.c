/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "reading/drivers_private.h"
#include "reading/gaps_exact.h"
#include "stats/kendall.h"

#include <math.h>
#include <string.h>

const char *plx_opinion_code(enum plx_opinion opinion)
{
    switch (opinion) {
    case PLX_OPINION_BOTH:
        return "both";
    case PLX_OPINION_THOUGHT:
        return "thought_only";
    case PLX_OPINION_MISSED:
        return "missed";
    case PLX_OPINION_OTHER:
        return "other";
    case PLX_OPINION_NONE:
        break;
    }
    return NULL;
}

static const struct plx_voice *voice_of(const plx_gaps *gaps, const char *point, guint audience)
{
    for (guint p = 0; gaps->n_groups && p < gaps->groups[0].n_points; p++) {
        const struct plx_gaps_point *at = &gaps->groups[0].points[p];
        for (guint v = 0; strcmp(at->point, point) == 0 && v < at->n_voices; v++)
            if (at->voices[v].audience == audience)
                return &at->voices[v];
    }
    return NULL;
}

/* How many of the view's others are thought more important. */
static guint above(const struct plx_driver_view *view, double importance)
{
    guint n = 0;
    for (guint i = 0; i < view->n_opinions; i++)
        n += view->opinions[i].importance > importance;
    return n;
}

static guint shares_above(const plx_drivers *drivers, const struct plx_driver_view *view,
                          double share)
{
    guint n = 0;
    for (guint i = 0; i < view->n_opinions; i++) {
        const struct plx_driver_opinion *o = &view->opinions[i];
        n += drivers->parts[o->part].points[o->point].share > share;
    }
    return n;
}

static void judge(const plx_drivers *drivers, struct plx_driver_view *view)
{
    for (guint i = 0; i < view->n_opinions; i++) {
        struct plx_driver_opinion *o = &view->opinions[i];
        const struct plx_driver *d = &drivers->parts[o->part].points[o->point];
        const gboolean thought = above(view, o->importance) < view->thought;
        const gboolean lower = 2 * shares_above(drivers, view, d->share) >= view->n_opinions;
        o->opinion = thought && d->named    ? PLX_OPINION_BOTH
                     : thought && lower     ? PLX_OPINION_THOUGHT
                     : !thought && d->named ? PLX_OPINION_MISSED
                                            : PLX_OPINION_OTHER;
    }
}

static double rank_together(const plx_drivers *drivers, const struct plx_driver_view *view)
{
    g_autofree double *theirs = g_new0(double, view->n_opinions + 1);
    g_autofree double *here = g_new0(double, view->n_opinions + 1);
    for (guint i = 0; i < view->n_opinions; i++) {
        const struct plx_driver_opinion *o = &view->opinions[i];
        theirs[i] = o->importance;
        here[i] = drivers->parts[o->part].points[o->point].share;
    }
    return view->n_opinions < 3 ? (double)NAN : plx_kendall(theirs, here, view->n_opinions).tau;
}

static guint count_points(const plx_drivers *drivers)
{
    guint n = 0;
    for (guint p = 0; p < drivers->n_parts; p++)
        n += drivers->parts[p].n_points;
    return n;
}

static gboolean fill_view(plx_drivers *drivers, const plx_gaps *gaps, guint audience,
                          struct plx_driver_view *view)
{
    *view = (struct plx_driver_view){
        .audience = plx_about_copy(&drivers->about, gaps->audiences[audience]),
        .title = plx_about_copy(&drivers->about, gaps->audience_titles[audience])};
    view->opinions = plx_keep(drivers->about.memory, count_points(drivers), sizeof *view->opinions);
    for (guint p = 0; p < drivers->n_parts; p++)
        for (guint i = 0; i < drivers->parts[p].n_points; i++) {
            const struct plx_driver *d = &drivers->parts[p].points[i];
            const struct plx_voice *voice = voice_of(gaps, d->point, audience);
            if (d->rank && voice && voice->suppressed == PLX_SHOWN && !isnan(voice->mean))
                view->opinions[view->n_opinions++] = (struct plx_driver_opinion){
                    .part = p, .point = i, .importance = voice->mean, .n = voice->n};
        }
    view->thought = (view->n_opinions + 2) / 3;
    view->tau = rank_together(drivers, view);
    judge(drivers, view);
    return view->n_opinions > 0;
}

gboolean plx_drivers_ask_views(plx_drivers *drivers, plx_source *source,
                               const struct plx_gaps_options *options, GError **error)
{
    struct plx_gaps_options asked = *options;
    asked.measure = "importance";
    asked.by = NULL;
    g_autoptr(GError) failure = NULL;
    g_autoptr(plx_gaps) gaps = plx_gaps_read(source, &asked, &failure);
    if (!gaps) {
        if (plx_error_is_nothing(failure))
            return TRUE;
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    drivers->views = plx_keep(drivers->about.memory, gaps->n_audiences, sizeof *drivers->views);
    for (guint a = 0; a < gaps->n_audiences; a++)
        if (fill_view(drivers, gaps, a, &drivers->views[drivers->n_views]))
            drivers->n_views++;
    return TRUE;
}
