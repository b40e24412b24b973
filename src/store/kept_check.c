/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Are kept counts those of the blocks? They are made anew and compared byte by byte. */

#include "store/kept_shelf.h"

static gboolean is_same(plx_db *db, const struct plx_kept_entry *entry,
                        const struct plx_kept_set *set)
{
    gsize size;
    g_autoptr(GBytes) bytes = plx_kept_load(db, entry, NULL);
    const guint8 *const data = bytes ? g_bytes_get_data(bytes, &size) : NULL;
    return data && entry->month == set->month && entry->first_place == set->first_place &&
           entry->last_place == set->last_place && entry->cells == set->cells &&
           entry->rows == set->rows && size == set->data->len &&
           memcmp(data, set->data->data, size) == 0;
}

static gint compare_entries(gconstpointer a, gconstpointer b)
{
    const struct plx_kept_entry *const x = a, *const y = b;
    if (x->month != y->month)
        return x->month < y->month ? -1 : 1;
    return x->first_place < y->first_place ? -1 : x->first_place > y->first_place;
}

/* Where the map of today does not know all measures, nobody can tell. */
static gboolean is_right(plx_store *store, gint64 import, GArray *entries, GError **error)
{
    g_autoptr(GPtrArray) sets = NULL;
    if (!plx_kept_from_blocks(store, import, &sets, error))
        return FALSE;
    g_array_sort(entries, compare_entries);
    gboolean same = !sets || sets->len == entries->len;
    for (guint i = 0; sets && same && i < sets->len; i++)
        same =
            is_same(store->db, &g_array_index(entries, struct plx_kept_entry, i), sets->pdata[i]);
    return same;
}

static GArray *list_imports(plx_db *db, GError **error)
{
    return plx_db_numbers(db, "SELECT DISTINCT import FROM kept ORDER BY import", error);
}

static gboolean make_anew(plx_store *store, gint64 import)
{
    gint64 generation;
    return plx_db_begin_write(store->db, NULL) &&
           plx_store_end(store,
                         plx_store_refresh(store, &generation, NULL) &&
                             plx_kept_remake(store, import, NULL),
                         NULL);
}

static void check_import(plx_store *store, gint64 import, gboolean repair, GPtrArray *faults,
                         GPtrArray *repaired)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) entries = plx_kept_list(store->db, import, NULL);
    if (entries && is_right(store, import, entries, &error))
        return;
    if (error)
        return; /* the blocks are damaged, which is said of them */
    g_autofree char *what = g_strdup_printf("the kept counts of import %" G_GINT64_FORMAT, import);
    if (repair && make_anew(store, import))
        g_ptr_array_add(repaired, g_steal_pointer(&what));
    else
        g_ptr_array_add(faults, g_strconcat(what,
                                            " are not those of its observations "
                                            "(--repair makes them anew)",
                                            NULL));
}

void plx_kept_check(plx_store *store, gboolean repair, GPtrArray *faults, GPtrArray *repaired)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) imports = list_imports(store->db, &error);
    if (!imports)
        g_ptr_array_add(faults, g_strdup(error->message));
    for (guint i = 0; imports && i < imports->len; i++)
        check_import(store, g_array_index(imports, gint64, i), repair, faults, repaired);
}
