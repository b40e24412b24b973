/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/urn.h"

#include <string.h>

/* What one unit adds to one of the sums. */
struct entry {
    guint at;
    double amount;
};

struct plx_urn {
    guint k;
    guint n_sums; /* k weights, the triangle of M, their total */
    guint64 total, n;
    guint64 *up_to;  /* per kind of unit: units of this kind and before */
    guint *first;    /* per kind: its entries start here; one more for the end */
    GArray *entries; /* struct entry, kind by kind; what is 0 is left out */
    guint shift;
    guint *guide;    /* kind of the first position of each run of 2^shift positions */
    guint64 *chosen; /* positions drawn ... */
    guint64 *taken;  /* ... and a bit for each of them; all 0 between draws */
    double *all, *drawn, *rest;
};

/* The kinds of both groups, sorted, so that equal data are drawn alike whatever their order. */
static plx_units *pour(plx_units *x, plx_units *y)
{
    plx_units *const from[] = {x, y};
    plx_units *pool = plx_units_new(plx_units_distribution(x)->k, 0);
    for (guint s = 0; s < G_N_ELEMENTS(from); s++) {
        plx_units_distribution(from[s]);
        for (guint u = 0; u < plx_units_distinct(from[s]); u++) {
            double answers = 0;
            guint64 times = 0;
            const double *w = plx_units_get(from[s], u, &answers, &times);
            plx_units_add(pool, w, answers, times);
        }
    }
    plx_units_distribution(pool);
    return pool;
}

static void add_entry(plx_urn *urn, guint at, double amount, guint64 times)
{
    if (amount == 0)
        return;
    const struct entry entry = {at, amount};
    g_array_append_val(urn->entries, entry);
    urn->all[at] += amount * (double)times;
}

static void fill_kinds(plx_urn *urn, const plx_units *pool)
{
    const guint k = urn->k;
    for (guint u = 0; u < plx_units_distinct(pool); u++) {
        double answers = 0;
        guint64 times = 0;
        const double *w = plx_units_get(pool, u, &answers, &times);
        urn->first[u] = urn->entries->len;
        guint at = 0;
        double total = 0;
        for (guint i = 0; i < k; i++) {
            add_entry(urn, at++, w[i], times);
            total += w[i];
        }
        for (guint i = 0; i < k; i++)
            for (guint j = i; j < k; j++)
                add_entry(urn, at++, (i == j ? 1 : 2) * w[i] * w[j], times);
        add_entry(urn, at, total, times);
        urn->total += times;
        urn->up_to[u] = urn->total;
    }
    urn->first[plx_units_distinct(pool)] = urn->entries->len;
}

/* A guide (Chen and Asau 1974) of about as many runs as kinds: the kind at a position is then one
 * step from its run's first on average, whatever the multiplicities. */
static void fill_guide(plx_urn *urn, guint kinds)
{
    while (urn->total >> urn->shift > 2 * (guint64)kinds)
        urn->shift++;
    const guint runs = (guint)(urn->total >> urn->shift) + 1;
    urn->guide = g_new0(guint, runs);
    for (guint r = 0, kind = 0; r < runs; r++) {
        while (kind + 1 < kinds && urn->up_to[kind] <= (guint64)r << urn->shift)
            kind++;
        urn->guide[r] = kind;
    }
}

plx_urn *plx_urn_new(plx_units *x, plx_units *y)
{
    g_autoptr(plx_units) pool = pour(x, y);
    const struct plx_distribution *dx = plx_units_distribution(x);
    const struct plx_distribution *dy = plx_units_distribution(y);
    g_assert(dx->k == dy->k);
    const guint kinds = plx_units_distinct(pool);
    plx_urn *urn = g_new0(plx_urn, 1);
    urn->k = dx->k;
    urn->n_sums = urn->k + urn->k * (urn->k + 1) / 2 + 1;
    urn->n = (guint64)MIN(dx->units, dy->units);
    urn->up_to = g_new0(guint64, kinds + 1);
    urn->first = g_new0(guint, kinds + 1);
    urn->entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
    urn->chosen = g_new0(guint64, urn->n + 1);
    urn->all = g_new0(double, 3 * (gsize)urn->n_sums);
    urn->drawn = urn->all + urn->n_sums;
    urn->rest = urn->drawn + urn->n_sums;
    fill_kinds(urn, pool);
    urn->taken = g_new0(guint64, urn->total / 64 + 1);
    fill_guide(urn, kinds);
    return urn;
}

void plx_urn_free(plx_urn *urn)
{
    if (!urn)
        return;
    g_free(urn->up_to);
    g_free(urn->first);
    g_array_unref(urn->entries);
    g_free(urn->guide);
    g_free(urn->chosen);
    g_free(urn->taken);
    g_free(urn->all);
    g_free(urn);
}

guint plx_urn_k(const plx_urn *urn)
{
    return urn->k;
}

static gboolean is_taken(const plx_urn *urn, guint64 position)
{
    return urn->taken[position / 64] >> position % 64 & 1;
}

static void take(plx_urn *urn, guint64 position)
{
    guint kind = urn->guide[position >> urn->shift];
    while (urn->up_to[kind] <= position)
        kind++;
    const struct entry *entry = (const struct entry *)(const void *)urn->entries->data;
    for (guint e = urn->first[kind]; e < urn->first[kind + 1]; e++)
        urn->drawn[entry[e].at] += entry[e].amount;
}

static struct plx_urn_side side(const plx_urn *urn, double units, const double *sums)
{
    return (struct plx_urn_side){units, sums[urn->n_sums - 1], sums, sums + urn->k};
}

/* Floyd's sampling (Bentley and Floyd 1987, "A sample of brilliance", CACM 30). */
void plx_urn_draw(plx_urn *urn, struct plx_random *random, struct plx_urn_side *drawn,
                  struct plx_urn_side *rest)
{
    memset(urn->drawn, 0, urn->n_sums * sizeof(double));
    for (guint64 i = 0; i < urn->n; i++) {
        const guint64 last = urn->total - urn->n + i;
        guint64 position = plx_random_below(random, last + 1);
        if (is_taken(urn, position))
            position = last;
        urn->chosen[i] = position;
        urn->taken[position / 64] |= (guint64)1 << position % 64;
        take(urn, position);
    }
    for (guint64 i = 0; i < urn->n; i++)
        urn->taken[urn->chosen[i] / 64] = 0;
    /* Below 0 only by the rounding of sums of fractions. */
    for (guint i = 0; i < urn->n_sums; i++)
        urn->rest[i] = MAX(urn->all[i] - urn->drawn[i], 0);
    *drawn = side(urn, (double)urn->n, urn->drawn);
    *rest = side(urn, (double)(urn->total - urn->n), urn->rest);
}
