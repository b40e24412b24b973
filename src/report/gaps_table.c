/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/gaps_table.h"

#include "report/table.h"
#include "report/view.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

#define LONGEST_LIST 5 /* gaps told in whole sentences before "and N more" */

/* 80 columns: 23 for the title, 31 for the strip, 21 for the words; wider ones grow all three. */
static void set_columns(struct plx_text_table *table)
{
    const guint width = MAX(table->options->width, 40);
    table->verdict = 21;
    table->strip = width >= 120 ? 51 : width >= 100 ? 41 : width >= 78 ? 31 : 16;
    const guint rest =
        width > table->strip + table->verdict + 5 ? width - table->strip - table->verdict - 5 : 12;
    table->title = CLAMP(rest, 12, 44);
}

void plx_table_line(struct plx_text_table *table, enum plx_style style, guint indent,
                    const char *text)
{
    plx_term_wrap(table->out, table->options, style, indent, text);
}

void plx_table_blank(struct plx_text_table *table)
{
    g_string_append_c(table->out, '\n');
}

static void print_head(struct plx_text_table *table)
{
    g_autoptr(GString) first = g_string_new(NULL);
    g_autoptr(GString) second = g_string_new(NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    plx_words_headline_parts(table->gaps, first, second);
    plx_words_remedy(table->gaps, PLX_WORDS_TERMINAL, text);
    const gboolean hidden = table->gaps->headline.hidden_minimum > 0;
    if (text->len && hidden) {
        /* Who is hidden, and what to do about it, comes before everything else. */
        g_string_append_printf(second, " %s", text->str);
        plx_table_line(table, PLX_STYLE_PLAIN, 0, second->str);
        g_string_truncate(second, 0);
    }
    g_string_append_printf(first, "%s%s", second->len ? " " : "", second->str);
    plx_table_line(table, PLX_STYLE_BOLD, 0, first->str);
    if (text->len && !hidden)
        plx_table_line(table, PLX_STYLE_PLAIN, 0, text->str);
    g_string_truncate(text, 0);
    plx_words_context(table->gaps, text);
    plx_table_line(table, PLX_STYLE_DIM, 0, text->str);
    plx_table_blank(table);
}

static void print_more(struct plx_text_table *table, guint n)
{
    if (n <= LONGEST_LIST)
        return;
    g_autofree char *more = g_strdup_printf("and %u more, in the list below", n - LONGEST_LIST);
    plx_table_line(table, PLX_STYLE_DIM, 2, more);
}

/* Gaps told one by one, the largest first. */
static void print_told(struct plx_text_table *table, const GPtrArray *points)
{
    for (guint i = 0; i < points->len && i < LONGEST_LIST; i++) {
        const struct plx_gaps_point *point = g_ptr_array_index(points, i);
        plx_table_line(table, PLX_STYLE_PLAIN, 2, point->title);
        g_autoptr(GString) text = g_string_new(NULL);
        plx_words_gap(table->gaps, point, plx_view_lead(table->gaps, point), text);
        plx_table_line(table, PLX_STYLE_PLAIN, 4, text->str);
    }
    print_more(table, points->len);
}

static void print_named(struct plx_text_table *table, const GPtrArray *points)
{
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < points->len; i++) {
        const struct plx_gaps_point *point = g_ptr_array_index(points, i);
        g_string_append_printf(names, "%s%s", i ? " · " : "", point->title);
    }
    plx_table_line(table, PLX_STYLE_PLAIN, 2, names->str);
}

/* Points that need the same are told together: their names, and below them what it takes. */
static void print_open(struct plx_text_table *table, const GPtrArray *points)
{
    g_autoptr(GPtrArray) needs = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    for (guint i = 0; i < points->len; i++) {
        const struct plx_gaps_point *point = g_ptr_array_index(points, i);
        g_autoptr(GString) text = g_string_new(NULL);
        plx_words_needed(table->gaps, point, plx_view_lead(table->gaps, point), text);
        const char *before = g_hash_table_lookup(names, text->str);
        char *both =
            before ? g_strdup_printf("%s · %s", before, point->title) : g_strdup(point->title);
        if (!before)
            g_ptr_array_add(needs, g_strdup(text->str));
        for (guint k = 0; k < needs->len; k++)
            if (strcmp(g_ptr_array_index(needs, k), text->str) == 0)
                g_hash_table_insert(names, g_ptr_array_index(needs, k), both);
    }
    for (guint k = 0; k < needs->len; k++) {
        const char *need = g_ptr_array_index(needs, k);
        g_autofree char *text = g_strconcat("needs: ", need, NULL);
        plx_table_line(table, PLX_STYLE_PLAIN, 2, g_hash_table_lookup(names, need));
        plx_table_line(table, PLX_STYLE_DIM, 4, text);
    }
}

static void print_list(struct plx_text_table *table, const struct plx_gaps_group *group,
                       enum plx_verdict verdict, gboolean told)
{
    g_autoptr(GPtrArray) points = plx_view_with_verdict(table->gaps, group, verdict);
    if (!points->len)
        return;
    g_autoptr(GString) heading = g_string_new(NULL);
    plx_words_verdict_heading(
        table->gaps, verdict,
        plx_view_viewer(table->gaps, plx_view_lead(table->gaps, g_ptr_array_index(points, 0))),
        heading);
    g_string_append_printf(heading, " (%u)", points->len);
    plx_table_line(table, PLX_STYLE_BOLD, 0, heading->str);
    if (told)
        print_told(table, points);
    else if (verdict == PLX_VERDICT_NOT_ENOUGH_YET)
        print_open(table, points);
    else
        print_named(table, points);
    plx_table_blank(table);
}

/* The points furthest from what was expected or predicted, in whole sentences. */
static void print_foresight(struct plx_text_table *table, const GPtrArray *points,
                            const char *heading, gboolean expected)
{
    if (!points->len)
        return;
    plx_table_line(table, PLX_STYLE_BOLD, 0, heading);
    for (guint i = 0; i < points->len && i < LONGEST_LIST; i++) {
        const struct plx_gaps_point *point = g_ptr_array_index(points, i);
        plx_table_line(table, PLX_STYLE_PLAIN, 2, point->title);
        const guint n = expected ? point->n_expectations : point->n_predictions;
        for (guint k = 0; k < n; k++) {
            g_autoptr(GString) text = g_string_new(NULL);
            if (expected)
                plx_words_expectation(table->gaps, &point->expectations[k], text);
            else
                plx_words_prediction(table->gaps, &point->predictions[k], text);
            plx_table_line(table, PLX_STYLE_PLAIN, 4, text->str);
        }
    }
    print_more(table, points->len);
    plx_table_blank(table);
}

/* Levels are alike, guesses are not: both are said. */
static void print_overestimated(struct plx_text_table *table, const struct plx_gaps_group *group)
{
    g_autoptr(GPtrArray) points = plx_view_overestimated(table->gaps, group);
    if (!points->len)
        return;
    g_autoptr(GString) text = g_string_new(NULL);
    plx_words_verdict_heading(table->gaps, PLX_VERDICT_OVERESTIMATES,
                              plx_view_overestimate(table->gaps, g_ptr_array_index(points, 0))->by,
                              text);
    g_string_append_printf(text, " (%u)", points->len);
    plx_table_line(table, PLX_STYLE_BOLD, 0, text->str);
    for (guint i = 0; i < points->len && i < LONGEST_LIST; i++) {
        const struct plx_gaps_point *point = g_ptr_array_index(points, i);
        plx_table_line(table, PLX_STYLE_PLAIN, 2, point->title);
        g_string_truncate(text, 0);
        plx_words_belief(table->gaps, plx_view_overestimate(table->gaps, point), text);
        g_string_append_c(text, ' ');
        plx_words_gap(table->gaps, point, plx_view_lead(table->gaps, point), text);
        plx_table_line(table, PLX_STYLE_PLAIN, 4, text->str);
    }
    print_more(table, points->len);
    plx_table_blank(table);
}

static void print_lists(struct plx_text_table *table, const struct plx_gaps_group *group)
{
    print_list(table, group, PLX_VERDICT_BLIND_SPOT, TRUE);
    print_list(table, group, PLX_VERDICT_HIDDEN_STRENGTH, TRUE);
    print_list(table, group, PLX_VERDICT_VIEWS_DIFFER, TRUE);
    print_overestimated(table, group);
    print_list(table, group, PLX_VERDICT_SHARED_STRENGTH, FALSE);
    print_list(table, group, PLX_VERDICT_KNOWN_PROBLEM, FALSE);
    print_list(table, group, PLX_VERDICT_AGREE, FALSE);
    print_list(table, group, PLX_VERDICT_NOT_ENOUGH_YET, FALSE);
    g_autoptr(GPtrArray) expected = plx_view_expected(group);
    print_foresight(table, expected, "Furthest from what was expected", TRUE);
    g_autoptr(GPtrArray) predicted = plx_view_predicted(group);
    print_foresight(table, predicted, "Furthest from what was predicted", FALSE);
}

static const struct plx_belief *first_belief(const plx_gaps *gaps)
{
    for (guint g = 0; g < gaps->n_groups; g++)
        for (guint p = 0; p < gaps->groups[g].n_points; p++)
            for (guint i = 0; i < gaps->groups[g].points[p].n_beliefs; i++)
                if (isfinite(gaps->groups[g].points[p].beliefs[i].believed) &&
                    isfinite(gaps->groups[g].points[p].beliefs[i].served))
                    return &gaps->groups[g].points[p].beliefs[i];
    return NULL;
}

/* Does a voice of a group come from several of them? */
static gboolean any_label(const plx_gaps *gaps)
{
    for (guint g = 0; g < gaps->n_groups; g++)
        for (guint p = 0; p < gaps->groups[g].n_points; p++)
            for (guint i = 0; i < gaps->groups[g].points[p].n_voices; i++)
                if (gaps->groups[g].points[p].voices[i].label)
                    return TRUE;
    return FALSE;
}

static void print_legend(struct plx_text_table *table)
{
    const plx_gaps *gaps = table->gaps;
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < gaps->n_audiences; i++) {
        plx_words_letter(gaps, (gint)i, text);
        g_string_append_printf(text, " %s · ", plx_words_voice(gaps, (gint)i));
    }
    g_string_append(text, "─ range of 95 %");
    if (gaps->n_audiences > 1)
        g_string_append(text, " · ░ seen better than the people served do");
    g_string_append(text, ". Below each strip: mean (answers)");
    const struct plx_belief *belief = first_belief(gaps);
    if (belief) {
        g_string_append(text, "; how many of 10 get the desired level or better, as ");
        plx_words_people(gaps, (gint)belief->by, text);
        g_string_append(text, " think and ");
        plx_words_people(gaps, (gint)belief->about, text);
        g_string_append(text, " say");
    }
    g_string_append_c(text, '.');
    if (any_label(gaps))
        g_string_append(text, " * shown together with other places or months: see the notes.");
    plx_table_line(table, PLX_STYLE_DIM, 0, text->str);
    g_string_truncate(text, 0);
    plx_words_levels(gaps, text);
    if (text->len)
        plx_table_line(table, PLX_STYLE_DIM, 0, text->str);
    g_string_truncate(text, 0);
    plx_words_kinds(gaps, text);
    if (text->len)
        plx_table_line(table, PLX_STYLE_DIM, 0, text->str);
    plx_table_blank(table);
}

static gboolean same_section(const struct plx_gaps_point *a, const struct plx_gaps_point *b)
{
    return g_strcmp0(a->journey, b->journey) == 0 && g_strcmp0(a->transaction, b->transaction) == 0;
}

static void print_rows(struct plx_text_table *table, const struct plx_gaps_group *group)
{
    g_autoptr(GArray) rows = plx_view_rows(table->gaps, group);
    const struct plx_view_row *row = (const struct plx_view_row *)(void *)rows->data;
    table->journeys = FALSE;
    for (guint i = 1; i < rows->len; i++)
        if (g_strcmp0(row[i].point.journey, row[0].point.journey) != 0)
            table->journeys = TRUE;
    for (guint i = 0; i < rows->len; i++) {
        if (i == 0 || !same_section(&row[i].point, &row[i - 1].point)) {
            if (i > 0)
                plx_table_blank(table);
            plx_table_section(table, &row[i].point);
        }
        plx_table_row(table, rows, i);
    }
    if (rows->len)
        plx_table_blank(table);
}

static void print_group(struct plx_text_table *table, const struct plx_gaps_group *group)
{
    if (group->key) {
        g_autofree char *heading =
            g_strdup_printf("%s: %s", table->gaps->by, plx_words_key(group->key));
        plx_table_line(table, PLX_STYLE_BOLD, 0, heading);
        plx_table_blank(table);
    }
    print_lists(table, group);
    if (table->legend)
        print_legend(table);
    print_rows(table, group);
    for (guint i = 0; i < group->n_rankings; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        plx_words_ranking(table->gaps, &group->rankings[i], text);
        plx_table_line(table, PLX_STYLE_PLAIN, 0, text->str);
    }
    if (group->n_rankings)
        plx_table_blank(table);
}

static void print_notes(struct plx_text_table *table)
{
    g_autoptr(GPtrArray) notes =
        plx_words_notes(table->gaps, PLX_WORDS_TERMINAL, table->options->verbose);
    if (notes->len)
        plx_table_line(table, PLX_STYLE_BOLD, 0, "Notes");
    for (guint i = 0; i < notes->len; i++) {
        g_autofree char *text = g_strconcat("• ", g_ptr_array_index(notes, i), NULL);
        plx_table_line(table, PLX_STYLE_PLAIN, 2, text);
    }
    if (!table->options->verbose) {
        plx_table_line(table, PLX_STYLE_DIM, 0,
                       "How we know: add -v. On one point: parallax point SOURCE "
                       "POINT. As a page: parallax report SOURCE -o x.html.");
        return;
    }
    if (notes->len)
        plx_table_blank(table);
    for (const struct plx_words_method *m = plx_words_methods(); m->heading; m++) {
        plx_table_line(table, PLX_STYLE_BOLD, 0, m->heading);
        plx_table_line(table, PLX_STYLE_PLAIN, 2, m->text);
    }
    g_autoptr(GString) family = g_string_new(NULL);
    plx_words_family(table->gaps, family);
    plx_table_line(table, PLX_STYLE_PLAIN, 2, family->str);
}

void plx_table_finish(struct plx_text_table *table, gsize start)
{
    if (table->options->unicode)
        return;
    g_autoptr(GString) text = g_string_new(table->out->str + start);
    plx_words_ascii(text);
    g_string_truncate(table->out, start);
    g_string_append(table->out, text->str);
}

static struct plx_text_table table_of(const plx_gaps *gaps, const struct plx_table_options *options,
                                      GString *out)
{
    struct plx_text_table table = {
        .gaps = gaps, .options = options, .out = out, .served = plx_view_served(gaps)};
    set_columns(&table);
    return table;
}

void plx_gaps_table(const plx_gaps *gaps, const struct plx_table_options *options, GString *out)
{
    struct plx_text_table table = table_of(gaps, options, out);
    const gsize start = out->len;
    print_head(&table);
    gboolean any = FALSE;
    for (guint i = 0; i < gaps->n_groups; i++)
        any |= gaps->groups[i].n_points > 0;
    /* Of one group beside its strips, of many once. */
    table.legend = any && gaps->n_groups == 1;
    if (any && !table.legend)
        print_legend(&table);
    for (guint i = 0; i < gaps->n_groups; i++)
        print_group(&table, &gaps->groups[i]);
    print_notes(&table);
    plx_table_finish(&table, start);
}
