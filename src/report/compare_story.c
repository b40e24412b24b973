/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/compare.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

static void append_value(const struct plx_figure *figure, double value, gboolean sign, GString *out)
{
    const guint decimals = figure->unit == PLX_UNIT_LEVELS ? 1 : 2;
    if (figure->unit != PLX_UNIT_SHARE && sign)
        plx_words_difference_with(out, value, decimals);
    else if (figure->unit != PLX_UNIT_SHARE)
        plx_words_mean_with(out, value, decimals);
    else if (!isfinite(value))
        g_string_append(out, "–");
    else if (sign)
        g_string_append_printf(out, "%s%.0f", value < 0 ? "−" : "+", fabs(value) * 100);
    else
        plx_words_percent(out, value);
}

static char *value_text(const struct plx_figure *figure)
{
    GString *text = g_string_new(NULL);
    append_value(figure, figure->value, FALSE, text);
    return g_string_free(text, FALSE);
}

/* "+0.8 (+0.3 to +1.3)" */
static char *difference_text(const struct plx_compared *c)
{
    GString *text = g_string_new(NULL);
    append_value(&c->a, c->difference, TRUE, text);
    if (isfinite(c->ci_adjusted.lo) && isfinite(c->ci_adjusted.hi)) {
        g_string_append(text, " (");
        append_value(&c->a, c->ci_adjusted.lo, TRUE, text);
        g_string_append(text, " to ");
        append_value(&c->a, c->ci_adjusted.hi, TRUE, text);
        g_string_append_c(text, ')');
    }
    return g_string_free(text, FALSE);
}

static const char *verdict_word(enum plx_compared_verdict verdict)
{
    static const char *const words[] = {"–",    "better", "worse",         "more",
                                        "less", "alike",  "not enough yet"};
    return words[verdict];
}

/* Different for certain, but perhaps by less than the margin. */
static const char *word_of(const struct plx_compared *c)
{
    if (c->verdict != PLX_COMPARED_NOT_ENOUGH_YET ||
        (c->ci_adjusted.lo <= 0 && c->ci_adjusted.hi >= 0))
        return verdict_word(c->verdict);
    if (c->a.direction == PLX_MORE_IS_NEITHER)
        return c->difference > 0 ? "more (size open)" : "less, how much is open";
    return (c->difference > 0) == (c->a.direction == PLX_MORE_IS_BETTER) ? "better (size open)"
                                                                         : "worse (size open)";
}

static guint count(const plx_compare *compare, enum plx_compared_verdict verdict)
{
    guint n = 0;
    for (guint i = 0; i < compare->n; i++)
        n += compare->compared[i].verdict == verdict ? 1 : 0;
    return n;
}

static void append_counted(const plx_compare *compare, enum plx_compared_verdict verdict,
                           GString *out)
{
    const guint n = count(compare, verdict);
    if (n > 0)
        g_string_append_printf(out, "%s%u %s", out->len ? ", " : "", n, verdict_word(verdict));
}

static void say_lead(const plx_compare *compare, plx_story *story)
{
    g_autoptr(GString) counts = g_string_new(NULL);
    for (enum plx_compared_verdict v = PLX_COMPARED_BETTER; v <= PLX_COMPARED_NOT_ENOUGH_YET; v++)
        append_counted(compare, v, counts);
    g_autofree char *lead = compare->family_size == 0
                                ? g_strdup_printf("Nothing can be compared between %s and %s.",
                                                  compare->label_a, compare->label_b)
                                : g_strdup_printf("%s against %s: %s.", compare->label_b,
                                                  compare->label_a, counts->str);
    plx_story_lead(story, lead);
}

static char *name_of(const struct plx_figure *figure)
{
    g_autofree char *what = g_strdelimit(g_strdup(figure->what), "_", ' ');
    const gboolean plain = strcmp(figure->what, "mean") == 0;
    GString *name = g_string_new(figure->title ? figure->title : what);
    if (figure->title && !plain)
        g_string_append_printf(name, ": %s", what);
    return g_string_free(name, FALSE);
}

static void write_table(const plx_compare *compare, plx_story *story)
{
    const struct plx_story_column columns[] = {{"figure", PLX_STORY_WIDE},
                                               {"voice", PLX_STORY_TEXT},
                                               {"A", PLX_STORY_NUMBER},
                                               {"B", PLX_STORY_NUMBER},
                                               {"B − A (range)", PLX_STORY_NUMBER},
                                               {"verdict", PLX_STORY_TEXT}};
    g_autofree char *caption = g_strdup_printf("A: %s   B: %s", compare->label_a, compare->label_b);
    plx_story_table(story, caption, columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < compare->n; i++) {
        const struct plx_compared *c = &compare->compared[i];
        g_autofree char *name = name_of(&c->a);
        g_autofree char *a = value_text(&c->a);
        g_autofree char *b = value_text(&c->b);
        g_autofree char *difference = difference_text(c);
        plx_story_cell(story, name);
        plx_story_cell(story, c->a.audience);
        plx_story_cell(story, a);
        plx_story_cell(story, b);
        plx_story_cell(story, difference);
        plx_story_cell(story, word_of(c));
    }
}

plx_story *plx_compare_story(const plx_compare *compare)
{
    plx_story *story = plx_story_new("compare", "Compared");
    say_lead(compare, story);
    if (compare->n > 0)
        write_table(compare, story);
    plx_story_note(story, "Two groups differ for many reasons, and so do two periods: a difference "
                          "is not the doing of what happened in between.");
    plx_story_method(story, "The range of a difference",
                     "From the ranges of both sides (MOVER, Zou and Donner 2008), as of different "
                     "people; the same people on both sides make it wider than it need be.");
    g_autofree char *family = g_strdup_printf(
        "%u difference%s looked at together: ranges at %.4g %% (false coverage rate, Benjamini and "
        "Yekutieli 2005). One counts when its range lies wholly beyond the margin, the sides are "
        "alike when it lies wholly inside.",
        compare->family_size, compare->family_size == 1 ? "" : "s",
        isfinite(compare->adjusted_level) ? compare->adjusted_level * 100 : 95.0);
    plx_story_method(story, "When it counts", family);
    return story;
}
