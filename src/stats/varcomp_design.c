/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/varcomp_design.h"

#include <stdlib.h>

/* Of one row; sorted by all of it, so that no sum depends on the order of rows. */
struct row {
    guint32 code[PLX_VARCOMP_MOST];
    double y;
};

static int compare_codes(const struct row *a, const struct row *b)
{
    for (guint f = 0; f < PLX_VARCOMP_MOST; f++)
        if (a->code[f] != b->code[f])
            return a->code[f] < b->code[f] ? -1 : 1;
    return 0;
}

static int compare_rows(gconstpointer a, gconstpointer b)
{
    const struct row *one = a;
    const struct row *other = b;
    const int codes = compare_codes(one, other);
    return codes ? codes : (one->y > other->y) - (one->y < other->y);
}

/* Most levels first; of equals the one named first. */
static void order_factors(struct plx_varcomp_design *d, const struct plx_varcomp_data *data)
{
    for (guint f = 0; f < d->k; f++) {
        guint at = f;
        for (; at > 0 && data->levels[d->order[at - 1]] < data->levels[f]; at--)
            d->order[at] = d->order[at - 1];
        d->order[at] = f;
    }
    for (guint f = 0; f < d->k; f++) {
        d->levels[f] = data->levels[d->order[f]];
        if (f > 0) {
            d->from[f] = d->wide;
            d->wide += d->levels[f];
        }
    }
    d->tall = d->levels[0];
}

static struct row *sorted_rows(const struct plx_varcomp_design *d,
                               const struct plx_varcomp_data *data)
{
    struct row *rows = g_new0(struct row, d->n);
    for (gsize i = 0; i < d->n; i++) {
        rows[i].y = data->y[i];
        for (guint f = 0; f < d->k; f++)
            rows[i].code[f] = data->code[d->order[f]][i] + (guint32)d->from[f];
    }
    qsort(rows, d->n, sizeof *rows, compare_rows);
    return rows;
}

static void gather_cells(struct plx_varcomp_design *d, const struct row *rows)
{
    for (gsize i = 0; i < d->n; i++) {
        d->center += rows[i].y / (double)d->n;
        d->cells += i == 0 || compare_codes(&rows[i - 1], &rows[i]) != 0;
    }
    d->code = g_new0(guint32, d->cells * d->k);
    d->count = g_new0(double, d->cells);
    d->mean = g_new0(double, d->cells);
    gsize cell = 0;
    for (gsize i = 0; i < d->n; cell++) {
        gsize end = i;
        for (; end < d->n && compare_codes(&rows[i], &rows[end]) == 0; end++)
            d->mean[cell] += rows[end].y - d->center;
        d->count[cell] = (double)(end - i);
        d->mean[cell] /= d->count[cell];
        for (guint f = 0; f < d->k; f++)
            d->code[cell * d->k + f] = rows[i].code[f];
        for (; i < end; i++) {
            const double off = rows[i].y - d->center;
            d->within += (off - d->mean[cell]) * (off - d->mean[cell]);
            d->variance += off * off / (double)(d->n - 1);
        }
    }
}

/* Cells come sorted by their tall level: each level's wide ones, gathered in a row of numbers. */
static void gather_tall(struct plx_varcomp_design *d)
{
    d->tall_count = g_new0(double, d->tall);
    d->begin = g_new0(gsize, d->tall + 1);
    d->column = g_new(guint32, d->cells * d->k);
    d->rows = g_new(double, d->cells * d->k);
    g_autofree double *sum = g_new0(double, d->wide + 1);
    gsize used = 0;
    for (gsize level = 0, c = 0; level < d->tall; level++) {
        const gsize first = used;
        for (; c < d->cells && d->code[c * d->k] == level; c++) {
            d->tall_count[level] += d->count[c];
            for (guint f = 1; f < d->k; f++) {
                const guint32 w = d->code[c * d->k + f];
                if (!(sum[w] > 0))
                    d->column[used++] = w;
                sum[w] += d->count[c];
            }
        }
        for (gsize i = first; i < used; i++) {
            d->rows[i] = sum[d->column[i]];
            sum[d->column[i]] = 0;
        }
        d->begin[level + 1] = used;
    }
}

static void gather_wide(struct plx_varcomp_design *d)
{
    d->cross = g_new0(double, d->wide * d->wide + 1);
    for (gsize c = 0; c < d->cells; c++)
        for (guint f = 1; f < d->k; f++)
            for (guint g = 1; g <= f; g++)
                d->cross[d->code[c * d->k + f] * d->wide + d->code[c * d->k + g]] += d->count[c];
}

struct plx_varcomp_design *plx_varcomp_design_new(const struct plx_varcomp_data *data)
{
    struct plx_varcomp_design *d = g_new0(struct plx_varcomp_design, 1);
    d->k = data->k;
    d->n = data->n;
    order_factors(d, data);
    g_autofree struct row *rows = sorted_rows(d, data);
    gather_cells(d, rows);
    gather_tall(d);
    gather_wide(d);
    return d;
}

void plx_varcomp_design_free(struct plx_varcomp_design *d)
{
    g_free(d->code);
    g_free(d->count);
    g_free(d->mean);
    g_free(d->tall_count);
    g_free(d->begin);
    g_free(d->column);
    g_free(d->rows);
    g_free(d->cross);
    g_free(d);
}
