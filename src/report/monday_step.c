/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page for Monday where the step was written down: what was agreed, instead of what is to be.
 */
#include "report/monday_words.h"

#include "report/words.h"

#define NAMED 12 /* places on each side; more are counted */

static void take_line(GPtrArray *lines, GString *text)
{
    g_ptr_array_add(lines, g_strdup(text->str));
    g_string_truncate(text, 0);
}

const char *plx_monday_kicker(const plx_next *next)
{
    const struct plx_step *step = plx_monday_step(next);
    if (!next->recommended)
        return "This week";
    if (!step)
        return "The one thing to do this week";
    return step->state == PLX_STEP_RUNNING ? "The one thing to do: it is under way"
                                           : "The one thing to do: it is planned";
}

const struct plx_step *plx_monday_step(const plx_next *next)
{
    return next->recommended ? next->recommended->under_way : NULL;
}

const char *plx_monday_do_title(const plx_next *next)
{
    return plx_monday_step(next) ? "What is agreed" : "On Monday morning";
}

/* The plan may lift another level, or in another way, than is recommended today. */
static void append_way(const struct plx_proposal *p, const struct plx_step_plan *plan, GString *out)
{
    if (plan->from == p->from && plan->to == p->to && plan->repair == p->repair)
        return;
    g_string_append(out, " It goes from ");
    plx_next_words_level(out, p, plan->from);
    g_string_append(out, " to ");
    plx_next_words_level(out, p, plan->to);
    g_string_append(out, plan->repair == PLX_STEP_PROMISE ? ", by correcting the promise." : ".");
}

/* What was to begin and did not is said so: the day has passed. */
static void append_start(const plx_next *next, const struct plx_step *step, GString *out)
{
    const gboolean running = step->state == PLX_STEP_RUNNING;
    const gboolean due = !running && step->plan->start < next->waiting_at;
    g_string_append(out, running ? "It is under way; planned for "
                         : due   ? "It was to begin on "
                                 : "It begins on ");
    plx_words_day(out, step->plan->start);
    g_string_append(out, due ? ": say that it has begun, or put it off." : ".");
}

static void append_places(GString *out, char *const *places)
{
    const guint n = g_strv_length((char **)(guintptr)places);
    if (n > NAMED) {
        g_string_append_printf(out, "%u places", n);
        return;
    }
    for (guint i = 0; i < n; i++)
        g_string_append_printf(out, "%s%s", i == 0 ? "" : i + 1 == n ? " and " : ", ", places[i]);
}

static void append_where(const struct plx_step_plan *plan, GString *out)
{
    if (!*plan->places) {
        g_string_append(out, "It is done everywhere: before is held against after.");
        return;
    }
    g_string_append(out, "It is done in ");
    append_places(out, plan->places);
    if (*plan->compare) {
        g_string_append(out, ". Leave ");
        append_places(out, plan->compare);
        g_string_append(out, " as they are, to compare with");
    }
    g_string_append_c(out, '.');
}

GPtrArray *plx_monday_written(const plx_next *next, const struct plx_step *step)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) text = g_string_new(NULL);
    const struct plx_step_plan *plan = step->plan;
    g_string_append_printf(text, "%s sees to it. It is written down as step %" G_GINT64_FORMAT ".",
                           plan->owner, step->id);
    append_way(next->recommended, plan, text);
    take_line(lines, text);
    if (plan->note && *plan->note)
        g_string_append_printf(text, "What is done: “%s”.", plan->note);
    else
        plx_monday_what(next, next->recommended, text);
    take_line(lines, text);
    append_start(next, step, text);
    take_line(lines, text);
    append_where(plan, text);
    take_line(lines, text);
    return lines;
}

void plx_monday_judged(const plx_next *next, const struct plx_step *step, GString *out)
{
    const struct plx_step_plan *plan = step->plan;
    g_string_append_printf(out, "Success is when %.0f of 100 are at ", 100 * plan->share);
    plx_next_words_level(out, next->recommended, plan->to);
    g_string_append(out, " or better. It is judged on ");
    for (guint i = 0; i < plan->n_looks; i++) {
        g_string_append(out, i == 0 ? "" : i + 1 == plan->n_looks ? " and " : ", ");
        plx_words_day(out, plan->looks[i].day);
    }
    g_string_append(out, ", held against what was said from ");
    plx_words_day(out, plan->baseline);
    g_string_append(out, " until its start. How it goes stands in the app, at Next.");
}
