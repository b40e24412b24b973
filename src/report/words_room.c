/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of all moments of a room together. */
#include "report/view.h"
#include "report/words.h"
#include "report/words_beliefs.h"

#include <math.h>

#define FEWEST 3 /* moments that have an order worth telling */
#define NAMES 6  /* moments named before "and 3 more" */

static const struct plx_scale *one_scale(const struct plx_beliefs_group *group)
{
    const struct plx_scale *found = NULL;
    for (guint i = 0; i < group->n_moments; i++) {
        const struct plx_voice *voice = group->moments[i].served;
        if (!voice || !voice->scale || voice->scale->desired == PLX_NO_CUT)
            continue;
        if (found && !plx_scale_same(found, voice->scale))
            return NULL;
        found = voice->scale;
    }
    return found;
}

void plx_words_question(const plx_beliefs *beliefs, const struct plx_beliefs_group *group,
                        GString *out)
{
    const struct plx_scale *scale = one_scale(group);
    g_string_append(out, "Of 10 ");
    plx_words_people(beliefs->gaps, beliefs->about, out);
    g_string_append(out, ", how many would say ");
    if (scale)
        plx_words_cut(scale, out);
    else
        g_string_append(out, "it is as they desire, or better");
    g_string_append(out, " here?");
}

static gboolean few_to_order(const struct plx_beliefs_group *group)
{
    return !group->ranking || group->ranking->points < FEWEST;
}

gboolean plx_order_shown(const struct plx_beliefs_group *group)
{
    return !few_to_order(group) && group->ranking->suppressed == PLX_SHOWN &&
           isfinite(group->ranking->tau_pooled);
}

void plx_words_order(const plx_beliefs *beliefs, const struct plx_beliefs_group *group,
                     enum plx_words_to to, GString *out)
{
    if (!plx_order_shown(group)) {
        g_string_append(out, "Whether ");
        plx_words_guessers(beliefs, to, FALSE, out);
        g_string_append(out, " put the moments in the order of ");
        plx_words_people(beliefs->gaps, beliefs->about, out);
        g_string_append(out, few_to_order(group) ? " cannot be said of fewer than three moments."
                                                 : " is not shown for so few people: from ten on.");
        return;
    }
    plx_words_ranking(beliefs->gaps, group->ranking, out);
}

/* Why a list is empty: nothing can be compared, or it is not sure yet. */
static void append_why_none(const struct plx_beliefs_group *group, const char *none, GString *out)
{
    guint compared = 0, open = 0;
    for (guint i = 0; i < group->n_moments; i++) {
        compared += isfinite(group->moments[i].belief->difference) != 0;
        open += group->moments[i].belief->verdict == PLX_VERDICT_NOT_ENOUGH_YET;
    }
    if (!compared) {
        g_string_append(out, "At no moment can guess and answers be compared yet.");
        return;
    }
    g_string_append(out, none);
    if (open)
        g_string_append_printf(out,
                               " Of %u %s it is not sure yet: more guesses, or more answers, can "
                               "tell.",
                               open, open == 1 ? "moment" : "moments");
}

void plx_words_none_far(const struct plx_beliefs_group *group, GString *out)
{
    append_why_none(group, "At no moment is it sure that guess and answers lie apart.", out);
}

void plx_words_none_right(const struct plx_beliefs_group *group, GString *out)
{
    append_why_none(
        group, "At no moment is it sure yet that guess and answers are within one in ten.", out);
}

/* How many people guessed where it is not sure yet what that says; 0: at no such moment, or a
 * number is hidden. */
static gint64 open_guessers(const struct plx_beliefs_group *group)
{
    gint64 persons = 0;
    gboolean open = FALSE;
    for (guint m = 0; m < group->n_moments; m++) {
        const struct plx_belief *belief = group->moments[m].belief;
        if (belief->suppressed != PLX_SHOWN)
            return 0;
        persons = MAX(persons, belief->persons);
        open |= belief->verdict == PLX_VERDICT_NOT_ENOUGH_YET && !belief->complete;
    }
    return open ? persons : 0;
}

void plx_words_all_guessed(const plx_beliefs *beliefs, GString *out)
{
    if (beliefs->by < 0 || beliefs->n_groups != 1 ||
        !plx_view_may_ask(beliefs->gaps, (guint)beliefs->by))
        return;
    const gint64 persons = open_guessers(&beliefs->groups[0]);
    if (persons < 1 || persons >= PLX_VIEW_FEW)
        return;
    g_string_append_printf(out, "If these %" G_GINT64_FORMAT " are all your ", persons);
    plx_words_people(beliefs->gaps, beliefs->by, out);
    g_string_append_printf(out,
                           ", say --population %s=%" G_GINT64_FORMAT ": then more may be told.",
                           beliefs->gaps->audiences[beliefs->by], persons);
}

void plx_words_unguessed(const plx_beliefs *beliefs, const struct plx_beliefs_group *group,
                         GString *out)
{
    if (!group->n_unguessed)
        return;
    g_string_append_printf(out, "%u %s that ", group->n_unguessed,
                           group->n_unguessed == 1 ? "moment" : "moments");
    plx_words_people(beliefs->gaps, beliefs->about, out);
    g_string_append(out, group->n_unguessed == 1 ? " answered about was not guessed: "
                                                 : " answered about were not guessed: ");
    for (guint i = 0; i < MIN(group->n_unguessed, NAMES); i++)
        g_string_append_printf(out, "%s%s", i ? ", " : "", group->unguessed[i]->title);
    if (group->n_unguessed > NAMES)
        g_string_append_printf(out, " and %u more", group->n_unguessed - NAMES);
    g_string_append_c(out, '.');
}

void plx_words_gather(const plx_beliefs *beliefs, GPtrArray *sentences)
{
    GString *question = g_string_new("Ask each leader, before anybody sees results: of 10 ");
    if (beliefs->about >= 0)
        plx_words_people(beliefs->gaps, beliefs->about, question);
    else
        g_string_append(question, "customers");
    g_string_append(question, ", how many would say that this moment is as they desire, or "
                              "better? Three minutes and a sheet of paper do.");
    g_ptr_array_add(sentences, g_string_free(question, FALSE));
    g_ptr_array_add(sentences,
                    g_strdup("Write one row per guess into the file of answers, or a file beside "
                             "it: the columns audience (leader or staff), respondent, point, "
                             "believed (0 to 10). Who had seen results before: seen 1."));
    g_ptr_array_add(sentences,
                    g_strdup("Then ask again: the guess stands beside what was answered, moment by "
                             "moment. Five people or more, or --named leader when all agree to be "
                             "shown."));
}
