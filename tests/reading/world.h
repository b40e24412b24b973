/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Small worlds for the tests of reading/: rows by the handful, read through the fake source. */

#include "fake.h"
#include "reading/gaps.h"

typedef struct world world;

struct world {
    plx_map *map;
    GString *csv;
    guint persons; /* respondents given out */
    plx_source *source;
};

/* One cell of a row; NULL or 0-initialised: empty. Each row is another person unless `who` is set.
 */
struct world_row {
    const char *audience, *who, *time, *point, *place, *channel, *level, *believed, *predicted,
        *expected, *seen, *group_size, *workshop;
};

world *world_new(void);
/* On a map from YAML. */
world *world_new_map(const char *yaml);
void world_free(world *w);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(world, world_free)

void world_add(world *w, struct world_row row, guint times);
/* `counts[i]` persons of an audience give level i + 1 to a point. */
void world_levels(world *w, const char *audience, const char *point, const guint counts[6]);
/* The rows so far as a source; w keeps it. */
plx_source *world_source(world *w);
/* Reads; fails the test on an error. */
plx_gaps *world_read(world *w, const struct plx_gaps_options *options);
/* Reads; the error must have this code and, when not NULL, this message. */
void world_fails(world *w, const struct plx_gaps_options *options, int code, const char *message);

/* The parts of a released document; NULL when absent. Group by key (NULL: the only one). */
const struct plx_gaps_point *world_point(const plx_gaps *gaps, const char *key, const char *point);
const struct plx_voice *world_voice(const plx_gaps *gaps, const char *key, const char *point,
                                    const char *audience);
const struct plx_gap *world_gap(const plx_gaps *gaps, const char *point, const char *a,
                                const char *b);
const struct plx_belief *world_belief(const plx_gaps *gaps, const char *point, const char *by);
const struct plx_gaps_note *world_note(const plx_gaps *gaps, const char *code,
                                       const char *audience);
