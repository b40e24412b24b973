/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench/truth [FIRST LAST [NAME]]: in how many samples of the demo a reading names what is planted,
 * and in how many it names something else. NAME: only readings that begin with it. */
#include "bench/truth_judge.h"

#include <stdio.h>
#include <stdlib.h>

struct judge {
    const char *name;
    guint planted; /* how many things are */
    struct plx_truth_named (*judge)(guint64 seed);
};

static struct plx_truth_named judge_asked(guint64 seed)
{
    return plx_truth_judge_mood(0, seed);
}

static struct plx_truth_named judge_all(guint64 seed)
{
    return plx_truth_judge_mood(1, seed);
}

static struct plx_truth_named judge_few(guint64 seed)
{
    return plx_truth_judge_mood(2, seed);
}

static struct plx_truth_named judge_strong(guint64 seed)
{
    return plx_truth_judge_mood(3, seed);
}

int main(int argc, char **argv)
{
    static const struct judge judges[] = {
        {"friction", 1, plx_truth_judge_friction},
        {"drivers", 2, plx_truth_judge_drivers},
        {"drivers (20 points, 6 asked, mood alone)", 0, judge_asked},
        {"drivers (10 points, mood alone)", 0, judge_all},
        {"drivers (6 points, 100 people, mood alone)", 0, judge_few},
        {"drivers (12 points, strong mood alone)", 0, judge_strong},
        {"promises", 1, plx_truth_judge_promises},
        {"trend", 1, plx_truth_judge_trend},
        {"trend --where place=TREATED", 1, plx_truth_judge_trend_treated},
        {"trend, nothing changes", 0, plx_truth_judge_trend_still},
        {"consistency", 1, plx_truth_judge_consistency},
        {"consistency, no place is unsteady", 0, plx_truth_judge_consistency_steady},
        {"journey", 2, plx_truth_judge_journey},
        {"journey, bad moments of an order covered", 1, plx_truth_judge_journey_order},
        {"journey, bad moments of a return covered", 1, plx_truth_judge_journey_return},
        {"journey, share of returns all fine covered", 1, plx_truth_judge_journey_fine},
        {"next", 1, plx_truth_judge_next},
        {"next, all points alike", 0, plx_truth_judge_next_noise},
        {"step-up", 1, plx_truth_judge_step_up},
        {"step-rebound", 0, plx_truth_judge_step_rebound},
    };
    const guint64 first = argc > 2 ? strtoull(argv[1], NULL, 10) : 1;
    const guint64 last = argc > 2 ? strtoull(argv[2], NULL, 10) : 20;
    printf("| reading | seeds | all planted named | something else named |\n|---|---|---|---|\n");
    for (guint j = 0; j < G_N_ELEMENTS(judges); j++) {
        guint all = 0, other = 0;
        if (argc > 3 && !g_str_has_prefix(judges[j].name, argv[3]))
            continue;
        for (guint64 seed = first; seed <= last; seed++) {
            const struct plx_truth_named named = judges[j].judge(seed);
            all += named.planted == judges[j].planted;
            other += named.others > 0;
        }
        printf("| `%s` | %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT " | %u | %u |\n", judges[j].name,
               first, last, all, other);
        fflush(stdout);
    }
    return 0;
}
