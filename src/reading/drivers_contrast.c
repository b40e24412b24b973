/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Low and high answers of a point against those between, mood and the other points alike: the
 * point's column is replaced by two of 0 and 1, and the whole is set against these and the own
 * parts of the others. All from sums over pairs, so that it works where points were asked by lot.
 */

#include "reading/drivers_fit_private.h"
#include "stats/cholesky.h"
#include "stats/one_factor.h"

#include <math.h>

#define STEP 0.85
#define TRIES 24

/* A zone of point j as a column of 0 and 1, in its standard deviations. */
struct zone {
    enum plx_joint_sum count, product; /* name its sums */
    double share;                      /* of the rows with the outcome */
    double spread;                     /* standard deviation */
    double loading;                    /* correlation with the mood */
    double rest;                       /* with the outcome, less what mood makes of it */
};

/* The zone's correlation with another column. */
static double with_column(const struct plx_drive_look *look, const struct zone *zone, guint j,
                          guint other)
{
    const double *pair = plx_drive_pair(look, j, other);
    const double *back = plx_drive_pair(look, other, j);
    const double n = pair[PLX_JOINT_N];
    const double covariance =
        pair[zone->product] / n - pair[zone->count] / n * (back[PLX_JOINT_X] / n);
    return covariance / (zone->spread * sqrt(plx_drive_variance(back)));
}

static struct zone look_zone(const struct plx_drive_look *look, guint j, enum plx_joint_sum count,
                             enum plx_joint_sum product)
{
    const guint m = look->m;
    const double *with_y = plx_drive_pair(look, j, m);
    struct zone zone = {.count = count, .product = product};
    zone.share = with_y[count] / with_y[PLX_JOINT_N];
    zone.spread = sqrt(zone.share * (1 - zone.share));
    g_autofree double *r = g_new0(double, m + 1);
    for (guint i = 0; i < m; i++)
        r[i] = i == j ? 0 : with_column(look, &zone, j, i);
    zone.loading = plx_factor_loading(r, look->weight + (gsize)j * m, look->loading, m, (gint)j);
    zone.rest = with_column(look, &zone, j, m) - zone.loading * look->own[j];
    return zone;
}

/* What is asked of point j: one zone or two. */
struct asked {
    guint j, n;
    struct zone zone[2];
};

static struct asked ask(const struct plx_drive_contrasts *c, guint j, gboolean low, gboolean high)
{
    struct asked asked = {.j = j};
    if (low)
        asked.zone[asked.n++] = look_zone(c->look, j, PLX_JOINT_LOW, PLX_JOINT_LOW_Y);
    if (high)
        asked.zone[asked.n++] = look_zone(c->look, j, PLX_JOINT_HIGH, PLX_JOINT_HIGH_Y);
    return asked;
}

/* Own parts of the zones, then of the points but j. */
static void fill_matrix(const struct plx_drive_contrasts *c, const struct asked *asked,
                        double alike, double *matrix)
{
    const guint m = c->look->m;
    const guint n = asked->n;
    const guint size = n + m - 1;
    for (guint z = 0; z < n; z++) {
        const struct zone *zone = &asked->zone[z];
        for (guint other = 0; other < n; other++) {
            const struct zone *o = &asked->zone[other];
            const double r = z == other ? 1 : -zone->share * o->share / (zone->spread * o->spread);
            matrix[(gsize)z * size + other] = r - zone->loading * o->loading;
        }
        for (guint i = 0, at = n; i < m; i++) {
            if (i == asked->j)
                continue;
            const double rest = with_column(c->look, zone, asked->j, i) -
                                zone->loading * plx_drive_loading(c->look, i);
            const double kept = plx_drive_kept(c->look, c->scope, c->near, c->far, asked->j, i);
            matrix[(gsize)z * size + at] = matrix[(gsize)at * size + z] = alike * kept * rest;
            at++;
        }
    }
    for (guint i = 0, row = n; i < m; i++) {
        if (i == asked->j)
            continue;
        for (guint k = 0, at = n; k < m; k++)
            if (k != asked->j)
                matrix[(gsize)row * size + at++] = c->own[(gsize)i * m + k];
        row++;
    }
}

double plx_drive_alike(const struct plx_drive_contrasts *c, guint j, gboolean low, gboolean high)
{
    const struct asked asked = ask(c, j, low, high);
    const guint size = asked.n + c->look->m - 1;
    g_autofree double *matrix = g_new0(double, (gsize)size *size);
    double alike = asked.n ? 1 : 0;
    for (guint try = 0; try < TRIES && alike > 0; try++) {
        fill_matrix(c, &asked, alike, matrix);
        if (plx_drive_leaves(matrix, size))
            return alike;
        alike *= STEP;
    }
    return 0;
}

/* What the outcome has beyond mood: of the zones, then of the points but j. */
static void fill_rest(const struct plx_drive_look *look, const struct asked *asked, double *rest)
{
    guint at = 0;
    for (guint z = 0; z < asked->n; z++)
        rest[at++] = asked->zone[z].rest;
    for (guint i = 0; i < look->m; i++)
        if (i != asked->j)
            rest[at++] = look->ry[i] - plx_drive_loading(look, i) * look->own[i];
}

void plx_drive_contrast(const struct plx_drive_contrasts *c, guint j, gboolean low, gboolean high,
                        double alike, double *stat)
{
    stat[PLX_DRIVE_PENALTY] = stat[PLX_DRIVE_REWARD] = stat[PLX_DRIVE_TILT] = (double)NAN;
    if (isnan(c->look->mood) || (!low && !high))
        return;
    const struct asked asked = ask(c, j, low, high);
    const guint size = asked.n + c->look->m - 1;
    g_autofree double *matrix = g_new0(double, (gsize)size *size);
    g_autofree double *rest = g_new0(double, size);
    fill_matrix(c, &asked, alike, matrix);
    fill_rest(c->look, &asked, rest);
    if (!plx_cholesky(matrix, size))
        return;
    plx_cholesky_solve(matrix, size, rest);
    for (guint z = 0; z < asked.n; z++) {
        const struct zone *zone = &asked.zone[z];
        stat[zone->count == PLX_JOINT_LOW ? PLX_DRIVE_PENALTY : PLX_DRIVE_REWARD] =
            rest[z] * c->look->sd_y / zone->spread;
    }
    stat[PLX_DRIVE_TILT] = stat[PLX_DRIVE_PENALTY] + stat[PLX_DRIVE_REWARD];
}
