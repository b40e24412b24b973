/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The ledger: all steps of an organisation, what went with the whole before each of them, and what
 * was lived after it. What kind of step works here?
 *
 * Before: of the answers before the start, how much those below Expected (above Desired, where the
 * step leads there) rate the whole lower than those between, other answers alike
 * (reading/drivers.h). That is association, part of it mood. After: the verdict of step/trial.h as
 * of today, and what the journey's `overall` did at the places with the step against those
 * without. Both are released forms, so that nothing is shown here that they would not show.
 *
 * Kinds are those of the point on the map of today (value category, each of its senses, effort) and
 * of the step (repair). One given up before it began is never judged. A step is judged when its
 * last look has come, or a look before said `up` or `down`, and it may prove something. Kinds are
 * told apart only when the shares of `up` among their judged steps and among all others differ by
 * Newcombe's interval (1998), held together over the kinds (Bonferroni, 5 %). Test:
 * tests/step/test_ledger.c. */

#include "reading/drivers.h"
#include "step/trial.h"

#define PLX_LEDGER_ALPHA 0.05

typedef struct plx_ledger plx_ledger;

struct plx_ledger_entry {
    const struct plx_step *step; /* borrowed */
    const plx_trial *trial;      /* owned by the ledger */
    gint point;                  /* index into the map's points; -1: gone from it */
    const char *outcome;         /* "overall", "recommend"; NULL: the next is not known */
    gboolean above;              /* above Desired against between, else below Expected */
    double associated;           /* how much higher, in units of the whole; NaN: not known */
    struct plx_interval associated_ci;
    gboolean judged;
};

enum plx_ledger_kind { PLX_LEDGER_VALUE, PLX_LEDGER_SENSE, PLX_LEDGER_EFFORT, PLX_LEDGER_REPAIR };
/* "value", "sense", "effort", "repair". */
const char *plx_ledger_kind_code(enum plx_ledger_kind kind);

struct plx_ledger_group {
    enum plx_ledger_kind kind;
    const char *name; /* "mindset", "see", "week", "delivery"; "" = not set in the map */
    guint steps, judged, up, not_shown, down;
    double change;             /* mean over judged steps of what the trial shows; NaN */
    double associated;         /* mean over those of them of which it is known; NaN */
    struct plx_interval apart; /* share of up here less that of all others; NaN: none to compare */
    gboolean stands_out;       /* `apart` does not hold 0 */
};

struct plx_ledger {
    const plx_map *map; /* borrowed */
    guint n;
    struct plx_ledger_entry *entries; /* in the order of registration */
    guint judged, up, not_shown, down;
    guint looks_up; /* of those that prove nothing */
    guint given_up; /* before they began: never judged */
    guint n_groups;
    struct plx_ledger_group *groups; /* by kind, then in the map's order of names */
    double level;                    /* of `apart` */
    GPtrArray *trials;               /* owns them */
};

/* `steps`: struct plx_step, borrowed as long as the ledger lives. Errors: those of the source and
 * of plx_trial_read. Cost: per step those of the drivers reading and of a trial. */
plx_ledger *plx_ledger_read(plx_source *source, const GPtrArray *steps,
                            const struct plx_trial_options *options, GError **error);
void plx_ledger_free(plx_ledger *ledger);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_ledger, plx_ledger_free)
