/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What columns of sealed blocks take in bytes and time: a file's batches encoded and decoded again.
 * Usage: bench-codec FILE.csv */
#include "ingest/file_source.h"
#include "store/codec.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define COLUMNS_MAX 96
#define REPEATS 10 /* the best counts */

struct column {
    const char *name;
    guint64 raw, bytes; /* of all blocks */
    double encoding, decoding;
    GByteArray *out;
    guint8 *held; /* values of the block to be filled */
    enum plx_column_kind kind;
};

struct bench_sink {
    plx_sink base;
    plx_encoder *encoder;
    struct plx_runs runs;
    guint32 rows; /* held */
    struct column run_column, columns[COLUMNS_MAX];
    guint n_columns, next;
    guint64 total_rows, blocks;
    void *back;
};

/* Of this thread, so that neighbours on the machine do not show. */
static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Keeps the column's values until the block is full. */
static void hold(struct bench_sink *sink, const char *name, enum plx_column_kind kind,
                 const void *values, guint32 n)
{
    if (!values)
        return;
    struct column *const column = &sink->columns[sink->next++];
    sink->n_columns = MAX(sink->n_columns, sink->next);
    const guint width = plx_column_width(kind);
    if (!column->out) {
        column->out = g_byte_array_new();
        column->held = g_malloc((gsize)PLX_COLUMN_ROWS * width);
    }
    column->name = name;
    column->kind = kind;
    memcpy(column->held + (gsize)sink->rows * width, values, (gsize)n * width);
}

static void code_column(struct bench_sink *sink, struct column *column)
{
    const struct plx_beside beside = {.runs = &sink->runs};
    const enum plx_column_kind kind = column->kind;
    g_autoptr(GError) error = NULL;
    double encoding = G_MAXDOUBLE, decoding = G_MAXDOUBLE;
    for (guint i = 0; i < REPEATS; i++) {
        const double begin = seconds();
        g_byte_array_set_size(column->out, 0);
        plx_column_encode(sink->encoder, kind, column->held, sink->rows, &beside, column->out);
        const double middle = seconds();
        if (!plx_column_decode(column->out->data, column->out->len, kind, sink->back, sink->rows,
                               &beside, &error))
            g_error("%s", error->message);
        encoding = MIN(encoding, middle - begin);
        decoding = MIN(decoding, seconds() - middle);
    }
    column->encoding += encoding;
    column->decoding += decoding;
    column->bytes += column->out->len;
    column->raw += (guint64)sink->rows * plx_column_width(kind);
    if (memcmp(column->held, sink->back, (gsize)sink->rows * plx_column_width(kind)) != 0)
        g_error("%s: other values came back", column->name);
}

static void code_runs(struct bench_sink *sink)
{
    struct column *const column = &sink->run_column;
    column->name = "(runs)";
    g_autoptr(GError) error = NULL;
    double encoding = G_MAXDOUBLE, decoding = G_MAXDOUBLE;
    for (guint i = 0; i < REPEATS; i++) {
        const double begin = seconds();
        g_byte_array_set_size(column->out, 0);
        plx_runs_find(&sink->runs, (const guint64 *)(const void *)sink->columns[0].held,
                      sink->rows);
        plx_column_encode_runs(sink->encoder, &sink->runs, column->out);
        const double middle = seconds();
        if (!plx_column_decode_runs(column->out->data, column->out->len, sink->rows, &sink->runs,
                                    &error))
            g_error("%s", error->message);
        encoding = MIN(encoding, middle - begin);
        decoding = MIN(decoding, seconds() - middle);
    }
    column->encoding += encoding;
    column->decoding += decoding;
    column->bytes += column->out->len;
}

static void seal(struct bench_sink *sink)
{
    if (!sink->rows)
        return;
    code_runs(sink);
    for (guint i = 0; i < sink->n_columns; i++)
        code_column(sink, &sink->columns[i]);
    sink->total_rows += sink->rows;
    sink->blocks++;
    sink->rows = 0;
}

static gboolean bench_add(plx_sink *base, guint worker, const struct plx_batch *batch,
                          GError **error)
{
    (void)worker;
    (void)error;
    static const char *const names[] = {"audience", "subject", "journey",  "place",
                                        "channel",  "source",  "language", "prompt"};
    struct bench_sink *const sink = (struct bench_sink *)(void *)base;
    if (sink->rows + batch->n > PLX_COLUMN_ROWS)
        seal(sink);
    sink->next = 0;
    hold(sink, "encounter", PLX_COLUMN_U64, batch->encounter, batch->n);
    hold(sink, "unit", PLX_COLUMN_U64, batch->unit, batch->n);
    hold(sink, "seconds", PLX_COLUMN_I64, batch->seconds, batch->n);
    for (guint d = 0; d < batch->dims->n_dims; d++)
        hold(sink, d < PLX_DIM_SEGMENT ? names[d] : batch->dims->segment[d - PLX_DIM_SEGMENT],
             PLX_COLUMN_U32, batch->dim[d], batch->n);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        hold(sink, "measure", PLX_COLUMN_I8, batch->measure[m], batch->n);
    sink->rows += batch->n;
    return TRUE;
}

static gboolean bench_retract(plx_sink *base, guint worker, const struct plx_batch *batch,
                              GError **error)
{
    (void)base;
    (void)worker;
    (void)batch;
    (void)error;
    return TRUE;
}

static gboolean bench_suspects(plx_sink *base, struct plx_suspect **suspects, gsize *n,
                               GError **error)
{
    (void)base;
    (void)error;
    *suspects = g_new0(struct plx_suspect, 1);
    *n = 0;
    return TRUE;
}

static void print(const struct bench_sink *sink)
{
    const double rows = (double)sink->total_rows;
    struct column all = {.name = "all"};
    printf("%" G_GUINT64_FORMAT " rows in %" G_GUINT64_FORMAT " blocks\n", sink->total_rows,
           sink->blocks);
    printf("%-12s %10s %10s %10s %10s\n", "column", "bytes/row", "enc ns/row", "dec ns/row",
           "dec GB/s");
    for (guint i = 0; i < sink->n_columns + 2; i++) {
        const struct column *const c = i == 0                 ? &sink->run_column
                                       : i <= sink->n_columns ? &sink->columns[i - 1]
                                                              : &all;
        printf("%-12s %10.3f %10.2f %10.2f %10.2f\n", c->name, (double)c->bytes / rows,
               1e9 * c->encoding / rows, 1e9 * c->decoding / rows,
               (double)c->raw / c->decoding / 1e9);
        all.bytes += c->bytes;
        all.raw += c->raw;
        all.encoding += c->encoding;
        all.decoding += c->decoding;
    }
}

int main(int argc, char **argv)
{
    if (argc != 2)
        g_error("usage: bench-codec FILE.csv");
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_map_new_open();
    const struct plx_file_options options = {.threads = 1};
    g_autoptr(plx_source) source = plx_file_source_new(argv[1], map, &options, &error);
    struct bench_sink sink = {
        .base = {.add = bench_add, .retract = bench_retract, .suspects = bench_suspects},
        .encoder = plx_encoder_new(),
        .run_column.out = g_byte_array_new(),
        .runs.begin = g_new(guint32, PLX_COLUMN_ROWS + 1),
        .back = g_malloc(8 * PLX_COLUMN_ROWS)};
    struct plx_file_summary summary = {0};
    if (!source || !plx_file_source_run(source, &sink.base, &summary, &error))
        g_error("%s", error->message);
    seal(&sink);
    print(&sink);
    for (guint i = 0; i < sink.n_columns; i++) {
        g_byte_array_unref(sink.columns[i].out);
        g_free(sink.columns[i].held);
    }
    g_byte_array_unref(sink.run_column.out);
    plx_encoder_free(sink.encoder);
    g_free(sink.runs.begin);
    g_free(sink.back);
    return 0;
}
