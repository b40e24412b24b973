/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ours of the benchmarks: a file or a workspace asked through voice/source.h, all checks on.
 * Usage: bench-source FILE JOB THREADS OUT.csv ("-": write nothing); the jobs are in the table. */
#include "ingest/file_source.h"
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_2023_01_01 19358
#define DAY_2023_03_31 19447

struct job {
    const char *name, *keys; /* header of the splits */
    struct plx_split splits[PLX_SPLITS_MAX];
    guint n_splits;
    gboolean means; /* mean and top share instead of counts by level */
    const char *place;
    gint32 since, until;
    guint kinds; /* of the need; 0: counts. LINKED writes nothing */
};

static const struct job jobs[] = {
    {.name = "g1", .keys = ""},
    {.name = "g2",
     .keys = ",place,month",
     .splits = {{.kind = PLX_SPLIT_DIM, .dim = PLX_DIM_PLACE}, {.kind = PLX_SPLIT_MONTH}},
     .n_splits = 2},
    {.name = "g3",
     .keys = ",place,month",
     .splits = {{.kind = PLX_SPLIT_DIM, .dim = PLX_DIM_PLACE}, {.kind = PLX_SPLIT_MONTH}},
     .n_splits = 2,
     .means = TRUE},
    {.name = "split",
     .keys = ",tier,month",
     .splits = {{.kind = PLX_SPLIT_DIM, .dim = PLX_DIM_SEGMENT, .segment = "tier"},
                {.kind = PLX_SPLIT_MONTH}},
     .n_splits = 2},
    {.name = "quarter",
     .keys = "",
     .place = "place-007",
     .since = DAY_2023_01_01,
     .until = DAY_2023_03_31},
    {.name = "linked", .keys = "", .kinds = PLX_NEED_LINKED},
    {.name = "comoments", .keys = "", .kinds = PLX_NEED_COMOMENTS},
};

static void write_counts(FILE *out, const char *keys, const guint32 *n, guint k)
{
    for (guint i = 0; i < k; i++)
        if (n[i] > 0)
            fprintf(out, "%s,%u,%u\n", keys, i + 1, n[i]);
}

static void write_means(FILE *out, const char *keys, const guint32 *n, guint k)
{
    guint64 total = 0, sum = 0, top = 0;
    for (guint i = 0; i < k; i++) {
        total += n[i];
        sum += (guint64)n[i] * (i + 1);
        top += i + 1 >= 5 ? n[i] : 0;
    }
    if (total > 0)
        fprintf(out, "%s,%" G_GUINT64_FORMAT ",%.9f,%.9f\n", keys, total,
                (double)sum / (double)total, (double)top / (double)total);
}

static void write_table(FILE *out, const struct job *job, const plx_map *map,
                        const struct plx_answer *answer)
{
    const struct plx_table *table = &answer->tables[0];
    const struct plx_columns *columns = table->columns;
    const guint k = columns->k[0];
    g_autoptr(GString) keys = g_string_new(NULL);
    fprintf(out, "point,audience%s,%s\n", job->keys, job->means ? "n,mean,top" : "level,n");
    for (guint i = 0; i < table->n_cells; i++) {
        g_string_printf(keys, "%s,%s", answer->subjects[columns->subject[i]].id,
                        map->audiences[columns->audience[i]].id);
        for (guint s = 0; s < job->n_splits; s++)
            g_string_append_printf(keys, ",%s", table->groups[columns->group[i]][s]);
        const guint32 *n = columns->n[0] + (gsize)i * (k + 3);
        (job->means ? write_means : write_counts)(out, keys->str, n, k);
    }
}

/* Of every two points what people who answered both said: sums of their means and of products. */
static void write_comoments(FILE *out, const plx_map *map, const struct plx_answer *answer)
{
    const struct plx_table *table = &answer->tables[0];
    fprintf(out, "point,other,audience,n,sum_a,sum_b,sum_ab\n");
    for (guint i = 0; i < table->n_comoments; i++) {
        const struct plx_comoment *it = &table->comoments[i];
        fprintf(out, "%s,%s,%s,%" G_GUINT64_FORMAT ",%.15g,%.15g,%.15g\n",
                answer->subjects[it->subject_a].id, answer->subjects[it->subject_b].id,
                map->audiences[it->audience].id, it->n, it->sum_a, it->sum_b, it->sum_ab);
    }
}

static plx_filter *filter_of(const struct job *job)
{
    if (!job->place)
        return NULL;
    const char *const places[] = {job->place, NULL};
    plx_filter *both[] = {plx_filter_in(PLX_DIM_PLACE, NULL, places),
                          plx_filter_days(job->since, job->until)};
    return plx_filter_all(both, G_N_ELEMENTS(both));
}

static struct plx_answer *ask(plx_source *source, const struct job *job)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_filter) filter = filter_of(job);
    const guint others =
        job->kinds == PLX_NEED_LINKED ? 1u << PLX_MEASURE_EXPECTED | 1u << PLX_MEASURE_EFFORT : 0;
    const struct plx_need need = {.kinds =
                                      job->kinds ? job->kinds : PLX_NEED_COUNTS | PLX_NEED_COLUMNS,
                                  .measures = 1u << PLX_MEASURE_LEVEL | others,
                                  .filter = filter,
                                  .splits = job->splits,
                                  .n_splits = job->n_splits};
    struct plx_answer *answer = NULL;
    if (!plx_source_ask(source, &need, 1, &answer, &error))
        g_error("%s", error->message);
    return answer;
}

static const struct job *find_job(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(jobs); i++)
        if (strcmp(jobs[i].name, name) == 0)
            return &jobs[i];
    g_error("no job %s", name);
}

int main(int argc, char **argv)
{
    if (argc != 5)
        g_error("usage: bench-source FILE JOB THREADS OUT.csv");
    g_autoptr(GError) error = NULL;
    const struct job *const job = find_job(argv[2]);
    g_autoptr(plx_map) map = plx_map_new_open();
    struct plx_file_options options = {.threads = (guint)strtoul(argv[3], NULL, 10)};
    g_autoptr(plx_store) store =
        plx_store_is_one(argv[1]) ? plx_store_open(argv[1], PLX_STORE_READ, &error) : NULL;
    g_autoptr(plx_source) source = store ? plx_store_source(store, options.threads)
                                         : plx_file_source_new(argv[1], map, &options, &error);
    if (!source)
        g_error("%s", error->message);
    struct plx_answer *answer = ask(source, job);
    const struct plx_linked *const linked = answer->tables[0].linked;
    if (linked)
        printf("%lu units, %lu encounters, %lu answers\n", linked->n_units, linked->n_encounters,
               linked->n_answers);
    if (!linked && strcmp(argv[4], "-") != 0) {
        FILE *out = fopen(argv[4], "w");
        if (!out)
            g_error("cannot write %s", argv[4]);
        if (job->kinds == PLX_NEED_COMOMENTS)
            write_comoments(out, source->map, answer);
        else
            write_table(out, job, source->map, answer);
        fclose(out);
    }
    plx_answer_free(answer);
    return 0;
}
