/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/polr.h"

#include "base/number.h"
#include "stats/cholesky.h"
#include "stats/doubles.h"
#include "stats/qr.h"

#include <math.h>
#include <string.h>

#define STEPS 100
#define HALVINGS 40
/* Newton's decrement at which the likelihood has its maximum. */
#define REACHED 1e-12
/* Standard error of a coefficient per standard deviation that only separation brings about. */
#define SEPARATED 1e3

void plx_polr_free(plx_polr *polr)
{
    if (!polr)
        return;
    g_free(polr->coefficient);
    g_free(polr->se);
    g_free(polr->cut);
    g_free(polr->cut_se);
    g_free(polr);
}

/* The columns that count, centred, of length 1 per row; parameters are theirs and then the cuts. */
struct model {
    const struct plx_polr_data *data;
    guint columns;
    guint *column; /* which of data->x */
    double *mean;
    double *scale;
    double *z;           /* n x columns, row by row */
    guint k;             /* parameters */
    double *a;           /* k: how the upper and */
    double *b;           /* the lower end of a row's band depend on the parameters */
    double *score;       /* k */
    double *information; /* k x k */
};

static void model_clear(struct model *m)
{
    g_free(m->column);
    g_free(m->mean);
    g_free(m->scale);
    g_free(m->z);
    g_free(m->a);
    g_free(m->b);
    g_free(m->score);
    g_free(m->information);
}

static double weight_of(const struct plx_polr_data *data, gsize i)
{
    return data->weight ? data->weight[i] : 1;
}

/* Which columns add something to those before them and the intercept. */
static void choose_columns(struct model *m)
{
    const struct plx_polr_data *data = m->data;
    g_autofree double *design = g_new(double, data->n *(data->p + 1));
    for (gsize i = 0; i < data->n; i++)
        design[i] = 1;
    if (data->p > 0)
        memcpy(design + data->n, data->x, data->n * data->p * sizeof *design);
    g_autoptr(plx_qr) qr = plx_qr_new(design, data->n, data->p + 1);
    g_autofree double *zero = g_new0(double, data->n + 1);
    g_autofree double *coefficient = g_new(double, data->p + 1);
    plx_qr_solve(qr, zero, coefficient);
    for (guint j = 0; j < data->p; j++)
        if (!isnan(coefficient[j + 1]))
            m->column[m->columns++] = j;
}

static void standardise(struct model *m)
{
    const gsize n = m->data->n;
    for (guint c = 0; c < m->columns; c++) {
        const double *x = m->data->x + m->column[c] * n;
        double sum = 0;
        for (gsize i = 0; i < n; i++)
            sum += x[i];
        m->mean[c] = sum / (double)n;
        double squares = 0;
        for (gsize i = 0; i < n; i++)
            squares += (x[i] - m->mean[c]) * (x[i] - m->mean[c]);
        m->scale[c] = sqrt(squares / (double)n);
        for (gsize i = 0; i < n; i++)
            m->z[i * m->columns + c] = (x[i] - m->mean[c]) / m->scale[c];
    }
}

static void model_init(struct model *m, const struct plx_polr_data *data)
{
    *m = (struct model){.data = data,
                        .column = g_new0(guint, data->p + 1),
                        .mean = g_new0(double, data->p + 1),
                        .scale = g_new0(double, data->p + 1)};
    choose_columns(m);
    m->z = g_new(double, data->n * m->columns + 1);
    standardise(m);
    m->k = m->columns + data->levels - 1;
    m->a = g_new(double, m->k);
    m->b = g_new(double, m->k);
    m->score = g_new(double, m->k);
    m->information = g_new(double, (gsize)m->k * m->k);
}

static double logistic(double x)
{
    return x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x));
}

/* A row's band on the logistic scale: its ends, its probability. */
struct band {
    double upper;
    double lower;
    double p;
};

static struct band find_band(const struct model *m, const double *parameter, gsize i)
{
    const guint level = m->data->level[i];
    double eta = 0;
    for (guint c = 0; c < m->columns; c++)
        eta += m->z[i * m->columns + c] * parameter[c];
    const double *cut = parameter + m->columns;
    struct band band = {PLX_INFINITY, -PLX_INFINITY, 0};
    if (level + 1 < m->data->levels)
        band.upper = cut[level] - eta;
    if (level > 0)
        band.lower = cut[level - 1] - eta;
    /* in the tail where the difference keeps its digits */
    band.p = band.lower > 0 ? logistic(-band.lower) - logistic(-band.upper)
                            : logistic(band.upper) - logistic(band.lower);
    return band;
}

/* Minus infinity where the cuts are not in order. */
static double log_likelihood(const struct model *m, const double *parameter)
{
    double sum = 0;
    for (gsize i = 0; i < m->data->n; i++) {
        const double weight = weight_of(m->data, i);
        const struct band band = find_band(m, parameter, i);
        if (weight > 0)
            sum += weight * (band.p > 0 ? log(band.p) : -PLX_INFINITY);
    }
    return sum;
}

/* Density of the logistic and its slope. */
static double density(double x, double *slope)
{
    const double f = logistic(x) * logistic(-x);
    *slope = f * (1 - 2 * logistic(x));
    return f;
}

static void add_row(struct model *m, const struct band *band, gsize i)
{
    const double weight = weight_of(m->data, i);
    const guint level = m->data->level[i];
    memset(m->a, 0, m->k * sizeof *m->a);
    memset(m->b, 0, m->k * sizeof *m->b);
    if (level + 1 < m->data->levels)
        m->a[m->columns + level] = 1;
    if (level > 0)
        m->b[m->columns + level - 1] = 1;
    for (guint c = 0; c < m->columns; c++)
        m->a[c] = m->b[c] = -m->z[i * m->columns + c];
    double slope_a = 0;
    double slope_b = 0;
    const double da = density(band->upper, &slope_a) / band->p;
    const double db = -density(band->lower, &slope_b) / band->p;
    const double d2a = slope_a / band->p - da * da;
    const double d2b = -slope_b / band->p - db * db;
    const double d2ab = -da * db;
    for (guint r = 0; r < m->k; r++) {
        m->score[r] += weight * (da * m->a[r] + db * m->b[r]);
        const double with_a = weight * (d2a * m->a[r] + d2ab * m->b[r]);
        const double with_b = weight * (d2ab * m->a[r] + d2b * m->b[r]);
        for (guint s = 0; s < m->k; s++)
            m->information[(gsize)r * m->k + s] -= with_a * m->a[s] + with_b * m->b[s];
    }
}

static gboolean differentiate(struct model *m, const double *parameter)
{
    memset(m->score, 0, m->k * sizeof *m->score);
    memset(m->information, 0, (gsize)m->k * m->k * sizeof *m->information);
    for (gsize i = 0; i < m->data->n; i++) {
        const struct band band = find_band(m, parameter, i);
        if (weight_of(m->data, i) > 0)
            add_row(m, &band, i);
    }
    return plx_cholesky(m->information, m->k);
}

/* One step of Newton's, halved until the likelihood rises. *decrement: how far from the top. */
static gboolean step(struct model *m, double *parameter, double *value, double *decrement)
{
    if (!differentiate(m, parameter))
        return FALSE;
    g_autofree double *move = g_memdup2(m->score, m->k * sizeof *move);
    plx_cholesky_solve(m->information, m->k, move);
    *decrement = 0;
    for (guint r = 0; r < m->k; r++)
        *decrement += move[r] * m->score[r];
    if (*decrement < REACHED)
        return TRUE;
    g_autofree double *tried = g_new(double, m->k);
    double length = 1;
    for (guint halving = 0; halving < HALVINGS; halving++, length /= 2) {
        for (guint r = 0; r < m->k; r++)
            tried[r] = parameter[r] + length * move[r];
        const double reached = log_likelihood(m, tried);
        if (reached > *value - REACHED * fabs(*value) && isfinite(reached)) {
            memcpy(parameter, tried, m->k * sizeof *tried);
            *value = reached;
            return TRUE;
        }
    }
    return FALSE;
}

/* No coefficients, cuts as counted. FALSE when a level is empty. */
static gboolean start(const struct model *m, double *parameter, double total)
{
    g_autofree double *count = g_new0(double, m->data->levels);
    for (gsize i = 0; i < m->data->n; i++)
        count[m->data->level[i]] += weight_of(m->data, i);
    double below = 0;
    for (guint level = 0; level < m->data->levels; level++) {
        if (!(count[level] > 0))
            return FALSE;
        below += count[level];
        if (level + 1 < m->data->levels)
            parameter[m->columns + level] = log(below / (total - below));
    }
    return TRUE;
}

static gboolean maximise(struct model *m, double *parameter, double total, double *value)
{
    if (!start(m, parameter, total))
        return FALSE;
    *value = log_likelihood(m, parameter);
    double decrement = PLX_INFINITY;
    for (guint i = 0; i < STEPS && !(decrement < REACHED); i++)
        if (!step(m, parameter, value, &decrement))
            return FALSE;
    return decrement < REACHED;
}

/* Back from centred columns of length 1: b_j / scale_j; cuts move by the sum of b_j mean_j. */
static void put(const struct model *m, const double *parameter, double value, plx_polr *polr)
{
    g_autofree double *inverse = g_new(double, (gsize)m->k * m->k);
    plx_cholesky_inverse(m->information, m->k, inverse);
    for (guint c = 0; c < m->columns; c++)
        if (sqrt(inverse[(gsize)c * m->k + c]) > SEPARATED)
            return;
    g_autofree double *part = g_new0(double, m->k);
    double shift = 0;
    for (guint c = 0; c < m->columns; c++) {
        polr->coefficient[m->column[c]] = parameter[c] / m->scale[c];
        polr->se[m->column[c]] = sqrt(inverse[(gsize)c * m->k + c]) / m->scale[c];
        part[c] = m->mean[c] / m->scale[c];
        shift += parameter[c] * part[c];
    }
    for (guint level = 0; level < polr->cuts; level++) {
        const guint at = m->columns + level;
        polr->cut[level] = parameter[at] + shift;
        part[at] = 1;
        double variance = 0;
        for (guint r = 0; r < m->k; r++)
            for (guint s = 0; s < m->k; s++)
                variance += part[r] * part[s] * inverse[(gsize)r * m->k + s];
        polr->cut_se[level] = sqrt(variance);
        part[at] = 0;
    }
    polr->deviance = -2 * value;
}

plx_polr *plx_polr_new(const struct plx_polr_data *data)
{
    plx_polr *polr = g_new0(plx_polr, 1);
    polr->p = data->p;
    polr->cuts = data->levels > 0 ? data->levels - 1 : 0;
    polr->coefficient = plx_doubles_nan(data->p);
    polr->se = plx_doubles_nan(data->p);
    polr->cut = plx_doubles_nan(polr->cuts);
    polr->cut_se = plx_doubles_nan(polr->cuts);
    polr->deviance = PLX_NAN;
    for (gsize i = 0; i < data->n; i++)
        polr->n += weight_of(data, i);
    if (data->levels < 2 || !(polr->n > data->p + polr->cuts))
        return polr;
    struct model m;
    model_init(&m, data);
    g_autofree double *parameter = g_new0(double, m.k);
    double value = 0;
    if (maximise(&m, parameter, polr->n, &value))
        put(&m, parameter, value, polr);
    model_clear(&m);
    return polr;
}
