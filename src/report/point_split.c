/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One point, place by place or month by month: a line per voice. */
#include "report/point_parts.h"

#include "report/term.h"
#include "report/view.h"
#include "report/words.h"

#include <math.h>
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
    plx_words_mean(text, voice->mean);
    if (!voice->complete && isfinite(voice->mean_ci.lo)) {
        g_string_append(text, " (");
        plx_words_range(text, voice->mean_ci);
        g_string_append_c(text, ')');
    }
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

static void print_group(struct plx_point_view *view, const plx_gaps *split,
                        const struct plx_gaps_group *group)
{
    const char *key = plx_words_key(group);
    /* The served first, as everywhere. */
    for (guint pass = 0; group->n_points && pass < 2; pass++)
        for (guint i = 0; i < group->points[0].n_voices; i++) {
            const struct plx_voice *voice = &group->points[0].voices[i];
            if (split->served[voice->audience] != (pass == 0) || voice->label ||
                !has_row(split, voice))
                continue;
            print_row(view, split, key, voice);
            key = "";
        }
}

/* Several places whose staff are shown as one have one row: behind the others, under its label. */
static void print_merged(struct plx_point_view *view, const plx_gaps *split)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint g = 0; g < split->n_groups; g++) {
        const struct plx_gaps_group *group = &split->groups[g];
        for (guint i = 0; group->n_points && i < group->points[0].n_voices; i++) {
            const struct plx_voice *voice = &group->points[0].voices[i];
            if (!voice->label || !has_row(split, voice) ||
                !g_hash_table_add(seen, g_strdup_printf("%u %s", voice->audience, voice->label)))
                continue;
            g_autoptr(GString) label = g_string_new(NULL);
            plx_words_names(voice->label, view->options->verbose, label);
            if (plx_term_width(label->str) > KEY) {
                plx_term_wrap(view->out, view->options, PLX_STYLE_PLAIN, 2, label->str);
                g_string_truncate(label, 0);
            }
            print_row(view, split, label->str, voice);
        }
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
    for (guint i = 0; i < split->n_groups; i++)
        print_group(view, split, &split->groups[i]);
    print_merged(view, split);
    plx_term_wrap(view->out, view->options, PLX_STYLE_DIM, 2,
                  "Who is too few to be shown alone is shown together with others or left out.");
    g_string_append_c(view->out, '\n');
}
