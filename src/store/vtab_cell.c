/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows as SQL values. Texts are copied: into a register's own memory, which SQLite keeps from row
 * to row. */

#include "base/date.h"
#include "base/number.h"
#include "store/vtab_private.h"

#include <string.h>

static void give_text(sqlite3_context *result, const char *text)
{
    sqlite3_result_text(result, text, -1, SQLITE_TRANSIENT);
}

static void give_dim(const struct plx_vtab_cursor *cursor, guint dim, sqlite3_context *result)
{
    const guint32 *const codes = cursor->rows.dim[dim];
    const guint32 code = codes ? codes[cursor->row] : 0;
    if (code != 0)
        give_text(result, plx_dict_text(cursor->lexicon->dims.dict[dim], code));
}

static void give_decimal(const struct plx_vtab_cursor *cursor, guint dim, sqlite3_context *result)
{
    const guint32 *const codes = cursor->rows.dim[dim];
    const guint32 code = codes ? codes[cursor->row] : 0;
    double value;
    if (code == 0)
        return;
    const char *const text = plx_dict_text(cursor->lexicon->dims.dict[dim], code);
    if (plx_number_parse(text, strlen(text), &value))
        sqlite3_result_double(result, value);
    else
        give_text(result, text);
}

static void give_audience(const struct plx_vtab_cursor *cursor, sqlite3_context *result)
{
    const guint32 *const codes = cursor->rows.dim[PLX_DIM_AUDIENCE];
    const guint32 code = codes ? codes[cursor->row] : 0;
    if (code != 0)
        give_text(result, cursor->lexicon->dims.map->audiences[code - 1].id);
}

static const struct plx_subject *subject_of(const struct plx_vtab_cursor *cursor)
{
    const guint32 *const codes = cursor->rows.dim[PLX_DIM_SUBJECT];
    return &g_array_index(cursor->lexicon->dims.subjects, struct plx_subject,
                          codes ? codes[cursor->row] : 0);
}

static void give_subject(const struct plx_vtab_cursor *cursor, enum plx_subject_kind kind,
                         sqlite3_context *result)
{
    const struct plx_subject *const subject = subject_of(cursor);
    if (subject->kind == kind)
        give_text(result, subject->id);
}

static void give_journey(const struct plx_vtab_cursor *cursor, sqlite3_context *result)
{
    if (subject_of(cursor)->kind == PLX_SUBJECT_JOURNEY)
        give_subject(cursor, PLX_SUBJECT_JOURNEY, result);
    else
        give_dim(cursor, PLX_DIM_JOURNEY, result);
}

static void give_key(const struct plx_vtab_cursor *cursor, const guint64 *keys,
                     sqlite3_context *result)
{
    char hex[17];
    g_snprintf(hex, sizeof hex, "%016" G_GINT64_MODIFIER "x", keys[cursor->row]);
    give_text(result, hex);
}

static void give_respondent(const struct plx_vtab_cursor *cursor, sqlite3_context *result)
{
    const struct plx_rowset *const rows = &cursor->rows;
    if (rows->unit && rows->known && rows->known[cursor->row])
        give_key(cursor, rows->unit, result);
}

/* The word says how it was written: "day", "minute" or "second", then the offset if any. */
static void append_clock(char *out, gsize size, gint64 second_of_day, const char *word)
{
    const guint hour = (guint)(second_of_day / 3600), minute = (guint)(second_of_day / 60 % 60);
    if (g_str_has_prefix(word, "minute"))
        g_snprintf(out, size, "T%02u:%02u%s", hour, minute, word + strlen("minute"));
    else if (g_str_has_prefix(word, "second"))
        g_snprintf(out, size, "T%02u:%02u:%02u%s", hour, minute, (guint)(second_of_day % 60),
                   word + strlen("second"));
}

static void give_time(const struct plx_vtab_cursor *cursor, gboolean clock, sqlite3_context *result)
{
    const struct plx_rowset *const rows = &cursor->rows;
    const gint32 day = rows->day ? rows->day[cursor->row] : PLX_NO_DAY;
    if (day == PLX_NO_DAY)
        return;
    char text[64];
    plx_date_format(day, text);
    const guint32 *const words = rows->dim[PLX_DIM_CLOCK];
    const guint32 code = clock && words ? words[cursor->row] : 0;
    if (code != 0) {
        const gsize at = strlen(text);
        append_clock(text + at, sizeof text - at, rows->seconds[cursor->row] - (gint64)day * 86400,
                     plx_dict_text(cursor->lexicon->dims.dict[PLX_DIM_CLOCK], code));
    }
    give_text(result, text);
}

static gint8 measure_of(const struct plx_vtab_cursor *cursor, gint measure)
{
    const gint8 *const values = measure >= 0 ? cursor->rows.measure[measure] : NULL;
    return values ? values[cursor->row] : PLX_CELL_EMPTY;
}

/* SQL would take a text for 0 in sums and means: a measure is a number or nothing. */
static void give_measure(gint8 value, sqlite3_context *result)
{
    if (value != PLX_CELL_EMPTY && value != PLX_CELL_NA && value != PLX_CELL_DECLINED)
        sqlite3_result_int(result, value);
}

static void give_missing(gint8 value, sqlite3_context *result)
{
    if (value == PLX_CELL_EMPTY)
        give_text(result, "not_asked");
    else if (value == PLX_CELL_NA)
        give_text(result, "na");
    else if (value == PLX_CELL_DECLINED)
        give_text(result, "declined");
}

static void give_flag(const struct plx_vtab_cursor *cursor, const gint8 *values,
                      sqlite3_context *result)
{
    if (values && values[cursor->row] != PLX_CELL_EMPTY)
        sqlite3_result_int(result, values[cursor->row]);
}

static void give_surprise(const struct plx_vtab_cursor *cursor, sqlite3_context *result)
{
    const gint8 *const values = cursor->rows.surprise;
    const gint8 value = values ? values[cursor->row] : PLX_CELL_EMPTY;
    if (value != PLX_CELL_EMPTY)
        give_text(result, value > 0 ? "good" : value < 0 ? "bad" : "none");
}

static void give_note(const struct plx_vtab_cursor *cursor, sqlite3_context *result)
{
    const struct plx_span *const note = cursor->rows.note ? &cursor->rows.note[cursor->row] : NULL;
    if (note && note->length > 0)
        sqlite3_result_text64(result, note->text, note->length, SQLITE_TRANSIENT, SQLITE_UTF8);
}

void plx_vtab_cell(const struct plx_vtab_cursor *cursor, guint number, sqlite3_context *result)
{
    const struct plx_vtab_column *const column = plx_vtab_column(plx_vtab_of(cursor), number);
    const struct plx_rowset *const rows = &cursor->rows;
    switch (column->what) {
    case PLX_VTAB_TEXT:
        give_dim(cursor, column->index, result);
        break;
    case PLX_VTAB_DECIMAL:
        give_decimal(cursor, column->index, result);
        break;
    case PLX_VTAB_AUDIENCE:
        give_audience(cursor, result);
        break;
    case PLX_VTAB_SUBJECT:
        give_subject(cursor, (enum plx_subject_kind)column->index, result);
        break;
    case PLX_VTAB_JOURNEY:
        give_journey(cursor, result);
        break;
    case PLX_VTAB_ENCOUNTER:
        if (rows->encounter)
            give_key(cursor, rows->encounter, result);
        break;
    case PLX_VTAB_RESPONDENT:
        give_respondent(cursor, result);
        break;
    case PLX_VTAB_TIME:
    case PLX_VTAB_DAY:
        give_time(cursor, column->what == PLX_VTAB_TIME, result);
        break;
    case PLX_VTAB_WEIGHT:
        sqlite3_result_double(
            result, rows->weight ? (double)rows->weight[cursor->row] / (double)PLX_WEIGHT_ONE : 1);
        break;
    case PLX_VTAB_GROUP_SIZE:
        sqlite3_result_int(result, rows->group_size ? rows->group_size[cursor->row] : 1);
        break;
    case PLX_VTAB_SEEN:
        give_flag(cursor, rows->seen, result);
        break;
    case PLX_VTAB_SURPRISE:
        give_surprise(cursor, result);
        break;
    case PLX_VTAB_HESITATION:
        give_flag(cursor, rows->hesitation, result);
        break;
    case PLX_VTAB_MEASURE:
        give_measure(measure_of(cursor, cursor->measure[column->index]), result);
        break;
    case PLX_VTAB_MISSING:
        give_missing(measure_of(cursor, cursor->measure[column->index]), result);
        break;
    case PLX_VTAB_NOTE:
        give_note(cursor, result);
        break;
    case PLX_VTAB_IMPORT:
        if (cursor->block)
            sqlite3_result_int64(result, cursor->block->import);
        break;
    }
}
