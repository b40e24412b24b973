/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/sample.h"

#include "stats/doubles.h"

#include <math.h>
#include <string.h>

struct plx_sample {
    struct plx_distribution distribution;
    double *counts;
    double *score;
};

GArray *plx_support(const double *x, gsize nx, const double *y, gsize ny)
{
    GArray *all = g_array_sized_new(FALSE, FALSE, sizeof(double), (guint)(nx + ny));
    g_array_append_vals(all, x, (guint)nx);
    if (y)
        g_array_append_vals(all, y, (guint)ny);
    g_array_sort(all, plx_doubles_compare);
    guint distinct = 0;
    double *value = (double *)(void *)all->data;
    for (guint i = 0; i < all->len; i++)
        if (distinct == 0 || value[i] > value[distinct - 1])
            value[distinct++] = value[i];
    g_array_set_size(all, distinct);
    return all;
}

static guint index_of(const double *support, guint k, double value)
{
    guint low = 0;
    guint high = k;
    while (low + 1 < high) {
        const guint middle = low + (high - low) / 2;
        if (support[middle] <= value)
            low = middle;
        else
            high = middle;
    }
    g_assert(support[low] == value); /* exact: the support was made from the values */
    return low;
}

plx_sample *plx_sample_new(const double *values, const double *times, gsize n,
                           const double *support, guint k)
{
    g_autoptr(GArray) own = NULL;
    if (!support) {
        own = plx_support(values, n, NULL, 0);
        support = (const double *)(const void *)own->data;
        k = own->len;
    }
    plx_sample *sample = g_new0(plx_sample, 1);
    sample->counts = g_new0(double, k);
    sample->score = g_memdup2(support, k * sizeof(double));
    for (gsize i = 0; i < n; i++)
        sample->counts[index_of(support, k, values[i])] += times ? times[i] : 1;
    sample->distribution = plx_distribution_counts(sample->counts, k, 0);
    sample->distribution.score = sample->score;
    return sample;
}

void plx_sample_free(plx_sample *sample)
{
    if (!sample)
        return;
    g_free(sample->counts);
    g_free(sample->score);
    g_free(sample);
}

const struct plx_distribution *plx_sample_distribution(const plx_sample *sample)
{
    return &sample->distribution;
}

struct unit {
    double *w; /* k */
    double answers;
    guint64 times;
};

struct plx_units {
    guint k;
    double first;
    GArray *units; /* struct unit; sorted and distinct after plx_units_distribution */
    double *sums;  /* k totals, then k sums of squares, then k x k M */
    struct plx_distribution distribution;
    gboolean summed;
};

static void clear_unit(gpointer unit)
{
    g_free(((struct unit *)unit)->w);
}

plx_units *plx_units_new(guint k, double first)
{
    plx_units *units = g_new0(plx_units, 1);
    units->k = k;
    units->first = first;
    units->units = g_array_new(FALSE, FALSE, sizeof(struct unit));
    g_array_set_clear_func(units->units, clear_unit);
    return units;
}

void plx_units_free(plx_units *units)
{
    if (!units)
        return;
    g_array_unref(units->units);
    g_free(units->sums);
    g_free(units);
}

void plx_units_add(plx_units *units, const double *w, double answers, guint64 times)
{
    if (times == 0)
        return;
    const struct unit unit = {
        .w = g_memdup2(w, units->k * sizeof(double)), .answers = answers, .times = times};
    g_array_append_val(units->units, unit);
    units->summed = FALSE;
}

static int compare_units(gconstpointer a, gconstpointer b, gpointer data)
{
    const struct unit *x = a;
    const struct unit *y = b;
    const guint k = GPOINTER_TO_UINT(data);
    for (guint i = 0; i < k; i++)
        if (x->w[i] != y->w[i])
            return x->w[i] < y->w[i] ? -1 : 1;
    return (x->answers > y->answers) - (x->answers < y->answers);
}

static void merge_equal(plx_units *units)
{
    g_array_sort_with_data(units->units, compare_units, GUINT_TO_POINTER(units->k));
    struct unit *unit = (struct unit *)(void *)units->units->data;
    guint distinct = 0;
    for (guint i = 0; i < units->units->len; i++) {
        if (distinct > 0 &&
            compare_units(&unit[i], &unit[distinct - 1], GUINT_TO_POINTER(units->k)) == 0) {
            unit[distinct - 1].times += unit[i].times;
            continue;
        }
        /* Swapped, so that the entries cut off below are the merged ones and are freed once. */
        const struct unit kept = unit[i];
        unit[i] = unit[distinct];
        unit[distinct++] = kept;
    }
    g_array_set_size(units->units, distinct);
}

static void add_sums(double *sums, guint k, const struct unit *unit)
{
    const double times = (double)unit->times;
    double *w2 = sums + k;
    double *m = w2 + k;
    for (guint i = 0; i < k; i++) {
        if (unit->w[i] == 0)
            continue;
        sums[i] += times * unit->w[i];
        w2[i] += times * unit->w[i] * unit->w[i];
        for (guint j = 0; j < k; j++)
            m[i * k + j] += times * unit->w[i] * unit->w[j];
    }
}

const struct plx_distribution *plx_units_distribution(plx_units *units)
{
    if (units->summed)
        return &units->distribution;
    merge_equal(units);
    const guint k = units->k;
    g_free(units->sums);
    units->sums = g_new0(double, 2 * k + k * k);
    struct plx_distribution *d = &units->distribution;
    *d = (struct plx_distribution){.k = k, .first = units->first, .w = units->sums};
    gboolean plain = TRUE;
    gboolean clustered = FALSE;
    for (guint u = 0; u < units->units->len; u++) {
        const struct unit *unit = &g_array_index(units->units, struct unit, u);
        add_sums(units->sums, k, unit);
        d->units += (double)unit->times;
        d->n += unit->answers * (double)unit->times;
        clustered = clustered || unit->answers > 1;
        for (guint i = 0; i < k; i++)
            plain = plain && (unit->w[i] == 0 || unit->w[i] == 1);
    }
    /* Units of one answer are independent rows: the textbook value, by the textbook path. */
    d->m = clustered ? units->sums + 2 * k : NULL;
    d->w2 = !clustered && !plain ? units->sums + k : NULL;
    units->summed = TRUE;
    return d;
}

guint plx_units_distinct(const plx_units *units)
{
    g_assert(units->summed);
    return units->units->len;
}

const double *plx_units_get(const plx_units *units, guint i, double *answers, guint64 *times)
{
    g_assert(units->summed);
    const struct unit *unit = &g_array_index(units->units, struct unit, i);
    *answers = unit->answers;
    *times = unit->times;
    return unit->w;
}
