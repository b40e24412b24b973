/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One JSON object per row and line, with the names of the canonical columns. Numbers are numbers,
 * "na" and "declined" are strings, what was not asked is not there. */

#include "base/json.h"
#include "export/lines.h"
#include "export/writer.h"

#include <string.h>

struct ndjson_writer {
    plx_export_writer base;
    struct plx_export_job *job;
    struct plx_lines lines;
    GPtrArray *names; /* "\"level\":" by column */
};

static void append_value(GString *out, const struct plx_export_value *value)
{
    switch (value->form) {
    case PLX_FORM_EMPTY:
        return;
    case PLX_FORM_TEXT:
    case PLX_FORM_TIME:
        plx_json_append_text(out, value->text, value->length);
        return;
    case PLX_FORM_NUMBER:
        g_string_append_len(out, value->text, (gssize)value->length);
        return;
    case PLX_FORM_INTEGER:
        g_string_append_printf(out, "%" G_GINT64_FORMAT, value->integer);
        return;
    case PLX_FORM_NA:
        g_string_append(out, "\"na\"");
        return;
    case PLX_FORM_DECLINED:
        g_string_append(out, "\"declined\"");
        return;
    }
}

static gboolean ndjson_add(plx_export_writer *writer, struct plx_export_view *view, GError **error)
{
    struct ndjson_writer *const self = (struct ndjson_writer *)(void *)writer;
    GString *const out = self->lines.text;
    struct plx_export_value value;
    for (guint32 i = 0; i < view->batch->n; i++) {
        gboolean first = TRUE;
        plx_export_row_begin(view, i);
        g_string_append_c(out, '{');
        for (guint c = 0; c < self->job->columns->len; c++) {
            plx_export_get(view, plx_export_column(self->job, c), i, &value);
            if (value.form == PLX_FORM_EMPTY)
                continue;
            if (!first)
                g_string_append_c(out, ',');
            first = FALSE;
            g_string_append(out, self->names->pdata[c]);
            append_value(out, &value);
        }
        g_string_append(out, "}\n");
        if (!plx_lines_flow(&self->lines, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean ndjson_end(plx_export_writer *writer, GError **error)
{
    struct ndjson_writer *const self = (struct ndjson_writer *)(void *)writer;
    return plx_lines_end(&self->lines, error);
}

static void ndjson_free(plx_export_writer *writer)
{
    struct ndjson_writer *const self = (struct ndjson_writer *)(void *)writer;
    plx_lines_clear(&self->lines);
    g_ptr_array_unref(self->names);
    g_free(self);
}

plx_export_writer *plx_ndjson_writer_new(struct plx_export_job *job, GError **error)
{
    struct plx_lines lines;
    if (!plx_lines_open(&lines, job->target, job->gzip, error))
        return NULL;
    struct ndjson_writer *const self = g_new0(struct ndjson_writer, 1);
    *self = (struct ndjson_writer){
        .base = {ndjson_add, ndjson_end, ndjson_free}, .job = job, .lines = lines};
    self->names = g_ptr_array_new_with_free_func(g_free);
    for (guint c = 0; c < job->columns->len; c++) {
        GString *const name = g_string_new(NULL);
        plx_json_append_text(name, plx_export_column(job, c)->name,
                             strlen(plx_export_column(job, c)->name));
        g_string_append_c(name, ':');
        g_ptr_array_add(self->names, g_string_free(name, FALSE));
    }
    return &self->base;
}
