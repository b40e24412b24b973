/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/calibration_score.h"

#include "base/number.h"
#include "base/parallel.h"

#include <math.h>

#define MILLION 1000000

void plx_score_add(struct plx_score *score, guint64 hits, guint64 of)
{
    if (of == 0)
        return;
    const guint64 share = hits * MILLION / of;
    score->worlds++;
    score->sum += share;
    score->squares += share * share;
}

void plx_score_add_whether(struct plx_score *score, gboolean is_so)
{
    plx_score_add(score, is_so ? 1 : 0, 1);
}

void plx_score_look(struct plx_score_hits *hits, struct plx_interval ci, double truth)
{
    if (isnan(ci.lo) || isnan(truth))
        return;
    hits->of++;
    /* where a truth is at the end of the scale, rounding must not decide */
    if (ci.lo <= truth + 1e-9 && ci.hi >= truth - 1e-9)
        hits->hits++;
}

void plx_score_add_hits(struct plx_score *score, const struct plx_score_hits *hits)
{
    plx_score_add(score, hits->hits, hits->of);
}

void plx_score_add_all(struct plx_score *score, const struct plx_score_hits *hits)
{
    if (hits->of > 0)
        plx_score_add_whether(score, hits->hits == hits->of);
}

double plx_score_share(const struct plx_score *score)
{
    return score->worlds ? (double)score->sum / (double)score->worlds / MILLION : PLX_NAN;
}

double plx_score_error(const struct plx_score *score)
{
    const double n = (double)score->worlds;
    const double mean = plx_score_share(score);
    const double squares = (double)score->squares / MILLION / MILLION;
    return score->worlds ? sqrt(fmax(squares / n - mean * mean, 0) / n) : PLX_NAN;
}

gboolean plx_score_holds(const struct plx_score *score, enum plx_score_kind kind)
{
    if (score->worlds == 0)
        return TRUE;
    /* one world more or less: where all of few worlds agree the error is none */
    const double room = 2 * plx_score_error(score) + 1 / (double)score->worlds;
    const double share = plx_score_share(score);
    switch (kind) {
    case PLX_SCORE_COVERS:
        return share >= 0.93 - room && share <= 0.97 + room;
    case PLX_SCORE_COVERS_FEW:
        return share >= 0.93 - room;
    case PLX_SCORE_COVERS_REST:
        return share >= 0.9 - room;
    case PLX_SCORE_ALL_AT_ONCE:
        return share >= 0.95 - room;
    case PLX_SCORE_FALSE:
        return share <= 0.05 + room;
    case PLX_SCORE_TOLD:
        break;
    }
    return TRUE;
}

struct job {
    const struct plx_trial *trial;
    guint64 seed;
    gpointer data;
    struct plx_score *rows; /* by thread */
};

static void run_one(gsize index, guint thread, gpointer data)
{
    const struct job *job = data;
    struct plx_random random;
    plx_random_seed_stream(&random, job->seed, index);
    job->trial->run(&random, index, job->data, job->rows + (gsize)thread * PLX_TRIAL_ROWS);
}

guint plx_trial_run(const struct plx_trial *trial, guint runs, guint64 seed, guint threads,
                    struct plx_score *rows)
{
    const guint n_threads = CLAMP(threads, 1, PLX_THREADS_MAX);
    const guint n = MAX(runs / MAX(trial->runs_part, 1), 1);
    g_autofree struct plx_score *all = g_new0(struct plx_score, (gsize)n_threads * PLX_TRIAL_ROWS);
    struct job job = {trial, seed, NULL, all};
    if (trial->begin)
        trial->begin(&job.data);
    plx_parallel_for(n_threads, n, run_one, &job);
    if (trial->end)
        trial->end(job.data);
    for (guint r = 0; r < PLX_TRIAL_ROWS; r++) {
        rows[r] = (struct plx_score){0, 0, 0};
        for (guint t = 0; t < n_threads; t++) {
            const struct plx_score *part = &all[t * PLX_TRIAL_ROWS + r];
            rows[r].worlds += part->worlds;
            rows[r].sum += part->sum;
            rows[r].squares += part->squares;
        }
    }
    return n;
}
