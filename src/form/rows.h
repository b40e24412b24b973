/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* An encounter (form/observations.h) as voice/builder.h takes it. Test: tests/form/test_rows.c. */

#include "form/observations.h"
#include "voice/builder.h"

/* What keys of respondents of forms are scoped by, so that erasing somebody finds them. */
#define PLX_FORM_DATASET "forms"
#define PLX_FORM_SOURCE "form"

struct plx_form_rows {
    struct plx_occasion occasion;
    struct plx_builder_row *rows;
    guint n;
    char (*chances)[16], (*items)[12]; /* texts of rows */
};

/* Texts are the encounter's, which must outlive it. `encounter_key`: made up for this one
 * encounter. `respondent_key`: of encounter->respondent (ingest/keys.h); not looked at where that
 * is NULL. What the map of the day has no place for is left out, but words stay, about nothing.
 * FALSE when the map does not have its audience. */
gboolean plx_form_rows_make(const plx_map *map, const plx_form_encounter *encounter,
                            guint64 encounter_key, guint64 respondent_key,
                            struct plx_form_rows *rows);
void plx_form_rows_clear(struct plx_form_rows *rows);
