/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/calibration_guesses.h"

#include "base/number.h"
#include "base/parallel.h"
#include "bench/calibration_crowd.h"
#include "ingest/file_source.h"
#include "reading/beliefs.h"
#include "stats/random.h"
#include "stats/share.h"

#include <math.h>

enum { GUESSES = 11, LEVELS = 6, MOMENTS = PLX_GUESS_MOMENTS };
#define FINE 1e9 /* widths are summed as whole numbers: threads add in any order */

/* Guesses 0..10, in percent. */
static const struct {
    const char *name;
    double percent[GUESSES];
} worlds[PLX_GUESS_WORLDS] = {
    {"all say 7", {0, 0, 0, 0, 0, 0, 0, 100, 0, 0, 0}},
    {"nearly all say 8", {0, 0, 0, 0, 0, 2, 0, 3, 92, 3, 0}},
    {"about 5", {0, 0, 3, 9, 20, 36, 20, 9, 3, 0, 0}},
    {"about 7", {0, 0, 0, 1, 4, 10, 20, 30, 22, 10, 3}},
    {"anything", {9, 9, 9, 9, 9, 10, 9, 9, 9, 9, 9}},
    {"two camps", {5, 20, 20, 5, 0, 0, 0, 5, 20, 20, 5}},
    {"near 0", {70, 18, 7, 3, 1, 1, 0, 0, 0, 0, 0}},
    {"near 10", {0, 0, 0, 0, 0, 1, 1, 3, 7, 18, 70}},
};
static const double shares[PLX_GUESS_SHARES] = {0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98};
/* What leaders rate at tables, in percent of the six levels. */
static const double levels[LEVELS] = {4, 12, 26, 34, 18, 6};

const char *plx_guess_world_name(guint world)
{
    return worlds[world].name;
}

double plx_guess_share(guint share)
{
    return shares[share];
}

static double mean_of(const double *percent, guint k, double first)
{
    double sum = 0, total = 0;
    for (guint i = 0; i < k; i++) {
        sum += percent[i] * (first + i);
        total += percent[i];
    }
    return sum / total;
}

static double share_at(guint moment)
{
    return shares[moment % PLX_GUESS_SHARES];
}

static double believed_at(guint moment)
{
    return mean_of(worlds[moment / PLX_GUESS_SHARES].percent, GUESSES, 0) / 10;
}

/* Customers say Basic (2) or Desired (4). */
static double level_gap_at(guint moment)
{
    return mean_of(levels, LEVELS, 1) - (2 + 2 * share_at(moment));
}

/* The file ------------------------------------------------------------------------------------- */

struct writer {
    const struct plx_room *room;
    struct plx_random *random;
    GString *out;
    guint respondent;
};

static guint customer_level(const struct writer *w, guint moment)
{
    return plx_random_uniform(w->random) < share_at(moment) ? 4 : 2;
}

static guint leader_level(const struct writer *w)
{
    return 1 + plx_random_choice(w->random, levels, LEVELS);
}

static guint guess(const struct writer *w, guint moment)
{
    return plx_random_choice(w->random, worlds[moment / PLX_GUESS_SHARES].percent, GUESSES);
}

/* Who name neither themselves nor a table. */
static void put_customers(const struct writer *w, guint moment, const char *weight)
{
    char row[2][40];
    for (guint met = 0; met < 2; met++)
        g_snprintf(row[met], sizeof row[met], "customer,p%02u,%u,,,,,%s\n", moment, met ? 4 : 2,
                   weight);
    for (guint i = 0; i < w->room->customers; i++)
        g_string_append(w->out, row[customer_level(w, moment) == 4]);
}

static void put_loners(const struct writer *w, guint leaders)
{
    for (guint m = 0; m < MOMENTS; m++) {
        for (guint i = 0; i < leaders; i++)
            g_string_append_printf(w->out, "leader,p%02u,,%u,,,,\n", m, guess(w, m));
        put_customers(w, m, "");
    }
}

/* What one says: with probability sqrt(alike) what the table says, so that two answers at a table
 * correlate at `alike`, and each has the shares of its world. */
static guint said(const struct writer *w, guint table, guint own)
{
    return plx_random_uniform(w->random) < sqrt(w->room->alike) ? table : own;
}

static void put_person(const struct writer *w, guint m, const char *audience, guint table,
                       const guint *common)
{
    GString *out = w->out;
    g_string_append(out, audience);
    g_string_append(out, m < 10 ? ",p0" : ",p");
    plx_crowd_put(out, m);
    g_string_append_c(out, ',');
    if (*audience == 'c') {
        plx_crowd_put(out, said(w, common[0], customer_level(w, m)));
        g_string_append_c(out, ',');
    } else {
        plx_crowd_put(out, said(w, common[0], leader_level(w)));
        g_string_append_c(out, ',');
        plx_crowd_put(out, said(w, common[1], guess(w, m)));
    }
    g_string_append(out, ",r");
    plx_crowd_put(out, w->respondent);
    g_string_append(out, *audience == 'c' ? ",spring,c" : ",spring,l");
    plx_crowd_put(out, table);
    g_string_append(out, ",1\n");
}

static void put_table(struct writer *w, const char *audience, guint table)
{
    const guint size = 6 + (guint)plx_random_below(w->random, 3), first = w->respondent;
    for (guint m = 0; m < MOMENTS; m++) {
        guint common[2] = {0};
        if (*audience == 'c') {
            common[0] = customer_level(w, m);
        } else {
            common[0] = leader_level(w);
            common[1] = guess(w, m);
        }
        for (w->respondent = first; w->respondent < first + size; w->respondent++)
            put_person(w, m, audience, table, common);
    }
}

/* Weights of 1 leave every interval as it is; they only spare the permutations for p. */
static GString *write_file(const struct plx_room *room, guint n, struct plx_random *random)
{
    struct writer w = {.room = room, .random = random, .out = g_string_new(NULL)};
    g_string_append(w.out, "audience,point,level,believed,respondent,workshop,table,weight\n");
    if (!room->tables) {
        put_loners(&w, n);
        return w.out;
    }
    for (guint t = 0; t < n; t++)
        put_table(&w, "leader", t);
    for (guint t = 0; t < n && !room->customers; t++)
        put_table(&w, "customer", t);
    for (guint m = 0; m < MOMENTS; m++)
        put_customers(&w, m, "1");
    return w.out;
}

/* The document --------------------------------------------------------------------------------- */

struct watch {
    guint64 hits[MOMENTS], seen;
    guint64 sum[2], sum_2[2]; /* hits of a document: of the rest [0], of what is promised [1] */
    gint64 width;
};

struct judged {
    struct watch belief, gap;
    guint64 decided, wrong[MOMENTS], false_apart, false_right;
};

struct job {
    const struct plx_room *room;
    guint n;
    guint64 seed;
    plx_map *map;
    gboolean promised[MOMENTS];
    struct judged *judged; /* by thread */
};

static void watch(struct watch *watch, guint moment, gboolean promised, guint here[2],
                  struct plx_interval ci, double truth)
{
    g_assert_true(ci.hi > ci.lo); /* never [x, x]: nothing is known without error */
    const gboolean covers = ci.lo <= truth && truth <= ci.hi;
    watch->hits[moment] += covers ? 1 : 0;
    here[promised ? 1 : 0] += covers ? 1 : 0;
    watch->seen++;
    watch->width += llround((ci.hi - ci.lo) * FINE);
}

static void end_document(struct watch *watch, const guint here[2])
{
    for (guint i = 0; i < 2; i++) {
        watch->sum[i] += here[i];
        watch->sum_2[i] += (guint64)here[i] * here[i];
    }
}

static void judge_verdict(struct judged *judged, guint moment, const struct plx_belief *b,
                          double truth, double margin)
{
    gboolean apart = FALSE, right = FALSE;
    if (b->verdict == PLX_VERDICT_OVERESTIMATES)
        apart = truth <= margin;
    else if (b->verdict == PLX_VERDICT_UNDERESTIMATES)
        apart = truth >= -margin;
    else if (b->verdict == PLX_VERDICT_SEES_IT)
        right = fabs(truth) >= margin;
    else
        g_assert_cmpint(b->verdict, ==, PLX_VERDICT_NOT_ENOUGH_YET);
    judged->decided += b->verdict != PLX_VERDICT_NOT_ENOUGH_YET;
    judged->false_apart += apart ? 1 : 0;
    judged->false_right += right ? 1 : 0;
    judged->wrong[moment] += apart || right ? 1 : 0;
}

static void judge(const struct job *job, struct judged *judged, const plx_beliefs *beliefs)
{
    guint belief[2] = {0}, gap[2] = {0};
    g_assert_cmpuint(beliefs->groups[0].n_moments, ==, MOMENTS);
    for (guint m = 0; m < MOMENTS; m++) {
        const struct plx_moment *moment = &beliefs->groups[0].moments[m];
        const double truth = believed_at(m) - share_at(m);
        const gboolean promised = job->promised[m];
        watch(&judged->belief, m, promised, belief, moment->belief->ci, truth);
        judge_verdict(judged, m, moment->belief, truth, beliefs->gaps->belief_margin);
        for (guint g = 0; g < moment->point->n_gaps; g++)
            watch(&judged->gap, m, TRUE, gap, moment->point->gaps[g].ci, level_gap_at(m));
    }
    end_document(&judged->belief, belief);
    end_document(&judged->gap, gap);
}

static void run_one(gsize index, guint thread, gpointer data)
{
    const struct job *job = data;
    struct plx_random random;
    plx_random_seed_stream(&random, job->seed, (guint64)job->n << 32 | index);
    GString *file = write_file(job->room, job->n, &random);
    const struct plx_file_options one_thread = {.threads = 1};
    const struct plx_gaps_options options = {.seed = index};
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_source) source =
        plx_file_source_new_memory(file->str, file->len, "room.csv", job->map, &one_thread, &error);
    g_autoptr(plx_beliefs) beliefs = source ? plx_beliefs_read(source, &options, &error) : NULL;
    g_assert_no_error(error);
    judge(job, &job->judged[thread], beliefs);
    g_string_free(file, TRUE);
}

/* All documents -------------------------------------------------------------------------------- */

static void add_watch(struct watch *to, const struct watch *from)
{
    for (guint m = 0; m < MOMENTS; m++)
        to->hits[m] += from->hits[m];
    for (guint i = 0; i < 2; i++) {
        to->sum[i] += from->sum[i];
        to->sum_2[i] += from->sum_2[i];
    }
    to->seen += from->seen;
    to->width += from->width;
}

static void add_judged(struct judged *to, const struct judged *from)
{
    add_watch(&to->belief, &from->belief);
    add_watch(&to->gap, &from->gap);
    for (guint m = 0; m < MOMENTS; m++)
        to->wrong[m] += from->wrong[m];
    to->decided += from->decided;
    to->false_apart += from->false_apart;
    to->false_right += from->false_right;
}

/* Mean over `cells` of documents' sums, and its standard error over documents. */
static double rate_of(const struct watch *sums, guint which, guint cells, guint runs, double *error)
{
    const double mean = (double)sums->sum[which] / runs;
    const double square = (double)sums->sum_2[which] / runs;
    *error = cells ? sqrt(MAX(square - mean * mean, 0) / runs) / cells : PLX_NAN;
    return cells ? mean / cells : PLX_NAN;
}

static struct plx_guessed_watch watch_of(const struct watch *sums, const gboolean *promised,
                                         guint runs)
{
    struct plx_guessed_watch result = {.lowest = PLX_NAN};
    guint cells[2] = {0}, varied = 0;
    double sum = 0;
    for (guint m = 0; m < MOMENTS && sums->seen; m++) {
        const gboolean is = !promised || promised[m];
        cells[is ? 1 : 0]++;
        const double rate = (double)sums->hits[m] / runs;
        sum += is && m >= PLX_GUESS_SHARES ? rate : 0;
        varied += is && m >= PLX_GUESS_SHARES ? 1 : 0;
        if (is && !(rate >= result.lowest)) {
            result.lowest = rate;
            result.lowest_moment = m;
        }
    }
    result.coverage = rate_of(sums, 1, cells[1], runs, &result.error);
    result.rest = rate_of(sums, 0, cells[0], runs, &result.rest_error);
    result.varied = varied ? sum / varied : PLX_NAN;
    result.width = sums->seen ? (double)sums->width / FINE / (double)sums->seen : PLX_NAN;
    return result;
}

static void decisions_of(const struct judged *sums, guint runs, struct plx_guessed *result)
{
    const double all = (double)runs * MOMENTS;
    guint64 worst = 0, wrong = 0;
    for (guint m = 0; m < MOMENTS; m++) {
        worst = MAX(worst, sums->wrong[m]);
        wrong += sums->wrong[m];
    }
    result->decided = (double)sums->decided / all;
    result->wrong = (double)wrong / all;
    result->false_apart = (double)sums->false_apart / all;
    result->false_right = (double)sums->false_right / all;
    result->worst = (double)worst / runs;
}

void plx_calibrate_guesses(const struct plx_room *room, guint n, guint runs, guint64 seed,
                           guint threads, struct plx_guessed *result)
{
    g_autoptr(GError) error = NULL;
    threads = CLAMP(threads, 1, PLX_THREADS_MAX);
    struct job job = {.room = room, .n = n, .seed = seed, .map = plx_map_new_open()};
    plx_map_set_named(job.map, "leader", &error);
    plx_map_set_named(job.map, "customer", &error);
    g_assert_no_error(error);
    for (guint m = 0; m < MOMENTS; m++) {
        const double units = room->customers ? room->customers : n;
        job.promised[m] = units * share_at(m) >= 5 - 1e-9 && units * (1 - share_at(m)) >= 5 - 1e-9;
    }
    job.judged = g_new0(struct judged, threads);
    plx_parallel_for(threads, runs, run_one, &job);
    for (guint t = 1; t < threads; t++)
        add_judged(&job.judged[0], &job.judged[t]);
    result->belief = watch_of(&job.judged[0].belief, job.promised, runs);
    result->gap = watch_of(&job.judged[0].gap, NULL, runs);
    decisions_of(&job.judged[0], runs, result);
    g_free(job.judged);
    plx_map_free(job.map);
}

/* Tables that name a theme --------------------------------------------------------------------- */

static double covered(guint tables, double share)
{
    double sum = 0, chance = pow(1 - share, tables);
    for (guint named = 0; named <= tables; named++) {
        const struct plx_interval ci = plx_wilson(named, tables, 0.95, FALSE);
        sum += ci.lo <= share && share <= ci.hi ? chance : 0;
        chance *= share / (1 - share) * (tables - named) / (named + 1);
    }
    return sum;
}

double plx_tables_coverage(guint tables, double *lowest)
{
    double sum = 0;
    *lowest = 1;
    for (guint percent = 2; percent <= 98; percent++) {
        const double covers = covered(tables, percent / 100.0);
        sum += covers;
        *lowest = MIN(*lowest, covers);
    }
    return sum / 97;
}

/* Promises ------------------------------------------------------------------------------------- */

static void check_watch(const struct plx_guessed_watch *w, const char *name, guint n,
                        GString *broken)
{
    if (w->coverage < 0.93 - 2 * w->error)
        g_string_append_printf(broken, "n = %u: %s covers %.2f %% (+- %.2f)\n", n, name,
                               100 * w->coverage, 100 * w->error);
    if (n >= 20 && w->varied > 0.97 + 2 * w->error)
        g_string_append_printf(broken, "n = %u: %s covers as much as %.2f %%\n", n, name,
                               100 * w->varied);
    if (w->rest < 0.9 - 2 * w->rest_error)
        g_string_append_printf(broken, "n = %u: %s covers %.2f %% where few are expected\n", n,
                               name, 100 * w->rest);
}

char *plx_guessed_broken(const struct plx_guessed *result, guint n)
{
    GString *broken = g_string_new(NULL);
    check_watch(&result->belief, "belief ci", n, broken);
    check_watch(&result->gap, "gap ci", n, broken);
    if (result->wrong > 0.05 * result->decided)
        g_string_append_printf(broken, "n = %u: %.2f %% of the decided beliefs are wrong\n", n,
                               100 * result->wrong / result->decided);
    return g_string_free(broken, broken->len == 0);
}
