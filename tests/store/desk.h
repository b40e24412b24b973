/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A workspace in a folder of its own to try things with, and its answers as bytes: two sources that
 * say the same give the same bytes. */

#include "store/import.h"
#include "store/store.h"

struct desk {
    char *folder, *path;
    plx_store *store; /* open for writing */
};

/* A map with an anonymous audience (staff) and one on another scale (partner: 1-5). */
extern const char desk_map[];

/* `yaml` NULL: a map that takes any point. */
void desk_init(struct desk *desk, const char *yaml);
void desk_clear(struct desk *desk);
void desk_reopen(struct desk *desk);
/* A path in the desk's folder, to be freed. */
char *desk_file(const struct desk *desk, const char *name);

struct desk_import {
    const char *text;
    const char *dataset; /* NULL: "d" */
    const char *declare; /* or NULL */
    enum plx_import_repeat repeat;
    gboolean dry_run;
    guint threads; /* 0: 1 */
    guint64 max_errors;
};
/* FALSE with *error when it was refused. */
gboolean desk_import(struct desk *desk, const struct desk_import *import,
                     struct plx_import_outcome *outcome, GError **error);
/* One that must be taken. */
struct plx_import_outcome desk_take(struct desk *desk, const char *text);
/* One that must be refused, with this message behind the name of the file. */
void desk_refuse(struct desk *desk, const struct desk_import *import, const char *message);

/* Everything that readings could ask, as bytes: of the workspace, and of a text read directly. */
GBytes *desk_answer(struct desk *desk, guint threads);
GBytes *desk_text_answer(const char *yaml, const char *text);
void desk_assert_reads(struct desk *desk, const char *yaml, const char *text);
guint64 desk_observations(struct desk *desk);

/* n rows of answers as a canonical file, by a seed; `shuffle` gives the same rows in another order.
 */
char *desk_rows(guint32 seed, guint n, guint32 shuffle);

/* Runs literal SQL on the file, past the program. */
void desk_sql(const struct desk *desk, const char *sql);
/* Are these bytes anywhere in the file or its log? */
gboolean desk_holds(const struct desk *desk, gconstpointer bytes, gsize n);
