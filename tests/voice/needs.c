/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

static const char *const merge[] = {"Oslo", "Norway", "Bergen", "Norway", NULL};
static const struct plx_split by_place[] = {{PLX_SPLIT_DIM, PLX_DIM_PLACE, NULL, NULL},
                                            {PLX_SPLIT_MONTH, PLX_DIM_PLACE, NULL, NULL}};
static const struct plx_split by_week[] = {{PLX_SPLIT_DIM, PLX_DIM_PLACE, NULL, merge},
                                           {PLX_SPLIT_WEEK, PLX_DIM_PLACE, NULL, NULL}};
static const struct plx_split by_tier[] = {{PLX_SPLIT_DIM, PLX_DIM_SEGMENT, "tier", NULL}};
static const struct plx_split by_none[] = {{PLX_SPLIT_DIM, PLX_DIM_SEGMENT, "nowhere", NULL}};
static const struct plx_split by_day[] = {{PLX_SPLIT_DAY, PLX_DIM_PLACE, NULL, NULL}};
static const struct plx_split by_much[] = {{PLX_SPLIT_DIM, PLX_DIM_PLACE, NULL, NULL},
                                           {PLX_SPLIT_DAY, PLX_DIM_PLACE, NULL, NULL},
                                           {PLX_SPLIT_DIM, PLX_DIM_CHANNEL, NULL, NULL},
                                           {PLX_SPLIT_DIM, PLX_DIM_SEGMENT, "tier", NULL}};
static const struct plx_split by_channel[] = {{PLX_SPLIT_DIM, PLX_DIM_CHANNEL, NULL, NULL}};

/* Every kind of need, alone and together, over several groupings. */
const struct plx_need world_needs[WORLD_NEEDS] = {
    {PLX_NEED_COUNTS | PLX_NEED_PERSONS | PLX_NEED_CLUSTERS | PLX_NEED_ENCOUNTERS,
     WORLD_LEVEL | WORLD_BELIEVED | WORLD_EFFORT, 0, NULL, NULL, 0, FALSE},
    {PLX_NEED_COUNTS, WORLD_LEVEL, 0, NULL, by_place, 2, FALSE},
    {PLX_NEED_COUNTS | PLX_NEED_PERSONS | PLX_NEED_CLUSTERS, WORLD_BELIEVED, 0, NULL, NULL, 0,
     TRUE},
    {PLX_NEED_PAIRS, WORLD_LEVEL | WORLD_EFFORT, PLX_MEASURE_EXPECTED, NULL, by_channel, 1, FALSE},
    {PLX_NEED_COMOMENTS | PLX_NEED_CLUSTERS, WORLD_LEVEL, 0, NULL, by_tier, 1, FALSE},
    {PLX_NEED_PROFILES, WORLD_LEVEL | WORLD_BELIEVED, 0, NULL, NULL, 0, FALSE},
    {PLX_NEED_COUNTS | PLX_NEED_COLUMNS, WORLD_LEVEL, 0, NULL, by_week, 2, FALSE},
    {PLX_NEED_ENCOUNTERS, WORLD_LEVEL, 0, NULL, by_day, 1, FALSE},
    {PLX_NEED_PAIRS | PLX_NEED_PROFILES | PLX_NEED_COMOMENTS | PLX_NEED_PERSONS, WORLD_LEVEL,
     PLX_MEASURE_EXPECTED, NULL, by_channel, 1, TRUE},
    {PLX_NEED_COUNTS | PLX_NEED_PERSONS, WORLD_EXPECTED, 0, NULL, by_none, 1, FALSE},
    {PLX_NEED_COUNTS, WORLD_LEVEL, 0, NULL, by_much, 4,
     FALSE}, /* few cells of those there may be */
    /* flags */
    {PLX_NEED_COUNTS | PLX_NEED_PERSONS | PLX_NEED_CLUSTERS,
     WORLD_LEVEL | WORLD_SURPRISE | WORLD_HESITATION, 0, NULL, by_place, 1, FALSE},
    {PLX_NEED_PAIRS, WORLD_EFFORT | WORLD_SURPRISE, PLX_MEASURE_HESITATION, NULL, NULL, 0, FALSE},
    {PLX_NEED_COUNTS | PLX_NEED_COLUMNS, WORLD_LEVEL | WORLD_SURPRISE, 0, NULL, by_channel, 1,
     FALSE},
    {PLX_NEED_LINKED, WORLD_LEVEL | WORLD_BELIEVED | WORLD_SURPRISE, 0, NULL, NULL, 0, FALSE},
    {PLX_NEED_LINKED | PLX_NEED_COUNTS | PLX_NEED_CLUSTERS, WORLD_LEVEL, 0, NULL, by_place, 2,
     FALSE},
};

gboolean world_all_pass(guint need, const struct row *row)
{
    (void)need;
    (void)row;
    return TRUE;
}
