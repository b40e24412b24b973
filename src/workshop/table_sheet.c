/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workshop/table_sheet.h"

#include "workshop/sheet_private.h"

#include <string.h>

enum {
    F_AUDIENCE,
    F_ENCOUNTER,
    F_TIME,
    F_WORKSHOP,
    F_TABLE,
    F_PEOPLE,
    F_SOURCE,
    F_ITEM,
    F_PROMPT,
    F_SURPRISE,
    F_NOTE,
    N_TITLES
};

enum { TABLE, AUDIENCE, PEOPLE, PROMPT, SURPRISE, WHEN, ID, ITEM, WORDS, N_COLUMNS };

#define DAY 10        /* characters of 2026-11-26 */
#define PEOPLE_MAX 99 /* at one table */

static const char *const prompts[] = {"well",   "improve", "competitors", "continue",
                                      "easier", "moment",  NULL};
static const char *const good_bad[] = {"good", "bad", "none", NULL};

static char *encounter_of(const plx_sheet *sheet, const char *table)
{
    return g_strdup_printf("%s table %s", sheet->workshop, table);
}

static gint take(plx_sheet *sheet, char **fields)
{
    g_autofree char *encounter = encounter_of(sheet, fields[F_TABLE]);
    if (strcmp(fields[F_WORKSHOP], sheet->workshop) != 0 || !*fields[F_TABLE] ||
        strcmp(fields[F_SOURCE], PLX_SHEET_SOURCE) != 0 ||
        strcmp(fields[F_ENCOUNTER], encounter) != 0 || !g_strv_contains(prompts, fields[F_PROMPT]))
        return -1;
    plx_entry *const grid = sheet->grid;
    const guint row = plx_entry_state(grid, 0) == PLX_ROW_EMPTY ? 0 : plx_entry_append(grid);
    plx_entry_set(grid, row, TABLE, fields[F_TABLE]);
    plx_entry_set(grid, row, AUDIENCE, fields[F_AUDIENCE]);
    plx_entry_set(grid, row, PEOPLE, fields[F_PEOPLE]);
    plx_entry_set(grid, row, PROMPT, fields[F_PROMPT]);
    plx_entry_set(grid, row, SURPRISE, fields[F_SURPRISE]);
    plx_entry_set(grid, row, WHEN, fields[F_TIME]);
    plx_entry_set(grid, row, ITEM, fields[F_ITEM]);
    plx_entry_set(grid, row, WORDS, fields[F_NOTE]);
    return (gint)row;
}

static gboolean same_table(const plx_entry *grid, guint a, guint b)
{
    g_autofree char *one = plx_sheet_trim(plx_entry_cell(grid, a, TABLE));
    g_autofree char *other = plx_sheet_trim(plx_entry_cell(grid, b, TABLE));
    return strcmp(one, other) == 0;
}

/* Answers are told apart by a number that stays with them. */
static void number(plx_entry *grid, guint row)
{
    if (*plx_entry_cell(grid, row, ITEM))
        return;
    guint64 most = 0;
    for (guint i = 0; i < plx_entry_rows(grid); i++)
        most = MAX(most, g_ascii_strtoull(plx_entry_cell(grid, i, ITEM), NULL, 10));
    g_autofree char *text = g_strdup_printf("%" G_GUINT64_FORMAT, most + 1);
    plx_entry_set(grid, row, ITEM, text);
}

static void put(plx_sheet *sheet, guint row, GPtrArray *rows)
{
    plx_entry *const grid = sheet->grid;
    number(grid, row);
    char **const fields = g_new0(char *, N_TITLES + 1);
    fields[F_TABLE] = plx_sheet_trim(plx_entry_cell(grid, row, TABLE));
    fields[F_AUDIENCE] = g_strdup(plx_entry_cell(grid, row, AUDIENCE));
    fields[F_ENCOUNTER] = encounter_of(sheet, fields[F_TABLE]);
    fields[F_TIME] = g_strdup(plx_entry_cell(grid, row, WHEN));
    fields[F_WORKSHOP] = g_strdup(sheet->workshop);
    fields[F_PEOPLE] = g_strdup(plx_entry_cell(grid, row, PEOPLE));
    fields[F_SOURCE] = g_strdup(PLX_SHEET_SOURCE);
    fields[F_ITEM] = g_strdup(plx_entry_cell(grid, row, ITEM));
    fields[F_PROMPT] = g_strdup(plx_entry_cell(grid, row, PROMPT));
    fields[F_SURPRISE] = g_strdup(plx_entry_cell(grid, row, SURPRISE));
    fields[F_NOTE] = plx_sheet_trim(plx_entry_cell(grid, row, WORDS));
    g_ptr_array_add(rows, fields);
}

static gboolean has_answer(const plx_entry *grid, guint row)
{
    for (guint i = 0; i < plx_entry_rows(grid); i++)
        if (same_table(grid, i, row) && plx_entry_state(grid, i) == PLX_ROW_COMPLETE)
            return TRUE;
    return FALSE;
}

static gboolean is_first(const plx_entry *grid, guint row)
{
    for (guint i = 0; i < row; i++)
        if (same_table(grid, i, row))
            return FALSE;
    return TRUE;
}

/* A sheet on which nothing was written. */
static void tell(const plx_sheet *sheet, GString *lines)
{
    const plx_entry *const grid = sheet->grid;
    for (guint row = 0; row < plx_entry_rows(grid); row++) {
        g_autofree char *table = plx_sheet_trim(plx_entry_cell(grid, row, TABLE));
        if (*table && is_first(grid, row) && !has_answer(grid, row))
            g_string_append_printf(lines, "table %s has no answers: not saved\n", table);
    }
}

/* Audience and people of a table are what its first row says. */
static char *table_fault(const plx_entry *grid, guint row, guint column)
{
    const char *const text = plx_entry_cell(grid, row, column);
    if (!*text || !*plx_entry_cell(grid, row, TABLE))
        return NULL;
    for (guint i = 0; i < row; i++) {
        const char *const other = plx_entry_cell(grid, i, column);
        if (!*other || !same_table(grid, i, row))
            continue;
        if (strcmp(text, other) == 0)
            return NULL;
        return g_strdup_printf(column == AUDIENCE
                                   ? "%s: expected %s, as table %s is in row %u: a table has one "
                                     "audience"
                                   : "%s: expected %s, as table %s is in row %u: a table has one "
                                     "number of people",
                               text, other, plx_entry_cell(grid, row, TABLE), i + 1);
    }
    return NULL;
}

static gboolean asks_good_or_bad(const plx_entry *grid, guint row)
{
    return strcmp(plx_entry_cell(grid, row, PROMPT), "competitors") == 0;
}

static char *fault(const plx_entry *grid, guint row, guint column, gpointer data)
{
    (void)data;
    if (column == AUDIENCE || column == PEOPLE)
        return table_fault(grid, row, column);
    const char *const text = plx_entry_cell(grid, row, column);
    if (column == SURPRISE && *text && !asks_good_or_bad(grid, row))
        return g_strdup_printf("%s: only what competitors do is good or bad; expected nothing",
                               text);
    return NULL;
}

static gboolean skips(const plx_entry *grid, guint row, guint column, gpointer data)
{
    (void)data;
    return column == SURPRISE && !asks_good_or_bad(grid, row) &&
           !*plx_entry_cell(grid, row, column);
}

static const struct plx_sheet_kind kind = {
    .n_titles = N_TITLES,
    .titles = {[F_AUDIENCE] = "audience",
               [F_ENCOUNTER] = "encounter",
               [F_TIME] = "time",
               [F_WORKSHOP] = "workshop",
               [F_TABLE] = "table",
               [F_PEOPLE] = "group_size",
               [F_SOURCE] = "source",
               [F_ITEM] = "item",
               [F_PROMPT] = "prompt",
               [F_SURPRISE] = "surprise",
               [F_NOTE] = "note"},
    .take = take,
    .put = put,
    .tell = tell,
};

plx_sheet *plx_table_sheet_new(const struct plx_sheet_options *options)
{
    plx_sheet *const sheet = plx_sheet_new(&kind, options);
    sheet->choices = g_new0(const char *, options->map->n_audiences + 1);
    for (guint i = 0; i < options->map->n_audiences; i++)
        sheet->choices[i] = options->map->audiences[i].id;
    const struct plx_entry_column columns[N_COLUMNS] = {
        [TABLE] = {.title = "table",
                   .about = "The table's number or name, as on its sheet",
                   .width = 8,
                   .needed = TRUE,
                   .carried = TRUE},
        [AUDIENCE] = {.title = "audience",
                      .about = "Who sits there, by first letters",
                      .kind = PLX_COLUMN_CHOICE,
                      .choices = sheet->choices,
                      .width = 9,
                      .needed = TRUE,
                      .carried = TRUE,
                      .fast = TRUE},
        [PEOPLE] = {.title = "people",
                    .about = "How many sit at the table",
                    .kind = PLX_COLUMN_NUMBER,
                    .min = 1,
                    .max = PEOPLE_MAX,
                    .width = 6,
                    .needed = TRUE,
                    .carried = TRUE},
        [PROMPT] = {.title = "question",
                    .about = "w well  i improve  c competitors  n continue  e easier  m moment",
                    .kind = PLX_COLUMN_CHOICE,
                    .choices = prompts,
                    .letters = "wicnem",
                    .width = 11,
                    .needed = TRUE,
                    .fast = TRUE},
        [SURPRISE] = {.title = "good",
                      .about = "What competitors do differently: g good, b bad, n neither",
                      .kind = PLX_COLUMN_CHOICE,
                      .choices = good_bad,
                      .letters = "gbn",
                      .width = 4,
                      .fast = TRUE},
        [WHEN] = {.title = "time", .hidden = TRUE},
        [ID] = {.title = "id", .hidden = TRUE},
        [ITEM] = {.title = "item", .hidden = TRUE},
        [WORDS] = {.title = "words", .about = "The answer, as it is written", .needed = TRUE}};
    const struct plx_entry_rules rules = {.fault = fault, .skips = skips, .data = sheet};
    sheet->grid = plx_entry_new(columns, N_COLUMNS, &rules);
    sheet->time_column = WHEN;
    sheet->id_column = ID;
    sheet->time_length = DAY;
    return sheet;
}
