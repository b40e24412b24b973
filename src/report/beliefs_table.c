/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/beliefs.h"

#include "report/table.h"
#include "report/words.h"
#include "report/words_beliefs.h"

#include <math.h>
#include <string.h>

struct beliefs_table {
    struct plx_text_table text;
    const plx_beliefs *beliefs;
};

static void say(struct beliefs_table *t, enum plx_style style, guint indent, const GString *text)
{
    if (text->len)
        plx_table_line(&t->text, style, indent, text->str);
}

/* Where no single number can stand for all. */
static void append_topic(const plx_beliefs *beliefs, GString *out)
{
    g_string_append(out, "What ");
    plx_words_people(beliefs->gaps, beliefs->by, out);
    g_string_append(out, " guessed, and what ");
    plx_words_people(beliefs->gaps, beliefs->about, out);
    g_string_append(out, " say.");
}

static void print_head(struct beliefs_table *t)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const plx_gaps *gaps = t->beliefs->gaps;
    if (t->beliefs->by < 0)
        g_string_append(text, "Nobody has guessed yet.");
    else if (gaps->headline.kind == PLX_HEADLINE_NONE)
        append_topic(t->beliefs, text);
    else
        plx_words_headline(gaps, text);
    say(t, PLX_STYLE_BOLD, 0, text);
    g_string_truncate(text, 0);
    if (t->beliefs->by >= 0 && gaps->headline.by == t->beliefs->by &&
        gaps->headline.hidden_minimum > 0)
        plx_words_remedy(gaps, PLX_WORDS_TERMINAL, text);
    if (!text->len)
        plx_words_all_guessed(t->beliefs, text);
    say(t, PLX_STYLE_PLAIN, 0, text);
    g_string_truncate(text, 0);
    plx_words_context(gaps, text);
    say(t, PLX_STYLE_DIM, 0, text);
    plx_table_blank(&t->text);
}

static void print_gather(struct beliefs_table *t)
{
    g_autoptr(GPtrArray) sentences = g_ptr_array_new_with_free_func(g_free);
    plx_words_gather(t->beliefs, sentences);
    for (guint i = 0; i < sentences->len; i++)
        plx_table_line(&t->text, PLX_STYLE_PLAIN, 2, g_ptr_array_index(sentences, i));
    plx_table_blank(&t->text);
}

static void print_far(struct beliefs_table *t, const struct plx_beliefs_group *group)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_table_line(&t->text, PLX_STYLE_BOLD, 0, "Furthest apart");
    if (!group->n_furthest)
        plx_words_none_far(group, text);
    say(t, PLX_STYLE_PLAIN, 2, text);
    for (guint i = 0; i < group->n_furthest; i++) {
        const struct plx_moment *moment = &group->moments[group->furthest[i]];
        plx_table_line(&t->text, PLX_STYLE_PLAIN, 2, moment->point->title);
        g_string_truncate(text, 0);
        plx_words_belief(t->beliefs->gaps, moment->belief, text);
        g_string_append_c(text, ' ');
        const gsize at = text->len;
        plx_words_moment_apart(moment, text);
        plx_words_capital(text, at);
        g_string_append_c(text, '.');
        say(t, PLX_STYLE_PLAIN, 4, text);
    }
    plx_table_blank(&t->text);
}

static void print_right(struct beliefs_table *t, const struct plx_beliefs_group *group)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_table_line(&t->text, PLX_STYLE_BOLD, 0, "Seen rightly");
    if (!group->n_right)
        plx_words_none_right(group, text);
    for (guint i = 0; i < group->n_right; i++)
        g_string_append_printf(text, "%s%s", i ? " · " : "",
                               group->moments[group->right[i]].point->title);
    say(t, PLX_STYLE_PLAIN, 2, text);
    plx_table_blank(&t->text);
    plx_table_line(&t->text, PLX_STYLE_BOLD, 0, "The order of moments");
    g_string_truncate(text, 0);
    plx_words_order(t->beliefs, group, PLX_WORDS_REPORT, text);
    say(t, PLX_STYLE_PLAIN, 2, text);
    plx_table_blank(&t->text);
}

static gunichar letter_of(const struct beliefs_table *t, gint audience)
{
    g_autoptr(GString) letter = g_string_new(NULL);
    plx_words_letter(t->beliefs->gaps, audience, letter);
    return g_utf8_get_char(letter->str);
}

static enum plx_style guess_style(const struct beliefs_table *t)
{
    return strcmp(t->beliefs->gaps->audiences[t->beliefs->by], "leader") == 0 ? PLX_STYLE_LEADER
                                                                              : PLX_STYLE_STAFF;
}

/* From 0 to 10 in 10: where they were guessed to be, and where they are. */
static void print_strip(struct beliefs_table *t, const struct plx_moment *moment)
{
    const struct plx_belief *b = moment->belief;
    const struct plx_voice *served = moment->served;
    struct plx_strip strip;
    plx_strip_init(&strip, t->text.strip, 0, 1);
    plx_strip_ticks(&strip);
    if (served && b->believed > served->desired_share)
        plx_strip_fill(&strip, served->desired_share, b->believed, 0x2591, guess_style(t));
    if (served) {
        plx_strip_fill(&strip, served->desired_ci.lo, served->desired_ci.hi, 0x2500,
                       PLX_STYLE_SERVED);
        plx_strip_letter(&strip, served->desired_share, letter_of(t, t->beliefs->about),
                         PLX_STYLE_SERVED);
    }
    plx_strip_letter(&strip, b->believed, letter_of(t, t->beliefs->by), guess_style(t));
    plx_strip_print(&strip, t->text.options, t->text.out);
    plx_strip_clear(&strip);
}

static void append_truth(const struct plx_moment *moment, GString *out)
{
    const struct plx_voice *served = moment->served;
    switch (plx_truth_state(moment)) {
    case PLX_TRUTH_SHOWN:
        plx_words_said(moment, out);
        g_string_append(out, " (");
        if (isfinite(served->desired_ci.lo))
            plx_words_percent_range(out, served->desired_ci);
        g_string_append(out, isfinite(served->desired_ci.lo) ? ", " : "");
        plx_words_answers(served, out);
        g_string_append(out, served->n == 1 ? " answer)" : " answers)");
        return;
    case PLX_TRUTH_NOBODY:
        g_string_append(out, "no answers yet");
        return;
    case PLX_TRUTH_HIDDEN:
    case PLX_TRUTH_MASKED:
        g_string_append(out, "not shown");
        return;
    case PLX_TRUTH_NO_CUT:
        g_string_append(out, "their scale does not say which marks are good (desired)");
        return;
    }
}

/* "L 8 in 10 (12 guesses, from 5 to 10 in 10) · C 32 % (29–35 %, 1,204 answers)" */
static void print_numbers(struct beliefs_table *t, const struct plx_moment *moment)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_words_letter(t->beliefs->gaps, t->beliefs->by, text);
    g_string_append_c(text, ' ');
    if (plx_guess_state(moment) == PLX_GUESS_HIDDEN) {
        plx_words_guess_evidence(t->beliefs, moment, PLX_WORDS_REPORT, text);
    } else {
        plx_words_guessed(moment, text);
        g_string_append(text, " (");
        plx_words_guess_evidence(t->beliefs, moment, PLX_WORDS_REPORT, text);
        g_string_append_c(text, ')');
    }
    g_string_append(text, " · ");
    plx_words_letter(t->beliefs->gaps, t->beliefs->about, text);
    g_string_append_c(text, ' ');
    append_truth(moment, text);
    say(t, PLX_STYLE_DIM, 2, text);
    g_string_truncate(text, 0);
    if (t->text.options->verbose)
        plx_words_spread(moment, text);
    say(t, PLX_STYLE_DIM, 2, text);
}

static void print_moment(struct beliefs_table *t, const struct plx_moment *moment)
{
    GString *out = t->text.out;
    const gsize at = out->len;
    plx_term_fit(out, moment->point->title, t->text.title);
    g_string_append(out, "  ");
    print_strip(t, moment);
    g_string_append(out, "  ");
    g_string_append(out, plx_words_verdict_short(moment->belief->verdict));
    while (out->len > at && out->str[out->len - 1] == ' ')
        g_string_truncate(out, out->len - 1);
    g_string_append_c(out, '\n');
    print_numbers(t, moment);
}

static void print_legend(struct beliefs_table *t, const struct plx_beliefs_group *group)
{
    const plx_gaps *gaps = t->beliefs->gaps;
    g_autoptr(GString) text = g_string_new("The question: ");
    plx_words_question(t->beliefs, group, text);
    say(t, PLX_STYLE_DIM, 0, text);
    g_string_truncate(text, 0);
    plx_words_letter(gaps, t->beliefs->by, text);
    g_string_append_c(text, ' ');
    plx_words_people(gaps, t->beliefs->by, text);
    g_string_append(text, " guessed · ");
    plx_words_letter(gaps, t->beliefs->about, text);
    g_string_append_c(text, ' ');
    plx_words_answered(gaps, t->beliefs->about, text);
    g_string_append(text, " · ─ range of 95 % · ░ guessed better than it is said. Each strip goes "
                          "from 0 to 10 in 10.");
    say(t, PLX_STYLE_DIM, 0, text);
    plx_table_blank(&t->text);
}

static gboolean same_section(const struct plx_gaps_point *a, const struct plx_gaps_point *b)
{
    return g_strcmp0(a->journey, b->journey) == 0 && g_strcmp0(a->transaction, b->transaction) == 0;
}

static void print_moments(struct beliefs_table *t, const struct plx_beliefs_group *group)
{
    for (guint i = 0; i < group->n_moments; i++) {
        const struct plx_gaps_point *point = group->moments[i].point;
        if (i == 0 || !same_section(point, group->moments[i - 1].point)) {
            if (i > 0)
                plx_table_blank(&t->text);
            if (point->transaction_title)
                plx_table_line(&t->text, PLX_STYLE_BOLD, 0, point->transaction_title);
        }
        print_moment(t, &group->moments[i]);
    }
    plx_table_blank(&t->text);
    g_autoptr(GString) text = g_string_new(NULL);
    plx_words_unguessed(t->beliefs, group, text);
    say(t, PLX_STYLE_PLAIN, 0, text);
    if (text->len)
        plx_table_blank(&t->text);
}

static void print_group(struct beliefs_table *t, const struct plx_beliefs_group *group)
{
    if (group->key) {
        g_autofree char *heading =
            g_strdup_printf("%s: %s", t->beliefs->gaps->by, plx_words_key(group->gaps->key));
        plx_table_line(&t->text, PLX_STYLE_BOLD, 0, heading);
        plx_table_blank(&t->text);
    }
    if (!group->n_moments) {
        plx_table_line(&t->text, PLX_STYLE_PLAIN, 2, "Nobody has guessed here.");
        plx_table_blank(&t->text);
        return;
    }
    if (plx_guesses_shown(group)) {
        print_far(t, group);
        print_right(t, group);
    }
    print_legend(t, group);
    print_moments(t, group);
}

static void print_notes(struct beliefs_table *t)
{
    g_autoptr(GPtrArray) notes =
        plx_words_notes(t->beliefs->gaps, PLX_WORDS_TERMINAL, t->text.options->verbose);
    if (notes->len)
        plx_table_line(&t->text, PLX_STYLE_BOLD, 0, "Notes");
    for (guint i = 0; i < notes->len; i++) {
        g_autofree char *text = g_strconcat("• ", g_ptr_array_index(notes, i), NULL);
        plx_table_line(&t->text, PLX_STYLE_PLAIN, 2, text);
    }
    if (t->beliefs->by >= 0)
        plx_table_line(&t->text, PLX_STYLE_DIM, 0,
                       "To show it in the room: parallax report SOURCE --reading beliefs "
                       "-o reveal.html.");
}

/* 80 columns: 25 for the title, 33 for the strip, 18 for the verdict. */
static void set_columns(struct plx_text_table *table)
{
    const guint width = MAX(table->options->width, 40);
    table->verdict = 16;
    table->strip = width >= 100 ? 51 : width >= 78 ? 33 : width >= 56 ? 21 : 15;
    const guint rest =
        width > table->strip + table->verdict + 4 ? width - table->strip - table->verdict - 4 : 12;
    table->title = CLAMP(rest, 12, 44);
}

void plx_beliefs_table(const plx_beliefs *beliefs, const struct plx_table_options *options,
                       GString *out)
{
    struct beliefs_table t = {
        .text = {.gaps = beliefs->gaps, .options = options, .out = out, .served = beliefs->about},
        .beliefs = beliefs};
    const gsize start = out->len;
    set_columns(&t.text);
    print_head(&t);
    if (beliefs->by < 0)
        print_gather(&t);
    for (guint g = 0; beliefs->by >= 0 && g < beliefs->n_groups; g++)
        print_group(&t, &beliefs->groups[g]);
    print_notes(&t);
    plx_table_finish(&t.text, start);
}
