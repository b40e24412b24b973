/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/varcomp_equations.h"

#include "base/number.h"
#include "stats/cholesky.h"

#include <math.h>
#include <string.h>

struct plx_varcomp_equations *plx_varcomp_equations_new(const struct plx_varcomp_design *design,
                                                        gboolean ml)
{
    const gsize square = design->wide * design->wide + 1;
    struct plx_varcomp_equations *e = g_new0(struct plx_varcomp_equations, 1);
    e->design = design;
    e->ml = ml;
    e->p = g_new0(double, design->cells);
    e->w = g_new0(double, design->cells);
    e->factor = g_new0(double, square);
    e->inverse = g_new0(double, square);
    e->scratch = g_new0(double, square);
    return e;
}

void plx_varcomp_equations_free(struct plx_varcomp_equations *e)
{
    g_free(e->p);
    g_free(e->w);
    g_free(e->factor);
    g_free(e->inverse);
    g_free(e->scratch);
    g_free(e);
}

/* A factor's variance in residual variances. */
static double ratio(const struct plx_varcomp_equations *e, guint f)
{
    return e->phi[f] / e->phi[e->design->k];
}

/* scale(w): the root of the ratio, for each wide level. */
static double *new_roots(const struct plx_varcomp_equations *e)
{
    const struct plx_varcomp_design *d = e->design;
    double *root = g_new0(double, d->wide + 1);
    for (guint f = 1; f < d->k; f++)
        for (gsize l = 0; l < d->levels[f]; l++)
            root[d->from[f] + l] = sqrt(ratio(e, f));
    return root;
}

static double tall_diagonal(const struct plx_varcomp_equations *e, gsize level)
{
    return 1 + ratio(e, 0) * e->design->tall_count[level];
}

/* Lower triangle of the sum over tall levels of weight(level) c c', c the rows it shares with each
 * wide level; weight = numerator / diagonal^power. */
static void add_tall_squares(const struct plx_varcomp_equations *e, double numerator, guint power,
                             double *square)
{
    const struct plx_varcomp_design *d = e->design;
    for (gsize level = 0; level < d->tall; level++) {
        const double diagonal = tall_diagonal(e, level);
        const double weight = numerator / (power == 1 ? diagonal : diagonal * diagonal);
        for (gsize a = d->begin[level]; a < d->begin[level + 1]; a++) {
            double *row = square + d->column[a] * d->wide;
            const double times = weight * d->rows[a];
            for (gsize b = d->begin[level]; b < d->begin[level + 1]; b++)
                if (d->column[b] <= d->column[a])
                    row[d->column[b]] += times * d->rows[b];
        }
    }
}

/* The factor of I + Z'Z in relative form, tall levels absorbed; *log_determinant of all of it. */
static gboolean make_factor(struct plx_varcomp_equations *e, double *log_determinant)
{
    const struct plx_varcomp_design *d = e->design;
    g_autofree double *root = new_roots(e);
    memcpy(e->factor, d->cross, d->wide * d->wide * sizeof *e->factor);
    add_tall_squares(e, -ratio(e, 0), 1, e->factor);
    for (gsize i = 0; i < d->wide; i++)
        for (gsize j = 0; j <= i; j++)
            e->factor[i * d->wide + j] =
                e->factor[i * d->wide + j] * root[i] * root[j] + (i == j ? 1 : 0);
    if (!plx_cholesky_large(e->factor, (guint)d->wide))
        return FALSE;
    double sum = 0;
    for (gsize level = 0; level < d->tall; level++)
        sum += log(tall_diagonal(e, level));
    for (gsize i = 0; i < d->wide; i++)
        sum += 2 * log(e->factor[i * d->wide + i]);
    *log_determinant = sum;
    return TRUE;
}

void plx_varcomp_sum_levels(const struct plx_varcomp_design *d, const double *values, double *sums)
{
    memset(sums, 0, (d->tall + d->wide) * sizeof *sums);
    for (gsize c = 0; c < d->cells; c++)
        for (guint f = 0; f < d->k; f++)
            sums[(f > 0 ? d->tall : 0) + d->code[c * d->k + f]] += d->count[c] * values[c];
}

/* out <- H^-1 v, by cell. */
static void apply_inverse(const struct plx_varcomp_equations *e, const double *v, double *out)
{
    const struct plx_varcomp_design *d = e->design;
    const double g = ratio(e, 0);
    g_autofree double *root = new_roots(e);
    g_autofree double *tall = g_new(double, d->tall + d->wide);
    double *wide = tall + d->tall;
    plx_varcomp_sum_levels(d, v, tall);
    for (gsize level = 0; level < d->tall; level++) {
        const double times = g * tall[level] / tall_diagonal(e, level);
        for (gsize a = d->begin[level]; a < d->begin[level + 1]; a++)
            wide[d->column[a]] -= d->rows[a] * times;
    }
    for (gsize i = 0; i < d->wide; i++)
        wide[i] *= root[i];
    plx_cholesky_solve(e->factor, (guint)d->wide, wide);
    for (gsize i = 0; i < d->wide; i++)
        wide[i] *= root[i];
    for (gsize level = 0; level < d->tall; level++) {
        for (gsize a = d->begin[level]; a < d->begin[level + 1]; a++)
            tall[level] -= d->rows[a] * wide[d->column[a]];
        tall[level] *= g / tall_diagonal(e, level);
    }
    for (gsize c = 0; c < d->cells; c++) {
        out[c] = v[c];
        for (guint f = 0; f < d->k; f++)
            out[c] -= tall[(f > 0 ? d->tall : 0) + d->code[c * d->k + f]];
    }
}

static double over_rows(const struct plx_varcomp_design *d, const double *a, const double *b)
{
    double sum = 0;
    for (gsize c = 0; c < d->cells; c++)
        sum += d->count[c] * a[c] * b[c];
    return sum;
}

static double sum_squares(const double *x, gsize n)
{
    double sum = 0;
    for (gsize i = 0; i < n; i++)
        sum += x[i] * x[i];
    return sum;
}

/* Where a factor's levels stand in sums over all levels. */
static gsize first_level(const struct plx_varcomp_design *d, guint f)
{
    return f == 0 ? 0 : d->tall + d->from[f];
}

/* Squares of Z'p for each factor, and of p itself. */
static void squares_of_p(const struct plx_varcomp_equations *e, double *squares)
{
    const struct plx_varcomp_design *d = e->design;
    g_autofree double *sums = g_new0(double, d->tall + d->wide);
    plx_varcomp_sum_levels(d, e->p, sums);
    for (guint f = 0; f < d->k; f++)
        squares[f] = sum_squares(sums + first_level(d, f), d->levels[f]);
    squares[d->k] = d->within + over_rows(d, e->p, e->p);
}

void plx_varcomp_evaluate(struct plx_varcomp_equations *e, const double *phi)
{
    const struct plx_varcomp_design *d = e->design;
    double log_determinant = 0;
    memcpy(e->phi, phi, (d->k + 1) * sizeof *phi);
    e->deviance = PLX_INFINITY;
    if (!make_factor(e, &log_determinant))
        return;
    g_autofree double *v = g_new(double, d->cells);
    for (gsize c = 0; c < d->cells; c++)
        v[c] = 1;
    apply_inverse(e, v, e->w);
    e->one = over_rows(d, e->w, v);
    e->mean = over_rows(d, e->w, d->mean) / e->one;
    for (gsize c = 0; c < d->cells; c++)
        v[c] = d->mean[c] - e->mean;
    apply_inverse(e, v, e->p);
    /* (y - mean)'H^-1 (y - mean) as a sum of squares: residuals, and effects over their ratio. */
    double squares[PLX_VARCOMP_PARTS] = {0};
    squares_of_p(e, squares);
    double quadratic = squares[d->k];
    for (guint f = 0; f < d->k; f++)
        quadratic += ratio(e, f) * squares[f];
    const double n = (double)d->n;
    const double residual = phi[d->k];
    e->deviance = n * log(2 * G_PI * residual) + log_determinant + quadratic / residual;
    if (!e->ml)
        e->deviance += log(e->one / (2 * G_PI * residual));
}

/* tr Z'H^-1 Z of the wide factors: (levels - trace of the inverse there) / ratio. */
static void wide_traces(const struct plx_varcomp_equations *e, double *trace)
{
    const struct plx_varcomp_design *d = e->design;
    for (guint f = 1; f < d->k; f++) {
        double sum = 0;
        for (gsize i = d->from[f]; i < d->from[f] + d->levels[f]; i++)
            sum += 1 - e->inverse[i * d->wide + i];
        trace[f] = e->phi[f] > 0 ? sum / ratio(e, f) : 0;
    }
}

/* The same of the tall one: what its diagonal gives, less what the wide ones share with it. */
static double tall_trace(const struct plx_varcomp_equations *e)
{
    const struct plx_varcomp_design *d = e->design;
    g_autofree double *root = new_roots(e);
    double trace = 0;
    for (gsize level = 0; level < d->tall; level++)
        trace += d->tall_count[level] / tall_diagonal(e, level);
    memset(e->scratch, 0, d->wide * d->wide * sizeof *e->scratch);
    add_tall_squares(e, 1, 2, e->scratch);
    for (gsize i = 0; i < d->wide; i++) {
        const double *square = e->scratch + i * d->wide;
        const double *inverse = e->inverse + i * d->wide;
        double sum = 0;
        for (gsize j = 0; j < i; j++)
            sum += square[j] * inverse[j] * root[j];
        trace -= root[i] * (2 * sum + square[i] * inverse[i] * root[i]);
    }
    return trace;
}

/* Average information: y'P H_i P H_j P y, from one solution per part. */
static void make_information(struct plx_varcomp_equations *e)
{
    const struct plx_varcomp_design *d = e->design;
    const guint parts = d->k + 1;
    const double residual = e->phi[d->k];
    g_autofree double *sums = g_new0(double, d->tall + d->wide);
    g_autofree double *f = g_new(double, parts * d->cells);
    g_autofree double *solved = g_new0(double, d->cells);
    plx_varcomp_sum_levels(d, e->p, sums);
    for (guint i = 0; i < d->k; i++)
        for (gsize c = 0; c < d->cells; c++)
            f[i * d->cells + c] = sums[(i > 0 ? d->tall : 0) + d->code[c * d->k + i]];
    memcpy(f + d->k * d->cells, e->p, d->cells * sizeof *f);
    for (guint i = 0; i < parts; i++) {
        apply_inverse(e, f + i * d->cells, solved);
        const double share = over_rows(d, e->w, f + i * d->cells) / e->one;
        for (gsize c = 0; c < d->cells; c++)
            solved[c] -= share * e->w[c];
        for (guint j = 0; j <= i; j++) {
            double value = over_rows(d, solved, f + j * d->cells);
            if (i == d->k && j == d->k)
                value += d->within;
            value /= residual * residual * residual;
            e->information[i * parts + j] = e->information[j * parts + i] = value;
        }
    }
}

void plx_varcomp_differentiate(struct plx_varcomp_equations *e)
{
    const struct plx_varcomp_design *d = e->design;
    const double residual = e->phi[d->k];
    g_autofree double *sums = g_new0(double, d->tall + d->wide);
    double trace[PLX_VARCOMP_PARTS] = {0};
    double squares[PLX_VARCOMP_PARTS] = {0};
    plx_cholesky_large_inverse(e->factor, (guint)d->wide, e->inverse);
    wide_traces(e, trace);
    trace[0] = tall_trace(e);
    trace[d->k] = (double)d->n;
    for (guint f = 0; f < d->k; f++)
        trace[d->k] -= ratio(e, f) * trace[f];
    squares_of_p(e, squares);
    plx_varcomp_sum_levels(d, e->w, sums);
    for (guint f = 0; f <= d->k; f++) {
        const double of_mean = f < d->k ? sum_squares(sums + first_level(d, f), d->levels[f])
                                        : over_rows(d, e->w, e->w);
        const double rest = e->ml ? trace[f] : trace[f] - of_mean / e->one;
        e->slope[f] = rest / residual - squares[f] / (residual * residual);
    }
    make_information(e);
}
