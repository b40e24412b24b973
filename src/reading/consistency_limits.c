/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Places in a funnel, months in a control chart: what lies outside of what chance alone does to
 * parts of this size. Both widen their limits where parts differ more than that anyway. */

#include "base/number.h"
#include "reading/consistency_exact.h"
#include "stats/control_chart.h"
#include "stats/funnel.h"

#include <math.h>
#include <stdlib.h>

/* Winsorised at either end (Spiegelhalter 2005), and taken for more than chance beyond this. */
#define WINSORISED 0.1
#define BEYOND_CHANCE 2

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Square root of the overdispersion of standardised parts, 1 where chance would do. */
static double widening_of(double *z, guint n)
{
    const guint cut = (guint)(WINSORISED * n);
    double squares = 0;
    qsort(z, n, sizeof *z, by_size);
    for (guint i = 0; i < n; i++) {
        const double x = z[CLAMP(i, cut, n - 1 - cut)];
        squares += x * x / n;
    }
    return squares > 1 + BEYOND_CHANCE * sqrt(2.0 / n) ? sqrt(squares) : 1;
}

static struct plx_interval widen(struct plx_interval limits, double center, double widening,
                                 gboolean share)
{
    const double lo = center - (center - limits.lo) * widening;
    const double hi = center + (limits.hi - center) * widening;
    return (struct plx_interval){share ? MAX(0, lo) : lo, share ? MIN(1, hi) : hi};
}

/* Limits of a part of so many persons' answers; sd: of one answer, NaN of shares. */
static struct plx_interval limits_of(const struct plx_limits *limits, double units, double sd,
                                     double level)
{
    const gboolean share = isnan(sd);
    const struct plx_interval plain =
        share ? plx_funnel_share(MAX(1, floor(units)), limits->center, level)
              : plx_funnel_mean(units, limits->center, sd, level);
    return widen(plain, limits->center, limits->widening, share);
}

/* Keeps what is shown of the parts; values are shares below met, else means. sd: within parts. */
static gboolean take_parts(const struct plx_consistency_exact *exact, const struct plx_cut *cut,
                           const struct plx_cell_stats *stats, struct plx_limits *limits,
                           double *sd)
{
    double total = 0, sum = 0, squares = 0;
    *limits = (struct plx_limits){.center = PLX_NAN, .widening = 1, .first = -1};
    limits->parts = plx_keep(exact->out->about.memory, cut->n_parts, sizeof *limits->parts);
    const struct plx_interval none = {PLX_NAN, PLX_NAN};
    gboolean shares = TRUE;
    for (guint i = 0; i < cut->n_parts; i++) {
        if (!stats[i].shown)
            continue;
        shares = isfinite(stats[i].below);
        struct plx_limit_part *part = &limits->parts[limits->n_parts++];
        *part = (struct plx_limit_part){.key = cut->key[i],
                                        .n = stats[i].n,
                                        .value = shares ? stats[i].below : stats[i].mean,
                                        .inner = none,
                                        .outer = none,
                                        .adjusted = none};
        total += stats[i].units;
        sum += stats[i].units * part->value;
        squares += stats[i].units * stats[i].m2;
    }
    limits->center = sum / total;
    *sd = shares ? PLX_NAN : sqrt(squares / MAX(total - limits->n_parts, 1));
    return shares ? limits->center > 0 && limits->center < 1 : *sd > 0;
}

/* A point's parts with their units: what both kinds of limits are made from. */
struct bounded {
    struct plx_limits *limits;
    double *units; /* by part */
    double sd;
};

static struct bounded gather(const struct plx_consistency_exact *exact, const struct plx_cut *cut,
                             guint32 subject, struct plx_limits *limits, guint least,
                             const char *few)
{
    struct bounded b = {.limits = limits};
    g_autofree struct plx_cell_stats *stats = g_new0(struct plx_cell_stats, cut->n_parts + 1);
    plx_cut_stats(exact, cut, subject, stats);
    const gboolean varies = take_parts(exact, cut, stats, limits, &b.sd);
    b.units = g_new0(double, cut->n_parts + 1);
    for (guint i = 0, n = 0; i < cut->n_parts; i++)
        if (stats[i].shown)
            b.units[n++] = stats[i].units;
    limits->missing = limits->n_parts < least ? few : !varies ? "no_variation" : NULL;
    if (limits->missing)
        limits->center = PLX_NAN;
    return b;
}

static double z_of(const struct bounded *b, guint i)
{
    const double c = b->limits->center;
    const double sd = isnan(b->sd) ? sqrt(c * (1 - c)) : b->sd;
    return (b->limits->parts[i].value - c) / (sd / sqrt(b->units[i]));
}

static void fill_funnel(struct bounded *b)
{
    struct plx_limits *limits = b->limits;
    g_autofree double *z = g_new0(double, limits->n_parts);
    for (guint i = 0; i < limits->n_parts; i++)
        z[i] = z_of(b, i);
    limits->widening = widening_of(z, limits->n_parts);
    for (guint i = 0; i < limits->n_parts; i++) {
        struct plx_limit_part *part = &limits->parts[i];
        part->inner = limits_of(limits, b->units[i], b->sd, 0.95);
        part->outer = limits_of(limits, b->units[i], b->sd, 0.998);
    }
}

/* Shares: a p chart, Laney's where months differ more than chance makes them. Means: XmR. */
static void fill_chart(struct bounded *b)
{
    struct plx_limits *limits = b->limits;
    const guint n = limits->n_parts;
    g_autofree double *x = g_new0(double, n);
    g_autofree struct plx_control_point *points = g_new0(struct plx_control_point, n);
    g_autofree struct plx_control_point *ranges = g_new0(struct plx_control_point, n);
    for (guint i = 0; i < n; i++)
        x[i] = limits->parts[i].value * (isnan(b->sd) ? b->units[i] : 1);
    if (isnan(b->sd)) {
        const double sigma = plx_p_chart(x, b->units, n, TRUE, points).sigma_z;
        limits->widening = MAX(1, sigma);
        plx_p_chart(x, b->units, n, sigma > 1, points);
    } else {
        const struct plx_xmr_chart chart = plx_xmr_chart(x, n, points, ranges);
        double within = 0;
        for (guint i = 0; i < n; i++)
            within += b->sd / sqrt(b->units[i]) / n;
        limits->center = chart.center;
        limits->widening = MAX(1, (chart.limits.hi - chart.center) / 3 / within);
    }
    for (guint i = 0; i < n; i++) {
        limits->parts[i].outer = points[i].limits;
        limits->parts[i].signal = points[i].signal;
    }
}

static void judge(struct bounded *b, double level)
{
    struct plx_limits *limits = b->limits;
    if (limits->missing)
        return;
    for (guint i = 0; i < limits->n_parts; i++) {
        struct plx_limit_part *part = &limits->parts[i];
        part->adjusted = limits_of(limits, b->units[i], b->sd, level);
        part->outside = part->value < part->adjusted.lo   ? -1
                        : part->value > part->adjusted.hi ? 1
                                                          : 0;
        if (part->outside && limits->first < 0)
            limits->first = (gint)i;
    }
}

static guint32 period_subject(const struct plx_consistency_exact *exact, guint point)
{
    const struct plx_answer *a = exact->period_answer;
    for (guint32 s = 0; a != exact->answer && s < a->n_subjects; s++)
        if (a->subjects[s].kind == exact->answer->subjects[exact->subject[point]].kind &&
            g_str_equal(a->subjects[s].id, exact->out->points[point].point))
            return s;
    return a == exact->answer ? exact->subject[point] : G_MAXUINT32;
}

void plx_consistency_limits(struct plx_consistency_exact *exact)
{
    plx_consistency *out = exact->out;
    g_autofree struct bounded *bounded = g_new0(struct bounded, 2 * (gsize)out->n_points + 1);
    for (guint p = 0; p < out->n_points; p++) {
        struct plx_consistency_point *point = &out->points[p];
        if (point->suppressed != PLX_SHOWN)
            continue;
        bounded[2 * p] = gather(exact, &exact->cut[PLX_CONSISTENCY_PLACE], exact->subject[p],
                                &point->funnel, PLX_CONSISTENCY_PLACES, "few_places");
        bounded[2 * p + 1] = gather(exact, &exact->periods, period_subject(exact, p), &point->chart,
                                    PLX_CONSISTENCY_PERIODS, "few_periods");
        if (!point->funnel.missing) {
            fill_funnel(&bounded[2 * p]);
            out->limits_looked_at += point->funnel.n_parts;
        }
        if (!point->chart.missing) {
            fill_chart(&bounded[2 * p + 1]);
            out->limits_looked_at += point->chart.n_parts;
            out->periods_looked_at += point->chart.n_parts;
        }
    }
    out->limits_level = 1 - PLX_CONSISTENCY_RISK / MAX(out->limits_looked_at, 1);
    for (guint i = 0; i < 2 * out->n_points; i++) {
        if (bounded[i].limits)
            judge(&bounded[i], out->limits_level);
        g_free(bounded[i].units);
    }
}
