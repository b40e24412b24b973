/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a finished form comes to: observations of one encounter, for voice/builder.h; and as a text,
 * in which anonymous answers wait until there are enough of them (store/forms.h).
 * Test: tests/form/test_observations.c. */

#include "form/answers.h"

struct plx_form_observation {
    enum plx_subject_kind kind; /* point, journey, or none: words about nothing on the map */
    char *subject;              /* id, or NULL */
    char *journey;              /* id: in whose context */
    guint item;                 /* 0: none. 1: ticks on the whole-journey card */
    double asked_p;
    gint8 value[PLX_MEASURES_MAX]; /* surprise and hesitation among them; PLX_CELL_EMPTY */
    char *note;                    /* or NULL */
    const char *prompt;            /* of the note; static, or NULL */
};

typedef struct plx_form_encounter plx_form_encounter;
struct plx_form_encounter {
    char *audience;
    char *language, *place, *channel; /* NULL: not said */
    char *respondent;                 /* a key (plx_forms_person); NULL: nobody knows */
    gint32 day;                       /* since 1970-01-01 */
    GPtrArray *observations;          /* struct plx_form_observation, in the order of the form */
};

/* Of what was answered. A card that was skipped gives nothing. On one that was taken, what could be
 * left out and was is "declined" (of a point that did not happen "na"): it was asked; and a point
 * without a tick is "nothing special". Words to an open question are rows of the journey's own. The
 * rest of the encounter is left NULL and `day` PLX_NO_DAY, for the caller. */
plx_form_encounter *plx_form_encounter_new(const plx_form_plan *plan,
                                           const plx_form_answers *answers);
void plx_form_encounter_free(plx_form_encounter *encounter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_form_encounter, plx_form_encounter_free)

/* As text, to be freed; and back, strictly. `map`: for its measures only; subjects stay as they
 * were said. Errors: PLX_ERROR_INPUT. */
char *plx_form_encounter_write(const plx_map *map, const plx_form_encounter *encounter);
plx_form_encounter *plx_form_encounter_read(const plx_map *map, const char *text, GError **error);
