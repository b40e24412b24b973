/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/truth_judge.h"

#include "ingest/file_source.h"
#include "reading/promises.h"
#include "reading/trend.h"
#include "sim/demo_map.h"
#include "sim/world.h"

#include <string.h>

struct demo {
    plx_map *map;
    GString *csv;
    plx_source *source;
};

static struct demo demo_new(guint64 seed)
{
    const struct plx_file_options one_thread = {.threads = 1};
    g_autoptr(GError) error = NULL;
    struct demo demo = {plx_demo_map(&error), g_string_new(NULL), NULL};
    g_assert_no_error(error);
    plx_world_write(plx_truth(), seed, demo.csv);
    demo.source = plx_file_source_new_memory(demo.csv->str, demo.csv->len, "ratings.csv", demo.map,
                                             &one_thread, &error);
    g_assert_no_error(error);
    return demo;
}

static void demo_clear(struct demo *demo)
{
    plx_source_free(demo->source);
    g_string_free(demo->csv, TRUE);
    plx_map_free(demo->map);
}

struct plx_truth_named plx_truth_judge_promises(guint64 seed)
{
    struct plx_truth_named named = {0, 0};
    struct demo demo = demo_new(seed);
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
    demo_clear(&demo);
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

static struct plx_truth_named judge_trend(guint64 seed, const char *const *where, gboolean treated)
{
    const struct plx_truth *truth = plx_truth();
    const struct plx_truth_change *dip = &truth->apparent, *lift = &truth->real;
    struct plx_truth_named named = {0, 0};
    struct demo demo = demo_new(seed);
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
    demo_clear(&demo);
    return named;
}

struct plx_truth_named plx_truth_judge_trend(guint64 seed)
{
    return judge_trend(seed, NULL, FALSE);
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
    return judge_trend(seed, where, TRUE);
}
