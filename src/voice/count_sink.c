/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "voice/settled.h"
#include "voice/table.h"

#include <string.h>

#define DAY_OFFSET 719526

struct count_sink {
    plx_sink base;
    const plx_map *map;
    const struct plx_need *needs;
    guint n_needs, n_workers;
    struct plx_count_plan *plan;
    plx_weigher **weighers;  /* by worker; NULL: rows keep their weights */
    GPtrArray **parts;       /* struct plx_part, by worker: one for each set of dictionaries */
    GPtrArray *settled;      /* struct plx_settled_units */
    struct plx_canon *canon; /* until rows are added or taken back again */
    struct plx_unit_index *units;
    struct plx_answer *answer;
};

static struct plx_part *part_for(struct count_sink *sink, guint worker, const struct plx_dims *dims)
{
    GPtrArray *parts = sink->parts[worker];
    for (guint i = parts->len; i-- > 0;) {
        struct plx_part *part = g_ptr_array_index(parts, i);
        if (part->dims == dims)
            return part;
    }
    struct plx_part *part = plx_part_new(sink->plan, worker, dims);
    g_ptr_array_add(parts, part);
    return part;
}

static const struct plx_batch *weigh(const struct count_sink *sink, guint worker,
                                     const struct plx_batch *batch)
{
    return sink->weighers ? plx_weigher_apply(sink->weighers[worker], batch) : batch;
}

static gboolean sink_add(plx_sink *base, guint worker, const struct plx_batch *batch,
                         GError **error)
{
    struct count_sink *sink = (struct count_sink *)base;
    return plx_part_add(part_for(sink, worker, batch->dims), weigh(sink, worker, batch), FALSE,
                        error);
}

gboolean plx_count_sink_add_counted(plx_sink *base, guint worker, const struct plx_counted *counted,
                                    GError **error)
{
    struct count_sink *sink = (struct count_sink *)base;
    return plx_part_add_counted(part_for(sink, worker, counted->cells->dims), counted, error);
}

const struct plx_count_plan *plx_count_sink_plan(const plx_sink *base)
{
    return ((const struct count_sink *)base)->plan;
}

gboolean plx_count_sink_add_settled(plx_sink *base, const struct plx_settled *settled,
                                    guint32 *cell, GError **error)
{
    struct count_sink *sink = (struct count_sink *)base;
    return plx_part_add_settled(part_for(sink, 0, settled->counted.cells->dims), settled, cell,
                                error);
}

void plx_count_sink_add_settled_units(plx_sink *base, const struct plx_dims *dims,
                                      struct plx_settled_units *units)
{
    struct count_sink *sink = (struct count_sink *)base;
    units->part = part_for(sink, 0, dims);
    g_ptr_array_add(sink->settled, units);
}

static void forget(struct count_sink *sink)
{
    g_clear_pointer(&sink->units, plx_unit_index_free);
    g_clear_pointer(&sink->canon, plx_canon_free);
}

static gboolean sink_retract(plx_sink *base, guint worker, const struct plx_batch *batch,
                             GError **error)
{
    struct count_sink *sink = (struct count_sink *)base;
    forget(sink);
    return plx_part_add(part_for(sink, worker, batch->dims), weigh(sink, worker, batch), TRUE,
                        error);
}

static GPtrArray *all_parts(const struct count_sink *sink)
{
    GPtrArray *all = g_ptr_array_new();
    for (guint w = 0; w < sink->n_workers; w++)
        for (guint i = 0; i < sink->parts[w]->len; i++)
            g_ptr_array_add(all, g_ptr_array_index(sink->parts[w], i));
    return all;
}

/* Once there are numbers for all cells. */
static void add_settled(const struct count_sink *sink, const GPtrArray *parts)
{
    for (guint i = 0; i < sink->settled->len; i++) {
        const struct plx_settled_units *const settled = sink->settled->pdata[i];
        guint p = 0;
        while (parts->pdata[p] != settled->part)
            p++;
        plx_settled_units_add(settled, sink->plan, sink->canon, p,
                              &sink->units->totals[0].groups[settled->g]);
    }
}

/* Puts units together once; again only when rows were taken back since. */
static gboolean resolve(struct count_sink *sink, const GPtrArray *parts, GError **error)
{
    if (sink->units)
        return TRUE;
    if (!sink->canon)
        sink->canon = plx_canon_new(sink->plan, parts);
    for (guint g = 0; g < sink->plan->n_groups; g++)
        if (sink->plan->groups[g].stream != PLX_NO_STREAM &&
            !plx_canon_make(sink->canon, sink->plan, parts, g, sink->n_workers, error))
            return FALSE;
    sink->units = plx_unit_index_resolve(sink->plan, sink->canon, parts, sink->n_workers);
    add_settled(sink, parts);
    return TRUE;
}

static gboolean sink_suspects(plx_sink *base, struct plx_suspect **suspects, gsize *n,
                              GError **error)
{
    struct count_sink *sink = (struct count_sink *)base;
    g_autoptr(GPtrArray) parts = all_parts(sink);
    if (!resolve(sink, parts, error))
        return FALSE;
    GArray *found = plx_unit_index_suspects(sink->units);
    struct plx_suspect *out = g_new(struct plx_suspect, found->len);
    for (guint i = 0; i < found->len; i++)
        out[i].encounter = g_array_index(found, guint64, i);
    *n = found->len;
    *suspects = out;
    g_array_free(found, TRUE);
    return TRUE;
}

static void add_days(struct plx_answer *answer, const struct plx_part *part)
{
    for (guint b = 0; b < PLX_CALENDAR_BLOCKS; b++) {
        for (guint i = 0; part->days.block[b] && i < PLX_CALENDAR_BLOCK; i++) {
            if (!part->days.block[b][i])
                continue;
            gint32 day = (gint32)(b * PLX_CALENDAR_BLOCK + i) - DAY_OFFSET;
            answer->first_day = answer->has_days ? MIN(answer->first_day, day) : day;
            answer->last_day = answer->has_days ? MAX(answer->last_day, day) : day;
            answer->has_days = TRUE;
        }
    }
}

/* Days taken back in another part than they were added to cancel out in the sum. */
static void total_days(struct plx_answer *answer, const GPtrArray *parts)
{
    struct plx_part sum = {0};
    for (guint p = 0; p < parts->len; p++) {
        const struct plx_part *part = g_ptr_array_index(parts, p);
        for (guint b = 0; b < PLX_CALENDAR_BLOCKS; b++)
            for (guint i = 0; part->days.block[b] && i < PLX_CALENDAR_BLOCK; i++)
                *plx_calendar_at(&sum.days, b * PLX_CALENDAR_BLOCK + i) += part->days.block[b][i];
    }
    add_days(answer, &sum);
    plx_calendar_clear(&sum.days);
}

static void fill_totals(const struct count_sink *sink, struct plx_answer *answer,
                        const GPtrArray *parts)
{
    for (guint p = 0; p < parts->len; p++) {
        const struct plx_part *part = g_ptr_array_index(parts, p);
        answer->observations += part->rows;
        answer->without_time += part->without_time;
        answer->measures |= part->measures;
    }
    total_days(answer, parts);
    for (guint t = 0; t < sink->units->n_threads; t++) {
        answer->encounters += sink->units->totals[t].encounters;
        answer->encounters_unknown += sink->units->totals[t].encounters_unknown;
        answer->respondents += sink->units->totals[t].respondents;
    }
}

static void fill_subjects(struct plx_tables *tables, struct plx_answer *answer)
{
    answer->n_subjects = tables->n_subjects;
    answer->subjects = plx_arena_new(&tables->arena, struct plx_subject, tables->n_subjects);
    for (guint i = 0; i < tables->canon->subjects->len; i++) {
        if (tables->subject[i] == PLX_NO_CELL)
            continue;
        struct plx_subject *subject = &answer->subjects[tables->subject[i]];
        *subject = g_array_index(tables->canon->subjects, struct plx_subject, i);
        subject->id = plx_arena_text(&tables->arena, subject->id);
        subject->title = plx_arena_text(&tables->arena, subject->title);
    }
}

static gboolean build(struct count_sink *sink, struct plx_tables *tables, GError **error)
{
    plx_tables_number(tables);
    struct plx_answer *answer = sink->answer;
    fill_subjects(tables, answer);
    answer->n_tables = sink->n_needs;
    answer->tables = plx_arena_new(&tables->arena, struct plx_table, sink->n_needs);
    for (guint i = 0; i < sink->n_needs; i++)
        tables->users[sink->plan->group_of_need[i]]++;
    for (guint i = 0; i < sink->n_needs; i++)
        if (!plx_tables_build(tables, &sink->needs[i], sink->plan->group_of_need[i],
                              &answer->tables[i], error))
            return FALSE;
    return TRUE;
}

/* The unit records are no longer needed, and they are the most of the memory. */
static void drop_records(const GPtrArray *parts)
{
    for (guint p = 0; p < parts->len; p++) {
        struct plx_part *part = g_ptr_array_index(parts, p);
        plx_slabs_free(&part->slabs);
    }
}

static gboolean sink_finish(plx_sink *base, GError **error)
{
    struct count_sink *sink = (struct count_sink *)base;
    g_autoptr(GPtrArray) parts = all_parts(sink);
    if (!resolve(sink, parts, error))
        return FALSE;
    GPtrArray *memory = g_ptr_array_new_with_free_func(g_free);
    struct plx_tables tables = {.plan = sink->plan,
                                .canon = sink->canon,
                                .units = sink->units,
                                .arena = {.memory = memory}};
    sink->answer = plx_arena_new(&tables.arena, struct plx_answer, 1);
    sink->answer->memory = memory;
    fill_totals(sink, sink->answer, parts);
    drop_records(parts);
    tables.merged = g_new0(struct plx_merged, sink->plan->n_groups + 1);
    tables.users = g_new0(guint, sink->plan->n_groups + 1);
    gboolean ok = TRUE;
    for (guint g = 0; ok && g < sink->plan->n_groups; g++) {
        ok = plx_canon_make(sink->canon, sink->plan, parts, g, sink->n_workers, error);
        if (ok)
            plx_merged_make(&tables.merged[g], sink->plan, sink->canon, parts, g, sink->n_workers);
        for (guint p = 0; p < parts->len; p++) {
            struct plx_part *part = g_ptr_array_index(parts, p);
            plx_cells_clear(&part->groups[g].cells);
        }
    }
    ok = ok && build(sink, &tables, error);
    plx_tables_clear(&tables);
    for (guint g = 0; g < sink->plan->n_groups; g++)
        plx_merged_clear(&tables.merged[g]);
    g_free(tables.merged);
    g_free(tables.users);
    if (!ok)
        g_clear_pointer(&sink->answer, plx_answer_free);
    return ok;
}

static void sink_free(plx_sink *base)
{
    struct count_sink *sink = (struct count_sink *)base;
    forget(sink);
    for (guint w = 0; w < sink->n_workers; w++)
        g_ptr_array_unref(sink->parts[w]);
    for (guint w = 0; sink->weighers && w < sink->n_workers; w++)
        plx_weigher_free(sink->weighers[w]);
    g_free(sink->weighers);
    g_free(sink->parts);
    g_ptr_array_unref(sink->settled);
    plx_count_plan_free(sink->plan);
    plx_answer_free(sink->answer);
    g_free(sink);
}

plx_sink *plx_count_sink_new(const plx_map *map, const struct plx_need *needs, guint n_needs,
                             guint n_workers)
{
    struct count_sink *sink = g_new0(struct count_sink, 1);
    sink->base = (plx_sink){.add = sink_add,
                            .retract = sink_retract,
                            .suspects = sink_suspects,
                            .finish = sink_finish,
                            .free = sink_free};
    sink->map = map;
    sink->needs = needs;
    sink->n_needs = n_needs;
    sink->n_workers = MAX(n_workers, 1);
    sink->plan = plx_count_plan_new(map, needs, n_needs);
    sink->parts = g_new0(GPtrArray *, sink->n_workers);
    for (guint w = 0; w < sink->n_workers; w++)
        sink->parts[w] = g_ptr_array_new_with_free_func((GDestroyNotify)plx_part_free);
    sink->settled = g_ptr_array_new_with_free_func((GDestroyNotify)plx_settled_units_free);
    return &sink->base;
}

void plx_count_sink_weigh(plx_sink *base, const plx_weighting *weighting)
{
    struct count_sink *sink = (struct count_sink *)base;
    sink->weighers = g_new0(plx_weigher *, sink->n_workers);
    for (guint w = 0; w < sink->n_workers; w++)
        sink->weighers[w] = plx_weigher_new(weighting);
}

void plx_count_sink_leave_totals(plx_sink *base)
{
    struct count_sink *sink = (struct count_sink *)base;
    sink->plan->leaves_totals = TRUE;
}

struct plx_answer *plx_count_sink_take(plx_sink *base)
{
    struct count_sink *sink = (struct count_sink *)base;
    return g_steal_pointer(&sink->answer);
}
