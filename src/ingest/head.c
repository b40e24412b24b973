/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/head.h"

#include "base/csv.h"
#include "base/error.h"

#include <string.h>

struct work {
    struct plx_head *head;
    plx_reader *reader;
    const char *name;
    char quote;
};

/* The place of byte `at` of the header, which may have several lines. */
static struct plx_loc loc_at(const struct work *work, const char *header, gsize at)
{
    struct plx_loc loc = {work->name, plx_reader_lines_skipped(work->reader) + 1, at + 1};
    for (gsize i = 0; i < at; i++) {
        if (header[i] != '\n')
            continue;
        loc.line++;
        loc.column = at - i;
    }
    return loc;
}

/* The next whole record (without its newline), *length 0 and *text NULL at the end of the input. */
static gboolean next_record(const struct work *work, const char **text, gsize *length, gsize *next,
                            GError **error)
{
    gsize n = 0, before;
    do {
        before = n;
        if (!plx_reader_peek(work->reader, n, text, &n, error))
            return FALSE;
        *length = n > 0 ? plx_csv_record(*text, n, work->quote, next) : 0;
    } while (n > before && *next == n && n < PLX_READER_RECORD_MAX);
    if (n == 0)
        *text = NULL;
    return TRUE;
}

static gboolean skip_records(const struct work *work, guint count, GError **error)
{
    for (guint i = 0; i < count; i++) {
        const char *text;
        gsize length, next = 0;
        if (!next_record(work, &text, &length, &next, error))
            return FALSE;
        if (!text)
            break;
        plx_reader_skip(work->reader, next);
    }
    return TRUE;
}

static gboolean split_fault(const struct work *work, const char *text, enum plx_csv_fault fault,
                            gsize at, GError **error)
{
    const struct plx_loc loc = loc_at(work, text, at);
    const char *const messages[] = {
        [PLX_CSV_WELL] = "",
        [PLX_CSV_STRAY_QUOTE] = "a quote within a field that does not begin with one",
        [PLX_CSV_TEXT_BEHIND] = "text behind a closing quote",
        [PLX_CSV_UNCLOSED] = "a quote is opened here and not closed",
    };
    return plx_error_at(error, PLX_ERROR_INPUT, &loc, "%s", messages[fault]);
}

/* The header must be text before anything else can be said. */
static gboolean check_text(const struct work *work, const char *text, gsize n, GError **error)
{
    const char *end;
    if (g_utf8_validate_len(text, n, &end))
        return TRUE;
    const struct plx_loc loc = loc_at(work, text, (gsize)(end - text));
    if (*end == '\0')
        return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                            "a NUL byte; this is no text (or UTF-16 without a byte order mark: "
                            "--encoding UTF-16LE)");
    return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                        "byte 0x%02X is not valid UTF-8 (perhaps --encoding windows-1252)",
                        (guint)(guint8)*end);
}

/* Lines that end in CR alone make the whole file one header. */
static gboolean check_line_ends(const struct work *work, const char *text, const GArray *fields,
                                GError **error)
{
    for (guint i = 0; i < fields->len; i++) {
        const struct plx_csv_field *const field = &g_array_index(fields, struct plx_csv_field, i);
        const char *const at = field->quoted ? NULL : memchr(field->text, '\r', field->length);
        if (!at)
            continue;
        const struct plx_loc loc = loc_at(work, text, field->offset + (gsize)(at - field->text));
        return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                            "a carriage return alone; lines must end in a newline (save the file "
                            "again as CSV, with the line ends of Unix or Windows)");
    }
    return TRUE;
}

static gboolean set_titles(const struct work *work, const char *text, gsize n, gboolean numbers,
                           GError **error)
{
    struct plx_head *const head = work->head;
    g_autoptr(GArray) fields = NULL;
    gsize at = 0;
    const enum plx_csv_fault fault =
        plx_csv_split(text, n, head->delimiter, work->quote, &fields, &at);
    if (fault != PLX_CSV_WELL)
        return split_fault(work, text, fault, at, error);
    if (!check_line_ends(work, text, fields, error))
        return FALSE;
    head->titles = g_ptr_array_new_with_free_func(g_free);
    head->columns = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < fields->len; i++) {
        const struct plx_csv_field *const field = &g_array_index(fields, struct plx_csv_field, i);
        const guint column = (guint)field->offset + 1;
        g_ptr_array_add(head->titles, numbers ? g_strdup_printf("column %u", i + 1)
                                              : g_strstrip(g_strdup(field->text)));
        g_array_append_val(head->columns, column);
    }
    head->header = (struct plx_header){work->name, plx_reader_lines_skipped(work->reader) + 1,
                                       head->titles->len, (const char *const *)head->titles->pdata,
                                       (const guint *)(const void *)head->columns->data};
    return TRUE;
}

/* Rows have names when they have one field more than the header. */
static gboolean find_row_names(const struct work *work, enum plx_row_names names, GError **error)
{
    struct plx_head *const head = work->head;
    head->offset = names == PLX_ROW_NAMES_YES;
    if (names != PLX_ROW_NAMES_AUTO || head->delimiter != PLX_DELIMITER_SPACES)
        return TRUE;
    const char *text;
    gsize length, next = 0, at;
    if (!next_record(work, &text, &length, &next, error))
        return FALSE;
    g_autoptr(GArray) fields = NULL;
    if (text &&
        plx_csv_split(text, length, head->delimiter, work->quote, &fields, &at) == PLX_CSV_WELL)
        head->offset = fields->len == head->titles->len + 1;
    return TRUE;
}

/* What people hand over in place of delimited text, by how it begins. What is no text at all was
 * refused when it was opened (raw.c). */
static gboolean check_kind(const struct work *work, const char *text, gsize length, GError **error)
{
    static const struct {
        const char *begin, *what;
    } kinds[] = {
        {"<", "begins like a web page or XML; a CSV file was expected"},
        {"{", "begins like JSON; a CSV file was expected"},
        {"parallax:", "is a map; give it with --map MAP, and a file of answers here"},
        {"parallax-recipe:",
         "is a recipe; give it with --recipe RECIPE, and a file of answers here"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        const gsize n = strlen(kinds[i].begin);
        const struct plx_loc loc = {work->name, 0, 0};
        if (length >= n && memcmp(text, kinds[i].begin, n) == 0)
            return plx_error_at(error, PLX_ERROR_INPUT, &loc, "%s", kinds[i].what);
    }
    return TRUE;
}

/* "sep=;" is for spreadsheets: what separates columns, before the header. */
static gboolean skip_separator(const struct work *work, char *delimiter, GError **error)
{
    const char *text;
    gsize length, next = 0;
    if (!next_record(work, &text, &length, &next, error))
        return FALSE;
    if (!text || length != strlen("sep=;") || g_ascii_strncasecmp(text, "sep=", 4) != 0)
        return TRUE;
    if (!*delimiter)
        *delimiter = text[4];
    plx_reader_skip(work->reader, next);
    return TRUE;
}

static gboolean read_header(const struct work *work, const struct plx_dialect *dialect,
                            char delimiter, GError **error)
{
    const char *text;
    gsize length, next = 0;
    if (!next_record(work, &text, &length, &next, error))
        return FALSE;
    if (!text) {
        const struct plx_loc loc = {work->name, 0, 0};
        return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                            "is empty; a header and rows were expected");
    }
    if (!check_kind(work, text, length, error) || !check_text(work, text, length, error))
        return FALSE;
    const gboolean numbers = dialect && dialect->no_header;
    work->head->delimiter =
        delimiter ? delimiter : plx_csv_guess_delimiter(text, length, work->quote);
    if (!set_titles(work, text, length, numbers, error))
        return FALSE;
    if (numbers)
        return TRUE;
    work->head->raw = g_strndup(text, length);
    plx_reader_skip(work->reader, next);
    return skip_records(work, dialect ? dialect->skip_after : 0, error);
}

gboolean plx_head_read(struct plx_head *head, plx_reader *reader, const char *name,
                       const plx_map *map, const struct plx_file_options *options, GError **error)
{
    const struct plx_dialect *const dialect = options->plan ? &options->plan->dialect : NULL;
    const struct work work = {head, reader, name, dialect ? dialect->quote : '"'};
    char delimiter = options->delimiter ? options->delimiter : dialect ? dialect->delimiter : 0;
    if (!skip_records(&work, dialect ? dialect->skip_before : 0, error) ||
        !skip_separator(&work, &delimiter, error) ||
        !read_header(&work, dialect, delimiter, error) ||
        !find_row_names(&work, dialect ? dialect->row_names : PLX_ROW_NAMES_AUTO, error))
        return FALSE;
    if (options->plan)
        return TRUE;
    head->plan = plx_plan_canonical(map, &head->header, options->ignore, options->set, error);
    if (head->plan) /* where fields part at semicolons, a comma is a decimal point */
        head->plan->dialect.decimal_comma = head->delimiter == ';';
    return head->plan != NULL;
}

/* Only the last ending goes: survey.2024.csv and survey.2025.csv are two data sets. */
char *plx_file_dataset(const char *path)
{
    if (g_str_equal(path, "-"))
        return g_strdup("stdin");
    char *const base = g_path_get_basename(path);
    gboolean packed = TRUE;
    for (guint k = 0; k < 2 && packed; k++) {
        char *const dot = strrchr(base, '.');
        packed = dot && strcmp(dot, ".gz") == 0;
        if (dot && dot > base)
            *dot = '\0';
    }
    return base;
}

plx_binding *plx_head_bind(const struct plx_head *head, const plx_map *map, const char *path,
                           const struct plx_file_options *options, GError **error)
{
    const plx_plan *const plan = options->plan ? options->plan : head->plan;
    g_autofree char *stem = plx_file_dataset(path);
    const char *const dataset = options->dataset ? options->dataset
                                : plan->dataset  ? plan->dataset
                                                 : stem;
    return plx_binding_new(map, plan, &head->header, head->offset, head->delimiter, dataset, error);
}

void plx_head_clear(struct plx_head *head)
{
    g_free(head->raw);
    g_clear_pointer(&head->titles, g_ptr_array_unref);
    g_clear_pointer(&head->columns, g_array_unref);
    plx_plan_free(head->plan);
    memset(head, 0, sizeof *head);
}
