/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands beside a proposal: places already there, what it takes to know. */
#include "step/proposals_private.h"

#include "base/date.h"
#include "stats/random.h"
#include "stats/whitehead.h"

#include <math.h>
#include <string.h>

static gboolean is_there(const struct plx_proposal *p, const struct plx_limit_part *part)
{
    return p->scale->down ? part->outside < 0 && part->value <= p->to
                          : part->outside > 0 && part->value >= p->to;
}

static void find_places(const plx_next *next, struct plx_proposal *p)
{
    for (guint i = 0; next->consistency && i < next->consistency->n_points; i++) {
        const struct plx_consistency_point *it = &next->consistency->points[i];
        if (strcmp(it->point, p->point) != 0 || it->suppressed || it->funnel.missing)
            continue;
        const char **places = g_new0(const char *, it->funnel.n_parts + 1);
        g_ptr_array_add(next->memory, places);
        for (guint k = 0; k < it->funnel.n_parts; k++)
            if (is_there(p, &it->funnel.parts[k]))
                places[p->n_places++] = it->funnel.parts[k].key;
        p->places = places;
    }
}

/* Weeks from the first answer to the last, at least one. */
static double weeks_of(const struct plx_about *about)
{
    struct plx_time since, until;
    if (!about->data_since || !about->data_until ||
        !plx_time_parse(about->data_since, strlen(about->data_since), &since) ||
        !plx_time_parse(about->data_until, strlen(about->data_until), &until))
        return NAN;
    return MAX((until.day - since.day + 1) / 7.0, 1);
}

static void find_size(const plx_next *next, struct plx_proposal *p)
{
    struct plx_next_levels levels;
    const double b = p->below;
    p->share = floor(100 * (1 - b / 2) + 0.5) / 100;
    if (!plx_next_levels_of(p->voice, &levels) || !(b > 0) || !(b < 1))
        return;
    g_autofree double *shares = g_new0(double, levels.k);
    for (guint i = 0; i < levels.k; i++)
        shares[i] = plx_next_weight_at(&levels, i) / levels.total;
    const double ratio = log(b / 2 / (1 - b / 2)) - log(b / (1 - b));
    p->answers_needed =
        ceil(plx_whitehead_total(shares, levels.k, ratio, PLX_NEXT_ALPHA, PLX_NEXT_POWER));
    p->weeks = ceil(p->answers_needed * weeks_of(&next->about) / (double)p->voice->n);
}

static gint by_answers(gconstpointer a, gconstpointer b)
{
    const struct plx_limit_part *x = *(const struct plx_limit_part *const *)a;
    const struct plx_limit_part *y = *(const struct plx_limit_part *const *)b;
    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return strcmp(x->key, y->key);
}

static gint by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* How many places a side, the largest first, until it can be known soon enough. */
static guint places_needed(const plx_next *next, struct plx_proposal *p, const GPtrArray *places)
{
    const double span = weeks_of(&next->about);
    gint64 answers = 0;
    guint k = 0;
    while (2 * (k + 1) <= places->len && k < PLX_NEXT_PLACES_MAX) {
        answers += ((const struct plx_limit_part *)places->pdata[2 * k])->n;
        answers += ((const struct plx_limit_part *)places->pdata[2 * k + 1])->n;
        k++;
        const double weeks = ceil(p->answers_needed * span / (double)answers);
        if (k < PLX_NEXT_PLACES)
            continue;
        p->weeks = weeks;
        if (!(weeks > PLX_NEXT_WEEKS))
            break;
    }
    return k;
}

/* So long before the start that the place with fewest answers has some to compare with. */
static guint window_needed(const plx_next *next, const struct plx_limit_part *fewest)
{
    const double weeks = ceil(PLX_NEXT_BASELINE * weeks_of(&next->about) / (double)fewest->n);
    return isfinite(weeks) ? (guint)CLAMP(weeks, PLX_NEXT_WINDOW, 520) : PLX_NEXT_WINDOW;
}

/* Of the places with most answers, which are not there yet, half by lot: who chooses places
 * chooses the willing ones. */
static void draw_places(const plx_next *next, struct plx_proposal *p,
                        const struct plx_limits *funnel, guint64 seed)
{
    g_autoptr(GPtrArray) places = g_ptr_array_new();
    for (guint i = 0; i < funnel->n_parts; i++)
        if (!is_there(p, &funnel->parts[i]) && *funnel->parts[i].key)
            g_ptr_array_add(places, &funnel->parts[i]);
    if (places->len < 2 * PLX_NEXT_PLACES)
        return;
    g_ptr_array_sort(places, by_answers);
    struct plx_random random;
    guint order[2 * PLX_NEXT_PLACES_MAX];
    p->n_trial = places_needed(next, p, places);
    p->window = window_needed(next, places->pdata[2 * p->n_trial - 1]);
    for (guint i = 0; i < 2 * p->n_trial; i++)
        order[i] = i;
    plx_random_seed_stream(&random, seed, g_str_hash(p->point));
    plx_random_shuffle(&random, order, (gsize)2 * p->n_trial);
    for (guint i = 0; i < p->n_trial; i++) {
        p->trial[i] = ((const struct plx_limit_part *)places->pdata[order[i]])->key;
        p->compare[i] = ((const struct plx_limit_part *)places->pdata[order[p->n_trial + i]])->key;
    }
    qsort(p->trial, p->n_trial, sizeof *p->trial, by_name);
    qsort(p->compare, p->n_trial, sizeof *p->compare, by_name);
}

static void find_trial(const plx_next *next, struct plx_proposal *p, guint64 seed)
{
    for (guint i = 0; next->consistency && i < next->consistency->n_points; i++) {
        const struct plx_consistency_point *it = &next->consistency->points[i];
        if (strcmp(it->point, p->point) == 0 && !it->suppressed)
            draw_places(next, p, &it->funnel, seed);
    }
}

void plx_next_evidence(const plx_next *next, struct plx_proposal *proposal, guint64 seed)
{
    proposal->window = PLX_NEXT_WINDOW;
    find_places(next, proposal);
    find_size(next, proposal);
    find_trial(next, proposal, seed);
}
