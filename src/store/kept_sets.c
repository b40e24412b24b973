/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the cells of several threads to sets of cells as the file has them. */

#include "base/parallel.h"
#include "store/kept_private.h"
#include "voice/order.h"

#include <string.h>

/* A set ends with the place that fills it. */
#define SET_CELLS 1024

/* A value of a measure that some cell has. */
struct value {
    guint measure; /* code - 1 */
    gint8 value;
};

/* One thread's counts, ready to be looked up. */
struct source {
    const plx_kept *kept;
    guint32 before; /* cells of those before it */
    guint8 *used;   /* marks of cells that have rows; NULL: all have */
    guint16 *value; /* by counter: number of the value + 1; 0: rows */
};

struct making {
    struct source *sources;
    guint n_sources;
    GArray *values; /* struct value, by measure and value */
    gboolean weighted;
    gboolean by_month;         /* cells of a month stand together: one after another saves memory */
    struct plx_ordered *order; /* cells at hand, by month, place, audience, subject */
    gsize n, room;
    guint bits[KEPT_FIELDS];
    GArray *begin; /* gsize: where sets begin in `order`, n at the end */
    GPtrArray *sets;
    guint n_done;           /* sets of the months before */
    plx_encoder **encoders; /* by thread */
};

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

/* Months in keys are one more than they are; 0: without time. */
static gint32 month_of(guint32 code)
{
    return code ? (gint32)code - 1 : PLX_NO_DAY;
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

static const guint ORDER[KEPT_FIELDS] = {KEPT_MONTH, KEPT_PLACE, KEPT_AUDIENCE, KEPT_SUBJECT};

static guint32 code_in(const struct making *making, guint64 key, guint field)
{
    guint shift = 0;
    for (guint i = KEPT_FIELDS - 1; i > 0 && ORDER[i] != field; i--)
        shift += making->bits[ORDER[i]];
    return (guint32)(key >> shift & ((G_GUINT64_CONSTANT(1) << making->bits[field]) - 1));
}

/* The codes of a cell in a key: months as they are. */
static void keys_of(const struct source *source, const guint32 *code, guint32 *key)
{
    const gint32 month = plx_kept_month(source->kept, code[KEPT_MONTH]);
    for (guint f = 0; f < KEPT_FIELDS; f++)
        key[f] = code[f];
    key[KEPT_MONTH] = month == PLX_NO_DAY ? 0 : (guint32)month + 1;
}

#define ALL_MONTHS G_MAXINT32

/* Where the cells of a month are. */
static void range_of(const struct source *source, gint32 month, guint32 *from, guint32 *end)
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
static void walk(struct making *making, gint32 month,
                 void (*take)(struct making *making, const guint32 *key, guint32 number))
{
    for (guint s = 0; s < making->n_sources; s++) {
        const struct source *const source = &making->sources[s];
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

static void take_most(struct making *making, const guint32 *key, guint32 number)
{
    (void)number;
    for (guint f = 0; f < KEPT_FIELDS; f++)
        making->bits[f] = MAX(making->bits[f], (guint)g_bit_storage(key[f]));
}

/* FALSE when the codes do not fit into one number. */
static gboolean measure_keys(struct making *making)
{
    guint bits = 0;
    walk(making, ALL_MONTHS, take_most);
    for (guint f = 0; f < KEPT_FIELDS; f++)
        bits += making->bits[f];
    return bits <= 63;
}

static void take_entry(struct making *making, const guint32 *key, guint32 number)
{
    guint64 packed = 0;
    for (guint i = 0; i < KEPT_FIELDS; i++)
        packed = packed << making->bits[ORDER[i]] | key[ORDER[i]];
    if (making->n == making->room) {
        making->room = MAX(2 * making->room, 4096);
        making->order = g_renew(struct plx_ordered, making->order, making->room);
    }
    making->order[making->n++] = (struct plx_ordered){packed, number};
}

static void put_in_order(struct making *making, gint32 month)
{
    guint bits = 0;
    for (guint f = 0; f < KEPT_FIELDS; f++)
        bits += making->bits[f];
    making->n = 0;
    walk(making, month, take_entry);
    plx_order_sort(making->order, making->n, bits);
}

static void cut_sets(struct making *making)
{
    guint32 cells = 0, month = 0, place = 0;
    g_array_set_size(making->begin, 0);
    for (gsize i = 0; i < making->n; i++) {
        const guint64 key = making->order[i].key;
        if (i > 0 && key == making->order[i - 1].key)
            continue;
        const guint32 month_now = code_in(making, key, KEPT_MONTH);
        const guint32 place_now = code_in(making, key, KEPT_PLACE);
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
    const struct value *const x = a, *const y = b;
    if (x->measure != y->measure)
        return x->measure < y->measure ? -1 : 1;
    return (x->value > y->value) - (x->value < y->value);
}

static void list_values(struct making *making)
{
    for (guint m = 0; m < PLX_WORD_MEASURES; m++) {
        for (gint v = G_MININT8; v <= G_MAXINT8; v++) {
            gboolean any = FALSE;
            for (guint s = 0; s < making->n_sources; s++) {
                const guint16 *const slot = making->sources[s].kept->slot[m];
                any |= slot && slot[(guint8)v] != 0;
            }
            const struct value value = {m, (gint8)v};
            if (any)
                g_array_append_val(making->values, value);
        }
    }
    g_array_sort(making->values, compare_values);
    for (guint s = 0; s < making->n_sources; s++) {
        struct source *const source = &making->sources[s];
        source->value = g_new0(guint16, source->kept->cells.stride);
        for (guint i = 0; i < making->values->len; i++) {
            const struct value *const value = &g_array_index(making->values, struct value, i);
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

/* Filling ------------------------------------------------------------------------------------- */

/* The cells of a set while they are filled: counts by value, rows last. */
struct filling {
    const struct making *making;
    struct plx_kept_cells *cells;
    guint64 *n; /* [value * n cells + cell] */
    guint64 *w; /* likewise, or NULL */
    plx_u128 *w2;
    guint8 *early, *late; /* days as the counters have them */
};

static void fill_spills(const struct filling *to, const struct source *source, guint32 cell,
                        guint32 at)
{
    const GArray *const spills = source->kept->cells.spills;
    guint low = 0, high = spills->len;
    while (low < high) {
        const guint middle = low + (high - low) / 2;
        if (g_array_index(spills, struct plx_cell_spill, middle).cell < cell)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < spills->len; low++) {
        const struct plx_cell_spill *const spill =
            &g_array_index(spills, struct plx_cell_spill, low);
        if (spill->cell != cell)
            return;
        const guint value = source->value[spill->slot];
        if (spill->slot == KEPT_ROWS)
            to->cells->rows[at] += (guint32)spill->add;
        else if (value)
            to->n[(gsize)(value - 1) * to->cells->n + at] += (guint64)spill->add;
    }
}

/* Spills of weights there are none: they are wide. Where nothing was weighed, every row weighs one.
 */
static void fill_cell(const struct filling *to, const struct source *source, guint32 cell,
                      guint32 at)
{
    const struct plx_cells *const cells = &source->kept->cells;
    const gsize first = (gsize)cell * cells->stride;
    const guint8 *const counts = cells->counts.data + first;
    to->cells->rows[at] += counts[KEPT_ROWS];
    to->early[at] = MAX(to->early[at], counts[KEPT_EARLY]);
    to->late[at] = MAX(to->late[at], counts[KEPT_LATE]);
    for (guint slot = KEPT_COUNTERS; slot < cells->stride; slot++) {
        const guint value = source->value[slot];
        if (!value)
            continue;
        const gsize i = (gsize)(value - 1) * to->cells->n + at;
        to->n[i] += counts[slot];
        if (!cells->weighted)
            continue;
        to->w[i] += ((const guint64 *)(gconstpointer)cells->w.data)[first + slot];
        to->w2[i] += ((const plx_u128 *)(gconstpointer)cells->w2.data)[first + slot];
    }
    fill_spills(to, source, cell, at);
}

/* Rows of threads that met no weights weigh one each. */
static void fill_ones(const struct filling *to, const struct source *source, const guint64 *before,
                      guint32 at)
{
    for (guint v = 0; to->w && !source->kept->cells.weighted && v < to->making->values->len; v++) {
        const gsize i = (gsize)v * to->cells->n + at;
        const guint64 more = to->n[i] - before[v];
        to->w[i] += more * PLX_WEIGHT_ONE;
        to->w2[i] += (plx_u128)more * PLX_WEIGHT_ONE * PLX_WEIGHT_ONE;
    }
}

static const struct source *source_of(const struct making *making, guint32 number)
{
    guint s = making->n_sources - 1;
    while (making->sources[s].before > number)
        s--;
    return &making->sources[s];
}

static void fill_entry(const struct filling *to, const struct plx_ordered *entry, guint32 at,
                       guint64 *before)
{
    const struct source *const source = source_of(to->making, entry->value);
    for (guint v = 0; to->w && v < to->making->values->len; v++)
        before[v] = to->n[(gsize)v * to->cells->n + at];
    fill_cell(to, source, entry->value - source->before, at);
    fill_ones(to, source, before, at);
}

static guint32 fill(const struct filling *to, gsize from, gsize end)
{
    const struct making *const making = to->making;
    g_autofree guint64 *before = g_new0(guint64, making->values->len + 1);
    guint32 at = G_MAXUINT32;
    for (gsize i = from; i < end; i++) {
        const guint64 key = making->order[i].key;
        if (i == from || key != making->order[i - 1].key) {
            at++;
            to->cells->place[at] = code_in(making, key, KEPT_PLACE);
            to->cells->audience[at] = code_in(making, key, KEPT_AUDIENCE);
            to->cells->subject[at] = code_in(making, key, KEPT_SUBJECT) - 1;
        }
        fill_entry(to, &making->order[i], at, before);
    }
    return at + 1;
}

/* From numbers to columns --------------------------------------------------------------------- */

static gboolean is_used(const struct filling *from, guint value)
{
    const guint64 *const n = from->n + (gsize)value * from->cells->n;
    for (guint32 i = 0; i < from->cells->n; i++)
        if (n[i])
            return TRUE;
    return FALSE;
}

static void take_value(const struct filling *from, guint value, gint8 min, guint k)
{
    const struct value *const what = &g_array_index(from->making->values, struct value, value);
    struct plx_kept_measure *const measure = &from->cells->measure[what->measure];
    const guint v = what->value == PLX_CELL_NA         ? k
                    : what->value == PLX_CELL_DECLINED ? k + 1
                                                       : (guint)(what->value - min);
    for (guint32 i = 0; i < from->cells->n; i++) {
        const gsize to = (gsize)v * from->cells->n + i, at = (gsize)value * from->cells->n + i;
        measure->n[to] = (guint32)from->n[at];
        if (v >= k || !measure->w)
            continue;
        measure->w[to] = from->w[at];
        measure->w2_low[to] = (guint64)from->w2[at];
        measure->w2_high[to] = (guint64)(from->w2[at] >> 64);
    }
}

/* The values from..end - 1 are those of one measure. */
static void take_measure(const struct filling *from, guint first, guint end)
{
    gint least = G_MAXINT, most = G_MININT;
    gboolean any = FALSE;
    for (guint value = first; value < end; value++) {
        const struct value *const what = &g_array_index(from->making->values, struct value, value);
        if (!is_used(from, value))
            continue;
        any = TRUE;
        if (what->value == PLX_CELL_NA || what->value == PLX_CELL_DECLINED)
            continue;
        least = MIN(least, what->value);
        most = MAX(most, what->value);
    }
    if (!any)
        return;
    const guint k = least <= most ? (guint)(most - least) + 1 : 0;
    const gint8 min = k ? (gint8)least : 0;
    const guint measure = g_array_index(from->making->values, struct value, first).measure;
    plx_kept_cells_add(from->cells, measure + 1, min, k);
    for (guint value = first; value < end; value++)
        if (is_used(from, value))
            take_value(from, value, min, k);
}

static void take_days(const struct filling *from)
{
    for (guint32 i = 0; from->cells->timed && i < from->cells->n; i++) {
        from->cells->first[i] = (guint8)(KEPT_NO_DAY - 1 - from->early[i]);
        from->cells->last[i] = (guint8)(from->late[i] - 1);
    }
}

/* That some column of weights was there says nothing about these cells. */
static gboolean has_weights(const struct filling *from)
{
    for (guint v = 0; v < from->making->values->len; v++) {
        const gint8 value = g_array_index(from->making->values, struct value, v).value;
        for (guint32 i = 0; value > PLX_CELL_DECLINED && i < from->cells->n; i++) {
            const gsize at = (gsize)v * from->cells->n + i;
            if (from->w[at] != from->n[at] * PLX_WEIGHT_ONE ||
                from->w2[at] != (plx_u128)from->n[at] * PLX_WEIGHT_ONE * PLX_WEIGHT_ONE)
                return TRUE;
        }
    }
    return FALSE;
}

static void take_measures(const struct filling *from)
{
    const GArray *const values = from->making->values;
    for (guint first = 0, end; first < values->len; first = end) {
        const guint measure = g_array_index(values, struct value, first).measure;
        for (end = first; end < values->len;)
            if (g_array_index(values, struct value, end).measure == measure)
                end++;
            else
                break;
        take_measure(from, first, end);
    }
}

static guint32 count_cells(const struct making *making, gsize from, gsize end)
{
    guint32 n = 1;
    for (gsize i = from + 1; i < end; i++)
        n += making->order[i].key != making->order[i - 1].key;
    return n;
}

static void make_set(gsize index, guint thread, gpointer data)
{
    const struct making *const making = data;
    const gsize from = g_array_index(making->begin, gsize, index);
    const gsize end = g_array_index(making->begin, gsize, index + 1);
    struct plx_kept_set *const set = making->sets->pdata[making->n_done + index];
    struct plx_kept_cells cells;
    set->month = month_of(code_in(making, making->order[from].key, KEPT_MONTH));
    set->cells = count_cells(making, from, end);
    plx_kept_cells_init(&cells, set->cells, set->month != PLX_NO_DAY, FALSE);
    const gsize n = (gsize)making->values->len * set->cells + 1;
    const struct filling filling = {.making = making,
                                    .cells = &cells,
                                    .n = g_new0(guint64, n),
                                    .w = making->weighted ? g_new0(guint64, n) : NULL,
                                    .w2 = making->weighted ? g_new0(plx_u128, n) : NULL,
                                    .early = g_new0(guint8, set->cells),
                                    .late = g_new0(guint8, set->cells)};
    fill(&filling, from, end);
    take_days(&filling);
    cells.weighted = making->weighted && has_weights(&filling);
    take_measures(&filling);
    set->first_place = cells.place[0];
    set->last_place = cells.place[set->cells - 1];
    for (guint32 i = 0; i < set->cells; i++)
        set->rows += cells.rows[i];
    plx_kept_encode(making->encoders[thread], &cells, set->data);
    g_free(filling.n);
    g_free(filling.w);
    g_free(filling.w2);
    g_free(filling.early);
    g_free(filling.late);
    plx_kept_cells_clear(&cells);
}

static void make_sets(struct making *making, gint32 month, guint threads)
{
    put_in_order(making, month);
    cut_sets(making);
    making->n_done = making->sets->len;
    for (guint i = 0; i + 1 < making->begin->len; i++) {
        struct plx_kept_set *const set = g_new0(struct plx_kept_set, 1);
        set->data = g_byte_array_new();
        g_ptr_array_add(making->sets, set);
    }
    plx_parallel_for(threads, making->sets->len - making->n_done, make_set, making);
}

/* The months of all sources, each once, sorted; or one that stands for all. */
static GArray *months_of(const struct making *making)
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

static void make_all(struct making *making, guint threads)
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

static void take_sources(struct making *making, plx_kept *const *kept, guint n)
{
    guint32 before = 0;
    making->sources = g_new0(struct source, n + 1);
    making->n_sources = n;
    making->by_month = TRUE;
    for (guint s = 0; s < n; s++) {
        const struct plx_cells *const cells = &kept[s]->cells;
        making->sources[s] = (struct source){kept[s], before, plx_cells_used(cells), NULL};
        making->weighted |= cells->weighted;
        making->by_month &= cells->numbered;
        before += cells->n;
        g_array_sort(cells->spills, compare_spills);
    }
}

GPtrArray *plx_kept_sets(plx_kept *const *kept, guint n, guint threads)
{
    struct making making = {0};
    for (guint s = 0; s < n; s++)
        if (kept[s]->gave_up)
            return NULL;
    take_sources(&making, kept, n);
    making.values = g_array_new(FALSE, FALSE, sizeof(struct value));
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
