/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/export.h"

#include "base/error.h"
#include "export/writer.h"

#include <string.h>

enum pass { LOOK, LOOK_AGAIN, WRITE, DONE };

struct plx_export {
    plx_sink base;
    struct plx_export_options options;
    struct plx_target target;
    enum pass pass;
    enum plx_row_keys keys;
    guint64 rows; /* of this pass */
    struct plx_export_use use;
    plx_twins *twins;
    GArray *columns;
    struct plx_export_job job;
    plx_export_writer *writer;
    struct plx_export_view view;
};

/* Formats ----------------------------------------------------------------------------------- */

static const struct {
    const char *word;
    enum plx_export_format format;
    plx_export_writer *(*begin)(struct plx_export_job *job, GError **error);
} FORMATS[] = {
    {"csv", PLX_EXPORT_CSV, plx_csv_writer_new},
    {"csv.gz", PLX_EXPORT_CSV_GZ, plx_csv_writer_new},
    {"ndjson", PLX_EXPORT_NDJSON, plx_ndjson_writer_new},
    {"xlsx", PLX_EXPORT_XLSX, plx_xlsx_writer_new},
    {"sav", PLX_EXPORT_SAV, plx_sav_writer_new},
    {"codebook", PLX_EXPORT_CODEBOOK, plx_codebook_writer_new},
};

static gboolean ends_in(const char *path, const char *word)
{
    g_autofree char *lower = g_ascii_strdown(path, -1);
    g_autofree char *ending = g_strconcat(".", word, NULL);
    return g_str_has_suffix(lower, ending);
}

gboolean plx_export_format_find(const char *path, const char *word, enum plx_export_format *format,
                                GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(FORMATS); i++) {
        if (word ? strcmp(word, FORMATS[i].word) != 0 : !ends_in(path, FORMATS[i].word))
            continue;
        *format = FORMATS[i].format;
        return TRUE;
    }
    return plx_error(error, PLX_ERROR_USAGE,
                     "-o \"%s\": expected a file that ends in .csv, .csv.gz, .ndjson, .xlsx or "
                     ".sav (or --format)",
                     path);
}

gsize plx_export_cut(const char *text, gsize length, gsize limit)
{
    if (length <= limit)
        return length;
    while (limit > 0 && ((guint8)text[limit] & 0xC0) == 0x80)
        limit--;
    return limit;
}

/* Passes ------------------------------------------------------------------------------------ */

static plx_export *self_of(plx_sink *sink)
{
    return (plx_export *)(void *)sink;
}

static gboolean export_add(plx_sink *sink, guint worker, const struct plx_batch *batch,
                           GError **error)
{
    plx_export *const self = self_of(sink);
    (void)worker;
    self->rows += batch->n;
    plx_export_view_set(&self->view, batch, self->keys);
    if (self->pass == WRITE)
        return self->writer->add(self->writer, &self->view, error);
    if (self->pass == LOOK)
        plx_export_use_add(&self->use, batch, self->keys);
    for (guint32 i = 0; i < batch->n; i++) {
        const struct plx_twin row = plx_export_twin(&self->view, i);
        if (self->pass == LOOK)
            plx_twins_first(self->twins, &row);
        else
            plx_twins_second(self->twins, &row);
    }
    return TRUE;
}

static gboolean begin_writing(plx_export *self, GError **error)
{
    const enum plx_export_format format = self->options.format;
    const gboolean typed =
        format == PLX_EXPORT_XLSX || format == PLX_EXPORT_SAV || format == PLX_EXPORT_CODEBOOK;
    self->use.items = plx_twins_have_items(self->twins);
    self->columns = plx_export_columns(&self->use, self->options.map, typed);
    self->job = (struct plx_export_job){.map = self->options.map,
                                        .columns = self->columns,
                                        .rows = self->use.rows,
                                        .target = &self->target,
                                        .gzip = format == PLX_EXPORT_CSV_GZ,
                                        .sheet_rows = self->options.sheet_rows};
    if (self->job.sheet_rows == 0)
        self->job.sheet_rows = PLX_EXPORT_SHEET_ROWS;
    for (gsize i = 0; i < G_N_ELEMENTS(FORMATS); i++)
        if (FORMATS[i].format == format)
            self->writer = FORMATS[i].begin(&self->job, error);
    return self->writer != NULL;
}

static gboolean end_writing(plx_export *self, GError **error)
{
    return self->writer->end(self->writer, error) && plx_target_commit(&self->target, error);
}

static gboolean export_finish(plx_sink *sink, GError **error)
{
    plx_export *const self = self_of(sink);
    const gboolean again = self->pass == LOOK && plx_twins_any(self->twins);
    if (self->pass == WRITE ? !end_writing(self, error) : !again && !begin_writing(self, error))
        return FALSE;
    self->pass = again ? LOOK_AGAIN : self->pass == WRITE ? DONE : WRITE;
    self->rows = 0;
    plx_export_view_clear(&self->view); /* dictionaries of a pass end with it */
    plx_export_view_init(&self->view, self->twins);
    return TRUE;
}

static void export_release(plx_sink *sink)
{
    (void)sink; /* freed by its owner */
}

plx_export *plx_export_new(const struct plx_export_options *options, GError **error)
{
    struct plx_target target;
    if (!plx_target_open(&target, options->path, error))
        return NULL;
    plx_export *const self = g_new0(plx_export, 1);
    self->base = (plx_sink){
        .add = export_add, .finish = export_finish, .free = export_release, .keeps = TRUE};
    self->options = *options;
    self->target = target;
    self->twins = plx_twins_new();
    plx_export_view_init(&self->view, self->twins);
    return self;
}

void plx_export_free(plx_export *export)
{
    if (!export)
        return;
    if (export->writer)
        export->writer->free(export->writer);
    plx_target_clear(&export->target);
    plx_export_view_clear(&export->view);
    plx_export_use_clear(&export->use);
    g_clear_pointer(&export->columns, g_array_unref);
    plx_twins_free(export->twins);
    g_free(export);
}

plx_sink *plx_export_sink(plx_export *export)
{
    return &export->base;
}

void plx_export_set_keys(plx_export *export, enum plx_row_keys keys)
{
    export->keys = keys;
}

gboolean plx_export_is_done(const plx_export *export)
{
    return export->pass == DONE;
}

void plx_export_outcome(const plx_export *export, struct plx_export_outcome *outcome)
{
    *outcome = (struct plx_export_outcome){.observations = export->use.rows,
                                           .shortened = export->job.shortened,
                                           .split = plx_twins_n_split(export->twins),
                                           .with_items = plx_twins_have_items(export->twins)};
}

void plx_export_progress(const plx_export *export, guint64 *done, guint64 *total)
{
    *done = export->rows;
    *total = export->pass == LOOK ? 0 : export->use.rows;
}
