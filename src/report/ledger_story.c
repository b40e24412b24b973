/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/ledger.h"

#include "report/verdict_words.h"
#include "report/words.h"

#include <math.h>

/* "0.4 (0.1 to 0.7)", or NULL where it is not known. */
static const char *with_range(GString *text, double value, struct plx_interval ci)
{
    g_string_truncate(text, 0);
    if (!isfinite(value))
        return NULL;
    const guint decimals = plx_verdict_decimals(value, ci);
    plx_words_difference_with(text, value, decimals);
    if (isfinite(ci.lo) && isfinite(ci.hi)) {
        g_string_append(text, " (");
        plx_words_range_with(text, ci, decimals);
        g_string_append_c(text, ')');
    }
    return text->str;
}

static const char *verdict_words(const struct plx_ledger_entry *entry)
{
    return entry->trial->given_up ? "given up" : plx_verdict_words(entry->trial->decision.verdict);
}

/* The lead ------------------------------------------------------------------------------------ */

/* Those whose looks are still to come; at its last look a step that may prove nothing is no longer
 * one of them, though it never gets judged. */
static guint count_open(const plx_ledger *ledger)
{
    guint open = 0;
    for (guint i = 0; i < ledger->n; i++)
        open += ledger->entries[i].trial->decision.verdict == PLX_STEP_TOO_EARLY ? 1 : 0;
    return open - ledger->given_up; /* whose verdict stays too early */
}

static void append_lead(GString *out, const plx_ledger *ledger)
{
    const guint open = count_open(ledger);
    const guint blind = ledger->n - ledger->judged - ledger->looks_up - open - ledger->given_up;
    if (ledger->n == 0) {
        g_string_append(out, "No step was registered yet.");
    } else if (ledger->judged == 0) {
        g_string_append_printf(out, "No step has been judged yet, of %u registered.", ledger->n);
    } else {
        g_string_append_printf(out, "%u %s judged: %u up, %u not shown, %u down.", ledger->judged,
                               ledger->judged == 1 ? "step" : "steps", ledger->up,
                               ledger->not_shown, ledger->down);
    }
    if (ledger->looks_up)
        g_string_append_printf(out, " %u %s up, without proof.", ledger->looks_up,
                               ledger->looks_up == 1 ? "looks" : "look");
    if (blind)
        g_string_append_printf(out, " %u showed nothing, and could have proved nothing.", blind);
    if (ledger->given_up)
        g_string_append_printf(out, " %u %s given up before %s began.", ledger->given_up,
                               ledger->given_up == 1 ? "was" : "were",
                               ledger->given_up == 1 ? "it" : "they");
    if (open && ledger->judged)
        g_string_append_printf(out, " %u %s to be judged.", open, open == 1 ? "waits" : "wait");
}

/* Step by step -------------------------------------------------------------------------------- */

static void append_before(GString *out, const struct plx_ledger_entry *entry, GString *text)
{
    const char *const number = with_range(text, entry->associated, entry->associated_ci);
    if (!number) {
        g_string_append(out, "Before: how it goes with the whole is not known.");
        return;
    }
    g_string_append_printf(out, "Before: who got %s here rated the whole %s higher.",
                           entry->above ? "more than Desired" : "at least Expected", number);
}

static void append_after(GString *out, const struct plx_ledger_entry *entry, GString *text)
{
    const struct plx_place_change *const change = &entry->trial->decision.change;
    const char *const number = with_range(text, change->estimate, change->ci);
    if (!number) {
        g_string_append(out, entry->trial->given_up ? " After: it was given up before it began."
                                                    : " After: nothing to compare yet.");
        return;
    }
    g_string_append_printf(out, " After: the moment %s levels", number);
    const char *const whole =
        with_range(text, entry->trial->whole.estimate, entry->trial->whole.ci);
    if (whole)
        g_string_append_printf(out, ", the whole %s", whole);
    g_string_append(out, entry->trial->decision.design == PLX_STEP_PLACES_COMPARED
                             ? ", with the step more than without."
                             : ", since then against before.");
}

static void append_kept(GString *out, const struct plx_ledger_entry *entry)
{
    if (entry->trial->keep == PLX_KEEP_HELD)
        g_string_append(out, " It held.");
    else if (entry->trial->keep == PLX_KEEP_FADED)
        g_string_append(out, " It has faded since.");
}

static void tell_entry(plx_story *story, const struct plx_ledger_entry *entry, GString *text)
{
    const struct plx_step_plan *const plan = entry->step->plan;
    g_autoptr(GString) words = g_string_new(NULL);
    g_autofree char *title =
        g_strdup_printf("%" G_GINT64_FORMAT " %s, %d to %d: %s", entry->step->id,
                        entry->trial->title, plan->from, plan->to, verdict_words(entry));
    append_before(words, entry, text);
    append_after(words, entry, text);
    append_kept(words, entry);
    plx_story_subject(story, plan->point);
    plx_story_item(story, title, words->str);
}

static void tell_entries(plx_story *story, const plx_ledger *ledger)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (ledger->n == 0)
        return;
    plx_story_heading(story, "Step by step");
    for (guint i = 0; i < ledger->n; i++)
        tell_entry(story, &ledger->entries[i], text);
    plx_story_subject(story, NULL);
    plx_story_quiet(story,
                    "Before: of the answers before the start, other answers alike; part of that is "
                    "mood. It says what goes together, not what a step does.");
}

/* Kinds --------------------------------------------------------------------------------------- */

static const char *kind_title(enum plx_ledger_kind kind)
{
    static const char *const titles[] = {"value", "sense", "effort", "repair"};
    return titles[kind];
}

static const char *group_name(const struct plx_ledger_group *group)
{
    return *group->name ? group->name : "not set";
}

static void tell_groups(plx_story *story, const plx_ledger *ledger)
{
    static const struct plx_story_column columns[] = {
        {"Kind", PLX_STORY_WIDE},     {"Steps", PLX_STORY_NUMBER},     {"Judged", PLX_STORY_NUMBER},
        {"Up", PLX_STORY_NUMBER},     {"Not shown", PLX_STORY_NUMBER}, {"Down", PLX_STORY_NUMBER},
        {"Change", PLX_STORY_NUMBER}, {"Before", PLX_STORY_NUMBER}};
    g_autoptr(GString) text = g_string_new(NULL);
    if (ledger->n == 0)
        return;
    const struct plx_interval none = {NAN, NAN};
    plx_story_table(story, "Kinds of steps", columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < ledger->n_groups; i++) {
        const struct plx_ledger_group *const group = &ledger->groups[i];
        plx_story_cellf(story, "%s: %s", kind_title(group->kind), group_name(group));
        const guint counts[] = {group->steps, group->judged, group->up, group->not_shown,
                                group->down};
        for (guint k = 0; k < G_N_ELEMENTS(counts); k++)
            plx_story_cellf(story, "%u", counts[k]);
        plx_story_cell(story, with_range(text, group->change, none));
        plx_story_cell(story, with_range(text, group->associated, none));
    }
    plx_story_quiet(story, "Change: mean of what the moments did; before: mean of how much higher "
                           "the whole was rated; of judged steps.");
}

static void say_what_works(plx_story *story, const plx_ledger *ledger)
{
    gboolean any = FALSE;
    for (guint i = 0; i < ledger->n_groups; i++) {
        const struct plx_ledger_group *const group = &ledger->groups[i];
        if (!group->stands_out)
            continue;
        g_autofree char *title =
            g_strdup_printf("%s: %s", kind_title(group->kind), group_name(group));
        g_autofree char *words =
            g_strdup_printf("%u of %u judged steps went up, of all others %u of %u.", group->up,
                            group->judged, ledger->up - group->up, ledger->judged - group->judged);
        if (!any)
            plx_story_heading(story, "What kind of step works here");
        plx_story_item(story, title, words);
        any = TRUE;
    }
    if (!any && ledger->judged)
        plx_story_say(story, "No kind of step surely works better here than the others: too few "
                             "have been judged, or kinds are alike.");
    if (ledger->n == 0)
        plx_story_say(story, "'parallax next' names the one to take, 'parallax step add' registers "
                             "it before it starts.");
}

plx_story *plx_ledger_story(const plx_ledger *ledger)
{
    plx_story *story = plx_story_new("ledger", "Ledger");
    g_autoptr(GString) lead = g_string_new(NULL);
    append_lead(lead, ledger);
    plx_story_lead(story, lead->str);
    say_what_works(story, ledger);
    tell_entries(story, ledger);
    tell_groups(story, ledger);
    plx_story_method(story, "Judged",
                     "A step that may prove something (registered before its start, four places on "
                     "either side, a fresh baseline) and is up, down, or at its last look not "
                     "shown. 'parallax step verify' has each verdict with its checks.");
    plx_story_method(story, "What works",
                     "A kind stands out when its share of steps that went up differs from that of "
                     "all others by Newcombe's interval (1998), held together over the kinds at "
                     "5 % (Bonferroni). A moment of several senses counts for each.");
    return story;
}
