/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/number.h"
#include "stats/gstudy.h"
#include "stats/varcomp.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TARGET 1u

/* The sources that can be told apart, as factors. */
struct factors {
    struct plx_varcomp_data data;
    guint32 *code[PLX_GSTUDY_SOURCES]; /* owned; as in data */
    guint of[PLX_GSTUDY_SOURCES];
};

static int compare_keys(gconstpointer a, gconstpointer b)
{
    const guint64 x = *(const guint64 *)a;
    const guint64 y = *(const guint64 *)b;
    return (x > y) - (x < y);
}

/* Distinct pairs of codes, numbered from 0 in order; returns how many there are. */
static gsize combine(guint32 *into, const guint32 *other, gsize n)
{
    g_autofree guint64 *key = g_new(guint64, n + 1);
    for (gsize i = 0; i < n; i++)
        key[i] = (guint64)into[i] << 32 | other[i];
    g_autofree guint64 *sorted = g_memdup2(key, n * sizeof *key);
    gsize distinct = 0;
    qsort(sorted, n, sizeof *sorted, compare_keys);
    for (gsize i = 0; i < n; i++)
        if (i == 0 || sorted[i] != sorted[distinct - 1])
            sorted[distinct++] = sorted[i];
    for (gsize i = 0; i < n; i++) {
        const guint64 *found = bsearch(&key[i], sorted, distinct, sizeof *sorted, compare_keys);
        into[i] = (guint32)(found - sorted);
    }
    return distinct;
}

/* How rows are grouped by all that `of` names; *levels: into how many groups. */
static guint32 *group(const struct plx_gstudy_data *data, guint of, gsize *levels)
{
    guint32 *code = g_new0(guint32, data->n + 1);
    *levels = 1;
    if (of & TARGET)
        *levels = combine(code, data->target, data->n);
    for (guint f = 0; f < data->facets; f++)
        if (of & (2u << f))
            *levels = combine(code, data->facet[f], data->n);
    return code;
}

/* A new source, unless rows are grouped so already: then the one there is of all that both name (a
 * facet whose levels saw one target each is nested in it), or unless each row is a group. */
static void add_factor(struct factors *x, const struct plx_gstudy_data *data, guint of,
                       struct plx_gstudy *g)
{
    gsize levels = 0;
    g_autofree guint32 *code = group(data, of, &levels);
    if (levels == data->n)
        return;
    for (guint i = 0; i < x->data.k; i++)
        if (x->data.levels[i] == levels && plx_varcomp_alike(code, x->code[i], data->n, levels)) {
            if (x->of[i] == TARGET)
                g->confounded = TRUE;
            else
                x->of[i] |= of;
            return;
        }
    x->of[x->data.k] = of;
    x->data.levels[x->data.k] = levels;
    x->data.code[x->data.k] = x->code[x->data.k] = g_steal_pointer(&code);
    x->data.k++;
}

static enum plx_gstudy_fault find_factors(const struct plx_gstudy_data *data, struct factors *x,
                                          struct plx_gstudy *g, guint *which)
{
    static const guint order[] = {1, 2, 4, 3, 5, 6, 7};
    const guint all = (2u << data->facets) - 1;
    x->data.y = data->y;
    x->data.n = data->n;
    *which = 0;
    for (guint i = 0; i < G_N_ELEMENTS(order); i++) {
        if ((order[i] & all) != order[i])
            continue;
        add_factor(x, data, order[i], g);
        if (x->data.k == 0)
            return PLX_GSTUDY_EACH_ROW;
        /* A facet by itself must not be what the targets are. */
        if (g->confounded && (order[i] == 2 || order[i] == 4)) {
            *which = order[i] / 4;
            return PLX_GSTUDY_CONFOUNDED;
        }
    }
    guint ignored = 0;
    return plx_varcomp_check(&x->data, &ignored, &ignored) == PLX_VARCOMP_WELL
               ? PLX_GSTUDY_WELL
               : PLX_GSTUDY_TOO_WIDE;
}

static gsize count_groups(const struct plx_gstudy_data *data, guint of)
{
    gsize levels = 0;
    g_free(group(data, of, &levels));
    return levels;
}

static enum plx_gstudy_fault check_levels(const struct plx_gstudy_data *data, struct plx_gstudy *g,
                                          guint *which)
{
    g->targets = count_groups(data, TARGET);
    if (g->targets < 2)
        return PLX_GSTUDY_ONE_TARGET;
    for (guint f = 0; f < data->facets; f++) {
        g->levels[f] = count_groups(data, 2u << f);
        *which = f;
        if (g->levels[f] < 2)
            return PLX_GSTUDY_ONE_LEVEL;
    }
    return PLX_GSTUDY_WELL;
}

static void add_part(struct plx_gstudy *g, guint of, const struct plx_component *c)
{
    g->source[g->sources++] = (struct plx_gsource){of, c->variance, c->ci, c->boundary};
}

static void fit(const struct plx_gstudy_data *data, const struct factors *x, double level,
                double *const *severity, struct plx_gstudy *g)
{
    double *effect[PLX_GSTUDY_SOURCES] = {NULL};
    for (guint i = 0; i < x->data.k; i++)
        effect[i] = g_new(double, x->data.levels[i]);
    const struct plx_varcomp r = plx_varcomp(&x->data, FALSE, level, effect);
    for (guint i = 0; i < x->data.k; i++) {
        add_part(g, x->of[i], &r.component[i]);
        for (guint f = 0; f < data->facets; f++)
            g->crossed[f] = g->crossed[f] || x->of[i] == 2u << f;
    }
    add_part(g, (2u << g->facets) - 1, &r.residual);
    for (guint f = 0; f < data->facets; f++) {
        for (gsize l = 0; severity && severity[f] && l < data->levels[f]; l++)
            severity[f][l] = PLX_NAN;
        for (guint i = 0; i < x->data.k; i++)
            for (gsize row = 0; severity && severity[f] && row < data->n; row++)
                if (x->of[i] == 2u << f)
                    severity[f][data->facet[f][row]] = effect[i][x->code[i][row]];
    }
    for (guint i = 0; i < x->data.k; i++)
        g_free(effect[i]);
}

enum plx_gstudy_fault plx_gstudy_reml(const struct plx_gstudy_data *data, double level,
                                      double *const *severity, struct plx_gstudy *study,
                                      guint *which)
{
    struct factors x = {0};
    struct plx_gstudy g = {.facets = MAX(1, data->facets), .levels = {data->n}};
    enum plx_gstudy_fault fault = check_levels(data, &g, which);
    if (fault == PLX_GSTUDY_WELL)
        fault = find_factors(data, &x, &g, which);
    if (fault == PLX_GSTUDY_WELL) {
        fit(data, &x, level, severity, &g);
        *study = g;
    }
    for (guint i = 0; i < x.data.k; i++)
        g_free(x.code[i]);
    return fault;
}
