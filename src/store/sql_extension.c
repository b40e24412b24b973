/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The virtual table for other programs: `.load parallax_observation` in the sqlite3 shell, then
 * `select count(*) from observation` on a workspace (docs/sql.md).
 *
 * SQLite is the host's own, whether it is a shared library or part of the host: two copies of
 * SQLite at one file would undo each other's locks. So this library links none and calls it through
 * the routines that it is given, in all its files (PLX_SQLITE_EXTENSION, store/db.h). */

#include "store/vtab.h"

#define OLDEST_SQLITE 3038000 /* sqlite3_vtab_in */

const sqlite3_api_routines *sqlite3_api; /* the name is SQLite's, set once, at loading */

/* The name is what SQLite makes of that of the file. */
__attribute__((visibility("default"))) int
sqlite3_parallaxobservation_init(sqlite3 *handle, char **message,
                                 const sqlite3_api_routines *routines);

__attribute__((visibility("default"))) int
sqlite3_parallaxobservation_init(sqlite3 *handle, char **message,
                                 const sqlite3_api_routines *routines)
{
    sqlite3_api = routines;
    if (sqlite3_libversion_number() >= OLDEST_SQLITE)
        return plx_vtab_register_adopting(handle);
    *message = sqlite3_mprintf("parallax_observation needs SQLite 3.38 or newer, this is %s",
                               sqlite3_libversion());
    return SQLITE_ERROR;
}
