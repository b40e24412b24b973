/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What reading costs by itself: every check, no counting (a sink that only adds up its rows).
 *
 *   bench_reader FILE [THREADS] [REPEATS] */

#include "ingest/file_source.h"

#include <stdio.h>
#include <stdlib.h>

struct null_sink {
    plx_sink base;
    guint64 rows[64][8]; /* one cache line per worker */
};

static gboolean null_add(plx_sink *sink, guint worker, const struct plx_batch *batch,
                         GError **error)
{
    (void)error;
    ((struct null_sink *)(void *)sink)->rows[worker][0] += batch->n;
    return TRUE;
}

static gboolean null_suspects(plx_sink *sink, struct plx_suspect **suspects, gsize *n,
                              GError **error)
{
    (void)sink;
    (void)error;
    *suspects = NULL;
    *n = 0;
    return TRUE;
}

int main(int argc, char **argv)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(GError) error = NULL;
    const struct plx_file_options options = {.threads =
                                                 argc > 2 ? (guint)strtoul(argv[2], NULL, 10) : 0};
    g_autoptr(plx_source) source =
        argc > 1 ? plx_file_source_new(argv[1], map, &options, &error) : NULL;
    const guint repeats = argc > 3 ? (guint)strtoul(argv[3], NULL, 10) : 1;
    for (guint i = 0; source && !error && i < repeats; i++) {
        struct null_sink sink = {
            .base = {.add = null_add, .retract = null_add, .suspects = null_suspects}};
        struct plx_file_summary summary;
        const gint64 begin = g_get_monotonic_time();
        if (!plx_file_source_run(source, &sink.base, &summary, &error))
            break;
        const double seconds = (double)(g_get_monotonic_time() - begin) / 1e6;
        printf("%" G_GUINT64_FORMAT " rows, %.3f s, %.1f ns a row\n", summary.rows, seconds,
               seconds * 1e9 / (double)summary.rows);
    }
    if (error || !source) {
        fprintf(stderr, "%s\n", error ? error->message : "usage: bench_reader FILE [THREADS]");
        return 2;
    }
    return 0;
}
