/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of coding share. */

#include "workshop/coding.h"

struct plx_sorter {
    const plx_map *map;
    plx_codebook *book;
    GArray *answers;   /* struct plx_sorter_answer */
    GPtrArray *memory; /* owns the texts of answers */
};

/* A copy that lives as long as the sorter. */
const char *plx_sorter_keep(plx_sorter *sorter, const char *text);

/* "3 answers", to be freed. */
char *plx_sorter_how_many(guint n);

/* Looks up again which answer is in which theme. */
void plx_sorter_find_themes(plx_sorter *sorter);
