/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shapes that a first look knows: of dates, and of the rows around a header. */
#include "base/csv.h"
#include "base/date.h"
#include "ingest/look.h"
#include "ingest/recipe_words.h"

#include <string.h>

/* Dates ------------------------------------------------------------------------------------- */

static const char *const days[] = {"%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y", "%m/%d/%y",
                                   "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%Y", "%d.%m.%y"};
static const char *const hours[] = {"", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p"};
#define N_HOURS ((guint)G_N_ELEMENTS(hours))
#define N_SWAPPED 6 /* of `days`: pairs that differ in the order of day and month */
G_STATIC_ASSERT(G_N_ELEMENTS(days) * N_HOURS == PLX_LOOK_SHAPES);

char *plx_look_shape_format(guint shape)
{
    return g_strconcat(days[shape / N_HOURS], hours[shape % N_HOURS], NULL);
}

guint plx_look_shape_swapped(guint shape)
{
    const guint day = shape / N_HOURS;
    return day < N_SWAPPED ? (day ^ 1) * N_HOURS + shape % N_HOURS : shape;
}

guint plx_look_shape(const struct plx_look_column *column)
{
    guint best = 0;
    for (guint i = 1; i < PLX_LOOK_SHAPES; i++)
        if (column->shape[i] > column->shape[best])
            best = i;
    return best;
}

gboolean plx_look_count_shapes(struct plx_look_column *column, const char *text, gsize length)
{
    const gsize digits = strspn(text, "0123456789");
    if (digits < 1 || digits > 2 || !strchr("/-.", text[digits]) || length > 24)
        return FALSE;
    gboolean found = FALSE;
    for (guint i = 0; i < PLX_LOOK_SHAPES; i++) {
        struct plx_time time;
        g_autofree char *format = plx_look_shape_format(i);
        if (!plx_time_parse_pattern(text, length, format, &time))
            continue;
        column->shape[i]++;
        found = TRUE;
    }
    return found;
}

/* Rows -------------------------------------------------------------------------------------- */

guint plx_look_count_filled(const GArray *row)
{
    guint filled = 0;
    for (guint i = 0; i < row->len; i++)
        filled += g_array_index(row, struct plx_csv_field, i).length > 0 ? 1 : 0;
    return filled;
}

/* The header is the first row that fills most of the columns the first rows have. */
guint plx_look_find_header(const GPtrArray *rows)
{
    guint most = 0;
    for (guint i = 0; i < MIN(rows->len, 10); i++)
        most = MAX(most, plx_look_count_filled(g_ptr_array_index(rows, i)));
    for (guint i = 0; i < MIN(rows->len, 10); i++)
        if (plx_look_count_filled(g_ptr_array_index(rows, i)) * 10 >= most * 7)
            return i;
    return 0;
}

static const struct plx_csv_field *field_at(const GPtrArray *rows, guint row, guint i)
{
    const GArray *const fields = g_ptr_array_index(rows, row);
    return i < fields->len ? &g_array_index(fields, struct plx_csv_field, i) : NULL;
}

/* Some field of the row begins so. */
static gboolean has_start(const GPtrArray *rows, guint row, const char *start)
{
    const GArray *const fields = g_ptr_array_index(rows, row);
    for (guint i = 0; i < fields->len; i++)
        if (g_str_has_prefix(g_array_index(fields, struct plx_csv_field, i).text, start))
            return TRUE;
    return FALSE;
}

static gboolean is_number(const char *text)
{
    char *end = NULL;
    g_ascii_strtod(text, &end);
    if (end > text && *end == ',')
        end += 1 + strspn(end + 1, "0123456789");
    return end > text && *end == '\0';
}

/* A column of numbers from the given row on: at least three of them, and nothing but codes beside.
 */
static gboolean is_numeric(const GPtrArray *rows, guint from, guint i)
{
    guint numbers = 0;
    for (guint row = from; row < MIN(rows->len, from + 100); row++) {
        const struct plx_csv_field *const field = field_at(rows, row, i);
        if (!field || field->length == 0 || plx_code_of_text(field->text))
            continue;
        if (!is_number(field->text))
            return FALSE;
        numbers++;
    }
    return numbers >= 3;
}

/* A row of words above columns of numbers, two or more, is a second header. */
static gboolean is_second_header(const GPtrArray *rows, guint row)
{
    const GArray *const fields = g_ptr_array_index(rows, row);
    guint columns = 0;
    for (guint i = 0; i < fields->len; i++) {
        const struct plx_csv_field *const field = &g_array_index(fields, struct plx_csv_field, i);
        if (field->length == 0 || !is_numeric(rows, row + 1, i))
            continue;
        if (is_number(field->text) || plx_code_of_text(field->text))
            return FALSE;
        columns++;
    }
    return columns >= 2;
}

guint plx_look_find_after(const GPtrArray *rows, guint header)
{
    for (guint i = 1; i <= 3 && header + i < rows->len; i++)
        if (has_start(rows, header + i, "{\"ImportId\""))
            return i; /* Qualtrics: names, questions, import ids */
    const guint next = header + 1;
    if (next + 1 >= rows->len)
        return 0;
    const struct plx_csv_field *const above = field_at(rows, header, 0);
    const struct plx_csv_field *const first = field_at(rows, next, 0);
    const gboolean legacy = above && first && strcmp(above->text, "V1") == 0 &&
                            g_ascii_strcasecmp(first->text, "ResponseID") == 0;
    const gboolean monkey =
        first && first->length == 0 &&
        (has_start(rows, next, "Response") || has_start(rows, next, "Open-Ended"));
    return legacy || monkey || is_second_header(rows, next) ? 1 : 0;
}
