/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/figure.h"

#include <math.h>

const char *plx_figure_unit_code(enum plx_figure_unit unit)
{
    static const char *const codes[] = {"levels", "share", "number", "weight"};
    return codes[unit];
}

void plx_gaps_figures(const plx_gaps *gaps, GArray *figures)
{
    for (guint p = 0; gaps->n_groups > 0 && p < gaps->groups[0].n_points; p++) {
        const struct plx_gaps_point *point = &gaps->groups[0].points[p];
        for (guint i = 0; i < point->n_voices; i++) {
            const struct plx_voice *voice = &point->voices[i];
            const gboolean shown = voice->suppressed == PLX_SHOWN && voice->scale;
            const gboolean down = shown && voice->scale->down;
            const double steps = shown ? voice->scale->max - voice->scale->min : 0;
            const struct plx_figure figure = {.subject = point->point,
                                              .title = point->title,
                                              .audience = gaps->audiences[voice->audience],
                                              .what = "mean",
                                              .direction =
                                                  down ? PLX_MORE_IS_WORSE : PLX_MORE_IS_BETTER,
                                              .unit = PLX_UNIT_LEVELS,
                                              .n = voice->n,
                                              .persons = voice->persons,
                                              .value = shown ? voice->mean : NAN,
                                              .ci = voice->mean_ci,
                                              .margin = gaps->margin * steps / (PLX_LEVELS - 1)};
            g_array_append_val(figures, figure);
        }
    }
}
