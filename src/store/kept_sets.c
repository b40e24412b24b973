/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the cells of several threads to sets of cells: in which order, cut where. What is in one:
 * kept_fill.c. */

#include "base/parallel.h"
#include "store/kept_sets_private.h"

#include <string.h>

/* A set ends with the place that fills it. */
#define SET_CELLS 1024

gboolean plx_kept_pays(guint64 cells, guint64 rows, guint64 few)
{
    return cells <= few || PLX_KEPT_ROWS_A_CELL * cells <= rows;
}

gboolean plx_kept_sets_pay(const GPtrArray *sets)
{
    guint64 cells = 0, rows = 0;
    for (guint i = 0; i < sets->len; i++) {
        const struct plx_kept_set *const set = sets->pdata[i];
        cells += set->cells;
        rows += set->rows;
    }
    return plx_kept_pays(cells, rows, PLX_KEPT_FEW);
}

static void free_set(gpointer data)
{
    struct plx_kept_set *const set = data;
    g_byte_array_unref(set->data);
    g_free(set);
}

static gint compare_months(gconstpointer a, gconstpointer b)
{
    const gint32 x = *(const gint32 *)a, y = *(const gint32 *)b;
    return x < y ? -1 : x > y;
}

GArray *plx_kept_months(const plx_kept *kept)
{
    GArray *const months = g_array_new(FALSE, FALSE, sizeof(gint32));
    for (guint32 code = 0; code < kept->months->places->len; code++) {
        const gint32 month = plx_kept_month(kept, code);
        g_array_append_val(months, month);
    }
    g_array_sort(months, compare_months);
    return months;
}

/* Order --------------------------------------------------------------------------------------- */

/* The codes of a cell in a key: months as they are. */
static void keys_of(const struct plx_kept_source *source, const guint32 *code, guint32 *key)
{
    const gint32 month = plx_kept_month(source->kept, code[KEPT_MONTH]);
    for (guint f = 0; f < KEPT_FIELDS; f++)
        key[f] = code[f];
    key[KEPT_MONTH] = month == PLX_NO_DAY ? 0 : (guint32)month + 1;
}

#define ALL_MONTHS G_MAXINT32

/* Where the cells of a month are. */
static void range_of(const struct plx_kept_source *source, gint32 month, guint32 *from,
                     guint32 *end)
{
    const struct plx_cells *const cells = &source->kept->cells;
    *from = 0;
    *end = month == ALL_MONTHS ? cells->n : 0;
    for (guint32 code = 0; month != ALL_MONTHS && code < source->kept->months->places->len;
         code++) {
        if (plx_kept_month(source->kept, code) != month)
            continue;
        const guint32 step = cells->step[KEPT_MONTH]; /* the last field: the slowest */
        *from = MIN(code * step, cells->n);
        *end = MIN(*from + step, cells->n);
    }
}

/* Calls `take` with the codes of each cell of a month that has rows. */
static void walk(struct plx_kept_making *making, gint32 month,
                 void (*take)(struct plx_kept_making *making, const guint32 *key, guint32 number))
{
    for (guint s = 0; s < making->n_sources; s++) {
        const struct plx_kept_source *const source = &making->sources[s];
        const struct plx_cells *const cells = &source->kept->cells;
        guint32 code[PLX_CELL_FIELDS] = {0}, key[KEPT_FIELDS], from, end;
        range_of(source, month, &from, &end);
        for (guint f = 0; from > 0 && f < KEPT_FIELDS; f++)
            code[f] = plx_cells_code(cells, from - 1, f);
        for (guint32 cell = from; cell < end; cell++) {
            plx_cells_next(cells, cell, code);
            if (source->used && !source->used[cell])
                continue;
            keys_of(source, code, key);
            take(making, key, source->before + cell);
        }
    }
}

static void take_most(struct plx_kept_making *making, const guint32 *key, guint32 number)
{
    (void)number;
    for (guint f = 0; f < KEPT_FIELDS; f++)
        making->bits[f] = MAX(making->bits[f], (guint)g_bit_storage(key[f]));
}

/* FALSE when the codes do not fit into one number. */
static gboolean measure_keys(struct plx_kept_making *making)
{
    guint bits = 0;
    walk(making, ALL_MONTHS, take_most);
    for (guint f = 0; f < KEPT_FIELDS; f++)
        bits += making->bits[f];
    return bits <= 63;
}

static void take_entry(struct plx_kept_making *making, const guint32 *key, guint32 number)
{
    guint64 packed = 0;
    for (guint i = 0; i < KEPT_FIELDS; i++)
        packed = packed << making->bits[PLX_KEPT_ORDER[i]] | key[PLX_KEPT_ORDER[i]];
    if (making->n == making->room) {
        making->room = MAX(2 * making->room, 4096);
        making->order = g_renew(struct plx_ordered, making->order, making->room);
    }
    making->order[making->n++] = (struct plx_ordered){packed, number};
}

static void put_in_order(struct plx_kept_making *making, gint32 month)
{
    guint bits = 0;
    for (guint f = 0; f < KEPT_FIELDS; f++)
        bits += making->bits[f];
    making->n = 0;
    walk(making, month, take_entry);
    plx_order_sort(making->order, making->n, bits);
}

static void cut_sets(struct plx_kept_making *making)
{
    guint32 cells = 0, month = 0, place = 0;
    g_array_set_size(making->begin, 0);
    for (gsize i = 0; i < making->n; i++) {
        const guint64 key = making->order[i].key;
        if (i > 0 && key == making->order[i - 1].key)
            continue;
        const guint32 month_now = plx_kept_code_in(making, key, KEPT_MONTH);
        const guint32 place_now = plx_kept_code_in(making, key, KEPT_PLACE);
        if (i == 0 || month_now != month || cells == PLX_COLUMN_ROWS ||
            (place_now != place && cells >= SET_CELLS)) {
            g_array_append_val(making->begin, i);
            cells = 0;
        }
        cells++;
        month = month_now;
        place = place_now;
    }
    g_array_append_val(making->begin, making->n);
}

/* Values -------------------------------------------------------------------------------------- */

static gint compare_values(gconstpointer a, gconstpointer b)
{
    const struct plx_kept_value *const x = a, *const y = b;
    if (x->measure != y->measure)
        return x->measure < y->measure ? -1 : 1;
    return (x->value > y->value) - (x->value < y->value);
}

static void list_values(struct plx_kept_making *making)
{
    for (guint m = 0; m < PLX_WORD_MEASURES; m++) {
        for (gint v = G_MININT8; v <= G_MAXINT8; v++) {
            gboolean any = FALSE;
            for (guint s = 0; s < making->n_sources; s++) {
                const guint16 *const slot = making->sources[s].kept->slot[m];
                any |= slot && slot[(guint8)v] != 0;
            }
            const struct plx_kept_value value = {m, (gint8)v};
            if (any)
                g_array_append_val(making->values, value);
        }
    }
    g_array_sort(making->values, compare_values);
    for (guint s = 0; s < making->n_sources; s++) {
        struct plx_kept_source *const source = &making->sources[s];
        source->value = g_new0(guint16, source->kept->cells.stride);
        for (guint i = 0; i < making->values->len; i++) {
            const struct plx_kept_value *const value =
                &g_array_index(making->values, struct plx_kept_value, i);
            const guint16 *const slot = source->kept->slot[value->measure];
            if (slot && slot[(guint8)value->value])
                source->value[slot[(guint8)value->value]] = (guint16)(i + 1);
        }
    }
}

static gint compare_spills(gconstpointer a, gconstpointer b)
{
    const struct plx_cell_spill *const x = a, *const y = b;
    return x->cell < y->cell ? -1 : x->cell > y->cell;
}

static void make_sets(struct plx_kept_making *making, gint32 month, guint threads)
{
    put_in_order(making, month);
    cut_sets(making);
    making->n_done = making->sets->len;
    for (guint i = 0; i + 1 < making->begin->len; i++) {
        struct plx_kept_set *const set = g_new0(struct plx_kept_set, 1);
        set->data = g_byte_array_new();
        g_ptr_array_add(making->sets, set);
    }
    plx_parallel_for(threads, making->sets->len - making->n_done, plx_kept_make_set, making);
}

/* The months of all sources, each once, sorted; or one that stands for all. */
static GArray *months_of(const struct plx_kept_making *making)
{
    GArray *const months = g_array_new(FALSE, FALSE, sizeof(gint32));
    const gint32 all = ALL_MONTHS;
    if (!making->by_month)
        return g_array_append_val(months, all);
    for (guint s = 0; s < making->n_sources; s++) {
        g_autoptr(GArray) some = plx_kept_months(making->sources[s].kept);
        g_array_append_vals(months, some->data, some->len);
    }
    g_array_sort(months, compare_months);
    guint n = 0;
    for (guint i = 0; i < months->len; i++) {
        const gint32 month = g_array_index(months, gint32, i);
        if (n == 0 || month != g_array_index(months, gint32, n - 1))
            g_array_index(months, gint32, n++) = month;
    }
    return g_array_set_size(months, n);
}

static void make_all(struct plx_kept_making *making, guint threads)
{
    g_autoptr(GArray) months = months_of(making);
    list_values(making);
    making->encoders = g_new(plx_encoder *, threads);
    for (guint t = 0; t < threads; t++)
        making->encoders[t] = plx_encoder_new();
    for (guint i = 0; i < months->len; i++)
        make_sets(making, g_array_index(months, gint32, i), threads);
    for (guint t = 0; t < threads; t++)
        plx_encoder_free(making->encoders[t]);
    g_free(making->encoders);
}

static void take_sources(struct plx_kept_making *making, plx_kept *const *kept, guint n)
{
    guint32 before = 0;
    making->sources = g_new0(struct plx_kept_source, n + 1);
    making->n_sources = n;
    making->by_month = TRUE;
    for (guint s = 0; s < n; s++) {
        const struct plx_cells *const cells = &kept[s]->cells;
        making->sources[s] = (struct plx_kept_source){kept[s], before, plx_cells_used(cells), NULL};
        making->weighted |= cells->weighted;
        making->by_month &= cells->numbered;
        before += cells->n;
        g_array_sort(cells->spills, compare_spills);
    }
}

GPtrArray *plx_kept_sets(plx_kept *const *kept, guint n, guint threads)
{
    struct plx_kept_making making = {0};
    for (guint s = 0; s < n; s++)
        if (kept[s]->gave_up)
            return NULL;
    take_sources(&making, kept, n);
    making.values = g_array_new(FALSE, FALSE, sizeof(struct plx_kept_value));
    making.begin = g_array_new(FALSE, FALSE, sizeof(gsize));
    making.sets = g_ptr_array_new_with_free_func(free_set);
    const gboolean fits = measure_keys(&making);
    if (fits)
        make_all(&making, MAX(threads, 1));
    for (guint s = 0; s < n; s++) {
        g_free(making.sources[s].used);
        g_free(making.sources[s].value);
    }
    g_free(making.sources);
    g_free(making.order);
    g_array_unref(making.values);
    g_array_unref(making.begin);
    if (fits)
        return making.sets;
    g_ptr_array_unref(making.sets);
    return NULL;
}
