/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/vtab_private.h"

#include <stdlib.h>
#include <string.h>

struct fixed {
    enum plx_vtab_what what;
    guint index;
    const char *type, *name;
};

static const struct fixed FIRST[] = {
    {PLX_VTAB_AUDIENCE, PLX_DIM_AUDIENCE, "TEXT", "audience"},
    {PLX_VTAB_TEXT, PLX_DIM_DATASET, "TEXT", "dataset"},
    {PLX_VTAB_ENCOUNTER, 0, "TEXT", "encounter"},
    {PLX_VTAB_RESPONDENT, 0, "TEXT", "respondent"},
    {PLX_VTAB_TIME, 0, "TEXT", "time"},
    {PLX_VTAB_JOURNEY, 0, "TEXT", "journey"},
    {PLX_VTAB_SUBJECT, PLX_SUBJECT_POINT, "TEXT", "point"},
    {PLX_VTAB_SUBJECT, PLX_SUBJECT_TASK, "TEXT", "task"},
    {PLX_VTAB_SUBJECT, PLX_SUBJECT_PROMISE, "TEXT", "promise"},
    {PLX_VTAB_TEXT, PLX_DIM_ITEM, "TEXT", "item"},
    {PLX_VTAB_TEXT, PLX_DIM_PLACE, "TEXT", "place"},
    {PLX_VTAB_TEXT, PLX_DIM_CHANNEL, "TEXT", "channel"},
    {PLX_VTAB_TEXT, PLX_DIM_LANGUAGE, "TEXT", "language"},
    {PLX_VTAB_TEXT, PLX_DIM_SOURCE, "TEXT", "source"},
    {PLX_VTAB_WEIGHT, 0, "REAL", "weight"},
    {PLX_VTAB_GROUP_SIZE, 0, "INTEGER", "group_size"},
    {PLX_VTAB_TEXT, PLX_DIM_WORKSHOP, "TEXT", "workshop"},
    {PLX_VTAB_TEXT, PLX_DIM_TABLE, "TEXT", "table"},
    {PLX_VTAB_DECIMAL, PLX_DIM_ASKED_P, "REAL", "asked_p"},
    {PLX_VTAB_SEEN, 0, "INTEGER", "seen"},
    {PLX_VTAB_SURPRISE, 0, "TEXT", "surprise"},
    {PLX_VTAB_HESITATION, 0, "INTEGER", "hesitation"},
};

static const struct fixed LAST[] = {
    {PLX_VTAB_TEXT, PLX_DIM_PROMPT, "TEXT", "prompt"},
    {PLX_VTAB_NOTE, 0, "TEXT", "note"},
    {PLX_VTAB_IMPORT, 0, "INTEGER", "import"},
    {PLX_VTAB_DAY, 0, "TEXT", "day"},
};

static void clear_column(gpointer data)
{
    struct plx_vtab_column *const column = data;
    g_free(column->name);
    g_free(column->measure);
}

static gboolean is_taken(const GArray *columns, const char *name)
{
    for (guint c = 0; c < columns->len; c++)
        if (g_ascii_strcasecmp(g_array_index(columns, struct plx_vtab_column, c).name, name) == 0)
            return TRUE;
    return FALSE;
}

/* SQL does not tell upper from lower case in names: a second one gets a number. */
static void append(GArray *columns, const struct fixed *fixed, const char *measure)
{
    struct plx_vtab_column column = {.what = fixed->what, .index = fixed->index};
    column.type = fixed->type;
    column.name = g_strdup(fixed->name);
    column.measure = g_strdup(measure);
    for (guint n = 2; is_taken(columns, column.name); n++) {
        g_free(column.name);
        column.name = g_strdup_printf("%s_%u", fixed->name, n);
    }
    g_array_append_val(columns, column);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const struct fixed *)a)->name, ((const struct fixed *)b)->name);
}

/* By name: their numbers depend on which file came first. */
static void append_segments(GArray *columns, const plx_words *words)
{
    const guint n =
        MIN(plx_words_size(words, PLX_WORD_SEGMENT_KEY), PLX_DIMS_MAX - PLX_DIM_SEGMENT);
    struct fixed segments[PLX_DIMS_MAX] = {0};
    for (guint s = 0; s < n; s++)
        segments[s] = (struct fixed){PLX_VTAB_TEXT, PLX_DIM_SEGMENT + s, "TEXT",
                                     plx_words_get(words, PLX_WORD_SEGMENT_KEY, s + 1)->text};
    qsort(segments, n, sizeof *segments, compare_names);
    for (guint s = 0; s < n; s++) {
        g_autofree char *name = g_strconcat("segment.", segments[s].name, NULL);
        segments[s].name = name;
        append(columns, &segments[s], NULL);
    }
}

GArray *plx_vtab_columns(const plx_words *words, const plx_map *map)
{
    GArray *const columns = g_array_new(FALSE, FALSE, sizeof(struct plx_vtab_column));
    g_array_set_clear_func(columns, clear_column);
    for (gsize i = 0; i < G_N_ELEMENTS(FIRST); i++)
        append(columns, &FIRST[i], NULL);
    for (guint m = 0; m < map->n_measures; m++) {
        const char *const id = map->measures[m].id;
        g_autofree char *missing = g_strconcat(id, "_missing", NULL);
        append(columns, &(struct fixed){PLX_VTAB_MEASURE, m, "INTEGER", id}, id);
        append(columns, &(struct fixed){PLX_VTAB_MISSING, m, "TEXT", missing}, id);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(LAST); i++)
        append(columns, &LAST[i], NULL);
    append_segments(columns, words);
    return columns;
}

char *plx_vtab_declaration(const GArray *columns)
{
    GString *const text = g_string_new("CREATE TABLE observation (");
    for (guint c = 0; c < columns->len; c++) {
        const struct plx_vtab_column *const column =
            &g_array_index(columns, struct plx_vtab_column, c);
        g_string_append(text, c ? ", \"" : "\"");
        for (const char *at = column->name; *at; at++)
            g_string_append_printf(text, *at == '"' ? "\"%c" : "%c", *at);
        g_string_append_printf(text, "\" %s", column->type);
    }
    g_string_append_c(text, ')');
    return g_string_free(text, FALSE);
}

/* What to decode ---------------------------------------------------------------------------- */

static gboolean is_used(guint64 used, guint column)
{
    return used >> MIN(column, 63) & 1;
}

static void want_measure(struct plx_block_wanted *wanted, const struct plx_lexicon *lexicon,
                         gint measure)
{
    for (guint m = 0; measure >= 0 && m < lexicon->n_measures; m++)
        if (lexicon->measure[m] == measure)
            plx_want(wanted, PLX_BLOCK_MEASURE + m);
}

static void want(struct plx_vtab_cursor *cursor, const struct plx_vtab_column *column)
{
    struct plx_block_wanted *const wanted = &cursor->wanted;
    switch (column->what) {
    case PLX_VTAB_TEXT:
    case PLX_VTAB_DECIMAL:
    case PLX_VTAB_AUDIENCE:
        plx_want(wanted, plx_word_kind_of_dim(column->index));
        break;
    case PLX_VTAB_JOURNEY:
        plx_want(wanted, PLX_WORD_JOURNEY);
        plx_want(wanted, PLX_WORD_SUBJECT);
        break;
    case PLX_VTAB_SUBJECT:
        plx_want(wanted, PLX_WORD_SUBJECT);
        break;
    case PLX_VTAB_RESPONDENT:
        plx_want(wanted, PLX_BLOCK_KNOWN);
        plx_want(wanted, PLX_BLOCK_UNIT);
        plx_want(wanted, PLX_BLOCK_ENCOUNTER); /* the unit's column may lean on it */
        break;
    case PLX_VTAB_ENCOUNTER:
        plx_want(wanted, PLX_BLOCK_ENCOUNTER);
        break;
    case PLX_VTAB_TIME:
        plx_want(wanted, PLX_WORD_CLOCK);
        plx_want(wanted, PLX_BLOCK_SECONDS);
        break;
    case PLX_VTAB_DAY:
        plx_want(wanted, PLX_BLOCK_SECONDS);
        break;
    case PLX_VTAB_WEIGHT:
        plx_want(wanted, PLX_BLOCK_WEIGHT);
        break;
    case PLX_VTAB_GROUP_SIZE:
        plx_want(wanted, PLX_BLOCK_GROUP_SIZE);
        break;
    case PLX_VTAB_SEEN:
        plx_want(wanted, PLX_BLOCK_SEEN);
        break;
    case PLX_VTAB_SURPRISE:
        plx_want(wanted, PLX_BLOCK_SURPRISE);
        break;
    case PLX_VTAB_HESITATION:
        plx_want(wanted, PLX_BLOCK_HESITATION);
        break;
    case PLX_VTAB_MEASURE:
    case PLX_VTAB_MISSING:
        want_measure(wanted, cursor->lexicon, cursor->measure[column->index]);
        break;
    case PLX_VTAB_NOTE:
        cursor->notes = TRUE;
        break;
    case PLX_VTAB_IMPORT:
        break;
    }
}

void plx_vtab_want(struct plx_vtab_cursor *cursor)
{
    const struct plx_vtab *const vtab = plx_vtab_of(cursor);
    const struct plx_block_wanted nothing = {0};
    cursor->wanted = nothing;
    cursor->notes = FALSE;
    for (guint c = 0; c < vtab->columns->len; c++)
        if (is_used(cursor->plan.used, c))
            want(cursor, plx_vtab_column(vtab, c));
    if (memcmp(&cursor->wanted, &nothing, sizeof nothing) != 0)
        plx_want(&cursor->wanted, PLX_BLOCK_RUNS);
}
