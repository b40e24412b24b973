/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/journey_trips.h"

#include "base/number.h"

#include <math.h>

#define COLUMNS (PLX_RULES + 1) /* squared errors of each rule, and of the mean */
#define ALONE PLX_RULES         /* the mean */

struct marks {
    guint n;
    gint sum, worst, peak, last, bad;
};

static struct marks marks_of(const struct plx_trips *trips, gsize trip)
{
    struct marks m = {0};
    const gint met = trips->levels.met;
    for (guint32 i = trips->first[trip]; i < trips->first[trip + 1]; i++) {
        const gint level = trips->level[i];
        if (level == PLX_TRIP_NA || level == PLX_TRIP_DECLINED)
            continue;
        const gint far = ABS(level - met), was = ABS(m.peak - met);
        if (m.n == 0 || far > was || (far == was && level < m.peak))
            m.peak = level;
        m.worst = m.n == 0 ? level : MIN(m.worst, level);
        m.sum += level;
        m.bad += level < met;
        m.last = level;
        m.n++;
    }
    return m;
}

static void values_of(const struct marks *m, double value[PLX_RULES])
{
    value[PLX_RULE_MEAN] = m->sum / (double)m->n;
    value[PLX_RULE_WORST] = m->worst;
    value[PLX_RULE_PEAK] = m->peak;
    value[PLX_RULE_END] = m->last;
    value[PLX_RULE_PEAK_END] = (m->peak + m->last) / 2.0;
    value[PLX_RULE_BAD] = m->bad;
}

double plx_trip_rule_value(const struct plx_trips *trips, gsize trip, enum plx_trip_rule rule)
{
    const struct marks m = marks_of(trips, trip);
    double value[PLX_RULES];
    if (m.n == 0)
        return PLX_NAN;
    values_of(&m, value);
    return value[rule];
}

/* Sums of one fold, about fixed origins so that no digits are lost. */
struct sums {
    double n, y, yy, x[PLX_RULES], xx[PLX_RULES], xy[PLX_RULES];
};

struct rules {
    const struct plx_trips *trips;
    gboolean known_only;
    double x0, y0; /* origins */
    struct sums fold[PLX_RULE_FOLDS], all;
    double slope[PLX_RULE_FOLDS][PLX_RULES], base[PLX_RULE_FOLDS][PLX_RULES]; /* from the others */
    double mean[PLX_RULE_FOLDS];
    double error[COLUMNS];            /* squared, of units left out */
    double product[COLUMNS][COLUMNS]; /* sums over units of products of their squared errors */
    struct plx_trip_rules out;
};

/* Marks and the whole of a trip that takes part. */
static gboolean takes_part(const struct rules *r, gsize trip, double value[PLX_RULES], double *y,
                           guint *marks)
{
    if (r->trips->overall[trip] == PLX_TRIP_NONE)
        return FALSE;
    const struct marks m = marks_of(r->trips, trip);
    if (m.n < PLX_RULE_LEAST || (r->known_only && !plx_trip_is_known(r->trips, trip)))
        return FALSE;
    values_of(&m, value);
    for (guint k = 0; k < PLX_RULES; k++)
        value[k] -= r->x0;
    *y = r->trips->overall[trip] - r->y0;
    *marks = m.n;
    return TRUE;
}

static void add_sums(struct sums *to, const double value[PLX_RULES], double y)
{
    to->n++;
    to->y += y;
    to->yy += y * y;
    for (guint k = 0; k < PLX_RULES; k++) {
        to->x[k] += value[k];
        to->xx[k] += value[k] * value[k];
        to->xy[k] += value[k] * y;
    }
}

static void merge_sums(struct sums *to, const struct sums *from, double sign)
{
    to->n += sign * from->n;
    to->y += sign * from->y;
    to->yy += sign * from->yy;
    for (guint k = 0; k < PLX_RULES; k++) {
        to->x[k] += sign * from->x[k];
        to->xx[k] += sign * from->xx[k];
        to->xy[k] += sign * from->xy[k];
    }
}

/* Calls `visit` for each unit that takes part, with its number among them. */
typedef void (*visit_func)(struct rules *r, gsize t, gsize end, guint64 number);
static guint64 each_unit(struct rules *r, visit_func visit)
{
    guint64 number = 0;
    for (gsize t = 0, end; t < r->trips->n; t = end) {
        double value[PLX_RULES], y;
        guint marks;
        end = plx_trips_unit_end(r->trips, t);
        gboolean any = FALSE;
        for (gsize i = t; i < end && !any; i++)
            any = takes_part(r, i, value, &y, &marks);
        if (any)
            visit(r, t, end, number++);
    }
    return number;
}

static void visit_sums(struct rules *r, gsize t, gsize end, guint64 number)
{
    for (gsize i = t; i < end; i++) {
        double value[PLX_RULES], y;
        guint marks;
        if (!takes_part(r, i, value, &y, &marks))
            continue;
        add_sums(&r->fold[number % PLX_RULE_FOLDS], value, y);
        r->out.marks += marks;
        r->out.n++;
    }
}

static void visit_errors(struct rules *r, gsize t, gsize end, guint64 number)
{
    const guint f = (guint)(number % PLX_RULE_FOLDS);
    double error[COLUMNS] = {0};
    for (gsize i = t; i < end; i++) {
        double value[PLX_RULES], y;
        guint marks;
        if (!takes_part(r, i, value, &y, &marks))
            continue;
        for (guint k = 0; k < PLX_RULES; k++) {
            const double e = y - r->base[f][k] - r->slope[f][k] * value[k];
            error[k] += e * e;
        }
        error[ALONE] += (y - r->mean[f]) * (y - r->mean[f]);
    }
    for (guint a = 0; a < COLUMNS; a++) {
        r->error[a] += error[a];
        for (guint b = 0; b < COLUMNS; b++)
            r->product[a][b] += error[a] * error[b];
    }
}

static void fit_folds(struct rules *r)
{
    for (guint f = 0; f < PLX_RULE_FOLDS; f++)
        merge_sums(&r->all, &r->fold[f], 1);
    for (guint f = 0; f < PLX_RULE_FOLDS; f++) {
        struct sums s = r->all;
        merge_sums(&s, &r->fold[f], -1);
        r->mean[f] = s.y / s.n;
        for (guint k = 0; k < PLX_RULES; k++) {
            const double sxx = s.xx[k] - s.x[k] * s.x[k] / s.n;
            const double sxy = s.xy[k] - s.x[k] * s.y / s.n;
            r->slope[f][k] = sxx > 1e-9 * s.n ? sxy / sxx : 0;
            r->base[f][k] = (s.y - r->slope[f][k] * s.x[k]) / s.n;
        }
    }
}

/* (sum of c_a E_a) / E_ALONE with its interval: a ratio over units, linearised. */
static double ratio_of(const struct rules *r, const double c[COLUMNS], double level,
                       struct plx_interval *ci)
{
    double value = 0, sum = 0, d[COLUMNS];
    for (guint a = 0; a < COLUMNS; a++)
        value += c[a] * r->error[a] / r->error[ALONE];
    for (guint a = 0; a < COLUMNS; a++)
        d[a] = c[a] - (a == ALONE ? value : 0);
    for (guint a = 0; a < COLUMNS; a++)
        for (guint b = 0; b < COLUMNS; b++)
            sum += d[a] * d[b] * r->product[a][b];
    const double units = (double)r->out.units;
    const double se = sqrt(MAX(sum, 0) * units / (units - 1)) / r->error[ALONE];
    const double half = plx_t_quantile(level, units - 1) * se;
    *ci = (struct plx_interval){value - half, value + half};
    return value;
}

static double correlation_of(const struct sums *s, guint k)
{
    const double sxx = s->xx[k] - s->x[k] * s->x[k] / s->n;
    const double syy = s->yy - s->y * s->y / s->n;
    const double sxy = s->xy[k] - s->x[k] * s->y / s->n;
    return sxx > 1e-9 * s->n && syy > 1e-9 * s->n ? sxy / sqrt(sxx * syy) : PLX_NAN;
}

static void rate_rules(struct rules *r, gboolean ordered)
{
    r->out.best = -1;
    for (guint k = 0; k < PLX_RULES; k++) {
        struct plx_trip_rule_fit *fit = &r->out.fit[k];
        fit->correlation = correlation_of(&r->all, k);
        if (isnan(fit->correlation) ||
            (!ordered && (k == PLX_RULE_END || k == PLX_RULE_PEAK_END))) {
            fit->correlation = PLX_NAN;
            continue;
        }
        double c[COLUMNS] = {0};
        c[ALONE] = 1;
        c[k] = -1;
        fit->r_squared = ratio_of(r, c, 0.95, &fit->ci);
        if (r->out.best < 0 || fit->r_squared > r->out.fit[r->out.best].r_squared)
            r->out.best = (gint)k;
    }
}

static void compare_rules(struct rules *r)
{
    guint rated = 0;
    for (guint k = 0; k < PLX_RULES; k++)
        rated += isnan(r->out.fit[k].r_squared) ? 0 : 1;
    const double level = 1 - 0.05 / (rated > 1 ? rated * (rated - 1) / 2.0 : 1);
    const guint best = (guint)r->out.best;
    r->out.alone = r->out.fit[best].ci.lo > 0;
    for (guint k = 0; k < PLX_RULES; k++) {
        struct plx_trip_rule_fit *fit = &r->out.fit[k];
        if (isnan(fit->r_squared) || k == best)
            continue;
        double c[COLUMNS] = {0};
        c[k] = 1;
        c[best] = -1;
        fit->behind = ratio_of(r, c, level, &fit->behind_ci);
        fit->tied = !(fit->behind_ci.lo > PLX_RULE_MARGIN);
        r->out.alone = r->out.alone && !fit->tied;
    }
}

struct plx_trip_rules plx_trips_rules(const struct plx_trips *trips, gboolean known_only,
                                      gboolean ordered)
{
    struct rules r = {
        .trips = trips, .known_only = known_only, .x0 = trips->levels.met, .y0 = trips->whole.met};
    for (guint k = 0; k < PLX_RULES; k++)
        r.out.fit[k] = (struct plx_trip_rule_fit){.r_squared = PLX_NAN,
                                                  .ci = {PLX_NAN, PLX_NAN},
                                                  .correlation = PLX_NAN,
                                                  .behind = PLX_NAN,
                                                  .behind_ci = {PLX_NAN, PLX_NAN}};
    r.out.best = -1;
    r.out.units = each_unit(&r, visit_sums);
    if (r.out.n)
        r.out.marks /= (double)r.out.n;
    if (r.out.units < PLX_RULE_UNITS)
        return r.out;
    fit_folds(&r);
    each_unit(&r, visit_errors);
    rate_rules(&r, ordered);
    if (r.out.best >= 0)
        compare_rules(&r);
    return r.out;
}
