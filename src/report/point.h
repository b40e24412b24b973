/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* All evidence on one point: distributions, every pair, beliefs; place by place, channel by channel
 * and month by month; what was promised, what is done for it, what the levels look like there.
 * Test: tests/report/test_point.c. */

#include "reading/consistency.h"
#include "reading/figure.h"
#include "report/gaps_table.h"
#include "report/story.h"
#include "step/proposals.h"

/* The same point asked by place, by channel and by month: readings of their own, so that each has
 * passed the privacy gate. NULL: not asked, or there is nothing to split by. */
struct plx_point_splits {
    const plx_gaps *place, *channel, *month;
    const GArray *figures; /* struct plx_point_figure, by reading; or NULL */
    plx_story *story;      /* what the other readings say of the point; or NULL */
    /* For the page: its funnel and control chart; what people wrote there, PLX_NEXT_KINDS of them;
     * the steps of the workspace (struct plx_step). NULL: none. */
    const plx_consistency *consistency;
    const struct plx_next_quotes *quotes;
    const GPtrArray *steps;
};

/* A number of another reading about the point. */
struct plx_point_figure {
    const char *reading;
    struct plx_figure figure;
};

/* Meant for one point, but a reading of more is shown too. `splits` may be NULL. */
void plx_point_table(const plx_gaps *gaps, const struct plx_point_splits *splits,
                     const struct plx_table_options *options, GString *out);

/* `parallax.point/1`: the members of `parallax.gaps/1`, then by_place, by_channel, by_month,
 * figures, promises, tasks, anchors. */
void plx_point_json(const plx_gaps *gaps, const struct plx_point_splits *splits, GString *out);

/* The same as a page, with drawings: of a reading of one point. Takes what `splits` has in its
 * story over, which is empty then. Test: tests/report/test_point.c. */
plx_story *plx_point_story(const plx_gaps *gaps, const struct plx_point_splits *splits);
