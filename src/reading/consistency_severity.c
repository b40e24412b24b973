/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Are some shoppers stricter than others? Crossed components of places and shoppers, by REML, of
 * the scores of visits. */

#include "base/number.h"
#include "reading/consistency_exact.h"
#include "stats/varcomp.h"

#include <math.h>

/* One row per visit. */
struct visits {
    gsize n;
    double *score;
    guint32 *place, *shopper;
    gsize n_places, n_shoppers;
};

static void visits_clear(struct visits *v)
{
    g_free(v->score);
    g_free(v->place);
    g_free(v->shopper);
}

static const gint8 *values_of(const struct plx_linked *linked, enum plx_measure measure)
{
    for (guint j = 0; j < linked->n_measures; j++)
        if (linked->measure[j] == measure)
            return linked->value[j];
    return NULL;
}

static gboolean is_value(gint8 value)
{
    return value > PLX_CELL_DECLINED;
}

/* Of each subject over all visits; NaN without answers. */
static double *subject_means(const struct plx_linked *linked, const gint8 *value, guint n)
{
    double *mean = g_new0(double, n + 1);
    g_autofree double *count = g_new0(double, n + 1);
    for (guint64 i = 0; i < linked->n_answers; i++) {
        if (!is_value(value[i]))
            continue;
        mean[linked->subject[i]] += value[i];
        count[linked->subject[i]]++;
    }
    for (guint s = 0; s < n; s++)
        mean[s] = count[s] > 0 ? mean[s] / count[s] : PLX_NAN;
    return mean;
}

/* The mean of an encounter's answers, each against its subject's mean; NaN without any. */
static double score_of(const struct plx_linked *linked, const gint8 *value, const double *mean,
                       guint64 encounter)
{
    double sum = 0, count = 0;
    for (guint32 i = linked->encounter_first[encounter]; i < linked->encounter_first[encounter + 1];
         i++) {
        if (!is_value(value[i]))
            continue;
        sum += value[i] - mean[linked->subject[i]];
        count++;
    }
    return count > 0 ? sum / count : PLX_NAN;
}

/* Levels without rows are closed up: the fit wants each to have some. */
static gsize close_up(guint32 *code, gsize n, gsize levels)
{
    g_autofree guint32 *number = g_new0(guint32, levels + 1);
    guint32 used = 0;
    for (gsize i = 0; i < n; i++)
        if (number[code[i]] == 0)
            number[code[i]] = ++used;
    for (gsize i = 0; i < n; i++)
        code[i] = number[code[i]] - 1;
    return used;
}

/* Visits whose place is known, by shoppers who are known. */
static struct visits visits_new(const struct plx_consistency_exact *exact)
{
    const struct plx_linked *linked = exact->visits->linked;
    const gint8 *value = values_of(linked, exact->question->measure);
    struct visits v = {.score = g_new0(double, linked->n_encounters + 1),
                       .place = g_new0(guint32, linked->n_encounters + 1),
                       .shopper = g_new0(guint32, linked->n_encounters + 1)};
    g_autofree double *mean =
        value ? subject_means(linked, value, exact->answer->n_subjects) : NULL;
    for (guint64 u = 0; mean && u < linked->n_units; u++) {
        const gboolean ours =
            linked->audience[u] == exact->visitors->audience && linked->known && linked->known[u];
        for (guint32 e = linked->unit_first[u]; ours && e < linked->unit_first[u + 1]; e++) {
            const guint32 group = linked->group ? linked->group[linked->encounter_first[e]] : 0;
            const double score = score_of(linked, value, mean, e);
            if (isnan(score) || *exact->visits->groups[group][0] == '\0')
                continue;
            v.score[v.n] = score;
            v.place[v.n] = group;
            v.shopper[v.n++] = (guint32)u;
        }
    }
    v.n_places = close_up(v.place, v.n, exact->visits->n_groups);
    v.n_shoppers = close_up(v.shopper, v.n, linked->n_units);
    return v;
}

void plx_consistency_severity(struct plx_consistency_exact *exact)
{
    struct plx_consistency_visits *out = &exact->out->visits;
    if (!exact->visits || !exact->visits->linked || out->missing || !out->audience)
        return;
    struct visits v = visits_new(exact);
    guint which = 0, other = 0;
    const struct plx_varcomp_data data = {
        v.score, v.n, {v.place, v.shopper}, {v.n_places, v.n_shoppers}, 2};
    if (v.n_places < PLX_CONSISTENCY_CROSSED) {
        out->no_severity = "few_places";
    } else if (v.n_shoppers < PLX_CONSISTENCY_CROSSED) {
        out->no_severity = "few_shoppers";
    } else if (plx_varcomp_check(&data, &which, &other) != PLX_VARCOMP_WELL) {
        out->no_severity = "no_repeats";
    } else {
        const struct plx_varcomp fit = plx_varcomp(&data, /* ml= */ FALSE, 0, NULL);
        const double within = fit.component[1].variance + fit.residual.variance;
        if (fit.converged && within > 0)
            out->severity_share = fit.component[1].variance / within;
        out->shopper = fit.component[1].variance;
        if (fit.converged)
            out->needed_alike =
                plx_consistency_needed(fit.component[0].variance, fit.residual.variance);
    }
    visits_clear(&v);
}
