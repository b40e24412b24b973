/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/calibration_people.h"

#include "ingest/file_source.h"
#include "map/map_file.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

enum { LEVELS = PLX_PEOPLE_LEVELS };

void plx_people_world(const char *world, double *share)
{
    const struct plx_world *it = NULL;
    for (guint i = 0; (it = plx_world_get(i)) && strcmp(it->name, world) != 0; i++)
        continue;
    g_assert(it);
    double sum = 0;
    for (guint i = 0; i < LEVELS; i++)
        sum += it->share[i];
    for (guint i = 0; i < LEVELS; i++)
        share[i] = it->share[i] / sum;
}

void plx_people_normal(double centre, double sd, double *share)
{
    double below = 0;
    for (guint i = 0; i < LEVELS; i++) {
        const double up_to = i + 1 < LEVELS ? gsl_cdf_ugaussian_P((i + 1.5 - centre) / sd) : 1;
        share[i] = up_to - below;
        below = up_to;
    }
}

double plx_people_mean(const double *share)
{
    double mean = 0;
    for (guint i = 0; i < LEVELS; i++)
        mean += share[i] * (i + 1);
    return mean;
}

double plx_people_variance(const double *share)
{
    const double mean = plx_people_mean(share);
    double sum = 0;
    for (guint i = 0; i < LEVELS; i++)
        sum += share[i] * (i + 1 - mean) * (i + 1 - mean);
    return sum;
}

double plx_people_up_to(const double *share, guint level)
{
    double sum = 0;
    for (guint i = 0; i < level; i++)
        sum += share[i];
    return sum;
}

double plx_people_up_to_in_mood(const double *share, guint level, double mood, double alike)
{
    const double cut = gsl_cdf_ugaussian_Pinv(plx_people_up_to(share, level));
    return gsl_cdf_ugaussian_P((cut - sqrt(alike) * mood) / sqrt(1 - alike));
}

guint plx_people_level(struct plx_random *random, const double *share, double mood, double alike)
{
    const double z = sqrt(alike) * mood + sqrt(1 - alike) * plx_random_normal(random);
    double u = 0.5 * erfc(-z / sqrt(2.0));
    guint last = 0;
    for (guint i = 0; i < LEVELS; i++) {
        u -= share[i];
        if (share[i] > 0)
            last = i;
        if (u < 0 && share[i] > 0)
            break;
    }
    return last + 1;
}

gboolean plx_people_says(struct plx_random *random, double chance)
{
    return plx_random_uniform(random) < chance;
}

double plx_people_over_moods(double (*f)(double z, gconstpointer data), gconstpointer data)
{
    const guint steps = 800;
    const double width = 16.0 / steps;
    double sum = 0;
    for (guint i = 0; i <= steps; i++) {
        const double z = -8 + i * width;
        const double weight = i == 0 || i == steps ? 1 : i % 2 ? 4 : 2;
        sum += weight * exp(-z * z / 2) * f(z, data);
    }
    return sum * width / 3 / sqrt(2 * G_PI);
}

plx_map *plx_people_map(const char *yaml)
{
    g_autoptr(GError) error = NULL;
    plx_map *map =
        yaml ? plx_map_read_memory(yaml, strlen(yaml), "map.yaml", &error) : plx_map_new_open();
    g_assert_no_error(error);
    return map;
}

plx_source *plx_people_source(const GString *csv, plx_map *map)
{
    static const struct plx_file_options one_thread = {.threads = 1};
    g_autoptr(GError) error = NULL;
    plx_source *source =
        plx_file_source_new_memory(csv->str, csv->len, "people.csv", map, &one_thread, &error);
    g_assert_no_error(error);
    return source;
}
