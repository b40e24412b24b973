/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/words.h"

#include "report/view.h"

#include <math.h>
#include <string.h>

/* Sentences of the notes. {who}: the voice; {n}: the count; {s}: its plural; {d}: the detail;
 * {id}: the word of the option; {each}: that a point of a split counts once in each part. */
struct sentence {
    const char *code;
    const char *detail; /* only with this detail; NULL = any, "" = none */
    const char *text;
};

/* Instead of those below, where the readers did not type the command. */
static const struct sentence page_sentences[] = {
    {"no_served_answers", "",
     "Nobody in the data is marked as served, so there is nobody's view to compare with."},
    {"no_served_answers", NULL,
     "Nobody in the data is marked as served, so there is nobody's view to compare with. If it is "
     "{d}, the page has to be made so."},
    {"population_wanted", NULL,
     "More answers of others cannot decide every point. If it is known that the {who} who answered "
     "are all there are, it may."},
};

static const struct sentence sentences[] = {
    {"audience_hidden", NULL,
     "{who} are not shown anywhere: {persons} answered, at least {d} are needed."},
    {"cells_hidden", "few_persons",
     "{who} are not shown at {n} point{s}{each}: fewer people than the minimum."},
    {"cells_hidden", "complementary",
     "{who} are not shown at {n} further point{s}{each}, because a smaller group could be computed "
     "from "
     "them."},
    {"parts_hidden", "below_met",
     "Below the cut: at {n} point{s} too few {who} gave a level to show a share."},
    {"parts_hidden", "floor",
     "Very bad: at {n} point{s} too few {who} gave a level to show a share."},
    {"parts_hidden", "hard",
     "Not easy: at {n} point{s} too few {who} said how easy it was to show a share."},
    {"parts_hidden", "hesitated",
     "Hesitated: at {n} point{s} it was noted of too few {who} to show a share."},
    {"parts_hidden", "bad_surprise",
     "Badly surprised: at {n} point{s} it was noted of too few {who} to show a share."},
    {"parts_hidden", "complained",
     "Complaints: at {n} point{s} there are too few {who} to show a share."},
    {"parts_hidden", "waiting",
     "Words of waiting: at {n} point{s} too few {who} wrote to show a share."},
    {"parts_hidden", "repeating",
     "Words of doing it again: at {n} point{s} too few {who} wrote to show a share."},
    {"parts_hidden", "card",
     "The card of the whole journey: at {n} point{s} too few {who} ticked one to show a share."},
    {"vignettes_hidden", "few_persons", "{who} are not shown at {n} vignette{s}: too few people."},
    {"vignettes_hidden", "filter",
     "{who} are not shown: protected people are looked at as a whole only, without a filter."},
    {"cells_hidden", "filter",
     "{who} are not shown at {n} point{s}: a protected voice takes no free filters."},
    {"filter_not_allowed", "keys",
     "{who} are protected: more than one filter beside the place is not allowed."},
    {"filter_not_allowed", "week", "{who} are protected: they are shown by month, not by week."},
    {"filter_not_allowed", "no_whole_month",
     "{who} are protected: the dates asked for hold no whole month."},
    {"months_joined", NULL,
     "Too few {who} in the months asked for alone, so they are not shown: ask for {d}."},
    {"none_pass", NULL, "{who} gave answers, but none that pass this filter."},
    {"no_served_answers", "",
     "Nobody in the data is marked as served, so there is nobody's view to compare with: the "
     "audience customer, or another one by --declare NAME:served."},
    {"no_served_answers", NULL,
     "Nobody in the data is marked as served, so there is nobody's view to compare with. If it is "
     "they: --declare {d}:served, or served: true in the map."},
    {"whole_months", NULL, "{who} are protected: their answers are those of the months {d}."},
    {"merged", NULL, "{who} are shown together for {d}: each alone would be too few."},
    {"whole_audience", "place", "{who} are shown whole: the place filter does not apply to them."},
    {"whole_audience", "belief",
     "What {who} believe is counted whole: the filter applies to the people served only."},
    {"rounded", NULL,
     "{who} are 5 to 9 people at {n} point{s}: their values are rounded (means to half a level, "
     "shares to a tenth). Verdicts come from the exact values."},
    {"named", NULL,
     "All {who} agreed to be shown by name: the minimum group and rounding are lifted."},
    {"all_answered", NULL, "All {n} {who} answered: no sampling error on their side."},
    {"some_answered", NULL, "{n} of {d} {who} answered."},
    {"population_exceeded", NULL,
     "Up to {n} people answered as {who}, but there are said to be {d}."},
    {"population_wanted", NULL,
     "More answers of others cannot decide every point. If the {who} who answered are all there "
     "are, say how many that is: it may (population in the map, or --population {id}=NUMBER)."},
    {"scales_differ", NULL,
     "At {n} pair{s} {who} answered on another scale: no level gap is formed."},
    {"retired_points", NULL,
     "Not shown, because the map no longer asks about {n} point{s}: {d}. See one by: parallax "
     "point "
     "SOURCE ID."},
    {"headline_needs_one", NULL, "A split has no single headline: see each group."},
    {"few_periods", NULL, "A trend needs eight {d}s; these answers lie in {n}."},
    {"by_week", NULL,
     "There are fewer than eight months, so this goes by week; --by month asks for months."},
    {"periods_hidden", NULL,
     "{n} {d}{s} could not be shown: too few people answered then, or in one that it would give "
     "away."},
    {"season_unknown", "month",
     "A season cannot be told from a change: that takes 24 months, and there are {n}."},
    {"season_unknown", "week", "A season is looked for by month only, from 24 months on."},
    {"without_time", NULL, "{n} rows have no date and match no date filter."},
    {"no_answers", NULL, "Nothing matches the question."},
    {"flag_never_no", NULL,
     "The {d} of {who} is noted only where there was one ({n}), so no share of it can be given."},
    {"complaints_elsewhere", NULL,
     "About no moment, and so in no number here: {n} complaint{s} of {who}."},
    {"language_unread", NULL,
     "Not read for words of waiting and repeating, for want of a list in the language: {n} "
     "note{s} of {who}."},
    {"rows_without_time", NULL, "{n} rows have no date."},
    {"weighted", NULL,
     "The people served are weighted to known shares ({d}): they are worth {n} who count alike."},
    {"duplicate_rows", NULL, "{n} rows came again with the same content and were counted once."},
    {"rejected_rows", NULL, "{n} rows could not be read and are not counted."},
    {"ignored_columns", NULL, "Not read, as asked: {d}."},
};

#define NAMES 4  /* of places shown as one, before "and 12 more" */
#define MERGED 3 /* such notes of one voice */

void plx_words_names(const char *label, gboolean whole, GString *out)
{
    g_auto(GStrv) names = g_strsplit(label, " + ", -1);
    const guint n = g_strv_length(names);
    if (whole || n <= NAMES + 1) {
        g_string_append(out, label);
        return;
    }
    for (guint i = 0; i < NAMES; i++)
        g_string_append_printf(out, "%s%s", i ? " + " : "", names[i]);
    g_string_append_printf(out, " and %u more", n - NAMES);
}

static void append_sentence(const plx_gaps *gaps, const struct plx_gaps_note *note, gboolean whole,
                            const char *text, GString *out)
{
    const gsize start = out->len;
    for (const char *p = text; *p; p++) {
        if (g_str_has_prefix(p, "{who}")) {
            plx_words_people(gaps, note->audience, out);
            p += 4;
        } else if (g_str_has_prefix(p, "{id}")) {
            g_string_append(out, gaps->audiences[note->audience]);
            p += 3;
        } else if (g_str_has_prefix(p, "{each}")) {
            g_string_append(out, gaps->by ? " (counted in each part)" : "");
            p += 5;
        } else if (g_str_has_prefix(p, "{n}")) {
            plx_words_count(out, note->count);
            p += 2;
        } else if (g_str_has_prefix(p, "{persons}")) {
            plx_words_count(out, note->count);
            g_string_append(out, note->count == 1 ? " person" : " people");
            p += 8;
        } else if (g_str_has_prefix(p, "{s}")) {
            g_string_append(out, note->count == 1 ? "" : "s");
            p += 2;
        } else if (g_str_has_prefix(p, "{d}")) {
            plx_words_names(note->detail ? note->detail : "–", whole, out);
            p += 2;
        } else {
            g_string_append_c(out, *p);
        }
    }
    plx_words_capital(out, start);
}

/* A code of a source we have no sentence for still says something. */
static void append_plain(const plx_gaps *gaps, const struct plx_gaps_note *note, GString *out)
{
    g_autofree char *words = g_strdelimit(g_strdup(note->code), "_", ' ');
    words[0] = g_ascii_toupper(words[0]);
    g_string_append(out, words);
    if (note->audience >= 0)
        g_string_append_printf(out, " (%s)", plx_words_voice(gaps, note->audience));
    if (note->count >= 0) {
        g_string_append(out, ": ");
        plx_words_count(out, note->count);
    }
    if (note->detail)
        g_string_append_printf(out, "%s%s", note->count >= 0 ? ", " : ": ", note->detail);
    g_string_append_c(out, '.');
}

static const struct sentence *find_sentence(const struct sentence *table, guint n,
                                            const struct plx_gaps_note *note)
{
    for (guint i = 0; i < n; i++)
        if (strcmp(table[i].code, note->code) == 0 &&
            (!table[i].detail || strcmp(table[i].detail, note->detail ? note->detail : "") == 0))
            return &table[i];
    return NULL;
}

static void append_note(const plx_gaps *gaps, const struct plx_gaps_note *note,
                        enum plx_words_place place, gboolean whole, GString *out)
{
    const struct sentence *sentence =
        place != PLX_WORDS_TERMINAL
            ? find_sentence(page_sentences, G_N_ELEMENTS(page_sentences), note)
            : NULL;
    if (!sentence)
        sentence = find_sentence(sentences, G_N_ELEMENTS(sentences), note);
    if (sentence)
        append_sentence(gaps, note, whole, sentence->text, out);
    else
        append_plain(gaps, note, out);
}

static gboolean joins(const struct plx_gaps_note *note, gint audience)
{
    return strcmp(note->code, "merged") == 0 && note->audience == audience;
}

/* How many of the first notes are of this kind. */
static guint count_joined(const plx_gaps *gaps, guint first, gint audience)
{
    guint n = 0;
    for (guint i = 0; i < first; i++)
        n += joins(&gaps->notes[i], audience) ? 1 : 0;
    return n;
}

GPtrArray *plx_words_notes(const plx_gaps *gaps, enum plx_words_place place, gboolean whole)
{
    const struct plx_view_open open = plx_view_open(gaps);
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < gaps->n_notes; i++) {
        const struct plx_gaps_note *note = &gaps->notes[i];
        if (strcmp(note->code, "population_wanted") == 0 && note->audience == open.audience)
            continue; /* the remedy says so */
        if (place == PLX_WORDS_PART && strcmp(note->code, "headline_needs_one") == 0)
            continue; /* nobody looks for one there */
        const guint all = count_joined(gaps, gaps->n_notes, note->audience);
        const guint before = count_joined(gaps, i, note->audience);
        const gboolean many = !whole && joins(note, note->audience) && all > MERGED + 1;
        if (many && before > MERGED)
            continue;
        GString *text = g_string_new(NULL);
        if (many && before == MERGED) {
            plx_words_people_first(gaps, note->audience, text);
            g_string_append_printf(text, " are shown together for %u further groups as well.",
                                   all - MERGED);
        } else {
            append_note(gaps, note, place, whole, text);
        }
        g_ptr_array_add(lines, g_string_free(text, FALSE));
    }
    return lines;
}

void plx_words_family(const plx_gaps *gaps, GString *out)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append_printf(out, "Margin %s levels. ",
                           g_ascii_formatd(number, sizeof number, "%.3g", gaps->margin));
    if (!gaps->family_size) {
        g_string_append(out, "No gaps to look at.");
        return;
    }
    plx_words_count(out, gaps->family_size);
    g_string_append(out, gaps->family_size == 1 ? " gap looked at." : " gaps looked at together.");
    if (isfinite(gaps->adjusted_level))
        g_string_append_printf(
            out, " Adjusted ranges at %s %%.",
            g_ascii_formatd(number, sizeof number, "%.4g", gaps->adjusted_level * 100));
}

const struct plx_words_method *plx_words_methods(void)
{
    static const struct plx_words_method methods[] = {
        {"What was asked",
         "Each point was rated on the six levels of service after Ron Kaufman: Criminal, Basic, "
         "Expected, Desired, Surprising, Unbelievable (or on the scale named in the table). "
         "Leaders and staff may also guess how many of 10 customers would say Desired or better."},
        {"The range behind a number",
         "2.4 (2.2–2.6) means: with answers like these, the true mean of everybody who could have "
         "answered lies in that range 95 times of 100. Where a person answered more than once, "
         "the range allows for it. Where all there are have answered there is no range."},
        {"When a gap counts",
         "The range of a difference, widened because many points are looked at together (false "
         "coverage rate, Benjamini and Yekutieli 2005), must lie wholly beyond the margin. If it "
         "lies wholly inside, views agree: agreement is a finding too. Else it is not sure yet, "
         "and "
         "no rank is given."},
        {"What the words mean",
         "Not seen yet: leaders see the point better and the people served are not at the "
         "desired level. Hidden strength: the people served see it better and are there. Shared "
         "strength and known problem: views agree, above or below. Seen alike: they agree around "
         "the "
         "desired level. Views differ: the difference counts and is none of these. Not sure yet: "
         "the answers do not decide. Guessed too high: levels agree, "
         "but more of the people served are thought to be at the desired level than say so."},
        {"Expected and predicted",
         "Expected against received is the same person's two answers to a point, so its range is "
         "that of a paired difference. A prediction is what one voice said that another would "
         "answer: its bias is in levels, and the ranked probability score (Epstein 1969; 0 is "
         "perfect) says how far the predicted distribution is from the answers, taken together "
         "and one by one. Each range stands for itself."},
        {"What this does not say",
         "A difference between views is not a cause. No number here promises what a change would "
         "bring: that needs a planned step with a comparison."},
        {"Who is protected",
         "A voice with fewer people than its minimum is not shown, nor a number from which it "
         "could be computed. Small groups of leaders and staff are rounded."},
        {NULL, NULL},
    };
    return methods;
}
