/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What canon.c (codes to ranks) and canon_number.c (ranks to numbers) share. Private to them. */

#include "voice/canon.h"

/* How a cell's ranks are packed into one number that sorts as the answer does. */
struct plx_packing {
    const GPtrArray *parts;
    const struct plx_canon *canon;
    guint g, n_splits;
    guint32 **ranks[PLX_SPLITS_MAX]; /* by split, part, code */
    guint split_bits[PLX_SPLITS_MAX], subject_bits, audience_bits, bits;
};

/* Numbers the cells of all parts: out->map, n_cells, group, subject, audience, group_values. */
void plx_canon_number(const struct plx_packing *packing, guint n_threads,
                      struct plx_canon_group *out);
