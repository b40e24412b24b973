/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/verdict_words.h"

#include "base/date.h"
#include "report/step.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

/* Numbers ------------------------------------------------------------------------------------ */

guint plx_verdict_decimals(double estimate, struct plx_interval ci)
{
    const double near = 0.05; /* prints as 0.0 with one decimal */
    return fabs(ci.lo) < near || fabs(ci.hi) < near || fabs(estimate) < near ? 2 : 1;
}

void plx_verdict_append_change(GString *out, double estimate, struct plx_interval ci)
{
    const guint decimals = plx_verdict_decimals(estimate, ci);
    plx_words_difference_with(out, estimate, decimals);
    g_string_append(out, " levels");
    if (!isfinite(ci.lo) || !isfinite(ci.hi))
        return;
    g_string_append(out, " (");
    plx_words_range_with(out, ci, decimals);
    g_string_append_c(out, ')');
}

/* " (95 % interval 0.3 to 0.9)": all looks together hold at that. */
static void append_interval(GString *out, const plx_trial *t, guint decimals)
{
    const struct plx_interval ci = t->decision.change.ci;
    if (!isfinite(ci.lo) || !isfinite(ci.hi))
        return;
    g_string_append_printf(out, "%g %% interval ", 100 * (1 - t->step->plan->alpha));
    plx_words_mean_with(out, ci.lo, decimals);
    g_string_append(out, " to ");
    plx_words_mean_with(out, ci.hi, decimals);
}

static guint decimals_of(const plx_trial *t)
{
    return plx_verdict_decimals(t->decision.change.estimate, t->decision.change.ci);
}

static void append_level(GString *out, const plx_trial *t, int level)
{
    g_autoptr(GString) word = g_string_new(NULL);
    g_autofree char *number = g_strdup_printf("%d", level);
    plx_words_level(word, t->scale, level);
    if (strcmp(word->str, number) == 0)
        g_string_append(out, number);
    else
        g_string_append_printf(out, "%s (%d)", word->str, level);
}

static const struct plx_step_look *look_of(const plx_trial *t, gint look)
{
    return look >= 0 ? &t->step->plan->looks[look] : NULL;
}

const char *plx_verdict_words(enum plx_step_verdict verdict)
{
    static const char *const words[] = {"too early", "up", "down", "not shown", "looks up"};
    return words[verdict];
}

/* The sentence of the verdict ---------------------------------------------------------------- */

static guint count_treated(const plx_trial *t)
{
    guint n = 0;
    for (guint i = 0; i < t->n_places; i++)
        n += t->places[i].treated ? 1 : 0;
    return n;
}

/* "rose by 0.6 levels more": what the places with the step did, against the others. On a scale on
 * which low is good, up is better, not higher. */
static void append_compared(GString *out, const plx_trial *t)
{
    const struct plx_place_change *const c = &t->decision.change;
    const guint decimals = decimals_of(t);
    const gboolean rose = c->treated >= 0, down = t->scale->down;
    g_string_append_printf(out, "“%s” %s by ", t->title,
                           rose ? (down ? "got better" : "rose") : (down ? "got worse" : "fell"));
    plx_words_mean_with(out, fabs(c->estimate), decimals);
    g_string_append_printf(out, " levels %s at the %u places with the step than at the %u without ",
                           (c->estimate >= 0) == rose ? "more" : "less", t->decision.treated,
                           t->decision.comparison);
    g_string_append_c(out, '(');
    append_interval(out, t, decimals);
    g_string_append(out, ").");
}

static void append_before_after(GString *out, const plx_trial *t)
{
    const struct plx_place_change *const c = &t->decision.change;
    const guint decimals = decimals_of(t), places = count_treated(t);
    const gboolean rose = c->estimate >= 0, down = t->scale->down;
    g_string_append_printf(out, "“%s” is ", t->title);
    plx_words_mean_with(out, fabs(c->estimate), decimals);
    g_string_append_printf(out, " levels %s than before the step",
                           rose ? (down ? "better" : "higher") : (down ? "worse" : "lower"));
    if (t->step->plan->places[0])
        g_string_append_printf(out, " at the %s with it", places == 1 ? "one place" : "places");
    g_string_append(out, " (");
    append_interval(out, t, decimals);
    g_string_append(out, ").");
}

static void append_what(GString *out, const plx_trial *t)
{
    if (t->decision.design == PLX_STEP_PLACES_COMPARED)
        append_compared(out, t);
    else
        append_before_after(out, t);
}

static void append_not_shown(GString *out, const plx_trial *t)
{
    const struct plx_place_change *const c = &t->decision.change;
    g_string_append(out, "Not shown: ");
    if (c->ci.hi < 0) { /* `down` is not said of what proves nothing */
        append_what(out, t);
        return;
    }
    if (t->decision.design == PLX_STEP_PLACES_COMPARED)
        g_string_append_printf(out,
                               "whether “%s” improved more at the %u places with the step than at "
                               "the %u without stays open (",
                               t->title, t->decision.treated, t->decision.comparison);
    else
        g_string_append_printf(out, "whether “%s” improved after the step stays open (", t->title);
    const guint decimals = decimals_of(t);
    plx_words_difference_with(out, c->estimate, decimals);
    g_string_append(out, " levels");
    if (isfinite(c->ci.lo))
        g_string_append(out, ", ");
    append_interval(out, t, decimals);
    g_string_append(out, ").");
}

static void append_too_early(GString *out, const plx_trial *t)
{
    const struct plx_step_look *const look = look_of(t, t->look);
    const struct plx_step_look *const next = look_of(t, t->next_look);
    g_string_append(out, "Too early: ");
    if (t->today <= t->start && !look) {
        g_string_append(out, t->step->state == PLX_STEP_STOPPED
                                 ? "it was stopped; it goes by its plan, which begins on "
                                 : "the step begins on ");
        plx_words_day(out, t->start);
    } else if (t->no_answers_after) {
        g_string_append(out, "there is no answer yet since it began on ");
        plx_words_day(out, t->start);
    } else if (look && t->decision.design == PLX_STEP_NO_DESIGN) {
        g_string_append(out, "there are too few answers before and after to compare");
    } else if (look) {
        g_string_append(out, "the look of ");
        plx_words_day(out, look->day);
        g_string_append(out, " leaves it open");
    }
    if (!next) {
        g_string_append(out, ", and no look is left.");
        return;
    }
    if (g_str_has_suffix(out->str, ": "))
        g_string_append(out, look ? "the next look is on " : "the first look is on ");
    else
        g_string_append(out, look ? "; the next look is on " : "; the first look is on ");
    plx_words_day(out, next->day);
    g_string_append_c(out, '.');
}

static void append_given_up(GString *out, const plx_trial *t)
{
    g_string_append(out, "Given up before it began: it was stopped on ");
    plx_words_day(out, plx_date_of_seconds(t->step->stopped.utc_seconds));
    g_string_append(out, " and was to start on ");
    plx_words_day(out, t->start);
    g_string_append(out, ". There is nothing to judge.");
}

void plx_verdict_append_lead(GString *out, const plx_trial *t)
{
    if (t->given_up) {
        append_given_up(out, t);
        return;
    }
    switch (t->decision.verdict) {
    case PLX_STEP_UP:
        g_string_append(out, "Up: ");
        append_what(out, t);
        return;
    case PLX_STEP_DOWN:
        g_string_append(out, "Down: ");
        append_what(out, t);
        return;
    case PLX_STEP_LOOKS_UP:
        g_string_append(out, t->decision.design == PLX_STEP_BEFORE_AFTER
                                 ? "Looks up, but this is before and after, not proof: "
                                 : "Looks up, but this is no proof: ");
        append_what(out, t);
        return;
    case PLX_STEP_NOT_SHOWN:
        append_not_shown(out, t);
        return;
    case PLX_STEP_TOO_EARLY:
        append_too_early(out, t);
        return;
    }
}

/* The plan and its look ---------------------------------------------------------------------- */

void plx_verdict_append_plan(GString *out, const plx_trial *t)
{
    const struct plx_step_plan *const plan = t->step->plan;
    const guint places = g_strv_length(plan->places), compare = g_strv_length(plan->compare);
    g_string_append_printf(out, "Step %" G_GINT64_FORMAT ", %s: “%s” from ", t->step->id,
                           plx_step_state_name(t->step->state), t->title);
    append_level(out, t, plan->from);
    g_string_append(out, " to ");
    append_level(out, t, plan->to);
    g_string_append_printf(out, ", by %s, ",
                           plan->repair == PLX_STEP_PROMISE ? "correcting the promise"
                                                            : "lifting the delivery");
    if (places == 0)
        g_string_append(out, "everywhere");
    else
        g_string_append_printf(out, "at %u place%s", places, places == 1 ? "" : "s");
    g_string_append(out, " from ");
    plx_words_day(out, plan->start);
    if (compare > 0)
        g_string_append_printf(out, "; %u to compare with", compare);
    g_string_append_printf(out, ". Owner: %s.", plan->owner);
    if (t->retired)
        g_string_append(out, " Nobody is asked about it any more.");
}

static void append_counting(GString *out, const plx_trial *t)
{
    const struct plx_step_plan *const plan = t->step->plan;
    const guint of = g_strv_length(plan->places) + g_strv_length(plan->compare);
    const guint count = t->decision.treated + t->decision.comparison;
    if (t->decision.design != PLX_STEP_PLACES_COMPARED || count >= of)
        return;
    g_string_append_printf(
        out, " %u place%s not count: fewer than %d answers before the start or since.", of - count,
        of - count == 1 ? " does" : "s do", PLX_STEP_ANSWERS);
}

/* Of the sides that may be shown. */
static void append_answers(GString *out, const plx_trial *t, guint after, guint64 n)
{
    if (n == 0 && (t->side[0][after].n < 0 || t->side[1][after].n < 0))
        g_string_append(out, "fewer than may be shown");
    else
        plx_words_count(out, (gint64)n);
}

/* " Before it, look 1 of 2026-02-16 said “up”.": whoever looked then was told so. */
static void append_earlier(GString *out, const plx_trial *t)
{
    gboolean other = FALSE;
    for (guint i = 0; i < t->n_earlier; i++) {
        const struct plx_trial_earlier *const earlier = &t->earlier[i];
        const gboolean open = earlier->verdict == PLX_STEP_TOO_EARLY;
        g_string_append_printf(out, "%s look %d of ", i == 0 ? " Before it," : ",",
                               earlier->look + 1);
        plx_words_day(out, t->step->plan->looks[earlier->look].day);
        if (open)
            g_string_append(out, " left it open");
        else
            g_string_append_printf(out, " said “%s”", plx_verdict_words(earlier->verdict));
        other = other || (!open && earlier->verdict != t->decision.verdict);
    }
    if (t->n_earlier > 0)
        g_string_append(out, other ? ". The last look that has come decides." : ".");
}

void plx_verdict_append_look(GString *out, const plx_trial *t)
{
    const struct plx_step_look *const look = look_of(t, t->look);
    if (!look) {
        g_string_append(out, t->given_up ? "No look is taken."
                                         : "Before the first look there is data and no verdict.");
        return;
    }
    g_string_append_printf(out, "Look %d of %u, of ", t->look + 1, t->step->plan->n_looks);
    plx_words_day(out, look->day);
    g_string_append(out, ": answers from ");
    plx_words_day(out, t->baseline);
    g_string_append(out, " until the start, ");
    append_answers(out, t, 0, t->n_before);
    g_string_append(out, ", against those from then until the look, ");
    append_answers(out, t, 1, t->n_after);
    g_string_append_c(out, '.');
    append_counting(out, t);
    append_earlier(out, t);
    if (t->step->plan->n_looks > 1)
        g_string_append_printf(out,
                               " The interval is one of %.4g %%, so that all looks together hold "
                               "at %g %%.",
                               100 * (1 - look->alpha), 100 * (1 - t->step->plan->alpha));
    if (t->today > look->day && t->next_look >= 0)
        g_string_append(out, " What came in since waits for the next look.");
}

void plx_verdict_append_next(GString *out, const plx_trial *t)
{
    const struct plx_step_look *const next = look_of(t, t->next_look);
    if (t->given_up)
        return;
    if (!next) {
        g_string_append(out, "No look is left: this verdict stays.");
        return;
    }
    g_string_append(out, t->look < 0 ? "First look: " : "Next look: ");
    plx_words_day(out, next->day);
    g_string_append_printf(
        out, " (%s%s). Until then: data, no verdict.", next->after,
        g_ascii_isalpha(next->after[strlen(next->after) - 1]) ? " after the start" : "");
}

/* What was wanted ---------------------------------------------------------------------------- */

const char *plx_verdict_reach_code(enum plx_verdict_reach reach)
{
    static const char *const codes[] = {NULL, "reached", "open", "missed"};
    return codes[reach];
}

static enum plx_verdict_reach reach_of(struct plx_interval ci, double wanted)
{
    if (!isfinite(ci.lo) || !isfinite(ci.hi))
        return PLX_REACH_NOT_KNOWN;
    return ci.lo >= wanted ? PLX_REACH_REACHED : ci.hi < wanted ? PLX_REACH_MISSED : PLX_REACH_OPEN;
}

enum plx_verdict_reach plx_verdict_target(const plx_trial *t)
{
    return t->look < 0 || t->side[0][1].n < 0 ? PLX_REACH_NOT_KNOWN
                                              : reach_of(t->reached_ci, t->step->plan->share);
}

enum plx_verdict_reach plx_verdict_worth(const plx_trial *t)
{
    return t->look < 0 ? PLX_REACH_NOT_KNOWN
                       : reach_of(t->decision.change.ci, t->step->plan->margin);
}

void plx_verdict_append_target(GString *out, const plx_trial *t)
{
    static const char *const words[] = {"", "reached", "whether that is reached, is not sure yet",
                                        "not reached"};
    const enum plx_verdict_reach reach = plx_verdict_target(t);
    const struct plx_trial_figure *const before = &t->side[0][0], *const after = &t->side[0][1];
    plx_words_percent(out, t->step->plan->share);
    g_string_append(out, " at ");
    append_level(out, t, t->step->plan->to);
    g_string_append(out, " or better was the target");
    if (reach == PLX_REACH_NOT_KNOWN) {
        g_string_append(out, t->look < 0 ? "." : ": whether it is reached cannot be shown.");
        return;
    }
    g_string_append(out, ". With the step ");
    plx_words_percent(out, after->reached);
    g_string_append(out, " are there now (");
    plx_words_percent_range(out, t->reached_ci);
    g_string_append_c(out, ')');
    if (isfinite(before->reached)) {
        g_string_append(out, ", before it ");
        plx_words_percent(out, before->reached);
    }
    if (isfinite(t->side[1][1].reached)) {
        g_string_append(out, ", at the places without ");
        plx_words_percent(out, t->side[1][1].reached);
    }
    g_string_append_printf(out, ": %s.", words[reach]);
}

void plx_verdict_append_worth(GString *out, const plx_trial *t)
{
    static const char *const words[] = {"", "It is at least that.",
                                        "Whether it is that much, is not sure.",
                                        "It is less than that."};
    const enum plx_verdict_reach reach = plx_verdict_worth(t);
    plx_words_mean_with(
        out, t->step->plan->margin,
        fabs(t->step->plan->margin * 10 - round(t->step->plan->margin * 10)) > 1e-9 ? 2 : 1);
    g_string_append(out, " levels would be worth it, was said beforehand.");
    if (reach != PLX_REACH_NOT_KNOWN)
        g_string_append_printf(out, " %s", words[reach]);
}

void plx_verdict_append_whole(GString *out, const plx_trial *t)
{
    const gboolean up =
        t->decision.verdict == PLX_STEP_UP || t->decision.verdict == PLX_STEP_LOOKS_UP;
    if (!isfinite(t->whole.estimate))
        return;
    g_string_append(out, "What people say of the journey as a whole moved by ");
    plx_verdict_append_change(out, t->whole.estimate, t->whole.ci);
    g_string_append(out, " at the places with the step, compared in the same way: ");
    g_string_append(out, t->whole.ci.lo > 0   ? up ? "up, too." : "up."
                         : t->whole.ci.hi < 0 ? "down."
                                              : "that may be chance.");
}

void plx_verdict_append_keep(GString *out, const plx_trial *t)
{
    static const char *const words[] = {
        "", "Too few answers then to say whether it held.",
        "It held: ", "It has faded: ", "Whether it held, is not sure: "};
    if (t->keep == PLX_KEEP_NOTHING)
        return;
    if (t->keep == PLX_KEEP_NOT_YET) {
        g_string_append(out, "Asked again on ");
        plx_words_day(out, t->keep_day);
        g_string_append_printf(out, ", %d days after the last look.", PLX_TRIAL_KEEP_DAYS);
        return;
    }
    g_string_append_printf(out, "%d days after the last look, on ", PLX_TRIAL_KEEP_DAYS);
    plx_words_day(out, t->keep_day);
    g_string_append_printf(out, ". %s", words[t->keep]);
    if (t->keep == PLX_KEEP_NO_DATA)
        return;
    plx_verdict_append_change(out, t->kept.estimate, t->kept.ci);
    g_string_append(out, " against the time before the step");
    if (isfinite(t->faded.estimate)) {
        g_string_append(out, ", ");
        plx_verdict_append_change(out, t->faded.estimate, t->faded.ci);
        g_string_append(out, " against the time up to the look");
    }
    g_string_append_c(out, '.');
}

/* Why it proves nothing ---------------------------------------------------------------------- */

static void append_late(GString *out, const plx_trial *t)
{
    const struct plx_step *const step = t->step;
    if (step->late == PLX_STEP_AMENDED_LATE) {
        g_string_append(out, "It was amended after it had begun (below)");
    } else {
        char registered[PLX_DATE_SIZE], start[PLX_DATE_SIZE]; /* as the register has them */
        g_string_append_printf(
            out, "It was registered on %s, after its start on %s",
            plx_date_format(plx_date_of_seconds(step->registered.utc_seconds), registered),
            plx_date_format(step->plan->start, start));
    }
    g_string_append(out, ": who knows the answers can choose what to compare.");
}

static void append_stale(GString *out, const plx_trial *t)
{
    const struct plx_trial_rebound *const r = &t->rebound;
    g_string_append(out, "It is compared with answers from before it was registered: what was "
                         "chosen because it was at its worst gets better by itself. ");
    if (r->replays == 0) {
        g_string_append(out, "By how much cannot be told from these answers.");
        return;
    }
    g_string_append_printf(out,
                           "%u time%s in the past the worst moment was chosen in the same way, "
                           "and nothing was done: it then moved by ",
                           r->replays, r->replays == 1 ? "" : "s");
    plx_verdict_append_change(out, r->rise, r->ci);
    g_string_append_c(out, '.');
}

static void append_few(GString *out, const plx_trial *t)
{
    const struct plx_step_plan *const plan = t->step->plan;
    const gboolean counted = t->look >= 0;
    if (!plan->places[0]) {
        g_string_append(out, "It is done everywhere, and nothing is left to compare with: before "
                             "and after, no more. Whatever else changed in that time is in it.");
        return;
    }
    const guint with = counted ? t->decision.treated : g_strv_length(plan->places);
    const guint without = counted ? t->decision.comparison : g_strv_length(plan->compare);
    g_string_append_printf(out, "%u place%s with the step and %u to compare with", with,
                           with == 1 ? "" : "s", without);
    if (counted)
        g_string_append_printf(out, " have at least %d answers before and after", PLX_STEP_ANSWERS);
    g_string_append_printf(out, "; a proof takes %d and %d. %s", PLX_STEP_PLACES_MIN,
                           PLX_STEP_PLACES_MIN,
                           t->decision.design == PLX_STEP_PLACES_COMPARED
                               ? "What so few places do may be their own affair."
                               : "This is before and after: whatever else changed in that time is "
                                 "in it.");
}

void plx_verdict_tell_weakness(plx_story *story, const plx_trial *t)
{
    static const struct {
        guint weakness;
        const char *title;
        void (*append)(GString *out, const plx_trial *t);
    } all[] = {
        {PLX_STEP_WEAK_LATE, "Fixed too late", append_late},
        {PLX_STEP_WEAK_STALE, "An old baseline", append_stale},
        {PLX_STEP_WEAK_FEW_PLACES, "Too few places", append_few},
    };
    guint weakness = t->decision.weakness;
    if (t->look < 0) /* then it is not known yet who will answer */
        weakness = (t->step->late != PLX_STEP_IN_TIME ? PLX_STEP_WEAK_LATE : 0) |
                   (plx_step_has_places(t->step->plan) ? 0 : PLX_STEP_WEAK_FEW_PLACES);
    if (weakness == 0 || t->given_up)
        return;
    plx_story_heading(story, "Why it can at most look up");
    for (guint i = 0; i < G_N_ELEMENTS(all); i++) {
        if (!(weakness & all[i].weakness))
            continue;
        g_autoptr(GString) text = g_string_new(NULL);
        all[i].append(text, t);
        plx_story_item(story, all[i].title, text->str);
    }
}
