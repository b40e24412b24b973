/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/promises_private.h"

#include <math.h>

static const struct plx_share no_share = {NAN, NAN, {NAN, NAN}};

struct sums {
    double *w, *w2, *m;
    gboolean weighted, repeats;
};

static void add_tally(struct sums *sums, const struct plx_tally *t, double inflate)
{
    const guint k = t->k;
    for (guint i = 0; i < k; i++) {
        const double w = t->w ? t->w[i] : (double)t->n[i];
        const double w2 = t->w ? t->w2[i] : (double)t->n[i];
        sums->w[i] += w;
        sums->w2[i] += w2;
        if (!t->repeats)
            sums->m[(gsize)i * k + i] += inflate * w2;
    }
    for (gsize i = 0; t->repeats && i < (gsize)k * k; i++)
        sums->m[i] += inflate * t->m[i];
    sums->weighted |= t->w != NULL;
    sums->repeats |= t->repeats;
}

struct plx_pool plx_pool_tallies(const struct plx_tally *const *tallies, guint n, double inflate,
                                 GPtrArray *memory)
{
    struct plx_pool pool = {.d = {.k = 1}};
    if (n == 0)
        return pool;
    const guint k = tallies[0]->k;
    struct sums sums = {plx_keep(memory, k, sizeof(double)), plx_keep(memory, k, sizeof(double)),
                        plx_keep(memory, (gsize)k * k, sizeof(double)), FALSE, FALSE};
    pool.scale = tallies[0]->scale;
    pool.d = (struct plx_distribution){.k = k, .first = pool.scale->min, .w = sums.w};
    guint taken = 0;
    for (guint t = 0; t < n; t++) {
        if (!plx_scale_same(tallies[t]->scale, pool.scale))
            continue;
        add_tally(&sums, tallies[t], inflate);
        pool.d.units += (double)tallies[t]->units;
        pool.d.n += (double)tallies[t]->total;
        pool.persons = MAX(pool.persons, tallies[t]->persons);
        taken++;
    }
    if (sums.weighted)
        pool.d.w2 = sums.w2;
    if (sums.repeats || inflate > 1)
        pool.d.m = sums.m;
    if (taken > 1)
        pool.d.units = MAX((double)pool.persons, pool.d.units / inflate);
    return pool;
}

static gboolean among(const guint32 *subjects, guint n, guint32 subject)
{
    for (guint i = 0; i < n; i++)
        if (subjects[i] == subject)
            return TRUE;
    return FALSE;
}

double plx_pool_inflation(const struct plx_table *table, const guint32 *subjects, guint n,
                          guint32 audience)
{
    double most = 1;
    for (guint i = 0; i < n; i++) {
        double own = 0, shared = 0;
        for (guint c = 0; c < table->n_comoments; c++) {
            const struct plx_comoment *both = &table->comoments[c];
            const guint32 other =
                both->subject_a == subjects[i] ? both->subject_b : both->subject_a;
            if (both->audience != audience ||
                (both->subject_a != subjects[i] && both->subject_b != subjects[i]) ||
                !among(subjects, n, other))
                continue;
            *(other == subjects[i] ? &own : &shared) += (double)both->n;
        }
        if (own > 0)
            most = MAX(most, 1 + shared / own);
    }
    return most;
}

struct plx_pool plx_pool_rest(const struct plx_pool *pools, guint n, guint without,
                              GPtrArray *memory)
{
    struct plx_pool rest = {.d = {.k = 2}};
    double *w = plx_keep(memory, 2, sizeof *w), *w2 = plx_keep(memory, 2, sizeof *w2);
    double *m = plx_keep(memory, 4, sizeof *m);
    gboolean weighted = FALSE, repeats = FALSE;
    for (guint i = 0; i < n; i++) {
        const struct plx_distribution *d = &pools[i].d;
        if (i == without || d->n <= 0)
            continue;
        for (guint v = 0; v < 2; v++) {
            w[v] += d->w[v];
            w2[v] += d->w2 ? d->w2[v] : d->w[v];
            for (guint u = 0; u < 2; u++)
                m[v * 2 + u] += d->m ? d->m[v * 2 + u] : (u == v) * (d->w2 ? d->w2[v] : d->w[v]);
        }
        weighted |= d->w2 != NULL;
        repeats |= d->m != NULL;
        rest.d.n += d->n;
        rest.d.units += d->units;
        rest.persons += pools[i].persons;
        rest.scale = pools[i].scale;
    }
    rest.d.w = w;
    rest.d.w2 = weighted ? w2 : NULL;
    rest.d.m = repeats ? m : NULL;
    return rest;
}

struct plx_share plx_pool_share(const struct plx_pool *pool, enum plx_pool_part part, double level)
{
    const struct plx_scale *scale = pool->scale;
    if (pool->d.n <= 0)
        return no_share;
    if (part == PLX_POOL_YES)
        return plx_share(&pool->d, pool->d.k - 1, pool->d.k - 1, level);
    const gint8 cut = part == PLX_POOL_FLOOR ? scale->floor : scale->met;
    if (cut == PLX_NO_CUT)
        return no_share;
    const guint at = (guint)(cut - scale->min), beyond = part == PLX_POOL_BELOW;
    if (scale->down)
        return plx_share(&pool->d, at + beyond, pool->d.k - 1, level);
    /* the met value may be the lowest one: nobody is below it */
    return at < beyond ? plx_share(&pool->d, 1, 0, level)
                       : plx_share(&pool->d, 0, at - beyond, level);
}

struct plx_promise_share plx_pool_release(const struct plx_pool *pool, enum plx_pool_part part,
                                          const struct plx_reach *reach,
                                          enum plx_suppression hidden)
{
    struct plx_promise_share out = {PLX_NO_COUNT, PLX_NO_COUNT, NAN, {NAN, NAN}, PLX_SHOWN};
    if (pool->d.n <= 0) {
        out.n = out.persons = 0;
        return out;
    }
    out.suppressed = hidden                                    ? hidden
                     : !plx_reach_allows(reach, pool->persons) ? PLX_HIDDEN_FEW
                                                               : PLX_SHOWN;
    if (out.suppressed)
        return out;
    const struct plx_share share = plx_pool_share(pool, part, 0.95);
    out.n = (gint64)pool->d.n;
    out.persons = (gint64)pool->persons;
    out.share = share.p;
    out.ci = share.ci;
    return out;
}

/* At least so many persons gave `some` of the answers: each of the others takes one away at most,
 * and nobody gave more than `most`. */
static guint64 least_persons(guint64 persons, guint64 total, guint64 some, guint64 most)
{
    const guint64 others = total - some;
    const guint64 left = persons > others ? persons - others : 0;
    return MAX(left, some / most + (some % most > 0));
}

static guint64 most_answers(const struct plx_tally *tally)
{
    guint64 most = 1;
    for (guint v = 0; tally->repeats && v < tally->n_vectors; v++) {
        guint64 answers = 0;
        for (guint i = 0; i < tally->k; i++)
            answers += tally->vectors[(gsize)v * tally->k + i];
        most = MAX(most, answers);
    }
    return most;
}

struct plx_promise_share plx_pool_kept_known(const struct plx_cell *pairs,
                                             const struct plx_cell *cell,
                                             const struct plx_reach *reach, GPtrArray *memory)
{
    struct plx_pool pool = {.d = {.k = 1}};
    const struct plx_tally *kept = cell ? plx_cell_tally(cell, PLX_MEASURE_KEPT) : NULL;
    const struct plx_pair_tally *pair = pairs && pairs->n_pairs ? &pairs->pairs[0] : NULL;
    if (!kept || !pair || pair->k1 != 2 || pair->k2 != 2)
        return plx_pool_release(&pool, PLX_POOL_YES, reach, PLX_SHOWN);
    if (kept->total && pair->n[1] + pair->n[pair->k2 + 1] == kept->total) {
        pool = plx_pool_tallies(&kept, 1, 1, memory); /* all of them knew */
        return plx_pool_release(&pool, PLX_POOL_YES, reach, PLX_SHOWN);
    }
    double *w = plx_keep(memory, 2, sizeof *w), *w2 = plx_keep(memory, 2, sizeof *w2);
    guint64 knew = 0;
    for (guint i = 0; i < 2; i++) {
        const guint at = i * pair->k2 + 1; /* kept = i, known = 1 */
        knew += pair->n[at];
        w[i] = pair->w ? pair->w[at] : (double)pair->n[at];
        w2[i] = pair->w2 ? pair->w2[at] : (double)pair->n[at];
    }
    const guint64 others = kept->total > knew ? kept->total - knew : 0;
    const guint64 most = most_answers(kept);
    pool.persons = least_persons(kept->persons, kept->total, MIN(knew, kept->total), most);
    pool.scale = kept->scale;
    pool.d = (struct plx_distribution){.k = 2, .w = w, .w2 = pair->w ? w2 : NULL};
    pool.d.n = (double)knew;
    pool.d.units = (double)pool.persons;
    if (kept->repeats && knew) { /* as if everybody who answers again said the same again */
        double *m = plx_keep(memory, 4, sizeof *m);
        const double inflate = (double)most;
        m[0] = inflate * w2[0];
        m[3] = inflate * w2[1];
        pool.d.m = m;
    }
    /* Who did not know is all minus who did. */
    const gboolean small =
        others > 0 &&
        !plx_reach_allows(reach, least_persons(kept->persons, kept->total, others, most));
    return plx_pool_release(&pool, PLX_POOL_YES, reach,
                            small ? PLX_HIDDEN_COMPLEMENTARY : PLX_SHOWN);
}
