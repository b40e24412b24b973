/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One point, place by place or month by month: a line per voice. */
#include "report/point_parts.h"

#include "report/term.h"
#include "report/view.h"
#include "report/words.h"

#include <string.h>

#define KEY 18 /* columns: of the place, */
#define WHO 15 /* the voice, */
#define N 7    /* its answers, */
#define MEAN 15
#define MET 15

/* Leaders that stay whole say the same in every group: once is enough. */
static gboolean is_whole(const plx_gaps *split, guint audience)
{
    for (guint i = 0; i < split->n_notes; i++)
        if (strcmp(split->notes[i].code, "whole_audience") == 0 &&
            g_strcmp0(split->notes[i].detail, "place") == 0 &&
            split->notes[i].audience == (gint)audience)
            return TRUE;
    return FALSE;
}

static void append_right(GString *row, const char *text, guint width)
{
    for (guint i = plx_term_width(text); i < width; i++)
        g_string_append_c(row, ' ');
    g_string_append(row, text);
    g_string_append(row, "  ");
}

static void append_numbers(const struct plx_voice *voice, GString *row)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_words_count(text, voice->n);
    append_right(row, text->str, N);
    g_string_truncate(text, 0);
    plx_words_voice_mean(voice, text);
    plx_term_fit(row, text->str, MEAN);
    g_string_append(row, "  ");
    g_string_truncate(text, 0);
    plx_words_percent(text, voice->met_share);
    append_right(row, text->str, MET);
}

static void print_row(struct plx_point_view *view, const plx_gaps *split, const char *key,
                      const struct plx_voice *voice)
{
    g_autoptr(GString) row = g_string_new("  ");
    plx_term_fit(row, key, KEY);
    g_string_append(row, "  ");
    plx_term_fit(row, plx_words_voice(split, (gint)voice->audience), WHO);
    g_string_append(row, "  ");
    append_numbers(voice, row);
    if (voice->persons > voice->n)
        /* A workshop table gave one answer: the minimum is of people. */
        g_string_append_printf(row, "from %" G_GINT64_FORMAT " people", voice->persons);
    g_string_append_printf(view->out, "%s\n", g_strchomp(row->str));
}

/* What is hidden, or the same everywhere, has no row: the notes say so. */
static gboolean has_row(const plx_gaps *split, const struct plx_voice *voice)
{
    return voice->suppressed == PLX_SHOWN && voice->n != 0 && !is_whole(split, voice->audience);
}

static void clear_row(gpointer row)
{
    g_free(((struct plx_point_row *)row)->key);
}

static void add_group(const plx_gaps *split, const struct plx_gaps_group *group, GArray *rows)
{
    /* The served first, as everywhere. */
    for (guint pass = 0; group->n_points && pass < 2; pass++)
        for (guint i = 0; i < group->points[0].n_voices; i++) {
            const struct plx_voice *voice = &group->points[0].voices[i];
            if (split->served[voice->audience] != (pass == 0) || voice->label ||
                !has_row(split, voice))
                continue;
            const struct plx_point_row row = {g_strdup(plx_words_key(group->key)), voice, FALSE};
            g_array_append_val(rows, row);
        }
}

/* Several places whose staff are shown as one have one row: behind the others, under its label. */
static void add_merged(const plx_gaps *split, gboolean whole, GArray *rows)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint g = 0; g < split->n_groups; g++) {
        const struct plx_gaps_group *group = &split->groups[g];
        for (guint i = 0; group->n_points && i < group->points[0].n_voices; i++) {
            const struct plx_voice *voice = &group->points[0].voices[i];
            if (!voice->label || !has_row(split, voice) ||
                !g_hash_table_add(seen, g_strdup_printf("%u %s", voice->audience, voice->label)))
                continue;
            GString *const label = g_string_new(NULL);
            plx_words_names(voice->label, whole, label);
            const struct plx_point_row row = {g_string_free(label, FALSE), voice, TRUE};
            g_array_append_val(rows, row);
        }
    }
}

GArray *plx_point_split_rows(const plx_gaps *split, gboolean whole)
{
    GArray *const rows = g_array_new(FALSE, FALSE, sizeof(struct plx_point_row));
    g_array_set_clear_func(rows, clear_row);
    for (guint i = 0; i < split->n_groups; i++)
        add_group(split, &split->groups[i], rows);
    add_merged(split, whole, rows);
    return rows;
}

/* Its key, once for all who answered there; one that is too long has a line of its own. */
static void print_rows(struct plx_point_view *view, const plx_gaps *split)
{
    g_autoptr(GArray) rows = plx_point_split_rows(split, view->options->verbose);
    for (guint i = 0; i < rows->len; i++) {
        const struct plx_point_row *row = &g_array_index(rows, struct plx_point_row, i);
        const char *key = row->key;
        if (i > 0 && !row->merged && strcmp(row[-1].key, key) == 0)
            key = "";
        if (row->merged && plx_term_width(key) > KEY) {
            plx_term_wrap(view->out, view->options, PLX_STYLE_PLAIN, 2, key);
            key = "";
        }
        print_row(view, split, key, row->voice);
    }
}

void plx_point_print_split(struct plx_point_view *view, const plx_gaps *split, const char *heading)
{
    if (!split || split->n_groups < 2)
        return;
    plx_term_wrap(view->out, view->options, PLX_STYLE_BOLD, 2, heading);
    g_autoptr(GString) head = g_string_new("  ");
    plx_term_fit(head, "", KEY);
    g_string_append(head, "  ");
    plx_term_fit(head, "", WHO);
    g_string_append(head, "  ");
    append_right(head, "answers", N);
    plx_term_fit(head, "mean (range)", MEAN);
    g_string_append(head, "  ");
    append_right(head, "met or exceeded", MET);
    plx_term_style(view->out, view->options, PLX_STYLE_DIM, g_strchomp(head->str));
    g_string_append_c(view->out, '\n');
    print_rows(view, split);
    plx_term_wrap(view->out, view->options, PLX_STYLE_DIM, 2,
                  "Who is too few to be shown alone is shown together with others or left out.");
    g_string_append_c(view->out, '\n');
}
