/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The judges of `next`. */

#include "bench/truth_demo.h"
#include "bench/truth_judge.h"
#include "ingest/file_source.h"
#include "map/map_file.h"
#include "stats/random.h"
#include "step/proposals.h"

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
