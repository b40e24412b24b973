/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What tables of a workshop said on their devices as answers: the same that paper becomes which is
 * typed in (workshop/guess_sheet.h, workshop/table_sheet.h), under the same keys.
 * Test: tests/serve/test_workshop.py. */

#include "store/gatherings.h"
#include "voice/builder.h"

/* When it is handed over. */
struct plx_workshop_when {
    const char *clock; /* of guesses: "minute+02:00" */
    gint32 day;        /* of answers; local */
    gint64 utc;        /* seconds */
};

typedef gboolean (*plx_workshop_take)(gpointer taker, const struct plx_occasion *occasion,
                                      const struct plx_builder_row *rows, guint n, GError **error);

/* Goes to a phase behind (or at) the present one, within the caller's transaction: guesses are
 * handed over when the first phase is left, answers whenever there are new ones; the reveal locks
 * guesses of those who guessed (store/reveals.h); the end empties what is not needed any more.
 * gathering->phase becomes the phase. PLX_ERROR_USAGE: it is behind that already. */
gboolean plx_workshop_go_within(plx_store *store, struct plx_gathering *gathering,
                                enum plx_gathering_phase phase,
                                const struct plx_workshop_when *when, plx_workshop_take take,
                                gpointer taker, GError **error);
