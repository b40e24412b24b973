/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/truth_demo.h"

#include "ingest/file_source.h"
#include "sim/demo_map.h"
#include "sim/world.h"

struct plx_truth_demo plx_truth_demo_new(const struct plx_truth *truth, guint64 seed)
{
    const struct plx_file_options one_thread = {.threads = 1};
    g_autoptr(GError) error = NULL;
    struct plx_truth_demo demo = {plx_demo_map(&error), g_string_new(NULL), NULL};
    g_assert_no_error(error);
    plx_world_write(truth, seed, demo.csv);
    demo.source = plx_file_source_new_memory(demo.csv->str, demo.csv->len, "ratings.csv", demo.map,
                                             &one_thread, &error);
    g_assert_no_error(error);
    return demo;
}

void plx_truth_demo_clear(struct plx_truth_demo *demo)
{
    plx_source_free(demo->source);
    g_string_free(demo->csv, TRUE);
    plx_map_free(demo->map);
}
