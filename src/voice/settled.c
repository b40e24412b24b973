/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/settled.h"

#include "voice/batch.h"

/* From cells and groups of whoever counted to canonical ones. */
struct target {
    const struct plx_settled_units *from;
    const struct plx_canon_group *canon;
    const guint32 *map; /* from the part's cells */
    struct plx_unit_sums *to;
};

static guint32 canonical(const struct target *t, guint32 local)
{
    const guint32 cell = t->from->cell[local];
    return cell == PLX_NO_CELL ? PLX_NO_CELL : t->map[cell];
}

static void add_cell(const struct target *t, gsize from, gsize to)
{
    const struct plx_unit_sums *const s = &t->from->sums;
    struct plx_unit_sums *const out = t->to;
    for (guint j = 0; j < s->n_measures; j++) {
        out->excess[to * s->n_measures + j] += s->excess[from * s->n_measures + j];
        out->extra[to * s->n_measures + j] += s->extra[from * s->n_measures + j];
    }
    for (guint p = 0; p < s->n_pairs; p++) {
        out->pair_excess[to * s->n_pairs + p] += s->pair_excess[from * s->n_pairs + p];
        out->pair_extra[to * s->n_pairs + p] += s->pair_extra[from * s->n_pairs + p];
    }
    for (guint i = 0; i < 3 * s->n_pairs; i++)
        out->moments[to * 3 * s->n_pairs + i] += s->moments[from * 3 * s->n_pairs + i];
    if (s->encounters)
        out->encounters[to] += s->encounters[from];
}

static void add_vectors(const struct target *t)
{
    const struct plx_unit_sums *const s = &t->from->sums;
    for (guint32 i = 0; i < plx_word_map_size(&s->vectors); i++) {
        guint n;
        const guint32 *const words = plx_word_map_words(&s->vectors, i, &n);
        plx_unit_keep_vectors(t->to, canonical(t, words[0]), words[1], words + 2, n - 2,
                              g_array_index(s->vector_n, guint64, i));
    }
}

/* The canonical group of one of theirs; PLX_NO_CELL: nobody is in it. */
static guint32 group_of(const struct target *t, guint32 group)
{
    for (guint32 c = 0; c < t->from->n_cells; c++) {
        const guint32 cell = canonical(t, group * t->from->n_cells + c);
        if (cell != PLX_NO_CELL)
            return t->canon->group[cell];
    }
    return PLX_NO_CELL;
}

static void add_rows(guint64 *to, const guint64 *from, gsize to_group, gsize from_group, gsize wide)
{
    for (gsize i = 0; to && from && i < wide; i++)
        to[to_group * wide + i] += from[from_group * wide + i];
}

void plx_settled_units_add(const struct plx_settled_units *units, const struct plx_count_plan *plan,
                           const struct plx_canon *canon, guint p, struct plx_unit_sums *sums)
{
    const struct plx_canon_group *const group = &canon->groups[units->g];
    const struct target t = {units, group, group->map[p], sums};
    const gsize audiences = plan->map->n_audiences;
    for (guint32 local = 0; local < units->n_groups * units->n_cells; local++) {
        const guint32 cell = canonical(&t, local);
        if (cell != PLX_NO_CELL)
            add_cell(&t, local, cell);
    }
    add_vectors(&t);
    for (guint32 i = 0; i < units->n_groups; i++) {
        const guint32 to = group_of(&t, i);
        if (to == PLX_NO_CELL)
            continue;
        add_rows(sums->people, units->sums.people, to, i, audiences * sums->n_measures);
        add_rows(sums->journeys, units->sums.journeys, to, i,
                 audiences * (plan->map->n_journeys + 1));
    }
}

void plx_settled_units_free(struct plx_settled_units *units)
{
    if (!units)
        return;
    plx_unit_sums_clear(&units->sums);
    g_free(units->cell);
    g_free(units);
}
