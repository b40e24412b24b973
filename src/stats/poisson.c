/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/poisson.h"

#include "base/number.h"
#include "stats/qr.h"

#include <math.h>

#define STEPS 100
/* Relative change of the deviance at which the fit has settled. */
#define SETTLED 1e-13
/* Fitted counts below this share of the mean count are on their way to 0: separation. */
#define VANISHED 1e-6

void plx_poisson_free(plx_poisson *poisson)
{
    if (!poisson)
        return;
    g_free(poisson->coefficient);
    g_free(poisson->se);
    g_free(poisson);
}

static double deviance(const double *y, const double *mu, gsize n)
{
    double sum = 0;
    for (gsize i = 0; i < n; i++)
        sum += 2 * ((y[i] > 0 ? y[i] * log(y[i] / mu[i]) : 0) - (y[i] - mu[i]));
    return sum;
}

static double offset_at(const double *offset, gsize i)
{
    return offset ? offset[i] : 0;
}

/* One weighted regression: mu in, better mu out. */
static plx_qr *improve(const double *design, const double *y, const double *offset,
                       plx_poisson *fit, double *mu)
{
    const gsize n = fit->n;
    g_autofree double *weighted = g_new(double, n * fit->p);
    g_autofree double *working = g_new(double, n);
    for (gsize i = 0; i < n; i++) {
        const double root = sqrt(mu[i]);
        for (guint j = 0; j < fit->p; j++)
            weighted[j * n + i] = root * design[j * n + i];
        working[i] = root * (log(mu[i]) - offset_at(offset, i) + (y[i] - mu[i]) / mu[i]);
    }
    plx_qr *qr = plx_qr_new(weighted, n, fit->p);
    plx_qr_rotate(qr, working);
    plx_qr_solve(qr, working, fit->coefficient);
    for (gsize i = 0; i < n; i++) {
        double eta = offset_at(offset, i);
        for (guint j = 0; j < fit->p; j++)
            if (!isnan(fit->coefficient[j]))
                eta += design[j * n + i] * fit->coefficient[j];
        mu[i] = exp(eta);
    }
    return qr;
}

static void finish(plx_poisson *fit, const plx_qr *qr, const double *y, const double *mu)
{
    g_autofree double *inverse = g_new(double, (gsize)fit->p * fit->p);
    plx_qr_inverse(qr, inverse);
    for (guint j = 0; j < fit->p; j++)
        fit->se[j] = sqrt(inverse[(gsize)j * fit->p + j]);
    double chi_squared = 0;
    for (gsize i = 0; i < fit->n; i++)
        chi_squared += (y[i] - mu[i]) * (y[i] - mu[i]) / mu[i];
    fit->df = (double)(fit->n - plx_qr_rank(qr));
    fit->deviance = deviance(y, mu, fit->n);
    fit->dispersion = chi_squared / fit->df;
}

static gboolean vanished(const double *mu, gsize n, double mean)
{
    for (gsize i = 0; i < n; i++)
        if (!(mu[i] > VANISHED * mean))
            return TRUE;
    return FALSE;
}

/* TRUE when settled with a maximum. */
static gboolean iterate(plx_poisson *fit, const double *design, const double *y,
                        const double *offset)
{
    const gsize n = fit->n;
    double mean = 0;
    for (gsize i = 0; i < n; i++) {
        if (!(y[i] >= 0))
            return FALSE;
        mean += y[i] / (double)n;
    }
    if (!(mean > 0) || n <= fit->p)
        return FALSE;
    g_autofree double *mu = g_new(double, n);
    for (gsize i = 0; i < n; i++)
        mu[i] = (y[i] + mean) / 2;
    double last = PLX_INFINITY;
    for (guint s = 0; s < STEPS; s++) {
        g_autoptr(plx_qr) qr = improve(design, y, offset, fit, mu);
        const double now = deviance(y, mu, n);
        if (!isfinite(now) || vanished(mu, n, mean))
            return FALSE;
        if (fabs(last - now) <= SETTLED * (now + 1)) {
            finish(fit, qr, y, mu);
            return TRUE;
        }
        last = now;
    }
    return FALSE;
}

plx_poisson *plx_poisson_new(const double *design, const double *y, const double *offset, gsize n,
                             guint p)
{
    plx_poisson *fit = g_new0(plx_poisson, 1);
    fit->n = n;
    fit->p = p;
    fit->coefficient = g_new(double, p);
    fit->se = g_new(double, p);
    fit->df = fit->deviance = fit->dispersion = PLX_NAN;
    if (!iterate(fit, design, y, offset))
        for (guint j = 0; j < p; j++)
            fit->coefficient[j] = fit->se[j] = PLX_NAN;
    return fit;
}
