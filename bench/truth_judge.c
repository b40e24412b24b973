/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/truth_judge.h"

#include "bench/truth_demo.h"
#include "ingest/file_source.h"
#include "reading/drivers.h"
#include "reading/friction.h"
#include "reading/promises.h"
#include "reading/trend.h"
#include "stats/random.h"

#include <math.h>
#include <string.h>

struct plx_truth_named plx_truth_judge_friction(guint64 seed)
{
    struct plx_truth_named named = {0, 0};
    struct plx_truth_demo demo = plx_truth_demo_new(plx_truth(), seed);
    const struct plx_gaps_options options = {0};
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_friction) read = plx_friction_read(demo.source, &options, &error);
    g_assert_no_error(error);
    const char *const planted = plx_truth()->friction_point;
    const struct plx_friction_point *first = &read->points[0];
    if (strcmp(first->point, planted) == 0 && first->rank_best == 1)
        named.planted++;
    else
        named.others += first->rank_worst == 1 ? 1 : 0;
    g_clear_pointer(&read, plx_friction_free);
    plx_truth_demo_clear(&demo);
    return named;
}

struct plx_truth_named plx_truth_judge_promises(guint64 seed)
{
    struct plx_truth_named named = {0, 0};
    struct plx_truth_demo demo = plx_truth_demo_new(plx_truth(), seed);
    const struct plx_gaps_options options = {0};
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_promises) read = plx_promises_read(demo.source, &options, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < read->n_promises; i++) {
        const struct plx_promise_reading *it = &read->promises[i];
        const gboolean planted = strcmp(it->promise, plx_truth()->promise.id) == 0;
        if (it->verdict == PLX_PROMISE_NOT_KEPT)
            (*(planted ? &named.planted : &named.others))++;
        named.others += it->verdict == PLX_PROMISE_NOT_KNOWN;
        for (guint c = 0; c < it->n_channels; c++)
            named.others += it->channels[c].others_verdict == PLX_PROMISE_WORSE ||
                            it->channels[c].others_verdict == PLX_PROMISE_BETTER;
    }
    g_clear_pointer(&read, plx_promises_free);
    plx_truth_demo_clear(&demo);
    return named;
}

/* Any point of a return costs nearly two levels of the whole where it goes wrong: to name one is
 * right, but no single one stands out. Of an order all but the two largest count as others, also
 * those that do go with the whole a little (docs/demo.md). */
static gboolean is_return(const struct plx_drivers_part *part)
{
    return strcmp(part->journey, "return") == 0;
}

static void count_named(plx_source *source, struct plx_truth_named *named)
{
    const struct plx_gaps_options options = {.seed = 1};
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_drivers) read = plx_drivers_read(source, &options, &error);
    g_assert_no_error(error);
    for (guint p = 0; p < read->n_parts; p++)
        for (guint i = 0; i < read->parts[p].n_points; i++) {
            const struct plx_driver *d = &read->parts[p].points[i];
            const gboolean planted =
                strcmp(d->point, "doorstep") == 0 || strcmp(d->point, "delay-message") == 0;
            if (d->named && (planted || !is_return(&read->parts[p])))
                (*(planted ? &named->planted : &named->others))++;
        }
}

struct plx_truth_named plx_truth_judge_drivers(guint64 seed)
{
    struct plx_truth_named named = {0, 0};
    struct plx_truth_demo demo = plx_truth_demo_new(plx_truth(), seed);
    count_named(demo.source, &named);
    plx_truth_demo_clear(&demo);
    return named;
}

/* A change of this sign whose range of dates holds the month. */
static gboolean has_change(const plx_trend *trend, const struct plx_trend_series *series,
                           guint month, double sign)
{
    char name[8];
    plx_truth_month_name(plx_truth(), month, name);
    for (guint i = 0; i < series->n_changes; i++) {
        const struct plx_trend_change *change = &series->changes[i];
        if (sign * change->difference > 0 && strcmp(trend->periods[change->first], name) <= 0 &&
            strcmp(trend->periods[change->last], name) >= 0)
            return TRUE;
    }
    return FALSE;
}

static gboolean is_named(const struct plx_trend_series *series)
{
    return series->verdict == PLX_TREND_CHANGED || series->verdict == PLX_TREND_DRIFTS ||
           series->season == PLX_SEASON_SHOWN || series->cut.verdict == PLX_CUT_DRIFTS;
}

static struct plx_truth_named judge_trend(const struct plx_truth *truth, guint64 seed,
                                          const char *const *where, gboolean treated)
{
    const struct plx_truth_change *dip = &truth->apparent, *lift = &truth->real;
    struct plx_truth_named named = {0, 0};
    struct plx_truth_demo demo = plx_truth_demo_new(truth, seed);
    const struct plx_gaps_options options = {.where = where, .seed = 1};
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_trend) read = plx_trend_read(demo.source, &options, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < read->n_series; i++) {
        const struct plx_trend_series *it = &read->series[i];
        const gboolean is_dip = strcmp(it->id, dip->point) == 0;
        const gboolean is_lift = strcmp(it->id, lift->point) == 0;
        if (treated ? is_lift && has_change(read, it, lift->start, 1)
                    : is_dip && has_change(read, it, dip->dip_first, -1) &&
                          has_change(read, it, dip->dip_first + dip->dip_months, 1))
            named.planted++;
        named.others += !is_dip && !is_lift && is_named(it);
        named.others += it->cut.verdict == PLX_CUT_DRIFTS && (is_dip || is_lift);
    }
    g_clear_pointer(&read, plx_trend_free);
    plx_truth_demo_clear(&demo);
    return named;
}

#define MOOD_POINTS_MAX 20
struct mood_plan {
    guint points, persons, asked;
    double spread; /* of the mood */
    double whole;  /* its weight in the whole */
};
struct mood_point {
    double mean, weight, spread;
};

static int level_of(double felt)
{
    return (int)CLAMP(floor(felt + 0.5), 1, 6);
}

static void add_person(GString *csv, const struct mood_plan *plan, const struct mood_point *points,
                       guint person, struct plx_random *random)
{
    const double mood = plan->spread * plx_random_normal(random);
    guint order[MOOD_POINTS_MAX];
    for (guint j = 0; j < plan->points; j++)
        order[j] = j;
    plx_random_shuffle(random, order, plan->points);
    for (guint i = 0; i < plan->asked; i++) {
        const struct mood_point *p = &points[order[i]];
        const int level =
            level_of(p->mean + p->weight * mood + p->spread * plx_random_normal(random));
        g_string_append_printf(csv, "customer,e%u,visit,p%02u,%d,\n", person, order[i], level);
    }
    g_string_append_printf(csv, "customer,e%u,visit,,,%d\n", person,
                           level_of(4 + plan->whole * mood + 0.6 * plx_random_normal(random)));
}

static void write_mood(GString *csv, const struct mood_plan *plan, guint64 seed)
{
    struct mood_point points[MOOD_POINTS_MAX];
    struct plx_random random;
    plx_random_seed(&random, seed);
    for (guint j = 0; j < plan->points; j++)
        points[j] = (struct mood_point){2.6 + 2.4 * plx_random_uniform(&random),
                                        0.3 + 1.4 * plx_random_uniform(&random),
                                        0.6 + 0.6 * plx_random_uniform(&random)};
    g_string_append(csv, "audience,encounter,journey,point,level,overall\n");
    for (guint i = 0; i < plan->persons; i++)
        add_person(csv, plan, points, i, &random);
}

struct plx_truth_named plx_truth_judge_mood(guint plan, guint64 seed)
{
    static const struct mood_plan plans[PLX_MOOD_PLANS] = {{20, 1600, 6, 0.45, 0.5},
                                                           {10, 400, 10, 0.6, 0.7},
                                                           {6, 100, 6, 0.6, 0.7},
                                                           {12, 3000, 12, 0.9, 0.9}};
    const struct plx_file_options one_thread = {.threads = 1};
    struct plx_truth_named named = {0, 0};
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(GString) csv = g_string_new(NULL);
    write_mood(csv, &plans[plan], seed * 7919 + plan);
    g_autoptr(plx_source) source =
        plx_file_source_new_memory(csv->str, csv->len, "mood.csv", map, &one_thread, &error);
    g_assert_no_error(error);
    count_named(source, &named);
    return named;
}

struct plx_truth_named plx_truth_judge_trend(guint64 seed)
{
    return judge_trend(plx_truth(), seed, NULL, FALSE);
}

struct plx_truth_named plx_truth_judge_trend_still(guint64 seed)
{
    struct plx_truth still = *plx_truth();
    struct plx_truth_named named = {0, 0};
    still.real.lift = still.apparent.lift = still.apparent.dip = 0;
    struct plx_truth_demo demo = plx_truth_demo_new(&still, seed);
    const struct plx_gaps_options options = {.seed = 1};
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_trend) read = plx_trend_read(demo.source, &options, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < read->n_series; i++)
        named.others += is_named(&read->series[i]) ? 1 : 0;
    g_clear_pointer(&read, plx_trend_free);
    plx_truth_demo_clear(&demo);
    return named;
}

struct plx_truth_named plx_truth_judge_trend_treated(guint64 seed)
{
    const struct plx_truth *truth = plx_truth();
    g_autoptr(GString) test = g_string_new("place");
    const char *between = "=";
    for (guint p = 0; p < truth->n_places; p++) {
        if (truth->places[p].group != PLX_TRUTH_TREATED)
            continue;
        g_string_append_printf(test, "%s%s", between, truth->places[p].name);
        between = "|";
    }
    const char *const where[] = {test->str, NULL};
    return judge_trend(truth, seed, where, TRUE);
}
