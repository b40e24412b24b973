/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/cells.h"

#include <string.h>

#define DIRECT_BITS 16         /* up to here a direct table is smaller than L2 */
#define NUMBERS_MAX (1u << 22) /* cells without an index at most */
#define SPILLS_MOST (1u << 14)
#define GOLDEN G_GUINT64_CONSTANT(0x9e3779b97f4a7c15)

void plx_cells_init(struct plx_cells *cells, guint n_fields, gboolean may_renumber)
{
    *cells = (struct plx_cells){
        .n_fields = n_fields, .may_renumber = may_renumber, .spills_most = SPILLS_MOST};
    cells->spills = g_array_new(FALSE, FALSE, sizeof(struct plx_cell_spill));
}

void plx_cells_clear(struct plx_cells *cells)
{
    plx_pages_free(&cells->index);
    plx_pages_free(&cells->keys);
    plx_pages_free(&cells->counts);
    plx_pages_free(&cells->w);
    plx_pages_free(&cells->w2);
    g_clear_pointer(&cells->spills, g_array_unref);
    cells->n = 0;
}

static gint compare_spills(gconstpointer a, gconstpointer b)
{
    const struct plx_cell_spill *x = a, *y = b;
    if (x->cell != y->cell)
        return x->cell < y->cell ? -1 : 1;
    return (x->slot > y->slot) - (x->slot < y->slot);
}

/* One note for each counter, so that few cells with many rows take no more room than they need. */
static void join_spills(struct plx_cells *cells)
{
    g_array_sort(cells->spills, compare_spills);
    struct plx_cell_spill *spills = (gpointer)cells->spills->data;
    guint n = 0;
    for (guint i = 0; i < cells->spills->len; i++) {
        if (n > 0 && compare_spills(&spills[n - 1], &spills[i]) == 0)
            spills[n - 1].add += spills[i].add;
        else
            spills[n++] = spills[i];
    }
    g_array_set_size(cells->spills, n);
    cells->spills_most = MAX(2 * n, SPILLS_MOST);
}

void plx_cells_spill(struct plx_cells *cells, guint32 cell, guint slot, gint64 add)
{
    const struct plx_cell_spill spill = {cell, slot, add};
    if (cells->spills->len >= cells->spills_most)
        join_spills(cells);
    g_array_append_val(cells->spills, spill);
}

static inline guint64 hash_slot(const struct plx_cells *cells, guint64 key)
{
    return key * GOLDEN >> (64 - cells->index_bits);
}

/* What tells keys apart in the index: the key itself where it fits. */
static inline guint32 tag_of(const struct plx_cells *cells, guint64 key)
{
    return cells->total_bits <= 32 ? (guint32)key : (guint32)(key * GOLDEN >> 7);
}

static inline gboolean is_cell(const struct plx_cells *cells, guint64 entry, guint64 key)
{
    return (guint32)(entry >> 32) == tag_of(cells, key) &&
           (cells->total_bits <= 32 || plx_cells_keys(cells)[(guint32)entry - 1] == key);
}

static void index_put(struct plx_cells *cells, guint64 key, guint32 cell)
{
    if (!cells->hashed) {
        ((guint32 *)(gpointer)cells->index.data)[key] = cell + 1;
        return;
    }
    guint64 *index = (guint64 *)(gpointer)cells->index.data;
    guint64 mask = (G_GUINT64_CONSTANT(1) << cells->index_bits) - 1;
    guint64 at = hash_slot(cells, key);
    while (index[at])
        at = (at + 1) & mask;
    index[at] = (guint64)tag_of(cells, key) << 32 | (cell + 1);
}

static void index_build(struct plx_cells *cells, guint index_bits)
{
    plx_pages_free(&cells->index);
    cells->hashed = cells->total_bits > DIRECT_BITS;
    cells->index_bits = cells->hashed ? index_bits : cells->total_bits;
    plx_pages_need(&cells->index, (cells->hashed ? sizeof(guint64) : sizeof(guint32))
                                      << cells->index_bits);
    for (guint32 cell = 0; cell < cells->n; cell++)
        index_put(cells, plx_cells_keys(cells)[cell], cell);
}

static gboolean fit_keys(struct plx_cells *cells, const struct plx_cell_field *fields)
{
    guint bits[PLX_CELL_FIELDS];
    guint total = 0;
    gboolean fits = cells->total_bits > 0;
    for (guint f = 0; f < cells->n_fields; f++) {
        guint needed = (guint)g_bit_storage(MAX(fields[f].size, 2) - 1);
        bits[f] = cells->bits[f];
        /* One bit more than needed: growing dictionaries do not come back soon. */
        if (needed > bits[f]) {
            bits[f] = needed + (f > 0);
            fits = FALSE;
        }
        total += bits[f];
    }
    if (fits)
        return TRUE;
    if (total > 63)
        return FALSE;
    guint64 *keys = plx_cells_keys(cells);
    for (guint32 cell = 0; cell < cells->n; cell++) {
        guint64 key = 0;
        for (guint f = 0, shift = 0; f < cells->n_fields; shift += bits[f++])
            key |= (guint64)plx_cells_code(cells, cell, f) << shift;
        keys[cell] = key;
    }
    for (guint f = 0, shift = 0; f < cells->n_fields; shift += bits[f++]) {
        cells->bits[f] = bits[f];
        cells->shift[f] = shift;
    }
    cells->total_bits = total;
    index_build(cells, MAX(cells->index_bits, 12));
    return TRUE;
}

/* Cell + 1 of a new name, or 0 when it names none. */
static guint32 add_cell(struct plx_cells *cells, guint64 key)
{
    for (guint f = 0; f < 2; f++)
        if (!(key >> cells->shift[f] & ((G_GUINT64_CONSTANT(1) << cells->bits[f]) - 1)))
            return 0;
    if (cells->hashed && 5 * ((guint64)cells->n + 1) > (G_GUINT64_CONSTANT(3) << cells->index_bits))
        index_build(cells, cells->index_bits + 1);
    guint32 cell = cells->n++;
    plx_pages_need(&cells->keys, cells->n * sizeof(guint64));
    plx_cells_keys(cells)[cell] = key;
    gsize counters = (gsize)cells->n * cells->stride;
    plx_pages_need(&cells->counts, counters);
    if (cells->weighted) {
        plx_pages_need(&cells->w, counters * sizeof(guint64));
        plx_pages_need(&cells->w2, counters * sizeof(plx_u128));
    }
    index_put(cells, key, cell);
    return cell + 1;
}

/* ---- numbers without an index ---- */

static void make_room(struct plx_cells *cells)
{
    gsize counters = (gsize)cells->n * cells->stride;
    plx_pages_need(&cells->counts, counters);
    if (cells->weighted) {
        plx_pages_need(&cells->w, counters * sizeof(guint64));
        plx_pages_need(&cells->w2, counters * sizeof(plx_u128));
    }
}

/* Rows taken back elsewhere than they were added may leave weights without counts. */
static gboolean has_weight(const struct plx_cells *cells, guint32 cell)
{
    const guint64 *w = (const guint64 *)(gpointer)cells->w.data;
    const plx_u128 *w2 = (const plx_u128 *)(gpointer)cells->w2.data;
    for (gsize i = (gsize)cell * cells->stride; i < (gsize)(cell + 1) * cells->stride; i++)
        if (w[i] || w2[i])
            return TRUE;
    return FALSE;
}

guint8 *plx_cells_used(const struct plx_cells *cells)
{
    if (!cells->numbered)
        return NULL;
    guint8 *used = plx_pages_zeros(cells->n);
    const guint8 *counts = cells->counts.data;
    for (guint32 cell = 0; cell < cells->n; cell++) {
        guint any = 0;
        for (guint i = 0; i < cells->stride; i++)
            any |= counts[(gsize)cell * cells->stride + i];
        used[cell] = any != 0 || (cells->weighted && has_weight(cells, cell));
    }
    for (guint s = 0; s < cells->spills->len; s++)
        used[g_array_index(cells->spills, struct plx_cell_spill, s).cell] = 1;
    return used;
}

/* The number of a cell of another table here. */
static guint32 number_of(struct plx_cells *cells, const struct plx_cells *from, guint32 cell)
{
    guint32 number = 0;
    guint64 key = 0;
    for (guint f = 0; f < cells->n_fields; f++) {
        guint32 code = plx_cells_code(from, cell, f);
        number += cells->numbered ? (code - plx_cells_least(f)) * cells->step[f] : 0;
        key |= cells->numbered ? 0 : (guint64)code << cells->shift[f];
    }
    return cells->numbered ? number : add_cell(cells, key) - 1;
}

/* Goes over to another way of numbering, made ready in `fresh` but for its counters. */
static void move_cells(struct plx_cells *cells, struct plx_cells *fresh)
{
    guint stride = fresh->stride = cells->stride;
    fresh->weighted = cells->weighted;
    fresh->rows = cells->rows;
    if (fresh->numbered)
        make_room(fresh);
    g_autofree guint8 *used = plx_cells_used(cells);
    g_autofree guint32 *number = g_new(guint32, MAX(cells->n, 1));
    for (guint32 cell = 0; cell < cells->n; cell++) {
        if (used && !used[cell])
            continue;
        number[cell] = number_of(fresh, cells, cell);
        gsize to = (gsize)number[cell] * stride, from = (gsize)cell * stride;
        memcpy(fresh->counts.data + to, cells->counts.data + from, stride);
        if (!cells->weighted)
            continue;
        memcpy(fresh->w.data + to * sizeof(guint64), cells->w.data + from * sizeof(guint64),
               stride * sizeof(guint64));
        memcpy(fresh->w2.data + to * sizeof(plx_u128), cells->w2.data + from * sizeof(plx_u128),
               stride * sizeof(plx_u128));
    }
    for (guint s = 0; s < cells->spills->len; s++) {
        struct plx_cell_spill spill = g_array_index(cells->spills, struct plx_cell_spill, s);
        spill.cell = number[spill.cell];
        g_array_append_val(fresh->spills, spill);
    }
    plx_cells_clear(cells);
    *cells = *fresh;
}

/* Names there may be, with room to grow by an eighth. Subjects stand together: they change from row
 * to row while the rest stays. */
static guint64 lay_out(struct plx_cells *cells, const struct plx_cell_field *fields)
{
    guint64 names = 1;
    for (guint i = 0; i < cells->n_fields && names < NUMBERS_MAX; i++) {
        guint f = i == 0 ? 1 : i == 1 ? 0 : i;
        cells->room[f] = MAX(fields[f].size, 2) - plx_cells_least(f);
        cells->room[f] += f > 0 ? fields[f].size / 8 + 1 : 0;
        cells->step[f] = (guint32)names;
        names *= cells->room[f];
    }
    return names;
}

gboolean plx_cells_fit(struct plx_cells *cells, const struct plx_cell_field *fields)
{
    gboolean fits = cells->numbered;
    for (guint f = 0; f < cells->n_fields && fits; f++)
        fits = fields[f].size <= cells->room[f] + plx_cells_least(f);
    if (fits)
        return TRUE;
    if (!cells->may_renumber)
        return fit_keys(cells, fields);
    struct plx_cells fresh;
    plx_cells_init(&fresh, cells->n_fields, TRUE);
    guint64 names = lay_out(&fresh, fields);
    if (names < NUMBERS_MAX && names < 4 * cells->rows) {
        fresh.numbered = TRUE;
        fresh.n = (guint32)names;
        move_cells(cells, &fresh);
        return TRUE;
    }
    if (cells->numbered && fit_keys(&fresh, fields)) {
        move_cells(cells, &fresh);
        return TRUE;
    }
    plx_cells_clear(&fresh);
    return !cells->numbered && fit_keys(cells, fields);
}

/* Where counters are far away each row's are asked for as soon as its cell is known. */
#define NEAR_BYTES (256 * 1024)

static void fetch(const struct plx_cells *cells, const guint32 *cell, guint n)
{
    if ((gsize)cells->n * cells->stride <= NEAR_BYTES)
        return;
    for (guint i = 0; i < n; i++)
        if (cell[i] != PLX_NO_CELL)
            __builtin_prefetch(cells->counts.data + (gsize)cell[i] * cells->stride, 1);
}

static inline __attribute__((always_inline)) void number_rows(const struct plx_cells *cells,
                                                              const struct plx_cell_field *fields,
                                                              guint32 from, guint n,
                                                              const guint8 *mask, guint32 *cell)
{
    guint32 constant = -(cells->step[0] + cells->step[1]);
    gboolean none = FALSE;
    for (guint f = 0; f < cells->n_fields; f++)
        if (!fields[f].column)
            constant += fields[f].constant * cells->step[f];
    for (guint i = 0; i < n; i++)
        cell[i] = constant;
    for (guint f = 0; f < cells->n_fields; f++) {
        guint32 step = cells->step[f];
        for (guint i = 0; fields[f].column && i < n; i++)
            cell[i] += fields[f].column[from + i] * step;
    }
    for (guint f = 0; f < 2; f++) {
        none |= !fields[f].column && !fields[f].constant;
        for (guint i = 0; fields[f].column && i < n; i++)
            cell[i] = fields[f].column[from + i] ? cell[i] : PLX_NO_CELL;
    }
    for (guint i = 0; (mask || none) && i < n; i++)
        if (none || !mask[i])
            cell[i] = PLX_NO_CELL;
}

#if defined(__x86_64__)
/* Products of 32 bits are one instruction for eight of them here, and ten for four without. */
__attribute__((target("avx2"))) static void number_rows_avx2(const struct plx_cells *cells,
                                                             const struct plx_cell_field *fields,
                                                             guint32 from, guint n,
                                                             const guint8 *mask, guint32 *cell)
{
    number_rows(cells, fields, from, n, mask, cell);
}
#endif

static void find_numbers(struct plx_cells *cells, const struct plx_cell_field *fields, guint32 from,
                         guint n, const guint8 *mask, guint32 *cell)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2"))
        number_rows_avx2(cells, fields, from, n, mask, cell);
    else
#endif
        number_rows(cells, fields, from, n, mask, cell);
    fetch(cells, cell, n);
}

static void build_keys(const struct plx_cells *cells, const struct plx_cell_field *fields,
                       guint32 from, guint n, guint64 *key)
{
    guint64 constant = 0;
    for (guint f = 0; f < cells->n_fields; f++)
        if (!fields[f].column)
            constant |= (guint64)fields[f].constant << cells->shift[f];
    for (guint i = 0; i < n; i++)
        key[i] = constant;
    for (guint f = 0; f < cells->n_fields; f++) {
        if (!fields[f].column)
            continue;
        const guint32 *column = fields[f].column + from;
        guint shift = cells->shift[f];
        for (guint i = 0; i < n; i++)
            key[i] |= (guint64)column[i] << shift;
    }
}

static void find_direct(struct plx_cells *cells, const guint64 *key, guint n, const guint8 *mask,
                        guint32 *cell)
{
    const guint32 *index = (const guint32 *)(gpointer)cells->index.data;
    for (guint i = 0; i < n; i++) {
        if (mask && !mask[i]) {
            cell[i] = PLX_NO_CELL;
            continue;
        }
        guint32 found = index[key[i]];
        if (G_UNLIKELY(!found))
            found = add_cell(cells, key[i]);
        cell[i] = found - 1;
    }
}

static guint32 find_hashed_one(struct plx_cells *cells, guint64 key)
{
    const guint64 *index = (const guint64 *)(gpointer)cells->index.data;
    guint64 mask = (G_GUINT64_CONSTANT(1) << cells->index_bits) - 1;
    for (guint64 at = hash_slot(cells, key);; at = (at + 1) & mask) {
        guint64 entry = index[at];
        if (!entry)
            return add_cell(cells, key);
        if (is_cell(cells, entry, key))
            return (guint32)entry;
    }
}

/* Memory is far away here: the index is asked for a whole block before the first probe, and each
 * cell's counters as soon as the cell is known. */
static void find_hashed(struct plx_cells *cells, const guint64 *key, guint n, const guint8 *mask,
                        guint32 *cell)
{
    const guint64 *index = (const guint64 *)(gpointer)cells->index.data;
    for (guint i = 0; i < n; i++)
        __builtin_prefetch(&index[hash_slot(cells, key[i])]);
    for (guint i = 0; i < n; i++) {
        if (mask && !mask[i]) {
            cell[i] = PLX_NO_CELL;
            continue;
        }
        cell[i] = find_hashed_one(cells, key[i]) - 1;
        if (cell[i] != PLX_NO_CELL)
            __builtin_prefetch(cells->counts.data + (gsize)cell[i] * cells->stride, 1);
    }
}

void plx_cells_find(struct plx_cells *cells, const struct plx_cell_field *fields, guint32 from,
                    guint n, const guint8 *mask, guint32 *cell)
{
    cells->rows += n;
    if (cells->numbered) {
        find_numbers(cells, fields, from, n, mask, cell);
        return;
    }
    guint64 key[PLX_CELL_BLOCK];
    build_keys(cells, fields, from, n, key);
    if (cells->hashed)
        find_hashed(cells, key, n, mask, cell);
    else
        find_direct(cells, key, n, mask, cell);
}

/* Moves every cell's `old` entries to their place among `wide`, from the last on. */
static void spread(struct plx_pages *pages, guint32 n, gsize old, gsize wide)
{
    plx_pages_need(pages, n * wide);
    for (guint32 cell = n; cell-- > 0;) {
        memmove(pages->data + cell * wide, pages->data + cell * old, old);
        memset(pages->data + cell * wide + old, 0, wide - old);
    }
}

guint plx_cells_widen(struct plx_cells *cells, guint n_counters)
{
    guint first = cells->stride;
    cells->stride += n_counters;
    spread(&cells->counts, cells->n, first, cells->stride);
    if (cells->weighted) {
        spread(&cells->w, cells->n, first * sizeof(guint64), cells->stride * sizeof(guint64));
        spread(&cells->w2, cells->n, first * sizeof(plx_u128), cells->stride * sizeof(plx_u128));
    }
    return first;
}

void plx_cells_weigh(struct plx_cells *cells, guint64 one)
{
    if (cells->weighted)
        return;
    cells->weighted = TRUE;
    gsize n = (gsize)cells->n * cells->stride;
    plx_pages_need(&cells->w, MAX(n, 1) * sizeof(guint64));
    plx_pages_need(&cells->w2, MAX(n, 1) * sizeof(plx_u128));
    guint64 *w = (guint64 *)(gpointer)cells->w.data;
    plx_u128 *w2 = (plx_u128 *)(gpointer)cells->w2.data;
    const guint8 *counts = cells->counts.data;
    for (gsize i = 0; i < n; i++) {
        w[i] = counts[i] * one;
        w2[i] = (plx_u128)counts[i] * one * one;
    }
    for (guint s = 0; s < cells->spills->len; s++) {
        const struct plx_cell_spill *spill =
            &g_array_index(cells->spills, struct plx_cell_spill, s);
        gsize i = (gsize)spill->cell * cells->stride + spill->slot;
        w[i] += (guint64)spill->add * one;
        w2[i] += (plx_u128)(plx_i128)spill->add * one * one;
    }
}
