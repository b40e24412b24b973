/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Guesses that came after their audience had been shown results (store/reveals.h).
 *
 * A row is late when its audience has a reveal, it has a value of `believed` and none of `seen`,
 * and its time is not before the reveal: compared as precisely as the time is written, so a day (a
 * minute) is late when it is that of the reveal. A time without an offset is of this computer's
 * place; a row without a time is late. Test: tests/store/test_late.c. */

#include "store/reveals.h"
#include "voice/batch.h"

/* What `seen` says of a late row until its import is finished: nothing that the row said itself, so
 * that the same file is still the same (store/content.h); then it becomes 1. */
#define PLX_SEEN_LATE 99

struct plx_late {
    guint n; /* audiences of the map; 0: nobody was shown anything */
    gboolean revealed[PLX_AUDIENCES_MAX];
    gint64 when[PLX_AUDIENCES_MAX];  /* UTC seconds */
    gint64 there[PLX_AUDIENCES_MAX]; /* what clocks of this computer's place showed */
};

void plx_late_init(struct plx_late *late, const plx_map *map, const struct plx_shown *reveals,
                   guint n);

/* How many rows of a batch are late. When some are, `seen` (batch->n) is filled with the batch's
 * column in which they have the value `mark`; else it is left as it is. */
guint32 plx_late_mark(const struct plx_late *late, const struct plx_batch *batch, gint8 mark,
                      gint8 *seen);
