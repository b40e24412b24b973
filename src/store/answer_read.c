/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/answer_private.h"

#include "voice/count_plan.h"

static guint64 fail(struct plx_unpacking *from)
{
    from->failed = TRUE;
    from->at = from->end;
    return 0;
}

/* Only the shortest form of a number is one. */
guint64 plx_get_long(struct plx_unpacking *from)
{
    guint64 x = 0;
    for (guint shift = 0; from->at < from->end; shift += 7) {
        const guint8 byte = *from->at++;
        if (shift == 63 && byte > 1)
            break;
        x |= (guint64)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return byte || shift == 0 ? x : fail(from);
    }
    return fail(from);
}

guint64 plx_get_below(struct plx_unpacking *from, guint64 limit)
{
    const guint64 x = plx_get_number(from);
    return x < limit ? x : fail(from);
}

gint64 plx_get_signed(struct plx_unpacking *from)
{
    const guint64 x = plx_get_number(from);
    return (gint64)(x >> 1 ^ (x & 1 ? G_MAXUINT64 : 0));
}

/* Whether n things of `each` bytes can follow. */
static gboolean can_follow(struct plx_unpacking *from, guint64 n, gsize each)
{
    if (!from->failed && n <= (guint64)(from->end - from->at) / each)
        return TRUE;
    fail(from);
    return FALSE;
}

guint plx_get_count(struct plx_unpacking *from, gsize each)
{
    const guint64 n = plx_get_number(from);
    return n <= G_MAXINT32 && can_follow(from, n, each) ? (guint)n : 0;
}

char *plx_get_text(struct plx_unpacking *from)
{
    const guint n = plx_get_count(from, 1);
    char *const text = plx_arena_new(&from->arena, char, n + 1);
    if (n && memchr(from->at, '\0', n))
        fail(from);
    else
        memcpy(text, from->at, n);
    if (!from->failed)
        from->at += n;
    return text;
}

static gboolean get_flag(struct plx_unpacking *from)
{
    return plx_get_below(from, 2) != 0;
}

static guint64 *get_numbers(struct plx_unpacking *from, guint64 n)
{
    if (!can_follow(from, n, 1))
        return NULL;
    guint64 *const numbers = plx_arena_new(&from->arena, guint64, n);
    for (gsize i = 0; i < n; i++)
        numbers[i] = plx_get_number(from);
    return numbers;
}

static guint32 *get_words(struct plx_unpacking *from, guint64 n, guint64 limit)
{
    if (!can_follow(from, n, 1))
        return NULL;
    guint32 *const numbers = plx_arena_new(&from->arena, guint32, n);
    guint64 greatest = 0;
    for (gsize i = 0; i < n; i++) {
        const guint64 x = plx_get_number(from);
        greatest |= x >= limit;
        numbers[i] = (guint32)x;
    }
    if (greatest)
        fail(from);
    return numbers;
}

static double *get_doubles(struct plx_unpacking *from, guint64 n)
{
    const gboolean whole = get_flag(from);
    if (!can_follow(from, n, whole ? 1 : sizeof(double)))
        return NULL;
    double *const x = plx_arena_new(&from->arena, double, n);
    for (gsize i = 0; whole && i < n; i++)
        x[i] = (double)plx_get_number(from);
    for (gsize i = 0; !whole && i < n; i++, from->at += sizeof(double)) {
        guint64 bits;
        memcpy(&bits, from->at, sizeof bits);
        bits = GUINT64_FROM_LE(bits);
        memcpy(&x[i], &bits, sizeof bits);
    }
    return x;
}

static double *get_optional(struct plx_unpacking *from, guint64 n)
{
    return get_flag(from) ? get_doubles(from, n) : NULL;
}

/* The scale of the measure and audience, when it has k values. */
static const struct plx_scale *get_scale(struct plx_unpacking *from, enum plx_measure measure,
                                         guint audience, guint *k)
{
    *k = (guint)plx_get_number(from);
    const struct plx_scale *const scale = plx_map_scale(from->map, measure, audience);
    if (!from->failed && *k == plx_scale_width(scale))
        return scale;
    *k = 0;
    fail(from);
    return scale;
}

static enum plx_measure get_measure(struct plx_unpacking *from)
{
    const guint64 measure = plx_get_below(from, PLX_MEASURES_MAX);
    if (measure < from->map->n_measures || measure >= PLX_MEASURE_SURPRISE)
        return (enum plx_measure)measure;
    fail(from);
    return PLX_MEASURE_LEVEL;
}

static void get_tally(struct plx_unpacking *from, guint audience, struct plx_tally *tally)
{
    tally->measure = get_measure(from);
    tally->scale = get_scale(from, tally->measure, audience, &tally->k);
    const guint k = tally->k;
    tally->n = get_numbers(from, k);
    tally->w = get_optional(from, k);
    tally->w2 = get_optional(from, k);
    tally->total = plx_get_number(from);
    tally->na = plx_get_number(from);
    tally->declined = plx_get_number(from);
    tally->empty = plx_get_number(from);
    tally->persons = plx_get_number(from);
    tally->units = plx_get_number(from);
    tally->repeats = get_flag(from);
    tally->m = get_optional(from, (guint64)k * k);
    const guint64 vectors = plx_get_number(from);
    if (!vectors || !can_follow(from, vectors - 1, k + 1))
        return;
    tally->n_vectors = (guint)(vectors - 1);
    tally->vectors = get_words(from, (vectors - 1) * k, G_GUINT64_CONSTANT(1) << 32);
    tally->multiplicity = get_numbers(from, vectors - 1);
}

static void get_pair(struct plx_unpacking *from, guint audience, struct plx_pair_tally *pair)
{
    pair->first = get_measure(from);
    pair->second = get_measure(from);
    pair->first_scale = get_scale(from, pair->first, audience, &pair->k1);
    pair->second_scale = get_scale(from, pair->second, audience, &pair->k2);
    const guint64 k = (guint64)pair->k1 * pair->k2;
    pair->n = get_numbers(from, k);
    pair->w = get_optional(from, k);
    pair->w2 = get_optional(from, k);
    pair->total = plx_get_number(from);
    pair->persons = plx_get_number(from);
    pair->units = plx_get_number(from);
    pair->repeats = get_flag(from);
    const double *const sums = get_doubles(from, 3);
    if (!sums)
        return;
    pair->s_dd = sums[0];
    pair->s_d1 = sums[1];
    pair->s_11 = sums[2];
}

static void get_cell(struct plx_unpacking *from, guint n_groups, struct plx_cell *cell)
{
    cell->group = (guint32)plx_get_below(from, n_groups);
    cell->subject = (guint32)plx_get_below(from, from->n_subjects);
    cell->audience = (guint32)plx_get_below(from, from->map->n_audiences);
    cell->rows = plx_get_number(from);
    cell->encounters = plx_get_number(from);
    cell->n_tallies = plx_get_count(from, 14);
    cell->tallies = plx_arena_new(&from->arena, struct plx_tally, cell->n_tallies);
    for (guint i = 0; i < cell->n_tallies; i++)
        get_tally(from, cell->audience, &cell->tallies[i]);
    cell->n_pairs = plx_get_count(from, 14);
    cell->pairs = plx_arena_new(&from->arena, struct plx_pair_tally, cell->n_pairs);
    for (guint i = 0; i < cell->n_pairs; i++)
        get_pair(from, cell->audience, &cell->pairs[i]);
}

static gboolean is_before(const struct plx_cell *a, const struct plx_cell *b)
{
    if (a->group != b->group)
        return a->group < b->group;
    if (a->subject != b->subject)
        return a->subject < b->subject;
    return a->audience < b->audience;
}

/* Cells are looked up by halving: they must be in order. */
static void get_cells(struct plx_unpacking *from, struct plx_table *table)
{
    table->cells = plx_arena_new(&from->arena, struct plx_cell, table->n_cells);
    for (guint i = 0; !from->failed && i < table->n_cells; i++) {
        get_cell(from, table->n_groups, &table->cells[i]);
        if (i && !is_before(&table->cells[i - 1], &table->cells[i]))
            fail(from);
    }
}

static void get_columns(struct plx_unpacking *from, struct plx_table *table)
{
    const guint64 n = table->n_cells;
    struct plx_columns *const columns = plx_arena_new(&from->arena, struct plx_columns, 1);
    columns->group = get_words(from, n, table->n_groups);
    columns->subject = get_words(from, n, from->n_subjects);
    columns->audience = (const guint8 *)plx_arena_take(&from->arena, 1);
    if (can_follow(from, n, 1)) {
        columns->audience = memcpy(plx_arena_take(&from->arena, n), from->at, n);
        from->at += n;
    }
    for (gsize i = 0; !from->failed && i < n; i++)
        if (columns->audience[i] >= from->map->n_audiences)
            fail(from);
    columns->n_measures = (guint)plx_get_below(from, PLX_MEASURES_MAX + 1);
    for (guint j = 0; j < columns->n_measures; j++) {
        columns->measure[j] = get_measure(from);
        columns->k[j] = (guint)plx_get_below(from, PLX_SCALE_WIDTH + 1);
        const guint64 all = n * (columns->k[j] + 3);
        columns->n[j] = get_words(from, all, G_GUINT64_CONSTANT(1) << 32);
        columns->w[j] = get_optional(from, all);
        columns->w2[j] = get_optional(from, all);
    }
    table->columns = columns;
}

/* Without splits there is one group of no texts. */
static void get_groups(struct plx_unpacking *from, struct plx_table *table)
{
    const guint n_splits = (guint)plx_get_below(from, PLX_SPLITS_MAX + 1);
    table->n_groups = n_splits ? plx_get_count(from, n_splits) : (guint)plx_get_below(from, 2);
    table->groups = plx_arena_new(&from->arena, char **, table->n_groups);
    for (guint g = 0; g < table->n_groups; g++) {
        table->groups[g] = plx_arena_new(&from->arena, char *, n_splits + 1);
        for (guint s = 0; s < n_splits; s++)
            table->groups[g][s] = plx_get_text(from);
    }
}

static void get_comoment(struct plx_unpacking *from, guint n_groups, struct plx_comoment *comoment)
{
    comoment->group = (guint32)plx_get_below(from, n_groups);
    comoment->audience = (guint32)plx_get_below(from, from->map->n_audiences);
    comoment->subject_a = (guint32)plx_get_below(from, from->n_subjects);
    comoment->subject_b = (guint32)plx_get_below(from, from->n_subjects);
    comoment->n = plx_get_number(from);
    const double *const sums = get_doubles(from, 5);
    if (!sums)
        return;
    comoment->sum_a = sums[0];
    comoment->sum_b = sums[1];
    comoment->sum_aa = sums[2];
    comoment->sum_bb = sums[3];
    comoment->sum_ab = sums[4];
}

static void get_profiles(struct plx_unpacking *from, guint n_groups, struct plx_profiles *profiles)
{
    profiles->group = (guint32)plx_get_below(from, n_groups);
    profiles->audience = (guint32)plx_get_below(from, from->map->n_audiences);
    profiles->measure = get_measure(from);
    profiles->n_units = plx_get_count(from, MAX(from->n_subjects, 1));
    profiles->value = get_doubles(from, (guint64)profiles->n_units * from->n_subjects);
}

void plx_get_table(struct plx_unpacking *from, struct plx_table *table)
{
    get_groups(from, table);
    table->n_cells = plx_get_count(from, 3);
    if (get_flag(from))
        get_columns(from, table);
    else
        get_cells(from, table);
    table->n_comoments = plx_get_count(from, 11);
    table->comoments = plx_arena_new(&from->arena, struct plx_comoment, table->n_comoments);
    for (guint i = 0; i < table->n_comoments; i++)
        get_comoment(from, table->n_groups, &table->comoments[i]);
    table->n_profiles = plx_get_count(from, 5);
    table->profiles = plx_arena_new(&from->arena, struct plx_profiles, table->n_profiles);
    for (guint i = 0; i < table->n_profiles; i++)
        get_profiles(from, table->n_groups, &table->profiles[i]);
    const guint64 by_audience = (guint64)table->n_groups * from->map->n_audiences;
    if (get_flag(from))
        table->journey_encounters = get_numbers(from, by_audience * (from->map->n_journeys + 1));
    if (get_flag(from))
        table->audience_persons = get_numbers(from, by_audience);
}
