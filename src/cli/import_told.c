/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/import_told.h"

#include "base/csv.h"
#include "base/error.h"
#include "base/json.h"
#include "cli/cmd_workspace.h"
#include "cli/interrupt.h"
#include "ingest/beside.h"

#include <glib/gstdio.h>
#include <string.h>

/* A wrong row. */
struct told_row {
    guint64 line, column;
    guint cell; /* from 1; 0: the whole row */
    char *message, delimiter;
    GStrv cells;
};

struct plx_import_told {
    plx_json *json;
    gboolean dry_run, open; /* open: a file was begun */
    const char *path;       /* of that file */
    char *encoding;         /* it is told after its recipe has gone */
    char quote;
    char *folder, *rejects; /* where the wrong rows that are left out are written; or NULL */
    GPtrArray *rows;        /* struct told_row */
    guint64 wrong;          /* rows, also those that are not told */
    GStrv header;           /* of the file, when a row was wrong; or NULL */
    char *header_raw;       /* as written */
};

static void free_row(gpointer data)
{
    struct told_row *const row = data;
    g_free(row->message);
    g_strfreev(row->cells);
    g_free(row);
}

struct plx_import_told *plx_import_told_new(GString *out, gboolean dry_run)
{
    struct plx_import_told *const told = g_new0(struct plx_import_told, 1);
    told->json = plx_json_new(out);
    told->dry_run = dry_run;
    told->rows = g_ptr_array_new_with_free_func(free_row);
    plx_json_begin_object(told->json, NULL);
    plx_json_string(told->json, "schema", "parallax.import/1");
    plx_json_boolean(told->json, "dry_run", dry_run);
    plx_json_begin_array(told->json, "files");
    return told;
}

static void forget_file(struct plx_import_told *told)
{
    g_ptr_array_set_size(told->rows, 0);
    told->wrong = 0;
    g_clear_pointer(&told->header, g_strfreev);
    g_clear_pointer(&told->header_raw, g_free);
    g_clear_pointer(&told->encoding, g_free);
    if (told->rejects)
        g_unlink(told->rejects);
    if (told->folder)
        g_rmdir(told->folder);
    g_clear_pointer(&told->rejects, g_free);
    g_clear_pointer(&told->folder, g_free);
}

void plx_import_told_free(struct plx_import_told *told)
{
    if (!told)
        return;
    if (told->open)
        plx_json_end_object(told->json);
    plx_json_end_array(told->json);
    plx_json_end_object(told->json);
    forget_file(told);
    plx_json_free(told->json);
    g_ptr_array_unref(told->rows);
    g_free(told);
}

/* Wrong rows ----------------------------------------------------------------------------------- */

/* The cells of a row as it was written, and which of them begins at or before a byte column. */
static GStrv cells_of(const char *raw, gsize length, char delimiter, guint64 column, guint *cell)
{
    GArray *fields = NULL;
    gsize fault;
    g_autoptr(GStrvBuilder) cells = g_strv_builder_new();
    *cell = 0;
    if (!raw || plx_csv_split(raw, length, delimiter, '"', &fields, &fault) != PLX_CSV_WELL)
        return g_strv_builder_end(cells);
    for (guint i = 0; i < fields->len; i++) {
        const struct plx_csv_field *const field = &g_array_index(fields, struct plx_csv_field, i);
        g_strv_builder_add(cells, field->text);
        if (column > field->offset)
            *cell = i + 1;
    }
    g_array_unref(fields);
    return g_strv_builder_end(cells);
}

static void hear(const struct plx_wrong_row *row, gpointer data)
{
    struct plx_import_told *const told = data;
    told->wrong = row->of > 0 ? row->of : told->wrong + 1;
    if (told->rows->len >= PLX_TOLD_ROWS)
        return;
    struct told_row *const kept = g_new0(struct told_row, 1);
    kept->line = row->line;
    kept->column = row->column;
    kept->message = g_strdup(row->message);
    kept->delimiter = row->delimiter;
    kept->cells = cells_of(row->raw, row->raw_length, row->delimiter, row->column, &kept->cell);
    g_ptr_array_add(told->rows, kept);
    guint none;
    if (told->header || !row->header)
        return;
    told->header = cells_of(row->header, strlen(row->header), row->delimiter, 0, &none);
    told->header_raw = g_strdup(row->header);
}

/* The rows around the wrong ones, in their order; NULL where they cannot be had: of standard input,
 * or of a file that went away. */
static struct plx_beside *look_beside(const struct plx_import_told *told)
{
    if (told->rows->len == 0 || !told->path || strcmp(told->path, "-") == 0)
        return NULL;
    struct plx_beside *const rows = g_new0(struct plx_beside, told->rows->len);
    for (guint i = 0; i < told->rows->len; i++)
        rows[i].line = ((const struct told_row *)told->rows->pdata[i])->line;
    if (plx_beside_read(told->path, told->encoding, told->quote, plx_interrupts_pending, rows,
                        told->rows->len, NULL))
        return rows;
    plx_beside_clear(rows, told->rows->len);
    g_free(rows);
    return NULL;
}

/* The header stands above all rows, and is told once. */
static void put_neighbour(plx_json *json, const char *key, const struct plx_neighbour *row,
                          const char *header, char delimiter)
{
    guint none;
    if (!row || !row->raw || g_strcmp0(row->raw, header) == 0) {
        plx_json_null(json, key);
        return;
    }
    g_auto(GStrv) cells = cells_of(row->raw, strlen(row->raw), delimiter, 0, &none);
    plx_json_begin_object(json, key);
    plx_json_integer(json, "line", (gint64)row->line);
    plx_json_texts(json, "cells", (const char *const *)cells);
    plx_json_end_object(json);
}

static void put_row(const struct plx_import_told *told, const struct told_row *row,
                    const struct plx_beside *beside)
{
    plx_json *const json = told->json;
    plx_json_begin_object(json, NULL);
    plx_json_integer(json, "line", (gint64)row->line);
    plx_json_integer(json, "column", (gint64)row->column);
    plx_json_integer(json, "cell", row->cell);
    plx_json_string(json, "message", row->message);
    plx_json_texts(json, "cells", (const char *const *)row->cells);
    put_neighbour(json, "before", beside ? &beside->before : NULL, told->header_raw,
                  row->delimiter);
    put_neighbour(json, "after", beside ? &beside->after : NULL, told->header_raw, row->delimiter);
    plx_json_end_object(json);
}

static void put_rows(struct plx_import_told *told)
{
    plx_json *const json = told->json;
    plx_json_integer(json, "wrong_rows", (gint64)told->wrong);
    if (told->header)
        plx_json_texts(json, "header", (const char *const *)told->header);
    struct plx_beside *const beside = look_beside(told);
    plx_json_begin_array(json, "wrong");
    for (guint i = 0; i < told->rows->len; i++)
        put_row(told, told->rows->pdata[i], beside ? &beside[i] : NULL);
    plx_json_end_array(json);
    if (beside)
        plx_beside_clear(beside, told->rows->len);
    g_free(beside);
}

/* Files ---------------------------------------------------------------------------------------- */

/* Rows that are left out are told as the file that --rejects would write, too. */
static void keep_rejects(struct plx_import_told *told, struct plx_file_options *file)
{
    if (file->max_errors == 0 || file->rejects)
        return;
    told->folder = g_dir_make_tmp("parallax-XXXXXX", NULL);
    told->rejects = told->folder ? g_build_filename(told->folder, "rejects.csv", NULL) : NULL;
    file->rejects = told->rejects;
}

void plx_import_told_begin(struct plx_import_told *told, const char *path,
                           struct plx_file_options *file)
{
    if (told->open)
        plx_json_end_object(told->json);
    if (told->rejects && file->rejects == told->rejects)
        file->rejects = NULL;
    forget_file(told);
    keep_rejects(told, file);
    told->path = path;
    told->encoding = g_strdup(file->encoding ? file->encoding
                              : file->plan   ? file->plan->dialect.encoding
                                             : NULL);
    told->quote = file->plan ? file->plan->dialect.quote : '"';
    file->heard = hear;
    file->heard_data = told;
    told->open = TRUE;
    plx_json_begin_object(told->json, NULL);
    plx_json_string(told->json, "file", path);
}

static void put_rejects(struct plx_import_told *told)
{
    g_autofree char *text = NULL;
    if (told->wrong > 0 && told->rejects && g_file_get_contents(told->rejects, &text, NULL, NULL))
        plx_json_string(told->json, "rejects", text);
}

static void put_outcome(struct plx_import_told *told, const struct plx_file_summary *summary,
                        const struct plx_import_outcome *outcome)
{
    plx_json *const json = told->json;
    const gboolean kept = outcome->import > 0 && !told->dry_run;
    if (kept)
        plx_json_integer(json, "import", outcome->import);
    else
        plx_json_null(json, "import");
    plx_json_boolean(json, "same", outcome->same);
    plx_json_integer(json, "rows", (gint64)summary->rows);
    plx_json_integer(json, "observations", (gint64)outcome->observations);
    plx_json_integer(json, "known", (gint64)outcome->known);
    plx_json_integer(json, "replaced", (gint64)outcome->replaced);
    plx_json_integer(json, "repeated", (gint64)outcome->repeated);
    plx_json_integer(json, "late", (gint64)outcome->late);
    plx_json_integer(json, "duplicates", (gint64)summary->duplicates);
    plx_json_integer(json, "rejected", (gint64)summary->rejected);
}

static const char *kind_name(enum plx_subject_kind kind)
{
    static const char *const names[] = {[PLX_SUBJECT_POINT] = "point",
                                        [PLX_SUBJECT_JOURNEY] = "journey",
                                        [PLX_SUBJECT_TASK] = "task",
                                        [PLX_SUBJECT_PROMISE] = "promise"};
    return kind < G_N_ELEMENTS(names) && names[kind] ? names[kind] : "nothing";
}

static void put_counts(plx_json *json, const plx_map *map, const struct plx_answer *answer)
{
    const struct plx_table *const table = &answer->tables[0];
    plx_json_integer(json, "encounters", (gint64)answer->encounters);
    plx_json_integer(json, "respondents", (gint64)answer->respondents);
    plx_json_begin_array(json, "counts");
    for (guint c = 0; c < table->n_cells; c++) {
        const struct plx_cell *const cell = &table->cells[c];
        const struct plx_subject *const subject = &answer->subjects[cell->subject];
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "audience", map->audiences[cell->audience].id);
        plx_json_string(json, "audience_title", map->audiences[cell->audience].title);
        plx_json_string(json, "kind", kind_name(subject->kind));
        plx_json_string(json, "id", subject->id);
        plx_json_string(json, "title", subject->title);
        plx_json_integer(json, "observations", (gint64)cell->rows);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void put_scales(plx_json *json, const plx_map *map, guint32 scaled)
{
    plx_json_begin_array(json, "scales");
    for (guint a = 0; a < map->n_audiences; a++) {
        if (!(scaled >> a & 1))
            continue;
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "audience", map->audiences[a].id);
        plx_json_string(json, "audience_title", map->audiences[a].title);
        plx_json_integer(json, "min", map->audiences[a].scale->min);
        plx_json_integer(json, "max", map->audiences[a].scale->max);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

gboolean plx_import_told_done(struct plx_import_told *told, plx_source *source, const plx_map *map,
                              guint32 scaled, const struct plx_file_summary *summary,
                              const struct plx_import_outcome *outcome, GError **error)
{
    const struct plx_need need = {.kinds = PLX_NEED_COUNTS, .measures = G_MAXUINT32};
    struct plx_answer *answer = NULL;
    put_outcome(told, summary, outcome);
    put_scales(told->json, map, scaled);
    put_rows(told);
    put_rejects(told);
    /* Of the second reading nothing is told. */
    g_ptr_array_set_size(told->rows, 0);
    if (source && !plx_source_ask(source, &need, 1, &answer, error))
        return FALSE;
    if (answer)
        put_counts(told->json, source->map, answer);
    plx_answer_free(answer);
    return TRUE;
}

void plx_import_told_failed(struct plx_import_told *told, const GError *error)
{
    if (!told->open) {
        told->open = TRUE;
        plx_json_begin_object(told->json, NULL);
        plx_json_null(told->json, "file");
    }
    put_rows(told);
    plx_json_string(told->json, "problem", error->message);
}
