/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/table.h"

#include "report/view.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

static enum plx_style style_of(const struct plx_text_table *table, guint audience)
{
    if (table->gaps->served[audience])
        return PLX_STYLE_SERVED;
    return strcmp(table->gaps->audiences[audience], "leader") == 0 ? PLX_STYLE_LEADER
                                                                   : PLX_STYLE_STAFF;
}

static gunichar letter_of(const struct plx_text_table *table, guint audience)
{
    g_autoptr(GString) letter = g_string_new(NULL);
    plx_words_letter(table->gaps, (gint)audience, letter);
    return g_utf8_get_char(letter->str);
}

/* The scale the strip of a point is drawn on: that of the served voice, else of the first. */
static const struct plx_scale *scale_of(const struct plx_text_table *table,
                                        const struct plx_gaps_point *point)
{
    const struct plx_voice *voice = plx_view_voice(point, table->served);
    if (voice && voice->scale)
        return voice->scale;
    for (guint i = 0; i < point->n_voices; i++)
        if (point->voices[i].scale)
            return point->voices[i].scale;
    return NULL;
}

static void print_strip(struct plx_text_table *table, const struct plx_gaps_point *point,
                        const struct plx_gap *lead)
{
    const struct plx_scale *scale = scale_of(table, point);
    if (!scale || scale->max <= scale->min) {
        plx_term_fit(table->out, "", table->strip);
        return;
    }
    struct plx_strip strip;
    plx_strip_init(&strip, table->strip, scale->min, scale->max);
    plx_strip_ticks(&strip);
    const struct plx_voice *served = plx_view_voice(point, table->served);
    const guint viewer = lead ? plx_view_viewer(table->gaps, lead) : 0;
    const struct plx_voice *front = lead ? plx_view_voice(point, (gint)viewer) : NULL;
    if (served && front && front->scale && plx_scale_same(front->scale, scale) &&
        (scale->down ? front->mean < served->mean : front->mean > served->mean))
        plx_strip_fill(&strip, served->mean, front->mean, 0x2591, style_of(table, viewer));
    if (served)
        plx_strip_fill(&strip, served->mean_ci.lo, served->mean_ci.hi, 0x2500, PLX_STYLE_SERVED);
    for (guint pass = 0; pass < 2; pass++)
        for (guint i = 0; i < point->n_voices; i++) {
            const struct plx_voice *voice = &point->voices[i];
            /* The two that are compared stand exactly; the others make room for them. */
            const gboolean first = voice == served || voice == front;
            if (first == (pass == 0) && voice->scale && plx_scale_same(voice->scale, scale))
                plx_strip_letter(&strip, voice->mean, letter_of(table, voice->audience),
                                 style_of(table, voice->audience));
        }
    plx_strip_print(&strip, table->options, table->out);
    plx_strip_clear(&strip);
}

static void append_verdict(const struct plx_text_table *table, const struct plx_gaps_point *point,
                           const struct plx_gap *lead, GString *out)
{
    if (!lead)
        return;
    if (lead->verdict == PLX_VERDICT_NOT_ENOUGH_YET && isfinite(lead->answers_needed) &&
        lead->answers_needed < 1e6) {
        g_string_append(out, "not sure: ~");
        plx_words_count(out, (gint64)ceil(lead->answers_needed));
        g_string_append(out, " more");
        return;
    }
    g_string_append(out, plx_words_verdict_short(plx_view_verdict(table->gaps, point)));
}

/* "C 2.4 (1,204)  L 4.6 (9)": means and numbers, the served voice first. */
static void append_voices(struct plx_text_table *table, const struct plx_gaps_point *point,
                          GString *out)
{
    const struct plx_scale *scale = scale_of(table, point);
    for (guint pass = 0; pass < 2; pass++)
        for (guint i = 0; i < point->n_voices; i++) {
            const struct plx_voice *voice = &point->voices[i];
            if (((gint)voice->audience == table->served) != (pass == 0))
                continue;
            if (voice->suppressed == PLX_SHOWN && voice->n == 0)
                continue;
            g_string_append(out, out->len ? "  " : "");
            plx_words_letter(table->gaps, (gint)voice->audience, out);
            if (voice->label)
                g_string_append_c(out, '*');
            if (voice->suppressed != PLX_SHOWN) {
                g_string_append(out, " hidden");
                continue;
            }
            g_string_append_c(out, ' ');
            plx_words_mean(out, voice->mean);
            if (voice->scale && scale && !plx_scale_same(voice->scale, scale))
                g_string_append_printf(out, " of %d", voice->scale->max);
            g_string_append(out, " (");
            plx_words_answers(voice, out);
            g_string_append_c(out, ')');
        }
}

/* "think 8, say 4 of 10", or the served share where nobody guessed. */
static void append_share(struct plx_text_table *table, const struct plx_gaps_point *point,
                         GString *out)
{
    for (guint i = 0; i < point->n_beliefs; i++) {
        const struct plx_belief *belief = &point->beliefs[i];
        if (!isfinite(belief->believed) || !isfinite(belief->served))
            continue;
        g_string_append_printf(out, "think %.0f, say %.0f of 10", round(belief->believed * 10),
                               round(belief->served * 10));
        return;
    }
    const struct plx_voice *served = plx_view_voice(point, table->served);
    if (!served || !isfinite(served->desired_share))
        return;
    plx_words_percent(out, served->desired_share);
    g_string_append(out, " at ");
    plx_words_level(out, served->scale, served->scale ? served->scale->desired : 0);
}

static void print_proof(struct plx_text_table *table, const struct plx_gap *gap)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_words_letter(table->gaps, (gint)gap->a, text);
    g_string_append(text, "–");
    plx_words_letter(table->gaps, (gint)gap->b, text);
    if (isfinite(gap->difference)) {
        g_string_append_c(text, ' ');
        plx_words_difference(text, gap->difference);
    }
    if (isfinite(gap->ci.lo) && isfinite(gap->ci_adjusted.lo)) {
        g_string_append(text, " (");
        plx_words_range(text, gap->ci);
        g_string_append(text, "; adjusted ");
        plx_words_range(text, gap->ci_adjusted);
        g_string_append_c(text, ')');
    }
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    if (isfinite(gap->p))
        g_string_append_printf(text, ", p %s",
                               g_ascii_formatd(number, sizeof number, "%.3g", gap->p));
    if (isfinite(gap->superiority))
        g_string_append_printf(text, ", P(higher) %s",
                               g_ascii_formatd(number, sizeof number, "%.2f", gap->superiority));
    g_string_append_printf(text, ": %s", plx_words_verdict_short(gap->verdict));
    plx_table_line(table, PLX_STYLE_DIM, 4, text->str);
}

static void print_foresight(struct plx_text_table *table, const struct plx_gaps_point *point)
{
    for (guint i = 0; i < point->n_expectations; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        plx_words_expectation_short(table->gaps, &point->expectations[i], text);
        plx_table_line(table, PLX_STYLE_DIM, 4, text->str);
    }
    for (guint i = 0; i < point->n_predictions; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        plx_words_prediction_short(table->gaps, &point->predictions[i], text);
        plx_table_line(table, PLX_STYLE_DIM, 4, text->str);
    }
}

/* "    C 2.4 (1,204)  L 4.6 (9)      think 8, say 4 of 10" */
static void print_numbers(struct plx_text_table *table, const struct plx_gaps_point *point)
{
    g_autoptr(GString) text = g_string_new(NULL);
    append_voices(table, point, text);
    const guint room = table->title + table->strip - 1;
    g_autoptr(GString) share = g_string_new(NULL);
    append_share(table, point, share);
    if (plx_term_width(text->str) > room) {
        plx_table_line(table, PLX_STYLE_DIM, 4, text->str);
        g_string_truncate(text, 0);
    }
    if (!text->len && !share->len)
        return;
    g_autoptr(GString) row = g_string_new("    ");
    if (share->len) {
        plx_term_fit(row, text->str, room);
        g_string_append_printf(row, "  %s", share->str);
    } else {
        g_string_append(row, text->str);
    }
    plx_term_style(table->out, table->options, PLX_STYLE_DIM, row->str);
    plx_table_blank(table);
}

static void print_point(struct plx_text_table *table, const struct plx_gaps_point *point)
{
    const struct plx_gap *lead = plx_view_lead(table->gaps, point);
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append(table->out, "  ");
    plx_term_fit(table->out, point->title, table->title);
    g_string_append_c(table->out, ' ');
    print_strip(table, point, lead);
    append_verdict(table, point, lead, text);
    g_string_append(table->out, text->len ? "  " : "");
    const gboolean strong = lead && lead->verdict == PLX_VERDICT_BLIND_SPOT;
    plx_term_style(table->out, table->options, strong ? PLX_STYLE_BOLD : PLX_STYLE_PLAIN,
                   text->str);
    plx_table_blank(table);
    print_numbers(table, point);
    print_foresight(table, point);
    if (table->options->verbose)
        for (guint i = 0; i < point->n_gaps; i++)
            if (point->gaps[i].verdict != PLX_VERDICT_NONE)
                print_proof(table, &point->gaps[i]);
}

void plx_table_row(struct plx_text_table *table, const GArray *rows, guint i)
{
    const struct plx_view_row *row = &g_array_index(rows, struct plx_view_row, i);
    g_autoptr(GString) elsewhere = g_string_new(NULL);
    plx_view_elsewhere(table->gaps, rows, i, elsewhere);
    if (!row->again) {
        print_point(table, &row->point);
        if (elsewhere->len)
            plx_table_line(table, PLX_STYLE_DIM, 4, elsewhere->str);
        return;
    }
    g_autofree char *text = g_strdup_printf("→ %s: %s", row->point.title, elsewhere->str);
    plx_table_line(table, PLX_STYLE_PLAIN, 2, text);
}

static void append_scale(const struct plx_text_table *table, const struct plx_scale *scale,
                         GString *row)
{
    if (!scale || scale->max <= scale->min || scale->max - scale->min > 10)
        return;
    g_string_append_c(row, ' ');
    const guint steps = (guint)(scale->max - scale->min);
    guint used = 0;
    for (guint i = 0; i <= steps; i++) {
        g_autofree char *number = g_strdup_printf("%d", scale->min + (gint)i);
        const guint at = (guint)round((double)i / steps * (table->strip - 1.0));
        for (; used < at; used++)
            g_string_append_c(row, ' ');
        g_string_append(row, number);
        used += (guint)strlen(number);
    }
}

/* "Receive      1     2     3     4     5     6": where a section begins. */
void plx_table_section(struct plx_text_table *table, const struct plx_gaps_point *point)
{
    g_autoptr(GString) heading = g_string_new(NULL);
    if (table->journeys && point->journey_title && point->transaction_title &&
        strcmp(point->journey_title, point->transaction_title) != 0)
        g_string_append_printf(heading, "%s › ", point->journey_title);
    if (point->transaction_title)
        g_string_append(heading, point->transaction_title);
    else if (point->journey_title)
        g_string_append(heading, point->journey_title);
    const struct plx_scale *scale = scale_of(table, point);
    g_autoptr(GString) row = g_string_new(NULL);
    plx_term_fit(row, heading->str, table->title + 2);
    if (plx_term_width(heading->str) > table->title + 2) {
        plx_table_line(table, PLX_STYLE_BOLD, 0, heading->str);
        g_string_truncate(row, 0);
        plx_term_fit(row, "", table->title + 2);
    }
    append_scale(table, scale, row);
    g_autofree char *trimmed = g_strchomp(g_strdup(row->str));
    plx_term_style(table->out, table->options, PLX_STYLE_BOLD, trimmed);
    plx_table_blank(table);
}
