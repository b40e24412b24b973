/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/batch.h"
#include "voice/units_private.h"

#include <string.h>

/* Each place once, with all its measures. */
void plx_unit_add_found(struct plx_unit_sums *sums, const struct found *found, guint64 persons)
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
                measures |= plx_unit_is_value(plan, m, audience, rows->value[m][i]) ? 1u << j : 0;
                j++;
            }
        plx_unit_find(&found, cells->group[cell[i]] * plan->map->n_audiences + audience, measures);
        if (!rows->known)
            persons = MAX(persons, rows->group_size[i]);
    }
    plx_unit_add_found(sums, &found, persons);
}
