/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/truth_judge.h"

#include "ingest/file_source.h"
#include "reading/friction.h"
#include "reading/promises.h"
#include "sim/demo_map.h"
#include "sim/world.h"

#include <string.h>

struct demo {
    plx_map *map;
    GString *csv;
    plx_source *source;
};

static struct demo demo_new(guint64 seed)
{
    const struct plx_file_options one_thread = {.threads = 1};
    g_autoptr(GError) error = NULL;
    struct demo demo = {plx_demo_map(&error), g_string_new(NULL), NULL};
    g_assert_no_error(error);
    plx_world_write(plx_truth(), seed, demo.csv);
    demo.source = plx_file_source_new_memory(demo.csv->str, demo.csv->len, "ratings.csv", demo.map,
                                             &one_thread, &error);
    g_assert_no_error(error);
    return demo;
}

static void demo_clear(struct demo *demo)
{
    plx_source_free(demo->source);
    g_string_free(demo->csv, TRUE);
    plx_map_free(demo->map);
}

struct plx_truth_named plx_truth_judge_friction(guint64 seed)
{
    struct plx_truth_named named = {0, 0};
    struct demo demo = demo_new(seed);
    const struct plx_gaps_options options = {0};
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_friction) read = plx_friction_read(demo.source, &options, &error);
    g_assert_no_error(error);
    const char *const planted = plx_truth()->friction_point;
    const struct plx_friction_point *first = &read->points[0];
    if (strcmp(first->point, planted) == 0 && first->rank_best == 1)
        named.planted++;
    else
        named.others += first->rank_worst == 1 ? 1 : 0;
    g_clear_pointer(&read, plx_friction_free);
    demo_clear(&demo);
    return named;
}

struct plx_truth_named plx_truth_judge_promises(guint64 seed)
{
    struct plx_truth_named named = {0, 0};
    struct demo demo = demo_new(seed);
    const struct plx_gaps_options options = {0};
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_promises) read = plx_promises_read(demo.source, &options, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < read->n_promises; i++) {
        const struct plx_promise_reading *it = &read->promises[i];
        const gboolean planted = strcmp(it->promise, plx_truth()->promise.id) == 0;
        if (it->verdict == PLX_PROMISE_NOT_KEPT)
            (*(planted ? &named.planted : &named.others))++;
        named.others += it->verdict == PLX_PROMISE_NOT_KNOWN;
        for (guint c = 0; c < it->n_channels; c++)
            named.others += it->channels[c].others_verdict == PLX_PROMISE_WORSE ||
                            it->channels[c].others_verdict == PLX_PROMISE_BETTER;
    }
    g_clear_pointer(&read, plx_promises_free);
    demo_clear(&demo);
    return named;
}
