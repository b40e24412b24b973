/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/its.h"

#include "base/number.h"
#include "stats/newey_west.h"
#include "stats/ols.h"
#include "stats/poisson.h"

#include <math.h>

void plx_its_free(plx_its *its)
{
    if (!its)
        return;
    g_free(its->estimate);
    g_free(its->se);
    g_free(its);
}

static double *new_design(const struct plx_its_data *data, guint p)
{
    const gsize n = data->n;
    double *design = g_new(double, n *p + 1);
    for (gsize i = 0; i < n; i++) {
        const double t = data->time[i];
        const double after = t >= data->start ? 1 : 0;
        guint j = 0;
        design[j++ * n + i] = 1;
        design[j++ * n + i] = t;
        design[j++ * n + i] = after;
        if (data->slope)
            design[j++ * n + i] = after * (t - data->start);
        for (guint h = 1; data->period > 0 && h <= data->harmonics; h++) {
            const double angle = 2 * G_PI * h * t / data->period;
            design[j++ * n + i] = sin(angle);
            design[j++ * n + i] = cos(angle);
        }
    }
    return design;
}

static void fit_means(const struct plx_its_data *data, const double *design, plx_its *its)
{
    const gsize n = data->n;
    const guint p = its->p;
    g_autoptr(plx_ols) fit = plx_ols_new(design + n, data->y, n, p - 1);
    its->lag = data->lag < 0 ? plx_newey_west_lag(n) : (guint)data->lag;
    g_autofree double *covariance = g_new(double, (gsize)p *p);
    plx_newey_west(design, fit->residual, fit->inverse, n, p, its->lag, covariance);
    for (guint j = 0; j < p; j++) {
        its->estimate[j] = fit->coefficient[j];
        its->se[j] = sqrt(covariance[(gsize)j * p + j]);
    }
    its->df = fit->df;
    its->r_squared = fit->r_squared;
}

static void fit_counts(const struct plx_its_data *data, const double *design, plx_its *its)
{
    g_autoptr(plx_poisson) fit = plx_poisson_new(design, data->y, data->offset, data->n, its->p);
    for (guint j = 0; j < its->p; j++) {
        its->estimate[j] = fit->coefficient[j];
        its->se[j] = fit->se[j] * sqrt(fit->dispersion);
    }
    its->df = fit->df;
    its->dispersion = fit->dispersion;
}

plx_its *plx_its_new(const struct plx_its_data *data)
{
    plx_its *its = g_new0(plx_its, 1);
    its->p = 3 + (data->slope ? 1U : 0U) + (data->period > 0 ? 2 * data->harmonics : 0);
    its->estimate = g_new(double, its->p);
    its->se = g_new(double, its->p);
    its->df = its->dispersion = its->r_squared = PLX_NAN;
    g_autofree double *design = new_design(data, its->p);
    if (data->counts)
        fit_counts(data, design, its);
    else
        fit_means(data, design, its);
    return its;
}
