/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/johnson.h"

#include "base/number.h"
#include "stats/comoments.h"

#include <gsl/gsl_eigen.h>
#include <math.h>

/* Smallest eigenvalue of a correlation matrix that is not rounding. */
#define SINGULAR 1e-10

/* The roots d and vectors v (column by root) of the p x p corner of r, which has `k` columns. */
static gboolean decompose(const double *r, guint p, guint k, gsl_vector *d, gsl_matrix *v)
{
    gsl_matrix *copy = gsl_matrix_alloc(p, p);
    for (guint i = 0; i < p; i++)
        for (guint j = 0; j < p; j++)
            gsl_matrix_set(copy, i, j, r[(gsize)i * k + j]);
    gsl_eigen_symmv_workspace *workspace = gsl_eigen_symmv_alloc(p);
    gsl_eigen_symmv(copy, d, v, workspace);
    gsl_eigen_symmv_free(workspace);
    gsl_matrix_free(copy);
    return gsl_vector_min(d) > SINGULAR;
}

/* L_jk = sum over roots m of V_jm root_m V_km. */
static double root_entry(const double *root, const gsl_matrix *v, guint j, guint k)
{
    double sum = 0;
    for (guint m = 0; m < v->size1; m++)
        sum += gsl_matrix_get(v, j, m) * root[m] * gsl_matrix_get(v, k, m);
    return sum;
}

static double share_out(const gsl_vector *d, const gsl_matrix *v, const double *r, guint p,
                        double *weight)
{
    g_autofree double *squared = g_new(double, p); /* b_k^2 */
    g_autofree double *root = g_new(double, p),
                      *inverse = g_new(double, p); /* d_m^(1/2), ^(-1/2) */
    double r_squared = 0;
    for (guint m = 0; m < p; m++) {
        root[m] = sqrt(gsl_vector_get(d, m));
        inverse[m] = 1 / root[m];
    }
    for (guint k = 0; k < p; k++) {
        double b = 0;
        for (guint j = 0; j < p; j++)
            b += root_entry(inverse, v, k, j) * r[(gsize)j * (p + 1) + p];
        squared[k] = b * b;
        r_squared += b * b;
    }
    for (guint j = 0; j < p; j++) {
        weight[j] = 0;
        for (guint k = 0; k < p; k++) {
            const double l = root_entry(root, v, j, k);
            weight[j] += l * l * squared[k];
        }
    }
    return r_squared;
}

double plx_johnson(const double *products, guint p, double *weight)
{
    const guint k = p + 1;
    for (guint j = 0; j < p; j++)
        weight[j] = PLX_NAN;
    for (guint j = 0; j < k; j++)
        if (!(products[(gsize)j * k + j] > 0))
            return PLX_NAN;
    g_autofree double *r = g_memdup2(products, (gsize)k * k * sizeof *products);
    plx_correlation(r, k);
    gsl_vector *d = gsl_vector_alloc(p);
    gsl_matrix *v = gsl_matrix_alloc(p, p);
    const double r_squared = decompose(r, p, k, d, v) ? share_out(d, v, r, p, weight) : PLX_NAN;
    gsl_matrix_free(v);
    gsl_vector_free(d);
    return r_squared;
}
