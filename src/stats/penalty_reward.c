/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/penalty_reward.h"

#include "base/number.h"
#include "stats/ols.h"

#include <math.h>

static double dummy(double x, gboolean is)
{
    return isnan(x) ? x : is ? 1 : 0;
}

static struct plx_contrast contrast_of(const plx_ols *fit, guint j)
{
    struct plx_contrast c = {.penalty = fit->coefficient[2 * j + 1],
                             .penalty_se = fit->se[2 * j + 1],
                             .reward = fit->coefficient[2 * j + 2],
                             .reward_se = fit->se[2 * j + 2],
                             .range = PLX_NAN,
                             .satisfaction_potential = PLX_NAN,
                             .dissatisfaction_potential = PLX_NAN,
                             .asymmetry = PLX_NAN};
    if (c.penalty <= 0 && c.reward >= 0 && c.reward - c.penalty > 0) {
        c.range = c.reward - c.penalty;
        c.satisfaction_potential = c.reward / c.range;
        c.dissatisfaction_potential = -c.penalty / c.range;
        c.asymmetry = c.satisfaction_potential - c.dissatisfaction_potential;
    }
    return c;
}

struct plx_contrasts plx_penalty_reward(const double *x, const double *y, gsize n, guint p,
                                        double low, double high, struct plx_contrast *contrast)
{
    g_assert(low < high);
    g_autofree double *dummies = g_new(double, n *p * 2 + 1);
    for (guint j = 0; j < p; j++)
        for (gsize i = 0; i < n; i++) {
            const double value = x[(gsize)j * n + i];
            dummies[(gsize)(2 * j) * n + i] = dummy(value, value <= low);
            dummies[(gsize)(2 * j + 1) * n + i] = dummy(value, value >= high);
        }
    g_autoptr(plx_ols) fit = plx_ols_new(dummies, y, n, 2 * p);
    for (guint j = 0; j < p; j++)
        contrast[j] = contrast_of(fit, j);
    return (struct plx_contrasts){fit->n, fit->coefficient[0], fit->r_squared};
}
