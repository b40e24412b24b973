/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/qr.h"

#include "base/number.h"

#include <math.h>
#include <string.h>

struct plx_qr {
    gsize n;
    guint p;
    guint rank;
    double *a;    /* n x p: R above the diagonal, the reflectors' tails below it */
    double *head; /* first entry of each reflector, whose length is sqrt(2) */
    double *diagonal;
    guint *column; /* which column of x stands at each place */
};

void plx_qr_free(plx_qr *qr)
{
    if (!qr)
        return;
    g_free(qr->a);
    g_free(qr->head);
    g_free(qr->diagonal);
    g_free(qr->column);
    g_free(qr);
}

static double length(const double *v, gsize n)
{
    double largest = 0;
    for (gsize i = 0; i < n; i++)
        largest = MAX(largest, fabs(v[i]));
    if (!(largest > 0))
        return 0;
    double sum = 0;
    for (gsize i = 0; i < n; i++)
        sum += (v[i] / largest) * (v[i] / largest);
    return largest * sqrt(sum);
}

/* v <- (I - w w') v for the reflector of column k. */
static void reflect(const plx_qr *qr, guint k, double *v)
{
    const double *w = qr->a + (gsize)k * qr->n;
    double dot = qr->head[k] * v[k];
    for (gsize i = k + 1; i < qr->n; i++)
        dot += w[i] * v[i];
    v[k] -= dot * qr->head[k];
    for (gsize i = k + 1; i < qr->n; i++)
        v[i] -= dot * w[i];
}

/* Moves column k behind all others. */
static void move_last(plx_qr *qr, double *norm, guint k)
{
    g_autofree double *kept = g_memdup2(qr->a + (gsize)k * qr->n, qr->n * sizeof *kept);
    const double kept_norm = norm[k];
    const guint kept_column = qr->column[k];
    for (guint j = k + 1; j < qr->p; j++) {
        memcpy(qr->a + (gsize)(j - 1) * qr->n, qr->a + (gsize)j * qr->n, qr->n * sizeof *qr->a);
        norm[j - 1] = norm[j];
        qr->column[j - 1] = qr->column[j];
    }
    memcpy(qr->a + (gsize)(qr->p - 1) * qr->n, kept, qr->n * sizeof *kept);
    norm[qr->p - 1] = kept_norm;
    qr->column[qr->p - 1] = kept_column;
}

/* Turns column k, `size` long from row k on, into a reflector and applies it to those behind. */
static void eliminate(plx_qr *qr, guint k, double size)
{
    double *v = qr->a + (gsize)k * qr->n;
    const double sign = v[k] < 0 ? -1 : 1;
    /* (1 + |v_k| / size) / sqrt of itself: the reflector has length sqrt(2) */
    const double scale = size * sqrt(1 + fabs(v[k]) / size);
    qr->head[k] = (v[k] + sign * size) / scale;
    qr->diagonal[k] = -sign * size;
    for (gsize i = k + 1; i < qr->n; i++)
        v[i] /= scale;
    for (guint j = k + 1; j < qr->p; j++)
        reflect(qr, k, qr->a + (gsize)j * qr->n);
}

plx_qr *plx_qr_new(const double *x, gsize n, guint p)
{
    plx_qr *qr = g_new0(plx_qr, 1);
    qr->n = n;
    qr->p = p;
    qr->a = g_memdup2(x, n * p * sizeof *x);
    qr->head = g_new0(double, p);
    qr->diagonal = g_new0(double, p);
    qr->column = g_new(guint, p);
    g_autofree double *norm = g_new0(double, p);
    for (guint j = 0; j < p; j++) {
        qr->column[j] = j;
        norm[j] = length(x + (gsize)j * n, n);
    }
    guint left = p;
    for (guint k = 0; k < left && k < n;) {
        const double size = length(qr->a + (gsize)k * n + k, n - k);
        if (size > PLX_QR_TOLERANCE * norm[k]) {
            eliminate(qr, k++, size);
            qr->rank = k;
        } else {
            move_last(qr, norm, k);
            left--;
        }
    }
    return qr;
}

guint plx_qr_rank(const plx_qr *qr)
{
    return qr->rank;
}

void plx_qr_rotate(const plx_qr *qr, double *y)
{
    for (guint k = 0; k < qr->rank; k++)
        reflect(qr, k, y);
}

void plx_qr_rotate_back(const plx_qr *qr, double *y)
{
    for (guint k = qr->rank; k-- > 0;)
        reflect(qr, k, y);
}

/* Row i, column j of R, i <= j. */
static double upper(const plx_qr *qr, guint i, guint j)
{
    return i == j ? qr->diagonal[i] : qr->a[(gsize)j * qr->n + i];
}

void plx_qr_solve(const plx_qr *qr, const double *rotated, double *coefficient)
{
    for (guint j = 0; j < qr->p; j++)
        coefficient[j] = PLX_NAN;
    for (guint i = qr->rank; i-- > 0;) {
        double value = rotated[i];
        for (guint j = i + 1; j < qr->rank; j++)
            value -= upper(qr, i, j) * coefficient[qr->column[j]];
        coefficient[qr->column[i]] = value / qr->diagonal[i];
    }
}

void plx_qr_inverse(const plx_qr *qr, double *inverse)
{
    const guint r = qr->rank;
    g_autofree double *u = g_new0(double, (gsize)r *r + 1); /* R^-1, upper */
    for (guint j = 0; j < r; j++) {
        u[j * r + j] = 1 / qr->diagonal[j];
        for (guint i = j; i-- > 0;) {
            double sum = 0;
            for (guint k = i + 1; k <= j; k++)
                sum += upper(qr, i, k) * u[k * r + j];
            u[i * r + j] = -sum / qr->diagonal[i];
        }
    }
    for (gsize i = 0; i < (gsize)qr->p * qr->p; i++)
        inverse[i] = PLX_NAN;
    for (guint i = 0; i < r; i++)
        for (guint j = 0; j < r; j++) {
            double sum = 0;
            for (guint k = MAX(i, j); k < r; k++)
                sum += u[i * r + k] * u[j * r + k];
            inverse[(gsize)qr->column[i] * qr->p + qr->column[j]] = sum;
        }
}
