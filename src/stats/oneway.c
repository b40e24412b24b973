/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/oneway.h"

#include "base/number.h"

#include <math.h>

struct plx_oneway plx_oneway(const struct plx_oneway_group *group, gsize kinds)
{
    struct plx_oneway r = {0,       0,       PLX_NAN, PLX_NAN, PLX_NAN,
                           PLX_NAN, PLX_NAN, PLX_NAN, PLX_NAN, PLX_NAN};
    double sum = 0, sizes = 0, within = 0, between = 0;
    for (gsize i = 0; i < kinds; i++) {
        const struct plx_oneway_group *g = &group[i];
        r.groups += g->times;
        r.n += g->times * g->n;
        sum += g->times * g->n * g->mean;
        sizes += g->times * g->n * g->n;
        within += g->times * g->squares;
    }
    if (r.groups < 2 || !(r.n > r.groups))
        return r;
    for (gsize i = 0; i < kinds; i++) {
        const double off = group[i].mean - sum / r.n;
        between += group[i].times * group[i].n * off * off;
    }
    r.df_between = r.groups - 1;
    r.df_within = r.n - r.groups;
    r.size = (r.n - sizes / r.n) / r.df_between;
    r.ms_between = between / r.df_between;
    r.ms_within = within / r.df_within;
    r.between = MAX(0, r.ms_between - r.ms_within) / r.size;
    r.within = r.ms_within;
    if (r.between + r.within > 0)
        r.share = r.between / (r.between + r.within);
    return r;
}

/* The share that a ratio of mean squares stands for. */
static double share_of(double f, double size)
{
    return f > 1 ? (f - 1) / (f - 1 + size) : 0;
}

struct plx_interval plx_oneway_interval(const struct plx_oneway *r, double level)
{
    if (isnan(r->share) || !(r->ms_within > 0))
        return (struct plx_interval){PLX_NAN, PLX_NAN};
    const double f = r->ms_between / r->ms_within;
    const double p = (1 + level) / 2;
    return (struct plx_interval){
        share_of(f / plx_f_quantile(p, r->df_between, r->df_within), r->size),
        share_of(f * plx_f_quantile(p, r->df_within, r->df_between), r->size)};
}
