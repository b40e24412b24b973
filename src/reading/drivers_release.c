/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/drivers_private.h"
#include "reading/gaps_exact.h"
#include "stats/multiplicity.h"

#include <math.h>
#include <string.h>

#define Q 0.05 /* of the names, expected to be wrong */

/* All points with a fit, across parts: the family. */
struct member {
    const plx_drive_fit *fit;
    guint place; /* in the fit */
    struct plx_driver *driver;
};
struct family {
    const plx_drivers *drivers;
    guint n;
    struct member *members;
};

static const struct plx_drive_number *numbers(const struct member *m)
{
    return m->fit->point[m->place];
}

static gboolean is_named(gsize i, double level, gconstpointer data)
{
    const struct family *family = data;
    const struct member *m = &family->members[i];
    return plx_drive_interval(m->fit, numbers(m)[PLX_DRIVE_BEYOND], level).lo > PLX_DRIVER_MARGIN;
}

static struct plx_interval within(struct plx_interval ci, double lo, double hi)
{
    if (!isnan(ci.lo))
        ci = (struct plx_interval){CLAMP(ci.lo, lo, hi), CLAMP(ci.hi, lo, hi)};
    return ci;
}

/* A share is a sum of squares: its root is nearly symmetric where the share itself is not. */
static struct plx_interval squared(const plx_drive_fit *fit, struct plx_drive_number share,
                                   double level)
{
    if (!(share.value > 0))
        return plx_drive_interval(fit, share, level);
    const double root = sqrt(share.value);
    const struct plx_drive_number half = {root, share.se / (2 * root)};
    const struct plx_interval ci = plx_drive_interval(fit, half, level);
    return (struct plx_interval){ci.lo > 0 ? ci.lo * ci.lo : 0, ci.hi * ci.hi};
}

static gboolean is_inside(struct plx_interval ci, double margin)
{
    return ci.lo > -margin && ci.hi < margin;
}

/* A side counts when its interval excludes 0 on the expected side. Only one side: then the tilt
 * must be decided as well, or nothing is said of the other side. */
static enum plx_driver_shape shape_of(const struct plx_driver *d, struct plx_interval tilt,
                                      double margin)
{
    if (isnan(d->penalty_ci.lo) && isnan(d->reward_ci.lo))
        return PLX_SHAPE_NONE;
    const gboolean low = d->penalty_ci.hi < 0;
    const gboolean high = d->reward_ci.lo > 0;
    if (low && high)
        return PLX_SHAPE_BOTH;
    if (low && tilt.hi < 0)
        return PLX_SHAPE_HURTS_BELOW;
    if (high && tilt.lo > 0)
        return PLX_SHAPE_PLEASES_ABOVE;
    if (is_inside(d->penalty_ci, margin) && is_inside(d->reward_ci, margin))
        return PLX_SHAPE_NEITHER;
    return PLX_SHAPE_NOT_ENOUGH_YET;
}

static void fill_contrasts(const plx_drivers *drivers, const struct member *m)
{
    struct plx_driver *d = m->driver;
    const struct plx_drive_number *n = numbers(m);
    const double level = drivers->contrast_level;
    d->penalty = n[PLX_DRIVE_PENALTY].value;
    d->reward = n[PLX_DRIVE_REWARD].value;
    d->penalty_ci = plx_drive_interval(m->fit, n[PLX_DRIVE_PENALTY], level);
    d->reward_ci = plx_drive_interval(m->fit, n[PLX_DRIVE_REWARD], level);
    d->shape = shape_of(d, plx_drive_interval(m->fit, n[PLX_DRIVE_TILT], level), drivers->margin);
}

static void fill_member(const plx_drivers *drivers, const struct member *m)
{
    struct plx_driver *d = m->driver;
    const struct plx_drive_number *n = numbers(m);
    d->correlation = n[PLX_DRIVE_R].value;
    d->correlation_ci =
        within(plx_drive_interval(m->fit, n[PLX_DRIVE_R], drivers->share_level), -1, 1);
    d->share = n[PLX_DRIVE_SHARE].value;
    d->share_ci = within(squared(m->fit, n[PLX_DRIVE_SHARE], drivers->share_level), 0, 1);
    d->mood_share = m->fit->mood_share[m->place];
    d->beyond = n[PLX_DRIVE_BEYOND].value;
    d->beyond_ci = plx_drive_interval(m->fit, n[PLX_DRIVE_BEYOND], drivers->adjusted_level);
    d->beyond_alone = plx_drive_interval(m->fit, n[PLX_DRIVE_BEYOND], 1 - Q);
    d->named = d->beyond_ci.lo > PLX_DRIVER_MARGIN;
    fill_contrasts(drivers, m);
}

static void fill_part(const struct plx_drive_part *part)
{
    struct plx_drivers_part *p = part->released;
    const plx_drive_fit *fit = part->fit;
    p->complete = fit->complete;
    p->exact = fit->exact;
    p->r_squared = fit->total[PLX_DRIVE_R_SQUARED].value;
    p->r_squared_ci = within(plx_drive_interval(fit, fit->total[PLX_DRIVE_R_SQUARED], 0.95), 0, 1);
    p->mood = fit->total[PLX_DRIVE_MOOD].value;
    p->mood_ci = within(plx_drive_interval(fit, fit->total[PLX_DRIVE_MOOD], 0.95), 0, 1);
    p->mood_correlation = fit->total[PLX_DRIVE_MOOD_R].value;
    p->mood_correlation_ci =
        within(plx_drive_interval(fit, fit->total[PLX_DRIVE_MOOD_R], 0.95), -1, 1);
}

/* Largest share first; what was not looked at comes last, in the order it had. */
static gboolean comes_before(const struct plx_driver *a, const struct plx_driver *b)
{
    const double x = a->state == PLX_DRIVER_SHOWN && !isnan(a->share) ? a->share : -1;
    const double y = b->state == PLX_DRIVER_SHOWN && !isnan(b->share) ? b->share : -1;
    return x > y;
}

static void order_points(struct plx_drivers_part *part)
{
    for (guint i = 1; i < part->n_points; i++) {
        const struct plx_driver moved = part->points[i];
        guint at = i;
        while (at > 0 && comes_before(&moved, &part->points[at - 1])) {
            part->points[at] = part->points[at - 1];
            at--;
        }
        part->points[at] = moved;
    }
    for (guint i = 0; i < part->n_points; i++) {
        struct plx_driver *d = &part->points[i];
        d->rank = d->state == PLX_DRIVER_SHOWN && !isnan(d->share) ? i + 1 : 0;
        part->n_named += d->named ? 1 : 0;
    }
}

static guint gather(const plx_drivers *drivers, const struct plx_drive_part *parts,
                    struct member *members)
{
    guint n = 0;
    for (guint p = 0; p < drivers->n_parts; p++)
        for (guint i = 0; parts[p].fit && i < parts[p].fit->m; i++) {
            const guint column = parts[p].choice.scope.column[i];
            for (guint d = 0; d < parts[p].released->n_points; d++)
                if (parts[p].released->points[d].column == column)
                    members[n++] = (struct member){parts[p].fit, i, &parts[p].released->points[d]};
        }
    return n;
}

void plx_drivers_release(plx_drivers *drivers, const struct plx_drive_part *parts)
{
    g_autofree struct member *members =
        g_new0(struct member, (gsize)drivers->n_parts * PLX_JOINT_POINTS_MAX + 1);
    struct family family = {.drivers = drivers, .members = members};
    family.n = gather(drivers, parts, members);
    drivers->family_size = family.n;
    /* Names are one-sided: of an interval at 1 - 2 q only the lower end can name. */
    const gsize selected = plx_fcr_selected(family.n, 2 * Q, is_named, &family);
    drivers->adjusted_level = plx_fcr_level(family.n, selected, 2 * Q);
    drivers->share_level = plx_fcr_level(family.n, 1, Q);
    drivers->contrast_level = plx_fcr_level((gsize)2 * family.n, 1, Q);
    for (guint i = 0; i < family.n; i++)
        fill_member(drivers, &family.members[i]);
    for (guint p = 0; p < drivers->n_parts; p++) {
        if (parts[p].fit)
            fill_part(&parts[p]);
        order_points(parts[p].released);
    }
}
