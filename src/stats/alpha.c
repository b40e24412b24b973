/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/alpha.h"

#include "base/number.h"
#include "stats/bootstrap.h"

#include <math.h>
#include <string.h>

/* Share of replicates that must have an answer. */
#define ENOUGH 0.5

/* Units with at least two values. Those that hold the same values stand once, with how often they
 * are there: few observers on few levels leave few kinds, however many units there are. */
struct coded {
    double *value; /* distinct, rising */
    gsize k;
    double *unit;   /* `kinds` rows of `width` codes (places in `value`), rising, NaN at the end */
    guint32 *times; /* of each kind */
    gsize kinds;
    gsize units; /* of all kinds */
    gsize width;
};

static void coded_clear(struct coded *c)
{
    g_free(c->value);
    g_free(c->unit);
    g_free(c->times);
}

static gsize in_unit(const struct coded *c, gsize u)
{
    gsize m = 0;
    while (m < c->width && !isnan(c->unit[u * c->width + m]))
        m++;
    return m;
}

/* Where x stands in n rising values, or would stand. */
static gsize place_of(const double *rising, gsize n, double x)
{
    gsize low = 0;
    for (gsize high = n; low < high;) {
        const gsize middle = low + (high - low) / 2;
        if (rising[middle] < x)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Into n rising values; equal ones may follow each other. */
static void insert(double *rising, gsize n, double x)
{
    const gsize at = place_of(rising, n, x);
    memmove(rising + at + 1, rising + at, (n - at) * sizeof *rising);
    rising[at] = x;
}

/* Observers' values of unit u; returns how many. */
static gsize gather(const double *data, gsize observers, gsize units, gsize u, double *row)
{
    gsize m = 0;
    for (gsize o = 0; o < observers; o++)
        if (!isnan(data[o * units + u]))
            row[m++] = data[o * units + u];
    return m;
}

static void note_values(struct coded *c, const double *row, gsize m, gsize *room)
{
    for (gsize i = 0; i < m; i++) {
        const gsize at = place_of(c->value, c->k, row[i]);
        if (at < c->k && !(row[i] < c->value[at]))
            continue;
        if (c->k == *room) {
            *room = MAX(2 * *room, 16);
            c->value = g_renew(double, c->value, *room);
        }
        insert(c->value, c->k++, row[i]);
    }
}

static gboolean is_row(const struct coded *c, gsize kind, const double *row)
{
    for (gsize i = 0; i < c->width; i++) {
        const double a = c->unit[kind * c->width + i];
        if (isnan(a) ? !isnan(row[i]) : !(a >= row[i] && a <= row[i]))
            return FALSE;
    }
    return TRUE;
}

static gsize hash_of(const double *row, gsize width)
{
    guint64 hash = 0;
    for (gsize i = 0; i < width && !isnan(row[i]); i++)
        hash = (hash ^ (guint64)row[i]) * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
    return (gsize)(hash ^ hash >> 32);
}

/* One more unit; the row stands behind those that are there. slot: 1 + kind, 0: free. */
static void note_unit(struct coded *c, guint32 *slot, gsize slots)
{
    const double *row = c->unit + c->kinds * c->width;
    gsize at = hash_of(row, c->width) & (slots - 1);
    while (slot[at] > 0 && !is_row(c, slot[at] - 1, row))
        at = (at + 1) & (slots - 1);
    if (slot[at] == 0) {
        c->times[c->kinds] = 0;
        slot[at] = (guint32)++c->kinds;
    }
    c->times[slot[at] - 1]++;
    c->units++;
}

static int compare_kinds(gconstpointer a, gconstpointer b, gpointer data)
{
    const struct coded *c = data;
    const double *x = c->unit + *(const guint32 *)a * c->width;
    const double *y = c->unit + *(const guint32 *)b * c->width;
    for (gsize i = 0; i < c->width; i++) {
        /* the shorter unit first */
        const double xi = isnan(x[i]) ? -1 : x[i];
        const double yi = isnan(y[i]) ? -1 : y[i];
        if (xi != yi)
            return xi < yi ? -1 : 1;
    }
    return 0;
}

/* Into an order that does not depend on that of units. */
static void sort_kinds(struct coded *c)
{
    g_autofree guint32 *order = g_new(guint32, c->kinds + 1);
    double *unit = g_new(double, c->kinds * c->width + 1);
    guint32 *times = g_new(guint32, c->kinds + 1);
    for (gsize i = 0; i < c->kinds; i++)
        order[i] = (guint32)i;
    if (c->kinds > 1)
        g_qsort_with_data(order, (gint)c->kinds, sizeof *order, compare_kinds, c);
    for (gsize i = 0; i < c->kinds; i++) {
        memcpy(unit + i * c->width, c->unit + order[i] * c->width, c->width * sizeof *unit);
        times[i] = c->times[order[i]];
    }
    g_free(c->unit);
    g_free(c->times);
    c->unit = unit;
    c->times = times;
}

static void encode_units(struct coded *c, const double *data, gsize units)
{
    gsize slots = 1;
    while (slots < 2 * units)
        slots *= 2;
    g_autofree guint32 *slot = g_new0(guint32, slots);
    g_autofree double *row = g_new(double, c->width);
    for (gsize u = 0; u < units; u++) {
        double *codes = c->unit + c->kinds * c->width;
        const gsize m = gather(data, c->width, units, u, row);
        if (m < 2)
            continue;
        for (gsize i = 0; i < m; i++)
            insert(codes, i, (double)place_of(c->value, c->k, row[i]));
        for (gsize i = m; i < c->width; i++)
            codes[i] = PLX_NAN;
        note_unit(c, slot, slots);
    }
    sort_kinds(c);
}

static struct coded encode(const double *data, gsize observers, gsize units)
{
    gsize room = 16;
    struct coded c = {.value = g_new0(double, room),
                      .unit = g_new(double, observers *units + 1),
                      .times = g_new(guint32, units + 1),
                      .width = observers};
    g_autofree double *row = g_new(double, observers + 1);
    if (observers < 2)
        return c;
    for (gsize u = 0; u < units; u++) {
        const gsize m = gather(data, observers, units, u, row);
        if (m >= 2)
            note_values(&c, row, m, &room);
    }
    encode_units(&c, data, units);
    return c;
}

/* Squared difference of values i < j; `below`: how many values lie below each. */
static double difference(const struct coded *c, const double *count, const double *below,
                         enum plx_alpha_scale scale, gsize i, gsize j)
{
    const double gap = c->value[j] - c->value[i];
    const double sum = c->value[j] + c->value[i];
    double d = 1;
    if (scale == PLX_ALPHA_ORDINAL)
        d = below[j] - below[i] + (count[j] - count[i]) / 2;
    else if (scale == PLX_ALPHA_INTERVAL)
        d = gap;
    else if (scale == PLX_ALPHA_RATIO)
        d = gap / sum;
    return d * d;
}

/* times: how often each kind counts. */
static void count_values(const struct coded *c, const guint32 *times, double *count, double *below)
{
    for (gsize u = 0; u < c->kinds; u++)
        for (gsize i = 0; i < in_unit(c, u); i++)
            count[(gsize)c->unit[u * c->width + i]] += times[u];
    for (gsize i = 1; i < c->k; i++)
        below[i] = below[i - 1] + count[i - 1];
}

static struct plx_alpha estimate(const struct coded *c, const guint32 *times,
                                 enum plx_alpha_scale scale)
{
    struct plx_alpha r = {PLX_NAN, PLX_NAN, PLX_NAN, c->units, 0};
    if (c->units == 0 || (scale == PLX_ALPHA_RATIO && c->value[0] < 0))
        return r;
    g_autofree double *count = g_new0(double, c->k);
    g_autofree double *below = g_new0(double, c->k);
    count_values(c, times, count, below);
    const double n = below[c->k - 1] + count[c->k - 1];
    double observed = 0;
    for (gsize u = 0; u < c->kinds; u++) {
        const double *code = c->unit + u * c->width;
        const gsize m = in_unit(c, u);
        double within = 0;
        for (gsize i = 0; i < m; i++)
            for (gsize j = i + 1; j < m; j++)
                if (code[i] != code[j])
                    within += difference(c, count, below, scale, (gsize)code[i], (gsize)code[j]);
        observed += times[u] * 2 * within / ((double)m - 1);
    }
    double expected = 0;
    for (gsize i = 0; i < c->k; i++)
        for (gsize j = i + 1; j < c->k; j++)
            if (count[i] > 0 && count[j] > 0)
                expected += 2 * count[i] * count[j] * difference(c, count, below, scale, i, j);
    r.observed = observed / n;
    r.expected = expected / (n * (n - 1));
    r.values = (gsize)n;
    if (r.expected > 0)
        r.alpha = 1 - r.observed / r.expected;
    return r;
}

struct plx_alpha plx_alpha(const double *data, gsize observers, gsize units,
                           enum plx_alpha_scale scale)
{
    struct coded c = encode(data, observers, units);
    const struct plx_alpha r = estimate(&c, c.times, scale);
    coded_clear(&c);
    return r;
}

struct job {
    const struct coded *coded;
    enum plx_alpha_scale scale;
};

static void alpha_of(const guint32 *times, guint thread, double *out, gpointer data)
{
    (void)thread;
    const struct job *job = data;
    *out = estimate(job->coded, times, job->scale).alpha;
}

struct plx_interval plx_alpha_bootstrap(const double *data, gsize observers, gsize units,
                                        enum plx_alpha_scale scale, double level, guint replicates,
                                        guint64 seed)
{
    struct plx_interval ci = {PLX_NAN, PLX_NAN};
    struct coded c = encode(data, observers, units);
    struct job job = {&c, scale};
    if (!isnan(estimate(&c, c.times, scale).alpha))
        plx_bootstrap(
            &(struct plx_bootstrap){.how = {PLX_BOOTSTRAP_PERCENTILE, replicates, level, seed, 1},
                                    .units = c.kinds,
                                    .times = c.times,
                                    .statistics = 1,
                                    .enough = ENOUGH,
                                    .statistic = alpha_of,
                                    .data = &job},
            &ci);
    coded_clear(&c);
    return ci;
}
