/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/kept_answer.h"

#include "base/date.h"
#include "base/parallel.h"

#define AHEAD_PER_THREAD 8

/* What there is of one import. */
struct holding {
    guint64 in_blocks, in_counts;
};

struct plx_kept_use {
    GHashTable *imports;                   /* gint64 -> struct holding: of those that are used */
    GArray *entries;                       /* struct plx_kept_entry that may be needed */
    guint8 columns[PLX_BLOCK_COLUMNS / 8]; /* that the imports' blocks have */
    guint32 measures;                      /* asked for, by number on the map */
};

/* Which questions ----------------------------------------------------------------------------- */

static gboolean is_split_by_cell(const struct plx_split *split)
{
    return split->kind == PLX_SPLIT_MONTH ||
           (split->kind == PLX_SPLIT_DIM &&
            (split->dim == PLX_DIM_PLACE || split->dim == PLX_DIM_AUDIENCE ||
             split->dim == PLX_DIM_SUBJECT));
}

static gboolean is_of_cells(const struct plx_need *need)
{
    const guint64 looks_at = plx_filter_columns(need->filter);
    const guint64 known =
        1u << PLX_DIM_AUDIENCE | 1u << PLX_DIM_SUBJECT | 1u << PLX_DIM_PLACE | PLX_FILTER_DAYS;
    if ((need->kinds & ~(guint)(PLX_NEED_COUNTS | PLX_NEED_COLUMNS)) || need->first_unseen ||
        (need->measures & PLX_MEASURE_FLAGS) /* which are not kept */ || (looks_at & ~known) ||
        !plx_filter_is_monthly(need->filter))
        return FALSE;
    for (guint s = 0; s < need->n_splits; s++)
        if (!is_split_by_cell(&need->splits[s]))
            return FALSE;
    return TRUE;
}

/* Which imports ------------------------------------------------------------------------------- */

static struct holding *holding_of(GHashTable *imports, gint64 import)
{
    struct holding *holding = g_hash_table_lookup(imports, &import);
    if (!holding) {
        holding = g_new0(struct holding, 1);
        g_hash_table_insert(imports, g_memdup2(&import, sizeof import), holding);
    }
    return holding;
}

/* Counts that do not stand for all rows of their import stand for none. */
static gboolean is_incomplete(gpointer key, gpointer value, gpointer data)
{
    (void)key;
    (void)data;
    const struct holding *const holding = value;
    return holding->in_blocks != holding->in_counts;
}

static void find_imports(plx_kept_use *use, const GPtrArray *blocks, const GArray *entries)
{
    for (guint b = 0; b < blocks->len; b++) {
        const struct plx_shelf_block *const block = blocks->pdata[b];
        holding_of(use->imports, block->import)->in_blocks += block->rows;
    }
    for (guint i = 0; i < entries->len; i++) {
        const struct plx_kept_entry *const entry =
            &g_array_index(entries, struct plx_kept_entry, i);
        holding_of(use->imports, entry->import)->in_counts += entry->rows;
    }
    g_hash_table_foreach_remove(use->imports, is_incomplete, NULL);
    for (guint b = 0; b < blocks->len; b++) {
        const struct plx_shelf_block *const block = blocks->pdata[b];
        for (gsize i = 0;
             g_hash_table_contains(use->imports, &block->import) && i < sizeof use->columns; i++)
            use->columns[i] |= block->columns[i];
    }
}

/* Which sets ---------------------------------------------------------------------------------- */

/* The first day of a month, and the last. */
static void days_of(gint32 month, gint32 *first, gint32 *last)
{
    *first = *last = PLX_NO_DAY;
    if (month == PLX_NO_DAY)
        return;
    *first = plx_date_days(month / 12, month % 12 + 1, 1);
    *last = *first + (gint32)plx_date_month_days(month / 12, month % 12 + 1) - 1;
}

static gboolean any_may_pass(const struct plx_need *needs, guint n_needs,
                             const struct plx_filter_known *known)
{
    for (guint i = 0; i < n_needs; i++)
        if (plx_filter_may_pass(needs[i].filter, known))
            return TRUE;
    return FALSE;
}

/* By code: how many places up to it may pass. */
static guint32 *count_places(const plx_store *store, const struct plx_need *needs, guint n_needs)
{
    const guint32 n = plx_words_size(store->words, PLX_WORD_PLACE) + 1;
    guint32 *const passing = g_new(guint32, n);
    for (guint32 code = 0; code < n; code++) {
        const char *const text =
            code ? plx_words_get(store->words, PLX_WORD_PLACE, code)->text : "";
        const struct plx_filter_known known = {text, 1, 0};
        passing[code] =
            (code ? passing[code - 1] : 0) + (any_may_pass(needs, n_needs, &known) ? 1 : 0);
    }
    return passing;
}

static gboolean month_may_pass(const struct plx_need *needs, guint n_needs, gint32 month)
{
    struct plx_filter_known known = {0};
    days_of(month, &known.since, &known.until);
    return any_may_pass(needs, n_needs, &known);
}

/* FALSE when an entry names what there is not. */
static gboolean choose_entries(plx_kept_use *use, const plx_store *store,
                               const struct plx_need *needs, guint n_needs, const GArray *entries)
{
    const guint32 n = plx_words_size(store->words, PLX_WORD_PLACE) + 1;
    g_autofree guint32 *passing = count_places(store, needs, n_needs);
    for (guint i = 0; i < entries->len; i++) {
        const struct plx_kept_entry *const entry =
            &g_array_index(entries, struct plx_kept_entry, i);
        if (!g_hash_table_contains(use->imports, &entry->import))
            continue;
        if (entry->first_place > entry->last_place || entry->last_place >= n)
            return FALSE;
        const guint32 before = entry->first_place ? passing[entry->first_place - 1] : 0;
        if (passing[entry->last_place] > before && month_may_pass(needs, n_needs, entry->month))
            g_array_append_val(use->entries, *entry);
    }
    return TRUE;
}

/* Cells are counted about as fast as rows. */
static gboolean pays(const plx_kept_use *use)
{
    guint64 cells = 0, rows = 0;
    GHashTableIter iter;
    gpointer value;
    for (guint i = 0; i < use->entries->len; i++)
        cells += g_array_index(use->entries, struct plx_kept_entry, i).cells;
    g_hash_table_iter_init(&iter, use->imports);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        rows += ((const struct holding *)value)->in_blocks;
    return plx_kept_pays(cells, rows, PLX_KEPT_FEW);
}

plx_kept_use *plx_kept_use_new(plx_store *store, const struct plx_need *needs, guint n_needs,
                               const GPtrArray *blocks)
{
    for (guint i = 0; i < n_needs; i++)
        if (!is_of_cells(&needs[i]))
            return NULL;
    g_autoptr(GArray) entries = plx_kept_list(store->db, 0, NULL);
    if (!entries || entries->len == 0)
        return NULL;
    g_autoptr(plx_kept_use) use = g_new0(plx_kept_use, 1);
    use->imports = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    use->entries = g_array_new(FALSE, FALSE, sizeof(struct plx_kept_entry));
    for (guint i = 0; i < n_needs; i++)
        use->measures |= needs[i].measures;
    find_imports(use, blocks, entries);
    if (!choose_entries(use, store, needs, n_needs, entries) || !pays(use))
        return NULL;
    return g_steal_pointer(&use);
}

void plx_kept_use_free(plx_kept_use *use)
{
    if (!use)
        return;
    g_hash_table_unref(use->imports);
    g_array_unref(use->entries);
    g_free(use);
}

gboolean plx_kept_use_leaves(const struct plx_shelf_block *block, gconstpointer data)
{
    const plx_kept_use *const use = data;
    return !g_hash_table_contains(use->imports, &block->import);
}

/* Giving -------------------------------------------------------------------------------------- */

struct giving {
    plx_store *store;
    const plx_kept_use *use;
    const struct plx_lexicon *lexicon;
    plx_sink *sink;
    guint8 wanted[PLX_WORD_MEASURES];
    guint from;
    GBytes **bytes;  /* of the entries from `from` on */
    GError **errors; /* by thread */
};

static gboolean has_column(const plx_kept_use *use, guint column)
{
    return use->columns[column / 8] >> column % 8 & 1;
}

/* Which measures there are, and whether anything is weighted. */
static gboolean declare(const struct giving *g, GError **error)
{
    static const struct plx_counted_measure nothing;
    const struct plx_batch none = {.dims = &g->lexicon->dims};
    struct plx_counted counted = {.cells = &none, .weighted = has_column(g->use, PLX_BLOCK_WEIGHT)};
    for (guint m = 0; m < g->lexicon->n_measures; m++)
        if (g->lexicon->measure[m] >= 0 && has_column(g->use, PLX_BLOCK_MEASURE + m))
            counted.measure[g->lexicon->measure[m]] = &nothing;
    return plx_count_sink_add_counted(g->sink, 0, &counted, error);
}

/* From codes of the file to those of the lexicon. */
static gboolean recode(const struct giving *g, guint dim, guint32 *codes, guint32 n)
{
    const guint32 *const to = g->lexicon->to[dim];
    for (guint32 i = 0; i < n; i++) {
        if (codes[i] >= g->lexicon->size[dim])
            return FALSE;
        codes[i] = to ? to[codes[i]] : codes[i];
    }
    return TRUE;
}

/* Days and months of cells, which are all in one month. */
struct times {
    gint32 *first, *last, *month;
};

static struct times times_of(const struct plx_kept_entry *entry, const struct plx_kept_cells *cells)
{
    struct times times = {0};
    gint32 day, end;
    if (entry->month == PLX_NO_DAY)
        return times;
    days_of(entry->month, &day, &end);
    times.first = g_new(gint32, cells->n);
    times.last = g_new(gint32, cells->n);
    times.month = g_new(gint32, cells->n);
    for (guint32 i = 0; i < cells->n; i++) {
        times.first[i] = day + cells->first[i];
        times.last[i] = day + cells->last[i];
        times.month[i] = entry->month;
    }
    return times;
}

static gboolean add_cells(const struct giving *g, guint thread, const struct plx_kept_entry *entry,
                          const struct plx_kept_cells *cells, GError **error)
{
    struct plx_counted_measure measures[PLX_MEASURES_MAX];
    struct plx_batch batch = {.n = cells->n, .dims = &g->lexicon->dims};
    const struct times times = times_of(entry, cells);
    struct plx_counted counted = {
        .cells = &batch, .last_day = times.last, .rows = cells->rows, .weighted = cells->weighted};
    batch.dim[PLX_DIM_AUDIENCE] = cells->audience;
    batch.dim[PLX_DIM_SUBJECT] = cells->subject;
    batch.dim[PLX_DIM_PLACE] = cells->place;
    batch.day = times.first;
    batch.month = times.month;
    for (guint m = 0; m < g->lexicon->n_measures; m++) {
        const struct plx_kept_measure *const from = &cells->measure[m];
        const gint number = g->lexicon->measure[m];
        if (!from->n || number < 0)
            continue;
        measures[number] = (struct plx_counted_measure){from->min, from->k,      from->n,
                                                        from->w,   from->w2_low, from->w2_high};
        counted.measure[number] = &measures[number];
    }
    const gboolean ok = plx_count_sink_add_counted(g->sink, thread, &counted, error);
    g_free(times.first);
    g_free(times.last);
    g_free(times.month);
    return ok;
}

static void give_entry(gsize index, guint thread, gpointer data)
{
    const struct giving *const g = data;
    const struct plx_kept_entry *const entry =
        &g_array_index(g->use->entries, struct plx_kept_entry, g->from + index);
    GError **const error = &g->errors[thread];
    struct plx_kept_cells cells;
    if (*error || !plx_kept_read(g->store->db, entry, g->bytes[index], g->wanted, &cells, error))
        return;
    if (recode(g, PLX_DIM_AUDIENCE, cells.audience, cells.n) &&
        recode(g, PLX_DIM_SUBJECT, cells.subject, cells.n) &&
        recode(g, PLX_DIM_PLACE, cells.place, cells.n))
        add_cells(g, thread, entry, &cells, error);
    else
        plx_db_damaged(g->store->db, error, "kept counts %" G_GINT64_FORMAT, entry->id);
    plx_kept_cells_clear(&cells);
}

static gboolean give_some(struct giving *g, guint n, guint threads, GError **error)
{
    gboolean ok = TRUE;
    for (guint i = 0; ok && i < n; i++) {
        const struct plx_kept_entry *const entry =
            &g_array_index(g->use->entries, struct plx_kept_entry, g->from + i);
        g->bytes[i] = plx_kept_load(g->store->db, entry, error);
        ok = g->bytes[i] != NULL;
    }
    if (ok)
        plx_parallel_for(threads, n, give_entry, g);
    for (guint t = 0; t < threads; t++) {
        if (ok && g->errors[t]) {
            g_propagate_error(error, g_steal_pointer(&g->errors[t]));
            ok = FALSE;
        }
        g_clear_error(&g->errors[t]);
    }
    for (guint i = 0; i < n; i++)
        g_clear_pointer(&g->bytes[i], g_bytes_unref);
    return ok;
}

gboolean plx_kept_use_give(plx_store *store, const plx_kept_use *use,
                           const struct plx_lexicon *lexicon, guint threads, plx_sink *sink,
                           GError **error)
{
    struct giving g = {.store = store, .use = use, .lexicon = lexicon, .sink = sink};
    const guint step = threads * AHEAD_PER_THREAD;
    for (guint m = 0; m < lexicon->n_measures; m++)
        g.wanted[m] = lexicon->measure[m] >= 0 && use->measures >> lexicon->measure[m] & 1;
    g.bytes = g_new0(GBytes *, step);
    g.errors = g_new0(GError *, threads);
    gboolean ok = declare(&g, error);
    for (; ok && g.from < use->entries->len; g.from += step)
        ok = give_some(&g, MIN(step, use->entries->len - g.from), threads, error);
    g_free(g.bytes);
    g_free(g.errors);
    return ok;
}
