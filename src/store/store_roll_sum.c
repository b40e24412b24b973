/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How much there is: what a roll knows, and what is not in it, without counting anybody twice. */

#include "store/scan.h"
#include "store/store_roll_note.h"
#include "store/store_roll_private.h"
#include "voice/roll.h"

#include <stdlib.h>

/* An encounter that all of a roll has to be looked through for is rare; where it is not, counting
 * is cheaper. */
#define EFFORT_MAX 64

static int compare_encounters(const void *a, const void *b)
{
    const struct plx_roll_noted *const x = a, *const y = b;
    if (x->encounter != y->encounter)
        return x->encounter < y->encounter ? -1 : 1;
    return x->known != y->known ? (x->known < y->known ? -1 : 1) : 0;
}

static int compare_respondents(const void *a, const void *b)
{
    const struct plx_roll_noted *const x = a, *const y = b;
    if (x->known != y->known)
        return x->known > y->known ? -1 : 1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

/* An encounter may be noted with several units. FALSE: too much to look through. */
static gboolean take_encounters(const plx_roll *roll, struct plx_roll_noted *noted, guint n,
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

static void take_respondents(const plx_roll *roll, struct plx_roll_noted *noted, guint n,
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

static gboolean sum_all(plx_store *store, const struct plx_store_roll *roll,
                        const struct plx_store_roll_question *question,
                        struct plx_roll_noting *noting, struct plx_answer **answer, GError **error)
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
    GArray *const noted = plx_roll_noting_all(noting);
    struct plx_roll_noted *const first = (struct plx_roll_noted *)(gpointer)noted->data;
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
    plx_sink *const to = plx_count_sink_new(map, NULL, 0, question->threads);
    struct plx_roll_noting noting;
    plx_roll_noting_init(&noting, to, map, question->threads);
    const gboolean ok = sum_all(store, roll, question, &noting, answer, error);
    to->free(to);
    plx_roll_noting_clear(&noting);
    return ok;
}
