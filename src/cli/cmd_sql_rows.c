/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cmd_sql_rows.h"

#include "base/csv.h"
#include "base/json.h"
#include "base/number.h"
#include "report/term.h"

#include <string.h>

#define DIGITS 12 /* of real numbers, as in readings */

struct plx_sql_rows {
    guint n; /* columns */
    guint64 n_rows;
    GPtrArray *names;
    GString *cells; /* per cell: its type (SQLITE_*), then its text with a NUL */
    guint *width;   /* columns on the screen */
    gboolean *text; /* some cell is neither number nor NULL */
};

plx_sql_rows *plx_sql_rows_new(sqlite3_stmt *statement)
{
    plx_sql_rows *const rows = g_new0(plx_sql_rows, 1);
    rows->n = (guint)sqlite3_column_count(statement);
    rows->names = g_ptr_array_new_with_free_func(g_free);
    rows->cells = g_string_new(NULL);
    rows->width = g_new0(guint, rows->n);
    rows->text = g_new0(gboolean, rows->n);
    for (guint c = 0; c < rows->n; c++) {
        const char *const name = sqlite3_column_name(statement, (int)c);
        g_ptr_array_add(rows->names, g_utf8_make_valid(name ? name : "", -1));
        rows->width[c] = plx_term_width(rows->names->pdata[c]);
    }
    return rows;
}

void plx_sql_rows_free(plx_sql_rows *rows)
{
    if (!rows)
        return;
    g_ptr_array_unref(rows->names);
    g_string_free(rows->cells, TRUE);
    g_free(rows->width);
    g_free(rows->text);
    g_free(rows);
}

/* Taking ------------------------------------------------------------------------------------ */

static void append_text(GString *out, sqlite3_stmt *statement, int column)
{
    const char *const text = (const char *)sqlite3_column_text(statement, column);
    const int length = sqlite3_column_bytes(statement, column);
    if (g_utf8_validate(text, length, NULL)) {
        g_string_append_len(out, text, length);
        return;
    }
    g_autofree char *valid = g_utf8_make_valid(text, length);
    g_string_append(out, valid);
}

static void append_hex(GString *out, sqlite3_stmt *statement, int column)
{
    const guint8 *const bytes = sqlite3_column_blob(statement, column);
    const int length = sqlite3_column_bytes(statement, column);
    g_string_append(out, "x'");
    for (int i = 0; i < length; i++)
        g_string_append_printf(out, "%02x", bytes[i]);
    g_string_append_c(out, '\'');
}

static void append_cell(GString *out, sqlite3_stmt *statement, int column, int type)
{
    char number[PLX_NUMBER_SIZE];
    g_string_append_c(out, (char)type);
    switch (type) {
    case SQLITE_INTEGER:
        g_string_append_printf(out, "%lld", sqlite3_column_int64(statement, column));
        break;
    case SQLITE_FLOAT:
        g_string_append(
            out, plx_number_format(sqlite3_column_double(statement, column), DIGITS, number));
        break;
    case SQLITE_TEXT:
        append_text(out, statement, column);
        break;
    case SQLITE_BLOB:
        append_hex(out, statement, column);
        break;
    default:
        break;
    }
    g_string_append_c(out, '\0');
}

static gboolean fits(guint64 bytes, GError **error)
{
    return bytes <= PLX_SQL_ROWS_MAX ||
           plx_error(error, PLX_ERROR_USAGE,
                     "the answer is larger than 1 GiB: ask for less (where, limit), or use the "
                     "sqlite3 shell with the extension, which keeps nothing");
}

gboolean plx_sql_rows_add(plx_sql_rows *rows, sqlite3_stmt *statement, GError **error)
{
    for (guint c = 0; c < rows->n; c++) {
        const int type = sqlite3_column_type(statement, (int)c);
        const gsize at = rows->cells->len + 1;
        append_cell(rows->cells, statement, (int)c, type);
        rows->width[c] = MAX(rows->width[c], plx_term_width(rows->cells->str + at));
        rows->text[c] |= type == SQLITE_TEXT || type == SQLITE_BLOB;
    }
    rows->n_rows++;
    return fits(rows->cells->len, error);
}

/* Writing ----------------------------------------------------------------------------------- */

struct cell {
    char type;
    const char *text;
};

static struct cell take(const char **at)
{
    const struct cell cell = {**at, *at + 1};
    *at = cell.text + strlen(cell.text) + 1;
    return cell;
}

/* Between columns two blanks; none behind the last one. */
static void put(GString *out, const plx_sql_rows *rows, guint column, const char *text)
{
    const guint width = plx_term_width(text);
    const guint blanks = rows->width[column] - width;
    g_string_append_printf(out, "%*s", column > 0 ? 2 : 0, "");
    if (!rows->text[column])
        g_string_append_printf(out, "%*s", (int)blanks, "");
    plx_term_fit(out, text, width);
    if (rows->text[column] && column + 1 < rows->n)
        g_string_append_printf(out, "%*s", (int)blanks, "");
}

static void end_line(GString *out)
{
    while (out->len > 0 && out->str[out->len - 1] == ' ')
        g_string_truncate(out, out->len - 1);
    g_string_append_c(out, '\n');
}

static gboolean print_table(const plx_sql_rows *rows, const plx_app *app, GString *out,
                            GError **error)
{
    guint64 width = 0; /* of what is padded: refused before it is written */
    for (guint c = 0; c < rows->n; c++)
        width += c + 1 < rows->n || !rows->text[c] ? rows->width[c] : 0;
    if (!fits(width * rows->n_rows, error))
        return FALSE;
    for (guint c = 0; c < rows->n; c++)
        put(out, rows, c, rows->names->pdata[c]);
    end_line(out);
    for (guint c = 0; c < rows->n; c++) {
        g_string_append(out, c ? "  " : "");
        for (guint i = 0; i < rows->width[c]; i++)
            g_string_append(out, plx_app_unicode(app) ? "─" : "-");
    }
    end_line(out);
    const char *at = rows->cells->str;
    for (guint64 row = 0; row < rows->n_rows; row++) {
        for (guint c = 0; c < rows->n; c++)
            put(out, rows, c, take(&at).text);
        end_line(out);
        if (!fits(out->len, error))
            return FALSE;
    }
    return TRUE;
}

/* A line per column that is not NULL: for rows too wide for a table. */
static gboolean print_records(const plx_sql_rows *rows, GString *out, GError **error)
{
    guint widest = 0;
    for (guint c = 0; c < rows->n; c++)
        widest = MAX(widest, plx_term_width(rows->names->pdata[c]));
    const char *at = rows->cells->str;
    for (guint64 row = 0; row < rows->n_rows; row++) {
        g_string_append_printf(out, "%srow %" G_GUINT64_FORMAT "\n", row > 0 ? "\n" : "", row + 1);
        for (guint c = 0; c < rows->n; c++) {
            const struct cell cell = take(&at);
            if (cell.type == SQLITE_NULL)
                continue;
            const char *const name = rows->names->pdata[c];
            const guint width = plx_term_width(name);
            g_string_append(out, "  ");
            plx_term_fit(out, name, width);
            g_string_append_printf(out, "%*s", (int)(widest - width) + 2, "");
            plx_term_fit(out, cell.text, plx_term_width(cell.text));
            end_line(out);
        }
        if (!fits(out->len, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean print_csv(const plx_sql_rows *rows, GString *out, GError **error)
{
    for (guint c = 0; c < rows->n; c++) {
        const char *const name = rows->names->pdata[c];
        g_string_append(out, c ? "," : "");
        plx_csv_append(out, name, strlen(name), ',');
    }
    g_string_append_c(out, '\n');
    const char *at = rows->cells->str;
    for (guint64 row = 0; row < rows->n_rows; row++) {
        for (guint c = 0; c < rows->n; c++) {
            const struct cell cell = take(&at);
            g_string_append(out, c ? "," : "");
            if (cell.type == SQLITE_TEXT && *cell.text == '\0')
                g_string_append(out, "\"\""); /* an empty text is not NULL */
            else
                plx_csv_append(out, cell.text, strlen(cell.text), ',');
        }
        g_string_append_c(out, '\n');
        if (!fits(out->len, error))
            return FALSE;
    }
    return TRUE;
}

static void append_json(plx_json *json, struct cell cell)
{
    if (cell.type == SQLITE_INTEGER)
        plx_json_integer(json, NULL, g_ascii_strtoll(cell.text, NULL, 10));
    else if (cell.type == SQLITE_FLOAT)
        plx_json_number(json, NULL, g_ascii_strtod(cell.text, NULL));
    else
        plx_json_string(json, NULL, cell.type == SQLITE_NULL ? NULL : cell.text);
}

static gboolean print_json(const plx_sql_rows *rows, GString *out, GError **error)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.sql/1");
    plx_json_begin_array(json, "columns");
    for (guint c = 0; c < rows->n; c++)
        plx_json_string(json, NULL, rows->names->pdata[c]);
    plx_json_end_array(json);
    plx_json_begin_array(json, "rows");
    const char *at = rows->cells->str;
    for (guint64 row = 0; row < rows->n_rows; row++) {
        plx_json_begin_array(json, NULL);
        for (guint c = 0; c < rows->n; c++)
            append_json(json, take(&at));
        plx_json_end_array(json);
        if (!fits(out->len, error))
            return FALSE;
    }
    plx_json_end_array(json);
    plx_json_end_object(json);
    g_string_append_c(out, '\n');
    return TRUE;
}

gboolean plx_sql_rows_print(const plx_sql_rows *rows, const char *format, plx_app *app,
                            GError **error)
{
    GString *const out = plx_app_out(app);
    if (strcmp(format, "json") == 0)
        return print_json(rows, out, error);
    if (strcmp(format, "records") == 0)
        return print_records(rows, out, error);
    return strcmp(format, "csv") == 0 ? print_csv(rows, out, error)
                                      : print_table(rows, app, out, error);
}
