/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The parts of friction that answers tell: shares of those who were asked. */

#include "reading/friction_exact.h"

enum plx_measure plx_friction_measure(enum plx_friction_kind kind)
{
    static const enum plx_measure measures[PLX_FRICTION_ASKABLE] = {
        [PLX_FRICTION_BELOW] = PLX_MEASURE_LEVEL,
        [PLX_FRICTION_FLOOR] = PLX_MEASURE_LEVEL,
        [PLX_FRICTION_HARD] = PLX_MEASURE_EFFORT,
        [PLX_FRICTION_HESITATED] = PLX_MEASURE_HESITATION,
        [PLX_FRICTION_SURPRISED] = PLX_MEASURE_SURPRISE,
    };
    g_assert((guint)kind < PLX_FRICTION_ASKABLE);
    return measures[kind];
}

/* The values on the bad side of a cut, with it or without. */
static gboolean bad_side(const struct plx_scale *scale, gint8 cut, gboolean with, guint *from,
                         guint *to)
{
    if (cut == PLX_NO_CUT)
        return FALSE;
    const guint at = (guint)(cut - scale->min);
    const gboolean none = !scale->down && !with && at == 0; /* nothing is below the lowest */
    *from = scale->down ? at + (with ? 0 : 1) : none ? 1 : 0;
    *to = scale->down ? (guint)(scale->max - scale->min) : at - (with || none ? 0 : 1);
    return TRUE;
}

gboolean plx_friction_values(enum plx_friction_kind kind, const struct plx_scale *scale,
                             guint *from, guint *to)
{
    if (kind == PLX_FRICTION_FLOOR)
        return bad_side(scale, scale->floor, TRUE, from, to);
    if (kind == PLX_FRICTION_BELOW || kind == PLX_FRICTION_HARD)
        return bad_side(scale, scale->met, FALSE, from, to);
    *from = *to = kind == PLX_FRICTION_HESITATED ? 1 : 0; /* of no, yes; of bad, none, good */
    return TRUE;
}

const struct plx_tally *plx_friction_tally(const struct plx_friction_exact *exact,
                                           const struct plx_cell *cell, enum plx_friction_kind kind)
{
    guint from, to;
    const struct plx_tally *tally =
        cell && exact->known[kind] ? plx_cell_tally(cell, plx_friction_measure(kind)) : NULL;
    if (!tally || tally->total == 0 || !plx_friction_values(kind, tally->scale, &from, &to))
        return NULL;
    return tally;
}

gboolean plx_friction_complete(const struct plx_friction_exact *exact,
                               const struct plx_tally *tally)
{
    const gint64 population = exact->audience->population;
    return population > 0 && (gint64)tally->persons == population;
}

static void fill_part(const struct plx_friction_exact *exact, const struct plx_cell *cell,
                      enum plx_friction_kind kind, struct plx_friction_part *part)
{
    const struct plx_tally *tally = plx_friction_tally(exact, cell, kind);
    guint from, to;
    if (!tally || !plx_friction_values(kind, tally->scale, &from, &to))
        return;
    part->n = (gint64)tally->total;
    part->persons = (gint64)tally->persons;
    if (!plx_reach_allows(&exact->reach, tally->persons)) {
        *part = plx_friction_no_part();
        part->suppressed = exact->reach.hidden ? exact->reach.hidden : PLX_HIDDEN_FEW;
        return;
    }
    const struct plx_distribution d = plx_tally_distribution(
        tally, plx_friction_complete(exact, tally), exact->out->about.memory);
    const struct plx_share share = plx_share(&d, from, to, 0.95);
    part->share = share.p;
    part->ci = share.ci;
}

/* A flag that is only noted where there is something to note tells no share. */
static void find_known(struct plx_friction_exact *exact)
{
    static const struct {
        enum plx_friction_kind kind;
        guint no; /* the value that says no */
        const char *name;
    } flags[] = {{PLX_FRICTION_HESITATED, 0, "hesitation"},
                 {PLX_FRICTION_SURPRISED, 1, "surprise"}};
    for (guint k = 0; k < PLX_FRICTION_ASKABLE; k++)
        exact->known[k] = TRUE;
    for (guint f = 0; f < G_N_ELEMENTS(flags); f++) {
        guint64 no = 0, all = 0;
        for (guint i = 0; i < exact->n_all; i++) {
            const struct plx_tally *tally = plx_friction_tally(exact, exact->all[i], flags[f].kind);
            no += tally ? tally->n[flags[f].no] : 0;
            all += tally ? tally->total : 0;
        }
        exact->known[flags[f].kind] = no > 0;
        if (all > 0 && no == 0)
            plx_about_note(&exact->out->about, "flag_never_no", exact->out->served, (gint64)all,
                           flags[f].name);
    }
}

void plx_friction_parts(struct plx_friction_exact *exact)
{
    find_known(exact);
    for (guint p = 0; p < exact->out->n_points; p++) {
        struct plx_friction_point *point = &exact->out->points[p];
        const struct plx_cell *cell = exact->cells[p];
        for (guint k = 0; k < PLX_FRICTION_ASKABLE; k++)
            fill_part(exact, cell, k, &point->parts[k]);
        const struct plx_tally *level = cell ? plx_cell_tally(cell, PLX_MEASURE_LEVEL) : NULL;
        const struct plx_tally *effort = cell ? plx_cell_tally(cell, PLX_MEASURE_EFFORT) : NULL;
        point->scale = level && level->total ? level->scale : NULL;
        point->effort_scale = effort && effort->total ? effort->scale : NULL;
    }
}
