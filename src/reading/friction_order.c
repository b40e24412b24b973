/* SPDX-License-Identifier: GPL-3.0-or-later */

/* In which order points stand. */

#include "reading/friction_exact.h"
#include "stats/shrink.h"

#include <math.h>

/* Answers that a figure rests on. */
static double answers_of(const struct plx_friction_figure *figure)
{
    return (double)(figure->other_n > 0 ? figure->other_n : figure->n);
}

/* Each figure drawn towards the mean; itself where they cannot be. */
static void shrink(struct plx_friction_figure *figures, const guint *which, guint n)
{
    g_autofree double *mean = g_new0(double, n + 1), *answers = g_new0(double, n + 1);
    g_autofree double *effect = g_new0(double, n + 1);
    double within = 0;
    for (guint i = 0; i < n; i++) {
        mean[i] = figures[which[i]].share;
        answers[i] = answers_of(&figures[which[i]]);
        within += answers[i] * mean[i] * (1 - mean[i]);
    }
    const struct plx_shrink shrunken = plx_shrink(mean, answers, n, within, effect);
    for (guint i = 0; i < n; i++)
        figures[which[i]].shrunken =
            isfinite(effect[i]) ? shrunken.mean + effect[i] : figures[which[i]].share;
}

static gint by_shrunken(gconstpointer a, gconstpointer b, gpointer data)
{
    const struct plx_friction_figure *figures = data;
    const guint i = *(const guint *)a, j = *(const guint *)b;
    const double x = figures[i].shrunken, y = figures[j].shrunken;
    const gboolean no_x = isnan(x), no_y = isnan(y);
    if (no_x != no_y)
        return no_x ? 1 : -1;
    if (!no_x && x != y)
        return x > y ? -1 : 1;
    return i < j ? -1 : i > j;
}

void plx_friction_order(struct plx_friction_figure *figures, guint n, guint *order)
{
    guint shown = 0;
    for (guint i = 0; i < n; i++)
        if (!isnan(figures[i].share))
            order[shown++] = i;
    shrink(figures, order, shown);
    for (guint i = 0; i < n; i++)
        order[i] = i;
    g_qsort_with_data(order, (gint)n, sizeof *order, by_shrunken, figures);
}
