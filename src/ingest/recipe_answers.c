/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of a drafted recipe that says what was asked. */
#include "base/id.h"
#include "ingest/recipe_draft.h"
#include "ingest/recipe_ladder.h"

#include <string.h>

/* Shared words of two titles, as a share of all their words. */
static double likeness(const char *a, const char *b)
{
    g_autofree char *ia = plx_id_new(a, strlen(a));
    g_autofree char *ib = plx_id_new(b, strlen(b));
    if (!ia || !ib)
        return 0;
    g_auto(GStrv) wa = g_strsplit(ia, "-", -1);
    g_auto(GStrv) wb = g_strsplit(ib, "-", -1);
    guint shared = 0;
    for (char **word = wa; *word; word++)
        shared += g_strv_contains((const char *const *)wb, *word) ? 1 : 0;
    guint all = g_strv_length(wa) + g_strv_length(wb) - shared;
    return all > 0 ? (double)shared / (double)all : 0;
}

static const struct plx_point *match_point(const struct plx_draft *d, const char *title)
{
    const struct plx_point *best = NULL;
    double most = 0.3; /* below that the words are chance */
    for (guint i = 0; i < d->map->n_points + d->map->n_vignettes; i++) {
        double like = likeness(title, d->map->points[i].title);
        if (like > most) {
            most = like;
            best = &d->map->points[i];
        }
    }
    return best;
}

/* A column of marks; of marks in words with the number of each. */
static void append_marks(const struct plx_draft *d, guint i)
{
    const gint ladder = d->columns[i].ladder;
    if (ladder < 0) {
        plx_draft_pick(d, i);
        return;
    }
    g_autoptr(GList) words =
        g_list_sort(g_hash_table_get_keys(d->look->columns[i].values), plx_draft_compare);
    plx_draft_open_pick(d, i);
    const char *between = ", values: {";
    for (guint rung = 1; rung <= plx_ladder_rungs(ladder); rung++) {
        for (GList *word = words; word; word = word->next) {
            if (plx_ladder_rung(ladder, word->data) != rung)
                continue;
            g_string_append(d->out, between);
            plx_draft_text(d->out, word->data);
            g_string_append_printf(d->out, ": %u", rung);
            between = ", ";
        }
    }
    g_string_append(d->out, "}}");
}

static void append_point(const struct plx_draft *d, guint i, const char *title)
{
    g_string_append(d->out, "  ");
    plx_draft_text(d->out, title);
    g_string_append(d->out, ": {level: ");
    append_marks(d, i);
    g_string_append(d->out, "}\n");
}

/* A wide file: one point per column of marks. */
static void append_points(const struct plx_draft *d)
{
    const gboolean closed = plx_map_is_closed(d->map);
    g_string_append(d->out, "\n# Each column of marks is a point. Two measures of one point are "
                            "written\n#   Title: {level: COLUMN, expected: COLUMN}\npoints:\n");
    g_autoptr(GHashTable) used = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < d->look->n; i++) {
        const char *title = d->look->columns[i].title;
        if (d->columns[i].role != PLX_ROLE_RATING ||
            !g_hash_table_add(used, (gpointer)(guintptr)title))
            continue;
        const struct plx_point *point = closed ? match_point(d, title) : NULL;
        if (point && !g_hash_table_add(used, point->id))
            point = NULL;
        if (closed && !point) {
            g_string_append(d->out, "  # no point of the map shares its words: ");
            plx_draft_text(d->out, title);
            g_string_append_c(d->out, '\n');
            continue;
        }
        append_point(d, i, point ? point->id : title);
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

/* What is asked once per journey; a closed map's first journey stands in. */
static void append_recommend(const struct plx_draft *d)
{
    const gint i = plx_draft_find(d, PLX_ROLE_RECOMMEND);
    if (i < 0)
        return;
    g_string_append(d->out, "\n# Would they recommend us, 0 to 10: asked of a whole journey, not "
                            "of a point. Which one is yours to say.\n"
                            "views:\n  - {journey: {constant: ");
    plx_draft_text(d->out, plx_map_is_closed(d->map) && d->map->n_journeys > 0
                               ? d->map->journeys[0].id
                               : "The whole visit");
    g_string_append(d->out, "}, recommend: ");
    plx_draft_pick(d, (guint)i);
    g_string_append(d->out, "}\n");
}

void plx_draft_answers(const struct plx_draft *draft)
{
    const gint rating = plx_draft_find(draft, PLX_ROLE_RATING);
    if (plx_draft_find(draft, PLX_ROLE_POINT) >= 0 && rating >= 0) {
        g_string_append(draft->out,
                        "\n# One row is one answer: the column that names the point, and the "
                        "one with the mark.\n");
        plx_draft_column(draft, "point", PLX_ROLE_POINT);
        g_string_append(draft->out, "level: ");
        append_marks(draft, (guint)rating);
        g_string_append_c(draft->out, '\n');
        append_note(draft);
        return;
    }
    if (rating >= 0)
        append_points(draft);
    else if (plx_draft_find(draft, PLX_ROLE_RECOMMEND) < 0)
        g_string_append(draft->out,
                        "\n# No column looks like marks (whole numbers from 0 to 10, or words "
                        "in an order known here).\n# Write the title of yours:\npoints:\n"
                        "  My point: {level: TITLE OF A COLUMN}\n");
    append_recommend(draft);
    append_note(draft);
}
