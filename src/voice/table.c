/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/table.h"

#include "base/error.h"
#include "voice/batch.h"

#include <string.h>

#define ONE_SQUARED ((double)PLX_WEIGHT_ONE * (double)PLX_WEIGHT_ONE)

static gboolean is_alive(const struct plx_merged *merged, guint32 cell)
{
    return plx_merged_at(merged, merged->rows, cell) != 0;
}

void plx_tables_number(struct plx_tables *tables)
{
    guint n_canon = tables->canon->subjects->len;
    tables->subject = g_new0(guint32, n_canon + 1);
    tables->group = g_new0(guint32 *, tables->plan->n_groups + 1);
    tables->n_groups = g_new0(guint32, tables->plan->n_groups + 1);
    for (guint g = 0; g < tables->plan->n_groups; g++) {
        const struct plx_canon_group *cells = &tables->canon->groups[g];
        tables->group[g] = g_new0(guint32, cells->n_groups + 1);
        for (guint32 cell = 0; cell < cells->n_cells; cell++) {
            if (!is_alive(&tables->merged[g], cell))
                continue;
            tables->subject[cells->subject[cell]] = 1;
            tables->group[g][cells->group[cell]] = 1;
        }
        for (guint i = 0; i < cells->n_groups; i++)
            tables->group[g][i] = tables->group[g][i] ? tables->n_groups[g]++ : PLX_NO_CELL;
        if (!tables->plan->groups[g].n_splits)
            tables->n_groups[g] = 1;
    }
    for (guint s = 0; s < n_canon; s++)
        tables->subject[s] = tables->subject[s] ? tables->n_subjects++ : PLX_NO_CELL;
}

void plx_tables_clear(struct plx_tables *tables)
{
    for (guint g = 0; tables->group && g < tables->plan->n_groups; g++)
        g_free(tables->group[g]);
    g_free(tables->group);
    g_free(tables->n_groups);
    g_free(tables->subject);
}

static void build_groups(struct plx_tables *tables, guint g, struct plx_table *table)
{
    const struct plx_canon_group *cells = &tables->canon->groups[g];
    guint n_splits = tables->plan->groups[g].n_splits;
    table->n_groups = tables->n_groups[g];
    table->groups = plx_arena_new(&tables->arena, char **, table->n_groups);
    if (n_splits == 0)
        table->groups[0] = plx_arena_new(&tables->arena, char *, 1);
    char **texts[PLX_SPLITS_MAX] = {NULL};
    for (guint s = 0; s < n_splits; s++) {
        texts[s] = plx_arena_new(&tables->arena, char *, cells->values[s]->len);
        for (guint v = 0; v < cells->values[s]->len; v++)
            texts[s][v] = plx_arena_text(&tables->arena, g_ptr_array_index(cells->values[s], v));
    }
    for (guint i = 0; n_splits && i < cells->n_groups; i++) {
        guint32 number = tables->group[g][i];
        if (number == PLX_NO_CELL)
            continue;
        table->groups[number] = plx_arena_new(&tables->arena, char *, n_splits);
        for (guint s = 0; s < n_splits; s++)
            table->groups[number][s] = texts[s][cells->group_values[i * n_splits + s]];
    }
}

/* ---- tallies ---- */

static double from_weights(guint64 sum)
{
    return (double)sum / (double)PLX_WEIGHT_ONE;
}

/* Values of first answers are counted by unit; all others are merged. */
static void fill_values(struct plx_tables *tables, guint g, guint32 cell, guint m,
                        struct plx_tally *tally)
{
    const struct plx_merged *merged = &tables->merged[g];
    gboolean first = tables->plan->groups[g].first_unseen;
    guint64 *n = plx_arena_new(&tables->arena, guint64, tally->k);
    double *w = merged->weighted ? plx_arena_new(&tables->arena, double, tally->k) : NULL;
    double *w2 = merged->weighted ? plx_arena_new(&tables->arena, double, tally->k) : NULL;
    for (guint v = 0; v < tally->k; v++) {
        guint64 sum_w = 0;
        plx_u128 sum_w2 = 0;
        gsize at = (gsize)cell * merged->wide[m] + v;
        if (!first) {
            n[v] = plx_merged_at(merged, merged->n[m], at);
            sum_w = w ? merged->w[m][at] : 0;
            sum_w2 = w2 ? merged->w2[m][at] : 0;
        }
        for (guint t = 0; first && t < tables->units->n_threads; t++) {
            const struct plx_unit_sums *sums = &tables->units->totals[t].groups[g];
            at = (gsize)cell * sums->width + sums->offset[m] + v;
            n[v] += sums->n[at];
            sum_w += sums->w[at];
            sum_w2 += sums->w2[at];
        }
        tally->total += n[v];
        if (w && w2) {
            w[v] = from_weights(sum_w);
            w2[v] = (double)sum_w2 / ONE_SQUARED;
        }
    }
    tally->n = n;
    tally->w = w;
    tally->w2 = w2;
}

static gboolean belongs(const struct plx_tables *tables, guint m, guint32 canonical_subject)
{
    const struct plx_subject *subject =
        &g_array_index(tables->canon->subjects, struct plx_subject, canonical_subject);
    return tables->plan->map->measures[m].subjects >> subject->kind & 1;
}

static gboolean fill_tally(struct plx_tables *tables, struct plx_table_units *units,
                           const struct plx_need *need, guint g, guint32 cell, guint m,
                           struct plx_tally *tally)
{
    const struct plx_merged *merged = &tables->merged[g];
    const struct plx_canon_group *cells = &tables->canon->groups[g];
    if (!(merged->measures >> m & 1))
        return FALSE;
    guint missing = merged->wide[m] - 3;
    gsize at = (gsize)cell * merged->wide[m] + missing;
    tally->measure = (enum plx_measure)m;
    tally->scale = plx_map_scale(tables->plan->map, m, cells->audience[cell]);
    tally->k = plx_scale_width(tally->scale);
    fill_values(tables, g, cell, m, tally);
    tally->na = plx_merged_at(merged, merged->n[m], at);
    tally->declined = plx_merged_at(merged, merged->n[m], at + 1);
    tally->empty = plx_merged_at(merged, merged->n[m], at + 2);
    if (!belongs(tables, m, cells->subject[cell]) &&
        !(tally->total + tally->na + tally->declined)) {
        *tally = (struct plx_tally){0};
        return FALSE;
    }
    if (need->kinds & (PLX_NEED_PERSONS | PLX_NEED_CLUSTERS))
        plx_table_units_tally(units, tables, g, cell, tally, need->kinds & PLX_NEED_CLUSTERS);
    return TRUE;
}

static void fill_tallies(struct plx_tables *tables, struct plx_table_units *units,
                         const struct plx_need *need, guint g, guint32 number,
                         struct plx_cell *cell)
{
    guint32 measures = need->measures & tables->merged[g].measures;
    cell->tallies = plx_arena_new(&tables->arena, struct plx_tally, __builtin_popcount(measures));
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        if (measures >> m & 1 &&
            fill_tally(tables, units, need, g, number, m, &cell->tallies[cell->n_tallies]))
            cell->n_tallies++;
}

/* ---- pairs ---- */

struct pair_source {
    guint64 n, w;
    plx_u128 w2;
};

static struct pair_source pair_at(const struct plx_tables *tables, guint g, guint32 cell, guint p,
                                  guint slot)
{
    const struct plx_merged *merged = &tables->merged[g];
    struct pair_source out = {0};
    for (guint t = 0; tables->plan->groups[g].first_unseen && t < tables->units->n_threads; t++) {
        const struct plx_unit_sums *sums = &tables->units->totals[t].groups[g];
        gsize at = (gsize)cell * sums->width + sums->pair_offset[p] + slot;
        out.n += sums->n[at];
        out.w += sums->w[at];
        out.w2 += sums->w2[at];
    }
    if (!merged->pair_n[p])
        return out;
    gsize at = (gsize)cell * merged->pair_wide[p] + slot;
    out.n = plx_merged_at(merged, merged->pair_n[p], at);
    out.w = merged->weighted ? merged->pair_w[p][at] : out.n * PLX_WEIGHT_ONE;
    out.w2 = merged->weighted ? merged->pair_w2[p][at]
                              : (plx_u128)out.n * PLX_WEIGHT_ONE * PLX_WEIGHT_ONE;
    return out;
}

static void fill_pair(struct plx_tables *tables, guint g, guint32 cell, guint p,
                      struct plx_pair_tally *tally)
{
    const struct plx_count_plan *plan = tables->plan;
    const struct plx_count_pair *pair =
        &g_array_index(plan->groups[g].pairs, struct plx_count_pair, p);
    guint8 audience = tables->canon->groups[g].audience[cell];
    tally->first = (enum plx_measure)pair->first;
    tally->second = (enum plx_measure)pair->second;
    tally->first_scale = plx_map_scale(plan->map, pair->first, audience);
    tally->second_scale = plx_map_scale(plan->map, pair->second, audience);
    tally->k1 = plx_scale_width(tally->first_scale);
    tally->k2 = plx_scale_width(tally->second_scale);
    gboolean weighted = tables->merged[g].weighted;
    guint64 *n = plx_arena_new(&tables->arena, guint64, tally->k1 * tally->k2);
    double *w = weighted ? plx_arena_new(&tables->arena, double, tally->k1 * tally->k2) : NULL;
    double *w2 = weighted ? plx_arena_new(&tables->arena, double, tally->k1 * tally->k2) : NULL;
    plx_i128 dd = 0, d1 = 0, s11 = 0;
    for (guint a = 0; a < tally->k1; a++) {
        for (guint b = 0; b < tally->k2; b++) {
            struct pair_source source =
                pair_at(tables, g, cell, p, a * plan->width[pair->second] + b);
            guint at = a * tally->k2 + b;
            plx_i128 d = (gint)a + tally->first_scale->min - (gint)b - tally->second_scale->min;
            n[at] = source.n;
            tally->total += source.n;
            if (w && w2) {
                w[at] = from_weights(source.w);
                w2[at] = (double)source.w2 / ONE_SQUARED;
            }
            dd += (plx_i128)source.w2 * d * d;
            d1 += (plx_i128)source.w2 * d;
            s11 += (plx_i128)source.w2;
        }
    }
    for (guint t = 0; t < tables->units->n_threads; t++) {
        const struct plx_unit_sums *sums = &tables->units->totals[t].groups[g];
        gsize at = 3 * ((gsize)cell * sums->n_pairs + p);
        dd += sums->moments[at];
        d1 += sums->moments[at + 1];
        s11 += sums->moments[at + 2];
    }
    tally->n = n;
    tally->w = w;
    tally->w2 = w2;
    tally->s_dd = (double)dd / ONE_SQUARED;
    tally->s_d1 = (double)d1 / ONE_SQUARED;
    tally->s_11 = (double)s11 / ONE_SQUARED;
    plx_table_units_pair(tables, g, cell, p, tally);
}

/* By the first measure, ascending; only pairs that some row has. */
static void fill_pairs(struct plx_tables *tables, const struct plx_need *need, guint g,
                       guint32 number, struct plx_cell *cell)
{
    const GArray *pairs = tables->plan->groups[g].pairs;
    cell->pairs = plx_arena_new(&tables->arena, struct plx_pair_tally, pairs->len);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++) {
        for (guint p = 0; need->measures >> m & 1 && p < pairs->len; p++) {
            const struct plx_count_pair *pair = &g_array_index(pairs, struct plx_count_pair, p);
            if (pair->first != m || pair->second != (guint)need->second)
                continue;
            struct plx_pair_tally *tally = &cell->pairs[cell->n_pairs];
            fill_pair(tables, g, number, p, tally);
            if (tally->total)
                cell->n_pairs++;
            else
                *tally = (struct plx_pair_tally){0};
        }
    }
}

/* ---- tables ---- */

static void build_cells(struct plx_tables *tables, const struct plx_need *need, guint g,
                        struct plx_table *table)
{
    const struct plx_canon_group *cells = &tables->canon->groups[g];
    const struct plx_merged *merged = &tables->merged[g];
    struct plx_table_units units;
    plx_table_units_init(&units, tables, g);
    guint32 n = 0;
    for (guint32 i = 0; i < cells->n_cells; i++)
        n += is_alive(merged, i) ? 1 : 0;
    table->cells = plx_arena_new(&tables->arena, struct plx_cell, n);
    for (guint32 i = 0; i < cells->n_cells; i++) {
        if (!is_alive(merged, i))
            continue;
        struct plx_cell *cell = &table->cells[table->n_cells++];
        cell->group = tables->group[g][cells->group[i]];
        cell->subject = tables->subject[cells->subject[i]];
        cell->audience = cells->audience[i];
        cell->rows = plx_merged_at(merged, merged->rows, i);
        fill_tallies(tables, &units, need, g, i, cell);
        if (need->kinds & PLX_NEED_PAIRS)
            fill_pairs(tables, need, g, i, cell);
        cell->encounters = need->kinds & PLX_NEED_ENCOUNTERS ? cell->rows : 0;
        for (guint t = 0; cell->encounters && t < tables->units->n_threads; t++)
            cell->encounters -= (guint64)tables->units->totals[t].groups[g].encounters[i];
    }
    plx_table_units_clear(&units);
}

static void weights_as_doubles(struct plx_tables *tables, const struct plx_merged *merged, guint m,
                               struct plx_columns *columns, guint j)
{
    gsize n = (gsize)merged->n_cells * merged->wide[m];
    double *w = plx_arena_new(&tables->arena, double, n);
    double *w2 = plx_arena_new(&tables->arena, double, n);
    for (gsize i = 0; i < n; i++) {
        if (i % merged->wide[m] >= merged->wide[m] - 3)
            continue; /* what is missing has no weight: batches without the column do not say it */
        w[i] = from_weights(merged->w[m][i]);
        w2[i] = (double)merged->w2[m][i] / ONE_SQUARED;
    }
    columns->w[j] = w;
    columns->w2[j] = w2;
}

/* Closes the gaps that cells without rows leave. */
static void squeeze(gpointer data, gsize size, const struct plx_merged *merged, guint32 n_alive)
{
    if (n_alive == merged->n_cells)
        return;
    guint8 *bytes = data;
    guint32 to = 0;
    for (guint32 i = 0; i < merged->n_cells; i++)
        if (is_alive(merged, i))
            memmove(bytes + size * to++, bytes + size * i, size);
}

/* Hands an array over to the answer: itself where nobody else needs it, else a copy. */
static gpointer own(struct plx_tables *tables, gpointer data, gsize size, gboolean sole)
{
    gpointer owned = sole ? data : memcpy(plx_pages_zeros(size), data, size);
    g_ptr_array_add(tables->arena.memory, owned);
    return owned;
}

static void build_columns(struct plx_tables *tables, const struct plx_need *need, guint g,
                          struct plx_table *table)
{
    struct plx_canon_group *cells = &tables->canon->groups[g];
    struct plx_merged *merged = &tables->merged[g];
    struct plx_columns *columns = plx_arena_new(&tables->arena, struct plx_columns, 1);
    gsize n = merged->n_cells;
    const gboolean sole = tables->users[g] == 1;
    guint32 *group = own(tables, cells->group, n * sizeof *group, sole);
    guint32 *subject = own(tables, cells->subject, n * sizeof *subject, sole);
    guint8 *audience = own(tables, cells->audience, n, sole);
    if (sole) {
        cells->group = cells->subject = NULL;
        cells->audience = NULL;
    }
    for (guint32 i = 0; i < merged->n_cells; i++)
        table->n_cells += is_alive(merged, i) ? 1 : 0;
    for (gsize i = 0; i < n; i++) {
        group[i] = tables->group[g][group[i]];
        subject[i] = tables->subject[subject[i]];
    }
    for (guint m = 0; m < PLX_MEASURES_MAX; m++) {
        if (!(merged->measures & need->measures & 1u << m))
            continue;
        guint j = columns->n_measures++;
        columns->measure[j] = (enum plx_measure)m;
        columns->k[j] = merged->wide[m] - 3;
        gsize size = merged->wide[m] * sizeof(guint32);
        guint32 *counts = own(tables, merged->n[m], n * size, sole);
        if (sole)
            merged->n[m] = NULL;
        squeeze(counts, size, merged, table->n_cells);
        columns->n[j] = counts;
        if (merged->weighted) {
            weights_as_doubles(tables, merged, m, columns, j);
            size = merged->wide[m] * sizeof(double);
            squeeze((gpointer)(gsize)columns->w[j], size, merged, table->n_cells);
            squeeze((gpointer)(gsize)columns->w2[j], size, merged, table->n_cells);
        }
    }
    squeeze(group, sizeof *group, merged, table->n_cells);
    squeeze(subject, sizeof *subject, merged, table->n_cells);
    squeeze(audience, sizeof *audience, merged, table->n_cells);
    columns->group = group;
    columns->subject = subject;
    columns->audience = audience;
    table->columns = columns;
}

gboolean plx_tables_build(struct plx_tables *tables, const struct plx_need *need, guint g,
                          struct plx_table *table, GError **error)
{
    build_groups(tables, g, table);
    if (need->kinds & PLX_NEED_COLUMNS && !need->first_unseen) {
        if (!tables->merged[g].narrow)
            return plx_error(error, PLX_ERROR_USAGE,
                             "more than 4294967295 rows cannot be counted as columns");
        build_columns(tables, need, g, table);
        return TRUE;
    }
    build_cells(tables, need, g, table);
    if (need->kinds & (PLX_NEED_PERSONS | PLX_NEED_CLUSTERS))
        plx_table_people(tables, need, g, table);
    if (need->kinds & PLX_NEED_ENCOUNTERS)
        plx_table_journeys(tables, g, table);
    if (need->kinds & PLX_NEED_COMOMENTS)
        plx_table_comoments(tables, g, (guint)__builtin_ctz(need->measures | 1u << 31), table);
    if (need->kinds & PLX_NEED_PROFILES)
        plx_table_profiles(tables, g, need->measures, table);
    return !(need->kinds & PLX_NEED_LINKED) || need->first_unseen ||
           plx_table_linked(tables, g, table, error);
}
