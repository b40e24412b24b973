/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A batch with one of everything, and an export of it into a file. */

#include "export/export.h"

#define SAMPLE_ROWS 7

struct sample {
    plx_map *map;
    struct plx_dims dims;
    struct plx_batch batch;
    guint32 dim[PLX_DIM_SEGMENT + 2][SAMPLE_ROWS];
    char *folder;
};

void sample_init(struct sample *sample);
void sample_clear(struct sample *sample); /* also removes the folder */

/* Exports the batch `times` over as `name` in the sample's folder; the path, to be freed. */
char *sample_export(struct sample *sample, const char *name, guint times, enum plx_row_keys keys,
                    guint32 sheet_rows, struct plx_export_outcome *outcome);
