/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/roll.h"

#include "voice/roll_private.h"

#include <sodium.h>
#include <string.h>

void plx_roll_free(plx_roll *roll)
{
    if (!roll)
        return;
    for (guint c = 0; c < roll->n_columns; c++)
        g_free(roll->column[c].code);
    g_free(roll->unit);
    g_free(roll->first_unit);
    g_free(roll->unit_run);
    g_free(roll->unit_repeat);
    g_free(roll->place);
    g_free(roll->known);
    g_free(roll->encounter);
    g_free(roll->run_row);
    g_free(roll->kind);
    g_free(roll->day);
    g_free(roll->row);
    g_free(roll->classes);
    g_free(roll->cells);
    g_free(roll->kinds);
    g_free(roll->repeat);
    g_free(roll->again_run);
    g_free(roll->again_class);
    g_free(roll->chunk);
    g_free(roll->filter);
    g_free(roll->block);
    g_free(roll);
}

gsize plx_roll_bytes(const plx_roll *roll)
{
    gsize run = sizeof *roll->encounter + sizeof *roll->run_row + sizeof *roll->kind +
                sizeof *roll->place + (roll->day ? sizeof *roll->day : 0);
    for (guint c = 0; c < roll->n_columns; c++)
        run += roll->column[c].bytes;
    return ((gsize)1 << roll->filter_bits) / 8 + roll->n_rows * sizeof *roll->row +
           roll->n_runs * run +
           roll->n_units * (sizeof *roll->unit + sizeof *roll->unit_run +
                            sizeof *roll->unit_repeat + sizeof *roll->known) +
           roll->n_again * (sizeof *roll->again_run + sizeof *roll->again_class) +
           roll->n_repeats * sizeof *roll->repeat + roll->n_classes * sizeof *roll->classes +
           roll->n_kinds * sizeof *roll->kinds + roll->n_blocks * sizeof *roll->block;
}

guint64 plx_roll_rows(const plx_roll *roll)
{
    return roll->n_rows;
}

const guint64 *plx_roll_blocks(const plx_roll *roll, gsize *n)
{
    *n = roll->n_blocks;
    return roll->block;
}

guint32 plx_roll_columns(const plx_roll *roll)
{
    return roll->columns;
}

static void find_unit(const plx_roll *roll, guint audience, guint64 unit, GArray *found)
{
    guint32 low = roll->first_unit[audience], high = roll->first_unit[audience + 1];
    while (low < high) {
        const guint32 middle = low + (high - low) / 2;
        if (roll->unit[middle] < unit)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < roll->first_unit[audience + 1] && roll->unit[low] == unit)
        g_array_append_val(found, low);
}

GArray *plx_roll_find(const plx_roll *roll, const struct plx_roll_units *units)
{
    GArray *const found = g_array_new(FALSE, FALSE, sizeof(guint32));
    for (guint a = 0; a < roll->n_audiences; a++)
        for (gsize i = 0; i < units->n; i++)
            find_unit(roll, a, units->unit[i], found);
    return found;
}

/* What codes mean ---------------------------------------------------------------------------- */

static void write_map(const plx_roll *roll, const plx_map *map, GString *out)
{
    for (guint a = 0; a < map->n_audiences; a++) {
        g_string_append_printf(out, "%s %d", map->audiences[a].id,
                               map->audiences[a].identity == PLX_IDENTITY_ANONYMOUS);
        for (guint h = 0; h < roll->n_held; h++) {
            const struct plx_scale *const scale = plx_map_scale(map, roll->held[h], a);
            g_string_append_printf(out, " %d-%d", scale->min, scale->max);
        }
        g_string_append_c(out, '\n');
    }
    for (guint m = 0; m < map->n_measures; m++)
        if ((roll->columns | roll->values) >> m & 1)
            g_string_append_printf(out, "%u %s\n", m, map->measures[m].id);
    g_string_append_printf(out, "%u\n", map->n_journeys);
}

static void write_subject(const struct plx_subject *subject, const plx_map *map, GString *out)
{
    const gboolean point = subject->kind == PLX_SUBJECT_POINT && subject->map_index >= 0;
    g_string_append_printf(out, "%d %d %d %s\n", subject->kind, subject->map_index,
                           point ? (gint)map->points[subject->map_index].journey : -1,
                           subject->id ? subject->id : "");
}

void plx_roll_meaning(const plx_roll *roll, const struct plx_dims *dims, const plx_map *map,
                      guint8 meaning[PLX_ROLL_MEANING])
{
    g_autoptr(GString) text = g_string_new(NULL);
    write_map(roll, map, text);
    for (guint s = 1; s < roll->size[PLX_DIM_SUBJECT] && s < dims->subjects->len; s++)
        write_subject(&g_array_index(dims->subjects, struct plx_subject, s), map, text);
    for (guint d = 0; d < roll->n_dims && d < dims->n_dims; d++) {
        if (d >= PLX_DIM_SEGMENT)
            g_string_append_printf(text, "segment %s\n", dims->segment[d - PLX_DIM_SEGMENT]);
        for (guint32 c = 1; d != PLX_DIM_SUBJECT && dims->dict[d] && c < roll->size[d]; c++)
            if (c < plx_dict_size(dims->dict[d]))
                g_string_append_printf(text, "%u %s\n", d, plx_dict_text(dims->dict[d], c));
    }
    crypto_generichash(meaning, PLX_ROLL_MEANING, (const guint8 *)text->str, text->len, NULL, 0);
}

gboolean plx_roll_means(const plx_roll *roll, const struct plx_dims *dims, const plx_map *map)
{
    guint8 meaning[PLX_ROLL_MEANING];
    plx_roll_meaning(roll, dims, map, meaning);
    return memcmp(meaning, roll->meaning, sizeof meaning) == 0;
}

/* Which questions ---------------------------------------------------------------------------- */

static gboolean has_dim(const plx_roll *roll, guint dim)
{
    if (dim == PLX_DIM_AUDIENCE || dim >= PLX_DIM_SEGMENT)
        return TRUE;
    for (guint c = 0; c < roll->n_columns; c++)
        if (roll->column[c].dim == dim)
            return TRUE;
    return FALSE;
}

static gboolean has_split(const plx_roll *roll, const struct plx_split *split)
{
    return split->kind == PLX_SPLIT_MONTH ||
           (split->kind == PLX_SPLIT_DIM && has_dim(roll, split->dim));
}

/* Is what rows say of a measure all in the classes? */
static gboolean has_measure(const plx_roll *roll, guint m)
{
    for (guint h = 0; h < roll->n_held; h++)
        if (roll->held[h] == m)
            return TRUE;
    return !(roll->values >> m & 1);
}

static gboolean answers(const plx_roll *roll, const struct plx_need *need)
{
    const guint kinds = PLX_NEED_COUNTS | PLX_NEED_PERSONS | PLX_NEED_CLUSTERS | PLX_NEED_PAIRS |
                        PLX_NEED_ENCOUNTERS | (need->first_unseen ? PLX_NEED_PROFILES : 0u);
    const guint32 second = need->kinds & PLX_NEED_PAIRS ? 1u << need->second : 0;
    const guint64 columns = plx_filter_columns(need->filter) & ~PLX_FILTER_DAYS;
    gboolean good = !(need->kinds & ~kinds) && !((need->measures | second) & PLX_MEASURE_FLAGS);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        if ((need->measures | second) >> m & 1)
            good = good && has_measure(roll, m) && !(need->first_unseen && roll->values >> m & 1);
    for (guint d = 0; d < 63; d++)
        good = good && (!(columns >> d & 1) || has_dim(roll, d));
    for (guint s = 0; s < need->n_splits; s++)
        good = good && has_split(roll, &need->splits[s]);
    return good;
}

gboolean plx_roll_answers(const plx_roll *roll, const struct plx_need *needs, guint n_needs)
{
    for (guint i = 0; i < n_needs; i++)
        if (!answers(roll, &needs[i]))
            return FALSE;
    return n_needs > 0;
}
