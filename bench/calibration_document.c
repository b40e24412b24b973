/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/calibration_document.h"

#include "base/number.h"
#include "base/parallel.h"
#include "bench/calibration_judge.h"
#include "ingest/file_source.h"

#include <math.h>

enum {
    SIDES = PLX_CROWD_SIDES,
    POINTS = PLX_CROWD_POINTS,
    MASKED = 10 /* fewer leaders or staff are shown rounded, unless they agreed to be named */
};

struct job {
    const struct plx_crowd *crowd;
    guint n;
    guint64 seed;
    plx_map *map;
    struct plx_crowd_truth expected;
    struct plx_judged_promise promise;
    struct plx_judged *judged; /* by thread */
};

static void run_one(gsize index, guint thread, gpointer data)
{
    const struct job *job = data;
    struct plx_random random;
    plx_random_seed_stream(&random, job->seed, (guint64)job->n << 32 | index);
    struct plx_crowd_truth truth;
    GString *file = plx_crowd_file(job->crowd, job->n, &random, &truth);
    const struct plx_file_options one_thread = {.threads = 1};
    const struct plx_gaps_options options = {.seed = index};
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_source) source = plx_file_source_new_memory(file->str, file->len, "crowd.csv",
                                                              job->map, &one_thread, &error);
    g_autoptr(plx_gaps) gaps = source ? plx_gaps_read(source, &options, &error) : NULL;
    g_assert_no_error(error);
    plx_judge_document(&job->judged[thread], &job->promise, gaps, &truth);
    g_string_free(file, TRUE);
}

/* All documents -------------------------------------------------------------------------------- */

static void promise(struct job *job)
{
    const struct plx_crowd_truth *truth = &job->expected;
    for (guint w = 0; w < PLX_WATCHED; w++) {
        for (guint p = 0; p < POINTS; p++) {
            for (guint s = 0; s < SIDES; s++) {
                const guint side = w == PLX_WATCH_BELIEF ? PLX_CROWD_CUSTOMER : s;
                const double *shares = truth->level[side][p];
                double yes = PLX_NAN;
                if (w == PLX_WATCH_FLOOR)
                    yes = shares[0];
                else if (w == PLX_WATCH_MET)
                    yes = plx_judged_from(shares, 3);
                else if (w == PLX_WATCH_DESIRED || w == PLX_WATCH_BELIEF)
                    yes = plx_judged_from(shares, 4);
                const double n = plx_crowd_persons(job->crowd, side, job->n);
                job->promise.holds[w][p][s] =
                    isnan(yes) || (n * yes >= 5 - 1e-9 && n * (1 - yes) >= 5 - 1e-9);
            }
        }
    }
}

static plx_map *map_for(const struct plx_crowd *crowd, guint n)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_map_new_open();
    if (n < MASKED)
        g_assert_true(plx_map_set_named(map, "leader", &error) &&
                      plx_map_set_named(map, "staff", &error));
    if (crowd->complete)
        g_assert_true(plx_map_set_population(map, "leader", n, &error));
    return g_steal_pointer(&map);
}

/* Standard error of a mean over documents. */
static double error_of(double sum, double sum_2, guint runs)
{
    const double mean = sum / runs;
    return sqrt(MAX(sum_2 / runs - mean * mean, 0) / runs);
}

static double hits_error(const struct plx_judged *sums, guint promised, enum plx_watched what,
                         guint runs)
{
    return error_of((double)sums->sum[promised][what], (double)sums->sum_2[promised][what], runs);
}

static double mean_or_nan(double sum, double n)
{
    return n > 0 ? sum / n : PLX_NAN;
}

static struct plx_watch watch_of(const struct job *job, const struct plx_judged *sums,
                                 enum plx_watched what, guint runs)
{
    struct plx_watch result = {.lowest = PLX_NAN};
    double cells = 0, sum = 0, rest_cells = 0, rest = 0, seen = 0;
    for (guint p = 0; p < POINTS; p++) {
        for (guint s = 0; s < SIDES; s++) {
            if (sums->seen[what][p][s] == 0)
                continue;
            const double rate = (double)sums->hits[what][p][s] / (double)sums->seen[what][p][s];
            seen += (double)sums->seen[what][p][s];
            if (!job->promise.holds[what][p][s]) {
                rest_cells++;
                rest += rate;
                continue;
            }
            cells++;
            sum += rate;
            if (isnan(result.lowest) || rate < result.lowest) {
                result.lowest = rate;
                result.lowest_point = p;
                result.lowest_side = s;
            }
        }
    }
    result.coverage = mean_or_nan(sum, cells);
    result.error = mean_or_nan(hits_error(sums, 1, what, runs), cells);
    result.rest = mean_or_nan(rest, rest_cells);
    result.rest_error = mean_or_nan(hits_error(sums, 0, what, runs), rest_cells);
    result.width = mean_or_nan((double)sums->width[what] / PLX_JUDGED_FINE, seen);
    return result;
}

static struct plx_decisions decisions_of(const struct plx_judged_decisions *sums, guint runs)
{
    const double seen = (double)sums->seen, decided = (double)sums->decided;
    const double fraction = (double)sums->fraction / PLX_JUDGED_FINE;
    guint64 worst = 0;
    for (guint p = 0; p < POINTS; p++)
        for (guint s = 0; s < SIDES; s++)
            worst = MAX(worst, sums->wrong_at[p][s]);
    return (struct plx_decisions){
        .seen = seen / runs,
        .decided = mean_or_nan(decided, seen),
        .non_covering = fraction / runs,
        .error = error_of(fraction, (double)sums->fraction_2 / PLX_JUDGED_FINE, runs),
        .wrong = mean_or_nan((double)sums->wrong, seen),
        .worst = (double)worst / runs,
        .wrong_decided = mean_or_nan((double)sums->wrong, decided)};
}

void plx_calibrate_documents(const struct plx_crowd *crowd, guint n, guint runs, guint64 seed,
                             guint threads, struct plx_calibrated *result)
{
    threads = CLAMP(threads, 1, PLX_THREADS_MAX);
    struct job job = {.crowd = crowd, .n = n, .seed = seed};
    job.map = map_for(crowd, n);
    job.judged = g_new0(struct plx_judged, threads);
    plx_crowd_expect(&job.expected);
    promise(&job);
    plx_parallel_for(threads, runs, run_one, &job);
    for (guint t = 1; t < threads; t++)
        plx_judged_add(&job.judged[0], &job.judged[t]);
    const struct plx_judged *sums = &job.judged[0];
    for (guint w = 0; w < PLX_WATCHED; w++)
        result->watch[w] = watch_of(&job, sums, w, runs);
    result->gaps = decisions_of(&sums->gaps, runs);
    result->beliefs = decisions_of(&sums->beliefs, runs);
    result->words_off = mean_or_nan((double)sums->words_off, (double)sums->words);
    g_free(job.judged);
    plx_map_free(job.map);
}

/* Promises ------------------------------------------------------------------------------------- */

static void check_watch(const struct plx_calibrated *result, enum plx_watched what, guint n,
                        GString *broken)
{
    static const char *const names[PLX_WATCHED] = {
        [PLX_WATCH_MEAN] = "mean_ci",     [PLX_WATCH_FLOOR] = "floor_ci",
        [PLX_WATCH_MET] = "met_ci",       [PLX_WATCH_DESIRED] = "desired_ci",
        [PLX_WATCH_GAP] = "gap ci",       [PLX_WATCH_SUPERIORITY] = "superiority_ci",
        [PLX_WATCH_BELIEF] = "belief ci", [PLX_WATCH_HEADLINE] = "headline about_ci"};
    const struct plx_watch *w = &result->watch[what];
    const gboolean all_at_once = what == PLX_WATCH_HEADLINE;
    const double least = all_at_once ? 0.95 : 0.93;
    const double most = all_at_once || n < 20 ? 1 : 0.97;
    if (w->coverage < least - 2 * w->error || w->coverage > most + 2 * w->error)
        g_string_append_printf(broken, "n = %u: %s covers %.2f %% (+- %.2f)\n", n, names[what],
                               100 * w->coverage, 100 * w->error);
    if (w->rest < 0.9 - 2 * w->rest_error)
        g_string_append_printf(broken, "n = %u: %s covers %.2f %% where few are expected\n", n,
                               names[what], 100 * w->rest);
}

static void check_wrong(const struct plx_decisions *d, const char *name, guint n, GString *broken)
{
    if (d->wrong > 0.05)
        g_string_append_printf(broken, "n = %u: %.2f %% of %s are decided wrongly\n", n,
                               100 * d->wrong, name);
}

char *plx_calibrated_broken(const struct plx_calibrated *result, guint n)
{
    GString *broken = g_string_new(NULL);
    for (guint w = 0; w < PLX_WATCHED; w++)
        check_watch(result, w, n, broken);
    if (result->gaps.non_covering > 0.05 + 2 * result->gaps.error)
        g_string_append_printf(broken, "n = %u: %.2f %% (+- %.2f) of the decided gaps miss\n", n,
                               100 * result->gaps.non_covering, 100 * result->gaps.error);
    check_wrong(&result->gaps, "gaps", n, broken);
    check_wrong(&result->beliefs, "beliefs", n, broken);
    return g_string_free(broken, broken->len == 0);
}
