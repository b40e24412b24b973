/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Internal to the release of a workshop: privacy_workshop.c says who is shown, privacy_themes.c
 * releases what they said. Test: tests/reading/test_workshop.c. */

#include "reading/gaps_exact.h"
#include "reading/workshop_exact.h"

/* What making the released form needs at hand. */
struct plx_release {
    const plx_exact_workshop *exact;
    plx_workshop *out;
    gint *index;      /* of a map audience in out->audiences */
    gboolean *shown;  /* by seat */
    gboolean *quoted; /* by seat */
    gint64 *withheld; /* by audience of the workshop: answers whose words may not be shown */
    GArray *notes;
};

static inline const struct plx_seat *plx_release_seat(const struct plx_release *r, guint i)
{
    return &g_array_index(r->exact->seats, struct plx_seat, i);
}

/* A copy that lives as long as the released form. */
const char *plx_release_copy(struct plx_release *r, const char *text);

/* Everything about themes, of seats that are shown: overall, by question, contested, unsorted. */
void plx_release_themes(struct plx_release *r);
