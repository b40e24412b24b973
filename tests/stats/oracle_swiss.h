/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* swiss (47 provinces): co-moments of the other five columns and, last, Fertility. */

#include "oracle.h"
#include "stats/comoments.h"

/* 6 x 6, to be freed; NULL as oracle_read. */
static double *oracle_swiss(void)
{
    gsize n = 0;
    g_autofree double *columns = oracle_read("swiss.csv", 7, &n);
    if (!columns)
        return NULL;
    g_autofree double *rows = g_new(double, n * 6);
    for (gsize i = 0; i < n; i++)
        for (guint j = 0; j < 6; j++) /* of the file the province is column 0, Fertility 1 */
            rows[i * 6 + j] = columns[(j < 5 ? j + 2 : 1) * n + i];
    double mean[6];
    double *products = g_new(double, 36);
    plx_comoments(rows, NULL, n, 6, mean, products);
    return products;
}
