/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The judge of `consistency`. */

#include "bench/truth_demo.h"
#include "bench/truth_judge.h"
#include "reading/consistency.h"

#include <string.h>

/* Improvements, and bad months; the former in part of the places. */
static gboolean changes(const struct plx_truth *truth, const char *point)
{
    return strcmp(point, truth->real.point) == 0 || strcmp(point, truth->apparent.point) == 0;
}

/* Does a point truly differ by what it is said to differ by, or in the month that stands out? */
static gboolean is_true(const struct plx_truth *truth, const struct plx_consistency_point *point)
{
    const gint p = plx_truth_find_point(truth, point->point);
    const struct plx_truth_point *it = &truth->points[p];
    if (point->verdict == PLX_CONSISTENCY_BY_PLACE)
        return it->place > 0;
    if (point->verdict == PLX_CONSISTENCY_BY_CHANNEL)
        return it->app < 0 || it->app > 0;
    return point->verdict != PLX_CONSISTENCY_BY_MONTH || changes(truth, it->id);
}

static gboolean is_named(const struct plx_limits *limits)
{
    return !limits->missing && limits->first >= 0;
}

static struct plx_truth_named judge(const struct plx_truth *truth, guint64 seed)
{
    struct plx_truth_named named = {0, 0};
    struct plx_truth_demo demo = plx_truth_demo_new(truth, seed);
    const struct plx_gaps_options options = {.seed = 1};
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_consistency) read = plx_consistency_read(demo.source, &options, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < read->n_places; i++) {
        const gboolean planted = truth->inconsistent_place &&
                                 strcmp(read->places[i].key, truth->inconsistent_place) == 0;
        if (read->places[i].wide)
            (*(planted ? &named.planted : &named.others))++;
    }
    for (guint p = 0; p < read->n_points; p++) {
        const struct plx_consistency_point *it = &read->points[p];
        const gint at = plx_truth_find_point(truth, it->point);
        named.others += !is_true(truth, it) ||
                        (is_named(&it->chart) && !changes(truth, it->point)) ||
                        (is_named(&it->funnel) && !(truth->points[at].place > 0));
    }
    g_clear_pointer(&read, plx_consistency_free);
    plx_truth_demo_clear(&demo);
    return named;
}

struct plx_truth_named plx_truth_judge_consistency(guint64 seed)
{
    return judge(plx_truth(), seed);
}

/* The same towns, and in none of them do visits differ more than in others. */
struct plx_truth_named plx_truth_judge_consistency_steady(guint64 seed)
{
    struct plx_truth steady = *plx_truth();
    g_autofree struct plx_truth_place *places =
        g_memdup2(steady.places, steady.n_places * sizeof *places);
    for (guint p = 0; p < steady.n_places; p++)
        if (strcmp(places[p].name, steady.inconsistent_place) == 0)
            places[p].wobble = places[0].wobble;
    steady.places = places;
    steady.inconsistent_place = NULL;
    return judge(&steady, seed);
}
