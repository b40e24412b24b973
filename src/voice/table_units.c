/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/table.h"

#include <math.h>
#include <string.h>

guint plx_table_unit_measure(const struct plx_count_group *group, guint measure)
{
    return (guint)__builtin_popcount(group->unit_measures & ((1u << measure) - 1));
}

/* ---- vectors ---- */

static gint compare_words(gconstpointer a, gconstpointer b, gpointer data)
{
    const struct plx_word_map *map = data;
    guint n_a, n_b;
    const guint32 *x = plx_word_map_words(map, *(const guint32 *)a, &n_a);
    const guint32 *y = plx_word_map_words(map, *(const guint32 *)b, &n_b);
    for (guint i = 0; i < n_a && i < n_b; i++)
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    return (n_a > n_b) - (n_a < n_b);
}

/* Numbers of all keys in the order of their words. */
static guint32 *sorted_words(struct plx_word_map *map)
{
    guint32 n = plx_word_map_size(map);
    guint32 *order = g_new(guint32, n + 1);
    for (guint32 i = 0; i < n; i++)
        order[i] = i;
    g_qsort_with_data(order, (gint)n, sizeof *order, compare_words, map);
    return order;
}

void plx_table_units_init(struct plx_table_units *units, const struct plx_tables *tables, guint g)
{
    *units = (struct plx_table_units){0};
    units->vector_n = g_array_new(FALSE, TRUE, sizeof(guint64));
    if (tables->plan->groups[g].stream == PLX_NO_STREAM)
        return;
    for (guint t = 0; t < tables->units->n_threads; t++) {
        const struct plx_unit_sums *sums = &tables->units->totals[t].groups[g];
        for (guint32 i = 0; i < plx_word_map_size(&sums->vectors); i++) {
            guint n;
            const guint32 *words = plx_word_map_words(&sums->vectors, i, &n);
            guint32 number = plx_word_map_number(&units->vectors, words, n);
            if (number == units->vector_n->len)
                g_array_set_size(units->vector_n, number + 1);
            g_array_index(units->vector_n, guint64, number) +=
                g_array_index(sums->vector_n, guint64, i);
        }
    }
    units->order = sorted_words(&units->vectors);
}

void plx_table_units_clear(struct plx_table_units *units)
{
    plx_word_map_clear(&units->vectors);
    g_clear_pointer(&units->vector_n, g_array_unref);
    g_free(units->order);
}

/* The first of the sorted vectors of a cell's measure, and the end of them. */
static guint32 find_vectors(const struct plx_table_units *units, guint32 cell, guint j,
                            guint32 *end)
{
    guint32 n = plx_word_map_size(&units->vectors), low = 0, high = n;
    while (low < high) {
        guint32 middle = low + (high - low) / 2;
        guint length;
        const guint32 *words = plx_word_map_words(&units->vectors, units->order[middle], &length);
        if (words[0] < cell || (words[0] == cell && words[1] < j))
            low = middle + 1;
        else
            high = middle;
    }
    for (*end = low; *end < n; ++*end) {
        guint length;
        const guint32 *words = plx_word_map_words(&units->vectors, units->order[*end], &length);
        if (words[0] != cell || words[1] != j)
            break;
    }
    return low;
}

/* Vectors of one kept answer, last value first, come among the others in lexicographic order. */
static void fill_vectors(const struct plx_table_units *units, struct plx_tables *tables,
                         struct plx_tally *tally, guint32 from, guint32 to)
{
    guint k = tally->k;
    g_autofree guint64 *single = g_memdup2(tally->n, k * sizeof *single);
    for (guint32 i = from; i < to; i++) {
        guint n;
        const guint32 *words = plx_word_map_words(&units->vectors, units->order[i], &n);
        guint64 times = g_array_index(units->vector_n, guint64, units->order[i]);
        for (guint v = 0; v < k; v++)
            single[v] -= times * words[2 + v];
    }
    guint32 *vectors = plx_arena_new(&tables->arena, guint32, (gsize)k * (to - from + k));
    guint64 *times = plx_arena_new(&tables->arena, guint64, to - from + k);
    guint left = k;
    for (guint32 i = from; i < to || left;) {
        while (left && !single[left - 1])
            left--;
        guint n;
        const guint32 *words =
            i < to ? plx_word_map_words(&units->vectors, units->order[i], &n) + 2 : NULL;
        guint32 *out = &vectors[(gsize)tally->n_vectors * k];
        if (left)
            out[left - 1] = 1;
        else if (!words)
            break;
        gint order = !left ? 1 : !words ? -1 : 0;
        for (guint v = 0; v < k && order == 0; v++)
            order = out[v] < words[v] ? -1 : out[v] > words[v];
        if (order > 0) {
            memcpy(out, words, k * sizeof *out);
            times[tally->n_vectors++] = g_array_index(units->vector_n, guint64, units->order[i++]);
        } else {
            times[tally->n_vectors++] = single[--left];
        }
    }
    tally->vectors = vectors;
    tally->multiplicity = times;
}

/* Sum of w w' over units: whole numbers, turned into doubles once. */
static void fill_moments(struct plx_tables *tables, struct plx_tally *tally)
{
    guint k = tally->k;
    double *m = plx_arena_new(&tables->arena, double, k *k);
    for (guint a = 0; a < k; a++) {
        for (guint b = 0; b < k; b++) {
            plx_u128 sum = 0;
            for (guint i = 0; i < tally->n_vectors; i++) {
                const guint32 *vector = &tally->vectors[(gsize)i * k];
                sum += (plx_u128)tally->multiplicity[i] * vector[a] * vector[b];
            }
            m[a * k + b] = (double)sum;
        }
    }
    tally->m = m;
}

void plx_table_units_tally(struct plx_table_units *units, struct plx_tables *tables, guint g,
                           guint32 cell, struct plx_tally *tally, gboolean clusters)
{
    guint j = plx_table_unit_measure(&tables->plan->groups[g], tally->measure);
    gint64 excess = 0, extra = 0;
    for (guint t = 0; t < tables->units->n_threads; t++) {
        const struct plx_unit_sums *sums = &tables->units->totals[t].groups[g];
        excess += sums->excess[(gsize)cell * sums->n_measures + j];
        extra += sums->extra[(gsize)cell * sums->n_measures + j];
    }
    tally->units = tally->total - (guint64)excess;
    tally->persons = tally->units + (guint64)extra;
    tally->repeats = excess > 0;
    if (!clusters)
        return;
    guint32 to;
    guint32 from = find_vectors(units, cell, j, &to);
    fill_vectors(units, tables, tally, from, to);
    if (tally->repeats)
        fill_moments(tables, tally);
}

void plx_table_units_pair(struct plx_tables *tables, guint g, guint32 cell, guint pair,
                          struct plx_pair_tally *tally)
{
    gint64 excess = 0, extra = 0;
    for (guint t = 0; t < tables->units->n_threads; t++) {
        const struct plx_unit_sums *sums = &tables->units->totals[t].groups[g];
        excess += sums->pair_excess[(gsize)cell * sums->n_pairs + pair];
        extra += sums->pair_extra[(gsize)cell * sums->n_pairs + pair];
    }
    tally->units = tally->total - (guint64)excess;
    tally->persons = tally->units + (guint64)extra;
    tally->repeats = excess > 0;
}

/* ---- persons ---- */

void plx_table_people(struct plx_tables *tables, const struct plx_need *need, guint g,
                      struct plx_table *table)
{
    const struct plx_count_group *group = &tables->plan->groups[g];
    const guint32 measures = need->measures & group->unit_measures;
    const gsize row = tables->plan->map->n_audiences;
    guint64 *out = plx_arena_new(&tables->arena, guint64, row * table->n_groups);
    const struct plx_canon_group *cells = &tables->canon->groups[g];
    table->audience_persons = out;
    if (!measures)
        return;
    const guint j = plx_table_unit_measure(group, (guint)__builtin_ctz(measures));
    for (guint t = 0; t < tables->units->n_threads; t++) {
        const struct plx_unit_sums *sums = &tables->units->totals[t].groups[g];
        for (guint i = 0; i < cells->n_groups; i++) {
            guint32 number = tables->group[g][i];
            for (gsize a = 0; number != PLX_NO_CELL && a < row; a++)
                out[number * row + a] += sums->people[(i * row + a) * sums->n_measures + j];
        }
    }
}

/* ---- journeys ---- */

void plx_table_journeys(struct plx_tables *tables, guint g, struct plx_table *table)
{
    gsize row = (gsize)tables->plan->map->n_audiences * (tables->plan->map->n_journeys + 1);
    guint64 *out = plx_arena_new(&tables->arena, guint64, row * table->n_groups);
    const struct plx_canon_group *cells = &tables->canon->groups[g];
    for (guint t = 0; t < tables->units->n_threads; t++) {
        const guint64 *in = tables->units->totals[t].groups[g].journeys;
        for (guint i = 0; i < cells->n_groups; i++) {
            guint32 number = tables->group[g][i];
            for (gsize c = 0; number != PLX_NO_CELL && c < row; c++)
                out[number * row + c] += in[i * row + c];
        }
    }
    table->journey_encounters = out;
}

/* ---- comoments ---- */

static void add_sum(struct plx_comoment_sum *to, const struct plx_comoment_sum *from)
{
    to->n += from->n;
    to->a += from->a;
    to->b += from->b;
    to->aa += from->aa;
    to->bb += from->bb;
    to->ab += from->ab;
    to->fine_a += from->fine_a;
    to->fine_b += from->fine_b;
    to->fine_aa += from->fine_aa;
    to->fine_bb += from->fine_bb;
    to->fine_ab += from->fine_ab;
}

static double whole_and_fine(gint64 whole, plx_i128 fine, int bits)
{
    return (double)whole + ldexp((double)fine, -bits);
}

void plx_table_comoments(struct plx_tables *tables, guint g, guint measure, struct plx_table *table)
{
    struct plx_word_map all = {0};
    g_autoptr(GArray) sums = g_array_new(FALSE, TRUE, sizeof(struct plx_comoment_sum));
    for (guint t = 0; t < tables->units->n_threads; t++) {
        const struct plx_unit_sums *own = &tables->units->totals[t].groups[g];
        for (guint32 i = 0; i < plx_word_map_size(&own->comoments); i++) {
            guint n;
            const guint32 *words = plx_word_map_words(&own->comoments, i, &n);
            if (words[2] != measure)
                continue;
            guint32 number = plx_word_map_number(&all, words, n);
            if (number == sums->len)
                g_array_set_size(sums, number + 1);
            add_sum(&g_array_index(sums, struct plx_comoment_sum, number),
                    &g_array_index(own->comoment_sums, struct plx_comoment_sum, i));
        }
    }
    g_autofree guint32 *order = sorted_words(&all);
    table->n_comoments = plx_word_map_size(&all);
    table->comoments = plx_arena_new(&tables->arena, struct plx_comoment, table->n_comoments);
    for (guint i = 0; i < table->n_comoments; i++) {
        guint n;
        const guint32 *words = plx_word_map_words(&all, order[i], &n);
        const struct plx_comoment_sum *sum =
            &g_array_index(sums, struct plx_comoment_sum, order[i]);
        table->comoments[i] = (struct plx_comoment){
            .group = tables->group[g][words[0]],
            .audience = words[1],
            .subject_a = tables->subject[words[3]],
            .subject_b = tables->subject[words[4]],
            .n = sum->n,
            .sum_a = whole_and_fine(sum->a, sum->fine_a, PLX_MEAN_BITS),
            .sum_b = whole_and_fine(sum->b, sum->fine_b, PLX_MEAN_BITS),
            .sum_aa = whole_and_fine(sum->aa, sum->fine_aa, 2 * PLX_MEAN_BITS),
            .sum_bb = whole_and_fine(sum->bb, sum->fine_bb, 2 * PLX_MEAN_BITS),
            .sum_ab = whole_and_fine(sum->ab, sum->fine_ab, 2 * PLX_MEAN_BITS),
        };
    }
    plx_word_map_clear(&all);
}

/* ---- profiles ---- */

static gint compare_profiles(gconstpointer a, gconstpointer b, gpointer n_subjects)
{
    const double *x = a, *y = b;
    for (guint i = 0; i < GPOINTER_TO_UINT(n_subjects); i++) {
        gboolean none_x = isnan(x[i]), none_y = isnan(y[i]);
        if (none_x != none_y)
            return none_x ? -1 : 1;
        if (!none_x && (x[i] < y[i] || x[i] > y[i]))
            return x[i] < y[i] ? -1 : 1;
    }
    return 0;
}

/* Where a unit's profile goes: (group, audience, measure). */
static GArray *profile_of(GArray *keys, GPtrArray *rows, const guint32 *head)
{
    for (guint i = 0; i < keys->len / 3; i++)
        if (memcmp(&g_array_index(keys, guint32, 3 * i), head, 3 * sizeof *head) == 0)
            return g_ptr_array_index(rows, i);
    g_array_append_vals(keys, head, 3);
    GArray *fresh = g_array_new(FALSE, FALSE, sizeof(double));
    g_ptr_array_add(rows, fresh);
    return fresh;
}

static void collect_profiles(const struct plx_tables *tables, guint g, guint32 measures,
                             GArray *keys, GPtrArray *rows)
{
    for (guint t = 0; t < tables->units->n_threads; t++) {
        const GArray *words = tables->units->totals[t].groups[g].profiles;
        for (guint at = 0; at < words->len;) {
            const guint32 *head = &g_array_index(words, guint32, at);
            guint n = head[3];
            at += 4 + 3 * n;
            if (!(measures >> head[2] & 1))
                continue;
            GArray *out = profile_of(keys, rows, head);
            guint from = out->len;
            g_array_set_size(out, from + tables->n_subjects);
            for (guint s = 0; s < tables->n_subjects; s++)
                g_array_index(out, double, from + s) = NAN;
            for (guint i = 0; i < n; i++) {
                const guint32 *entry = head + 4 + 3 * i;
                g_array_index(out, double, from + tables->subject[entry[0]]) =
                    (double)(gint32)entry[1] / (double)entry[2];
            }
        }
    }
}

static gint compare_heads(gconstpointer a, gconstpointer b, gpointer keys)
{
    const guint32 *x = (const guint32 *)keys + 3 * (gsize) * (const guint *)a;
    const guint32 *y = (const guint32 *)keys + 3 * (gsize) * (const guint *)b;
    for (guint i = 0; i < 3; i++)
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    return 0;
}

void plx_table_profiles(struct plx_tables *tables, guint g, guint32 measures,
                        struct plx_table *table)
{
    g_autoptr(GArray) keys = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    collect_profiles(tables, g, measures, keys, rows);
    guint n = rows->len;
    g_autofree guint *order = g_new(guint, n + 1);
    for (guint i = 0; i < n; i++)
        order[i] = i;
    g_qsort_with_data(order, (gint)n, sizeof *order, compare_heads, keys->data);
    table->n_profiles = n;
    table->profiles = plx_arena_new(&tables->arena, struct plx_profiles, n);
    for (guint i = 0; i < n; i++) {
        const guint32 *head = &g_array_index(keys, guint32, 3 * order[i]);
        const GArray *values = g_ptr_array_index(rows, order[i]);
        double *copy = plx_arena_new(&tables->arena, double, values->len);
        memcpy(copy, values->data, values->len * sizeof *copy);
        guint n_units = values->len / MAX(tables->n_subjects, 1);
        g_qsort_with_data(copy, (gint)n_units, tables->n_subjects * sizeof *copy, compare_profiles,
                          GUINT_TO_POINTER(tables->n_subjects));
        table->profiles[i] = (struct plx_profiles){
            .group = tables->group[g][head[0]],
            .audience = head[1],
            .measure = (enum plx_measure)head[2],
            .n_units = n_units,
            .value = copy,
        };
    }
}
