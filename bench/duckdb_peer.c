/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The peer of the CSV benchmarks: DuckDB's own C library, loaded at run time (it comes from npm and
 * is installed by `./dev bench` only). Usage: duckdb-peer LIBDUCKDB FILE.csv JOB OUT.csv
 * where JOB is g1, g2 or g3 (bench/README.md). Writes the answer to OUT.csv; "-" makes a table of
 * it and writes nothing. */
#include <dlfcn.h>
#include <glib.h>
#include <stdio.h>
#include <string.h>

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

static const char *const jobs[][2] = {
    {"g1", "SELECT point, audience, level, count(*) AS n FROM read_csv('%s', nullstr=['', 'na']) "
           "GROUP BY ALL"},
    {"g2", "SELECT point, audience, place, strftime(time, '%Y-%m') AS month, level, "
           "count(*) AS n FROM read_csv('%s', nullstr=['', 'na']) GROUP BY ALL"},
    {"g3", "SELECT point, audience, place, strftime(time, '%Y-%m') AS month, count(level) AS n, "
           "avg(level) AS mean, avg((level >= 5)::INT) AS top FROM read_csv('%s', nullstr=['', "
           "'na']) GROUP BY ALL"},
};

static void *symbol(void *library, const char *name)
{
    void *found = dlsym(library, name);
    if (!found)
        g_error("libduckdb has no %s", name);
    return found;
}

static void run(const char *library_path, const char *query)
{
    void *library = dlopen(library_path, RTLD_NOW);
    if (!library)
        g_error("%s", dlerror());
    void *database = NULL, *connection = NULL;
    open_func open = NULL;
    connect_func connect = NULL;
    query_func ask = NULL;
    error_func message = NULL;
    *(void **)&open = symbol(library, "duckdb_open");
    *(void **)&connect = symbol(library, "duckdb_connect");
    *(void **)&ask = symbol(library, "duckdb_query");
    *(void **)&message = symbol(library, "duckdb_result_error");
    struct duckdb_result result = {0};
    if (open(NULL, &database) != 0 || connect(database, &connection) != 0)
        g_error("DuckDB does not open");
    if (ask(connection, query, &result) != 0)
        g_error("%s", message(&result));
}

int main(int argc, char **argv)
{
    if (argc != 5)
        g_error("usage: duckdb-peer LIBDUCKDB FILE.csv g1|g2|g3 OUT.csv");
    for (gsize i = 0; i < G_N_ELEMENTS(jobs); i++) {
        if (strcmp(argv[3], jobs[i][0]) != 0)
            continue;
        g_auto(GStrv) parts = g_strsplit(jobs[i][1], "%s", 2);
        g_autofree char *select = g_strconcat(parts[0], argv[2], parts[1], NULL);
        g_autofree char *query =
            strcmp(argv[4], "-") == 0
                ? g_strdup_printf("CREATE TEMP TABLE answer AS %s", select)
                : g_strdup_printf("COPY (%s) TO '%s' (HEADER)", select, argv[4]);
        run(argv[1], query);
        return 0;
    }
    g_error("no job %s", argv[3]);
}
