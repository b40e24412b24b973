/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/gaps_table.h"

#include "report/term.h"
#include "report/view.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

#define LONGEST_LIST 5 /* gaps told in whole sentences before "and N more" */

struct table {
    const plx_gaps *gaps;
    const struct plx_table_options *options;
    GString *out;
    guint title, strip, verdict; /* widths of the columns */
    gint served;
    gboolean journeys; /* more than one: sections name theirs */
};

/* 80 columns: 23 for the title, 31 for the strip, 21 for the words; wider ones grow all three. */
static void set_columns(struct table *table)
{
    const guint width = MAX(table->options->width, 40);
    table->verdict = 21;
    table->strip = width >= 120 ? 51 : width >= 100 ? 41 : width >= 78 ? 31 : 16;
    const guint rest =
        width > table->strip + table->verdict + 5 ? width - table->strip - table->verdict - 5 : 12;
    table->title = CLAMP(rest, 12, 44);
}

static void line(struct table *table, enum plx_style style, guint indent, const char *text)
{
    plx_term_wrap(table->out, table->options, style, indent, text);
}

static enum plx_style style_of(const struct table *table, guint audience)
{
    if (table->gaps->served[audience])
        return PLX_STYLE_SERVED;
    return strcmp(table->gaps->audiences[audience], "leader") == 0 ? PLX_STYLE_LEADER
                                                                   : PLX_STYLE_STAFF;
}

static gunichar letter_of(const struct table *table, guint audience)
{
    g_autoptr(GString) letter = g_string_new(NULL);
    plx_words_letter(table->gaps, (gint)audience, letter);
    return g_utf8_get_char(letter->str);
}

static void blank(struct table *table)
{
    g_string_append_c(table->out, '\n');
}

static void print_head(struct table *table)
{
    g_autoptr(GString) first = g_string_new(NULL);
    g_autoptr(GString) second = g_string_new(NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    plx_words_headline_parts(table->gaps, first, second);
    plx_words_remedy(table->gaps, text);
    if (text->len) {
        /* Who is hidden, and what to do about it, comes before everything else. */
        g_string_append_printf(second, " %s", text->str);
        line(table, PLX_STYLE_PLAIN, 0, second->str);
        g_string_truncate(second, 0);
    }
    g_string_append_printf(first, "%s%s", second->len ? " " : "", second->str);
    line(table, PLX_STYLE_BOLD, 0, first->str);
    g_string_truncate(text, 0);
    plx_words_context(table->gaps, text);
    line(table, PLX_STYLE_DIM, 0, text->str);
    blank(table);
}

/* Gaps told one by one, the largest first. */
static void print_told(struct table *table, const GPtrArray *points)
{
    for (guint i = 0; i < points->len && i < LONGEST_LIST; i++) {
        const struct plx_gaps_point *point = g_ptr_array_index(points, i);
        line(table, PLX_STYLE_PLAIN, 2, point->title);
        g_autoptr(GString) text = g_string_new(NULL);
        plx_words_gap(table->gaps, point, plx_view_lead(table->gaps, point), text);
        line(table, PLX_STYLE_PLAIN, 4, text->str);
    }
    if (points->len > LONGEST_LIST) {
        g_autofree char *more =
            g_strdup_printf("and %u more, in the list below", points->len - LONGEST_LIST);
        line(table, PLX_STYLE_DIM, 2, more);
    }
}

static void print_named(struct table *table, const GPtrArray *points)
{
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < points->len; i++) {
        const struct plx_gaps_point *point = g_ptr_array_index(points, i);
        g_string_append_printf(names, "%s%s", i ? " · " : "", point->title);
    }
    line(table, PLX_STYLE_PLAIN, 2, names->str);
}

static void print_list(struct table *table, const struct plx_gaps_group *group,
                       enum plx_verdict verdict, gboolean told)
{
    g_autoptr(GPtrArray) points = plx_view_with_verdict(table->gaps, group, verdict);
    if (!points->len)
        return;
    g_autoptr(GString) heading = g_string_new(NULL);
    plx_words_verdict_heading(table->gaps, verdict,
                              plx_view_lead(table->gaps, g_ptr_array_index(points, 0))->a, heading);
    g_string_append_printf(heading, " (%u)", points->len);
    line(table, PLX_STYLE_BOLD, 0, heading->str);
    if (told)
        print_told(table, points);
    else
        print_named(table, points);
    blank(table);
}

static void print_lists(struct table *table, const struct plx_gaps_group *group)
{
    print_list(table, group, PLX_VERDICT_BLIND_SPOT, TRUE);
    print_list(table, group, PLX_VERDICT_HIDDEN_STRENGTH, TRUE);
    print_list(table, group, PLX_VERDICT_VIEWS_DIFFER, TRUE);
    print_list(table, group, PLX_VERDICT_SHARED_STRENGTH, FALSE);
    print_list(table, group, PLX_VERDICT_KNOWN_PROBLEM, FALSE);
    print_list(table, group, PLX_VERDICT_AGREE, FALSE);
    print_list(table, group, PLX_VERDICT_NOT_ENOUGH_YET, FALSE);
}

/* The scale the strip of a point is drawn on: that of the served voice, else of the first. */
static const struct plx_scale *scale_of(const struct table *table,
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

static void print_strip(struct table *table, const struct plx_gaps_point *point,
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
    const struct plx_voice *front = lead ? plx_view_voice(point, (gint)lead->a) : NULL;
    if (served && front && front->scale && plx_scale_same(front->scale, scale) &&
        front->mean > served->mean)
        plx_strip_fill(&strip, served->mean, front->mean, 0x2591, style_of(table, lead->a));
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

static void append_verdict(const struct plx_gap *lead, GString *out)
{
    if (!lead)
        return;
    if (lead->verdict == PLX_VERDICT_NOT_ENOUGH_YET && isfinite(lead->answers_needed) &&
        lead->answers_needed < 1e6) {
        g_string_append(out, "not enough: ~");
        plx_words_count(out, (gint64)ceil(lead->answers_needed));
        return;
    }
    g_string_append(out, plx_words_verdict_short(lead->verdict));
}

/* "C 2.4 (1,204)  L 4.6 (9)": means and numbers, the served voice first. */
static void append_voices(struct table *table, const struct plx_gaps_point *point, GString *out)
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
            if (voice->suppressed != PLX_SHOWN) {
                g_string_append(out, " hidden");
                continue;
            }
            g_string_append_c(out, ' ');
            plx_words_mean(out, voice->mean);
            if (voice->scale && scale && !plx_scale_same(voice->scale, scale))
                g_string_append_printf(out, " of %d", voice->scale->max);
            g_string_append(out, " (");
            plx_words_count(out, voice->n);
            g_string_append_c(out, ')');
        }
}

/* "think 8, say 4 of 10", or the served share where nobody guessed. */
static void append_share(struct table *table, const struct plx_gaps_point *point, GString *out)
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

static void print_proof(struct table *table, const struct plx_gap *gap)
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
    line(table, PLX_STYLE_DIM, 4, text->str);
}

static void print_point(struct table *table, const struct plx_gaps_point *point)
{
    const struct plx_gap *lead = plx_view_lead(table->gaps, point);
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append(table->out, "  ");
    plx_term_fit(table->out, point->title, table->title);
    g_string_append_c(table->out, ' ');
    print_strip(table, point, lead);
    append_verdict(lead, text);
    g_string_append(table->out, text->len ? "  " : "");
    const gboolean strong = lead && lead->verdict == PLX_VERDICT_BLIND_SPOT;
    plx_term_style(table->out, table->options, strong ? PLX_STYLE_BOLD : PLX_STYLE_PLAIN,
                   text->str);
    blank(table);

    g_string_truncate(text, 0);
    append_voices(table, point, text);
    const guint room = table->title + table->strip - 1;
    g_autoptr(GString) share = g_string_new(NULL);
    append_share(table, point, share);
    if (plx_term_width(text->str) > room) {
        line(table, PLX_STYLE_DIM, 4, text->str);
        g_string_truncate(text, 0);
    }
    if (text->len || share->len) {
        g_autoptr(GString) row = g_string_new("    ");
        if (share->len)
            plx_term_fit(row, text->str, room);
        else
            g_string_append(row, text->str);
        if (share->len)
            g_string_append_printf(row, "  %s", share->str);
        plx_term_style(table->out, table->options, PLX_STYLE_DIM, row->str);
        blank(table);
    }
    if (table->options->verbose)
        for (guint i = 0; i < point->n_gaps; i++)
            if (point->gaps[i].verdict != PLX_VERDICT_NONE)
                print_proof(table, &point->gaps[i]);
}

/* "Receive      1     2     3     4     5     6": where a section begins. */
static void print_section(struct table *table, const struct plx_gaps_point *point)
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
        line(table, PLX_STYLE_BOLD, 0, heading->str);
        g_string_truncate(row, 0);
        plx_term_fit(row, "", table->title + 2);
    }
    if (scale && scale->max - scale->min <= 10) {
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
    g_autofree char *trimmed = g_strchomp(g_strdup(row->str));
    plx_term_style(table->out, table->options, PLX_STYLE_BOLD, trimmed);
    blank(table);
}

static const struct plx_belief *first_belief(const plx_gaps *gaps)
{
    for (guint g = 0; g < gaps->n_groups; g++)
        for (guint p = 0; p < gaps->groups[g].n_points; p++)
            for (guint i = 0; i < gaps->groups[g].points[p].n_beliefs; i++)
                if (isfinite(gaps->groups[g].points[p].beliefs[i].believed))
                    return &gaps->groups[g].points[p].beliefs[i];
    return NULL;
}

static void print_legend(struct table *table)
{
    const plx_gaps *gaps = table->gaps;
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < gaps->n_audiences; i++) {
        plx_words_letter(gaps, (gint)i, text);
        g_string_append_printf(text, " %s · ", plx_words_voice(gaps, (gint)i));
    }
    g_string_append(text, "─ range of 95 %");
    if (gaps->n_audiences > 1)
        g_string_append(text, " · ░ above the people served");
    g_string_append(text, ". Below each strip: mean (answers)");
    const struct plx_belief *belief = first_belief(gaps);
    if (belief)
        g_string_append_printf(text,
                               "; how many of 10 get the desired level or better, as %s think "
                               "and %s say",
                               plx_words_voice(gaps, (gint)belief->by),
                               plx_words_voice(gaps, (gint)belief->about));
    g_string_append_c(text, '.');
    line(table, PLX_STYLE_DIM, 0, text->str);
    blank(table);
}

static gboolean same_section(const struct plx_gaps_point *a, const struct plx_gaps_point *b)
{
    return g_strcmp0(a->journey, b->journey) == 0 && g_strcmp0(a->transaction, b->transaction) == 0;
}

static void print_group(struct table *table, const struct plx_gaps_group *group)
{
    if (group->key) {
        g_autofree char *heading =
            g_strdup_printf("%s: %s", table->gaps->by, *group->key ? group->key : "(missing)");
        line(table, PLX_STYLE_BOLD, 0, heading);
        blank(table);
    }
    print_lists(table, group);
    table->journeys = FALSE;
    for (guint i = 1; i < group->n_points; i++)
        if (g_strcmp0(group->points[i].journey, group->points[0].journey) != 0)
            table->journeys = TRUE;
    for (guint i = 0; i < group->n_points; i++) {
        if (i == 0 || !same_section(&group->points[i], &group->points[i - 1])) {
            if (i > 0)
                blank(table);
            print_section(table, &group->points[i]);
        }
        print_point(table, &group->points[i]);
    }
    if (group->n_points)
        blank(table);
    for (guint i = 0; i < group->n_rankings; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        plx_words_ranking(table->gaps, &group->rankings[i], text);
        line(table, PLX_STYLE_PLAIN, 0, text->str);
    }
    if (group->n_rankings)
        blank(table);
}

static void print_notes(struct table *table)
{
    if (table->gaps->n_notes)
        line(table, PLX_STYLE_BOLD, 0, "Notes");
    for (guint i = 0; i < table->gaps->n_notes; i++) {
        g_autoptr(GString) text = g_string_new("• ");
        plx_words_note(table->gaps, &table->gaps->notes[i], text);
        line(table, PLX_STYLE_PLAIN, 2, text->str);
    }
    if (!table->options->verbose) {
        line(table, PLX_STYLE_DIM, 0,
             "How we know: add -v. On one point: parallax point SOURCE "
             "POINT. As a page: parallax report SOURCE -o x.html.");
        return;
    }
    if (table->gaps->n_notes)
        blank(table);
    for (const struct plx_words_method *m = plx_words_methods(); m->heading; m++) {
        line(table, PLX_STYLE_BOLD, 0, m->heading);
        line(table, PLX_STYLE_PLAIN, 2, m->text);
    }
    char margin[G_ASCII_DTOSTR_BUF_SIZE], level[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(margin, sizeof margin, "%.3g", table->gaps->margin);
    g_ascii_formatd(level, sizeof level, "%.4g", table->gaps->adjusted_level * 100);
    g_autofree char *numbers =
        g_strdup_printf("Margin %s levels; %u gaps looked at together; adjusted ranges at %s %%.",
                        margin, table->gaps->family_size, level);
    line(table, PLX_STYLE_PLAIN, 2, numbers);
}

/* Everything was appended behind `start` in Unicode; ASCII is a matter of the last step. */
static void finish(struct table *table, gsize start)
{
    if (table->options->unicode)
        return;
    g_autoptr(GString) text = g_string_new(table->out->str + start);
    plx_words_ascii(text);
    g_string_truncate(table->out, start);
    g_string_append(table->out, text->str);
}

static struct table table_of(const plx_gaps *gaps, const struct plx_table_options *options,
                             GString *out)
{
    struct table table = {
        .gaps = gaps, .options = options, .out = out, .served = plx_view_served(gaps)};
    set_columns(&table);
    return table;
}

void plx_gaps_table(const plx_gaps *gaps, const struct plx_table_options *options, GString *out)
{
    struct table table = table_of(gaps, options, out);
    const gsize start = out->len;
    print_head(&table);
    gboolean any = FALSE;
    for (guint i = 0; i < gaps->n_groups; i++)
        any |= gaps->groups[i].n_points > 0;
    if (any)
        print_legend(&table);
    for (guint i = 0; i < gaps->n_groups; i++)
        print_group(&table, &gaps->groups[i]);
    print_notes(&table);
    finish(&table, start);
}
