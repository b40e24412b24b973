/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of a drafted recipe that says what was asked. */
#include "base/id.h"
#include "ingest/recipe_draft.h"
#include "ingest/recipe_ladder.h"

#include <string.h>

/* Was the text among those that people were to say something of? */
static gboolean is_asked(const struct plx_draft *d, guint i, const char *text)
{
    const struct plx_choice *const chosen = d->columns[i].chosen;
    for (guint k = 0; chosen && chosen->values && chosen->values[k]; k += 2)
        if (strcmp(chosen->values[k], text) == 0)
            return TRUE;
    return FALSE;
}

/* ", values: {Poor: 1" or ", Good: 4" where the text stands for this mark; "" is one that is still
 * to be said. */
static guint append_mark(const struct plx_draft *d, guint i, const char *text, const char *mark,
                         guint before)
{
    char number[24];
    const char *const to = plx_draft_meaning(d, i, text, number);
    if (g_strcmp0(to, *mark ? mark : NULL) != 0 || (!to && !is_asked(d, i, text)))
        return 0;
    g_string_append(d->out, before == 0 ? ", values: {" : ", ");
    plx_draft_text(d->out, text);
    g_string_append_printf(d->out, ": %s", to ? to : "\"?\"");
    return 1;
}

/* A column of marks; of marks in words with the number of each, the lowest first. */
static void append_marks(const struct plx_draft *d, guint i)
{
    const struct plx_draft_column *const column = &d->columns[i];
    if (column->ladder < 0 && !(column->chosen && column->chosen->values)) {
        plx_draft_pick(d, i);
        return;
    }
    g_autoptr(GList) words =
        g_list_sort(g_hash_table_get_keys(d->look->columns[i].values), plx_draft_compare);
    guint n = 0;
    plx_draft_open_pick(d, i);
    for (gint64 mark = column->low; mark <= column->high + 1; mark++) {
        char text[24] = "";
        if (mark <= column->high)
            g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT, mark);
        for (GList *word = words; word; word = word->next)
            n += append_mark(d, i, word->data, text, n);
    }
    g_string_append(d->out, n > 0 ? "}}" : "}");
}

static const char *measure_of(const struct plx_draft *d, guint i)
{
    return d->columns[i].measure ? d->columns[i].measure : "level";
}

/* All columns that ask about the point of column i, which is the first of them. */
static void append_point(const struct plx_draft *d, guint i)
{
    const char *const subject = d->columns[i].subject;
    g_autoptr(GHashTable) used = g_hash_table_new(g_str_hash, g_str_equal);
    g_string_append(d->out, "  ");
    plx_draft_text(d->out, subject);
    g_string_append(d->out, ": {");
    for (guint k = i; k < d->look->n; k++) {
        if (d->columns[k].role != PLX_ROLE_RATING || g_strcmp0(d->columns[k].subject, subject) != 0)
            continue;
        const char *const measure = measure_of(d, k);
        if (!g_hash_table_add(used, (gpointer)(guintptr)measure))
            continue;
        g_string_append_printf(d->out, "%s%s: ", k > i ? ", " : "", measure);
        append_marks(d, k);
    }
    g_string_append(d->out, "}\n");
}

/* A wide file: one point per column of marks. */
static void append_points(const struct plx_draft *d)
{
    g_string_append(d->out, "\n# Each column of marks is a point. Two measures of one point are "
                            "written\n#   Title: {level: COLUMN, expected: COLUMN}\npoints:\n");
    g_autoptr(GHashTable) used = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < d->look->n; i++) {
        if (d->columns[i].role != PLX_ROLE_RATING)
            continue;
        if (!d->columns[i].subject) {
            g_string_append(d->out, "  # no point of the map shares its words: ");
            plx_draft_text(d->out, d->look->columns[i].title);
            g_string_append_c(d->out, '\n');
        } else if (g_hash_table_add(used, d->columns[i].subject))
            append_point(d, i);
    }
}

static void append_note(const struct plx_draft *d)
{
    const gint note = plx_draft_find(d, PLX_ROLE_NOTE);
    if (note < 0)
        return;
    plx_draft_column(d, "note", PLX_ROLE_NOTE);
    g_string_append(d->out, "prompt: {constant: comment}\n");
}

static const char *journey_of(const struct plx_draft *d, guint i)
{
    if (d->columns[i].subject)
        return d->columns[i].subject;
    return plx_map_is_closed(d->map) && d->map->n_journeys > 0 ? d->map->journeys[0].id
                                                               : "The whole visit";
}

/* What is asked once per journey; a closed map's first journey stands in. */
static void append_journeys(const struct plx_draft *d)
{
    const char *head = "views:\n";
    for (guint i = 0; i < d->look->n; i++) {
        const gboolean overall = d->columns[i].role == PLX_ROLE_OVERALL;
        if (!overall && d->columns[i].role != PLX_ROLE_RECOMMEND)
            continue;
        if (*head)
            g_string_append_c(d->out, '\n');
        if (*head && !d->columns[i].chosen)
            g_string_append(d->out, overall ? "# How the whole was: asked of a journey, not of a "
                                              "point. Which one is yours to say.\n"
                                            : "# Would they recommend us, 0 to 10: asked of a "
                                              "whole journey, not of a point. Which one is yours "
                                              "to say.\n");
        g_string_append_printf(d->out, "%s  - {journey: {constant: ", head);
        head = "";
        plx_draft_text(d->out, journey_of(d, i));
        g_string_append_printf(d->out, "}, %s: ", overall ? "overall" : "recommend");
        append_marks(d, i);
        g_string_append(d->out, "}\n");
    }
}

/* A row is one answer: its marks, each of a measure of its own. */
static void append_row_marks(const struct plx_draft *d)
{
    g_autoptr(GHashTable) used = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < d->look->n; i++) {
        const char *const measure = measure_of(d, i);
        if (d->columns[i].role != PLX_ROLE_RATING ||
            !g_hash_table_add(used, (gpointer)(guintptr)measure))
            continue;
        g_string_append_printf(d->out, "%s: ", measure);
        append_marks(d, i);
        g_string_append_c(d->out, '\n');
    }
}

void plx_draft_answers(const struct plx_draft *draft)
{
    const gint rating = plx_draft_find(draft, PLX_ROLE_RATING);
    if (plx_draft_find(draft, PLX_ROLE_POINT) >= 0 && rating >= 0) {
        g_string_append(draft->out,
                        "\n# One row is one answer: the column that names the point, and the "
                        "one with the mark.\n");
        plx_draft_column(draft, "point", PLX_ROLE_POINT);
        append_row_marks(draft);
        append_note(draft);
        return;
    }
    if (rating >= 0)
        append_points(draft);
    else if (plx_draft_find(draft, PLX_ROLE_RECOMMEND) < 0 &&
             plx_draft_find(draft, PLX_ROLE_OVERALL) < 0)
        g_string_append(draft->out,
                        "\n# No column looks like marks (whole numbers from 0 to 10, or words "
                        "in an order known here).\n# Write the title of yours:\npoints:\n"
                        "  My point: {level: TITLE OF A COLUMN}\n");
    append_journeys(draft);
    append_note(draft);
}
