/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/compact.h"

#include "store/inbox.h"
#include "store/kept_shelf.h"

static gboolean read_size(plx_store *store, guint64 *bytes, GError **error)
{
    gint64 pages, size;
    plx_db *const db = plx_store_db(store);
    if (!plx_db_number(db, "PRAGMA page_count", &pages, error) ||
        !plx_db_number(db, "PRAGMA page_size", &size, error))
        return FALSE;
    *bytes = (guint64)(pages * size);
    return TRUE;
}

gboolean plx_compact_run(plx_store *store, guint64 *before, guint64 *after, GError **error)
{
    plx_db *const db = plx_store_db(store);
    guint64 was, is, sealed;
    if (!read_size(store, &was, error) || !plx_inbox_seal(store, &sealed, error) ||
        !plx_kept_make_missing(store, error) ||
        !plx_db_execute(db,
                        "INSERT INTO note_text (note_text) VALUES ('optimize'); "
                        "DELETE FROM cache WHERE generation <> "
                        "(SELECT value FROM fact WHERE name = 'generation');",
                        error) ||
        !plx_db_execute(db, "VACUUM", error) || !plx_db_execute(db, "ANALYZE", error) ||
        !plx_db_empty_log(db, error) || !read_size(store, &is, error))
        return FALSE;
    *before = was;
    *after = is;
    return TRUE;
}
