/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a comparison of two groups or periods takes of consistency: how far answers agree, and how
 * much of what they differ by lies between places. */

#include "base/number.h"
#include "reading/consistency.h"

static void add_figure(GArray *figures, const plx_consistency *c,
                       const struct plx_consistency_point *p, struct plx_figure figure)
{
    figure.subject = p->point;
    figure.title = p->title;
    figure.audience = c->about.audience;
    figure.n = p->n;
    figure.persons = p->persons;
    figure.margin = PLX_NAN;
    g_array_append_val(figures, figure);
}

void plx_consistency_figures(const plx_consistency *c, GArray *figures)
{
    for (guint i = 0; i < c->n_points; i++) {
        const struct plx_consistency_point *p = &c->points[i];
        const struct plx_part_share *place = &p->part[PLX_CONSISTENCY_PLACE];
        /* Places more alike than chance makes them: an interval of no width, not to be widened. */
        const gboolean some = place->ci.hi > 0;
        add_figure(figures, c, p,
                   (struct plx_figure){.what = "agreement",
                                       .direction = PLX_MORE_IS_BETTER,
                                       .unit = PLX_UNIT_NUMBER,
                                       .value = p->agreement,
                                       .ci = p->agreement_ci});
        add_figure(figures, c, p,
                   (struct plx_figure){.what = "between_places",
                                       .direction = PLX_MORE_IS_WORSE,
                                       .unit = PLX_UNIT_SHARE,
                                       .value = some ? place->share : PLX_NAN,
                                       .ci = place->ci});
    }
}
