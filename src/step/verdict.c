/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "step/verdict.h"

#include "base/number.h"
#include "stats/moments.h"
#include "stats/ttest.h"

const char *plx_step_verdict_code(enum plx_step_verdict verdict)
{
    static const char *const codes[] = {"too_early", "up", "down", "not_shown", "looks_up"};
    return codes[verdict];
}

/* Changes of the places that count: first the treated, then the others. */
static void find_changes(const struct plx_step_place *places, guint n_places, double *change,
                         struct plx_step_decision *decision)
{
    guint n = 0;
    for (guint side = 0; side < 2; side++)
        for (guint i = 0; i < n_places; i++) {
            const struct plx_step_place *place = &places[i];
            if (place->treated != (side == 0) || place->before.n < PLX_STEP_ANSWERS ||
                place->after.n < PLX_STEP_ANSWERS)
                continue;
            change[n++] = plx_mean(&place->after) - plx_mean(&place->before);
            decision->treated += place->treated ? 1 : 0;
            decision->comparison += place->treated ? 0 : 1;
        }
}

/* All answers of the treated places on one side, as independent ones: without enough places the
 * spread between them cannot be told. */
static struct plx_distribution add_up(const struct plx_step_place *places, guint n_places,
                                      gboolean after, double *counts)
{
    const guint k = places[0].before.k;
    for (guint i = 0; i < n_places; i++) {
        const struct plx_distribution *d = after ? &places[i].after : &places[i].before;
        for (guint v = 0; places[i].treated && v < k; v++)
            counts[v] += d->w[v];
    }
    return plx_distribution_counts(counts, k, places[0].before.first);
}

static void compare_before_after(const struct plx_step_place *places, guint n_places, double level,
                                 struct plx_step_decision *decision)
{
    g_autofree double *counts = g_new0(double, 2 * (gsize)places[0].before.k);
    const struct plx_distribution before = add_up(places, n_places, FALSE, counts);
    const struct plx_distribution after =
        add_up(places, n_places, TRUE, counts + places[0].before.k);
    if (before.n < PLX_STEP_ANSWERS || after.n < PLX_STEP_ANSWERS)
        return;
    const struct plx_ttest t = plx_welch(&after, &before, level);
    decision->design = PLX_STEP_BEFORE_AFTER;
    decision->change = (struct plx_place_change){.treated = t.estimate,
                                                 .comparison = PLX_NAN,
                                                 .estimate = t.estimate,
                                                 .se = t.se,
                                                 .df = t.df,
                                                 .p = t.p,
                                                 .ci = t.ci,
                                                 .p_permuted = PLX_NAN};
}

static enum plx_step_verdict judge(const struct plx_step_decision *decision, gboolean last)
{
    const struct plx_interval ci = decision->change.ci;
    if (ci.lo > 0)
        return decision->weakness ? PLX_STEP_LOOKS_UP : PLX_STEP_UP;
    if (ci.hi < 0 && !decision->weakness)
        return PLX_STEP_DOWN;
    return last && decision->design != PLX_STEP_NO_DESIGN ? PLX_STEP_NOT_SHOWN : PLX_STEP_TOO_EARLY;
}

struct plx_step_decision plx_step_decide(const struct plx_step_place *places, guint n_places,
                                         const struct plx_step_rule *rule)
{
    struct plx_step_decision decision = {
        .weakness = rule->weakness,
        .change = {PLX_NAN,
                   PLX_NAN,
                   PLX_NAN,
                   PLX_NAN,
                   PLX_NAN,
                   PLX_NAN,
                   {PLX_NAN, PLX_NAN},
                   PLX_P_NONE,
                   PLX_NAN},
    };
    g_autofree double *change = g_new(double, n_places + 1);
    find_changes(places, n_places, change, &decision);
    if (decision.treated < PLX_STEP_PLACES_MIN || decision.comparison < PLX_STEP_PLACES_MIN)
        decision.weakness |= PLX_STEP_WEAK_FEW_PLACES;
    if (decision.treated >= 2 && decision.comparison >= 2) {
        decision.design = PLX_STEP_PLACES_COMPARED;
        const double *const others = change + decision.treated;
        decision.change = rule->plain
                              ? plx_place_change_plain(change, decision.treated, others,
                                                       decision.comparison, 1 - rule->part)
                              : plx_place_change(change, decision.treated, others,
                                                 decision.comparison, 1 - rule->part, rule->seed);
    } else if (n_places > 0) {
        compare_before_after(places, n_places, 1 - rule->part, &decision);
    }
    decision.verdict = judge(&decision, rule->last);
    return decision;
}
