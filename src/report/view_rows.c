/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/view_rows.h"

#include "report/view.h"

#include <string.h>

/* The values of `--where journey=a|b`, or NULL. */
static char **asked_journeys(const plx_gaps *gaps)
{
    for (guint i = 0; i < gaps->n_where; i++)
        if (g_str_has_prefix(gaps->where[i], "journey="))
            return g_strsplit(gaps->where[i] + strlen("journey="), "|", -1);
    return NULL;
}

struct walk {
    const plx_gaps *gaps;
    const struct plx_gaps_group *group;
    char **asked; /* journeys, or NULL */
    gint *at;     /* per point of the map: its place in the group, or -1 */
    GArray *rows;
};

/* Which part of the map the group is about: all of it, a journey, a transaction. */
static gboolean is_here(const struct walk *walk, const struct plx_journey *journey,
                        const struct plx_transaction *transaction)
{
    if (walk->asked && !g_strv_contains((const char *const *)walk->asked, journey->id))
        return FALSE;
    const char *by = walk->gaps->by, *key = walk->group->key;
    if (g_strcmp0(by, "journey") == 0)
        return g_strcmp0(journey->id, key) == 0;
    return g_strcmp0(by, "transaction") != 0 || g_strcmp0(transaction->id, key) == 0;
}

static gboolean is_asked(const struct walk *walk, const char *journey)
{
    return !walk->asked || (journey && g_strv_contains((const char *const *)walk->asked, journey));
}

static void add(struct walk *walk, const struct plx_gaps_group *group, guint index, gboolean again)
{
    const struct plx_view_row row = {.point = group->points[index],
                                     .group = (guint)(group - walk->gaps->groups),
                                     .index = index,
                                     .again = again,
                                     .full = -1};
    g_array_append_val(walk->rows, row);
}

static void add_at(struct walk *walk, const struct plx_gaps_group *group, guint index,
                   gboolean again, const struct plx_journey *journey,
                   const struct plx_transaction *transaction)
{
    add(walk, group, index, again);
    struct plx_gaps_point *point =
        &g_array_index(walk->rows, struct plx_view_row, walk->rows->len - 1).point;
    point->journey = journey->id;
    point->journey_title = journey->title;
    point->transaction = transaction->id;
    point->transaction_title = transaction->title;
}

static gint find_point(const struct plx_gaps_group *group, guint map_point)
{
    for (guint i = 0; i < group->n_points; i++)
        if (group->points[i].map_point == (gint)map_point)
            return (gint)i;
    return -1;
}

/* The row of a point of this group, or -1. */
static gint find_row(const struct walk *walk, guint index)
{
    for (guint i = 0; i < walk->rows->len; i++)
        if (g_array_index(walk->rows, struct plx_view_row, i).index == index)
            return (gint)i;
    return -1;
}

/* A point that a journey asked for uses, but whose answers belong to its home, which was not. */
static void add_absent(struct walk *walk, const struct plx_journey *journey,
                       const struct plx_transaction *transaction, guint map_point)
{
    const struct plx_point *point = &walk->gaps->map->points[map_point];
    const struct plx_view_row row = {.point = {.point = point->id,
                                               .title = point->title,
                                               .journey = journey->id,
                                               .journey_title = journey->title,
                                               .transaction = transaction->id,
                                               .transaction_title = transaction->title,
                                               .map_point = (gint)map_point},
                                     .group = PLX_VIEW_ABSENT,
                                     .index = G_MAXUINT,
                                     .full = -1,
                                     .again = TRUE};
    if (walk->asked && !is_asked(walk, walk->gaps->map->journeys[point->journey].id))
        g_array_append_val(walk->rows, row);
}

/* A point of this group that the transaction uses. */
static void add_own(struct walk *walk, const struct plx_journey *journey,
                    const struct plx_transaction *transaction, guint index)
{
    /* Where its home was not asked for, its first row is the one in full. */
    const gboolean homeless = !is_asked(walk, walk->group->points[index].journey);
    const gint full = homeless ? find_row(walk, index) : -1;
    add_at(walk, walk->group, index, !homeless || full >= 0, journey, transaction);
    g_array_index(walk->rows, struct plx_view_row, walk->rows->len - 1).full = full;
}

/* A point that the transaction uses: of this group, or, where groups are journeys, of the home's.
 */
static void add_used(struct walk *walk, const struct plx_journey *journey,
                     const struct plx_transaction *transaction, guint map_point)
{
    const plx_gaps *gaps = walk->gaps;
    const gboolean sorted =
        g_strcmp0(gaps->by, "journey") == 0 || g_strcmp0(gaps->by, "transaction") == 0;
    if (!sorted && walk->at[map_point] >= 0) {
        add_own(walk, journey, transaction, (guint)walk->at[map_point]);
        return;
    }
    for (guint g = 0; sorted && g < gaps->n_groups; g++) {
        const gint at = find_point(&gaps->groups[g], map_point);
        if (at < 0)
            continue;
        add_at(walk, &gaps->groups[g], (guint)at, TRUE, journey, transaction);
        return;
    }
    add_absent(walk, journey, transaction, map_point);
}

static void walk_transaction(struct walk *walk, guint j, guint t)
{
    const plx_map *map = walk->gaps->map;
    const struct plx_journey *journey = &map->journeys[j];
    const struct plx_transaction *transaction = &journey->transactions[t];
    for (guint i = 0; i < transaction->n_points; i++) {
        const guint p = transaction->points[i];
        const gint at = walk->at[p];
        if (map->points[p].journey != j || map->points[p].transaction != t)
            add_used(walk, journey, transaction, p);
        else if (at >= 0)
            add(walk, walk->group, (guint)at, FALSE);
    }
}

/* Points of the reading that no row stands for yet: each must be shown once in full. */
static void add_rest(struct walk *walk)
{
    g_autofree gboolean *there = g_new0(gboolean, walk->group->n_points + 1);
    const guint here = (guint)(walk->group - walk->gaps->groups);
    for (guint i = 0; i < walk->rows->len; i++) {
        const struct plx_view_row *row = &g_array_index(walk->rows, struct plx_view_row, i);
        if (row->group == here && !row->again)
            there[row->index] = TRUE;
    }
    for (guint i = 0; i < walk->group->n_points; i++)
        if (!there[i])
            add(walk, walk->group, i, FALSE);
}

static gboolean on_map(const plx_gaps *gaps, const struct plx_gaps_group *group)
{
    for (guint i = 0; i < group->n_points; i++)
        if (!plx_view_map_point(gaps, &group->points[i]))
            return FALSE;
    return gaps->map && gaps->map->n_journeys > 0;
}

GArray *plx_view_rows(const plx_gaps *gaps, const struct plx_gaps_group *group)
{
    g_auto(GStrv) asked = asked_journeys(gaps);
    const plx_map *map = on_map(gaps, group) ? gaps->map : NULL;
    g_autofree gint *at = g_new(gint, map ? map->n_points : 1);
    for (guint i = 0; map && i < map->n_points; i++)
        at[i] = -1;
    for (guint i = 0; map && i < group->n_points; i++)
        at[group->points[i].map_point] = (gint)i;
    struct walk walk = {gaps, group, asked, at,
                        g_array_new(FALSE, FALSE, sizeof(struct plx_view_row))};
    for (guint j = 0; map && j < map->n_journeys; j++)
        for (guint t = 0; t < map->journeys[j].n_transactions; t++)
            if (is_here(&walk, &map->journeys[j], &map->journeys[j].transactions[t]))
                walk_transaction(&walk, j, t);
    add_rest(&walk);
    return walk.rows;
}

static void append_place(GString *out, const char *journey, const char *transaction)
{
    g_string_append_printf(out, "%s › %s", journey, transaction);
}

static gboolean stands_at(const struct plx_view_row *row, const struct plx_journey *journey,
                          const struct plx_transaction *transaction)
{
    return g_strcmp0(row->point.journey, journey->id) == 0 &&
           g_strcmp0(row->point.transaction, transaction->id) == 0;
}

/* All places that use a point at home here. */
static void append_users(const plx_map *map, const struct plx_view_row *row, GString *out)
{
    guint n = 0;
    for (guint j = 0; j < map->n_journeys; j++)
        for (guint t = 0; t < map->journeys[j].n_transactions; t++) {
            const struct plx_transaction *transaction = &map->journeys[j].transactions[t];
            for (guint i = 0; i < transaction->n_points; i++) {
                if ((gint)transaction->points[i] != row->point.map_point ||
                    stands_at(row, &map->journeys[j], transaction))
                    continue;
                g_string_append(out, n++ ? ", " : "also in ");
                append_place(out, map->journeys[j].title, transaction->title);
            }
        }
}

void plx_view_elsewhere(const plx_gaps *gaps, const GArray *rows, guint i, GString *out)
{
    const struct plx_view_row *row = &g_array_index(rows, struct plx_view_row, i);
    const struct plx_point *point = plx_view_map_point(gaps, &row->point);
    if (!point || !gaps->map->n_journeys)
        return;
    const struct plx_journey *home = &gaps->map->journeys[point->journey];
    const struct plx_transaction *transaction = &home->transactions[point->transaction];
    if (stands_at(row, home, transaction)) {
        append_users(gaps->map, row, out);
        return;
    }
    if (row->full >= 0) {
        const struct plx_view_row *full =
            &g_array_index(rows, struct plx_view_row, (guint)row->full);
        g_string_append(out, "see ");
        append_place(out, full->point.journey_title, full->point.transaction_title);
        return;
    }
    g_string_append(out, row->again && row->group != PLX_VIEW_ABSENT ? "see " : "at home in ");
    append_place(out, home->title, transaction->title);
    if (row->group == PLX_VIEW_ABSENT)
        g_string_append(out, ", which was not asked for");
}
