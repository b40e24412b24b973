/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ours of the CSV benchmarks g2 and g3: a file asked through voice/source.h, all checks on.
 * Usage: bench-source FILE.csv g2|g3 THREADS OUT.csv ("-": write nothing) */
#include "ingest/file_source.h"
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct row {
    const char *point, *audience, *place, *month;
};

static void write_counts(FILE *out, const struct row *row, const guint32 *n, guint k)
{
    for (guint i = 0; i < k; i++)
        if (n[i] > 0)
            fprintf(out, "%s,%s,%s,%s,%u,%u\n", row->point, row->audience, row->place, row->month,
                    i + 1, n[i]);
}

static void write_means(FILE *out, const struct row *row, const guint32 *n, guint k)
{
    guint64 total = 0, sum = 0, top = 0;
    for (guint i = 0; i < k; i++) {
        total += n[i];
        sum += (guint64)n[i] * (i + 1);
        top += i + 1 >= 5 ? n[i] : 0;
    }
    if (total > 0)
        fprintf(out, "%s,%s,%s,%s,%" G_GUINT64_FORMAT ",%.9f,%.9f\n", row->point, row->audience,
                row->place, row->month, total, (double)sum / (double)total,
                (double)top / (double)total);
}

static void write_table(FILE *out, gboolean means, const plx_map *map,
                        const struct plx_answer *answer)
{
    const struct plx_table *table = &answer->tables[0];
    const struct plx_columns *columns = table->columns;
    const guint k = columns->k[0];
    fprintf(out, "point,audience,place,month,%s\n", means ? "n,mean,top" : "level,n");
    for (guint i = 0; i < table->n_cells; i++) {
        char *const *group = table->groups[columns->group[i]];
        const struct row row = {answer->subjects[columns->subject[i]].id,
                                map->audiences[columns->audience[i]].id, group[0], group[1]};
        const guint32 *n = columns->n[0] + (gsize)i * (k + 3);
        if (means)
            write_means(out, &row, n, k);
        else
            write_counts(out, &row, n, k);
    }
}

int main(int argc, char **argv)
{
    if (argc != 5)
        g_error("usage: bench-source FILE.csv g2|g3 THREADS OUT.csv");
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_map_new_open();
    struct plx_file_options options = {.threads = (guint)strtoul(argv[3], NULL, 10)};
    g_autoptr(plx_store) store =
        plx_store_is_one(argv[1]) ? plx_store_open(argv[1], PLX_STORE_READ, &error) : NULL;
    g_autoptr(plx_source) source = store ? plx_store_source(store, options.threads)
                                         : plx_file_source_new(argv[1], map, &options, &error);
    const struct plx_split splits[] = {{.kind = PLX_SPLIT_DIM, .dim = PLX_DIM_PLACE},
                                       {.kind = PLX_SPLIT_MONTH}};
    const struct plx_need need = {.kinds = PLX_NEED_COUNTS | PLX_NEED_COLUMNS,
                                  .measures = 1u << PLX_MEASURE_LEVEL,
                                  .splits = splits,
                                  .n_splits = 2};
    struct plx_answer *answer = NULL;
    if (!source || !plx_source_ask(source, &need, 1, &answer, &error))
        g_error("%s", error->message);
    if (strcmp(argv[4], "-") != 0) {
        FILE *out = fopen(argv[4], "w");
        if (!out)
            g_error("cannot write %s", argv[4]);
        write_table(out, strcmp(argv[2], "g3") == 0, map, answer);
        fclose(out);
    }
    plx_answer_free(answer);
    return 0;
}
