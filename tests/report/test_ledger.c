/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/ledger.h"

#include <math.h>
#include <string.h>

enum { STEPS = 4 };

/* Steps as trials left them, one after the other. */
static char *tell(const enum plx_step_verdict *verdicts, const guint *weaknesses, guint n,
                  guint given_up)
{
    char point[] = "door";
    struct plx_step_plan plan = {.point = point, .from = 2, .to = 3};
    struct plx_step steps[STEPS] = {{0}};
    struct plx_trial trials[STEPS];
    struct plx_ledger_entry entries[STEPS];
    plx_ledger ledger = {.n = n, .entries = entries, .given_up = given_up};
    const struct plx_table_options options = {.width = 200, .unicode = TRUE};
    memset(trials, 0, sizeof trials);
    for (guint i = 0; i < n; i++) {
        const gboolean up = verdicts[i] == PLX_STEP_UP;
        const gboolean judged = up || (verdicts[i] == PLX_STEP_NOT_SHOWN && !weaknesses[i]);
        steps[i].id = i + 1;
        steps[i].plan = &plan;
        trials[i].title = "At the door";
        trials[i].given_up = i < given_up;
        trials[i].decision.verdict = verdicts[i];
        trials[i].decision.weakness = weaknesses[i];
        trials[i].decision.change.estimate = trials[i].whole.estimate = (double)NAN;
        entries[i] = (struct plx_ledger_entry){
            .step = &steps[i], .trial = &trials[i], .associated = (double)NAN, .judged = judged};
        ledger.judged += judged ? 1 : 0;
        ledger.up += up ? 1 : 0;
        ledger.not_shown += judged && !up ? 1 : 0;
        ledger.looks_up += verdicts[i] == PLX_STEP_LOOKS_UP ? 1 : 0;
    }
    g_autoptr(plx_story) story = plx_ledger_story(&ledger);
    g_autoptr(GString) out = g_string_new(NULL);
    plx_story_text(story, &options, out);
    return g_strndup(out->str, strcspn(out->str, "\n"));
}

/* Only those whose looks are still to come wait to be judged. */
static void test_lead(void)
{
    static const enum plx_step_verdict verdicts[] = {PLX_STEP_UP, PLX_STEP_TOO_EARLY,
                                                     PLX_STEP_NOT_SHOWN, PLX_STEP_LOOKS_UP};
    static const guint proof[STEPS] = {0}, weak[] = {0, 0, PLX_STEP_WEAK_LATE, PLX_STEP_WEAK_LATE};
    g_autofree char *none = tell(verdicts, proof, 0, 0);
    g_autofree char *all = tell(verdicts, weak, 4, 0);
    g_autofree char *two = tell(&verdicts[1], proof, 2, 0);
    g_autofree char *blind = tell(&verdicts[2], &weak[2], 1, 0);
    g_autofree char *gone = tell(&verdicts[1], proof, 2, 1);
    g_assert_cmpstr(gone, ==,
                    "1 step judged: 0 up, 1 not shown, 0 down. 1 was given up before it began.");
    g_assert_cmpstr(none, ==, "No step was registered yet.");
    g_assert_cmpstr(all, ==,
                    "1 step judged: 1 up, 0 not shown, 0 down. 1 looks up, without proof. 1 showed "
                    "nothing, and could have proved nothing. 1 waits to be judged.");
    g_assert_cmpstr(two, ==, "1 step judged: 0 up, 1 not shown, 0 down. 1 waits to be judged.");
    g_assert_cmpstr(blind, ==,
                    "No step has been judged yet, of 1 registered. 1 showed nothing, and could "
                    "have proved nothing.");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ledger/lead", test_lead);
    return g_test_run();
}
