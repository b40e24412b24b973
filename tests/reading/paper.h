/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A map and a file of answers, written in a test and read as files are. */

#include "ingest/file_source.h"
#include "map/map_file.h"

typedef struct paper paper;
struct paper {
    plx_map *map;
    GString *csv;
    plx_source *source;
};

/* `header`: the columns, without line end. */
paper *paper_new(const char *yaml, const char *header);
void paper_free(paper *p);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(paper, paper_free)

/* `times` equal lines; "%u" in `line` becomes a number that no other line of the file has. */
void paper_add(paper *p, guint times, const char *line);
/* What was written, as a source; later lines are not in it. */
plx_source *paper_source(paper *p);
