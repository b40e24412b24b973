/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/varcomp_search.h"

#include "base/number.h"
#include "stats/cholesky.h"

#include <math.h>

#define MOST_STEPS 500
#define MOST_HALVINGS 40

static guint parts_of(const struct plx_varcomp_search *s)
{
    return s->equations->design->k + 1;
}

/* Parts that may move: not fixed, and not at the least with nowhere to go but down. */
static guint movable(const struct plx_varcomp_search *s, guint *part)
{
    guint count = 0;
    for (guint f = 0; f < parts_of(s); f++) {
        const gboolean stuck = s->phi[f] <= s->least[f] && s->equations->slope[f] >= 0;
        if (!s->fixed[f] && !stuck)
            part[count++] = f;
    }
    return count;
}

/* Information among some parts. `more`: a little on the diagonal, in relative variances, which
 * bounds the step where the average knows nothing (a residual that is vanishing, parts that can
 * hardly be told apart) and is next to nothing elsewhere. FALSE when it cannot be factored. */
static gboolean factor_information(const struct plx_varcomp_search *s, const guint *part,
                                   guint count, double more, double *factor)
{
    for (guint i = 0; i < count; i++) {
        for (guint j = 0; j < count; j++)
            factor[i * count + j] = s->equations->information[part[i] * parts_of(s) + part[j]];
        const double scale = s->phi[part[i]] + .01 * s->phi[parts_of(s) - 1];
        factor[i * count + i] += more / (scale * scale);
    }
    return plx_cholesky(factor, count);
}

/* Newton's step, by average information; steepest descent where that fails. */
static double find_step(const struct plx_varcomp_search *s, double *step)
{
    guint part[PLX_VARCOMP_PARTS];
    double factor[PLX_VARCOMP_PARTS * PLX_VARCOMP_PARTS];
    double small[PLX_VARCOMP_PARTS];
    const guint count = movable(s, part);
    for (guint f = 0; f < parts_of(s); f++)
        step[f] = 0;
    for (guint i = 0; i < count; i++)
        small[i] = -s->equations->slope[part[i]];
    if (count > 0 && factor_information(s, part, count, 1e-3, factor))
        plx_cholesky_solve(factor, count, small);
    else
        for (guint i = 0; i < count; i++)
            small[i] *= s->phi[part[i]] * s->phi[part[i]];
    double gain = 0;
    for (guint i = 0; i < count; i++) {
        step[part[i]] = small[i];
        gain -= small[i] * s->equations->slope[part[i]];
    }
    return gain;
}

/* As far along the step as the deviance falls. FALSE when it does nowhere. */
static gboolean take_step(struct plx_varcomp_search *s, const double *step)
{
    const guint residual = s->equations->design->k;
    const double gain = s->gain;
    const double before = s->equations->deviance;
    double part = 1;
    g_assert(residual < PLX_VARCOMP_PARTS);
    for (guint halving = 0; halving < MOST_HALVINGS; halving++, part /= 2) {
        double trial[PLX_VARCOMP_PARTS];
        for (guint f = 0; f <= residual; f++)
            trial[f] = s->fixed[f] ? s->phi[f] : MAX(s->least[f], s->phi[f] + part * step[f]);
        /* The residual is what all is measured in: not to nothing at once. */
        trial[residual] = MAX(trial[residual], s->phi[residual] / 10);
        plx_varcomp_evaluate(s->equations, trial);
        if (s->equations->deviance <= before - 1e-4 * part * gain ||
            (gain < 1e-8 && isfinite(s->equations->deviance))) {
            for (guint f = 0; f < parts_of(s); f++)
                s->phi[f] = trial[f];
            return TRUE;
        }
    }
    plx_varcomp_evaluate(s->equations, s->phi);
    return FALSE;
}

void plx_varcomp_descend(struct plx_varcomp_search *s, double tolerance)
{
    plx_varcomp_evaluate(s->equations, s->phi);
    s->converged = FALSE;
    for (guint i = 0; i < MOST_STEPS && isfinite(s->equations->deviance); i++) {
        double step[PLX_VARCOMP_PARTS];
        plx_varcomp_differentiate(s->equations);
        const double before = i > 0 ? s->gain : PLX_INFINITY;
        s->gain = find_step(s, step);
        /* Or as near as rounding lets it. */
        s->converged = s->gain < tolerance || (s->gain < 1e-10 && s->gain > before / 2);
        if (s->converged || !take_step(s, step))
            return;
        s->steps++;
    }
}

void plx_varcomp_uncertainty(const struct plx_varcomp_search *s, double *variance)
{
    guint part[PLX_VARCOMP_PARTS];
    double factor[PLX_VARCOMP_PARTS * PLX_VARCOMP_PARTS];
    double inverse[PLX_VARCOMP_PARTS * PLX_VARCOMP_PARTS];
    const guint count = movable(s, part);
    for (guint f = 0; f < parts_of(s); f++)
        variance[f] = PLX_NAN;
    if (count == 0 || !factor_information(s, part, count, 0, factor))
        return;
    plx_cholesky_inverse(factor, count, inverse);
    for (guint i = 0; i < count; i++)
        variance[part[i]] = 2 * inverse[i * count + i];
}
