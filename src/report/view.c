/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/view.h"

#include <math.h>

gint plx_view_served(const plx_gaps *gaps)
{
    for (guint i = 0; i < gaps->n_audiences; i++)
        if (gaps->served[i])
            return (gint)i;
    return -1;
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
        if ((gint)point->gaps[i].a == a && (gint)point->gaps[i].b == b)
            return &point->gaps[i];
    return NULL;
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
        if (!gaps->served[gap->b] || gaps->served[gap->a] || gap->verdict == PLX_VERDICT_NONE)
            continue;
        /* Another served audience may speak when the first cannot; another viewer only when the
         * first has no gap at all. */
        if (best && gap->a != best->a)
            break;
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

struct ranked {
    struct plx_gaps_point *point;
    double size;
    guint place;
};

static gint by_size(gconstpointer a, gconstpointer b)
{
    const struct ranked *x = a, *y = b;
    if (x->size < y->size || x->size > y->size)
        return x->size > y->size ? -1 : 1;
    return x->place < y->place ? -1 : 1;
}

GPtrArray *plx_view_with_verdict(const plx_gaps *gaps, const struct plx_gaps_group *group,
                                 enum plx_verdict verdict)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct ranked));
    for (guint i = 0; i < group->n_points; i++) {
        const struct plx_gap *gap = plx_view_lead(gaps, &group->points[i]);
        if (!gap || gap->verdict != verdict)
            continue;
        const struct ranked one = {
            .point = &group->points[i],
            .size = isfinite(gap->difference) ? fabs(gap->difference) : -1,
            .place = i,
        };
        g_array_append_val(found, one);
    }
    g_array_sort(found, by_size);
    GPtrArray *points = g_ptr_array_new();
    for (guint i = 0; i < found->len; i++)
        g_ptr_array_add(points, g_array_index(found, struct ranked, i).point);
    return points;
}
