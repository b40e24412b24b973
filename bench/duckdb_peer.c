/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The peer of the benchmarks: DuckDB's own C library, loaded at run time (it comes from npm and is
 * installed by `./dev bench` only). Usage: duckdb-peer LIBDUCKDB DATABASE SQL, where DATABASE is a
 * file or "" for none. bench/peers.py has the statements. Ends when all is on the disk. */
#include <dlfcn.h>
#include <glib.h>
#include <stdio.h>

/* The part of DuckDB's C interface that is needed, as its documentation gives it. */
struct duckdb_result {
    guint64 columns, rows, changed;
    void *column_data;
    char *error;
    void *internal;
};
typedef int (*open_func)(const char *path, void **database);
typedef int (*connect_func)(void *database, void **connection);
typedef int (*query_func)(void *connection, const char *query, struct duckdb_result *result);
typedef const char *(*error_func)(struct duckdb_result *result);
typedef void (*close_func)(void **what);

static void *symbol(void *library, const char *name)
{
    void *found = dlsym(library, name);
    if (!found)
        g_error("libduckdb has no %s", name);
    return found;
}

static void run(void *library, const char *path, const char *statements)
{
    void *database = NULL, *connection = NULL;
    open_func open = NULL;
    connect_func connect = NULL;
    query_func ask = NULL;
    error_func message = NULL;
    close_func disconnect = NULL, close = NULL;
    *(void **)&open = symbol(library, "duckdb_open");
    *(void **)&connect = symbol(library, "duckdb_connect");
    *(void **)&ask = symbol(library, "duckdb_query");
    *(void **)&message = symbol(library, "duckdb_result_error");
    *(void **)&disconnect = symbol(library, "duckdb_disconnect");
    *(void **)&close = symbol(library, "duckdb_close");
    struct duckdb_result result = {0};
    if (open(*path ? path : NULL, &database) != 0 || connect(database, &connection) != 0)
        g_error("DuckDB does not open %s", path);
    if (ask(connection, statements, &result) != 0)
        g_error("%s", message(&result));
    if (*path) { /* writes what is still in its log; without a file there is nothing to keep */
        disconnect(&connection);
        close(&database);
    }
}

int main(int argc, char **argv)
{
    if (argc != 4)
        g_error("usage: duckdb-peer LIBDUCKDB DATABASE SQL");
    void *library = dlopen(argv[1], RTLD_NOW);
    if (!library)
        g_error("%s", dlerror());
    run(library, argv[2], argv[3]);
    return 0;
}
