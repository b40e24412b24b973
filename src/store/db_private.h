/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What db_open.c (from a file to a connection) and db.c (what is done with one) share. Private to
 * them. */

#include "store/db.h"

struct plx_db {
    sqlite3 *handle;
    gboolean adopted; /* the handle is somebody else's */
    char *path;
    GHashTable *statements; /* text → sqlite3_stmt */
    plx_db_waiting waiting;
    gpointer waiting_data;
    gint64 waiting_since; /* monotonic, 0: not waiting */
    gboolean met;         /* somebody else who was writing */
    gint64 told;
    plx_db_ending ending;
    plx_db_ended ended;
    gpointer ending_data;
    GDestroyNotify ending_free;
    int changes; /* rows changed before the transaction */
};

/* For sqlite3_busy_handler; `data` is the plx_db. */
int plx_db_wait(void *data, int tries);
