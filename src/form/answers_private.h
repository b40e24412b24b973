/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What taking, keeping and turning into observations share. Private to form/. */

#include "form/observations.h"
#include "voice/batch.h"

#define PLX_FORM_JOURNEY (-1) /* instead of a point */

struct plx_form_answers {
    GPtrArray *list; /* struct plx_form_answer */
    char *words[PLX_FORM_QUESTIONS];
    guint32 taken; /* mask of cards */
};

/* The answer of a point, made where there is none. */
struct plx_form_answer *plx_form_answer_for(plx_form_answers *answers, gint point);

/* "5", "na", "declined" as a value of the measure. FALSE, *value untouched: it is none. */
gboolean plx_form_read_value(const struct plx_scale *scale, guint measure, const char *text,
                             gint8 *value);
/* And back; `out` has room for 16. */
const char *plx_form_value_text(gint8 value, char *out);

/* Which open question; PLX_FORM_QUESTIONS when it is none. `all`: also did and better. */
guint plx_form_find_prompt(const char *prompt, gboolean all);

/* Without observations, of no day. */
plx_form_encounter *plx_form_encounter_blank(void);
