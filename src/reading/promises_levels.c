/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Levels at several points together, without what would tell of few people. */

#include "reading/promises_private.h"

/* The levels given at a point in a group of a table, or NULL. */
static const struct plx_tally *level_at(const struct plx_promises_asked *asked, guint table,
                                        guint group, guint32 point)
{
    const struct plx_cell *cell =
        plx_table_cell(&asked->answer->tables[table], group, point, (guint)asked->served);
    const struct plx_tally *tally = cell ? plx_cell_tally(cell, PLX_MEASURE_LEVEL) : NULL;
    return tally && tally->total ? tally : NULL;
}

struct plx_pool plx_promises_levels(const struct plx_promises_asked *asked, guint table,
                                    guint group, const guint32 *points, guint n, double inflate,
                                    const enum plx_suppression *hidden, GPtrArray *memory)
{
    g_autofree const struct plx_tally **tallies = g_new0(const struct plx_tally *, n + 1);
    g_autofree const struct plx_tally **small = g_new0(const struct plx_tally *, n + 1);
    const struct plx_reach *reach = &asked->reach[asked->served];
    guint found = 0, n_small = 0;
    for (guint i = 0; i < n; i++) {
        const struct plx_tally *tally = level_at(asked, table, group, points[i]);
        if (tally && plx_reach_allows(reach, tally->persons) && !(hidden && hidden[i]))
            tallies[found++] = tally;
        else if (tally)
            small[n_small++] = tally;
    }
    if (found > 0 || n_small == 0)
        return plx_pool_tallies(tallies, found, found > 1 ? inflate : 1, memory);
    struct plx_pool pool = plx_pool_tallies(small, n_small, inflate, memory);
    pool.persons = MIN(pool.persons, reach->minimum - 1); /* not to be shown */
    return pool;
}

enum plx_suppression *plx_promises_hidden(const struct plx_promises_asked *asked,
                                          const guint32 *points, guint n_points, GPtrArray *memory)
{
    const guint n = asked->answer->tables[asked->channels].n_groups;
    enum plx_suppression *hidden =
        plx_keep(memory, (gsize)n * n_points, sizeof *hidden); /* by channel, point */
    g_autofree guint64 *persons = g_new0(guint64, n + 1);
    g_autofree enum plx_suppression *parts = g_new0(enum plx_suppression, n + 1);
    for (guint p = 0; p < n_points; p++) {
        for (guint i = 0; i < n; i++) {
            const struct plx_tally *tally = level_at(asked, asked->channels, i, points[p]);
            persons[i] = tally ? tally->persons : 0;
        }
        plx_reach_parts(&asked->reach[asked->served], persons, n, parts);
        for (guint i = 0; i < n; i++)
            hidden[(gsize)i * n_points + p] = parts[i];
    }
    return hidden;
}
