/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How the reading friction is put together: internal to reading/friction*.c, never for views.
 * Tests: tests/reading/test_friction.c. */

#include "base/number.h"
#include "reading/friction.h"
#include "reading/gaps_exact.h"
#include "reading/reach.h"

/* The kinds that an answer itself tells; those after BELOW and FLOOR are `other` of the figure. */
#define PLX_FRICTION_ASKABLE 5
#define PLX_FRICTION_OTHERS                                                                        \
    (1u << PLX_FRICTION_HARD | 1u << PLX_FRICTION_HESITATED | 1u << PLX_FRICTION_SURPRISED)

/* Of one point (of one group): those at met or better who were asked all other kinds of the
 * figure; value 1: some of these was friction. */
struct plx_friction_joint {
    double w[2], w2[2], m[4];
    guint64 n, persons, units;
    gboolean repeats;
    /* Sums over units of products of residual-free totals, for the covariance of below and other:
     * below x other, below x asked, level x other, level x asked. */
    double below_other, below_asked, level_other, level_asked;
};

/* Tables of the answer. */
enum { PLX_FRICTION_ALL, PLX_FRICTION_SPLIT };

struct plx_friction_exact {
    plx_friction *out;
    const plx_question *question;
    const struct plx_audience *audience;
    struct plx_reach reach;
    struct plx_answer *answer;
    gint *point_of; /* subject -> index into out->points before they are sorted, or -1 */
    const struct plx_cell **cells; /* per point */
    /* Of all points, whether or not the document shows them: which of them are chosen changes no
     * number. */
    const struct plx_cell **all;
    guint n_all;
    gboolean known[PLX_FRICTION_ASKABLE];
    gboolean weighted; /* the joints are */
};

/* friction_parts.c: the measure that tells a kind, and what of it is friction. */
enum plx_measure plx_friction_measure(enum plx_friction_kind kind);
/* Values from..to are friction; FALSE: the scale has no such cut. */
gboolean plx_friction_values(enum plx_friction_kind kind, const struct plx_scale *scale,
                             guint *from, guint *to);
/* Its answers in a cell, or NULL: nobody answered, or there is no such cut. */
const struct plx_tally *plx_friction_tally(const struct plx_friction_exact *exact,
                                           const struct plx_cell *cell,
                                           enum plx_friction_kind kind);
/* Everybody there is has answered (docs/readings.md, "A voice")? */
gboolean plx_friction_complete(const struct plx_friction_exact *exact,
                               const struct plx_tally *tally);
void plx_friction_parts(struct plx_friction_exact *exact);

/* friction_ticks.c: the card of the whole journey. */
struct plx_friction_ticks plx_friction_no_ticks(void);
void plx_friction_take_ticks(const struct plx_friction_exact *exact);

/* friction_said.c: complaints and words. Errors: the source's own. */
gboolean plx_friction_said(struct plx_friction_exact *exact, plx_source *source, GError **error);

/* friction_figure.c: which kinds are in the figure; the figure of every point, and of its groups.
 */
gboolean plx_friction_figures(struct plx_friction_exact *exact, plx_source *source, GError **error);
/* Fills `shrunken`; most of it first; what has none last; else as they stand. */
void plx_friction_order(struct plx_friction_figure *figures, guint n, guint *order);

static inline struct plx_friction_figure plx_friction_no_figure(void)
{
    const struct plx_interval none = {PLX_NAN, PLX_NAN};
    return (struct plx_friction_figure){PLX_NO_COUNT, PLX_NO_COUNT, PLX_NAN,  PLX_NAN,
                                        none,         none,         PLX_NAN,  PLX_NAN,
                                        PLX_NO_COUNT, FALSE,        PLX_SHOWN};
}
static inline struct plx_friction_part plx_friction_no_part(void)
{
    return (struct plx_friction_part){
        PLX_NO_COUNT, PLX_NO_COUNT, PLX_NAN, {PLX_NAN, PLX_NAN}, PLX_SHOWN};
}

/* friction_joint.c: from LINKED answers to all kinds of the figure; `all` by point, `split` (or
 * NULL) by group of PLX_FRICTION_SPLIT and point, both zeroed. */
void plx_friction_link(const struct plx_friction_exact *exact, const struct plx_answer *answer,
                       struct plx_friction_joint *all, struct plx_friction_joint *split);

/* friction_rank.c: ranges of ranks of n intervals that hold together. */
void plx_friction_ranks(const struct plx_interval *ci, guint n, guint *best, guint *worst);
