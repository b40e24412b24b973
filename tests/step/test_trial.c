/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "step/trial.h"

#include "base/date.h"
#include "base/error.h"
#include "bench/truth_judge.h"
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

static void expect(const plx_trial *trial, const char *verdict, guint weakness)
{
    g_assert_cmpstr(plx_step_verdict_code(trial->decision.verdict), ==, verdict);
    g_assert_cmpuint(trial->decision.weakness, ==, weakness);
}

/* The verdict of a world with nothing but a lift. */
static void expect_lift(double lift, gint weeks, const char *verdict)
{
    world w = world_new();
    w.lift = lift;
    g_autoptr(plx_trial) trial = trial_of(&w, &early, weeks);
    expect(trial, verdict, 0);
}

static void test_up(void)
{
    world w = world_new();
    w.lift = 0.9;
    g_autoptr(plx_trial) four = trial_of(&w, &early, 6);
    expect(four, "up", 0);
    g_assert_cmpint(four->look, ==, 0);
    g_assert_cmpint(four->next_look, ==, 1);
    g_assert_cmpfloat_with_epsilon(four->decision.change.estimate, 0.9, 0.25);
    w.treated = 8;
    w.compared = 8;
    g_autoptr(plx_trial) eight = trial_of(&w, &early, 12);
    expect(eight, "up", 0);
    g_assert_cmpint(eight->next_look, ==, -1);
    g_assert_cmpfloat_with_epsilon(eight->decision.change.estimate, 0.9, 0.2);
}

static void test_figures(void)
{
    world w = world_new();
    w.lift = 0.9;
    g_autoptr(plx_trial) t = trial_of(&w, &early, 8);
    g_assert_cmpstr(t->title, ==, "Desk");
    g_assert_false(t->retired);
    g_assert_cmpint(t->until, ==, world_start() + 42); /* what came later waits */
    g_assert_cmpint(t->side[0][0].n, ==, 4 * 8 * 10);
    g_assert_cmpint(t->side[0][1].n, ==, 4 * 6 * 10);
    g_assert_cmpint(t->side[1][1].persons, ==, 4 * 6 * 10);
    g_assert_cmpuint(t->n_before, ==, 2 * 4 * 8 * 10);
    g_assert_cmpfloat(t->side[0][1].mean, >, t->side[0][0].mean + 0.5);
    g_assert_cmpfloat(t->side[0][1].reached, >, t->side[0][0].reached + 0.1);
    g_assert_cmpfloat(t->reached_ci.lo, <, t->side[0][1].reached);
    g_assert_cmpfloat(t->reached_ci.hi, >, t->side[0][1].reached);
    g_assert_cmpuint(t->n_places, ==, 8);
    g_assert_cmpstr(t->places[0].name, ==, "t0");
    g_assert_cmpstr(t->places[4].name, ==, "c0");
    g_assert_true(t->places[0].treated && t->places[0].counts && !t->places[4].treated);
    g_assert_cmpint(t->places[4].before.n, ==, 80);
    g_assert_cmpuint(t->n_weeks, ==, 16); /* also those that wait */
    g_assert_cmpstr(t->weeks[8].key, ==, "2025-W23");
    g_assert_cmpint(t->weeks[8].monday, ==, world_start());
    g_assert_cmpint(t->weeks[15].side[1].n, ==, 40);
    g_assert_true(isfinite(t->whole.estimate));
    g_assert_cmpfloat(t->whole.ci.lo, <, 0);
    g_assert_cmpfloat(t->whole.ci.hi, >, 0);
    double change = 0;
    for (guint p = 0; p < 4; p++)
        change += (t->places[p].change - t->places[p + 4].change) / 4;
    g_assert_cmpfloat_with_epsilon(change, t->decision.change.estimate, 1e-12);
}

static void test_none(void)
{
    expect_lift(0, 6, "too_early");
    expect_lift(0, 12, "not_shown");
    expect_lift(-0.9, 12, "down");
    /* What rises everywhere alike is no step's. */
    world w = world_new();
    w.dip = -0.9;
    g_autoptr(plx_trial) winter = trial_of(&w, &early, 12);
    expect(winter, "not_shown", 0);
    g_assert_cmpfloat(winter->side[0][1].mean, >, winter->side[0][0].mean + 0.5);
}

/* Data, and no verdict. */
static void test_before_look(void)
{
    world w = world_new();
    w.lift = 0.9;
    g_autoptr(plx_trial) t = trial_of(&w, &early, 4);
    expect(t, "too_early", 0);
    g_assert_cmpint(t->look, ==, -1);
    g_assert_cmpint(t->next_look, ==, 0);
    g_assert_true(isnan(t->decision.change.estimate) && isnan(t->whole.estimate));
    g_assert_cmpint(t->side[0][1].n, ==, 4 * 4 * 10);
    g_assert_false(t->series.known);
    g_assert_cmpint(t->checks[PLX_CHECK_NEIGHBOURS].finding, ==, PLX_FINDING_NOT_KNOWN);
    g_autoptr(plx_trial) before = trial_of(&w, &early, -2);
    expect(before, "too_early", 0);
    g_assert_cmpint(before->side[0][1].n, ==, 0);
    g_assert_cmpint(before->side[0][0].n, ==, 4 * 6 * 10); /* so far */
    g_assert_false(before->no_answers_after);
    g_assert_cmpuint(before->n_weeks, ==, 6);
    g_autoptr(plx_trial) long_before = trial_of(&w, &early, -30);
    g_assert_cmpuint(long_before->n_weeks, ==, 0);
    g_assert_cmpuint(long_before->n_before, ==, 0);
}

static void test_few_places(void)
{
    world w = world_new();
    w.lift = 0.9;
    w.treated = 3;
    g_autoptr(plx_trial) three = trial_of(&w, &early, 12);
    expect(three, "looks_up", PLX_STEP_WEAK_FEW_PLACES);
    g_assert_cmpint(three->decision.design, ==, PLX_STEP_PLACES_COMPARED);
    w.treated = 1;
    w.compared = 1;
    g_autoptr(plx_trial) one = trial_of(&w, &early, 12);
    expect(one, "looks_up", PLX_STEP_WEAK_FEW_PLACES);
    g_assert_cmpint(one->decision.design, ==, PLX_STEP_BEFORE_AFTER);
    w.lift = -0.9;
    g_autoptr(plx_trial) down = trial_of(&w, &early, 12);
    expect(down, "not_shown", PLX_STEP_WEAK_FEW_PLACES);
}

/* Everywhere, and nowhere to compare with: places are found in the answers. */
static void test_everywhere(void)
{
    static const struct world_ask everywhere = {.weeks = -9, .places = "", .compare = ""};
    world w = world_new();
    w.lift = 0.9;
    w.compared = 0;
    g_autoptr(plx_trial) t = trial_of(&w, &everywhere, 12);
    expect(t, "looks_up", PLX_STEP_WEAK_FEW_PLACES);
    g_assert_cmpuint(t->n_places, ==, 4);
    g_assert_cmpstr(t->places[3].name, ==, "t3");
    g_assert_cmpint(t->side[0][1].n, ==, 4 * 12 * 10);
    g_assert_cmpint(t->side[1][1].n, ==, 0);
}

static void test_little(void)
{
    world w = world_new();
    w.until_week = 0;
    g_autoptr(plx_trial) silent = trial_of(&w, &early, 12);
    expect(silent, "too_early", PLX_STEP_WEAK_FEW_PLACES);
    g_assert_true(silent->no_answers_after);
    g_assert_cmpuint(silent->n_after, ==, 0);
    w = world_new();
    w.treated = 1;
    w.compared = 1;
    w.per_week = 1;
    w.from_week = -1;
    w.until_week = 1; /* two answers a side: not to be shown */
    g_autoptr(plx_trial) few = trial_of(&w, &early, 12);
    expect(few, "too_early", PLX_STEP_WEAK_FEW_PLACES);
    g_assert_cmpint(few->side[0][1].n, ==, -1);
    g_assert_true(isnan(few->side[0][1].mean) && isnan(few->decision.change.estimate));
    w.from_week = -30;
    w.until_week = -29; /* long before */
    g_autoptr(plx_trial) nothing = trial_of(&w, &early, 12);
    expect(nothing, "too_early", PLX_STEP_WEAK_FEW_PLACES);
    g_assert_true(nothing->no_answers_after);
}

/* Registered after the start; on its day; with half of the window to go. */
static void test_late(void)
{
    world w = world_new();
    w.lift = 0.9;
    g_autoptr(plx_trial) late = trial_of(&w, &(struct world_ask){.weeks = 1}, 12);
    expect(late, "looks_up", PLX_STEP_WEAK_LATE | PLX_STEP_WEAK_STALE);
    g_autoptr(plx_trial) stale = trial_of(&w, &(struct world_ask){.weeks = 0}, 12);
    expect(stale, "looks_up", PLX_STEP_WEAK_STALE);
    g_assert_cmpint(stale->baseline, ==, world_start() - 56);
    g_assert_cmpuint(stale->rebound.replays, ==, 2);
    g_assert_true(isfinite(stale->rebound.rise) && stale->rebound.ci.lo < stale->rebound.ci.hi);
    g_autoptr(plx_trial) fresh = trial_of(&w, &(struct world_ask){.weeks = -4}, 12);
    expect(fresh, "up", 0);
    g_assert_cmpint(fresh->baseline, ==, world_start() - 28);
    g_assert_cmpuint(fresh->rebound.replays, ==, 0);
    w.per_week = 1; /* too few since then */
    g_autoptr(plx_trial) sparse = trial_of(&w, &(struct world_ask){.weeks = -4}, 12);
    g_assert_true(sparse->decision.weakness & PLX_STEP_WEAK_STALE);
}

/* Order of rows, threads, and the order in which places are named. */
static void test_same(void)
{
    world w = world_new();
    w.lift = 0.4;
    g_autoptr(paper) p = world_write(&w, NULL);
    g_autoptr(GPtrArray) steps = world_step(&w, p->map, &early);
    g_autoptr(plx_trial) plain = world_trial(p, steps, 12);
    g_autofree char *text = world_text(plain);
    w.backwards = TRUE;
    g_autoptr(paper) turned = world_write(&w, NULL);
    g_autoptr(plx_trial) back = world_trial(turned, steps, 12);
    g_autofree char *back_text = world_text(back);
    g_assert_cmpstr(text, ==, back_text);
    const struct world_ask mixed = {.weeks = -9, .places = "t2,t0,t3,t1", .compare = "c1,c0,c3,c2"};
    g_autoptr(GPtrArray) other = world_step(&w, p->map, &mixed);
    g_autoptr(plx_trial) named = world_trial(p, other, 12);
    g_autofree char *named_text = world_text(named);
    g_assert_cmpstr(text, ==, named_text);
    for (guint threads = 1; threads <= 3; threads += 2) {
        g_autoptr(GError) error = NULL;
        const struct plx_file_options options = {.threads = threads};
        const struct plx_trial_options trial_options = {world_start() + 84, 1, steps, NULL};
        g_autoptr(plx_source) source = plx_file_source_new_memory(
            p->csv->str, p->csv->len, "answers.csv", p->map, &options, &error);
        g_autoptr(plx_trial) t = plx_trial_read(source, steps->pdata[0], &trial_options, &error);
        g_assert_no_error(error);
        g_autofree char *threads_text = world_text(t);
        g_assert_cmpstr(text, ==, threads_text);
    }
}

/* Points of the map ------------------------------------------------------------------------------
 */

#define VISIT                                                                                      \
    "parallax: 1\ntitle: Shop\njourneys:\n  - title: Visit\n    transactions:\n"                   \
    "      - title: In\n        points:\n          - {title: Door}\n          - {title: Till}\n"

/* The trial of `desk` on a map of later. */
static plx_trial *later_trial(const char *yaml, const char *written, GError **error)
{
    world w = world_new();
    w.lift = 0.9;
    g_autoptr(paper) then = world_write(&w, NULL);
    g_autoptr(GPtrArray) steps = world_step(&w, then->map, &early);
    w.point = written;
    g_autoptr(paper) p = world_write(&w, yaml);
    const struct plx_trial_options options = {world_start() + 84, 1, steps, NULL};
    plx_trial *const trial = plx_trial_read(paper_source(p), steps->pdata[0], &options, error);
    if (trial) {
        trial->step = NULL;
        g_assert_cmpstr(plx_step_verdict_code(trial->decision.verdict), ==, "up");
    }
    return trial;
}

static void test_points(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_trial) renamed =
        later_trial(VISIT "          - {title: Counter, was: [desk, bench]}\n", "desk", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(renamed->title, ==, "Counter");
    g_autoptr(plx_trial) merged =
        later_trial(VISIT "          - {title: Counter, was: [desk, bench]}\n", "bench", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(merged->title, ==, "Counter");
    g_autoptr(plx_trial) retired = later_trial(
        VISIT "retired:\n  points: [{id: desk, title: The old desk}]\n", "desk", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(retired->title, ==, "The old desk");
    g_assert_true(retired->retired && isnan(retired->whole.estimate));
    g_autoptr(plx_trial) split = later_trial(VISIT "          - {title: Left, was: [desk]}\n"
                                                   "          - {title: Right, was: [desk]}\n",
                                             "desk", &error);
    g_assert_no_error(error);
    g_assert_true(split->retired);
    g_autoptr(plx_trial) unknown = later_trial(VISIT, "door", &error);
    g_assert_null(unknown);
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
}

/* Who may be shown -------------------------------------------------------------------------------
 */

static void test_protected(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_trial) t = later_trial(VISIT "          - {title: Desk}\naudiences:\n"
                                               "  customer: {protected: true}\n",
                                         "desk", &error);
    g_assert_null(t);
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_SHOWN);
}

/* So many more answers at a place, each from one person. */
static void add_at(paper *p, const char *place, gint day, guint n, guint persons)
{
    char date[PLX_DATE_SIZE];
    plx_date_format(world_start() + day, date);
    for (guint i = 0; i < n; i++)
        g_string_append_printf(p->csv, "customer,%s%d-%u,%s,%s,web,visit,desk,3,,\n", place, day,
                               i % persons, place, date);
}

/* A place whose answers are few persons', and the smallest other with it. */
static void test_minimum(void)
{
    world w = world_new();
    w.treated = 3;
    g_autoptr(paper) p = world_write(&w, NULL);
    const struct world_ask ask = {.weeks = -9, .places = "t0,t1,t2,t9"};
    g_autoptr(GPtrArray) steps = world_step(&w, p->map, &ask);
    add_at(p, "t9", -14, 8, 3);
    add_at(p, "t9", 14, 8, 8);
    add_at(p, "t1", 7, 1, 1);
    add_at(p, "t2", 7, 1, 1);
    g_autoptr(plx_trial) t = world_trial(p, steps, 12);
    g_assert_cmpuint(t->decision.treated, ==, 4); /* the verdict rests on all */
    g_assert_cmpint(t->places[3].before.n, ==, -1);
    g_assert_cmpint(t->places[3].after.n, ==, -1);
    g_assert_true(t->places[3].counts && isnan(t->places[3].change));
    guint hidden = 0;
    for (guint i = 0; i < 4; i++)
        hidden += t->places[i].before.n < 0;
    g_assert_cmpuint(hidden, ==, 2);
    g_assert_cmpint(t->side[0][0].n, ==, 3 * 80 + 8);
    g_assert_cmpint(t->places[4].before.n, ==, 80);
}

static guint count_hidden(const plx_trial *t)
{
    guint hidden = 0;
    for (guint i = 0; i < t->n_weeks; i++)
        hidden += t->weeks[i].side[0].n < 0 ? 1 : 0;
    return hidden;
}

/* A week of few; and one that begins before the start: what lies there, few, would follow from the
 * sums. Another week goes with it. */
static void test_weeks(void)
{
    world w = world_new();
    w.treated = 1;
    w.compared = 1;
    w.until_week = -1;
    g_autoptr(paper) p = world_write(&w, NULL);
    g_autoptr(GPtrArray) monday = world_step(&w, p->map, &early);
    const struct world_ask midweek = {.weeks = -9, .later = 2};
    g_autoptr(GPtrArray) wednesday = world_step(&w, p->map, &midweek);
    add_at(p, "t0", 0, 3, 3);
    add_at(p, "t0", 4, 20, 20);
    g_autoptr(plx_trial) whole = world_trial(p, monday, 12);
    g_assert_cmpint(whole->weeks[8].side[0].n, ==, 23);
    g_assert_cmpuint(count_hidden(whole), ==, 0);
    g_autoptr(plx_trial) cut = world_trial(p, wednesday, 12);
    g_assert_cmpint(cut->weeks[8].side[0].n, ==, -1);
    g_assert_cmpuint(count_hidden(cut), ==, 2);
    g_assert_cmpint(cut->weeks[8].side[1].n, ==, 0);
    g_assert_cmpint(cut->side[0][1].n, ==, 20);
}

/* What a look before said is what it said on its day. */
static void test_earlier(void)
{
    static const double lifts[] = {0, 0.9, -0.9};
    for (guint i = 0; i < G_N_ELEMENTS(lifts); i++) {
        world w = world_new();
        w.lift = lifts[i];
        g_autoptr(plx_trial) first = trial_of(&w, &early, 6);
        g_autoptr(plx_trial) last = trial_of(&w, &early, 12);
        g_assert_cmpuint(first->n_earlier, ==, 0);
        g_assert_cmpuint(last->n_earlier, ==, 1);
        g_assert_cmpint(last->earlier[0].look, ==, 0);
        g_assert_cmpint(last->earlier[0].verdict, ==, first->decision.verdict);
    }
}

/* Answers of level 6 at t0, by so many. */
static void praise(paper *p, gint day, guint n, guint persons)
{
    char date[PLX_DATE_SIZE];
    plx_date_format(world_start() + day, date);
    for (guint i = 0; i < n; i++)
        g_string_append_printf(p->csv, "customer,p%d-%u,t0,%s,web,visit,desk,6,,\n", day,
                               i % persons, date);
}

/* The same answers by few persons said nothing then that may be told now. */
static void test_earlier_of_few(void)
{
    static const guint persons[] = {20, 3};
    for (guint i = 0; i < 2; i++) {
        world w = world_new();
        w.treated = 1;
        w.compared = 1;
        w.until_week = 0;
        g_autoptr(paper) p = world_write(&w, NULL);
        g_autoptr(GPtrArray) steps = world_step(&w, p->map, &early);
        praise(p, 7, 20, persons[i]);
        praise(p, 60, 20, 20);
        g_autoptr(plx_trial) t = world_trial(p, steps, 12);
        expect(t, "looks_up", PLX_STEP_WEAK_FEW_PLACES);
        g_assert_cmpint(t->earlier[0].verdict, ==, i == 0 ? PLX_STEP_LOOKS_UP : PLX_STEP_TOO_EARLY);
    }
}

static void act(GPtrArray *steps, gint weeks, const char *what)
{
    g_autoptr(GError) error = NULL;
    const gint64 when = (gint64)(world_start() + 7 * weeks) * PLX_DAY_SECONDS;
    plx_step_apply(steps, 1, when, "anna", what, "{}", "act", &error);
    g_assert_no_error(error);
}

/* Stopped before its start it is not judged, whatever happened; once begun, by its plan. */
static void test_given_up(void)
{
    world w = world_new();
    w.lift = 0.9;
    g_autoptr(paper) p = world_write(&w, NULL);
    g_autoptr(GPtrArray) never = world_step(&w, p->map, &early);
    act(never, -1, "stop");
    g_autoptr(plx_trial) t = world_trial(p, never, 26);
    expect(t, "too_early", 0);
    g_assert_true(t->given_up);
    g_assert_cmpint(t->look, ==, -1);
    g_assert_cmpint(t->next_look, ==, -1);
    g_assert_cmpint(t->keep, ==, PLX_KEEP_NOTHING);
    g_assert_true(isnan(t->decision.change.estimate) && isnan(t->kept.estimate));
    g_autoptr(GPtrArray) begun = world_step(&w, p->map, &early);
    act(begun, -2, "start");
    act(begun, -1, "stop");
    g_autoptr(plx_trial) other = world_trial(p, begun, 12);
    expect(other, "up", 0);
    g_assert_false(other->given_up);
    g_autoptr(GPtrArray) same_day = world_step(&w, p->map, &early);
    act(same_day, 0, "stop");
    g_autoptr(plx_trial) third = world_trial(p, same_day, 12);
    g_assert_false(third->given_up);
}

/* The demo ---------------------------------------------------------------------------------------
 */

static void test_demo(void)
{
    for (guint64 seed = 1; seed <= 3; seed++) {
        g_assert_cmpuint(plx_truth_judge_step_up(seed).planted, ==, 1);
        g_assert_cmpuint(plx_truth_judge_step_rebound(seed).others, ==, 0);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/trial/up", test_up);
    g_test_add_func("/trial/figures", test_figures);
    g_test_add_func("/trial/none", test_none);
    g_test_add_func("/trial/before-look", test_before_look);
    g_test_add_func("/trial/few-places", test_few_places);
    g_test_add_func("/trial/everywhere", test_everywhere);
    g_test_add_func("/trial/little", test_little);
    g_test_add_func("/trial/late", test_late);
    g_test_add_func("/trial/same", test_same);
    g_test_add_func("/trial/points", test_points);
    g_test_add_func("/trial/protected", test_protected);
    g_test_add_func("/trial/minimum", test_minimum);
    g_test_add_func("/trial/weeks", test_weeks);
    g_test_add_func("/trial/earlier", test_earlier);
    g_test_add_func("/trial/earlier-of-few", test_earlier_of_few);
    g_test_add_func("/trial/given-up", test_given_up);
    g_test_add_func("/trial/demo", test_demo);
    return g_test_run();
}
