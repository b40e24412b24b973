/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workshop/guess_sheet.h"

#include "base/error.h"
#include "base/id.h"
#include "workshop/sheet_private.h"

#include <string.h>

enum { AUDIENCE, RESPONDENT, TIME, WORKSHOP, SOURCE, SEEN, POINT, BELIEVED, N_TITLES };

/* Columns of the grid; the points follow. */
enum { WHO, SAW, WHEN, ID, FIRST_POINT };

#define SECONDS 19 /* "2026-11-26T10:14:05" */

static const char *const yes_no[] = {"yes", "no", NULL};

static gboolean is_digits(const char *text)
{
    return *text && strspn(text, "0123456789") == strlen(text);
}

/* What comes before the number of a sheet in its key. */
static char *prefix(const plx_sheet *sheet)
{
    return g_strdup_printf("%s %s ", sheet->workshop, sheet->audience);
}

static char *key_of(const plx_sheet *sheet, const char *who)
{
    g_autofree char *trimmed = plx_sheet_trim(who);
    g_autofree char *before = prefix(sheet);
    return is_digits(trimmed) ? g_strconcat(before, trimmed, NULL) : g_steal_pointer(&trimmed);
}

static const char *who_of(const plx_sheet *sheet, const char *key)
{
    g_autofree char *before = prefix(sheet);
    const gsize n = strlen(before);
    return g_str_has_prefix(key, before) && is_digits(key + n) ? key + n : key;
}

/* The grid's row of a person and a time whose cell is still empty; a new one where there is none:
 * somebody who is there twice is seen twice, and marked. */
static guint row_of(const plx_sheet *sheet, const char *who, const char *time, guint column)
{
    plx_entry *const grid = sheet->grid;
    guint row = plx_entry_rows(grid);
    while (row-- > 0) {
        if (strcmp(plx_entry_cell(grid, row, WHO), who) != 0 ||
            strcmp(plx_entry_cell(grid, row, WHEN), time) != 0)
            continue;
        if (!*plx_entry_cell(grid, row, column))
            return row;
        break;
    }
    const guint fresh = plx_entry_state(grid, 0) == PLX_ROW_EMPTY ? 0 : plx_entry_append(grid);
    plx_entry_set(grid, fresh, WHO, who);
    plx_entry_set(grid, fresh, WHEN, time);
    return fresh;
}

static gint column_of(const plx_sheet *sheet, const char *point)
{
    g_autofree char *id = plx_id_new(point, strlen(point));
    const gint index = id ? plx_map_find_point(sheet->map, id) : -1;
    for (guint i = 0; i < sheet->n_points; i++)
        if ((gint)sheet->points[i] == index)
            return (gint)(FIRST_POINT + i);
    return -1;
}

static const char *saw_of(const char *seen)
{
    static const char *const texts[][2] = {{"", ""}, {"0", "no"}, {"1", "yes"}};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        if (strcmp(seen, texts[i][0]) == 0)
            return texts[i][1];
    return NULL;
}

static gint take(plx_sheet *sheet, char **fields)
{
    const gint column = column_of(sheet, fields[POINT]);
    const char *const saw = saw_of(fields[SEEN]);
    const char *const who = who_of(sheet, fields[RESPONDENT]);
    if (column < 0 || !saw || !*who || !*fields[BELIEVED] ||
        strcmp(fields[AUDIENCE], sheet->audience) != 0 ||
        strcmp(fields[WORKSHOP], sheet->workshop) != 0 ||
        strcmp(fields[SOURCE], PLX_SHEET_SOURCE) != 0)
        return -1;
    const guint row = row_of(sheet, who, fields[TIME], (guint)column);
    plx_entry_set(sheet->grid, row, SAW, saw);
    plx_entry_set(sheet->grid, row, (guint)column, fields[BELIEVED]);
    return (gint)row;
}

static void put(plx_sheet *sheet, guint row, GPtrArray *rows)
{
    const char *const saw = plx_entry_cell(sheet->grid, row, SAW);
    for (guint i = 0; i < sheet->n_points; i++) {
        const char *const believed = plx_entry_cell(sheet->grid, row, FIRST_POINT + i);
        if (!*believed)
            continue;
        char **const fields = g_new0(char *, N_TITLES + 1);
        fields[AUDIENCE] = g_strdup(sheet->audience);
        fields[RESPONDENT] = key_of(sheet, plx_entry_cell(sheet->grid, row, WHO));
        fields[TIME] = g_strdup(plx_entry_cell(sheet->grid, row, WHEN));
        fields[WORKSHOP] = g_strdup(sheet->workshop);
        fields[SOURCE] = g_strdup(PLX_SHEET_SOURCE);
        fields[SEEN] = g_strdup(*saw ? (strcmp(saw, "yes") == 0 ? "1" : "0") : "");
        fields[POINT] = g_strdup(sheet->map->points[sheet->points[i]].id);
        fields[BELIEVED] = g_strdup(believed);
        g_ptr_array_add(rows, fields);
    }
}

static gboolean has_guess(const plx_sheet *sheet, guint row)
{
    for (guint i = 0; i < sheet->n_points; i++)
        if (*plx_entry_cell(sheet->grid, row, FIRST_POINT + i))
            return TRUE;
    return FALSE;
}

static void tell(const plx_sheet *sheet, GString *lines)
{
    for (guint row = 0; row < plx_entry_rows(sheet->grid); row++)
        if (plx_entry_state(sheet->grid, row) == PLX_ROW_COMPLETE && !has_guess(sheet, row))
            g_string_append_printf(lines, "row %u (%s) has no guess: not saved\n", row + 1,
                                   plx_entry_cell(sheet->grid, row, WHO));
}

/* One row is one person. */
static char *fault(const plx_entry *grid, guint row, guint column, gpointer data)
{
    const plx_sheet *const sheet = data;
    if (column != WHO || !*plx_entry_cell(grid, row, WHO))
        return NULL;
    g_autofree char *key = key_of(sheet, plx_entry_cell(grid, row, WHO));
    for (guint i = 0; i < row; i++) {
        g_autofree char *other = key_of(sheet, plx_entry_cell(grid, i, WHO));
        if (strcmp(key, other) == 0)
            return g_strdup_printf("%s is in row %u already: expected another person",
                                   who_of(sheet, key), i + 1);
    }
    return NULL;
}

static const struct plx_sheet_kind kind = {
    .n_titles = N_TITLES,
    .titles = {[AUDIENCE] = "audience",
               [RESPONDENT] = "respondent",
               [TIME] = "time",
               [WORKSHOP] = "workshop",
               [SOURCE] = "source",
               [SEEN] = "seen",
               [POINT] = "point",
               [BELIEVED] = "believed"},
    .take = take,
    .put = put,
    .tell = tell,
};

/* Points of the journey (-1: of all) in map order, each once. */
static void find_points(plx_sheet *sheet, gint journey)
{
    const plx_map *const map = sheet->map;
    g_autofree gboolean *has = g_new0(gboolean, map->n_points + 1);
    sheet->points = g_new0(guint, map->n_points + 1);
    for (guint j = 0; j < map->n_journeys; j++) {
        if (journey >= 0 && (guint)journey != j)
            continue;
        for (guint t = 0; t < map->journeys[j].n_transactions; t++) {
            const struct plx_transaction *const part = &map->journeys[j].transactions[t];
            for (guint p = 0; p < part->n_points; p++) {
                if (!has[part->points[p]])
                    sheet->points[sheet->n_points++] = part->points[p];
                has[part->points[p]] = TRUE;
            }
        }
    }
}

static void make_grid(plx_sheet *sheet)
{
    const guint n = FIRST_POINT + sheet->n_points;
    g_autofree struct plx_entry_column *columns = g_new0(struct plx_entry_column, n);
    columns[WHO] = (struct plx_entry_column){
        .title = "who", .about = "The number on the sheet, or a name", .width = 14, .needed = TRUE};
    columns[SAW] = (struct plx_entry_column){.title = "seen",
                                             .about = "Had seen results before? y, n, or Enter",
                                             .kind = PLX_COLUMN_CHOICE,
                                             .choices = yes_no,
                                             .width = 4,
                                             .fast = TRUE};
    columns[WHEN] = (struct plx_entry_column){.title = "time", .hidden = TRUE};
    columns[ID] = (struct plx_entry_column){.title = "id", .hidden = TRUE};
    for (guint i = 0; i < sheet->n_points; i++)
        columns[FIRST_POINT + i] =
            (struct plx_entry_column){.title = sheet->map->points[sheet->points[i]].title,
                                      .kind = PLX_COLUMN_NUMBER,
                                      .max = 10,
                                      .width = 3,
                                      .fast = TRUE,
                                      .ten = TRUE};
    const struct plx_entry_rules rules = {.fault = fault, .data = sheet};
    sheet->grid = plx_entry_new(columns, n, &rules);
    sheet->time_column = WHEN;
    sheet->id_column = ID;
    sheet->time_length = SECONDS;
}

plx_sheet *plx_guess_sheet_new(const struct plx_sheet_options *options, GError **error)
{
    gint journey = -1;
    if (options->journey) {
        journey = plx_map_find_journey(options->map, options->journey);
        if (journey < 0) {
            plx_error(error, PLX_ERROR_NOT_FOUND, "the map has no journey \"%s\"",
                      options->journey);
            return NULL;
        }
    }
    if (plx_map_find_audience(options->map, options->audience) < 0) {
        plx_error(error, PLX_ERROR_NOT_FOUND, "the map has no audience \"%s\"", options->audience);
        return NULL;
    }
    g_autoptr(plx_sheet) sheet = plx_sheet_new(&kind, options);
    find_points(sheet, journey);
    if (sheet->n_points == 0) {
        plx_error(error, PLX_ERROR_NOT_FOUND,
                  "the map has no points to guess about; put one in force: parallax map apply");
        return NULL;
    }
    make_grid(sheet);
    return g_steal_pointer(&sheet);
}
