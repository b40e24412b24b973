/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How much there is: what a roll knows, and what is not in it, without counting anybody twice. */

#include "store/scan.h"
#include "store/store_roll_private.h"
#include "voice/roll.h"

#include <stdlib.h>

/* An encounter that all of a roll has to be looked through for is rare; where it is not, counting
 * is cheaper. */
#define EFFORT_MAX 64

struct noted {
    guint64 encounter, unit;
    guint known;
};

/* Passes rows on, and notes whose they are. */
struct noting {
    plx_sink base;
    plx_sink *to;
    const plx_map *map;
    GArray **noted; /* struct noted, by worker */
};

static gboolean note_add(plx_sink *base, guint worker, const struct plx_batch *batch,
                         GError **error)
{
    const struct noting *const noting = (const struct noting *)base;
    GArray *const all = noting->noted[worker];
    for (guint32 i = 0; i < batch->n; i++) {
        const guint64 unit = plx_roll_unit(noting->map, batch, i);
        const gboolean known = batch->known && batch->known[i] && unit == batch->unit[i];
        const struct noted one = {batch->encounter[i], unit, known ? 1 : 0};
        const struct noted *const last =
            all->len ? &g_array_index(all, struct noted, all->len - 1) : NULL;
        if (!last || last->encounter != one.encounter || last->unit != one.unit ||
            last->known != one.known)
            g_array_append_val(all, one);
    }
    return noting->to->add(noting->to, worker, batch, error);
}

static int compare_encounters(const void *a, const void *b)
{
    const struct noted *const x = a, *const y = b;
    if (x->encounter != y->encounter)
        return x->encounter < y->encounter ? -1 : 1;
    return x->known != y->known ? (x->known < y->known ? -1 : 1) : 0;
}

static int compare_respondents(const void *a, const void *b)
{
    const struct noted *const x = a, *const y = b;
    if (x->known != y->known)
        return x->known > y->known ? -1 : 1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

/* An encounter may be noted with several units. FALSE: too much to look through. */
static gboolean take_encounters(const plx_roll *roll, struct noted *noted, guint n,
                                struct plx_answer *answer)
{
    guint effort = 0;
    qsort(noted, n, sizeof *noted, compare_encounters);
    for (guint from = 0, to; from < n && effort <= EFFORT_MAX; from = to) {
        gboolean knows = FALSE;
        for (to = from; to < n && compare_encounters(&noted[to], &noted[from]) == 0; to++)
            knows = knows || plx_roll_knows_encounter(roll, noted[to].unit, noted[to].encounter,
                                                      noted[to].known != 0, &effort);
        answer->encounters -= knows ? 1 : 0;
        answer->encounters_unknown -= knows && !noted[from].known ? 1 : 0;
    }
    return effort <= EFFORT_MAX;
}

static void take_respondents(const plx_roll *roll, struct noted *noted, guint n,
                             struct plx_answer *answer)
{
    qsort(noted, n, sizeof *noted, compare_respondents);
    for (guint i = 0; i < n && noted[i].known; i++)
        if (i == 0 || noted[i].unit != noted[i - 1].unit)
            answer->respondents -= plx_roll_knows_respondent(roll, noted[i].unit) ? 1 : 0;
}

static void add_totals(const struct plx_roll_totals *totals, struct plx_answer *answer)
{
    answer->observations += totals->rows;
    answer->without_time += totals->without_time;
    answer->encounters += totals->encounters;
    answer->encounters_unknown += totals->encounters_unknown;
    answer->respondents += totals->respondents;
    if (!totals->has_days)
        return;
    answer->first_day =
        answer->has_days ? MIN(answer->first_day, totals->first_day) : totals->first_day;
    answer->last_day =
        answer->has_days ? MAX(answer->last_day, totals->last_day) : totals->last_day;
    answer->has_days = TRUE;
}

/* What all workers noted, in the first's. */
static GArray *put_together(const struct noting *noting, guint threads)
{
    for (guint t = 1; t < threads; t++)
        g_array_append_vals(noting->noted[0], noting->noted[t]->data, noting->noted[t]->len);
    return noting->noted[0];
}

static gboolean sum_all(plx_store *store, const struct plx_store_roll *roll,
                        const struct plx_store_roll_question *question, struct noting *noting,
                        struct plx_answer **answer, GError **error)
{
    struct plx_lexicon *lexicon = NULL;
    const struct plx_scan scan = {.map = noting->map,
                                  .wanted = question->wanted,
                                  .threads = question->threads,
                                  .takes = plx_store_roll_leaves,
                                  .data = roll};
    if (!plx_scan_run(store, &scan, &noting->base, &lexicon, error))
        return FALSE;
    const plx_roll *const of = plx_store_roll_get(roll);
    const gboolean means = plx_roll_means(of, &lexicon->dims, noting->map);
    const gboolean ok = !means || noting->to->finish(noting->to, error);
    struct plx_answer *const sum = ok && means ? plx_count_sink_take(noting->to) : NULL;
    GArray *const noted = put_together(noting, question->threads);
    struct noted *const first = (struct noted *)(gpointer)noted->data;
    if (sum) {
        add_totals(plx_roll_totals(of), sum);
        sum->measures |= plx_roll_columns(of);
    }
    if (sum && (!noted->len || take_encounters(of, first, noted->len, sum))) {
        if (noted->len)
            take_respondents(of, first, noted->len, sum);
        *answer = sum;
    } else {
        plx_answer_free(sum);
    }
    plx_lexicon_free(lexicon);
    return ok;
}

gboolean plx_store_roll_sum(plx_store *store, const plx_map *map, const plx_store_roll *roll,
                            const struct plx_store_roll_question *question,
                            struct plx_answer **answer, GError **error)
{
    struct noting noting = {.base = {.add = note_add},
                            .to = plx_count_sink_new(map, NULL, 0, question->threads),
                            .map = map,
                            .noted = g_new0(GArray *, question->threads)};
    for (guint t = 0; t < question->threads; t++)
        noting.noted[t] = g_array_new(FALSE, FALSE, sizeof(struct noted));
    const gboolean ok = sum_all(store, roll, question, &noting, answer, error);
    noting.to->free(noting.to);
    for (guint t = 0; t < question->threads; t++)
        g_array_unref(noting.noted[t]);
    g_free(noting.noted);
    return ok;
}
