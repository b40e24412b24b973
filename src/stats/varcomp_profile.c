/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/varcomp_search.h"

#include "base/number.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#define ENOUGH 1e-5   /* of the root of a difference in deviance */
#define NUISANCE 1e-6 /* in deviance: what the other parts may still gain, and are given */
#define MOST_POINTS 60

struct profile {
    const struct plx_varcomp_search *least; /* at the estimate */
    struct plx_varcomp_search now;
    guint part;
    double deviance; /* there */
    double z;
};

/* How far the deviance has risen where the part's standard deviation is `sd` and the others are at
 * their best, as its root, less the z that is looked for. */
static double height(struct profile *p, double sd)
{
    p->now.phi[p->part] = sd * sd;
    plx_varcomp_descend(&p->now, NUISANCE);
    const double rise = p->now.equations->deviance - p->now.gain / 2 - p->deviance;
    return sqrt(MAX(0, rise)) - p->z;
}

/* Where it is 0 between `inside` (height below 0) and `outside` (above): false position, Illinois.
 */
static double crossing(struct profile *p, double inside, double low, double outside, double high)
{
    guint side = 0;
    for (guint i = 0; i < MOST_POINTS; i++) {
        const double at = outside - high * (outside - inside) / (high - low);
        const double found = height(p, at);
        if (fabs(found) < ENOUGH || fabs(outside - inside) < 1e-12 * outside)
            return at;
        if (found > 0) {
            outside = at;
            high = found;
            low /= side == 1 ? 2 : 1;
            side = 1;
        } else {
            inside = at;
            low = found;
            high /= side == 2 ? 2 : 1;
            side = 2;
        }
    }
    return PLX_NAN;
}

static void restart(struct profile *p)
{
    p->now = *p->least;
    p->now.fixed[p->part] = TRUE;
    /* What was nothing may be something where this part is another. */
    for (guint f = 0; f < p->least->equations->design->k; f++)
        if (f != p->part) {
            p->now.fixed[f] = FALSE;
            p->now.phi[f] = MAX(p->now.phi[f], p->now.least[f]);
        }
}

static double upper(struct profile *p, double sd, double guess)
{
    double inside = sd;
    double low = -p->z;
    restart(p);
    for (guint i = 0; i < MOST_POINTS; i++) {
        const double found = height(p, guess);
        if (fabs(found) < ENOUGH)
            return guess;
        if (found > 0)
            return crossing(p, inside, low, guess, found);
        /* On the straight line to where it should be, and a little further. */
        const double slope = (found - low) / (guess - inside);
        inside = guess;
        low = found;
        guess = MIN(3 * guess, guess + 1.05 * -found / MAX(slope, 1e-300));
    }
    return PLX_NAN;
}

static double lower(struct profile *p, double sd, double guess)
{
    restart(p);
    const double least = sqrt(p->now.least[p->part]);
    double outside = MIN(guess, sd / 2);
    double high = height(p, outside);
    while (high <= 0 && outside > least) {
        outside = outside > 4 * least ? outside / 4 : least;
        high = height(p, outside);
    }
    return high <= 0 ? 0 : crossing(p, sd, -p->z, outside, high);
}

struct plx_interval plx_varcomp_profile(struct plx_varcomp_search *search, guint part,
                                        double variance, double level)
{
    struct profile p = {.least = search, .part = part};
    const double phi = search->phi[part];
    const double tail = (1 - level) / 2;
    const double df = 2 * phi * phi / variance;
    if (df >= PLX_VARCOMP_DF)
        return (struct plx_interval){df * phi / gsl_cdf_chisq_Qinv(tail, df),
                                     df * phi / gsl_cdf_chisq_Pinv(tail, df)};
    plx_varcomp_evaluate(search->equations, search->phi);
    p.deviance = search->equations->deviance;
    p.z = gsl_cdf_ugaussian_Qinv(tail);
    const double sd = sqrt(phi);
    const double error = phi > 0 ? sqrt(variance) / (2 * sd) : PLX_NAN; /* of sd, delta method */
    const double scale = sqrt(search->phi[search->equations->design->k]);
    const double guess = isfinite(error) ? sd + p.z * error : MAX(sd, scale / 10);
    const double below = isfinite(error) ? MAX(sd - p.z * error, sd / 4) : sd / 4;
    const double hi = upper(&p, sd, guess);
    const double lo = phi > 0 ? lower(&p, sd, below) : 0;
    return (struct plx_interval){lo * lo, hi * hi};
}
