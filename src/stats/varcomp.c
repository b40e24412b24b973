/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/varcomp.h"

#include "base/number.h"
#include "stats/doubles.h"
#include "stats/varcomp_search.h"

#include <math.h>
#include <string.h>

#define TOLERANCE 1e-16 /* of deviance */

gboolean plx_varcomp_alike(const guint32 *a, const guint32 *b, gsize n, gsize levels)
{
    g_autofree guint32 *partner = g_new0(guint32, levels + 1);
    for (gsize i = 0; i < n; i++) {
        if (partner[a[i]] == 0)
            partner[a[i]] = b[i] + 1;
        if (partner[a[i]] != b[i] + 1)
            return FALSE;
    }
    return TRUE;
}

static gsize used_levels(const guint32 *code, gsize n, gsize levels)
{
    g_autofree guint8 *seen = g_new0(guint8, levels + 1);
    gsize used = 0;
    for (gsize i = 0; i < n; i++) {
        used += !seen[code[i]];
        seen[code[i]] = 1;
    }
    return used;
}

enum plx_varcomp_fault plx_varcomp_check(const struct plx_varcomp_data *data, guint *which,
                                         guint *other)
{
    gsize used[PLX_VARCOMP_MOST];
    gsize tall = 0;
    gsize all = 0;
    for (guint f = 0; f < data->k; f++) {
        *which = f;
        used[f] = used_levels(data->code[f], data->n, data->levels[f]);
        if (used[f] < 2)
            return PLX_VARCOMP_ONE_LEVEL;
        if (used[f] == data->n)
            return PLX_VARCOMP_EACH_ROW;
        for (*other = 0; *other < f; ++*other)
            if (used[*other] == used[f] &&
                plx_varcomp_alike(data->code[f], data->code[*other], data->n, data->levels[f]))
                return PLX_VARCOMP_ALIKE;
        tall = MAX(tall, data->levels[f]);
        all += data->levels[f];
    }
    return all - tall > PLX_VARCOMP_WIDE ? PLX_VARCOMP_TOO_WIDE : PLX_VARCOMP_WELL;
}

/* Where to start: each factor by itself, by mean squares of its levels' means. */
static void start(struct plx_varcomp_search *s)
{
    const struct plx_varcomp_design *d = s->equations->design;
    g_autofree double *sums = g_new(double, d->tall + d->wide);
    g_autofree double *rows = g_new(double, d->tall + d->wide);
    g_autofree double *ones = g_new(double, d->cells);
    double explained = 0;
    for (gsize c = 0; c < d->cells; c++)
        ones[c] = 1;
    plx_varcomp_sum_levels(d, d->mean, sums);
    plx_varcomp_sum_levels(d, ones, rows);
    for (guint f = 0; f < d->k; f++) {
        const gsize first = f == 0 ? 0 : d->tall + d->from[f];
        double between = 0;
        double used = 0;
        for (gsize l = first; l < first + d->levels[f]; l++)
            if (rows[l] > 0) {
                between += sums[l] * sums[l] / rows[l];
                used++;
            }
        const double expected = (used - 1) * d->variance;
        s->phi[f] = CLAMP((between - expected) / (double)d->n, .01 * d->variance, .5 * d->variance);
        s->least[f] = 1e-7 * d->variance * used / (double)d->n;
        explained += s->phi[f];
    }
    s->phi[d->k] = MAX(d->variance - explained, .2 * d->variance);
    s->least[d->k] = 1e-8 * d->variance;
}

/* Parts that ended at the least with the deviance rising: exactly 0, and the rest once more. */
static void settle(struct plx_varcomp_search *s)
{
    const guint k = s->equations->design->k;
    gboolean any = FALSE;
    plx_varcomp_descend(s, TOLERANCE);
    for (guint f = 0; f < k; f++)
        if (s->phi[f] <= s->least[f] && s->equations->slope[f] >= 0) {
            s->phi[f] = 0;
            s->fixed[f] = any = TRUE;
        }
    if (any)
        plx_varcomp_descend(s, TOLERANCE);
}

static void write_part(struct plx_varcomp_search *s, guint part, double variance, double level,
                       struct plx_component *component)
{
    const gboolean residual = part == s->equations->design->k;
    component->boundary = s->fixed[part] || (residual && s->phi[part] <= s->least[part]);
    component->variance = component->boundary ? 0 : s->phi[part];
    component->se = component->boundary ? PLX_NAN : sqrt(variance);
    component->ci = (struct plx_interval){PLX_NAN, PLX_NAN};
    if (level > 0 && s->converged && !(residual && component->boundary))
        component->ci = plx_varcomp_profile(s, part, variance, level);
}

static void write_effects(const struct plx_varcomp_equations *e, double *const *effect)
{
    const struct plx_varcomp_design *d = e->design;
    g_autofree double *sums = g_new(double, d->tall + d->wide);
    g_autofree double *rows = g_new(double, d->tall + d->wide);
    g_autofree double *ones = g_new(double, d->cells);
    for (gsize c = 0; c < d->cells; c++)
        ones[c] = 1;
    plx_varcomp_sum_levels(d, e->p, sums);
    plx_varcomp_sum_levels(d, ones, rows);
    for (guint f = 0; f < d->k; f++) {
        const gsize first = f == 0 ? 0 : d->tall + d->from[f];
        const double ratio = e->phi[f] / e->phi[d->k];
        for (gsize l = 0; l < d->levels[f]; l++)
            effect[d->order[f]][l] =
                rows[first + l] > 0 ? (ratio > 0 ? ratio * sums[first + l] : 0) : PLX_NAN;
    }
}

static struct plx_varcomp nothing(const struct plx_varcomp_data *data, double *const *effect)
{
    struct plx_varcomp r = {.mean = PLX_NAN, .mean_se = PLX_NAN, .log_likelihood = PLX_NAN};
    const struct plx_component none = {PLX_NAN, PLX_NAN, {PLX_NAN, PLX_NAN}, FALSE};
    r.residual = none;
    for (guint f = 0; f < data->k; f++) {
        r.component[f] = none;
        for (gsize l = 0; effect && l < data->levels[f]; l++)
            effect[f][l] = PLX_NAN;
    }
    return r;
}

struct plx_varcomp plx_varcomp(const struct plx_varcomp_data *data, gboolean ml, double level,
                               double *const *effect)
{
    struct plx_varcomp r = nothing(data, effect);
    struct plx_varcomp_design *d = plx_varcomp_design_new(data);
    struct plx_varcomp_search s = {.equations = plx_varcomp_equations_new(d, ml)};
    /* What rounding leaves of nothing is nothing. */
    if (d->variance > 1e-26 * (d->center * d->center + d->variance)) {
        double variance[PLX_VARCOMP_PARTS];
        start(&s);
        settle(&s);
        r.steps = s.steps;
        r.converged = s.converged;
        r.mean = d->center + s.equations->mean;
        r.mean_se = sqrt(s.phi[d->k] / s.equations->one);
        r.log_likelihood = -s.equations->deviance / 2;
        if (effect)
            write_effects(s.equations, effect);
        plx_varcomp_uncertainty(&s, variance);
        for (guint f = 0; f < d->k; f++)
            write_part(&s, f, variance[f], level, &r.component[d->order[f]]);
        write_part(&s, d->k, variance[d->k], level, &r.residual);
    }
    plx_varcomp_equations_free(s.equations);
    plx_varcomp_design_free(d);
    return r;
}
