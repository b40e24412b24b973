/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/friction_words.h"

#include "report/about.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

#define TIED_MAX 4 /* named in the first sentence */

void plx_friction_of_100(GString *out, double share)
{
    if (isfinite(share))
        g_string_append_printf(out, "%.0f", share * 100);
    else
        g_string_append(out, "–");
}

void plx_friction_range(GString *out, struct plx_interval ci)
{
    if (!isfinite(ci.lo) || !isfinite(ci.hi))
        return;
    plx_friction_of_100(out, ci.lo);
    g_string_append(out, "–");
    plx_friction_of_100(out, ci.hi);
}

void plx_friction_number(GString *out, const struct plx_friction_figure *figure)
{
    if (figure->at_least && isfinite(figure->share))
        g_string_append(out, "at least ");
    plx_friction_of_100(out, figure->share);
}

void plx_friction_rank(GString *out, const struct plx_friction_point *point)
{
    if (!point->rank_best)
        g_string_append(out, "–");
    else if (point->rank_best == point->rank_worst)
        g_string_append_printf(out, "%u", point->rank_best);
    else
        g_string_append_printf(out, "%u–%u", point->rank_best, point->rank_worst);
}

void plx_friction_did(GString *out, const struct plx_friction_point *point,
                      enum plx_friction_kind kind)
{
    static const char *const words[PLX_FRICTION_KINDS] = {
        [PLX_FRICTION_FLOOR] = "found it very bad",
        [PLX_FRICTION_HARD] = "did not find it easy",
        [PLX_FRICTION_HESITATED] = "hesitated",
        [PLX_FRICTION_SURPRISED] = "were badly surprised",
        [PLX_FRICTION_COMPLAINED] = "complained",
        [PLX_FRICTION_WAITING] = "wrote of waiting",
        [PLX_FRICTION_REPEATING] = "wrote of doing it again",
    };
    if (kind != PLX_FRICTION_BELOW) {
        g_string_append(out, words[kind]);
        return;
    }
    g_string_append(out, point->scale && point->scale->down ? "were " : "fell ");
    plx_words_below(out, point->scale);
}

const char *plx_friction_column(enum plx_friction_kind kind)
{
    static const char *const words[PLX_FRICTION_KINDS] = {
        [PLX_FRICTION_BELOW] = "below",        [PLX_FRICTION_FLOOR] = "very bad",
        [PLX_FRICTION_HARD] = "not easy",      [PLX_FRICTION_HESITATED] = "hesitated",
        [PLX_FRICTION_SURPRISED] = "surprise", [PLX_FRICTION_COMPLAINED] = "complaint",
        [PLX_FRICTION_WAITING] = "waiting",    [PLX_FRICTION_REPEATING] = "again",
    };
    return words[kind];
}

static void people(const plx_friction *friction, GString *out)
{
    g_autoptr(plx_gaps) frame = plx_about_frame(&friction->about);
    plx_words_people(frame, friction->served, out);
}

/* "Payment page, Till or Door": those that may be first. */
static void append_tied(const plx_friction *friction, guint n, GString *out)
{
    guint named = 0;
    for (guint p = 0; p < friction->n_points; p++) {
        if (friction->points[p].rank_best != 1)
            continue;
        g_string_append_printf(out, "%s%s",
                               named == 0      ? ""
                               : named + 1 < n ? ", "
                                               : " or ",
                               friction->points[p].title);
        named++;
    }
}

/* "27 fell below Expected, 100 did not find it easy": so that the mildest kind does not pass for
 * the worst. */
static void append_made_of(const plx_friction *friction, const struct plx_friction_point *point,
                           GString *out)
{
    gboolean first = TRUE;
    for (enum plx_friction_kind k = 0; k < PLX_FRICTION_KINDS; k++) {
        if (!(friction->kinds >> k & 1u) || !isfinite(point->parts[k].share))
            continue;
        g_string_append(out, first ? ": " : ", ");
        plx_friction_of_100(out, point->parts[k].share);
        g_string_append_c(out, ' ');
        plx_friction_did(out, point, k);
        first = FALSE;
    }
}

static void append_first(const plx_friction *friction, const struct plx_friction_point *point,
                         GString *out)
{
    plx_friction_number(out, &point->figure);
    g_string_append(out, " of 100 ");
    people(friction, out);
    g_string_append(out, " met friction there (");
    plx_friction_range(out, point->figure.ci);
    g_string_append_c(out, ')');
    append_made_of(friction, point, out);
    g_string_append_c(out, '.');
}

static const struct plx_friction_point *first_ranked(const plx_friction *friction, guint *tied)
{
    const struct plx_friction_point *first = NULL;
    *tied = 0;
    for (guint p = 0; p < friction->n_points; p++) {
        const struct plx_friction_point *point = &friction->points[p];
        if (point->rank_best && !first)
            first = point;
        *tied += point->rank_best == 1 ? 1 : 0;
    }
    return first;
}

void plx_friction_lead(const plx_friction *friction, GString *out)
{
    guint tied;
    const struct plx_friction_point *first = first_ranked(friction, &tied);
    if (!first) {
        g_string_append(out, "Not enough answers yet to say where there is friction.");
    } else if (friction->family == 1) {
        g_string_append_printf(out, "%s: ", first->title);
        append_first(friction, first, out);
    } else if (tied == 1) {
        g_string_append_printf(out, "Most friction: %s. ", first->title);
        append_first(friction, first, out);
    } else if (tied <= TIED_MAX && tied < friction->family) {
        g_string_append(out, "Most friction: ");
        append_tied(friction, tied, out);
        g_string_append(out, ". They are too near to each other to say which.");
    } else {
        g_string_append_printf(out, "No moment stands out: any of %u%s may have the most friction.",
                               tied, tied < friction->family ? " of them" : "");
    }
}

/* "fell below Expected, found it hard or hesitated" */
static void append_kinds(const plx_friction *friction, GString *out)
{
    static const struct plx_friction_point none = {0};
    const struct plx_friction_point *model = &none;
    guint n = 0, done = 0;
    for (guint p = friction->n_points; p > 0; p--)
        if (friction->points[p - 1].scale)
            model = &friction->points[p - 1];
    for (enum plx_friction_kind k = 0; k < PLX_FRICTION_KINDS; k++)
        n += friction->kinds >> k & 1u;
    for (enum plx_friction_kind k = 0; k < PLX_FRICTION_KINDS; k++) {
        if (!(friction->kinds >> k & 1u))
            continue;
        g_string_append(out, done == 0 ? "" : done + 1 < n ? ", " : " or ");
        plx_friction_did(out, model, k);
        done++;
    }
}

/* "below Somewhat easy" of the first point that was asked. */
static void append_effort_cut(const plx_friction *friction, GString *out)
{
    for (guint p = 0; p < friction->n_points; p++) {
        const struct plx_scale *scale = friction->points[p].effort_scale;
        if (!scale || scale->met == PLX_NO_CUT)
            continue;
        g_string_append_printf(out, " Not easy is an answer %s %d on the scale from %d to %d",
                               scale->down ? "above" : "below", scale->met, scale->min, scale->max);
        /* Forms show the ends of ours, not the words of its seven steps. */
        if (strcmp(scale->id, "effort") == 0) {
            g_string_append(out, ": 1 is very hard, 7 is very easy");
            if (2 * scale->met > scale->min + scale->max)
                g_string_append_printf(out, ", and %d, the middle, does not say easy",
                                       (scale->min + scale->max) / 2);
            g_string_append_c(out, '.');
        } else if (scale->words) {
            g_string_append(out, " (“");
            plx_words_level(out, scale, scale->met);
            g_string_append(out, "” or better is easy).");
        } else {
            g_string_append_c(out, '.');
        }
        return;
    }
}

void plx_friction_meaning(const plx_friction *friction, GString *out)
{
    if (!friction->kinds) {
        g_string_append(out,
                        "Friction is counted from levels, from the answers to how easy it was, and "
                        "from hesitation and bad surprises where they were noted. At no moment did "
                        "enough people answer one of these.");
        return;
    }
    g_string_append(out, "Friction is counted once per answer: somebody who ");
    append_kinds(friction, out);
    g_string_append(out, ".");
    append_effort_cut(friction, out);
}

static void append_part(const struct plx_friction_point *point, enum plx_friction_kind kind,
                        GString *out)
{
    const struct plx_friction_part *part = &point->parts[kind];
    plx_friction_of_100(out, part->share);
    g_string_append_c(out, ' ');
    plx_friction_did(out, point, kind);
    g_string_append(out, " (");
    plx_friction_range(out, part->ci);
    g_string_append(out, ", ");
    plx_words_count(out, part->n);
    g_string_append(out, kind == PLX_FRICTION_COMPLAINED  ? " visits)"
                         : kind > PLX_FRICTION_COMPLAINED ? " wrote)"
                                                          : " asked)");
}

void plx_friction_point_text(const plx_friction *friction, const struct plx_friction_point *point,
                             GString *out)
{
    gboolean first = TRUE;
    plx_friction_number(out, &point->figure);
    g_string_append(out, " of 100 ");
    people(friction, out);
    g_string_append(out, " met friction (");
    plx_friction_range(out, point->figure.ci);
    g_string_append(out, "): ");
    for (enum plx_friction_kind k = 0; k < PLX_FRICTION_KINDS; k++) {
        const gboolean asked = k < PLX_FRICTION_COMPLAINED; /* 0 of a question is an answer */
        if (!isfinite(point->parts[k].share) || (!asked && point->parts[k].share == 0))
            continue;
        g_string_append(out, first ? "" : ", ");
        append_part(point, k, out);
        first = FALSE;
    }
    g_string_append_c(out, '.');
}

void plx_friction_unseen_text(const plx_friction *friction, const struct plx_friction_point *point,
                              GString *out)
{
    g_autoptr(plx_gaps) frame = plx_about_frame(&friction->about);
    for (guint i = 0; i < point->n_unseen; i++) {
        if (i)
            g_string_append_c(out, ' ');
        plx_words_people_first(frame, point->unseen[i].audience, out);
        g_string_append(out, " do not see this yet: they ");
        g_string_append(out, point->unseen[i].verdict == PLX_VERDICT_BLIND_SPOT
                                 ? "rate it higher than "
                                 : "think more are content than ");
        plx_words_people(frame, friction->served, out);
        g_string_append(out, point->unseen[i].verdict == PLX_VERDICT_BLIND_SPOT ? " do." : " say.");
    }
}
