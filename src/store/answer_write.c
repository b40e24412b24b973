/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/answer_private.h"

#define NUMBER_BYTES 10 /* at most */
#define TOGETHER 256    /* numbers appended in one go */

static guint number_to(guint8 *bytes, guint64 x)
{
    guint n = 0;
    for (; x >= 0x80; x >>= 7)
        bytes[n++] = (guint8)(x | 0x80);
    bytes[n++] = (guint8)x;
    return n;
}

void plx_put_number(GByteArray *out, guint64 x)
{
    guint8 bytes[NUMBER_BYTES];
    g_byte_array_append(out, bytes, number_to(bytes, x));
}

/* Zig-zag: 0, -1, 1, -2, … */
void plx_put_signed(GByteArray *out, gint64 x)
{
    plx_put_number(out, (guint64)x << 1 ^ (x < 0 ? G_MAXUINT64 : 0));
}

void plx_put_text(GByteArray *out, const char *text)
{
    const gsize n = strlen(text);
    plx_put_number(out, n);
    g_byte_array_append(out, (const guint8 *)text, (guint)n);
}

static void put_numbers(GByteArray *out, const guint64 *numbers, gsize n)
{
    for (gsize i = 0; i < n; i++)
        plx_put_number(out, numbers[i]);
}

static void put_words(GByteArray *out, const guint32 *numbers, gsize n)
{
    guint8 bytes[TOGETHER * NUMBER_BYTES];
    for (gsize from = 0; from < n; from += TOGETHER) {
        guint length = 0;
        for (gsize i = from; i < MIN(from + TOGETHER, n); i++)
            length += number_to(bytes + length, numbers[i]);
        g_byte_array_append(out, bytes, length);
    }
}

static guint64 bits_of(double x)
{
    guint64 bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/* Whether a double is a count, told by its bits: -0 is none. */
static gboolean is_whole(double x)
{
    return x >= 0 && x < 9007199254740992.0 && bits_of((double)(guint64)x) == bits_of(x);
}

/* Sums are mostly whole; the first byte says whether all are. */
static void put_doubles(GByteArray *out, const double *x, gsize n)
{
    guint8 whole = 1;
    for (gsize i = 0; i < n && whole; i++)
        whole = is_whole(x[i]) ? 1 : 0;
    g_byte_array_append(out, &whole, 1);
    for (gsize i = 0; whole && i < n; i++)
        plx_put_number(out, (guint64)x[i]);
    for (gsize i = 0; !whole && i < n; i++) {
        const guint64 bits = GUINT64_TO_LE(bits_of(x[i]));
        g_byte_array_append(out, (const guint8 *)&bits, sizeof bits);
    }
}

static void put_optional(GByteArray *out, const double *x, gsize n)
{
    plx_put_number(out, x != NULL);
    if (x)
        put_doubles(out, x, n);
}

static void put_tally(GByteArray *out, const struct plx_tally *tally)
{
    const gsize k = tally->k;
    plx_put_number(out, tally->measure);
    plx_put_number(out, k);
    put_numbers(out, tally->n, k);
    put_optional(out, tally->w, k);
    put_optional(out, tally->w2, k);
    plx_put_number(out, tally->total);
    plx_put_number(out, tally->na);
    plx_put_number(out, tally->declined);
    plx_put_number(out, tally->empty);
    plx_put_number(out, tally->persons);
    plx_put_number(out, tally->units);
    plx_put_number(out, tally->repeats ? 1 : 0);
    put_optional(out, tally->m, k * k);
    plx_put_number(out, tally->vectors ? tally->n_vectors + 1 : 0);
    if (!tally->vectors)
        return;
    put_words(out, tally->vectors, tally->n_vectors * k);
    put_numbers(out, tally->multiplicity, tally->n_vectors);
}

static void put_pair(GByteArray *out, const struct plx_pair_tally *pair)
{
    const gsize k = (gsize)pair->k1 * pair->k2;
    const double sums[] = {pair->s_dd, pair->s_d1, pair->s_11};
    plx_put_number(out, pair->first);
    plx_put_number(out, pair->second);
    plx_put_number(out, pair->k1);
    plx_put_number(out, pair->k2);
    put_numbers(out, pair->n, k);
    put_optional(out, pair->w, k);
    put_optional(out, pair->w2, k);
    plx_put_number(out, pair->total);
    plx_put_number(out, pair->persons);
    plx_put_number(out, pair->units);
    plx_put_number(out, pair->repeats ? 1 : 0);
    put_doubles(out, sums, G_N_ELEMENTS(sums));
}

static void put_cell(GByteArray *out, const struct plx_cell *cell)
{
    plx_put_number(out, cell->group);
    plx_put_number(out, cell->subject);
    plx_put_number(out, cell->audience);
    plx_put_number(out, cell->rows);
    plx_put_number(out, cell->encounters);
    plx_put_number(out, cell->n_tallies);
    for (guint i = 0; i < cell->n_tallies; i++)
        put_tally(out, &cell->tallies[i]);
    plx_put_number(out, cell->n_pairs);
    for (guint i = 0; i < cell->n_pairs; i++)
        put_pair(out, &cell->pairs[i]);
}

static void put_columns(GByteArray *out, const struct plx_columns *columns, gsize n_cells)
{
    put_words(out, columns->group, n_cells);
    put_words(out, columns->subject, n_cells);
    g_byte_array_append(out, columns->audience, (guint)n_cells);
    plx_put_number(out, columns->n_measures);
    for (guint j = 0; j < columns->n_measures; j++) {
        const gsize n = n_cells * (columns->k[j] + 3);
        plx_put_number(out, columns->measure[j]);
        plx_put_number(out, columns->k[j]);
        put_words(out, columns->n[j], n);
        put_optional(out, columns->w[j], n);
        put_optional(out, columns->w2[j], n);
    }
}

static void put_groups(GByteArray *out, const struct plx_table *table, guint n_splits)
{
    plx_put_number(out, n_splits);
    plx_put_number(out, table->n_groups);
    for (guint g = 0; g < table->n_groups; g++)
        for (guint s = 0; s < n_splits; s++)
            plx_put_text(out, table->groups[g][s]);
}

static void put_comoment(GByteArray *out, const struct plx_comoment *comoment)
{
    const double sums[] = {comoment->sum_a, comoment->sum_b, comoment->sum_aa, comoment->sum_bb,
                           comoment->sum_ab};
    plx_put_number(out, comoment->group);
    plx_put_number(out, comoment->audience);
    plx_put_number(out, comoment->subject_a);
    plx_put_number(out, comoment->subject_b);
    plx_put_number(out, comoment->n);
    put_doubles(out, sums, G_N_ELEMENTS(sums));
}

void plx_put_table(GByteArray *out, const struct plx_table *table, guint n_splits, guint n_subjects,
                   const plx_map *map)
{
    const gsize by_audience = (gsize)table->n_groups * map->n_audiences;
    put_groups(out, table, n_splits);
    plx_put_number(out, table->n_cells);
    plx_put_number(out, table->columns != NULL);
    if (table->columns)
        put_columns(out, table->columns, table->n_cells);
    for (guint i = 0; !table->columns && i < table->n_cells; i++)
        put_cell(out, &table->cells[i]);
    plx_put_number(out, table->n_comoments);
    for (guint i = 0; i < table->n_comoments; i++)
        put_comoment(out, &table->comoments[i]);
    plx_put_number(out, table->n_profiles);
    for (guint i = 0; i < table->n_profiles; i++) {
        const struct plx_profiles *const profiles = &table->profiles[i];
        plx_put_number(out, profiles->group);
        plx_put_number(out, profiles->audience);
        plx_put_number(out, profiles->measure);
        plx_put_number(out, profiles->n_units);
        put_doubles(out, profiles->value, (gsize)profiles->n_units * n_subjects);
    }
    plx_put_number(out, table->journey_encounters != NULL);
    if (table->journey_encounters)
        put_numbers(out, table->journey_encounters, by_audience * (map->n_journeys + 1));
    plx_put_number(out, table->audience_persons != NULL);
    if (table->audience_persons)
        put_numbers(out, table->audience_persons, by_audience);
}
