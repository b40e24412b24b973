/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One act on a suggestion or on a visit, as store/suggestions.h and store/visits.h read and add
 * them. Lists of them own what they hold. Tests: tests/store/test_suggestions.c, test_visits.c. */

#include <glib.h>

struct plx_act {
    gint64 number; /* 1, 2, ... over all; of one to be added the last one's that was seen, or 0 */
    gint64 about;  /* what it is done to */
    gint64 utc_seconds;
    char *author, *act, *body;
};
