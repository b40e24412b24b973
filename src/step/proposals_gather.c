/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Candidates, point by point, from released readings. */
#include "step/proposals_private.h"

#include "stats/share.h"

#include <math.h>
#include <string.h>

static gint index_of(const struct plx_scale *scale, gint8 cut)
{
    if (cut == PLX_NO_CUT)
        return -1;
    return scale->down ? scale->max - cut : cut - scale->min;
}

gboolean plx_next_levels_of(const struct plx_voice *voice, struct plx_next_levels *levels)
{
    if (!voice || voice->suppressed || !voice->counts || !voice->scale || voice->n <= 0 ||
        voice->k < 2)
        return FALSE;
    *levels = (struct plx_next_levels){.k = voice->k,
                                       .voice = voice,
                                       .scale = voice->scale,
                                       .met = index_of(voice->scale, voice->scale->met),
                                       .desired = index_of(voice->scale, voice->scale->desired),
                                       .unit = 5.0 / (voice->k - 1)};
    for (guint i = 0; i < levels->k; i++)
        levels->total += plx_next_weight_at(levels, i);
    return levels->met > 0 && levels->total > 0;
}

double plx_next_weight_at(const struct plx_next_levels *levels, guint index)
{
    const guint value = levels->scale->down ? levels->k - 1 - index : index;
    const struct plx_voice *voice = levels->voice;
    return voice->weights ? voice->weights[value] : (double)voice->counts[value];
}

guint plx_next_aim(const struct plx_next_levels *levels, gboolean above)
{
    return (guint)(above && levels->desired > 0 ? levels->desired : levels->met);
}

double plx_next_share_below(const struct plx_next_levels *levels, guint index)
{
    double n = 0;
    for (guint i = 0; i < index; i++)
        n += plx_next_weight_at(levels, i);
    return n / levels->total;
}

double plx_next_short_of(const struct plx_next_levels *levels, guint index, double *variance)
{
    double sum = 0, squares = 0;
    for (guint i = 0; i < index; i++) {
        const double apart = levels->unit * (index - i);
        const double n = plx_next_weight_at(levels, i);
        sum += n * apart;
        squares += n * apart * apart;
    }
    const double mean = sum / levels->total;
    *variance = MAX(squares / levels->total - mean * mean, 0);
    return mean;
}

const struct plx_voice *plx_next_voice(const plx_next *next, const struct plx_gaps_point *point,
                                       const char *audience)
{
    for (guint i = 0; audience && i < point->n_voices; i++)
        if (strcmp(next->gaps->audiences[point->voices[i].audience], audience) == 0)
            return point->voices[i].suppressed ? NULL : &point->voices[i];
    return NULL;
}

static const struct plx_belief *belief_of(const plx_next *next, const struct plx_gaps_point *point,
                                          const char *by)
{
    for (guint i = 0; i < point->n_beliefs; i++) {
        const struct plx_belief *it = &point->beliefs[i];
        if (!it->suppressed && strcmp(next->gaps->audiences[it->by], by) == 0 &&
            strcmp(next->gaps->audiences[it->about], next->about.audience) == 0)
            return it;
    }
    return NULL;
}

/* Do they surely rate it higher, or surely believe more people content? */
static gboolean is_unaware(const plx_next *next, const struct plx_gaps_point *point, const char *by,
                           const struct plx_belief *belief)
{
    if (belief && belief->verdict == PLX_VERDICT_OVERESTIMATES)
        return TRUE;
    for (guint i = 0; i < point->n_gaps; i++) {
        const struct plx_gap *gap = &point->gaps[i];
        if (gap->verdict == PLX_VERDICT_BLIND_SPOT &&
            strcmp(next->gaps->audiences[gap->a], by) == 0 &&
            strcmp(next->gaps->audiences[gap->b], next->about.audience) == 0)
            return TRUE;
    }
    return FALSE;
}

static const struct plx_driver *driver_of(const plx_next *next, const char *point)
{
    for (guint p = 0; next->drivers && p < next->drivers->n_parts; p++)
        for (guint i = 0; i < next->drivers->parts[p].n_points; i++)
            if (next->drivers->parts[p].points[i].state == PLX_DRIVER_SHOWN &&
                strcmp(next->drivers->parts[p].points[i].point, point) == 0)
                return &next->drivers->parts[p].points[i];
    return NULL;
}

/* How much of a way is walked, beside the one that most people judged as a whole: 1 where that is
 * not known. */
static double walked(const plx_next *next, const struct plx_way *way)
{
    gint64 most = 0;
    if (way->whole.state != PLX_WAY_SHOWN)
        return 1;
    for (guint w = 0; w < next->ways->n; w++)
        if (next->ways->ways[w].whole.state == PLX_WAY_SHOWN)
            most = MAX(most, next->ways->ways[w].whole.persons);
    return most > 0 ? (double)way->whole.persons / (double)most : 1;
}

/* Of 100 on that way. Where no way tells it: of those asked. Chances estimated from who was asked
 * can exceed 1 a little. */
static void fill_touched(const plx_next *next, struct plx_proposal *p)
{
    const double asked = (double)(p->voice->n + MAX(p->voice->na, 0));
    double met = (double)p->voice->n / asked, past = 1;
    for (guint w = 0; next->ways && w < next->ways->n; w++) {
        const struct plx_way *way = &next->ways->ways[w];
        for (guint i = 0; i < way->n_points; i++)
            if (strcmp(way->points[i].id, p->point) == 0 && isfinite(way->points[i].met) &&
                isfinite(way->points[i].reach)) {
                met = way->points[i].met;
                past = way->points[i].reach * walked(next, way);
                w = next->ways->n - 1;
                break;
            }
    }
    p->touched = 100 * MIN(met * past, 1);
    p->touched_error = 100 * past * sqrt(MAX(met * (1 - met), 0) / asked);
}

static double weight_of(const struct plx_proposal *p)
{
    static const double efforts[] = {1, 1, 0.25, 0.1};
    const double unaware = 1 + (p->leaders_unaware ? 0.5 : 0) + (p->staff_unaware ? 0.5 : 0);
    const double whole = p->driver && p->driver->named ? PLX_NEXT_WHOLE : 1;
    return unaware * whole * (p->effort < 0 ? 0.5 : efforts[p->effort]);
}

/* The lowest level that a sizeable share are worse than: its index, or 0. */
static guint find_to(const struct plx_next_levels *levels, const struct plx_driver *driver)
{
    const gboolean high =
        driver && driver->named &&
        (driver->shape == PLX_SHAPE_PLEASES_ABOVE || driver->shape == PLX_SHAPE_BOTH);
    const guint desired = levels->desired < 0 ? (guint)levels->met : (guint)levels->desired;
    const guint last = high ? levels->k - 1 : desired;
    for (guint i = 1; i <= last; i++)
        if (plx_next_share_below(levels, i) >= PLX_NEXT_SIZEABLE)
            return i;
    return 0;
}

static void fill_levels(struct plx_proposal *p, const struct plx_next_levels *levels, guint to)
{
    const struct plx_scale *s = levels->scale;
    const double n =
        isfinite(p->voice->n_eff) && p->voice->n_eff >= 1 ? p->voice->n_eff : (double)p->voice->n;
    double variance;
    p->scale = s;
    p->to = s->down ? s->max - (int)to : s->min + (int)to;
    p->from = p->to + (s->down ? 1 : -1);
    p->above = (gint)to > levels->met;
    p->below = plx_next_share_below(levels, to);
    p->below_ci = plx_wilson(p->below * n, n, 0.95, FALSE);
    p->below_met = plx_next_share_below(levels, (guint)levels->met);
    p->below_met_ci = plx_wilson(p->below_met * n, n, 0.95, FALSE);
    p->shortfall = plx_next_short_of(levels, plx_next_aim(levels, p->above), &variance);
    p->error = sqrt(variance / n);
}

static void fill_sight(const plx_next *next, struct plx_proposal *p,
                       const struct plx_gaps_point *point)
{
    const plx_map *map = next->about.map;
    p->leaders = plx_next_voice(next, point, "leader");
    p->staff = plx_next_voice(next, point, "staff");
    p->leaders_believe = belief_of(next, point, "leader");
    p->staff_believe = belief_of(next, point, "staff");
    p->leaders_unaware = is_unaware(next, point, "leader", p->leaders_believe);
    p->staff_unaware = is_unaware(next, point, "staff", p->staff_believe);
    p->effort = point->map_point >= 0 ? map->points[point->map_point].effort : -1;
}

static gboolean promise_is_of(const struct plx_promise_reading *promise, const char *point)
{
    for (guint i = 0; i < promise->n_points; i++)
        if (strcmp(promise->points[i], point) == 0)
            return TRUE;
    return FALSE;
}

/* The same point with its promise corrected, for those who knew it and for whom it was not kept. */
static void add_promise(const plx_next *next, const struct plx_proposal *delivery, GArray *found)
{
    for (guint i = 0; next->promises && i < next->promises->n_promises; i++) {
        const struct plx_promise_reading *it = &next->promises->promises[i];
        const struct plx_promise_share *kept = &it->voices[0].kept, *known = &it->voices[0].known;
        if (it->kept_verdict != PLX_PROMISE_NOT_KEPT || !promise_is_of(it, delivery->point) ||
            !isfinite(kept->share) || !isfinite(known->share))
            continue;
        struct plx_proposal p = *delivery;
        p.repair = PLX_STEP_PROMISE;
        p.promise = it;
        p.touched *= known->share * (1 - kept->share);
        p.touched_error *= known->share * (1 - kept->share);
        g_array_append_val(found, p);
    }
}

static void add_point(const plx_next *next, const struct plx_gaps_point *point, GArray *found)
{
    struct plx_next_levels levels;
    const struct plx_voice *voice = plx_next_voice(next, point, next->about.audience);
    if (!plx_next_levels_of(voice, &levels))
        return;
    const struct plx_driver *driver = driver_of(next, point->point);
    const guint to = find_to(&levels, driver);
    if (to == 0)
        return;
    struct plx_proposal p = {.point = point->point,
                             .title = point->title,
                             .journey_title = point->journey_title,
                             .transaction_title = point->transaction_title,
                             .voice = voice,
                             .driver = driver,
                             .answers_needed = NAN,
                             .weeks = NAN};
    fill_levels(&p, &levels, to);
    fill_sight(next, &p, point);
    fill_touched(next, &p);
    p.weight = weight_of(&p);
    g_array_append_val(found, p);
    add_promise(next, &p, found);
}

/* `scale` of a point at whose floor answers are; NULL of a promise. */
static void note_broken(plx_next *next, const char *title, double share,
                        const struct plx_scale *scale)
{
    next->promises_first = TRUE;
    if (next->broken_title && next->broken >= share)
        return;
    next->broken_title = title;
    next->broken = share;
    next->broken_scale = scale;
}

static void find_broken(plx_next *next)
{
    const struct plx_gaps_group *group = plx_next_group(next);
    for (guint i = 0; i < group->n_points; i++) {
        const struct plx_voice *v = plx_next_voice(next, &group->points[i], next->about.audience);
        if (v && v->floor_ci.lo > PLX_NEXT_BROKEN)
            note_broken(next, group->points[i].title, v->floor_share, v->scale);
    }
    for (guint i = 0; next->promises && i < next->promises->n_promises; i++) {
        const struct plx_promise_reading *it = &next->promises->promises[i];
        if (it->kept_verdict == PLX_PROMISE_NOT_KEPT)
            note_broken(next, it->title, 1 - it->voices[0].kept.share, NULL);
    }
}

/* What needs no change, only words. */
static void find_untold(plx_next *next)
{
    GArray *untold = g_array_new(FALSE, TRUE, sizeof(struct plx_next_untold));
    for (guint i = 0; next->promises && i < next->promises->n_promises; i++) {
        const struct plx_promise_reading *it = &next->promises->promises[i];
        const struct plx_next_untold found = {it, NULL};
        if (it->kept_verdict == PLX_PROMISE_KEPT && it->known_verdict == PLX_PROMISE_NOT_KNOWN)
            g_array_append_val(untold, found);
    }
    const struct plx_gaps_group *group = plx_next_group(next);
    for (guint i = 0; i < group->n_points; i++) {
        const struct plx_next_untold found = {NULL, &group->points[i]};
        gboolean hidden = FALSE;
        for (guint g = 0; g < group->points[i].n_gaps; g++)
            hidden = hidden || group->points[i].gaps[g].verdict == PLX_VERDICT_HIDDEN_STRENGTH;
        if (hidden)
            g_array_append_val(untold, found);
    }
    next->n_untold = untold->len;
    next->untold = (struct plx_next_untold *)g_array_free(untold, FALSE);
    if (next->untold)
        g_ptr_array_add(next->memory, next->untold);
}

void plx_next_gather(plx_next *next, GArray *proposals)
{
    const struct plx_gaps_group *group = plx_next_group(next);
    find_broken(next);
    find_untold(next);
    for (guint i = 0; i < group->n_points; i++)
        add_point(next, &group->points[i], proposals);
    for (guint i = proposals->len; i-- > 0;)
        if (next->promises_first && g_array_index(proposals, struct plx_proposal, i).above)
            g_array_remove_index(proposals, i);
    for (guint i = 0; i < proposals->len; i++) {
        const struct plx_proposal *p = &g_array_index(proposals, struct plx_proposal, i);
        next->efforts_unknown += p->effort < 0 && p->repair == PLX_STEP_DELIVERY;
    }
}
