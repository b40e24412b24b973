/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The flags beside an answer, made measures for those who ask for them. */

#include "voice/part.h"

#include "voice/batch.h"

static gboolean says_something(const gint8 *flag, guint32 n)
{
    for (guint32 i = 0; i < n; i++)
        if (flag[i] != PLX_CELL_EMPTY)
            return TRUE;
    return FALSE;
}

const struct plx_batch *plx_part_flags(const struct plx_part *part, const struct plx_batch *batch,
                                       struct plx_batch *room)
{
    const gint8 *const flags[] = {batch->surprise, batch->hesitation};
    if (!(part->plan->measures & PLX_MEASURE_FLAGS))
        return batch;
    *room = *batch;
    for (guint f = 0; f < G_N_ELEMENTS(flags); f++)
        if (flags[f] && part->plan->measures >> (PLX_MEASURE_SURPRISE + f) & 1 &&
            says_something(flags[f], batch->n))
            room->measure[PLX_MEASURE_SURPRISE + f] = flags[f];
    return room;
}
