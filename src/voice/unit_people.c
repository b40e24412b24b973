/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/batch.h"
#include "voice/units_private.h"

#include <string.h>

/* Where one unit has values: (group, audience) << 32 | measures by place among the unit measures.
 */
struct found {
    guint64 *codes;
    guint n;
};

static void find_one(struct found *found, guint32 place, guint32 measures)
{
    if (!measures)
        return;
    if (found->n && found->codes[found->n - 1] >> 32 == place)
        found->codes[found->n - 1] |= measures;
    else
        found->codes[found->n++] = (guint64)place << 32 | measures;
}

/* Each place once, with all its measures. */
static void add_found(struct plx_unit_sums *sums, const struct found *found, guint64 persons)
{
    if (found->n > 1)
        plx_unit_sort(found->codes, found->n);
    for (guint from = 0, to; from < found->n; from = to) {
        guint32 measures = 0;
        for (to = from; to < found->n && found->codes[to] >> 32 == found->codes[from] >> 32; to++)
            measures |= (guint32)found->codes[to];
        guint64 *people = &sums->people[(found->codes[from] >> 32) * sums->n_measures];
        for (guint j = 0; j < sums->n_measures; j++)
            if (measures >> j & 1)
                people[j] += persons;
    }
}

static gboolean is_value(const struct plx_count_plan *plan, guint m, guint audience, gint8 value)
{
    return plan->slot[m][(audience + 1u) * 256 + (guint8)value] < plan->width[m];
}

/* The group's measures that have a value in a packed row. */
static guint32 measures_of(const struct plx_count_plan *plan, const struct plx_count_group *group,
                           const struct plx_record_format *format, const guint8 *row,
                           guint audience)
{
    const guint8 *value = row + format->n_cells * format->cell_bytes + (format->timed ? 8 : 0) +
                          (format->weighted ? 8 : 0);
    guint32 measures = 0;
    for (guint m = 0, j = 0; format->measures >> m; m++) {
        if (format->measures >> m & 1) {
            if (group->unit_measures >> m & 1 && is_value(plan, m, audience, (gint8)*value))
                measures |= 1u << j;
            value++;
        }
        j += group->unit_measures >> m & 1;
    }
    return measures;
}

/* One run; TRUE when nothing more can be found: a unit is of one audience, so that without splits
 * it has one place. */
static gboolean look_at_run(const struct worker *worker, guint g, const struct run *run,
                            struct found *found)
{
    const struct plx_count_group *group = &worker->plan->groups[g];
    const struct plx_canon_group *cells = &worker->canon->groups[g];
    const struct source *source = &g_array_index(worker->sources, struct source, run->source);
    const struct plx_record_format *format = source->format;
    const int all = __builtin_popcount(format->measures & group->unit_measures);
    for (guint i = 0; i < run->n; i++) {
        const guint8 *row = run->rows + (gsize)i * format->stride;
        guint32 local = 0;
        memcpy(&local, row, 2);
        guint32 none = G_MAXUINT16;
        if (format->cell_bytes == 4) {
            memcpy(&local, row, 4);
            none = PLX_NO_CELL;
        }
        if (local == none)
            continue;
        const guint32 cell = cells->map[source->part][local];
        const guint audience = cells->audience[cell];
        find_one(found, cells->group[cell] * worker->plan->map->n_audiences + audience,
                 measures_of(worker->plan, group, format, row, audience));
        if (!group->n_splits && found->n && __builtin_popcount((guint32)found->codes[0]) == all)
            return TRUE;
    }
    return FALSE;
}

void plx_unit_people_plain(struct worker *worker, const struct unit *unit, guint g)
{
    struct plx_unit_sums *sums = &worker->totals->groups[g];
    if (!sums->people)
        return;
    plx_unit_rows_room(&worker->rows, unit->n_rows, worker->plan->n_groups);
    struct found found = {worker->rows.order, 0};
    for (guint32 r = unit->first; r; r = run_at(worker, r)->next)
        if (look_at_run(worker, g, run_at(worker, r), &found))
            break;
    add_found(sums, &found, 1);
}

void plx_unit_people(struct plx_unit_sums *sums, const struct plx_count_plan *plan,
                     const struct plx_canon *canon, guint g, struct plx_unit_rows *rows)
{
    const struct plx_count_group *group = &plan->groups[g];
    const struct plx_canon_group *cells = &canon->groups[g];
    const guint32 *cell = rows->cell[group->stream_cell];
    struct found found = {rows->order, 0};
    guint64 persons = 1;
    if (!sums->people)
        return;
    for (guint i = 0; i < rows->n; i++) {
        if (cell[i] == PLX_NO_CELL)
            continue;
        const guint audience = cells->audience[cell[i]];
        guint32 measures = 0;
        for (guint m = 0, j = 0; group->unit_measures >> m; m++)
            if (group->unit_measures >> m & 1) {
                measures |= is_value(plan, m, audience, rows->value[m][i]) ? 1u << j : 0;
                j++;
            }
        find_one(&found, cells->group[cell[i]] * plan->map->n_audiences + audience, measures);
        if (!rows->known)
            persons = MAX(persons, rows->group_size[i]);
    }
    add_found(sums, &found, persons);
}
