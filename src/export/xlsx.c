/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A spreadsheet: sheets of observations with typed cells, and the points of the map. Written by
 * libxlsxwriter in constant memory: rows wait in temporary files beside the target. */

#include "base/date.h"
#include "base/error.h"
#include "export/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#define CELL_CHARACTERS 32767 /* of UTF-16 */
#define FIRST_DAY (-25508)    /* 1900-03-01: before it Excel's days are not those of the calendar */
#define DAY_ZERO 25569        /* 1970-01-01 in days since 1899-12-30 */
#define CREATED                                                                                    \
    315532800 /* 1980-01-01, as the archive's own dates: the same data, the same bytes */

struct xlsx_writer {
    plx_export_writer base;
    struct plx_export_job *job;
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *bold, *date, *moment;
    guint sheets;
    lxw_row_t row; /* next */
    GString *text;
};

static gboolean check(const struct xlsx_writer *self, lxw_error code, GError **error)
{
    if (code == LXW_NO_ERROR)
        return TRUE;
    const int reason = errno;
    if (reason == ENOSPC || reason == EDQUOT || reason == EFBIG)
        return plx_target_error(self->job->target, reason, error);
    return plx_error(error, PLX_ERROR_IO, "cannot write %s: %s", self->job->target->path,
                     lxw_strerror(code));
}

/* Two characters that XML cannot hold in any way become U+FFFD. */
static void make_legal(GString *text)
{
    g_string_replace(text, "\xef\xbf\xbe", "\xef\xbf\xbd", 0);
    g_string_replace(text, "\xef\xbf\xbf", "\xef\xbf\xbd", 0);
}

/* Cells ------------------------------------------------------------------------------------- */

/* A cell's text, as long as a cell may be. */
static const char *cell_text(struct xlsx_writer *self, const struct plx_export_value *value)
{
    gsize n = value->length;
    if (n > CELL_CHARACTERS) {
        const char *at = value->text, *const end = value->text + n;
        for (guint units = 0; at < end; at = g_utf8_next_char(at)) {
            units += g_utf8_get_char(at) > 0xFFFF ? 2 : 1;
            if (units > CELL_CHARACTERS)
                break;
        }
        self->job->shortened += at < end;
        n = (gsize)(at - value->text);
    }
    g_string_truncate(self->text, 0);
    g_string_append_len(self->text, value->text, (gssize)n);
    make_legal(self->text);
    g_string_replace(self->text, "\r\n", "\n", 0); /* as spreadsheets end lines in cells */
    return self->text->str;
}

static lxw_error put_time(struct xlsx_writer *self, lxw_col_t c,
                          const struct plx_export_value *value)
{
    const double days = (double)value->integer / PLX_DAY_SECONDS;
    if (days < FIRST_DAY)
        return worksheet_write_string(self->sheet, self->row, c, cell_text(self, value), NULL);
    return worksheet_write_number(self->sheet, self->row, c, days + DAY_ZERO,
                                  value->clock ? self->moment : self->date);
}

static lxw_error put_cell(struct xlsx_writer *self, lxw_col_t c,
                          const struct plx_export_value *value)
{
    switch (value->form) {
    case PLX_FORM_EMPTY:
        break;
    case PLX_FORM_TEXT:
        return worksheet_write_string(self->sheet, self->row, c, cell_text(self, value), NULL);
    case PLX_FORM_TIME:
        return put_time(self, c, value);
    case PLX_FORM_NUMBER:
        return worksheet_write_number(self->sheet, self->row, c, value->number, NULL);
    case PLX_FORM_INTEGER:
        return worksheet_write_number(self->sheet, self->row, c, (double)value->integer, NULL);
    case PLX_FORM_NA:
        return worksheet_write_string(self->sheet, self->row, c, "na", NULL);
    case PLX_FORM_DECLINED:
        return worksheet_write_string(self->sheet, self->row, c, "declined", NULL);
    }
    return LXW_NO_ERROR;
}

/* Sheets ------------------------------------------------------------------------------------ */

static gboolean begin_sheet(struct xlsx_writer *self, const char *name, GError **error)
{
    self->sheet = workbook_add_worksheet(self->book, name);
    self->row = 1;
    if (!self->sheet)
        return plx_target_error(self->job->target, errno ? errno : EIO, error);
    worksheet_freeze_panes(self->sheet, 1, 0);
    return TRUE;
}

static gboolean put_head(struct xlsx_writer *self, lxw_col_t c, const char *name, double width,
                         GError **error)
{
    const struct plx_export_value value = {.text = name, .length = strlen(name)};
    const char *const text = cell_text(self, &value);
    return check(self, worksheet_set_column(self->sheet, c, c, width, NULL), error) &&
           check(self, worksheet_write_string(self->sheet, 0, c, text, self->bold), error);
}

static gboolean begin_observations(struct xlsx_writer *self, GError **error)
{
    g_autofree char *name = self->sheets == 0
                                ? g_strdup("observations")
                                : g_strdup_printf("observations %u", self->sheets + 1);
    if (!begin_sheet(self, name, error))
        return FALSE;
    self->sheets++;
    for (guint c = 0; c < self->job->columns->len; c++) {
        const struct plx_export_column *const column = plx_export_column(self->job, c);
        if (!put_head(self, (lxw_col_t)c, column->name, CLAMP((double)column->width + 2, 10, 40),
                      error))
            return FALSE;
    }
    return TRUE;
}

/* What waits in temporary files must be there whole: the library does not look. */
static gboolean end_sheet(struct xlsx_writer *self, guint columns, GError **error)
{
    FILE *const file = self->sheet->optimize_tmpfile;
    errno = 0;
    if (fflush(file) != 0 || ferror(file))
        return plx_target_error(self->job->target, errno ? errno : EIO, error);
    return check(self,
                 worksheet_autofilter(self->sheet, 0, 0, self->row - 1, (lxw_col_t)(columns - 1)),
                 error);
}

static gboolean xlsx_add(plx_export_writer *writer, struct plx_export_view *view, GError **error)
{
    struct xlsx_writer *const self = (struct xlsx_writer *)(void *)writer;
    const guint n = self->job->columns->len;
    struct plx_export_value value;
    for (guint32 i = 0; i < view->batch->n; i++) {
        if (self->row > self->job->sheet_rows &&
            (!end_sheet(self, n, error) || !begin_observations(self, error)))
            return FALSE;
        plx_export_row_begin(view, i);
        for (guint c = 0; c < n; c++) {
            plx_export_get(view, plx_export_column(self->job, c), i, &value);
            if (!check(self, put_cell(self, (lxw_col_t)c, &value), error))
                return FALSE;
        }
        self->row++;
    }
    return TRUE;
}

/* The map ----------------------------------------------------------------------------------- */

static gboolean put_text(struct xlsx_writer *self, lxw_col_t c, const char *text, GError **error)
{
    const struct plx_export_value value = {.form = text && *text ? PLX_FORM_TEXT : PLX_FORM_EMPTY,
                                           .text = text ? text : "",
                                           .length = text ? strlen(text) : 0};
    return check(self, put_cell(self, c, &value), error);
}

static gboolean put_point(struct xlsx_writer *self, const struct plx_point *point, GError **error)
{
    const struct plx_journey *const journey = &self->job->map->journeys[point->journey];
    const char *const texts[] = {journey->title, journey->transactions[point->transaction].title,
                                 point->title, point->id, plx_value_name(point->value)};
    for (guint c = 0; c < G_N_ELEMENTS(texts); c++)
        if (!put_text(self, (lxw_col_t)c, texts[c], error))
            return FALSE;
    if (point->target && !check(self,
                                worksheet_write_number(self->sheet, self->row, G_N_ELEMENTS(texts),
                                                       point->target, NULL),
                                error))
        return FALSE;
    self->row++;
    return TRUE;
}

static gboolean put_map(struct xlsx_writer *self, GError **error)
{
    static const char *const heads[] = {"journey", "transaction", "point", "id", "value", "target"};
    const plx_map *const map = self->job->map;
    if (!begin_sheet(self, "map", error))
        return FALSE;
    for (guint c = 0; c < G_N_ELEMENTS(heads); c++)
        if (!put_head(self, (lxw_col_t)c, heads[c], c < 4 ? 28 : 12, error))
            return FALSE;
    for (guint p = 0; p < map->n_points; p++)
        if (!put_point(self, &map->points[p], error))
            return FALSE;
    return end_sheet(self, G_N_ELEMENTS(heads), error);
}

/* The end ----------------------------------------------------------------------------------- */

static guint64 waiting_bytes(const struct xlsx_writer *self, guint64 *largest)
{
    guint64 sum = 0;
    lxw_worksheet *sheet;
    *largest = 0;
    STAILQ_FOREACH(sheet, self->book->worksheets, list_pointers)
    {
        const off_t n = ftello(sheet->optimize_tmpfile);
        sum += (guint64)MAX(n, 0);
        *largest = MAX(*largest, (guint64)MAX(n, 0));
    }
    return sum;
}

/* The library copies each sheet once more and does not notice a full disk then: there must be room
 * for the largest one, and for what is packed. */
static gboolean check_room(const struct xlsx_writer *self, GError **error)
{
    guint64 largest;
    const guint64 sum = waiting_bytes(self, &largest);
    const int fd = self->job->target->fd;
    const int code = posix_fallocate(fd, 0, (off_t)(largest + sum / 4 + 65536));
    if (ftruncate(fd, 0) != 0)
        return plx_target_error(self->job->target, errno, error);
    return code == 0 || code == EOPNOTSUPP || code == EINVAL ||
           plx_target_error(self->job->target, code, error);
}

static gboolean xlsx_end(plx_export_writer *writer, GError **error)
{
    struct xlsx_writer *const self = (struct xlsx_writer *)(void *)writer;
    if (!end_sheet(self, self->job->columns->len, error) || !put_map(self, error) ||
        !check_room(self, error))
        return FALSE;
    errno = 0;
    lxw_workbook *const book = self->book;
    self->book = NULL; /* closing frees it, also when it fails */
    return check(self, workbook_close(book), error);
}

static void xlsx_free(plx_export_writer *writer)
{
    struct xlsx_writer *const self = (struct xlsx_writer *)(void *)writer;
    if (self->book)
        lxw_workbook_free(self->book);
    g_string_free(self->text, TRUE);
    g_free(self);
}

/* As the properties of a document may have it: the library escapes no control characters there. */
static char *title_of(const plx_map *map)
{
    g_autoptr(GString) title = g_string_new(map->title);
    make_legal(title);
    for (gsize i = 0; i < title->len; i++)
        if (g_ascii_iscntrl(title->str[i]))
            title->str[i] = ' ';
    return map->title ? g_strdup(title->str) : NULL;
}

static gboolean add_formats(struct xlsx_writer *self, GError **error)
{
    g_autofree char *title = title_of(self->job->map);
    lxw_doc_properties properties = {.title = title, .created = CREATED};
    self->bold = workbook_add_format(self->book);
    self->date = workbook_add_format(self->book);
    self->moment = workbook_add_format(self->book);
    format_set_bold(self->bold);
    format_set_num_format(self->date, "yyyy-mm-dd");
    format_set_num_format(self->moment, "yyyy-mm-dd hh:mm:ss");
    return check(self, workbook_set_properties(self->book, &properties), error);
}

plx_export_writer *plx_xlsx_writer_new(struct plx_export_job *job, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(job->target->temporary);
    lxw_workbook_options options = {
        .constant_memory = LXW_TRUE, .tmpdir = folder, .use_zip64 = LXW_TRUE};
    struct xlsx_writer *const self = g_new0(struct xlsx_writer, 1);
    *self = (struct xlsx_writer){.base = {xlsx_add, xlsx_end, xlsx_free}, .job = job};
    self->text = g_string_new(NULL);
    self->book = workbook_new_opt(job->target->temporary, &options);
    if (!self->book)
        plx_target_error(job->target, errno ? errno : EIO, error);
    else if (add_formats(self, error) && begin_observations(self, error))
        return &self->base;
    xlsx_free(&self->base);
    return NULL;
}
