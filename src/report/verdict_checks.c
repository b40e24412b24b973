/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What would make a verdict doubtful, in words. */
#include "report/verdict_words.h"

#include "report/words.h"

#include <math.h>

#define WIDE 2.0 /* levels: an interval as wide says nothing */

/* "…, against the others": how a change is to be read. */
static const char *against(const plx_trial *t)
{
    return t->decision.design == PLX_STEP_PLACES_COMPARED
               ? " at the places with the step, against the others."
               : " at the places with the step, against before.";
}

static void append_parallel(GString *out, const plx_trial *t, const struct plx_trial_checked *c)
{
    (void)t;
    if (c->finding == PLX_FINDING_NOT_KNOWN) {
        g_string_append(out, "Whether both kinds of places went the same way before the start, "
                             "cannot be told: too few answers then, or nothing to compare with.");
        return;
    }
    const gboolean fine = c->finding == PLX_FINDING_FINE;
    const gboolean wide = c->ci.hi - c->ci.lo > WIDE;
    g_string_append(
        out, fine && wide ? "Whether both kinds of places went the same way before the start, "
                            "cannot be told well: in a time as long as the baseline they moved "
                            "apart by "
             : fine       ? "Before the start both kinds of places went the same way, as far as "
                            "this shows: in a time as long as the baseline they moved apart by "
                          : "The two kinds of places drifted apart before the start already: in "
                            "a time as long as the baseline by ");
    plx_verdict_append_change(out, c->estimate, c->ci);
    g_string_append(out, fine ? "." : ". Part of the difference may be that.");
}

/* "21 % (5–40 %)", of what became more or less. */
static void append_size(GString *out, const struct plx_trial_checked *c)
{
    const struct plx_interval less = {-c->ci.hi, -c->ci.lo};
    plx_words_percent(out, fabs(c->estimate));
    if (!isfinite(c->ci.lo) || !isfinite(c->ci.hi))
        return;
    g_string_append(out, " (");
    plx_words_percent_range(out, c->estimate < 0 ? less : c->ci);
    g_string_append_c(out, ')');
}

static void append_who(GString *out, const plx_trial *t, const struct plx_trial_checked *c)
{
    if (c->finding == PLX_FINDING_NOT_KNOWN) {
        g_string_append(out, "Whether others answer now than before cannot be told.");
        return;
    }
    if (c->finding == PLX_FINDING_FINE) {
        g_string_append(out, "No shift in who answers is sure.");
        return;
    }
    const gboolean number = g_str_equal(c->subject, "answers"), more = c->estimate > 0;
    if (number)
        g_string_append_printf(out, "There are %s answers than before, by ",
                               more ? "more" : "fewer");
    else
        g_string_append_printf(out, "Others answer now than before: the share of %s is %s by ",
                               c->subject, more ? "higher" : "lower");
    append_size(out, c);
    g_string_append(out, against(t));
    g_string_append(out, number ? " Look whether the same people are asked."
                                : " Part of the difference may be that.");
}

static void append_neighbours(GString *out, const plx_trial *t, const struct plx_trial_checked *c)
{
    if (c->finding == PLX_FINDING_NOT_KNOWN) {
        g_string_append(out, "Whether a neighbouring moment got worse cannot be told.");
        return;
    }
    if (c->finding == PLX_FINDING_FINE) {
        g_string_append_printf(out,
                               "None of %u surely got worse; the nearest to it: ", c->looked_at);
        plx_verdict_append_change(out, c->estimate, c->ci);
        g_string_append(out, against(t));
        return;
    }
    g_string_append_printf(out, "A neighbouring moment got worse: “%s”, ", c->subject);
    plx_verdict_append_change(out, c->estimate, c->ci);
    g_string_append(out, against(t));
}

static void append_expectations(GString *out, const plx_trial *t, const struct plx_trial_checked *c)
{
    if (c->finding == PLX_FINDING_NOT_KNOWN) {
        g_string_append(out, "Whether people expect more than before cannot be told: too few said "
                             "how important it is to them.");
        return;
    }
    if (c->finding == PLX_FINDING_FINE) {
        g_string_append(out, "That they rose, is not sure.");
        return;
    }
    g_string_append(out, "They rose");
    if (c->subject)
        g_string_append_printf(out, " (%s)", c->subject);
    g_string_append(out, ": by ");
    plx_words_difference_with(out, c->estimate, plx_verdict_decimals(c->estimate, c->ci));
    g_string_append(out, against(t));
    g_string_append(out, " Who expects more gives a lower mark for the same service: it may be "
                         "more than it seems.");
}

void plx_verdict_tell_checks(plx_story *story, const plx_trial *t)
{
    static const struct {
        const char *title;
        void (*append)(GString *out, const plx_trial *t, const struct plx_trial_checked *c);
    } checks[] = {
        [PLX_CHECK_PARALLEL] = {"Alike before the start", append_parallel},
        [PLX_CHECK_WHO_ANSWERS] = {"The same people", append_who},
        [PLX_CHECK_NEIGHBOURS] = {"Neighbouring moments", append_neighbours},
        [PLX_CHECK_EXPECTATIONS] = {"Expectations", append_expectations},
    };
    plx_story_heading(story, "What would make it doubtful");
    for (guint i = 0; i < PLX_CHECKS; i++) {
        const struct plx_trial_checked *const c = &t->checks[i];
        g_autoptr(GString) text = g_string_new(NULL);
        checks[c->check].append(text, t, c);
        plx_story_item(story, checks[c->check].title, text->str);
    }
}

static void append_cries(GString *out, const struct plx_trial_placebo *p, const char *where)
{
    g_string_append_printf(out, "This rule would have cried up in %u of %u quiet comparison%s",
                           p->up, p->tried, p->tried == 1 ? "" : "s");
    if (p->down > 0)
        g_string_append_printf(out, ", and down in %u", p->down);
    g_string_append_printf(out, ": %s, on %u point%s that no other step names, with %u start%s. ",
                           where, p->points, p->points == 1 ? "" : "s", p->starts,
                           p->starts == 1 ? "" : "s");
}

void plx_verdict_append_placebo(GString *out, const plx_trial *t)
{
    if (t->placebo.tried > 0)
        append_cries(out, &t->placebo, "the same places, before this step");
    else
        g_string_append(out,
                        "It cannot be tried at the same places: before the baseline there is too "
                        "little time, or there are too few answers. ");
    if (t->elsewhere.tried > 0)
        append_cries(out, &t->elsewhere,
                     "the places without the step alone, every second of them against the others");
    if (t->placebo.tried > 0 || t->elsewhere.tried > 0)
        g_string_append(out, "Not more than 1 in 20 should be.");
    else
        g_string_truncate(out, out->len - 1); /* the blank */
}

void plx_verdict_append_series(GString *out, const plx_trial *t)
{
    const struct plx_trial_series *const s = &t->series;
    if (!s->known) {
        g_string_append_printf(out,
                               "Too few weeks with answers for it: %u before the start, %u since.",
                               s->weeks_before, s->weeks_after);
        return;
    }
    g_string_append(out, "A line through the weeks of the places with the step jumps by ");
    plx_verdict_append_change(out, s->level, s->level_ci);
    g_string_append(out, " at the start");
    if (isfinite(s->slope)) {
        g_string_append(out, ", and its slope changes by ");
        plx_words_difference_with(out, s->slope, 2);
        g_string_append(out, " a week");
    }
    g_string_append_printf(out,
                           " (%u weeks before, %u since). Nothing is compared with here, so "
                           "that what happened everywhere is in it too.",
                           s->weeks_before, s->weeks_after);
}
