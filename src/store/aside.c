/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/aside.h"

#include "store/db.h"
#include "store/store_private.h"

static gboolean is_of(const struct plx_store_aside *aside, plx_aside_make make, gint64 generation,
                      const struct plx_store_map_stamp *stamp)
{
    return aside->data && aside->make == make && aside->generation == generation &&
           aside->stamp.maps == stamp->maps && aside->stamp.amendments == stamp->amendments;
}

void plx_store_forget_aside(plx_store *store)
{
    if (store->aside.data)
        store->aside.clear(store->aside.data);
    store->aside = (struct plx_store_aside){.data = NULL};
}

gconstpointer plx_store_aside(plx_store *store, plx_aside_make make, GDestroyNotify clear,
                              GError **error)
{
    struct plx_store_map_stamp stamp;
    gint64 generation;
    if (!plx_db_number(store->db, "SELECT value FROM fact WHERE name = 'generation'", &generation,
                       error) ||
        !plx_store_read_stamp(store, &stamp, error))
        return NULL;
    if (is_of(&store->aside, make, generation, &stamp))
        return store->aside.data;
    /* What changes from here on makes it older than it is: it is then made once more. */
    gpointer const made = make(store, error);
    plx_store_forget_aside(store);
    if (made)
        store->aside = (struct plx_store_aside){make, clear, made, generation, stamp};
    return made;
}
