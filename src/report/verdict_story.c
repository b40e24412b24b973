/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/about.h"
#include "report/step.h"
#include "report/verdict_weeks.h"
#include "report/verdict_words.h"
#include "report/words.h"

#include <math.h>

/* What was wanted ---------------------------------------------------------------------------- */

static void item(plx_story *story, const char *title, const plx_trial *trial,
                 void (*append)(GString *out, const plx_trial *trial))
{
    g_autoptr(GString) text = g_string_new(NULL);
    append(text, trial);
    if (text->len > 0)
        plx_story_item(story, title, text->str);
}

static void say(plx_story *story, const plx_trial *trial,
                void (*append)(GString *out, const plx_trial *trial))
{
    g_autoptr(GString) text = g_string_new(NULL);
    append(text, trial);
    plx_story_say(story, text->str);
}

static void tell_verdict(plx_story *story, const plx_trial *trial)
{
    say(story, trial, plx_verdict_append_plan);
    say(story, trial, plx_verdict_append_look);
    if (trial->decision.verdict == PLX_STEP_NOT_SHOWN)
        plx_story_say(story, "Not shown is not the same as no effect: what lies in the interval "
                             "stays possible.");
    plx_verdict_tell_weakness(story, trial);
    plx_story_heading(story, "What was wanted");
    item(story, "Target", trial, plx_verdict_append_target);
    item(story, "Worth it", trial, plx_verdict_append_worth);
    item(story, "The whole", trial, plx_verdict_append_whole);
    item(story, "Looks", trial, plx_verdict_append_next);
    item(story, "To stay", trial, plx_verdict_append_keep);
}

/* Places ------------------------------------------------------------------------------------- */

static void tell_place(plx_story *story, const struct plx_trial_place *place, gboolean begun,
                       gboolean sides)
{
    g_autoptr(GString) change = g_string_new(NULL);
    plx_words_difference_with(change, place->change, 2);
    plx_story_cellf(story, "%s%s", *place->name ? place->name : "(no place)",
                    place->counts || !begun ? "" : " *");
    if (sides)
        plx_story_cell(story, place->treated ? "with" : "without");
    plx_verdict_cells(story, &place->before);
    plx_verdict_cells(story, &place->after);
    plx_story_cell(story, change->str);
}

static void tell_places(plx_story *story, const plx_trial *trial)
{
    static const struct plx_story_column columns[] = {
        {"Place", PLX_STORY_WIDE},     {"Step", PLX_STORY_TEXT},    {"Before", PLX_STORY_NUMBER},
        {"Answers", PLX_STORY_NUMBER}, {"Since", PLX_STORY_NUMBER}, {"Answers", PLX_STORY_NUMBER},
        {"Change", PLX_STORY_NUMBER},
    };
    static const struct plx_story_column one_sided[] = {
        {"Place", PLX_STORY_WIDE},   {"Before", PLX_STORY_NUMBER},  {"Answers", PLX_STORY_NUMBER},
        {"Since", PLX_STORY_NUMBER}, {"Answers", PLX_STORY_NUMBER}, {"Change", PLX_STORY_NUMBER},
    };
    const gboolean sides = trial->step->plan->compare[0] != NULL;
    const gboolean begun = trial->today > trial->step->plan->start; /* before, no place can count */
    gboolean all = TRUE;
    if (trial->n_places == 0)
        return;
    plx_story_heading(story, "Place by place");
    if (sides)
        plx_story_table(story, NULL, columns, G_N_ELEMENTS(columns));
    else
        plx_story_table(story, NULL, one_sided, G_N_ELEMENTS(one_sided));
    for (guint i = 0; i < trial->n_places; i++) {
        all = all && trial->places[i].counts;
        tell_place(story, &trial->places[i], begun, sides);
    }
    if (!all && begun)
        plx_story_quiet(story, "* does not count: too few answers before the start or since.");
}

/* What was changed --------------------------------------------------------------------------- */

static void tell_amendment(plx_story *story, const struct plx_step_amendment *amendment)
{
    g_autofree char *time = plx_step_time(amendment->utc_seconds);
    g_autofree char *title = g_strdup_printf("%s by %s", time, amendment->author);
    g_autofree char *text = g_strdup_printf(
        "%s was “%s”, is “%s”%s", amendment->field, amendment->before, amendment->after,
        amendment->late ? ": late, when the step had begun." : ".");
    plx_story_item(story, title, text);
}

static void tell_changes(plx_story *story, const plx_trial *trial)
{
    const struct plx_step *const step = trial->step;
    struct plx_step_remark remark;
    gboolean other_day = FALSE;
    for (guint i = 0; plx_step_remark(step, i, &remark); i++) {
        if (g_str_equal(remark.code, "other_day")) {
            plx_story_note(story, remark.words);
            other_day = TRUE;
        }
        g_free(remark.words);
    }
    if (!trial->given_up && !step->started.author && !other_day && trial->today > step->plan->start)
        plx_story_note(story, "Nobody has said that it began ('step start'): taken as planned.");
    if (step->amendments->len == 0)
        return;
    plx_story_heading(story, "What was changed since it was registered");
    for (guint i = 0; i < step->amendments->len; i++)
        tell_amendment(story, step->amendments->pdata[i]);
}

/* Method ------------------------------------------------------------------------------------- */

static const struct plx_words_method methods[] = {
    {"The verdict",
     "The place is the unit: mean after less mean before, one number per place, places alike in "
     "weight; Welch's t of the places with the step against those without (Donald and Lang 2007). "
     "A "
     "place counts with 5 answers on both sides. Up where the interval lies above 0, down where it "
     "lies below; with fewer than 4 and 4 places, registered or amended after the start, or "
     "against "
     "an old baseline, it looks up at most. Without places to compare with: Welch's t over all "
     "answers before and after."},
    {"Looks",
     "Fixed when the step was registered, each with its share of the error of 5 % (alpha spending, "
     "Lan and DeMets 1983, as Bonferroni's shares): of the time to the last look the part t has "
     "spent 5 % x t x t. Other days give data and no verdict."},
    {"Quiet comparisons",
     "The same rule with all looks, at the same places, on this point and others that no step "
     "names, "
     "from every start for which baseline and looks end before the step's own baseline; and, with "
     "8 "
     "places to compare with, every second of these against the others, also since."},
    {"The second view",
     "Segmented regression of weekly means (Wagner et al. 2002), Newey-West errors; 95 %."},
    {"An old baseline",
     "The worst of all moments is chosen in past windows as it was for the step, and followed: "
     "regression to the mean (Galton 1886)."},
    {NULL, NULL},
};

static void append_p(GString *out, double p)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    if (p < 0.0001)
        g_string_append(out, "p below 0.0001");
    else
        g_string_append_printf(out, "p = %s", g_ascii_formatd(text, sizeof text, "%.4f", p));
}

static void tell_numbers(plx_story *story, const plx_trial *trial)
{
    const struct plx_place_change *const c = &trial->decision.change;
    g_autoptr(GString) text = g_string_new(NULL);
    char df[G_ASCII_DTOSTR_BUF_SIZE];
    if (!isfinite(c->p))
        return;
    if (isfinite(c->comparison)) {
        g_string_append(text, "Mean change with the step ");
        plx_words_difference_with(text, c->treated, 2);
        g_string_append(text, ", without ");
        plx_words_difference_with(text, c->comparison, 2);
        g_string_append(text, ". ");
    }
    g_string_append_printf(text, "On %s degrees of freedom ",
                           g_ascii_formatd(df, sizeof df, "%.1f", c->df));
    append_p(text, c->p);
    if (c->method == PLX_P_EXACT || c->method == PLX_P_MONTE_CARLO) {
        g_string_append(text, "; by permuting the places ");
        append_p(text, c->p_permuted);
        g_string_append(text, c->method == PLX_P_EXACT ? " (all divisions)" : " (drawn)");
    }
    g_string_append_c(text, '.');
    plx_story_method(story, "Here", text->str);
}

plx_story *plx_verdict_story(const plx_trial *trial)
{
    plx_story *const story = plx_story_new("verdict", "Did the step work?");
    g_autoptr(GString) lead = g_string_new(NULL);
    plx_verdict_append_lead(lead, trial);
    plx_story_lead(story, lead->str);
    plx_about_story(&trial->about, story);
    tell_verdict(story, trial);
    tell_places(story, trial);
    plx_verdict_tell_checks(story, trial);
    plx_story_heading(story, "How often it cries up for nothing");
    say(story, trial, plx_verdict_append_placebo);
    plx_story_heading(story, "A second view");
    say(story, trial, plx_verdict_append_series);
    plx_verdict_tell_weeks(story, trial);
    tell_changes(story, trial);
    for (const struct plx_words_method *m = methods; m->heading; m++)
        plx_story_method(story, m->heading, m->text);
    tell_numbers(story, trial);
    return story;
}
