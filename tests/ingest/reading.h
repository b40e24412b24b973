/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Reading a text through a file source into a record sink: what the tests of ingest share. */

#include "ingest/file_source.h"
#include "record_sink.h"

#include <string.h>

struct reading {
    char *text;  /* the observations, or NULL */
    char *error; /* the message, or NULL */
    gint code;
    guint encounters, units;
    struct plx_file_summary summary;
};

static inline void reading_clear(struct reading *reading)
{
    g_free(reading->text);
    g_free(reading->error);
}

static inline void take_source(struct reading *reading, plx_source *source, GError *error)
{
    if (source) {
        plx_sink *const sink = record_sink_new(source->map, plx_file_source_workers(source));
        if (plx_file_source_run(source, sink, &reading->summary, &error)) {
            reading->text = record_sink_text(sink);
            reading->encounters = record_sink_encounters(sink);
            reading->units = record_sink_units(sink);
        }
        sink->free(sink);
        plx_source_free(source);
    }
    if (error) {
        reading->error = g_strdup(error->message);
        reading->code = error->code;
        g_error_free(error);
    }
}

static inline struct reading read_bytes(plx_map *map, const char *text, gsize n,
                                        const struct plx_file_options *options)
{
    struct reading reading = {0};
    GError *error = NULL;
    plx_source *const source = plx_file_source_new_memory(text, n, "f.csv", map, options, &error);
    take_source(&reading, source, error);
    return reading;
}

static inline struct reading read_path(plx_map *map, const char *path,
                                       const struct plx_file_options *options)
{
    struct reading reading = {0};
    GError *error = NULL;
    plx_source *const source = plx_file_source_new(path, map, options, &error);
    take_source(&reading, source, error);
    return reading;
}
