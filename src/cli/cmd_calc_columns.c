/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cmd_calc_columns.h"

#include "base/csv.h"
#include "base/error.h"
#include "base/number.h"
#include "base/slurp.h"
#include "cli/cmd_calc_input.h"

#include <string.h>

struct plx_calc_columns {
    char *path;
    GPtrArray *names;
    GStringChunk *text;
    GPtrArray *cells; /* const char * of `text`, row by row */
    GArray *lines;    /* guint64: the line each row begins on */
    guint k;
};

void plx_calc_columns_free(plx_calc_columns *columns)
{
    if (!columns)
        return;
    g_free(columns->path);
    g_ptr_array_unref(columns->names);
    g_ptr_array_unref(columns->cells);
    g_string_chunk_free(columns->text);
    g_array_unref(columns->lines);
    g_free(columns);
}

static gboolean is_missing(const char *cell)
{
    return *cell == '\0' || strcmp(cell, "NA") == 0;
}

static gboolean is_number(const char *cell)
{
    double value = 0;
    return plx_number_parse(cell, strlen(cell), &value);
}

static const struct plx_csv_field *field_at(const GArray *fields, guint i)
{
    return &((const struct plx_csv_field *)(const void *)fields->data)[i];
}

/* The first row: names, or already numbers. TRUE when it is a header. */
static gboolean take_names(plx_calc_columns *columns, const GArray *fields)
{
    gboolean header = FALSE;
    for (guint j = 0; j < fields->len; j++)
        header = header ||
                 (!is_missing(field_at(fields, j)->text) && !is_number(field_at(fields, j)->text));
    columns->k = fields->len;
    for (guint j = 0; j < fields->len; j++)
        g_ptr_array_add(columns->names, header ? g_strdup(field_at(fields, j)->text)
                                               : g_strdup_printf("%u", j + 1));
    return header;
}

/* Without quotes every delimiter ends a cell. Returns how many cells there are. */
static guint take_plain_cells(plx_calc_columns *columns, const char *record, gsize size,
                              char delimiter)
{
    guint cells = 0;
    for (const char *at = record; at; cells++) {
        const gsize left = size - (gsize)(at - record);
        const char *const end = memchr(at, delimiter, left);
        const gsize length = end ? (gsize)(end - at) : left;
        g_ptr_array_add(columns->cells,
                        g_string_chunk_insert_len(columns->text, at, (gssize)length));
        at = end ? end + 1 : NULL;
    }
    return cells;
}

static guint take_cells(plx_calc_columns *columns, const GArray *fields)
{
    for (guint j = 0; j < fields->len; j++)
        g_ptr_array_add(columns->cells,
                        g_string_chunk_insert(columns->text, field_at(fields, j)->text));
    return fields->len;
}

static gboolean take_record(plx_calc_columns *columns, const char *record, gsize size,
                            char delimiter, guint64 line, GError **error)
{
    guint cells = 0;
    if (columns->k > 0 && delimiter != ' ' && !memchr(record, '"', size)) {
        cells = take_plain_cells(columns, record, size, delimiter);
    } else {
        g_autoptr(GArray) fields = NULL;
        gsize at = 0;
        if (plx_csv_split(record, size, delimiter, '"', &fields, &at) != PLX_CSV_WELL)
            return plx_error_at(error, PLX_ERROR_INPUT,
                                &(struct plx_loc){columns->path, line, at + 1},
                                "a quote where none may be, or one that is not closed");
        if (columns->k == 0 && take_names(columns, fields))
            return TRUE;
        cells = take_cells(columns, fields);
    }
    if (cells != columns->k)
        return plx_error_at(error, PLX_ERROR_INPUT, &(struct plx_loc){columns->path, line, 0},
                            "%u cells; expected %u, as in the first row", cells, columns->k);
    g_array_append_val(columns->lines, line);
    return TRUE;
}

static gboolean take_text(plx_calc_columns *columns, const char *text, gsize length, GError **error)
{
    static const char mark[] = "\xef\xbb\xbf";
    if (length >= 3 && memcmp(text, mark, 3) == 0) {
        text += 3;
        length -= 3;
    }
    guint64 line = 1;
    char delimiter = '\0';
    for (gsize from = 0; from < length;) {
        gsize next = 0;
        const char *record = text + from;
        const gsize size = plx_csv_record(record, length - from, '"', &next);
        if (delimiter == '\0')
            delimiter = plx_csv_guess_delimiter(record, size, '"');
        if (size > 0 && !take_record(columns, record, size, delimiter, line, error))
            return FALSE;
        for (gsize i = 0; i < next; i++)
            line += record[i] == '\n' ? 1 : 0;
        from += next;
    }
    if (columns->lines->len == 0)
        return plx_error_at(error, PLX_ERROR_INPUT, &(struct plx_loc){columns->path, 0, 0},
                            "no row of numbers in the file");
    return TRUE;
}

plx_calc_columns *plx_calc_columns_read(const char *path, GError **error)
{
    g_autofree char *text = NULL;
    gsize length = 0;
    if (!plx_calc_read_text(path, &text, &length, error))
        return NULL;
    g_autoptr(plx_calc_columns) columns = g_new0(plx_calc_columns, 1);
    columns->path = g_strdup(plx_slurp_name(path));
    columns->names = g_ptr_array_new_with_free_func(g_free);
    columns->text = g_string_chunk_new(1 << 16);
    columns->cells = g_ptr_array_new();
    columns->lines = g_array_new(FALSE, FALSE, sizeof(guint64));
    if (!take_text(columns, text, length, error))
        return NULL;
    return g_steal_pointer(&columns);
}

gsize plx_calc_columns_rows(const plx_calc_columns *columns)
{
    return columns->lines->len;
}

const char *plx_calc_columns_path(const plx_calc_columns *columns)
{
    return columns->path;
}

guint64 plx_calc_columns_line(const plx_calc_columns *columns, gsize row)
{
    return g_array_index(columns->lines, guint64, row);
}

const char *plx_calc_columns_name(const plx_calc_columns *columns, gsize column)
{
    return g_ptr_array_index(columns->names, column);
}

static gboolean find(const plx_calc_columns *columns, const char *name, guint *column,
                     GError **error)
{
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint j = 0; j < columns->k; j++) {
        const char *candidate = g_ptr_array_index(columns->names, j);
        if (strcmp(candidate, name) == 0) {
            *column = j;
            return TRUE;
        }
        g_string_append_printf(all, "%s%s", j > 0 ? ", " : "", candidate);
    }
    return plx_error(error, PLX_ERROR_NOT_FOUND, "%s: no column '%s'; there are: %s", columns->path,
                     name, all->str);
}

static char *cell_at(const plx_calc_columns *columns, gsize row, guint column)
{
    return g_ptr_array_index(columns->cells, row * columns->k + column);
}

static gboolean read_numbers(const plx_calc_columns *columns, guint column, double *out,
                             GError **error)
{
    for (gsize i = 0; i < columns->lines->len; i++) {
        const char *cell = cell_at(columns, i, column);
        double value = PLX_NAN;
        if (!is_missing(cell) && !plx_number_parse(cell, strlen(cell), &value))
            return plx_error_at(
                error, PLX_ERROR_INPUT,
                &(struct plx_loc){columns->path, g_array_index(columns->lines, guint64, i), 0},
                "'%s' in column '%s' is not a number", cell,
                (const char *)g_ptr_array_index(columns->names, column));
        out[i] = value;
    }
    return TRUE;
}

gboolean plx_calc_columns_numbers(const plx_calc_columns *columns, const char *name, double *out,
                                  GError **error)
{
    guint column = 0;
    return find(columns, name, &column, error) && read_numbers(columns, column, out, error);
}

double *plx_calc_columns_table(const plx_calc_columns *columns, gsize *k, GError **error)
{
    const gsize rows = columns->lines->len;
    g_autofree double *column = g_new(double, rows + 1);
    g_autofree double *table = g_new(double, rows * columns->k + 1);
    for (guint j = 0; j < columns->k; j++) {
        if (!read_numbers(columns, j, column, error))
            return NULL;
        for (gsize i = 0; i < rows; i++)
            table[i * columns->k + j] = column[i];
    }
    *k = columns->k;
    return g_steal_pointer(&table);
}

static int compare_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The distinct cells of a column, in byte order. */
static const char **distinct_cells(const plx_calc_columns *columns, guint column, gsize *count)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (gsize i = 0; i < columns->lines->len; i++)
        g_hash_table_add(seen, cell_at(columns, i, column));
    guint distinct = 0;
    const char **sorted = (const char **)g_hash_table_get_keys_as_array(seen, &distinct);
    qsort(sorted, distinct, sizeof *sorted, compare_text);
    *count = distinct;
    return sorted;
}

gboolean plx_calc_columns_codes(const plx_calc_columns *columns, const char *name, double *out,
                                GError **error)
{
    guint column = 0;
    if (!find(columns, name, &column, error))
        return FALSE;
    gsize distinct = 0;
    g_autofree const char **sorted = distinct_cells(columns, column, &distinct);
    g_autoptr(GHashTable) codes = g_hash_table_new(g_str_hash, g_str_equal);
    for (gsize i = 0; i < columns->lines->len; i++) {
        char *cell = cell_at(columns, i, column);
        gpointer code = NULL;
        if (!g_hash_table_lookup_extended(codes, cell, NULL, &code)) {
            const char *const key = cell;
            const char *const *found =
                bsearch(&key, sorted, distinct, sizeof *sorted, compare_text);
            code = GSIZE_TO_POINTER((gsize)(found - sorted));
            g_hash_table_insert(codes, cell, code);
        }
        out[i] = is_missing(cell) ? PLX_NAN : (double)GPOINTER_TO_SIZE(code);
    }
    return TRUE;
}

const char **plx_calc_columns_labels(const plx_calc_columns *columns, const char *name,
                                     gsize *count)
{
    guint column = 0;
    const gboolean found = find(columns, name, &column, NULL);
    g_assert(found);
    return distinct_cells(columns, column, count);
}

guint plx_calc_count(const char *const *names)
{
    guint count = 0;
    while (names[count])
        count++;
    return count;
}

double *plx_calc_columns_all(const plx_calc_columns *columns, const char *const *names,
                             GError **error)
{
    const gsize n = columns->lines->len;
    const guint k = plx_calc_count(names);
    g_autofree double *values = g_new(double, n *k + 1);
    for (guint j = 0; j < k; j++)
        if (!plx_calc_columns_numbers(columns, names[j], values + j * n, error))
            return NULL;
    return g_steal_pointer(&values);
}

const char **plx_calc_columns_texts(const plx_calc_columns *columns, const char *name,
                                    GError **error)
{
    guint column = 0;
    if (!find(columns, name, &column, error))
        return NULL;
    const gsize n = columns->lines->len;
    const char **cells = g_new(const char *, n + 1);
    for (gsize i = 0; i < n; i++) {
        const char *cell = cell_at(columns, i, column);
        cells[i] = is_missing(cell) ? "" : cell;
    }
    return cells;
}

static gboolean missing_option(enum plx_option_id id, GError **error)
{
    const struct plx_option *option = plx_option_get(id);
    return plx_error(error, PLX_ERROR_USAGE, "--%s %s is missing", option->name, option->value);
}

gboolean plx_calc_required(const plx_invocation *invocation, enum plx_option_id id,
                           const char **value, GError **error)
{
    const char *given = plx_invocation_string(invocation, id);
    if (!given)
        return missing_option(id, error);
    *value = given;
    return TRUE;
}

gboolean plx_calc_required_list(const plx_invocation *invocation, enum plx_option_id id,
                                const char *const **values, GError **error)
{
    const char *const *given = plx_invocation_list(invocation, id);
    if (!given[0])
        return missing_option(id, error);
    *values = given;
    return TRUE;
}

guint plx_calc_choice(const plx_invocation *invocation, enum plx_option_id id,
                      const char *const *words)
{
    const char *said = plx_invocation_string(invocation, id);
    for (guint i = 0; said && words[i]; i++)
        if (strcmp(words[i], said) == 0)
            return i;
    return 0;
}

gboolean plx_calc_optional_number(const plx_invocation *invocation, enum plx_option_id id,
                                  double *value, GError **error)
{
    const char *text = plx_invocation_string(invocation, id);
    if (text && !plx_number_parse(text, strlen(text), value))
        return plx_error(error, PLX_ERROR_USAGE, "--%s %s: expected a number",
                         plx_option_get(id)->name, text);
    return TRUE;
}
