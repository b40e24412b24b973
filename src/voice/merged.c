/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/merged.h"

#include "base/parallel.h"
#include "voice/batch.h"

#define MANY_CELLS 8192
#define AHEAD 16

struct task {
    struct plx_merged *merged;
    const struct plx_canon_group *cells;
    const GPtrArray *parts;
    guint g;
    gsize n_ranges;
};

static inline void add(const struct plx_merged *merged, gpointer counts, gsize i, guint64 add)
{
    if (merged->narrow)
        ((guint32 *)counts)[i] += (guint32)add;
    else
        ((guint64 *)counts)[i] += add;
}

/* Counters that stand together, of the cells of a part that fall into a range of ours. */
struct span {
    const struct plx_cells *cells;
    const guint32 *map;
    guint32 from, to;
    guint base, wide;
};

/* The first cell of a part from `local` on that falls into the range; no less than cells->n when
 * there is none. */
static inline guint32 seek(const struct span *span, guint32 local)
{
    const guint32 width = span->to - span->from;
    while (local < span->cells->n && span->map[local] - span->from >= width)
        local++;
    return local;
}

/* Ours come in no order: they are asked for ahead. */
static inline void fetch(const struct span *span, guint32 local, gconstpointer n, gsize size)
{
    if (local + AHEAD < span->cells->n && span->map[local + AHEAD] != PLX_NO_CELL)
        __builtin_prefetch((const guint8 *)n + span->map[local + AHEAD] * size * span->wide, 1);
}

static inline const guint8 *counts_of(const struct span *span, guint32 local)
{
    return span->cells->counts.data + (gsize)local * span->cells->stride + span->base;
}

static void add_counts(const struct plx_merged *merged, const struct span *span, gpointer n)
{
    const guint32 wide = span->wide, n_local = span->cells->n;
    if (merged->narrow) {
        for (guint32 local = seek(span, 0); local < n_local; local = seek(span, local + 1)) {
            fetch(span, local, n, sizeof(guint32));
            const guint8 *counts = counts_of(span, local);
            guint32 *to = (guint32 *)n + (gsize)span->map[local] * wide;
            for (guint i = 0; i < wide; i++)
                to[i] += counts[i];
        }
        return;
    }
    for (guint32 local = seek(span, 0); local < n_local; local = seek(span, local + 1)) {
        const guint8 *counts = counts_of(span, local);
        guint64 *to = (guint64 *)n + (gsize)span->map[local] * wide;
        for (guint i = 0; i < wide; i++)
            to[i] += counts[i];
    }
}

static void add_weights(const struct span *span, guint64 *w, plx_u128 *w2)
{
    const struct plx_cells *cells = span->cells;
    const guint64 *part_w = (const guint64 *)(gpointer)cells->w.data;
    const plx_u128 *part_w2 = (const plx_u128 *)(gpointer)cells->w2.data;
    for (guint32 local = seek(span, 0); local < cells->n; local = seek(span, local + 1)) {
        const guint8 *counts = counts_of(span, local);
        gsize at = (gsize)local * cells->stride + span->base;
        gsize to = (gsize)span->map[local] * span->wide;
        for (guint i = 0; i < span->wide; i++) {
            w[to + i] += cells->weighted ? part_w[at + i] : counts[i] * PLX_WEIGHT_ONE;
            w2[to + i] += cells->weighted ? part_w2[at + i]
                                          : (plx_u128)counts[i] * PLX_WEIGHT_ONE * PLX_WEIGHT_ONE;
        }
    }
}

/* What a part counted of a measure or a pair. */
static void add_span(const struct plx_merged *merged, const struct span *span, gpointer n,
                     guint64 *w, plx_u128 *w2)
{
    add_counts(merged, span, n);
    if (merged->weighted)
        add_weights(span, w, w2);
}

static void add_rows(const struct plx_merged *merged, const struct plx_part_group *part,
                     struct span span)
{
    const guint first = part->first_measure;
    const guint counted = first < PLX_MEASURES_MAX ? merged->wide[first] : 0;
    const guint base = counted ? (guint)part->base[first] : 0;
    span.wide = 1;
    gsize size = merged->narrow ? sizeof(guint32) : sizeof(guint64);
    for (guint32 local = seek(&span, 0); local < span.cells->n; local = seek(&span, local + 1)) {
        fetch(&span, local, merged->rows, size);
        const guint8 *counts = counts_of(&span, local);
        guint rows = part->rows_base >= 0 ? counts[part->rows_base] : 0;
        for (guint i = 0; i < counted; i++)
            rows += counts[base + i];
        add(merged, merged->rows, span.map[local], rows);
    }
}

static void add_part(const struct plx_merged *merged, const struct plx_part_group *part,
                     const guint32 *map, guint32 from, guint32 to)
{
    struct span span = {&part->cells, map, from, to, 0, 1};
    add_rows(merged, part, span);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++) {
        if (part->base[m] < 0)
            continue;
        span.base = (guint)part->base[m];
        span.wide = merged->wide[m];
        add_span(merged, &span, merged->n[m], merged->w[m], merged->w2[m]);
    }
    for (guint p = 0; p < merged->n_pairs; p++) {
        if (part->pair_base[p] < 0)
            continue;
        span.base = (guint)part->pair_base[p];
        span.wide = merged->pair_wide[p];
        add_span(merged, &span, merged->pair_n[p], merged->pair_w[p], merged->pair_w2[p]);
    }
}

/* What a measure does not have, all the other rows are. */
static void set_empty(const struct plx_merged *merged, guint32 from, guint32 to)
{
    for (guint m = 0; m < PLX_MEASURES_MAX; m++) {
        guint wide = merged->wide[m];
        for (guint32 cell = from; merged->n[m] && cell < to; cell++) {
            gsize at = (gsize)cell * wide;
            guint64 rest = plx_merged_at(merged, merged->rows, cell);
            for (guint i = 0; i + 1 < wide; i++)
                rest -= plx_merged_at(merged, merged->n[m], at + i);
            guint64 now = plx_merged_at(merged, merged->n[m], at + wide - 1);
            add(merged, merged->n[m], at + wide - 1, rest - now);
        }
    }
}

/* Threads own ranges of our cells, so that each counter has one writer. */
static void add_range(gsize range, guint thread, gpointer data)
{
    (void)thread;
    const struct task *task = data;
    guint32 from = (guint32)(task->merged->n_cells * range / task->n_ranges);
    guint32 to = (guint32)(task->merged->n_cells * (range + 1) / task->n_ranges);
    for (guint p = 0; p < task->parts->len; p++) {
        const struct plx_part *part = g_ptr_array_index(task->parts, p);
        add_part(task->merged, &part->groups[task->g], task->cells->map[p], from, to);
    }
    set_empty(task->merged, from, to);
}

static void add_spill(const struct plx_merged *merged, const struct plx_part_group *part,
                      const struct plx_cell_spill *spill, guint32 cell)
{
    guint64 add_n = (guint64)spill->add;
    gboolean weigh = merged->weighted && !part->cells.weighted;
    plx_u128 square = (plx_u128)(plx_i128)spill->add * PLX_WEIGHT_ONE * PLX_WEIGHT_ONE;
    if ((gint)spill->slot == part->rows_base)
        add(merged, merged->rows, cell, add_n);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++) {
        guint slot = spill->slot - (guint)part->base[m];
        if (part->base[m] < 0 || (gint)spill->slot < part->base[m] || slot >= merged->wide[m])
            continue;
        gsize at = (gsize)cell * merged->wide[m] + slot;
        add(merged, merged->n[m], at, add_n);
        if (m == part->first_measure)
            add(merged, merged->rows, cell, add_n);
        if (weigh) {
            merged->w[m][at] += add_n * PLX_WEIGHT_ONE;
            merged->w2[m][at] += square;
        }
    }
    for (guint p = 0; p < merged->n_pairs; p++) {
        guint slot = spill->slot - (guint)part->pair_base[p];
        if (part->pair_base[p] < 0 || (gint)spill->slot < part->pair_base[p] ||
            slot >= merged->pair_wide[p])
            continue;
        gsize at = (gsize)cell * merged->pair_wide[p] + slot;
        add(merged, merged->pair_n[p], at, add_n);
        if (weigh) {
            merged->pair_w[p][at] += add_n * PLX_WEIGHT_ONE;
            merged->pair_w2[p][at] += square;
        }
    }
}

static void make_room(struct plx_merged *merged, const struct plx_count_plan *plan,
                      const GPtrArray *parts, guint g)
{
    const struct plx_count_group *group = &plan->groups[g];
    gsize n = MAX(merged->n_cells, 1);
    gsize size = merged->narrow ? sizeof(guint32) : sizeof(guint64);
    merged->rows = plx_pages_zeros(n * size);
    merged->n_pairs = group->pairs->len;
    merged->pair_wide = g_new0(guint, merged->n_pairs + 1);
    merged->pair_n = g_new0(gpointer, merged->n_pairs + 1);
    merged->pair_w = g_new0(guint64 *, merged->n_pairs + 1);
    merged->pair_w2 = g_new0(plx_u128 *, merged->n_pairs + 1);
    for (guint i = 0; i < parts->len; i++) {
        const struct plx_part *part = g_ptr_array_index(parts, i);
        for (guint m = 0; m < PLX_MEASURES_MAX; m++)
            merged->measures |= part->groups[g].base[m] >= 0 ? 1u << m : 0;
        for (guint p = 0; p < merged->n_pairs; p++)
            if (part->groups[g].pair_base[p] >= 0)
                merged->pair_wide[p] = 1;
    }
    for (guint m = 0; m < PLX_MEASURES_MAX; m++) {
        if (!(merged->measures >> m & 1))
            continue;
        merged->wide[m] = plx_count_width(plan, group, m);
        merged->n[m] = plx_pages_zeros(n * merged->wide[m] * size);
        if (merged->weighted) {
            merged->w[m] = plx_pages_zeros(n * merged->wide[m] * sizeof(guint64));
            merged->w2[m] = plx_pages_zeros(n * merged->wide[m] * sizeof(plx_u128));
        }
    }
    for (guint p = 0; p < merged->n_pairs; p++) {
        const struct plx_count_pair *pair = &g_array_index(group->pairs, struct plx_count_pair, p);
        if (!merged->pair_wide[p])
            continue;
        merged->pair_wide[p] = plan->width[pair->first] * plan->width[pair->second];
        merged->pair_n[p] = plx_pages_zeros(n * merged->pair_wide[p] * size);
        if (merged->weighted) {
            merged->pair_w[p] = g_new0(guint64, n * merged->pair_wide[p]);
            merged->pair_w2[p] = g_new0(plx_u128, n * merged->pair_wide[p]);
        }
    }
}

void plx_merged_make(struct plx_merged *merged, const struct plx_count_plan *plan,
                     const struct plx_canon *canon, const GPtrArray *parts, guint g,
                     guint n_threads)
{
    *merged = (struct plx_merged){.n_cells = canon->groups[g].n_cells};
    guint64 rows = 0;
    for (guint p = 0; p < parts->len; p++) {
        const struct plx_part *part = g_ptr_array_index(parts, p);
        rows += part->rows;
        merged->weighted |= part->groups[g].cells.weighted;
    }
    merged->narrow = rows <= G_MAXUINT32;
    make_room(merged, plan, parts, g);
    /* Before the rest, which then knows all rows of a cell. */
    for (guint p = 0; p < parts->len; p++) {
        const struct plx_part *part = g_ptr_array_index(parts, p);
        const struct plx_part_group *group = &part->groups[g];
        for (guint s = 0; s < group->cells.spills->len; s++) {
            const struct plx_cell_spill *spill =
                &g_array_index(group->cells.spills, struct plx_cell_spill, s);
            add_spill(merged, group, spill, canon->groups[g].map[p][spill->cell]);
        }
    }
    gsize n_ranges = merged->n_cells > MANY_CELLS ? MAX(n_threads, 1) : 1;
    struct task task = {merged, &canon->groups[g], parts, g, n_ranges};
    plx_parallel_for(n_threads, n_ranges, add_range, &task);
}

void plx_merged_clear(struct plx_merged *merged)
{
    for (guint m = 0; m < PLX_MEASURES_MAX; m++) {
        g_free(merged->n[m]);
        g_free(merged->w[m]);
        g_free(merged->w2[m]);
    }
    for (guint p = 0; p < merged->n_pairs; p++) {
        g_free(merged->pair_n[p]);
        g_free(merged->pair_w[p]);
        g_free(merged->pair_w2[p]);
    }
    g_free(merged->pair_wide);
    g_free(merged->pair_n);
    g_free(merged->pair_w);
    g_free(merged->pair_w2);
    g_free(merged->rows);
    *merged = (struct plx_merged){0};
}
