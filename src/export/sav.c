/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SPSS: one variable per column, with labels, through ReadStat. */

#include "base/error.h"
#include "export/lines.h"
#include "export/sav_names.h"
#include "export/writer.h"

#include <readstat.h>
#include <string.h>

#define EPOCH_SECONDS G_GINT64_CONSTANT(12219379200) /* from 1582-10-14 to 1970-01-01 */
#define STRING_BYTES 32764 /* 32767 are allowed; ReadStat loses the end of the last three */
#define LABEL_BYTES 255
#define VALUE_LABEL_BYTES 120

struct sav_writer {
    plx_export_writer base;
    struct plx_export_job *job;
    struct plx_lines lines;
    readstat_writer_t *writer;
    GPtrArray *variables; /* readstat_variable_t by column; owned by the writer */
    GString *text;
    GError *error; /* of a write */
};

static gboolean check(struct sav_writer *self, readstat_error_t code, GError **error)
{
    if (code == READSTAT_OK)
        return TRUE;
    if (self->error) {
        g_propagate_error(error, g_steal_pointer(&self->error));
        return FALSE;
    }
    return plx_error(error, PLX_ERROR_IO, "cannot write %s: %s", self->job->target->path,
                     readstat_error_message(code));
}

static ssize_t write_bytes(const void *bytes, size_t n, void *data)
{
    struct sav_writer *const self = data;
    g_string_append_len(self->lines.text, bytes, (gssize)n);
    return plx_lines_flow(&self->lines, &self->error) ? (ssize_t)n : -1;
}

/* Variables --------------------------------------------------------------------------------- */

static gboolean is_text(const struct plx_export_column *column)
{
    switch (column->kind) {
    case PLX_EXPORT_AUDIENCE:
    case PLX_EXPORT_ENCOUNTER:
    case PLX_EXPORT_RESPONDENT:
    case PLX_EXPORT_OFFSET:
    case PLX_EXPORT_JOURNEY:
    case PLX_EXPORT_SUBJECT:
    case PLX_EXPORT_TEXT:
    case PLX_EXPORT_SURPRISE:
    case PLX_EXPORT_NOTE:
        return TRUE;
    case PLX_EXPORT_TIME:
    case PLX_EXPORT_ITEM:
    case PLX_EXPORT_DECIMAL:
    case PLX_EXPORT_WEIGHT:
    case PLX_EXPORT_GROUP_SIZE:
    case PLX_EXPORT_SEEN:
    case PLX_EXPORT_HESITATION:
    case PLX_EXPORT_MEASURE:
        return FALSE;
    }
    return FALSE;
}

static char *cut_label(const char *text, gsize limit)
{
    return g_strndup(text, plx_export_cut(text, strlen(text), limit));
}

/* The words of a measure, and what the two codes beside its scale mean. */
static void add_labels(struct sav_writer *self, readstat_variable_t *variable, guint c,
                       const struct plx_export_column *column)
{
    g_autofree char *name = g_strdup_printf("labels%u", c);
    readstat_label_set_t *const set =
        readstat_add_label_set(self->writer, READSTAT_TYPE_DOUBLE, name);
    for (int v = column->scale ? column->scale->min : 0;
         column->scale && column->scale->words && v <= column->scale->max; v++) {
        const char *const word = column->scale->words[v - column->scale->min];
        g_autofree char *label = word ? cut_label(word, VALUE_LABEL_BYTES) : NULL;
        if (label)
            readstat_label_double_value(set, v, label);
    }
    readstat_label_double_value(set, PLX_SAV_NA, "Did not happen to me");
    readstat_label_double_value(set, PLX_SAV_DECLINED, "Declined");
    readstat_variable_set_label_set(variable, set);
    readstat_variable_add_missing_double_value(variable, PLX_SAV_NA);
    readstat_variable_add_missing_double_value(variable, PLX_SAV_DECLINED);
}

static readstat_measure_t measure_of(const struct plx_export_column *column)
{
    switch (column->kind) {
    case PLX_EXPORT_MEASURE:
        return READSTAT_MEASURE_ORDINAL;
    case PLX_EXPORT_TIME:
    case PLX_EXPORT_WEIGHT:
    case PLX_EXPORT_GROUP_SIZE:
    case PLX_EXPORT_DECIMAL:
        return READSTAT_MEASURE_SCALE;
    case PLX_EXPORT_AUDIENCE:
    case PLX_EXPORT_ENCOUNTER:
    case PLX_EXPORT_RESPONDENT:
    case PLX_EXPORT_OFFSET:
    case PLX_EXPORT_JOURNEY:
    case PLX_EXPORT_SUBJECT:
    case PLX_EXPORT_ITEM:
    case PLX_EXPORT_TEXT:
    case PLX_EXPORT_SEEN:
    case PLX_EXPORT_SURPRISE:
    case PLX_EXPORT_HESITATION:
    case PLX_EXPORT_NOTE:
        break;
    }
    return READSTAT_MEASURE_NOMINAL;
}

static const char *format_of(const struct plx_export_column *column)
{
    switch (column->kind) {
    case PLX_EXPORT_TIME:
        return column->clock ? "DATETIME20" : "SDATE10";
    case PLX_EXPORT_DECIMAL:
    case PLX_EXPORT_WEIGHT:
        return "F12.6";
    case PLX_EXPORT_AUDIENCE:
    case PLX_EXPORT_ENCOUNTER:
    case PLX_EXPORT_RESPONDENT:
    case PLX_EXPORT_OFFSET:
    case PLX_EXPORT_JOURNEY:
    case PLX_EXPORT_SUBJECT:
    case PLX_EXPORT_TEXT:
    case PLX_EXPORT_SURPRISE:
    case PLX_EXPORT_NOTE:
        return NULL; /* as wide as the string */
    case PLX_EXPORT_ITEM:
    case PLX_EXPORT_GROUP_SIZE:
    case PLX_EXPORT_SEEN:
    case PLX_EXPORT_HESITATION:
        break;
    case PLX_EXPORT_MEASURE:
        return "F8.2"; /* programs print means as they print values */
    }
    return "F8.0";
}

static void add_variable(struct sav_writer *self, guint c, const char *name)
{
    const struct plx_export_column *const column = plx_export_column(self->job, c);
    const gboolean text = is_text(column);
    readstat_variable_t *const variable = readstat_add_variable(
        self->writer, name, text ? READSTAT_TYPE_STRING : READSTAT_TYPE_DOUBLE,
        text ? CLAMP(column->width, 1, STRING_BYTES) : 0);
    g_autofree char *label = cut_label(column->title, LABEL_BYTES);
    readstat_variable_set_label(variable, label);
    readstat_variable_set_measure(variable, measure_of(column));
    if (format_of(column))
        readstat_variable_set_format(variable, format_of(column));
    if (column->kind == PLX_EXPORT_MEASURE)
        add_labels(self, variable, c, column);
    g_ptr_array_add(self->variables, variable);
}

/* Rows -------------------------------------------------------------------------------------- */

static readstat_error_t put_text(struct sav_writer *self, const readstat_variable_t *variable,
                                 const struct plx_export_value *value)
{
    const gsize n = plx_export_cut(value->text, value->length, STRING_BYTES);
    self->job->shortened += n < value->length;
    g_string_truncate(self->text, 0);
    g_string_append_len(self->text, value->text, (gssize)n);
    return readstat_insert_string_value(self->writer, variable, self->text->str);
}

static readstat_error_t put_value(struct sav_writer *self, guint c,
                                  const struct plx_export_value *value)
{
    const readstat_variable_t *const variable = self->variables->pdata[c];
    if (is_text(plx_export_column(self->job, c))) {
        return value->form == PLX_FORM_EMPTY
                   ? readstat_insert_string_value(self->writer, variable, "")
                   : put_text(self, variable, value);
    }
    switch (value->form) {
    case PLX_FORM_INTEGER:
        return readstat_insert_double_value(self->writer, variable, (double)value->integer);
    case PLX_FORM_NUMBER:
        return readstat_insert_double_value(self->writer, variable, value->number);
    case PLX_FORM_TIME:
        return readstat_insert_double_value(self->writer, variable,
                                            (double)(value->integer + EPOCH_SECONDS));
    case PLX_FORM_NA:
        return readstat_insert_double_value(self->writer, variable, PLX_SAV_NA);
    case PLX_FORM_DECLINED:
        return readstat_insert_double_value(self->writer, variable, PLX_SAV_DECLINED);
    case PLX_FORM_EMPTY:
    case PLX_FORM_TEXT:
        break;
    }
    return readstat_insert_missing_value(self->writer, variable);
}

static gboolean sav_add(plx_export_writer *writer, struct plx_export_view *view, GError **error)
{
    struct sav_writer *const self = (struct sav_writer *)(void *)writer;
    struct plx_export_value value;
    for (guint32 i = 0; i < view->batch->n; i++) {
        plx_export_row_begin(view, i);
        if (!check(self, readstat_begin_row(self->writer), error))
            return FALSE;
        for (guint c = 0; c < self->job->columns->len; c++) {
            plx_export_get(view, plx_export_column(self->job, c), i, &value);
            if (!check(self, put_value(self, c, &value), error))
                return FALSE;
        }
        if (!check(self, readstat_end_row(self->writer), error))
            return FALSE;
    }
    return TRUE;
}

static gboolean sav_end(plx_export_writer *writer, GError **error)
{
    struct sav_writer *const self = (struct sav_writer *)(void *)writer;
    return check(self, readstat_end_writing(self->writer), error) &&
           plx_lines_end(&self->lines, error);
}

static void sav_free(plx_export_writer *writer)
{
    struct sav_writer *const self = (struct sav_writer *)(void *)writer;
    readstat_writer_free(self->writer);
    plx_lines_clear(&self->lines);
    g_ptr_array_unref(self->variables);
    g_string_free(self->text, TRUE);
    g_clear_error(&self->error);
    g_free(self);
}

static gboolean begin(struct sav_writer *self, GError **error)
{
    g_auto(GStrv) names = plx_sav_names(self->job->columns);
    for (guint c = 0; c < self->job->columns->len; c++)
        add_variable(self, c, names[c]);
    g_autofree char *label = cut_label(self->job->map->title ? self->job->map->title : "", 64);
    readstat_writer_set_file_label(self->writer, label);
    readstat_writer_set_file_timestamp(self->writer, 0); /* the same data, the same bytes */
    return check(self, readstat_writer_set_compression(self->writer, READSTAT_COMPRESS_ROWS),
                 error) &&
           check(self, readstat_begin_writing_sav(self->writer, self, (long)self->job->rows),
                 error);
}

plx_export_writer *plx_sav_writer_new(struct plx_export_job *job, GError **error)
{
    struct plx_lines lines;
    if (!plx_lines_open(&lines, job->target, FALSE, error))
        return NULL;
    struct sav_writer *const self = g_new0(struct sav_writer, 1);
    *self = (struct sav_writer){.base = {sav_add, sav_end, sav_free}, .job = job, .lines = lines};
    self->variables = g_ptr_array_new();
    self->text = g_string_new(NULL);
    self->writer = readstat_writer_init();
    readstat_set_data_writer(self->writer, write_bytes);
    if (begin(self, error))
        return &self->base;
    sav_free(&self->base);
    return NULL;
}
