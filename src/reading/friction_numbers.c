/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a comparison of two groups or periods takes of friction. */

#include "reading/friction.h"

#include <math.h>

void plx_friction_numbers(const plx_friction *friction, GArray *figures)
{
    for (guint p = 0; p < friction->n_points; p++) {
        const struct plx_friction_point *point = &friction->points[p];
        const struct plx_figure figure = {
            .subject = point->point,
            .title = point->title,
            .audience = friction->about.audience,
            .what = friction->figure_code,
            .direction = PLX_MORE_IS_WORSE,
            .unit = PLX_UNIT_SHARE,
            .n = point->figure.n,
            .persons = point->figure.persons,
            .value = point->figure.at_least ? NAN : point->figure.share,
            .ci = point->figure.ci,
            .margin = NAN,
        };
        g_array_append_val(figures, figure);
    }
}
