/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/gstudy.h"

#include "base/number.h"
#include "stats/varcomp_design.h"

#include <math.h>

#define MOST 1000
#define TARGET 1u

static void add_source(struct plx_gstudy *g, guint of, double variance)
{
    g->source[g->sources++] = (struct plx_gsource){
        .of = of,
        .variance = isnan(variance) ? PLX_NAN : MAX(0, variance),
        .ci = {PLX_NAN, PLX_NAN},
        .boundary = variance <= 0,
    };
}

struct plx_gstudy plx_gstudy_crossed(const struct plx_icc *icc)
{
    struct plx_gstudy g = {
        .targets = icc->targets, .facets = 1, .levels = {icc->judges}, .crossed = {TRUE}};
    add_source(&g, 1, (icc->between - icc->error) / (double)icc->judges);
    add_source(&g, 2, (icc->judge - icc->error) / (double)icc->targets);
    add_source(&g, 3, icc->error);
    return g;
}

/* Rows within targets: mean squares, and the size that unequal groups count as. */
static void nested(const struct plx_gstudy_data *data, struct plx_gstudy *study)
{
    const struct plx_varcomp_data one = {data->y, data->n, {data->target}, {data->targets}, 1};
    struct plx_varcomp_design *d = plx_varcomp_design_new(&one);
    const double n = (double)d->n;
    const double groups = (double)d->cells;
    double between = 0;
    double squares = 0;
    for (gsize c = 0; c < d->cells; c++) {
        between += d->count[c] * d->mean[c] * d->mean[c];
        squares += d->count[c] * d->count[c];
    }
    const double within = d->within / (n - groups);
    const double size = (n - squares / n) / (groups - 1);
    struct plx_gstudy g = {.targets = d->cells, .facets = 1, .levels = {d->n}};
    add_source(&g, 1, (between / (groups - 1) - within) / size);
    add_source(&g, 3, within);
    *study = g;
    plx_varcomp_design_free(d);
}

static enum plx_gstudy_fault crossed(const struct plx_gstudy_data *data, struct plx_gstudy *study)
{
    const gsize judges = data->levels[0];
    if (data->n != data->targets * judges)
        return PLX_GSTUDY_INCOMPLETE;
    g_autofree double *table = g_new(double, data->n);
    for (gsize i = 0; i < data->n; i++)
        table[i] = PLX_NAN;
    for (gsize i = 0; i < data->n; i++) {
        double *cell = &table[data->target[i] * judges + data->facet[0][i]];
        if (!isnan(*cell))
            return PLX_GSTUDY_INCOMPLETE;
        *cell = data->y[i];
    }
    const struct plx_icc icc = plx_icc(table, data->targets, judges, .95);
    *study = plx_gstudy_crossed(&icc);
    return PLX_GSTUDY_WELL;
}

enum plx_gstudy_fault plx_gstudy_anova(const struct plx_gstudy_data *data, struct plx_gstudy *study,
                                       guint *which)
{
    *which = 0;
    if (data->targets < 2)
        return PLX_GSTUDY_ONE_TARGET;
    if (data->targets >= data->n)
        return PLX_GSTUDY_EACH_ROW;
    if (data->facets > 0 && data->levels[0] < 2)
        return PLX_GSTUDY_ONE_LEVEL;
    if (data->facets > 1)
        return PLX_GSTUDY_INCOMPLETE;
    if (data->facets == 1)
        return crossed(data, study);
    nested(data, study);
    return PLX_GSTUDY_WELL;
}

gboolean plx_gstudy_severity(const struct plx_gstudy *study, guint facet)
{
    return study->crossed[facet] && study->targets >= PLX_GSTUDY_SEVERITY &&
           study->levels[facet] >= PLX_GSTUDY_SEVERITY;
}

static gboolean is_error(enum plx_gstudy_kind kind, guint of)
{
    return of != TARGET && (kind == PLX_GSTUDY_ABSOLUTE || (of & TARGET));
}

/* Error variance of a mean over n of each facet; `facet`, if there is one of that number, only
 * where it is (with) or only where it is not, and then per one level of it. */
static double error_of(const struct plx_gstudy *g, enum plx_gstudy_kind kind, const double *n,
                       guint facet, gboolean with)
{
    double sum = 0;
    for (guint i = 0; i < g->sources; i++) {
        const struct plx_gsource *s = &g->source[i];
        const gboolean has = (s->of & (2u << facet)) != 0;
        if (!is_error(kind, s->of) || (facet < g->facets && has != with))
            continue;
        double part = s->variance;
        for (guint f = 0; f < g->facets; f++)
            if (f != facet && (s->of & (2u << f)))
                part /= n[f];
        sum += part;
    }
    return sum;
}

double plx_gstudy_reliability(const struct plx_gstudy *g, enum plx_gstudy_kind kind,
                              const double *n)
{
    const double error = error_of(g, kind, n, PLX_GSTUDY_FACETS, TRUE);
    const double target = g->source[0].variance;
    return target + error > 0 ? target / (target + error) : PLX_NAN;
}

double plx_gstudy_needed(const struct plx_gstudy *g, enum plx_gstudy_kind kind, double aim,
                         const double *n, guint facet)
{
    g_assert(facet < g->facets);
    const double per_level = error_of(g, kind, n, facet, TRUE);
    const double allowed =
        g->source[0].variance * (1 - aim) / aim - error_of(g, kind, n, facet, FALSE);
    if (isnan(per_level) || isnan(allowed) || (per_level <= 0 && g->source[0].variance <= 0))
        return PLX_NAN;
    return allowed > 0 ? per_level / allowed : PLX_INFINITY;
}

void plx_gstudy_least(const struct plx_gstudy *g, enum plx_gstudy_kind kind, double aim, guint *n)
{
    const guint last = g->facets - 1;
    double product = PLX_INFINITY;
    for (guint f = 0; f < g->facets; f++)
        n[f] = 0;
    for (guint first = 1; first <= (last > 0 ? MOST : 1); first++) {
        const double trial[] = {first, 1};
        /* What rounding adds to a whole number asks for no further look. */
        const double needed = ceil(plx_gstudy_needed(g, kind, aim, trial, last) - 1e-9);
        if (!(needed <= MOST) || first * MAX(1, needed) >= product)
            continue;
        product = first * MAX(1, needed);
        n[0] = first;
        n[last] = (guint)MAX(1, needed);
    }
}
