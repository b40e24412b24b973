/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The canonical file of docs/ratings.md, so that it can be read again. Texts stay as they are, also
 * those that a spreadsheet would take for a formula. */

#include "export/lines.h"
#include "export/writer.h"

#include <string.h>

struct csv_writer {
    plx_export_writer base;
    struct plx_export_job *job;
    struct plx_lines lines;
};

/* Readers trim blanks around a cell that is not in quotes. */
static gboolean needs_quotes(const char *text, gsize n)
{
    if (n == 0)
        return FALSE;
    if (text[0] == ' ' || text[0] == '\t' || text[n - 1] == ' ' || text[n - 1] == '\t')
        return TRUE;
    for (gsize i = 0; i < n; i++)
        if (text[i] == ',' || text[i] == '"' || text[i] == '\n' || text[i] == '\r')
            return TRUE;
    return FALSE;
}

static void append_text(GString *out, const char *text, gsize n)
{
    if (!needs_quotes(text, n)) {
        g_string_append_len(out, text, (gssize)n);
        return;
    }
    g_string_append_c(out, '"');
    for (gsize i = 0; i < n; i++) {
        if (text[i] == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, text[i]);
    }
    g_string_append_c(out, '"');
}

static void append_integer(GString *out, gint64 integer)
{
    if (integer >= 0 && integer < 10)
        g_string_append_c(out, (gchar)('0' + integer));
    else
        g_string_append_printf(out, "%" G_GINT64_FORMAT, integer);
}

static void append_value(GString *out, const struct plx_export_value *value)
{
    switch (value->form) {
    case PLX_FORM_EMPTY:
        return;
    case PLX_FORM_TEXT:
    case PLX_FORM_NUMBER:
    case PLX_FORM_TIME:
        append_text(out, value->text, value->length);
        return;
    case PLX_FORM_INTEGER:
        append_integer(out, value->integer);
        return;
    case PLX_FORM_NA:
        g_string_append(out, "na");
        return;
    case PLX_FORM_DECLINED:
        g_string_append(out, "declined");
        return;
    }
}

static gboolean csv_add(plx_export_writer *writer, struct plx_export_view *view, GError **error)
{
    struct csv_writer *const self = (struct csv_writer *)(void *)writer;
    GString *const out = self->lines.text;
    const guint n = self->job->columns->len;
    struct plx_export_value value;
    for (guint32 i = 0; i < view->batch->n; i++) {
        plx_export_row_begin(view, i);
        for (guint c = 0; c < n; c++) {
            if (c > 0)
                g_string_append_c(out, ',');
            plx_export_get(view, plx_export_column(self->job, c), i, &value);
            append_value(out, &value);
        }
        g_string_append_c(out, '\n');
        if (!plx_lines_flow(&self->lines, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean csv_end(plx_export_writer *writer, GError **error)
{
    struct csv_writer *const self = (struct csv_writer *)(void *)writer;
    return plx_lines_end(&self->lines, error);
}

static void csv_free(plx_export_writer *writer)
{
    struct csv_writer *const self = (struct csv_writer *)(void *)writer;
    plx_lines_clear(&self->lines);
    g_free(self);
}

plx_export_writer *plx_csv_writer_new(struct plx_export_job *job, GError **error)
{
    struct plx_lines lines;
    if (!plx_lines_open(&lines, job->target, job->gzip, error))
        return NULL;
    struct csv_writer *const self = g_new0(struct csv_writer, 1);
    *self = (struct csv_writer){.base = {csv_add, csv_end, csv_free}, .job = job, .lines = lines};
    for (guint c = 0; c < job->columns->len; c++) {
        const char *const name = plx_export_column(job, c)->name;
        if (c > 0)
            g_string_append_c(lines.text, ',');
        append_text(lines.text, name, strlen(name));
    }
    g_string_append_c(lines.text, '\n');
    return &self->base;
}
