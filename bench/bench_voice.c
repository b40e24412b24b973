/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What counting costs without reading: synthetic rows like those of gen_ratings.c, given to the
 * counting sink. Usage: bench-voice g1|g2|g2cells|pairs|comoments sorted|shuffled ROWS THREADS */
#include "base/parallel.h"
#include "voice/sink.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define BATCH 8192
#define POINTS 40
#define PLACES 200

struct columns {
    struct plx_dims dims;
    struct plx_batch batch;
    guint32 audience[BATCH], subject[BATCH], place[BATCH], identity[BATCH], constancy[BATCH];
    gint8 level[BATCH], expected[BATCH], effort[BATCH];
    gint32 day[BATCH], month[BATCH];
    gint64 seconds[BATCH];
    guint64 unit[BATCH], encounter[BATCH];
    guint8 known[BATCH];
    double spent;
};

struct bench {
    plx_sink *sink;
    struct columns *columns; /* by thread */
    guint64 rows;
    gboolean shuffled, three;
};

static double now(clockid_t clock_id)
{
    struct timespec time;
    clock_gettime(clock_id, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static guint64 mix(guint64 x)
{
    x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

static guint skewed(guint64 random, guint n)
{
    double u = (double)(random >> 11) / 9007199254740992.0;
    return (guint)(u * u * n);
}

static void fill_row(struct columns *to, guint i, guint64 row)
{
    guint64 encounter = row * 10 / 41;
    guint64 respondent = encounter - encounter % (1 + mix(encounter / 4) % 3) % 2;
    guint64 e = mix(encounter), r = mix(row ^ G_GUINT64_CONSTANT(0x52000000000000));
    guint draw = (guint)(mix(respondent ^ 0xA0D1) % 100);
    guint month = 35 - skewed(mix(e), 36);
    to->audience[i] = draw < 78 ? 4 : draw < 92 ? 2 : draw < 97 ? 1 : 3;
    to->subject[i] = 1 + (guint)((e + row) % POINTS);
    to->place[i] = 1 + skewed(mix(e + 1), PLACES);
    to->month[i] = 2022 * 12 + (gint)month;
    to->day[i] = 19000 + (gint)(month * 30 + (e >> 20) % 28);
    to->seconds[i] = (gint64)to->day[i] * 86400;
    to->level[i] = (gint8)(1 + r % 6);
    to->expected[i] = (gint8)(1 + (r >> 8) % 6);
    to->effort[i] = (gint8)(1 + (r >> 16) % 7);
    to->unit[i] = mix(respondent + 1);
    to->encounter[i] = mix(encounter ^ G_GUINT64_CONSTANT(0x7000000000000000));
    to->identity[i] = (guint32)mix(row);
    to->constancy[i] = (guint32)respondent;
    to->known[i] = 1;
}

static void run_batch(gsize index, guint thread, gpointer data)
{
    struct bench *bench = data;
    struct columns *to = &bench->columns[thread];
    guint n = (guint)MIN(BATCH, bench->rows - index * BATCH);
    for (guint i = 0; i < n; i++) {
        guint64 row = index * BATCH + i;
        /* A multiplicative step that is coprime to the number of rows visits each row once. */
        fill_row(to, i, bench->shuffled ? row * 6700417 % bench->rows : row);
    }
    to->batch.n = n;
    to->batch.block = index;
    double start = now(CLOCK_THREAD_CPUTIME_ID);
    g_autoptr(GError) error = NULL;
    if (!bench->sink->add(bench->sink, thread, &to->batch, &error))
        g_error("%s", error->message);
    to->spent += now(CLOCK_THREAD_CPUTIME_ID) - start;
}

static void set_up(struct columns *to, gboolean three)
{
    to->dims.n_dims = PLX_DIM_SEGMENT;
    to->dims.dict[PLX_DIM_PLACE] = plx_dict_new(PLX_DICT_TEXT);
    for (guint i = 0; i < PLACES; i++) {
        char text[32] = {0};
        int length = snprintf(text, sizeof text, "place-%03u", i + 1);
        plx_dict_code(to->dims.dict[PLX_DIM_PLACE], text, (guint32)length);
    }
    to->dims.subjects = g_array_new(FALSE, TRUE, sizeof(struct plx_subject));
    g_array_set_size(to->dims.subjects, 1);
    for (guint i = 0; i < POINTS; i++) {
        char *id = g_strdup_printf("point-%02u", i + 1);
        const struct plx_subject subject = {PLX_SUBJECT_POINT, id, id, -1};
        g_array_append_val(to->dims.subjects, subject);
    }
    struct plx_batch *batch = &to->batch;
    batch->dims = &to->dims;
    batch->dim[PLX_DIM_AUDIENCE] = to->audience;
    batch->dim[PLX_DIM_SUBJECT] = to->subject;
    batch->dim[PLX_DIM_PLACE] = to->place;
    batch->measure[PLX_MEASURE_LEVEL] = to->level;
    batch->measure[PLX_MEASURE_EXPECTED] = three ? to->expected : NULL;
    batch->measure[PLX_MEASURE_EFFORT] = three ? to->effort : NULL;
    batch->day = to->day;
    batch->month = to->month;
    batch->seconds = to->seconds;
    batch->unit = to->unit;
    batch->encounter = to->encounter;
    batch->known = to->known;
    batch->identity = to->identity;
    batch->constancy = to->constancy;
}

static const struct plx_split place_month[] = {{PLX_SPLIT_DIM, PLX_DIM_PLACE, NULL, NULL},
                                               {PLX_SPLIT_MONTH, PLX_DIM_PLACE, NULL, NULL}};
static const struct {
    const char *name;
    struct plx_need need;
} jobs[] = {
    {"g1", {.kinds = PLX_NEED_COUNTS | PLX_NEED_PERSONS | PLX_NEED_CLUSTERS | PLX_NEED_ENCOUNTERS}},
    {"g2", {.kinds = PLX_NEED_COUNTS | PLX_NEED_COLUMNS, .splits = place_month, .n_splits = 2}},
    {"g2cells", {.kinds = PLX_NEED_COUNTS, .splits = place_month, .n_splits = 2}},
    {"pairs", {.kinds = PLX_NEED_PAIRS, .second = PLX_MEASURE_EXPECTED}},
    {"comoments", {.kinds = PLX_NEED_COMOMENTS}},
    {"linked", {.kinds = PLX_NEED_LINKED}},
};

int main(int argc, char **argv)
{
    if (argc != 5)
        g_error("usage: bench-voice JOB sorted|shuffled ROWS THREADS");
    struct plx_need need = {0};
    for (guint i = 0; i < G_N_ELEMENTS(jobs); i++)
        if (strcmp(argv[1], jobs[i].name) == 0)
            need = jobs[i].need;
    need.measures = 1u << PLX_MEASURE_LEVEL;
    guint threads = (guint)strtoul(argv[4], NULL, 10);
    g_autoptr(plx_map) map = plx_map_new_open();
    struct bench bench = {.sink = plx_count_sink_new(map, &need, 1, threads),
                          .rows = strtoull(argv[3], NULL, 10),
                          .shuffled = strcmp(argv[2], "shuffled") == 0,
                          .three = strcmp(argv[1], "pairs") == 0};
    bench.columns = g_new0(struct columns, threads);
    for (guint t = 0; t < threads; t++)
        set_up(&bench.columns[t], bench.three);
    plx_parallel_for(threads, (bench.rows + BATCH - 1) / BATCH, run_batch, &bench);
    double added = 0;
    for (guint t = 0; t < threads; t++)
        added += bench.columns[t].spent;
    g_autoptr(GError) error = NULL;
    g_autofree struct plx_suspect *suspects = NULL;
    gsize n_suspects = 0;
    double start = now(CLOCK_PROCESS_CPUTIME_ID);
    if (!bench.sink->suspects(bench.sink, &suspects, &n_suspects, &error))
        g_error("%s", error->message);
    double looked = now(CLOCK_PROCESS_CPUTIME_ID);
    if (!bench.sink->finish(bench.sink, &error))
        g_error("%s", error->message);
    double finished = now(CLOCK_PROCESS_CPUTIME_ID);
    struct plx_answer *answer = plx_count_sink_take(bench.sink);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    double per_row = 1e9 / (double)bench.rows;
    /* CPU time, as other programs may be running. */
    printf("%s %s: ns of CPU a row: add %.1f, suspects %.1f, finish %.1f; %ld MB\n", argv[1],
           argv[2], added * per_row, (looked - start) * per_row, (finished - looked) * per_row,
           usage.ru_maxrss / 1024);
    printf("  cells %u, encounters %" G_GUINT64_FORMAT ", respondents %" G_GUINT64_FORMAT
           ", suspects %zu\n",
           answer->tables[0].n_cells, answer->encounters, answer->respondents, n_suspects);
    plx_answer_free(answer);
    bench.sink->free(bench.sink);
    return 0;
}
