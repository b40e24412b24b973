/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the columns of an export hold: a CSV with a row per column, and below it one per value that
 * has a meaning of its own. */

#include "export/lines.h"
#include "export/writer.h"

#include <string.h>

struct codebook_writer {
    plx_export_writer base;
    struct plx_export_job *job;
    struct plx_lines lines;
};

/* Lines ------------------------------------------------------------------------------------- */

static void append_cell(GString *out, const char *text, char end)
{
    const gboolean quotes = strpbrk(text, ",\"\r\n") || *text == ' ';
    if (quotes)
        g_string_append_c(out, '"');
    for (const char *c = text; *c; c++) {
        if (*c == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *c);
    }
    if (quotes)
        g_string_append_c(out, '"');
    g_string_append_c(out, end);
}

static void put(struct codebook_writer *self, const struct plx_export_column *column,
                const char *holds, const char *value, const char *meaning)
{
    GString *const out = self->lines.text;
    append_cell(out, column->name, ',');
    append_cell(out, holds, ',');
    append_cell(out, value, ',');
    append_cell(out, meaning, '\n');
}

/* Columns ----------------------------------------------------------------------------------- */

static const char *kind_words(const struct plx_export_column *column)
{
    static const char *const words[] = {
        [PLX_EXPORT_AUDIENCE] = "text",       [PLX_EXPORT_ENCOUNTER] = "key",
        [PLX_EXPORT_RESPONDENT] = "key",      [PLX_EXPORT_TIME] = "time",
        [PLX_EXPORT_OFFSET] = "text",         [PLX_EXPORT_JOURNEY] = "text",
        [PLX_EXPORT_SUBJECT] = "text",        [PLX_EXPORT_ITEM] = "whole number",
        [PLX_EXPORT_TEXT] = "text",           [PLX_EXPORT_DECIMAL] = "number",
        [PLX_EXPORT_WEIGHT] = "number",       [PLX_EXPORT_GROUP_SIZE] = "whole number",
        [PLX_EXPORT_SEEN] = "0 or 1",         [PLX_EXPORT_SURPRISE] = "text",
        [PLX_EXPORT_HESITATION] = "0 or 1",   [PLX_EXPORT_NOTE] = "text",
        [PLX_EXPORT_MEASURE] = "whole number"};
    return words[column->kind];
}

static const char *dim_words(guint dim)
{
    static const char *const words[PLX_DIM_SEGMENT] = {
        [PLX_DIM_DATASET] = "The name under which the rows came in",
        [PLX_DIM_PLACE] = "Where it was",
        [PLX_DIM_CHANNEL] = "By which channel they were served",
        [PLX_DIM_LANGUAGE] = "The language they answered in",
        [PLX_DIM_SOURCE] = "By which way they were asked",
        [PLX_DIM_WORKSHOP] = "The workshop it was said in",
        [PLX_DIM_TABLE] = "The table of the workshop",
        [PLX_DIM_ASKED_P] =
            "With what chance this person was asked about this point; weight by one over it",
        [PLX_DIM_PROMPT] = "What was asked, to which the note answers"};
    return dim >= PLX_DIM_SEGMENT ? "A group that answers are compared by" : words[dim];
}

static const char *about_words(const struct plx_export_column *column)
{
    if (column->words == PLX_EXPORT_TITLE)
        return "What the map calls it (only .xlsx and .sav have this column)";
    if (column->kind == PLX_EXPORT_JOURNEY)
        return "The journey it belongs to; alone, it was rated as a whole";
    static const char point[] =
        "The point that is rated; .csv and .ndjson have its title, where that "
        "leads to the same point";
    static const char *const words[] = {[PLX_SUBJECT_POINT] = point,
                                        [PLX_SUBJECT_TASK] = "The task that was done or not",
                                        [PLX_SUBJECT_PROMISE] = "The promise that was kept or not"};
    return words[column->index];
}

/* What a column is for, in a line; of a measure the map's own title. */
static const char *meaning_of(const struct plx_export_column *column)
{
    switch (column->kind) {
    case PLX_EXPORT_AUDIENCE:
        return "Who answered";
    case PLX_EXPORT_ENCOUNTER:
        return "Rows of one occasion have the same; a hash, of this file alone";
    case PLX_EXPORT_RESPONDENT:
        return "Rows of one person have the same; a hash, of this file alone";
    case PLX_EXPORT_TIME:
        return "When it was, as precisely as it is known";
    case PLX_EXPORT_OFFSET:
        return "How far the clock was from UTC (only .xlsx and .sav have this column)";
    case PLX_EXPORT_JOURNEY:
    case PLX_EXPORT_SUBJECT:
        return about_words(column);
    case PLX_EXPORT_ITEM:
        return "Numbers rows that would else be the same observation";
    case PLX_EXPORT_TEXT:
    case PLX_EXPORT_DECIMAL:
        return dim_words(column->index);
    case PLX_EXPORT_WEIGHT:
        return "How much this answer counts";
    case PLX_EXPORT_GROUP_SIZE:
        return "For how many people it speaks";
    case PLX_EXPORT_SEEN:
        return "Whether the moment was met at all";
    case PLX_EXPORT_SURPRISE:
        return "Whether something surprised";
    case PLX_EXPORT_HESITATION:
        return "Whether they hesitated there";
    case PLX_EXPORT_NOTE:
        return "What they wrote";
    case PLX_EXPORT_MEASURE:
        break;
    }
    return column->title;
}

/* Values ------------------------------------------------------------------------------------ */

static void put_marks(struct codebook_writer *self, const struct plx_export_column *column)
{
    const struct plx_scale *const scale = column->scale;
    for (gint v = scale ? scale->min : 0; scale && v <= scale->max; v++) {
        g_autofree char *value = g_strdup_printf("%d", v);
        const char *const word = scale->words ? scale->words[v - scale->min] : NULL;
        const char *const end = v == scale->min   ? "the lowest"
                                : v == scale->max ? "the highest"
                                                  : NULL;
        if (word || end)
            put(self, column, "", value, word ? word : end);
    }
    if (!scale)
        put(self, column, "", "", "audiences have different scales: see the map");
    put(self, column, "", "na", "did not happen to them (.sav: 998)");
    put(self, column, "", "declined", "would rather not say (.sav: 999)");
    put(self, column, "", "", "empty: was not asked");
}

static void put_audiences(struct codebook_writer *self, const struct plx_export_column *column)
{
    const plx_map *const map = self->job->map;
    for (guint a = 0; a < map->n_audiences; a++)
        put(self, column, "", map->audiences[a].id, map->audiences[a].title);
}

static void put_points(struct codebook_writer *self, const struct plx_export_column *column)
{
    const plx_map *const map = self->job->map;
    for (guint p = 0; p < map->n_points; p++)
        put(self, column, "", map->points[p].id, map->points[p].title);
}

static void put_column(struct codebook_writer *self, const struct plx_export_column *column)
{
    put(self, column, kind_words(column), "", meaning_of(column));
    if (column->kind == PLX_EXPORT_MEASURE)
        put_marks(self, column);
    else if (column->kind == PLX_EXPORT_AUDIENCE)
        put_audiences(self, column);
    else if (column->kind == PLX_EXPORT_SUBJECT && column->index == PLX_SUBJECT_POINT &&
             column->words == PLX_EXPORT_ID)
        put_points(self, column);
}

/* The writer -------------------------------------------------------------------------------- */

static gboolean codebook_add(plx_export_writer *writer, struct plx_export_view *view,
                             GError **error)
{
    (void)writer;
    (void)view; /* no row of anybody is in it */
    (void)error;
    return TRUE;
}

static gboolean codebook_end(plx_export_writer *writer, GError **error)
{
    struct codebook_writer *const self = (struct codebook_writer *)(void *)writer;
    g_string_append(self->lines.text, "column,holds,value,meaning\n");
    for (guint c = 0; c < self->job->columns->len; c++)
        put_column(self, plx_export_column(self->job, c));
    return plx_lines_end(&self->lines, error);
}

static void codebook_free(plx_export_writer *writer)
{
    struct codebook_writer *const self = (struct codebook_writer *)(void *)writer;
    plx_lines_clear(&self->lines);
    g_free(self);
}

plx_export_writer *plx_codebook_writer_new(struct plx_export_job *job, GError **error)
{
    struct plx_lines lines;
    if (!plx_lines_open(&lines, job->target, FALSE, error))
        return NULL;
    struct codebook_writer *const self = g_new0(struct codebook_writer, 1);
    *self = (struct codebook_writer){
        .base = {codebook_add, codebook_end, codebook_free}, .job = job, .lines = lines};
    return &self->base;
}
