/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/compare.h"

#include "stats/mean_interval.h"
#include "stats/multiplicity.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#define FALSE_COVERAGE 0.05
#define LEVEL 0.95

const char *plx_compared_code(enum plx_compared_verdict verdict)
{
    static const char *const codes[] = {
        NULL,
        "better",
        "worse",
        "more",
        "less",
        "better_size_open",
        "worse_size_open",
        "more_size_open",
        "less_size_open",
        "alike",
        "not_enough_yet",
    };
    return codes[verdict];
}

static double quantile(double level)
{
    return gsl_cdf_ugaussian_Pinv((1 + level) / 2);
}

/* The figure's interval at another level. */
static struct plx_interval widened(const struct plx_figure *figure, double level)
{
    const double ratio = quantile(level) / quantile(LEVEL);
    return (struct plx_interval){figure->value - (figure->value - figure->ci.lo) * ratio,
                                 figure->value + (figure->ci.hi - figure->value) * ratio};
}

static struct plx_interval interval_at(const struct plx_compared *c, double level)
{
    const struct plx_interval ci =
        plx_mover(c->b.value, widened(&c->b, level), c->a.value, widened(&c->a, level));
    /* Widened ranges may leave the scale; shares never lie more than 1 apart. */
    if (c->a.unit == PLX_UNIT_SHARE && isfinite(ci.lo) && isfinite(ci.hi))
        return (struct plx_interval){CLAMP(ci.lo, -1, 1), CLAMP(ci.hi, -1, 1)};
    return ci;
}

static gboolean exists(const struct plx_compared *c)
{
    return isfinite(c->difference) && isfinite(c->ci.lo) && isfinite(c->ci.hi);
}

static double margin_of(const struct plx_compared *c)
{
    return isfinite(c->a.margin) ? c->a.margin : 0;
}

/* Beyond the margin, or wholly inside it. Without a margin nothing lies inside. */
static enum plx_decision decide(const struct plx_compared *c, struct plx_interval ci)
{
    const enum plx_decision decision = plx_decide(ci, margin_of(c));
    return decision == PLX_DECISION_WITHIN && margin_of(c) <= 0 ? PLX_DECISION_NONE : decision;
}

static gboolean is_decided(gsize i, double level, gconstpointer data)
{
    const struct plx_compared *const c = ((const struct plx_compared *const *)data)[i];
    return decide(c, interval_at(c, level)) != PLX_DECISION_NONE;
}

static enum plx_compared_verdict direction_of(const struct plx_compared *c)
{
    const gboolean more = c->difference > 0;
    if (c->a.direction == PLX_MORE_IS_NEITHER)
        return more ? PLX_COMPARED_MORE : PLX_COMPARED_LESS;
    return more == (c->a.direction == PLX_MORE_IS_BETTER) ? PLX_COMPARED_BETTER
                                                          : PLX_COMPARED_WORSE;
}

static enum plx_compared_verdict verdict_of(const struct plx_compared *c)
{
    switch (decide(c, c->ci_adjusted)) {
    case PLX_DECISION_NONE:
        break;
    case PLX_DECISION_WITHIN:
        return PLX_COMPARED_ALIKE;
    case PLX_DECISION_ABOVE:
    case PLX_DECISION_BELOW:
        return direction_of(c);
    }
    if (c->ci_adjusted.lo <= 0 && c->ci_adjusted.hi >= 0)
        return PLX_COMPARED_NOT_ENOUGH_YET;
    return direction_of(c) + (PLX_COMPARED_BETTER_OPEN - PLX_COMPARED_BETTER);
}

static gboolean is_same(const struct plx_figure *a, const struct plx_figure *b)
{
    return g_strcmp0(a->subject, b->subject) == 0 && g_strcmp0(a->audience, b->audience) == 0 &&
           strcmp(a->what, b->what) == 0;
}

static char *key_of(const struct plx_figure *f)
{
    return g_strconcat(f->what, "\n", f->audience ? f->audience : "", "\n",
                       f->subject ? f->subject : "", NULL);
}

/* By key; the figure of the other side. */
static GHashTable *index_of(const GArray *figures)
{
    GHashTable *index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < figures->len; i++) {
        struct plx_figure *figure = &g_array_index(figures, struct plx_figure, i);
        g_hash_table_insert(index, key_of(figure), figure);
    }
    return index;
}

static struct plx_figure nothing_of(const struct plx_figure *other)
{
    struct plx_figure none = *other;
    none.n = none.persons = PLX_NO_COUNT;
    none.hidden = FALSE;
    none.together = NULL;
    none.value = none.ci.lo = none.ci.hi = NAN;
    return none;
}

static const struct plx_figure *look_up(GHashTable *index, const struct plx_figure *figure)
{
    g_autofree char *key = key_of(figure);
    const struct plx_figure *found = g_hash_table_lookup(index, key);
    g_assert(!found || is_same(found, figure));
    return found;
}

static void pair(const GArray *a, const GArray *b, GArray *pairs)
{
    g_autoptr(GHashTable) of_a = index_of(a);
    g_autoptr(GHashTable) of_b = index_of(b);
    for (guint i = 0; i < a->len; i++) {
        const struct plx_figure *figure = &g_array_index(a, struct plx_figure, i);
        const struct plx_figure *other = look_up(of_b, figure);
        const struct plx_compared c = {
            .a = *figure, .b = other ? *other : nothing_of(figure), .only_a = !other};
        g_array_append_val(pairs, c);
    }
    for (guint i = 0; i < b->len; i++) {
        const struct plx_figure *figure = &g_array_index(b, struct plx_figure, i);
        const struct plx_compared c = {.a = nothing_of(figure), .b = *figure, .only_b = TRUE};
        if (!look_up(of_a, figure))
            g_array_append_val(pairs, c);
    }
}

static const char *later(const char *a, const char *b)
{
    return strcmp(a, b) > 0 ? a : b;
}

/* ISO dates compare as texts. */
static gboolean are_same_tests(const char *const *a, const char *const *b)
{
    static const char *const none[] = {NULL};
    return g_strv_equal(a ? a : none, b ? b : none);
}

static void note_overlap(plx_compare *compare, const struct plx_compare_side *a,
                         const struct plx_compare_side *b)
{
    if (!a->source || g_strcmp0(a->source, b->source) != 0 || !are_same_tests(a->tests, b->tests) ||
        !a->since || !b->since)
        return;
    const char *since = later(a->since, b->since);
    const char *until = later(a->until, b->until) == a->until ? b->until : a->until;
    if (strcmp(since, until) > 0)
        return;
    compare->overlap_since = g_strdup(since);
    compare->overlap_until = g_strdup(until);
}

/* Both sides are of one source and of one time. */
static gboolean is_one_time(const struct plx_compare_side *a, const struct plx_compare_side *b)
{
    return a->source && g_strcmp0(a->source, b->source) == 0 &&
           g_strcmp0(a->since, b->since) == 0 && g_strcmp0(a->until, b->until) == 0;
}

static void decide_all(plx_compare *compare, gboolean same_answers)
{
    g_autofree const struct plx_compared **family =
        g_new(const struct plx_compared *, compare->n + 1);
    for (guint i = 0; i < compare->n; i++) {
        struct plx_compared *c = &compare->compared[i];
        c->same_people = same_answers && c->a.together && c->b.together &&
                         strcmp(c->a.together, c->b.together) == 0;
        c->difference = c->same_people ? NAN : c->b.value - c->a.value;
        c->ci = c->same_people ? (struct plx_interval){NAN, NAN} : interval_at(c, LEVEL);
        c->ci_adjusted = (struct plx_interval){NAN, NAN};
        if (exists(c))
            family[compare->family_size++] = c;
    }
    const gsize m = compare->family_size;
    compare->adjusted_level = NAN;
    if (m == 0)
        return;
    const gsize selected = plx_fcr_selected(m, FALSE_COVERAGE, is_decided, family);
    compare->adjusted_level = plx_fcr_level(m, selected, FALSE_COVERAGE);
    for (guint i = 0; i < compare->n; i++) {
        struct plx_compared *c = &compare->compared[i];
        if (!exists(c))
            continue;
        c->ci_adjusted = interval_at(c, compare->adjusted_level);
        c->verdict = verdict_of(c);
    }
}

static struct plx_compare_sided sided_of(const struct plx_compare_side *side)
{
    return (struct plx_compare_sided){g_strdup(side->label), g_strdup(side->since),
                                      g_strdup(side->until),
                                      g_strdupv((char **)(guintptr)side->tests)};
}

static void sided_clear(struct plx_compare_sided *side)
{
    g_free(side->label);
    g_free(side->since);
    g_free(side->until);
    g_strfreev(side->tests);
}

plx_compare *plx_compare_new(const char *reading, const struct plx_compare_side *a,
                             const struct plx_compare_side *b)
{
    plx_compare *compare = g_new0(plx_compare, 1);
    compare->reading = g_strdup(reading);
    compare->a = sided_of(a);
    compare->b = sided_of(b);
    GArray *pairs = g_array_new(FALSE, TRUE, sizeof(struct plx_compared));
    pair(a->figures, b->figures, pairs);
    compare->n = pairs->len;
    compare->compared = (struct plx_compared *)(gpointer)g_array_free(pairs, FALSE);
    note_overlap(compare, a, b);
    decide_all(compare, is_one_time(a, b));
    return compare;
}

void plx_compare_free(plx_compare *compare)
{
    if (!compare)
        return;
    g_free(compare->reading);
    sided_clear(&compare->a);
    sided_clear(&compare->b);
    g_free(compare->overlap_since);
    g_free(compare->overlap_until);
    g_free(compare->compared);
    g_free(compare);
}
