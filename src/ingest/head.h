/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The head of an input: what stands above the data, the delimiter, the header, whether rows have
 * names. Test: tests/ingest/test_bad_input.c, test_accepted.c. */

#include "ingest/binding.h"
#include "ingest/file_source.h"
#include "ingest/reader.h"

struct plx_head {
    char *raw; /* the header as written, or NULL */
    char delimiter;
    guint offset; /* 1: rows have names */
    GPtrArray *titles;
    GArray *columns; /* guint, byte columns of the titles */
    struct plx_header header;
    plx_plan *plan; /* the canonical one, or NULL */
};

/* Reads the head and leaves the reader at the data. Errors: an empty input; a header that is no
 * text; what plx_plan_canonical says. */
gboolean plx_head_read(struct plx_head *head, plx_reader *reader, const char *name,
                       const plx_map *map, const struct plx_file_options *options, GError **error);
plx_binding *plx_head_bind(const struct plx_head *head, const plx_map *map, const char *path,
                           const struct plx_file_options *options, GError **error);
void plx_head_clear(struct plx_head *head);
