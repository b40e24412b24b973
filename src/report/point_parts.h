/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The parts of the table of one point; private to report/. Test: tests/report/test_point.c. */

#include "report/gaps_table.h"
#include "report/story.h"

struct plx_point_view {
    const plx_gaps *gaps;
    const struct plx_table_options *options;
    GString *out;
};

/* The voices of the point in every group of a split; nothing of fewer than two groups. */
void plx_point_print_split(struct plx_point_view *view, const plx_gaps *split, const char *heading);

/* A voice of the point in one place or month; `merged`: in several, shown as one. */
struct plx_point_row {
    char *key;
    const struct plx_voice *voice;
    gboolean merged;
};
/* struct plx_point_row, owned: those that may be shown and are not the same everywhere. `whole`: no
 * names of a merged one are left out. */
GArray *plx_point_split_rows(const plx_gaps *split, gboolean whole);

/* For the page: how answers spread, what is there place by place, channel by channel and month by
 * month, as drawings and as tables. Places and channels follow each other in small bars; months in
 * a line. */
void plx_point_draw_spread(const plx_gaps *gaps, const struct plx_gaps_point *point,
                           plx_story *story);
/* `funnel`: it follows, so that it may be pointed to. */
void plx_point_draw_places(const plx_gaps *split, gboolean funnel, plx_story *story);
void plx_point_draw_channels(const plx_gaps *split, plx_story *story);
void plx_point_draw_months(const plx_gaps *split, plx_story *story);

/* What the map says of each level there; nothing where it says nothing. */
void plx_point_tell_levels(const plx_gaps *gaps, const struct plx_gaps_point *point,
                           plx_story *story);
