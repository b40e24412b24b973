/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/gaps_exact.h"
#include "stats/moments.h"
#include "stats/rps.h"
#include "stats/ttest.h"

#include <math.h>

static const struct plx_interval none = {NAN, NAN};

static void predict(struct plx_exact *exact, struct plx_prediction *p,
                    const struct plx_tally *predicted, const struct plx_exact_voice *served)
{
    const gint64 population = exact->map->audiences[p->by].population;
    const gboolean complete = population > 0 && (gint64)predicted->persons == population;
    const struct plx_distribution d = plx_tally_distribution(predicted, complete, exact->memory);
    p->n = (gint64)predicted->total;
    p->persons = (gint64)predicted->persons;
    p->mean_predicted = plx_mean(&d);
    p->mean_observed = p->bias = p->rps = p->rps_individual = p->wasserstein = NAN;
    p->bias_ci = none;
    if (!served || served->v.n == 0 || !plx_scale_same(predicted->scale, served->v.scale))
        return;
    const struct plx_difference bias = plx_mean_difference(&d, &served->d, 0.95);
    const struct plx_rps rps = plx_rps(d.w, served->d.w, d.k);
    p->mean_observed = served->v.mean;
    p->bias = bias.difference;
    p->bias_ci = bias.ci;
    p->rps = rps.rps;
    p->wasserstein = rps.wasserstein;
    p->rps_individual = plx_rps_individual(d.w, served->d.w, d.k);
}

static void fill_predictions(struct plx_exact *exact, struct plx_exact_point *point, guint by,
                             const struct plx_tally *predicted)
{
    struct plx_exact_foresight *f = &point->foresight;
    for (guint about = 0; about < exact->map->n_audiences; about++) {
        if (!exact->map->audiences[about].served || !exact->question->audiences[about])
            continue;
        const struct plx_exact_voice *served = NULL;
        for (guint i = 0; i < point->n_voices; i++)
            if (point->voices[i].v.audience == about && !point->voices[i].v.suppressed)
                served = &point->voices[i];
        f->predicted_alike[f->n_predictions] = plx_tally_unanimous(predicted);
        struct plx_prediction *p = &f->predictions[f->n_predictions++];
        p->by = by;
        p->about = about;
        predict(exact, p, predicted, served);
    }
}

static const struct plx_pair_tally *find_pair(const struct plx_cell *cell)
{
    for (guint i = 0; i < cell->n_pairs; i++)
        if (cell->pairs[i].first == PLX_MEASURE_LEVEL &&
            cell->pairs[i].second == PLX_MEASURE_EXPECTED)
            return &cell->pairs[i];
    return NULL;
}

/* Paired t with the robust variance where a unit repeats; exactly the textbook's where none does.
 * The sums of squares are over units: s_dd, s_d1, s_11 of the difference. */
static void paired_t(struct plx_expectation *e, const struct plx_pair_tally *pairs, double total)
{
    const double units = (double)pairs->units, d = e->mean_difference;
    const double squares = pairs->s_dd - 2 * d * pairs->s_d1 + d * d * pairs->s_11;
    e->df = units - 1;
    if (units < 2)
        return;
    const double se = sqrt(MAX(squares, 0) * units / (units - 1)) / total;
    const double reach = plx_t_quantile(0.95, e->df) * se;
    if (se <= 0)
        return; /* all differences equal: no interval [x, x] from zero variance */
    e->t = d / se;
    e->p = plx_t_two_sided(e->t, e->df);
    e->ci = (struct plx_interval){d - reach, d + reach};
}

struct pair_sums {
    double total, expected, level, below, met;
    guint levels, expectations; /* different ones among the answers */
};

static guint count_used(const guint64 *n, guint k, gsize step, guint others, gsize other_step)
{
    guint used = 0;
    for (guint i = 0; i < k; i++) {
        gboolean any = FALSE;
        for (guint j = 0; j < others; j++)
            any = any || n[i * step + j * other_step] > 0;
        used += any ? 1 : 0;
    }
    return used;
}

static struct pair_sums sum_pairs(const struct plx_pair_tally *pairs)
{
    struct pair_sums s = {0};
    for (guint i = 0; i < pairs->k1; i++) {
        for (guint j = 0; j < pairs->k2; j++) {
            const gsize at = (gsize)i * pairs->k2 + j;
            const double w = pairs->w ? pairs->w[at] : (double)pairs->n[at];
            const int level = pairs->first_scale->min + (int)i;
            const int expected = pairs->second_scale->min + (int)j;
            const int better = (level > expected) - (level < expected);
            s.total += w;
            s.level += w * level;
            s.expected += w * expected;
            s.met += better == 0 ? w : 0;
            s.below += better == (pairs->first_scale->down ? 1 : -1) ? w : 0;
        }
    }
    s.levels = count_used(pairs->n, pairs->k1, pairs->k2, pairs->k2, 1);
    s.expectations = count_used(pairs->n, pairs->k2, 1, pairs->k1, pairs->k2);
    return s;
}

static void fill_expectation(struct plx_exact *exact, struct plx_exact_point *point, guint audience,
                             const struct plx_pair_tally *pairs)
{
    const struct pair_sums s = sum_pairs(pairs);
    if (s.total <= 0 || !plx_scale_same(pairs->first_scale, pairs->second_scale))
        return;
    struct plx_exact_foresight *f = &point->foresight;
    const guint at = f->n_expectations++;
    struct plx_expectation *e = &f->expectations[at];
    (void)exact;
    *e = (struct plx_expectation){.audience = audience,
                                  .n = (gint64)pairs->total,
                                  .persons = (gint64)pairs->persons,
                                  .ci = none,
                                  .t = NAN,
                                  .df = NAN,
                                  .p = NAN};
    e->mean_expected = s.expected / s.total;
    e->mean_difference = (s.level - s.expected) / s.total;
    e->below = s.below / s.total;
    e->met = s.met / s.total;
    e->exceeded = (s.total - s.below - s.met) / s.total;
    f->expected_mean_level[at] = s.level / s.total;
    f->expected_alike[at] = s.levels == 1 || s.expectations == 1;
    paired_t(e, pairs, s.total);
}

void plx_foresight_fill(struct plx_exact *exact, const char *key, struct plx_exact_point *point)
{
    const guint n = exact->map->n_audiences;
    struct plx_exact_foresight *f = &point->foresight;
    f->predictions = plx_keep(exact->memory, (gsize)n * n, sizeof *f->predictions);
    f->predicted_alike = plx_keep(exact->memory, (gsize)n * n, sizeof *f->predicted_alike);
    f->expected_alike = plx_keep(exact->memory, n, sizeof *f->expected_alike);
    f->expectations = plx_keep(exact->memory, n, sizeof *f->expectations);
    f->expected_mean_level = plx_keep(exact->memory, n, sizeof *f->expected_mean_level);
    for (guint a = 0; a < n; a++) {
        const struct plx_cell *cell =
            plx_collected_cell(exact->collected, a, FALSE, key, point->subject_index);
        const struct plx_tally *predicted =
            cell ? plx_cell_tally(cell, PLX_MEASURE_PREDICTED) : NULL;
        const struct plx_pair_tally *pairs = cell ? find_pair(cell) : NULL;
        if (predicted && predicted->total)
            fill_predictions(exact, point, a, predicted);
        if (pairs && pairs->total)
            fill_expectation(exact, point, a, pairs);
    }
}
