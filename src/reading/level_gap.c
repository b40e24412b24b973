/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/gaps_exact.h"
#include "stats/multiplicity.h"
#include "stats/superiority.h"

#include <math.h>

#define SHOPPER 2 /* of every map */
#define FALSE_COVERAGE 0.05

/* The margin on a scale, from levels of the six. */
static double margin_on(double margin, const struct plx_scale *scale)
{
    return margin * (scale->max - scale->min) / 5.0;
}

/* Served side of a pair that has exactly one and no shopper; else NULL. */
static const struct plx_exact_voice *served_of(const struct plx_map *map,
                                               const struct plx_exact_voice *a,
                                               const struct plx_exact_voice *b)
{
    const gboolean sa = map->audiences[a->v.audience].served;
    const gboolean sb = map->audiences[b->v.audience].served;
    if (sa == sb || a->v.audience == SHOPPER || b->v.audience == SHOPPER)
        return NULL;
    return sa ? a : b;
}

enum plx_verdict plx_level_verdict(const struct plx_map *map, const struct plx_exact_voice *a,
                                   const struct plx_exact_voice *b, enum plx_decision decision)
{
    if (decision == PLX_DECISION_NONE)
        return PLX_VERDICT_NOT_ENOUGH_YET;
    const struct plx_exact_voice *served = served_of(map, a, b);
    const gboolean within = decision == PLX_DECISION_WITHIN;
    if (!served)
        return within ? PLX_VERDICT_AGREE : PLX_VERDICT_DIFFER;
    const struct plx_exact_voice *viewer = served == a ? b : a;
    const double share = served->v.desired_share, other = viewer->v.desired_share;
    if (isnan(share) || isnan(other)) /* no cut: neither side is "above" or "below" */
        return within ? PLX_VERDICT_AGREE : PLX_VERDICT_VIEWS_DIFFER;
    const gboolean above = share >= 0.5;
    if (within && above == (other >= 0.5))
        return above ? PLX_VERDICT_SHARED_STRENGTH : PLX_VERDICT_KNOWN_PROBLEM;
    if (within)
        return PLX_VERDICT_AGREE;
    const double up = served->v.scale->down ? -1.0 : 1.0;
    const gboolean viewer_higher = up * (viewer->v.mean - served->v.mean) > 0;
    if (viewer_higher && !above)
        return PLX_VERDICT_BLIND_SPOT;
    if (!viewer_higher && above)
        return PLX_VERDICT_HIDDEN_STRENGTH;
    return PLX_VERDICT_VIEWS_DIFFER;
}

static const char *p_name(enum plx_p_method method)
{
    switch (method) {
    case PLX_P_T:
        return "brunner_munzel";
    case PLX_P_EXACT:
    case PLX_P_MONTE_CARLO:
        return "permutation";
    case PLX_P_NONE:
        break;
    }
    return NULL;
}

static plx_units *units_of(const struct plx_tally *tally)
{
    plx_units *units = plx_units_new(tally->k, tally->scale->min);
    g_autofree double *w = g_new0(double, tally->k);
    for (guint v = 0; v < tally->n_vectors; v++) {
        double answers = 0;
        for (guint i = 0; i < tally->k; i++) {
            w[i] = tally->vectors[(gsize)v * tally->k + i];
            answers += w[i];
        }
        plx_units_add(units, w, answers, tally->multiplicity[v]);
    }
    return units;
}

/* Whole units are permuted where someone answered more than once and a side is small; this needs
 * their vectors and no weights. */
static gboolean permutes_units(const struct plx_exact_voice *a, const struct plx_exact_voice *b)
{
    const gboolean repeats = a->tally->repeats || b->tally->repeats;
    const gboolean weights = a->tally->w || b->tally->w;
    const gboolean small = MIN(a->tally->units, b->tally->units) < PLX_SMALL_UNITS;
    return repeats && !weights && small && !a->v.complete && !b->v.complete &&
           a->tally->n_vectors && b->tally->n_vectors;
}

static struct plx_superiority superiority(const struct plx_exact_voice *a,
                                          const struct plx_exact_voice *b, guint64 seed)
{
    if (!permutes_units(a, b))
        return plx_superiority(&a->d, &b->d, 0.95, seed);
    g_autoptr(plx_units) ua = units_of(a->tally);
    g_autoptr(plx_units) ub = units_of(b->tally);
    return plx_superiority_units(ua, ub, 0.95, seed);
}

static void describe(struct plx_exact_gap *gap, guint64 seed)
{
    struct plx_gap *g = &gap->g;
    const struct plx_difference d = plx_mean_difference(&gap->va->d, &gap->vb->d, 0.95);
    g->difference = d.difference;
    g->ci = d.ci;
    if (gap->va->v.rounded || gap->vb->v.rounded)
        return; /* never released, and the permutations take time */
    const struct plx_superiority s = superiority(gap->va, gap->vb, seed);
    g->superiority = s.p_hat;
    g->superiority_ci = s.ci;
    g->cliff_delta = 2 * s.p_hat - 1;
    g->p = s.p;
    g->p_method = isnan(s.p) ? NULL : p_name(s.p_method);
}

static void add_pairs(struct plx_exact *exact, struct plx_exact_point *point, GPtrArray *family)
{
    point->gaps =
        plx_keep(exact->memory, (gsize)point->n_voices * point->n_voices, sizeof *point->gaps);
    for (guint i = 0; i < point->n_voices; i++) {
        for (guint j = i + 1; j < point->n_voices; j++) {
            const struct plx_exact_voice *a = &point->voices[i], *b = &point->voices[j];
            if (a->v.suppressed || b->v.suppressed || a->v.n == 0 || b->v.n == 0)
                continue;
            struct plx_exact_gap *gap = &point->gaps[point->n_gaps++];
            gap->va = a;
            gap->vb = b;
            const struct plx_interval none = {NAN, NAN};
            gap->g = (struct plx_gap){.a = a->v.audience,
                                      .b = b->v.audience,
                                      .difference = NAN,
                                      .ci = none,
                                      .ci_adjusted = none,
                                      .superiority = NAN,
                                      .superiority_ci = none,
                                      .cliff_delta = NAN,
                                      .p = NAN,
                                      .verdict = PLX_VERDICT_SCALES_DIFFER,
                                      .half_width = NAN,
                                      .answers_needed = NAN,
                                      .answers_of = b->v.complete ? a->v.audience : b->v.audience};
            if (plx_scale_same(a->v.scale, b->v.scale))
                g_ptr_array_add(family, gap);
        }
    }
}

struct family {
    GPtrArray *gaps;
    double margin;
};

static struct plx_interval adjusted(const struct plx_exact_gap *gap, double level)
{
    return plx_mean_difference(&gap->va->d, &gap->vb->d, level).ci;
}

static gboolean is_decided(gsize i, double level, gconstpointer data)
{
    const struct family *family = data;
    const struct plx_exact_gap *gap = g_ptr_array_index(family->gaps, i);
    return plx_decide(adjusted(gap, level), margin_on(family->margin, gap->va->v.scale)) !=
           PLX_DECISION_NONE;
}

static void judge(struct plx_exact *exact, struct plx_exact_gap *gap)
{
    const double level = exact->adjusted_level;
    const double margin = margin_on(exact->margin, gap->va->v.scale);
    struct plx_gap *g = &gap->g;
    g->ci_adjusted = adjusted(gap, level);
    g->verdict =
        plx_level_verdict(exact->map, gap->va, gap->vb, plx_decide(g->ci_adjusted, margin));
    if (g->verdict != PLX_VERDICT_NOT_ENOUGH_YET)
        return;
    g->half_width = (g->ci_adjusted.hi - g->ci_adjusted.lo) / 2;
    const double needed = gap->vb->v.complete
                              ? plx_answers_needed(&gap->vb->d, &gap->va->d, level, margin)
                              : plx_answers_needed(&gap->va->d, &gap->vb->d, level, margin);
    g->answers_needed = isfinite(needed) ? needed : NAN;
}

/* More answers of one side cannot decide it, but knowing that the other is complete could. */
static void ask_for_populations(struct plx_exact *exact, const GPtrArray *family)
{
    for (guint a = 0; a < exact->map->n_audiences; a++) {
        gint64 open = 0;
        for (guint i = 0; i < family->len; i++) {
            const struct plx_exact_gap *gap = g_ptr_array_index(family, i);
            const guint other = gap->g.answers_of == gap->g.b ? gap->g.a : gap->g.b;
            open += other == a && gap->g.verdict == PLX_VERDICT_NOT_ENOUGH_YET &&
                    isnan(gap->g.answers_needed) && !exact->map->audiences[a].population;
        }
        if (open && !exact->map->audiences[a].served && a != SHOPPER)
            plx_exact_note(exact, "population_wanted", (gint)a, open, NULL);
    }
}

void plx_level_gaps(struct plx_exact *exact, guint64 seed)
{
    g_autoptr(GPtrArray) gaps = g_ptr_array_new();
    for (guint g = 0; g < exact->n_groups; g++)
        for (guint p = 0; p < exact->groups[g].n_points; p++)
            add_pairs(exact, &exact->groups[g].points[p], gaps);
    const struct family family = {gaps, exact->margin};
    exact->family_size = gaps->len;
    exact->adjusted_level = 1 - FALSE_COVERAGE;
    if (gaps->len) {
        const gsize selected = plx_fcr_selected(gaps->len, FALSE_COVERAGE, is_decided, &family);
        exact->adjusted_level = plx_fcr_level(gaps->len, selected, FALSE_COVERAGE);
    }
    for (guint i = 0; i < gaps->len; i++) {
        struct plx_exact_gap *gap = g_ptr_array_index(gaps, i);
        describe(gap, seed);
        judge(exact, gap);
    }
    ask_for_populations(exact, gaps);
}
