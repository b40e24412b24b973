/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/compare.h"
#include "report/compare_words.h"
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
    else if (sign)
        plx_words_difference_with(out, 100 * value, 0);
    else if (!isfinite(value))
        g_string_append(out, "–");
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
    static const char *const words[] = {
        "–",
        "better",
        "worse",
        "more",
        "less",
        "better (size open)",
        "worse (size open)",
        "more (size open)",
        "less (size open)",
        "alike",
        "not enough yet",
    };
    return words[verdict];
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
    g_autofree char *a = plx_compare_side_words(&compare->a);
    g_autofree char *b = plx_compare_side_words(&compare->b);
    g_autofree char *lead =
        compare->family_size == 0
            ? g_strdup_printf("Nothing can be compared between %s and %s.", a, b)
            : g_strdup_printf("%s against %s: %s.", b, a, counts->str);
    plx_story_lead(story, lead);
}

/* What stands in place of a verdict, and why. */
static const char *word_of(const struct plx_compared *c)
{
    if (c->verdict != PLX_COMPARED_NONE)
        return verdict_word(c->verdict);
    if (c->a.hidden || c->b.hidden)
        return "hidden";
    if (c->same_people)
        return "same people";
    if (isfinite(c->difference))
        return "rounded, no verdict";
    if (isfinite(c->a.value) && c->only_a)
        return "A only";
    return isfinite(c->b.value) && c->only_b ? "B only" : "–";
}

static gboolean is_plain(const struct plx_figure *figure)
{
    return strcmp(figure->what, "mean") == 0;
}

/* Figures that measure the same at several points make a table with what is measured as its
 * caption; of the others each says it itself. */
static gboolean has_own_table(const plx_compare *compare, const struct plx_figure *figure)
{
    guint n = 0;
    for (guint i = 0; i < compare->n; i++)
        n += compare->compared[i].a.title && strcmp(compare->compared[i].a.what, figure->what) == 0
                 ? 1
                 : 0;
    return figure->title && !is_plain(figure) && n > 1;
}

static char *words_of(const char *code)
{
    return g_strdelimit(g_strdup(code), "_", ' ');
}

static char *name_of(const struct plx_figure *figure, gboolean alone)
{
    g_autofree char *what = words_of(figure->what);
    GString *name = g_string_new(figure->title ? figure->title : what);
    if (figure->title && !is_plain(figure) && !alone)
        g_string_append_printf(name, ": %s", what);
    return g_string_free(name, FALSE);
}

static void begin_table(const plx_compare *compare, const char *what, plx_story *story)
{
    const struct plx_story_column columns[] = {{"figure", PLX_STORY_WIDE},
                                               {"voice", PLX_STORY_TEXT},
                                               {"A", PLX_STORY_NUMBER},
                                               {"B", PLX_STORY_NUMBER},
                                               {"B − A (range)", PLX_STORY_NUMBER},
                                               {"verdict", PLX_STORY_TEXT}};
    g_autoptr(GString) caption = g_string_new(NULL);
    if (what) {
        g_autofree char *words = words_of(what);
        words[0] = g_ascii_toupper(words[0]);
        g_string_append_printf(caption, "%s.   ", words);
    }
    g_autofree char *a = plx_compare_side_words(&compare->a);
    g_autofree char *b = plx_compare_side_words(&compare->b);
    g_string_append_printf(caption, "A: %s   B: %s", a, b);
    plx_story_table(story, caption->str, columns, G_N_ELEMENTS(columns));
}

static void write_row(const struct plx_compared *c, gboolean alone, plx_story *story)
{
    g_autofree char *name = name_of(&c->a, alone);
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

/* Those that share a table with the i-th: in the order of the first of each. */
static void write_table_of(const plx_compare *compare, guint first, gboolean *written,
                           plx_story *story)
{
    const struct plx_figure *head = &compare->compared[first].a;
    const gboolean alone = has_own_table(compare, head);
    begin_table(compare, alone ? head->what : NULL, story);
    for (guint i = first; i < compare->n; i++) {
        const struct plx_compared *c = &compare->compared[i];
        const gboolean own = has_own_table(compare, &c->a);
        if (own != alone || (own && strcmp(c->a.what, head->what) != 0))
            continue;
        write_row(c, alone, story);
        written[i] = TRUE;
    }
}

static void write_tables(const plx_compare *compare, plx_story *story)
{
    g_autofree gboolean *written = g_new0(gboolean, compare->n + 1);
    for (guint i = 0; i < compare->n; i++)
        if (!written[i])
            write_table_of(compare, i, written, story);
}

static void say_why_nothing(const plx_compare *compare, plx_story *story)
{
    g_autofree char *text = g_strdup_printf(
        "No number has a range on both sides: too few people answered there, or they were not "
        "asked. Take longer periods or larger groups. 'parallax %s' of each side alone says what "
        "is missing.",
        compare->reading);
    plx_story_say(story, text);
}

static void note_together(const char *side, const struct plx_figure *figure, plx_story *story)
{
    if (!figure->together || figure->hidden)
        return;
    g_autofree char *text = g_strdup_printf("%s, %s: shown together for %s, never alone.", side,
                                            figure->audience, figure->together);
    plx_story_note(story, text);
}

/* Once for each audience: its first figure that is shown tells. */
static void say_together(const plx_compare *compare, plx_story *story)
{
    g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < compare->n; i++) {
        const struct plx_compared *c = &compare->compared[i];
        const gboolean shown = (c->a.together && !c->a.hidden) || (c->b.together && !c->b.hidden);
        if (!shown || !g_hash_table_add(told, (gpointer)(guintptr)c->a.audience))
            continue;
        if (!c->same_people) {
            note_together("A", &c->a, story);
            note_together("B", &c->b, story);
            continue;
        }
        g_autofree char *text = g_strdup_printf(
            "%s: the same people on both sides, shown together for %s, never alone. There is no "
            "difference to tell.",
            c->a.audience, c->a.together);
        plx_story_note(story, text);
    }
}

static void say_overlap(const plx_compare *compare, plx_story *story)
{
    if (!compare->overlap_since)
        return;
    g_autoptr(GString) text = g_string_new("The periods overlap: answers of ");
    plx_words_period(text, compare->overlap_since, compare->overlap_until);
    g_string_append(text, " stand on both sides, which makes them more alike.");
    plx_story_note(story, text->str);
}

plx_story *plx_compare_story(const plx_compare *compare)
{
    plx_story *story = plx_story_new("compare", "Compared");
    say_lead(compare, story);
    if (compare->family_size == 0)
        say_why_nothing(compare, story);
    write_tables(compare, story);
    say_overlap(compare, story);
    say_together(compare, story);
    plx_story_note(story, "Two groups differ for many reasons, and so do two periods: a difference "
                          "is not the doing of what happened in between.");
    plx_story_method(story, "The range of a difference",
                     "From the ranges of both sides (MOVER, Zou and Donner 2008), as of different "
                     "people; the same people on both sides make it wider than it need be.");
    g_autofree char *family = g_strdup_printf(
        "%u difference%s looked at together: ranges at %.4g %% (false coverage rate, Benjamini and "
        "Yekutieli 2005). One counts when its range lies wholly beyond the margin, the sides are "
        "alike when it lies wholly inside; beyond 0 but not beyond the margin, how much is open.",
        compare->family_size, compare->family_size == 1 ? "" : "s",
        isfinite(compare->adjusted_level) ? compare->adjusted_level * 100 : 95.0);
    plx_story_method(story, "When it counts", family);
    return story;
}
