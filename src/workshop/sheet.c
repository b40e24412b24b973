/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workshop/sheet_private.h"

#include "base/csv.h"
#include "base/error.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

plx_sheet *plx_sheet_new(const struct plx_sheet_kind *kind, const struct plx_sheet_options *options)
{
    plx_sheet *const sheet = g_new0(plx_sheet, 1);
    sheet->kind = kind;
    sheet->map = options->map;
    sheet->audience = g_strdup(options->audience);
    sheet->workshop = g_strdup(options->workshop);
    sheet->kept = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    sheet->saved = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    return sheet;
}

void plx_sheet_free(plx_sheet *sheet)
{
    if (!sheet)
        return;
    plx_entry_free(sheet->grid);
    g_ptr_array_unref(sheet->kept);
    g_ptr_array_unref(sheet->saved);
    g_free(sheet->points);
    g_free(sheet->choices);
    g_free(sheet->audience);
    g_free(sheet->workshop);
    g_free(sheet);
}

plx_entry *plx_sheet_grid(const plx_sheet *sheet)
{
    return sheet->grid;
}

guint plx_sheet_kept(const plx_sheet *sheet)
{
    return sheet->kept->len;
}

char *plx_sheet_trim(const char *text)
{
    return g_strstrip(g_strdup(text));
}

/* What a row of the grid was in the file, when it was well or loaded. */
static GPtrArray *saved_of(plx_sheet *sheet, guint row)
{
    const char *const text = plx_entry_cell(sheet->grid, row, sheet->id_column);
    const guint64 id = g_ascii_strtoull(text, NULL, 10);
    if (id > 0)
        return sheet->saved->pdata[id - 1];
    GPtrArray *const rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    g_ptr_array_add(sheet->saved, rows);
    char number[24];
    g_snprintf(number, sizeof number, "%u", sheet->saved->len);
    plx_entry_set(sheet->grid, row, sheet->id_column, number);
    return rows;
}

/* A file on its way in. */
struct loading {
    plx_sheet *sheet;
    const char *name;
    char delimiter;
    guint64 line;
    gint place[PLX_SHEET_TITLES_MAX]; /* of each of our columns in the file, or -1 */
    guint n_fields;
};

static gboolean split(const struct loading *load, const char *text, gsize n, GArray **fields,
                      GError **error)
{
    gsize at = 0;
    if (plx_csv_split(text, n, load->delimiter, '"', fields, &at) == PLX_CSV_WELL)
        return TRUE;
    const struct plx_loc loc = {load->name, load->line, at + 1};
    return plx_error_at(error, PLX_ERROR_INPUT, &loc, "this is no CSV: a quote is wrong here");
}

static gint title_index(const struct plx_sheet_kind *kind, const char *title)
{
    for (guint i = 0; i < kind->n_titles; i++)
        if (strcmp(kind->titles[i], title) == 0)
            return (gint)i;
    return -1;
}

static gboolean load_header(struct loading *load, const char *text, gsize n, GError **error)
{
    g_autoptr(GArray) fields = NULL;
    load->delimiter = plx_csv_guess_delimiter(text, n, '"');
    if (!split(load, text, n, &fields, error))
        return FALSE;
    for (guint i = 0; i < PLX_SHEET_TITLES_MAX; i++)
        load->place[i] = -1;
    for (guint i = 0; i < fields->len; i++) {
        const struct plx_csv_field *const field = &g_array_index(fields, struct plx_csv_field, i);
        const gint title = title_index(load->sheet->kind, field->text);
        if (title >= 0 && load->place[title] < 0) {
            load->place[title] = (gint)i;
            continue;
        }
        const struct plx_loc loc = {load->name, load->line, field->offset + 1};
        return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                            "this grid does not know a column \"%s\" and would lose it; import the "
                            "file as it is, or name another for the grid with -o",
                            field->text);
    }
    load->n_fields = fields->len;
    return TRUE;
}

static gboolean load_row(struct loading *load, const char *text, gsize n, GError **error)
{
    g_autoptr(GArray) fields = NULL;
    if (!split(load, text, n, &fields, error))
        return FALSE;
    const struct plx_loc loc = {load->name, load->line, 0};
    if (fields->len != load->n_fields)
        return plx_error_at(error, PLX_ERROR_INPUT, &loc, "%u fields where the header has %u",
                            fields->len, load->n_fields);
    const guint n_titles = load->sheet->kind->n_titles;
    char **const row = g_new0(char *, n_titles + 1);
    for (guint i = 0; i < n_titles; i++)
        row[i] =
            g_strdup(load->place[i] < 0
                         ? ""
                         : g_array_index(fields, struct plx_csv_field, (guint)load->place[i]).text);
    const gint taken = load->sheet->kind->take(load->sheet, row);
    g_ptr_array_add(taken >= 0 ? saved_of(load->sheet, (guint)taken) : load->sheet->kept, row);
    return TRUE;
}

static guint64 lines_in(const char *text, gsize n)
{
    guint64 lines = 0;
    for (gsize i = 0; i < n; i++)
        lines += text[i] == '\n' ? 1 : 0;
    return lines;
}

gboolean plx_sheet_load(plx_sheet *sheet, const char *text, gsize length, const char *name,
                        GError **error)
{
    struct loading load = {.sheet = sheet, .name = name, .line = 1};
    const struct plx_loc loc = {name, 0, 0};
    if (!g_utf8_validate_len(text, length, NULL))
        return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                            "this is no UTF-8; save it as that, or name another with -o");
    if (g_str_has_prefix(text, BYTE_ORDER_MARK)) {
        text += strlen(BYTE_ORDER_MARK);
        length -= strlen(BYTE_ORDER_MARK);
    }
    gboolean header = TRUE;
    while (length > 0) {
        gsize next = 0;
        const gsize n = plx_csv_record(text, length, '"', &next);
        if (n > 0 && !(header ? load_header : load_row)(&load, text, n, error))
            return FALSE;
        header = header && n == 0;
        load.line += lines_in(text, next);
        text += next;
        length -= next;
    }
    plx_entry_go_last(sheet->grid);
    return TRUE;
}

/* The time of a row is when it was complete for the first time. */
static void stamp(plx_sheet *sheet, guint row, const char *now)
{
    if (*plx_entry_cell(sheet->grid, row, sheet->time_column))
        return;
    g_autofree char *time = g_strndup(now, sheet->time_length);
    plx_entry_set(sheet->grid, row, sheet->time_column, time);
}

/* What the file holds of a row. One that has become wrong stays as it was saved before: a slip must
 * not cost what was there. */
static const GPtrArray *rows_of(plx_sheet *sheet, guint row)
{
    const enum plx_row_state state = plx_entry_state(sheet->grid, row);
    if (state != PLX_ROW_COMPLETE && state != PLX_ROW_WRONG)
        return NULL;
    GPtrArray *const rows = saved_of(sheet, row);
    if (state == PLX_ROW_COMPLETE) {
        g_ptr_array_set_size(rows, 0);
        sheet->kind->put(sheet, row, rows);
    }
    return rows;
}

static void append_rows(GString *out, const GPtrArray *rows, guint n_fields)
{
    for (guint r = 0; r < rows->len; r++) {
        char **const fields = rows->pdata[r];
        for (guint i = 0; i < n_fields; i++) {
            if (i > 0)
                g_string_append_c(out, ',');
            plx_csv_append(out, fields[i], strlen(fields[i]), ',');
        }
        g_string_append_c(out, '\n');
    }
}

char *plx_sheet_save(plx_sheet *sheet, const char *now)
{
    GString *const out = g_string_new(NULL);
    for (guint i = 0; i < sheet->kind->n_titles; i++)
        g_string_append_printf(out, "%s%s", i > 0 ? "," : "", sheet->kind->titles[i]);
    g_string_append_c(out, '\n');
    append_rows(out, sheet->kept, sheet->kind->n_titles);
    for (guint row = 0; row < plx_entry_rows(sheet->grid); row++) {
        if (plx_entry_state(sheet->grid, row) == PLX_ROW_COMPLETE)
            stamp(sheet, row, now);
        const GPtrArray *const rows = rows_of(sheet, row);
        if (rows)
            append_rows(out, rows, sheet->kind->n_titles);
    }
    return g_string_free(out, FALSE);
}

static gboolean was_saved(const plx_sheet *sheet, guint row)
{
    const char *const id = plx_entry_cell(sheet->grid, row, sheet->id_column);
    const guint64 number = g_ascii_strtoull(id, NULL, 10);
    const GPtrArray *const rows = number > 0 ? sheet->saved->pdata[number - 1] : NULL;
    return rows && rows->len > 0;
}

/* The first thing that is wrong with, or missing in, a row. */
static void tell_row(const plx_sheet *sheet, guint row, GString *lines)
{
    for (guint i = 0; i < plx_entry_columns(sheet->grid); i++) {
        const struct plx_entry_column *const column = plx_entry_column(sheet->grid, i);
        g_autofree char *fault = plx_entry_fault(sheet->grid, row, i);
        g_autofree char *text = plx_sheet_trim(plx_entry_cell(sheet->grid, row, i));
        if (!fault && (!column->needed || *text))
            continue;
        const gboolean was = fault && was_saved(sheet, row);
        g_string_append_printf(lines, "row %u, %s: %s; %s\n", row + 1, column->title,
                               fault ? fault : "nothing is there",
                               was ? "saved as it was before" : "not saved");
        return;
    }
}

guint plx_sheet_unsaved(const plx_sheet *sheet)
{
    guint n = 0;
    for (guint row = 0; row < plx_entry_rows(sheet->grid); row++) {
        const enum plx_row_state state = plx_entry_state(sheet->grid, row);
        n += (state == PLX_ROW_WRONG || state == PLX_ROW_INCOMPLETE) && !was_saved(sheet, row);
    }
    return n;
}

char *plx_sheet_left(const plx_sheet *sheet)
{
    GString *const lines = g_string_new(NULL);
    for (guint row = 0; row < plx_entry_rows(sheet->grid); row++) {
        const enum plx_row_state state = plx_entry_state(sheet->grid, row);
        if (state == PLX_ROW_WRONG || state == PLX_ROW_INCOMPLETE)
            tell_row(sheet, row, lines);
    }
    if (sheet->kind->tell)
        sheet->kind->tell(sheet, lines);
    return g_string_free(lines, FALSE);
}
