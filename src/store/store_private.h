/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of store/ share of an open workspace. */

#include "store/aside.h"
#include "store/store.h"
#include "store/words.h"

#define PLX_SECRET_BYTES 16 /* crypto_shorthash_KEYBYTES */

/* Which map is in force: how many were applied, how much imports added to the last. */
struct plx_store_map_stamp {
    gint64 maps, amendments;
};

/* aside.c */
struct plx_store_aside {
    plx_aside_make make;
    GDestroyNotify clear;
    gpointer data; /* NULL: nothing */
    gint64 generation;
    struct plx_store_map_stamp stamp;
};

struct plx_store {
    plx_db *db;
    enum plx_store_mode mode;
    plx_map *base; /* the map in force with amendments, as the file has it */
    plx_map *map;  /* the same; commands and recipes may change it for their run */
    struct plx_store_map_stamp stamp; /* of `map` */
    plx_words *words;
    gboolean moved; /* this transaction changes what readings see */
    char *doing;    /* what it does, for the audit log; NULL: nothing was said */
    gboolean stale; /* words may hold some that the file lost again: read them anew */
    guint8 secret[PLX_SECRET_BYTES];
    struct plx_request_index *requests; /* requests.c; NULL: not read */
    struct plx_store_aside aside;
    const struct plx_store_roll *roll; /* store_roll.h; borrowed, or NULL */
};

/* audit.c: says within a transaction what it does, for its entry in the log where the command said
 * nothing of its own: names of files and counts, never of whom. */
void plx_store_doing(plx_store *store, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* aside.c: before the store is freed. */
void plx_store_forget_aside(plx_store *store);

/* requests.c: what is known of requests is read anew when it is next asked for. */
void plx_requests_forget(plx_store *store);
/* requests.c: writes those that the transaction added, at its end. */
gboolean plx_requests_write(plx_store *store, GError **error);

/* Reads words and generation again, within the caller's transaction: another process may have
 * added some. Every write transaction that numbers words begins with it. */
gboolean plx_store_refresh(plx_store *store, gint64 *generation, GError **error);

/* Counts one change of what readings see, drops the answers worked out before; readings now have
 * `more` observations (or fewer), within the caller's transaction. */
gboolean plx_store_changed(plx_store *store, gint64 more, GError **error);

/* A key as the file has it: SipHash-2-4 under the workspace's secret. */
guint64 plx_store_key(const guint8 secret[PLX_SECRET_BYTES], guint64 key);

/* "2026-11-25T18:02:11Z", to be freed. */
char *plx_store_now(void);

/* store_map.c: what a map's text says, "": one that takes any point. */
plx_map *plx_store_read_map(const char *yaml, const char *name, GError **error);
/* store_map.c: the one in force, with what imports added, within the caller's transaction. */
plx_map *plx_store_load_map(plx_db *db, GError **error);

/* Reads the map of the file again: the next import compares with it. */
gboolean plx_store_reload_base(plx_store *store, GError **error);

/* Of the map in force, within the caller's transaction. */
gboolean plx_store_read_stamp(plx_store *store, struct plx_store_map_stamp *stamp, GError **error);

/* FALSE with an error when another one than `map` is in force: answers mean what they mean under
 * the map they were given under, and another may have no place for them. Within the caller's
 * transaction. */
gboolean plx_store_check_map(plx_store *store, GError **error);

/* Puts a map's text in force, within the caller's transaction; `changes` is what it changes, as
 * JSON. */
gboolean plx_store_put_map(plx_db *db, const char *yaml, const char *name, const char *changes,
                           GError **error);
