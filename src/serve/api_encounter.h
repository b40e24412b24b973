/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Encounters as programs send them: JSON with the names of the columns of a file of answers
 * (docs/ratings.md), read strictly. Pure.
 *
 *     {"audience": "customer", "place": "Basel", "time": "2026-11-26T09:30+01:00",
 *      "observations": [{"point": "payment-page", "level": 4, "effort": "na"},
 *                       {"note": "quick", "prompt": "comment"}]}
 *
 * One such object; or {"encounters": [...]}; or lines of them (NDJSON).
 * Tests: tests/serve/test_api.py, fuzz/fuzz_api_json.c. */

#include "voice/builder.h"

enum {
    PLX_API_ENCOUNTERS_MAX = 10000,
    PLX_API_OBSERVATIONS_MAX = 1000, /* of one encounter */
    PLX_API_ROWS_MAX = 100000        /* observations in all: others wait while they are stored */
};

typedef struct plx_api_body plx_api_body;

/* A body; `lines`: NDJSON. Errors: PLX_ERROR_INPUT: no JSON (with line and column), not of this
 * form, more than PLX_API_ENCOUNTERS_MAX. */
plx_api_body *plx_api_body_read(const char *text, gsize length, gboolean lines, GError **error);
void plx_api_body_free(plx_api_body *body);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_api_body, plx_api_body_free)
guint plx_api_body_encounters(const plx_api_body *body);

/* Who takes encounters one by one; nothing that it is given lives longer than the call. */
typedef gboolean (*plx_api_take)(const struct plx_occasion *occasion,
                                 const struct plx_builder_row *rows, guint n, gpointer data,
                                 GError **error);
/* What a body is read with. */
struct plx_api_reading {
    const plx_map *map;
    guint64 random; /* from which encounters without a key get one */
    gint64 now;     /* UTC; what is more than a day later is refused */
};
/* All encounters, checked against the map: "encounters[3].observations[0].level: ..."
 * (PLX_ERROR_INPUT; before it the line, of NDJSON) names what is wrong, what it is and what was
 * expected. Two observations of one
 * thing in one encounter are one if they are equal, as in files; else refused.
 * *observations: how many rows. */
gboolean plx_api_body_each(const plx_api_body *body, const struct plx_api_reading *how,
                           plx_api_take take, gpointer data, guint *observations, GError **error);
