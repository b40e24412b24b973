/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "step/trial.h"

#include "base/error.h"
#include "trial_world.h"

#include <math.h>
#include <string.h>

/* Registered before the baseline begins. */
static const struct world_ask early = {.weeks = -9};

static plx_trial *trial_of(const world *w, const struct world_ask *ask, gint weeks)
{
    g_autoptr(paper) p = world_write(w, NULL);
    g_autoptr(GPtrArray) steps = world_step(w, p->map, ask);
    plx_trial *const trial = world_trial(p, steps, weeks);
    trial->step = NULL; /* the steps end here */
    return trial;
}

static void expect(const plx_trial *trial, const char *verdict)
{
    g_assert_cmpstr(plx_step_verdict_code(trial->decision.verdict), ==, verdict);
}

static void test_up(void)
{
    world w = world_new();
    w.lift = 0.9;
    g_autoptr(plx_trial) four = trial_of(&w, &early, 6);
    expect(four, "up");
    g_assert_cmpint(four->look, ==, 0);
    g_assert_cmpint(four->next_look, ==, 1);
    g_assert_cmpuint(four->decision.weakness, ==, 0);
    g_assert_cmpfloat_with_epsilon(four->decision.change.estimate, 0.9, 0.25);
    g_assert_cmpint(four->side[0][0].n, ==, 4 * 8 * 10);
    g_assert_cmpint(four->side[0][1].n, ==, 4 * 6 * 10);
    g_assert_cmpuint(four->n_before, ==, 2 * 4 * 8 * 10);
    g_assert_cmpfloat(four->side[0][1].mean, >, four->side[0][0].mean + 0.5);
    g_assert_cmpuint(four->n_places, ==, 8);
    g_assert_cmpstr(four->places[4].name, ==, "c0");
    g_assert_false(four->places[4].treated);
    g_assert_cmpuint(four->n_weeks, ==, 14);
    g_assert_cmpint(four->weeks[0].side[1].n, ==, 40);
    w.treated = 8;
    w.compared = 8;
    g_autoptr(plx_trial) eight = trial_of(&w, &early, 12);
    expect(eight, "up");
    g_assert_cmpint(eight->next_look, ==, -1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/trial/up", test_up);
    return g_test_run();
}
