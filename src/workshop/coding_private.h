/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of coding share. */

#include "workshop/coding.h"

struct plx_coder {
    const plx_map *map;
    plx_codebook *book;
    GArray *answers;   /* struct plx_coder_answer */
    GPtrArray *memory; /* owns the texts of answers */
};

/* A copy that lives as long as the coder. */
const char *plx_coder_keep(plx_coder *coder, const char *text);

/* "3 answers", to be freed. */
char *plx_coder_how_many(guint n);

/* Looks up again which answer is in which theme. */
void plx_coder_find_themes(plx_coder *coder);
