/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The comparisons of the promises reading, which are judged together. */

#include "reading/promises_private.h"
#include "stats/multiplicity.h"

#include <math.h>

#define FALSE_COVERAGE 0.05

/* One comparison of the family: a share against a line, or against that of the others. */
struct item {
    struct plx_pool pool, others; /* others.d.n = 0: against the line */
    double line, margin;
    enum plx_promise_verdict above, below, within;
    struct plx_interval *adjusted;
    enum plx_promise_verdict *verdict;
};

GArray *plx_promises_family_new(void)
{
    return g_array_new(FALSE, TRUE, sizeof(struct item));
}

void plx_promises_against_line(GArray *family, const struct plx_pool *pool,
                               const struct plx_promise_share *shown, double line,
                               enum plx_promise_verdict above, struct plx_interval *adjusted,
                               enum plx_promise_verdict *verdict)
{
    *adjusted = (struct plx_interval){NAN, NAN};
    *verdict = PLX_PROMISE_NOT_ASKED;
    if (shown->suppressed || shown->n <= 0)
        return;
    const struct item item = {*pool,     {.d = {.k = 1}}, line,     0,      above,
                              above + 1, above,           adjusted, verdict};
    g_array_append_val(family, item);
}

void plx_promises_against_others(GArray *family, const struct plx_reach *reach,
                                 const struct plx_pool *pool, const struct plx_pool *others,
                                 struct plx_promise_channel *channel)
{
    channel->others_adjusted = (struct plx_interval){NAN, NAN};
    channel->others = (struct plx_promise_difference){NAN, {NAN, NAN}};
    channel->others_verdict = PLX_PROMISE_NOT_ASKED;
    if (channel->kept.suppressed || channel->kept.n <= 0 || others->d.n <= 0 ||
        !plx_reach_allows(reach, others->persons))
        return;
    const struct plx_share here = plx_pool_share(pool, PLX_POOL_YES, 0.95);
    const struct plx_share there = plx_pool_share(others, PLX_POOL_YES, 0.95);
    channel->others.difference = here.p - there.p;
    channel->others.ci = plx_share_difference(here, there);
    const struct item item = {*pool,
                              *others,
                              0,
                              PLX_CHANNEL_MARGIN,
                              PLX_PROMISE_BETTER,
                              PLX_PROMISE_WORSE,
                              PLX_PROMISE_ALIKE,
                              &channel->others_adjusted,
                              &channel->others_verdict};
    g_array_append_val(family, item);
}

static struct plx_interval item_interval(const struct item *item, double level)
{
    const struct plx_share share = plx_pool_share(&item->pool, PLX_POOL_YES, level);
    return item->others.d.n > 0
               ? plx_share_difference(share, plx_pool_share(&item->others, PLX_POOL_YES, level))
               : share.ci;
}

static enum plx_decision decide_item(const struct item *item, double level)
{
    const struct plx_interval ci = item_interval(item, level);
    return plx_decide((struct plx_interval){ci.lo - item->line, ci.hi - item->line}, item->margin);
}

static gboolean item_is_decided(gsize i, double level, gconstpointer data)
{
    const GArray *family = data;
    return decide_item(&g_array_index(family, struct item, i), level) != PLX_DECISION_NONE;
}

void plx_promises_judge(const GArray *family, plx_promises *out)
{
    const gsize selected = plx_fcr_selected(family->len, FALSE_COVERAGE, item_is_decided, family);
    out->family_size = family->len;
    out->adjusted_level =
        family->len ? plx_fcr_level(family->len, selected, FALSE_COVERAGE) : (double)NAN;
    for (guint i = 0; i < family->len; i++) {
        const struct item *item = &g_array_index(family, struct item, i);
        const enum plx_decision decision = decide_item(item, out->adjusted_level);
        *item->adjusted = item_interval(item, out->adjusted_level);
        *item->verdict = decision == PLX_DECISION_ABOVE    ? item->above
                         : decision == PLX_DECISION_BELOW  ? item->below
                         : decision == PLX_DECISION_WITHIN ? item->within
                                                           : PLX_PROMISE_NOT_ENOUGH_YET;
    }
}
