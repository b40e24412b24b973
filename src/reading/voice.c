/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/gaps_exact.h"
#include "stats/agreement.h"
#include "stats/moments.h"

#include <math.h>
#include <string.h>

guint plx_minimum(const struct plx_audience *audience)
{
    return audience->named || audience->minimum < 1 ? 1 : audience->minimum;
}

gboolean plx_is_masked(const struct plx_audience *audience)
{
    return audience->protected_ && !audience->named;
}

struct plx_distribution plx_tally_distribution(const struct plx_tally *tally, gboolean complete,
                                               GPtrArray *memory)
{
    double *w = plx_keep(memory, tally->k, sizeof *w);
    for (guint i = 0; i < tally->k; i++)
        w[i] = tally->w ? tally->w[i] : (double)tally->n[i];
    return (struct plx_distribution){.k = tally->k,
                                     .first = tally->scale->min,
                                     .w = w,
                                     .w2 = tally->w ? tally->w2 : NULL,
                                     .m = tally->repeats ? tally->m : NULL,
                                     .units = (double)tally->units,
                                     .n = (double)tally->total,
                                     .complete = complete};
}

gboolean plx_tally_unanimous(const struct plx_tally *tally)
{
    guint used = 0;
    for (guint i = 0; i < tally->k; i++)
        used += tally->n[i] > 0;
    return used == 1;
}

struct plx_share plx_cut_share(const struct plx_distribution *d, const struct plx_scale *scale,
                               gint8 cut)
{
    if (cut == PLX_NO_CUT || d->n <= 0)
        return (struct plx_share){NAN, NAN, {NAN, NAN}};
    const guint at = (guint)(cut - scale->min);
    return scale->down ? plx_share(d, 0, at, 0.95) : plx_share(d, at, d->k - 1, 0.95);
}

/* P(x <= floor), or P(x >= floor) where low is good. */
static struct plx_share floor_share(const struct plx_distribution *d, const struct plx_scale *scale)
{
    if (scale->floor == PLX_NO_CUT || d->n <= 0)
        return (struct plx_share){NAN, NAN, {NAN, NAN}};
    const guint at = (guint)(scale->floor - scale->min);
    return scale->down ? plx_share(d, at, d->k - 1, 0.95) : plx_share(d, 0, at, 0.95);
}

static void fill_shares(struct plx_voice *v, const struct plx_distribution *d)
{
    const struct plx_share floor = floor_share(d, v->scale);
    const struct plx_share met = plx_cut_share(d, v->scale, v->scale->met);
    const struct plx_share desired = plx_cut_share(d, v->scale, v->scale->desired);
    v->floor_share = floor.p;
    v->floor_ci = floor.ci;
    v->met_share = met.p;
    v->met_ci = met.ci;
    v->desired_share = desired.p;
    v->desired_ci = desired.ci;
    v->top_share = plx_cut_share(d, v->scale, v->scale->top).p;
}

/* How many there are, and the range of their mean if the others had answered. Of a part it is not
 * known how many there are, unless they are all in it. */
static void fill_population(struct plx_voice *v, gint64 population, gboolean part)
{
    v->complete = population > 0 && v->persons == population;
    v->population = population > 0 && (v->complete || !part) ? population : PLX_NO_COUNT;
    v->mean_range = (struct plx_interval){NAN, NAN};
    if (v->population <= v->persons || v->persons == 0)
        return;
    const double all = (double)population, known = (double)v->persons * v->mean;
    const double missing = all - (double)v->persons;
    v->mean_range.lo = (known + missing * v->scale->min) / all;
    v->mean_range.hi = (known + missing * v->scale->max) / all;
}

static gint64 count_not_asked(const struct plx_cell *cell, const struct plx_tally *tally,
                              guint64 encounters)
{
    if (encounters == PLX_NO_ENCOUNTERS)
        return PLX_NO_COUNT;
    const guint64 elsewhere = encounters > cell->encounters ? encounters - cell->encounters : 0;
    return (gint64)(elsewhere + tally->empty);
}

void plx_voice_fill(struct plx_exact_voice *voice, const struct plx_audience *audience,
                    const struct plx_cell *cell, enum plx_measure measure, guint64 encounters,
                    gboolean part, GPtrArray *memory)
{
    const struct plx_tally *tally = plx_cell_tally(cell, measure);
    struct plx_voice *v = &voice->v;
    voice->tally = tally;
    v->scale = tally->scale;
    v->k = tally->k;
    v->n = (gint64)tally->total;
    v->persons = (gint64)tally->persons;
    v->na = (gint64)tally->na;
    v->declined = (gint64)tally->declined;
    v->not_asked = count_not_asked(cell, tally, encounters);
    v->counts = plx_keep(memory, tally->k, sizeof *v->counts);
    for (guint i = 0; i < tally->k; i++)
        v->counts[i] = (gint64)tally->n[i];
    v->weights = tally->w ? plx_keep(memory, tally->k, sizeof *v->weights) : NULL;
    if (v->weights)
        memcpy(v->weights, tally->w, tally->k * sizeof *v->weights);
    voice->unanimous = plx_tally_unanimous(tally);
    voice->d = plx_tally_distribution(tally, FALSE, memory);
    v->mean = plx_mean(&voice->d);
    fill_population(v, audience->population, part);
    voice->d.complete = v->complete;
    v->n_eff = plx_n_eff(&voice->d);
    v->mean_ci = plx_mean_interval(&voice->d, 0.95);
    v->median = plx_median(&voice->d);
    v->interpolated_median = plx_interpolated_median(&voice->d);
    v->agreement = plx_agreement(voice->d.w, voice->d.k);
    fill_shares(v, &voice->d);
}
