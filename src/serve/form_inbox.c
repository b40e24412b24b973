/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/form_inbox.h"

#include "base/error.h"
#include "ingest/keys.h"

#include <sodium.h>

gboolean plx_form_inbox_add(const plx_map *map, const plx_form_encounter *encounter,
                            plx_builder *builder, GError **error)
{
    guint64 key;
    struct plx_form_rows rows;
    const guint64 respondent =
        encounter->respondent
            ? plx_key_of_respondent(PLX_FORM_DATASET, encounter->audience, encounter->respondent)
            : 0;
    randombytes_buf(&key, sizeof key);
    if (!plx_form_rows_make(map, encounter, key, respondent, &rows))
        return plx_error(error, PLX_ERROR_INPUT, "the map has no audience \"%s\" any more",
                         encounter->audience);
    const gboolean ok = plx_builder_add(builder, &rows.occasion, rows.rows, rows.n, error);
    plx_form_rows_clear(&rows);
    return ok;
}

gboolean plx_form_inbox_release(plx_store *store, const char *const *bodies, guint n,
                                gpointer builder, GError **error)
{
    const plx_map *const map = plx_store_map(store);
    for (guint i = 0; i < n; i++) {
        g_autoptr(plx_form_encounter) encounter = plx_form_encounter_read(map, bodies[i], error);
        if (!encounter || !plx_form_inbox_add(map, encounter, builder, error))
            return FALSE;
    }
    return TRUE;
}
