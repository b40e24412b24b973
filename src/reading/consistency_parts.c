/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How far the answers to a point agree, and how much of their variation lies between its parts. */

#include "base/number.h"
#include "reading/consistency_exact.h"
#include "stats/agreement.h"
#include "stats/moments.h"
#include "stats/multiplicity.h"

#include <math.h>

static gboolean is_below(const struct plx_scale *scale, guint value)
{
    const gint x = scale->min + (gint)value;
    return scale->down ? x > scale->met : x < scale->met;
}

struct plx_cell_stats plx_cell_stats(const struct plx_tally *tally)
{
    struct plx_cell_stats s = {.n = (gint64)tally->total, .persons = tally->persons};
    const gboolean cut = tally->scale->met != PLX_NO_CUT;
    double total = 0, squares = 0, sum = 0, below = 0;
    for (guint v = 0; v < tally->k; v++) {
        const double w = tally->w ? tally->w[v] : (double)tally->n[v];
        total += w;
        squares += tally->w ? tally->w2[v] : w;
        sum += w * (tally->scale->min + (gint)v);
        below += cut && is_below(tally->scale, v) ? w : 0;
    }
    s.mean = sum / total;
    s.below = cut ? below / total : PLX_NAN;
    s.units = MIN((double)tally->units, total * total / squares);
    for (guint v = 0; v < tally->k; v++) {
        const double w = tally->w ? tally->w[v] : (double)tally->n[v];
        const double off = tally->scale->min + (gint)v - s.mean;
        s.m2 += w * off * off / total;
        s.m4 += w * off * off * off * off / total;
    }
    return s;
}

struct plx_cut plx_cut_new(const struct plx_consistency_exact *exact, const struct plx_table *table)
{
    GPtrArray *memory = exact->out->about.memory;
    struct plx_cut cut = {.table = table, .missing = PLX_NO_GROUP};
    guint64 missing = 0;
    guint *group = plx_keep(memory, table->n_groups, sizeof *group);
    const char **key = plx_keep(memory, table->n_groups, sizeof *key);
    guint64 *persons = plx_keep(memory, (gsize)table->n_groups + 1, sizeof *persons);
    enum plx_suppression *hidden = plx_keep(memory, (gsize)table->n_groups + 1, sizeof *hidden);
    for (guint g = 0; g < table->n_groups; g++) {
        const guint64 here =
            table->audience_persons[(gsize)g * exact->question->map->n_audiences + exact->audience];
        if (!*table->groups[g][0]) {
            cut.missing = g;
            missing = here;
            continue;
        }
        if (here == 0)
            continue;
        group[cut.n_parts] = g;
        key[cut.n_parts] = plx_about_copy(&exact->out->about, table->groups[g][0]);
        persons[cut.n_parts++] = here;
    }
    persons[cut.n_parts] = missing;
    plx_reach_parts(&exact->reach, persons, cut.n_parts + 1, hidden);
    cut.group = group;
    cut.key = key;
    cut.persons = persons;
    cut.hidden = hidden;
    return cut;
}

static const struct plx_tally *tally_in(const struct plx_consistency_exact *exact,
                                        const struct plx_cut *cut, guint group, guint32 subject)
{
    const struct plx_cell *cell = plx_table_cell(cut->table, group, subject, exact->audience);
    const struct plx_tally *tally = cell ? plx_cell_tally(cell, exact->question->measure) : NULL;
    return tally && tally->total ? tally : NULL;
}

void plx_cut_stats(const struct plx_consistency_exact *exact, const struct plx_cut *cut,
                   guint32 subject, struct plx_cell_stats *stats)
{
    const guint n = cut->n_parts;
    g_autofree guint64 *persons = g_new0(guint64, n + 1);
    g_autofree enum plx_suppression *hidden = g_new0(enum plx_suppression, n + 1);
    for (guint i = 0; i < n; i++) {
        const struct plx_tally *tally = tally_in(exact, cut, cut->group[i], subject);
        stats[i] = tally ? plx_cell_stats(tally) : (struct plx_cell_stats){0};
        persons[i] = tally ? tally->persons : 0;
    }
    const struct plx_tally *missing =
        cut->missing == PLX_NO_GROUP ? NULL : tally_in(exact, cut, cut->missing, subject);
    persons[n] = missing ? missing->persons : 0;
    plx_reach_parts(&exact->reach, persons, n + 1, hidden);
    for (guint i = 0; i < cut->n_parts; i++)
        stats[i].shown = stats[i].n > 0 && hidden[i] == PLX_SHOWN && cut->hidden[i] == PLX_SHOWN;
}

static void note_decision(struct plx_consistency_exact *exact,
                          struct plx_consistency_decision decision)
{
    g_array_append_val(exact->decisions, decision);
}

/* One kind of parts; `least` of them say what is missing where there are fewer. */
static void fill_share(struct plx_part_share *share, const struct plx_oneway *r,
                       const char *too_few)
{
    *share = (struct plx_part_share){.parts = (guint)r->groups,
                                     .n = r->n,
                                     .share = r->share,
                                     .ci = plx_oneway_interval(r, 0.95),
                                     .ci_adjusted = {PLX_NAN, PLX_NAN},
                                     .sd = sqrt(r->between)};
    if (r->groups < 2)
        share->missing = "one_part";
    else if (isnan(r->between))
        share->missing = too_few;
    else if (isnan(r->share) || isnan(share->ci.lo))
        share->missing = "no_variation";
    if (share->missing)
        share->share = share->sd = PLX_NAN;
}

static void split_share(struct plx_consistency_exact *exact, guint point, guint split)
{
    struct plx_consistency_point *p = &exact->out->points[point];
    const struct plx_cut *cut = &exact->cut[split];
    g_autofree struct plx_cell_stats *stats = g_new0(struct plx_cell_stats, cut->n_parts + 1);
    g_autofree struct plx_oneway_group *groups = g_new0(struct plx_oneway_group, cut->n_parts + 1);
    guint n = 0;
    plx_cut_stats(exact, cut, exact->subject[point], stats);
    for (guint i = 0; i < cut->n_parts; i++)
        if (stats[i].shown)
            groups[n++] = (struct plx_oneway_group){stats[i].units, stats[i].mean,
                                                    stats[i].m2 * stats[i].units, 1};
    const struct plx_oneway r = plx_oneway(groups, n);
    fill_share(&p->part[split], &r, "too_few");
    if (!p->part[split].missing)
        note_decision(exact, (struct plx_consistency_decision){
                                 .point = p, .split = (gint)split, .oneway = r});
}

/* Persons who answered the same point more than once, against themselves. */
static void person_share(struct plx_consistency_point *p, const struct plx_tally *tally)
{
    struct plx_oneway r = {.groups = (double)tally->units, .between = PLX_NAN, .share = PLX_NAN};
    g_autofree struct plx_oneway_group *groups =
        g_new0(struct plx_oneway_group, tally->n_vectors + 1);
    for (guint i = 0; i < tally->n_vectors; i++) {
        const guint32 *n = &tally->vectors[(gsize)i * tally->k];
        struct plx_oneway_group *g = &groups[i];
        *g = (struct plx_oneway_group){.times = (double)tally->multiplicity[i]};
        double sum = 0;
        for (guint v = 0; v < tally->k; v++) {
            g->n += n[v];
            sum += (double)n[v] * (tally->scale->min + (gint)v);
        }
        g->mean = sum / g->n;
        for (guint v = 0; v < tally->k; v++) {
            const double off = tally->scale->min + (gint)v - g->mean;
            g->squares += n[v] * off * off;
        }
    }
    if (tally->repeats)
        r = plx_oneway(groups, tally->n_vectors);
    fill_share(&p->part[PLX_CONSISTENCY_PERSON], &r, "no_repeats");
}

void plx_consistency_parts(struct plx_consistency_exact *exact, guint point)
{
    struct plx_consistency_point *p = &exact->out->points[point];
    const struct plx_cell *cell =
        plx_table_cell(exact->total, 0, exact->subject[point], exact->audience);
    const struct plx_tally *tally = plx_cell_tally(cell, exact->question->measure);
    const struct plx_cell_stats stats = plx_cell_stats(tally);
    const struct plx_distribution d =
        plx_tally_distribution(tally, FALSE, exact->out->about.memory);
    p->mean = stats.mean;
    p->sd = sqrt(plx_variance(&d));
    p->below_share = stats.below;
    p->agreement = plx_agreement(d.w, d.k);
    p->agreement_ci = plx_agreement_interval(d.w, d.k, stats.units, 0.95);
    if (isfinite(p->agreement_ci.lo))
        note_decision(exact,
                      (struct plx_consistency_decision){
                          .point = p, .split = -1, .w = d.w, .k = d.k, .units = stats.units});
    for (guint split = 0; split < PLX_CONSISTENCY_SPLITS; split++)
        split_share(exact, point, split);
    person_share(p, tally);
}

/* The decisions ------------------------------------------------------------------------------- */

static struct plx_interval interval_of(const struct plx_consistency_decision *d, double level)
{
    return d->split < 0 ? plx_agreement_interval(d->w, d->k, d->units, level)
                        : plx_oneway_interval(&d->oneway, level);
}

#define UNDECIDED 2

/* 1: answers agree; -1: they are wide; 0: in between. */
static gint class_of(struct plx_interval agreement)
{
    if (agreement.lo > PLX_CONSISTENCY_AGREE)
        return 1;
    if (agreement.hi < PLX_CONSISTENCY_WIDE)
        return -1;
    return agreement.lo > PLX_CONSISTENCY_WIDE && agreement.hi < PLX_CONSISTENCY_AGREE ? 0
                                                                                       : UNDECIDED;
}

static gboolean is_decided(gsize i, double level, gconstpointer data)
{
    const GArray *decisions = data;
    const struct plx_consistency_decision *d =
        &g_array_index(decisions, struct plx_consistency_decision, i);
    const struct plx_interval ci = interval_of(d, level);
    if (d->split < 0)
        return class_of(ci) != UNDECIDED;
    return ci.lo > PLX_CONSISTENCY_SHARE;
}

/* What differs by parts is told by the parts with the largest share; else agreement decides. */
static enum plx_consistency_verdict verdict_of(const struct plx_consistency_point *p)
{
    enum plx_consistency_verdict verdict = PLX_CONSISTENCY_NOT_ENOUGH;
    double largest = 0;
    switch (class_of(p->agreement_adjusted)) {
    case 1:
        verdict = PLX_CONSISTENCY_CONSISTENT;
        break;
    case 0:
        verdict = PLX_CONSISTENCY_MIXED;
        break;
    case -1:
        verdict = PLX_CONSISTENCY_INCONSISTENT;
        break;
    default:
        break;
    }
    for (guint s = 0; s < PLX_CONSISTENCY_SPLITS; s++)
        if (p->part[s].decided && p->part[s].share > largest) {
            largest = p->part[s].share;
            verdict = (enum plx_consistency_verdict)(PLX_CONSISTENCY_BY_PLACE + s);
        }
    return verdict;
}

void plx_consistency_decide(struct plx_consistency_exact *exact)
{
    plx_consistency *out = exact->out;
    const gsize m = exact->decisions->len;
    const gsize selected = plx_fcr_selected(m, PLX_CONSISTENCY_RISK, is_decided, exact->decisions);
    out->family_size = (guint)m;
    out->adjusted_level = m ? plx_fcr_level(m, selected, PLX_CONSISTENCY_RISK) : PLX_NAN;
    for (gsize i = 0; i < m; i++) {
        const struct plx_consistency_decision *d =
            &g_array_index(exact->decisions, struct plx_consistency_decision, i);
        const struct plx_interval ci = interval_of(d, out->adjusted_level);
        if (d->split < 0) {
            d->point->agreement_adjusted = ci;
            continue;
        }
        d->point->part[d->split].ci_adjusted = ci;
        d->point->part[d->split].decided = ci.lo > PLX_CONSISTENCY_SHARE;
    }
    for (guint p = 0; p < out->n_points; p++)
        if (out->points[p].suppressed == PLX_SHOWN)
            out->points[p].verdict = verdict_of(&out->points[p]);
}

/* The lower ends of such intervals: what few answers feign gets no weight. */
#define WEIGHT_LEVEL 0.5

double *plx_consistency_weights(const struct plx_consistency_exact *exact)
{
    double *weight = g_new0(double, exact->out->n_points + 1);
    for (guint i = 0; i < exact->decisions->len; i++) {
        const struct plx_consistency_decision *d =
            &g_array_index(exact->decisions, struct plx_consistency_decision, i);
        if (d->split == PLX_CONSISTENCY_PLACE)
            weight[d->point - exact->out->points] =
                plx_oneway_interval(&d->oneway, WEIGHT_LEVEL).lo;
    }
    return weight;
}
