/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/count_plan.h"

#include "voice/batch.h"

#define UNIT_KINDS                                                                                 \
    (PLX_NEED_PERSONS | PLX_NEED_CLUSTERS | PLX_NEED_PAIRS | PLX_NEED_COMOMENTS |                  \
     PLX_NEED_ENCOUNTERS | PLX_NEED_PROFILES | PLX_NEED_LINKED)
#define VALUE_KINDS (UNIT_KINDS & ~(guint)(PLX_NEED_PAIRS | PLX_NEED_ENCOUNTERS))

static gboolean same_merge(const char *const *a, const char *const *b)
{
    return a == b || (a && b && g_strv_equal(a, b));
}

static gboolean same_splits(const struct plx_count_group *group, const struct plx_need *need)
{
    if (group->n_splits != need->n_splits)
        return FALSE;
    for (guint i = 0; i < need->n_splits; i++) {
        const struct plx_split *a = &group->splits[i];
        const struct plx_split *b = &need->splits[i];
        if (a->kind != b->kind || !same_merge(a->merge, b->merge))
            return FALSE;
        if (a->kind == PLX_SPLIT_DIM && (a->dim != b->dim || g_strcmp0(a->segment, b->segment)))
            return FALSE;
    }
    return TRUE;
}

static void add_pair(GArray *pairs, guint first, guint second)
{
    for (guint i = 0; i < pairs->len; i++) {
        const struct plx_count_pair *pair = &g_array_index(pairs, struct plx_count_pair, i);
        if (pair->first == first && pair->second == second)
            return;
    }
    const struct plx_count_pair pair = {(guint8)first, (guint8)second};
    g_array_append_val(pairs, pair);
}

static guint32 known_measures(const plx_map *map)
{
    return ((1u << map->n_measures) - 1) | PLX_MEASURE_FLAGS;
}

static gboolean is_linked(const struct plx_need *need)
{
    return need->kinds & PLX_NEED_LINKED && !need->first_unseen;
}

static void group_add(struct plx_count_group *group, const plx_map *map,
                      const struct plx_need *need)
{
    guint32 known = known_measures(map);
    guint32 measures = need->measures & known;
    group->kinds |= need->kinds;
    group->sums |= need->first_unseen || need->kinds & (UNIT_KINDS & ~(guint)PLX_NEED_LINKED);
    if (is_linked(need)) {
        group->is_linked = TRUE;
        group->linked = measures;
    }
    group->columns = group->columns && need->kinds & PLX_NEED_COLUMNS;
    group->measures |= measures;
    if (need->kinds & VALUE_KINDS || need->first_unseen)
        group->unit_measures |= measures;
    if (need->kinds & PLX_NEED_COMOMENTS)
        group->comoments |= measures & -measures;
    if (need->kinds & PLX_NEED_PROFILES)
        group->profiles |= measures;
    if (!(need->kinds & PLX_NEED_PAIRS) || !(known >> need->second & 1))
        return;
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        if (measures >> m & 1)
            add_pair(group->pairs, m, need->second);
    group->unit_measures |= measures | 1u << need->second;
}

/* Places can be many: looked up, not searched. */
static GHashTable *merged_texts(const struct plx_split *split)
{
    if (!split->merge)
        return NULL;
    GHashTable *merged = g_hash_table_new(g_str_hash, g_str_equal);
    for (const char *const *pair = split->merge; pair[0]; pair += 2)
        g_hash_table_insert(merged, (gpointer)(guintptr)pair[0], (gpointer)(guintptr)pair[1]);
    return merged;
}

/* Which rows are linked, and in which order, depends on the measures that are. */
static gboolean may_link(const struct plx_count_plan *plan, const struct plx_count_group *group,
                         const struct plx_need *need)
{
    return !is_linked(need) || !group->is_linked ||
           group->linked == (need->measures & known_measures(plan->map));
}

static guint find_group(struct plx_count_plan *plan, const struct plx_need *need)
{
    for (guint g = 0; g < plan->n_groups; g++) {
        const struct plx_count_group *group = &plan->groups[g];
        if (may_link(plan, group, need) && !group->first_unseen == !need->first_unseen &&
            same_splits(group, need) && plx_filter_same(group->filter, need->filter))
            return g;
    }
    plan->groups[plan->n_groups] = (struct plx_count_group){
        .filter = need->filter,
        .splits = need->splits,
        .n_splits = need->n_splits,
        .first_unseen = need->first_unseen,
        .columns = TRUE,
        .pairs = g_array_new(FALSE, FALSE, sizeof(struct plx_count_pair)),
        .stream = PLX_NO_STREAM,
    };
    struct plx_count_group *const group = &plan->groups[plan->n_groups];
    for (guint i = 0; i < need->n_splits; i++)
        group->merged[i] = merged_texts(&need->splits[i]);
    return plan->n_groups++;
}

static void make_streams(struct plx_count_plan *plan)
{
    plan->streams = g_new0(struct plx_count_stream, plan->n_groups + 1);
    plan->n_streams = 1;
    plan->streams[0].groups = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint g = 0; g < plan->n_groups; g++) {
        struct plx_count_group *group = &plan->groups[g];
        if (!group->first_unseen && !(group->kinds & UNIT_KINDS))
            continue;
        group->stream = group->first_unseen ? plan->n_streams++ : 0;
        struct plx_count_stream *stream = &plan->streams[group->stream];
        if (!stream->groups)
            stream->groups = g_array_new(FALSE, FALSE, sizeof(guint));
        group->stream_cell = stream->groups->len;
        g_array_append_val(stream->groups, g);
        stream->measures |= group->unit_measures;
        stream->timed = group->first_unseen;
        stream->weights |= group->first_unseen || group->pairs->len > 0 || group->is_linked;
    }
}

static void fill_slots(struct plx_count_plan *plan, guint measure)
{
    guint n = plan->map->n_audiences;
    guint width = 1;
    for (guint a = 0; a < n; a++)
        width = MAX(width, plx_scale_width(plx_map_scale(plan->map, measure, a)));
    plan->width[measure] = width;
    guint8 *slot = g_malloc((n + 1) * 256);
    guint8 *any = g_malloc((n + 1) * 256);
    memset(slot, (int)width + 2, (n + 1) * 256);
    memset(any, 3, (n + 1) * 256);
    for (guint a = 0; a < n; a++) {
        const struct plx_scale *scale = plx_map_scale(plan->map, measure, a);
        guint row = (a + 1) * 256;
        for (gint value = scale->min; value <= scale->max; value++) {
            slot[row + (guint8)value] = (guint8)(value - scale->min);
            any[row + (guint8)value] = 0;
        }
        slot[row + (guint8)PLX_CELL_NA] = (guint8)width;
        slot[row + (guint8)PLX_CELL_DECLINED] = (guint8)(width + 1);
        any[row + (guint8)PLX_CELL_NA] = 1;
        any[row + (guint8)PLX_CELL_DECLINED] = 2;
    }
    plan->slot[measure] = slot;
    plan->slot_any[measure] = any;
}

struct plx_count_plan *plx_count_plan_new(const plx_map *map, const struct plx_need *needs,
                                          guint n_needs)
{
    struct plx_count_plan *plan = g_new0(struct plx_count_plan, 1);
    plan->map = map;
    plan->groups = g_new0(struct plx_count_group, n_needs + 1);
    plan->group_of_need = g_new0(guint, n_needs + 1);
    for (guint i = 0; i < n_needs; i++) {
        plan->group_of_need[i] = find_group(plan, &needs[i]);
        group_add(&plan->groups[plan->group_of_need[i]], map, &needs[i]);
    }
    make_streams(plan);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        if (map->measures[m].scale)
            fill_slots(plan, m);
    for (guint g = 0; g < plan->n_groups; g++)
        plan->measures |= plan->groups[g].measures | plan->groups[g].unit_measures;
    return plan;
}

void plx_count_plan_free(struct plx_count_plan *plan)
{
    if (!plan)
        return;
    for (guint g = 0; g < plan->n_groups; g++) {
        g_array_free(plan->groups[g].pairs, TRUE);
        for (guint i = 0; i < PLX_SPLITS_MAX; i++)
            g_clear_pointer(&plan->groups[g].merged[i], g_hash_table_unref);
    }
    for (guint s = 0; s < plan->n_streams; s++)
        g_array_free(plan->streams[s].groups, TRUE);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++) {
        g_free(plan->slot[m]);
        g_free(plan->slot_any[m]);
    }
    g_free(plan->groups);
    g_free(plan->group_of_need);
    g_free(plan->streams);
    g_free(plan);
}
