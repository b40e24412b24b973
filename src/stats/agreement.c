/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/agreement.h"

#include "base/number.h"

#include <math.h>

/* Agreement of a 0/1 pattern: unimodality from all triples, times how few values it covers. */
static double pattern_agreement(const gboolean *on, guint k)
{
    guint covered = 0;
    guint before = 0;
    for (guint i = 0; i < k; i++)
        covered += on[i] ? 1 : 0;
    if (covered == 1)
        return 1;
    if (covered == k)
        return 0;
    /* A middle value j stands in before * after triples: (1,1,0) and (0,1,1) when it is on, (1,0,1)
     * when it is off. */
    double tu = 0;
    double tdu = 0;
    for (guint j = 0; j < k; j++) {
        const double on_left = before;
        const double on_right = covered - before - (on[j] ? 1 : 0);
        const double off_left = j - on_left;
        const double off_right = k - j - 1 - on_right;
        if (on[j])
            tu += on_left * off_right + off_left * on_right;
        else
            tdu += on_left * on_right;
        before += on[j] ? 1 : 0;
    }
    if (tu + tdu <= 0)
        return 0;
    const double u = ((k - 2.0) * tu - (k - 1.0) * tdu) / ((k - 2.0) * (tu + tdu));
    return u * (1 - (covered - 1.0) / (k - 1.0));
}

double plx_agreement(const double *w, guint k)
{
    g_autofree double *left = g_new(double, k);
    g_autofree gboolean *on = g_new(gboolean, k);
    double total = 0;
    for (guint i = 0; i < k; i++)
        total += left[i] = w[i];
    if (!(total > 0))
        return PLX_NAN;
    if (k == 1)
        return 1;
    double agreement = 0;
    for (;;) {
        double least = PLX_INFINITY;
        guint covered = 0;
        for (guint i = 0; i < k; i++) {
            on[i] = left[i] > 0;
            covered += on[i] ? 1 : 0;
            if (on[i])
                least = MIN(least, left[i]);
        }
        if (covered == 0)
            return agreement;
        agreement += least * covered / total * pattern_agreement(on, k);
        for (guint i = 0; i < k; i++)
            left[i] = left[i] > least ? left[i] - least : 0;
    }
}

/* All `units` answered `value`: with this level no more than a share 1 - (1 - level)^(1 / units) of
 * everybody would answer something else. */
static struct plx_interval unanimous_interval(guint value, guint k, double units, double level)
{
    g_autofree double *w = g_new0(double, k);
    const double other = 1 - pow(1 - level, 1 / units);
    w[value] = 1 - other;
    w[value < k - 1 - value ? k - 1 : 0] += other;
    return (struct plx_interval){plx_agreement(w, k), 1};
}

struct plx_interval plx_agreement_interval(const double *w, guint k, double units, double level)
{
    const struct plx_interval none = {PLX_NAN, PLX_NAN};
    double total = 0;
    guint used = 0, last = 0;
    for (guint i = 0; i < k; i++) {
        total += w[i];
        used += w[i] > 0 ? 1 : 0;
        last = w[i] > 0 ? i : last;
    }
    if (!(units >= 2) || !(total > 0) || k < 2)
        return none;
    if (used == 1)
        return unanimous_interval(last, k, units, level);
    g_autofree double *one = g_new(double, k);
    const double unit = total / units;
    double mean = 0, squares = 0;
    /* Leaving out a unit is as leaving out any other of the same value. */
    for (guint pass = 0; pass < 2; pass++)
        for (guint i = 0; i < k; i++) {
            if (!(w[i] > 0))
                continue;
            for (guint j = 0; j < k; j++)
                one[j] = j == i ? MAX(0, w[j] - unit) : w[j];
            const double a = plx_agreement(one, k);
            if (pass == 0)
                mean += w[i] / total * a;
            else
                squares += w[i] / unit * (a - mean) * (a - mean);
        }
    const double se = sqrt((units - 1) / units * squares);
    if (!(se > 0))
        return none;
    const double a = plx_agreement(w, k), distance = plx_t_quantile(level, units - 1) * se;
    return (struct plx_interval){MAX(-1, a - distance), MIN(1, a + distance)};
}
