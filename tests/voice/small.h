/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One batch of eight rows to filter: see small.c for what is in it. */

#include "voice/filter.h"

#define SMALL_ROWS 8

struct small {
    plx_map *map;
    struct plx_dims dims;
    struct plx_batch batch;
    guint32 audience[SMALL_ROWS], subject[SMALL_ROWS], journey[SMALL_ROWS], place[SMALL_ROWS];
    guint32 tier[SMALL_ROWS];
    gint32 day[SMALL_ROWS];
};

void small_init(struct small *small);
void small_clear(struct small *small);

/* Which rows pass, as "10110000". */
const char *small_run(const struct small *small, const plx_filter *filter);
