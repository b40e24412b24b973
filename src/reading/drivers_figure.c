/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a comparison of two groups or periods takes of drivers. */

#include "reading/drivers.h"

#include <math.h>
#include <string.h>

static gboolean stands_before(const plx_drivers *drivers, guint part, const char *point)
{
    for (guint p = 0; p < part; p++)
        for (guint i = 0; i < drivers->parts[p].n_points; i++)
            if (drivers->parts[p].points[i].rank > 0 &&
                strcmp(drivers->parts[p].points[i].point, point) == 0)
                return TRUE;
    return FALSE;
}

/* Not the share: that one also depends on how many points were looked at, and how much of them. */
void plx_drivers_figures(const plx_drivers *drivers, GArray *figures)
{
    for (guint p = 0; p < drivers->n_parts; p++)
        for (guint i = 0; i < drivers->parts[p].n_points; i++) {
            const struct plx_driver *d = &drivers->parts[p].points[i];
            if (d->state != PLX_DRIVER_SHOWN || stands_before(drivers, p, d->point))
                continue;
            const struct plx_figure figure = {.subject = d->point,
                                              .title = d->title,
                                              .audience = drivers->about.audience,
                                              .what = "beyond_mood",
                                              .direction = PLX_MORE_IS_NEITHER,
                                              .unit = PLX_UNIT_WEIGHT,
                                              .n = d->persons,
                                              .persons = d->persons,
                                              .value = d->beyond,
                                              .ci = d->beyond_alone,
                                              .margin = (double)NAN};
            g_array_append_val(figures, figure);
        }
}
