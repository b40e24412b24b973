/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/next_words.h"

#include "report/words.h"

#include <math.h>
#include <string.h>

#define PLACES_WIDTH 40 /* bytes of places behind one option */

void plx_next_words_people(const plx_next *next, GString *out)
{
    plx_words_audience_people(next->about.audience, next->about.audience_title, out);
}

static void append_level(GString *out, const struct plx_scale *scale, int value)
{
    plx_words_level(out, scale, value);
    if (scale->words && value >= scale->min && value <= scale->max &&
        scale->words[value - scale->min])
        g_string_append_printf(out, " (%d)", value);
}

void plx_next_words_level(GString *out, const struct plx_proposal *p, int value)
{
    append_level(out, p->scale, value);
}

void plx_next_words_step(GString *out, const struct plx_proposal *p)
{
    g_string_append_printf(out, "“%s”, from ", p->title);
    plx_next_words_level(out, p, p->from);
    g_string_append(out, " to ");
    plx_next_words_level(out, p, p->to);
    if (p->repair == PLX_STEP_PROMISE)
        g_string_append_printf(out, ", by correcting the promise “%s”", p->promise->title);
}

static void append_titles(GString *out, const plx_next *next)
{
    for (guint i = 0; i < next->n_tied; i++)
        g_string_append_printf(
            out, "%s“%s”%s", i == 0 ? "" : (i + 1 == next->n_tied ? " and " : ", "),
            next->proposals[i].title,
            next->proposals[i].repair == PLX_STEP_PROMISE ? " (its promise)" : "");
}

static void append_measure(GString *out, const plx_next *next)
{
    g_string_append(out, "Measure first: ");
    if (next->reason == PLX_NEXT_NO_LEVELS)
        g_string_append(out, "there are no levels yet from which a step could be told.");
    else if (next->reason == PLX_NEXT_FEW_ANSWERS)
        g_string_append_printf(
            out, "“%s” stands first, but on too few answers to name a step (%d of %d).",
            next->proposals[0].title, (int)next->proposals[0].voice->n, PLX_NEXT_ANSWERS);
    else
        g_string_append_printf(out,
                               "“%s” stands first, but it is not sure that many are short of "
                               "anything there.",
                               next->proposals[0].title);
}

void plx_next_words_lead(GString *out, const plx_next *next)
{
    switch (next->outcome) {
    case PLX_NEXT_RECOMMENDED:
        g_string_append(out, "The next step: ");
        plx_next_words_step(out, next->recommended);
        g_string_append_c(out, '.');
        break;
    case PLX_NEXT_TIE:
        if (next->reason == PLX_NEXT_NO_DIFFERENCE) {
            g_string_append(out, "No step stands out: moments differ no more than chance makes "
                                 "them.");
            break;
        }
        g_string_append(out, "A tie: ");
        append_titles(out, next);
        g_string_append(out, " are too near to each other to name one.");
        break;
    case PLX_NEXT_MEASURE_FIRST:
        append_measure(out, next);
        break;
    case PLX_NEXT_EXPLAIN_BETTER:
        g_string_append(out, "No change needed: explain better what is there.");
        break;
    case PLX_NEXT_NOTHING_NEEDED:
        g_string_append(out, "No change needed: nearly everybody gets what they expect.");
        break;
    }
}

/* "Of 100 customers who meet it, 38 (34–42 %) fall below Expected." */
void plx_next_words_below(const plx_next *next, const struct plx_proposal *p, GString *out)
{
    g_string_append(out, "Of 100 ");
    plx_next_words_people(next, out);
    g_string_append_printf(out, " who meet it, %.0f ", 100 * p->below_met);
    g_string_append_c(out, '(');
    plx_words_percent_range(out, p->below_met_ci);
    g_string_append(out, p->scale->down ? ") are " : ") fall ");
    plx_words_below(out, p->scale);
    if (p->to != p->scale->met) {
        g_string_append_printf(out, ", %.0f %s ", 100 * p->below,
                               p->scale->down ? "worse than" : "below");
        plx_next_words_level(out, p, p->to);
    }
    if (p->touched < 99.5)
        g_string_append_printf(out, "; of 100 on the way %.0f meet it", p->touched);
    g_string_append_c(out, '.');
}

void plx_next_words_side(GString *out, const char *who, const struct plx_belief *belief,
                         const struct plx_voice *voice, gboolean unaware)
{
    /* Of few people of one mind neither may be shown. */
    const gboolean believed = belief && isfinite(belief->believed);
    if (!believed && (!voice || !isfinite(voice->mean)))
        return;
    g_string_append_printf(out, " %s ", who);
    if (believed) {
        g_string_append(out, "think that ");
        plx_words_percent(out, belief->believed);
        g_string_append(out, " get what they desire");
        if (isfinite(belief->served)) {
            g_string_append(out, "; ");
            plx_words_percent(out, belief->served);
            g_string_append(out, " say so");
        }
    } else {
        g_string_append(out, "rate it ");
        plx_words_mean(out, voice->mean);
    }
    g_string_append(out, unaware ? ": they did not see this yet." : ".");
}

void plx_next_words_broken(const plx_next *next, GString *out)
{
    const struct plx_scale *scale = next->broken_scale;
    g_string_append_printf(out,
                           scale ? "First what is broken: at “%s” " : "Promises first: at “%s” ",
                           next->broken_title);
    plx_words_percent(out, next->broken);
    if (scale) {
        g_string_append(out, " say ");
        append_level(out, scale, scale->floor);
        g_string_append(out, scale->down ? ", so that nothing better than "
                                         : ", so that nothing above ");
        plx_words_level(out, scale, scale->met);
    } else {
        g_string_append(out, " get less than was promised, so that nothing above Expected");
    }
    g_string_append(out, " is proposed here.");
}

/* What kept the point from being looked at together with the whole. */
static const char *why_unknown(const plx_next *next, const struct plx_proposal *p)
{
    if (next->no_whole)
        return "nobody was asked about the whole together with it; ask “overall” in the same "
               "answer.";
    for (guint i = 0; next->drivers && i < next->drivers->n_parts; i++) {
        const struct plx_drivers_part *part = &next->drivers->parts[i];
        for (guint k = 0; k < part->n_points; k++) {
            if (strcmp(part->points[k].point, p->point) != 0)
                continue;
            if (part->points[k].state == PLX_DRIVER_FLAT)
                return "everybody who judged both said the same of it.";
            if (part->points[k].state == PLX_DRIVER_TWIN)
                return "everybody who judged both answered it as another moment.";
            if (part->points[k].state == PLX_DRIVER_CROWDED)
                return "more moments than can be looked at together.";
        }
    }
    return "too few judged both.";
}

void plx_next_words_whole(const plx_next *next, const struct plx_proposal *p, GString *out)
{
    const struct plx_driver *d = p->driver;
    if (!d) {
        g_string_append(out, "Whether it goes with the whole is not known: ");
        g_string_append(out, why_unknown(next, p));
    } else if (isfinite(d->penalty)) {
        g_string_append(out, p->scale->words
                                 ? "Those who got Expected or Desired rate the whole "
                                 : "Those who got what they expected or desired rate the whole ");
        plx_words_mean(out, fabs(d->penalty));
        g_string_append(out, d->penalty <= 0 ? " higher" : " lower");
        g_string_append(out, " than those who did not, other answers alike; part of that may be "
                             "mood.");
    } else {
        g_string_append(out, "It goes with the whole");
        g_string_append(out, d->named ? " beyond what one mood would give."
                                      : " no more than one mood would give, as far as this shows.");
    }
    g_string_append(out, " Only a trial shows what lifting it does.");
}

void plx_next_words_effort(const struct plx_proposal *p, GString *out)
{
    static const char *const words[] = {"can be done today", "takes a week", "takes a quarter",
                                        "is a project"};
    if (p->effort < 0)
        g_string_append(out, "How much it takes is not known: set effort (today, week, quarter, "
                             "project) of the point in the map.");
    else
        g_string_append_printf(out, "The map says that it %s.", words[p->effort]);
}

void plx_next_words_places(const struct plx_proposal *p, GString *out)
{
    for (guint i = 0; i < p->n_places; i++)
        g_string_append_printf(out, "%s%s", i ? ", " : "", p->places[i]);
    if (p->n_places == 0)
        g_string_append(out, "No place is surely there yet.");
    else
        g_string_append(out, ": see what they do.");
}

void plx_next_words_wrong(const struct plx_proposal *p, GString *out)
{
    g_string_append(out, "places that take the step do no better than places that do not; or if "
                         "those who are short of it now are short of everything, so that the "
                         "trouble lies elsewhere");
    if (p->voice->n < 100)
        g_string_append(out, "; or if the next answers look otherwise: these are few");
    g_string_append_c(out, '.');
}

void plx_next_words_to_know(const struct plx_proposal *p, GString *out)
{
    if (!isfinite(p->answers_needed)) {
        g_string_append(out, "Too little is known to say.");
        return;
    }
    g_string_append(out, "To see half of those below reach it: about ");
    plx_words_count(out, (gint64)p->answers_needed);
    g_string_append_printf(out,
                           " answers, half of them where the step is taken; at least %d places "
                           "that take it and %d that do not",
                           PLX_NEXT_PLACES, PLX_NEXT_PLACES);
    if (isfinite(p->weeks))
        g_string_append_printf(out, "; about %.0f week%s at the present flow%s", p->weeks,
                               p->weeks > 1 ? "s" : "", p->n_trial ? " of the places named" : "");
    g_string_append(out, ". Where places differ much, more.");
}

const char *plx_next_words_anchor(const plx_next *next, const struct plx_proposal *p, int value)
{
    const plx_map *map = next->about.map;
    for (guint i = 0; i < map->n_points; i++)
        if (strcmp(map->points[i].id, p->point) == 0)
            return map->points[i].levels && p->scale->min == 1 && value >= 1 && value <= 6 &&
                           p->scale->max == 6
                       ? map->points[i].levels[value - 1]
                       : NULL;
    return NULL;
}

void plx_next_words_quote(GString *out, const struct plx_next_quote *quote)
{
    /* One line: how it was broken is nothing of what was said. */
    g_auto(GStrv) lines = g_strsplit_set(quote->text, "\r\n", -1);
    g_autofree char *text = g_strjoinv(" ", lines);
    g_string_append_printf(out, "“%s”", text);
    if (quote->level != PLX_CELL_EMPTY)
        g_string_append_printf(out, " (level\u00a0%d)", quote->level);
}

void plx_next_words_kind(const plx_next *next, enum plx_next_kind kind, GString *out)
{
    switch (kind) {
    case PLX_NEXT_SHORT:
        g_string_append(out, "What ");
        plx_next_words_people(next, out);
        g_string_append(out, " said there");
        return;
    case PLX_NEXT_BETTER:
        g_string_append(out, "What would be better, in their words");
        return;
    case PLX_NEXT_DID:
        g_string_append(out, "What was done when it went well");
        return;
    case PLX_NEXT_KINDS:
        return;
    }
}

/* Is it plain to any shell? */
static gboolean is_plain(const char *text)
{
    for (const char *at = text; *at; at++)
        if (!g_ascii_isalnum(*at) && !strchr("-_./:,=", *at))
            return FALSE;
    return *text != '\0';
}

static char *shell_word(const char *text)
{
    return is_plain(text) ? g_strdup(text) : g_shell_quote(text);
}

/* The workspace's own name, or the one that would be made of the file. */
static char *workspace_of(const plx_next *next)
{
    const char *source = next->about.source;
    if (g_str_has_suffix(source, ".plx"))
        return shell_word(source);
    g_autofree char *base = g_path_get_basename(source);
    char *dot = strchr(base + 1, '.');
    if (dot)
        *dot = '\0';
    g_autofree char *name =
        g_strconcat(*base == '-' || *base == '\0' ? "answers" : base, ".plx", NULL);
    return shell_word(name);
}

static gboolean listable(const char *const *places, guint n)
{
    for (guint i = 0; i < n; i++)
        if (strchr(places[i], ','))
            return FALSE;
    return n > 0;
}

static void add_list(GPtrArray *words, const char *option, GString *list)
{
    g_autofree char *word = shell_word(list->str);
    g_ptr_array_add(words, g_strdup_printf("--%s %s", option, word));
    g_string_truncate(list, 0);
}

/* Many are given in parts, so that no line is too long. */
static void add_places(GPtrArray *words, const char *option, const char *const *places, guint n)
{
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < n; i++) {
        if (list->len && list->len + strlen(places[i]) > PLACES_WIDTH)
            add_list(words, option, list);
        g_string_append_printf(list, "%s%s", list->len ? "," : "", places[i]);
    }
    add_list(words, option, list);
}

/* When half and all of the answers it takes are there, never before six and twelve weeks. */
static void add_looks(GPtrArray *words, const struct plx_proposal *p)
{
    const guint weeks = isfinite(p->weeks) ? (guint)CLAMP(p->weeks, 12, 520) : 12;
    g_ptr_array_add(words, g_strdup_printf("--looks %uw,%uw", (weeks + 1) / 2, weeks));
}

static GPtrArray *command_words(const plx_next *next, const struct plx_proposal *p)
{
    GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *workspace = workspace_of(next);
    g_autofree char *point = shell_word(p->point);
    g_ptr_array_add(words, g_strdup_printf("parallax step add %s", workspace));
    g_ptr_array_add(words, g_strdup_printf("--point %s", point));
    g_ptr_array_add(words, g_strdup_printf("--from %d", p->from));
    g_ptr_array_add(words, g_strdup_printf("--to %d", p->to));
    g_ptr_array_add(words, g_strdup_printf("--share %.2f", p->share));
    if (p->repair == PLX_STEP_PROMISE)
        g_ptr_array_add(words, g_strdup("--repair promise"));
    g_ptr_array_add(words, g_strdup("--start DAY"));
    g_ptr_array_add(words, g_strdup("--owner NAME"));
    if (listable(p->trial, p->n_trial) && listable(p->compare, p->n_trial)) {
        add_places(words, "places", p->trial, p->n_trial);
        add_places(words, "compare", p->compare, p->n_trial);
    }
    g_ptr_array_add(words, g_strdup_printf("--window %uw", p->window));
    add_looks(words, p);
    return words;
}

void plx_next_words_command(const plx_next *next, const struct plx_proposal *p, guint width,
                            GString *out)
{
    g_autoptr(GPtrArray) words = command_words(next, p);
    glong at = 0;
    for (guint i = 0; i < words->len; i++) {
        const char *word = words->pdata[i];
        const glong length = g_utf8_strlen(word, -1);
        if (i > 0 && width && at + length + 3 > (glong)width) {
            g_string_append(out, " \\\n  ");
            at = 2;
        } else if (i > 0) {
            g_string_append_c(out, ' ');
            at++;
        }
        g_string_append(out, word);
        at += length;
    }
}

/* How a workspace is made of the file, with what was named beside it. */
static void append_workspace(const plx_next *next, GString *out)
{
    g_autofree char *workspace = workspace_of(next);
    g_autofree char *file = shell_word(next->about.source);
    g_autofree char *map = next->map_file ? shell_word(next->map_file) : NULL;
    g_autofree char *recipe = next->recipe_file ? shell_word(next->recipe_file) : NULL;
    const gboolean mapped = map || (next->about.map->n_journeys > 0 && !recipe);
    g_string_append_printf(out,
                           " Steps are kept in a workspace. To make one of this file, once: "
                           "parallax init %s %s %s",
                           workspace, mapped ? "--map" : "--from",
                           mapped ? map ? map : "MAP" : file);
    if (recipe && !mapped)
        g_string_append_printf(out, " --recipe %s", recipe);
    g_string_append_printf(out, "; parallax import %s %s", workspace, file);
    if (recipe)
        g_string_append_printf(out, " --recipe %s", recipe);
    g_string_append_c(out, '.');
}

void plx_next_words_command_notes(const plx_next *next, const struct plx_proposal *p,
                                  gboolean places, GString *out)
{
    g_string_append(out, "DAY is when it begins, like 2026-01-31, and NAME who sees to it.");
    if (places && p->n_trial > 0)
        g_string_append_printf(
            out,
            " What came in after it was written down is what it is held against: "
            "at the present flow that takes %u weeks. Begun sooner it can at most "
            "look up; more answers to this moment make it shorter.",
            p->window);
    if (places && p->n_trial > 0)
        g_string_append(out, " The places were drawn by lot from those with most answers: who "
                             "chooses places chooses the willing ones.");
    else if (places)
        g_string_append_printf(out,
                               " There are fewer than %d places: it will be before and after, not "
                               "proof. Add --places and --compare when there are more.",
                               2 * PLX_NEXT_PLACES);
    if (g_str_has_suffix(next->about.source, ".plx"))
        return;
    append_workspace(next, out);
}
