/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/did.h"

#include "base/number.h"

#include <math.h>

/* Variances below this share of the squared means are rounding. */
#define ROUNDING 1e-28

/* A variance with its degrees of freedom. */
struct part {
    double variance;
    double df;
};

struct row {
    double unit;
    guint group;
    double influence;
};

static gboolean complete(const struct plx_did_data *data, gsize i)
{
    return !isnan(data->y[i]) && !isnan(data->treated[i]) && !isnan(data->after[i]) &&
           !(data->unit && isnan(data->unit[i]));
}

static void find_means(const struct plx_did_data *data, struct plx_did *did)
{
    double sum[2][2] = {{0}};
    for (gsize i = 0; i < data->n; i++) {
        if (!complete(data, i))
            continue;
        sum[data->treated[i] != 0][data->after[i] != 0] += data->y[i];
        did->n[data->treated[i] != 0][data->after[i] != 0]++;
    }
    for (guint g = 0; g < 2; g++)
        for (guint a = 0; a < 2; a++)
            did->mean[g][a] = did->n[g][a] > 0 ? sum[g][a] / did->n[g][a] : PLX_NAN;
}

/* The four cells' s^2 / n. */
static void find_rows_parts(const struct plx_did_data *data, const struct plx_did *did,
                            struct part part[4])
{
    double squares[2][2] = {{0}};
    for (gsize i = 0; i < data->n; i++) {
        const guint g = data->treated[i] != 0;
        const guint a = data->after[i] != 0;
        if (complete(data, i))
            squares[g][a] += (data->y[i] - did->mean[g][a]) * (data->y[i] - did->mean[g][a]);
    }
    for (guint g = 0; g < 2; g++)
        for (guint a = 0; a < 2; a++) {
            const double n = did->n[g][a];
            part[2 * g + a] = (struct part){n > 1 ? squares[g][a] / (n - 1) / n : PLX_NAN, n - 1};
        }
}

static int compare_rows(gconstpointer a, gconstpointer b)
{
    const struct row *x = a;
    const struct row *y = b;
    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    return (x->influence > y->influence) - (x->influence < y->influence);
}

static gsize find_influences(const struct plx_did_data *data, const struct plx_did *did,
                             struct row *row)
{
    gsize m = 0;
    for (gsize i = 0; i < data->n; i++) {
        const guint g = data->treated[i] != 0;
        const guint a = data->after[i] != 0;
        if (complete(data, i))
            row[m++] = (struct row){data->unit[i], g,
                                    (a ? 1 : -1) * (data->y[i] - did->mean[g][a]) / did->n[g][a]};
    }
    qsort(row, m, sizeof *row, compare_rows);
    return m;
}

/* The two groups' U / (U - 1) * sum over units of (sum of influences)^2. */
static void find_unit_parts(const struct plx_did_data *data, struct plx_did *did,
                            struct part part[4])
{
    g_autofree struct row *row = g_new(struct row, data->n + 1);
    const gsize m = find_influences(data, did, row);
    double squares[2] = {0};
    gboolean mixed = FALSE;
    for (gsize i = 0; i < m;) {
        const guint g = row[i].group;
        double sum = 0;
        gsize end = i;
        for (; end < m && row[end].unit == row[i].unit; end++) {
            mixed = mixed || row[end].group != g;
            sum += row[end].influence;
        }
        squares[g] += sum * sum;
        did->units[g]++;
        i = end;
    }
    for (guint g = 0; g < 2; g++) {
        const double u = did->units[g];
        part[g].variance = u > 1 && !mixed ? squares[g] * u / (u - 1) : PLX_NAN;
        part[g].df = u - 1;
    }
}

struct plx_did plx_did(const struct plx_did_data *data, double level)
{
    struct plx_did did = {.se = PLX_NAN, .df = PLX_NAN, .p = PLX_NAN, .ci = {PLX_NAN, PLX_NAN}};
    find_means(data, &did);
    did.estimate = did.mean[1][1] - did.mean[1][0] - (did.mean[0][1] - did.mean[0][0]);
    struct part part[4] = {{0}};
    if (data->unit)
        find_unit_parts(data, &did, part);
    else
        find_rows_parts(data, &did, part);
    double variance = 0;
    double squares = 0;
    for (guint i = 0; i < (data->unit ? 2U : 4U); i++) {
        variance += part[i].variance;
        if (part[i].df > 0)
            squares += part[i].variance * part[i].variance / part[i].df;
    }
    const double size =
        fabs(did.mean[0][0]) + fabs(did.mean[0][1]) + fabs(did.mean[1][0]) + fabs(did.mean[1][1]);
    if (isnan(did.estimate) || !(variance > ROUNDING * size * size))
        return did;
    did.se = sqrt(variance);
    did.df = variance * variance / squares;
    did.p = plx_t_two_sided(did.estimate / did.se, did.df);
    const double distance = plx_t_quantile(level, did.df) * did.se;
    did.ci = (struct plx_interval){did.estimate - distance, did.estimate + distance};
    return did;
}
