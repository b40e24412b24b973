/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/columns.h"

#include "base/number.h"
#include "base/suggest.h"
#include "ingest/repeats.h"
#include "voice/batch.h"

#include <math.h>

/* The text a cell stands for, replaced and trimmed of blanks at its ends. NULL: faulted. */
static const char *cell_text(const struct plx_bound *bound, struct plx_chunk *chunk, guint32 row,
                             gsize *n, char **owned)
{
    guint32 length;
    const char *text = plx_cell(&chunk->rows, row, (guint)bound->column, &length);
    *n = length;
    *owned = NULL;
    if (!bound->simple) {
        char *why = NULL;
        text = plx_bound_resolve(bound, text, length, n, owned, &why);
        if (!text) {
            plx_chunk_fault(chunk, row, (guint)bound->column, why);
            return NULL;
        }
    }
    while (*n > 0 && (text[0] == ' ' || text[0] == '\t')) {
        text++;
        (*n)--;
    }
    while (*n > 0 && (text[*n - 1] == ' ' || text[*n - 1] == '\t'))
        (*n)--;
    return text;
}

static void fault_value(struct plx_chunk *chunk, guint32 row, const struct plx_bound *bound,
                        const char *text, gsize n, const char *expected)
{
    g_autofree char *shown = plx_shown(text, n);
    plx_chunk_fault(chunk, row, (guint)bound->column,
                    g_strdup_printf("%s is %s; expected %s", bound->name, shown, expected));
}

static gboolean parse_number(const char *text, gsize n, gboolean comma, double *value)
{
    char copy[64];
    if (n >= sizeof copy)
        return FALSE;
    memcpy(copy, text, n);
    for (gsize i = 0; comma && i < n; i++)
        if (copy[i] == ',')
            copy[i] = '.';
    return plx_number_parse(copy, n, value);
}

#define DECIMAL_COMMA                                                                              \
    "; decimal commas are read where semicolons separate the columns, or with decimal-comma: "     \
    "true in a recipe"

/* "4,0" in a file whose numbers have points. */
static gboolean has_decimal_comma(const char *text, gsize n)
{
    const gsize whole = strspn(text, "0123456789");
    return whole > 0 && whole + 1 < n && text[whole] == ',' &&
           whole + 1 + strspn(text + whole + 1, "0123456789") == n;
}

/* Measures ---------------------------------------------------------------------------------- */

/* FALSE: the text is no value between min and max and none of the missings. */
static gboolean measure_value(const char *text, gsize n, gint8 min, gint8 max, gboolean comma,
                              gint8 *value)
{
    if (n == 0)
        *value = PLX_CELL_EMPTY;
    else if (n == 2 && memcmp(text, "na", 2) == 0)
        *value = PLX_CELL_NA;
    else if (n == 8 && memcmp(text, "declined", 8) == 0)
        *value = PLX_CELL_DECLINED;
    else {
        double number;
        if (!parse_number(text, n, comma, &number) || number < min || number > max ||
            number != floor(number))
            return FALSE;
        *value = (gint8)number;
    }
    return TRUE;
}

static void measure_range(const struct plx_measure_column *column, guint32 audience, gint8 *min,
                          gint8 *max)
{
    *min = column->ask->min;
    *max = column->ask->max;
    if (*min <= *max)
        return;
    const struct plx_scale *const scale =
        plx_map_scale(column->map, column->ask->measure, audience > 0 ? audience - 1 : 0);
    *min = scale->min;
    *max = scale->max;
}

static gint8 measure_parse(const struct plx_measure_column *column, struct plx_chunk *chunk,
                           guint32 row, guint32 audience)
{
    static const char *const words[] = {"na", "declined"};
    const struct plx_bound *const bound = &column->ask->cell;
    g_autofree char *owned = NULL;
    gsize n;
    const char *const text = cell_text(bound, chunk, row, &n, &owned);
    if (!text)
        return PLX_CELL_EMPTY;
    gint8 min, max, value = PLX_CELL_EMPTY;
    measure_range(column, audience, &min, &max);
    if (measure_value(text, n, min, max, column->decimal_comma, &value))
        return value;
    g_autofree char *key = g_strndup(text, n);
    g_autofree char *hint = !column->decimal_comma && has_decimal_comma(key, n)
                                ? g_strdup(DECIMAL_COMMA)
                                : plx_suggest_text(key, words, G_N_ELEMENTS(words));
    g_autofree char *expected = g_strdup_printf(
        "a whole number from %d to %d, \"na\", \"declined\" or nothing%s", min, max, hint);
    fault_value(chunk, row, bound, text, n, expected);
    return PLX_CELL_EMPTY;
}

/* What one text means without a row, for the table of quick answers. */
static gboolean measure_quick(const struct plx_measure_column *column, const char *cell, gsize n,
                              gint8 *value)
{
    g_autofree char *owned = NULL, *why = NULL;
    gsize length;
    const char *const text = plx_bound_resolve(&column->ask->cell, cell, n, &length, &owned, &why);
    return text && measure_value(text, length, column->ask->min, column->ask->max,
                                 column->decimal_comma, value);
}

static guint16 bare_value(gint16 quick)
{
    return quick == PLX_QUICK_NONE ? PLX_BARE_NONE : (guint16)(guint8)quick;
}

void plx_measure_column_init(struct plx_measure_column *column, const struct plx_bound_ask *ask,
                             const plx_binding *binding)
{
    column->ask = ask;
    column->map = binding->map;
    column->decimal_comma = binding->decimal_comma;
    gint8 value;
    for (guint byte = 0; byte < 256; byte++) {
        const char text[2] = {(char)byte, '\0'};
        column->quick[byte] = PLX_QUICK_NONE;
        if (byte > ' ' && byte < 127 && ask->min <= ask->max &&
            measure_quick(column, text, 1, &value))
            column->quick[byte] = value;
    }
    column->quick[256] = measure_quick(column, "", 0, &value) ? value : PLX_QUICK_NONE;
    for (guint byte = 0; byte < 256; byte++)
        column->bare[byte] = bare_value(column->quick[byte]);
    const guint16 empty = bare_value(column->quick[256]);
    column->bare[(guint8)binding->delimiter] = column->bare['\n'] = empty;
    if ((guint)ask->cell.column == binding->n_columns - 1)
        column->bare['\r'] = empty;
}

static inline gint8 measure_of_cell(const struct plx_measure_column *column,
                                    struct plx_chunk *chunk, guint32 row, const char *text,
                                    guint32 n, const guint32 *audience)
{
    const gint16 quick = column->quick[n == 0 ? 256 : (guint)(guint8)text[0]];
    if (G_LIKELY(n < 2 && quick != PLX_QUICK_NONE))
        return (gint8)quick;
    if (n == 2 && column->ask->cell.simple && text[0] == 'n' && text[1] == 'a')
        return PLX_CELL_NA;
    return measure_parse(column, chunk, row, audience ? audience[row] : 0);
}

/* Empty and one-byte cells of unquoted rows, without a branch that depends on them; `rest` gets the
 * rows that must be looked at closer. */
static inline __attribute__((always_inline)) guint32
measure_quickly(const struct plx_measure_column *column, const struct plx_rows *rows, gboolean last,
                gint8 *restrict out, guint32 *restrict rest)
{
    const guint32 *at = rows->at + column->ask->cell.column;
    const char *const text = rows->text;
    guint32 n_rest = 0;
    for (guint32 i = 0; i < rows->n; i++, at += rows->stride) {
        const guint32 begin = at[0] + 1;
        guint32 n = at[1] - begin;
        if (last && n > 1 && text[at[1] - 1] == '\r')
            n--;
        const guint quick = column->bare[(guint8)text[begin]];
        out[i] = (gint8)(quick & 0xFF);
        rest[n_rest] = i;
        n_rest += (n >> 1 | quick >> 8) != 0;
    }
    return n_rest;
}

void plx_measure_column_read(const struct plx_measure_column *column, struct plx_chunk *chunk,
                             const guint32 *audience, gint8 *out)
{
    const struct plx_rows rows = chunk->rows;
    const guint number = (guint)column->ask->cell.column;
    guint32 n;
    if (!rows.odd) {
        guint32 rest[PLX_CHUNK_ROWS];
        const guint32 n_rest = number == rows.last
                                   ? measure_quickly(column, &rows, TRUE, out, rest)
                                   : measure_quickly(column, &rows, FALSE, out, rest);
        for (guint32 k = 0; k < n_rest; k++) {
            const char *const text = plx_cell(&rows, rest[k], number, &n);
            out[rest[k]] = measure_of_cell(column, chunk, rest[k], text, n, audience);
        }
        return;
    }
    for (guint32 i = 0; i < rows.n; i++) {
        const char *const text = plx_cell(&rows, i, number, &n);
        out[i] = measure_of_cell(column, chunk, i, text, n, audience);
    }
}

/* Times ------------------------------------------------------------------------------------- */

static gboolean two_digits(const char *text, guint *value)
{
    const guint a = (guint)(guint8)text[0] - '0', b = (guint)(guint8)text[1] - '0';
    *value = a * 10 + b;
    return a < 10 && b < 10;
}

static const struct plx_month_entry *find_month(struct plx_time_column *column, const char *text)
{
    guint64 key;
    memcpy(&key, text, 8);
    struct plx_month_entry *const entry =
        &column->months[(key * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15)) >> (64 - PLX_MONTH_BITS)];
    if (entry->key == key)
        return entry;
    char date[10];
    memcpy(date, text, 8);
    memcpy(date + 8, "01", 2);
    struct plx_time time;
    if (!plx_time_parse(date, 10, &time))
        return NULL;
    *entry = (struct plx_month_entry){key, time.day, time.month,
                                      plx_date_month_days(time.month / 12, time.month % 12 + 1)};
    return entry;
}

/* YYYY-MM-DD, perhaps with HH:MM or HH:MM:SS. FALSE: look closer. */
static inline gboolean quick_time(struct plx_time_column *column, const char *text, guint32 n,
                                  struct plx_time *time)
{
    guint day, hour, minute, second = 0;
    if (n != 10 && n != 16 && n != 19)
        return FALSE;
    const struct plx_month_entry *const month = find_month(column, text);
    if (!month || !two_digits(text + 8, &day) || day < 1 || day > month->days)
        return FALSE;
    time->day = month->first_day + (gint32)day - 1;
    time->month = month->month;
    time->seconds = (gint64)time->day * PLX_DAY_SECONDS;
    time->offset = PLX_DATE_NO_OFFSET;
    time->precision = PLX_PRECISION_DAY;
    if (n == 10)
        return TRUE;
    if (n == 19 && (text[16] != ':' || !two_digits(text + 17, &second)))
        return FALSE;
    if ((text[10] != 'T' && text[10] != ' ') || text[13] != ':' || !two_digits(text + 11, &hour) ||
        !two_digits(text + 14, &minute) || hour > 23 || minute > 59 || second > 59)
        return FALSE;
    time->seconds += hour * 3600 + minute * 60 + second;
    time->precision = n == 16 ? PLX_PRECISION_MINUTE : PLX_PRECISION_SECOND;
    return TRUE;
}

/* "a date like 17.03.2024 (%d.%m.%Y)"; of 31.02.2026: "a date that exists, like …". */
static char *like_format(const char *text, gsize n, const char *format)
{
    const char *const what =
        plx_time_fits_pattern(text, n, format) ? "a date that exists, like" : "a date like";
    g_autoptr(GDateTime) day = g_date_time_new_utc(2024, 3, 17, 14, 5, 0);
    g_autofree char *example = g_date_time_format(day, format);
    return example ? g_strdup_printf("%s %s (%s)", what, example, format)
                   : g_strdup_printf("%s \"%s\"", what, format);
}

static gboolean slow_time(struct plx_time_column *column, struct plx_chunk *chunk, guint32 row,
                          struct plx_time *time)
{
    g_autofree char *owned = NULL;
    gsize n;
    const char *const text = cell_text(column->bound, chunk, row, &n, &owned);
    if (!text || n == 0)
        return FALSE;
    if (column->format ? plx_time_parse_pattern(text, n, column->format, time)
                       : plx_time_parse(text, n, time))
        return TRUE;
    g_autofree char *expected = column->format
                                    ? like_format(text, n, column->format)
                                    : g_strdup_printf("a date like 2024-03-17 or 2024-03-17T14:05"
                                                      "%s",
                                                      memchr(text, '.', n) || memchr(text, '/', n)
                                                          ? "; a recipe reads other forms "
                                                            "(time-format)"
                                                          : "");
    fault_value(chunk, row, column->bound, text, n, expected);
    return FALSE;
}

guint32 plx_time_identity(const struct plx_time *time)
{
    return (guint32)(plx_join((guint64)time->seconds, PLX_CLOCK(*time)) >> 32);
}

void plx_time_column_read(struct plx_time_column *column, struct plx_chunk *chunk, gint32 *day,
                          gint32 *month, gint64 *seconds, guint32 *identity, guint32 *clock)
{
    const struct plx_rows rows = chunk->rows;
    const gboolean quick = column->bound->simple && !column->format;
    const guint number = (guint)column->bound->column;
    const struct plx_fresh *const about = chunk->about;
    const guint faults = chunk->faults->len;
    guint32 days[PLX_CHUNK_ROWS], months[PLX_CHUNK_ROWS], clocks[PLX_CHUNK_ROWS];
    guint64 times[PLX_CHUNK_ROWS];
    for (guint32 k = 0; k < about->n; k++) {
        guint32 n;
        const char *const text = plx_cell(&rows, about->row[k], number, &n);
        struct plx_time time = {.seconds = PLX_NO_TIME, .day = PLX_NO_DAY, .month = PLX_NO_DAY};
        if (!(quick && quick_time(column, text, n, &time)) && !(n == 0 && column->bound->simple) &&
            !slow_time(column, chunk, about->row[k], &time))
            time =
                (struct plx_time){.seconds = PLX_NO_TIME, .day = PLX_NO_DAY, .month = PLX_NO_DAY};
        days[k] = (guint32)time.day;
        months[k] = (guint32)time.month;
        times[k] = (guint64)time.seconds;
        if (identity)
            identity[k] = plx_time_identity(&time);
        if (clock)
            clocks[k] = PLX_CLOCK(time);
    }
    plx_repeats_fault(chunk, about, faults);
    plx_spread32(about, days, (guint32 *)day);
    plx_spread32(about, months, (guint32 *)month);
    plx_spread64(about, times, (guint64 *)seconds);
    if (clock)
        plx_spread32(about, clocks, clock);
}

/* Keys, numbers, words ---------------------------------------------------------------------- */

static void fault_length(struct plx_chunk *chunk, guint32 row, const struct plx_bound *bound,
                         gsize n)
{
    plx_chunk_fault(chunk, row, (guint)bound->column,
                    g_strdup_printf("%s has %" G_GSIZE_FORMAT " bytes; at most %d are allowed",
                                    bound->name, n, PLX_TEXT_MAX));
}

/* The hash of a cell whose text must be resolved first. */
static guint64 hash_resolved(const struct plx_bound *bound, struct plx_chunk *chunk, guint32 row,
                             const char *text, guint32 n)
{
    g_autofree char *owned = NULL;
    char *why = NULL;
    gsize length;
    const char *const resolved = plx_bound_resolve(bound, text, n, &length, &owned, &why);
    if (!resolved) {
        plx_chunk_fault(chunk, row, (guint)bound->column, why);
        return 0;
    }
    if (length > PLX_TEXT_MAX) {
        fault_length(chunk, row, bound, length);
        return 0;
    }
    char padded[PLX_TEXT_MAX + 17] = {0};
    memcpy(padded, resolved, length);
    return length > 0 ? plx_hash(padded, (guint32)length) : 0;
}

void plx_hash_column_read(const struct plx_bound *bound, struct plx_chunk *chunk, guint64 *out)
{
    const struct plx_rows rows = chunk->rows;
    const guint column = (guint)bound->column;
    const struct plx_fresh *const about = chunk->about;
    const guint faults = chunk->faults->len;
    if (bound->column < 0) {
        const guint64 hash = hash_resolved(bound, chunk, 0, "", 0);
        for (guint32 k = 0; k < about->n; k++)
            out[k] = hash;
        return;
    }
    for (guint32 k = 0; k < about->n; k++) {
        const guint32 i = about->row[k];
        guint32 n;
        const char *const text = plx_cell(&rows, i, column, &n);
        if (G_UNLIKELY(!bound->simple)) {
            out[k] = hash_resolved(bound, chunk, i, text, n);
        } else if (G_UNLIKELY(n > PLX_TEXT_MAX)) {
            fault_length(chunk, i, bound, n);
            out[k] = 0;
        } else {
            out[k] = n > 0 ? plx_hash(text, n) : 0;
        }
    }
    plx_repeats_fault(chunk, about, faults);
}

static const struct {
    double min, max;
    gboolean whole, above; /* above: `min` itself is none */
    const char *expected;
} NUMBERS[] = {
    [PLX_NUMBER_WEIGHT] = {0, 1e6, FALSE, FALSE, "a number from 0 to 1000000"},
    [PLX_NUMBER_GROUP_SIZE] = {1, 65535, TRUE, FALSE, "a whole number from 1 to 65535"},
    [PLX_NUMBER_ASKED_P] = {0, 1, FALSE, TRUE, "a probability above 0, at most 1"},
    [PLX_NUMBER_ITEM] = {0, 1e9, TRUE, FALSE, "a whole number from 0 to 1000000000"},
};

gboolean plx_number_cell(enum plx_number_kind kind, const char *text, gsize n, gboolean comma,
                         double *value)
{
    const gboolean whole = NUMBERS[kind].whole;
    double number;
    if (!parse_number(text, n, comma && !whole, &number) ||
        !(number >= NUMBERS[kind].min && number <= NUMBERS[kind].max) ||
        (NUMBERS[kind].above && number == NUMBERS[kind].min) || (whole && number != floor(number)))
        return FALSE;
    *value = number;
    return TRUE;
}

const char *plx_number_expected(enum plx_number_kind kind)
{
    return NUMBERS[kind].expected;
}

guint64 plx_weight_fixed(double weight)
{
    return (guint64)floor(weight * (double)PLX_WEIGHT_ONE + 0.5);
}

guint64 plx_item_hash(double item)
{
    return (guint64)item + 1;
}

/* The number of a cell; FALSE: it is empty, or wrong and told. */
static gboolean read_number(enum plx_number_kind kind, const struct plx_bound *bound,
                            struct plx_chunk *chunk, guint32 row, gboolean comma, double *value)
{
    g_autofree char *owned = NULL;
    gsize n;
    const char *const text = cell_text(bound, chunk, row, &n, &owned);
    if (!text || n == 0)
        return FALSE;
    if (plx_number_cell(kind, text, n, comma, value))
        return TRUE;
    g_autofree char *shown = g_strndup(text, n);
    g_autofree char *expected =
        g_strconcat(plx_number_expected(kind),
                    !comma && has_decimal_comma(shown, n) ? DECIMAL_COMMA : "", NULL);
    fault_value(chunk, row, bound, text, n, expected);
    return FALSE;
}

void plx_weight_column_read(const struct plx_bound *bound, struct plx_chunk *chunk, gboolean comma,
                            guint64 *out)
{
    double value;
    for (guint32 i = 0; i < chunk->rows.n; i++)
        out[i] = read_number(PLX_NUMBER_WEIGHT, bound, chunk, i, comma, &value)
                     ? plx_weight_fixed(value)
                     : PLX_WEIGHT_ONE;
}

void plx_group_size_column_read(const struct plx_bound *bound, struct plx_chunk *chunk,
                                guint16 *out)
{
    double value;
    for (guint32 i = 0; i < chunk->rows.n; i++)
        out[i] =
            read_number(PLX_NUMBER_GROUP_SIZE, bound, chunk, i, FALSE, &value) ? (guint16)value : 1;
}

void plx_asked_p_column_check(const struct plx_bound *bound, struct plx_chunk *chunk,
                              gboolean comma)
{
    double value;
    for (guint32 i = 0; i < chunk->rows.n; i++)
        read_number(PLX_NUMBER_ASKED_P, bound, chunk, i, comma, &value);
}

void plx_item_column_read(const struct plx_bound *bound, struct plx_chunk *chunk, guint64 *out)
{
    double value;
    for (guint32 i = 0; i < chunk->rows.n; i++)
        out[i] =
            read_number(PLX_NUMBER_ITEM, bound, chunk, i, FALSE, &value) ? plx_item_hash(value) : 0;
}

void plx_word_column_read(const struct plx_bound *bound, struct plx_chunk *chunk,
                          const struct plx_word *words, guint n_words, gint8 *out)
{
    for (guint32 i = 0; i < chunk->rows.n; i++) {
        out[i] = PLX_CELL_EMPTY;
        g_autofree char *owned = NULL;
        gsize n;
        const char *const text = cell_text(bound, chunk, i, &n, &owned);
        if (!text || n == 0)
            continue;
        guint k = 0;
        while (k < n_words && (strlen(words[k].text) != n || memcmp(words[k].text, text, n) != 0))
            k++;
        if (k < n_words) {
            out[i] = words[k].value;
            continue;
        }
        g_autoptr(GString) expected = g_string_new(NULL);
        for (k = 0; k < n_words; k++)
            g_string_append_printf(expected, "\"%s\", ", words[k].text);
        g_string_append(expected, "or nothing");
        fault_value(chunk, i, bound, text, n, expected->str);
    }
}
