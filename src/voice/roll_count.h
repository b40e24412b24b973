/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One group of needs, asked of a roll: roll_count.c goes over the runs, roll_tell.c hands what was
 * counted to the sink. Private to a roll. */

#include "voice/roll_split.h"
#include "voice/settled.h"
#include "voice/units_private.h" /* what unit_people.c adds */

#define PLX_ROLL_NO_SLOT G_MAXUINT8

/* One thread's room and counts. */
struct plx_roll_hand {
    guint32 *rows;   /* [group * n_classes + class] */
    guint32 *people; /* [group * n_kinds + kind]: units of whom one run passes */
    /* The same of units of whom several do: they themselves, if all alike, and their encounters. */
    guint32 *persons, *meets;
    struct plx_unit_sums sums; /* of cells [group * n_cells + cell] */
    gint32 first_day, last_day;
    guint8 *mask; /* by run of the chunk */
    guint32 *group, *room;
    guint32 *list, *others; /* runs that pass; those of units that are not alone */
    guint n_list, n_others;
    guint32 *code[PLX_ROLL_DIMS]; /* that the filter looks at; or NULL */
    GArray *found;                /* guint64 */
    struct plx_unit_rows said;
    /* roll_said.c: without splits, what was said twice by value, and what pairs add. */
    guint32 *twice;  /* [((cell * n_held + held) * wide + lower) * wide + higher] */
    gint64 *moments; /* [(cell * n_pairs + pair) * 3] */
};

struct plx_roll_asking {
    const plx_roll *roll;
    const struct plx_dims *dims;
    const struct plx_count_plan *plan;
    guint g;
    const struct plx_count_group *group;
    struct plx_roll_splits splits;
    struct plx_canon canon; /* of which only g is there: our cells */
    struct plx_canon_group *cells;
    GArray *without; /* guint32: units, ascending */
    guint n_hands;
    struct plx_roll_hand *hands;
    gint place[PLX_MEASURES_MAX];           /* where a measure is among those held, or -1 */
    guint32 places[1 << PLX_ROLL_MEASURES]; /* bits of those held to bits of the group's */
    guint wide;                             /* values of a measure at most */
    guint8 *slot; /* [class * PLX_ROLL_MEASURES + held]: of its value, PLX_ROLL_NO_SLOT: none */
};

/* Goes over the runs, on all hands. */
void plx_roll_pass(struct plx_roll_asking *asking);

/* Are two runs of a unit, b behind a, of one encounter? */
static inline gboolean plx_roll_meet(const guint16 *place, guint32 a, guint32 b)
{
    while (b > a && place[b] & PLX_ROLL_SAME)
        b--;
    return b == a;
}

/* A chunk at work. */
struct plx_roll_work {
    const struct plx_roll_asking *asking;
    const plx_roll *roll;
    struct plx_roll_hand *hand;
    guint32 from, n; /* runs */
};

/* roll_said.c: what one unit said several times. */
void plx_roll_said(const struct plx_roll_work *work, guint32 unit);
/* Before the first, and once all was said. */
void plx_roll_said_begin(struct plx_roll_hand *hand, const struct plx_roll_asking *asking);
void plx_roll_said_end(struct plx_roll_hand *hand, const struct plx_roll_asking *asking);

/* Adds what was counted to the first hand's, and that to the sink. */
gboolean plx_roll_tell(struct plx_roll_asking *asking, plx_sink *sink, GError **error);
