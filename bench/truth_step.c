/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The judges of `next` and of `step verify`. */

#include "base/date.h"
#include "bench/truth_demo.h"
#include "bench/truth_judge.h"
#include "ingest/file_source.h"
#include "map/map_file.h"
#include "stats/random.h"
#include "step/proposals.h"
#include "step/trial.h"

#include <math.h>
#include <string.h>

static struct plx_truth_named judge(plx_source *source, const char *planted)
{
    struct plx_truth_named named = {0, 0};
    const struct plx_gaps_options options = {.seed = 1};
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_next) next = plx_next_read(source, &options, &error);
    g_assert_no_error(error);
    if (next->recommended) {
        const gboolean right = planted && strcmp(next->recommended->point, planted) == 0;
        (*(right ? &named.planted : &named.others))++;
    }
    return named;
}

struct plx_truth_named plx_truth_judge_next(guint64 seed)
{
    struct plx_truth_demo demo = plx_truth_demo_new(plx_truth(), seed);
    const struct plx_truth_named named = judge(demo.source, "delay-message");
    plx_truth_demo_clear(&demo);
    return named;
}

#define NOISE_POINTS 12
/* Points that are all alike, of all effort classes. Of the first four few people are asked, so that
 * luck has its chance. */
static GString *noise_map(void)
{
    static const char *const efforts[] = {"today", "week", "quarter"};
    GString *yaml = g_string_new("parallax: 1\ntitle: Noise\njourneys:\n  - title: Visit\n"
                                 "    transactions:\n      - title: In\n        points:\n");
    for (guint i = 0; i < NOISE_POINTS; i++)
        g_string_append_printf(yaml, "          - {id: p%u, title: Point %u, effort: %s}\n", i, i,
                               efforts[i % 3]);
    return yaml;
}

static GString *noise_answers(guint64 seed)
{
    struct plx_random random;
    GString *csv = g_string_new("audience,encounter,respondent,journey,point,level,overall\n");
    plx_random_seed(&random, seed);
    for (guint person = 0; person < 400; person++) {
        const double mood = 0.45 * plx_random_normal(&random);
        for (guint p = 0; p < NOISE_POINTS; p++) {
            const double felt = 3.2 + mood + plx_random_normal(&random);
            if (p >= 4 || plx_random_uniform(&random) < 0.15)
                g_string_append_printf(csv, "customer,e%u,c%u,visit,p%u,%d,\n", person, person, p,
                                       (int)CLAMP(floor(felt + 0.5), 1, 6));
        }
        const double whole = 3.5 + 0.5 * mood + plx_random_normal(&random);
        g_string_append_printf(csv, "customer,e%u,c%u,visit,,,%d\n", person, person,
                               (int)CLAMP(floor(whole + 0.5), 1, 6));
    }
    return csv;
}

struct plx_truth_named plx_truth_judge_next_noise(guint64 seed)
{
    g_autoptr(GError) error = NULL;
    GString *yaml = noise_map(), *csv = noise_answers(seed);
    g_autoptr(plx_map) map = plx_map_read_memory(yaml->str, yaml->len, "map.yaml", &error);
    g_assert_no_error(error);
    const struct plx_file_options one_thread = {.threads = 1};
    plx_source *source =
        plx_file_source_new_memory(csv->str, csv->len, "noise.csv", map, &one_thread, &error);
    g_assert_no_error(error);
    const struct plx_truth_named named = judge(source, NULL);
    plx_source_free(source);
    g_string_free(yaml, TRUE);
    g_string_free(csv, TRUE);
    return named;
}

/* Trials -------------------------------------------------------------------------------------- */

#define PLACES_MAX 32

/* A step at the treated places of the demo against its comparison places, registered eight
 * months before it began, with looks after six and nine: a place has two answers a month to a
 * point, and less time tells the improvement in fewer of the samples. */
static char *plan_of(const struct plx_truth *truth, const struct plx_truth_change *change,
                     const plx_map *map, gint32 *start)
{
    const char *sides[2][PLACES_MAX + 1] = {{NULL}}, *known[PLACES_MAX + 1] = {NULL};
    guint n[2] = {0, 0};
    for (guint p = 0; p < truth->n_places; p++) {
        const enum plx_truth_group group = truth->places[p].group;
        if (group == PLX_TRUTH_OTHER)
            continue;
        known[n[0] + n[1]] = truth->places[p].name;
        const guint side = group == PLX_TRUTH_TREATED ? 0 : 1;
        sides[side][n[side]++] = truth->places[p].name;
    }
    const guint month = truth->first_year * 12 + truth->first_month - 1 + change->start;
    char day[PLX_DATE_SIZE];
    *start = plx_date_days((gint)month / 12, (gint)month % 12 + 1, 1);
    static const char *const looks[] = {"6m", "9m", NULL};
    const struct plx_step_ask ask = {.point = change->point,
                                     .from = "3",
                                     .share = "0.6",
                                     .window = "8m",
                                     .start = plx_date_format(*start, day),
                                     .places = sides[0],
                                     .compare = sides[1],
                                     .looks = looks};
    g_autoptr(GError) error = NULL;
    struct plx_step_plan *plan = NULL;
    plx_step_plan_make(NULL, &ask, map, known, "anna", &plan, &error);
    g_assert_no_error(error);
    char *text = plx_step_plan_text(plan);
    plx_step_plan_free(plan);
    return text;
}

/* The verdict of the last look. */
static enum plx_step_verdict try_step(const struct plx_truth_change *change, guint64 seed)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func(plx_step_free);
    struct plx_truth_demo demo = plx_truth_demo_new(plx_truth(), seed);
    gint32 start;
    g_autofree char *plan = plan_of(plx_truth(), change, demo.map, &start);
    const struct plx_duration before = {8, 0}, after = {9, 0};
    const gint64 registered = (gint64)plx_date_add(start, before, -1) * PLX_DAY_SECONDS;
    plx_step_apply(steps, 0, registered, "anna", "add", plan, "act", &error);
    g_assert_no_error(error);
    const struct plx_trial_options options = {plx_date_add(start, after, 1), 1, steps, NULL};
    g_autoptr(plx_trial) trial = plx_trial_read(demo.source, steps->pdata[0], &options, &error);
    g_assert_no_error(error);
    const enum plx_step_verdict verdict = trial->decision.verdict;
    plx_truth_demo_clear(&demo);
    return verdict;
}

struct plx_truth_named plx_truth_judge_step_up(guint64 seed)
{
    const enum plx_step_verdict verdict = try_step(&plx_truth()->real, seed);
    return (struct plx_truth_named){verdict == PLX_STEP_UP, verdict == PLX_STEP_DOWN};
}

struct plx_truth_named plx_truth_judge_step_rebound(guint64 seed)
{
    const enum plx_step_verdict verdict = try_step(&plx_truth()->apparent, seed);
    return (struct plx_truth_named){0, verdict == PLX_STEP_UP || verdict == PLX_STEP_DOWN ||
                                           verdict == PLX_STEP_LOOKS_UP};
}
