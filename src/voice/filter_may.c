/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a filter can say of rows of which little is known. */

#include "base/date.h"
#include "voice/filter_private.h"

/* What a node may be. */
enum { MAY_FAIL = 1, MAY_PASS = 2, MAY_BOTH = 3 };

static gboolean begins_month(gint32 day)
{
    gint year, month, rest;
    plx_date_civil(day, &year, &month, &rest);
    return rest == 1;
}

gboolean plx_filter_is_monthly(const plx_filter *filter)
{
    if (!filter)
        return TRUE;
    if (filter->kind == NODE_DAYS &&
        ((filter->since != G_MININT32 && !begins_month(filter->since)) ||
         (filter->until != G_MAXINT32 && !begins_month(filter->until + 1))))
        return FALSE;
    for (guint i = 0; i < filter->n_children; i++)
        if (!plx_filter_is_monthly(filter->children[i]))
            return FALSE;
    return TRUE;
}

static guint days_may(const plx_filter *filter, const struct plx_filter_known *known)
{
    if (known->since > known->until)
        return MAY_BOTH;
    if (known->since == PLX_NO_DAY || known->until < filter->since || known->since > filter->until)
        return MAY_FAIL;
    return known->since >= filter->since && known->until <= filter->until ? MAY_PASS : MAY_BOTH;
}

static guint may(const plx_filter *filter, const struct plx_filter_known *known)
{
    guint some = 0, all = MAY_BOTH; /* of the children: what one may be, what every one may be */
    for (guint i = 0; i < filter->n_children; i++) {
        const guint one = may(filter->children[i], known);
        some |= one;
        all &= one;
    }
    switch (filter->kind) {
    case NODE_ALL:
        return (all & MAY_PASS) | (some & MAY_FAIL);
    case NODE_ANY:
        return (some & MAY_PASS) | (all & MAY_FAIL);
    case NODE_NOT: /* a test on time is never true without one, also when it is turned round */
        return plx_filter_columns(filter) & PLX_FILTER_DAYS
                   ? MAY_BOTH
                   : (some & MAY_PASS ? MAY_FAIL : 0) | (some & MAY_FAIL ? MAY_PASS : 0);
    case NODE_DAYS:
        return days_may(filter, known);
    case NODE_IN:
        if (filter->dim != PLX_DIM_PLACE || !known->place)
            return MAY_BOTH;
        return g_strv_contains((const char *const *)filter->values, known->place) ? MAY_PASS
                                                                                  : MAY_FAIL;
    case NODE_KINDS:
        return MAY_BOTH;
    }
    g_return_val_if_reached(MAY_BOTH);
}

gboolean plx_filter_may_pass(const plx_filter *filter, const struct plx_filter_known *known)
{
    return !filter || (may(filter, known) & MAY_PASS) != 0;
}
