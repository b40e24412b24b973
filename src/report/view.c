/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/view.h"

#include <math.h>

static gboolean has_answers(const plx_gaps *gaps, gint audience)
{
    for (guint g = 0; g < gaps->n_groups; g++)
        for (guint p = 0; p < gaps->groups[g].n_points; p++)
            if (plx_view_voice(&gaps->groups[g].points[p], audience))
                return TRUE;
    return FALSE;
}

gint plx_view_served(const plx_gaps *gaps)
{
    gint first = -1;
    for (guint i = 0; i < gaps->n_audiences; i++) {
        if (!gaps->served[i])
            continue;
        if (has_answers(gaps, (gint)i))
            return (gint)i;
        first = first < 0 ? (gint)i : first;
    }
    return first;
}

const struct plx_voice *plx_view_voice(const struct plx_gaps_point *point, gint audience)
{
    for (guint i = 0; i < point->n_voices; i++)
        if ((gint)point->voices[i].audience == audience)
            return &point->voices[i];
    return NULL;
}

const struct plx_gap *plx_view_gap(const struct plx_gaps_point *point, gint a, gint b)
{
    for (guint i = 0; i < point->n_gaps; i++)
        if (((gint)point->gaps[i].a == a && (gint)point->gaps[i].b == b) ||
            ((gint)point->gaps[i].a == b && (gint)point->gaps[i].b == a))
            return &point->gaps[i];
    return NULL;
}

guint plx_view_viewer(const plx_gaps *gaps, const struct plx_gap *gap)
{
    return gaps->served[gap->a] && !gaps->served[gap->b] ? gap->b : gap->a;
}

guint plx_view_judge(const plx_gaps *gaps, const struct plx_gap *gap)
{
    return plx_view_viewer(gaps, gap) == gap->a ? gap->b : gap->a;
}

const struct plx_belief *plx_view_overestimate(const plx_gaps *gaps,
                                               const struct plx_gaps_point *point)
{
    const struct plx_gap *gap = plx_view_lead(gaps, point);
    if (!gap || (gap->verdict != PLX_VERDICT_SHARED_STRENGTH && gap->verdict != PLX_VERDICT_AGREE))
        return NULL;
    const struct plx_belief *belief =
        plx_view_belief(point, (gint)plx_view_viewer(gaps, gap), (gint)plx_view_judge(gaps, gap));
    return belief && belief->verdict == PLX_VERDICT_OVERESTIMATES ? belief : NULL;
}

enum plx_verdict plx_view_verdict(const plx_gaps *gaps, const struct plx_gaps_point *point)
{
    const struct plx_gap *gap = plx_view_lead(gaps, point);
    const struct plx_belief *belief = plx_view_overestimate(gaps, point);
    return belief ? belief->verdict : gap ? gap->verdict : PLX_VERDICT_NONE;
}

/* Verdicts in the order in which one may speak for a point. */
static guint weight_of(enum plx_verdict verdict)
{
    switch (verdict) {
    case PLX_VERDICT_NONE:
        return 0;
    case PLX_VERDICT_SCALES_DIFFER:
        return 1;
    case PLX_VERDICT_NOT_ENOUGH_YET:
        return 2;
    case PLX_VERDICT_BLIND_SPOT:
    case PLX_VERDICT_HIDDEN_STRENGTH:
    case PLX_VERDICT_VIEWS_DIFFER:
    case PLX_VERDICT_SHARED_STRENGTH:
    case PLX_VERDICT_KNOWN_PROBLEM:
    case PLX_VERDICT_AGREE:
    case PLX_VERDICT_DIFFER:
    case PLX_VERDICT_OVERESTIMATES:
    case PLX_VERDICT_UNDERESTIMATES:
    case PLX_VERDICT_SEES_IT:
        return 3;
    }
    return 0;
}

const struct plx_gap *plx_view_lead(const plx_gaps *gaps, const struct plx_gaps_point *point)
{
    const struct plx_gap *best = NULL;
    guint best_weight = 0;
    for (guint i = 0; i < point->n_gaps; i++) {
        const struct plx_gap *gap = &point->gaps[i];
        if (gaps->served[gap->b] == gaps->served[gap->a] || gap->verdict == PLX_VERDICT_NONE)
            continue;
        /* Another served audience may speak when the first cannot; another viewer only when the
         * first has no gap at all. */
        if (best && plx_view_viewer(gaps, gap) != plx_view_viewer(gaps, best))
            continue;
        if (!best || weight_of(gap->verdict) > best_weight) {
            best = gap;
            best_weight = weight_of(gap->verdict);
        }
    }
    return best;
}

const struct plx_belief *plx_view_belief(const struct plx_gaps_point *point, gint by, gint about)
{
    for (guint i = 0; i < point->n_beliefs; i++)
        if ((gint)point->beliefs[i].by == by && (gint)point->beliefs[i].about == about)
            return &point->beliefs[i];
    return NULL;
}

const struct plx_prediction *plx_view_prediction(const struct plx_gaps_point *point, gint by,
                                                 gint about)
{
    for (guint i = 0; i < point->n_predictions; i++)
        if ((gint)point->predictions[i].by == by && (gint)point->predictions[i].about == about)
            return &point->predictions[i];
    return NULL;
}

const struct plx_expectation *plx_view_expectation(const struct plx_gaps_point *point,
                                                   gint audience)
{
    for (guint i = 0; i < point->n_expectations; i++)
        if ((gint)point->expectations[i].audience == audience)
            return &point->expectations[i];
    return NULL;
}

gboolean plx_view_is_about(const guint *points, guint n, const struct plx_gaps_point *point)
{
    for (guint i = 0; i < n; i++)
        if ((gint)points[i] == point->map_point)
            return TRUE;
    return FALSE;
}

const struct plx_point *plx_view_map_point(const plx_gaps *gaps, const struct plx_gaps_point *point)
{
    const plx_map *map = gaps->map;
    return map && point->map_point >= 0 && (guint)point->map_point < map->n_points
               ? &map->points[point->map_point]
               : NULL;
}

GPtrArray *plx_view_promises(const plx_gaps *gaps, const struct plx_gaps_point *point)
{
    GPtrArray *words = g_ptr_array_new();
    const plx_map *map = gaps->map;
    for (guint i = 0; map && i < map->n_promises; i++)
        if (plx_view_is_about(map->promises[i].points, map->promises[i].n_points, point))
            g_ptr_array_add(words, map->promises[i].title);
    return words;
}

struct ranked {
    struct plx_gaps_point *point;
    double size;
};

static void add_ranked(GArray *found, struct plx_gaps_point *point, double size)
{
    const struct ranked one = {point, size};
    g_array_append_val(found, one);
}

/* Points of a group lie in map order. */
static gint by_size(gconstpointer a, gconstpointer b)
{
    const struct ranked *x = a, *y = b;
    if (x->size < y->size || x->size > y->size)
        return x->size > y->size ? -1 : 1;
    return x->point < y->point ? -1 : 1;
}

static GPtrArray *sorted(GArray *found)
{
    g_array_sort(found, by_size);
    GPtrArray *points = g_ptr_array_new();
    for (guint i = 0; i < found->len; i++)
        g_ptr_array_add(points, g_array_index(found, struct ranked, i).point);
    return points;
}

GPtrArray *plx_view_expected(const struct plx_gaps_group *group)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct ranked));
    for (guint i = 0; i < group->n_points; i++) {
        struct plx_gaps_point *point = &group->points[i];
        double size = -1;
        for (guint k = 0; k < point->n_expectations; k++)
            size = fmax(size, fabs(point->expectations[k].mean_difference));
        if (size >= 0)
            add_ranked(found, point, size);
    }
    return sorted(found);
}

GPtrArray *plx_view_predicted(const struct plx_gaps_group *group)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct ranked));
    for (guint i = 0; i < group->n_points; i++) {
        struct plx_gaps_point *point = &group->points[i];
        double size = -1;
        for (guint k = 0; k < point->n_predictions; k++)
            size = fmax(size, fabs(point->predictions[k].bias));
        if (size >= 0)
            add_ranked(found, point, size);
    }
    return sorted(found);
}

GPtrArray *plx_view_with_verdict(const plx_gaps *gaps, const struct plx_gaps_group *group,
                                 enum plx_verdict verdict)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct ranked));
    for (guint i = 0; i < group->n_points; i++) {
        const struct plx_gap *gap = plx_view_lead(gaps, &group->points[i]);
        if (!gap || gap->verdict != verdict || plx_view_overestimate(gaps, &group->points[i]))
            continue;
        add_ranked(found, &group->points[i],
                   isfinite(gap->difference) ? fabs(gap->difference) : -1);
    }
    return sorted(found);
}

GPtrArray *plx_view_overestimated(const plx_gaps *gaps, const struct plx_gaps_group *group)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct ranked));
    for (guint i = 0; i < group->n_points; i++) {
        const struct plx_belief *belief = plx_view_overestimate(gaps, &group->points[i]);
        if (belief)
            add_ranked(found, &group->points[i],
                       isfinite(belief->difference) ? belief->difference : -1);
    }
    return sorted(found);
}
