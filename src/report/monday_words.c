/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/monday_words.h"

#include "report/next.h"
#include "report/suggestion.h"
#include "report/view.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

static GPtrArray *lines_new(void)
{
    return g_ptr_array_new_with_free_func(g_free);
}

static void add_line(GPtrArray *lines, GString *text)
{
    if (text->len)
        g_ptr_array_add(lines, g_strdup(text->str));
    g_string_truncate(text, 0);
}

void plx_monday_title(const plx_next *next, GString *out)
{
    const struct plx_proposal *p = next->recommended;
    if (!p) {
        plx_next_words_lead(out, next);
        return;
    }
    g_string_append_printf(out, "“%s”: from ", p->title);
    plx_words_level(out, p->scale, p->from);
    g_string_append(out, " to ");
    plx_words_level(out, p->scale, p->to);
    if (p->repair == PLX_STEP_PROMISE)
        g_string_append(out, ", by correcting the promise");
}

void plx_monday_where(const struct plx_proposal *p, GString *out)
{
    if (p->journey_title)
        g_string_append(out, p->journey_title);
    if (p->transaction_title)
        g_string_append_printf(out, "%s%s", out->len ? " › " : "", p->transaction_title);
}

void plx_monday_levels(const plx_next *next, const struct plx_proposal *p, GString *out)
{
    const struct plx_scale *s = p->scale;
    g_autoptr(GString) people = g_string_new(NULL);
    plx_next_words_people(next, people);
    plx_words_capital(people, 0);
    g_string_append_printf(out, "%s rate each moment from %d to %d", people->str, s->min, s->max);
    for (int v = s->min; s->words && v <= s->max; v++)
        if (s->words[v - s->min])
            g_string_append_printf(out, "%s %d %s", v == s->min ? ":" : ",", v,
                                   s->words[v - s->min]);
    g_string_append_c(out, '.');
}

GPtrArray *plx_monday_why(const plx_next *next, const struct plx_proposal *p)
{
    GPtrArray *lines = lines_new();
    g_autoptr(GString) text = g_string_new(NULL);
    plx_next_words_below(next, p, text);
    add_line(lines, text);
    plx_next_words_side(text, "Leaders", p->leaders_believe, p->leaders, p->leaders_unaware);
    plx_next_words_side(text, "Staff", p->staff_believe, p->staff, p->staff_unaware);
    if (*text->str == ' ')
        g_string_erase(text, 0, 1);
    add_line(lines, text);
    plx_next_words_whole(next, p, text);
    add_line(lines, text);
    return lines;
}

/* "Payments (Take the payment)": who does what is behind the moment. */
static void append_owners(const plx_next *next, const struct plx_proposal *p, GString *out)
{
    const plx_map *map = next->about.map;
    guint n = 0;
    for (guint i = 0; i < map->n_tasks; i++)
        for (guint k = 0; k < map->tasks[i].n_points; k++)
            if (strcmp(map->points[map->tasks[i].points[k]].id, p->point) == 0) {
                g_string_append_printf(out, "%s%s%s%s%s", n++ ? ", " : "",
                                       map->tasks[i].owner ? map->tasks[i].owner : "",
                                       map->tasks[i].owner ? " (" : "", map->tasks[i].title,
                                       map->tasks[i].owner ? ")" : "");
            }
}

static void append_names(GString *out, const char *const *names, guint n)
{
    for (guint i = 0; i < n; i++)
        g_string_append_printf(out, "%s%s", i == 0 ? "" : i + 1 == n ? " and " : ", ", names[i]);
}

static void append_effort(const struct plx_proposal *p, GString *out)
{
    static const char *const words[] = {
        "The map says that it can be done today.", "The map says that it takes a week.",
        "The map says that it takes a quarter: this week it is begun.",
        "The map says that it is a project: this week it is begun."};
    g_string_append(out, p->effort < 0 ? "How much it takes is not known: ask those who do it."
                                       : words[p->effort]);
}

/* Why this level, though people want more: of the numbers that stand above, as they are printed. */
static void append_first(const struct plx_proposal *p, GString *out)
{
    const struct plx_scale *s = p->scale;
    const int between = (int)(nearbyint(100 * p->below_met) - nearbyint(100 * p->below));
    if (p->above || p->to == s->met)
        return;
    g_string_append_c(out, ' ');
    plx_words_level(out, s, p->to);
    g_string_append(out, " is the lowest level that at least one in ten miss, and so comes first. "
                         "It is not the last step");
    if (between > 0) {
        g_string_append_printf(out, ": %d of 100 get ", between);
        plx_words_level(out, s, p->to);
        if (p->to + (s->down ? -1 : 1) != s->met)
            g_string_append(out, " or better");
        g_string_append(out, " and not yet ");
        plx_words_level(out, s, s->met);
    }
    g_string_append_c(out, '.');
}

void plx_monday_what(const plx_next *next, const struct plx_proposal *p, GString *out)
{
    const char *to = plx_next_words_anchor(next, p, p->to);
    if (p->repair == PLX_STEP_PROMISE) {
        g_string_append_printf(out, "Change the promise “%s”%s%s so that it says what is done.",
                               p->promise->title, p->promise->where ? ", " : "",
                               p->promise->where ? p->promise->where : "");
        return;
    }
    if (to) {
        g_string_append(out, "Agree on what it takes that nobody gets ");
        g_string_append(out, p->scale->down ? "worse than " : "less than ");
        plx_words_level(out, p->scale, p->to);
        g_string_append_printf(out, ": “%s”.", to);
    } else {
        g_string_append(out, "Write down together what ");
        plx_words_level(out, p->scale, p->to);
        g_string_append(out, " is here: what will be seen, heard or felt?");
    }
    append_first(p, out);
    g_string_append_c(out, ' ');
    append_effort(p, out);
}

/* "What would be better, in their words: “…”." */
static void append_said(const plx_next *next, const struct plx_proposal *p, enum plx_next_kind kind,
                        GString *out)
{
    if (!p->quotes || p->quotes[kind].n == 0)
        return;
    plx_next_words_kind(next, kind, out);
    g_string_append(out, ": ");
    plx_next_words_quote(out, &p->quotes[kind].quotes[0]);
}

static void append_lot(const struct plx_proposal *p, GString *out)
{
    if (p->n_trial == 0) {
        g_string_append_printf(out,
                               "Begin everywhere: there are fewer than %d places, so that it will "
                               "be before and after, not proof.",
                               2 * PLX_NEXT_PLACES);
        return;
    }
    g_string_append(out, "Begin in ");
    append_names(out, p->trial, p->n_trial);
    g_string_append(out, ". Leave ");
    append_names(out, p->compare, p->n_trial);
    g_string_append(out, " as they are, to compare with. The lot chose them.");
}

/* What helps whoever does it: what was said, and who is there already. */
static void add_help(const plx_next *next, const struct plx_proposal *p, GPtrArray *lines)
{
    g_autoptr(GString) text = g_string_new(NULL);
    append_said(next, p, PLX_NEXT_BETTER, text);
    add_line(lines, text);
    append_said(next, p, PLX_NEXT_DID, text);
    add_line(lines, text);
}

static void add_there(const struct plx_proposal *p, GPtrArray *lines)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (p->n_places == 0)
        return;
    g_string_append(text, "Already there: ");
    plx_next_words_places(p, text);
    add_line(lines, text);
}

GPtrArray *plx_monday_do(const plx_next *next, const struct plx_proposal *p)
{
    const struct plx_step *step = plx_monday_step(next);
    GPtrArray *lines = step ? plx_monday_written(next, step) : lines_new();
    g_autoptr(GString) text = g_string_new(NULL);
    if (step) {
        add_help(next, p, lines);
        add_there(p, lines);
        return lines;
    }
    g_autoptr(GString) owners = g_string_new(NULL);
    append_owners(next, p, owners);
    if (owners->len)
        g_string_append_printf(text, "Name one person who sees to it. Behind this moment: %s.",
                               owners->str);
    else
        g_string_append(text, "Name one person who sees to it.");
    add_line(lines, text);
    plx_monday_what(next, p, text);
    add_line(lines, text);
    add_help(next, p, lines);
    append_lot(p, text);
    add_line(lines, text);
    add_there(p, lines);
    return lines;
}

/* Two numbers for two things: one names a step, the other tells later whether it worked. */
static void append_enough(const struct plx_proposal *p, GString *out)
{
    g_string_append_printf(out, "; from %d on a step can be named here.", PLX_NEXT_ANSWERS);
    if (!isfinite(p->answers_needed))
        return;
    g_string_append(out, " To see later whether it worked takes about ");
    plx_words_count(out, (gint64)p->answers_needed);
    g_string_append_c(out, '.');
}

static void instead_measure(const plx_next *next, GPtrArray *lines, GString *text)
{
    g_autoptr(GString) people = g_string_new(NULL);
    if (next->about.audience)
        plx_next_words_people(next, people);
    else
        g_string_append(people, "the people you serve");
    if (next->reason == PLX_NEXT_NO_LEVELS) {
        g_string_append_printf(text,
                               "Ask %s how each moment was for them, on levels of which one says "
                               "what they expected.",
                               people->str);
        add_line(lines, text);
        return;
    }
    const struct plx_proposal *p = &next->proposals[0];
    g_string_append_printf(text, "Ask more %s about “%s”: it has ", people->str, p->title);
    plx_words_count(text, p->voice->n);
    g_string_append(text, p->voice->n == 1 ? " answer" : " answers");
    if (next->reason == PLX_NEXT_FEW_ANSWERS)
        append_enough(p, text);
    else
        g_string_append(text, ", and fewer than one in ten may be short of anything there.");
    add_line(lines, text);
    g_string_append(text, "Change nothing there before: what a few say may be luck.");
    add_line(lines, text);
}

GPtrArray *plx_monday_instead(const plx_next *next)
{
    GPtrArray *lines = lines_new();
    g_autoptr(GString) text = g_string_new(NULL);
    switch (next->outcome) {
    case PLX_NEXT_TIE:
        g_string_append(text, next->reason == PLX_NEXT_NO_DIFFERENCE
                                  ? "Ask more people, or about fewer moments, until one stands out."
                                  : "Take the one that is easiest to try. All are worth it; none "
                                    "is surely before the others.");
        add_line(lines, text);
        if (next->reason == PLX_NEXT_NO_DIFFERENCE)
            g_string_append(text, "Change nothing because of these numbers alone.");
        else if (next->efforts_unknown > 0)
            g_string_append(text, "Say in the map how much each takes (effort: today, week, "
                                  "quarter, project): that may decide it.");
        else
            g_string_append(text, "Or ask more people about these alone, and look again.");
        add_line(lines, text);
        break;
    case PLX_NEXT_MEASURE_FIRST:
        instead_measure(next, lines, text);
        break;
    case PLX_NEXT_EXPLAIN_BETTER:
        g_string_append(text, "Change nothing. Tell people what they already get:");
        add_line(lines, text);
        break;
    case PLX_NEXT_NOTHING_NEEDED:
        g_string_append(text, "Thank those who do it, and keep it so.");
        add_line(lines, text);
        g_string_append(text, "Go on asking, and look again in a month.");
        add_line(lines, text);
        break;
    case PLX_NEXT_RECOMMENDED:
        break;
    }
    return lines;
}

static void append_other(const struct plx_proposal *p, GString *out)
{
    static const char *const efforts[] = {"today", "this week", "a quarter", "a project"};
    plx_next_words_step(out, p);
    g_string_append_printf(out, ": %.0f of 100 ", 100 * p->below_met);
    plx_words_below(out, p->scale);
    g_string_append_printf(out, "; %s.", p->effort < 0 ? "effort not known" : efforts[p->effort]);
    if (p->under_way)
        g_string_append_printf(out, " Step %" G_GINT64_FORMAT " is on it already.",
                               p->under_way->id);
}

GPtrArray *plx_monday_others(const plx_next *next)
{
    GPtrArray *lines = lines_new();
    const guint from = next->recommended ? 1 : 0;
    const guint n = next->n_tied ? next->n_tied : next->n;
    for (guint i = from; i < n && lines->len < PLX_NEXT_RUNNERS_UP; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        append_other(&next->proposals[i], text);
        if (next->outcome == PLX_NEXT_TIE && next->proposals[i].quotes &&
            next->proposals[i].quotes[PLX_NEXT_SHORT].n > 0) {
            g_string_append_c(text, ' ');
            plx_next_words_quote(text, &next->proposals[i].quotes[PLX_NEXT_SHORT].quotes[0]);
        }
        add_line(lines, text);
    }
    return lines;
}

const char *plx_monday_others_title(const plx_next *next)
{
    if (next->outcome == PLX_NEXT_TIE)
        return "Which they are";
    return next->recommended ? "Next in line" : "What stands first now";
}

GPtrArray *plx_monday_apart(const plx_next *next)
{
    GPtrArray *lines = lines_new();
    if (next->gaps->n_groups == 0)
        return lines;
    g_autoptr(GPtrArray) points =
        plx_view_with_verdict(next->gaps, &next->gaps->groups[0], PLX_VERDICT_BLIND_SPOT);
    for (guint i = 0; i < points->len && i < PLX_NEXT_RUNNERS_UP; i++) {
        const struct plx_gaps_point *point = points->pdata[i];
        g_autoptr(GString) text = g_string_new(NULL);
        g_string_append_printf(text, "“%s”: ", point->title);
        const gsize at = text->len;
        plx_words_gap(next->gaps, point, plx_view_lead(next->gaps, point), text);
        if (g_ascii_isupper(text->str[at]))
            text->str[at] = g_ascii_tolower(text->str[at]);
        add_line(lines, text);
    }
    return lines;
}

GPtrArray *plx_monday_untold(const plx_next *next)
{
    GPtrArray *lines = lines_new();
    for (guint i = 0; i < next->n_untold && i < PLX_NEXT_RUNNERS_UP; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        const struct plx_next_untold *it = &next->untold[i];
        g_string_append_printf(text, "“%s” ", it->promise ? it->promise->title : it->point->title);
        g_string_append(text, it->promise ? "is kept, and fewer than half know it."
                                          : "is better than those inside think.");
        add_line(lines, text);
    }
    return lines;
}

GPtrArray *plx_monday_owed(const plx_next *next)
{
    GPtrArray *lines = lines_new();
    char *late = plx_suggestions_late_words(next->waiting);
    if (late)
        g_ptr_array_add(lines, late);
    return lines;
}
