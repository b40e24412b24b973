/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/em_covariance.h"

#include "base/number.h"
#include "stats/cholesky.h"
#include "stats/doubles.h"

#include <math.h>
#include <string.h>

#define ITERATIONS 20000
/* Change in units of standard deviations and variances at which EM has settled. */
#define SETTLED 1e-10
/* What must be left of a column's variance for it to tell something about others. */
#define COLLINEAR 1e-10

void plx_em_free(plx_em *em)
{
    if (!em)
        return;
    g_free(em->pairs);
    g_free(em->mean);
    g_free(em->mean_se);
    g_free(em->covariance);
    g_free(em->se);
    g_free(em->uncertainty);
    g_free(em);
}

/* Rows that answered the same columns: their sums, once and for all. */
struct pattern {
    guint64 observed;
    double n;
    double *mean;     /* k; of the columns observed */
    double *products; /* k x k about that mean */
};

static gboolean is_in(guint64 set, guint j)
{
    return set >> j & 1;
}

static guint64 pattern_of(const double *row, guint k)
{
    guint64 observed = 0;
    for (guint j = 0; j < k; j++)
        if (!isnan(row[j]))
            observed |= (guint64)1 << j;
    return observed;
}

static int compare_rows(gconstpointer a, gconstpointer b, gpointer columns)
{
    const double *x = a;
    const double *y = b;
    const guint k = GPOINTER_TO_UINT(columns);
    const guint64 p = pattern_of(x, k);
    const guint64 q = pattern_of(y, k);
    if (p != q)
        return p < q ? -1 : 1;
    for (guint j = 0; j < k; j++)
        if (is_in(p, j) && x[j] != y[j])
            return x[j] < y[j] ? -1 : 1;
    return 0;
}

static void clear_pattern(gpointer data)
{
    struct pattern *pattern = data;
    g_free(pattern->mean);
    g_free(pattern->products);
}

static struct pattern sum_pattern(const double *rows, gsize n, guint k, guint64 observed)
{
    struct pattern p = {observed, (double)n, g_new0(double, k), g_new0(double, (gsize)k *k)};
    for (gsize r = 0; r < n; r++)
        for (guint j = 0; j < k; j++)
            if (is_in(observed, j))
                p.mean[j] += rows[r * k + j] / (double)n;
    for (gsize r = 0; r < n; r++)
        for (guint i = 0; i < k; i++)
            for (guint j = 0; j < k; j++)
                if (is_in(observed, i) && is_in(observed, j))
                    p.products[(gsize)i * k + j] +=
                        (rows[r * k + i] - p.mean[i]) * (rows[r * k + j] - p.mean[j]);
    return p;
}

static GArray *find_patterns(const double *rows, gsize n, guint k)
{
    g_autofree double *sorted = g_memdup2(rows, n * k * sizeof *rows);
    g_qsort_with_data(sorted, (gint)n, k * sizeof *sorted, compare_rows, GUINT_TO_POINTER(k));
    GArray *patterns = g_array_new(FALSE, FALSE, sizeof(struct pattern));
    g_array_set_clear_func(patterns, clear_pattern);
    for (gsize first = 0; first < n;) {
        const guint64 observed = pattern_of(sorted + first * k, k);
        gsize end = first + 1;
        while (end < n && pattern_of(sorted + end * k, k) == observed)
            end++;
        if (observed != 0) {
            const struct pattern p = sum_pattern(sorted + first * k, end - first, k, observed);
            g_array_append_val(patterns, p);
        }
        first = end;
    }
    return patterns;
}

static const struct pattern *pattern_at(const GArray *patterns, guint i)
{
    return &((const struct pattern *)(const void *)patterns->data)[i];
}

/* Beaton's sweep (1964) of the columns in `set`: a becomes -A_oo^-1 there, the coefficients of the
 * others on them, and what is left of the others' covariance. Collinear columns are passed over. */
static void sweep(double *a, guint k, guint64 set, const double *variance)
{
    for (guint p = 0; p < k; p++) {
        const double pivot = a[(gsize)p * k + p];
        if (!is_in(set, p))
            continue;
        if (!(pivot > COLLINEAR * variance[p])) {
            for (guint j = 0; j < k; j++)
                a[(gsize)p * k + j] = a[(gsize)j * k + p] = 0;
            continue;
        }
        for (guint i = 0; i < k; i++) {
            const double factor = a[(gsize)i * k + p] / pivot;
            if (i != p)
                for (guint j = 0; j < k; j++)
                    if (j != p)
                        a[(gsize)i * k + j] -= factor * a[(gsize)p * k + j];
        }
        for (guint i = 0; i < k; i++)
            if (i != p)
                a[(gsize)i * k + p] = a[(gsize)p * k + i] = a[(gsize)p * k + i] / pivot;
        a[(gsize)p * k + p] = -1 / pivot;
    }
}

/* The running estimate, and what the expectation of one round adds up. */
struct state {
    guint k;
    double n;
    double *mean;
    double *covariance;
    double *variance; /* of the start: the scale of what is collinear */
    double *swept;    /* k x k */
    double *about;    /* k x k: products of a pattern about the current mean */
    double *half;     /* k x k: F T_oo */
    double *sum;      /* k */
    double *products; /* k x k */
};

/* F_ij: what column i is expected to be off the mean when the observed column j is off by 1. */
static double filled(const struct state *s, guint64 observed, guint i, guint j)
{
    return is_in(observed, i) ? i == j : s->swept[(gsize)j * s->k + i];
}

static void expect(struct state *s, const struct pattern *p)
{
    const guint k = s->k;
    memcpy(s->swept, s->covariance, (gsize)k * k * sizeof *s->swept);
    sweep(s->swept, k, p->observed, s->variance);
    for (guint i = 0; i < k; i++)
        for (guint j = 0; j < k; j++)
            if (is_in(p->observed, i) && is_in(p->observed, j))
                s->about[(gsize)i * k + j] =
                    p->products[(gsize)i * k + j] +
                    p->n * (p->mean[i] - s->mean[i]) * (p->mean[j] - s->mean[j]);
    for (guint i = 0; i < k; i++)
        for (guint j = 0; j < k; j++) {
            if (!is_in(p->observed, j))
                continue;
            const double f = filled(s, p->observed, i, j);
            s->sum[i] += f * p->n * (p->mean[j] - s->mean[j]);
            double value = 0;
            for (guint l = 0; l < k; l++)
                if (is_in(p->observed, l))
                    value += filled(s, p->observed, i, l) * s->about[(gsize)l * k + j];
            s->half[(gsize)i * k + j] = value;
        }
    for (guint i = 0; i < k; i++)
        for (guint j = 0; j <= i; j++) {
            double value = 0;
            for (guint l = 0; l < k; l++)
                if (is_in(p->observed, l))
                    value += s->half[(gsize)i * k + l] * filled(s, p->observed, j, l);
            if (!is_in(p->observed, i) && !is_in(p->observed, j))
                value += p->n * s->swept[(gsize)i * k + j];
            s->products[(gsize)i * k + j] += value;
        }
}

/* One round; returns the largest change in standard deviations or variances. */
static double update(struct state *s, const GArray *patterns)
{
    const guint k = s->k;
    memset(s->sum, 0, k * sizeof *s->sum);
    memset(s->products, 0, (gsize)k * k * sizeof *s->products);
    for (guint p = 0; p < patterns->len; p++)
        expect(s, pattern_at(patterns, p));
    double change = 0;
    for (guint i = 0; i < k; i++)
        for (guint j = 0; j <= i; j++) {
            const double value =
                s->products[(gsize)i * k + j] / s->n - s->sum[i] / s->n * s->sum[j] / s->n;
            const double scale = sqrt(s->variance[i] * s->variance[j]);
            if (scale > 0)
                change = MAX(change, fabs(value - s->covariance[(gsize)i * k + j]) / scale);
            s->covariance[(gsize)i * k + j] = s->covariance[(gsize)j * k + i] = value;
        }
    for (guint i = 0; i < k; i++) {
        const double move = s->sum[i] / s->n;
        if (s->variance[i] > 0)
            change = MAX(change, fabs(move) / sqrt(s->variance[i]));
        s->mean[i] += move;
    }
    return change;
}

/* Means and variances of what was answered; no covariances. */
static void begin(struct state *s, const GArray *patterns)
{
    const guint k = s->k;
    for (guint j = 0; j < k; j++) {
        double n = 0;
        double sum = 0;
        for (guint i = 0; i < patterns->len; i++)
            if (is_in(pattern_at(patterns, i)->observed, j)) {
                n += pattern_at(patterns, i)->n;
                sum += pattern_at(patterns, i)->n * pattern_at(patterns, i)->mean[j];
            }
        s->mean[j] = sum / n;
        double squares = 0;
        for (guint i = 0; i < patterns->len; i++) {
            const struct pattern *p = pattern_at(patterns, i);
            const double off = p->mean[j] - s->mean[j];
            if (is_in(p->observed, j))
                squares += p->products[(gsize)j * k + j] + p->n * off * off;
        }
        if (squares <= 1e-28 * n * s->mean[j] * s->mean[j])
            squares = 0; /* rounding */
        s->variance[j] = s->covariance[(gsize)j * k + j] = squares / n;
    }
}

static gsize cell(guint i, guint j)
{
    return i >= j ? (gsize)i * (i + 1) / 2 + j : (gsize)j * (j + 1) / 2 + i;
}

/* Adds a pattern's information on means (k x k) and covariances (q x q). With P = S_oo^-1 it is
 * n P, and n (P_ad P_bc + P_ac P_bd) for the covariances ab and cd, halved for each that is a
 * variance. */
static void inform(const struct pattern *p, const double *inverse, guint k, double *means,
                   double *covariances, gsize q)
{
    for (guint a = 0; a < k; a++)
        for (guint b = 0; b <= a; b++) {
            if (!is_in(p->observed, a) || !is_in(p->observed, b))
                continue;
            means[(gsize)a * k + b] += p->n * inverse[(gsize)a * k + b];
            if (a != b)
                means[(gsize)b * k + a] += p->n * inverse[(gsize)a * k + b];
            for (guint c = 0; c < k; c++)
                for (guint d = 0; d <= c; d++)
                    if (is_in(p->observed, c) && is_in(p->observed, d))
                        covariances[cell(a, b) * q + cell(c, d)] +=
                            p->n * (a == b ? 0.5 : 1) * (c == d ? 0.5 : 1) *
                            (inverse[(gsize)a * k + d] * inverse[(gsize)b * k + c] +
                             inverse[(gsize)a * k + c] * inverse[(gsize)b * k + d]);
        }
}

static gboolean invert(double *matrix, guint k)
{
    g_autofree double *factor = g_memdup2(matrix, (gsize)k * k * sizeof *matrix);
    if (!plx_cholesky(factor, k))
        return FALSE;
    plx_cholesky_inverse(factor, k, matrix);
    return TRUE;
}

static void find_errors(plx_em *em, struct state *s, const GArray *patterns)
{
    const guint k = em->k;
    const gsize q = (gsize)k * (k + 1) / 2;
    g_autofree double *means = g_new0(double, (gsize)k *k);
    g_autofree double *covariances = g_new0(double, q *q);
    for (guint i = 0; i < patterns->len; i++) {
        const struct pattern *p = pattern_at(patterns, i);
        memcpy(s->swept, s->covariance, (gsize)k * k * sizeof *s->swept);
        sweep(s->swept, k, p->observed, s->variance);
        for (gsize c = 0; c < (gsize)k * k; c++)
            s->swept[c] = -s->swept[c];
        inform(p, s->swept, k, means, covariances, q);
    }
    if (!invert(means, k) || !invert(covariances, (guint)q))
        return;
    memcpy(em->uncertainty, covariances, q * q * sizeof *covariances);
    for (guint a = 0; a < k; a++) {
        em->mean_se[a] = sqrt(means[(gsize)a * k + a]);
        for (guint b = 0; b < k; b++)
            em->se[(gsize)a * k + b] = sqrt(covariances[cell(a, b) * q + cell(a, b)]);
    }
}

/* Counts pairs; FALSE when some were hardly ever answered together. */
static gboolean cover(plx_em *em, const GArray *patterns)
{
    const guint k = em->k;
    double n = 0;
    for (guint i = 0; i < patterns->len; i++) {
        const struct pattern *p = pattern_at(patterns, i);
        n += p->n;
        for (guint a = 0; a < k; a++)
            for (guint b = 0; b < k; b++)
                if (is_in(p->observed, a) && is_in(p->observed, b))
                    em->pairs[(gsize)a * k + b] += p->n;
    }
    em->n = (gsize)n;
    for (gsize c = 0; c < (gsize)k * k; c++)
        if (em->pairs[c] < 2)
            return FALSE;
    return em->n > k;
}

static void settle(plx_em *em, const GArray *patterns)
{
    const guint k = em->k;
    const gsize square = (gsize)k * k;
    g_autofree double *room = g_new0(double, 3 * k + 5 * square);
    struct state s = {.k = k, .n = (double)em->n};
    s.mean = room;
    s.variance = room + k;
    s.sum = room + 2 * k;
    s.covariance = room + 3 * k;
    s.swept = s.covariance + square;
    s.about = s.swept + square;
    s.half = s.about + square;
    s.products = s.half + square;
    begin(&s, patterns);
    double change = PLX_INFINITY;
    while (em->iterations < ITERATIONS && !(change < SETTLED)) {
        change = update(&s, patterns);
        em->iterations++;
    }
    if (!(change < SETTLED))
        return;
    memcpy(em->mean, s.mean, k * sizeof *s.mean);
    memcpy(em->covariance, s.covariance, square * sizeof *s.covariance);
    find_errors(em, &s, patterns);
}

plx_em *plx_em_new(const double *rows, gsize n, guint k)
{
    g_assert(k >= 1 && k <= PLX_EM_COLUMNS_MAX);
    const gsize q = (gsize)k * (k + 1) / 2;
    plx_em *em = g_new0(plx_em, 1);
    em->k = k;
    em->pairs = g_new0(double, (gsize)k *k);
    em->mean = plx_doubles_nan(k);
    em->mean_se = plx_doubles_nan(k);
    em->covariance = plx_doubles_nan((gsize)k * k);
    em->se = plx_doubles_nan((gsize)k * k);
    em->uncertainty = plx_doubles_nan(q * q);
    g_autoptr(GArray) patterns = find_patterns(rows, n, k);
    if (cover(em, patterns))
        settle(em, patterns);
    return em;
}
