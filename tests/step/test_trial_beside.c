/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands beside a trial's verdict: checks, series, placebo, rebound, keep. */
#include "base/date.h"
#include "trial_world.h"

#include <math.h>
#include <string.h>

static const struct world_ask early = {.weeks = -9};

static plx_trial *trial_of(const world *w, const struct world_ask *ask, gint weeks)
{
    g_autoptr(paper) p = world_write(w, NULL);
    g_autoptr(GPtrArray) steps = world_step(w, p->map, ask);
    plx_trial *const trial = world_trial(p, steps, weeks);
    trial->step = NULL; /* the steps end here */
    return trial;
}

static const struct plx_trial_checked *checked(const plx_trial *t, enum plx_trial_check check,
                                               enum plx_trial_finding finding, const char *subject)
{
    const struct plx_trial_checked *const it = &t->checks[check];
    g_assert_cmpint(it->check, ==, check);
    g_assert_cmpstr(plx_trial_finding_code(it->finding), ==, plx_trial_finding_code(finding));
    g_assert_cmpstr(it->subject, ==, subject);
    return it;
}

/* Amended so many weeks from the start; `places` or `share`. */
static void amend(GPtrArray *steps, const plx_map *map, gint weeks, const char *const *places,
                  const char *share)
{
    static const char *const known[] = {"t0", "t1", "t2", "t3", "t4", NULL};
    const struct plx_step *const step = steps->pdata[0];
    const struct plx_step_ask ask = {.places = places, .share = share};
    g_autoptr(GError) error = NULL;
    struct plx_step_plan *plan = NULL;
    plx_step_plan_make(step->plan, &ask, map, known, "anna", &plan, &error);
    g_assert_no_error(error);
    g_autofree char *text = plx_step_plan_text(plan);
    plx_step_plan_free(plan);
    const gint64 when = (gint64)(world_start() + 7 * weeks) * PLX_DAY_SECONDS;
    plx_step_apply(steps, 1, when, "anna", "amend", text, "act", &error);
    g_assert_no_error(error);
}

/* The baseline is fresh from the day on that what is compared was fixed. */
static void test_amended(void)
{
    static const char *const five[] = {"t0", "t1", "t2", "t3", "t4", NULL};
    world w = world_new();
    w.lift = 0.9;
    w.treated = 5;
    const struct world_ask four = {.weeks = -9, .places = "t0,t1,t2,t3"};
    g_autoptr(paper) p = world_write(&w, NULL);
    g_autoptr(GPtrArray) steps = world_step(&w, p->map, &four);
    amend(steps, p->map, -3, NULL, "0.7"); /* which decides nothing of it */
    g_autoptr(plx_trial) first = world_trial(p, steps, 12);
    g_assert_cmpint(first->baseline, ==, world_start() - 56);
    g_assert_cmpuint(first->n_places, ==, 8);
    amend(steps, p->map, -2, five, NULL);
    g_autoptr(plx_trial) second = world_trial(p, steps, 12);
    g_assert_cmpint(second->baseline, ==, world_start() - 14);
    g_assert_cmpint(second->decision.verdict, ==, PLX_STEP_UP);
    g_assert_cmpuint(second->n_places, ==, 9);
    amend(steps, p->map, 1, NULL, "0.8"); /* who amends now may have seen answers */
    g_autoptr(plx_trial) late = world_trial(p, steps, 12);
    g_assert_cmpint(late->decision.verdict, ==, PLX_STEP_LOOKS_UP);
    g_assert_cmpuint(late->decision.weakness, ==, PLX_STEP_WEAK_LATE);
}

/* A world in which only the step happens: nothing is remarkable. */
static void test_fine(void)
{
    world w = world_new();
    w.lift = 0.9;
    g_autoptr(plx_trial) t = trial_of(&w, &early, 12);
    for (guint c = 0; c < PLX_CHECKS; c++)
        checked(t, (enum plx_trial_check)c, PLX_FINDING_FINE, NULL);
    g_assert_cmpuint(t->checks[PLX_CHECK_PARALLEL].looked_at, ==, 8);
    g_assert_cmpuint(t->checks[PLX_CHECK_NEIGHBOURS].looked_at, ==, 2);
    g_assert_cmpuint(t->checks[PLX_CHECK_EXPECTATIONS].looked_at, ==, 1);
    g_assert_cmpuint(t->checks[PLX_CHECK_WHO_ANSWERS].looked_at, ==,
                     2); /* shop, web; as many everywhere */
}

static void test_parallel(void)
{
    world w = world_new();
    w.drift = 0.05;
    g_autoptr(plx_trial) t = trial_of(&w, &early, 12);
    const struct plx_trial_checked *const it =
        checked(t, PLX_CHECK_PARALLEL, PLX_FINDING_REMARKABLE, NULL);
    g_assert_cmpfloat_with_epsilon(it->estimate, 0.4, 0.2); /* in the eight weeks of the window */
    g_assert_cmpfloat(it->ci.lo, <, 0.4);
    g_assert_cmpfloat(it->ci.hi, >, 0.4);
}

/* Twelve answers of a place before the start and as many after it, of as many persons. */
static plx_trial *trial_of_persons(guint persons)
{
    world w = world_new();
    w.treated = 2;
    w.compared = 2;
    w.until_week = w.from_week;
    g_autoptr(paper) p = world_write(&w, NULL);
    g_autoptr(GPtrArray) steps = world_step(&w, p->map, &early);
    for (guint place = 0; place < 4; place++)
        for (gint i = 0; i < 24; i++) {
            char day[PLX_DATE_SIZE];
            plx_date_format(world_start() + 3 * (i - 12), day);
            g_string_append_printf(p->csv, "customer,p%u-%u,%s%u,%s,%s,visit,desk,%d,,\n", place,
                                   (guint)i % persons, place < 2 ? "t" : "c", place % 2, day,
                                   i < 12 + (gint)place ? "shop" : "web",
                                   3 + (i + (gint)place) % 3 / 2);
        }
    plx_trial *const trial = world_trial(p, steps, 12);
    trial->step = NULL; /* the steps end here */
    return trial;
}

/* No number rests on fewer persons than may be shown. */
static void test_few_persons(void)
{
    g_autoptr(plx_trial) many = trial_of_persons(12);
    g_autoptr(plx_trial) few = trial_of_persons(2);
    static const enum plx_trial_check checks[] = {PLX_CHECK_PARALLEL, PLX_CHECK_WHO_ANSWERS};
    for (guint i = 0; i < G_N_ELEMENTS(checks); i++) {
        g_assert_cmpint(many->checks[checks[i]].finding, !=, PLX_FINDING_NOT_KNOWN);
        g_assert_cmpint(few->checks[checks[i]].finding, ==, PLX_FINDING_NOT_KNOWN);
        g_assert_true(isnan(few->checks[checks[i]].estimate));
    }
}

static void test_neighbours(void)
{
    world w = world_new();
    w.lift = 0.9;
    w.lift_of_door = -0.9;
    g_autoptr(plx_trial) t = trial_of(&w, &early, 12);
    const struct plx_trial_checked *const it =
        checked(t, PLX_CHECK_NEIGHBOURS, PLX_FINDING_REMARKABLE, "Door");
    g_assert_cmpfloat_with_epsilon(it->estimate, -0.9, 0.3);
    g_assert_cmpfloat(it->ci.hi, <, 0);
    /* Only the till was to stay as it is. */
    const struct world_ask till = {.weeks = -9, .untouched = "till"};
    g_autoptr(plx_trial) other = trial_of(&w, &till, 12);
    checked(other, PLX_CHECK_NEIGHBOURS, PLX_FINDING_FINE, NULL);
    w.lift_of_door = 0.9; /* better is no reason to doubt */
    g_autoptr(plx_trial) better = trial_of(&w, &early, 12);
    checked(better, PLX_CHECK_NEIGHBOURS, PLX_FINDING_FINE, NULL);
}

static void test_who_answers(void)
{
    world w = world_new();
    w.web_after = 90;
    g_autoptr(plx_trial) t = trial_of(&w, &early, 12);
    const struct plx_trial_checked *const it = &t->checks[PLX_CHECK_WHO_ANSWERS];
    g_assert_cmpint(it->finding, ==, PLX_FINDING_REMARKABLE);
    g_assert_true(g_str_equal(it->subject, "channel web") ||
                  g_str_equal(it->subject, "channel shop"));
    g_assert_cmpfloat_with_epsilon(fabs(it->estimate), 0.4, 0.1);
}

/* Twice as many answer at the treated places. */
static void test_number(void)
{
    world w = world_new();
    g_autoptr(paper) p = world_write(&w, NULL);
    g_autoptr(GPtrArray) steps = world_step(&w, p->map, &early);
    w.compared = 0;
    w.from_week = 0;
    w.until_week = 12;
    w.seed = 2;
    g_autoptr(paper) more = world_write(&w, NULL);
    g_auto(GStrv) lines = g_strsplit(more->csv->str, "\n", 0);
    for (guint i = 1; lines[i + 50]; i++) /* not quite: places differ */
        g_string_append_printf(p->csv, "customer,more%s\n", lines[i] + strlen("customer,"));
    g_autoptr(plx_trial) t = world_trial(p, steps, 12);
    const struct plx_trial_checked *const it =
        checked(t, PLX_CHECK_WHO_ANSWERS, PLX_FINDING_REMARKABLE, "answers");
    g_assert_cmpfloat_with_epsilon(it->estimate, 1, 0.1);
}

static void test_segments(void)
{
    static const char *const keys[] = {"tier", NULL};
    world w = world_new();
    g_autoptr(paper) p = world_write(&w, NULL);
    g_autoptr(GPtrArray) steps = world_step(&w, p->map, &early);
    g_autoptr(GString) csv = g_string_new(NULL);
    g_auto(GStrv) lines = g_strsplit(p->csv->str, "\n", 0);
    for (guint i = 0; lines[i] && *lines[i]; i++) {
        const gboolean treated = strstr(lines[i], ",t") != NULL;
        const gboolean after = strstr(lines[i], "2025-06") || strstr(lines[i], "2025-07") ||
                               strstr(lines[i], "2025-08");
        g_string_append_printf(csv, "%s,%s\n", lines[i],
                               i == 0                          ? "segment.tier"
                               : treated && after && i / 4 % 4 ? "plus"
                               : i / 4 % 2                     ? "plus"
                                                               : "plain");
    }
    g_string_assign(p->csv, csv->str);
    const struct plx_trial_options options = {world_start() + 84, 1, steps, keys};
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_trial) t = plx_trial_read(paper_source(p), steps->pdata[0], &options, &error);
    g_assert_no_error(error);
    const struct plx_trial_checked *const it = &t->checks[PLX_CHECK_WHO_ANSWERS];
    g_assert_cmpint(it->finding, ==, PLX_FINDING_REMARKABLE);
    g_assert_true(g_str_equal(it->subject, "tier plus") || g_str_equal(it->subject, "tier plain"));
}

static void test_expectations(void)
{
    world w = world_new();
    w.importance = 1.2;
    g_autoptr(plx_trial) t = trial_of(&w, &early, 12);
    const struct plx_trial_checked *const it =
        checked(t, PLX_CHECK_EXPECTATIONS, PLX_FINDING_REMARKABLE, "importance");
    g_assert_cmpfloat(it->ci.lo, >, 0.5);
}

/* A promise that more know than before, at the treated places. */
static void test_promise(void)
{
    static const char yaml[] =
        "parallax: 1\ntitle: Shop\njourneys:\n  - title: Visit\n    transactions:\n"
        "      - title: In\n        points:\n          - {title: Door}\n"
        "          - {title: Desk}\n          - {title: Till}\n"
        "promises:\n  - {id: fast, words: Two minutes, points: [desk]}\n";
    world w = world_new();
    g_autoptr(paper) p = world_write(&w, yaml);
    g_autoptr(GPtrArray) steps = world_step(&w, p->map, &early);
    g_autoptr(GString) csv = g_string_new(NULL);
    g_auto(GStrv) lines = g_strsplit(p->csv->str, "\n", 0);
    for (guint i = 0; lines[i] && *lines[i]; i++)
        g_string_append_printf(csv, "%s,%s\n", lines[i], i == 0 ? "promise,known" : ",");
    for (gint week = -8; week < 12; week++)
        for (guint place = 0; place < 8; place++)
            for (guint i = 0; i < 4; i++) {
                char day[PLX_DATE_SIZE];
                plx_date_format(world_start() + 7 * week, day);
                g_string_append_printf(csv, "customer,k%d-%u-%u,%s%u,%s,web,visit,,,,,fast,%d\n",
                                       week, place, i, place < 4 ? "t" : "c", place % 4, day,
                                       (week + (gint)i) % 2 == 0 ||
                                           (place < 4 && week >= 0 && (i > 0 || place < 2)));
            }
    g_string_assign(p->csv, csv->str);
    g_autoptr(plx_trial) t = world_trial(p, steps, 12);
    const struct plx_trial_checked *const it =
        checked(t, PLX_CHECK_EXPECTATIONS, PLX_FINDING_REMARKABLE, "Two minutes");
    g_assert_cmpuint(it->looked_at, ==, 2); /* and importance */
    g_assert_cmpfloat_with_epsilon(it->estimate, 0.4375, 1e-9);
}

static void test_series(void)
{
    world w = world_new();
    w.lift = 0.9;
    w.treated = 8;
    g_autoptr(plx_trial) t = trial_of(&w, &early, 12);
    g_assert_true(t->series.known);
    g_assert_cmpuint(t->series.weeks_before, ==, 8);
    g_assert_cmpuint(t->series.weeks_after, ==, 12);
    g_assert_cmpfloat_with_epsilon(t->series.level, 0.9, 0.35);
    g_assert_cmpfloat(t->series.level_ci.lo, >, 0);
    const struct world_ask two_weeks = {.weeks = -9, .window = "2w"};
    g_autoptr(plx_trial) few = trial_of(&w, &two_weeks, 12);
    g_assert_false(few->series.known);
    g_assert_true(isnan(few->series.level));
}

static void test_placebo(void)
{
    world w = world_new();
    w.from_week = -100;
    w.lift = 0.9;
    g_autoptr(paper) p = world_write(&w, NULL);
    g_autoptr(GPtrArray) steps = world_step(&w, p->map, &early);
    g_autoptr(plx_trial) t = world_trial(p, steps, 12);
    g_assert_cmpuint(t->placebo.points, ==, 3);
    g_assert_cmpuint(t->placebo.starts, ==, 100 - 8 - 12 - 8 + 1);
    g_assert_cmpuint(t->placebo.tried, ==, 3 * t->placebo.starts);
    g_assert_cmpuint(t->placebo.up, <=, t->placebo.tried / 10);
    g_assert_cmpuint(t->placebo.down, <=, t->placebo.tried / 10);
    /* A point that another step names is not quiet. */
    struct plx_step_plan plan = *((struct plx_step *)steps->pdata[0])->plan;
    struct plx_step other = {.id = 2, .plan = &plan};
    plan.point = g_strdup("door");
    g_autoptr(GPtrArray) both = g_ptr_array_new();
    g_ptr_array_add(both, steps->pdata[0]);
    g_ptr_array_add(both, &other);
    g_autoptr(plx_trial) fewer = world_trial(p, both, 12);
    g_assert_cmpuint(fewer->placebo.points, ==, 2);
    g_free(plan.point);
    w.from_week = -20; /* too short a past */
    g_autoptr(plx_trial) none = trial_of(&w, &early, 12);
    g_assert_cmpuint(none->placebo.tried, ==, 0);
    g_assert_cmpuint(none->elsewhere.tried, ==, 0); /* four places to compare with */
    w.compared = 8;
    g_autoptr(plx_trial) halves = trial_of(&w, &early, 12);
    g_assert_cmpuint(halves->placebo.tried, ==, 0);
    g_assert_cmpuint(halves->elsewhere.starts, ==, 20 + 12 - 8 - 12 + 1);
    g_assert_cmpuint(halves->elsewhere.tried, ==, 3 * halves->elsewhere.starts);
    g_assert_cmpuint(halves->elsewhere.up + halves->elsewhere.down, <=, 6);
}

/* The placebo cries where something did happen. */
static void test_placebo_cries(void)
{
    world w = world_new();
    w.from_week = -50;
    w.drift = 0.05;
    g_autoptr(plx_trial) t = trial_of(&w, &early, 12);
    g_assert_cmpuint(t->placebo.up, >, t->placebo.starts / 2);
}

/* The point that was chosen because it was worst rises by itself. */
static void test_rebound(void)
{
    world w = world_new();
    w.from_week = -200;
    w.per_week = 2; /* luck decides which is worst */
    const struct world_ask today = {.weeks = 0, .window = "2w"};
    g_autoptr(plx_trial) t = trial_of(&w, &today, 12);
    g_assert_cmpuint(t->rebound.replays, ==, (200 - 2 - 12 - 2) / 12 + 1); /* none overlaps */
    g_assert_cmpfloat(t->rebound.rise, >, 0);
    g_assert_cmpfloat(t->rebound.ci.lo, >, 0);
}

/* Where low is good, the same answers give the same verdict; figures are of the scale as it is. */
static void test_low_is_good(void)
{
    static const struct plx_scale down = {
        .min = 1, .max = 6, .floor = 6, .met = 4, .desired = 3, .top = 2, .down = TRUE};
    world w = world_new();
    w.lift = 0.9;
    g_autoptr(plx_trial) high = trial_of(&w, &early, 12);
    g_autoptr(paper) p = world_write(&w, NULL);
    g_autoptr(GError) error = NULL;
    plx_map_set_scale(p->map, PLX_MEASURE_LEVEL, "customer", &down, &error);
    g_assert_no_error(error);
    for (char *at = strchr(p->csv->str, '\n') + 1; *at; at = strchr(at, '\n') + 1) {
        char *const level = strstr(at, ",visit,") + strlen(",visit,");
        char *const cell = strchr(level, ',') + 1;
        if (*cell != ',')
            *cell = (char)('1' + '6' - *cell);
    }
    g_autoptr(GPtrArray) steps = world_step(&w, p->map, &early);
    g_autoptr(plx_trial) low = world_trial(p, steps, 12);
    g_assert_cmpint(low->decision.verdict, ==, PLX_STEP_UP);
    g_assert_cmpfloat_with_epsilon(low->decision.change.estimate, high->decision.change.estimate,
                                   1e-12);
    g_assert_cmpfloat_with_epsilon(low->places[0].change, high->places[0].change, 1e-12);
    g_assert_cmpfloat_with_epsilon(low->series.level, high->series.level, 1e-9);
    g_assert_cmpfloat_with_epsilon(low->side[0][1].mean, 7 - high->side[0][1].mean, 1e-12);
    g_assert_cmpfloat(low->side[0][1].reached, >, low->side[0][0].reached);
}

static void expect_keep(const world *w, gint weeks, enum plx_trial_keep keep)
{
    g_autoptr(plx_trial) t = trial_of(w, &early, weeks);
    g_assert_cmpstr(plx_trial_keep_code(t->keep), ==, plx_trial_keep_code(keep));
    g_assert_cmpint(t->keep_day, ==, world_start() + 84 + 90);
}

static void test_keep(void)
{
    world w = world_new();
    w.lift = 0.9;
    expect_keep(&w, 24, PLX_KEEP_NOT_YET);
    expect_keep(&w, 26, PLX_KEEP_HELD);
    w.fade = 0.9;
    expect_keep(&w, 26, PLX_KEEP_FADED);
    w.until_week = 12;
    expect_keep(&w, 26, PLX_KEEP_NO_DATA);
    w = world_new();
    expect_keep(&w, 26, PLX_KEEP_NOTHING);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/trial-beside/amended", test_amended);
    g_test_add_func("/trial-beside/fine", test_fine);
    g_test_add_func("/trial-beside/parallel", test_parallel);
    g_test_add_func("/trial-beside/few-persons", test_few_persons);
    g_test_add_func("/trial-beside/neighbours", test_neighbours);
    g_test_add_func("/trial-beside/who-answers", test_who_answers);
    g_test_add_func("/trial-beside/number", test_number);
    g_test_add_func("/trial-beside/segments", test_segments);
    g_test_add_func("/trial-beside/expectations", test_expectations);
    g_test_add_func("/trial-beside/promise", test_promise);
    g_test_add_func("/trial-beside/series", test_series);
    g_test_add_func("/trial-beside/placebo", test_placebo);
    g_test_add_func("/trial-beside/placebo-cries", test_placebo_cries);
    g_test_add_func("/trial-beside/rebound", test_rebound);
    g_test_add_func("/trial-beside/low-is-good", test_low_is_good);
    g_test_add_func("/trial-beside/keep", test_keep);
    return g_test_run();
}
