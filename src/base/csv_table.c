/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv_table.h"

#include "base/csv.h"
#include "base/error.h"
#include "base/slurp.h"
#include "base/suggest.h"

#include <string.h>

struct cell {
    char *text;
    guint64 line, column; /* where it begins */
};

struct plx_csv_table {
    char *file;
    char delimiter;
    GArray *names;   /* struct cell */
    GPtrArray *rows; /* GArray of struct cell, of which there is at least one */
};

static void clear_cell(gpointer data)
{
    struct cell *const cell = data;
    g_free(cell->text);
}

void plx_csv_table_free(plx_csv_table *table)
{
    if (!table)
        return;
    g_free(table->file);
    g_clear_pointer(&table->names, g_array_unref);
    g_ptr_array_unref(table->rows);
    g_free(table);
}

/* Where a byte of a record stands. */
static void find_place(const char *record, gsize offset, guint64 first_line, struct plx_loc *loc)
{
    gsize begin = 0;
    loc->line = first_line;
    for (gsize i = 0; i < offset; i++) {
        if (record[i] == '\n') {
            loc->line++;
            begin = i + 1;
        }
    }
    loc->column = offset - begin + 1;
}

static const char *fault_words(enum plx_csv_fault fault)
{
    switch (fault) {
    case PLX_CSV_STRAY_QUOTE:
        return "a quote within a field that does not begin with one";
    case PLX_CSV_TEXT_BEHIND:
        return "text behind a closing quote";
    case PLX_CSV_UNCLOSED:
        return "a quote is opened here and not closed";
    case PLX_CSV_WELL:
        break;
    }
    return "";
}

/* The cells of one record, or NULL. */
static GArray *split(const plx_csv_table *table, const char *record, gsize n, guint64 line,
                     GError **error)
{
    g_autoptr(GArray) fields = NULL;
    struct plx_loc loc = {table->file, line, 1};
    gsize at = 0;
    const enum plx_csv_fault fault = plx_csv_split(record, n, table->delimiter, '"', &fields, &at);
    if (fault != PLX_CSV_WELL) {
        find_place(record, at, line, &loc);
        plx_error_at(error, PLX_ERROR_INPUT, &loc, "%s", fault_words(fault));
        return NULL;
    }
    GArray *const cells = g_array_new(FALSE, FALSE, sizeof(struct cell));
    g_array_set_clear_func(cells, clear_cell);
    for (guint i = 0; i < fields->len; i++) {
        const struct plx_csv_field *const field = &g_array_index(fields, struct plx_csv_field, i);
        find_place(record, field->offset, line, &loc);
        const struct cell cell = {g_strndup(field->text, field->length), loc.line, loc.column};
        g_array_append_val(cells, cell);
    }
    return cells;
}

static gboolean take_header(plx_csv_table *table, GArray *names, GError **error)
{
    table->names = names;
    for (guint i = 0; i < names->len; i++) {
        struct cell *const name = &g_array_index(names, struct cell, i);
        const struct plx_loc loc = {table->file, name->line, name->column};
        g_strstrip(name->text);
        if (!*name->text)
            return plx_error_at(error, PLX_ERROR_INPUT, &loc, "a column needs a name");
        if (plx_csv_table_find(table, name->text) != (gint)i)
            return plx_error_at(error, PLX_ERROR_INPUT, &loc, "column \"%s\" is there twice",
                                name->text);
    }
    return TRUE;
}

static gboolean take_row(plx_csv_table *table, GArray *cells, GError **error)
{
    g_ptr_array_add(table->rows, cells);
    if (cells->len <= table->names->len)
        return TRUE;
    const struct cell *const more = &g_array_index(cells, struct cell, table->names->len);
    const struct plx_loc loc = {table->file, more->line, more->column};
    return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                        "%u cells where the header has %u columns; a text with a \"%c\" in it is "
                        "written in quotes",
                        cells->len, table->names->len, table->delimiter);
}

static gboolean is_blank(const char *record, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (!g_ascii_isspace(record[i]))
            return FALSE;
    return TRUE;
}

static gboolean read_records(plx_csv_table *table, const char *text, gsize length, GError **error)
{
    guint64 line = 1;
    for (gsize at = 0, next; at < length; at += next) {
        const char *const record = text + at;
        const gsize n = plx_csv_record(record, length - at, '"', &next);
        if (!table->names)
            table->delimiter = plx_csv_guess_delimiter(record, n, '"');
        if (table->delimiter == ' ')
            table->delimiter = ',';
        if (!is_blank(record, n)) {
            GArray *const cells = split(table, record, n, line, error);
            if (!cells ||
                !(table->names ? take_row(table, cells, error) : take_header(table, cells, error)))
                return FALSE;
        }
        for (gsize i = 0; i < next; i++)
            line += record[i] == '\n';
    }
    const struct plx_loc loc = {table->file, 1, 0};
    return table->names ||
           plx_error_at(error, PLX_ERROR_INPUT, &loc, "is empty; a header was expected");
}

static gboolean check_text(const char *text, gsize length, const char *name, GError **error)
{
    struct plx_loc loc = {name, 0, 0};
    const char *end;
    if (length > PLX_CSV_TABLE_BYTES_MAX)
        return plx_error_at(error, PLX_ERROR_INPUT, &loc, "is larger than %d MB",
                            PLX_CSV_TABLE_BYTES_MAX / (1024 * 1024));
    if (g_utf8_validate_len(text, length, &end))
        return TRUE;
    find_place(text, (gsize)(end - text), 1, &loc);
    return plx_error_at(error, PLX_ERROR_INPUT, &loc, "is not UTF-8 (byte 0x%02X)",
                        (unsigned)(guchar)*end);
}

plx_csv_table *plx_csv_table_read_memory(const char *text, gsize length, const char *name,
                                         GError **error)
{
    static const char mark[] = "\xEF\xBB\xBF";
    const gsize skip = length >= 3 && memcmp(text, mark, 3) == 0 ? 3 : 0;
    if (!check_text(text, length, name, error))
        return NULL;
    g_autoptr(plx_csv_table) table = g_new0(plx_csv_table, 1);
    table->file = g_strdup(name);
    table->rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    return read_records(table, text + skip, length - skip, error) ? g_steal_pointer(&table) : NULL;
}

plx_csv_table *plx_csv_table_read(const char *path, GError **error)
{
    g_autoptr(GByteArray) all = plx_slurp(path, PLX_CSV_TABLE_BYTES_MAX, error);
    return all ? plx_csv_table_read_memory((const char *)all->data, all->len, plx_slurp_name(path),
                                           error)
               : NULL;
}

guint plx_csv_table_rows(const plx_csv_table *table)
{
    return table->rows->len;
}

guint plx_csv_table_columns(const plx_csv_table *table)
{
    return table->names->len;
}

const char *plx_csv_table_name(const plx_csv_table *table, guint column)
{
    return g_array_index(table->names, struct cell, column).text;
}

gint plx_csv_table_find(const plx_csv_table *table, const char *name)
{
    for (guint i = 0; i < table->names->len; i++)
        if (strcmp(plx_csv_table_name(table, i), name) == 0)
            return (gint)i;
    return -1;
}

const char *plx_csv_table_cell(const plx_csv_table *table, guint row, gint column)
{
    const GArray *const cells = table->rows->pdata[row];
    return column < 0 || (guint)column >= cells->len
               ? ""
               : g_array_index(cells, struct cell, (guint)column).text;
}

gboolean plx_csv_table_only(const plx_csv_table *table, const char *const *names, guint needed,
                            GError **error)
{
    guint n = 0;
    while (names[n])
        n++;
    for (guint i = 0; i < table->names->len; i++) {
        const struct cell *const name = &g_array_index(table->names, struct cell, i);
        const struct plx_loc loc = {table->file, name->line, name->column};
        if (g_strv_contains(names, name->text))
            continue;
        g_autofree char *near = plx_suggest_text(name->text, names, n);
        return plx_error_at(error, PLX_ERROR_INPUT, &loc, "unknown column \"%s\"%s", name->text,
                            near);
    }
    for (guint i = 0; i < needed; i++) {
        const struct plx_loc loc = {table->file, 1, 0};
        if (plx_csv_table_find(table, names[i]) < 0)
            return plx_error_at(error, PLX_ERROR_INPUT, &loc, "a column \"%s\" was expected",
                                names[i]);
    }
    return TRUE;
}

gboolean plx_csv_table_error(const plx_csv_table *table, guint row, gint column, GError **error,
                             const char *format, ...)
{
    const GArray *const cells = table->rows->pdata[row];
    const struct cell *const cell =
        &g_array_index(cells, struct cell, MIN((guint)MAX(column, 0), cells->len - 1));
    const struct plx_loc loc = {table->file, cell->line, column < 0 ? 0 : cell->column};
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return plx_error_at(error, PLX_ERROR_INPUT, &loc, "%s", message);
}
