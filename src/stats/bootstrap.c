/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/bootstrap.h"

#include "base/number.h"
#include "base/parallel.h"
#include "stats/doubles.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <string.h>

/* From so many draws per listed unit on, a binomial per unit is cheaper. */
#define BINOMIAL_FROM 8
/* What a statistic may vary and yet be one number, relative to its size: rounding of sums. */
#define NO_SPREAD 1e-12

static unsigned long next_word(void *random)
{
    return (unsigned long)(plx_random_next(random) >> 32);
}

static double next_uniform(void *random)
{
    return plx_random_uniform(random);
}

static void draw_binomials(struct plx_random *random, const guint32 *times, gsize n, guint32 total,
                           guint32 *drawn)
{
    const gsl_rng_type type = {"xoshiro256**", 0xffffffff, 0,           sizeof *random,
                               NULL,           next_word,  next_uniform};
    const gsl_rng rng = {&type, random};
    guint32 units = total;
    guint32 draws = total;
    for (gsize i = 0; i < n; i++) {
        drawn[i] = draws == 0 || times[i] == 0 ? 0
                   : times[i] == units         ? draws
                                       : gsl_ran_binomial(&rng, (double)times[i] / units, draws);
        units -= times[i];
        draws -= drawn[i];
    }
}

static void draw_single(struct plx_random *random, const guint32 *times, gsize n, guint32 total,
                        guint32 *drawn)
{
    g_autofree guint32 *owner = g_new(guint32, total);
    guint32 at = 0;
    for (gsize i = 0; i < n; i++)
        for (guint32 j = 0; j < times[i]; j++)
            owner[at++] = (guint32)i;
    for (guint32 j = 0; j < total; j++)
        drawn[owner[plx_random_below(random, total)]]++;
}

void plx_bootstrap_draw(struct plx_random *random, const guint32 *times, gsize n, guint32 total,
                        guint32 *drawn)
{
    memset(drawn, 0, n * sizeof *drawn);
    if (!times)
        for (gsize i = 0; i < n; i++)
            drawn[plx_random_below(random, n)]++;
    else if (total / BINOMIAL_FROM < n)
        draw_single(random, times, n, total, drawn);
    else
        draw_binomials(random, times, n, total, drawn);
}

struct job {
    const struct plx_bootstrap *bootstrap;
    guint32 total;
    guint32 *times; /* by thread: units */
    double *out;    /* by thread: statistics */
    double *result; /* statistics x columns */
    gsize columns;
};

static void evaluate(const struct job *job, gsize column, guint thread, const guint32 *times)
{
    const struct plx_bootstrap *b = job->bootstrap;
    double *out = job->out + (gsize)thread * b->statistics;
    b->statistic(times, thread, out, b->data);
    for (guint j = 0; j < b->statistics; j++)
        job->result[j * job->columns + column] = out[j];
}

static void replicate(gsize index, guint thread, gpointer data)
{
    const struct job *job = data;
    const struct plx_bootstrap *b = job->bootstrap;
    struct plx_random random;
    plx_random_seed_stream(&random, b->how.seed, index);
    guint32 *times = job->times + thread * b->units;
    plx_bootstrap_draw(&random, b->times, b->units, job->total, times);
    evaluate(job, index, thread, times);
}

static guint32 times_of(const struct plx_bootstrap *b, gsize unit)
{
    return b->times ? b->times[unit] : 1;
}

static void all_units(const struct plx_bootstrap *b, guint32 *times)
{
    for (gsize i = 0; i < b->units; i++)
        times[i] = times_of(b, i);
}

/* All but one unit of kind `index`; all of them at index = units. */
static void leave_out(gsize index, guint thread, gpointer data)
{
    const struct job *job = data;
    const struct plx_bootstrap *b = job->bootstrap;
    guint32 *times = job->times + thread * b->units;
    all_units(b, times);
    if (index < b->units && times[index] > 0)
        times[index]--;
    evaluate(job, index, thread, times);
}

/* Between the two nearest of m rising values. */
static double quantile(const double *rising, gsize m, double q)
{
    const double place = ((double)m - 1) * q;
    const gsize below = (gsize)place;
    const double above = rising[MIN(below + 1, m - 1)];
    return rising[below] + (place - (double)below) * (above - rising[below]);
}

/* Skewness of the estimate from those with one unit left out (Efron 1987). */
static double acceleration(const struct plx_bootstrap *b, const double *without)
{
    double n = 0;
    double sum = 0;
    for (gsize i = 0; i < b->units; i++)
        if (times_of(b, i) > 0) {
            n += times_of(b, i);
            sum += times_of(b, i) * without[i];
        }
    double squares = 0;
    double cubes = 0;
    for (gsize i = 0; i < b->units; i++)
        if (times_of(b, i) > 0) {
            const double off = sum / n - without[i];
            squares += times_of(b, i) * off * off;
            cubes += times_of(b, i) * off * off * off;
        }
    return squares > 0 ? cubes / (6 * pow(squares, 1.5)) : 0;
}

/* Where in the replicates the end stands that would be at z of a normal estimate. */
static double bca_place(double z, double bias, double a)
{
    return gsl_cdf_ugaussian_P(bias + (bias + z) / (1 - a * (bias + z)));
}

static double share_below(const double *rising, gsize m, double estimate)
{
    double below = 0;
    for (gsize i = 0; i < m; i++)
        below += rising[i] < estimate ? 1 : rising[i] > estimate ? 0 : 0.5;
    return below / (double)m;
}

/* `without`: of each listed unit, the estimate at the end; NULL: percentiles. */
static struct plx_interval interval(const struct plx_bootstrap *b, double *values,
                                    const double *without)
{
    const struct plx_interval none = {PLX_NAN, PLX_NAN};
    gsize m = 0;
    for (guint i = 0; i < b->how.replicates; i++)
        if (!isnan(values[i]))
            values[m++] = values[i];
    if (m == 0 || (double)m < b->enough * b->how.replicates)
        return none;
    qsort(values, m, sizeof *values, plx_doubles_compare);
    if (!(values[m - 1] - values[0] > NO_SPREAD * fabs(values[0])))
        return none;
    double low = (1 - b->how.level) / 2;
    double high = (1 + b->how.level) / 2;
    if (without) {
        const double bias = gsl_cdf_ugaussian_Pinv(share_below(values, m, without[b->units]));
        const double a = acceleration(b, without);
        const double z = gsl_cdf_ugaussian_Pinv(high);
        low = bca_place(-z, bias, a);
        high = bca_place(z, bias, a);
        if (!isfinite(bias) || isnan(low) || isnan(high))
            return none;
    }
    return (struct plx_interval){quantile(values, m, low), quantile(values, m, high)};
}

static guint32 count_units(const struct plx_bootstrap *b)
{
    guint64 total = 0;
    for (gsize i = 0; i < b->units; i++)
        total += times_of(b, i);
    g_assert(total <= G_MAXUINT32);
    return (guint32)total;
}

void plx_bootstrap(const struct plx_bootstrap *b, struct plx_interval *ci)
{
    for (guint j = 0; j < b->statistics; j++)
        ci[j] = (struct plx_interval){PLX_NAN, PLX_NAN};
    const guint32 total = count_units(b);
    if (total < 2 || b->how.replicates == 0)
        return;
    const guint threads = CLAMP(b->how.threads, 1, PLX_THREADS_MAX);
    g_autofree guint32 *times = g_new(guint32, b->units * threads);
    g_autofree double *out = g_new(double, (gsize)b->statistics *threads);
    g_autofree double *drawn = g_new(double, (gsize)b->statistics * b->how.replicates);
    g_autofree double *without = NULL;
    struct job job = {b, total, times, out, drawn, b->how.replicates};
    plx_parallel_for(threads, b->how.replicates, replicate, &job);
    if (b->how.kind == PLX_BOOTSTRAP_BCA) {
        without = g_new(double, b->statistics *(b->units + 1));
        job.result = without;
        job.columns = b->units + 1;
        plx_parallel_for(threads, b->units + 1, leave_out, &job);
    }
    for (guint j = 0; j < b->statistics; j++)
        ci[j] = interval(b, drawn + (gsize)j * b->how.replicates,
                         without ? without + j * (b->units + 1) : NULL);
}

/* Units as vectors of k totals; their weighted sum is what the statistic is of. */
struct vectors {
    const double *const *vector; /* NULL: unit i is one answer on value i */
    gsize units;
    guint k;
    double (*statistic)(const double *w, guint k, gpointer data);
    gpointer data;
};

static void of_totals(const guint32 *times, guint thread, double *out, gpointer data)
{
    (void)thread;
    const struct vectors *v = data;
    g_autofree double *w = g_new0(double, v->k);
    for (gsize i = 0; i < v->units; i++)
        if (!v->vector)
            w[i] = times[i];
        else if (times[i] > 0)
            for (guint j = 0; j < v->k; j++)
                w[j] += times[i] * v->vector[i][j];
    *out = v->statistic(w, v->k, v->data);
}

static struct plx_interval of_vectors(struct vectors *v, const guint32 *times,
                                      const struct plx_bootstrap_how *how)
{
    struct plx_interval ci;
    plx_bootstrap(&(struct plx_bootstrap){.how = *how,
                                          .units = v->units,
                                          .times = times,
                                          .statistics = 1,
                                          .enough = 0.95,
                                          .statistic = of_totals,
                                          .data = v},
                  &ci);
    return ci;
}

struct plx_interval plx_bootstrap_counts(const guint32 *counts, guint k,
                                         double (*statistic)(const double *w, guint k,
                                                             gpointer data),
                                         gpointer data, const struct plx_bootstrap_how *how)
{
    struct vectors v = {NULL, k, k, statistic, data};
    return of_vectors(&v, counts, how);
}

struct plx_interval
plx_bootstrap_units(plx_units *units, double (*statistic)(const double *w, guint k, gpointer data),
                    gpointer data, const struct plx_bootstrap_how *how)
{
    const guint k = plx_units_distribution(units)->k;
    const guint n = plx_units_distinct(units);
    g_autofree const double **vector = g_new(const double *, n + 1);
    g_autofree guint32 *times = g_new(guint32, n + 1);
    for (guint i = 0; i < n; i++) {
        double answers = 0;
        guint64 there = 0;
        vector[i] = plx_units_get(units, i, &answers, &there);
        g_assert(there <= G_MAXUINT32);
        times[i] = (guint32)there;
    }
    struct vectors v = {vector, n, k, statistic, data};
    return of_vectors(&v, times, how);
}
