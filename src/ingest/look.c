/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/look.h"

#include "base/csv.h"
#include "base/csv_index.h"
#include "base/date.h"
#include "base/error.h"
#include "ingest/input.h"
#include "ingest/recipe_words.h"

#include <string.h>

/* The first bytes of a file: whole rows only, unless the file is shorter. */
static GString *read_start(const char *path, const char *encoding, GError **error)
{
    g_autoptr(plx_input) input = plx_input_new(path, encoding, NULL, error);
    if (!input)
        return NULL;
    g_autoptr(GString) text = g_string_sized_new(PLX_LOOK_BYTES + 1);
    g_autoptr(GError) fault = NULL;
    gsize got = 0;
    if (!plx_input_read(input, text->str, PLX_LOOK_BYTES, &got, &fault)) {
        const struct plx_loc loc = {.file = path};
        if (g_str_has_prefix(fault->message, plx_input_name(input)))
            g_propagate_error(error, g_steal_pointer(&fault));
        else
            plx_error_at(error, (enum plx_error)fault->code, &loc, "%s", fault->message);
        return NULL;
    }
    g_string_set_size(text, got);
    gboolean open;
    /* A character needs room: a few bytes may be missing from a start that is full. */
    const gsize end = got + 8 < PLX_LOOK_BYTES
                          ? 0
                          : plx_csv_last_row_end(text->str, got, '"', &open, PLX_CSV_BEST);
    if (end > 0)
        g_string_truncate(text, end);
    return g_steal_pointer(&text);
}

/* Letters of a one-byte encoding stand alone among ASCII; those of Korean come in pairs, and there
 * are many. */
static gboolean stand_alone(const char *text, gsize length)
{
    gsize alone = 0, high = 0;
    for (gsize i = 0; i < length; i++) {
        if ((guchar)text[i] < 0x80)
            continue;
        high++;
        alone += (i == 0 || (guchar)text[i - 1] < 0x80) &&
                 (i + 1 == length || (guchar)text[i + 1] < 0x80);
    }
    return alone * 2 > high || high * 10 < length;
}

/* Text that is not UTF-8 is read again as what its bytes look like, where nobody said more. */
static GString *read_text(const char *path, struct plx_look *look, GError **error)
{
    g_autoptr(GString) text = read_start(path, look->encoding, error);
    const char *bad = NULL;
    if (!text || g_utf8_validate_len(text->str, text->len, &bad))
        return g_steal_pointer(&text);
    const char *const likely = stand_alone(text->str, text->len) ? "WINDOWS-1252" : "CP949";
    if (look->encoding || strcmp(path, "-") == 0 || memchr(text->str, '\0', text->len)) {
        const struct plx_loc loc = {.file = path};
        plx_error_at(error, PLX_ERROR_INPUT, &loc,
                     "byte 0x%02x is not UTF-8; name the encoding, for example --encoding %s",
                     (guint)(guchar)*bad, likely);
        return NULL;
    }
    look->encoding = g_strdup(likely);
    look->guessed = TRUE;
    return read_start(path, likely, error);
}

/* A whole number; "3.0" is one, and "3,0" (then *comma). */
static gboolean read_integer(const char *text, gint64 *value, gboolean *comma)
{
    char *end = NULL;
    gint64 number = g_ascii_strtoll(text, &end, 10);
    if (end == text)
        return FALSE;
    *comma = *end == ',';
    if (*end == '.' || *end == ',')
        end += 1 + strspn(end + 1, "0");
    if (*end != '\0')
        return FALSE;
    *value = number;
    return TRUE;
}

/* A number with a fraction, as 3.5 or 3,5. */
static gboolean read_fraction(const char *text, gboolean *comma, gboolean *half)
{
    const char *digits = text + (*text == '-' ? 1 : 0);
    const gsize whole = strspn(digits, "0123456789");
    const char *sign = digits + whole;
    if (whole == 0 || (*sign != '.' && *sign != ','))
        return FALSE;
    const gsize behind = strspn(sign + 1, "0123456789");
    if (behind == 0 || sign[1 + behind] != '\0')
        return FALSE;
    *comma = *sign == ',';
    *half = digits == text && behind == 1 && whole == 1;
    return TRUE;
}

static guint count_words(const char *text)
{
    guint words = 0;
    for (const char *p = text; *p; p++)
        words += *p == ' ';
    return words + 1;
}

/* What one cell is, in the order of how telling it is. */
static void count_kind(struct plx_look_column *column, const struct plx_csv_field *field)
{
    gint64 value = 0;
    gboolean comma = FALSE, half = FALSE;
    struct plx_time time;
    if (read_integer(field->text, &value, &comma)) {
        column->min = column->integers == 0 ? value : MIN(column->min, value);
        column->max = column->integers == 0 ? value : MAX(column->max, value);
        column->integers++;
        column->commas += comma ? 1 : 0;
    } else if (read_fraction(field->text, &comma, &half)) {
        column->fractions++;
        column->halves += half ? 1 : 0;
        column->commas += comma && half ? 1 : 0;
    } else if (plx_time_parse(field->text, field->length, &time)) {
        column->dates++;
    } else if (plx_look_count_shapes(column, field->text, field->length)) {
        column->shaped++;
    } else if (plx_code_of_text(field->text)) {
        column->codes++;
    } else {
        column->texts++;
        column->words += count_words(field->text) > 3 ? 1 : 0;
    }
}

static void look_at(struct plx_look_column *column, const struct plx_csv_field *field)
{
    if (field->length == 0)
        return;
    count_kind(column, field);
    column->filled++;
    gpointer count = g_hash_table_lookup(column->values, field->text);
    if (count || g_hash_table_size(column->values) < PLX_LOOK_DISTINCT)
        g_hash_table_insert(column->values, g_strdup(field->text),
                            GUINT_TO_POINTER(GPOINTER_TO_UINT(count) + 1));
}

static const char *text_at(const GArray *fields, guint i)
{
    return i < fields->len ? g_array_index(fields, struct plx_csv_field, i).text : "";
}

/* The row above tells the question where the header says nothing, or only "Response". */
static void add_columns(struct plx_look *look, const GArray *header, const GArray *above)
{
    look->n = header->len;
    look->columns = g_new0(struct plx_look_column, look->n);
    for (guint i = 0; i < look->n; i++) {
        const char *title = text_at(header, i);
        const gboolean empty = *title == '\0' || strcmp(title, "Response") == 0 ||
                               strcmp(title, "Open-Ended Response") == 0;
        look->columns[i].renamed = above && empty && *text_at(above, i) != '\0';
        look->columns[i].title = g_strdup(look->columns[i].renamed ? text_at(above, i) : title);
        look->columns[i].values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    }
}

/* What stands below the header, unless it is an id ({"ImportId": ...}) or the title once more. */
static void add_questions(struct plx_look *look, const GArray *below)
{
    for (guint i = 0; i < look->n; i++) {
        const char *const text = text_at(below, i);
        if (*text && *text != '{' && strcmp(text, look->columns[i].title) != 0)
            look->columns[i].asked = g_strdup(text);
    }
}

static void look_at_row(struct plx_look *look, const GArray *fields)
{
    guint shift = 0;
    if (look->rows == 0 && look->delimiter == ' ' && fields->len == look->n + 1)
        look->row_names = TRUE;
    if (look->row_names)
        shift = 1;
    for (guint i = 0; i < look->n && i + shift < fields->len; i++)
        look_at(&look->columns[i], &g_array_index(fields, struct plx_csv_field, i + shift));
    look->rows++;
}

static struct plx_loc place_of(const GString *text, const char *path, gsize offset)
{
    struct plx_loc loc = {path, 1, offset + 1};
    for (gsize i = 0; i < offset; i++) {
        if (text->str[i] != '\n')
            continue;
        loc.line++;
        loc.column = offset - i;
    }
    return loc;
}

/* The records of a text as lists of fields; the delimiter is the one of the widest of the first
 * rows, since a title above the header has none. */
static GPtrArray *split_rows(struct plx_look *look, const char *path, const GString *text,
                             GError **error)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    gsize widest = 0, next = 0;
    for (gsize at = 0, line = 0; at < text->len && line < 10; at += next, line++) {
        gsize length = plx_csv_record(text->str + at, text->len - at, '"', &next);
        if (length > widest || line == 0)
            look->delimiter = plx_csv_guess_delimiter(text->str + at, length, '"');
        widest = MAX(widest, length);
    }
    for (gsize at = 0; at < text->len; at += next) {
        gsize length = plx_csv_record(text->str + at, text->len - at, '"', &next);
        GArray *fields = NULL;
        gsize fault_at = 0;
        if (plx_csv_split(text->str + at, length, look->delimiter, '"', &fields, &fault_at) !=
            PLX_CSV_WELL) {
            const struct plx_loc loc = place_of(text, path, at + fault_at);
            plx_error_at(error, PLX_ERROR_INPUT, &loc, "a quote that does not fit here");
            return NULL;
        }
        g_ptr_array_add(rows, fields);
    }
    return g_steal_pointer(&rows);
}

static gboolean look_at_text(struct plx_look *look, const char *path, const GString *text,
                             GError **error)
{
    g_autoptr(GPtrArray) rows = split_rows(look, path, text, error);
    if (!rows)
        return FALSE;
    look->skip = rows->len > 0 ? plx_look_find_header(rows) : 0;
    look->after = plx_look_find_after(rows, look->skip);
    if (rows->len > look->skip)
        add_columns(look, g_ptr_array_index(rows, look->skip),
                    look->skip > 0 ? g_ptr_array_index(rows, look->skip - 1) : NULL);
    if (look->n > 0 && look->after > 0)
        add_questions(look, g_ptr_array_index(rows, look->skip + 1));
    for (guint i = look->skip + 1 + look->after; i < rows->len; i++)
        if (plx_look_count_filled(g_ptr_array_index(rows, i)) > 0)
            look_at_row(look, g_ptr_array_index(rows, i));
    for (guint i = 0; i < look->n; i++)
        plx_look_set_strays_apart(&look->columns[i]);
    plx_look_set_high_apart(look);
    const struct plx_loc loc = {path, 0, 0};
    if (look->n == 0 || look->rows == 0)
        return plx_error_at(error, PLX_ERROR_INPUT, &loc, "no rows below a header to look at");
    return TRUE;
}

struct plx_look *plx_look_new(const char *path, const char *encoding, GError **error)
{
    struct plx_look *look = g_new0(struct plx_look, 1);
    look->encoding = g_strdup(encoding);
    g_autoptr(GString) text = read_text(path, look, error);
    if (text && look_at_text(look, path, text, error))
        return look;
    plx_look_free(look);
    return NULL;
}

void plx_look_free(struct plx_look *look)
{
    if (!look)
        return;
    for (guint i = 0; i < look->n; i++) {
        g_free(look->columns[i].title);
        g_free(look->columns[i].asked);
        g_hash_table_unref(look->columns[i].values);
    }
    g_free(look->columns);
    g_free(look->encoding);
    g_free(look);
}

char *plx_look_question(const struct plx_look_column *column)
{
    return column->asked ? g_strdup_printf("%s %s", column->title, column->asked)
                         : g_strdup(column->title);
}

guint plx_look_distinct(const struct plx_look_column *column)
{
    return g_hash_table_size(column->values);
}
