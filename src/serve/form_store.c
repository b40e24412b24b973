/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/form_store.h"

#include "base/error.h"
#include "form/rows.h"
#include "ingest/keys.h"

#include <sodium.h>

/* Takes them over into `rows`; FALSE when the map has no such audience. */
static gboolean make_rows(const plx_map *map, const plx_form_encounter *encounter,
                          struct plx_form_rows *rows, GError **error)
{
    guint64 key;
    randombytes_buf(&key, sizeof key);
    const guint64 respondent =
        encounter->respondent
            ? plx_key_of_respondent(PLX_FORM_DATASET, encounter->audience, encounter->respondent)
            : 0;
    return plx_form_rows_make(map, encounter, key, respondent, rows) ||
           plx_error(error, PLX_ERROR_INPUT, "the map has no audience ‘%s’ any more",
                     encounter->audience);
}

gboolean plx_form_store_add(plx_call *call, const plx_map *map, const plx_form_encounter *encounter,
                            const struct plx_moment *when, GError **error)
{
    struct plx_form_rows rows;
    if (!make_rows(map, encounter, &rows, error))
        return FALSE;
    if (when) {
        rows.occasion.seconds = when->local;
        rows.occasion.clock = when->clock;
    }
    const gboolean ok = plx_call_answer(call, &rows.occasion, rows.rows, rows.n, error);
    plx_form_rows_clear(&rows);
    return ok;
}

gboolean plx_form_store_release(plx_store *store, const char *const *bodies, guint n, gpointer data,
                                GError **error)
{
    const plx_map *const map = plx_store_map(store);
    for (guint i = 0; i < n; i++) {
        struct plx_form_rows rows;
        g_autoptr(plx_form_encounter) encounter = plx_form_encounter_read(map, bodies[i], error);
        if (!encounter || !make_rows(map, encounter, &rows, error))
            return FALSE;
        const gboolean ok = plx_builder_add(data, &rows.occasion, rows.rows, rows.n, error);
        plx_form_rows_clear(&rows);
        if (!ok)
            return FALSE;
    }
    return TRUE;
}
